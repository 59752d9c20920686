"""What the picker of places needs: drawings with areas to tap, choices in words, its CSS rules.

A place is one radio button in the list; the areas over the drawing are labels of the same buttons.
So there is one choice, it works by keyboard in the list, and a tap on the drawing makes it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from diary.body.drawing import Pen
from diary.body.hits import SHOWN_WIDTH_PX, WHOLE_BODY, HitArea, bounds, hit_areas
from diary.body.views import COARSE_SITES, Box, View, filled_by, outline, regions, regions_of
from diary.place_names import place_code, place_words
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
_OWN_SIDE = {Side.LEFT: _("your left"), Side.RIGHT: _("your right")}
_FOLDS = (
    (_("Eyelids"), _("upper, lower"), (SiteGroup.EYELID,)),
    (_("Face"), _("brow, cheek, mouth, chin"), (SiteGroup.FACE,)),
    (_("Tongue and jaw"), "", (SiteGroup.TONGUE, SiteGroup.JAW)),
    (_("Neck and shoulders"), _("throat"), (SiteGroup.NECK, SiteGroup.SHOULDER)),
    (_("Arms"), _("upper arm, forearm"), (SiteGroup.UPPER_ARM, SiteGroup.FOREARM)),
    (_("Hands"), _("thumb, fingers, wrist"), (SiteGroup.HAND,)),
    (
        _("Chest, belly, back"),
        _("flank"),
        (SiteGroup.CHEST, SiteGroup.ABDOMEN, SiteGroup.BACK),
    ),
    (_("Hips and thighs"), _("buttock, groin"), (SiteGroup.HIP, SiteGroup.THIGH)),
    (_("Lower legs"), _("knee, shin, calf"), (SiteGroup.CALF,)),
    (_("Feet"), _("ankle, toes"), (SiteGroup.FOOT,)),
)
"""Folds of the list from head to foot: name, what else is in there, and its groups."""
# Of the sites that only the back view shows, those whose name does not say so.
_AT_THE_BACK = frozenset({"neck", "buttock", "calf"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One place to choose: form value, side, its name, where that is, the bare word of its side."""

    value: str
    side: str
    words: str
    where: str
    side_word: str


@dataclass(frozen=True, slots=True)
class SiteChoices:
    """A site with a choice for each side it takes; `hint` explains a coarse one."""

    site: str
    label: str
    hint: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Sites that stand folded together in the list; `hint` names some its label does not."""

    label: str
    hint: str
    sites: tuple[SiteChoices, ...]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Target:
    """An area to tap: the id of the button it belongs to and its name.

    `again`: another area of this drawing has the same button and comes first.
    """

    button: str
    words: str
    again: bool


@dataclass(frozen=True, slots=True)
class DrawnView:
    """One drawing of the picker; `left_first`: the person's left stands on the viewer's left.

    `pens` and `parts` name what is in the file of the drawings.
    """

    view: View
    label: str
    box: Box
    pens: tuple[Pen, ...]
    parts: tuple[str, ...]
    targets: tuple[Target, ...]
    left_first: bool


@dataclass(frozen=True, slots=True)
class Picker:
    """All of the picker, the view that shows first, and the site that is chosen."""

    views: tuple[DrawnView, ...]
    folds: tuple[Fold, ...]
    first_view: View
    chosen_site: str


def picker(chosen: str = "", view: str = "") -> Picker:
    """The picker with `chosen`, as in "calf:left", or nothing chosen.

    It opens on `view`, else where the chosen place can be seen, else on the front.
    """
    views, folds = _in_language(get_language())
    site, _colon, side = chosen.partition(":")
    return Picker(views, folds, _first(site, side, view), site)


@cache
def _in_language(language: str | None) -> tuple[tuple[DrawnView, ...], tuple[Fold, ...]]:
    """All that depends on nothing but the language, which names the cached answer."""
    return tuple(map(_drawn, View)), tuple(_fold(*named) for named in _FOLDS)


def all_places() -> Iterator[tuple[BodySite, Side]]:
    """Every site with every side it takes, head to foot."""
    return ((site, side) for site in BodySite for side in site.sides)


def _first(site: str, side: str, view: str) -> View:
    if view in set(View):
        return View(view)
    if site not in BodySite.codes():
        return View.FRONT
    return next(iter(_views_of(site, side or None)), View.FRONT)


@cache
def _views_of(site: str, side: str | None) -> list[View]:
    """Where a place can be seen, the view it is marked in first."""
    shown = {view: regions_of(view, site, side) for view in View}
    seen = [view for view, found in shown.items() if found]
    return sorted(seen, key=lambda view: not any(it.marked for it in shown[view]))


def _fold(label: str, hint: str, groups: tuple[SiteGroup, ...]) -> Fold:
    sites = [site for site in BodySite if site.group in groups]
    return Fold(str(label), str(hint), tuple(map(_site, sites)), frozenset(sites))


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
        side=side.value,
        words=str(capfirst(place_words(site.value, side.value))),
        where=", ".join(where),
        side_word=str(_SIDE_WORDS[side]),
    )


def _drawn(view: View) -> DrawnView:
    drawing = outline(view)
    return DrawnView(
        view=view,
        label=str(_VIEW_WORDS[view]),
        box=drawing.box,
        pens=tuple(detail.pen for detail in drawing.details),
        parts=tuple(region.key for region in regions(view)),
        targets=tuple(_target(area) for area in hit_areas(view)),
        left_first=view.left_on_viewers_left,
    )


def _target(area: HitArea) -> Target:
    words = _VIEW_WORDS[area.opens] if area.opens else capfirst(place_words(area.site, area.side))
    return Target(_button(area), str(words), _again(area))


def _button(area: HitArea) -> str:
    return f"view-{area.opens}" if area.opens else f"at-{place_code((area.site, area.side))}"


def _again(area: HitArea) -> bool:
    return area.opens is not None and area.side == "there"


# The rules of css/picker.css that follow from the geometry; a test holds the file to them.


def generated_rules() -> str:
    """CSS: what each choice lights up, and where each area to tap lies on its drawing."""
    return "\n".join([*_choice_rules(), *_view_rules(), *_hit_rules()]) + "\n"


def _choice_rules() -> Iterator[str]:
    chosen = (
        f'.picker:has([value="{site.value}:{side.value}"]:checked) {_filled(site, side)}'
        for site, side in all_places()
    )
    yield ",\n".join(chosen) + " { --mark: var(--accent); }"
    for side in Side:
        shown = "--shown: inline; --line: none; --weight: 640"
        yield f'.picker:has([value$=":{side}"]:checked) .is-{side} {{ {shown}; }}'
    sites = (f'.picker:has([value^="{site}:"]:checked) .of-{site}' for site in BodySite.codes())
    yield ",\n".join(sites) + " { display: flex; }"


def _filled(site: BodySite, side: Side) -> str:
    """A selector of what a choice fills, in every drawing."""
    ends = [f'[href$="-{one}-{half}"]' for one, half in filled_by(site.value, side.value)]
    return f"use:is({', '.join(ends)})"


def _view_rules() -> Iterator[str]:
    for view in View:
        box = outline(view).box
        yield f".picker:has(#view-{view}:checked) .picker-{view} {{ display: block; }}"
        ratio = f"{box.width:g} / {box.height:g}"
        widest = f"{SHOWN_WIDTH_PX[view]}px"
        if view in WHOLE_BODY:
            widest = f"min({widest}, var(--room) * {ratio})"
        yield f".picker-{view} .drawing {{ max-width: {widest}; aspect-ratio: {ratio}; }}"
        seen = ", ".join(f"{values}:checked" for values in _seen_in(view))
        yield f".picker:has({seen}) .tab-{view}::after {{ visibility: visible; }}"


def _seen_in(view: View) -> Iterator[str]:
    """Selectors of the choices that a view shows: of a site together where it shows all of them."""
    for site in BodySite:
        seen = [side for side in site.sides if view in _views_of(site.value, side.value)]
        if len(seen) == len(site.sides):
            yield f'[value^="{site.value}:"]'
        else:
            yield from (f'[value="{place_code((site.value, side.value))}"]' for side in seen)


def _hit_rules() -> Iterator[str]:
    for view in View:
        for area in hit_areas(view):
            label = f'label[for="{_button(area)}"]{".there" if _again(area) else ""}'
            yield f".picker-{view} {label} {{ {'; '.join(_placing(area))}; }}"


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
