"""When, where and how: the typical day, places by fortnight, runs, gaps, lengths and intensity.

Plain counts for the trends page, each with the days it rests on; none carries a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, pairwise

from diary.records import DayRecord, DayTotals, DiaryRecord, EpisodeRecord, Place, place_order
from diary.vocabulary import ClosedAs, InstantPrecision
from triage.periods import Period, days_in, last_days
from triage.questions import (
    Duration,
    duration,
    is_unplaced,
    new_from,
    percentile,
    places_of,
    within,
)

BIN_MINUTES = 120
SHORTEST_GAP_DAYS = 3


@dataclass(frozen=True, slots=True)
class TypicalDay:
    """Episodes by time of day, in 12 bins of two hours from midnight.

    Only episodes of counted days enter, `days` in all; `without_time` of them are known to the
    part of the day at best and stand in no bin. `summarised` and `constant` days of the period
    twitched without a number.
    """

    bins: tuple[int, ...]
    without_time: int
    days: int
    period: Period
    summarised: int = 0
    constant: int = 0


@dataclass(frozen=True, slots=True)
class PlaceFortnights:
    """Days with a twitch at one place, per fortnight, oldest first.

    `new`: first recorded in the last 28 days, with a diary before it (`questions.new_from`).
    """

    place: Place
    days: tuple[int, ...]
    first: date
    last: date
    new: bool


@dataclass(frozen=True, slots=True)
class Fortnights:
    """Stretches of 14 days up to as_of, with their check-ins, and the places in them.

    `unplaced`: days with a twitch of which nothing says where.
    """

    periods: tuple[Period, ...]
    days_checked_in: tuple[int, ...]
    unplaced: tuple[int, ...]
    places: tuple[PlaceFortnights, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive checked-in days with twitches; `at_least` where it borders on an open day."""

    period: Period
    at_least: bool


@dataclass(frozen=True, slots=True)
class Intensity:
    """Intensity 1 to 3 over the episodes for which it is known."""

    median: float | None
    highest: int | None
    known: int
    episodes: int


@dataclass(frozen=True, slots=True)
class Course:
    """Lengths and intensity of the last 28 days and of the 28 before."""

    last_lengths: Duration
    previous_lengths: Duration
    last_intensity: Intensity
    previous_intensity: Intensity


def at_place(record: DiaryRecord, place: Place) -> DiaryRecord:
    """The diary of one place: counted days without it count as 0.

    A day that never stopped or was only summed up stays as it is if it names the place; otherwise
    nobody knows what happened there, and it is as if it had not been checked in.
    """
    return replace(
        record,
        episodes=tuple(found for found in record.episodes if (found.site, found.side) == place),
        days=tuple(_day_at(day, place) for day in record.days),
    )


def _day_at(day: DayRecord, place: Place) -> DayRecord:
    count = dict(day.totals.sites).get(place, 0)
    totals = DayTotals(episodes=count, twitches=count, sites=((place, count),) if count else ())
    if not (day.constant or day.summarised_twitches):
        # Its episodes tell the whole day, so a summary beside them must not speak for the place.
        closed_as = ClosedAs.COMPLETE.value if day.checked_in else None
        return replace(day, totals=totals, closed_as=closed_as, summary=None)
    if place in (day.sites or ()):
        return replace(day, totals=totals)
    return replace(day, totals=totals, closed_as=None, summary=None)


def typical_day(record: DiaryRecord, period: Period) -> TypicalDay:
    """Time of day of the period's episodes; needs a record whose episodes cover the period."""
    days = days_in(record.days, period)
    counted = {day.date for day in days if day.counted}
    bins = [0] * (24 * 60 // BIN_MINUTES)
    without_time = 0
    for episode in record.episodes:
        if episode.local_date not in counted:
            continue
        if episode.precision == InstantPrecision.PART_OF_DAY:
            without_time += 1
        else:
            bins[episode.started_at.local_minute // BIN_MINUTES] += 1
    return TypicalDay(
        bins=tuple(bins),
        without_time=without_time,
        days=len(counted),
        period=period,
        summarised=sum(day.summarised_twitches and not day.constant for day in days),
        constant=sum(day.constant for day in days),
    )


def fortnights(
    record: DiaryRecord, as_of: date, first: Mapping[Place, date], count: int = 4
) -> Fortnights:
    """The last `count` fortnights; places by their days in them, then from head to foot.

    `first` are the `questions.first_days` of the whole diary.
    """
    periods = tuple(
        last_days(as_of - timedelta(days=14 * before), 14) for before in reversed(range(count))
    )
    shown = [days_in(record.days, period) for period in periods]
    start = new_from(record.days)
    dates: dict[Place, list[date]] = {}
    for day in chain.from_iterable(shown):
        for place in places_of(day):
            dates.setdefault(place, []).append(day.date)
    rows = (
        _place_row(place, found, periods, first[place], start) for place, found in dates.items()
    )
    return Fortnights(
        periods=periods,
        days_checked_in=tuple(sum(day.checked_in for day in days) for days in shown),
        unplaced=tuple(sum(map(is_unplaced, days)) for days in shown),
        places=tuple(sorted(rows, key=lambda row: (-sum(row.days), place_order(row.place)))),
    )


def _place_row(
    place: Place, dates: Sequence[date], periods: Sequence[Period], first: date, start: date
) -> PlaceFortnights:
    return PlaceFortnights(
        place=place,
        days=tuple(sum(day in period for day in dates) for period in periods),
        first=first,
        last=dates[-1],
        new=first >= start and first in last_days(periods[-1].to, 28),
    )


def longest_run(record: DiaryRecord, period: Period) -> Run | None:
    """The longest run of the period, of equal ones the latest; None without a twitch day."""
    checked_in = {day.date: day.twitched for day in record.days if day.checked_in}
    best: Period | None = None
    start: date | None = None
    for day in (day for day, twitched in checked_in.items() if twitched and day in period):
        yesterday = day - timedelta(days=1)
        continues = start is not None and checked_in.get(yesterday) and yesterday in period
        start = start if continues and start is not None else day
        run = Period(start, day)
        best = run if best is None or run.days >= best.days else best
    if best is None:
        return None
    edges = (best.from_ - timedelta(days=1), best.to + timedelta(days=1))
    return Run(best, at_least=any(edge not in checked_in for edge in edges))


def gaps(record: DiaryRecord, period: Period) -> tuple[Period, ...]:
    """Stretches of 3 days or more without a check-in inside the period, oldest first."""
    closed = [day.date for day in days_in(record.days, period) if day.checked_in]
    edges = [period.from_ - timedelta(days=1), *closed, period.to + timedelta(days=1)]
    between = (
        Period(before + timedelta(days=1), after - timedelta(days=1))
        for before, after in pairwise(edges)
    )
    return tuple(gap for gap in between if gap.days >= SHORTEST_GAP_DAYS)


def course(record: DiaryRecord, as_of: date) -> Course:
    """Lengths and intensity, the last 28 days beside the 28 before."""
    last = within(record, last_days(as_of, 28))
    previous = within(record, last_days(as_of - timedelta(days=28), 28))
    return Course(
        last_lengths=duration(last),
        previous_lengths=duration(previous),
        last_intensity=intensity(last.episodes),
        previous_intensity=intensity(previous.episodes),
    )


def intensity(episodes: Iterable[EpisodeRecord]) -> Intensity:
    """Median and highest intensity of the episodes that have one."""
    found = list(episodes)
    known = sorted(episode.intensity for episode in found if episode.intensity is not None)
    return Intensity(
        median=percentile(known, 50),
        highest=known[-1] if known else None,
        known=len(known),
        episodes=len(found),
    )
