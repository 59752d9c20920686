"""The diary as frozen data: the only shape in which it leaves the database or a file.

`None` means *not recorded* everywhere and is never zero. Field names, codes and units are those
of the diary file (docs/diary-file.md). The file path and the database path build equal records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from typing import Any, NoReturn

from diary.vocabulary import SIDE_ORDER, SITE_ORDER, CountClass, DaySummary, OnsetPrecision

Place = tuple[str, str | None]
"""A body site code and a side code; the side is None when it was not recorded."""


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment as it was written: ISO 8601 text with its offset, kept to the letter."""

    text: str

    @property
    def at(self) -> datetime:
        """The moment as an aware datetime with the offset written."""
        return datetime.fromisoformat(self.text)

    @property
    def local_date(self) -> date:
        """The calendar day written in the text, which is the day the entry belongs to."""
        return date.fromisoformat(self.text[:10])

    @property
    def local_minute(self) -> int:
        """Minutes since local midnight, 0 to 1439, as written."""
        return int(self.text[11:13]) * 60 + int(self.text[14:16])


@dataclass(frozen=True, slots=True)
class Onset:
    """When the person says the twitching began."""

    date: date | None = None
    precision: str | None = None
    manner: str | None = None
    recalled: bool | None = None


def begins_after(onset: Onset | None, day: date) -> bool:
    """Whether a start lies after a day for certain, as exactly as it is known."""
    if onset is None or onset.date is None:
        return False
    slack = OnsetPrecision(onset.precision or OnsetPrecision.DAY).slack_days
    return (onset.date - day).days > slack


@dataclass(frozen=True, slots=True)
class TestDone:
    """A test that was done or ordered, with its result in the person's words."""

    __test__ = False

    test: str | None = None
    date: date | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class OwnDrink:
    """A drink the person defined: caffeine of one serving in mg."""

    label: str | None = None
    mg: int | None = None


@dataclass(frozen=True, slots=True)
class NamedQuestion:
    """The one factor a person named before seeing a result, and what they expect."""

    factor: str | None = None
    expected: str | None = None
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Preferences that travel with the diary."""

    summary_mode: bool | None = None
    paused: bool | None = None
    factors: tuple[str, ...] | None = None
    question: NamedQuestion | None = None


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Who keeps the diary, as far as they chose to say."""

    name: str | None = None
    birth_year: int | None = None
    sex: str | None = None
    pregnant: bool | None = None
    breastfeeding: bool | None = None
    weight_kg: float | None = None
    country: str | None = None
    time_zone: str | None = None
    paper: str | None = None
    conditions: tuple[str, ...] | None = None
    family_conditions: tuple[str, ...] | None = None
    onset: Onset | None = None
    impact: str | None = None
    worry: str | None = None
    tests_done: tuple[TestDone, ...] | None = None
    own_drinks: tuple[OwnDrink, ...] | None = None
    settings: Settings | None = None

    def age_on(self, day: date) -> int | None:
        """Age in whole years: the year of `day` less the birth year; None when not recorded."""
        return None if self.birth_year is None else day.year - self.birth_year


@dataclass(frozen=True, slots=True)
class EpisodeRecord:
    """One twitch or one bout of them."""

    id: str
    started_at: Instant
    time_zone: str | None = None
    precision: str | None = None
    ended_at: Instant | None = None
    running: bool | None = None
    duration_s: int | None = None
    duration_class: str | None = None
    site: str | None = None
    side: str | None = None
    count_class: str | None = None
    twitch_count: int | None = None
    per_minute: float | None = None
    intensity: int | None = None
    pain: int | None = None
    kind: str | None = None
    context: str | None = None
    seen_by_others: bool | None = None
    note: str | None = None
    recorded_at: Instant | None = None
    written_by: str | None = None
    source: str | None = None

    @property
    def local_date(self) -> date:
        """The day the episode belongs to: the date written in `started_at`."""
        return self.started_at.local_date

    @property
    def timed_s(self) -> float | None:
        """Duration in seconds: `duration_s`, else end less start, else None (untimed)."""
        if self.duration_s is not None:
            return self.duration_s
        if self.ended_at is None:
            return None
        seconds = (self.ended_at.at - self.started_at.at).total_seconds()
        return int(seconds) if seconds.is_integer() else seconds

    @property
    def twitches(self) -> int:
        """Twitches of the episode: the exact count, else what its class stands for."""
        if self.twitch_count is not None:
            return self.twitch_count
        return 1 if self.count_class is None else CountClass(self.count_class).twitches

    @property
    def written_in_time(self) -> bool | None:
        """Whether it was written by noon of the day after; None when that is not recorded."""
        return None if self.recorded_at is None else in_time(self.local_date, self.recorded_at)


def in_time(day: date, written: Instant) -> bool:
    """Whether `written` lies before or at noon of the day after `day`, by its own clock."""
    noon = datetime.combine(day + timedelta(days=1), time(12))
    return written.at.replace(tzinfo=None) <= noon


@dataclass(frozen=True, slots=True)
class DayTotals:
    """What the episodes of one day add up to; kept beside the day so that years stay cheap.

    `seconds` adds the timed episodes only. `sites` counts episodes per (site, side) in the order
    of the vocabulary. `written_in_time` of `written_known` episodes were written by noon of the
    next day.
    """

    episodes: int = 0
    twitches: int = 0
    seconds: float = 0
    sites: tuple[tuple[Place, int], ...] = ()
    written_known: int = 0
    written_in_time: int = 0

    def plus(self, more: DayTotals) -> DayTotals:
        """The totals of the episodes of both together."""
        sites = dict(self.sites)
        for place, count in more.sites:
            sites[place] = sites.get(place, 0) + count
        return DayTotals(
            episodes=self.episodes + more.episodes,
            twitches=self.twitches + more.twitches,
            seconds=self.seconds + more.seconds,
            sites=tuple(sorted(sites.items(), key=lambda item: place_order(item[0]))),
            written_known=self.written_known + more.written_known,
            written_in_time=self.written_in_time + more.written_in_time,
        )


NO_EPISODES = DayTotals()


@dataclass(frozen=True, slots=True)
class DrinkRecord:
    """Servings of one drink on a day; `mg` of all servings together; `at` local time HH:MM."""

    drink: str | None = None
    label: str | None = None
    servings: float | None = None
    mg: int | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class DayRecord:
    """One local calendar day: the check-in, the factors, and the totals of its episodes."""

    date: date
    time_zone: str | None = None
    closed_as: str | None = None
    closed_at: Instant | None = None
    summary: str | None = None
    sites: tuple[Place, ...] | None = None
    caffeine_mg: int | None = None
    drinks: tuple[DrinkRecord, ...] | None = None
    sleep_min: int | None = None
    stress: int | None = None
    exercise_min: int | None = None
    exercise_regions: tuple[str, ...] | None = None
    drinks_ml: int | None = None
    alcohol_drinks: int | None = None
    nicotine: bool | None = None
    supplements: tuple[str, ...] | None = None
    own: Mapping[str, bool | float] | None = None
    note: str | None = None
    totals: DayTotals = NO_EPISODES

    @property
    def entered(self) -> bool:
        """Whether the person entered anything for the day itself, beside its episodes."""
        return any(getattr(self, name) is not None for name in _ENTERED)

    @property
    def checked_in(self) -> bool:
        """Whether the person closed the day or summed it up."""
        return self.closed_as is not None or self.summary is not None

    @property
    def constant(self) -> bool:
        """Whether the twitching never stopped that day."""
        return self.closed_as == "constant"

    @property
    def counted(self) -> bool:
        """Whether the day carries a number of episodes for rates, changes, links and trend.

        Constant days never do. A summary of "a few" or "many" on a day without episodes says
        that it twitched but not how often, so it carries none either.
        """
        if self.constant or not self.checked_in:
            return False
        return self.totals.episodes > 0 or not self.summarised_twitches

    @property
    def summarised_twitches(self) -> bool:
        """Whether a summary alone says that it twitched (no episode that day)."""
        return self.totals.episodes == 0 and self.summary in (DaySummary.A_FEW, DaySummary.MANY)

    @property
    def twitched(self) -> bool:
        """Whether anything recorded says that it twitched that day, checked in or not."""
        return self.totals.episodes > 0 or self.constant or self.summarised_twitches

    @property
    def twitches(self) -> int:
        """Twitches of the day: those of its episodes, else what the summary stands for."""
        if self.totals.episodes > 0 or self.summary is None:
            return self.totals.twitches
        return DaySummary(self.summary).twitches

    @property
    def closed_late(self) -> bool:
        """Whether it was closed more than two days after its date (then not in links or trend)."""
        if self.closed_at is None:
            return False
        return self.closed_at.local_date > self.date + timedelta(days=2)


_ENTERED = tuple(
    column.name
    for column in fields(DayRecord)
    if column.name not in ("date", "time_zone", "totals")
)


@dataclass(frozen=True, slots=True)
class SymptomAnswerRecord:
    """One dated answer about one sign; the list of answers is only ever added to."""

    asked_on: date
    symptom: str
    answer: str
    current: bool | None = None
    manner: str | None = None
    side: str | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class MedicineRecord:
    """A medicine with the dates on which it was started, changed or stopped."""

    name: str
    medicine_class: str | None = None
    dose: str | None = None
    started_on: date | None = None
    changed_on: date | None = None
    stopped_on: date | None = None
    suspected: bool | None = None


@dataclass(frozen=True, slots=True)
class EventRecord:
    """A date the person marked, with its words."""

    date: date
    label: str


@dataclass(frozen=True, slots=True)
class OwnFactorRecord:
    """A factor the person added; `step` is the difference a ratio is stated for."""

    code: str
    label: str
    kind: str
    unit: str | None = None
    step: float | None = None


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One stretch of an experiment; `arm` is what was planned for it."""

    from_: date | None = None
    to: date | None = None
    arm: str | None = None


@dataclass(frozen=True, slots=True)
class ExperimentRecord:
    """A planned self-trial of one factor."""

    factor: str | None = None
    started_on: date | None = None
    plan: tuple[PlanStep, ...] | None = None
    stopped_on: date | None = None


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """An appointment: questions before it, notes and tests after it, the sheet as printed."""

    date: date | None = None
    clinician: str | None = None
    questions: tuple[str, ...] | None = None
    notes: str | None = None
    tests: tuple[TestDone, ...] | None = None
    frozen: Mapping[str, Any] | None = None


class NotRead(tuple[Any, ...]):
    """A list of a diary that its reader left out: looking at it is an error, not an empty list."""

    __slots__ = ()

    def __iter__(self) -> NoReturn:
        raise LookupError("This list of the diary was not read.")

    def __len__(self) -> NoReturn:
        raise LookupError("This list of the diary was not read.")

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = None  # type: ignore[assignment]


NOT_READ = NotRead()


@dataclass(frozen=True, slots=True)
class DiaryRecord:
    """A whole diary, or a window of it.

    `days` covers the whole diary, oldest first, one per date that holds anything, with the totals
    of its episodes. `episodes` is a window: every episode that started on or after
    `episodes_from` (None: all of them), oldest first, and any that is still running. The other
    lists are whole, or `NOT_READ`.
    """

    person: PersonRecord = field(default_factory=PersonRecord)
    episodes: tuple[EpisodeRecord, ...] = ()
    days: tuple[DayRecord, ...] = ()
    symptom_answers: tuple[SymptomAnswerRecord, ...] = ()
    medicines: tuple[MedicineRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()
    own_factors: tuple[OwnFactorRecord, ...] = ()
    experiments: tuple[ExperimentRecord, ...] = ()
    visits: tuple[VisitRecord, ...] = ()
    episodes_from: date | None = None
    exported_at: Instant | None = None


def totals_by_day(episodes: Iterable[EpisodeRecord]) -> dict[date, DayTotals]:
    """Totals of each local day with at least one episode."""
    by_day: dict[date, list[EpisodeRecord]] = {}
    for episode in episodes:
        by_day.setdefault(episode.local_date, []).append(episode)
    return {day: totals_of(found) for day, found in by_day.items()}


def totals_of(episodes: Iterable[EpisodeRecord]) -> DayTotals:
    """Totals of the episodes of one day."""
    found = list(episodes)
    written = [known for episode in found if (known := episode.written_in_time) is not None]
    return DayTotals(
        episodes=len(found),
        twitches=sum(episode.twitches for episode in found),
        seconds=sum(seconds for episode in found if (seconds := episode.timed_s) is not None),
        sites=_count_places(found),
        written_known=len(written),
        written_in_time=sum(written),
    )


def _count_places(episodes: Iterable[EpisodeRecord]) -> tuple[tuple[Place, int], ...]:
    counts: dict[Place, int] = {}
    for episode in episodes:
        if episode.site is not None:
            place = (episode.site, episode.side)
            counts[place] = counts.get(place, 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: place_order(item[0])))


def place_order(place: Place) -> tuple[int, int]:
    """Sort key of a place: head to foot, then left, right, both, midline, side not recorded."""
    site, side = place
    return SITE_ORDER[site], len(SIDE_ORDER) if side is None else SIDE_ORDER[side]
