"""The picture of an interval of a ratio: a bar on a log axis, and no point inside it.

A point would be read as the answer; the text says from where to where the diary fits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

QUARTER_AT, PER_DOUBLING = 10.0, 20.0
"""Place of a quarter and width of a doubling, in hundredths of the width: 4 times is at 90."""


@dataclass(frozen=True, slots=True)
class RatioTick:
    """A ratio of the axis with its word; `main` ones keep it where there is little room."""

    at: float
    words: str
    main: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """A bar from `start` to `end` in hundredths of the width; a side that goes on has no end."""

    start: float
    end: float
    goes_below: bool
    goes_above: bool

    @property
    def width(self) -> float:
        """Length of the bar; never so short that it cannot be seen."""
        return max(0.5, round(self.end - self.start, 1))


def ratio_ticks() -> Sequence[RatioTick]:
    """The five labelled ratios from left to right."""
    words = (
        (gettext("a quarter"), True),
        (gettext("half"), False),
        (gettext("same"), True),
        (gettext("twice"), False),
        (gettext("4 times"), True),
    )
    return [
        RatioTick(QUARTER_AT + PER_DOUBLING * place, word, main)
        for place, (word, main) in enumerate(words)
    ]


def interval(low: float, high: float) -> Interval:
    """The bar of an interval of ratios, cut at the edges of the drawing."""
    start, end = _place(low), _place(high)
    return Interval(
        start=max(0.0, min(100.0, start)),
        end=min(100.0, max(0.0, end)),
        goes_below=start < 0,
        goes_above=end > 100,
    )


def _place(ratio: float) -> float:
    if ratio <= 0:
        return -1.0
    return round(QUARTER_AT + PER_DOUBLING * (math.log2(ratio) + 2), 1)
