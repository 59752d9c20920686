"""Views of the body set side by side on a sheet, in millimetres, with their marks.

`diary/body/map.svg` draws a `BodyMap`; print and pages use the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import floor

from django.utils.translation import pgettext_lazy

from diary.body.drawing import Detail
from diary.body.marks import CountedPlace, LabelSize, Mark, marks
from diary.body.views import Box, View, outline, silhouette_points

Rows = tuple[tuple[View, ...], ...]

IN_A_ROW: Rows = ((View.FRONT, View.BACK, View.FACE),)
FACE_BELOW: Rows = ((View.FRONT, View.BACK), (View.FACE,))

_POINT = 25.4 / 72
# Height of a line of digits and width of a bold digit, as shares of the font size.
_LINE_HEIGHT, _DIGIT_WIDTH, _WORD_WIDTH = 0.98, 0.6, 1.9
# The face is drawn larger than the head of the figure: the scale of the face over the figure's.
_FACE_LARGEST, _FACE_ALONE, _FACE_SMALLEST = 1.6, 1.15, 1.2
# Height of the slices that views are fitted into each other by, and the air left between, mm.
_SLICE, _AIR = 1.5, 1.0

_CAPTIONS = {
    View.FRONT: pgettext_lazy("view of the body", "front"),
    View.BACK: pgettext_lazy("view of the body", "back"),
    View.FACE: pgettext_lazy("view of the body", "face"),
    View.HANDS: pgettext_lazy("view of the body", "hands"),
}
_FIGURES = (View.FRONT, View.BACK)


@dataclass(frozen=True, slots=True)
class Letter:
    """L or R beside a view, centred on x."""

    word: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PlacedView:
    """One view on the sheet; everything but `transform` is in units of the view.

    `pens`: widths of the outline, face lines and cues; sizes are font sizes of number, "new" and
    letters; `caption`: the name of the view, empty for none, centred on the midline.
    """

    view: View
    transform: str
    silhouette: str
    details: tuple[Detail, ...]
    marks: tuple[Mark, ...]
    letters: tuple[Letter, ...]
    outline_width: float
    line_width: float
    cue_width: float
    leader_width: float
    number_size: float
    note_size: float
    letter_size: float
    caption: str
    caption_y: float


@dataclass(frozen=True, slots=True)
class BodyMap:
    """A sheet of views: width and height in mm, which are also the units of its viewBox."""

    width: float
    height: float
    views: tuple[PlacedView, ...]


@dataclass(frozen=True, slots=True)
class Inks:
    """Sizes on paper: font sizes in points, line widths in mm."""

    number: float = 11
    note: float = 8
    letter: float = 7
    outline: float = 0.27
    line: float = 0.24
    cue: float = 0.16
    leader: float = 0.2


LARGE = Inks()
SMALL = Inks(number=9, note=7, outline=0.22, line=0.2)


Reach = Mapping[int, float]
"""How far something reaches from a midline, in mm, by slices of a row counted from its middle."""


@dataclass(frozen=True, slots=True)
class _Sized:
    """A view at a scale (mm a unit), with its marks and its reach to the left and to the right."""

    view: View
    scale: float
    marks: tuple[Mark, ...]
    left: Reach
    right: Reach


def body_map(
    counted: Sequence[CountedPlace],
    width: float,
    height: float,
    rows: Rows = IN_A_ROW,
    *,
    inks: Inks = LARGE,
    captions: bool = True,
) -> BodyMap:
    """Views with their marks on a sheet of `width` by `height` mm.

    The drawing is as large as the height allows, and smaller where labels need the width, so
    sheets of one size share a scale unless one is crowded.
    """
    caption = inks.letter * _POINT * 1.3 if captions else 0.0
    drawn_high = height - caption * len(rows)
    for shrink, face in _sizes():
        sized = _sized_rows(rows, drawn_high * shrink, face, counted, inks)
        if all(_width(row) <= width for row in sized):
            break
    tall_rows = [max(_box(it.view).height * it.scale for it in row) for row in sized]
    placed: list[PlacedView] = []
    top = (drawn_high - sum(tall_rows)) / 2
    for row, tall in zip(sized, tall_rows, strict=True):
        placed += _placed(row, top, tall, width, inks, captions=captions)
        top += tall + caption
    return BodyMap(width, height, tuple(placed))


def _sizes() -> Iterator[tuple[float, float]]:
    """Ever smaller sheets: share of the height, scale of the face; the face gives way first."""
    steps = round((_FACE_LARGEST - _FACE_SMALLEST) / 0.05)
    yield from ((1.0, _FACE_LARGEST - 0.05 * step) for step in range(steps))
    yield from ((0.97**step, _FACE_SMALLEST) for step in range(60))


def _sized_rows(
    rows: Rows, height: float, face: float, counted: Sequence[CountedPlace], inks: Inks
) -> list[list[_Sized]]:
    shares = [[(view, _share(view, row, face)) for view in row] for row in rows]
    units = sum(max(_box(view).height * share for view, share in row) for row in shares)
    scale = height / units
    return [[_sized(view, scale * share, counted, inks) for view, share in row] for row in shares]


def _share(view: View, row: Sequence[View], face: float) -> float:
    if view in _FIGURES:
        return 1.0
    return face if any(other in _FIGURES for other in row) else min(face, _FACE_ALONE)


def _box(view: View) -> Box:
    return outline(view).box


def _sized(view: View, scale: float, counted: Sequence[CountedPlace], inks: Inks) -> _Sized:
    number, note = inks.number * _POINT / scale, inks.note * _POINT / scale
    letter = inks.letter * _POINT / scale
    left_letter, _right_letter = _letters(view, letter)
    top = left_letter.y + letter * 0.2
    shown = marks(view, counted, LabelSize(number * _LINE_HEIGHT, note * 1.05, 1.2 / scale, top))
    head = (abs(left_letter.x) + letter * 0.4, left_letter.y - letter, left_letter.y)
    labels: dict[str, list[tuple[float, float, float]]] = {"start": [head], "end": [head]}
    for mark in shown:
        if mark.number is not None:
            word = note * _WORD_WIDTH if mark.new else 0
            wide = max(number * _DIGIT_WIDTH * len(str(mark.number)), word)
            low = mark.note_y if mark.new else mark.y
            labels[mark.anchor].append(
                (abs(mark.x) + wide, mark.y - number * 0.8, low + note * 0.2)
            )
    left, right = (_reach(view, scale, labels[side]) for side in ("end", "start"))
    return _Sized(view, scale, shown, left, right)


def _reach(view: View, scale: float, spans: Iterable[tuple[float, float, float]]) -> Reach:
    """The reach of the outline with spans, each (distance from the midline, top, bottom)."""
    middle = _middle(view)
    reach = dict(_outline_reach(view, scale))
    for far, top, bottom in spans:
        first, last = (floor((y - middle) * scale / _SLICE) for y in (top, bottom))
        for piece in range(first, last + 1):
            reach[piece] = max(reach.get(piece, 0.0), far * scale)
    return reach


@lru_cache(maxsize=1024)  # sheets of one size try the same scales again and again
def _outline_reach(view: View, scale: float) -> Reach:
    """The reach of the outline alone, the same to both sides."""
    middle = _middle(view)
    reach: dict[int, float] = {}
    for x, y in silhouette_points(view):
        piece, far = floor((y - middle) * scale / _SLICE), (abs(x) + 3) * scale
        if far > reach.get(piece, 0.0):
            reach[piece] = far
    return reach


def _middle(view: View) -> float:
    box = _box(view)
    return box.y + box.height / 2


def _between(one: _Sized, other: _Sized) -> float:
    """The least distance of two midlines at which nothing of the two views touches."""
    shared = one.right.keys() & other.left.keys()
    return max(one.right[piece] + other.left[piece] for piece in shared) + _AIR


def _width(row: Sequence[_Sized]) -> float:
    inside = sum(_between(one, other) for one, other in pairwise(row))
    return max(row[0].left.values()) + inside + max(row[-1].right.values())


def _placed(
    row: Sequence[_Sized], top: float, tall: float, width: float, inks: Inks, *, captions: bool
) -> list[PlacedView]:
    spare = (width - _width(row)) / len(row)
    placed, x = [], spare / 2 + max(row[0].left.values())
    for number, it in enumerate(row):
        if number:
            x += _between(row[number - 1], it) + spare
        box = _box(it.view)
        shift = top + (tall - box.height * it.scale) / 2 - box.y * it.scale
        below = (top + tall + inks.letter * _POINT * 0.95 - shift) / it.scale
        placed.append(_on_sheet(it, x, shift, below if captions else None, inks))
    return placed


def _on_sheet(sized: _Sized, x: float, y: float, caption_y: float | None, inks: Inks) -> PlacedView:
    scale, drawing = sized.scale, outline(sized.view)

    def units(millimetres: float) -> float:
        return round(millimetres / scale, 1)

    letter = units(inks.letter * _POINT)
    return PlacedView(
        view=sized.view,
        transform=f"translate({x:.2f} {y:.2f}) scale({scale:.5f})",
        silhouette=drawing.silhouette,
        details=drawing.details,
        marks=sized.marks,
        letters=_letters(sized.view, letter),
        outline_width=units(inks.outline),
        line_width=units(inks.line),
        cue_width=units(inks.cue),
        leader_width=units(inks.leader),
        number_size=units(inks.number * _POINT),
        note_size=units(inks.note * _POINT),
        letter_size=letter,
        caption="" if caption_y is None else str(_CAPTIONS[sized.view]),
        caption_y=round(caption_y or 0.0, 1),
    )


def _letters(view: View, size: float) -> tuple[Letter, Letter]:
    """L and R at the person's own sides, beside the head."""
    beside, baseline = (42.0, 46.0) if view in _FIGURES else (96.0, 62.0)
    x, y = round(beside + size * 0.8, 1), round(max(baseline, size * 0.8 - 8), 1)
    left = -x if view.left_on_viewers_left else x
    return Letter("L", left, y), Letter("R", -left, y)
