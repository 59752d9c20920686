"""What the Twitch Profile tells of signs, medicines and the appointment.

Pure functions from a diary to frozen facts without words; `triage.profile.wording` says them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from diary.records import DiaryRecord, MedicineRecord, SymptomAnswerRecord, VisitRecord
from diary.vocabulary import Answer, AssociatedSymptom, OnsetPrecision
from triage.knowledge import knowledge
from triage.periods import RUN_ENDS_AFTER_DAYS, onset_date
from triage.questions import answers_by_symptom, counting_answer

CLOSE_BEFORE_ONSET_DAYS = 30
"""A medicine started at most this long before the onset stands in the story line (section 11 of
the rule table, RF-MED-SUSPECTED)."""

KNOWN_TO_A_WEEK_DAYS = 7
"""Slack of an onset up to which a distance from it is given in days."""

LOST_FUNCTION = {
    "dropping_things": ("dropping_things",),
    "tripping_foot_drop": ("tripping_foot_drop",),
    "muscle_wasting": ("muscle_wasting",),
    "speech": ("speech_slurred_gradual",),
    "swallowing_trouble": ("swallowing_trouble",),
    "strength_lost": (
        "weakness_sudden",
        "weakness_over_days",
        "weakness_over_weeks",
        "weakness_over_months",
    ),
}
"""The six rows of lost function in their fixed order, with the signs each brings together."""

YES_COUNTS_ALSO = {"speech": ("speech_slurred_sudden",)}
"""Signs whose yes or doubt belongs to a row as well; their no stands among the other signs, so
that a single question about sudden trouble does not hide how often the slow one was asked."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that was asked: the answer that counts, how often it was given, first and last.

    `since` is the person's own date of a yes; `current` False means that it is over.
    """

    symptom: str
    answer: str
    times: int
    first: date
    last: date
    current: bool
    side: str | None
    since: date | None
    manner: str | None


@dataclass(frozen=True, slots=True)
class LostFunction:
    """One fixed row: the sign that speaks for it (None: not asked), and which were asked."""

    row: str
    sign: Sign | None
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signs:
    """All signs: the six rows of lost function, then every other sign by its answer."""

    lost_function: tuple[LostFunction, ...]
    yes: tuple[Sign, ...]
    unsure: tuple[Sign, ...]
    not_asked: tuple[str, ...]
    no: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class MedicineRow:
    """A medicine and its step next to the onset: "started", "changed" or "stopped".

    Of the steps before the onset the closest one counts, else the first after it.
    `days_before_onset` of that step is negative after the onset, and None when either is unknown.
    `blur_days`: by how much the onset may lie earlier or later than its date.
    """

    medicine: MedicineRecord
    step: str
    on: date | None
    days_before_onset: int | None
    blur_days: int = 0

    @property
    def around_onset(self) -> bool:
        """Whether nobody can tell which of the two came first."""
        days = self.days_before_onset
        return days is not None and self._is_blurred and abs(days) <= self.blur_days

    @property
    def close_before_onset(self) -> bool:
        """Whether the step lies within the 30 days before an onset known to the day or week."""
        days = self.days_before_onset
        return days is not None and not self._is_blurred and 0 <= days <= CLOSE_BEFORE_ONSET_DAYS

    @property
    def exact(self) -> bool:
        """Whether the onset is known well enough to count days from it."""
        return not self._is_blurred

    @property
    def _is_blurred(self) -> bool:
        return self.blur_days > KNOWN_TO_A_WEEK_DAYS


def signs(answers: Iterable[SymptomAnswerRecord]) -> Signs:
    """Every sign of the vocabulary with the answer that counts, in the order of the vocabulary.

    Of those that were ticked the pressing ones come first.
    """
    asked = {code: sign_of(given) for code, given in answers_by_symptom(answers).items()}
    rows = tuple(_lost_function(row, asked) for row in LOST_FUNCTION)
    in_rows = {code for row in rows for code in (*LOST_FUNCTION[row.row], *row.asked)}
    others = [sign for code, sign in asked.items() if code not in in_rows]
    return Signs(
        lost_function=rows,
        yes=tuple(
            sorted((sign for sign in others if sign.answer == Answer.YES), key=_matters_first)
        ),
        unsure=tuple(sign for sign in others if sign.answer == Answer.UNSURE),
        not_asked=tuple(
            code for code in AssociatedSymptom.codes() if code not in asked and code not in in_rows
        ),
        no=tuple(sign for sign in others if sign.answer == Answer.NO),
    )


def _matters_first(sign: Sign) -> tuple[bool, bool]:
    """Signs on which an appointment today can rest stand before others, over or not."""
    return sign.symptom not in knowledge().red_flags.signs_to_ask, not sign.current


def sign_of(given: Sequence[SymptomAnswerRecord]) -> Sign:
    """One sign, from all answers about it, oldest first."""
    counting = counting_answer(given)
    same = [one for one in given if one.answer == counting.answer]
    return Sign(
        symptom=counting.symptom,
        answer=counting.answer,
        times=len(same),
        first=same[0].asked_on,
        last=same[-1].asked_on,
        current=counting.current is not False,
        side=counting.side,
        since=counting.since,
        manner=counting.manner,
    )


def _lost_function(row: str, asked: Mapping[str, Sign]) -> LostFunction:
    found = [asked[code] for code in LOST_FUNCTION[row] if code in asked]
    also = [asked[code] for code in YES_COUNTS_ALSO.get(row, ()) if code in asked]
    found += [sign for sign in also if sign.answer != Answer.NO]
    return LostFunction(
        row=row,
        sign=min(found, key=_speaks_first) if found else None,
        asked=tuple(sign.symptom for sign in found),
    )


def _speaks_first(sign: Sign) -> tuple[int, bool, int, date]:
    """A yes that still holds wins, then any yes, then a doubt.

    Of several denials the least often and longest ago asked one speaks, so that the row never
    claims more than was asked.
    """
    rank = {Answer.YES.value: 0, Answer.UNSURE.value: 1, Answer.NO.value: 2}[sign.answer]
    return rank, not sign.current, sign.times, sign.last


def known_onset(record: DiaryRecord, as_of: date) -> date | None:
    """The day on which it began, where somebody knows it: told, or begun under the diary's eyes.

    The first twitch of a new diary only says when the writing began.
    """
    told = record.person.onset
    if told is not None and told.date is not None:
        return told.date
    began = onset_date(record, as_of)
    if began is None or (began - record.days[0].date).days < RUN_ENDS_AFTER_DAYS:
        return None
    return began


def medicine_rows(record: DiaryRecord, as_of: date) -> tuple[MedicineRow, ...]:
    """Medicines with a step before the onset first, then suspected ones, then the rest.

    Among those before it the closest to the onset come first.
    """
    onset, told = known_onset(record, as_of), record.person.onset
    precision = told.precision if told is not None and told.date is not None else None
    blur = OnsetPrecision(precision or OnsetPrecision.DAY).slack_days
    return tuple(
        sorted((_medicine_row(one, onset, blur) for one in record.medicines), key=_medicine_order)
    )


def _medicine_row(taken: MedicineRecord, onset: date | None, blur: int) -> MedicineRow:
    dates = (
        ("started", taken.started_on),
        ("changed", taken.changed_on),
        ("stopped", taken.stopped_on),
    )
    steps = [(step, on) for step, on in dates if on is not None]
    if onset is None or not steps:
        step, on = steps[0] if steps else ("started", None)
        return MedicineRow(taken, step, on, None, blur)
    step, on = min(steps, key=lambda one: _distance((onset - one[1]).days))
    return MedicineRow(taken, step, on, (onset - on).days, blur)


def _distance(days_before: int) -> tuple[bool, int]:
    return days_before < 0, abs(days_before)


def _medicine_order(row: MedicineRow) -> tuple[int, int]:
    days = row.days_before_onset
    if days is not None and days >= 0:
        return 0, days
    return (1 if row.medicine.suspected else 2), 0


def planned_visit(record: DiaryRecord, as_of: date) -> VisitRecord | None:
    """The next appointment: the earliest from as_of on, else one without a date."""
    planned = [visit for visit in record.visits if visit.date is None or visit.date >= as_of]
    return min(planned, key=lambda visit: visit.date or date.max, default=None)
