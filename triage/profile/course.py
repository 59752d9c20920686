"""What the course of the Twitch Profile shows: one axis from before the diary to its last day.

Facts without words or lengths: `triage.charts.course` draws them. Unknown is never none: a column
without a check-in holds None for every row, and a place nobody named on a summarised day as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import TYPE_CHECKING

from diary.records import DayRecord, Place
from triage.periods import Period
from triage.profile.facts import FEW_EPISODES, FactorLimit, factor_limits, told_only
from triage.questions import places_of

if TYPE_CHECKING:
    from triage.summary import Summary

DAILY_UP_TO_DAYS = 84
MOST_COLUMNS = 104
PLACE_ROWS = 2
SHORTEST_AXIS_DAYS = 14
SHORT_DIARY_AXIS_DAYS = 48
"""Days of axis that a diary may share with the time before it while it is shorter than that."""

FEW, MANY, CONSTANT = 0.37, 0.75, 1.0
"""Heights of a day with few and with many twitches, and of one on which it never stopped."""


@dataclass(frozen=True, slots=True)
class PlaceCourse:
    """One row: its place (None: all twitches), and a height from 0 to 1 for every column.

    Height 0 is asked and none, None not known. `from_start`: it was there when it all began.
    """

    place: Place | None
    heights: tuple[float | None, ...]
    from_start: bool


@dataclass(frozen=True, slots=True)
class FactorCourse:
    """One factor: its value for every column, a mean where a column holds several days."""

    limit: FactorLimit
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The axis, the day the diary begins on it (None: nothing recorded yet), and the rows.

    `begins_here`: the diary begins on the axis, not before it. Columns of `column_days` follow
    each other up to the last day of the axis; `closed` says which hold a check-in.
    `recalled_from` is the recalled onset, which may lie before the axis.
    """

    axis: Period
    diary_from: date | None
    begins_here: bool
    column_days: int
    closed: tuple[bool, ...]
    places: tuple[PlaceCourse, ...]
    factors: tuple[FactorCourse, ...]
    recalled_from: date | None

    @property
    def starts(self) -> tuple[date, ...]:
        """First day of each column; the first column may begin later than its seven days."""
        last = self.axis.to + timedelta(days=1)
        ends = [last - timedelta(days=self.column_days * back) for back in range(len(self.closed))]
        first = self.diary_from or self.axis.from_
        return tuple(max(first, end - timedelta(days=self.column_days)) for end in ends[::-1])


def course_of(summary: Summary) -> Course:
    """The course of the period, with the time from the onset to the first day of the diary."""
    recorded = summary.record.days
    period = summary.period
    diary_from = max(period.from_, recorded[0].date) if recorded else None
    if told_only(summary.record):
        diary_from = None
    column_days = _column_days(period, diary_from)
    columns = _columns(summary.window.days, period, diary_from, column_days)
    onset = summary.answers.onset
    return Course(
        axis=Period(_axis_from(summary, diary_from), period.to),
        diary_from=diary_from,
        begins_here=bool(recorded) and recorded[0].date >= period.from_,
        column_days=column_days,
        closed=tuple(any(day.checked_in for day in column) for column in columns),
        places=_place_rows(summary, columns, column_days),
        factors=tuple(
            FactorCourse(limit, tuple(_mean(limit, column) for column in columns))
            for limit in factor_limits(summary.record.person, summary.as_of)
        ),
        recalled_from=onset.date if onset.recalled else None,
    )


def _column_days(period: Period, diary_from: date | None) -> int:
    days = (period.to - diary_from).days + 1 if diary_from else 1
    if days <= DAILY_UP_TO_DAYS:
        return 1
    return 7 * -(-days // (7 * MOST_COLUMNS))


def _columns(
    days: Sequence[DayRecord], period: Period, diary_from: date | None, column_days: int
) -> list[list[DayRecord]]:
    if diary_from is None:
        return []
    count = -(-((period.to - diary_from).days + 1) // column_days)
    columns: list[list[DayRecord]] = [[] for _ in range(count)]
    for day in days:
        columns[count - 1 - (period.to - day.date).days // column_days].append(day)
    return columns


def _axis_from(summary: Summary, diary_from: date | None) -> date:
    """The earliest of onset and the medicine close before it, at most half of the axis long."""
    period, recorded = summary.period, summary.record.days
    shortest = period.to - timedelta(days=SHORTEST_AXIS_DAYS - 1)
    if recorded and recorded[0].date < period.from_:
        return min(period.from_, shortest)
    wanted = [period.from_, shortest]
    if summary.answers.onset.date is not None:
        wanted.append(summary.answers.onset.date)
    wanted += [
        row.on for row in summary.medicine_rows if row.close_before_onset and row.on is not None
    ]
    if diary_from is None or diary_from == period.to:
        return min(wanted)
    days = (period.to - diary_from).days + 1
    furthest = diary_from - timedelta(days=max(days, SHORT_DIARY_AXIS_DAYS - days))
    return max(min(wanted), furthest)


def _place_rows(
    summary: Summary, columns: Sequence[Sequence[DayRecord]], column_days: int
) -> tuple[PlaceCourse, ...]:
    began = {row.place for row in summary.places_from_start}
    places: list[Place | None] = [row.count.place for row in summary.places[:PLACE_ROWS]]
    if column_days > 1 or not places:
        places.insert(0, None)
    return tuple(
        PlaceCourse(
            place,
            tuple(_height(column, place, column_days) for column in columns),
            place is None or place in began,
        )
        for place in places
    )


def _height(column: Sequence[DayRecord], place: Place | None, column_days: int) -> float | None:
    if column_days == 1:
        return _day_height(column[0], place) if column else None
    known = [day for day in column if day.checked_in]
    if not known:
        return None
    return sum(_twitched(day, place) for day in known) / len(known)


def _twitched(day: DayRecord, place: Place | None) -> bool:
    return day.twitched if place is None else place in places_of(day)


def _day_height(day: DayRecord, place: Place | None) -> float | None:
    """Height of one day; None where nobody said whether this place twitched."""
    if not _twitched(day, place):
        named_elsewhere = day.constant or day.summarised_twitches
        return None if not day.checked_in or (place and named_elsewhere) else 0
    if day.constant and (place is None or place in (day.sites or ())):
        return CONSTANT
    count = day.totals.episodes if place is None else dict(day.totals.sites).get(place, 0)
    if count == 0:
        return MANY if day.summary == "many" else FEW
    return FEW if count <= FEW_EPISODES else MANY


def _mean(limit: FactorLimit, column: Sequence[DayRecord]) -> float | None:
    values = [value for day in column if day.checked_in and (value := limit.read(day)) is not None]
    return fmean(values) if values else None
