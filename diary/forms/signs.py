"""Answers about signs: a short screen of them by name, and the weekly check.

A `no` is only ever made for a sign that stood on the page by its name: `shown` comes back with the
form. A yes that still stands is never swept away by "no to the others"; it is asked by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from diary.forms.fields import CodeField
from diary.forms.widgets import Chips
from diary.records import SymptomAnswerRecord
from diary.vocabulary import Answer, AssociatedSymptom, Manner, Side

YES, NO, UNSURE, OVER = "yes", "no", "unsure", "over"
FRESH = ((YES, _("Yes")), (NO, _("No")), (UNSURE, _("Not sure")))
STANDING = ((YES, _("Still so")), (OVER, _("It is over")), (UNSURE, _("Not sure")))
"""Answers to a sign; the second row where an earlier yes still stands."""

WEEKLY_STANDING = ((YES, _("Still so")), (NO, _("It is over")), (UNSURE, _("Not sure")))
"""Answers of the weekly check where a yes to one of its signs still stands."""

SINCE_DAYS = {
    "0": (_("today"), 0),
    "3": (_("some days"), 3),
    "7": (_("about a week"), 7),
    "14": (_("about 2 weeks"), 14),
    "30": (_("about a month"), 30),
    "90": (_("about 3 months"), 90),
    "180": (_("about half a year"), 180),
    "365": (_("about a year"), 365),
    "1095": (_("about 3 years"), 1095),
}
"""Since when, as people say it, with the days it stands for."""

WITHOUT_A_SIDE = frozenset(
    {"speech_slurred_sudden", "speech_slurred_gradual", "swallowing_trouble", "breathing_severe"}
    | {"breathless_new", "breathless_lying_or_rest", "confusion", "very_drowsy", "chest_pain"}
    | {"blackout_or_seizure", "dark_urine", "tingling_mouth", "bladder_bowel_change"}
    | {"saddle_numbness", "unsteady", "weight_loss", "eyes_forced_shut_both", "light_sensitivity"}
    | {"agitation", "palpitations", "sweating_excess", "fever", "shivering", "vomiting"}
    | {"diarrhoea", "drooling", "headache", "heat_intolerance", "fatigue", "anxiety"}
    | {"fast_breathing", "itching", "less_urine", "sun_sensitive_skin", "twitch_in_sleep"}
    | {"back_pain_severe"}
)
"""Signs of the whole body, of which no side is asked."""

WITH_A_MANNER = frozenset({"dropping_things", "tripping_foot_drop", "muscle_wasting", "unsteady"})
"""Signs that may come at once or slowly and have one code for both."""


@dataclass(frozen=True, slots=True)
class SignRow:
    """A sign on the page, with its fields and what was said of it before."""

    code: str
    question: str
    answer: forms.BoundField
    side: forms.BoundField | None
    since: forms.BoundField | None
    manner: forms.BoundField | None
    before: SymptomAnswerRecord | None
    standing: bool


class SignsForm(forms.Form):
    """A screen of signs. `latest` holds the answer that counts of each sign asked before."""

    shown = forms.MultipleChoiceField(required=False)

    def __init__(
        self,
        *args: Any,
        codes: Sequence[str],
        latest: Mapping[str, SymptomAnswerRecord],
        today: date,
        more_about_yes: Iterable[str] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.codes, self.latest, self.today = tuple(codes), latest, today
        self.more_about_yes = frozenset(more_about_yes)
        self.fields["shown"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]
        for code in codes:
            self._add_fields(code)

    def _add_fields(self, code: str) -> None:
        choices = STANDING if self.stands(code) else FRESH
        question = str(AssociatedSymptom(code).question)
        self.fields[code] = CodeField(
            choices, label=question, initial=self._said_today(code), widget=Chips()
        )
        if code not in self.more_about_yes:
            return
        if code not in WITHOUT_A_SIDE:
            self.fields[f"side_{code}"] = CodeField(
                [(Side.LEFT, _("Left")), (Side.RIGHT, _("Right")), (Side.BOTH, _("Both"))],
                label=_("Which side?"),
                widget=Chips(),
            )
        if code in WITH_A_MANNER:
            self.fields[f"manner_{code}"] = CodeField(
                [(Manner.SUDDEN, _("All at once")), (Manner.GRADUAL, _("Slowly"))],
                label=_("How did it come?"),
                widget=Chips(),
            )
        self.fields[f"since_{code}"] = CodeField(
            [(key, words) for key, (words, _days) in SINCE_DAYS.items()],
            unset=_("Leave open"),
            label=_("For how long?"),
            widget=forms.Select,
        )

    def stands(self, code: str) -> bool:
        """Whether a yes of an earlier day still stands."""
        return self._said_yes(code) and self.latest[code].asked_on < self.today

    def _said_today(self, code: str) -> str | None:
        before = self.latest.get(code)
        if before is None or before.asked_on != self.today:
            return None
        return OVER if before.current is False and self.stands(code) else before.answer

    @property
    def rows(self) -> list[SignRow]:
        """The signs in their order."""
        return [
            SignRow(
                code=code,
                question=str(AssociatedSymptom(code).question),
                answer=self[code],
                side=self._field(f"side_{code}"),
                since=self._field(f"since_{code}"),
                manner=self._field(f"manner_{code}"),
                before=self.latest.get(code),
                standing=self.stands(code),
            )
            for code in self.codes
        ]

    def _field(self, name: str) -> forms.BoundField | None:
        return self[name] if name in self.fields else None

    @property
    def open(self) -> list[str]:
        """Signs without an answer yet to which "no to the others" would say no."""
        return [code for code in self.codes if not self[code].value() and not self._said_yes(code)]

    @property
    def rest_words(self) -> str:
        """What the main button says: to how many signs it says no."""
        count = len(self.open)
        if count == 0:
            return gettext("Go on")
        if count == len(self.codes):
            return ngettext("No, and go on", "No to all %(count)s, and go on", count) % {
                "count": count
            }
        return ngettext(
            "No to the other one, and go on", "No to the other %(count)s, and go on", count
        ) % {"count": count}

    def answers(self, *, no_to_the_rest: bool) -> list[SymptomAnswerRecord]:
        """The answers to store; with `no_to_the_rest` a no for every other sign shown by name."""
        found = []
        shown = set(self.cleaned_data.get("shown") or ())
        for code in self.codes:
            said = self.cleaned_data.get(code)
            if not said and no_to_the_rest and code in shown and not self._said_yes(code):
                said = NO
            if said:
                found.append(self._answer(code, said))
        return found

    def _answer(self, code: str, said: str) -> SymptomAnswerRecord:
        before = self.latest.get(code)
        if said == OVER:
            since = None if before is None else before.since
            side = None if before is None else before.side
            return SymptomAnswerRecord(self.today, code, YES, False, None, side, since)
        if said != YES:
            return SymptomAnswerRecord(self.today, code, said)
        kept = before if self._said_yes(code) else None
        days = self.cleaned_data.get(f"since_{code}")
        since = self.today - timedelta(days=SINCE_DAYS[days][1]) if days else None
        return SymptomAnswerRecord(
            asked_on=self.today,
            symptom=code,
            answer=YES,
            current=True,
            manner=self.cleaned_data.get(f"manner_{code}") or (kept.manner if kept else None),
            side=self.cleaned_data.get(f"side_{code}") or (kept.side if kept else None),
            since=since or (kept.since if kept else None),
        )

    def _said_yes(self, code: str) -> bool:
        """Whether a yes stands, today's included, with what was told beside it."""
        before = self.latest.get(code)
        return before is not None and before.answer == Answer.YES and before.current is not False


def offer_taking_back(form: forms.Form, name: str, words: Any) -> None:
    """Offer to take an answer back, but only where there is one: nothing looks chosen before."""
    if form.initial.get(name):
        field: Any = form.fields[name]
        field.choices = [*field.choices, ("", words)]


HANDS_OR_LEGS, THINNER, SPEECH = "function", "thinner", "speech"
WEEKLY: dict[str, tuple[str, ...]] = {
    HANDS_OR_LEGS: ("dropping_things", "tripping_foot_drop"),
    THINNER: ("muscle_wasting",),
    SPEECH: ("speech_slurred_gradual", "swallowing_trouble"),
}
"""The three questions of the weekly check, with the signs each names."""

_WHICH = {
    "dropping_things": _("Hands: grip, buttons, jars, dropping things"),
    "tripping_foot_drop": _("Legs: tripping, a foot that drags, stairs"),
    "speech_slurred_gradual": _("Speech: slurred or quieter"),
    "swallowing_trouble": _("Swallowing: food or drink goes down with difficulty"),
}
_WEEKLY_LABELS = {
    HANDS_OR_LEGS: _("Something you could do with your hands or legs last month and cannot now"),
    THINNER: _("A muscle looks thinner than before, or than on the other side"),
    SPEECH: _("Speaking or swallowing has become harder"),
}
_WEEKLY_HINTS = {
    HANDS_OR_LEGS: _(
        "Weak grip, dropping things, jars or buttons; tripping, a foot that drags, stairs"
    ),
    THINNER: "",
    SPEECH: _("Slurred or quieter speech; food or drink that goes down with difficulty"),
}


@dataclass(frozen=True, slots=True)
class WeeklyRow:
    """One of the three questions with what follows a yes."""

    code: str
    question: str
    hint: str
    answer: forms.BoundField
    which: forms.BoundField | None
    side: forms.BoundField | None
    standing: tuple[SymptomAnswerRecord, ...]


class WeeklyForm(forms.Form):
    """Three questions in words; never a test of strength.

    `given` holds every answer so far, oldest first, those of today too: "nothing new" must not take
    back a yes of an hour ago. An answer that turns twice in a row (no, yes, no) is asked about
    before it is stored, and so is a no to something that still stood.
    """

    sure = forms.BooleanField(required=False, label=_("Yes, that is right now"))

    def __init__(
        self,
        *args: Any,
        given: Mapping[str, Sequence[SymptomAnswerRecord]],
        today: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.given, self.today = given, today
        for question, codes in WEEKLY.items():
            standing = [one.symptom for one in self._standing(question)]
            self.fields[question] = CodeField(
                WEEKLY_STANDING if standing else FRESH,
                label=_WEEKLY_LABELS[question],
                widget=Chips(),
            )
            if len(codes) > 1:
                self.fields[f"which_{question}"] = forms.MultipleChoiceField(
                    choices=[(code, _WHICH[code]) for code in codes],
                    initial=standing,
                    required=False,
                    label=_("Which of these?"),
                    widget=forms.CheckboxSelectMultiple,
                )
            if question != SPEECH:
                self.fields[f"side_{question}"] = CodeField(
                    [(Side.LEFT, _("Left")), (Side.RIGHT, _("Right")), (Side.BOTH, _("Both"))],
                    label=_("Which side?"),
                    widget=Chips(),
                )

    @property
    def rows(self) -> list[WeeklyRow]:
        """The questions in their order."""
        return [
            WeeklyRow(
                code=question,
                question=str(_WEEKLY_LABELS[question]),
                hint=str(_WEEKLY_HINTS[question]),
                answer=self[question],
                which=self[f"which_{question}"] if f"which_{question}" in self.fields else None,
                side=self[f"side_{question}"] if f"side_{question}" in self.fields else None,
                standing=self._standing(question),
            )
            for question in WEEKLY
        ]

    def _standing(self, question: str) -> tuple[SymptomAnswerRecord, ...]:
        """The answers behind what still stands of a question."""
        found = (standing_yes(self.given.get(code, ())) for code in WEEKLY[question])
        return tuple(one for one in found if one is not None)

    @property
    def standing(self) -> bool:
        """Whether a yes still stands, so that one tap must not say no to it."""
        return any(map(self._standing, WEEKLY))

    def clean(self) -> dict[str, Any]:
        """Every question answered, and answers that turn twice in a row are meant."""
        found: dict[str, Any] = super().clean() or {}
        if "all_no" in self.data:
            self._no_to_all(found)
        for question, codes in WEEKLY.items():
            if not found.get(question) and question not in self.errors:
                self.add_error(question, gettext("Choose one of the three answers."))
            if found.get(question) == YES and len(codes) > 1 and not found[f"which_{question}"]:
                self.add_error(f"which_{question}", gettext("Choose which, one or both."))
        if not self.errors and not found.get("sure"):
            self._ask_again()
        return found

    def _no_to_all(self, found: dict[str, Any]) -> None:
        """No to all three; beside another answer both cannot be meant, so it is asked again."""
        for question in WEEKLY:
            if found.get(question) in (YES, UNSURE):
                self.add_error(
                    question,
                    gettext("You chose an answer here and “No to all three”. Which is right?"),
                )
            elif question not in self.errors:
                found[question] = NO

    def _ask_again(self) -> None:
        over, turned = [], []
        for answer in self.answers():
            before = self.given.get(answer.symptom, ())
            if standing_yes(before) is not None and said([answer]) == NO:
                over.append(answer.symptom)
            elif turned_twice([*before, answer]):
                turned.append(answer.symptom)
        if over:
            words = gettext(
                "You said yes before: %(signs)s. Is it over? If not, choose “Still so”."
            )
            self.add_error("sure", words % {"signs": self._doubted(over)})
        if turned:
            words = gettext("You said something else before: %(signs)s. Is today's answer right?")
            self.add_error("sure", words % {"signs": self._doubted(turned)})

    def _doubted(self, codes: Iterable[str]) -> str:
        return "; ".join(
            f"{AssociatedSymptom(code).label} ({_history(self.given[code])})" for code in codes
        )

    def answers(self) -> list[SymptomAnswerRecord]:
        """The dated answers of all five signs that the three questions name."""
        return [
            answer
            for question, codes in WEEKLY.items()
            for code in codes
            if (answer := self._answer(question, code)) is not None
        ]

    def _answer(self, question: str, code: str) -> SymptomAnswerRecord | None:
        found = self.cleaned_data
        chosen = found.get(question)
        if not chosen:
            return None
        if chosen == YES and code in found.get(f"which_{question}", [code]):
            return self._yes(code, found.get(f"side_{question}") or None)
        if chosen == UNSURE:
            return SymptomAnswerRecord(self.today, code, UNSURE)
        return self._no(code)

    def _yes(self, code: str, side: str | None) -> SymptomAnswerRecord:
        """It is so; what was told with a yes that stands still belongs to it."""
        kept = standing_yes(self.given.get(code, ()))
        if kept is None:
            return SymptomAnswerRecord(self.today, code, YES, True, side=side)
        return replace(kept, asked_on=self.today, current=True, side=side or kept.side)

    def _no(self, code: str) -> SymptomAnswerRecord:
        """A yes of an earlier day is over now; one of today alone is put right."""
        earlier = [one for one in self.given.get(code, ()) if one.asked_on < self.today]
        kept = standing_yes(earlier)
        if kept is None:
            return SymptomAnswerRecord(self.today, code, NO)
        return replace(kept, asked_on=self.today, current=False, manner=None)


def standing_yes(given: Iterable[SymptomAnswerRecord]) -> SymptomAnswerRecord | None:
    """The yes that still stands after these answers; not sure does not take it back."""
    last = None
    for one in given:
        last = last if one.answer == UNSURE else one
    return last if last is not None and said([last]) == YES else None


def said(given: Sequence[SymptomAnswerRecord]) -> str | None:
    """What the last answer of a sign says now: a yes that is over is a no."""
    if not given:
        return None
    last = given[-1]
    return NO if last.answer == YES and last.current is False else last.answer


def turned_twice(given: Sequence[SymptomAnswerRecord]) -> bool:
    """Whether the last three answers that say yes or no went to and fro."""
    said_so = [word for one in given if (word := said([one])) in (YES, NO)][-3:]
    return len(said_so) == 3 and said_so[0] == said_so[2] != said_so[1]


def _history(given: Sequence[SymptomAnswerRecord]) -> str:
    words = {YES: gettext("yes"), NO: gettext("no"), UNSURE: gettext("not sure")}
    return ", ".join(
        f"{words[said([one]) or UNSURE]} {format_date(one.asked_on, 'j M')}" for one in given[-2:]
    )
