"""Caffeine still on board through single days: each drink with its time, and the twitches.

An approximate picture without a verdict. What the day before left over is in it; what is older is
not, because little of it remains. Drinks without a time or an amount are left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from diary.records import DayRecord, DiaryRecord
from diary.vocabulary import InstantPrecision
from triage.caffeine_course import (
    DAY_MIN,
    HALF_LIFE_MIN,
    LONG_HALF_LIFE_MIN,
    SHORT_HALF_LIFE_MIN,
    left,
    timed_drinks,
)

STEP_MIN = 15
SHOWN_DAYS = 7
"""Most days shown; more of them would invite a search for a pattern by eye."""

Drunk = tuple[int, int]
"""Minute of the day and mg; the minute is below 0 for the day before."""


@dataclass(frozen=True, slots=True)
class CaffeineDay:
    """One day with at least one timed drink; levels in mg every STEP_MIN from 0:00 to 24:00.

    `low` and `high` are the levels with the shortest and the longest half-life. `mg` is all
    caffeine noted for the day. `before_left_out_mg` of the day before have no time; None when its
    caffeine is not recorded. `twitches` are minutes of the day.
    """

    date: date
    drinks: tuple[Drunk, ...]
    mg: int
    without_time: int
    without_amount: int
    before_left_out_mg: int | None
    levels: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    twitches: tuple[int, ...]
    twitches_without_time: int

    @property
    def timed_mg(self) -> int:
        """Mg of the drinks that are drawn."""
        return sum(mg for _, mg in self.drinks)


def timed_dates(days: Iterable[DayRecord], as_of: date) -> tuple[date, ...]:
    """The last dates up to as_of on which a drink has its time, newest first."""
    found = [day.date for day in days if day.date <= as_of and any(timed_drinks(day))]
    return tuple(sorted(found, reverse=True)[:SHOWN_DAYS])


def caffeine_days(record: DiaryRecord, as_of: date) -> tuple[CaffeineDay, ...]:
    """Days of `timed_dates`; needs a record whose episodes cover them."""
    by_date = {day.date: day for day in record.days}
    dates = timed_dates(record.days, as_of)
    twitches = _twitches(record, dates)
    return tuple(
        _caffeine_day(by_date[day], by_date.get(day - timedelta(days=1)), twitches[day])
        for day in dates
    )


def _twitches(record: DiaryRecord, dates: Sequence[date]) -> Mapping[date, list[int | None]]:
    """Minute of each episode of some days; None for those without an exact time."""
    found: dict[date, list[int | None]] = {day: [] for day in dates}
    for episode in record.episodes:
        if episode.local_date in found:
            exact = episode.precision != InstantPrecision.PART_OF_DAY
            found[episode.local_date].append(episode.started_at.local_minute if exact else None)
    return found


def _caffeine_day(
    day: DayRecord, before: DayRecord | None, twitches: Sequence[int | None]
) -> CaffeineDay:
    drinks = tuple(sorted(timed_drinks(day)))
    drunk = [*sorted((at - DAY_MIN, mg) for at, mg in timed_drinks(before)), *drinks]
    return CaffeineDay(
        date=day.date,
        drinks=drinks,
        mg=_noted_mg(day) or 0,
        without_time=sum(drink.at is None for drink in day.drinks or ()),
        without_amount=sum(drink.mg is None and drink.at is not None for drink in day.drinks or ()),
        before_left_out_mg=_left_out_mg(before),
        levels=levels(drunk, HALF_LIFE_MIN),
        low=levels(drunk, SHORT_HALF_LIFE_MIN),
        high=levels(drunk, LONG_HALF_LIFE_MIN),
        twitches=tuple(sorted(minute for minute in twitches if minute is not None)),
        twitches_without_time=sum(minute is None for minute in twitches),
    )


def levels(drunk: Sequence[Drunk], half_life_min: float) -> tuple[float, ...]:
    """Mg on board of some drinks together, every STEP_MIN from 0:00 to 24:00."""
    return tuple(
        sum((left(minute - at, mg, half_life_min) for at, mg in drunk), 0.0)
        for minute in range(0, DAY_MIN + 1, STEP_MIN)
    )


def _noted_mg(day: DayRecord) -> int | None:
    """All caffeine of a day in mg: as stated, else that of its drinks."""
    if day.caffeine_mg is not None or not day.drinks:
        return day.caffeine_mg
    return sum(drink.mg or 0 for drink in day.drinks)


def _left_out_mg(day: DayRecord | None) -> int | None:
    """Mg of a day that have no time; None when its caffeine is not recorded."""
    noted = None if day is None else _noted_mg(day)
    return None if noted is None else noted - sum(mg for _, mg in timed_drinks(day))
