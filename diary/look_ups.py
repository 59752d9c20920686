"""The day on which it was worked out whether an emergency stands, kept in the person's row.

Writers let go of it when they change anything that this hangs on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from diary.models import Person

LOOKED_UP = "looked_up"


def without_look_up(seen: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is kept of advice, but for that day."""
    return {key: value for key, value in (seen or {}).items() if key != LOOKED_UP}


def look_up_anew(person: Person) -> None:
    """Let go of it, in the transaction of the caller."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    if LOOKED_UP in (row.advice_seen or {}):
        person.advice_seen = without_look_up(row.advice_seen)
        Person.objects.filter(pk=row.pk).update(advice_seen=person.advice_seen)
