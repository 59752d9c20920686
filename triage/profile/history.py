"""What the Twitch Profile tells of signs, medicines and the appointment.

Pure functions from a diary to frozen facts without words; `triage.profile.wording` says them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from diary.records import DiaryRecord, MedicineRecord, SymptomAnswerRecord, VisitRecord
from diary.vocabulary import Answer, AssociatedSymptom
from triage.knowledge import knowledge
from triage.periods import onset_date
from triage.questions import answers_by_symptom, counting_answer

CLOSE_BEFORE_ONSET_DAYS = 30
"""A medicine started at most this long before the onset stands in the story line (section 11 of
the rule table, RF-MED-SUSPECTED)."""

_BLUR_DAYS = {"month": 16, "season": 46, "year": 183}
"""Half of the stretch that an onset of this precision may lie in."""

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
    """A medicine; `days_before_onset` is negative when it was started after the onset.

    `blur_days`: by how much the onset may lie earlier or later than its date, when only its month,
    season or year is known.
    """

    medicine: MedicineRecord
    days_before_onset: int | None
    blur_days: int = 0

    @property
    def around_onset(self) -> bool:
        """Whether nobody can tell which of the two came first."""
        days = self.days_before_onset
        return days is not None and self.blur_days > 0 and abs(days) <= self.blur_days

    @property
    def close_before_onset(self) -> bool:
        """Whether it was started within the 30 days before an onset known to the day or week."""
        days = self.days_before_onset
        return days is not None and not self.blur_days and 0 <= days <= CLOSE_BEFORE_ONSET_DAYS


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


def medicine_rows(record: DiaryRecord, as_of: date) -> tuple[MedicineRow, ...]:
    """Medicines started before the onset first, then suspected ones, then the rest.

    Among those started before it the closest to the onset come first.
    """
    onset, told = onset_date(record, as_of), record.person.onset
    rows = [
        MedicineRow(
            taken,
            None if onset is None or taken.started_on is None else (onset - taken.started_on).days,
            _BLUR_DAYS.get(told.precision or "", 0) if told is not None and told.date else 0,
        )
        for taken in record.medicines
    ]
    return tuple(sorted(rows, key=_medicine_order))


def _medicine_order(row: MedicineRow) -> tuple[int, int]:
    days = row.days_before_onset
    if days is not None and days >= 0:
        return 0, days
    return (1 if row.medicine.suspected else 2), 0


def planned_visit(record: DiaryRecord, as_of: date) -> VisitRecord | None:
    """The next appointment: the earliest from as_of on, else one without a date."""
    planned = [visit for visit in record.visits if visit.date is None or visit.date >= as_of]
    return min(planned, key=lambda visit: visit.date or date.max, default=None)
