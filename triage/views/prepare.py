"""The interview before an appointment: an overview, and one question a page.

Every page works without scripts. Each answer is stored when it is sent; leaving loses nothing.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary import about, entries
from diary.http import DiaryRequest
from diary.preferences import change_person
from diary.stored import mark_of, person_record
from triage import interview as steps
from triage.interview import LEFT_OPEN, RIGHT, SAVED, UNKNOWN, read_interview
from triage.interview_wording import (
    FROM_THE_DIARY,
    HINTS,
    NOTHING_YET,
    ON_THE_SHEET,
    TITLES,
    change_lines,
    evidence,
    nothing_new,
    on_the_sheet,
    overview,
    something_new,
)
from triage.summary import Summary
from triage.views.interview_answers import (
    CHANGED_BY_FORM,
    EXTRA,
    FILLED_IN,
    FORMS,
    STORE,
    TEMPLATES,
    Question,
)
from triage.views.interview_flow import (
    FIRST_SHEET,
    LEAVING,
    WEEKS_OF_RULES,
    advice_line,
    go_on,
    off_the_page,
    progress,
    typed,
)
from triage.views.profile import summary_of_sheet
from triage.views.signs import sign_screen
from triage.views.summaries import summary_of

WEEKLY_AFTER = timedelta(days=7)
"""A weekly check is offered again after this long."""

COUNTED = frozenset({steps.PLACES, steps.LENGTHS, steps.OFTEN})
"""Questions whose line on the sheet counts over its period."""

CONFIRM = "triage/prepare/confirm.html"
DECLINED = {"right": RIGHT, "unknown": UNKNOWN, "skip": LEFT_OPEN}
"""Ways on from a question without an answer of one's own."""


@require_safe
def prepare(request: DiaryRequest) -> HttpResponse:
    """What is answered, what is new, and the way to the sheet."""
    request.session.pop(FIRST_SHEET, None)
    summary = summary_of_sheet(request)
    kept = read_interview(request.user.interview)
    found = steps.states(summary.record, kept, summary.as_of)
    made = kept.sheet_on
    earlier = made is not None and made < summary.as_of
    changes = steps.changes_since(summary.record, made) if made and earlier else None
    following = steps.next_open(found)
    settled = sum(state.settled for state in found)
    context = {
        "rows": overview(summary, found),
        "answered": settled,
        "count": len(found),
        "next": following,
        "started": bool(kept.gone or settled),
        "nothing_yet": not kept.gone and not summary.record.days,
        "new": something_new(changes) if changes and changes.any else "",
        "new_lines": change_lines(changes, summary) if changes else [],
        "nothing_new": nothing_new(changes) if changes and not changes.any else "",
        "contradiction": steps.starts_after_the_diary(summary.record, summary.as_of),
        "visit": summary.planned_visit,
        "weekly_due": weekly_due(summary),
        **advice_line(request, summary),
    }
    return render(request, "triage/prepare/overview.html", context)


def weekly_due(summary: Summary) -> bool:
    """Whether lost function was last asked about a week ago or more."""
    asked = [
        answer.asked_on
        for answer in summary.record.symptom_answers
        if answer.symptom in steps.SCREENS[1].signs
    ]
    return bool(asked) and summary.as_of - max(asked) >= WEEKLY_AFTER


@require_POST
def prepare_sheet(request: DiaryRequest) -> HttpResponse:
    """Make the sheet: from now on, what is new is new since today."""
    about.keep_interview(request.user, {"sheet_on": request.today.isoformat()})
    return redirect("triage:profile")


@require_http_methods(["GET", "HEAD", "POST"])
def prepare_step(request: DiaryRequest, step: str) -> HttpResponse:
    """One question, or one screen of signs."""
    screen = steps.screen_by_code(step)
    if screen is not None:
        return sign_screen(request, screen)
    if step not in steps.STEPS:
        raise Http404
    if step in (steps.SIGNS, steps.MORE_SIGNS):
        record = summary_of(request, WEEKS_OF_RULES).record
        opened = steps.open_screen(step, record, read_interview(request.user.interview))
        return redirect("triage:prepare_step", opened.code)
    done = request.POST.get("do", "")
    if done in DECLINED:
        return declined(request, step, DECLINED[done])
    summary = summary_of(request, None if step in FROM_THE_DIARY else WEEKS_OF_RULES)
    return question_page(request, Question(step, summary, request))


def question_page(request: DiaryRequest, question: Question) -> HttpResponse:
    """Show a question, or store its answer and go on as was asked."""
    step, make = question.step, FORMS.get(question.step)
    if request.method != "POST":
        return show(request, question, make(question, None) if make is not None else None)
    if make is None:
        return declined(request, step, RIGHT)
    done = request.POST.get("do", "")
    form = make(question, request.POST)
    if done in LEAVING and not typed(form):
        return off_the_page(done, progress(question.summary, step)["back"])
    if not form.is_valid():
        return show(request, question, form, status=422)
    STORE[step](question, form)
    return answered(request, question, done)


def show(
    request: DiaryRequest, question: Question, form: Form | None, status: int = 200
) -> HttpResponse:
    """The page of a question."""
    template = TEMPLATES.get(question.step, CONFIRM)
    return render(request, template, page(question, form), status=status)


def declined(request: DiaryRequest, step: str, how: str) -> HttpResponse:
    """Go on without an answer of one's own; a start that is not known takes the kept one back."""
    if step == steps.ONSET and how == UNKNOWN:
        change_person(request.user, {"onset": None})
    return go_on(request, step, how)


def answered(request: DiaryRequest, question: Question, done: str) -> HttpResponse:
    """After an answer: one more of them, off the page, or the next question."""
    step = question.step
    if done == "add":
        return redirect("triage:prepare_step", step)
    if done in LEAVING:
        about.keep_interview(request.user, steps.gone_through(step, SAVED, request.today))
        return off_the_page(done, progress(question.summary, step)["back"])
    return go_on(request, step, SAVED)


def page(question: Question, form: Form | None) -> dict[str, Any]:
    """Everything a page of the interview shows."""
    step, summary = question.step, question.summary
    shown = evidence(step, summary)
    sheet = summary_of_sheet(question.request) if step in ON_THE_SHEET else summary
    changing = question.changing or (step in CHANGED_BY_FORM and shown is None)
    return {
        "step": step,
        "title": TITLES[step],
        "hint": HINTS.get(step, ""),
        "form": form,
        "evidence": shown,
        "nothing_yet": "" if shown else NOTHING_YET.get(step, ""),
        "sheet_line": on_the_sheet(step, sheet),
        "sheet_weeks": sheet.weeks if step in COUNTED else None,
        "changing": changing,
        "filled_in": step in FILLED_IN or (step in CHANGED_BY_FORM and changing),
        **progress(question.summary, step),
        **(EXTRA[step](question) if step in EXTRA else {}),
    }


@require_POST
def prepare_test_remove(request: DiaryRequest) -> HttpResponse:
    """Take a test out of the list again; the list comes back to be filled in anew."""
    kept = person_record(request.user).tests_done or ()
    left = tuple(test for test in kept if mark_of(test) != request.POST.get("test"))
    if left != kept:
        with suppress(entries.Conflict):  # changed meanwhile: the page shows what there is now
            version = request.user.version
            change_person(request.user, {"tests_done": left or None}, version=version)
    return redirect("triage:prepare_step", steps.TESTS)
