"""The sentences of the trends page, on both sides of each number that decides between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from diary.records import DayRecord, DayTotals, NamedQuestion, OwnFactorRecord
from tests.triage.hand_made import AS_OF, complete, constant, diary, none, summed_up
from triage import trend_wording as words
from triage.factor_targets import TargetDays
from triage.links import Link, Progress
from triage.patterns import Intensity, TypicalDay
from triage.periods import Period, last_days
from triage.profile.facts import CalendarDay, Coverage, RatedDays, TwoPeriods
from triage.questions import Duration, Rate
from triage.statistics.raw_groups import RawGroup, RawGroups
from triage.trends import Trend
from triage.verdicts import Reason, Verdict

LAST = last_days(AS_OF, 28)
OWN = (
    OwnFactorRecord("late", "Late to bed", "yes_no"),
    OwnFactorRecord("screen", "Screen hours", "number", "h", 2),
)


def rated(per_day: float | None, days: int, *, summarised: int = 0, constant_days: int = 0):  # noqa: ANN201
    return RatedDays(
        Coverage(LAST, days + summarised, min(days, 20) + summarised),
        Rate(per_day, days),
        constant_days,
        summarised,
    )


def headline(last: RatedDays, before: RatedDays, verdict: str = "no clear change"):  # noqa: ANN201
    return words.headline(verdict, TwoPeriods(last, before), None, date(2026, 1, 1))


class TestHeadline:
    @pytest.mark.parametrize(
        ("verdict", "title"),
        [
            ("more", "Last 28 days: more"),
            ("fewer", "Last 28 days: fewer"),
            ("no clear change", "Last 28 days: no clear change"),
            ("cannot tell", "Last 28 days: cannot tell yet"),
            ("not enough data", "Last 28 days: cannot tell yet"),
        ],
    )
    def test_the_verdict_comes_first_with_the_days_it_is_about(
        self, verdict: str, title: str
    ) -> None:
        assert headline(rated(2.4, 25), rated(2, 22), verdict).title == title

    def test_both_rates_stand_with_their_coverage(self) -> None:
        found = headline(rated(2.43, 25), rated(2, 22))

        assert found.lead == (
            "<strong>2.4 twitches a day</strong> in the last 28 days, <strong>2.0</strong> in the "
            "28 days before."
        )
        assert found.coverage == (
            "You checked in on 25 of 28 days, and on 22 of the 28 before. Only these days count."
        )
        assert found.remarks == ()

    def test_a_rate_needs_seven_counted_days(self) -> None:
        assert "2.0 twitches a day" in headline(rated(2, 7), rated(1, 22)).lead
        assert headline(rated(2, 6), rated(1, 22)).lead == (
            "<strong>6 of the last 28 days</strong> can be counted; a rate needs 7."
        )

    def test_without_enough_days_before_there_is_one_rate_only(self) -> None:
        assert headline(rated(2, 20), rated(1, 6)).lead == (
            "<strong>2.0 twitches a day</strong> in the last 28 days."
        )

    def test_days_told_in_words_are_counted_as_days(self) -> None:
        assert headline(rated(2, 20, summarised=1), rated(1, 22)).lead == (
            "Twitches on <strong>21 of 21 days</strong> in the last 28 days, on <strong>20 of 22"
            "</strong> in the 28 before."
        )

    def test_it_says_why_it_cannot_tell(self) -> None:
        enough, thin = rated(2, 20), rated(2, 13)

        assert "both need 14 days" in headline(thin, enough, "not enough data").remarks[0]
        assert "both still possible" in headline(enough, enough, "cannot tell").remarks[0]

    def test_without_any_twitch_it_does_not_ask_for_more_days(self) -> None:
        silent = rated(0, 14)

        assert headline(silent, silent, "not enough data").remarks[0] == (
            "No twitch is logged in either, so there is nothing to compare."
        )
        for other in (rated(0, 13), rated(0, 14, constant_days=1), rated(0, 14, summarised=1)):
            assert "need 14 days" in headline(other, silent, "not enough data").remarks[0]

    def test_days_summed_up_are_no_days_that_were_not_checked_in(self) -> None:
        found = headline(rated(0, 6, summarised=15), rated(None, 0), "not enough data")

        assert found.remarks == (
            (
                "To compare, both need 14 days with single twitches or none, checked in within two "
                "days."
            ),
            "Without a number of twitches: 15 days summed up as a few or many.",
        )

    def test_constant_days_are_told_apart(self) -> None:
        found = headline(rated(2, 20, constant_days=1), rated(2, 20))

        assert found.remarks == ("1 day on which it never stopped is counted apart.",)

    def test_a_trend_stands_with_its_verdict_its_interval_and_its_days(self) -> None:
        trend = Trend(2.1, 1.2, 3.4, Verdict.MORE, 90, ("caffeine", "sleep"), None, None)

        assert words.trend_sentence(trend, date(2026, 1, 1), AS_OF) == (
            "<strong>Whole diary: more.</strong> Since 1 January, 2.1 times as many at its end as "
            "at its start (likely between 1.2 and 3.4 times; 90 days; beyond what caffeine and "
            "sleep go along with)."
        )
        assert words.trend_sentence(
            replace(trend, low=0.8, verdict=Verdict.NO_CLEAR_CHANGE, allowed_for=()),
            date(2026, 1, 1),
            AS_OF,
        ) == (
            "<strong>Whole diary: no clear change.</strong> Since 1 January, it fits 0.80 to 3.4 "
            "times as many at its end as at its start (90 days)."
        )

    def test_two_verdicts_that_differ_each_say_of_which_days_they_are(self) -> None:
        trend = Trend(1.77, 1.006, 3.1, Verdict.MORE, 281, (), None, None)
        periods = TwoPeriods(rated(2, 24), rated(1.4, 26))
        found = words.headline("no clear change", periods, trend, date(2026, 2, 1))

        assert found.title == "Last 28 days: no clear change"
        assert found.whole.startswith("<strong>Whole diary: more.</strong> Since 1 February, 1.8")

    def test_a_limit_is_not_rounded_onto_the_one_that_the_interval_leaves_out(self) -> None:
        trend = Trend(1.77, 1.006, 3.1, Verdict.MORE, 281, (), None, None)

        assert "between 1.01 and 3.1" in words.trend_sentence(trend, AS_OF, AS_OF)

    def test_without_a_trend_nothing_is_said_of_it(self) -> None:
        none_yet = Trend(None, None, None, Verdict.NOT_ENOUGH_DATA, 9, (), Reason.FEW_DAYS, AS_OF)

        assert words.trend_sentence(none_yet, AS_OF, AS_OF) == ""
        assert headline(rated(2, 20), rated(2, 20)).whole == ""


class TestFindings:
    def test_twitch_days_are_told_of_checked_in_days(self) -> None:
        assert words.twitch_finding(Coverage(LAST, 47, 35)) == "on 35 of 47 checked-in days"
        assert words.twitch_finding(Coverage(LAST, 1, 1)) == "on 1 of 1 checked-in day"
        assert words.twitch_finding(Coverage(LAST, 0, 0)) == "no day checked in"

    @pytest.mark.parametrize(
        ("code", "limit", "sentence"),
        [
            ("caffeine", 400, "over 400 mg on 2 of 46 days"),
            ("sleep", 420, "under 7 hours on 2 of 46 nights"),
            ("stress", 7, "7 or more on 2 of 46 days"),
            ("alcohol", 2, "over 2 drinks on 2 of 46 days"),
            ("nicotine", 0, "on 2 of 46 days"),
            ("hydration", 1600, "under 1600 ml on 2 of 46 days"),
        ],
    )
    def test_a_factor_is_told_by_its_target(self, code: str, limit: float, sentence: str) -> None:
        assert words.factor_finding(code, TargetDays(limit, 2, 46, AS_OF), ()) == sentence

    @pytest.mark.parametrize(
        ("code", "sentence"),
        [("caffeine", "over 400 mg on 0 of 1 day"), ("sleep", "under 400 hours on 0 of 1 night")],
    )
    def test_a_single_day_is_told_as_one(self, code: str, sentence: str) -> None:
        limit = 400 if code == "caffeine" else 400 * 60
        assert words.factor_finding(code, TargetDays(limit, 0, 1, AS_OF), ()) == sentence

    def test_a_factor_without_a_target_says_on_how_many_days_it_is_noted(self) -> None:
        assert words.factor_finding("late", TargetDays(None, 0, 1, AS_OF), OWN) == "noted on 1 day"

    def test_a_factor_that_is_not_noted_says_so(self) -> None:
        assert words.factor_finding("stress", TargetDays(7, 0, 0, None), ()) == (
            "not noted in these weeks"
        )

    def test_a_gap_says_since_when_it_is_noted(self) -> None:
        assert words.gap_words("stress", date(2026, 4, 14), LAST) == "noted from 14 April"
        assert words.gap_words(None, date(2026, 4, 14), LAST) == "diary from 14 April"
        assert words.gap_words("stress", LAST.from_, LAST) == ""
        assert words.gap_words("stress", None, LAST) == "not noted so far"

    def test_the_text_alternative_states_the_finding(self) -> None:
        assert words.chart_title("Twitches", "on 3 of 5 days", LAST, 0, "At most 8 in a day.") == (
            "Twitches day by day, 7 April to 4 May 2026: on 3 of 5 days. At most 8 in a day."
        )


class TestDaysInWords:
    @pytest.mark.parametrize(
        ("day", "said"),
        [
            (None, "–"),
            (DayRecord(AS_OF), "–"),
            (DayRecord(AS_OF, totals=DayTotals(episodes=2)), "at least 2"),
            (complete(AS_OF, totals=DayTotals(episodes=3)), "3"),
            (none(AS_OF), "none"),
            (constant(AS_OF), "it never stopped"),
            (summed_up(AS_OF, "a_few"), "a few"),
        ],
    )
    def test_unknown_is_never_none(self, day: DayRecord | None, said: str) -> None:
        assert words.twitches_of_day(CalendarDay(AS_OF, "", day)) == said

    def test_a_day_to_tap_says_its_weekday(self) -> None:
        assert words.day_in_calendar(CalendarDay(AS_OF, "", None)) == "Monday 4 May: no check-in"

    @pytest.mark.parametrize(
        ("code", "value", "said"),
        [
            ("sleep", 450, "7.5 h"),
            ("caffeine", 0, "0 mg"),
            ("stress", None, "–"),
            ("nicotine", True, "yes"),
            ("late", 0.0, "no"),
            ("screen", 2.55, "2.5 h"),
        ],
    )
    def test_values_stand_in_their_unit(self, code: str, value: float | None, said: str) -> None:
        assert words.factor_value(code, value, OWN) == said


class TestPlacesAndLengths:
    def test_a_fortnight_names_its_months_once(self) -> None:
        within = words.short_period(Period(date(2026, 3, 10), date(2026, 3, 23)))
        across = words.short_period(Period(date(2026, 3, 24), date(2026, 4, 6)))

        assert within == "10–23<br>Mar"
        assert across == "24\u00a0Mar–<br>6\u00a0Apr"

    @pytest.mark.parametrize(
        ("median", "said"),
        [
            (None, "–"),
            (2, "clear"),
            (1.5, "between barely felt and clear"),
            (3, "strong or visible"),
        ],
    )
    def test_intensity_stands_in_the_words_of_the_buttons(
        self, median: float | None, said: str
    ) -> None:
        assert words.intensity_words(median) == said

    def test_a_length_says_how_many_were_timed(self) -> None:
        timed = Duration(34, 10, 90, 240, 31, 22)
        without = ("", "no twitch")
        row, _longest = words.compared_lengths(
            timed, Duration(None, None, None, None, 0, 0), without
        )

        assert (row.last, row.last_of) == ("34 s", "31 of 53 timed")
        assert (row.before, row.before_of) == ("–", "no twitch")

    @pytest.mark.parametrize(
        ("days", "said"),
        [
            (rated(0, 6), "no twitch"),
            (rated(None, 0), "no check-in"),
            (rated(0, 6, summarised=15), "15 days summed up as a few or many"),
            (rated(0, 6, constant_days=1), "1 day on which it never stopped"),
        ],
    )
    def test_only_days_without_a_twitch_have_no_twitch(self, days: RatedDays, said: str) -> None:
        assert words.no_episode(days) == said

    def test_intensity_says_how_many_were_noted(self) -> None:
        row = words.compared_intensity(
            Intensity(2, 3, 18, 20), Intensity(None, None, 0, 0), ("", "no twitch")
        )

        assert (row.last, row.last_of, row.before_of) == ("clear", "18 of 20 noted", "no twitch")

    def test_a_typical_day_says_what_it_rests_on(self) -> None:
        found = TypicalDay((0,) * 9 + (3, 1, 0), 2, 20, LAST)

        assert words.typical_day_finding(found, 4) == (
            "4 twitches on 20 counted days of the last 4 weeks, in steps of two hours. "
            "2 more without an exact time."
        )
        assert words.typical_day_title(found) == (
            "Twitches by time of day: most between 18:00 and 20:00, 3."
        )

    def test_days_summed_up_are_not_told_as_no_twitches_at_a_time_of_day(self) -> None:
        found = TypicalDay((0,) * 12, 0, 6, LAST, summarised=15)

        assert words.typical_day_finding(found, 4) == (
            "No twitch is counted in the last 4 weeks. "
            "Without times: 15 days summed up as a few or many."
        )
        assert words.typical_day_finding(replace(found, bins=(1,) * 12), 4).endswith(
            "in steps of two hours. Without times: 15 days summed up as a few or many."
        )
        assert words.typical_day_finding(replace(found, summarised=0), 4).startswith(
            "0 twitches on 6 counted days"
        )


PROGRESS = Progress(46, 30, 20, 10, None, None)
LINK = Link(
    "caffeine", 0, 1.1, 0.7, 1.6, 46, Verdict.NO_CLEAR_LINK, Verdict.NO_CLEAR_LINK, None, 200,
    (0, 480), PROGRESS, RawGroups(RawGroup(15, 0, 96, 2.2), RawGroup(16, 288, 480, 2.3)), None,
)  # fmt: skip


class TestLinks:
    @pytest.mark.parametrize(
        ("days", "said"),
        [
            (1, "First answers come from 30 days"),
            (29, "First answers come from 30 days"),
            (30, "only a very strong link"),
            (59, "only a very strong link"),
            (60, "A strong link could show by now"),
            (119, "a doubling shows after about four months"),
            (120, "A doubling has a fair chance to show by now"),
        ],
    )
    def test_days_so_far_say_what_could_show(self, days: int, said: str) -> None:
        sentence = words.links_so_far(days, 30)

        assert sentence.startswith(f"{days} {'day' if days == 1 else 'days'} so far.")
        assert said in sentence

    def test_who_sums_days_up_is_told_what_would_count(self) -> None:
        need = "Links need single twitches, or days summed up as none."

        assert words.links_so_far(29, 30, lacks_numbers=True).startswith(
            "29 days so far. First answers come from 30 days"
        )
        assert words.links_so_far(29, 30, lacks_numbers=True).endswith(need)
        assert words.links_so_far(30, 30, lacks_numbers=True) == f"30 days so far. {need}"
        assert need not in words.links_so_far(6, 30)

    def test_raw_thirds_stand_with_their_days_and_values(self) -> None:
        assert words.raw_sentence(LINK, ()) == (
            "Your 15 days with the least caffeine (0 to 96 mg): 2.2 a day. "
            "Your 16 with the most (288 to 480 mg): 2.3."
        )

    def test_raw_thirds_of_the_day_before_say_so(self) -> None:
        assert words.raw_sentence(replace(LINK, lag=1), ()).startswith(
            "Your 15 days after one with the least caffeine"
        )

    def test_sleep_is_told_after_the_night(self) -> None:
        night = replace(
            LINK,
            factor="sleep",
            raw=RawGroups(RawGroup(15, 330, 390, 1.5), RawGroup(15, 450, 450, 1.5)),
        )

        assert words.raw_sentence(night, ()) == (
            "Your 15 days after the least sleep (5.5 to 6.5 h): 1.5 a day. "
            "Your 15 after the most (7.5 h): 1.5."
        )

    def test_yes_or_no_is_told_as_with_and_without(self) -> None:
        assert words.raw_sentence(replace(LINK, factor="late"), OWN) == (
            "Your 15 days without: 2.2 a day. Your 16 with: 2.3."
        )

    def test_without_thirds_there_is_no_sentence(self) -> None:
        assert words.raw_sentence(replace(LINK, raw=None), ()) == ""

    @pytest.mark.parametrize(
        ("expected", "said"),
        [("more", "more twitches"), ("fewer", "fewer twitches"), ("none", "no difference")],
    )
    def test_the_persons_own_question_stands_with_what_they_expected(
        self, expected: str, said: str
    ) -> None:
        question = NamedQuestion("caffeine", expected, date(2026, 5, 3))

        assert words.expectation_words(question, AS_OF) == (
            f"Your own question, named on 3 May. You expected {said}."
        )

    def test_a_question_without_a_date_or_expectation_is_still_named(self) -> None:
        assert words.expectation_words(NamedQuestion("caffeine"), AS_OF) == "Your own question."


def test_the_first_picture_says_what_is_missing() -> None:
    assert "needs 3 <span>checked-in</span> days" in words.waiting_title(3, 1)
    assert words.earliest_words(date(2026, 5, 6)) == "Earliest Wednesday 6 May."


def test_words_of_an_own_factor_are_escaped_by_the_template_not_here() -> None:
    own = (OwnFactorRecord("x", "<b>tea</b>", "number"),)

    assert not hasattr(words.factor_title("x", own), "__html__")
    assert diary().own_factors == ()
