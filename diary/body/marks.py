"""Marks on a view: filled places with a count each, spread so that no two labels collide."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, pairwise
from math import hypot
from typing import NamedTuple

from diary.body.curves import Point
from diary.body.views import Region, View, outline, regions_of, silhouette_points


class CountedPlace(NamedTuple):
    """A place with the number to print at it, and whether it is new."""

    site: str
    side: str | None
    number: int
    new: bool


@dataclass(frozen=True, slots=True)
class LabelSize:
    """Room for labels in units of the view: a line of the number, one of "new", air beside both.

    `top`: where the highest label may start, below the letters L and R beside the head.
    """

    number: float = 80
    note: float = 58
    gap: float = 24
    top: float = 62


_USUAL_SIZE = LabelSize()


@dataclass(frozen=True, slots=True)
class Mark:
    """A filled place of one view.

    `leader`: path data from inside the place to the label. `x`, `y`: where the number's baseline
    starts or ends, by `anchor`, which is `start` or `end`; `note_y`: the baseline of "new" below
    it. `number` is None where the place is filled here too but counted in another view. `parts`:
    the keys of its regions in the file of the drawings.
    """

    site: str
    side: str
    path: str
    leader: str
    x: float
    y: float
    note_y: float
    anchor: str
    number: int | None
    new: bool
    parts: tuple[str, ...]


# A view counts a place unless one named before it does.
_COUNTING_VIEWS = (View.FRONT, View.BACK, View.FACE)
_ELBOW = 9.0


@dataclass(frozen=True, slots=True)
class _Label:
    """A label on its way to its place: where its leader starts, how much room it needs.

    `above` and `below`: room over and under the middle of the number. `starts` runs from the far
    region to the near one when the place is on both sides.
    """

    place: CountedPlace
    starts: tuple[Point, ...]
    left: bool
    above: float
    below: float
    says_new: bool
    y: float = 0.0
    x: float = 0.0


def marks(
    view: View, counted: Iterable[CountedPlace], size: LabelSize = _USUAL_SIZE
) -> tuple[Mark, ...]:
    """The marks of a view for these places, those it does not show left out.

    Labels stand outside the outline at the height of their place and are moved apart where they
    would collide. Midline places lead to the emptier side, and so do places next to the midline
    when their own side is full. Where even that is not enough the word "new" goes first, then the
    smallest numbers; the places stay filled.
    """
    shown = [(place, _marked_regions(view, place)) for place in counted]
    shown = [(place, filled) for place, filled in shown if filled]
    room = outline(view).box.bottom - size.top
    sides = _with_room(_labels(view, shown, size), room, size)
    label_of = {label.place: label for side in sides for label in _spread(view, side, size)}
    return tuple(_mark(place, filled, label_of.get(place), size) for place, filled in shown)


def _marked_regions(view: View, place: CountedPlace) -> tuple[Region, ...]:
    found = regions_of(view, place.site, place.side)
    return tuple(region for region in found if region.marked)


def _counts_here(view: View, place: CountedPlace) -> bool:
    if view is View.HANDS:
        return True
    earlier = _COUNTING_VIEWS[: _COUNTING_VIEWS.index(view)]
    return not any(_marked_regions(other, place) for other in earlier)


def _labels(
    view: View, shown: Sequence[tuple[CountedPlace, tuple[Region, ...]]], size: LabelSize
) -> list[_Label]:
    labels: list[_Label] = []
    for place, filled in shown:
        if not _counts_here(view, place):
            continue
        starts = _starts(filled)
        if starts[-1][0] == 0:
            left = sum(1 if it.left else -1 for it in labels) < 0
        else:
            left = starts[-1][0] < 0
        below = size.number / 2 + (size.note if place.new else 0)
        labels.append(_Label(place, starts, left, size.number / 2, below, place.new))
    return labels


def _with_room(labels: list[_Label], room: float, size: LabelSize) -> list[list[_Label]]:
    """The labels of the left and of the right side, no side taller than `room`."""
    sides = [[it for it in labels if it.left], [it for it in labels if not it.left]]
    for crowded, other in (sides, sides[::-1]):
        for label in sorted(crowded, key=lambda it: abs(it.starts[-1][0])):
            if _height(crowded) <= room or _height(other) + label.above + label.below > room:
                break
            crowded.remove(label)
            other.append(replace(label, left=not label.left))
    return [_cut_to(room, side, size) for side in sides]


def _height(labels: Iterable[_Label]) -> float:
    return sum(label.above + label.below for label in labels)


def _cut_to(room: float, labels: list[_Label], size: LabelSize) -> list[_Label]:
    if _height(labels) <= room:
        return labels
    plain = [replace(label, below=size.number / 2, says_new=False) for label in labels]
    while _height(plain) > room:
        plain.remove(min(plain, key=lambda label: label.place.number))
    return plain


def _starts(filled: Sequence[Region]) -> tuple[Point, ...]:
    """Where a leader starts in each half, the half on the viewer's right last."""
    halves = ([it for it in filled if it.anchor[0] < 0], [it for it in filled if it.anchor[0] > 0])
    if not any(halves):
        halves = (list(filled), [])
    return tuple(_most_central([it.anchor for it in half]) for half in halves if half)


def _most_central(points: Sequence[Point]) -> Point:
    x = sum(point[0] for point in points) / len(points)
    y = sum(point[1] for point in points) / len(points)
    return min(points, key=lambda point: hypot(point[0] - x, point[1] - y))


def _spread(view: View, labels: Sequence[_Label], size: LabelSize) -> list[_Label]:
    """Labels of one side at heights as near to their places as room allows, top to bottom."""
    if not labels:
        return []
    ordered = sorted(labels, key=lambda label: (label.starts[-1][1], -abs(label.starts[-1][0])))
    steps = (one.below + other.above for one, other in pairwise(ordered))
    offsets = list(accumulate(steps, initial=0.0))
    wanted = [label.starts[-1][1] - at for label, at in zip(ordered, offsets, strict=True)]
    highest = size.top + ordered[0].above
    lowest = outline(view).box.bottom - ordered[-1].below - offsets[-1]
    settled = [max(highest, min(lowest, one)) for one in _never_falling(wanted)]
    heights = [one + at for one, at in zip(settled, offsets, strict=True)]
    moved = [replace(label, y=y) for label, y in zip(ordered, heights, strict=True)]
    return _in_columns(view, moved, settled, size)


def _never_falling(wanted: Sequence[float]) -> list[float]:
    """The closest values, by squares, of which none is smaller than the one before."""
    blocks: list[tuple[float, int]] = []
    for value in wanted:
        mean, count = value, 1
        while blocks and blocks[-1][0] > mean:
            earlier, length = blocks.pop()
            mean, count = (mean * count + earlier * length) / (count + length), count + length
        blocks.append((mean, count))
    return [mean for mean, count in blocks for _ in range(count)]


def _in_columns(
    view: View, labels: Sequence[_Label], settled: Sequence[float], size: LabelSize
) -> list[_Label]:
    """Each label just outside the outline; labels that touch share a column."""
    placed: list[_Label] = []
    column: list[_Label] = []
    for label, at, after in zip(labels, settled, [*settled[1:], None], strict=True):
        column.append(label)
        if after is None or after - at > size.gap:
            x = max(_half_width(view, it) for it in column) + size.gap + _ELBOW
            placed += [replace(it, x=-x if it.left else x) for it in column]
            column = []
    return placed


def _half_width(view: View, label: _Label) -> float:
    """How far the outline reaches from the midline over the height of a label."""
    heights, widths = _outline_widths(view)
    first = bisect_left(heights, label.y - label.above)
    last = bisect_right(heights, label.y + label.below)
    return max(widths[first:last], default=abs(label.starts[-1][0]))


@cache
def _outline_widths(view: View) -> tuple[list[float], list[float]]:
    """Heights of the points of an outline from the top, and how far each is from the midline."""
    points = sorted((y, abs(x)) for x, y in silhouette_points(view))
    return [y for y, _width in points], [width for _y, width in points]


def _mark(
    place: CountedPlace, filled: Sequence[Region], label: _Label | None, size: LabelSize
) -> Mark:
    path = "".join(region.path for region in filled)
    parts = tuple(region.key for region in filled)
    side = place.side or ""
    if label is None:
        return Mark(place.site, side, path, "", 0, 0, 0, "start", None, place.new, parts)
    away = -1 if label.left else 1
    baseline = label.y + size.number * 0.35
    return Mark(
        site=place.site,
        side=side,
        path=path,
        leader=_leader(label, away),
        x=round(label.x + away * size.gap / 2, 1),
        y=round(baseline, 1),
        note_y=round(baseline + size.note * 0.9, 1),
        anchor="end" if label.left else "start",
        number=place.number,
        new=label.says_new,
        parts=parts,
    )


def _leader(label: _Label, away: int) -> str:
    starts = label.starts if away > 0 else label.starts[::-1]
    bend = (label.x - away * _ELBOW, label.y)
    points = [*starts, bend, (label.x, label.y)]
    (x, y), *rest = [(round(x, 1) + 0.0, round(y, 1) + 0.0) for x, y in points]
    return f"M{x:g} {y:g}" + "".join(f"L{x:g} {y:g}" for x, y in rest)
