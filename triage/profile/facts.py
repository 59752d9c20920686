"""What the Twitch Profile counts beside the five answers: days by state, lengths, places.

Pure functions from a diary to frozen facts without words; `triage.profile.wording` says them.
Unknown stays apart from none in every count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from diary.records import (
    DayRecord,
    DiaryRecord,
    EpisodeRecord,
    PersonRecord,
    Place,
    place_order,
)
from diary.vocabulary import Context, DurationClass, Factor, Side
from triage.factors import (
    COMPARED_FROM_DAYS,
    COMPARED_FROM_SIDE,
    DAILY,
    OUTSIDE,
    TARGETS,
)
from triage.knowledge import knowledge
from triage.periods import Period, days_in, last_days
from triage.questions import (
    Rate,
    SiteCount,
    first_days,
    new_from,
    places_of,
    rate,
    sites,
)

FEW_EPISODES = 5
"""Most episodes of a day that the page calls few; more are many."""

BRIEF_S, MINUTES_S = 90, 300
"""Upper ends of "about a minute" and "minutes" of the length classes, in seconds."""

FORTNIGHTS = 4
"""Most fortnights the page shows one by one; a longer period is shown in four equal parts."""

FIRST_SHEET_DAYS = 5
"""Most days with entries of a sheet made from answers alone: places told with their last day."""

PRINTED_FACTORS = (Factor.CAFFEINE, Factor.SLEEP, Factor.STRESS)
"""Factors with a row of their own on the page, in its order."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One calendar day of the period and what is recorded of it, if anything."""

    date: date
    state: str
    day: DayRecord | None


@dataclass(frozen=True, slots=True)
class DayStates:
    """Days of the period by what is known of them; `partial` days have episodes but no check-in."""

    none: int
    few: int
    many: int
    constant: int
    partial: int
    unknown: int

    @property
    def not_checked_in(self) -> int:
        """Days without a check-in, with or without episodes."""
        return self.partial + self.unknown


@dataclass(frozen=True, slots=True)
class Coverage:
    """A stretch of days with its check-ins and twitch days; `days_with` are checked in."""

    period: Period
    days_checked_in: int
    days_with: int


@dataclass(frozen=True, slots=True)
class LengthCounts:
    """Episodes by length: up to about a minute, up to five minutes, longer; `known` of all."""

    brief: int
    minutes: int
    longer: int
    episodes: int

    @property
    def known(self) -> int:
        """Episodes whose length was timed, typed or chosen in words."""
        return self.brief + self.minutes + self.longer


@dataclass(frozen=True, slots=True)
class Longest:
    """The longest timed episode and its day."""

    seconds: float
    day: date


@dataclass(frozen=True, slots=True)
class Numbers:
    """Panel "In numbers": episodes by context code, and how many somebody else saw."""

    episodes: int
    states: DayStates
    constant_dates: tuple[date, ...]
    lengths: LengthCounts
    longest: Longest | None
    contexts: tuple[tuple[str, int], ...]
    seen_by_others: int
    seen_noted: int

    @property
    def contexts_noted(self) -> int:
        """Episodes for which the person noted what they were doing."""
        return sum(count for _, count in self.contexts)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place of the period: `days_checked_in` are its days with a check-in.

    `first_ever` is its first day in the whole diary. `new`: that day lies in the last 28 days, with
    a diary before it (`questions.new_from`), so a place that was there from the start is not new.
    """

    count: SiteCount
    days_checked_in: int
    first_ever: date
    new: bool


@dataclass(frozen=True, slots=True)
class MarkedPlace:
    """A place to mark on the outline: left, right or midline, `both` being marked on each side."""

    site: str
    side: str | None
    days: int
    new: bool


@dataclass(frozen=True, slots=True)
class WherePart:
    """One part of the period on the outline."""

    coverage: Coverage
    places: tuple[MarkedPlace, ...]


@dataclass(frozen=True, slots=True)
class TogetherDays:
    """Days on which both of the first two places twitched, of all days that twitched."""

    first: Place
    second: Place
    days: int
    twitch_days: int


@dataclass(frozen=True, slots=True)
class TwoPeriods:
    """The last 28 days beside the 28 before them, over the whole diary."""

    last: RatedDays
    before: RatedDays


@dataclass(frozen=True, slots=True)
class RatedDays:
    """A stretch of days with its rate. `summarised` twitch days carry no number of episodes."""

    coverage: Coverage
    rate: Rate
    constant: int
    summarised: int


def day_state(day: DayRecord | None) -> str:
    """`none`, `few`, `many`, `constant`, `partial` or `unknown`."""
    if day is None or not day.checked_in:
        return "partial" if day is not None and day.totals.episodes else "unknown"
    if day.constant:
        return "constant"
    if day.totals.episodes == 0:
        return {"a_few": "few", "many": "many"}.get(day.summary or "none", "none")
    return "few" if day.totals.episodes <= FEW_EPISODES else "many"


def calendar(record: DiaryRecord, period: Period) -> tuple[CalendarDay, ...]:
    """Every calendar day of the period, oldest first."""
    recorded = {day.date: day for day in days_in(record.days, period)}
    return tuple(
        CalendarDay(date_, day_state(day), day)
        for date_ in dates_of(period)
        for day in (recorded.get(date_),)
    )


def dates_of(period: Period) -> Iterator[date]:
    """The dates of the period, oldest first."""
    return (period.from_ + timedelta(days=offset) for offset in range(period.days))


def coverage(days: Iterable[CalendarDay], period: Period) -> Coverage:
    """Check-ins and checked-in twitch days among the days of the period."""
    checked_in = [
        found.day
        for found in days
        if found.date in period and found.day is not None and found.day.checked_in
    ]
    return Coverage(period, len(checked_in), sum(day.twitched for day in checked_in))


def parts_of(period: Period) -> tuple[Period, ...]:
    """Parts of the period for the outline: fortnights up to eight weeks, then four equal parts."""
    if period.days <= FORTNIGHTS * 14:
        ends = [period.to - timedelta(days=back) for back in range(0, period.days, 14)][::-1]
    else:
        lengths = [period.days * part // FORTNIGHTS for part in range(1, FORTNIGHTS + 1)]
        ends = [period.from_ + timedelta(days=length - 1) for length in lengths]
    starts = [period.from_, *(end + timedelta(days=1) for end in ends[:-1])]
    return tuple(Period(start, end) for start, end in zip(starts, ends, strict=True))


def numbers(window: DiaryRecord, days: Sequence[CalendarDay]) -> Numbers:
    """Counts of the period; `window` is the record within it, `days` its calendar."""
    states = Counter(day.state for day in days)
    contexts = Counter(found.context for found in window.episodes if found.context is not None)
    return Numbers(
        episodes=len(window.episodes),
        states=DayStates(
            none=states["none"],
            few=states["few"],
            many=states["many"],
            constant=states["constant"],
            partial=states["partial"],
            unknown=states["unknown"],
        ),
        constant_dates=tuple(day.date for day in days if day.state == "constant"),
        lengths=length_counts(window.episodes),
        longest=longest(window.episodes),
        contexts=tuple((code, contexts[code]) for code in Context.codes() if contexts[code]),
        seen_by_others=sum(found.seen_by_others is True for found in window.episodes),
        seen_noted=sum(found.seen_by_others is not None for found in window.episodes),
    )


def length_counts(episodes: Sequence[EpisodeRecord]) -> LengthCounts:
    """Episodes by length, from the seconds where they are known, else from the class."""
    ends = [end for episode in episodes if (end := _upper_end_s(episode)) is not None]
    brief = sum(end <= BRIEF_S for end in ends)
    minutes = sum(BRIEF_S < end <= MINUTES_S for end in ends)
    return LengthCounts(brief, minutes, len(ends) - brief - minutes, len(episodes))


def _upper_end_s(episode: EpisodeRecord) -> float | None:
    if episode.timed_s is not None or episode.duration_class is None:
        return episode.timed_s
    bounds = DurationClass(episode.duration_class).bounds_s
    return float("inf") if bounds is None else bounds[1]


def longest(episodes: Iterable[EpisodeRecord]) -> Longest | None:
    """The longest timed episode; of equal ones the latest."""
    timed = [
        Longest(seconds, episode.local_date)
        for episode in episodes
        if (seconds := episode.timed_s) is not None
    ]
    return max(timed, key=lambda found: (found.seconds, found.day), default=None)


def place_rows(
    record: DiaryRecord, window: DiaryRecord, found: Sequence[SiteCount], as_of: date
) -> tuple[PlaceRow, ...]:
    """Places for the page: the two with most days, then the new ones, then by number of days."""
    ever = first_days(record.days)
    start = new_from(record.days)
    checked_in = Counter(place for day in window.days if day.checked_in for place in places_of(day))
    recent = last_days(as_of, 28)
    rows = [
        PlaceRow(
            count=row,
            days_checked_in=checked_in[row.place],
            first_ever=ever[row.place],
            new=ever[row.place] in recent and ever[row.place] >= start,
        )
        for row in sorted(found, key=lambda row: -row.days)
    ]
    return (*rows[:2], *sorted(rows[2:], key=lambda row: not row.new))


def course_of_places(record: DiaryRecord, onset: date | None) -> tuple[SiteCount, ...]:
    """Places since the onset by their first day, of the same day the most frequent first.

    Where nothing was logged since the onset, or there is none, the whole diary counts.
    """
    since = tuple(day for day in record.days if onset is not None and day.date >= onset)
    found = sites(replace(record, days=since)) or sites(record)
    return tuple(sorted(found, key=lambda row: row.first))


def where_parts(
    days: Sequence[CalendarDay], rows: Sequence[PlaceRow], period: Period
) -> tuple[WherePart, ...]:
    """The places of each part of the period, as they are marked on the outline."""
    first_new = {
        place: row.first_ever for row in rows if row.new for place in _marks(row.count.place)
    }
    return tuple(
        WherePart(coverage(days, part), _marked(days, part, first_new)) for part in parts_of(period)
    )


def _marked(
    days: Sequence[CalendarDay], part: Period, first_new: dict[Place, date]
) -> tuple[MarkedPlace, ...]:
    counts = Counter(
        mark
        for found in days
        if found.day is not None and found.date in part
        for mark in {mark for place in places_of(found.day) for mark in _marks(place)}
    )
    return tuple(
        MarkedPlace(*mark, counts[mark], mark in first_new and first_new[mark] in part)
        for mark in sorted(counts, key=place_order)
    )


def _marks(place: Place) -> tuple[Place, ...]:
    site, side = place
    return ((site, Side.LEFT), (site, Side.RIGHT)) if side == Side.BOTH else (place,)


def told_only(window: DiaryRecord) -> bool:
    """Whether a diary holds no check-in and hardly a day with entries."""
    days = window.days
    return len(days) <= FIRST_SHEET_DAYS and not any(day.checked_in for day in days)


def sides_without(found: Iterable[SiteCount]) -> tuple[str, ...]:
    """Left or right, where nothing is recorded though the other side is."""
    sides = {side for row in found for _, side in _marks(row.place)}
    return tuple(
        side
        for side, other in ((Side.LEFT, Side.RIGHT), (Side.RIGHT, Side.LEFT))
        if side not in sides and other in sides
    )


def together_days(window: DiaryRecord, found: Sequence[SiteCount]) -> TogetherDays | None:
    """On how many days the first two places twitched both; None with fewer than two."""
    if len(found) < 2:
        return None
    first, second = found[0].place, found[1].place
    twitched = [places_of(day) for day in window.days if day.twitched]
    return TogetherDays(
        first, second, sum({first, second} <= places for places in twitched), len(twitched)
    )


def two_periods(record: DiaryRecord, as_of: date) -> TwoPeriods:
    """The last 28 days and the 28 before, whatever period the page shows."""
    return TwoPeriods(
        rated_days(record, last_days(as_of, 28)),
        rated_days(record, last_days(as_of - timedelta(days=28), 28)),
    )


def rated_days(record: DiaryRecord, period: Period) -> RatedDays:
    """Rate and coverage of one stretch of days."""
    days = [day for day in days_in(record.days, period) if day.checked_in]
    return RatedDays(
        coverage=Coverage(period, len(days), sum(day.twitched for day in days)),
        rate=rate(days),
        constant=sum(day.constant for day in days),
        summarised=sum(day.summarised_twitches for day in days if not day.constant),
    )


@dataclass(frozen=True, slots=True)
class FactorLimit:
    """The usual target of a factor in the unit of its value: mg, minutes of sleep, 0 to 10."""

    factor: Factor
    limit: float

    def read(self, day: DayRecord) -> float | None:
        """What the day records of it."""
        return DAILY[self.factor](day)

    def outside(self, value: float) -> bool:
        """Whether a value lies outside the target."""
        return OUTSIDE[self.factor](value, self.limit)

    @property
    def reached(self) -> bool:
        """Whether the limit itself lies outside, as with stress of 7 or more."""
        return self.outside(self.limit)


@dataclass(frozen=True, slots=True)
class FactorDays:
    """Checked-in days on which a factor is recorded: outside its target and within, with twitches.

    A day on which it is not recorded is left out and never counted as within.
    """

    limit: FactorLimit
    outside: int
    within: int
    twitched_outside: int
    twitched_within: int

    @property
    def recorded(self) -> int:
        """Checked-in days on which the factor is recorded."""
        return self.outside + self.within

    @property
    def comparable(self) -> bool:
        """Whether there are days enough, in all and on each side, to set the two beside each other.

        Design, gates: 14 recorded days with at least 4 on each side.
        """
        return self.recorded >= COMPARED_FROM_DAYS and min(self.outside, self.within) >= (
            COMPARED_FROM_SIDE
        )


def factor_limits(person: PersonRecord, as_of: date) -> tuple[FactorLimit, ...]:
    """Targets of caffeine, sleep and stress for this person, the same as those of the advice."""
    age = person.age_on(as_of)
    return tuple(_limit(factor, person, age) for factor in PRINTED_FACTORS)


def _limit(factor: Factor, person: PersonRecord, age: int | None) -> FactorLimit:
    rule = knowledge().factors[factor]
    find = TARGETS[factor]
    target = find(rule, person, age)
    if target is None:  # sleep below school age: the row stays, with the youngest target there is
        target = find(rule, person, round(rule.number("child_age")))
    if target is None:
        raise LookupError(f"no target of {factor} for anybody")
    return FactorLimit(factor, target.limit)


def factor_days(window: DiaryRecord, limits: Iterable[FactorLimit]) -> tuple[FactorDays, ...]:
    """Days outside and within each target among the checked-in days of the period."""
    return tuple(_factor_days(window, limit) for limit in limits)


def _factor_days(window: DiaryRecord, limit: FactorLimit) -> FactorDays:
    counts = Counter(
        (limit.outside(value), day.twitched)
        for day in window.days
        if day.checked_in and (value := limit.read(day)) is not None
    )
    return FactorDays(
        limit=limit,
        outside=counts[True, True] + counts[True, False],
        within=counts[False, True] + counts[False, False],
        twitched_outside=counts[True, True],
        twitched_within=counts[False, True],
    )
