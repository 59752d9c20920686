"""What a person says of themselves and how they want the diary: read for a page, changed in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from diary.entries import Conflict
from diary.look_ups import without_look_up
from diary.models import Person
from diary.records import PersonRecord, Settings
from diary.stored import person_columns, person_record


@transaction.atomic
def change_person(
    person: Person, changes: Mapping[str, Any], *, version: int | None = None
) -> PersonRecord:
    """Change fields named as in `PersonRecord`, or in its settings, and answer the new record.

    With a `version`, raises `Conflict` when the person was changed since that version was read.
    """
    row = Person.objects.select_for_update().get(pk=person.pk)
    if version is not None and row.version != version:
        raise Conflict(row)
    record = changed(person_record(row), changes)
    for column, value in person_columns(record).items():
        setattr(row, column, value)
    row.advice_seen = without_look_up(row.advice_seen)
    row.version += 1
    row.save()
    return record


def changed(record: PersonRecord, changes: Mapping[str, Any]) -> PersonRecord:
    """The record with these fields; a name that only its settings have goes there."""
    own = {name: value for name, value in changes.items() if hasattr(record, name)}
    preferred = {name: value for name, value in changes.items() if name not in own}
    if preferred:
        own["settings"] = replace(settings_of(record), **preferred)
    return replace(record, **own)


def settings_of(record: PersonRecord) -> Settings:
    """The preferences, of which none may be set yet."""
    return record.settings or Settings()
