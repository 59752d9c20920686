"""Caffeine through single days: what of each drink is left, what is left out, what is drawn."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.records import DayRecord, DiaryRecord, DrinkRecord
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
from triage.caffeine_course import HALF_LIFE_MIN, LONG_HALF_LIFE_MIN, SHORT_HALF_LIFE_MIN, left
from triage.caffeine_day import (
    SHOWN_DAYS,
    STEP_MIN,
    CaffeineDay,
    caffeine_days,
    levels,
    timed_dates,
)
from triage.caffeine_page import CaffeinePage, caffeine_page
from triage.charts.caffeine_on_board import on_board_chart, shared_scale
from triage.summary import summarise


def coffee(at: str | None, mg: int | None = 100) -> DrinkRecord:
    return DrinkRecord("filter_coffee", None, 1, mg, at)


def day(ago: int, *drinks: DrinkRecord) -> DayRecord:
    mg = sum(drink.mg or 0 for drink in drinks)
    return none(days_ago(ago), caffeine_mg=mg, drinks=drinks)


def found(*days: DayRecord) -> tuple[CaffeineDay, ...]:
    return caffeine_days(diary(days), AS_OF)


def today(*days: DayRecord) -> CaffeineDay:
    return found(*days)[0]


def place(clock: str) -> int:
    return (int(clock[:2]) * 60 + int(clock[3:])) // STEP_MIN


def page(*days: DayRecord, **more: object) -> CaffeinePage:
    return caffeine_page(summarise(diary(days, **more), AS_OF))


def finding(*days: DayRecord, **more: object) -> str:
    return page(*days, **more).days[0].finding


clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
drinks = st.lists(st.builds(coffee, clocks, st.integers(0, 2_000)), max_size=6)


class TestLevels:
    def test_half_of_one_drink_is_left_after_one_half_life(self) -> None:
        one = today(day(0, coffee("08:00")))

        assert one.levels[place("13:00")] == 50
        assert one.low[place("09:30")] == 50
        assert one.high[place("17:30")] == 50

    def test_nothing_is_on_board_before_the_first_drink(self) -> None:
        one = today(day(1), day(0, coffee("08:00")))

        for line in (one.levels, one.low, one.high):
            assert set(line[: place("08:00") + 1]) == {0}
            assert line[place("08:15")] > 0

    def test_the_grid_runs_from_midnight_to_midnight(self) -> None:
        assert len(today(day(0, coffee("08:00"))).levels) == 24 * 60 // STEP_MIN + 1

    def test_the_day_before_carries_over(self) -> None:
        one = today(day(1, coffee("22:00")), day(0, coffee("20:00")))

        assert one.levels[0] == left(120, 100)
        assert one.levels[place("03:00")] == 50

    def test_two_days_before_do_not(self) -> None:
        assert today(day(2, coffee("22:00")), day(0, coffee("20:00"))).levels[0] == 0

    def test_a_drink_at_midnight_belongs_to_the_day_it_begins(self) -> None:
        one = today(day(0, coffee("00:00")))

        assert one.levels[0] == 0
        assert one.levels[place("05:00")] == 50
        assert one.drinks == ((0, 100),)

    def test_a_drink_in_the_last_minute_is_felt_by_the_next_day(self) -> None:
        after, before = found(day(0, coffee("12:00")), day(1, coffee("23:59")))

        assert before.levels[-1] == after.levels[0] == left(1, 100)
        assert set(before.levels[:-1]) == {0}
        assert after.levels[1] == left(16, 100)

    def test_the_order_of_drinks_does_not_matter(self) -> None:
        cups = (coffee("08:00", 63), coffee("12:20", 96), coffee("12:20", 5), coffee("19:00", 150))

        assert len({today(day(0, *order)) for order in permutations(cups)}) == 1

    @given(drinks, drinks)
    def test_levels_are_never_negative_and_never_above_the_total(
        self, before: list[DrinkRecord], of_day: list[DrinkRecord]
    ) -> None:
        one = today(day(1, *before), day(0, coffee("10:00"), *of_day))
        total = one.timed_mg + sum(drink.mg or 0 for drink in before)

        for low, usual, high in zip(one.low, one.levels, one.high, strict=True):
            assert 0 <= low <= usual <= high <= total

    def test_the_range_lies_on_both_sides_of_the_usual(self) -> None:
        assert SHORT_HALF_LIFE_MIN < HALF_LIFE_MIN < LONG_HALF_LIFE_MIN

    def test_no_drink_leaves_nothing(self) -> None:
        assert set(levels((), HALF_LIFE_MIN)) == {0}


class TestLeftOut:
    def test_drinks_without_a_time_are_counted_and_not_drawn(self) -> None:
        one = today(day(0, coffee("08:00"), coffee(None), coffee(None, None)))

        assert (one.without_time, one.without_amount) == (2, 0)
        assert one.drinks == ((480, 100),)
        assert (one.timed_mg, one.mg) == (100, 200)
        assert one.levels == today(day(0, coffee("08:00"))).levels

    def test_a_drink_without_an_amount_is_counted_and_not_drawn(self) -> None:
        one = today(day(0, coffee("08:00"), coffee("12:00", None)))

        assert (one.without_time, one.without_amount) == (0, 1)
        assert one.drinks == ((480, 100),)

    def test_the_day_before_tells_what_it_leaves_out(self) -> None:
        cup = day(0, coffee("08:00"))

        assert today(cup).before_left_out_mg is None
        assert today(none(days_ago(1)), cup).before_left_out_mg is None
        assert today(day(1), cup).before_left_out_mg == 0
        assert today(day(1, coffee("08:00")), cup).before_left_out_mg == 0
        assert today(day(1, coffee("08:00"), coffee(None, 40)), cup).before_left_out_mg == 40
        assert today(none(days_ago(1), caffeine_mg=300), cup).before_left_out_mg == 300

    def test_caffeine_of_a_file_without_a_sum_is_that_of_its_drinks(self) -> None:
        one = today(replace(day(0, coffee("08:00"), coffee(None, 40)), caffeine_mg=None))

        assert one.mg == 140


class TestWhichDays:
    def test_the_last_seven_with_a_time_newest_first(self) -> None:
        days = [day(ago, coffee("08:00")) for ago in range(0, 30, 3)]

        dates = [one.date for one in found(*days)]

        assert dates == [days_ago(ago) for ago in range(0, 21, 3)]
        assert len(dates) == SHOWN_DAYS

    def test_a_day_whose_drinks_have_no_time_is_not_shown(self) -> None:
        assert found(day(0, coffee(None)), day(1), none(days_ago(2), caffeine_mg=90)) == ()

    def test_a_day_to_come_is_not_shown(self) -> None:
        assert timed_dates([day(-1, coffee("08:00"))], AS_OF) == ()


class TestTwitches:
    def test_they_are_those_of_the_day_by_the_minute(self) -> None:
        held = [
            episode(AS_OF, "21:30"),
            episode(AS_OF, "07:05"),
            episode(days_ago(1), "12:00"),
        ]
        (one,) = caffeine_days(diary([day(0, coffee("08:00"))], held), AS_OF)

        assert one.twitches == (7 * 60 + 5, 21 * 60 + 30)

    def test_one_without_an_exact_time_is_counted_and_not_drawn(self) -> None:
        held = [episode(AS_OF, "12:00", precision="part_of_day"), episode(AS_OF, "13:00")]
        (one,) = caffeine_days(diary([day(0, coffee("08:00"))], held), AS_OF)

        assert (one.twitches, one.twitches_without_time) == ((780,), 1)


class TestChart:
    def test_line_and_band_are_one_path_each(self) -> None:
        one = today(day(0, coffee("08:00")))
        chart = on_board_chart(one, shared_scale([one]))

        assert chart.line.startswith("M0 100L0.25 100L")
        assert chart.line.split("L")[-1].startswith("24 ")
        assert chart.line.count("M") == chart.band.count("M") == 1
        assert chart.band.endswith("L0 100z")
        assert chart.drinks == "M8 100v.1"
        assert chart.twitches == ""

    def test_all_days_share_the_scale_of_the_highest(self) -> None:
        small, large = found(day(0, coffee("08:00", 40)), day(2, coffee("08:00", 400)))

        assert shared_scale([small, large]) == shared_scale([large])
        assert shared_scale([small]).high == shared_scale([]).high == 100

    def test_twitches_are_strokes_at_their_hour(self) -> None:
        held = [episode(AS_OF, "06:30")]
        (one,) = caffeine_days(diary([complete(AS_OF, drinks=(coffee("08:00"),))], held), AS_OF)

        assert on_board_chart(one, shared_scale([one])).twitches == "M6.5 0V1"


class TestSentences:
    def test_all_of_a_day_with_its_times(self) -> None:
        told = finding(day(1), day(0), day(1, coffee("08:00"), coffee("10:30"), coffee("13:05")))

        assert told.startswith("Caffeine at 8:00, 10:30 and 13:05, 300 mg together. ")
        assert "left out" not in told

    def test_one_drink_is_not_together(self) -> None:
        assert finding(day(0, coffee("08:00"))).startswith("Caffeine at 8:00, 100 mg. ")

    def test_what_is_left_out_is_said(self) -> None:
        told = finding(day(0, coffee("08:00", 96), coffee(None, 48), coffee("09:00", None)))

        assert "Caffeine at 8:00: 96 of the 144 mg of the day." in told
        assert "1 drink without a time is left out." in told
        assert "1 drink without its mg is left out." in told
        assert "What was left of the day before is not known." in told

    def test_the_day_before_without_times_is_said(self) -> None:
        told = finding(day(1, coffee(None, 90)), day(0, coffee("08:00")))

        assert "90 mg of the day before have no time and are left out." in told

    def test_the_highest_level_comes_with_its_range(self) -> None:
        told = finding(day(0), day(1, coffee("08:00", 200)))

        assert "at most about 180 mg around 8:45, between people from 140 to 190." in told

    def test_today_may_not_be_over(self) -> None:
        assert "If nothing more is added" in finding(day(0, coffee("08:00")))
        assert "If nothing more is added" not in finding(day(1, coffee("08:00")))

    @pytest.mark.parametrize(
        ("closed", "held", "words"),
        [
            (none, 0, "Twitches: none."),
            (complete, 2, "Twitches: 2."),
            (constant, 0, "Twitches: it never stopped."),
            (DayRecord, 0, "Twitches: not recorded."),
            (DayRecord, 1, "Twitches: at least 1."),
        ],
    )
    def test_twitches_are_told_with_what_is_known(
        self, closed: type[DayRecord], held: int, words: str
    ) -> None:
        one = closed(AS_OF, caffeine_mg=100, drinks=(coffee("08:00"),))
        episodes = [episode(AS_OF, f"1{hour}:00") for hour in range(held)]

        assert finding(one, episodes=episodes).endswith(words)

    def test_one_without_an_exact_time_is_told(self) -> None:
        one = complete(AS_OF, caffeine_mg=100, drinks=(coffee("08:00"),))
        held = [episode(AS_OF, "12:00", precision="part_of_day"), episode(AS_OF, "13:00")]

        assert finding(one, episodes=held).endswith("Twitches: 2, 1 without an exact time.")

    def test_a_day_of_another_year_has_its_year(self) -> None:
        assert page(day(0, coffee("08:00"))).days[0].title == "Monday 4 May"
        assert page(day(150, coffee("08:00"))).days[0].title == "Friday 5 December 2025"


class TestTable:
    def rows(self, one: DayRecord, **more: object) -> dict[str, tuple[str, ...]]:
        return {row.name: row.cells for row in page(one, **more).days[0].rows}

    def test_a_row_is_two_hours(self) -> None:
        rows = self.rows(day(0, coffee("08:00"), coffee("09:59", 50), coffee("10:00", 20)))

        assert len(rows) == 12
        assert rows["8:00"] == ("150", "0", "0")
        assert rows["12:00"] == ("0", "110 (40–140)", "0")
        assert rows["10:00"][0] == "20"
        assert rows["0:00"][0] == "0"

    def test_nothing_is_zero_only_where_nothing_can_be_missing(self) -> None:
        open_day = DayRecord(AS_OF, caffeine_mg=200, drinks=(coffee("08:00"), coffee(None)))
        rows = self.rows(open_day, episodes=[episode(AS_OF, "09:00")])

        assert rows["8:00"][::2] == ("100", "1")
        assert rows["10:00"][::2] == ("–", "–")

    def test_every_twitch_is_in_one_row(self) -> None:
        held = [episode(AS_OF, clock) for clock in ("00:00", "01:59", "02:00", "23:59")]
        rows = self.rows(complete(AS_OF, drinks=(coffee("08:00"),)), episodes=held)

        assert [cells[2] for cells in rows.values()] == ["2", "1", *["0"] * 9, "1"]


class TestMarksOfUnknownDays:
    @pytest.mark.parametrize(
        ("closed", "constant_day", "unknown"),
        [(none, False, False), (constant, True, False), (DayRecord, False, True)],
    )
    def test_a_day_nobody_closed_is_hatched(
        self, closed: type[DayRecord], constant_day: bool, unknown: bool
    ) -> None:
        shown = page(closed(AS_OF, caffeine_mg=100, drinks=(coffee("08:00"),)))

        assert (shown.days[0].constant, shown.days[0].unknown) == (constant_day, unknown)
        assert (shown.constant, shown.unknown) == (constant_day, unknown)

    def test_a_day_told_in_a_word_has_no_times(self) -> None:
        told = summed_up(AS_OF, "many", caffeine_mg=100, drinks=(coffee("08:00"),))

        assert page(told).days[0].unknown


def test_an_empty_diary_has_no_days() -> None:
    assert caffeine_page(summarise(DiaryRecord(), AS_OF)).days == ()
