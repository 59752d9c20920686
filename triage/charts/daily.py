"""Small multiples with one mark a day: the twitches, and each factor beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from diary.records import DayRecord
from diary.vocabulary import DaySummary
from triage.charts.axis import Marked, TimeAxis, ValueAxis, halves, round_top
from triage.charts.timeline import Look, Mark, Timeline, timeline
from triage.profile.facts import CalendarDay


def twitches_by_day(
    axis: TimeAxis,
    days: Sequence[CalendarDay],
    events: tuple[Marked, ...] = (),
    gap_words: str = "",
) -> Timeline:
    """Episodes of each day of the axis; a day about which nothing is known stays a gap."""
    marks = [
        mark
        for place, found in enumerate(days)
        if found.day is not None and (mark := _twitch_mark(place, found.day))
    ]
    top = round_top(max((mark.value for mark in marks), default=0))
    return timeline(axis, halves(top), marks, events=events, gap_words=gap_words)


def _twitch_mark(place: int, day: DayRecord) -> Mark | None:
    if day.constant:
        return Mark(place, Look.CONSTANT)
    if not day.checked_in:
        count = day.totals.episodes
        return Mark(place, Look.LEAST, count) if count else None
    if day.summarised_twitches:
        return Mark(place, Look.ABOUT, DaySummary(day.summary or "none").twitches)
    return amount(place, day.totals.episodes)


def amount(place: int, value: float) -> Mark:
    """A recorded number: a bar, or the ring that says none."""
    return Mark(place, Look.BAR, value) if value else Mark(place, Look.NONE)


def factor_by_day(
    axis: TimeAxis,
    days: Sequence[CalendarDay],
    read: Callable[[DayRecord], float | None],
    values: ValueAxis,
    *,
    target: float | None = None,
    events: tuple[Marked, ...] = (),
    gap_words: str = "",
) -> Timeline:
    """A factor on each day of the axis; days on which it is not recorded are gaps."""
    marks = [
        value_mark(place, value, values)
        for place, found in enumerate(days)
        if found.day is not None and (value := read(found.day)) is not None
    ]
    return timeline(axis, values, marks, target=target, events=events, gap_words=gap_words)


def value_mark(place: int, value: float, values: ValueAxis) -> Mark:
    """A bar from 0, or a dot on a scale that does not begin there."""
    return amount(place, value) if values.low == 0 else Mark(place, Look.DOT, value)
