"""The standing figure from the front and from the back: 7.5 heads of 102 units, midline at x = 0.

One half is described and mirrored. Every part is cut from the outline at its named points, so a
filled part ends exactly where the outline does.
"""

from __future__ import annotations

from diary.body.curves import (
    Point,
    Stroke,
    backwards,
    line,
    mirrored,
    open_path,
    smooth,
)
from diary.body.drawing import Contour, Detail, Drawing, Part, Pen, Shape, in_both_halves

_BOX = (-175.0, -8.0, 350.0, 792.0)

_UPPER = (
    ("crown", 0, 0),
    ("", 21, 5),
    ("", 33.5, 23),
    ("", 36.5, 44),
    ("", 34, 64),
    ("", 27, 81),
    ("neck", 22.5, 93),
    ("", 22.5, 107),
    ("collar", 33, 119.5),
    ("", 52, 126.5),
    ("shoulder", 70, 131.5),
    ("", 88, 138.5),
    ("", 100, 151),
    ("", 105.5, 169),
    ("deltoid", 109.5, 194),
    ("elbow", 124, 287),
    ("", 132, 313),
    ("wrist_top", 143, 391),
    ("wrist", 145.5, 407),
    ("", 151.5, 424),
    ("knuckles", 155, 446),
    ("", 153.5, 468),
    ("", 149.5, 483),
    ("", 143.5, 488),
    ("", 138, 482),
    ("", 135.5, 466),
    ("web_fingers", 134, 450),
    ("web", 131, 443),
    ("", 129, 452),
    ("", 124.5, 460),
    ("", 119, 456),
    ("", 117, 440),
    ("thumb", 119.5, 421),
    ("inner_wrist", 125, 407),
    ("inner_wrist_top", 124, 391),
    ("", 117, 368),
    ("", 101, 315),
    ("inner_elbow", 96.5, 291),
    ("", 83, 236),
    ("", 78, 220),
    ("armpit", 74, 213.5),
    ("", 71.2, 220.5),
    ("ribs", 69.5, 243),
    ("", 66, 268),
    ("", 66, 312),
    ("waist", 70, 333),
    ("hip", 75, 372),
    ("fold", 76, 398),
    ("", 66.5, 504),
    ("knee_top", 61.5, 533),
    ("knee", 58, 577),
    ("", 60, 602),
    ("", 58.5, 634),
    ("ankle_top", 48, 690),
)
_INNER_LEG = (
    ("inner_ankle_top", 24.5, 690),
    ("", 20.5, 662),
    ("", 14.5, 603),
    ("inner_knee", 17, 577),
    ("", 17.5, 555),
    ("inner_knee_top", 15.5, 533),
    ("", 11.5, 500),
    ("", 4.8, 424),
    ("", 3, 409),
    ("crotch", 0, 403),
)
_FRONT_FOOT = (
    ("", 46, 703),
    ("ankle", 48, 716),
    ("", 54, 733),
    ("toes", 59.5, 749),
    ("", 58, 760),
    ("", 48, 765),
    ("", 35, 767),
    ("", 26.5, 764),
    ("inner_toes", 24.5, 749),
    ("", 27, 731),
    ("inner_ankle", 26.5, 716),
    ("", 25, 703),
)
_BACK_FOOT = (
    ("", 46, 703),
    ("ankle", 47.5, 716),
    ("", 51.5, 731),
    ("", 53, 745),
    ("", 48, 755),
    ("", 38, 758),
    ("", 28, 755),
    ("", 24, 744),
    ("", 25, 730),
    ("inner_ankle", 26.5, 716),
    ("", 25, 703),
)

_FRONT = Contour(_UPPER + _FRONT_FOOT + _INNER_LEG)
_BACK = Contour(_UPPER + _BACK_FOOT + _INNER_LEG)

# How far the chin reaches below the corners of the jaw.
_CHIN = 9.0
_FINGER_LINES = (line((141.5, 455), (141, 477)), line((148, 454), (147.5, 476)))

# Where the shoulder, the arm and the trunk meet.
_DELTOID_CREASE: Point = (72.5, 191.0)


def _across(contour: Contour, outer: str, inner: str, sag: float = 3) -> Stroke:
    """A line across a limb from its outer to its inner side, hanging a little like a seam."""
    start, end = contour.at(outer), contour.at(inner)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + sag)
    return smooth((start, middle, end))


def _segment(contour: Contour, top: tuple[str, str], bottom: tuple[str, str]) -> Shape:
    """A stretch of a limb between two lines across it, each named by its outer and inner end."""
    return (
        contour.between(top[0], bottom[0]),
        _across(contour, *bottom),
        contour.between(bottom[1], top[1]),
        backwards(_across(contour, *top)),
    )


_ELBOW = ("elbow", "inner_elbow")
_WRIST_TOP = ("wrist_top", "inner_wrist_top")
_WRIST = ("wrist", "inner_wrist")
_KNEE_TOP = ("knee_top", "inner_knee_top")
_KNEE = ("knee", "inner_knee")
_ANKLE_TOP = ("ankle_top", "inner_ankle_top")
_ANKLE = ("ankle", "inner_ankle")
_TOES = ("toes", "inner_toes")


def _across_arm(contour: Contour) -> Stroke:
    """From the outer end of the deltoid to where arm, shoulder and trunk meet."""
    return smooth((contour.at("deltoid"), (92, 198), _DELTOID_CREASE))


def _beside_shoulder(contour: Contour) -> Stroke:
    """From the top of the shoulder down the border of shoulder and chest."""
    return smooth((contour.at("shoulder"), (67.5, 160), _DELTOID_CREASE))


def _thumb_root(contour: Contour) -> Stroke:
    return smooth((contour.at("web"), (128, 428), contour.at("inner_wrist")))


def _across_palm(contour: Contour) -> Stroke:
    return smooth((contour.at("knuckles"), (145, 450), contour.at("web_fingers")))


def _arm(contour: Contour, upper_arm: str, *, marked: bool) -> tuple[Part, ...]:
    """Shoulder to fingers; `upper_arm` is the site of this view's side of it."""
    shoulder = (
        contour.between("shoulder", "deltoid"),
        _across_arm(contour),
        backwards(_beside_shoulder(contour)),
    )
    upper = (
        contour.between("deltoid", "elbow"),
        _across(contour, *_ELBOW),
        contour.between("inner_elbow", "armpit"),
        line(contour.at("armpit"), _DELTOID_CREASE),
        backwards(_across_arm(contour)),
    )
    return (
        Part("shoulder", shoulder, (90, 165), marked),
        Part(upper_arm, upper, (102, 245)),
        Part("forearm", _segment(contour, _ELBOW, _WRIST_TOP), (122, 338), marked),
        *_hand(contour, marked=marked),
    )


def _hand(contour: Contour, *, marked: bool) -> tuple[Part, ...]:
    thumb_root, across_palm = _thumb_root(contour), _across_palm(contour)
    palm = (
        contour.between("wrist", "knuckles"),
        across_palm,
        contour.between("web_fingers", "web"),
        thumb_root,
        backwards(_across(contour, *_WRIST)),
    )
    fingers = (contour.between("knuckles", "web_fingers"), backwards(across_palm))
    thumb = (contour.between("web", "inner_wrist"), backwards(thumb_root))
    return (
        Part("wrist", _segment(contour, _WRIST_TOP, _WRIST), (134.5, 400), marked),
        Part("hand", palm, (141, 431), marked),
        Part("fingers", fingers, (145, 467), marked),
        Part("thumb", thumb, (122, 444), marked),
    )


def _lower_leg(contour: Contour, shank: str, *, marked: bool) -> tuple[Part, ...]:
    """Knee to ankle; `shank` is the site of this view's side of the lower leg."""
    return (
        Part("knee", _segment(contour, _KNEE_TOP, _KNEE), (38, 556), marked),
        Part(shank, _segment(contour, _KNEE, _ANKLE_TOP), (38, 628)),
        Part("ankle", _segment(contour, _ANKLE_TOP, _ANKLE), (36, 704), marked),
    )


def _below(contour: Contour, edge: Stroke, outer: str) -> Shape:
    """The thigh from a border that ends in the crotch down to the knee."""
    return (
        contour.between(outer, "knee_top"),
        _across(contour, *_KNEE_TOP),
        contour.between("inner_knee_top", "crotch"),
        backwards(edge),
    )


def _cross_piece(contour: Contour, top: str, bottom: str, third: float) -> tuple[Shape, Shape]:
    """A stretch of the trunk between two levels, as its outer and its middle third."""
    (_x, high), (_x, low) = contour.at(top), contour.at(bottom)
    outer = (contour.between(top, bottom), line(contour.at(bottom), (third, low), (third, high)))
    middle = (line((third, high), (third, low), (-third, low), (-third, high)),)
    return outer, middle


def _neck_piece(contour: Contour, sag: float) -> tuple[Shape, Shape]:
    """Throat or neck below a border that hangs `sag` units, as its outer and its middle third."""
    third = 8.0
    border = _below_head(contour, sag)
    edge = smooth((contour.at("collar"), (22, 126), (third, 129.5)))
    half = (
        contour.between("neck", "collar"),
        edge,
        line((third, 129.5), border[1].end),
        border[2:],
    )
    sides = line(border[1].end, (third, 129.5), (-third, 129.5), border[0].end)
    return half, (sides, border[1:2])


def _below_head(contour: Contour, sag: float) -> Stroke:
    """The border of head and neck, from left to right; in front it is the chin."""
    x, y = contour.at("neck")
    if not sag:
        return line((-x, y), (-8, y), (8, y), (x, y))
    return smooth(((-x, y), (-8, y + sag), (8, y + sag), (x, y)))


def _chest_piece(contour: Contour, third: float) -> tuple[Shape, Shape]:
    """Between collar, shoulder and ribs: chest or upper back, outer and middle third."""
    level = contour.at("ribs")[1]
    edge = smooth((contour.at("collar"), (22, 126), (8, 129.5)))
    half = (
        edge,
        line((8, 129.5), (third, 129.5), (third, level), contour.at("ribs")),
        backwards(contour.between("armpit", "ribs")),
        line(contour.at("armpit"), _DELTOID_CREASE),
        backwards(_beside_shoulder(contour)),
        backwards(contour.between("collar", "shoulder")),
    )
    middle = (line((third, 129.5), (third, level), (-third, level), (-third, 129.5)),)
    return half, middle


def _seams(contour: Contour, *own: Stroke) -> Detail:
    """The borders that both views share, and those of one view."""
    throat = smooth((contour.at("collar"), (22, 126), (8, 129.5), (0, 129.5)))
    levels = (line(contour.at(name), (0, contour.at(name)[1])) for name in ("ribs", "waist"))
    across = (_ELBOW, _WRIST_TOP, _WRIST, _KNEE_TOP, _KNEE, _ANKLE_TOP, _ANKLE)
    strokes = (
        throat,
        *levels,
        _across_arm(contour),
        _beside_shoulder(contour),
        line(contour.at("armpit"), _DELTOID_CREASE),
        _thumb_root(contour),
        _across_palm(contour),
        *(_across(contour, *ends) for ends in across),
        *own,
    )
    return Detail(in_both_halves(*strokes), Pen.SEAM)


def _front() -> Drawing:
    contour = _FRONT
    throat, mid_throat = _neck_piece(contour, _CHIN)
    chest, mid_chest = _chest_piece(contour, 23)
    crease = smooth((contour.at("hip"), (32, 393), (11, 401), contour.at("crotch")))
    beside_belly = smooth(((46, 243), (42.5, 288), (46, 333)))
    belly = (beside_belly, line((46, 333), (15, 333), (15, 243)))
    flank = (
        contour.between("ribs", "waist"),
        line(contour.at("waist"), (46, 333)),
        backwards(beside_belly),
    )
    hip = (contour.between("waist", "hip"), crease[:1], line((32, 393), (32, 333)))
    groin = (line((32, 333), (32, 393)), crease[1:2], line((11, 401), (11, 333)))
    mid_groin = (
        line((11, 333), (11, 401)),
        crease[2:],
        mirrored(crease[2:]),
        line((-11, 401), (-11, 333)),
    )
    toes = (contour.between("toes", "inner_toes"), backwards(_across(contour, *_TOES)))
    halves = (
        Part("throat", throat, (15, 114)),
        *_arm(contour, "upper_arm_front", marked=True),
        Part("chest", chest, (48, 200)),
        Part("abdomen", belly, (30, 290)),
        Part("flank", flank, (55, 290)),
        Part("hip", hip, (55, 360)),
        Part("groin", groin, (22, 365)),
        Part("thigh_front", _below(contour, crease, "hip"), (42, 460)),
        *_lower_leg(contour, "shin", marked=True),
        Part("foot", _segment(contour, _ANKLE, _TOES), (40, 734)),
        Part("toes", toes, (43, 757)),
    )
    middles = (
        Part("throat", mid_throat, (0, 115)),
        Part("chest", mid_chest, (0, 190)),
        Part("abdomen", (line((15, 243), (15, 333), (-15, 333), (-15, 243)),), (0, 280)),
        Part("groin", mid_groin, (0, 370)),
    )
    cues = (
        _below_head(contour, _CHIN),
        line((0, 300), (0, 306)),
    )
    pairs = (
        smooth(((6, 142), (17, 138.5), (38, 139), (56, 134.5))),
        smooth(((27, 549), (37, 543.5), (47, 548))),
        *_FINGER_LINES,
    )
    details = Detail("".join(map(open_path, cues)) + in_both_halves(*pairs), Pen.CUE)
    seams = _seams(
        contour, beside_belly, crease, line((32, 333), (32, 393)), _across(contour, *_TOES)
    )
    return Drawing(_BOX, (contour.whole,), (seams, details), halves, middles)


def _back() -> Drawing:
    contour = _BACK
    neck, mid_neck = _neck_piece(contour, 0)
    upper, mid_upper = _chest_piece(contour, 23)
    lower, mid_lower = _cross_piece(contour, "ribs", "waist", 22)
    fold = smooth((contour.at("fold"), (58, 408), (34, 413), (12, 409), contour.at("crotch")))
    beside = smooth(((50, 333), (58, 368), (58, 408)))
    hip = (
        contour.between("waist", "fold"),
        fold[:1],
        backwards(beside),
        line((50, 333), contour.at("waist")),
    )
    buttock = (beside, fold[1:], line(contour.at("crotch"), (0, 333)))
    halves = (
        Part("neck", neck, (15, 112)),
        *_arm(contour, "upper_arm_back", marked=False),
        Part("upper_back", upper, (48, 195)),
        Part("lower_back", lower, (44, 290)),
        Part("hip", hip, (66, 375), marked=False),
        Part("buttock", buttock, (30, 375)),
        Part("thigh_back", _below(contour, fold, "fold"), (42, 470)),
        *_lower_leg(contour, "calf", marked=False),
        Part("foot", _heel(contour), (38, 740), marked=False),
    )
    middles = (
        Part("neck", mid_neck, (0, 112)),
        Part("upper_back", mid_upper, (0, 190)),
        Part("lower_back", mid_lower, (0, 288)),
    )
    spine = line((0, 140), (0, 318))
    pairs = (
        smooth(((24, 168), (27, 192), (38, 210), (52, 214))),
        fold[1:3],
        smooth(((28, 560), (38, 564), (48, 559))),
        smooth(((31, 722), (29.5, 738))),
        smooth(((44.5, 722), (46.5, 738))),
        *_FINGER_LINES,
    )
    cues = open_path(spine) + open_path(line((0, 340), (0, 398))) + in_both_halves(*pairs)
    nape = line(contour.at("neck"), (0, contour.at("neck")[1]))
    details = (_seams(contour, fold, beside, nape), Detail(cues, Pen.CUE))
    return Drawing(_BOX, (contour.whole,), details, halves, middles)


def _heel(contour: Contour) -> Shape:
    return (contour.between("ankle", "inner_ankle"), backwards(_across(contour, *_ANKLE)))


FRONT = _front()
BACK = _back()
