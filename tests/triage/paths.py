"""A reader of the path data of charts: where each subpath goes, in absolute coordinates."""

from __future__ import annotations

import re

Point = tuple[float, float]

_COMMAND = re.compile(r"([MmLlHhVvz])([^MmLlHhVvz]*)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "z": 0}


def subpaths(data: str) -> list[list[Point]]:
    """The points of each subpath, oldest first; a closed one ends where it began."""
    found: list[list[Point]] = []
    x = y = 0.0
    for command, written in _COMMAND.findall(data):
        numbers = [float(number) for number in _NUMBER.findall(written)]
        kind = command.lower()
        assert len(numbers) == _TAKES[kind], (command, written)
        here = (x, y) if command.islower() else (0.0, 0.0)
        if kind in "ml":
            x, y = here[0] + numbers[0], here[1] + numbers[1]
        elif kind == "h":
            x = here[0] + numbers[0]
        elif kind == "v":
            y = here[1] + numbers[0]
        else:
            x, y = found[-1][0]
        if kind == "m":
            found.append([])
        found[-1].append((round(x, 4), round(y, 4)))
    return found
