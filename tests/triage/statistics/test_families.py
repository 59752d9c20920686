"""Which looks of a family may be claimed."""

from __future__ import annotations

import numpy as np
import pytest

from tests.triage.made_up_weeks import following, last_day, ordinary_factors, weeks
from triage.periods import until
from triage.statistics import families
from triage.statistics.daily_series import daily_series
from triage.statistics.factor_differences import MAIN_FACTORS
from triage.statistics.families import Family, claims, holm, judge, steady_claims
from triage.verdicts import Verdict

READERS = {factor.code: factor.read for factor in MAIN_FACTORS}
C0, C1 = ("caffeine", 0), ("caffeine", 1)
S0, S1 = ("sleep", 0), ("sleep", 1)
T0, T1 = ("stress", 0), ("stress", 1)
SIX = dict.fromkeys((C0, C1, S0, S1, T0, T1), 0.9)


def test_holm_by_hand() -> None:
    """Six looks at 5 %: limits 0.00833, 0.01, 0.0125, 0.01667, 0.025, 0.05 in turn."""
    p_values = {C0: 0.0083, C1: 0.0099, S0: 0.0126, S1: 0.0127, T0: 0.5, T1: 0.9}

    assert holm(p_values, 0.05) == {C0, C1}


def test_holm_stops_at_the_first_that_fails() -> None:
    """The second would pass its own limit of 0.05 / 1, the first does not pass 0.05 / 2."""
    assert holm({C0: 0.026, S0: 0.03}, 0.05) == frozenset()


def test_holm_of_nothing_claims_nothing() -> None:
    assert holm({}, 0.05) == frozenset()


def test_without_a_named_factor_all_looks_share_the_error() -> None:
    assert claims({**SIX, C0: 0.0083}, None) == {C0}
    assert claims({**SIX, C0: 0.0084}, None) == frozenset()


def test_a_named_factor_gets_four_percent_over_its_two_looks() -> None:
    assert claims({**SIX, C0: 0.0199}, "caffeine") == {C0}
    assert claims({**SIX, C0: 0.0201}, "caffeine") == frozenset()


def test_beside_a_named_factor_the_others_share_one_percent() -> None:
    assert claims({**SIX, S0: 0.0024}, "caffeine") == {S0}
    assert claims({**SIX, S0: 0.0026}, "caffeine") == frozenset()


def test_claims_never_depend_on_the_order_of_looks() -> None:
    p_values = {C0: 0.001, C1: 0.002, S0: 0.012, S1: 0.3, T0: 0.4, T1: 0.5}

    assert claims(dict(reversed(p_values.items())), None) == claims(p_values, None) == {C0, C1, S0}


def series_of(days: int, **factors: list[int]) -> families.DailySeries:
    values = {**ordinary_factors(days), **factors}
    counts = following([mg / 200 for mg in values["caffeine"]], np.log(3), seed=3)
    return daily_series(weeks(counts, values), until(last_day(days)), READERS)


def test_a_strong_link_is_claimed_in_its_direction_and_no_other() -> None:
    result = judge(Family(MAIN_FACTORS), series_of(150))

    assert result.claims() == {C0: Verdict.MORE}
    assert set(result.judged) == set(SIX)


def test_neighbours_of_a_day_before_link_are_not_blamed_for_it() -> None:
    """Stress follows the coffee of the day before; only that coffee moves the counts."""
    rng = np.random.default_rng(6)
    coffee = 80 * rng.integers(0, 8, 301)
    stress = (coffee[:-1] / 80 + rng.integers(0, 4, 300)).astype(int)
    counts = following((coffee[:-1] / 200).tolist(), np.log(3))
    values = {**ordinary_factors(300), "caffeine": coffee[1:].tolist(), "stress": stress.tolist()}
    series = daily_series(weeks(counts, values), until(last_day(300)), READERS)

    same_day = families.same_day_fit(series, families.select(series, MAIN_FACTORS))
    blamed = families.estimate_look(same_day, T0)
    result = judge(Family(MAIN_FACTORS), series)

    assert isinstance(blamed, families.Estimated)
    assert blamed.estimate.p < 0.001
    assert result.claims() == {C1: Verdict.MORE}


def test_a_claim_that_one_earlier_look_did_not_make_is_not_steady() -> None:
    family, today = Family(MAIN_FACTORS), series_of(150)
    end = last_day(150)
    too_short = today.between(None, last_day(20))
    claimed = judge(family, today).claims()

    assert steady_claims(family, [today.between(None, end)], claimed) == {C0: Verdict.MORE}
    assert steady_claims(family, [today.between(None, end), too_short], claimed) == {}


def test_earlier_looks_are_not_taken_when_nothing_is_claimed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("an earlier look was taken")

    monkeypatch.setattr(families, "judge", refuse)

    assert steady_claims(Family(MAIN_FACTORS), [series_of(60)], {}) == {}
