"""Where a finger chooses a place on the drawing: areas of at least 44 px, cut from the plane.

The whole body is shown smaller where a window is lower than it, head to foot in sight; then its
least areas have 24 px at least on a phone, and the list has them all at 44.

A drawn part can be smaller than a fingertip, so areas reach outwards past the outline: arms and
legs to the margin, lids up and down. Where a site takes left, right and middle, its left and right
half are offered here; small sites on the midline are offered in the middle. Both sides, the other
middles, tongue and coarse sites are in the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from diary.body.curves import Point
from diary.body.views import View
from diary.vocabulary import Side

Polygon = tuple[Point, ...]

SHOWN_WIDTH_PX = {View.FRONT: 322, View.BACK: 322, View.FACE: 350, View.HANDS: 350}
"""Width of each drawing in CSS px where there is room for it."""

WHOLE_BODY = (View.FRONT, View.BACK)
"""Views that shrink to the height of the window, so that the legs are in sight."""

LEAST_PX = 44
LEAST_PX_ON_A_PHONE = 24
"""Target size (minimum) of WCAG 2.2: for the whole body in a low window."""


@dataclass(frozen=True, slots=True)
class HitArea:
    """The area that chooses a place in a view; `opens` instead names a view that shows more."""

    view: View
    site: str
    side: str
    polygon: Polygon
    opens: View | None = None


def _box(left: float, top: float, right: float, bottom: float) -> Polygon:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


_ARM: dict[str, Polygon] = {
    "shoulder": ((69, 118), (175, 118), (175, 194), (71, 194)),
    "forearm": ((97, 285), (175, 285), (175, 376), (104, 376), (104, 333), (97, 333)),
}
_UPPER_ARM: Polygon = ((71, 194), (175, 194), (175, 285), (96, 285), (88, 243), (77, 214))
_HAND = _box(104, 376, 175, 502)
_ABOVE_KNEE: Polygon = ((104, 502), (175, 502), (175, 531), (0, 531))
_LEG: dict[str, Polygon] = {
    "knee": _box(0, 531, 175, 579),
    "ankle": (
        (0, 690),
        (60, 690),
        (60, 655),
        (175, 655),
        (175, 703),
        (60, 703),
        (60, 716),
        (0, 716),
    ),
}
_SHANK: Polygon = ((0, 579), (175, 579), (175, 655), (60, 655), (60, 690), (0, 690))

_BESIDE_NOSE: Polygon = ((17, 118), (17, 183), (32, 183), (32, 222))

# Areas of the half x > 0; their mirror images choose the other side.
_HALVES: dict[View, dict[str, Polygon]] = {
    View.FRONT: {
        **_ARM,
        "upper_arm_front": _UPPER_ARM,
        "chest": ((0, 131), (69, 131), (71, 194), (73, 243), (0, 243)),
        "abdomen": _box(0, 243, 48, 333),
        "flank": ((48, 243), (88, 243), (96, 285), (97, 285), (97, 333), (48, 333)),
        "hip": _box(48, 333, 104, 385),
        "groin": ((0, 333), (48, 333), (48, 385), (30, 394), (0, 403)),
        "thigh_front": ((0, 403), (30, 394), (48, 385), (104, 385), *_ABOVE_KNEE),
        **_LEG,
        "shin": _SHANK,
        "foot": ((0, 716), (60, 716), (60, 703), (175, 703), (175, 752), (0, 752)),
        "toes": _box(0, 752, 175, 801),
    },
    View.BACK: {
        **_ARM,
        "upper_arm_back": _UPPER_ARM,
        "upper_back": ((0, 131), (69, 131), (71, 194), (73, 243), (0, 243)),
        "lower_back": ((0, 243), (88, 243), (96, 285), (97, 333), (0, 333)),
        "buttock": _box(0, 333, 54, 409),
        "hip": _box(54, 333, 104, 400),
        "thigh_back": ((0, 409), (54, 409), (54, 400), (104, 400), *_ABOVE_KNEE),
        **_LEG,
        "calf": _SHANK,
        "foot": ((0, 716), (60, 716), (60, 703), (175, 703), (175, 764), (0, 764)),
    },
    View.FACE: {
        "brow": _box(10, 84, 82, 117),
        "eyelid_upper": _box(17, 117, 82, 150),
        "eyelid_lower": _box(17, 150, 82, 183),
        "temple": _box(82, 70, 122, 150),
        "cheek": ((32, 183), (82, 183), (82, 160), (122, 160), (122, 232), (40, 232), (32, 222)),
        "mouth": ((0, 222), (32, 222), (40, 232), (44, 256), (0, 256)),
        "jaw": ((42, 257), (66, 234), (122, 234), (122, 306), (34, 316), (34, 257)),
    },
    View.HANDS: {
        "wrist": _box(40, 245, 158, 298),
        "thumb": ((6, 140), (57, 140), (57, 200), (64, 245), (6, 245)),
        "fingers": _box(40, 8, 158, 140),
        "hand": ((57, 140), (158, 140), (158, 245), (64, 245), (57, 200)),
    },
}
_MIDDLES: dict[View, dict[str, Polygon]] = {
    View.FRONT: {"throat": _box(-32, 83, 32, 131)},
    View.BACK: {"neck": _box(-32, 83, 32, 131)},
    View.FACE: {
        "nose": (*_BESIDE_NOSE, *((-x, y) for x, y in reversed(_BESIDE_NOSE))),
        "chin": _box(-34, 258, 34, 316),
    },
}
# Tapping the head or a hand of the figure shows it larger.
_OPENING: dict[View, tuple[tuple[View, Polygon], ...]] = {
    View.FRONT: ((View.FACE, _box(-45, -6, 45, 83)), (View.HANDS, _HAND)),
    View.BACK: ((View.HANDS, _HAND),),
}


def hit_areas(view: View) -> tuple[HitArea, ...]:
    """The areas of a view; they do not overlap."""
    here, there = (Side.RIGHT, Side.LEFT) if view.left_on_viewers_left else (Side.LEFT, Side.RIGHT)
    areas = []
    for site, polygon in _HALVES[view].items():
        areas.append(HitArea(view, site, here.value, polygon))
        areas.append(HitArea(view, site, there.value, _mirrored(polygon)))
    for site, polygon in _MIDDLES.get(view, {}).items():
        areas.append(HitArea(view, site, Side.MIDLINE.value, polygon))
    for opens, polygon in _OPENING.get(view, ()):
        areas.append(HitArea(view, "", "here", polygon, opens))
        if opens is View.HANDS:
            areas.append(HitArea(view, "", "there", _mirrored(polygon), opens))
    return tuple(areas)


def bounds(polygon: Iterable[Point]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a polygon."""
    xs, ys = zip(*polygon, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _mirrored(polygon: Polygon) -> Polygon:
    return tuple((-x, y) for x, y in polygon)
