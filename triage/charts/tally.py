"""Counts as strokes: one for each day, as on the sign of the diary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from triage.charts.pen import Pen


def tally_path(count: int, of: int) -> str:
    """Strokes for `count` days at the right end of room for `of`, one unit wide each, 1 high."""
    return _strokes(range(of - count, of), 0, 1)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is to a number of days: tall strokes reached, short ones to come; 12 high."""

    done: int
    needed: int
    reached: str
    to_come: str


def progress(done: int, needed: int) -> Progress:
    """Strokes from the left, one unit each."""
    done = min(done, needed)
    return Progress(
        done=done,
        needed=needed,
        reached=_strokes(range(done), 12, 0),
        to_come=_strokes(range(done, needed), 12, 8),
    )


def _strokes(places: Iterable[int], start: int, end: int) -> str:
    pen = Pen()
    for place in places:
        pen.move(place + 0.5, start)
        pen.draw(f"V{end}", place + 0.5, end)
    return pen.data
