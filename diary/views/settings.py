"""Settings: what the person says of themselves, the check-in, pause and reminder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary.countries import country_names
from diary.entries import Conflict
from diary.forms.settings import (
    AboutForm,
    BodyForm,
    CheckInSettingsForm,
    NameForm,
    PlaceForm,
)
from diary.http import DiaryRequest
from diary.models import Person
from diary.preferences import change_person, settings_of
from diary.records import PersonRecord
from diary.stored import person_record
from diary.views.exchange import copy_saved, place_of_diary
from diary.vocabulary import Factor, Paper


@require_safe
def index(request: DiaryRequest) -> HttpResponse:
    """Every setting, three rows a group."""
    record = person_record(request.user)
    latest = request.user.imports.first()
    context = {
        "copy_saved": copy_saved(request),
        "waiting": latest if latest is not None and latest.applied_at is None else None,
        "brought_in": latest if latest is not None and latest.applied_at else None,
        "questions": questions_in_words(record),
        "paused": bool(settings_of(record).paused),
        "name": ", ".join(filter(None, (record.name, str(record.birth_year or "")))),
        "place": place_in_words(record),
        "here": place_of_diary(),
        "phone": settings.DIARY_MODE != "hosted" and not request.user.is_example,
    }
    return render(request, "diary/settings/index.html", context)


def questions_in_words(record: PersonRecord) -> str:
    """The questions of the check-in: "Sleep, caffeine, stress, exercise"."""
    preferred = settings_of(record).factors or ()
    further = [str(Factor(code).label) for code in preferred if code in Factor.codes()]
    asked = list(dict.fromkeys([_("Sleep"), _("Caffeine"), _("Stress"), *further]))
    return ", ".join([asked[0], *(word.lower() for word in asked[1:])])


def place_in_words(record: PersonRecord) -> str:
    """Country and paper, as far as they are said."""
    country = country_names().get(record.country or "", record.country or "")
    paper = str(Paper(record.paper).label) if record.paper else ""
    return ", ".join(filter(None, (country, paper)))


@dataclass(frozen=True, slots=True)
class AboutPage:
    """A page of questions about the person."""

    title: str
    why: str
    form: type[AboutForm]


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: DiaryRequest) -> HttpResponse:
    """Name and birth year."""
    why = _("Printed at the head of your sheet, and nowhere else.")
    return about_page(request, AboutPage(_("Name and birth year"), why, NameForm))


@require_http_methods(["GET", "HEAD", "POST"])
def body(request: DiaryRequest) -> HttpResponse:
    """Sex, pregnancy and weight."""
    why = _("Some limits depend on these, such as that of caffeine. All may stay empty.")
    return about_page(request, AboutPage(_("Sex, pregnancy, weight"), why, BodyForm))


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: DiaryRequest) -> HttpResponse:
    """Country, time zone and paper."""
    why = _("The country decides which emergency number and which health service are named.")
    return about_page(request, AboutPage(_("Country and paper"), why, PlaceForm))


def about_page(request: DiaryRequest, page: AboutPage) -> HttpResponse:
    """Show the questions; store the answers."""
    person = request.user
    initial = page.form.initial_of(person_record(person), person.version)
    form = page.form(request.POST if request.method == "POST" else None, initial=initial)
    return answered(request, form, "diary/settings/about.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: DiaryRequest) -> HttpResponse:
    """Which questions the check-in asks, and own drinks."""
    person = request.user
    record = person_record(person)
    form = CheckInSettingsForm(
        request.POST if request.method == "POST" else None,
        record=record,
        initial=CheckInSettingsForm.initial_of(record, person.version),
    )
    return answered(request, form, "diary/settings/check_in.html", {})


def answered(
    request: DiaryRequest,
    form: AboutForm | CheckInSettingsForm,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Store what the form says and go back; what was refused or changed meanwhile stays typed."""
    context |= {"form": form, "conflict": False}
    if not form.is_bound:
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=422)
    try:
        change_person(request.user, form.changes(), version=form.cleaned_data["version"])
    except Conflict as conflict:
        return changed_meanwhile(request, conflict.stored, template, context)
    messages.success(request, _("Saved."))
    return redirect("diary:settings")


def changed_meanwhile(
    request: DiaryRequest, stored: Person, template: str, context: dict[str, Any]
) -> HttpResponse:
    """The same page with both texts: what is stored now, and what was typed."""
    form = context["form"]
    now = form.initial_of(person_record(stored), stored.version)
    differing = [name for name in form.changed_data if name != "version"]
    context["conflict"] = [
        (str(form[name].label), in_words(form, name, now.get(name)))
        for name in form.fields
        if name in differing
    ]
    form.data = form.data.copy()
    form.data["version"] = str(stored.version)
    return render(request, template, context, status=409)


def in_words(form: AboutForm | CheckInSettingsForm, name: str, value: Any) -> str:
    """A stored answer as a page shows it."""
    labels = {str(code): str(label) for code, label in getattr(form.fields[name], "choices", ())}
    if isinstance(value, list):
        return ", ".join(labels.get(str(code), str(code)) for code in value)
    return "" if value in (None, "") else labels.get(str(value), str(value))


@require_POST
def pause(request: DiaryRequest) -> HttpResponse:
    """Pause the check-in, or go on with it."""
    paused = request.POST.get("paused") == "yes"
    change_person(request.user, {"paused": paused})
    messages.success(request, _("The diary is paused.") if paused else _("The diary goes on."))
    return redirect("diary:settings")
