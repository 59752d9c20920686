"""The word by which a device knows whose waiting taps it holds."""

from __future__ import annotations

from django import template

from diary.models import Person
from diary.outbox import device_key as key_of

register = template.Library()


@register.simple_tag
def device_key(person: Person) -> str:
    """The key of this person."""
    return key_of(person)
