"""Spells: good and bad stretches of days, seen in the residuals of a regression on days.

Residuals of days g apart are taken to correlate with share * phi^g: a hidden level that fades by
phi a day and makes up `share` of the variance, the rest being each day's own. Days are calendar
days, so gaps in a diary count with their true length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Days = NDArray[np.intp]

GAPS = np.arange(1, 11)
PHI_GRID = np.array([0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93])
MOST_SHARE = 0.95
# What is typical of people, weighed like 40 pairs of days at each gap (measured by simulation).
TYPICAL_PAIRS = 40
TYPICAL_CORRELATION = 0.3 * 0.7**GAPS
# Residuals of a fit with k columns correlate less than the truth; about 0.7 (k + 1) / n is lost.
LOST_PER_COLUMN = 0.7

_BLOCK_DAYS = 64


@dataclass(frozen=True, slots=True)
class Spells:
    """Share of the variance that lasts beyond a day, and how much of it is left a day later."""

    share: float
    phi: float


def estimate_spells(
    residuals: Floats, days: Days, columns: int, typical_pairs: int = TYPICAL_PAIRS
) -> Spells:
    """Least squares of the residuals' correlations at gaps of 1 to 10 days on share * phi^gap.

    `residuals` (n,) of a fit with `columns` columns on ascending calendar `days` (n,).
    """
    products, pairs = products_by_gap(residuals, days, len(GAPS))
    scale = float(np.mean(residuals**2))
    means = np.divide(products, pairs * scale, out=np.zeros(len(GAPS)), where=pairs * scale > 0)
    observed = means + LOST_PER_COLUMN * (columns + 1) / len(residuals)
    weights = pairs + typical_pairs
    correlations = np.divide(
        pairs * observed + typical_pairs * TYPICAL_CORRELATION,
        weights,
        out=np.zeros(len(GAPS)),
        where=weights > 0,
    )
    return _least_squares(correlations, weights)


def _least_squares(correlations: Floats, weights: Floats) -> Spells:
    shapes = PHI_GRID[:, None] ** GAPS
    powers = shapes**2 @ weights
    shares = np.divide(
        shapes @ (weights * correlations), powers, out=np.zeros(len(PHI_GRID)), where=powers > 0
    ).clip(0, MOST_SHARE)
    misfits = (correlations - shares[:, None] * shapes) ** 2 @ weights
    best = int(np.argmin(misfits))
    return Spells(float(shares[best]), float(PHI_GRID[best]))


def products_by_gap(values: Floats, days: Days, longest: int) -> tuple[Floats, Floats]:
    """Sum of the products of values 1..longest calendar days apart, and the number of pairs."""
    length = int(days[-1] - days[0]) + 1
    calendar, present = np.zeros(length + longest), np.zeros(length + longest)
    calendar[days - days[0]] = values
    present[days - days[0]] = 1.0
    gaps = range(1, longest + 1)
    return (
        np.array([calendar[:length] @ calendar[gap : gap + length] for gap in gaps]),
        np.array([present[:length] @ present[gap : gap + length] for gap in gaps]),
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """One stretch of days: what turns its values into news, and hands the level on."""

    rows: slice
    fading: Floats
    inverse: Floats
    gain: Floats
    carry: float


class News:
    """Turns each day's value into its news: what the days before it did not lead one to expect.

    Multiplies by the inverse of the Cholesky factor of R, R = 1 on the diagonal and
    share * phi^|gap| elsewhere. R is never built: all that the past tells about a stretch of days
    is the expected hidden level at its start, so stretches of 64 days are whitened in turn and
    the cost grows with the number of days, not with its cube. Exact.
    """

    def __init__(self, spells: Spells, days: Days) -> None:
        self._blocks = tuple(_blocks(spells, days)) if spells.share > 0 else ()

    def __call__(self, values: Floats) -> Floats:
        """The news of `values` (n, columns), one row a day in the order of `days`."""
        if not self._blocks:
            return values
        news = np.empty_like(values)
        level = np.zeros(values.shape[1])
        for block in self._blocks:
            surprise = values[block.rows] - np.outer(block.fading, level)
            news[block.rows] = block.inverse @ surprise
            level = block.carry * level + block.gain @ news[block.rows]
        return news


def _blocks(spells: Spells, days: Days) -> list[_Block]:
    share, phi = spells.share, spells.phi
    variance = share
    blocks = []
    for start in range(0, len(days), _BLOCK_DAYS):
        rows = slice(start, min(start + _BLOCK_DAYS, len(days)))
        here = days[rows]
        fading = phi ** (here - here[0]).astype(float)
        apart = np.abs(here[:, None] - here[None, :])
        level = share * phi**apart - (share - variance) * np.outer(fading, fading)
        inverse = np.linalg.inv(np.linalg.cholesky(level + (1 - share) * np.eye(len(here))))
        ahead = phi ** float(days[rows.stop] - here[-1]) if rows.stop < len(days) else 0.0
        gain = ahead * inverse @ level[-1]
        variance = share + ahead**2 * (level[-1, -1] - share) - gain @ gain
        blocks.append(_Block(rows, fading, inverse, gain, ahead * fading[-1]))
    return blocks
