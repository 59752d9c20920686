"""The regression against statsmodels, and against a plain dense writing of its formulas."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from triage.statistics.damped_regression import Estimate, damp, elasticity, fit_mean, regress


def people(seed: int, rows: int = 120) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts, calendar days with gaps, and columns of a made-up diary."""
    rng = np.random.default_rng(seed)
    days = np.sort(rng.choice(rows + 40, rows, replace=False))
    factors = rng.normal(size=(rows, 4))
    level = 0.4 * np.sin(days / 9) + 0.3 * factors[:, 0]
    counts = rng.poisson(2 * np.exp(level) * rng.gamma(2, 0.5, rows)).astype(float)
    return counts, days, np.column_stack([np.ones(rows), factors - factors.mean(axis=0)])


@pytest.mark.parametrize("seed", range(5))
def test_the_fit_without_spells_equals_statsmodels(seed: int) -> None:
    counts, _, columns = people(seed)

    oracle = sm.GLM(damp(counts), columns, family=sm.families.Poisson()).fit(tol=1e-12)

    assert fit_mean(damp(counts), columns).coefficients == pytest.approx(oracle.params, abs=1e-6)


def dense_estimate(
    counts: np.ndarray, days: np.ndarray, columns: np.ndarray, column: int
) -> tuple[float, float]:
    """Log ratio and standard error by formulas 1 to 7 of docs/statistics.md, word for word."""
    n, k = columns.shape
    h = counts ** (2 / 3)

    def fit(root: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        b = np.zeros(k)
        b[0] = np.log(h.mean())
        for _ in range(20):
            m = np.exp(np.clip(columns @ b, -8, 6))
            c = root @ (columns * np.sqrt(m)[:, None])
            r = root @ ((h - m) / np.sqrt(m))
            step = np.clip(np.linalg.inv(c.T @ c) @ c.T @ r, -1, 1)
            b = b + step
            if np.abs(step).max() < 1e-5:
                break
        m = np.exp(np.clip(columns @ b, -8, 6))
        return b, root @ (columns * np.sqrt(m)[:, None]), root @ ((h - m) / np.sqrt(m))

    def pairs(gap: int) -> list[tuple[int, int]]:
        return [(i, j) for i in range(n) for j in range(n) if days[i] - days[j] == gap]

    def spells(r: np.ndarray, typical: float) -> tuple[float, float]:
        rho, weight = np.zeros(10), np.zeros(10)
        for g in range(1, 11):
            found = pairs(g)
            mean = np.mean([r[i] * r[j] for i, j in found]) if found else 0.0
            value = mean / np.mean(r**2) + 0.7 * (k + 1) / n
            weight[g - 1] = len(found) + typical
            rho[g - 1] = (len(found) * value + typical * 0.3 * 0.7**g) / weight[g - 1]
        best = (np.inf, 0.0, 0.0)
        for phi in (0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93):
            shape = phi ** np.arange(1, 11)
            share = np.clip((weight * rho) @ shape / (weight @ shape**2), 0, 0.95)
            best = min(best, (float(weight @ (rho - share * shape) ** 2), share, phi))
        return best[1], best[2]

    share, phi = spells(fit(np.eye(n))[2], 40)
    correlation = share * phi ** np.abs(days[:, None] - days[None, :])
    np.fill_diagonal(correlation, 1.0)
    b, c, r = fit(np.linalg.inv(np.linalg.cholesky(correlation)))
    inverse = np.linalg.inv(c.T @ c)
    left_share, left_phi = spells(r, 0)
    own = c @ inverse[:, column]
    memory = sum(
        sum(own[i] * own[j] for i, j in pairs(g)) / (own @ own) * left_share * left_phi**g
        for g in range(1, 61)
    )
    variance = inverse[column, column] * (r @ r) / (n - k) * max(1, 1 + 2 * memory)
    y = counts[counts > 0]
    e = (y * (y ** (2 / 3) - (y - 1) ** (2 / 3))).sum() / (y ** (2 / 3)).sum()
    return b[column] / e, np.sqrt(variance) / e


@pytest.mark.parametrize("seed", [3, 11])
@pytest.mark.parametrize("column", [1, 3])
def test_estimates_equal_the_formulas_written_out(seed: int, column: int) -> None:
    counts, days, columns = people(seed, rows=70)

    found = regress(counts, days, columns).estimate(column)

    assert (found.log_ratio, found.standard_error) == pytest.approx(
        dense_estimate(counts, days, columns, column), rel=1e-6
    )
    assert found.degrees == 70 - 5


def test_damping_halves_the_weight_of_extreme_days() -> None:
    assert damp(np.array([0.0, 1.0, 8.0])) == pytest.approx([0, 1, 4])


def test_elasticity_by_hand() -> None:
    """1 (1 - 0) + 8 (4 - 7^(2/3)) over 1 + 4."""
    assert elasticity(np.array([0.0, 1.0, 8.0])) == pytest.approx((1 + 8 * (4 - 7 ** (2 / 3))) / 5)


def test_elasticity_turns_ratios_of_damped_counts_into_ratios_of_rates() -> None:
    rng = np.random.default_rng(2)
    mixture = rng.gamma(2, 1, 400_000)
    few, more = rng.poisson(mixture).astype(float), rng.poisson(1.1 * mixture).astype(float)

    seen = np.log(damp(more).mean() / damp(few).mean())

    assert seen / elasticity(few) == pytest.approx(np.log(1.1), rel=0.05)


def test_a_doubling_is_estimated_as_a_doubling() -> None:
    rng = np.random.default_rng(4)
    days = np.arange(3_000)
    drank = rng.integers(0, 2, 3_000).astype(float)
    counts = rng.poisson(2 * 2**drank).astype(float)

    found = regress(counts, days, np.column_stack([np.ones(3_000), drank - drank.mean()]))

    assert found.estimate(1).ratio == pytest.approx(2, rel=0.08)


def test_the_same_count_every_day_gives_a_finite_interval_around_one() -> None:
    columns = np.column_stack([np.ones(60), np.linspace(-0.5, 0.5, 60)])

    found = regress(np.full(60, 3.0), np.arange(60), columns).estimate(1)
    low, high = found.interval

    assert found.ratio == pytest.approx(1)
    assert low < 0.8
    assert high > 1.25


def test_an_interval_stays_finite_however_little_is_known() -> None:
    low, high = Estimate(log_ratio=3.0, standard_error=900.0, degrees=10).interval

    assert 0 < low < high < float("inf")
