"""One panel of the small multiples: marks of one kind over time, with gaps where nothing is known.

Each kind of mark is one path, however many there are. `triage.charts.daily` and
`triage.charts.weekly` say which marks stand where; the template is timeline.svg.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from triage.charts.axis import Marked, TimeAxis, ValueAxis, hundredths, number
from triage.charts.pen import Pen, short

BAR = 0.68
"""Width of a bar in marks."""
RING_Y = 96.5
"""Height of the ring of a day without: just above the base line."""
WIDE_GAP = 55
"""Hundredths of the width from which a gap at the beginning has room to say why."""
LONG_GAP = 10
"""Hundredths of the width from which a gap at the beginning has to be explained somewhere."""


class Look(StrEnum):
    """How a mark looks, which is what is known of its days."""

    BAR = "bar"
    """A number that was recorded."""
    NONE = "none"
    """Recorded as none: an open ring on the base line."""
    LEAST = "least"
    """Not closed, so at least this: a pale bar without a top."""
    ABOUT = "about"
    """Told in one word: an outline at the number the word stands for."""
    CONSTANT = "constant"
    """It never stopped: pale from the base line to the edge, with a strong top."""
    SOME_CONSTANT = "some_constant"
    """It never stopped on some of the days of a week: the strong top alone."""
    DOT = "dot"
    """A value of a scale that does not begin at 0."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands at one place of the axis; nothing at all is a gap."""

    place: int
    look: Look
    value: float = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """A panel as the template draws it: one path for each look, empty where it has no mark.

    `bars` are lines as wide as `BAR`; `least` and `constant` are areas, `grid`, `least_sides`,
    `constant_tops`, `about` and `line` lines, `rings` and `dots` points that a round line end
    makes visible. `gaps` is in shares of the panel (0 to 1) and cuts out the hatching; `gap_words`
    stand in a wide gap on the left, and `begins_late` says that there is a long one.
    """

    axis: TimeAxis
    values: ValueAxis
    count: int
    grid: str = ""
    bars: str = ""
    least: str = ""
    least_sides: str = ""
    about: str = ""
    constant: str = ""
    constant_tops: str = ""
    rings: str = ""
    line: str = ""
    dots: str = ""
    gaps: str = ""
    gap_words: str = ""
    begins_late: bool = False
    target: float | None = None
    events: tuple[Marked, ...] = ()


def timeline(
    axis: TimeAxis,
    values: ValueAxis,
    marks: Sequence[Mark],
    *,
    gap_words: str = "",
    target: float | None = None,
    events: tuple[Marked, ...] = (),
) -> Timeline:
    """The paths of marks, oldest first. A week may have two: what it counted, and "all day"."""
    of = {look: [mark for mark in marks if mark.look is look] for look in Look}
    empty = _stretches(set(range(axis.marks)) - {mark.place for mark in marks})
    return Timeline(
        axis=axis,
        values=values,
        count=len({mark.place for mark in marks}),
        grid=_grid(axis, values),
        bars=_bars(of[Look.BAR], values),
        least=_areas((mark.place, _height(mark, values)) for mark in of[Look.LEAST]),
        least_sides=_sides(of[Look.LEAST], values),
        about=_areas((mark.place, _height(mark, values)) for mark in of[Look.ABOUT]),
        constant=_areas((mark.place, 0) for mark in of[Look.CONSTANT]),
        constant_tops=_tops([*of[Look.CONSTANT], *of[Look.SOME_CONSTANT]]),
        rings=_points([(mark.place, RING_Y) for mark in of[Look.NONE]]),
        line=_line(of[Look.DOT], values),
        dots=_points([(mark.place, _height(mark, values)) for mark in of[Look.DOT]]),
        gaps=_gaps(empty, axis.marks),
        gap_words=gap_words if _first_gap(empty, axis.marks) >= WIDE_GAP else "",
        begins_late=_first_gap(empty, axis.marks) >= LONG_GAP,
        target=None if target is None else values.y(target),
        events=events,
    )


_WIDTH = short(BAR)


def _height(mark: Mark, values: ValueAxis) -> int:
    """In whole hundredths: less than a pixel, and half the digits."""
    return round(values.y(mark.value))


def _left(place: int) -> float:
    return place + (1 - BAR) / 2


def _bars(marks: Iterable[Mark], values: ValueAxis) -> str:
    pen = Pen()
    for mark in marks:
        pen.move(mark.place + 0.5, _height(mark, values))
        pen.draw("V100", mark.place + 0.5, 100)
    return pen.data


def _areas(places: Iterable[tuple[int, int]]) -> str:
    """From the base line to the height of each place."""
    pen = Pen()
    for place, y in places:
        left = _left(place)
        pen.move(left, 100)
        pen.draw(f"V{short(y)}h{_WIDTH}V100z", left, 100)
    return pen.data


def _sides(marks: Iterable[Mark], values: ValueAxis) -> str:
    pen = Pen()
    for mark in marks:
        y, right = _height(mark, values), _left(mark.place) + BAR
        pen.move(_left(mark.place), 100)
        pen.draw(f"V{short(y)}m{_WIDTH} 0V100", right, 100)
    return pen.data


def _tops(marks: Iterable[Mark]) -> str:
    pen = Pen()
    for mark in marks:
        pen.move(_left(mark.place), 1)
        pen.draw(f"h{_WIDTH}", _left(mark.place) + BAR, 1)
    return pen.data


def _points(places: Iterable[tuple[int, float]]) -> str:
    pen = Pen()
    for place, y in places:
        pen.point(place + 0.5, y)
    return pen.data


def _line(marks: Sequence[Mark], values: ValueAxis) -> str:
    """From one mark to the next one; across a gap nothing is drawn."""
    pen = Pen()
    before: int | None = None
    for mark in marks:
        pen.move(mark.place + 0.5, _height(mark, values), "l" if before == mark.place - 1 else "m")
        before = mark.place
    return pen.data


def _grid(axis: TimeAxis, values: ValueAxis) -> str:
    """Lines at dates from edge to edge, then at values."""
    down = "".join(f"M{number(tick.at * axis.marks / 100)} 0V100" for tick in axis.ticks)
    return down + "".join(f"M0 {number(tick.y)}H{axis.marks}" for tick in values.ticks)


def _stretches(places: set[int]) -> list[tuple[int, int]]:
    """Neighbouring places as (first, one after the last)."""
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found


def _gaps(stretches: Iterable[tuple[int, int]], marks: int) -> str:
    shares = (
        [f"{round(place / marks, 4):g}".removeprefix("0") or "0" for place in stretch]
        for stretch in stretches
    )
    return "".join(f"M{start} 0H{end}V1H{start}z" for start, end in shares)


def _first_gap(stretches: Sequence[tuple[int, int]], marks: int) -> float:
    """Width of the gap with which the drawing begins, in hundredths; 0 where it has none."""
    if not stretches or stretches[0][0] != 0:
        return 0
    return hundredths(stretches[0][1] / marks)
