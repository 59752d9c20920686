"""Spells: the fast forms against the plain ones they stand for."""

from __future__ import annotations

import numpy as np
import pytest

from triage.statistics.spells import News, Spells, estimate_spells, products_by_gap


def calendar(seed: int, rows: int, span: int) -> np.ndarray:
    return np.sort(np.random.default_rng(seed).choice(span, rows, replace=False))


def correlation(spells: Spells, days: np.ndarray) -> np.ndarray:
    matrix = spells.share * spells.phi ** np.abs(days[:, None] - days[None, :])
    np.fill_diagonal(matrix, 1.0)
    return matrix


@pytest.mark.parametrize("rows", [1, 2, 63, 64, 65, 200])
@pytest.mark.parametrize("spells", [Spells(0.6, 0.9), Spells(0.05, 0.3), Spells(0.95, 0.93)])
def test_news_equals_the_inverse_cholesky_factor(rows: int, spells: Spells) -> None:
    days = calendar(rows, rows, 2 * rows + 5)
    values = np.random.default_rng(1).normal(size=(rows, 3))

    expected = np.linalg.solve(np.linalg.cholesky(correlation(spells, days)), values)

    assert News(spells, days)(values) == pytest.approx(expected, abs=1e-10)


def test_without_spells_every_value_is_news() -> None:
    values = np.arange(6.0).reshape(3, 2)

    assert News(Spells(0.0, 0.9), np.arange(3))(values) is values


def test_products_by_gap_equal_a_loop_over_pairs() -> None:
    days = calendar(5, 40, 70)
    values = np.random.default_rng(5).normal(size=40)
    expected = {
        gap: [
            values[i] * values[j] for i in range(40) for j in range(40) if days[i] - days[j] == gap
        ]
        for gap in range(1, 11)
    }

    products, pairs = products_by_gap(values, days, 10)

    assert pairs.tolist() == [len(found) for found in expected.values()]
    assert products == pytest.approx([sum(found) for found in expected.values()])


def swings(phi: float, share: float, rows: int) -> np.ndarray:
    rng = np.random.default_rng(8)
    level = np.zeros(rows)
    for day in range(1, rows):
        level[day] = phi * level[day - 1] + rng.normal() * np.sqrt(1 - phi**2)
    return np.sqrt(share) * level + np.sqrt(1 - share) * rng.normal(size=rows)


def test_long_series_give_back_their_spells() -> None:
    found = estimate_spells(swings(0.9, 0.6, 20_000), np.arange(20_000), columns=1)

    assert found.phi == 0.9
    assert found.share == pytest.approx(0.6, abs=0.03)


def test_days_of_their_own_have_no_spells_left() -> None:
    found = estimate_spells(swings(0.9, 0.0, 20_000), np.arange(20_000), 1, typical_pairs=0)

    assert found.share < 0.02


def test_few_days_are_taken_to_be_typical() -> None:
    found = estimate_spells(np.array([1.0, -1.0]), np.array([0, 400]), columns=1)

    assert (found.share, found.phi) == (pytest.approx(0.3), 0.7)


def test_residuals_of_zero_are_no_error() -> None:
    found = estimate_spells(np.zeros(30), np.arange(30), columns=2)

    assert 0 < found.share <= 0.95
