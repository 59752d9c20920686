"""The face from the front, eyes open: midline at x = 0, crown at y = 0, chin at y = 306.

The lids leave white round the eye and end before its corners, so that an upper and a lower lid
stay apart when both are filled.
"""

from __future__ import annotations

from diary.body.curves import Stroke, backwards, closed_path, line, mirrored, open_path, smooth
from diary.body.drawing import Contour, Detail, Drawing, Part, Pen, Shape, in_both_halves, opposite

_BOX = (-128.0, -8.0, 256.0, 366.0)

_HEAD = Contour(
    (
        ("crown", 0, 0),
        ("", 41, 8),
        ("", 76, 34),
        ("temple", 96, 76),
        ("", 100, 108),
        ("ear_top", 98.5, 138),
        ("", 106, 133),
        ("", 113, 142),
        ("", 112.5, 162),
        ("", 107, 182),
        ("", 101, 192),
        ("ear", 94.5, 190),
        ("", 92, 214),
        ("jaw", 87, 234),
        ("", 76, 258),
        ("", 57, 283),
        ("chin", 32, 300),
        ("end", 0, 306),
    ),
    corners=("ear_top", "ear"),
)


def _lids() -> tuple[Part, Part]:
    above = smooth(((13, 147), (26, 128), (45, 121.5), (63, 128), (75, 143)))
    over_eye = smooth(((75, 143), (61, 136), (44, 133.5), (28, 138), (13, 147)))
    below = smooth(((75, 157), (62, 173), (44, 180.5), (26, 175), (13, 160)))
    under_eye = smooth(((13, 160), (28, 166), (44, 168), (61, 165), (75, 157)))
    return (
        Part("eyelid_upper", (above, over_eye), (52, 127)),
        Part("eyelid_lower", (below, under_eye), (52, 173)),
    )


_NOSE_SIDE = smooth(((7, 142), (9.5, 166), (19.5, 188), (23, 198), (17.5, 205.5), (7, 208)))


def _nose() -> tuple[Part, Part]:
    middle = (
        line((7, 142), (7, 208)),
        smooth(((7, 208), (0, 210.5), (-7, 208))),
        line((-7, 208), (-7, 142)),
    )
    return Part("nose", (_NOSE_SIDE,), (15, 196)), Part("nose", middle, (0, 190))


_CORNER = (37.0, 239.0)
_UPPER_LIP = smooth(((0, 231.5), (9, 228.5), (20, 232), _CORNER), corners=())
_LOWER_LIP = smooth((_CORNER, (22, 249.5), (9, 253.5), (0, 254)))
_TONGUE_TOP = smooth(((-25, 239), (-8, 236.8), (8, 236.8), (25, 239)))
_TONGUE_BASE = smooth(((25, 239), (8, 243.6), (-8, 243.6), (-25, 239)))


def _mouth() -> tuple[tuple[Part, Part], tuple[Part, Part]]:
    """Lips and tongue, each as its half and its middle; the tongue lies between the lips."""
    half_lips = (
        _UPPER_LIP[1:],
        _LOWER_LIP[:2],
        line((9, 253.5), (8, 243.6)),
        backwards(_TONGUE_BASE[:1]),
        backwards(_TONGUE_TOP[2:]),
        line((8, 236.8), (9, 228.5)),
    )
    upper = (
        mirrored(_UPPER_LIP[:1]),
        _UPPER_LIP[:1],
        line((9, 228.5), (8, 236.8)),
        backwards(_TONGUE_TOP[1:2]),
    )
    lower = (
        _LOWER_LIP[2:],
        mirrored(_LOWER_LIP[2:]),
        line((-9, 253.5), (-8, 243.6)),
        backwards(_TONGUE_BASE[1:2]),
    )
    half_tongue = (_TONGUE_TOP[2:], _TONGUE_BASE[:1])
    mid_tongue = (_TONGUE_TOP[1:2], line((8, 236.8), (8, 243.6)), _TONGUE_BASE[1:2])
    return (
        (
            Part("mouth", half_lips, (24, 246)),
            Part("mouth", upper, (0, 249), second_shape=lower),
        ),
        (Part("tongue", half_tongue, (14, 240)), Part("tongue", mid_tongue, (0, 240))),
    )


def _chin_and_jaw() -> tuple[tuple[Part, Part], tuple[Part, Part]]:
    rim = smooth(((32, 288), (11, 293.5), (-11, 293.5), (-32, 288)))
    chin = (line((11, 264), (32, 262), (32, 288)), rim[:1], line((11, 293.5), (11, 264)))
    mid_chin = (line((-11, 264), (11, 264), (11, 293.5)), rim[1:2], line((-11, 293.5), (-11, 264)))
    inner = smooth(((32, 262), (50, 255), (66, 238)))
    jaw = (
        _HEAD.between("jaw", "chin"),
        line(_HEAD.at("chin"), (32, 262)),
        inner,
        line((66, 238), _HEAD.at("jaw")),
    )
    under = _HEAD.between("chin", "end")
    mid_jaw = (under, mirrored(under), backwards(rim))
    return (
        (Part("chin", chin, (22, 278)), Part("chin", mid_chin, (0, 280))),
        (Part("jaw", jaw, (66, 258)), Part("jaw", mid_jaw, (0, 299.5))),
    )


def _cheek() -> Shape:
    points = (
        (62, 189),
        (80, 192),
        (87, 207),
        (80, 222),
        (62, 229),
        (45, 221),
        (38, 206),
        (45, 193),
    )
    return (smooth(points, closed=True),)


def _brow() -> Shape:
    return (
        smooth(((15, 106), (34, 98.5), (54, 97), (78, 107.5))),
        smooth(((78, 107.5), (54, 104.5), (34, 106.5), (16, 114))),
    )


def _circle(x: float, y: float, radius: float) -> Stroke:
    reach = radius * 0.707
    ring = (
        (x, y - radius),
        (x + reach, y - reach),
        (x + radius, y),
        (x + reach, y + reach),
        (x, y + radius),
        (x - reach, y + reach),
        (x - radius, y),
        (x - reach, y - reach),
    )
    return smooth(ring, closed=True)


def _details() -> tuple[Detail, ...]:
    eye = smooth(((19, 154), (30, 143.5), (44, 140), (58, 143), (69, 151)))
    under_eye = smooth(((69, 151), (58, 159), (44, 162), (30, 160), (19, 154)))
    side_of_nose = ((19.5, 188), (23, 198), (17.5, 205.5), (9, 206.5))
    other_side = tuple((-x, y) for x, y in side_of_nose)
    nose = smooth((*other_side, (0, 210), *reversed(side_of_nose)))
    lips = smooth(
        ((-37, 238.5), (-20, 239), (-8, 237.3), (0, 238.8), (8, 237.3), (20, 239), (37, 238.5))
    )
    below_lip = smooth(((-18, 252), (0, 255), (18, 252)))
    neck = smooth(((56, 284), (55, 320), (60, 350)))
    pupil = _circle(44, 150, 6.3)
    brow, iris = _brow(), closed_path(pupil) + closed_path(mirrored(pupil))
    soft = closed_path(*brow) + closed_path(*opposite(brow))
    lines = in_both_halves(eye + under_eye, neck) + open_path(nose)
    return (
        Detail(soft, Pen.SOFT),
        Detail(lines + open_path(lips) + open_path(below_lip), Pen.LINE),
        Detail(iris, Pen.SOLID),
    )


def _face() -> Drawing:
    nose, mid_nose = _nose()
    (mouth, mid_mouth), (tongue, mid_tongue) = _mouth()
    (chin, mid_chin), (jaw, mid_jaw) = _chin_and_jaw()
    beside_brow = smooth((_HEAD.at("ear_top"), (86, 122), (84, 100), _HEAD.at("temple")))
    temple = (_HEAD.between("temple", "ear_top"), beside_brow)
    halves = (
        *_lids(),
        Part("brow", _brow(), (62, 101.5)),
        Part("cheek", _cheek(), (68, 208)),
        nose,
        mouth,
        chin,
        Part("temple", temple, (93, 108)),
        tongue,
        jaw,
    )
    middles = (mid_nose, mid_mouth, mid_chin, mid_tongue, mid_jaw)
    return Drawing(_BOX, (_HEAD.whole,), (*_details(), _seams(halves)), halves, middles)


def _seams(halves: tuple[Part, ...]) -> Detail:
    """The borders of all parts, without the lines that divide those across the middle."""
    alone = ("eyelid_upper", "eyelid_lower", "brow", "cheek", "temple")
    whole = [part.shape for part in halves if part.site in alone]
    areas = (closed_path(*area) + closed_path(*opposite(area)) for area in whole)
    chin = smooth(((32, 288), (11, 293.5), (-11, 293.5), (-32, 288)))
    chin_top = line((-32, 262), (-11, 264), (11, 264), (32, 262))
    edges = (
        line((32, 262), _HEAD.at("chin")),
        smooth(((32, 262), (50, 255), (66, 238))),
        line((66, 238), _HEAD.at("jaw")),
        _NOSE_SIDE,
        _UPPER_LIP,
    )
    across = (chin, chin_top, line((-7, 142), (7, 142)))
    paths = "".join(areas) + in_both_halves(*edges) + "".join(map(open_path, across))
    return Detail(paths, Pen.SEAM)


FACE = _face()
