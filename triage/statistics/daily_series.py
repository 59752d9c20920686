"""A diary as numbers, one place per calendar day, for the regression; NaN is not recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from diary.records import DayRecord, DiaryRecord
from triage.periods import Period, days_in, until
from triage.statistics.factor_differences import MAIN_FACTORS, own_factors
from triage.statistics.spells import Floats

Mask = NDArray[np.bool_]
Reader = Callable[[DayRecord], float | None]


@dataclass(frozen=True)
class DailySeries:
    """Counts and factor values of consecutive days from `first` on.

    `counts` (days,): episodes of usable days (counted, and closed in time), else NaN. `values`
    per factor code (days,): as recorded. The count and the factors of a day that was closed late
    stay out: both were recalled. `summarised` and `constant` (days,): days that say it twitched
    and carry no number, being summed up as a few or many, or never stopping.
    """

    first: date
    counts: Floats
    values: dict[str, Floats]
    summarised: Mask
    constant: Mask

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def usable(self) -> Mask:
        """Mask (days,) of the usable days."""
        return ~np.isnan(self.counts)

    @property
    def mostly_uncounted(self) -> bool:
        """Whether more twitch days carry no number than carry one.

        Who keeps a diary that way may never have enough days that count.
        """
        uncounted = int(self.summarised.sum()) + int(self.constant.sum())
        return uncounted > int((self.counts > 0).sum())

    @property
    def weekend(self) -> Floats:
        """1.0 on Saturdays and Sundays, else 0.0."""
        return ((self.first.weekday() + np.arange(len(self))) % 7 >= 5).astype(float)

    def ends_on(self, day: date) -> bool:
        """Whether `day` is the last day of the series."""
        return len(self) > 0 and (day - self.first).days == len(self) - 1

    def told_without_number(self, day: date) -> bool:
        """Whether `day`, the last one, is over and told without a number."""
        return self.ends_on(day) and bool(self.summarised[-1] or self.constant[-1])

    def between(self, start: date | None, end: date) -> DailySeries:
        """The days from `start` (None: the first) to `end`, both included."""
        begin = 0 if start is None else max(0, (start - self.first).days)
        stop = max(begin, (end - self.first).days + 1)
        return DailySeries(
            first=self.first + timedelta(days=begin),
            counts=self.counts[begin:stop],
            values={code: values[begin:stop] for code, values in self.values.items()},
            summarised=self.summarised[begin:stop],
            constant=self.constant[begin:stop],
        )


def daily_series(record: DiaryRecord, period: Period, readers: dict[str, Reader]) -> DailySeries:
    """The days of the record in a period, from the first to the last of them."""
    days = days_in(record.days, period)
    if not days:
        nothing = np.zeros(0, dtype=bool)
        values = {code: np.empty(0) for code in readers}
        return DailySeries(period.to, np.empty(0), values, nothing, nothing)
    first = days[0].date
    in_time = [day for day in days if not day.closed_late]
    places = np.array([(day.date - first).days for day in in_time], dtype=int)
    length = (days[-1].date - first).days + 1

    def spread(read: Reader) -> Floats:
        values = np.full(length, np.nan)
        values[places] = _floats([read(day) for day in in_time])
        return values

    def mask(test: Callable[[DayRecord], bool]) -> Mask:
        held = np.zeros(length, dtype=bool)
        held[places] = [test(day) for day in in_time]
        return held

    return DailySeries(
        first=first,
        counts=spread(_count),
        values={code: spread(read) for code, read in readers.items()},
        summarised=mask(lambda day: day.summarised_twitches and not day.constant),
        constant=mask(lambda day: day.constant),
    )


def whole_series(record: DiaryRecord, as_of: date) -> DailySeries:
    """Every day up to as_of with all factors: what links and trend are found from."""
    factors = (*MAIN_FACTORS, *own_factors(record))
    return daily_series(record, until(as_of), {factor.code: factor.read for factor in factors})


def _count(day: DayRecord) -> float | None:
    return day.totals.episodes if day.counted else None


def _floats(values: Sequence[float | None]) -> Floats:
    return np.array(values, dtype=float)  # None becomes NaN
