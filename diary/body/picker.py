"""What the picker of places needs: drawings with areas to tap, choices in words, its CSS rules.

A place is one radio button in the list; the areas over the drawing are labels of the same buttons.
So there is one choice, it works by keyboard in the list, and a tap on the drawing makes it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from diary.body.drawing import Detail
from diary.body.hits import SHOWN_WIDTH_PX, HitArea, bounds, hit_areas
from diary.body.views import COARSE_SITES, Box, View, filled_by, outline, regions, regions_of
from diary.place_names import place_code, place_words
from diary.records import Place
from diary.vocabulary import BodySite, Side, SiteGroup

_VIEW_WORDS = {
    View.FRONT: pgettext_lazy("view of the body", "Front"),
    View.BACK: pgettext_lazy("view of the body", "Back"),
    View.FACE: pgettext_lazy("view of the body", "Face"),
    View.HANDS: pgettext_lazy("view of the body", "Hands"),
}
_SIDE_WORDS = {
    Side.LEFT: pgettext_lazy("side of the body", "Left"),
    Side.RIGHT: pgettext_lazy("side of the body", "Right"),
    Side.BOTH: pgettext_lazy("sides of the body", "Both"),
    Side.MIDLINE: pgettext_lazy("side of the body", "Middle"),
}
_OWN_SIDE = {Side.LEFT: gettext_lazy("your left"), Side.RIGHT: gettext_lazy("your right")}
# Of the sites that only the back view shows, those whose name does not say so.
_AT_THE_BACK = frozenset({"neck", "buttock", "calf"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One place to choose: form value, class, its name, where that is, the bare word of its side.

    `views`: classes that say in which drawings it can be seen.
    """

    value: str
    css: str
    words: str
    where: str
    side_word: str
    views: str


@dataclass(frozen=True, slots=True)
class SiteChoices:
    """A site with a choice for each side it takes; `hint` explains a coarse one."""

    site: str
    label: str
    hint: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class GroupChoices:
    """The sites of a group; groups run from head to foot."""

    label: str
    sites: tuple[SiteChoices, ...]


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """A part of a drawing with the classes of every choice that fills it."""

    path: str
    css: str


@dataclass(frozen=True, slots=True)
class Target:
    """An area to tap: the id of the button it belongs to, its class and its name."""

    button: str
    css: str
    words: str


@dataclass(frozen=True, slots=True)
class DrawnView:
    """One drawing of the picker; `left_first`: the person's left stands on the viewer's left."""

    view: View
    label: str
    box: Box
    silhouette: str
    details: tuple[Detail, ...]
    parts: tuple[DrawnPart, ...]
    targets: tuple[Target, ...]
    left_first: bool


@dataclass(frozen=True, slots=True)
class Picker:
    """All of the picker, and the view that shows first."""

    views: tuple[DrawnView, ...]
    groups: tuple[GroupChoices, ...]
    first_view: View


def picker(chosen: str = "", view: str = "") -> Picker:
    """The picker with `chosen`, as in "calf:left", or nothing chosen.

    It opens on `view`, else where the chosen place can be seen, else on the front.
    """
    views, groups = _in_language(get_language())
    return Picker(views, groups, _first(chosen, view))


@cache
def _in_language(
    language: str | None,
) -> tuple[tuple[DrawnView, ...], tuple[GroupChoices, ...]]:
    """All that depends on nothing but the language, which names the cached answer."""
    return tuple(map(_drawn, View)), tuple(map(_group, SiteGroup))


def all_places() -> Iterator[tuple[BodySite, Side]]:
    """Every site with every side it takes, head to foot."""
    return ((site, side) for site in BodySite for side in site.sides)


def _first(chosen: str, view: str) -> View:
    if view in set(View):
        return View(view)
    site, _colon, side = chosen.partition(":")
    if site not in BodySite.codes():
        return View.FRONT
    return next(iter(_views_of(site, side or None)), View.FRONT)


@cache
def _views_of(site: str, side: str | None) -> list[View]:
    """Where a place can be seen, the view it is marked in first."""
    shown = {view: regions_of(view, site, side) for view in View}
    seen = [view for view, found in shown.items() if found]
    return sorted(seen, key=lambda view: not any(it.marked for it in shown[view]))


def _group(group: SiteGroup) -> GroupChoices:
    sites = [site for site in BodySite if site.group is group]
    return GroupChoices(str(group.label), tuple(map(_site, sites)))


def _site(site: BodySite) -> SiteChoices:
    choices = tuple(_choice(site, side) for side in site.sides)
    hint = gettext("not sure which") if site.value in COARSE_SITES else ""
    return SiteChoices(site.value, str(capfirst(site.label)), hint, choices)


def _choice(site: BodySite, side: Side) -> Choice:
    where = [str(_OWN_SIDE[side])] if side in _OWN_SIDE else []
    if site.value in _AT_THE_BACK:
        where.append(gettext("at the back"))
    return Choice(
        value=place_code((site.value, side.value)),
        css=_css((site.value, side.value)),
        words=str(capfirst(place_words(site.value, side.value))),
        where=", ".join(where),
        side_word=str(_SIDE_WORDS[side]),
        views=" ".join(f"in-{view}" for view in _views_of(site.value, side.value)),
    )


def _drawn(view: View) -> DrawnView:
    drawing = outline(view)
    return DrawnView(
        view=view,
        label=str(_VIEW_WORDS[view]),
        box=drawing.box,
        silhouette=drawing.silhouette,
        details=drawing.details,
        parts=_parts(view),
        targets=tuple(_target(area) for area in hit_areas(view)),
        left_first=view.left_on_viewers_left,
    )


@cache
def _parts(view: View) -> tuple[DrawnPart, ...]:
    filling: dict[tuple[str, str], list[str]] = {}
    for site, side in all_places():
        for part in filled_by(site.value, side.value):
            filling.setdefault(part, []).append(_css((site.value, side.value)))
    return tuple(
        DrawnPart(region.path, " ".join(filling[region.site, region.side]))
        for region in regions(view)
    )


def _target(area: HitArea) -> Target:
    if area.opens:
        return Target(f"view-{area.opens}", _hit_css(area), str(_VIEW_WORDS[area.opens]))
    place = (area.site, area.side)
    return Target(f"at-{place_code(place)}", _hit_css(area), str(capfirst(place_words(*place))))


def _css(place: Place) -> str:
    site, side = place
    return f"at-{site}-{side}"


def _hit_css(area: HitArea) -> str:
    return f"hit-{area.view}-{area.site or area.opens}-{area.side}"


# The rules of css/picker.css that follow from the geometry; a test holds the file to them.


def generated_rules() -> str:
    """CSS: what each choice lights up, and where each area to tap lies on its drawing."""
    return "\n".join([*_choice_rules(), *_view_rules(), *_hit_rules()]) + "\n"


def _choice_rules() -> Iterator[str]:
    chosen = (
        f'.picker:has([value="{place_code((site.value, side.value))}"]:checked)'
        f" .{_css((site.value, side.value))}"
        for site, side in all_places()
    )
    shown = "--mark: var(--accent); --shown: inline; --line: none; --weight: 640"
    yield ",\n".join(chosen) + f" {{ {shown}; }}"
    sites = (f'.picker:has([value^="{site}:"]:checked) .of-{site}' for site in BodySite.codes())
    yield ",\n".join(sites) + " { display: block; }"


def _view_rules() -> Iterator[str]:
    for view in View:
        box = outline(view).box
        yield f".picker:has(#view-{view}:checked) .picker-{view} {{ display: block; }}"
        size = f"max-width: {SHOWN_WIDTH_PX[view]}px; aspect-ratio: {box.width:g} / {box.height:g}"
        yield f".picker-{view} .drawing {{ {size}; }}"


def _hit_rules() -> Iterator[str]:
    for view in View:
        for area in hit_areas(view):
            yield f".{_hit_css(area)} {{ {'; '.join(_placing(area))}; }}"


def _placing(area: HitArea) -> Iterator[str]:
    box = outline(area.view).box
    left, top, right, bottom = bounds(area.polygon)
    yield f"left: {_share(left - box.x, box.width)}"
    yield f"top: {_share(top - box.y, box.height)}"
    yield f"width: {_share(right - left, box.width)}"
    yield f"height: {_share(bottom - top, box.height)}"
    corners = {(x, y) for x in (left, right) for y in (top, bottom)}
    if set(area.polygon) != corners:
        points = (
            f"{_share(x - left, right - left)} {_share(y - top, bottom - top)}"
            for x, y in area.polygon
        )
        yield f"clip-path: polygon({', '.join(points)})"


def _share(part: float, whole: float) -> str:
    share = f"{100 * part / whole:.2f}".rstrip("0").rstrip(".")
    return "0" if share in {"0", "-0"} else f"{share}%"
