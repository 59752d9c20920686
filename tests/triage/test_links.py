"""Links from whole diaries: what is claimed, what is refused and why, and from which days."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from diary.records import DayRecord, DayTotals, DiaryRecord, Instant, OwnFactorRecord
from tests.triage.made_up_weeks import (
    FIRST,
    asking,
    following,
    last_day,
    ordinary_counts,
    ordinary_factors,
    showing,
    weeks,
    yes_no,
)
from triage.links import Link, find_links
from triage.verdicts import Reason, Verdict


def coffee_diary(days: int, ratio: float = 3.0, **fields: Any) -> DiaryRecord:
    """A diary in which 200 mg more caffeine goes with `ratio` times as many twitches."""
    factors = ordinary_factors(days)
    counts = following([mg / 200 for mg in factors["caffeine"]], math.log(ratio))
    return weeks(counts, factors, **fields)


def rows(record: DiaryRecord, days: int) -> dict[tuple[str, int | None], Link]:
    return {(link.factor, link.lag): link for link in find_links(record, last_day(days))}


def reasons(record: DiaryRecord, days: int) -> dict[str, Reason | None]:
    """Reason of each factor's first row."""
    links = reversed(find_links(record, last_day(days)))
    return {link.factor: link.reason for link in links}


def test_rows_stand_in_their_fixed_order() -> None:
    links = find_links(coffee_diary(120), last_day(120))

    assert [(link.factor, link.lag) for link in links] == [
        ("caffeine", 0),
        ("caffeine", 1),
        ("sleep", 0),
        ("sleep", 1),
        ("stress", 0),
        ("stress", 1),
    ]


def test_a_strong_link_is_found_with_its_ratio() -> None:
    link = rows(coffee_diary(150, ratio=2), 150)["caffeine", 0]

    assert link.verdict is link.steady_verdict is Verdict.MORE
    assert link.rate_ratio == pytest.approx(2, rel=0.15)
    assert link.low < link.rate_ratio < link.high
    assert (link.days, link.difference, link.reason) == (150, 200, None)


def test_a_ratio_of_sleep_is_for_less_of_it() -> None:
    factors = ordinary_factors(150)
    short = following([-minutes / 120 for minutes in factors["sleep"]], math.log(2.5))

    link = rows(weeks(short, factors), 150)["sleep", 0]

    assert link.verdict is Verdict.MORE
    assert link.rate_ratio == pytest.approx(2.5, rel=0.15)


def test_an_effect_of_the_day_before_is_found_there() -> None:
    factors = ordinary_factors(200)
    before = [320, *factors["caffeine"][:-1]]
    counts = following([mg / 200 for mg in before], math.log(3))

    found = rows(weeks(counts, factors), 200)

    assert found["caffeine", 1].verdict is Verdict.MORE
    assert found["caffeine", 0].verdict is Verdict.NO_CLEAR_LINK
    assert found["caffeine", 1].days == 199


def test_a_new_claim_is_not_steady_before_its_fourth_weekly_look() -> None:
    """31 days: a week ago the gate was still shut."""
    link = rows(coffee_diary(36, ratio=6), 36)["caffeine", 0]

    assert link.verdict is Verdict.MORE
    assert link.steady_verdict is Verdict.NO_CLEAR_LINK


def test_a_claim_may_not_rest_on_one_extreme_day() -> None:
    """A day of 400 on the day with the most coffee: the ratio moves, the verdict must not."""
    factors = ordinary_factors(180)
    counts = ordinary_counts(180, rate=1.0)
    factors["caffeine"][90] = 1200
    counts[90] = 400

    link = rows(weeks(counts, factors), 180)["caffeine", 0]

    assert link.low > 1
    assert link.verdict is link.steady_verdict is Verdict.NO_CLEAR_LINK


def test_a_strong_link_survives_an_extreme_day() -> None:
    record = coffee_diary(180)
    extreme = replace(record.days[90], totals=DayTotals(episodes=400, twitches=400))
    days = (*record.days[:90], extreme, *record.days[91:])

    assert rows(replace(record, days=days), 180)["caffeine", 0].verdict is Verdict.MORE


# What cannot be judged


def test_a_factor_that_cannot_be_judged_has_one_row_without_lag() -> None:
    factors = ordinary_factors(120) | {"stress": [None] * 120}

    stress = [
        link
        for link in find_links(weeks(ordinary_counts(120), factors), last_day(120))
        if link.factor == "stress"
    ]

    assert [(one.lag, one.rate_ratio, one.low, one.high) for one in stress] == [(None,) * 4]
    assert stress[0].verdict is stress[0].steady_verdict is Verdict.NOT_ENOUGH_DATA
    assert (stress[0].reason, stress[0].days) == (Reason.NOT_RECORDED, 0)


def test_a_factor_that_was_never_logged_costs_the_others_nothing() -> None:
    full, without = (
        rows(weeks(ordinary_counts(120), ordinary_factors(120) | {"stress": stress}), 120)
        for stress in ([5] * 60 + [6] * 60, [None] * 120)
    )

    assert without["caffeine", 0].days == full["caffeine", 0].days == 120


def test_an_empty_diary_has_three_rows_that_say_so() -> None:
    links = find_links(DiaryRecord(), date(2026, 5, 4))

    assert [link.reason for link in links] == [Reason.NOT_RECORDED] * 3
    assert links[0].progress.earliest == date(2026, 6, 2)


def test_twelve_days_tell_how_far_the_way_is() -> None:
    link = find_links(coffee_diary(12), last_day(12))[0]

    assert (link.reason, link.days) == (Reason.FEW_DAYS, 12)
    assert (link.progress.usable_days, link.progress.needed_days) == (12, 30)
    assert link.progress.earliest == last_day(12) + timedelta(days=18)


def test_today_still_counts_while_it_is_open() -> None:
    """As of the day after the last entry: checking in today is the first of the 18 days."""
    link = find_links(coffee_diary(12), last_day(13))[0]

    assert link.progress.earliest == last_day(13) + timedelta(days=17)


def summed_up_diary(days: int, **fields: Any) -> DiaryRecord:
    """Days told in one word, every fourth as none, with sleep and stress."""
    words = ("none", "a_few", "many", "a_few")
    return DiaryRecord(
        days=tuple(
            DayRecord(
                FIRST + timedelta(days=place),
                summary=words[place % 4],
                **{"sleep_min": 400 + place, "stress": place % 11, **fields},
            )
            for place in range(days)
        )
    )


def test_days_summed_up_as_a_few_or_many_promise_no_date() -> None:
    found = rows(summed_up_diary(21), 21)
    sleep, caffeine = found["sleep", None], found["caffeine", None]

    assert (sleep.reason, sleep.days, sleep.progress.summarised_days) == (Reason.FEW_DAYS, 6, 15)
    assert (sleep.progress.earliest, sleep.progress.doubling_from) == (None, None)
    assert (caffeine.reason, caffeine.progress.earliest) == (Reason.NOT_RECORDED, None)


def test_days_at_none_are_not_compared_where_the_others_are_summed_up() -> None:
    link = rows(summed_up_diary(120), 120)["sleep", None]

    assert (link.reason, link.days) == (Reason.FEW_TWITCH_DAYS, 30)
    assert (link.progress.twitch_days, link.progress.summarised_days) == (0, 90)
    assert link.raw is None


def test_a_single_day_summed_up_takes_no_date_away() -> None:
    diary = coffee_diary(12)
    last = DayRecord(last_day(13), summary="many", caffeine_mg=0)
    link = find_links(replace(diary, days=(*diary.days, last)), last_day(13))[0]

    assert link.progress.summarised_days == 1
    assert link.progress.earliest == last_day(13) + timedelta(days=18)


def test_a_factor_of_days_without_a_number_is_noted_all_the_same() -> None:
    for fields in ({"summary": "many"}, {"summary": None, "closed_as": "constant"}):
        days = tuple(replace(day, **fields) for day in summed_up_diary(9).days)
        assert reasons(DiaryRecord(days=days), 9)["sleep"] is Reason.FEW_DAYS


def test_days_that_never_stopped_are_counted_apart() -> None:
    days = tuple(
        replace(day, closed_as="constant", summary=None) for day in summed_up_diary(9).days
    )
    progress = rows(DiaryRecord(days=days), 9)["sleep", None].progress

    assert (progress.summarised_days, progress.constant_days) == (0, 9)


def test_a_doubling_is_promised_for_120_usable_days() -> None:
    assert find_links(coffee_diary(50), last_day(50))[0].progress.doubling_from == last_day(120)
    assert find_links(coffee_diary(120), last_day(120))[0].progress.doubling_from is None


@pytest.mark.parametrize(("days", "reason"), [(29, Reason.FEW_DAYS), (30, None)])
def test_thirty_usable_days_are_needed(days: int, reason: Reason | None) -> None:
    assert reasons(coffee_diary(days), days)["stress"] == reason


@pytest.mark.parametrize(("twitch_days", "open_"), [(9, False), (10, True)])
def test_ten_days_with_an_episode_are_needed(twitch_days: int, open_: bool) -> None:
    counts = [3 if place % 6 == 0 and place < 6 * twitch_days else 0 for place in range(90)]

    found = reasons(weeks(counts, ordinary_factors(90)), 90)

    assert (found["caffeine"] is not Reason.FEW_TWITCH_DAYS) is open_


def test_a_diary_without_any_episode_lacks_twitch_days() -> None:
    found = reasons(weeks([0] * 120, ordinary_factors(120)), 120)

    assert set(found.values()) == {Reason.FEW_TWITCH_DAYS}


def test_constant_coffee_hardly_varies_and_its_range_is_told() -> None:
    factors = ordinary_factors(120) | {"caffeine": [180, 200, 220] * 40}

    found = rows(weeks(ordinary_counts(120), factors), 120)

    assert found["caffeine", None].reason is Reason.HARDLY_VARIES
    assert found["caffeine", None].values == (180, 220)
    assert found["sleep", 0].reason is None


@pytest.mark.parametrize(("half_range", "judged"), [(68, False), (72, True)])
def test_a_spread_of_a_third_of_the_difference_is_needed(half_range: int, judged: bool) -> None:
    """200 mg times 0.35 is a standard deviation of 70 mg."""
    coffee = [200 - half_range, 200 + half_range] * 60
    factors = ordinary_factors(120) | {"caffeine": coffee}

    assert (("caffeine", 0) in rows(weeks(ordinary_counts(120), factors), 120)) is judged


def test_factors_that_move_together_are_not_told_apart() -> None:
    factors = ordinary_factors(120)
    factors["stress"] = [mg // 80 for mg in factors["caffeine"]]

    found = reasons(weeks(ordinary_counts(120), factors), 120)

    assert found["caffeine"] == found["stress"] == Reason.MOVES_WITH_OTHERS
    assert found["sleep"] is None


def test_factors_recorded_on_different_days_are_not_complete() -> None:
    factors: dict[str, list[int | None]] = dict(ordinary_factors(100))
    factors["caffeine"][40:] = [None] * 60
    factors["sleep"][:40] = [None] * 40

    found = reasons(weeks(ordinary_counts(100), factors), 100)

    assert set(found.values()) == {Reason.FEW_COMPLETE_DAYS}


def test_no_interval_is_wider_than_tenfold() -> None:
    factors = {days: ordinary_factors(days) for days in range(31, 60)}
    links = [
        link
        for days, values in factors.items()
        for link in find_links(weeks(ordinary_counts(days, rate=0.7), values), last_day(days))
    ]

    widths = [link.high / link.low for link in links if link.reason is None]

    assert 8 < max(widths) <= 10
    assert Reason.TOO_WIDE in {link.reason for link in links}


# Which days count


def test_days_without_check_in_late_or_constant_do_not_count() -> None:
    record = coffee_diary(100)
    late = Instant((FIRST + timedelta(days=9)).isoformat() + "T21:00:00+00:00")
    changed = {
        3: {"closed_as": None},
        4: {"closed_as": "constant"},
        5: {"closed_at": late},
        6: {"closed_as": None, "summary": "many", "totals": DayTotals()},
    }
    days = tuple(replace(day, **changed.get(p, {})) for p, day in enumerate(record.days))

    assert rows(replace(record, days=days), 100)["caffeine", 0].days == 96


def test_summary_days_alone_are_no_counts() -> None:
    days = tuple(
        DayRecord(FIRST + timedelta(days=p), summary=("a_few", "many")[p % 2], stress=p % 11)
        for p in range(60)
    )

    stress = rows(DiaryRecord(days=days), 60)["stress", None]
    assert (stress.reason, stress.days) == (Reason.FEW_DAYS, 0)


def test_days_dated_after_as_of_do_not_count() -> None:
    record = coffee_diary(150)

    early = find_links(record, last_day(100))

    assert early == find_links(replace(record, days=record.days[:100]), last_day(100))


def test_a_gap_of_one_day_leaves_the_day_after_out_of_day_before_looks() -> None:
    factors = ordinary_factors(100)
    counts: list[int | None] = list(ordinary_counts(100))
    counts[50] = None

    found = rows(weeks(counts, factors), 100)

    assert found["caffeine", 0].days == 99
    assert found["caffeine", 1].days == 97


def test_weekdays_alone_are_enough() -> None:
    factors = ordinary_factors(120)
    dates = [FIRST + timedelta(days=p) for p in range(120)]
    counts = [
        count if day.weekday() < 5 else None
        for count, day in zip(ordinary_counts(120), dates, strict=True)
    ]

    link = rows(weeks(counts, factors), 120)["caffeine", 0]

    assert link.rate_ratio is not None
    assert link.days == 86


# A question of one's own


def test_a_named_factor_is_judged_at_four_percent() -> None:
    """A ratio whose chance lies between 5 % / 6 and 4 % / 2 is claimed only if it was named."""
    for seed in range(40):
        factors = ordinary_factors(100, seed)
        counts = following([mg / 200 for mg in factors["caffeine"]], math.log(1.45), seed=seed)
        plain = rows(weeks(counts, factors), 100)["caffeine", 0]
        named = rows(weeks(counts, factors, person=asking("caffeine")), 100)["caffeine", 0]
        if plain.verdict is not named.verdict:
            break

    assert plain.rate_ratio == named.rate_ratio
    assert (plain.verdict, named.verdict) == (Verdict.NO_CLEAR_LINK, Verdict.MORE)


def test_naming_before_the_first_result_keeps_all_days() -> None:
    record = coffee_diary(150, person=asking("caffeine", FIRST + timedelta(days=20)))

    link = rows(record, 150)["caffeine", 0]

    assert (link.days, link.since) == (150, None)


def test_naming_after_a_result_starts_a_new_period() -> None:
    asked_on = FIRST + timedelta(days=60)
    found = rows(coffee_diary(150, person=asking("caffeine", asked_on)), 150)

    assert {link.since for link in found.values()} == {asked_on}
    assert found["caffeine", 0].days == 90


def test_a_question_asked_after_as_of_does_not_count_yet() -> None:
    record = coffee_diary(150, person=asking("caffeine", FIRST + timedelta(days=140)))

    assert find_links(record, last_day(100)) == find_links(coffee_diary(150), last_day(100))


def test_naming_an_own_factor_leaves_the_main_ones_their_period() -> None:
    asked_on = FIRST + timedelta(days=60)
    own = [{"tea": bool(p % 3)} for p in range(150)]
    factors = {**ordinary_factors(150), "own": own}
    record = weeks(
        ordinary_counts(150), factors, own_factors=(yes_no("tea"),), person=asking("tea", asked_on)
    )

    found = rows(record, 150)

    assert found["caffeine", 0].since is None
    assert (found["tea", 0].since, found["tea", 0].days) == (asked_on, 90)


# Own factors


def own_diary(*own: OwnFactorRecord, **fields: Any) -> DiaryRecord:
    rng = np.random.default_rng(12)
    tea = rng.integers(0, 2, 150)
    values = [{one.code: bool(drunk) for one in own} for drunk in tea]
    counts = following(tea.tolist(), math.log(3))
    return weeks(counts, {**ordinary_factors(150), **fields, "own": values}, own_factors=own)


def test_own_factors_are_judged_apart_and_change_nothing_for_the_others() -> None:
    record = own_diary(yes_no("tea"))

    with_own, without = rows(record, 150), rows(replace(record, own_factors=()), 150)

    assert with_own["tea", 0].verdict is Verdict.MORE
    assert with_own["tea", 0].rate_ratio == pytest.approx(3, rel=0.2)
    assert {look: link for look, link in with_own.items() if look[0] != "tea"} == without


def test_own_factors_are_not_credited_with_what_coffee_does() -> None:
    """Tea is drunk on days with much coffee, and only the coffee counts."""
    factors = ordinary_factors(200)
    tea = [{"tea": mg + 160 * (p % 3) > 400} for p, mg in enumerate(factors["caffeine"])]
    counts = following([mg / 200 for mg in factors["caffeine"]], math.log(2))

    found = rows(weeks(counts, factors | {"own": tea}, own_factors=(yes_no("tea"),)), 200)

    assert found["tea", 0].raw.high.per_day > 2 * found["tea", 0].raw.low.per_day
    assert found["tea", 0].verdict is Verdict.NO_CLEAR_LINK


def test_a_fourth_own_factor_is_not_judged() -> None:
    codes = ("one", "two", "three", "four")

    *judged, refused = find_links(own_diary(*map(yes_no, codes)), last_day(12))

    assert [(one.factor, one.reason) for one in judged[-3:]] == [
        (code, Reason.FEW_DAYS) for code in codes[:3]
    ]
    assert (refused.factor, refused.reason) == ("four", Reason.BEYOND_LIMIT)
    assert refused.progress.earliest is None


def test_alcohol_is_judged_once_it_is_switched_on() -> None:
    drinks = np.random.default_rng(3).integers(0, 6, 150).tolist()
    factors = {**ordinary_factors(150), "alcohol_drinks": drinks}
    counts = following([count / 2 for count in drinks], math.log(2))

    off, on = (
        rows(weeks(counts, factors, person=showing(*shown)), 150)
        for shown in ((), ("caffeine", "alcohol"))
    )

    assert ("alcohol", 0) not in off
    assert on["alcohol", 0].verdict is Verdict.MORE
    assert on["alcohol", 0].difference == 2


def test_the_step_of_an_own_number_is_what_the_ratio_is_for() -> None:
    hours = np.random.default_rng(5).integers(0, 9, 150)
    counts = following((hours / 2).tolist(), math.log(2))
    values = {**ordinary_factors(150), "own": [{"screen": float(h)} for h in hours]}
    factor = OwnFactorRecord("screen", "Screen hours", "number", unit="h", step=2)

    link = rows(weeks(counts, values, own_factors=(factor,)), 150)["screen", 0]

    assert link.difference == 2
    assert link.rate_ratio == pytest.approx(2, rel=0.15)


# Rough diaries

ROUGH = {
    "zeros": lambda n: [0] * n,
    "the same every day": lambda n: [3] * n,
    "400 a day": lambda n: ordinary_counts(n, rate=400),
    "one day of 100,000": lambda n: [*ordinary_counts(n - 1), 100_000],
    "silent, then full": lambda n: [0] * (n // 2) + ordinary_counts(n - n // 2, rate=8),
    "growing for ever": lambda n: [2**place if place < 16 else 2**16 for place in range(n)],
    "follows the stress": lambda n: [3 * points for points in ordinary_factors(n)["stress"]],
    "only on stressful days": lambda n: [int(p > 7) for p in ordinary_factors(n)["stress"]],
    "every other day unlogged": lambda n: [c if p % 2 else None for p, c in enumerate([2] * n)],
}


@pytest.mark.parametrize("counts", ROUGH.values(), ids=ROUGH)
@pytest.mark.parametrize("days", [1, 31, 90])
def test_rough_diaries_give_a_verdict_or_a_reason(counts: Any, days: int) -> None:
    record = weeks(counts(days), ordinary_factors(days))

    for link in find_links(record, last_day(days)):
        figures = (link.rate_ratio, link.low, link.high)
        if link.reason is None:
            assert 0 < link.low <= link.rate_ratio <= link.high < math.inf
        else:
            assert figures == (None, None, None)
            assert link.verdict is Verdict.NOT_ENOUGH_DATA


def test_ten_years_are_judged_like_one() -> None:
    link = rows(coffee_diary(3_650, ratio=2), 3_650)["caffeine", 0]

    assert link.rate_ratio == pytest.approx(2, rel=0.1)
    assert link.days == 3_650
