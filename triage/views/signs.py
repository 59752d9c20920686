"""Signs by name: the short screens of the interview, and the weekly check."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from diary import about
from diary.forms.signs import SignsForm, WeeklyForm
from diary.http import DiaryRequest
from triage import interview as steps
from triage.forms import CountryForm
from triage.interview import FIRST_SHEET_SCREENS, LEFT_OPEN, SAVED, Screen
from triage.interview_wording import SCREEN_TITLES
from triage.questions import answers_by_symptom
from triage.summary import Summary
from triage.views.country_asked import country_form, store_country
from triage.views.interview_flow import (
    FIRST_SHEET,
    LEAVING,
    RETURN_TO,
    WEEKS_OF_RULES,
    advice_line,
    behind_emergency,
    emergency_alone,
    go_on,
    keep_emergency,
    marks,
    off_the_page,
    progress,
)
from triage.views.summaries import summary_of

STEPS_OF_FIRST_SHEET = 4


def sign_screen(request: DiaryRequest, screen: Screen) -> HttpResponse:
    """A screen of signs: shown, counted after a tap, or stored as a whole."""
    summary = summary_of(request, WEEKS_OF_RULES)
    form = SignsForm(
        request.POST if request.method == "POST" else None,
        codes=screen.signs,
        latest=steps.latest_answers(summary.record),
        today=request.today,
        more_about_yes=[code for code in screen.signs if code not in emergency_alone()],
    )
    country = country_form(request, screen)
    if request.method == "POST" and request.htmx:
        return sign_tapped(request, summary, screen, form, country)
    context = screen_page(request, summary, screen, form) | {"country": country}
    if request.method == "POST" and form.is_valid():
        store_country(request, country)
        return store_screen(request, summary, screen, form, context["back"])
    status = 422 if form.errors else 200
    return render(request, "triage/prepare/signs.html", context, status=status)


def store_screen(
    request: DiaryRequest, summary: Summary, screen: Screen, form: SignsForm, back: str
) -> HttpResponse:
    """Store the answers, then show an emergency at once, go on, or leave as was asked."""
    done = request.POST.get("do", "")
    given = form.answers(no_to_the_rest=done == "no_to_the_rest")
    urgent = behind_emergency(summary, given)
    about.add_answers(request.user, given)
    if done not in LEAVING:
        how = SAVED if done == "no_to_the_rest" else LEFT_OPEN
        gone = steps.gone_through(screen.code, how, request.today)
        about.keep_interview(request.user, gone)
    if urgent:
        request.session[RETURN_TO] = screen.code
        return redirect("triage:advice")
    if about.emergency_stands(request.user):  # it may have been answered away
        keep_emergency(request, summary_of(request, WEEKS_OF_RULES).advice.urgency)
    if done in LEAVING:
        return off_the_page(done, back)
    return after_screen(request, screen, skip=done == "skip")


def sign_tapped(
    request: DiaryRequest,
    summary: Summary,
    screen: Screen,
    form: SignsForm,
    country: CountryForm | None,
) -> HttpResponse:
    """A tap on an answer: count what is left; an emergency is stored and shown at once."""
    if form.is_valid():
        given = form.answers(no_to_the_rest=False)
        if behind_emergency(summary, given):
            about.add_answers(request.user, given)
            store_country(request, country)
            request.session[RETURN_TO] = screen.code
            return HttpResponseClientRedirect(reverse("triage:advice"))
    return render(request, "triage/prepare/_rest_button.html", {"form": form})


def after_screen(request: DiaryRequest, screen: Screen, *, skip: bool = False) -> HttpResponse:
    """The next screen of the question, else the next question; on the short way, the sheet."""
    if FIRST_SHEET in request.session:
        return after_first_screen(request, screen)
    screens = steps.screens_of(screen.step)
    position = screens.index(screen)
    if not skip and position + 1 < len(screens):
        return redirect("triage:prepare_step", screens[position + 1].code)
    return go_on(request, screen.step, LEFT_OPEN if skip else SAVED)


def after_first_screen(request: DiaryRequest, screen: Screen) -> HttpResponse:
    """The second screen, then the sheet."""
    if screen == FIRST_SHEET_SCREENS[0]:
        return redirect("triage:prepare_step", FIRST_SHEET_SCREENS[1].code)
    request.session.pop(FIRST_SHEET, None)
    about.keep_interview(request.user, {"sheet_on": request.today.isoformat()})
    return redirect("triage:profile")


def screen_page(
    request: DiaryRequest, summary: Summary, screen: Screen, form: SignsForm
) -> dict[str, Any]:
    """Everything a screen of signs shows."""
    screens = steps.screens_of(screen.step)
    position = screens.index(screen)
    context = progress(summary, screen.step)
    if position > 0:
        context["back"] = reverse("triage:prepare_step", args=[screens[position - 1].code])
    first = FIRST_SHEET in request.session and screen in FIRST_SHEET_SCREENS
    if first:
        context |= first_sheet_progress(screen)
    return context | {
        "form": form,
        "filled_in": True,
        "screen": screen,
        "title": SCREEN_TITLES[screen.code],
        "screen_number": position + 1,
        "screens": len(screens),
        "may_skip": screen.step == steps.MORE_SIGNS,
        "first": first,
        "advice_on": settings.DIARY_ADVICE,
    }


def first_sheet_progress(screen: Screen) -> dict[str, Any]:
    """Where a screen stands on the short way to the first sheet."""
    position = FIRST_SHEET_SCREENS.index(screen)
    back = reverse("triage:prepare_first_since")
    if position > 0:
        back = reverse("triage:prepare_step", args=[FIRST_SHEET_SCREENS[position - 1].code])
    number = position + STEPS_OF_FIRST_SHEET - 1
    return {
        "number": number,
        "count": STEPS_OF_FIRST_SHEET,
        "back": back,
        **marks(number, STEPS_OF_FIRST_SHEET),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def weekly_check(request: DiaryRequest) -> HttpResponse:
    """Three questions in words, one tap for no to all of them; never a test of strength."""
    summary = summary_of(request, WEEKS_OF_RULES)
    given_before = answers_by_symptom(summary.record.symptom_answers)
    form = WeeklyForm(
        request.POST if request.method == "POST" else None,
        given=given_before,
        today=request.today,
    )
    if request.method == "POST" and form.is_valid():
        given = form.answers()
        urgent = behind_emergency(summary, given)
        about.add_answers(request.user, given)
        if urgent:
            return redirect("triage:advice")
        return redirect(reverse("triage:weekly_check") + "?done=1")
    asked = (given_before.get(code, ()) for code in steps.SCREENS[1].signs)
    last = max((one.asked_on for given in asked for one in given), default=None)
    context = {
        "form": form,
        "last": last,
        "done": "done" in request.GET and request.method != "POST",
        **advice_line(request, summary),
    }
    status = 422 if form.errors else 200
    return render(request, "triage/prepare/weekly.html", context, status=status)
