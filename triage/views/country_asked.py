"""Which country the person is in: asked beside signs that can be an emergency, until it is known.

So an emergency page names the one number to call. The time zone makes a guess, which is shown as
one and stored only with the answers that were given beside it.
"""

from __future__ import annotations

from django.conf import settings

from diary.countries import country_of_zone
from diary.http import DiaryRequest
from diary.preferences import change_person
from triage.forms import CountryForm
from triage.interview import Screen
from triage.views.interview_flow import LEAVING, emergency_alone


def country_form(request: DiaryRequest, screen: Screen) -> CountryForm | None:
    """The question, or None where it need not be asked."""
    if request.user.country or not settings.DIARY_ADVICE:
        return None
    if emergency_alone().isdisjoint(screen.signs):
        return None
    sent = request.POST if "country" in request.POST else None
    return CountryForm(sent, guess=country_of_zone(request.zone))


def store_country(request: DiaryRequest, form: CountryForm | None) -> None:
    """Keep the country; whoever only leaves the page said nothing to a guess."""
    if form is None or not form.is_valid() or not form.cleaned_data["country"]:
        return
    if request.POST.get("do") in LEAVING and not form.has_changed():
        return
    change_person(request.user, {"country": form.cleaned_data["country"]})
    request.user.refresh_from_db()
