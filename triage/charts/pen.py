"""A pen that writes path data as shortly as it can."""

from __future__ import annotations

from triage.charts.axis import number

POINT = 0.1
"""Length of a point: too short to see, since WebKit smears the round ends of a line without any."""


class Pen:
    """Path data by relative moves: marks a day apart repeat them, and so pages weigh less."""

    def __init__(self) -> None:
        self.data = ""
        self._at: tuple[float, float] | None = None
        self._low = False

    def move(self, x: float, y: float, command: str = "m") -> None:
        """To a place without drawing, or by a line with `l`."""
        if self._at is None:
            self.data += f"M{_pair(x, y)}"
        else:
            self.data += f"{command}{_pair(x - self._at[0], y - self._at[1])}"
        self._at = x, y

    def draw(self, commands: str, x: float, y: float) -> None:
        """Commands that end at a place."""
        self.data += commands
        self._at = x, y

    def point(self, x: float, y: float) -> None:
        """A point that a round line end makes visible.

        Every other one is drawn upward, so that moves need no digit for the length of a point.
        """
        start, end = (y + POINT, y) if self._low else (y, y + POINT)
        self.move(x, start)
        self.draw(f"v{short(end - start)}", x, end)
        self._low = not self._low


def _pair(x: float, y: float) -> str:
    second = short(y)
    return f"{short(x)}{second}" if second.startswith("-") else f"{short(x)} {second}"


def short(value: float) -> str:
    """A number as shortly as a path allows: ".5" """
    written = number(round(value, 2) + 0.0)
    return written.replace("0.", ".", 1) if abs(value) < 1 else written
