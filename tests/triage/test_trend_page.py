"""What the trends page is composed of: panels, rows, links and the way to the first picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from diary.records import (
    DayRecord,
    DiaryRecord,
    DrinkRecord,
    EventRecord,
    NamedQuestion,
    OwnFactorRecord,
    PersonRecord,
    Settings,
)
from tests.triage.hand_made import AS_OF, complete, days_ago, diary, episode, none, summed_up
from tests.triage.paths import subpaths
from triage.charts.axis import MOST_MARKS
from triage.summary import Summary, summarise
from triage.trend_page import LEAST_DAYS, TrendPage, shown_period, trend_page, waiting

CALF, LID = ("calf", "left"), ("eyelid_upper", "right")


def kept(days: int, **fields: object) -> DiaryRecord:
    """A checked-in day each, with a calf twitch on every second and a lid twitch on the first."""
    held = [complete(days_ago(ago), caffeine_mg=100 * (ago % 6)) for ago in range(days)]
    episodes = [
        episode(days_ago(ago), site="calf", side="left", duration_s=30) for ago in range(0, days, 2)
    ]
    lid = episode(days_ago(days - 1), "09:00", site="eyelid_upper", side="right")
    return replace(diary(held, [*episodes, lid]), **fields)


def summary(record: DiaryRecord, weeks: int = 8) -> Summary:
    return summarise(record, AS_OF, weeks)


class TestWaiting:
    @pytest.mark.parametrize("have", [0, 1, 2])
    def test_below_three_days_it_says_what_is_missing(self, have: int) -> None:
        found = waiting(summary(diary(none(days_ago(ago)) for ago in range(have))))

        assert found is not None
        assert f"You have {have}." in found.title
        assert [bool(day.words) for day in found.days] == [True] * have + [False] * (3 - have)

    def test_three_days_are_enough(self) -> None:
        assert waiting(summary(diary(none(days_ago(ago)) for ago in range(3)))) is None

    def test_today_counts_as_long_as_it_is_open(self) -> None:
        closed, still_open = (
            waiting(summary(diary(days)))
            for days in ([none(AS_OF), none(days_ago(1))], [none(days_ago(1)), none(days_ago(2))])
        )

        assert closed is not None
        assert still_open is not None
        assert closed.earliest == "Earliest Tuesday 5 May."
        assert still_open.earliest == "Earliest Monday 4 May."

    def test_days_without_a_check_in_do_not_count(self) -> None:
        found = waiting(summary(diary([], [episode(days_ago(ago)) for ago in range(9)])))

        assert found is not None
        assert "You have 0." in found.title


class TestPeriod:
    def test_a_young_diary_is_drawn_over_four_weeks(self) -> None:
        assert shown_period(summary(kept(5)), 26).days == LEAST_DAYS

    def test_the_time_before_the_diary_is_not_drawn(self) -> None:
        assert shown_period(summary(kept(40)), 26).days == 40
        assert shown_period(summary(kept(40)), None).days == 40
        assert shown_period(summary(kept(400)), 8).days == 56


class TestCourse:
    def test_panels_have_a_fixed_order_and_one_axis(self) -> None:
        own = (OwnFactorRecord("late", "Late", "yes_no"),)
        person = PersonRecord(settings=Settings(factors=("alcohol",)))
        page = trend_page(summary(kept(60, own_factors=own, person=person)), None, 8)

        assert [panel.code for panel in page.course.panels] == [
            *("twitches", "caffeine", "sleep", "stress", "alcohol", "late"),
        ]
        assert len({panel.chart.axis for panel in page.course.panels}) == 1

    def test_figures_of_a_chart_and_of_its_table_are_the_same(self) -> None:
        course = trend_page(summary(kept(60)), None, 8).course
        counts = [row.cells[0] for row in course.rows]

        assert len(course.rows) == 56
        assert len(subpaths(course.panels[0].chart.bars)) == sum(cell.isdigit() for cell in counts)
        assert len(subpaths(course.panels[0].chart.rings)) == counts.count("none")
        assert course.panels[0].finding == "on 28 of 56 checked-in days"

    def test_beyond_twelve_weeks_it_is_told_by_week(self) -> None:
        course = trend_page(summary(kept(400)), None, 26).course

        assert (course.weeks, len(course.rows)) == (1, 26)
        assert trend_page(summary(kept(400)), None, 12).course.weeks == 0

    def test_ten_years_stay_within_120_marks(self) -> None:
        course = trend_page(summary(kept(3_650), 26), None, None).course

        assert all(panel.chart.count <= MOST_MARKS for panel in course.panels)
        assert len(course.rows) <= MOST_MARKS

    def test_a_marked_date_is_a_line_in_every_panel_and_named_once(self) -> None:
        event = EventRecord(days_ago(20), "new job")
        course = trend_page(summary(kept(60, events=(event,))), None, 8).course

        assert [len(panel.chart.events) for panel in course.panels] == [1, 1, 1, 1]
        assert [panel.chart.events[0].words for panel in course.panels] == ["new job", "", "", ""]
        assert any("new job" in row.name for row in course.rows)

    def test_the_legend_explains_only_what_is_drawn(self) -> None:
        looks = trend_page(summary(kept(60)), None, 8).course.looks

        assert looks["rings"]
        assert not looks["constant_tops"]


class TestPlace:
    def test_one_place_counts_its_own_twitches_only(self) -> None:
        whole = summary(kept(40))
        page = trend_page(whole, LID, 8)

        assert page.course.panels[0].finding == "on 1 of 40 checked-in days"
        assert [line.name for line in page.places.lines] == ["Right upper eyelid"]

    def test_links_are_those_of_all_places(self) -> None:
        whole = summary(kept(60))

        assert trend_page(whole, LID, 8).links == trend_page(whole, None, 8).links

    def test_a_place_that_joined_lately_says_since_when(self) -> None:
        record = kept(60)
        late = episode(days_ago(10), "20:00", site="thumb", side="left")
        found = trend_page(summary(diary(record.days, [*record.episodes, late])), None, 8).places
        new = {line.name: line.new for line in found.lines}

        assert new["Left thumb"] == "new since 24 Apr"
        assert new["Left calf"] == ""


class TestLinks:
    def test_order_is_fixed_and_a_young_diary_shows_its_progress(self) -> None:
        links = trend_page(summary(kept(12)), None, 8).links

        assert [block.mark.code for block in links] == ["caffeine", "sleep", "stress"]
        (row,) = links[0].rows
        assert row.title == "Cannot say yet"
        assert row.progress is not None
        assert (row.progress.done, row.progress.needed) == (12, 30)
        assert row.picture is None

    def test_an_answer_has_a_picture_and_no_progress(self) -> None:
        rows = trend_page(summary(kept(90)), None, 8).links[0].rows

        assert [row.picture is not None for row in rows] == [True, True]
        assert [row.progress for row in rows] == [None, None]

    @pytest.mark.parametrize(
        ("weeks", "said"),
        [(8, "Over the whole diary, since 4 February."), (26, ""), (None, "")],
    )
    def test_links_say_which_days_they_cover_where_fewer_are_shown(
        self, weeks: int | None, said: str
    ) -> None:
        assert trend_page(summary(kept(90)), None, weeks).links_cover == said


class TestSummedUp:
    """Who tells each day in one word has twitches, though nobody knows how many."""

    def page(self, days: int, weeks: int | None = 8) -> TrendPage:
        words = ("none", "a_few", "many", "a_few")
        held = [summed_up(days_ago(ago), words[ago % 4], sleep_min=400) for ago in range(days)]
        return trend_page(summary(diary(held)), None, weeks)

    def test_nothing_says_that_there_was_no_twitch(self) -> None:
        page = self.page(21)

        assert page.typical_day.finding.startswith("No twitch is counted in the last 8 weeks. ")
        assert [row.last_of for row in page.compared if row.last_of] == [
            "15 days summed up as a few or many"
        ] * 2
        assert {row.before_of for row in page.compared} == {"no check-in", ""}

    def test_links_say_what_they_need_and_promise_no_date(self) -> None:
        page = self.page(21)
        details = [row.details for block in page.links for row in block.rows]

        assert not [words for words in details if "Earliest" in words]
        assert "6 of the 30 days needed have sleep and a number of twitches" in details[1]
        assert page.links_so_far.endswith("single twitches, or days summed up as none.")

    def test_a_link_needs_no_more_than_it_has_once_it_is_there(self) -> None:
        whole = kept(90)
        told = replace(whole, days=(*whole.days[:-1], summed_up(AS_OF, "many", caffeine_mg=0)))

        assert "Links need" not in trend_page(summary(told), None, 8).links_so_far

    def test_a_week_of_them_is_not_a_week_at_zero(self) -> None:
        rows = self.page(120, None).course.rows

        assert all(row.cells[0].startswith("at least 0.") for row in rows[1:])


class TestQuestion:
    @pytest.mark.parametrize(("days", "anew"), [(30, False), (31, True)])
    def test_a_factor_named_after_a_possible_result_starts_anew(
        self, days: int, anew: bool
    ) -> None:
        # Today's own day does not count: the question comes before it is seen.
        assert summary(kept(days)).naming_starts_new_period is anew

    def test_what_was_expected_stands_at_its_factor_alone(self) -> None:
        person = PersonRecord(settings=Settings(question=NamedQuestion("sleep", "more", AS_OF)))
        links = trend_page(summary(kept(60, person=person)), None, 8).links

        assert [bool(block.question) for block in links] == [False, True, False]


class TestCalendar:
    def test_it_ends_today_and_each_day_has_words(self) -> None:
        months = trend_page(summary(kept(60)), None, 8).months
        cells = [cell for month in months for week in month.weeks for cell in week if cell]

        assert len(months) == 3
        assert cells[-1].cell.date == AS_OF
        assert cells[-1].words == "Monday 4 May: 1"
        assert all(cell.words for cell in cells)


def test_a_typical_day_without_times_has_no_chart() -> None:
    page = trend_page(summary(diary(none(days_ago(ago)) for ago in range(9))), None, 8)

    assert page.typical_day.chart is None


class TestCaffeineThroughADay:
    def record(self, days: int) -> DiaryRecord:
        coffee = DrinkRecord("filter_coffee", None, 1, 96, "08:00")
        return diary(none(days_ago(ago), caffeine_mg=96, drinks=(coffee,)) for ago in range(days))

    def test_it_is_drawn_from_seven_days_with_times(self) -> None:
        thin, enough = (trend_page(summary(self.record(n)), None, 8).caffeine_day for n in (6, 7))

        assert thin is not None
        assert enough is not None
        assert thin.chart is None
        assert thin.finding == "Needs 7 days on which each drink has its time; 6 so far."
        assert enough.chart is not None
        assert "at most about 90 mg around 9:00" in enough.finding

    def test_who_notes_no_times_sees_nothing_of_it(self) -> None:
        assert trend_page(summary(kept(40)), None, 8).caffeine_day is None


def test_every_page_of_odd_days_is_composed_without_fault() -> None:
    odd = [
        DayRecord(AS_OF - timedelta(days=40_000), closed_as="none"),
        DayRecord(days_ago(2), closed_as="constant", own={"x": -5.5}, sleep_min=0, stress=10),
        DayRecord(days_ago(1), summary="many", own={"x": 1e6}, caffeine_mg=20_000),
    ]
    own = (OwnFactorRecord("x", "x", "number", "", 1),)
    record = replace(diary(odd, [episode(AS_OF)]), own_factors=own)

    for weeks in (4, 26, None):
        page = trend_page(summary(record, 26), None, weeks)
        assert all(panel.chart.count <= MOST_MARKS for panel in page.course.panels)
