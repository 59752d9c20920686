"""The doctor's questions, one pure function each: a diary in, a frozen answer out.

Field names and their order are those of the summary (docs/diary-file.md), so that the JSON of the
command is these answers and nothing else. Callers pass a record that is already cut to what they
ask about: `triage.periods.known_on` for the day of asking, `within` for a shorter period. Every
answer is defined for an empty diary: counts 0, lists empty, figures None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from diary.records import (
    DayRecord,
    DiaryRecord,
    Onset,
    Place,
    SymptomAnswerRecord,
    place_order,
)
from diary.vocabulary import Answer, AssociatedSymptom
from triage.periods import Period, days_in, last_days, onset_date, those

Date = date  # inside OnsetAnswer the name `date` is a field


NEW_FROM_DAYS, NEW_FROM_RECORDED = 14, 7
"""Days since the diary's first entry, and days with entries, before a place can be new in it."""


@dataclass(frozen=True, slots=True)
class OnsetAnswer:
    """When it began: the person's own date, else the first twitch day of the present run.

    `precision`, `manner` and `recalled` are the person's words and None for a date that the diary
    found. `first_logged` is the first day of the whole diary on which anything says it twitched.
    """

    date: Date | None
    precision: str | None
    manner: str | None
    days_ago: int | None
    recalled: bool | None
    first_logged: Date | None


@dataclass(frozen=True, slots=True)
class SiteCount:
    """One place: its episodes, and the days it twitched, those named without episodes included."""

    site: str
    side: str | None
    episodes: int
    days: int
    first: date
    last: date

    @property
    def place(self) -> Place:
        """Site and side as one key."""
        return self.site, self.side


@dataclass(frozen=True, slots=True)
class NewSite:
    """A place that was first recorded in the last 28 days."""

    site: str
    side: str | None
    first: date


@dataclass(frozen=True, slots=True)
class SameMuscles:
    """Whether it is always the same place; `top_share` of the episodes that have a place."""

    sites: int
    top_share: float | None
    new_in_28_days: tuple[NewSite, ...]


@dataclass(frozen=True, slots=True)
class Duration:
    """How long an episode lasts, in seconds, over the timed ones; classes count as untimed."""

    median_s: float | None
    p10_s: float | None
    p90_s: float | None
    longest_s: float | None
    timed: int
    untimed: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Episodes per counted day, and how many days were counted."""

    per_day: float | None
    days: int


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often: days with twitches of days checked in, and episodes per counted day."""

    days_with: int
    days_checked_in: int
    per_checked_in_day: float | None
    last_28: Rate
    previous_28: Rate
    change: str
    longest_run_days: int
    constant_days: int


@dataclass(frozen=True, slots=True)
class SignYes:
    """A sign the person has or had: first and last day of saying so, and how many times."""

    symptom: str
    first: date
    last: date
    times: int
    current: bool


@dataclass(frozen=True, slots=True)
class SignNo:
    """A sign asked about by name and denied: how many times, and when last."""

    symptom: str
    times: int
    last: date


@dataclass(frozen=True, slots=True)
class SignUnsure:
    """A sign about which the person was not sure when last asked."""

    symptom: str
    last: date


@dataclass(frozen=True, slots=True)
class AssociatedSymptoms:
    """What else came along, in the order of the vocabulary; not asked is not a no."""

    yes: tuple[SignYes, ...]
    no: tuple[SignNo, ...]
    unsure: tuple[SignUnsure, ...]
    not_asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MedicineAnswer:
    """A medicine as far as the doctor asks first: what, which class, since when."""

    name: str
    medicine_class: str | None
    started_on: date | None


def within(record: DiaryRecord, period: Period) -> DiaryRecord:
    """The record with the days, episodes and answers about signs of the period only."""
    return replace(
        record,
        days=tuple(days_in(record.days, period)),
        episodes=tuple(found for found in record.episodes if found.local_date in period),
        symptom_answers=those(record.symptom_answers, lambda given: given.asked_on in period),
    )


def onset(record: DiaryRecord, as_of: date) -> OnsetAnswer:
    """When did it start?"""
    own = record.person.onset or Onset()
    began = onset_date(record, as_of)
    return OnsetAnswer(
        date=began,
        precision=own.precision,
        manner=own.manner,
        days_ago=None if began is None else (as_of - began).days,
        recalled=own.recalled,
        first_logged=next((day.date for day in record.days if day.twitched), None),
    )


def sites(record: DiaryRecord) -> tuple[SiteCount, ...]:
    """Where? Every place with a twitch, by number of episodes, then from head to foot."""
    counts: dict[Place, tuple[int, int, date, date]] = {}
    for day in record.days:
        for place, count in _counted_places(day):
            episodes, days, first, _ = counts.get(place) or (0, 0, day.date, day.date)
            counts[place] = (episodes + count, days + 1, first, day.date)
    found = (
        SiteCount(site, side, episodes, days, first, last)
        for (site, side), (episodes, days, first, last) in counts.items()
    )
    return tuple(sorted(found, key=lambda row: (-row.episodes, place_order(row.place))))


def _counted_places(day: DayRecord) -> Iterable[tuple[Place, int]]:
    """`places_of` a day, each with its episodes."""
    if not day.sites:
        return day.totals.sites  # as it stands: a set for each day of ten years takes longer
    counts = dict(day.totals.sites)
    return ((place, counts.get(place, 0)) for place in places_of(day))


def places_of(day: DayRecord) -> frozenset[Place]:
    """Places of the day's episodes, and those named for a constant or summarised day."""
    logged = frozenset([place for place, _ in day.totals.sites])
    named = day.sites if day.constant or day.summarised_twitches else None
    return logged.union(named) if named else logged


def is_unplaced(day: DayRecord) -> bool:
    """Whether it twitched that day and nothing says where: no place is none on it."""
    return day.twitched and not (day.totals.sites or places_of(day))


def first_days(days: Iterable[DayRecord]) -> dict[Place, date]:
    """The first day of each place, in the order of these days; `days` are oldest first."""
    found: dict[Place, date] = {}
    for day in days:
        for place, _ in _counted_places(day):
            if place not in found:
                found[place] = day.date
    return found


def new_from(days: Sequence[DayRecord]) -> date:
    """The first day on which a place can join as new; `days` are oldest first.

    Before it hardly anything is known to which it could be new: a place that was always there is
    logged one day after the others. Entries on a few days told at the start are no diary yet.
    """
    if len(days) < NEW_FROM_RECORDED:
        return date.max
    known = days[NEW_FROM_RECORDED - 1].date + timedelta(days=1)
    return max(known, days[0].date + timedelta(days=NEW_FROM_DAYS))


def same_muscles(found: Sequence[SiteCount], as_of: date) -> SameMuscles:
    """Is it always the same place? From the answer to where."""
    placed = sum(row.episodes for row in found)
    recent = last_days(as_of, 28)
    return SameMuscles(
        sites=len(found),
        top_share=found[0].episodes / placed if placed else None,
        new_in_28_days=tuple(
            NewSite(row.site, row.side, row.first) for row in found if row.first in recent
        ),
    )


def duration(record: DiaryRecord) -> Duration:
    """How long does each last?"""
    timed = sorted(
        seconds for episode in record.episodes if (seconds := episode.timed_s) is not None
    )
    return Duration(
        median_s=percentile(timed, 50),
        p10_s=percentile(timed, 10),
        p90_s=percentile(timed, 90),
        longest_s=timed[-1] if timed else None,
        timed=len(timed),
        untimed=len(record.episodes) - len(timed),
    )


def percentile(ordered: Sequence[float], percent: float) -> float | None:
    """The percentile of ascending values by linear interpolation; None without values."""
    if not ordered:
        return None
    position = (len(ordered) - 1) * percent / 100
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def frequency(record: DiaryRecord, as_of: date, change: str) -> Frequency:
    """How often? `change` is the verdict of `triage.trends.find_change` on the same record."""
    checked_in = [day for day in record.days if day.checked_in]
    return Frequency(
        days_with=sum(day.twitched for day in checked_in),
        days_checked_in=len(checked_in),
        per_checked_in_day=rate(record.days).per_day,
        last_28=rate(days_in(record.days, last_days(as_of, 28))),
        previous_28=rate(days_in(record.days, last_days(as_of - timedelta(days=28), 28))),
        change=change,
        longest_run_days=longest_run([day.date for day in checked_in if day.twitched]),
        constant_days=sum(day.constant for day in checked_in),
    )


def rate(days: Iterable[DayRecord]) -> Rate:
    """Episodes per day over the days that carry a number of them."""
    counts = [day.totals.episodes for day in days if day.counted]
    return Rate(sum(counts) / len(counts) if counts else None, len(counts))


def longest_run(dates: Iterable[date]) -> int:
    """Length of the longest stretch of consecutive dates; `dates` are oldest first."""
    longest = length = 0
    previous = None
    for day in dates:
        length = length + 1 if previous is not None and (day - previous).days == 1 else 1
        longest = max(longest, length)
        previous = day
    return longest


def associated_symptoms(answers: Iterable[SymptomAnswerRecord]) -> AssociatedSymptoms:
    """Which other symptoms? The answer that counts for each sign, with how often and when."""
    asked = answers_by_symptom(answers)
    latest = {symptom: counting_answer(given) for symptom, given in asked.items()}

    def of(answer: Answer) -> list[tuple[str, list[SymptomAnswerRecord]]]:
        return [
            (symptom, [one for one in asked[symptom] if one.answer == answer])
            for symptom, counting in latest.items()
            if counting.answer == answer
        ]

    return AssociatedSymptoms(
        yes=tuple(
            SignYes(
                code, said[0].asked_on, said[-1].asked_on, len(said), said[-1].current is not False
            )
            for code, said in of(Answer.YES)
        ),
        no=tuple(SignNo(code, len(said), said[-1].asked_on) for code, said in of(Answer.NO)),
        unsure=tuple(SignUnsure(code, said[-1].asked_on) for code, said in of(Answer.UNSURE)),
        not_asked=tuple(code for code in AssociatedSymptom.codes() if code not in asked),
    )


def answers_by_symptom(
    answers: Iterable[SymptomAnswerRecord],
) -> dict[str, list[SymptomAnswerRecord]]:
    """Answers of each sign asked, signs as in the vocabulary, answers by date, then as listed."""
    found: dict[str, list[SymptomAnswerRecord]] = {code: [] for code in AssociatedSymptom.codes()}
    for given in sorted(answers, key=lambda given: given.asked_on):
        found[given.symptom].append(given)
    return {symptom: given for symptom, given in found.items() if given}


def counting_answer(given: Sequence[SymptomAnswerRecord]) -> SymptomAnswerRecord:
    """The latest answer about one sign; not sure does not replace a yes before it."""
    counting = given[0]
    for later in given[1:]:
        if not (later.answer == Answer.UNSURE and counting.answer == Answer.YES):
            counting = later
    return counting


def medicines(record: DiaryRecord) -> tuple[MedicineAnswer, ...]:
    """Which medicines, and since when? In the order of the diary."""
    return tuple(
        MedicineAnswer(taken.name, taken.medicine_class, taken.started_on)
        for taken in record.medicines
    )
