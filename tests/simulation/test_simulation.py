"""The promise of docs/statistics.md on a few hundred simulated diaries, fixed seeds.

`make simulate` runs the same with thousands. Bounds leave three standard errors for the number of
diaries here, so they catch a broken method and not a shade of difference.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from tests.simulation import report
from tests.simulation.__main__ import BEGIN, END
from tests.simulation.people import FACTORS, UNJUDGEABLE, WORLDS, simulate, unjudgeable
from tests.simulation.scores import (
    EffectScores,
    NullScores,
    Share,
    score_effect,
    score_null,
    score_unjudgeable,
)

PAGE = Path(__file__).parents[2] / "docs" / "statistics.md"


@cache
def without_link(world: int) -> NullScores:
    rng = np.random.default_rng([20, world])
    return score_null(simulate(rng, world, 100) for _ in range(80))


@cache
def with_link(world: int, ratio: float) -> EffectScores:
    rng = np.random.default_rng([21, world])
    return score_effect(simulate(rng, world, 150, FACTORS[place % 3], ratio) for place in range(36))


@pytest.mark.parametrize("world", WORLDS)
def test_a_link_is_claimed_in_at_most_5_percent_of_diaries_without_one(world: int) -> None:
    scores = without_link(world)

    assert scores.claims.at_most(5)
    assert scores.named_claims.at_most(5)
    assert scores.shown.at_most(5)


def test_all_worlds_together_keep_the_promise() -> None:
    assert sum((without_link(world).claims for world in WORLDS), Share()).at_most(5)


def test_intervals_hold_the_truth() -> None:
    assert sum((without_link(world).coverage for world in WORLDS), Share()).at_least(94)
    assert with_link(1, 3.0).coverage.at_least(94)


def test_trend_and_change_are_steady_where_nothing_changes() -> None:
    for world in (1, 2):
        assert without_link(world).trend_alarms.at_most(5.5)
        assert without_link(world).trend_coverage.at_least(94)
        assert without_link(world).change_alarms.at_most(6)


@pytest.mark.parametrize(("world", "floor"), [(1, 90), (2, 20), (3, 85), (4, 80)])
def test_a_tripling_is_found(world: int, floor: float) -> None:
    scores = with_link(world, 3.0)

    assert scores.found.at_least(floor)
    assert scores.shown.at_least(floor / 2)
    assert scores.blamed.at_most(6)


@pytest.mark.parametrize("kind", UNJUDGEABLE)
def test_diaries_that_cannot_be_judged_get_no_ratio(kind: str) -> None:
    rng = np.random.default_rng(22)
    asked = ("caffeine",) if kind == "constant coffee" else FACTORS

    given = score_unjudgeable((unjudgeable(rng, kind) for _ in range(20)), asked)

    assert (given.hits, given.of) == (0, 20)


def test_simulated_people_repeat_from_their_seed() -> None:
    first, second = (simulate(np.random.default_rng(5), 2, 60) for _ in range(2))

    assert first == second


def test_a_share_tells_chance_from_more() -> None:
    assert Share(10, 100).at_most(5)
    assert not Share(12, 100).at_most(5)
    assert Share(90, 100).at_least(95)
    assert not Share(88, 100).at_least(95)


def test_the_table_in_the_docs_has_the_rows_of_the_simulation() -> None:
    shown = PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]
    rows = [line.split(" | ")[0].removeprefix("| ") for line in shown.splitlines() if "|" in line]

    assert rows[2:] == [label for label, _, _ in report.ROWS]
