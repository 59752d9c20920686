"""Caffeine through a day: what is left of each drink, over days that tell when it was drunk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.records import DayRecord, DrinkRecord
from tests.triage.hand_made import AS_OF, complete, days_ago, diary, episode, none
from tests.triage.paths import subpaths
from triage.caffeine_course import HALF_LIFE_MIN, TAKEN_UP_MIN, caffeine_course, left
from triage.charts.caffeine_day import caffeine_day_chart
from triage.periods import last_days

WEEK = last_days(AS_OF, 7)


def coffee(at: str | None, mg: int = 100) -> DrinkRecord:
    return DrinkRecord("filter_coffee", None, 1, mg, at)


def day(ago: int, *drinks: DrinkRecord, **more: object) -> DayRecord:
    mg = sum(drink.mg or 0 for drink in drinks)
    return none(days_ago(ago), caffeine_mg=mg, drinks=drinks or None, **more)


def course(*days: DayRecord):  # noqa: ANN201
    return caffeine_course(diary(days), WEEK)


class TestLeft:
    def test_half_is_gone_after_five_hours(self) -> None:
        assert left(HALF_LIFE_MIN, 100) == 50
        assert left(2 * HALF_LIFE_MIN, 100) == 25

    def test_nothing_is_there_before_the_drink(self) -> None:
        assert left(-1, 100) == left(0, 100) == 0

    def test_it_is_taken_up_within_three_quarters_of_an_hour(self) -> None:
        assert left(TAKEN_UP_MIN / 2, 100) < left(TAKEN_UP_MIN, 100) > left(TAKEN_UP_MIN * 2, 100)

    @given(st.floats(min_value=-3_000, max_value=3_000))
    def test_never_more_than_was_drunk(self, minutes: float) -> None:
        assert 0 <= left(minutes, 100) <= 100


class TestDays:
    def test_the_level_rises_at_the_drink_and_falls_after(self) -> None:
        levels = course(day(0, coffee("08:00"))).levels

        assert levels[:17] == (0,) * 17
        assert levels[17] < levels[18] > levels[30]
        assert len(levels) == 49

    def test_what_is_left_of_the_evening_before_counts(self) -> None:
        found = course(day(1, coffee("22:00")), day(0))

        # Each of the two days: one wakes with it, one drinks it.
        assert found.levels[0] == pytest.approx(left(120, 100) / 2)

    def test_a_drink_without_a_time_leaves_its_day_out(self) -> None:
        assert course(day(0, coffee("08:00"), coffee(None))).days == 0
        assert course(day(0, coffee("08:00"), coffee("12:00"))).days == 1

    def test_caffeine_beyond_the_drinks_leaves_its_day_out(self) -> None:
        noted = none(AS_OF, caffeine_mg=300, drinks=(coffee("08:00"),))

        assert course(noted).days == 0

    def test_a_day_without_caffeine_needs_no_time_an_unknown_one_stays_out(self) -> None:
        found = course(day(0), none(days_ago(1)))

        assert (found.days, found.with_drinks) == (1, 0)

    def test_twitches_are_those_of_the_same_days(self) -> None:
        timed = complete(AS_OF, caffeine_mg=100, drinks=(coffee("08:00"),))
        other = complete(days_ago(1), caffeine_mg=100)
        held = [episode(AS_OF, "09:00"), episode(days_ago(1), "09:00")]

        assert sum(caffeine_course(diary([timed, other], held), WEEK).twitches) == 1

    def test_an_empty_diary_has_an_empty_course(self) -> None:
        assert course().days == 0
        assert set(course().levels) == {0}


class TestChart:
    def test_the_line_is_one_path_from_midnight_to_midnight(self) -> None:
        chart = caffeine_day_chart(course(day(0, coffee("08:00"))))

        (line,) = subpaths(chart.line)
        assert line[0] == (0, 100)
        assert line[-1][0] == 24
        assert subpaths(chart.area) == [[*line, (24, 100), (0, 100), line[0]]]
        assert chart.bars == ""

    def test_heights_stay_within_the_frame(self) -> None:
        chart = caffeine_day_chart(course(day(0, coffee("08:00"), coffee("14:00", 400))))
        (line,) = subpaths(chart.line)
        heights = [y for _x, y in line]

        assert min(heights) == 4
        assert max(heights) == 100
