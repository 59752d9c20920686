"""Day by day on the second page: 28 lines of 24 hours with a mark for each twitch, in mm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

COLUMNS, ROWS = 7, 4
PITCH_X, PITCH_Y, WIDTH = 186 / COLUMNS, 15.2, 22.8
LINE_Y = 6.5
"""Height of the line within its row."""

MINUTES = 24 * 60
MARK, BAND = 0.45, 4.6
LENGTHS = {1: 1.2, 2: 2.1, 3: 3.2}
"""Length of a mark by intensity; one without intensity is as long as a clear one."""

HATCH_STEP = 0.95 * sqrt(2)


@dataclass(frozen=True, slots=True)
class StripMark:
    """One twitch: minute of the day, intensity 1 to 3 or None, above or below the line."""

    minute: int
    intensity: int | None
    above: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """One day; `open_` days were not checked in, `constant` ones never stopped."""

    marks: tuple[StripMark, ...]
    open_: bool
    constant: bool


@dataclass(frozen=True, slots=True)
class StripsDrawing:
    """All strips as four paths."""

    lines: str
    marks: str
    hatch: str
    width: float = 186.0
    height: float = PITCH_Y * ROWS


def draw_strips(strips: Sequence[Strip | None]) -> StripsDrawing:
    """The strips row by row, seven in a row; None leaves the place of a day empty."""
    lines, marks, hatch = [], [], []
    for number, strip in enumerate(strips):
        if strip is None:
            continue
        x, y = number % COLUMNS * PITCH_X, number // COLUMNS * PITCH_Y + LINE_Y
        if strip.open_:
            hatch += _hatch(x, y - BAND / 2, x + WIDTH, y + BAND / 2)
        else:
            lines.append(f"M{x:.2f} {y:.2f}h{WIDTH}")
            lines += [f"M{x + WIDTH * part / 4:.2f} {y - 0.5:.2f}v1" for part in (1, 2, 3)]
        if strip.constant:
            marks.append(f"M{x:.2f} {y - 2.2:.2f}h{WIDTH}v2.2h-{WIDTH}z")
        marks += [_mark(mark, x, y) for mark in strip.marks]
    return StripsDrawing("".join(lines), "".join(marks), "".join(hatch))


def _mark(mark: StripMark, x: float, y: float) -> str:
    length = LENGTHS[mark.intensity or 2]
    left = x + mark.minute / MINUTES * (WIDTH - MARK)
    top = y - length if mark.above else y
    return f"M{left:.2f} {top:.2f}h{MARK}v{length}h-{MARK}z"


def _hatch(left: float, top: float, right: float, bottom: float) -> list[str]:
    lines, number = [], ceil((left + top) / HATCH_STEP)
    while (total := number * HATCH_STEP) < right + bottom:
        x1, x2 = max(left, total - bottom), min(right, total - top)
        if x2 > x1:
            lines.append(f"M{x1:.2f} {total - x1:.2f}L{x2:.2f} {total - x2:.2f}")
        number += 1
    return lines
