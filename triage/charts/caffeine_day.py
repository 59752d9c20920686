"""Caffeine on board through a day as a line, the twitches of the same days as bars."""

from __future__ import annotations

from dataclasses import dataclass

from triage.caffeine_course import STEP_MIN, CaffeineCourse
from triage.charts.axis import number
from triage.charts.typical_day import HIGHEST, HOURS, HourTick, bars_of_day


@dataclass(frozen=True, slots=True)
class CaffeineDayChart:
    """Paths 24 hours wide and 100 high; line and bars have each their own scale."""

    line: str
    area: str
    bars: str
    ticks: tuple[HourTick, ...]


def caffeine_day_chart(found: CaffeineCourse) -> CaffeineDayChart:
    """The line in proportion to its highest level, the bars to the highest of them."""
    highest = max(found.levels) or 1.0
    points = "L".join(
        f"{number(place * STEP_MIN / 60)} {number(100 - HIGHEST * level / highest)}"
        for place, level in enumerate(found.levels)
    )
    return CaffeineDayChart(
        line=f"M{points}",
        area=f"M0 100L{points}V100z",
        bars=bars_of_day(found.twitches),
        ticks=HOURS,
    )
