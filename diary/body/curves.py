"""Smooth outlines through points, cut at their points and mirrored, as SVG path data.

Lengths are units of the drawing they belong to; y grows downwards as in SVG.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """One cubic Bezier curve: its two ends and the handles between them."""

    start: Point
    handle_out: Point
    handle_in: Point
    end: Point

    @property
    def is_line(self) -> bool:
        """Whether the handles lie on the ends, so that it is a straight line."""
        return self.handle_out == self.start and self.handle_in == self.end

    def reversed(self) -> Curve:
        """The same curve run the other way."""
        return Curve(self.end, self.handle_in, self.handle_out, self.start)

    def mirrored(self) -> Curve:
        """The curve on the other side of the midline x = 0."""
        return Curve(*((-x, y) for x, y in self.points))

    @property
    def points(self) -> tuple[Point, Point, Point, Point]:
        """Start, both handles, end."""
        return self.start, self.handle_out, self.handle_in, self.end

    def at(self, share: float) -> Point:
        """The point at `share` (0 to 1) of the curve."""
        rest = 1 - share
        weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
        return (
            sum(weight * x for weight, (x, _y) in zip(weights, self.points, strict=True)),
            sum(weight * y for weight, (_x, y) in zip(weights, self.points, strict=True)),
        )


Stroke = tuple[Curve, ...]
"""Curves that follow each other; closed when the last ends where the first starts."""


def line(*points: Point) -> Stroke:
    """Straight lines through the points."""
    return tuple(Curve(start, start, end, end) for start, end in pairwise(points))


def backwards(stroke: Stroke) -> Stroke:
    """The stroke run from its end to its start."""
    return tuple(curve.reversed() for curve in reversed(stroke))


def mirrored(stroke: Stroke) -> Stroke:
    """The stroke on the other side of the midline, run the other way so that it joins on."""
    return tuple(curve.mirrored() for curve in backwards(stroke))


def smooth(points: Sequence[Point], *, corners: Iterable[int] = (), closed: bool = False) -> Stroke:
    """A smooth stroke through the points; it may turn sharply only at the numbered corners.

    At every other point both curves share a direction: that of the parabola through the point and
    its neighbours. Handles are as long as those of a circular arc would be.
    """
    sharp = set(corners)
    count = len(points)
    directions: list[Point | None] = []
    for number, here in enumerate(points):
        if number in sharp or (not closed and number in {0, count - 1}):
            directions.append(None)
        else:
            before, after = points[number - 1], points[(number + 1) % count]
            directions.append(_direction(before, here, after))
    pairs = [(number, (number + 1) % count) for number in range(count if closed else count - 1)]
    return tuple(
        _curve(points[one], directions[one], points[other], directions[other])
        for one, other in pairs
    )


def _direction(before: Point, here: Point, after: Point) -> Point:
    come, go = _distance(before, here), _distance(here, after)
    x = (here[0] - before[0]) / come * go + (after[0] - here[0]) / go * come
    y = (here[1] - before[1]) / come * go + (after[1] - here[1]) / go * come
    length = hypot(x, y)
    return x / length, y / length


def _curve(start: Point, leaving: Point | None, end: Point, arriving: Point | None) -> Curve:
    if leaving is None and arriving is None:
        return Curve(start, start, end, end)
    length = _distance(start, end)
    straight = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    leave = leaving or _reflected(arriving or straight, straight)
    arrive = arriving or _reflected(leave, straight)
    out, into = _reach(leave, straight) * length, _reach(arrive, straight) * length
    return Curve(
        start,
        (start[0] + leave[0] * out, start[1] + leave[1] * out),
        (end[0] - arrive[0] * into, end[1] - arrive[1] * into),
        end,
    )


def _reflected(direction: Point, straight: Point) -> Point:
    """The direction at the other end of an arc over a chord of direction `straight`."""
    along = 2 * (direction[0] * straight[0] + direction[1] * straight[1])
    return along * straight[0] - direction[0], along * straight[1] - direction[1]


def _reach(direction: Point, straight: Point) -> float:
    """Length of a handle over the chord's, for an arc that leaves its chord at this angle."""
    cosine = direction[0] * straight[0] + direction[1] * straight[1]
    return 2 / (3 * (1 + max(cosine, 0.0)))


def _distance(one: Point, other: Point) -> float:
    return hypot(other[0] - one[0], other[1] - one[1])


def closed_path(*strokes: Stroke) -> str:
    """Path data of one closed shape made of strokes; gaps between them become straight lines."""
    return open_path(*strokes) + "z"


def open_path(*strokes: Stroke) -> str:
    """Path data of strokes drawn without lifting the pen, rounded to tenths of a unit.

    Positions are relative to the pen, which is kept rounded so that errors do not add up.
    """
    curves = [curve for stroke in strokes for curve in stroke]
    pen = _tenths(curves[0].start)
    data = "M" + _numbers([pen])
    for curve in curves:
        start, end = _tenths(curve.start), _tenths(curve.end)
        if start != pen:
            data += "l" + _numbers([_from(pen, start)])
            pen = start
        if curve.is_line:
            data += "l" + _numbers([_from(pen, end)]) if end != pen else ""
        else:
            data += "c" + _numbers([_from(pen, _tenths(point)) for point in curve.points[1:]])
        pen = end
    return data


def _tenths(point: Point) -> Point:
    return round(point[0], 1) + 0.0, round(point[1], 1) + 0.0


def _from(pen: Point, point: Point) -> Point:
    return _tenths((point[0] - pen[0], point[1] - pen[1]))


def _numbers(points: Iterable[Point]) -> str:
    """Coordinates as SVG allows them at their shortest: "1.5-.5 3"."""
    data = ""
    for number in (number for point in points for number in point):
        digits = (
            f"{number:.1f}".removesuffix(".0").replace("0.", ".")
            if abs(number) < 1
            else (f"{number:.1f}".removesuffix(".0"))
        )
        data += digits if not data or digits.startswith("-") else f" {digits}"
    return data


def flat(strokes: Iterable[Stroke], steps: int = 8) -> list[Point]:
    """A polygon close to the shape: every curve as `steps` straight pieces."""
    return list(_flat_points(strokes, steps))


def _flat_points(strokes: Iterable[Stroke], steps: int) -> Iterator[Point]:
    for stroke in strokes:
        for curve in stroke:
            pieces = 1 if curve.is_line else steps
            yield from (curve.at(step / pieces) for step in range(pieces))
        yield stroke[-1].end
