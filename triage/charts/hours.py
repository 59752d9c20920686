"""A typical day on the second page: twelve bars of two hours with their numbers, in mm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, HIGHEST = 91.0, 24.0, 15.6
BASE, HOURS_Y = 19.4, 22.8
LEFT, PITCH, BAR = 2.0, 7.25, 6.0


@dataclass(frozen=True, slots=True)
class BarNumber:
    """A number over its bar."""

    x: float
    y: float
    count: int


@dataclass(frozen=True, slots=True)
class HourTick:
    """An hour below the base line."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class HoursDrawing:
    """The bars as one path, their numbers and the hours."""

    bars: str
    numbers: tuple[BarNumber, ...]
    hours: tuple[HourTick, ...]
    width: float = WIDTH
    height: float = HEIGHT
    base: float = BASE
    hours_y: float = HOURS_Y


def draw_hours(bins: Sequence[int]) -> HoursDrawing:
    """Bars in proportion to the highest; hours without a twitch stay empty."""
    most = max(bins, default=0)
    bars, numbers = [], []
    for place, count in enumerate(bins):
        if count:
            height = HIGHEST * count / most
            x = LEFT + place * PITCH + (PITCH - BAR) / 2
            bars.append(f"M{x:.2f} {BASE - height:.2f}h{BAR}v{height:.2f}h-{BAR}z")
            numbers.append(BarNumber(round(x + BAR / 2, 2), round(BASE - height - 0.9, 2), count))
    ticks = tuple(
        HourTick(round(LEFT + hour / 2 * PITCH, 2), f"{hour:02d}:00") for hour in (0, 6, 12, 18, 24)
    )
    return HoursDrawing("".join(bars), tuple(numbers), ticks)
