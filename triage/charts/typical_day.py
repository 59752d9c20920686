"""A typical day: twelve bars of two hours on the 24-hour ruler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage.charts.axis import number
from triage.patterns import BIN_MINUTES, TypicalDay

BIN_HOURS = BIN_MINUTES // 60
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
    """The bars of a day with at least one twitch."""
    highest = max(found.bins)
    at = (found.bins.index(highest) + 0.5) * BIN_HOURS / 24
    return TypicalDayChart(bars_of_day(found.bins), highest, round(100 * at, 2), HOURS)


def bars_of_day(bins: Sequence[int]) -> str:
    """Bars in proportion to the highest; two hours without a twitch have none."""
    highest = max(bins)
    return "".join(
        f"M{number(place * BIN_HOURS + GAP)} 100V{round(100 - HIGHEST * count / highest, 1):g}"
        f"H{number((place + 1) * BIN_HOURS - GAP)}V100z"
        for place, count in enumerate(bins)
        if count
    )
