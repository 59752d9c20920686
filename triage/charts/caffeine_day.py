"""Caffeine on board through a day as a line, the twitches of the same days as bars."""

from __future__ import annotations

from dataclasses import dataclass

from triage.caffeine_course import STEP_MIN, CaffeineCourse
from triage.charts.pen import Pen
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
    pen = Pen()
    for place, level in enumerate(found.levels):
        pen.move(place * STEP_MIN / 60, round(100 - HIGHEST * level / highest, 1), "l")
    return CaffeineDayChart(
        line=pen.data,
        area=f"{pen.data}V100H0z",
        bars=bars_of_day(found.twitches),
        ticks=HOURS,
    )
