"""Both hands as their owner looks at their backs: thumbs inside, fingers up, midline at x = 0."""

from __future__ import annotations

from math import hypot

from diary.body.curves import Point, Stroke, backwards, mirrored, smooth
from diary.body.drawing import Detail, Drawing, Part, Pen, in_both_halves

_BOX = (-160.0, 0.0, 320.0, 300.0)

# Base, tip and width of each finger, from index to little finger.
_FINGERS: tuple[tuple[Point, Point, float], ...] = (
    ((67, 141), (58, 46), 19),
    ((87, 136), (84, 24), 20),
    ((107, 141), (111, 38), 19),
    ((126, 155), (137, 75), 16.5),
)
_WEBS: tuple[Point, ...] = ((77.5, 137), (97.5, 136.5), (117, 148))


def _along(base: Point, tip: Point, share: float, aside: float) -> Point:
    """The point at `share` of the way from base to tip, `aside` units to its right."""
    x, y = tip[0] - base[0], tip[1] - base[1]
    length = hypot(x, y)
    return (
        base[0] + x * share - y / length * aside,
        base[1] + y * share + x / length * aside,
    )


def _finger(base: Point, tip: Point, width: float) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Points up the left side to the tip, and from the tip down the right side."""
    steps = ((0.12, 0.46), (0.45, 0.47), (0.75, 0.43), (0.92, 0.32))
    left = tuple(_along(base, tip, share, -width * aside) for share, aside in steps)
    right = tuple(_along(base, tip, share, width * aside) for share, aside in reversed(steps))
    return (*left, tip), right


def _outline() -> tuple[list[Point], dict[str, int]]:
    """The outline of the hand in the right half, from the inner end of the wrist to the outer."""
    points: list[Point] = [
        (73, 290),
        (72, 272),
        (71, 250),
        (62, 232),
        (47, 213),
        (35, 192),
        (25, 170),
    ]
    points += [(22.5, 160), (28, 153.5), (35, 157), (43, 171), (51, 180.5), (56, 177), (57, 163)]
    names = {"start": 0, "wrist_in": 1, "wrist_top_in": 2, "thumb_root": 3, "web": 12, "index": 13}
    for number, finger in enumerate(_FINGERS):
        up, down = _finger(*finger)
        points += up + down
        if number < len(_WEBS):
            names[f"web_{number}"] = len(points)
            points.append(_WEBS[number])
    names["little"] = len(points)
    points += [(133, 170), (130.5, 200), (124, 228), (116, 250), (114, 272), (114, 290)]
    names |= {"wrist_top": len(points) - 3, "wrist": len(points) - 2, "end": len(points) - 1}
    return points, names


def _hands() -> Drawing:
    points, names = _outline()
    stroke = smooth(points)

    def between(start: str, end: str) -> Stroke:
        return stroke[names[start] : names[end]]

    def at(name: str) -> Point:
        return points[names[name]]

    knuckles = smooth((at("little"), (113, 153), (86, 147), at("index")))
    thumb_root = smooth((at("web"), (60, 204), at("thumb_root")))
    wrist_top = smooth((at("wrist_top"), (94, 253), at("wrist_top_in")))
    wrist = smooth((at("wrist"), (93, 275), at("wrist_in")))
    palm = (
        backwards(knuckles),
        between("little", "wrist_top"),
        wrist_top,
        between("wrist_top_in", "thumb_root"),
        backwards(thumb_root),
        between("web", "index"),
    )
    joint = (
        between("wrist_top", "wrist"),
        wrist,
        between("wrist_in", "wrist_top_in"),
        backwards(wrist_top),
    )
    halves = (
        Part("wrist", joint, (93, 263)),
        Part("thumb", (between("thumb_root", "web"), thumb_root), (42, 190)),
        Part("fingers", (between("index", "little"), knuckles), (85, 95)),
        Part("hand", palm, (94, 200)),
    )
    seams = Detail(in_both_halves(knuckles, thumb_root, wrist_top, wrist), Pen.SEAM)
    outlines = ((stroke,), (mirrored(stroke),))
    return Drawing(_BOX, outlines, (seams, _nails()), halves, open_ended=True)


def _nails() -> Detail:
    thumb = ((35, 180), (24.5, 158), 19.0)
    nails = []
    for base, tip, width in (*_FINGERS, thumb):
        reach = (0.62 if base == thumb[0] else 0.86, 0.97)
        corners = [
            _along(base, tip, share, width * aside)
            for share, aside in (
                (reach[1], -0.2),
                (reach[0], -0.22),
                (reach[0], 0.22),
                (reach[1], 0.2),
            )
        ]
        nails.append(smooth(corners))
    return Detail(in_both_halves(*nails), Pen.CUE)


HANDS = _hands()
