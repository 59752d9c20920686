"""The raw picture beside a link."""

from __future__ import annotations

import numpy as np
import pytest

from triage.statistics.raw_groups import RawGroup, RawGroups, raw_groups


def groups(pairs: list[tuple[float, float]]) -> RawGroups | None:
    """The groups of days, each given as the value of its factor and its episodes."""
    values, counts = zip(*pairs, strict=True)
    return raw_groups(np.array(values, dtype=float), np.array(counts, dtype=float))


def test_the_lowest_and_highest_third_with_their_means() -> None:
    found = groups([(float(mg), mg / 10) for mg in range(0, 150, 10)])

    assert found is not None
    assert found.low == RawGroup(days=5, lowest=0, highest=40, per_day=2)
    assert found.high == RawGroup(days=5, lowest=100, highest=140, per_day=12)


def test_equal_values_are_never_split() -> None:
    found = groups([(value, 1.0) for value in [0] * 7 + [100] * 2 + [200] * 6])

    assert found is not None
    assert (found.low.days, found.high.days) == (7, 6)


@pytest.mark.parametrize(("yes", "expected"), [(4, (16, 4)), (16, (4, 16)), (10, (10, 10))])
def test_yes_or_no_makes_two_groups(yes: int, expected: tuple[int, int]) -> None:
    found = groups([(1.0, 2.0)] * yes + [(0.0, 1.0)] * (20 - yes))

    assert found is not None
    assert (found.low.days, found.high.days) == expected
    assert (found.low.per_day, found.high.per_day) == (1, 2)


@pytest.mark.parametrize(
    "values",
    [list(range(13)), [5] * 30, [0] * 27 + [1] * 3],
    ids=["13 days", "one value", "3 on a side"],
)
def test_too_few_days_on_a_side_give_no_picture(values: list[int]) -> None:
    assert groups([(float(value), 1.0) for value in values]) is None
