"""How often it twitches over time: the trend, the last 28 days against the 28 before, weeks.

The regression behind trend and change is that of docs/statistics.md. Results hold figures and
codes; `triage.wording` phrases them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import TYPE_CHECKING

from diary.records import DayRecord, DiaryRecord
from triage.periods import Period, days_in
from triage.questions import Rate, rate
from triage.statistics.factor_differences import MAIN_FACTORS, FactorDifference
from triage.verdicts import Reason, Verdict

if TYPE_CHECKING:
    from triage.statistics.daily_series import DailySeries


@dataclass(frozen=True, slots=True)
class Trend:
    """Rate of episodes at the end of the diary against its start, with the 95 % interval.

    It is what remains beside the factors in `allowed_for` and the weekend. `days` are those
    behind the ratio, else the usable days. `reason` says why there is none; `earliest` is when it
    could be had by checking in daily, None when that cannot be foreseen.
    """

    rate_ratio: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    days: int
    allowed_for: tuple[str, ...]
    reason: Reason | None
    earliest: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """Rate of episodes in the last 28 days against the 28 before, with the 95 % interval.

    `last` and `previous` are the plain rates over counted days, beside which it is shown; the
    verdict rests on those of them that were closed in time.
    """

    rate_ratio: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    last: Rate
    previous: Rate


@dataclass(frozen=True, slots=True)
class FactorMean:
    """Mean of a factor over the days of a week on which it was recorded."""

    factor: str
    mean: float | None
    days: int


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days: how many were checked in, on how many of these it twitched, and the rate.

    `rate` is over counted days. `episodes_at_least` were logged on days without a check-in.
    `constant_days` never stopped; `summarised_days` say "a few" or "many" and no number.
    """

    period: Period
    days_checked_in: int
    days_with: int
    rate: Rate
    episodes_at_least: int
    constant_days: int
    summarised_days: int
    factors: tuple[FactorMean, ...]


def find_trend(record: DiaryRecord, as_of: date, series: DailySeries | None = None) -> Trend:
    """The trend over the whole diary up to as_of; needs 60 days of diary.

    `series` is the `whole_series` of the record, where somebody has that already.
    """
    from triage.statistics.trend_fits import fit_trend  # brings numpy, which most pages do without

    return fit_trend(record, as_of, series)


def find_change(record: DiaryRecord, as_of: date) -> Verdict:
    """Whether the last 28 days differ from the 28 before."""
    return estimate_change(record, as_of).verdict


def estimate_change(record: DiaryRecord, as_of: date) -> Change:
    """The last 28 days against the 28 before, with ratio, interval and both plain rates."""
    from triage.statistics.trend_fits import fit_change  # brings numpy, which most pages do without

    return fit_change(record, as_of)


def weekly_series(
    record: DiaryRecord, period: Period, factors: Sequence[FactorDifference] = MAIN_FACTORS
) -> tuple[Week, ...]:
    """The weeks of a period, oldest first, each ending 7 days before the next, the last at its end.

    The first week may begin before the period; it holds only days of the period.
    """
    weeks = -(-period.days // 7)
    days: list[list[DayRecord]] = [[] for _ in range(weeks)]
    for day in days_in(record.days, period):
        days[weeks - 1 - (period.to - day.date).days // 7].append(day)
    return tuple(
        _week(Period(end - timedelta(days=6), end), held, factors)
        for end, held in zip(_week_ends(period.to, weeks), days, strict=True)
    )


def _week_ends(last: date, weeks: int) -> list[date]:
    return [last - timedelta(days=7 * before) for before in reversed(range(weeks))]


def _week(period: Period, days: Sequence[DayRecord], factors: Sequence[FactorDifference]) -> Week:
    checked_in = [day for day in days if day.checked_in]
    return Week(
        period=period,
        days_checked_in=len(checked_in),
        days_with=sum(day.twitched for day in checked_in),
        rate=rate(days),
        episodes_at_least=sum(day.totals.episodes for day in days if not day.checked_in),
        constant_days=sum(day.constant for day in checked_in),
        summarised_days=sum(day.summarised_twitches for day in checked_in),
        factors=tuple(_factor_mean(factor, days) for factor in factors),
    )


def _factor_mean(factor: FactorDifference, days: Sequence[DayRecord]) -> FactorMean:
    values = [value for day in days if (value := factor.read(day)) is not None]
    return FactorMean(factor.code, fmean(values) if values else None, len(values))
