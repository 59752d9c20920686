"""What every page of the interview needs: where it stands, how it goes on, what is urgent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from diary import about
from diary.http import DiaryRequest
from diary.records import SymptomAnswerRecord
from diary.vocabulary import Answer
from triage import interview as steps
from triage.advice import Advice, advise
from triage.advice_wording import heading
from triage.interview import read_interview
from triage.knowledge import EMERGENCY, SELF_CARE, knowledge
from triage.summary import Summary
from triage.views.summaries import summary_of

FIRST_SHEET = "first_sheet"
"""In the session while the short way to a first sheet is being walked."""

WEEKS_OF_RULES = 8
"""Weeks of episodes that rules, steps and signs need at most; answers and days are there whole."""

RETURN_TO = "return_to"
"""In the session: the screen of signs after which the emergency page came up."""


AWAY, BACK = "away", "back"
LEAVING = frozenset({AWAY, BACK})
"""Ways off a page of fields that store what stands in them: out of the interview, one page back."""


def progress(summary: Summary, step: str) -> dict[str, Any]:
    """Where the question stands among the others, and the page before it."""
    codes = steps.steps_for(summary.record, summary.as_of)
    number = codes.index(step) + 1 if step in codes else len(codes)
    before = codes[number - 2] if number > 1 else None
    back = reverse("triage:prepare")
    if before in (steps.SIGNS, steps.MORE_SIGNS):
        back = reverse("triage:prepare_step", args=[steps.screens_of(before)[-1].code])
    elif before is not None:
        back = reverse("triage:prepare_step", args=[before])
    return {"number": number, "count": len(codes), "back": back, **marks(number, len(codes))}


def marks(number: int, count: int) -> dict[str, Any]:
    """The progress line in the unit of the sign: a mark a step, tall ones for those reached."""
    return {
        "steps_width": count - 1,
        "steps_path": f"M0 13.5H{count - 1}" + "".join(f"M{n} 13.5V9" for n in range(count)),
        "steps_reached": "".join(f"M{n} 14V0" for n in range(number)),
    }


def go_on(request: DiaryRequest, step: str, how: str) -> HttpResponse:
    """Note that the question was gone through, and open the next one without an answer."""
    about.keep_interview(request.user, steps.gone_through(step, how, request.today))
    request.user.refresh_from_db()
    record = summary_of(request, WEEKS_OF_RULES).record
    found = steps.states(record, read_interview(request.user.interview), request.today)
    following = steps.next_open(found, after=step)
    if following is None:
        return redirect("triage:prepare")
    return redirect("triage:prepare_step", following)


def typed(form: Form) -> bool:
    """Whether something was filled in or changed; the id that the page brings along is neither."""
    return bool({*form.changed_data} - {"uid"})


def off_the_page(done: str, back: str) -> HttpResponse:
    """Out of the interview, or one page back."""
    return redirect(back if done == BACK else "triage:prepare")


def keep_emergency(request: DiaryRequest, urgency: str) -> None:
    """Remember that an emergency stands, or no longer does; the log says so without rules."""
    level = changed_level(request, urgency)
    if level is not None and not settings.READ_ONLY:
        about.keep_advice_seen(request.user, level, request.today)


def changed_level(request: DiaryRequest, urgency: str) -> str | None:
    """The level to keep; None where an emergency stands as before, or as before does not.

    One that is over leaves nothing shown, so that the level after it is shown as a new one.
    """
    stands = urgency == EMERGENCY
    if stands == about.emergency_stands(request.user):
        return None
    return EMERGENCY if stands else SELF_CARE


def advice_line(request: DiaryRequest, summary: Summary) -> dict[str, Any]:
    """The one line about advice: only when its level is not the one shown last."""
    if not settings.DIARY_ADVICE:
        return {"advice_on": False}
    advice = summary.advice
    keep_emergency(request, advice.urgency)
    seen = (request.user.advice_seen or {}).get("urgency", SELF_CARE)
    emergency = advice.urgency == EMERGENCY
    words = heading(advice.urgency, summary.record.person.country, signs_asked=advice.signs_asked)
    return {
        "advice_on": True,
        "advice_heading": words if emergency or advice.urgency != seen else "",
        "emergency": emergency,
    }


@cache
def emergency_alone() -> frozenset[str]:
    """Signs on which an emergency rests alone: beside a yes to them nothing more is asked."""
    return frozenset(
        symptom
        for rule in knowledge().red_flags.rules
        if rule.urgency == EMERGENCY
        for clause in rule.when
        if clause.rests_on_one_sign
        for symptom in clause.symptoms
    )


def behind_emergency(
    summary: Summary, given: Iterable[SymptomAnswerRecord]
) -> list[SymptomAnswerRecord]:
    """Of these answers, those through which an emergency rule fires once they are stored."""
    present = [
        answer for answer in given if answer.answer == Answer.YES and answer.current is not False
    ]
    if not present or not settings.DIARY_ADVICE:
        return []
    answers = (*summary.record.symptom_answers, *present)
    record = replace(summary.record, symptom_answers=answers)
    behind = signs_behind_emergency(advise(record, summary.as_of, period=summary.period))
    return [answer for answer in present if answer.symptom in behind]


def signs_behind_emergency(advice: Advice) -> set[str]:
    """Codes of the signs through which an emergency rule fires."""
    return {code for fired in advice.fired if fired.urgency == EMERGENCY for code in fired.symptoms}
