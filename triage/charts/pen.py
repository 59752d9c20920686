"""A pen that writes path data as shortly as it can."""

from __future__ import annotations

from triage.charts.axis import number


class Pen:
    """Path data by relative moves: marks a day apart repeat them, and so pages weigh less."""

    def __init__(self) -> None:
        self.data = ""
        self._at: tuple[float, float] | None = None

    def move(self, x: float, y: float, command: str = "m") -> None:
        """To a point without drawing, or by a line with `l`."""
        if self._at is None:
            self.data += f"M{_pair(x, y)}"
        else:
            self.data += f"{command}{_pair(x - self._at[0], y - self._at[1])}"
        self._at = x, y

    def draw(self, commands: str, x: float, y: float) -> None:
        """Commands that end at a point."""
        self.data += commands
        self._at = x, y


def _pair(x: float, y: float) -> str:
    second = short(y)
    return f"{short(x)}{second}" if second.startswith("-") else f"{short(x)} {second}"


def short(value: float) -> str:
    """A number as shortly as a path allows: ".5" """
    written = number(round(value, 2) + 0.0)
    return written.replace("0.", ".", 1) if abs(value) < 1 else written
