"""Reading: windows, pages and places, the same whatever the order of entering, and one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from diary.example import example_diary
from diary.exchange.diary_file import read, write, write_chunks
from diary.keeping import replace_diary
from diary.models import Day, Person
from diary.queries import (
    day_of,
    days_of,
    diary_of,
    episode_page,
    episodes_of,
    episodes_on,
    recent_places,
    running_episodes,
    standing_of_days,
)
from diary.records import (
    NOT_READ,
    DayRecord,
    DiaryRecord,
    DrinkRecord,
    EpisodeRecord,
    Instant,
)
from tests.factories import DayFactory, EpisodeFactory, IntakeFactory, PersonFactory
from tests.strategies import diaries

LISTS = ("symptom_answers", "medicines", "events", "own_factors", "experiments", "visits")

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEALTH = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)


@pytest.fixture
def person() -> Person:
    return PersonFactory()


def at(moment: datetime, **fields: object) -> dict[str, object]:
    """Columns of an episode at a moment in UTC."""
    return {
        "started_at": moment,
        "started_at_written": moment.isoformat(),
        "local_date": moment.date(),
        "local_minute": moment.hour * 60 + moment.minute,
    } | fields


class TestWholeDiary:
    def test_costs_the_same_queries_for_one_day_and_for_twelve_weeks(
        self, person: Person, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        other = PersonFactory()
        replace_diary(person, example_diary(DAY, "UTC"))
        replace_diary(other, DiaryRecord(days=(DayRecord(DAY, drinks=(DrinkRecord(),)),)))
        with django_assert_num_queries(10):
            diary_of(person)
        with django_assert_num_queries(9):  # without a visit there are no questions to fetch
            diary_of(other)

    def test_is_nobody_elses(self, person: Person) -> None:
        replace_diary(PersonFactory(), example_diary(DAY, "UTC"))

        assert diary_of(person) == DiaryRecord()

    def test_of_many_episodes_is_written_as_it_is_read(self, person: Person) -> None:
        base = example_diary(DAY, "Europe/Rome").episodes
        many = tuple(
            replace(episode, id=str(UUID(int=number * 1000 + place)))
            for number in range(25)
            for place, episode in enumerate(base)
        )
        text = write(read(write(DiaryRecord(episodes=many))))
        replace_diary(person, read(text))
        streamed = "".join(
            write_chunks(diary_of(person, episodes_from=date.max), episodes_of(person))
        )

        assert len(many) > 2_000
        assert streamed == text


class TestWindow:
    @pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plan of SQLite")
    def test_what_still_runs_is_found_without_a_walk_through_older_days(
        self, person: Person
    ) -> None:
        with CaptureQueriesContext(connection) as captured:
            list(episodes_of(person, since=DAY))
        (query,) = captured
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            steps = [row[3] for row in cursor.fetchall() if "diary_episode" in row[3]]

        assert [step.partition("INDEX ")[2] for step in steps] == [
            "episode_by_day (person_id=? AND local_date>?)",
            "episode_running (person_id=?)",
        ]

    def test_what_runs_since_then_is_told_once(self, person: Person) -> None:
        EpisodeFactory.create(person=person, running=True)

        assert len(list(episodes_of(person, since=date.min))) == 1

    @settings(max_examples=30, suppress_health_check=HEALTH)
    @given(diaries(most_episodes=10), st.dates(date(2025, 12, 30), date(2026, 4, 2)))
    def test_holds_what_began_since_then_or_still_runs_and_every_day(
        self, diary: DiaryRecord, since: date
    ) -> None:
        person = Person.objects.create_user()
        replace_diary(person, diary)
        found = diary_of(person, episodes_from=since)

        assert found.episodes == tuple(
            episode for episode in diary.episodes if episode.local_date >= since or episode.running
        )
        assert found.episodes_from == since
        assert found.days == diary.days

    def test_holds_an_old_one_that_still_runs(self, person: Person) -> None:
        runs = EpisodeRecord(str(UUID(int=1)), Instant("2025-01-01T12:00:00Z"), running=True)
        over = EpisodeRecord(str(UUID(int=2)), Instant("2025-01-01T12:00:00Z"), running=False)
        replace_diary(person, DiaryRecord(episodes=(runs, over)))

        assert list(episodes_of(person, since=DAY)) == [runs]

    def test_counts_by_the_local_date_and_not_by_utc(self, person: Person) -> None:
        late = EpisodeRecord(str(UUID(int=1)), Instant("2026-03-01T23:30:00-05:00"))
        early = EpisodeRecord(str(UUID(int=2)), Instant("2026-03-02T00:30:00+13:00"))
        replace_diary(person, DiaryRecord(episodes=(early, late)))

        assert list(episodes_of(person, since=date(2026, 3, 2))) == [early]
        assert episodes_on(person, DAY) == [late]


class TestDays:
    def test_come_oldest_first_with_their_drinks_in_order(self, person: Person) -> None:
        later = DayFactory(person=person, date=DAY + timedelta(days=1), has_drinks=True)
        IntakeFactory(day=later, position=1, drink="cola")
        IntakeFactory(day=later, position=0, drink="espresso")
        DayFactory(person=person, date=DAY)
        IntakeFactory()
        first, second = days_of(person)

        assert (first.date, first.drinks) == (DAY, None)
        assert [drink.drink for drink in second.drinks or ()] == ["espresso", "cola"]

    def test_one_without_entries_is_empty(self, person: Person) -> None:
        DayFactory(date=DAY)

        assert day_of(person, DAY) == DayRecord(DAY)

    def test_one_with_drinks_has_them(self, person: Person) -> None:
        day = DayFactory(person=person, date=DAY, has_drinks=True)
        IntakeFactory(day=day, position=0)

        assert day_of(person, DAY).drinks == (DrinkRecord("filter_coffee", servings=1, mg=96),)

    def test_standing_is_told_of_those_asked_for(self, person: Person) -> None:
        later = [DAY + timedelta(days=number) for number in range(1, 4)]
        DayFactory(person=person, date=DAY)
        DayFactory(person=person, date=later[0], closed_as="", summary="a_few")
        DayFactory(person=person, date=later[1], closed_as="", total_episodes=3)
        DayFactory(date=later[2])
        DayFactory(person=person, date=later[2] + timedelta(days=1))
        found = standing_of_days(person, DAY, later[2])

        assert [*found] == [DAY, *later]
        assert [(day.checked_in, day.is_open, day.episodes) for day in found.values()] == [
            (True, False, 0),
            (True, False, 0),
            (False, True, 3),
            (False, False, 0),
        ]


class TestPages:
    def test_hold_every_episode_once_latest_first(self, person: Person) -> None:
        same_start = [EpisodeFactory(person=person, **at(NOON)) for _time in range(4)]
        others = [EpisodeFactory(person=person, **at(NOON + timedelta(hours=h))) for h in (-2, 3)]
        EpisodeFactory(**at(NOON))
        EpisodeFactory(person=person, deleted_at=NOON, **at(NOON))
        found, key, sizes = [], None, []
        while key or not sizes:
            rows, key = episode_page(person, before=key, size=2)
            found += rows
            sizes.append(len(rows))

        assert sizes == [2, 2, 2]
        assert found == sorted(
            same_start + others, key=lambda row: (row.started_at, row.uid), reverse=True
        )

    @pytest.mark.parametrize(("entries", "more"), [(0, False), (2, False), (3, True)])
    def test_name_the_next_only_when_there_is_one(
        self, person: Person, entries: int, more: bool
    ) -> None:
        for number in range(entries):
            EpisodeFactory(person=person, **at(NOON + timedelta(minutes=number)))
        rows, key = episode_page(person, size=2)

        assert len(rows) == min(entries, 2)
        assert (key is not None) is more


class TestRecentPlaces:
    def test_are_the_latest_each_once_with_its_side(self, person: Person) -> None:
        for hours, site, side in (
            (0, "calf", "left"),
            (1, "thumb", ""),
            (2, "calf", "right"),
            (3, "calf", "left"),
            (4, "", ""),
        ):
            moment = NOON + timedelta(hours=hours)
            EpisodeFactory(person=person, **at(moment, site=site, side=side))
        EpisodeFactory(person=person, deleted_at=NOON, **at(NOON + timedelta(hours=9), site="jaw"))
        EpisodeFactory(**at(NOON + timedelta(hours=9), site="brow"))

        assert recent_places(person, 3) == [("calf", "left"), ("calf", "right"), ("thumb", None)]
        assert recent_places(person, 1) == [("calf", "left")]

    def test_are_none_of_an_empty_diary(self, person: Person) -> None:
        assert recent_places(person, 6) == []


def test_only_what_still_runs_is_running(person: Person) -> None:
    runs = EpisodeFactory(person=person, running=True)
    EpisodeFactory(person=person, running=False)
    EpisodeFactory(person=person, running=True, deleted_at=NOON)
    EpisodeFactory(running=True)

    assert running_episodes(person) == [runs]


def test_lists_that_were_not_asked_for_are_not_read(person: Person) -> None:
    replace_diary(person, example_diary(date(2026, 3, 8), "Europe/Berlin"))
    whole, some = diary_of(person), diary_of(person, lists=("events",))
    assert some == replace(whole, **{name: NOT_READ for name in LISTS if name != "events"})


def test_list_that_was_not_read_is_not_taken_for_an_empty_one() -> None:
    with pytest.raises(LookupError):
        list(NOT_READ)
    with pytest.raises(LookupError):
        bool(NOT_READ)


def test_days_are_remembered_until_they_change(person: Person) -> None:
    DayFactory(person=person, date=DAY, stress=3)
    before = diary_of(person).days

    assert diary_of(person).days[0] is before[0]

    Day.objects.owned_by(person).update(stress=4)

    assert [day.stress for day in diary_of(person).days] == [4]
