"""Counts of the Twitch Profile: every day in one state, every episode in one length."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.records import DayRecord, DiaryRecord, EpisodeRecord
from tests.triage.hand_made import (
    AS_OF,
    complete,
    constant,
    days_ago,
    diary,
    episode,
    none,
    summed_up,
)
from triage.periods import Period, last_days
from triage.profile import facts
from triage.questions import Rate, sites

LEFT_CALF = {"site": "calf", "side": "left"}
LEFT_LID = {"site": "eyelid_lower", "side": "left"}


def episodes(day: date, count: int, **fields: object) -> list[EpisodeRecord]:
    return [episode(day, f"{hour:02d}:00", **fields) for hour in range(count)]


def state_of(day: DayRecord, count: int = 0) -> str:
    (found,) = diary([day], episodes(day.date, count)).days
    return facts.day_state(found)


class TestDayState:
    @pytest.mark.parametrize(("count", "state"), [(0, "none"), (1, "few"), (5, "few"), (6, "many")])
    def test_closed_days_by_their_episodes(self, count: int, state: str) -> None:
        assert state_of(complete(AS_OF), count) == state

    @pytest.mark.parametrize(
        ("day", "count", "state"),
        [
            (summed_up(AS_OF, "none"), 0, "none"),
            (summed_up(AS_OF, "a_few"), 0, "few"),
            (summed_up(AS_OF, "many"), 0, "many"),
            (summed_up(AS_OF, "many"), 2, "few"),
            (constant(AS_OF), 0, "constant"),
            (constant(AS_OF), 9, "constant"),
            (DayRecord(AS_OF, stress=3), 0, "unknown"),
            (DayRecord(AS_OF, stress=3), 1, "partial"),
        ],
    )
    def test_other_days(self, day: DayRecord, count: int, state: str) -> None:
        assert state_of(day, count) == state

    def test_a_day_without_a_record_is_unknown(self) -> None:
        assert facts.day_state(None) == "unknown"

    def test_states_add_up_to_the_days_of_the_period(self) -> None:
        record = diary([none(AS_OF), constant(days_ago(3))], episodes(days_ago(1), 7))
        days = facts.calendar(record, last_days(AS_OF, 28))

        found = facts.numbers(record, days)

        assert found.states == facts.DayStates(
            none=1, few=0, many=0, constant=1, partial=1, unknown=25
        )
        assert found.states.not_checked_in == 26
        assert found.constant_dates == (days_ago(3),)


class TestParts:
    @pytest.mark.parametrize(
        ("days", "lengths"),
        [
            (1, [1]),
            (14, [14]),
            (15, [1, 14]),
            (28, [14, 14]),
            (56, [14, 14, 14, 14]),
            (57, [14, 14, 14, 15]),
            (365, [91, 91, 91, 92]),
        ],
    )
    def test_fortnights_up_to_eight_weeks_then_four_equal_parts(
        self, days: int, lengths: list[int]
    ) -> None:
        assert [part.days for part in facts.parts_of(last_days(AS_OF, days))] == lengths

    @given(st.integers(1, 4000))
    def test_parts_follow_each_other_and_cover_the_period(self, days: int) -> None:
        period = last_days(AS_OF, days)

        parts = facts.parts_of(period)

        assert (parts[0].from_, parts[-1].to) == (period.from_, period.to)
        for earlier, later in pairwise(parts):
            assert later.from_ == earlier.to + timedelta(days=1)


class TestLengths:
    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"duration_s": 90}, (1, 0, 0)),
            ({"duration_s": 91}, (0, 1, 0)),
            ({"duration_s": 300}, (0, 1, 0)),
            ({"duration_s": 301}, (0, 0, 1)),
            ({"duration_class": "seconds"}, (1, 0, 0)),
            ({"duration_class": "about_a_minute"}, (1, 0, 0)),
            ({"duration_class": "minutes"}, (0, 1, 0)),
            ({"duration_class": "up_to_half_an_hour"}, (0, 0, 1)),
            ({"duration_class": "up_to_hours"}, (0, 0, 1)),
            ({"duration_class": "on_and_off_all_day"}, (0, 0, 1)),
            ({"duration_class": "seconds", "duration_s": 400}, (0, 0, 1)),
            ({}, (0, 0, 0)),
        ],
    )
    def test_each_length_is_counted_once(
        self, fields: dict[str, object], expected: tuple[int, int, int]
    ) -> None:
        found = facts.length_counts([episode(AS_OF, **fields)])

        assert (found.brief, found.minutes, found.longer) == expected
        assert (found.known, found.episodes) == (sum(expected), 1)

    def test_the_longest_is_the_latest_of_equal_ones(self) -> None:
        timed = [episode(days_ago(back), duration_s=60) for back in (3, 1)]

        assert facts.longest([*timed, episode(AS_OF)]) == facts.Longest(60, days_ago(1))

    def test_nothing_is_longest_without_a_timed_episode(self) -> None:
        assert facts.longest([episode(AS_OF, duration_class="minutes")]) is None


def test_contexts_and_witnesses_are_counted_where_noted() -> None:
    record = diary(
        episodes=[
            episode(AS_OF, "01:00", context="asleep", seen_by_others=True),
            episode(AS_OF, "02:00", context="rest", seen_by_others=False),
            episode(AS_OF, "03:00", context="rest"),
            episode(AS_OF, "04:00"),
        ]
    )

    found = facts.numbers(record, ())

    assert found.contexts == (("rest", 2), ("asleep", 1))
    assert found.contexts_noted == 3
    assert (found.seen_by_others, found.seen_noted) == (1, 2)


class TestPlaceRows:
    def rows(self, record: DiaryRecord) -> tuple[facts.PlaceRow, ...]:
        return facts.place_rows(record, record, sites(record), AS_OF)

    @pytest.mark.parametrize(("began", "new"), [(13, False), (14, True)])
    def test_a_place_is_new_only_with_a_diary_before_it(self, began: int, new: bool) -> None:
        record = diary(
            [complete(days_ago(n)) for n in range(began)],
            [episode(days_ago(began), **LEFT_LID), episode(AS_OF, **LEFT_CALF)],
        )

        assert [(row.count.site, row.new) for row in self.rows(record)] == [
            ("eyelid_lower", False),
            ("calf", new),
        ]

    @pytest.mark.parametrize(("first", "new"), [(27, True), (28, False)])
    def test_a_place_is_new_for_28_days(self, first: int, new: bool) -> None:
        record = diary(
            [complete(days_ago(60 + n)) for n in range(7)],
            [episode(days_ago(99), **LEFT_LID), episode(days_ago(first), **LEFT_CALF)],
        )

        assert self.rows(record)[1].new is new

    def test_a_short_period_does_not_make_an_old_place_new(self) -> None:
        early, late = episode(days_ago(90), **LEFT_CALF), episode(AS_OF, **LEFT_CALF)
        record = diary(episodes=[episode(days_ago(99), **LEFT_LID), early, late])
        window = diary(episodes=[late])

        (row,) = facts.place_rows(record, window, sites(window), AS_OF)

        assert (row.count.first, row.first_ever, row.new) == (AS_OF, days_ago(90), False)

    def test_only_checked_in_days_stand_beside_days_checked_in(self) -> None:
        record = diary(
            [complete(days_ago(1))],
            [episode(days_ago(1), **LEFT_CALF), episode(AS_OF, **LEFT_CALF)],
        )

        (row,) = self.rows(record)

        assert (row.count.days, row.days_checked_in) == (2, 1)

    def test_places_stand_by_the_days_that_are_printed_not_by_episodes(self) -> None:
        record = diary(
            episodes=[
                *episodes(days_ago(3), 9, **LEFT_CALF),
                *(episode(days_ago(n), **LEFT_LID) for n in (1, 2)),
            ],
        )

        assert [row.count.days for row in self.rows(record)] == [2, 1]

    def test_new_places_follow_the_two_with_most_days(self) -> None:
        old = [
            episode(days_ago(60 + n), f"{hour:02d}:00", site=site, side="left")
            for n, (site, times) in enumerate([("calf", 4), ("shin", 3), ("knee", 2)])
            for hour in range(times)
        ]
        record = diary(
            [complete(days_ago(40 + n)) for n in range(4)],
            [*old, episode(AS_OF, site="thumb", side="right")],
        )

        assert [row.count.site for row in self.rows(record)] == ["calf", "shin", "thumb", "knee"]


class TestWhere:
    def test_both_sides_are_marked_on_each_and_days_are_not_counted_twice(self) -> None:
        record = diary(
            [complete(days_ago(back)) for back in (2, 1)],
            [
                episode(days_ago(2), "01:00", site="calf", side="both"),
                episode(days_ago(2), "02:00", **LEFT_CALF),
                episode(days_ago(1), **LEFT_CALF),
            ],
        )
        days = facts.calendar(record, last_days(AS_OF, 14))

        (part,) = facts.where_parts(days, (), last_days(AS_OF, 14))

        assert part.places == (
            facts.MarkedPlace("calf", "left", 2, new=False),
            facts.MarkedPlace("calf", "right", 1, new=False),
        )
        assert part.coverage == facts.Coverage(last_days(AS_OF, 14), 2, 2)

    def test_new_is_marked_in_the_part_in_which_it_began(self) -> None:
        record = diary(
            [complete(days_ago(40 + n)) for n in range(7)],
            [
                episode(days_ago(27), **LEFT_LID),
                episode(days_ago(20), **LEFT_CALF),
                episode(AS_OF, **LEFT_CALF),
            ],
        )
        period = last_days(AS_OF, 28)
        rows = facts.place_rows(record, record, sites(record), AS_OF)

        first, second = facts.where_parts(facts.calendar(record, period), rows, period)

        assert [(mark.site, mark.new) for mark in first.places] == [
            ("eyelid_lower", True),
            ("calf", True),
        ]
        assert [(mark.site, mark.new) for mark in second.places] == [("calf", False)]


@pytest.mark.parametrize(
    ("sides", "silent"),
    [
        (["left"], ("right",)),
        (["right"], ("left",)),
        (["left", "right"], ()),
        (["both"], ()),
        (["midline"], ()),
        ([None], ()),
        ([], ()),
    ],
)
def test_a_side_is_silent_only_when_the_other_is_not(
    sides: list[str | None], silent: tuple[str, ...]
) -> None:
    found = diary(
        episodes=[episode(days_ago(n), site="chin", side=side) for n, side in enumerate(sides)]
    )

    assert facts.sides_without(sites(found)) == silent


def test_together_days_are_those_with_both_of_the_two_most_frequent_places() -> None:
    record = diary(
        [constant(days_ago(3), sites=(("calf", "left"),))],
        [
            *episodes(days_ago(2), 3, **LEFT_LID),
            episode(days_ago(2), "05:00", **LEFT_CALF),
            episode(days_ago(1), **LEFT_LID),
        ],
    )

    assert facts.together_days(record, sites(record)) == facts.TogetherDays(
        ("eyelid_lower", "left"), ("calf", "left"), days=1, twitch_days=3
    )


def test_one_place_has_nothing_to_be_together_with() -> None:
    record = diary(episodes=[episode(AS_OF, **LEFT_CALF)])

    assert facts.together_days(record, sites(record)) is None


def test_two_periods_lie_side_by_side() -> None:
    record = diary(
        [
            none(days_ago(56)),
            summed_up(days_ago(55), "many"),
            constant(days_ago(28)),
            complete(days_ago(27)),
        ],
        episodes(days_ago(27), 4),
    )

    found = facts.two_periods(record, AS_OF)

    assert found.last == facts.RatedDays(
        facts.Coverage(last_days(AS_OF, 28), 1, 1), Rate(4.0, 1), constant=0, summarised=0
    )
    assert found.before == facts.RatedDays(
        facts.Coverage(Period(days_ago(55), days_ago(28)), 2, 2),
        Rate(None, 0),
        constant=1,
        summarised=1,
    )


def test_places_join_in_the_order_of_their_first_day_since_the_onset() -> None:
    record = diary(
        episodes=[
            episode(days_ago(300), site="thumb", side="left"),
            episode(days_ago(20), **LEFT_CALF),
            episode(days_ago(30), **LEFT_LID),
        ]
    )

    found = facts.course_of_places(record, days_ago(30))

    assert [row.site for row in found] == ["eyelid_lower", "calf"]


def test_an_onset_after_the_last_entry_leaves_the_whole_diary() -> None:
    record = diary(episodes=[episode(days_ago(20), **LEFT_CALF)])

    assert [row.site for row in facts.course_of_places(record, AS_OF)] == ["calf"]
