"""Student's t against printed tables and against scipy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from triage.statistics.student import two_sided_p, two_sided_quantile


@pytest.mark.parametrize(
    ("degrees", "quantile"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (10, 2.228), (29, 2.045), (30, 2.042), (120, 1.980)],
)
def test_quantiles_equal_the_printed_table(degrees: int, quantile: float) -> None:
    assert two_sided_quantile(0.95, degrees) == pytest.approx(quantile, abs=5e-4)


@given(st.integers(1, 4_000), st.floats(0.001, 0.9999))
def test_quantiles_equal_scipy(degrees: int, coverage: float) -> None:
    expected = stats.t.ppf((1 + coverage) / 2, degrees)

    assert two_sided_quantile(coverage, degrees) == pytest.approx(expected, rel=1e-8)


@given(st.integers(1, 4_000), st.floats(-40, 40))
def test_tails_equal_scipy(degrees: int, statistic: float) -> None:
    expected = 2 * stats.t.sf(abs(statistic), degrees)

    assert two_sided_p(statistic, degrees) == pytest.approx(expected, abs=1e-11)


def test_no_degrees_of_freedom_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        two_sided_p(2.0, 0)


@pytest.mark.parametrize("coverage", [0.0, 1.0])
def test_a_coverage_that_has_no_quantile_is_refused(coverage: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        two_sided_quantile(coverage, 10)
