"""The calendar: months as weeks of cells, each with the mark of its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from diary.vocabulary import DaySummary
from triage.profile.facts import FEW_EPISODES, CalendarDay

MOST_MONTHS = 3
"""Months shown; earlier days are reached from the list of entries."""


class DayMark(StrEnum):
    """The mark of a day in the calendar; heights stand for one, two to five, six or more."""

    ONE = "one"
    FEW = "few"
    MANY = "many"
    NONE = "none"
    CONSTANT = "constant"
    LEAST = "least"
    UNKNOWN = "unknown"
    OUTSIDE = "outside"
    """Before the diary began: nothing is missing there."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the calendar, with what the mark stands for."""

    date: date
    mark: DayMark
    found: CalendarDay


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its weeks from Monday; None where a week has no day of the month."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]


def months(days: Sequence[CalendarDay], first: date) -> tuple[Month, ...]:
    """The months of some calendar days, oldest first; `first` is the first day of the diary."""
    cells = {found.date: Cell(found.date, day_mark(found, first), found) for found in days}
    by_month = groupby(sorted(cells), key=lambda day: day.replace(day=1))
    return tuple(Month(start, tuple(_weeks(list(dates), cells))) for start, dates in by_month)


def first_shown(start: date, last: date) -> date:
    """The day on which the calendar begins: a first of the month, at most three months back."""
    earliest = last.replace(day=1)
    for _ in range(MOST_MONTHS - 1):
        earliest = (earliest - timedelta(days=1)).replace(day=1)
    return max(earliest, start.replace(day=1))


def _weeks(dates: Sequence[date], cells: Mapping[date, Cell]) -> Iterator[tuple[Cell | None, ...]]:
    held = set(dates)
    monday = dates[0] - timedelta(days=dates[0].weekday())
    while monday <= dates[-1]:
        week = [monday + timedelta(days=offset) for offset in range(7)]
        yield tuple(cells[day] if day in held else None for day in week)
        monday += timedelta(days=7)


def day_mark(found: CalendarDay, first: date) -> DayMark:
    """The mark of one day: heights by episodes, or by the word it was summed up with."""
    if found.date < first:
        return DayMark.OUTSIDE
    if found.state in ("none", "constant", "unknown"):
        return DayMark(found.state)
    if found.day is None or found.state == "partial":
        return DayMark.LEAST
    episodes = found.day.totals.episodes
    if not episodes:
        return DayMark.MANY if found.day.summary == DaySummary.MANY else DayMark.FEW
    if episodes == 1:
        return DayMark.ONE
    return DayMark.FEW if episodes <= FEW_EPISODES else DayMark.MANY
