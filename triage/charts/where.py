"""The outlines of the panel "Where": places of one stretch of days on front, back and face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext, ngettext

from diary.body import BodyMap, CountedPlace, body_map
from diary.body.maps import FACE_BELOW, LARGE, SMALL
from diary.place_names import place_words
from triage.profile_facts import MarkedPlace

LARGE_SET, SMALL_SET = (59.33, 37.2), (28.67, 37.8)
"""Width and height in mm of one set of outlines, for up to two sets and for more."""


def draw_places(places: Sequence[MarkedPlace], *, small: bool, counted: bool = True) -> BodyMap:
    """Front, back and face with the places in black and, when `counted`, their days beside them."""
    marked = [CountedPlace(it.site, it.side, it.days, it.new) for it in places]
    width, height = SMALL_SET if small else LARGE_SET
    if small:
        return body_map(marked, width, height, FACE_BELOW, inks=SMALL)
    drawn = body_map(marked, width, height, inks=LARGE)
    return drawn if counted else _without_numbers(drawn)


def _without_numbers(drawn: BodyMap) -> BodyMap:
    """Filled places alone, for places that were told and not counted."""
    views = (
        replace(view, marks=tuple(replace(mark, number=None) for mark in view.marks))
        for view in drawn.views
    )
    return replace(drawn, views=tuple(views))


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
