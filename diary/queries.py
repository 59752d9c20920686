"""The reader of what pages tell of a diary: windows of history, recent places, single entries.

Every function takes the person first and never returns a row of anybody else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, IntegerField, Q, QuerySet, TextField
from django.db.models.functions import Cast

from diary.models import Day, Episode, Intake, OwnFactor, Person, Row
from diary.records import (
    NOT_READ,
    DayRecord,
    DiaryRecord,
    DrinkRecord,
    EpisodeRecord,
    EventRecord,
    ExperimentRecord,
    MedicineRecord,
    OwnFactorRecord,
    Place,
    SymptomAnswerRecord,
    VisitRecord,
)
from diary.stored import (
    DAY_COLUMNS,
    DAY_FLAGS,
    DAY_TEXTS,
    DRINK_COLUMNS,
    EPISODE_COLUMNS,
    day_of_texts,
    day_record,
    drink_record,
    episode_record,
    event_record,
    experiment_record,
    medicine_record,
    own_factor_record,
    person_record,
    symptom_answer_record,
    visit_record,
)

LATEST_EPISODES = 300
"""Entries among which the places used last are looked for."""


def diary_of(
    person: Person, *, episodes_from: date | None = None, lists: Collection[str] | None = None
) -> DiaryRecord:
    """The whole diary, with the episodes since `episodes_from` (None: every one).

    Of the lists beside episodes and days only `lists` are read (None: all); they stand in the
    order of the diary file, so that both ways to a record lead to the same.
    """
    record = DiaryRecord(
        person=person_record(person),
        episodes=tuple(episodes_of(person, since=episodes_from)),
        days=tuple(days_of(person)),
        episodes_from=episodes_from,
    )
    beside: dict[str, Any] = {
        name: tuple(read(person)) if lists is None or name in lists else NOT_READ
        for name, read in _LISTS.items()
    }
    return replace(record, **beside)


def _symptom_answers(person: Person) -> Iterable[SymptomAnswerRecord]:
    return map(symptom_answer_record, person.symptom_answers.all())


def _medicines(person: Person) -> Iterable[MedicineRecord]:
    return map(medicine_record, by_date(person.medicines.kept(), "started_on"))


def _events(person: Person) -> Iterable[EventRecord]:
    return map(event_record, by_date(person.events.kept(), "date"))


def _own_factors(person: Person) -> Iterable[OwnFactorRecord]:
    return sorted(own_factors_of(person), key=attrgetter("code"))


def _experiments(person: Person) -> Iterable[ExperimentRecord]:
    return map(experiment_record, by_date(person.experiments.all(), "started_on"))


def _visits(person: Person) -> Iterable[VisitRecord]:
    rows = by_date(person.visits.kept(), "date").prefetch_related("questions")
    return map(visit_record, rows)


_LISTS: dict[str, Callable[[Person], Iterable[Any]]] = {
    "symptom_answers": _symptom_answers,
    "medicines": _medicines,
    "events": _events,
    "own_factors": _own_factors,
    "experiments": _experiments,
    "visits": _visits,
}


def by_date(rows: QuerySet[Row], column: str) -> QuerySet[Row]:
    """Rows by a date, those without one last, equal ones as they were entered."""
    return rows.order_by(F(column).asc(nulls_last=True), "id")


def kept_episodes(person: Person) -> QuerySet[Episode]:
    """Episodes that are not deleted, oldest first."""
    return Episode.objects.owned_by(person).kept()


def episodes_taken_out(person: Person, since: datetime, most: int = 50) -> list[Episode]:
    """Episodes deleted at `since` or later, the last one first."""
    rows = Episode.objects.owned_by(person).filter(deleted_at__gte=since)
    return list(rows.order_by("-deleted_at")[:most])


def episodes_of(person: Person, *, since: date | None = None) -> Iterator[EpisodeRecord]:
    """Episodes on or after `since` and any that still runs, oldest first.

    A union rather than one condition with "or": each part has an index that fits.
    """
    rows = kept_episodes(person)
    if since is None:
        return map(episode_record, rows.values_list(*_EPISODE_VALUES).iterator(chunk_size=2000))
    window = rows.order_by().filter(local_date__gte=since).values_list(*_EPISODE_VALUES)
    running = rows.order_by().filter(running=True).values_list(*_EPISODE_VALUES)
    return iter(_in_order(window.union(running, all=True)))


def _in_order(rows: Iterable[tuple[Any, ...]]) -> list[EpisodeRecord]:
    """The episodes of a few days, each once, oldest first, from the values of `EPISODE_COLUMNS`.

    Sorted here: asked to sort, SQLite walks through the whole diary in the order of its starts
    and does not use the index that would lead to the few. Asked for running ones of earlier days,
    it walks through those days instead of the few that run.
    """
    once = {row[0]: row for row in rows}
    return sorted(map(episode_record, once.values()), key=_by_start)


def _by_start(episode: EpisodeRecord) -> tuple[datetime, str]:
    return episode.started_at.at, episode.id


def days_of(person: Person) -> Iterator[DayRecord]:
    """Every day that holds anything, oldest first.

    A day from which everything was taken back keeps its row (`diary.entries`) but is none of these,
    and its zone says nothing by itself.
    """
    drinks = _drinks_by_day(person)
    rows = Day.objects.owned_by(person).order_by("date").values_list(*_DAY_VALUES)
    for row in rows.iterator(chunk_size=2000):
        day = day_of_texts(row, tuple(drinks.get(row[0], ())))
        if day.checked_in or day.entered:  # the usual case first: it is told at once
            yield day
        elif day.totals.episodes:
            yield DayRecord(day.date, totals=day.totals)


# As texts and numbers they come from the database without a step in Python for each value.
_EPISODE_VALUES: list[Cast | str] = [Cast("uid", TextField()), *EPISODE_COLUMNS[1:]]
_DAY_VALUES: list[Cast | str] = [
    Cast(name, IntegerField() if name in DAY_FLAGS else TextField())
    if name in DAY_FLAGS | DAY_TEXTS.keys()
    else name
    for name in DAY_COLUMNS
]


def _drinks_by_day(person: Person) -> dict[int, list[DrinkRecord]]:
    by_day: dict[int, list[DrinkRecord]] = {}
    rows = Intake.objects.filter(day__person=person).order_by("day_id", "position")
    for day, *row in rows.values_list("day_id", *DRINK_COLUMNS):
        by_day.setdefault(day, []).append(drink_record(tuple(row)))
    return by_day


def drinks_on(day: int) -> list[DrinkRecord]:
    """The drinks of a row of days, in their order."""
    rows = Intake.objects.filter(day_id=day).order_by("position").values_list(*DRINK_COLUMNS)
    return list(map(drink_record, rows))


def day_of(person: Person, day: date) -> DayRecord:
    """One day, as `days_of` tells of it; empty when nothing is recorded."""
    row = Day.objects.owned_by(person).filter(date=day).values_list(*DAY_COLUMNS).first()
    if row is None:
        return DayRecord(date=day)
    record = day_record(row, drinks_on(row[0]))
    return record if record.entered else DayRecord(date=day, totals=record.totals)


@dataclass(frozen=True, slots=True)
class DayStanding:
    """How a day stands, for pages that tell no more of it."""

    date: date
    checked_in: bool = False
    entered: bool = False
    episodes: int = 0

    @property
    def holds_anything(self) -> bool:
        """Whether anything was entered or logged."""
        return self.entered or self.episodes > 0

    @property
    def is_open(self) -> bool:
        """Whether it holds something and was not closed."""
        return self.holds_anything and not self.checked_in


def standing_of_days(person: Person, first: date, last: date) -> dict[date, DayStanding]:
    """How each day from first to last stands."""
    rows = _rows(
        "SELECT date, closed_as, summary, entered, total_episodes FROM diary_day"
        " WHERE person_id = %s AND date BETWEEN %s AND %s",
        (person.pk, first, last),
    )
    found = {
        day: DayStanding(day, bool(closed_as or summary), bool(entered), episodes)
        for day, closed_as, summary, entered, episodes in rows
    }
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return {day: found.get(day, DayStanding(day)) for day in days}


def days_checked_in(person: Person, first: date, last: date) -> int:
    """How many days from first to last were closed or summed up."""
    rows = Day.objects.owned_by(person).filter(date__range=(first, last))
    return rows.exclude(closed_as="", summary="").count()


def own_factors_of(person: Person) -> list[OwnFactorRecord]:
    """The factors the person added, in the order in which they did."""
    return list(map(own_factor_record, OwnFactor.objects.owned_by(person)))


def episodes_on(person: Person, day: date) -> list[EpisodeRecord]:
    """The episodes of one local day, oldest first."""
    rows = kept_episodes(person).order_by().filter(local_date=day)
    return _in_order(rows.values_list(*_EPISODE_VALUES))


def running_episodes(person: Person) -> list[Episode]:
    """Episodes that still go on, oldest first."""
    any_one = _rows(
        "SELECT 1 FROM diary_episode"
        " WHERE person_id = %s AND running AND deleted_at IS NULL LIMIT 1",
        (person.pk,),
    )
    if not any(any_one):
        return []
    running = kept_episodes(person).filter(running=True).order_by()
    return sorted(running, key=attrgetter("started_at", "uid"))


def recent_places(person: Person, limit: int) -> list[Place]:
    """The places used last, latest first, each (site, side) once.

    Reads the latest entries only, so that ten years of them cost what one costs.
    """
    latest = _rows(
        "SELECT site, side FROM diary_episode"
        " WHERE person_id = %s AND deleted_at IS NULL AND site <> ''"
        " ORDER BY started_at DESC, uid DESC LIMIT %s",
        (person.pk, LATEST_EPISODES),
    )
    found: dict[Place, None] = {}
    for site, side in latest:  # mostly the first few tell all of them
        found[site, side or None] = None
        if len(found) == limit:
            break
    return list(found)


def _rows(sql: str, values: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Rows, one at a time, of a statement written by hand: for the page that opens most often.

    Composing its three statements anew takes longer than the database needs for them.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        yield from cursor


def episode_page(
    person: Person, *, before: tuple[Any, UUID] | None = None, size: int = 25
) -> tuple[list[Episode], tuple[Any, UUID] | None]:
    """One page of episodes, latest first, and the key of the next page (None: the last).

    Pages go by key (start, uid), so that page 2,000 costs what page 1 costs.
    """
    rows = kept_episodes(person).order_by("-started_at", "-uid")
    if before is not None:
        start, uid = before
        rows = rows.filter(Q(started_at__lt=start) | Q(started_at=start, uid__lt=uid))
    found = list(rows[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return found[:size], (last.started_at, last.uid) if last else None
