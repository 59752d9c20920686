"""The picker of places for templates."""

from __future__ import annotations

from django import template

from diary.body.picker import Picker, picker

register = template.Library()


@register.simple_tag
def body_picker(chosen: str | None = "", view: str | None = "") -> Picker:
    """The picker with a place chosen, as in "calf:left", opened on a view or where the place is."""
    return picker(chosen or "", view or "")
