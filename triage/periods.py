"""Stretches of days, and what of a diary was known on a day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter
from typing import TypeVar

from diary.records import NOT_READ, DayRecord, DiaryRecord, PersonRecord

Entry = TypeVar("Entry")

RUN_ENDS_AFTER_DAYS = 28
"""Days without a twitch that end a run of twitching (diary-file.md, onset)."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of calendar days, both ends included."""

    from_: date
    to: date

    def __contains__(self, day: date) -> bool:
        return self.from_ <= day <= self.to

    @property
    def days(self) -> int:
        """Number of calendar days."""
        return (self.to - self.from_).days + 1


def last_days(as_of: date, count: int) -> Period:
    """The last `count` days: as_of - (count - 1) to as_of."""
    return Period(as_of - timedelta(days=count - 1), as_of)


def until(as_of: date) -> Period:
    """Everything up to as_of."""
    return Period(date.min, as_of)


def days_in(days: Sequence[DayRecord], period: Period) -> Sequence[DayRecord]:
    """The days of a period; `days` oldest first, as a record holds them.

    Found by halving, so that a week of ten years costs what a week of a month costs.
    """
    by_date = attrgetter("date")
    start = bisect_left(days, period.from_, key=by_date)
    return days[start : bisect_right(days, period.to, lo=start, key=by_date)]


def period_of(record: DiaryRecord, as_of: date, weeks: int | None = None) -> Period:
    """The last `weeks` weeks, else from the first episode or day to as_of (no data: as_of)."""
    if weeks is not None:
        return last_days(as_of, 7 * weeks)
    starts = (as_of, *_first(record.days), *_first_started(record))
    return Period(min(starts), as_of)


def _first(days: Sequence[DayRecord]) -> tuple[date, ...]:
    return (days[0].date,) if days else ()


def _first_started(record: DiaryRecord) -> tuple[date, ...]:
    return (record.episodes[0].local_date,) if record.episodes else ()


def run_start(twitch_days: Iterable[date], as_of: date) -> date | None:
    """First twitch day of the run of twitching that still goes on at as_of.

    `twitch_days` oldest first. A run ends with 28 days without a twitch, so there is none when
    the last 28 days hold no twitch day.
    """
    start = previous = None
    for day in twitch_days:
        if previous is None or _ends_run(previous, day - timedelta(days=1)):
            start = day
        previous = day
    return None if previous is None or _ends_run(previous, as_of) else start


def _ends_run(last_twitch: date, last_free: date) -> bool:
    return (last_free - last_twitch).days >= RUN_ENDS_AFTER_DAYS


def onset_date(record: DiaryRecord, as_of: date) -> date | None:
    """Start of the present run: the person's own date, else its first twitch day."""
    onset = record.person.onset
    if onset is not None and onset.date is not None:
        return onset.date
    return run_start((day.date for day in record.days if day.twitched), as_of)


def known_on(record: DiaryRecord, as_of: date) -> DiaryRecord:
    """The diary without records dated after as_of, so that an earlier day can be told again.

    Planned visits stay: their questions are written before the appointment.
    """
    return replace(
        record,
        person=_person_known_on(record.person, as_of),
        episodes=tuple(e for e in record.episodes if e.local_date <= as_of),
        days=tuple(days_in(record.days, until(as_of))),
        symptom_answers=those(record.symptom_answers, lambda a: a.asked_on <= as_of),
        medicines=those(record.medicines, lambda m: _begun(m.started_on, as_of)),
        events=those(record.events, lambda e: e.date <= as_of),
        experiments=those(record.experiments, lambda e: _begun(e.started_on, as_of)),
    )


def those(entries: tuple[Entry, ...], test: Callable[[Entry], bool]) -> tuple[Entry, ...]:
    """The entries of a list that pass; a list that was not read stays so."""
    return entries if entries is NOT_READ else tuple(filter(test, entries))


def _begun(started_on: date | None, as_of: date) -> bool:
    return started_on is None or started_on <= as_of


def _person_known_on(person: PersonRecord, as_of: date) -> PersonRecord:
    onset = person.onset
    if onset is None or onset.date is None or onset.date <= as_of:
        return person
    return replace(person, onset=None)
