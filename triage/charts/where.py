"""The outlines of the panel "Where": places of one stretch of days on front, back and face."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext, ngettext

from diary.body import BodyMap, CountedPlace, Mark, PlacedView, body_map, fill
from diary.body.maps import FACE_BELOW, IN_A_ROW, LARGE, SMALL
from diary.place_names import place_words
from triage.profile.facts import MarkedPlace

LARGE_SET, SMALL_SET = (59.33, 37.2), (28.67, 37.6)
"""Width and height in mm of one set of outlines, for up to two sets and for more."""

MOST_NUMBERED = 10
SMALLEST_SHARE = 0.8
"""Numbers may make the figure smaller, down to this share of its size without any."""


@dataclass(frozen=True, slots=True)
class WhereDrawing:
    """The map to draw; `unnumbered` places are black there but found no room for their days."""

    map: BodyMap
    unnumbered: int


def draw_places(
    places: Sequence[MarkedPlace], *, small: bool, counted: bool = True
) -> WhereDrawing:
    """Front, back and face with every place in black, and the days of those that find room."""
    drawable = [it for it in places if it.side is not None]
    ordered = sorted(drawable, key=lambda it: (not it.new, -it.days))
    ordered = sorted(ordered[:MOST_NUMBERED], key=lambda it: -it.days) if counted else []
    drawn, count = _most_numbered(ordered, small=small)
    rest = len(drawable) - count
    whole = _with_the_rest(drawn, drawable) if rest else drawn
    return WhereDrawing(whole, rest if counted else 0)


def _most_numbered(ordered: Sequence[MarkedPlace], *, small: bool) -> tuple[BodyMap, int]:
    """The map with as many numbers as leave the figure large enough, and how many these are."""
    best, fits, too_many = _numbered((), small=small), 0, len(ordered) + 1
    smallest = _scale(best) * SMALLEST_SHARE
    count = len(ordered)
    while fits < count < too_many:
        drawn = _numbered(ordered[:count], small=small)
        if _scale(drawn) >= smallest:
            best, fits = drawn, count
        else:
            too_many = count
        count = (fits + too_many) // 2
    return best, fits


def _numbered(places: Sequence[MarkedPlace], *, small: bool) -> BodyMap:
    counted = [CountedPlace(it.site, it.side, it.days, it.new) for it in places]
    width, height = SMALL_SET if small else LARGE_SET
    rows, inks = (FACE_BELOW, SMALL) if small else (IN_A_ROW, LARGE)
    return body_map(counted, width, height, rows, inks=inks)


def _scale(drawn: BodyMap) -> float:
    """The scale of the first view, in mm a unit."""
    found = re.search(r"scale\(([\d.]+)\)", drawn.views[0].transform)
    return float(found[1]) if found else 0.0


def _with_the_rest(drawn: BodyMap, places: Sequence[MarkedPlace]) -> BodyMap:
    """The map with every place filled, numbered or not."""
    regions = fill((it.site, it.side) for it in places)

    def filled(view: PlacedView) -> PlacedView:
        rest = tuple(
            Mark(it.site, it.side, it.path, "", 0, 0, 0, "start", None, False, (it.key,))
            for it in regions[view.view]
            if not any(it.path in mark.path for mark in view.marks)
        )
        return replace(view, marks=(*rest, *view.marks))

    return replace(drawn, views=tuple(map(filled, drawn.views)))


def not_drawn(places: Sequence[MarkedPlace]) -> int:
    """Places whose side was not noted: nobody knows on which half to draw them."""
    return sum(it.side is None for it in places)


def in_words(title: str, places: Sequence[MarkedPlace], *, counted: bool) -> str:
    """The drawing in one sentence."""
    if not places:
        return gettext("%(title)s: no place recorded.") % {"title": title}
    named = [
        ngettext("%(place)s on %(days)s day", "%(place)s on %(days)s days", it.days)
        % {"place": place_words(it.site, it.side), "days": it.days}
        if counted
        else place_words(it.site, it.side)
        for it in places
    ]
    return gettext("%(title)s: %(places)s.") % {"title": title, "places": ", ".join(named)}
