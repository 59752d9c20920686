"""Small multiples by day: what is known of a day decides how its mark looks."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from diary.records import DayRecord
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
from tests.triage.paths import subpaths
from triage.charts.axis import MOST_MARKS, ValueAxis, time_axis
from triage.charts.daily import factor_by_day, twitches_by_day
from triage.charts.timeline import BAR, Timeline
from triage.periods import last_days
from triage.profile.facts import calendar

WEEK = last_days(AS_OF, 7)
PATHS = ("bars", "least", "least_sides", "about", "constant", "constant_tops", "rings", "line")


def chart(days: list[DayRecord], episodes: list[object] = ()) -> Timeline:  # type: ignore[assignment]
    record = diary(days, episodes)  # type: ignore[arg-type]
    return twitches_by_day(time_axis(WEEK), calendar(record, WEEK))


def twitches(count: int, ago: int = 0) -> list[object]:
    return [episode(days_ago(ago), f"12:{number:02}") for number in range(count)]


class TestLooks:
    def test_counted_twitches_are_a_bar_from_the_base_line_to_their_number(self) -> None:
        found = chart([complete(AS_OF)], twitches(4))

        assert subpaths(found.bars) == [[(6.5, 8), (6.5, 100)]]
        assert found.count == 1

    def test_a_day_without_is_a_ring_on_the_base_line_and_no_bar(self) -> None:
        found = chart([none(AS_OF)])

        assert (found.bars, found.rings) == ("", "M6.5 96.5v.1")

    def test_a_day_not_closed_is_pale_with_two_sides_and_no_top(self) -> None:
        found = chart([], twitches(2))

        assert (found.bars, len(subpaths(found.least))) == ("", 1)
        assert subpaths(found.least_sides) == [[(6.16, 100), (6.16, 8)], [(6.84, 8), (6.84, 100)]]

    def test_a_constant_day_reaches_the_edge_of_the_panel(self) -> None:
        found = chart([constant(AS_OF)])

        assert subpaths(found.constant)[0][:4] == [(6.16, 100), (6.16, 0), (6.84, 0), (6.84, 100)]
        assert subpaths(found.constant_tops) == [[(6.16, 1), (6.84, 1)]]
        assert found.bars == ""

    @pytest.mark.parametrize(("word", "height"), [("a_few", 72), ("many", 8)])
    def test_a_word_is_an_outline_at_what_it_stands_for(self, word: str, height: int) -> None:
        found = chart([summed_up(AS_OF, word), summed_up(days_ago(1), "many")])

        assert subpaths(found.about)[-1][1:3] == [(6.16, height), (6.84, height)]
        assert (found.bars, found.rings) == ("", "")

    def test_a_word_for_none_is_a_ring(self) -> None:
        assert chart([summed_up(AS_OF, "none")]).rings

    def test_a_day_about_which_nothing_is_known_is_a_gap(self) -> None:
        found = chart([none(days_ago(6)), DayRecord(days_ago(5), caffeine_mg=100), none(AS_OF)])

        assert found.gaps == "M.1429 0H.8571V1H.1429z"
        assert found.count == 2

    def test_an_empty_period_is_one_gap(self) -> None:
        found = chart([])

        assert found.gaps == "M0 0H1V1H0z"
        assert all(getattr(found, path) == "" for path in PATHS)


class TestFrame:
    @given(st.lists(st.integers(min_value=-2, max_value=400), min_size=84, max_size=84))
    def test_marks_lie_within_the_frame_and_are_at_most_120(self, counts: list[int]) -> None:
        period = last_days(AS_OF, 84)
        found = twitches_by_day(time_axis(period), calendar(made(counts), period))

        assert found.count + gap_days(found) == 84 <= MOST_MARKS
        bars = subpaths(found.bars)
        assert [x for (x, _top), _base in bars] == [
            place + 0.5 for place, count in enumerate(counts) if count > 0
        ]
        assert all(0 <= top <= 100 == base for (_x, top), (_same, base) in bars)
        assert len(subpaths(found.rings)) == counts.count(0)
        for x, y in chain(*subpaths(found.constant)):
            assert 0 <= x <= 84
            assert 0 <= y <= 100

    def test_words_of_a_gap_stand_only_where_there_is_room(self) -> None:
        days = [none(days_ago(ago)) for ago in range(3)]
        axis, found = time_axis(WEEK), calendar(diary(days), WEEK)
        wide = twitches_by_day(axis, found, gap_words="diary from 2 May")
        narrow = twitches_by_day(
            axis, calendar(diary([*days, none(days_ago(3))]), WEEK), gap_words="diary from 1 May"
        )

        assert (wide.gap_words, wide.begins_late) == ("diary from 2 May", True)
        assert (narrow.gap_words, narrow.begins_late) == ("", True)


def test_the_stylesheet_draws_bars_as_wide_as_the_outlines_beside_them() -> None:
    css = Path(settings.BASE_DIR, "static", "css", "trends.css").read_text()

    (rule,) = re.findall(r"\.chart \.stems \{([^}]*)\}", css)
    assert f"stroke-width: {BAR};" in rule
    assert "vector-effect: none" in rule


class TestFactors:
    def test_the_line_of_a_scale_breaks_at_gaps(self) -> None:
        days = [none(days_ago(ago), sleep_min=420) for ago in (6, 5, 3)]
        found = factor_by_day(
            time_axis(WEEK), calendar(diary(days), WEEK), lambda d: d.sleep_min, ValueAxis(240, 600)
        )

        assert subpaths(found.line) == [[(0.5, 54), (1.5, 54)], [(3.5, 54)]]
        assert [min(point) for point in subpaths(found.dots)] == [(0.5, 54), (1.5, 54), (3.5, 54)]
        assert found.bars == ""

    def test_none_of_it_is_a_ring_and_not_recorded_is_a_gap(self) -> None:
        days = [none(AS_OF, caffeine_mg=0), none(days_ago(1), caffeine_mg=400), none(days_ago(2))]
        found = factor_by_day(
            time_axis(WEEK),
            calendar(diary(days), WEEK),
            lambda day: day.caffeine_mg,
            ValueAxis(0, 500),
            target=400,
        )

        assert len(subpaths(found.rings)) == len(subpaths(found.bars)) == 1
        assert found.gaps == "M0 0H.7143V1H0z"
        assert found.target == 26.4


def gap_days(found: Timeline) -> int:
    spans = re.findall(r"M([\d.]+) 0H([\d.]+)V", found.gaps)
    return round(sum((float(end) - float(start)) * found.axis.marks for start, end in spans))


def made(counts: list[int]):  # noqa: ANN201
    """-2: nothing known, -1: never stopped, else a counted day."""
    start = AS_OF - timedelta(days=len(counts) - 1)
    from diary.records import DayTotals, DiaryRecord

    return DiaryRecord(
        days=tuple(
            DayRecord(
                start + timedelta(days=place),
                closed_as="constant" if count == -1 else "complete",
                totals=DayTotals(episodes=max(0, count)),
            )
            for place, count in enumerate(counts)
            if count != -2
        )
    )
