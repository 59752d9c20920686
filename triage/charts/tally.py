"""Counts as strokes: one for each day, as on the sign of the diary."""

from __future__ import annotations

from dataclasses import dataclass

from triage.charts.axis import number


def tally_path(count: int, of: int) -> str:
    """Strokes for `count` days at the right end of room for `of`, one unit wide each, 1 high."""
    return "".join(f"M{number(place + 0.5)} 0V1" for place in range(of - count, of))


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
        reached="".join(f"M{number(place + 0.5)} 12V0" for place in range(done)),
        to_come="".join(f"M{number(place + 0.5)} 12V8" for place in range(done, needed)),
    )
