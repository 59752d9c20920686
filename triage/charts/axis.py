"""The axes that charts over time share.

Across, a drawing counts in marks (days, or stretches of weeks); down, in hundredths of its height
with 0 at the top. Words and lines stand in hundredths of the width. The template stretches both to
whatever room there is, so one drawing serves a narrow phone and a desk, and words keep their size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dateformat import format as format_date
from django.utils.translation import pgettext

from diary.records import EventRecord
from triage.periods import Period, last_days
from triage.wording import short_date

MOST_MARKS = 120
"""Most marks of one chart, whatever the length of the diary."""
LONGEST_BY_DAY = 84
"""Days of the longest period with one mark a day; a longer one has one mark for some weeks."""
WEEKS_PER_MARK = (1, 2, 4, 8, 13, 26, 52)
MOST_WORDS = 4
"""Most dates under a chart; more would touch each other on a phone."""
ROOM_FOR_WORDS = 14
"""Hundredths of the width that a date needs to the right of its line."""
HEADROOM = 8
"""Hundredths of the height above the top value, so that a bar that never ends can stand out."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line at a date, in hundredths of the width; most have no words."""

    at: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A date the person marked, with its words; `leftward` where they need the room on the left.

    Words that would run into those of the date before stand `upper`, and are empty where even
    that leaves no room.
    """

    at: float
    words: str
    leftward: bool
    upper: bool = False


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Calendar days from left to right; `period` is all that is drawn."""

    period: Period
    days_per_mark: int
    ticks: tuple[Tick, ...]

    @property
    def marks(self) -> int:
        """How many marks stand side by side."""
        return self.period.days // self.days_per_mark

    @property
    def by_day(self) -> bool:
        """Whether each day has its own mark."""
        return self.days_per_mark == 1

    @property
    def weeks_per_mark(self) -> int:
        """Weeks that one mark stands for; 0 where it stands for a day."""
        return self.days_per_mark // 7

    def at(self, day: date) -> float:
        """Where a day begins, in hundredths of the width."""
        return hundredths((day - self.period.from_).days / self.period.days)


@dataclass(frozen=True, slots=True)
class ValueTick:
    """A value with its words, in hundredths of the height."""

    y: float
    words: str


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """Values from the base line up: `low` at the base, `high` a little below the top."""

    low: float
    high: float
    ticks: tuple[ValueTick, ...] = ()

    def y(self, value: float) -> float:
        """Height of a value in hundredths from the top; values outside end at the edge."""
        share = (value - self.low) / (self.high - self.low)
        return round(min(100.0, max(0.0, 100 - (100 - HEADROOM) * share)), 1)

    def labelled(self, *labels: tuple[float, str]) -> ValueAxis:
        """The same axis with words at some values."""
        return ValueAxis(
            self.low, self.high, tuple(ValueTick(self.y(value), words) for value, words in labels)
        )


def hundredths(share: float) -> float:
    """A share of the width, from 0 to 100."""
    return round(100 * share, 2)


def time_axis(period: Period) -> TimeAxis:
    """One mark a day up to twelve weeks, beyond that one mark for as many weeks as are needed."""
    if period.days <= LONGEST_BY_DAY:
        return TimeAxis(period, 1, _mondays(period))
    weeks = -(-period.days // 7)
    fewest = -(-weeks // MOST_MARKS)
    per_mark = next((n for n in WEEKS_PER_MARK if n >= fewest), fewest)
    drawn = last_days(period.to, -(-weeks // per_mark) * per_mark * 7)
    return TimeAxis(drawn, per_mark * 7, _months(drawn))


def _mondays(period: Period) -> tuple[Tick, ...]:
    first = period.from_ + timedelta(days=-period.from_.weekday() % 7)
    mondays = [
        first + timedelta(days=offset) for offset in range(0, (period.to - first).days + 1, 7)
    ]
    return _ticks(period, mondays, [short_date(day, period.to) for day in mondays])


def _months(period: Period) -> tuple[Tick, ...]:
    """Starts of months, of years where there are too many months."""
    starts = list(_month_starts(period))
    if len(starts) > 3 * MOST_WORDS:
        years = [day for day in starts if day.month == 1]
        return _ticks(period, years, [str(day.year) for day in years])
    return _ticks(period, starts, [_month_words(day, period.to) for day in starts])


def _month_starts(period: Period) -> Iterator[date]:
    day = period.from_.replace(day=1)
    while day <= period.to:
        if day >= period.from_:
            yield day
        day = (day + timedelta(days=31)).replace(day=1)


def _month_words(day: date, as_of: date) -> str:
    if day.year == as_of.year:
        return format_date(day, pgettext("short month", "M"))
    return format_date(day, pgettext("short month and year", "M Y"))


def _ticks(period: Period, days: Sequence[date], words: Sequence[str]) -> tuple[Tick, ...]:
    """A line at each day; words at every n-th, counted back from the last that has room."""
    places = [hundredths((day - period.from_).days / period.days) for day in days]
    roomy = [index for index, at in enumerate(places) if at <= 100 - ROOM_FOR_WORDS]
    every = max(1, -(-len(roomy) // MOST_WORDS))
    labelled = {index for index in roomy if (roomy[-1] - index) % every == 0}
    return tuple(
        Tick(at, words[index] if index in labelled else "") for index, at in enumerate(places)
    )


ROOM_FOR_EVENT = 36
"""Hundredths of the width that the words of a marked date are given."""


def marked_dates(axis: TimeAxis, events: Sequence[EventRecord]) -> tuple[Marked, ...]:
    """Marked dates of the drawing, oldest first, with words in two rows that stay clear."""
    found: list[Marked] = []
    free_from = [0.0, 0.0]
    for event in sorted(events, key=lambda event: event.date):
        if event.date not in axis.period:
            continue
        at = axis.at(event.date)
        leftward = at > 100 - ROOM_FOR_EVENT
        start, end = (at - ROOM_FOR_EVENT, at) if leftward else (at, at + ROOM_FOR_EVENT)
        row = next((row for row, free in enumerate(free_from) if start >= free), None)
        if row is not None:
            free_from[row] = end
        found.append(Marked(at, "" if row is None else event.label, leftward, row == 1))
    return tuple(found)


ROUND = (1, 1.2, 1.6, 2, 4, 6, 8, 10)


def round_top(highest: float, least: float = 2) -> float:
    """A round number not below `highest` whose half is round too: 2, 4, 6, 8, 10, 12, 16"""
    wanted = max(highest, least)
    unit = 1.0
    while unit * ROUND[-1] < wanted:
        unit *= 10
    while unit * ROUND[0] >= wanted and unit > 0.01:
        unit /= 10
    return next(unit * n for n in ROUND if unit * n >= wanted)


def number(value: float) -> str:
    """A number as shortly as it can be written in a path or beside an axis."""
    return f"{round(value, 2):g}" if abs(value) < 1e5 else f"{value:.0f}"


def halves(top: float) -> ValueAxis:
    """An axis from 0 to `top` with words at 0, the half and the top."""
    labels = ((value, number(value)) for value in (0, top / 2, top))
    return ValueAxis(0, top).labelled(*labels)
