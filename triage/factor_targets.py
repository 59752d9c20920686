"""On how many recorded days a factor lay outside its usual target, for every factor that has one.

Unlike the factors of `triage.advice`, those that never did are told as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from diary.records import DayRecord, DiaryRecord
from triage.factors import OUTSIDE, TARGETS
from triage.knowledge import knowledge
from triage.periods import Period, days_in


@dataclass(frozen=True, slots=True)
class TargetDays:
    """Recorded days of a factor and those outside its limit; no limit, then no days outside.

    `first_recorded` is the first day of the whole diary on which it is recorded.
    """

    limit: float | None
    outside: int
    recorded: int
    first_recorded: date | None


def target_days(
    record: DiaryRecord,
    code: str,
    read: Callable[[DayRecord], float | None],
    period: Period,
) -> TargetDays:
    """The days of one factor in a period; the target is that of the person on its last day."""
    values = [value for day in days_in(record.days, period) if (value := read(day)) is not None]
    limit = _limit(record, code, period.to)
    return TargetDays(
        limit=limit,
        outside=0 if limit is None else sum(OUTSIDE[code](value, limit) for value in values),
        recorded=len(values),
        first_recorded=next((day.date for day in record.days if read(day) is not None), None),
    )


def _limit(record: DiaryRecord, code: str, day: date) -> float | None:
    if code not in TARGETS:
        return None
    person = record.person
    target = TARGETS[code](knowledge().factors[code], person, person.age_on(day))
    return None if target is None else target.limit
