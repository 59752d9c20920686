"""A typical day: twelve bars of two hours on the 24-hour ruler."""

from __future__ import annotations

from dataclasses import dataclass

from triage.charts.axis import number
from triage.patterns import BIN_MINUTES, TypicalDay

GAP = 0.08
"""White on each side of a bar, in hours."""
HIGHEST = 96
"""Height of the highest bar in hundredths."""


@dataclass(frozen=True, slots=True)
class HourTick:
    """A labelled hour of the ruler in hundredths of the width; `anchor` is that of SVG text."""

    at: float
    words: str
    anchor: str
    main: bool


@dataclass(frozen=True, slots=True)
class TypicalDayChart:
    """Bars as one path, 24 hours wide and 100 high; only the highest carries its number."""

    bars: str
    highest: int
    highest_at: float
    ticks: tuple[HourTick, ...]


HOURS = (
    HourTick(0, "0:00", "start", True),
    HourTick(25, "6:00", "middle", False),
    HourTick(50, "12:00", "middle", True),
    HourTick(75, "18:00", "middle", False),
    HourTick(100, "24:00", "end", True),
)


def typical_day_chart(found: TypicalDay) -> TypicalDayChart:
    """Bars in proportion to the highest; an empty day has none."""
    highest = max(found.bins)
    hours = BIN_MINUTES // 60
    bars = "".join(
        f"M{number(place * hours + GAP)} 100V{number(100 - HIGHEST * count / highest)}"
        f"H{number((place + 1) * hours - GAP)}V100z"
        for place, count in enumerate(found.bins)
        if count
    )
    at = (found.bins.index(highest) + 0.5) * hours / 24
    return TypicalDayChart(bars, highest, round(100 * at, 2), HOURS)
