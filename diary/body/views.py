"""The four views of the body, with the person's left and right, and what a place fills in them.

Coordinates are units of the view they belong to: the midline is x = 0, y grows downwards. In the
front view and the face the person's left stands on the viewer's right; in the back view and the
hands, which their owner looks down on, left stands on the left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from diary.body.curves import Point, closed_path, flat, open_path
from diary.body.drawing import Detail, Drawing, Part, Shape, opposite
from diary.body.face import FACE
from diary.body.figure import BACK, FRONT
from diary.body.hands import HANDS
from diary.records import Place
from diary.vocabulary import BodySite, Side


class View(StrEnum):
    """A drawing of the body; the first three are printed, all four are chosen from."""

    FRONT = "front"
    BACK = "back"
    FACE = "face"
    HANDS = "hands"

    @property
    def left_on_viewers_left(self) -> bool:
        """Whether the person's left half stands on the left of the drawing."""
        return self in {View.BACK, View.HANDS}


_DRAWINGS: Mapping[View, Drawing] = {
    View.FRONT: FRONT,
    View.BACK: BACK,
    View.FACE: FACE,
    View.HANDS: HANDS,
}

COARSE_SITES: Mapping[str, tuple[str, ...]] = {
    "eyelid": ("eyelid_upper", "eyelid_lower"),
    "face": ("brow", "cheek", "nose", "mouth", "chin", "temple"),
    "upper_arm": ("upper_arm_front", "upper_arm_back"),
    "back": ("upper_back", "lower_back"),
    "thigh": ("thigh_front", "thigh_back"),
}
"""Sites that mean "not sure which" and have no part of their own: they fill their whole group.

Other codes that name a group too, such as `calf` or `hand`, have a part of their own and fill it.
"""


@dataclass(frozen=True, slots=True)
class Box:
    """The visible part of a view, in its units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lowest y."""
        return self.y + self.height

    @property
    def as_attribute(self) -> str:
        """The value of `viewBox`."""
        return f"{self.x:g} {self.y:g} {self.width:g} {self.height:g}"


@dataclass(frozen=True, slots=True)
class Outline:
    """A view without marks: its box, the outline (path data) and the details inside it."""

    view: View
    box: Box
    silhouette: str
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """The part of a view that one place fills.

    `side` is left, right or midline. `path`: path data. `anchor`: a point inside, where a leader
    starts. `marked`: False where prints mark the same place in another view.
    """

    view: View
    site: str
    side: str
    path: str
    anchor: Point
    marked: bool
    shapes: tuple[Shape, ...]

    @property
    def key(self) -> str:
        """Its name in the file of the drawings."""
        return f"{self.view}-{self.site}-{self.side}"

    @property
    def leads_left(self) -> bool:
        """Whether a leader goes to the left margin of the drawing; from the middle to the right."""
        return self.anchor[0] < 0


@cache
def outline(view: View) -> Outline:
    """The drawing of a view."""
    drawing = _DRAWINGS[view]
    draw = open_path if drawing.open_ended else closed_path
    silhouette = "".join(draw(*shape) for shape in drawing.outlines)
    return Outline(view, Box(*drawing.box), silhouette, drawing.details)


@cache
def silhouette_points(view: View) -> tuple[Point, ...]:
    """Points along the outline of a view, close enough to each other to measure it by."""
    return tuple(point for shape in _DRAWINGS[view].outlines for point in flat(shape))


@cache
def regions(view: View) -> tuple[Region, ...]:
    """Every part of a view with its side, in the order of the vocabulary; coarse sites have none.

    A region that is marked elsewhere is listed too: choosing needs it, prints leave it empty.
    """
    drawing = _DRAWINGS[view]
    here, there = (Side.RIGHT, Side.LEFT) if view.left_on_viewers_left else (Side.LEFT, Side.RIGHT)
    found = [
        *(_region(view, part, here) for part in drawing.halves),
        *(_mirrored_region(view, part, there) for part in drawing.halves),
        *(_region(view, part, Side.MIDLINE) for part in drawing.middles),
    ]
    sites, sides = list(BodySite.codes()), list(Side.codes())
    return tuple(sorted(found, key=lambda it: (sites.index(it.site), sides.index(it.side))))


def _region(view: View, part: Part, side: Side) -> Region:
    shapes = tuple(filter(None, (part.shape, part.second_shape)))
    path = "".join(closed_path(*shape) for shape in shapes)
    return Region(view, part.site, side.value, path, part.anchor, part.marked, shapes)


def _mirrored_region(view: View, part: Part, side: Side) -> Region:
    shape, (x, y) = opposite(part.shape), part.anchor
    return Region(view, part.site, side.value, closed_path(*shape), (-x, y), part.marked, (shape,))


def filled_by(site: str, side: str | None) -> tuple[tuple[str, str], ...]:
    """The (site, side) of the regions that a place fills; none when its side was not noted.

    `both` is left and right; over a coarse site that has no middle of its own, such as the face,
    it takes in what lies in the middle too.
    """
    if side is None:
        return ()
    sites = COARSE_SITES.get(site, (site,))
    sides = [side] if side != Side.BOTH else [Side.LEFT.value, Side.RIGHT.value]
    if side == Side.BOTH and site in COARSE_SITES and not BodySite(site).may_be_midline:
        sides.append(Side.MIDLINE.value)
    return tuple((one, half) for one in sites for half in sides if half in BodySite(one).sides)


@lru_cache(maxsize=1024)
def regions_of(view: View, site: str, side: str | None) -> tuple[Region, ...]:
    """The regions of a view that a place fills there, whether or not prints mark it there."""
    wanted = filled_by(site, side)
    return tuple(region for region in regions(view) if (region.site, region.side) in wanted)


def fill(places: Iterable[Place]) -> dict[View, tuple[Region, ...]]:
    """The regions that prints fill for these places, by view; each region once.

    Hands stand in the front view and again, larger, in the view of the hands.
    """
    wanted = {part for site, side in places for part in filled_by(site, side)}
    return {
        view: tuple(
            region
            for region in regions(view)
            if region.marked and (region.site, region.side) in wanted
        )
        for view in View
    }


def label_anchor(view: View, site: str, side: str | None) -> Point | None:
    """Where the leader of a place starts in a view; None where prints do not mark it there."""
    marked = [region for region in regions_of(view, site, side) if region.marked]
    if not marked:
        return None
    outer = max(marked, key=lambda region: region.anchor[0])
    near = [region for region in marked if region.leads_left == outer.leads_left]
    return outer.anchor[0], sum(region.anchor[1] for region in near) / len(near)
