"""The course as a drawing: one mark a twitch day, nothing outside its box, words that fit."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.records import DiaryRecord, EventRecord, MedicineRecord, Onset, PersonRecord
from tests.triage.hand_made import AS_OF, complete, constant, days_ago, diary, episode, none
from tests.triage.printed_diaries import diary_of
from triage.charts import course as chart
from triage.charts.course import CourseDrawing, Event, Scale
from triage.profile.course import CONSTANT, FEW, MANY, Course, course_of
from triage.profile.options import ProfileOptions
from triage.profile.places_panel import course_panel
from triage.summary import Summary, summarise

CALF = {"site": "calf", "side": "left"}
LID = {"site": "eyelid_lower", "side": "left"}


def summary_of(record: DiaryRecord, weeks: int | None = None) -> Summary:
    return summarise(record, AS_OF, weeks)


def drawn(record: DiaryRecord, weeks: int | None = None) -> CourseDrawing:
    return course_panel(summary_of(record, weeks), ProfileOptions()).drawing


def course(record: DiaryRecord, weeks: int | None = None) -> Course:
    return course_of(summary_of(record, weeks))


def boxes(path: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every box of a path."""
    found = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)", path)
    return [(float(x), float(y), float(x) + float(w), float(y) + float(h)) for x, y, w, h in found]


class TestColumns:
    @pytest.mark.parametrize(("days", "column_days"), [(1, 1), (84, 1), (85, 7), (728, 7)])
    def test_a_day_each_up_to_twelve_weeks_then_a_week(self, days: int, column_days: int) -> None:
        assert course(diary([none(days_ago(days - 1)), none(AS_OF)])).column_days == column_days

    @pytest.mark.parametrize("days", [729, 1_400, 3_650])
    def test_longer_diaries_take_more_weeks_to_a_column(self, days: int) -> None:
        found = course(diary([none(days_ago(days - 1)), none(AS_OF)]))

        assert found.column_days % 7 == 0
        assert found.column_days > 7
        assert len(found.closed) <= 104

    @given(st.integers(2, 3_650))
    def test_columns_cover_the_diary_without_gap(self, days: int) -> None:
        found = course(diary([none(days_ago(days - 1)), none(AS_OF)]))
        starts = found.starts

        assert starts[0] == days_ago(days - 1)
        steps = [later - earlier for earlier, later in pairwise(starts[1:])]
        assert set(steps) <= {timedelta(days=found.column_days)}
        assert (AS_OF - starts[-1]).days < found.column_days

    def test_heights_tell_few_many_constant_none_and_unknown_apart(self) -> None:
        lid = ("eyelid_lower", "left")
        entered = [
            complete(days_ago(5)),
            complete(days_ago(4)),
            constant(days_ago(3), sites=(lid,)),
            none(days_ago(2)),
            constant(days_ago(0), sites=(("calf", "left"),)),
        ]
        logged = [episode(days_ago(5), **LID)]
        logged += [episode(days_ago(4), f"{hour:02d}:00", **LID) for hour in range(6)]

        (row,) = (row for row in course(diary(entered, logged)).places if row.place == lid)

        assert row.heights == (FEW, MANY, CONSTANT, 0, None, None)

    def test_a_twitch_on_a_day_that_is_not_checked_in_is_marked_in_the_hatching(self) -> None:
        record = diary([none(days_ago(3)), none(AS_OF)], [episode(days_ago(1), **LID)])

        assert course(record).closed == (True, False, False, True)
        assert course(record).places[0].heights == (0, None, FEW, 0)


class TestAxis:
    def test_it_begins_with_the_medicine_before_the_onset(self) -> None:
        record = diary(
            [none(days_ago(27 - n)) for n in range(28)],
            person=PersonRecord(onset=Onset(days_ago(35), "week", None, True)),
            medicines=(
                MedicineRecord("sertraline", started_on=days_ago(48)),
                MedicineRecord("inhaler", started_on=date(2019, 1, 1)),
            ),
        )

        assert course(record).axis.from_ == days_ago(48)

    def test_the_time_before_the_diary_takes_at_most_half(self) -> None:
        record = diary(
            [none(days_ago(27 - n)) for n in range(28)],
            person=PersonRecord(onset=Onset(days_ago(900), "season", None, True)),
        )

        assert course(record).axis.from_ == days_ago(55)

    def test_it_begins_with_the_period_where_the_diary_is_older(self) -> None:
        found = course(diary_of(200, person=PersonRecord(onset=Onset(days_ago(300)))), weeks=4)

        assert found.axis.from_ == days_ago(27)
        assert not found.begins_here

    def test_a_sheet_from_answers_alone_has_no_columns(self) -> None:
        found = course(diary(episodes=[episode(AS_OF, **LID)]))

        assert found.diary_from is None
        assert found.closed == ()


class TestDrawing:
    @pytest.mark.parametrize("days", [1, 2, 14, 28, 84])
    def test_a_place_has_one_mark_for_each_of_its_days(self, days: int) -> None:
        summary = summary_of(diary_of(days))
        panel = course_panel(summary, ProfileOptions())
        days_of = {row.count.place: row.count.days for row in summary.places}

        for row, place in zip(panel.drawing.rows, course_of(summary).places, strict=False):
            if place.place is not None:
                assert row.marks.count("M") == days_of[place.place]

    @pytest.mark.parametrize("days", [1, 2, 14, 28, 84, 85, 400, 3650])
    def test_everything_stays_inside_the_time_axis(self, days: int) -> None:
        drawing = drawn(diary_of(days))

        for row in drawing.rows:
            for left, top, right, bottom in boxes(row.marks + row.pale + row.dots):
                assert chart.LEFT - 0.01 <= left < right <= chart.RIGHT + 0.01
                assert chart.GRID_TOP <= top < bottom <= row.base + 0.02

    @pytest.mark.parametrize("days", [84, 400, 3650])
    def test_a_row_has_at_most_120_marks(self, days: int) -> None:
        for row in drawn(diary_of(days)).rows:
            assert max(row.marks.count("M") + row.pale.count("M"), row.dots.count("M")) <= 120

    def test_bars_of_sleep_start_at_zero_and_black_is_under_the_target(self) -> None:
        record = diary(
            [complete(days_ago(1), sleep_min=419), complete(AS_OF, sleep_min=420)],
            [episode(days_ago(1), **LID)],
        )

        sleep = drawn(record).rows[-2]

        assert (sleep.marks.count("M"), sleep.pale.count("M")) == (1, 1)
        ((_, under, _, base),), ((_, at_target, _, _),) = boxes(sleep.marks), boxes(sleep.pale)
        assert base == pytest.approx(sleep.base, abs=0.01)
        assert sleep.target == pytest.approx(at_target, abs=0.01)
        assert under > at_target

    def test_stress_of_seven_is_outside_and_caffeine_of_400_is_not(self) -> None:
        record = diary([complete(AS_OF, caffeine_mg=400, stress=7)], [episode(AS_OF, **LID)])
        caffeine, _, stress = drawn(record).rows[-3:]

        assert (bool(caffeine.marks), bool(caffeine.pale)) == (False, True)
        assert (bool(stress.marks), bool(stress.pale)) == (True, False)

    def test_the_hatching_covers_open_days_alone(self) -> None:
        record = diary([none(days_ago(2)), none(AS_OF)])
        drawing = drawn(record)
        width = (chart.RIGHT - chart.LEFT) / 14
        xs = [float(x) for x in re.findall(r"[ML]([\d.]+) ", drawing.hatch)]

        assert min(xs) >= chart.RIGHT - 2 * width - 0.02
        assert max(xs) <= chart.RIGHT - width + 0.02
        assert drawn(diary([none(days_ago(1)), none(AS_OF)])).hatch == ""

    def test_recalled_dashes_end_where_the_diary_begins(self) -> None:
        record = diary(
            [complete(days_ago(n)) for n in range(28)],
            [episode(days_ago(27), **LID)],
            person=PersonRecord(onset=Onset(days_ago(40), "week", None, True)),
        )
        drawing = drawn(record)

        assert drawing.rows[0].dashes == (chart.LEFT, drawing.diary_x)


class TestEvents:
    SCALE = Scale(AS_OF, 2.0)

    def spans(self, markers: tuple[chart.Marker, ...]) -> list[tuple[float, float, float]]:
        found = []
        for marker in markers:
            width = chart.text_width(marker.label, chart.EVENT_SIZE, bold=marker.strong)
            left = marker.text_x if marker.anchor == "start" else marker.text_x - width
            found.append((marker.text_y, left, left + width))
        return found

    @given(
        st.lists(
            st.builds(
                Event,
                st.integers(0, 60).map(lambda n: AS_OF + timedelta(days=n)),
                st.text("abc ", min_size=1, max_size=24),
                st.booleans(),
            ),
            max_size=12,
        )
    )
    def test_words_never_touch_and_what_finds_no_room_is_left_away(
        self, events: list[Event]
    ) -> None:
        markers = chart.place_events(events, self.SCALE)
        spans = self.spans(markers)

        assert len(markers) <= len(events)
        for number, (lane, left, right) in enumerate(spans):
            assert left >= chart.LEFT - 1
            assert right <= chart.RIGHT
            for other_lane, other_left, other_right in spans[number + 1 :]:
                assert lane != other_lane or right <= other_left or other_right <= left

    def test_one_lane_is_enough_for_few(self) -> None:
        events = [Event(AS_OF, "one"), Event(AS_OF + timedelta(days=30), "two")]

        assert {marker.text_y for marker in chart.place_events(events, self.SCALE)} == {7.9}

    def test_events_before_the_axis_point_back_one_behind_the_other(self) -> None:
        events = [Event(days_ago(900), name) for name in ("medicine", "start", "calf")]

        markers = chart.place_events(events, self.SCALE)

        assert [(marker.label, marker.anchor) for marker in markers] == [
            ("medicine", "start"),
            ("start", "start"),
            ("calf", "start"),
        ]
        assert markers[0].text_x == round(chart.LEFT + 1.2, 2)
        assert markers[0].text_x < markers[1].text_x < markers[2].text_x
        assert {marker.text_y for marker in markers} == {7.9}

    def test_what_came_before_a_short_period_stands_at_its_edge_with_its_date(self) -> None:
        record = replace(
            diary([none(days_ago(n)) for n in range(90)], [episode(days_ago(40), **CALF)]),
            person=PersonRecord(onset=Onset(days_ago(100), "week", recalled=True)),
            medicines=(MedicineRecord("Sertraline", started_on=days_ago(113)),),
            events=(EventRecord(days_ago(50), "new job"),),
        )

        labels = [marker.label for marker in drawn(record, 4).markers]

        assert labels == ["Sertraline started 11 Jan", "calf, recalled 24 Jan"]

    def test_the_first_of_the_list_takes_its_room_first(self) -> None:
        events = [Event(AS_OF, "first" * 3)] + [Event(AS_OF, "later" * 3)] * 4

        markers = chart.place_events(events, self.SCALE)

        assert markers[0].label == "first" * 3
        assert len(markers) < len(events)

    def test_events_without_room_are_counted_in_the_legend(self) -> None:
        crowd = tuple(EventRecord(AS_OF, f"something that happened {n}") for n in range(6))
        record = diary([none(days_ago(27 - n)) for n in range(28)], events=crowd)

        panel = course_panel(summary_of(record), ProfileOptions(second_page=True))

        shown = len(panel.drawing.markers)
        assert f"{6 - shown} dates more: page 2" in panel.legend
