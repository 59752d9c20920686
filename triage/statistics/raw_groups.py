"""The raw picture beside a link: plain means of the person's own lowest and highest third."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from triage.statistics.spells import Floats

NEEDED_DAYS = 14
NEEDED_ON_EACH_SIDE = 4


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


def raw_groups(values: Floats, counts: Floats) -> RawGroups | None:
    """The lowest and the highest third; None under 14 days or 4 on a side.

    `values` (days,) of a factor and `counts` (days,) of the episodes of the days beside which they
    are set. Equal values are never split, so the groups can differ in size. Where both thirds end
    in the same value (yes or no, or mostly one value) the days on one side of it are set against
    the rest.
    """
    if len(values) < NEEDED_DAYS:
        return None
    low_end, high_end = _ends(np.sort(values))
    low, high = values <= low_end, values >= high_end
    if min(low.sum(), high.sum()) < NEEDED_ON_EACH_SIDE:
        return None
    return RawGroups(_group(values[low], counts[low]), _group(values[high], counts[high]))


def _ends(ordered: Floats) -> tuple[float, float]:
    """Highest value of the low group and lowest value of the high group."""
    third = len(ordered) // 3
    low_end, high_end = float(ordered[third - 1]), float(ordered[-third])
    if low_end < high_end:
        return low_end, high_end
    above, below = ordered[ordered > low_end], ordered[ordered < low_end]
    if len(above) >= len(below):
        return low_end, float(above[0]) if len(above) else float("inf")
    return float(below[-1]), low_end


def _group(values: Floats, counts: Floats) -> RawGroup:
    days = len(values)
    per_day = float(counts.sum()) / days
    return RawGroup(days, float(values.min()), float(values.max()), per_day)
