"""Trend over the diary, the last 28 days against the 28 before, weeks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from diary.records import DiaryRecord
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
from tests.triage.made_up_weeks import FIRST, last_day, ordinary_counts, ordinary_factors, weeks
from triage.periods import Period, last_days
from triage.questions import Rate
from triage.trends import FactorMean, estimate_change, find_change, find_trend, weekly_series
from triage.verdicts import Reason, Verdict


def drifting(days: int, ratio: float, seed: int = 2) -> list[int]:
    """Counts whose rate changes by `ratio` from the first day to the last."""
    rng = np.random.default_rng(seed)
    return rng.poisson(3 * np.exp(math.log(ratio) * np.arange(days) / (days - 1))).tolist()


def test_a_trend_is_the_rate_at_the_end_against_the_start() -> None:
    found = find_trend(weeks(drifting(180, 4)), last_day(180))

    assert found.verdict is Verdict.MORE
    assert found.rate_ratio == pytest.approx(4, rel=0.2)
    assert found.low < 4 < found.high
    assert (found.days, found.allowed_for, found.reason) == (180, (), None)


def test_a_fall_is_fewer() -> None:
    assert find_trend(weeks(drifting(180, 0.25)), last_day(180)).verdict is Verdict.FEWER


def test_a_steady_diary_has_no_clear_change() -> None:
    found = find_trend(weeks([3] * 90), last_day(90))

    assert found.verdict is Verdict.NO_CLEAR_CHANGE
    assert found.rate_ratio == pytest.approx(1)


def test_a_trend_is_what_remains_beside_the_factors() -> None:
    """Coffee doubles over the diary and the twitches with it."""
    factors = ordinary_factors(180)
    rising = (np.array(factors["caffeine"]) / 2 + np.linspace(0, 600, 180)).astype(int)
    counts = np.random.default_rng(1).poisson(np.exp(rising / 400)).tolist()

    alone = find_trend(weeks(counts), last_day(180))
    beside = find_trend(weeks(counts, factors | {"caffeine": rising.tolist()}), last_day(180))

    assert alone.verdict is Verdict.MORE
    assert beside.verdict is Verdict.NO_CLEAR_CHANGE
    assert beside.allowed_for == ("caffeine", "sleep", "stress")


def test_factors_with_too_few_days_in_common_are_left_out() -> None:
    factors: dict[str, list[int | None]] = dict(ordinary_factors(100))
    factors["caffeine"][40:] = [None] * 60
    factors["sleep"][:40] = [None] * 40

    found = find_trend(weeks(drifting(100, 4), factors), last_day(100))

    assert (found.allowed_for, found.days) == ((), 100)


def test_one_extreme_day_makes_no_trend() -> None:
    counts = ordinary_counts(180)
    counts[-3] = 5_000

    assert find_trend(weeks(counts), last_day(180)).verdict is Verdict.NO_CLEAR_CHANGE


@pytest.mark.parametrize(("twitch_days", "verdict"), [(11, "more"), (10, "no clear change")])
def test_a_trend_needs_ten_days_with_an_episode_beside_extreme_ones(
    twitch_days: int, verdict: str
) -> None:
    counts = [0] * 120
    counts[-6 * twitch_days + 5 :: 6] = [3] * twitch_days
    counts[-7] = 400

    assert find_trend(weeks(counts), last_day(120)).verdict == verdict


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([], Reason.FEW_DAYS),
        ([2] * 12, Reason.FEW_DAYS),
        ([2] * 59, Reason.SHORT_PERIOD),
        ([0] * 90, Reason.FEW_TWITCH_DAYS),
        ([2] * 29 + [None] * 40 + [None], Reason.FEW_DAYS),
    ],
    ids=["empty", "12 days", "59 days", "no episode", "29 usable days"],
)
def test_without_enough_data_a_trend_has_a_reason(counts: list[int | None], reason: Reason) -> None:
    found = find_trend(weeks(counts), FIRST + timedelta(days=90))

    assert found.verdict is Verdict.NOT_ENOUGH_DATA
    assert (found.rate_ratio, found.low, found.high) == (None, None, None)
    assert found.reason is reason


def test_the_earliest_trend_needs_both_days_and_span() -> None:
    assert find_trend(weeks([2] * 40), last_day(40)).earliest == last_day(60)
    assert find_trend(weeks([2] * 10), last_day(70)).earliest == last_day(89)
    assert find_trend(weeks([0] * 90), last_day(90)).earliest is None


def test_a_trend_is_not_promised_to_who_sums_days_up() -> None:
    days = [summed_up(days_ago(ago), "none" if ago % 4 else "a_few") for ago in range(20)]

    assert find_trend(diary(days), AS_OF).earliest is None


def test_a_single_day_summed_up_takes_no_date_away() -> None:
    logged = weeks([2] * 10)
    record = replace(logged, days=(*logged.days, summed_up(last_day(11), "many")))

    assert find_trend(record, last_day(11)).earliest == last_day(60)


# The last 28 days against the 28 before


def steps(before: Sequence[int], after: Sequence[int]) -> DiaryRecord:
    return weeks([*before, *after])


def change(before: Sequence[int], after: Sequence[int]) -> str:
    return find_change(steps(before, after), last_day(56))


def poisson(rate: float, seed: int) -> list[int]:
    return np.random.default_rng(seed).poisson(rate, 28).tolist()


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (2, 8, "more"),
        (8, 2, "fewer"),
        (20, 20, "no clear change"),
        (0.25, 0.3, "cannot tell"),
        (3, 0, "fewer"),
        (0, 3, "more"),
        (0, 0, "not enough data"),
    ],
)
def test_a_step_is_named_only_when_the_interval_decides(
    before: float, after: float, verdict: str
) -> None:
    assert change(poisson(before, 1), poisson(after, 2)) == verdict


def test_a_change_tells_ratio_and_both_rates() -> None:
    found = estimate_change(steps([2] * 28, [6] * 28), last_day(56))

    assert found.rate_ratio == pytest.approx(3, rel=0.1)
    assert (found.last, found.previous) == (Rate(6, 28), Rate(2, 28))


@pytest.mark.parametrize(("days", "enough"), [(13, False), (14, True)])
@pytest.mark.parametrize("side", ["before", "after"])
def test_fourteen_usable_days_are_needed_on_each_side(days: int, enough: bool, side: str) -> None:
    short: list[int | None] = [3] * days + [None] * (28 - days)
    counts = [*short, *[3] * 28] if side == "before" else [*[3] * 28, *short]

    verdict = find_change(weeks(counts), last_day(56))

    assert (verdict != Verdict.NOT_ENOUGH_DATA) is enough


def test_days_before_the_56_do_not_count() -> None:
    long_ago = [50] * 100

    found = find_change(weeks([*long_ago, *poisson(2, 1), *poisson(8, 2)]), last_day(156))

    assert found == change(poisson(2, 1), poisson(8, 2))


def test_constant_days_and_late_ones_are_no_counts_of_a_change() -> None:
    record = steps([3] * 28, [3] * 28)
    days = [
        replace(day, closed_as="constant") if place >= 41 else day
        for place, day in enumerate(record.days)
    ]

    assert find_change(replace(record, days=tuple(days)), last_day(56)) == "not enough data"


def test_a_diary_of_weekdays_has_a_change() -> None:
    dates = [FIRST + timedelta(days=place) for place in range(56)]
    counts = [*poisson(1, 1), *poisson(9, 2)]
    kept = [c if d.weekday() < 5 else None for c, d in zip(counts, dates, strict=True)]

    assert find_change(weeks(kept), last_day(56)) == "more"


# Weeks


def test_a_week_counts_what_is_known_of_it() -> None:
    record = diary(
        [
            complete(days_ago(5), caffeine_mg=200),
            none(days_ago(4), caffeine_mg=100, sleep_min=420),
            constant(days_ago(3)),
            summed_up(days_ago(2), "many"),
        ],
        [
            episode(days_ago(5)),
            episode(days_ago(5), "13:00"),
            episode(days_ago(3)),
            episode(days_ago(1)),
        ],
    )

    (week,) = weekly_series(record, last_days(AS_OF, 7))

    assert week.period == last_days(AS_OF, 7)
    assert (week.days_checked_in, week.days_with) == (4, 3)
    assert week.rate == Rate(1, 2)
    assert (week.episodes_at_least, week.constant_days, week.summarised_days) == (1, 1, 1)
    assert week.factors == (
        FactorMean("caffeine", 150, 2),
        FactorMean("sleep", 420, 1),
        FactorMean("stress", None, 0),
    )


def test_weeks_end_at_the_end_of_the_period_and_none_is_left_out() -> None:
    record = weeks([1] * 20)
    period = Period(FIRST, last_day(20))

    found = weekly_series(record, period)

    assert [week.days_checked_in for week in found] == [6, 7, 7]
    assert [week.period.to for week in found] == [last_day(6), last_day(13), last_day(20)]


def test_a_week_without_entries_is_there_and_unknown() -> None:
    found = weekly_series(weeks([1] * 7 + [None] * 7 + [1] * 7), Period(FIRST, last_day(21)))

    assert [week.rate for week in found] == [Rate(1, 7), Rate(None, 0), Rate(1, 7)]


def test_days_outside_the_period_are_in_no_week() -> None:
    assert [
        w.days_checked_in for w in weekly_series(weeks([1] * 30), last_days(date(2026, 1, 10), 7))
    ] == [7]
