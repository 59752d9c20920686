"""Small multiples of long periods: rates of weeks, never mixed with what nobody counted."""

from __future__ import annotations

from datetime import date, timedelta

from diary.records import DayRecord, DayTotals, DiaryRecord
from tests.triage.hand_made import AS_OF
from tests.triage.paths import subpaths
from triage.charts.axis import MOST_MARKS, time_axis
from triage.charts.weekly import factor_by_week, stretches, twitches_by_week
from triage.periods import Period, last_days
from triage.trends import weekly_series

HALF_A_YEAR = last_days(AS_OF, 182)


def record(*days: DayRecord) -> DiaryRecord:
    return DiaryRecord(days=tuple(sorted(days, key=lambda day: day.date)))


def day(ago: int, episodes: int = 0, closed_as: str | None = "complete", **more: object):  # noqa: ANN201
    return DayRecord(
        AS_OF - timedelta(days=ago),
        closed_as=closed_as,
        totals=DayTotals(episodes=episodes, twitches=episodes),
        **more,  # type: ignore[arg-type]
    )


def found(held: DiaryRecord, period: Period = HALF_A_YEAR):  # noqa: ANN201
    axis = time_axis(period)
    return axis, stretches(axis, weekly_series(held, axis.period))


def chart(*days: DayRecord):  # noqa: ANN201
    return twitches_by_week(*found(record(*days)))


def test_a_bar_is_the_rate_over_counted_days_only() -> None:
    drawn = chart(day(0, 4), day(1, 2), day(2, 9, closed_as=None))

    assert drawn.values.high == 4
    assert subpaths(drawn.bars) == [[(25.5, 31), (25.5, 100)]]
    assert drawn.count == 1


def test_a_week_without_a_check_in_is_a_gap() -> None:
    assert chart(day(0, 4)).gaps == "M0 0H.9615V1H0z"


def test_a_week_without_any_twitch_is_a_ring() -> None:
    drawn = chart(day(0), day(1))

    assert (drawn.bars, drawn.rings) == ("", "M25.5 96.5v.1")


def test_a_week_that_was_never_closed_says_at_least() -> None:
    drawn = chart(day(0, 7, closed_as=None))

    assert (drawn.bars, len(subpaths(drawn.least))) == ("", 1)
    assert drawn.values.high == 1


def test_constant_days_beside_counted_ones_add_a_top_and_keep_the_rate() -> None:
    drawn = chart(day(0, 2), day(1, closed_as="constant"))

    assert (len(subpaths(drawn.bars)), drawn.constant, len(subpaths(drawn.constant_tops))) == (
        1,
        "",
        1,
    )
    assert drawn.count == 1


def test_a_week_of_constant_days_alone_is_full_height() -> None:
    drawn = chart(day(1, closed_as="constant"))

    assert (len(subpaths(drawn.constant)), drawn.rings) == (1, "")


def test_days_told_in_words_alone_say_at_least_one_each() -> None:
    many, quiet = day(0, closed_as=None, summary="many"), day(1, closed_as=None, summary="none")

    # Only "none" is counted, so the rate of the week is 0; a ring would say that nothing twitched.
    for drawn in (chart(many, quiet), chart(many)):
        assert (drawn.rings, len(subpaths(drawn.least))) == ("", 1)
    assert len(subpaths(chart(quiet).rings)) == 1


def test_a_week_in_words_with_a_constant_day_has_both_marks() -> None:
    many, quiet = day(0, closed_as=None, summary="many"), day(1)
    constant = day(2, closed_as="constant")
    drawn = chart(many, quiet, constant)

    assert (len(subpaths(drawn.least)), len(subpaths(drawn.constant_tops))) == (1, 1)
    assert (drawn.rings, drawn.bars) == ("", "")
    assert chart(many, constant).least == ""


def test_ten_years_are_at_most_120_marks_and_one_path_a_look() -> None:
    held = record(*(day(ago, ago % 4) for ago in range(3_650)))
    axis, together = found(held, Period(date(2016, 5, 7), AS_OF))
    drawn = twitches_by_week(axis, together)

    assert len(together) == axis.marks == drawn.count <= MOST_MARKS
    assert len(subpaths(drawn.bars)) == axis.marks
    assert sum(stretch.days_checked_in for stretch in together) == 3_650


def test_means_of_stretches_are_weighted_by_their_days() -> None:
    held = record(day(0, caffeine_mg=100), day(7, caffeine_mg=400), day(8, caffeine_mg=400))
    _, together = found(held, last_days(AS_OF, 7 * 200))

    assert [one.mean for one in together[-1].factors if one.factor == "caffeine"] == [300]
    assert together[-1].factors[0].days == 3


def test_a_factor_that_is_not_noted_is_a_gap() -> None:
    axis, together = found(record(day(0, caffeine_mg=100)))
    drawn = factor_by_week(axis, [one.factors[0] for one in together], chart(day(0)).values)

    assert len(subpaths(drawn.bars)) == 1
    assert drawn.gaps == "M0 0H.9615V1H0z"
