"""What a drawing of one view is made of, before it is known which half is the person's left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from diary.body.curves import Point, Stroke, mirrored, open_path, smooth

Shape = tuple[Stroke, ...]
"""A closed area: strokes that follow each other, joined by straight lines where they do not."""


class Pen(StrEnum):
    """How a detail inside the silhouette is drawn; seams only where places are chosen."""

    LINE = "line"
    CUE = "cue"
    SOLID = "solid"
    SOFT = "soft"
    SEAM = "seam"


@dataclass(frozen=True, slots=True)
class Detail:
    """A feature that helps to read the drawing: a collar bone, an eye, a spine."""

    path: str
    pen: Pen


@dataclass(frozen=True, slots=True)
class Part:
    """One site in one half of a drawing (x > 0), or across its middle.

    `anchor`: where a leader starts. `marked`: a printed mark goes here; False where the same site
    is marked in another view, so that one place is not printed twice. `second_shape`: the rest of
    a part that something else divides, as the tongue does the lips.
    """

    site: str
    shape: Shape
    anchor: Point
    marked: bool = True
    second_shape: Shape = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """One view: its box (x, y, width, height), outline, details and parts.

    `outlines`: each closed by a straight line unless `open_ended`, where the body goes on.
    """

    box: tuple[float, float, float, float]
    outlines: tuple[Shape, ...]
    details: tuple[Detail, ...]
    halves: tuple[Part, ...]
    middles: tuple[Part, ...] = ()
    open_ended: bool = False


class Contour:
    """The half outline of a figure through named points, from its top middle to its bottom one."""

    def __init__(
        self, points: Sequence[tuple[str, float, float]], corners: Sequence[str] = ()
    ) -> None:
        """Points in order; the first and the last lie on the midline, names may be empty.

        `corners`: names of points where the outline turns sharply.
        """
        self._places: Mapping[str, int] = {name: at for at, (name, _x, _y) in enumerate(points)}
        right = [(x, y) for _name, x, y in points]
        left = [(-x, y) for x, y in reversed(right[1:-1])]
        sharp = [self._places[name] for name in corners]
        sharp += [len(right) + len(left) - place for place in sharp]
        self._half = smooth(right + left, corners=sharp, closed=True)[: len(right) - 1]

    def between(self, start: str, end: str) -> Stroke:
        """The stretch of the outline from one named point to a later one."""
        return self._half[self._places[start] : self._places[end]]

    def at(self, name: str) -> Point:
        """A named point."""
        place = self._places[name]
        return self._half[place].start if place < len(self._half) else self._half[-1].end

    @property
    def whole(self) -> Shape:
        """The closed outline of both halves."""
        return (self._half, mirrored(self._half))


def in_both_halves(*strokes: Stroke) -> str:
    """Path data of strokes in one half and of their mirror images in the other."""
    return "".join(open_path(stroke) + open_path(mirrored(stroke)) for stroke in strokes)


def opposite(shape: Shape) -> Shape:
    """The mirror image of a shape in the other half."""
    return tuple(mirrored(stroke) for stroke in reversed(shape))
