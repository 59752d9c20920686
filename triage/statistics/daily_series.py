"""A diary as numbers, one place per calendar day, for the regression; NaN is not recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from diary.records import DayRecord, DiaryRecord
from triage.statistics.spells import Floats

Mask = NDArray[np.bool_]
Reader = Callable[[DayRecord], float | None]


@dataclass(frozen=True)
class DailySeries:
    """Counts and factor values of consecutive days from `first` on.

    `counts` (days,): episodes of usable days (counted, and closed in time), else NaN. `values`
    per factor code (days,): as recorded. The count and the factors of a day that was closed late
    stay out: both were recalled.
    """

    first: date
    counts: Floats
    values: dict[str, Floats]

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def usable(self) -> Mask:
        """Mask (days,) of the usable days."""
        return ~np.isnan(self.counts)

    @property
    def weekend(self) -> Floats:
        """1.0 on Saturdays and Sundays, else 0.0."""
        return ((self.first.weekday() + np.arange(len(self))) % 7 >= 5).astype(float)

    def ends_on(self, day: date) -> bool:
        """Whether `day` is the last day of the series."""
        return len(self) > 0 and (day - self.first).days == len(self) - 1

    def between(self, start: date | None, end: date) -> DailySeries:
        """The days from `start` (None: the first) to `end`, both included."""
        begin = 0 if start is None else max(0, (start - self.first).days)
        stop = max(begin, (end - self.first).days + 1)
        return DailySeries(
            first=self.first + timedelta(days=begin),
            counts=self.counts[begin:stop],
            values={code: values[begin:stop] for code, values in self.values.items()},
        )


def daily_series(record: DiaryRecord, as_of: date, readers: dict[str, Reader]) -> DailySeries:
    """The days of the record up to as_of, from its first to its last."""
    days = [day for day in record.days if day.date <= as_of]
    if not days:
        return DailySeries(as_of, np.empty(0), {code: np.empty(0) for code in readers})
    first = days[0].date
    places = np.array([(day.date - first).days for day in days])
    in_time = [None if day.closed_late else day for day in days]

    def spread(read: Reader) -> Floats:
        values = np.full(places[-1] + 1, np.nan)
        values[places] = _floats([None if day is None else read(day) for day in in_time])
        return values

    return DailySeries(
        first, spread(_count), {code: spread(read) for code, read in readers.items()}
    )


def _count(day: DayRecord) -> float | None:
    return day.totals.episodes if day.counted else None


def _floats(values: Sequence[float | None]) -> Floats:
    return np.array(values, dtype=float)  # None becomes NaN
