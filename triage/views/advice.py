"""What public pages say to what was recorded: an emergency alone, all else in one calm box."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from diary import about
from diary.forms.fields import CodeField, DateField
from diary.http import DiaryRequest
from diary.local_days import instant_in_zone
from diary.models import SymptomAnswer
from diary.records import SymptomAnswerRecord
from diary.vocabulary import Answer, AssociatedSymptom
from triage.advice import Advice
from triage.advice_wording import heading, note_text, nothing_fired_text
from triage.interview import latest_answers
from triage.knowledge import EMERGENCY, ROUTINE, SELF_CARE, Source, knowledge
from triage.summary import Summary
from triage.views.interview_flow import RETURN_TO, keep_emergency, signs_behind_emergency
from triage.views.summaries import summary_of
from triage.wording import day_and_month, sentence_start

WEEKS = 12
"""Weeks of the diary that targets are counted over, as in the library; rules read less."""

NOW, OVER, MISTAKE, BEGAN = "now", "over", "mistake", "began"


class StandingForm(forms.Form):
    """How it is with one sign behind an emergency: there now, over, a mistake, or long over."""

    do = CodeField([(code, code) for code in (NOW, OVER, MISTAKE, BEGAN)], required=True)
    began = DateField(label=gettext_lazy("When did it begin?"))

    def __init__(self, *args: Any, sign: str, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.auto_id = f"id_%s_{sign}"
        self.sign, self.today = sign, today

    def clean(self) -> dict[str, Any]:
        """A date that has passed, where one is asked for."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("do") == BEGAN and "began" not in self.errors:
            if found.get("began") is None:
                self.add_error("began", _("Choose the day, as near as you know."))
            elif found["began"] > self.today:
                self.add_error("began", _("That is still to come. Choose a day that has passed."))
        return found

    def answer(self, before: SymptomAnswerRecord) -> SymptomAnswerRecord:
        """The dated answer, which keeps what the one before it told."""
        done = self.cleaned_data["do"]
        if done == MISTAKE:
            return SymptomAnswerRecord(self.today, self.sign, "no")
        since = self.cleaned_data["began"] if done == BEGAN else before.since
        return replace(before, asked_on=self.today, current=done == NOW, since=since)


@dataclass(frozen=True, slots=True)
class StandingSign:
    """A sign behind an emergency: its dates in words, and what can be said of it now."""

    code: str
    label: str
    dates: str
    over: bool
    ask_again: bool
    form: StandingForm


@require_safe
def advice(request: DiaryRequest) -> HttpResponse:
    """The advice as it stands; switched off, the page that is the same for everybody."""
    if not settings.DIARY_ADVICE:
        return redirect("triage:when_to_see")
    summary = summary_of(request, WEEKS)
    found = summary.advice
    if found.urgency == EMERGENCY:
        keep_emergency(request, found.urgency)
        return emergency_page(request, summary)
    keep_seen(request, found)
    return render(request, "triage/advice/box.html", box(summary))


def keep_seen(request: DiaryRequest, found: Advice) -> None:
    """Remember the level that was shown, so that it comes back only when it changes."""
    seen = (request.user.advice_seen or {}).get("urgency")
    if seen != found.urgency and not settings.READ_ONLY:
        about.keep_advice_seen(request.user, found.urgency, request.today)


def box(summary: Summary) -> dict[str, Any]:
    """Everything of the calm box: one box, whatever fired."""
    found = summary.advice
    country = summary.record.person.country
    says: dict[str, list[str]] = {}
    for fired in found.fired:
        says.setdefault(fired.said_by, [])
        if fired.says not in says[fired.said_by]:
            says[fired.said_by].append(fired.says)
    return {
        "heading": heading(found.urgency, country, signs_asked=found.signs_asked),
        "recorded": list(dict.fromkeys(fired.recorded for fired in found.fired)),
        "says": says,
        "do": what_to_do(found),
        "nothing": nothing_fired_text(found.signs_asked) if found.urgency == SELF_CARE else "",
        "signs_asked": found.signs_asked,
        "weeks": WEEKS,
        "factors": [factor.text for factor in found.factors],
        "notes": [note_text(code) for code in found.notes],
        "sources": named(source for fired in found.fired for source in fired.sources),
        "more_sources": named(further_sources(found)),
    }


def what_to_do(found: Advice) -> list[str]:
    """What to do, each sentence once; beside "today or tomorrow" none that says it can wait."""
    do = list(dict.fromkeys(fired.do for fired in found.fired))
    can_wait = _(knowledge().red_flags.do[ROUTINE])
    return [one for one in do if found.urgency == ROUTINE or one != can_wait]


def named(ids: Iterable[str]) -> list[Source]:
    """The sources by their ids, each once, in the order in which they are first used."""
    return [knowledge().sources[source] for source in dict.fromkeys(ids)]


def further_sources(found: Advice) -> list[str]:
    """Sources of targets and notes that no rule named already."""
    first = {source for fired in found.fired for source in fired.sources}
    ids = [source for factor in found.factors for source in factor.sources]
    ids += [source for code in found.notes for source in knowledge().notes[code].sources]
    return [source for source in ids if source not in first]


def emergency_page(
    request: DiaryRequest, summary: Summary, form: StandingForm | None = None
) -> HttpResponse:
    """The emergency alone: what was ticked, the number, and for each sign how it is with it."""
    found = summary.advice
    urgent = [fired for fired in found.fired if fired.urgency == EMERGENCY]
    country = (summary.record.person.country or "").upper()
    numbers = found.emergency_numbers
    context = {
        "form": form,
        "known_country": country in knowledge().emergency_numbers,
        "number": numbers[0],
        "others": other_numbers(numbers),
        "recorded": list(dict.fromkeys(fired.recorded for fired in urgent)),
        "do": min(urgent, key=lambda fired: fired.passed).do,
        "signs": standing_signs(request, summary, form),
        "ask_again": bool(found.ask_again),
        "driving": "CTX-DRIVING" in found.notes,
        "sources": named(source for fired in urgent for source in fired.sources),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "triage/advice/emergency.html", context, status=status)


def standing_signs(
    request: DiaryRequest, summary: Summary, form: StandingForm | None
) -> list[StandingSign]:
    """Each sign behind the emergency once, in the order of the rules."""
    urgent = [fired for fired in summary.advice.fired if fired.urgency == EMERGENCY]
    behind = list(dict.fromkeys(code for fired in urgent for code in fired.symptoms))
    ticked = first_ticks(request, behind)
    latest = latest_answers(summary.record)
    return [
        StandingSign(
            code=code,
            label=str(AssociatedSymptom(code).label),
            dates=standing_words(latest[code], ticked.get(code), request.today, request.zone),
            over=latest[code].current is False,
            ask_again=code in summary.advice.ask_again,
            form=form
            if form is not None and form.sign == code
            else StandingForm(sign=code, today=request.today),
        )
        for code in behind
    ]


def other_numbers(numbers: tuple[str, ...]) -> list[str]:
    """Numbers to call elsewhere: further ones of the country, then the usual ones, each once."""
    every = (*numbers, *knowledge().usual_emergency_numbers)
    return [number for number in dict.fromkeys(every) if number != numbers[0]]


def first_ticks(request: DiaryRequest, codes: Iterable[str]) -> dict[str, SymptomAnswer]:
    """Of each sign the answer with which it was ticked as there; what said "over" is no tick.

    A no ends what was ticked before it, and so does a tick after it was over.
    """
    rows = SymptomAnswer.objects.owned_by(request.user).filter(
        symptom__in=codes, asked_on__lte=request.today
    )
    ticked: dict[str, SymptomAnswer] = {}
    ended: set[str] = set()
    for row in rows.order_by("asked_on", "id"):
        if row.answer == Answer.NO:
            ticked.pop(row.symptom, None)
        elif row.answer == Answer.YES and row.current is False:
            ended.add(row.symptom)
        elif row.answer == Answer.YES and (row.symptom not in ticked or row.symptom in ended):
            ticked[row.symptom] = row
            ended.discard(row.symptom)
    return ticked


def standing_words(
    answer: SymptomAnswerRecord, tick: SymptomAnswer | None, today: date, zone: str
) -> str:
    """Since when a sign is there or was, and when it was ticked: a time today, else a date."""
    over = answer.current is False
    words = []
    if answer.since is not None and answer.since <= today:
        began = _("began on %(date)s") if over else _("since %(date)s")
        words.append(began % {"date": day_and_month(answer.since, today)})
    if tick is not None and tick.asked_on == today:
        clock = instant_in_zone(tick.written_at, zone).text[11:16]
        words.append(_("ticked today at %(time)s") % {"time": clock})
    elif tick is not None:
        words.append(_("ticked on %(date)s") % {"date": day_and_month(tick.asked_on, today)})
    if over:
        words.append(_("now over"))
    return sentence_start(", ".join(words))


@require_POST
def advice_answer(request: DiaryRequest) -> HttpResponse:
    """One sign is there now, is over, or was ticked by mistake: each is a dated answer."""
    if not settings.DIARY_ADVICE:
        return redirect("triage:when_to_see")
    summary = summary_of(request, WEEKS)
    sign = request.POST.get("shown", "")
    if sign not in signs_behind_emergency(summary.advice):
        return redirect("triage:advice")
    form = StandingForm(request.POST, sign=sign, today=request.today)
    if not form.is_valid():
        return emergency_page(request, summary, form)
    given = form.answer(latest_answers(summary.record)[sign])
    about.add_answers(request.user, [given])
    urgency = summary_of(request, WEEKS).advice.urgency
    keep_emergency(request, urgency)
    if urgency == EMERGENCY:
        return redirect("triage:advice")
    screen = request.session.pop(RETURN_TO, None)
    if screen is not None:
        return redirect("triage:prepare_step", screen)
    return redirect("triage:advice")
