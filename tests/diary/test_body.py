"""The drawing of the body: every place has its part, left is left, and numbers can be read."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from diary.body import (
    COARSE_SITES,
    CountedPlace,
    LabelSize,
    Region,
    View,
    body_map,
    fill,
    filled_by,
    label_anchor,
    marks,
    outline,
    regions,
    regions_of,
)
from diary.body.curves import flat
from diary.body.drawing_file import DRAWING_FILE, drawing_file
from diary.body.hits import (
    LEAST_PX,
    LEAST_PX_ON_A_PHONE,
    SHOWN_WIDTH_PX,
    WHOLE_BODY,
    HitArea,
    hit_areas,
)
from diary.body.maps import FACE_BELOW, SMALL
from diary.body.picker import generated_rules, picker
from diary.body.views import silhouette_points
from diary.forms.fields import PlaceField
from diary.vocabulary import BodySite, Side, SiteGroup

Points = list[tuple[float, float]]
Area = tuple[float, float, float, float]

PLACES = [(site.value, side.value) for site in BodySite for side in site.sides]
PRINTED = (View.FRONT, View.BACK, View.FACE)
HIGH_ON_A_PHONE = 490
"""Least height of the whole body in the picker on 390 x 844; a browser holds it to that."""


def read_path(data: str) -> list[Points]:
    """A second reader of path data: the corners and handles of each subpath, absolute."""
    subpaths: list[Points] = []
    x = y = 0.0
    for command, digits in re.findall(r"([MLlcz])([^MLlcz]*)", data):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.\d+|\.\d+|\d+)", digits)]
        assert re.fullmatch(r"(?:[ ]?-?(?:\d+\.\d+|\.\d+|\d+))*", digits), digits
        assert len(numbers) == {"M": 2, "L": 2, "l": 2, "c": 6, "z": 0}[command], (command, digits)
        if command == "M":
            subpaths.append([])
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command in "lc":
            pairs = [(x + dx, y + dy) for dx, dy in pairs]
        subpaths[-1] += pairs
        if pairs:
            x, y = pairs[-1]
    return subpaths


def inside(points: np.ndarray, polygon: Points | tuple[tuple[float, float], ...]) -> np.ndarray:
    """Which of the points (n x 2) lie inside a polygon, by crossings."""
    found = np.zeros(len(points), dtype=bool)
    x, y = points[:, 0], points[:, 1]
    for (x1, y1), (x2, y2) in pairwise([*polygon, polygon[0]]):
        if y1 == y2:
            continue
        crosses = (y1 > y) != (y2 > y)
        found ^= crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return found


def grid_of(view: View, step: float) -> np.ndarray:
    """Points all over a view, off the round numbers on which borders lie."""
    box = outline(view).box
    xs = np.arange(box.x + 0.37, box.x + box.width, step)
    ys = np.arange(box.y + 0.41, box.bottom + 20, step)
    return np.array([(x, y) for x in xs for y in ys])


def covered(points: np.ndarray, region: Region) -> np.ndarray:
    """Which of the points a region fills."""
    found = np.zeros(len(points), dtype=bool)
    for shape in region.shapes:
        found |= inside(points, flat(shape))
    return found


# Parts


def test_every_place_has_a_part_in_a_view() -> None:
    without = [place for place in PLACES if not any(regions_of(view, *place) for view in View)]

    assert without == []


def test_every_place_is_marked_and_labelled_in_print() -> None:
    filled = [fill([place]) for place in PLACES]

    assert all(any(found[view] for view in PRINTED) for found in filled)
    assert all(any(label_anchor(view, *place) for view in PRINTED) for place in PLACES)


def test_place_without_a_noted_side_fills_nothing() -> None:
    assert filled_by("calf", None) == ()
    assert marks(View.BACK, [CountedPlace("calf", None, 3, False)]) == ()


@pytest.mark.parametrize("view", View)
def test_every_path_can_be_read_and_regions_close(view: View) -> None:
    drawing = outline(view)

    for detail in drawing.details:
        assert read_path(detail.path)
    assert read_path(drawing.silhouette)
    for region in regions(view):
        assert read_path(region.path)
        assert region.path.endswith("z")


@pytest.mark.parametrize("view", View)
def test_left_and_right_are_mirror_images(view: View) -> None:
    found = {(region.site, region.side): region for region in regions(view)}
    paired = [site for site, side in found if side == Side.LEFT]
    assert paired

    for site in paired:
        left, right = found[site, "left"], found[site, "right"]
        (one,), (other,) = read_path(left.path), read_path(right.path)
        # The mirror image is drawn the other way round; the pen rounds by a tenth at most.
        for x, y in one:
            assert min(abs(x + there) + abs(y - level) for there, level in other) < 0.35
        assert left.anchor == (-right.anchor[0], right.anchor[1])


@pytest.mark.parametrize(
    ("view", "on_viewers_left"),
    [(View.FRONT, False), (View.FACE, False), (View.BACK, True), (View.HANDS, True)],
)
def test_left_is_where_the_person_has_it(view: View, on_viewers_left: bool) -> None:
    left = [region for region in regions(view) if region.side == Side.LEFT]

    assert {region.anchor[0] < 0 for region in left} == {on_viewers_left}
    for region in left:
        outermost = max((x for x, _y in flat(region.shapes[0])), key=abs)
        assert (outermost < 0) == on_viewers_left


@pytest.mark.parametrize(("view", "step"), [(v, 4 if v in PRINTED[:2] else 2) for v in View])
def test_parts_lie_inside_the_outline_and_do_not_overlap(view: View, step: float) -> None:
    points = grid_of(view, step)
    shapes = [covered(points, region) for region in regions(view)]
    # Near the edge the two ways of flattening a curve may differ by a hair.
    body = np.zeros(len(points), dtype=bool)
    for dx, dy in ((0, 0), (0.4, 0), (-0.4, 0), (0, 0.4), (0, -0.4)):
        for outlined in _closed_outlines(view):
            body |= inside(points + np.array([dx, dy]), outlined)

    assert all(shape.any() for shape in shapes)
    assert int(sum(shape.astype(int) for shape in shapes).max()) == 1
    assert not any((shape & ~body).any() for shape in shapes)


def _closed_outlines(view: View) -> list[Points]:
    points = list(silhouette_points(view))
    if view is View.HANDS:
        return [[it for it in points if it[0] > 0], [it for it in points if it[0] < 0]]
    return [points]


@pytest.mark.parametrize("view", View)
def test_anchors_lie_inside_their_parts(view: View) -> None:
    for region in regions(view):
        assert covered(np.array([region.anchor]), region).all(), (region.site, region.side)


def test_coarse_site_fills_its_whole_group() -> None:
    for site, parts in COARSE_SITES.items():
        group = SiteGroup(site)
        assert {*parts, site} == {it.value for it in BodySite if it.group is group}

        for side in (Side.LEFT, Side.RIGHT):
            shown = fill([(site, side)])
            filled = {(it.site, it.side) for found in shown.values() for it in found}
            assert filled == {(part, side.value) for part in parts}


def test_both_is_left_and_right() -> None:
    both = fill([("calf", "both")])

    assert both == fill([("calf", "left"), ("calf", "right")])
    assert {region.side for region in both[View.BACK]} == {"left", "right"}


def test_whole_face_takes_in_its_middle() -> None:
    filled = {(it.site, it.side) for it in fill([("face", "both")])[View.FACE]}

    assert ("nose", "midline") in filled
    assert ("chin", "midline") not in {
        (it.site, it.side) for it in fill([("face", "left")])[View.FACE]
    }


@pytest.mark.parametrize("site", ["shoulder", "forearm", "hand", "hip", "knee", "ankle", "foot"])
def test_part_seen_from_both_sides_is_marked_in_front_only(site: str) -> None:
    assert regions_of(View.BACK, site, "left")
    assert fill([(site, "left")])[View.BACK] == ()
    assert len(fill([(site, "left")])[View.FRONT]) == 1


def test_lids_keep_apart_from_each_other_and_from_the_eye() -> None:
    upper, lower = (
        [point for shape in region.shapes for point in flat(shape)]
        for region in regions_of(View.FACE, "eyelid", "left")
    )
    eye = [
        point
        for detail in outline(View.FACE).details
        if detail.pen == "line"
        for point in read_path(detail.path)[0]
    ]

    assert _distance(upper, lower) > 10
    assert _distance(upper, eye) > 3
    assert _distance(lower, eye) > 3


def _distance(one: Points, other: Points) -> float:
    return min(float(np.hypot(x - a, y - b)) for x, y in one for a, b in other)


def test_outline_of_a_print_is_small() -> None:
    drawn = [outline(view) for view in PRINTED]
    details = [it.path for one in drawn for it in one.details if it.pen != "seam"]

    assert sum(len(one.silhouette) for one in drawn) + sum(map(len, details)) < 11_000


# Marks


def label_areas(view: View, counted: list[CountedPlace], size: LabelSize) -> list[Area]:
    """Left, top, right and bottom of every label, for digits 0.6 of a line wide."""
    areas = []
    for mark in marks(view, counted, size):
        if mark.number is None:
            continue
        wide = max(len(str(mark.number)) * size.number * 0.6, size.note * 1.8 * mark.new)
        left = mark.x if mark.anchor == "start" else mark.x - wide
        top = mark.y - size.number * 0.85
        bottom = mark.note_y + size.note * 0.1 if mark.new else mark.y + size.number * 0.15
        areas.append((left, top, left + wide, bottom))
    return areas


def collide(one: Area, other: Area) -> bool:
    """Whether two areas share more than an edge."""
    apart = (
        one[2] <= other[0] + 0.2
        or other[2] <= one[0] + 0.2
        or one[3] <= other[1] + 0.2
        or other[3] <= one[1] + 0.2
    )
    return not apart


TWELVE = [
    CountedPlace(site, side, number, number % 3 == 0)
    for number, (site, side) in enumerate(
        [
            ("throat", "midline"),
            ("shoulder", "left"),
            ("upper_arm_front", "left"),
            ("forearm", "left"),
            ("wrist", "left"),
            ("thumb", "left"),
            ("fingers", "left"),
            ("chest", "right"),
            ("hip", "right"),
            ("knee", "both"),
            ("foot", "left"),
            ("toes", "right"),
        ],
        start=1,
    )
]


def test_twelve_labels_do_not_collide_and_all_are_there() -> None:
    areas = label_areas(View.FRONT, TWELVE, LabelSize())

    assert len(areas) == 12
    assert not any(collide(one, other) for one, other in combinations(areas, 2))


counted_places = st.lists(st.sampled_from(PLACES), unique=True, max_size=14).flatmap(
    lambda places: st.tuples(
        *(
            st.builds(
                CountedPlace, st.just(site), st.just(side), st.integers(1, 120), st.booleans()
            )
            for site, side in places
        )
    )
)


@given(counted_places, st.sampled_from(PRINTED))
def test_labels_never_collide_nor_lie_on_the_body(
    counted: tuple[CountedPlace, ...], view: View
) -> None:
    size = LabelSize() if view is not View.FACE else LabelSize(50, 36, 15, 60)
    body = np.array(silhouette_points(view))

    areas = label_areas(view, list(counted), size)

    assert not any(collide(one, other) for one, other in combinations(areas, 2))
    for left, top, right, bottom in areas:
        assert bottom <= outline(view).box.bottom + 0.2
        assert top >= size.top - 0.2
        x, y = body[:, 0], body[:, 1]
        assert not ((x > left) & (x < right) & (y > top + 2) & (y < bottom - 2)).any()


@given(counted_places)
def test_each_place_is_counted_once_over_the_printed_views(
    counted: tuple[CountedPlace, ...],
) -> None:
    shown = [mark for view in PRINTED for mark in marks(view, counted, LabelSize(8, 5, 2, 0))]

    numbers = [(mark.site, mark.side) for mark in shown if mark.number is not None]

    assert sorted(numbers) == sorted((it.site, it.side) for it in counted)


def test_leader_runs_from_the_place_to_its_number() -> None:
    (mark,) = marks(View.BACK, [CountedPlace("calf", "left", 4, True)])
    (points,) = read_path(mark.leader)
    (calf,) = regions_of(View.BACK, "calf", "left")

    assert covered(np.array([points[0]]), calf).all()
    assert mark.anchor == "end"
    assert mark.x < points[-1][0] < -50
    assert (mark.number, mark.new) == (4, True)


@given(counted_places, st.sampled_from(PRINTED))
def test_no_leader_runs_through_the_number_of_another_place(
    counted: tuple[CountedPlace, ...], view: View
) -> None:
    size = LabelSize() if view is not View.FACE else LabelSize(50, 36, 15, 60)
    leaders = [
        read_path(mark.leader)[0] for mark in marks(view, counted, size) if mark.number is not None
    ]
    areas = label_areas(view, list(counted), size)

    for own, points in enumerate(leaders):
        steps = [
            (x1 + (x2 - x1) * share / 40, y1 + (y2 - y1) * share / 40)
            for (x1, y1), (x2, y2) in pairwise(points)
            for share in range(41)
        ]
        for number, (left, top, right, bottom) in enumerate(areas):
            if number != own:
                crossed = [
                    (x, y) for x, y in steps if left < x < right and top + 2 < y < bottom - 2
                ]
                assert crossed == []


def test_leader_of_both_sides_passes_through_both() -> None:
    (mark,) = marks(View.BACK, [CountedPlace("calf", "both", 4, False)])
    (points,) = read_path(mark.leader)

    assert points[0][0] < 0 < points[1][0] < points[-1][0]


def test_full_side_lends_its_innermost_places_to_the_other() -> None:
    left_side = ["shoulder", "forearm", "wrist", "hand", "chest", "abdomen", "hip", "groin", "knee"]
    counted = [CountedPlace(site, "left", 1, False) for site in [*left_side, "shin", "foot"]]

    ends = {mark.site: mark.anchor for mark in marks(View.FRONT, counted)}

    assert ends["groin"] == "end"
    assert ends["forearm"] == "start"


def test_more_labels_than_there_is_room_for_keep_the_largest_numbers() -> None:
    sites = [site for site, side in PLACES if side == "left" and fill([(site, side)])[View.FRONT]]
    counted = [
        CountedPlace(site, side, number, True)
        for number, (site, side) in enumerate(((s, d) for s in sites for d in ("left", "right")), 1)
    ]

    shown = marks(View.FRONT, counted)
    kept = [mark.number for mark in shown if mark.number is not None]

    assert len(shown) == len(counted)
    assert 0 < len(kept) < len(counted)
    assert max(kept) == len(counted)


# Maps


@pytest.mark.parametrize(
    ("width", "height", "options"),
    [(59.33, 43.0, {}), (28.67, 36.0, {"rows": FACE_BELOW, "inks": SMALL, "captions": False})],
)
@pytest.mark.parametrize("counted", [[], TWELVE[:4], TWELVE])
def test_map_is_one_plain_svg_within_its_sheet(
    width: float, height: float, options: dict[str, object], counted: list[CountedPlace]
) -> None:
    sheet = body_map(counted, width, height, **options)  # type: ignore[arg-type]

    svg = render_to_string("diary/body/map.svg", {"map": sheet, "title": "Where <it> was"}).strip()

    root = ElementTree.fromstring(svg)
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Where <it> was"
    assert "<style" not in svg
    assert " style=" not in svg
    assert svg.count('class="body-leader"') == sum(
        mark.number is not None for it in sheet.views for mark in it.marks
    )
    for it in sheet.views:
        x, y, scale = map(float, re.findall(r"[\d.]+", it.transform))
        for mark in it.marks:
            assert -0.2 <= x + mark.x * scale <= width + 0.2
            assert 0 <= y + mark.y * scale <= height
        assert y + outline(it.view).box.bottom * scale <= height + 0.1


def test_empty_map_is_under_twelve_kilobytes() -> None:
    svg = render_to_string("diary/body/map.svg", {"map": body_map([], 59.33, 43), "title": "Where"})

    assert len(svg) < 12_000


def test_map_of_a_page_is_the_map_in_print_with_its_paths_in_the_file_of_the_drawings() -> None:
    sheet = body_map([CountedPlace("face", "both", 3, True), *TWELVE[:4]], 59.33, 43)
    context = {"map": sheet, "title": "Where"}
    paths = dict(re.findall(r' id="([^"]+)" vector-effect="inherit" d="([^"]+)"', drawing_file()))

    page = render_to_string("diary/body/map.svg", {**context, "from_file": True})

    def of_print(found: re.Match[str]) -> str:
        return f'<path{found[1]}d="{paths[found[2]]}"/>'

    drawn = re.sub(rf'<use([^>]*)href="[^"]*{DRAWING_FILE}#([^"]+)"/>', of_print, page)
    printed = render_to_string("diary/body/map.svg", context)
    assert marked_in(drawn) == marked_in(printed)
    assert ElementTree.canonicalize(unmarked(drawn)) == ElementTree.canonicalize(unmarked(printed))


_MARK = re.compile(r'<path class="body-mark" fill="#000" d="([^"]+)"/>\n?')


def marked_in(svg: str) -> str:
    """What a map fills, from first to last."""
    return "".join(_MARK.findall(svg))


def unmarked(svg: str) -> str:
    """A map without its filled parts."""
    return _MARK.sub("", svg).strip()


def test_sheets_of_one_size_share_a_scale_when_not_crowded() -> None:
    empty = body_map([], 59.33, 43)
    usual = body_map([CountedPlace("calf", "left", 4, True)], 59.33, 43)

    assert [it.transform.split("scale")[1] for it in empty.views] == [
        it.transform.split("scale")[1] for it in usual.views
    ]


# Picker


def test_list_holds_every_place_once_and_the_form_takes_each() -> None:
    choices = [one for fold in picker().folds for site in fold.sites for one in site.choices]
    field = PlaceField()

    assert [one.value for one in choices] == [f"{site}:{side}" for site, side in PLACES]
    assert [field.clean(one.value) for one in choices] == PLACES
    assert len({one.words for one in choices}) == len(choices)


def test_page_holds_every_button_once_and_each_label_has_its_button() -> None:
    html = render_to_string("diary/body/picker.html", {"chosen_place": "calf:left"})

    values = re.findall(r'name="place" value="([^"]+)"', html)
    ids = re.findall(r'id="([^"]+)"', html)
    assert sorted(values) == sorted(f"{site}:{side}" for site, side in PLACES)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'for="([^"]+)"', html)) <= set(ids)
    assert " style=" not in html
    assert re.findall(r'value="([^"]+)"[^>]* checked', html) == ["back", "calf:left"]


@pytest.mark.parametrize(
    ("chosen", "view"),
    [
        ("", View.FRONT),
        ("calf:right", View.BACK),
        ("eyelid:both", View.FACE),
        ("thumb:left", View.FRONT),
        ("nothing:left", View.FRONT),
        ("calf", View.FRONT),
    ],
)
def test_picker_opens_where_the_chosen_place_is(chosen: str, view: View) -> None:
    assert picker(chosen).first_view is view


def test_picker_opens_on_the_view_asked_for() -> None:
    assert picker("calf:left", "hands").first_view is View.HANDS
    assert picker("calf:left", "sideways").first_view is View.BACK


def test_list_stands_in_ten_folds_and_only_that_of_the_chosen_place_is_open() -> None:
    untouched = render_to_string("diary/body/picker.html", {})
    chosen = render_to_string("diary/body/picker.html", {"chosen_place": "calf:left"})

    assert len(picker().folds) == untouched.count("<details>") == 10
    (opened,) = re.findall(r"<details open><summary>.*?</details>", chosen)
    assert "<b>Lower legs</b> <small>knee, shin, calf</small>" in opened
    assert 'value="calf:left" id="at-calf:left" aria-label="Left calf" checked' in opened


def largest_square(area: HitArea, step: float = 0.5) -> float:
    """Side of the largest upright square in an area, to half a unit."""
    xs, ys = zip(*area.polygon, strict=True)
    columns = np.arange(min(xs) + step / 2, max(xs), step)
    rows = np.arange(min(ys) + step / 2, max(ys), step)
    points = np.array([(x, y) for y in rows for x in columns])
    free = inside(points, area.polygon).reshape(len(rows), len(columns))
    best = np.zeros(len(columns) + 1, dtype=int)
    largest = 0
    for row in free:
        after = np.zeros_like(best)
        for place, is_free in enumerate(row, 1):
            if is_free:
                after[place] = 1 + min(best[place], best[place - 1], after[place - 1])
        best, largest = after, max(largest, int(after.max()))
    return largest * step


@pytest.mark.parametrize("view", View)
def test_area_to_tap_holds_a_square_of_44_px(view: View) -> None:
    px = (SHOWN_WIDTH_PX[view] if view in PRINTED[:2] else 347.5) / outline(view).box.width
    right_half = [it for it in hit_areas(view) if max(x for x, _y in it.polygon) > 0]

    small = {it.site: largest_square(it) * px for it in right_half}

    assert {site: side for site, side in small.items() if side < LEAST_PX} == {}


@pytest.mark.parametrize("view", WHOLE_BODY)
def test_area_of_the_whole_body_holds_a_square_of_24_px_in_the_window_of_a_phone(
    view: View,
) -> None:
    px = HIGH_ON_A_PHONE / outline(view).box.height

    assert min(largest_square(it) * px for it in hit_areas(view)) >= LEAST_PX_ON_A_PHONE


@pytest.mark.parametrize("view", View)
def test_areas_to_tap_do_not_overlap_and_hold_their_place(view: View) -> None:
    points = grid_of(view, 3)
    areas = hit_areas(view)

    assert int(sum(inside(points, area.polygon).astype(int) for area in areas).max()) == 1
    for area in areas:
        if area.opens is None:
            (region,) = regions_of(view, area.site, area.side)
            assert inside(np.array([region.anchor]), area.polygon).all(), (area.site, area.side)


def test_file_of_the_drawings_is_in_step_with_the_geometry() -> None:
    file = Path(settings.BASE_DIR, "static", DRAWING_FILE).read_text()

    assert file == drawing_file()


def test_page_names_only_what_the_file_of_the_drawings_holds() -> None:
    html = render_to_string("diary/body/picker.html", {})

    named = set(re.findall(rf'href="[^"]*{DRAWING_FILE}#([^"]+)"', html))
    held = re.findall(r' id="([^"]+)"', drawing_file())
    assert named == set(held)
    assert len(held) == len(named)


def test_stylesheet_fills_what_each_choice_fills() -> None:
    css = Path(settings.BASE_DIR, "static", "css", "picker.css").read_text()

    for site, side in PLACES:
        (rule,) = re.findall(rf'\[value="{site}:{side}"\]:checked\) use:is\((.*)\)', css)
        assert re.findall(r'"-([^"]+)"', rule) == ["-".join(part) for part in filled_by(site, side)]


def test_stylesheet_is_in_step_with_the_geometry() -> None:
    css = Path(settings.BASE_DIR, "static", "css", "picker.css").read_text()

    assert css.split("/* Generated */\n")[1] == generated_rules()
