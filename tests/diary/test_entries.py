"""Writing entries: stored once, never overwritten unseen, and the totals of a day always true."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from diary.entries import (
    Conflict,
    change_day,
    change_episode,
    delete_episode,
    log_episode,
    mark_running,
    record_of_episode,
    restore_episode,
    stop_episode,
    take_back_stop,
)
from diary.exchange.diary_file import read, write
from diary.models import Day, Episode, Person
from diary.queries import day_of, days_checked_in, diary_of, episodes_on, standing_of_days
from diary.records import (
    NO_EPISODES,
    DayRecord,
    DiaryRecord,
    EpisodeRecord,
    Instant,
    totals_by_day,
    totals_of,
)
from tests.factories import DayFactory, PersonFactory
from tests.strategies import episodes, maybe, places

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
NEXT_DAY = date(2026, 3, 2)
ID = "00000000-0000-4000-8000-000000000001"
EVENING = EpisodeRecord(ID, Instant("2026-03-01T21:30:00+01:00"), site="calf", side="left")
HEALTH = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)


@pytest.fixture
def person() -> Person:
    return PersonFactory()


class TestLog:
    def test_stores_what_was_said_and_adds_it_to_its_day(self, person: Person) -> None:
        stored = log_episode(person, EVENING)

        assert record_of_episode(stored) == EVENING
        assert day_of(person, DAY).totals == totals_of([EVENING])

    def test_of_parts_of_seconds_adds_them_up_in_the_order_of_their_starts(
        self, person: Person
    ) -> None:
        first, last = (
            replace(
                EVENING,
                id=str(uuid4()),
                started_at=Instant(f"2026-03-01T{clock}:00+01:00"),
                ended_at=Instant(f"2026-03-01T{clock}:00.1+01:00"),
            )
            for clock in ("08:00", "10:00")
        )
        between = replace(EVENING, started_at=Instant("2026-03-01T09:00:00+01:00"), duration_s=1)
        for one in (first, last, between):
            log_episode(person, one)

        assert day_of(person, DAY).totals.seconds == 0.1 + 1 + 0.1 != 0.1 + 0.1 + 1

    def test_of_the_same_again_stores_it_once_and_answers_as_the_first_time(
        self, person: Person
    ) -> None:
        first = log_episode(person, EVENING)
        again = log_episode(
            person, replace(EVENING, recorded_at=Instant("2026-03-02T08:00:00+01:00"))
        )

        assert again.pk == first.pk
        assert Episode.objects.count() == 1
        assert day_of(person, DAY).totals.episodes == 1

    def test_of_another_body_under_the_same_id_is_a_conflict(self, person: Person) -> None:
        stored = log_episode(person, EVENING)

        with pytest.raises(Conflict) as conflict:
            log_episode(person, replace(EVENING, side="right"))

        assert conflict.value.stored == stored
        assert record_of_episode(Episode.objects.get()) == EVENING

    def test_of_a_replay_after_a_change_keeps_the_change(self, person: Person) -> None:
        log_episode(person, EVENING)
        change_episode(person, UUID(ID), {"intensity": 3})

        assert log_episode(person, EVENING).intensity == 3

    def test_of_a_replay_after_deleting_does_not_bring_it_back(self, person: Person) -> None:
        log_episode(person, EVENING)
        delete_episode(person, UUID(ID))
        log_episode(person, EVENING)

        assert diary_of(person).episodes == ()

    def test_of_the_same_id_by_two_people_are_two_entries(self, person: Person) -> None:
        other = PersonFactory()
        log_episode(person, EVENING)
        log_episode(other, replace(EVENING, side="right"))

        assert [episode.side for episode in episodes_on(person, DAY)] == ["left"]
        assert [episode.side for episode in episodes_on(other, DAY)] == ["right"]

    def test_by_what_the_browser_said_is_one_entry_although_the_clock_went_on(
        self, person: Person
    ) -> None:
        later = replace(EVENING, started_at=Instant("2026-03-01T21:30:07+01:00"))
        log_episode(person, EVENING, sent="place=calf:left")
        log_episode(person, later, sent="place=calf:left")

        assert diary_of(person).episodes == (EVENING,)
        with pytest.raises(Conflict):
            log_episode(person, later, sent="place=calf:right")

    @pytest.mark.parametrize("field", ["closed_as", "summary"])
    def test_opens_a_day_again_that_was_said_to_be_without_twitches(
        self, person: Person, field: str
    ) -> None:
        DayFactory(
            person=person,
            date=DAY,
            stress=4,
            **{"closed_as": "", field: "none"},
            closed_at_written="2026-03-01T20:00:00+01:00",
        )
        log_episode(person, EVENING)
        day = day_of(person, DAY)

        assert (day.closed_as, day.summary, day.closed_at, day.stress) == (None, None, None, 4)
        assert not day.checked_in

    @pytest.mark.parametrize("closed_as", ["complete", "constant"])
    def test_leaves_a_day_closed_that_had_twitches(self, person: Person, closed_as: str) -> None:
        DayFactory(person=person, date=DAY, closed_as=closed_as)
        log_episode(person, EVENING)

        assert day_of(person, DAY).closed_as == closed_as

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+00:00"),  # London
            ("2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00"),  # New York
            ("2026-04-05T01:45:00+11:00", "2026-04-05T01:45:00+10:30"),  # Lord Howe
            ("2024-10-26T23:30:00-01:00", "2024-10-26T23:30:00-02:00"),  # Nuuk
        ],
    )
    def test_in_the_hour_that_comes_twice_stores_both_in_their_order_on_one_day(
        self, person: Person, first: str, second: str
    ) -> None:
        later = EpisodeRecord("00000000-0000-4000-8000-000000000000", Instant(second))
        earlier = EpisodeRecord(ID, Instant(first))
        log_episode(person, later)
        log_episode(person, earlier)

        assert episodes_on(person, later.local_date) == [earlier, later]
        assert day_of(person, later.local_date).totals.episodes == 2

    @pytest.mark.parametrize(
        "skipped", ["2026-03-29T01:30:00+00:00", "2026-03-08T02:30:00-05:00", "2011-12-30T12:00-10"]
    )
    def test_at_a_clock_time_that_was_skipped_keeps_the_day_written(
        self, person: Person, skipped: str
    ) -> None:
        log_episode(person, replace(EVENING, started_at=Instant(skipped)))

        assert [day.date.isoformat() for day in diary_of(person).days] == [skipped[:10]]
        assert diary_of(person).episodes[0].started_at.text == skipped


class TestChange:
    def test_counts_up_the_version_and_keeps_everything_else(self, person: Person) -> None:
        log_episode(person, EVENING)
        changed = change_episode(person, UUID(ID), {"pain": 3, "note": "in bed"}, version=1)

        assert changed.version == 2
        assert diary_of(person).episodes == (replace(EVENING, pain=3, note="in bed"),)

    def test_of_an_older_version_is_a_conflict_that_shows_what_is_stored(
        self, person: Person
    ) -> None:
        log_episode(person, EVENING)
        change_episode(person, UUID(ID), {"note": "from the phone"}, version=1)

        with pytest.raises(Conflict) as conflict:
            change_episode(person, UUID(ID), {"note": "from the desk"}, version=1)

        assert conflict.value.stored.note == "from the phone"
        assert Episode.objects.get().note == "from the phone"

    def test_of_the_start_moves_it_from_one_day_to_the_other(self, person: Person) -> None:
        log_episode(person, EVENING)
        moved = Instant("2026-03-02T00:10:00+01:00")
        change_episode(person, UUID(ID), {"started_at": moved})

        assert [day.date for day in diary_of(person).days] == [NEXT_DAY]
        assert day_of(person, NEXT_DAY).totals.episodes == 1

    def test_worked_out_from_what_is_stored_keeps_what_came_before(self, person: Person) -> None:
        log_episode(person, EVENING)
        for _time in range(2):
            change_episode(person, UUID(ID), lambda known: {"pain": (known.pain or 0) + 1})

        assert diary_of(person).episodes == (replace(EVENING, pain=2),)

    def test_of_nothing_is_none(self, person: Person) -> None:
        log_episode(person, EVENING)

        assert change_episode(person, UUID(ID), {}).version == 1

    @pytest.mark.parametrize("step", [change_episode, delete_episode, restore_episode])
    def test_of_anybody_elses_entry_finds_nothing(self, person: Person, step: Any) -> None:
        log_episode(person, EVENING)
        given = ({"pain": 1},) if step is change_episode else ()

        with pytest.raises(Episode.DoesNotExist):
            step(PersonFactory(), UUID(ID), *given)

        assert diary_of(person).episodes == (EVENING,)

    def test_of_a_deleted_entry_finds_nothing(self, person: Person) -> None:
        log_episode(person, EVENING)
        delete_episode(person, UUID(ID))

        with pytest.raises(Episode.DoesNotExist):
            change_episode(person, UUID(ID), {"pain": 1})


class TestStop:
    NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
    LATER = NOON + timedelta(hours=1)

    def test_ends_what_runs_in_the_zone_of_its_start(self, person: Person) -> None:
        log_episode(person, replace(EVENING, time_zone="Europe/Rome", running=True))

        stopped = record_of_episode(stop_episode(person, UUID(ID), self.NOON, "UTC"))

        assert (stopped.running, stopped.ended_at) == (None, Instant("2026-03-02T13:00:00+01:00"))

    @pytest.mark.parametrize("ended", [None, datetime(2026, 3, 1, 20, 29, tzinfo=UTC)])
    def test_at_an_unknown_time_or_before_the_start_leaves_the_length_unknown(
        self, person: Person, ended: datetime | None
    ) -> None:
        log_episode(person, replace(EVENING, running=True))

        stopped = record_of_episode(stop_episode(person, UUID(ID), ended, "UTC"))

        assert (stopped.running, stopped.timed_s) == (None, None)

    def test_again_does_not_move_the_end(self, person: Person) -> None:
        log_episode(person, replace(EVENING, running=True))
        first = stop_episode(person, UUID(ID), self.NOON, "UTC")
        for ended in (self.LATER, None):
            again = stop_episode(person, UUID(ID), ended, "UTC")

            assert (again.ended_at_written, again.version) == (first.ended_at_written, 2)
        assert record_of_episode(Episode.objects.get()) == record_of_episode(first)

    def test_again_does_not_give_an_end_to_one_that_stopped_at_an_unknown_time(
        self, person: Person
    ) -> None:
        log_episode(person, replace(EVENING, running=True))
        stop_episode(person, UUID(ID), None, "UTC")

        assert stop_episode(person, UUID(ID), self.NOON, "UTC").ended_at_written == ""

    @pytest.mark.parametrize("known", [{"ended_at": EVENING.started_at}, {"duration_s": 0}])
    def test_is_not_undone_by_going_on_where_the_length_is_known(
        self, person: Person, known: dict[str, Any]
    ) -> None:
        log_episode(person, replace(EVENING, **known))
        mark_running(person, UUID(ID))

        assert diary_of(person).episodes == (replace(EVENING, **known),)

    def test_is_taken_back_while_nothing_else_changed(self, person: Person) -> None:
        log_episode(person, replace(EVENING, running=True))
        stopped = stop_episode(person, UUID(ID), self.NOON, "UTC")
        take_back_stop(person, UUID(ID), stopped.version)

        assert diary_of(person).episodes == (replace(EVENING, running=True),)

        with pytest.raises(Conflict):
            take_back_stop(person, UUID(ID), stopped.version)

    def test_is_not_taken_back_from_a_length_typed_in(self, person: Person) -> None:
        version = log_episode(person, replace(EVENING, duration_s=90)).version
        take_back_stop(person, UUID(ID), version)

        assert diary_of(person).episodes == (replace(EVENING, duration_s=90),)

    def test_comes_after_going_on(self, person: Person) -> None:
        log_episode(person, EVENING)
        assert mark_running(person, UUID(ID)).version == 2
        assert mark_running(person, UUID(ID)).version == 2

        assert diary_of(person).episodes == (replace(EVENING, running=True),)


class TestDelete:
    def test_and_restore_lead_back_to_the_same_diary(self, person: Person) -> None:
        log_episode(person, EVENING)
        before = diary_of(person)
        delete_episode(person, UUID(ID))
        between = diary_of(person)
        restore_episode(person, UUID(ID))

        assert between.days == ()
        assert diary_of(person) == before

    def test_keeps_a_day_on_which_something_was_entered(self, person: Person) -> None:
        log_episode(person, EVENING)
        change_day(person, DAY, {"stress": 5})
        delete_episode(person, UUID(ID))

        assert day_of(person, DAY).stress == 5
        assert day_of(person, DAY).totals == NO_EPISODES

    def test_and_restore_open_a_day_closed_as_none_meanwhile(self, person: Person) -> None:
        log_episode(person, EVENING)
        delete_episode(person, UUID(ID))
        change_day(person, DAY, {"closed_as": "none"})
        restore_episode(person, UUID(ID))

        assert day_of(person, DAY).closed_as is None


class TestClosingTakenBack:
    """A day said to be without twitches, on which one was logged and taken out again."""

    @pytest.fixture(params=["closed_as", "summary"])
    def closed(self, request: pytest.FixtureRequest, person: Person) -> DayRecord:
        said = {"closed_as": "", request.param: "none"}
        written = "2026-03-01T20:00:00+01:00"
        DayFactory(person=person, date=DAY, stress=4, closed_at_written=written, **said)
        return day_of(person, DAY)

    def test_stands_again_with_its_moment(self, person: Person, closed: DayRecord) -> None:
        log_episode(person, EVENING)
        delete_episode(person, UUID(ID))

        assert diary_of(person).days == (closed,)
        assert closed.checked_in

    def test_stands_again_after_each_of_several_slips(
        self, person: Person, closed: DayRecord
    ) -> None:
        log_episode(person, EVENING)
        for _time in range(2):
            delete_episode(person, UUID(ID))
            assert day_of(person, DAY) == closed
            restore_episode(person, UUID(ID))
            assert not day_of(person, DAY).checked_in

    def test_stays_taken_back_while_another_twitch_stands(
        self, person: Person, closed: DayRecord
    ) -> None:
        log_episode(person, EVENING)
        log_episode(person, replace(EVENING, id=str(uuid4())))
        delete_episode(person, UUID(ID))

        assert not day_of(person, DAY).checked_in

    def test_stands_again_when_the_twitch_belongs_to_another_day(
        self, person: Person, closed: DayRecord
    ) -> None:
        log_episode(person, EVENING)
        moved = Instant("2026-03-02T00:10:00+01:00")
        change_episode(person, UUID(ID), {"started_at": moved})

        assert day_of(person, DAY) == closed

    def test_stands_again_beside_what_was_entered_since(
        self, person: Person, closed: DayRecord
    ) -> None:
        log_episode(person, EVENING)
        change_day(person, DAY, {"sleep_min": 420})
        delete_episode(person, UUID(ID))

        assert day_of(person, DAY) == replace(closed, sleep_min=420)

    @pytest.mark.parametrize("closed_as", ["complete", "constant", ""])
    def test_gives_way_to_what_was_said_of_the_day_since(
        self, person: Person, closed: DayRecord, closed_as: str
    ) -> None:
        log_episode(person, EVENING)
        change_day(person, DAY, {"closed_as": closed_as, "summary": "", "closed_at_written": ""})
        delete_episode(person, UUID(ID))

        assert day_of(person, DAY).closed_as == (closed_as or None)
        assert day_of(person, DAY).summary is None

    def test_is_no_part_of_the_diary_meanwhile(self, person: Person) -> None:
        change_day(person, DAY, {"closed_as": "none"})
        log_episode(person, EVENING)

        (day,) = diary_of(person).days
        assert day == DayRecord(DAY, totals=totals_of([EVENING]))
        assert read(write(diary_of(person))) == diary_of(person)


class TestDay:
    def test_of_an_older_version_is_a_conflict(self, person: Person) -> None:
        first = change_day(person, DAY, {"stress": 5})
        change_day(person, DAY, {"stress": 6}, version=first.version)

        with pytest.raises(Conflict) as conflict:
            change_day(person, DAY, {"stress": 7}, version=first.version)

        assert conflict.value.stored.stress == 6
        assert day_of(person, DAY).stress == 6

    def test_emptied_and_filled_anew_never_has_a_version_again(self, person: Person) -> None:
        first = change_day(person, DAY, {"stress": 5})
        change_day(person, DAY, {"stress": None})
        again = change_day(person, DAY, {"note": "typed elsewhere"})

        assert again.version > first.version
        with pytest.raises(Conflict):
            change_day(person, DAY, {"stress": 5}, version=first.version)

    def test_emptied_counts_as_nothing(self, person: Person) -> None:
        first, last = DAY - timedelta(days=1), DAY + timedelta(days=1)
        change_day(person, DAY, {"closed_as": "none", "time_zone": "Europe/Rome"})
        assert days_checked_in(person, first, last) == 1
        change_day(person, DAY, {"closed_as": ""})

        assert diary_of(person) == DiaryRecord()
        assert day_of(person, DAY) == DayRecord(DAY)
        assert days_checked_in(person, first, last) == 0
        assert not standing_of_days(person, DAY, DAY)[DAY].holds_anything
        assert write(diary_of(person)) == write(DiaryRecord())

    def test_closed_as_none_stays_open_while_it_has_episodes(self, person: Person) -> None:
        log_episode(person, EVENING)

        change_day(person, DAY, {"closed_as": "none"})

        assert day_of(person, DAY).closed_as is None
        assert not Day.objects.get(person=person, date=DAY).entered


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["log", "change", "delete", "restore", "none"]),
        st.integers(0, 5),
        episodes(DAY, NEXT_DAY),
        places(),
        maybe(st.integers(0, 100)),
    ),
    max_size=12,
)


def _slip(*steps: str) -> list[Any]:
    """Steps of one evening with one twitch."""
    return [(step, 0, EVENING, ("calf", "left"), None) for step in steps]


@settings(max_examples=60, suppress_health_check=HEALTH)
@given(ACTIONS)
@example(_slip("none", "log", "delete"))
@example(_slip("none", "log", "delete", "restore"))
def test_totals_and_closings_are_true_after_any_steps(actions: list[Any]) -> None:
    person = Person.objects.create_user()
    logged: list[UUID] = []
    said_without: set[date] = set()
    for action, which, episode, (site, side), count in actions:
        if action == "none" and not episodes_on(person, episode.local_date):
            said_without.add(episode.local_date)
        _take(person, logged, action, which, episode, (site, side), count)

    found = diary_of(person)
    totals = totals_by_day(found.episodes)

    assert {day.date: day.totals for day in found.days if day.totals != NO_EPISODES} == totals
    closed = {day.date for day in found.days if day.closed_as == "none"}
    assert closed == said_without - totals.keys()
    for row in Day.objects.owned_by(person):
        assert (row.total_episodes > 0) == (row.date in totals)


def _take(
    person: Person,
    logged: list[UUID],
    action: str,
    which: int,
    episode: EpisodeRecord,
    place: tuple[str, str | None],
    count: int | None,
) -> None:
    """One step; those that make no sense now are left out, as a page would refuse them."""
    uid = logged[which] if which < len(logged) else None
    deleted = uid and Episode.objects.owned_by(person).filter(uid=uid).exclude(deleted_at=None)
    if action == "log" and UUID(episode.id) not in logged:
        log_episode(person, episode)
        logged.append(UUID(episode.id))
    elif action == "none" and not episodes_on(person, episode.local_date):
        change_day(person, episode.local_date, {"closed_as": "none"})
    elif uid and action == "delete":
        delete_episode(person, uid)
    elif uid and action == "restore":
        restore_episode(person, uid)
    elif uid and action == "change" and not deleted:
        change_episode(
            person,
            uid,
            {
                "started_at": episode.started_at,
                "ended_at": episode.ended_at,
                "running": episode.running,
                "site": place[0],
                "side": place[1],
                "twitch_count": count,
            },
        )
