"""The first sheet in two minutes: where, since about when, two short screens of signs.

About nine taps from an empty diary, the two that open it included. The diary keeps places only
with a day, so "when did it last twitch there?" is asked with them: each place becomes one entry of
that day, known to the part of the day, and the day itself stays open, as nothing was said about
how often. So the sheet shows the place and claims no frequency.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diary import about
from diary.forms.person import SINCE, SinceForm
from diary.http import DiaryRequest
from diary.preferences import change_person
from triage import interview as steps
from triage.interview import FIRST_SHEET_SCREENS, SAVED, UNKNOWN
from triage.views.interview_answers import log_places, new_places_form
from triage.views.interview_flow import (
    FIRST_SHEET,
    LEAVING,
    WEEKS_OF_RULES,
    marks,
    off_the_page,
    typed,
)
from triage.views.signs import STEPS_OF_FIRST_SHEET
from triage.views.summaries import summary_of


@require_http_methods(["GET", "HEAD", "POST"])
def prepare_first(request: DiaryRequest) -> HttpResponse:
    """Where it twitches and when it last did, from an empty diary."""
    form = new_places_form(request, request.POST if request.method == "POST" else None)
    back, done = reverse("triage:prepare"), request.POST.get("do", "")
    if done in LEAVING and not typed(form):
        return off_the_page(done, back)
    if request.method == "POST" and form.is_valid():
        log_places(request, form)
        about.keep_interview(request.user, steps.gone_through(steps.PLACES, SAVED, request.today))
        if done in LEAVING:
            return off_the_page(done, back)
        return redirect("triage:prepare_first_since")
    context = {
        "form": form,
        "title": _("Where does it twitch?"),
        "number": 1,
        "count": STEPS_OF_FIRST_SHEET,
        "back": back,
        "filled_in": True,
        "first": True,
        "changing": True,
        **marks(1, STEPS_OF_FIRST_SHEET),
    }
    status = 422 if form.errors else 200
    return render(request, "triage/prepare/places.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def prepare_first_since(request: DiaryRequest) -> HttpResponse:
    """Since about when, in one tap."""
    form = new_since_form(request)
    if request.method == "POST":
        if request.POST.get("do") == "unknown":
            return start_first_screens(request, UNKNOWN)
        if form.is_valid():
            change_person(request.user, {"onset": form.onset()})
            return start_first_screens(request, SAVED)
    context = {
        "form": form,
        "choices": [(code, words) for code, (words, _days, _exact) in SINCE.items()],
        "title": _("Since about when?"),
        "number": 2,
        "count": STEPS_OF_FIRST_SHEET,
        "back": reverse("triage:prepare_first"),
        "first": True,
        **marks(2, STEPS_OF_FIRST_SHEET),
    }
    status = 422 if form.errors else 200
    return render(request, "triage/prepare/since.html", context, status=status)


def new_since_form(request: DiaryRequest) -> SinceForm:
    """The form with what the diary says to its answer, which only an answer needs."""
    if request.method != "POST":
        return SinceForm(today=request.today)
    record = summary_of(request, WEEKS_OF_RULES).record
    first = steps.first_of_the_run(record, request.today)
    return SinceForm(request.POST, today=request.today, first_logged=first)


def start_first_screens(request: DiaryRequest, how: str) -> HttpResponse:
    """On to the two screens of signs."""
    about.keep_interview(request.user, steps.gone_through(steps.ONSET, how, request.today))
    request.session[FIRST_SHEET] = True
    return redirect("triage:prepare_step", FIRST_SHEET_SCREENS[0].code)
