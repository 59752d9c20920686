"""Small multiples of long periods: one mark for a week, or for as many weeks as 120 marks allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from triage.charts.axis import Marked, TimeAxis, ValueAxis, halves, round_top
from triage.charts.daily import amount, value_mark
from triage.charts.timeline import Look, Mark, Timeline, timeline
from triage.periods import Period
from triage.questions import Rate
from triage.trends import FactorMean, Week

LOWEST_TOP = 0.2
"""Least top of a rate axis, in twitches a day."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some weeks as one: sums of their days, and means weighted by the days behind them."""

    period: Period
    days_checked_in: int
    days_with: int
    rate: Rate
    episodes_at_least: int
    constant_days: int
    factors: tuple[FactorMean, ...]

    @property
    def told_in_words(self) -> bool:
        """Whether all that says it twitched carries no number: a rate of 0 would be no zero."""
        return self.days_with > self.constant_days and not self.rate.per_day


def stretches(axis: TimeAxis, weeks: Sequence[Week]) -> tuple[Stretch, ...]:
    """The weeks of the axis put together as its marks; the last stretch ends with the last week."""
    each = axis.weeks_per_mark
    missing = axis.marks * each - len(weeks)
    starts = range(-missing, len(weeks), each)
    return tuple(_stretch(weeks[max(0, start) : start + each]) for start in starts)


def _stretch(weeks: Sequence[Week]) -> Stretch:
    days = sum(week.rate.days for week in weeks)
    episodes = sum((week.rate.per_day or 0) * week.rate.days for week in weeks)
    return Stretch(
        period=Period(weeks[0].period.from_, weeks[-1].period.to),
        days_checked_in=sum(week.days_checked_in for week in weeks),
        days_with=sum(week.days_with for week in weeks),
        rate=Rate(episodes / days if days else None, days),
        episodes_at_least=sum(week.episodes_at_least for week in weeks),
        constant_days=sum(week.constant_days for week in weeks),
        factors=tuple(
            _mean([week.factors[place] for week in weeks]) for place in range(len(weeks[0].factors))
        ),
    )


def _mean(means: Sequence[FactorMean]) -> FactorMean:
    days = sum(one.days for one in means)
    total = sum((one.mean or 0) * one.days for one in means)
    return FactorMean(means[0].factor, total / days if days else None, days)


def twitches_by_week(
    axis: TimeAxis,
    found: Sequence[Stretch],
    events: tuple[Marked, ...] = (),
    gap_words: str = "",
) -> Timeline:
    """Episodes per counted day of each stretch; a stretch without a check-in is a gap."""
    marks = [mark for place, stretch in enumerate(found) for mark in _twitch_marks(place, stretch)]
    top = round_top(max((mark.value for mark in marks), default=0), LOWEST_TOP)
    return timeline(axis, halves(top), marks, events=events, gap_words=gap_words)


def _twitch_marks(place: int, stretch: Stretch) -> Iterator[Mark]:
    if stretch.constant_days:
        yield Mark(place, Look.SOME_CONSTANT if stretch.rate.days else Look.CONSTANT)
    if stretch.told_in_words and (stretch.rate.days or not stretch.constant_days):
        # On each of these days there was one at least; a full mark already says more.
        yield Mark(place, Look.LEAST, stretch.days_with / stretch.days_checked_in)
    elif stretch.rate.per_day is not None:
        yield amount(place, stretch.rate.per_day)
    elif stretch.episodes_at_least and not stretch.days_checked_in:
        yield Mark(place, Look.LEAST, stretch.episodes_at_least / stretch.period.days)


def factor_by_week(
    axis: TimeAxis,
    means: Sequence[FactorMean],
    values: ValueAxis,
    *,
    target: float | None = None,
    events: tuple[Marked, ...] = (),
    gap_words: str = "",
) -> Timeline:
    """The mean of a factor over the days of each stretch on which it is recorded."""
    marks = [
        value_mark(place, one.mean, values)
        for place, one in enumerate(means)
        if one.mean is not None
    ]
    return timeline(axis, values, marks, target=target, events=events, gap_words=gap_words)
