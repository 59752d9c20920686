"""Student's t for whole degrees of freedom: two-sided tail and quantile, without scipy.

The distribution function has a finite series for whole degrees of freedom (Abramowitz and Stegun,
Handbook of Mathematical Functions, 26.7.3 and 26.7.4), so both are exact to rounding.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist


@lru_cache(maxsize=4096)
def two_sided_p(statistic: float, degrees: int) -> float:
    """Chance that |T| is at least |statistic| for `degrees` >= 1 degrees of freedom."""
    _require_degrees(degrees)
    return max(0.0, 1.0 - _central_mass(abs(statistic), degrees))


@lru_cache(maxsize=4096)
def two_sided_quantile(coverage: float, degrees: int) -> float:
    """The t with P(|T| <= t) = `coverage` (0.95 gives the half width of a 95 % interval).

    Raises ValueError for a coverage outside (0, 1) or degrees below 1.
    """
    _require_degrees(degrees)
    if not 0 < coverage < 1:
        raise ValueError("coverage must lie between 0 and 1")
    quantile = NormalDist().inv_cdf((1 + coverage) / 2)  # always below Student's
    # The central mass is concave, so Newton's steps climb to the root and never pass it.
    for _ in range(200):
        step = (coverage - _central_mass(quantile, degrees)) / (2 * _density(quantile, degrees))
        quantile += step
        if step <= 1e-12 * quantile:
            break
    return quantile


def _density(t: float, degrees: int) -> float:
    log_constant = math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)
    log_tail = (degrees + 1) / 2 * math.log1p(t * t / degrees)
    return math.exp(log_constant - log_tail) / math.sqrt(degrees * math.pi)


def _central_mass(t: float, degrees: int) -> float:
    """P(|T| <= t), the series A(t | degrees)."""
    angle = math.atan(t / math.sqrt(degrees))
    sine, cosine = math.sin(angle), math.cos(angle)
    if degrees % 2:
        term = total = cosine if degrees > 1 else 0.0
        for step in range(3, degrees - 1, 2):
            term *= (step - 1) / step * cosine**2
            total += term
        return 2 / math.pi * (angle + sine * total)
    term = total = 1.0
    for step in range(2, degrees - 1, 2):
        term *= (step - 1) / step * cosine**2
        total += term
    return sine * total


def _require_degrees(degrees: int) -> None:
    if degrees < 1:
        raise ValueError("degrees of freedom must be at least 1")
