"""Log-linear regression of damped daily counts for one person's diary.

Built for counts with rare extreme days, good and bad spells, and gaps: counts are damped to their
power 2/3, each day is compared with what the days around it would lead one to expect, and what is
left of the spells widens the errors. docs/statistics.md derives the formulas and shows by
simulation what they hold and what they do not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from triage.statistics.spells import Days, Floats, News, Spells, estimate_spells, products_by_gap
from triage.statistics.student import two_sided_p, two_sided_quantile

POWER = 2 / 3
SHORTEST_PREDICTOR, LONGEST_PREDICTOR = -8.0, 6.0
MOST_STEPS, STEP_DONE, LONGEST_STEP = 20, 1e-5, 1.0
LONGEST_MEMORY_DAYS = 60
MOST_EXPONENT = 700.0  # keeps ratios finite where a diary says nothing about them
# The same count every day leaves nothing to measure chance by; Poisson's scale stands in.
NO_SCATTER, POISSON_SCALE = 1e-9, 1.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A log ratio of rates with its standard error and degrees of freedom."""

    log_ratio: float
    standard_error: float
    degrees: int

    @property
    def p(self) -> float:
        """Two-sided chance of so large a ratio if there were none."""
        return two_sided_p(self.log_ratio / self.standard_error, self.degrees)

    @property
    def ratio(self) -> float:
        """The ratio of rates."""
        return _exp(self.log_ratio)

    @property
    def interval(self) -> tuple[float, float]:
        """Ends of the 95 % interval of the ratio."""
        half = two_sided_quantile(0.95, self.degrees) * self.standard_error
        return _exp(self.log_ratio - half), _exp(self.log_ratio + half)


def _exp(exponent: float) -> float:
    return math.exp(max(-MOST_EXPONENT, min(MOST_EXPONENT, exponent)))


@dataclass(frozen=True, slots=True)
class MeanFit:
    """A fit of log E[h] = X b: b (k,), the weighted columns (n, k) and residuals (n,)."""

    coefficients: Floats
    columns: Floats
    residuals: Floats


@dataclass(frozen=True, slots=True)
class Regression:
    """A fit in which spells are allowed for: `estimate(i)` tells what column i goes along with."""

    fit: MeanFit
    inverse: Floats
    days: Days
    elasticity: float
    spells: Spells
    left_over: Spells

    def estimate(self, column: int) -> Estimate:
        """Log ratio of the rate for one more unit of the column."""
        rows, k = self.fit.columns.shape
        scale = float(self.fit.residuals @ self.fit.residuals) / (rows - k)
        scale = scale if scale > NO_SCATTER else POISSON_SCALE
        variance = self.inverse[column, column] * scale * self._widening(column)
        return Estimate(
            log_ratio=float(self.fit.coefficients[column]) / self.elasticity,
            standard_error=float(np.sqrt(variance)) / self.elasticity,
            degrees=rows - k,
        )

    def _widening(self, column: int) -> float:
        """Factor on the variance for spells that are left after whitening, never below 1."""
        own = self.fit.columns @ self.inverse[column]
        products, _ = products_by_gap(own, self.days, LONGEST_MEMORY_DAYS)
        memory = self.left_over.phi ** np.arange(1, LONGEST_MEMORY_DAYS + 1)
        return max(
            1.0, 1.0 + 2 * self.left_over.share * float(products @ memory) / float(own @ own)
        )


def regress(
    counts: Floats, days: Days, columns: Floats, spells: Spells | None = None
) -> Regression:
    """Regress counts (n,) on calendar days (n,), ascending, on columns (n, k), the first of ones.

    `spells` reuses those of another fit. Needs n > k, at least one count above 0 and columns of
    full rank; raises numpy.linalg.LinAlgError when the columns cannot be told apart.
    """
    numbers = np.asarray(days, dtype=np.int64)
    values, shown = np.asarray(counts, dtype=float), np.asarray(columns, dtype=float)
    return _regress(values.tobytes(), numbers.tobytes(), shown.tobytes(), spells)


@lru_cache(maxsize=64)  # trends, preview and sheet ask the same until another day is closed
def _regress(
    count_bytes: bytes, day_bytes: bytes, column_bytes: bytes, spells: Spells | None
) -> Regression:
    counts, days = np.frombuffer(count_bytes), np.frombuffer(day_bytes, dtype=np.int64)
    columns = np.frombuffer(column_bytes).reshape(len(counts), -1)
    damped = damp(counts)
    if spells is None:
        plain = fit_mean(damped, columns)
        spells = estimate_spells(plain.residuals, days, columns.shape[1])
    fit = fit_mean(damped, columns, News(spells, days))
    return Regression(
        fit=fit,
        inverse=np.asarray(np.linalg.inv(fit.columns.T @ fit.columns), dtype=float),
        days=days,
        elasticity=elasticity(counts),
        spells=spells,
        left_over=estimate_spells(fit.residuals, days, columns.shape[1], typical_pairs=0),
    )


def damp(counts: Floats) -> Floats:
    """Counts to the power 2/3: 8 enters as 4, 1 stays 1."""
    return counts**POWER


def elasticity(counts: Floats) -> float:
    """d log E[h] / d log rate, between 2/3 and 1, for any mixture of Poisson counts.

    From E[y (h(y) - h(y - 1))] = d E[h] / d log rate. Needs a count above 0.
    """
    y = counts[counts > 0]
    return float(y @ (damp(y) - damp(y - 1))) / float(damp(y).sum())


def fit_mean(damped: Floats, columns: Floats, news: News | None = None) -> MeanFit:
    """Fit log E[h] = X b with the variance in proportion to the mean, by scoring.

    With `news` the weighted columns and residuals are whitened at every step.
    """
    coefficients = np.zeros(columns.shape[1])
    coefficients[0] = np.log(damped.mean())
    for _ in range(MOST_STEPS):
        weighted, residuals = _weigh(damped, columns, coefficients, news)
        step = np.linalg.solve(weighted.T @ weighted, weighted.T @ residuals)
        step = step.clip(-LONGEST_STEP, LONGEST_STEP)
        coefficients = coefficients + step
        if np.abs(step).max() < STEP_DONE:
            break
    return MeanFit(coefficients, *_weigh(damped, columns, coefficients, news))


def _weigh(
    damped: Floats, columns: Floats, coefficients: Floats, news: News | None
) -> tuple[Floats, Floats]:
    predictor = (columns @ coefficients).clip(SHORTEST_PREDICTOR, LONGEST_PREDICTOR)
    root = np.exp(predictor / 2)
    together = np.column_stack([columns * root[:, None], damped / root - root])
    if news is not None:
        together = news(together)
    return together[:, :-1], together[:, -1]
