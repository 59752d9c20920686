"""The raw picture beside a link: plain means of the person's own lowest and highest third."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NEEDED_DAYS = 14
NEEDED_ON_EACH_SIDE = 4

DayPair = tuple[float, float]
"""A factor's value and the episodes of the day it is set beside."""


@dataclass(frozen=True, slots=True)
class RawGroup:
    """Days with similar values of a factor: how many, which values, episodes per day."""

    days: int
    lowest: float
    highest: float
    per_day: float


@dataclass(frozen=True, slots=True)
class RawGroups:
    """The days with the lowest and those with the highest values of a factor."""

    low: RawGroup
    high: RawGroup


def raw_groups(pairs: Sequence[DayPair]) -> RawGroups | None:
    """The lowest and the highest third; None under 14 days or 4 on a side.

    Equal values are never split, so the groups can differ in size. Where both thirds end in the
    same value (yes or no, or mostly one value) the days on one side of it are set against the
    rest.
    """
    if len(pairs) < NEEDED_DAYS:
        return None
    low_end, high_end = _ends(sorted(value for value, _ in pairs))
    low = [pair for pair in pairs if pair[0] <= low_end]
    high = [pair for pair in pairs if pair[0] >= high_end]
    if min(len(low), len(high)) < NEEDED_ON_EACH_SIDE:
        return None
    return RawGroups(_group(low), _group(high))


def _ends(ordered: Sequence[float]) -> tuple[float, float]:
    """Highest value of the low group and lowest value of the high group."""
    third = len(ordered) // 3
    low_end, high_end = ordered[third - 1], ordered[-third]
    if low_end < high_end:
        return low_end, high_end
    above = [value for value in ordered if value > low_end]
    below = [value for value in ordered if value < low_end]
    if len(above) >= len(below):
        return low_end, above[0] if above else float("inf")
    return below[-1], low_end


def _group(pairs: Sequence[DayPair]) -> RawGroup:
    values = [value for value, _ in pairs]
    episodes = sum(count for _, count in pairs)
    return RawGroup(len(pairs), min(values), max(values), episodes / len(pairs))
