"""Caffeine still on board through a usual day, beside the twitches of the same days.

An approximate picture without a verdict: half of it is gone after a fixed time, though people
differ widely in that. Whether the two go together is the business of `triage.links`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from diary.records import DayRecord, DiaryRecord
from triage.patterns import typical_day
from triage.periods import Period, days_in

HALF_LIFE_MIN = 300
"""Mean half-life in plasma (SOURCE)."""
SHORT_HALF_LIFE_MIN, LONG_HALF_LIFE_MIN = 90, 570
"""How far it lies apart between people (same source)."""
TAKEN_UP_MIN = 45
"""Minutes until a drink is taken up nearly wholly (same source)."""
SOURCE = "S71"
STEP_MIN = 30
DAY_MIN = 24 * 60
NEEDED_DAYS = 7
"""Days with timed drinks below which one odd day would be the picture."""


@dataclass(frozen=True, slots=True)
class CaffeineCourse:
    """Mean mg on board at each half hour from 0:00 to 24:00, and twitches in bins of two hours.

    Both rest on the same `days`: counted ones on which every drink has its time, `with_drinks` of
    them with caffeine at all.
    """

    levels: tuple[float, ...]
    twitches: tuple[int, ...]
    days: int
    with_drinks: int


def caffeine_course(record: DiaryRecord, period: Period) -> CaffeineCourse:
    """The course over the days of a period; needs a record whose episodes cover it."""
    by_date = {day.date: day for day in record.days}
    known = [day for day in days_in(record.days, period) if day.counted and _is_timed(day)]
    drunk = _drunk(known, by_date)
    return CaffeineCourse(
        levels=tuple(
            sum(left(minute - at, mg) for at, mg in drunk.items()) / max(1, len(known))
            for minute in range(0, DAY_MIN + 1, STEP_MIN)
        ),
        twitches=typical_day(replace(record, days=tuple(known)), period).bins,
        days=len(known),
        with_drinks=sum(bool(day.caffeine_mg) for day in known),
    )


def _drunk(days: Sequence[DayRecord], by_date: Mapping[date, DayRecord]) -> Counter[int]:
    """Mg of all days together by minute of the day; below 0 on the evening before."""
    drunk: Counter[int] = Counter()
    for day in days:
        before = by_date.get(day.date - timedelta(days=1))
        for shift, drinks in ((0, day), (-DAY_MIN, before)):
            for at, mg in timed_drinks(drinks):
                drunk[at + shift] += mg
    return drunk


def _is_timed(day: DayRecord) -> bool:
    """Whether the caffeine of a day is known with its times; none at all needs no time."""
    if not day.caffeine_mg:
        return day.caffeine_mg == 0
    return sum(mg for _, mg in timed_drinks(day)) == day.caffeine_mg


def timed_drinks(day: DayRecord | None) -> Iterator[tuple[int, int]]:
    """Minute and mg of each drink that has both."""
    for drink in (day.drinks if day else None) or ():
        if drink.at is not None and drink.mg is not None:
            yield int(drink.at[:2]) * 60 + int(drink.at[3:5]), drink.mg


def left(minutes: float, mg: float, half_life_min: float = HALF_LIFE_MIN) -> float:
    """Mg of a drink still on board some minutes after it."""
    if minutes <= 0:
        return 0.0
    taken_up = min(1.0, minutes / TAKEN_UP_MIN)
    return mg * taken_up * math.pow(0.5, minutes / half_life_min)
