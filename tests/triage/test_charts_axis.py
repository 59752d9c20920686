"""The axes of charts over time: how many marks, which dates, which values."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.records import EventRecord
from triage.charts.axis import (
    HEADROOM,
    MOST_MARKS,
    MOST_WORDS,
    ROOM_FOR_WORDS,
    ValueAxis,
    halves,
    marked_dates,
    round_top,
    time_axis,
)
from triage.periods import last_days

AS_OF = date(2026, 5, 4)


def axis(days: int):  # noqa: ANN201
    return time_axis(last_days(AS_OF, days))


class TestTimeAxis:
    def test_twelve_weeks_have_a_mark_for_each_day(self) -> None:
        assert (axis(84).marks, axis(84).by_day) == (84, True)

    def test_one_day_more_has_a_mark_for_each_week(self) -> None:
        found = axis(85)

        assert (found.marks, found.weeks_per_mark, found.by_day) == (13, 1, False)
        assert found.period == last_days(AS_OF, 13 * 7)

    @pytest.mark.parametrize(("weeks", "each"), [(120, 1), (121, 2), (240, 2), (241, 4)])
    def test_marks_stand_for_more_weeks_where_there_would_be_too_many(
        self, weeks: int, each: int
    ) -> None:
        assert axis(7 * weeks).weeks_per_mark == each

    def test_ten_years_have_at_most_120_marks(self) -> None:
        assert axis(3_652).marks <= MOST_MARKS

    @given(st.integers(min_value=1, max_value=73_000))
    def test_any_period_has_at_most_120_marks_and_few_dates(self, days: int) -> None:
        found = axis(days)

        assert 1 <= found.marks <= MOST_MARKS
        assert found.period.to == AS_OF
        assert found.period.days == found.marks * found.days_per_mark >= days
        assert sum(bool(tick.words) for tick in found.ticks) <= MOST_WORDS
        assert all(0 <= tick.at < 100 for tick in found.ticks)
        assert all(tick.at <= 100 - ROOM_FOR_WORDS for tick in found.ticks if tick.words)

    def test_lines_of_days_are_mondays(self) -> None:
        found = axis(56)
        days = [found.period.from_ + timedelta(days=round(t.at * 0.56)) for t in found.ticks]

        assert {day.weekday() for day in days} == {0}
        assert [tick.words for tick in found.ticks if tick.words] == [
            "16 Mar",
            "30 Mar",
            "13 Apr",
            "27 Apr",
        ]

    def test_long_periods_are_told_by_months_then_by_years(self) -> None:
        assert [t.words for t in axis(182).ticks if t.words] == ["Dec 2025", "Feb", "Apr"]
        assert [t.words for t in axis(3_650).ticks if t.words] == ["2018", "2020", "2022", "2024"]


class TestValueAxis:
    def test_zero_stands_on_the_base_line_and_the_top_value_leaves_headroom(self) -> None:
        assert halves(8).y(0) == 100
        assert halves(8).y(8) == HEADROOM
        assert halves(8).y(4) == (100 + HEADROOM) / 2

    def test_values_beyond_the_axis_end_at_the_edge(self) -> None:
        assert ValueAxis(240, 600).y(100) == 100
        assert ValueAxis(0, 10).y(99) == 0

    @pytest.mark.parametrize(
        ("highest", "top"),
        [(0, 2), (2, 2), (3, 4), (5, 6), (8, 8), (9, 10), (11, 12), (13, 16), (17, 20), (41, 60)],
    )
    def test_top_is_the_next_round_number(self, highest: float, top: float) -> None:
        assert round_top(highest) == top

    @given(st.floats(min_value=0, max_value=1e6))
    def test_top_is_never_below_the_highest(self, highest: float) -> None:
        assert round_top(highest, 0.2) >= highest


class TestMarkedDates:
    def test_words_stand_to_the_right_of_their_line(self) -> None:
        (found,) = marked_dates(axis(56), [EventRecord(date(2026, 4, 13), "new job")])

        assert (found.words, found.leftward, found.upper) == ("new job", False, False)
        assert found.at == 60.71

    def test_words_near_the_end_stand_to_the_left(self) -> None:
        (found,) = marked_dates(axis(56), [EventRecord(AS_OF, "stopped coffee")])

        assert found.leftward

    def test_words_that_would_touch_stand_in_a_second_row_a_third_has_none(self) -> None:
        days = [date(2026, 4, day) for day in (1, 2, 3)]
        found = marked_dates(axis(56), [EventRecord(day, str(day.day)) for day in days])

        assert [(one.words, one.upper) for one in found] == [("1", False), ("2", True), ("", False)]

    def test_dates_outside_are_not_drawn(self) -> None:
        assert marked_dates(axis(28), [EventRecord(date(2026, 1, 1), "x")]) == ()
