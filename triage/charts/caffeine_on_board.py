"""Caffeine on board through one day: a line in a pale band, drinks below, twitches above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage.caffeine_day import STEP_MIN, CaffeineDay
from triage.charts.axis import ValueAxis, halves, number, round_top
from triage.charts.pen import Pen
from triage.charts.typical_day import HOURS, HourTick

LEAST_TOP_MG = 100
"""Top of the scale at least, so that a cup of tea does not fill the drawing."""


@dataclass(frozen=True, slots=True)
class OnBoardChart:
    """Paths 24 hours wide: line and band 100 high, drinks points on the base, twitches 1 high."""

    line: str
    band: str
    drinks: str
    twitches: str
    values: ValueAxis
    ticks: tuple[HourTick, ...]


def shared_scale(days: Sequence[CaffeineDay]) -> ValueAxis:
    """One scale in mg for all days, so that they can be compared."""
    return halves(round_top(max((max(day.high) for day in days), default=0), LEAST_TOP_MG))


def on_board_chart(found: CaffeineDay, values: ValueAxis) -> OnBoardChart:
    """The drawing of one day."""
    upper, lower = _points(found.high, values), _points(found.low, values)
    return OnBoardChart(
        line=f"M{'L'.join(_points(found.levels, values))}",
        band=f"M{'L'.join((*upper, *reversed(lower)))}z",
        drinks=_drinks(found),
        twitches="".join(f"M{_hour(minute)} 0V1" for minute in found.twitches),
        values=values,
        ticks=HOURS,
    )


def _drinks(found: CaffeineDay) -> str:
    pen = Pen()
    for minute, _mg in found.drinks:
        pen.point(round(minute / 60, 2), 100)
    return pen.data


def _points(levels: Sequence[float], values: ValueAxis) -> tuple[str, ...]:
    return tuple(
        f"{_hour(place * STEP_MIN)} {number(values.y(level))}" for place, level in enumerate(levels)
    )


def _hour(minute: int) -> str:
    return number(minute / 60)
