"""Lists of places for templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template

from diary.place_names import place_choices

register = template.Library()


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """A group of places; open on the page when the chosen place is in it."""

    label: str
    places: tuple[tuple[str, str], ...]
    holds_chosen: bool


@register.simple_tag(takes_context=True)
def place_groups(context: dict[str, Any]) -> list[PlaceGroup]:
    """Every place by group, head to foot."""
    chosen = context.get("chosen_place", "")
    return [
        PlaceGroup(label, tuple(places), any(code == chosen for code, _words in places))
        for label, places in place_choices()
    ]
