"""Reads and writes whole diary files (docs/diary-file.md)."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from diary.exchange import shape
from diary.exchange.consistency import check_days
from diary.exchange.faults import DiaryFileFaults, Fault, Faults
from diary.exchange.json_text import JsonText, Unreadable, decoded
from diary.exchange.structures import (
    Field,
    Kind,
    ListOf,
    child,
    read_as,
    repeated_field,
    required_field,
    unknown_field,
)
from diary.records import (
    NO_EPISODES,
    DayRecord,
    DiaryRecord,
    EpisodeRecord,
    PersonRecord,
    totals_by_day,
)

__all__ = ["DiaryFileFaults", "Fault", "read", "write", "write_chunks"]

LINES_A_CHUNK = 500
MOST_MEMBERS = 1_000
"""Fields of the outermost object that are read; a diary has a dozen."""
_COLUMNS = {column.name: column for column in shape.DIARY.fields}
_encoded = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def read(data: str | bytes) -> DiaryRecord:
    """The diary in a file: lists in canonical order, days with the totals of their episodes.

    Raises `DiaryFileFaults` with every fault found, and nothing else whatever the file holds.
    """
    faults = Faults()
    try:
        found = _members(JsonText(decoded(data)), faults)
    except Unreadable as unreadable:
        faults.stop("$", str(unreadable))
    _check_identity(found)
    check_days(found["days"], found["episodes"], found["own_factors"], faults)
    faults.raise_if_any()
    return _record(found)


def _members(text: JsonText, faults: Faults) -> dict[str, Any]:
    """What the file holds by name, as far as it is free of faults, in the order of the file."""
    found: dict[str, Any] = {}
    for number, (name, given) in enumerate(text.members()):
        if number == MOST_MEMBERS:
            faults.stop("$", _("Remove the fields that do not belong to a diary."))
        column = _COLUMNS.get(name)
        if column is not None and name not in found:
            found[name] = _member(column, given, faults)
        else:
            faults.add(child("$", name), repeated_field() if column else unknown_field())
            _skipped(given)
    return dict.fromkeys(shape.LISTS, ()) | found


def _member(column: Field, given: Any, faults: Faults) -> Any:
    if isinstance(column.kind, ListOf):
        if given is None:
            return ()
        return column.kind.read_in_file_order(given, f"$.{column.name}", faults)
    given = _skipped(given)
    if given is None or column.required:
        return given
    return read_as(column.kind, given, f"$.{column.name}", faults)


def _skipped(given: Any) -> Any:
    """The value; of a list that is not wanted here only the brackets, read past."""
    if not isinstance(given, Iterator):
        return given
    deque(given, maxlen=0)
    return []


def _check_identity(found: dict[str, Any]) -> None:
    """Raise `DiaryFileFaults` for another format or version, whose other faults mean nothing."""
    for column in shape.DIARY.fields:
        if column.required:
            faults, path = Faults(), f"$.{column.name}"
            if found.get(column.name) is None:
                faults.stop(path, required_field())
            read_as(column.kind, found[column.name], path, faults)
            faults.raise_if_any()


def _record(found: dict[str, Any]) -> DiaryRecord:
    """The diary of a file without faults."""
    entries: dict[str, Any] = {
        name: kind.ordered(found[name]) for name, kind in shape.LISTS.items()
    }
    entries["days"] = _days_with_totals(entries["days"], entries["episodes"])
    return DiaryRecord(
        person=found.get("person") or PersonRecord(),
        exported_at=found.get("exported_at"),
        **entries,
    )


def _days_with_totals(
    days: Iterable[DayRecord], episodes: Iterable[EpisodeRecord]
) -> tuple[DayRecord, ...]:
    """One record for each date on which something was entered or an episode began."""
    totals = totals_by_day(episodes)
    found: dict[date, DayRecord] = {day: DayRecord(day, totals=totals[day]) for day in totals}
    for day in days:
        if day.entered:
            found[day.date] = replace(day, totals=totals.get(day.date, NO_EPISODES))
    return tuple(found[day] for day in sorted(found))


def write(diary: DiaryRecord) -> str:
    """The canonical text of a whole diary.

    Raises ValueError for a window of one, which would lose the episodes before it.
    """
    if diary.episodes_from is not None:
        raise ValueError("A diary file holds every episode, and this is a window of them.")
    return "".join(write_chunks(diary, shape.LISTS["episodes"].ordered(diary.episodes)))


def write_chunks(diary: DiaryRecord, episodes: Iterable[EpisodeRecord]) -> Iterator[str]:
    """The canonical text of a whole diary piece by piece, so that it never stands in memory.

    `episodes` are all of them, oldest first (by start, then id), in place of those of `diary`.
    """
    yield f'{{"format": {_encoded(shape.FORMAT)}, "version": {shape.VERSION}'
    if diary.exported_at is not None:
        yield f',\n"exported_at": {_encoded(diary.exported_at.text)}'
    yield f',\n"person": {_encoded(shape.PERSON.write(diary.person))}'
    for name, kind in shape.LISTS.items():
        entries = episodes if name == "episodes" else kind.ordered(_entered(diary, name))
        yield from _list_chunks(name, kind.kind, entries)
    yield "\n}\n"


def _entered(diary: DiaryRecord, name: str) -> Iterable[Any]:
    """The entries of a list; days that hold nothing but totals are no entries."""
    if name == "days":
        return (day for day in diary.days if day.entered)
    entries: Iterable[Any] = getattr(diary, name)
    return entries


def _list_chunks(name: str, kind: Kind, entries: Iterable[Any]) -> Iterator[str]:
    """A list with one entry a line."""
    yield f',\n"{name}": ['
    lines = (_encoded(kind.write(entry)) for entry in entries)
    separator = "\n"
    while chunk := list(islice(lines, LINES_A_CHUNK)):
        yield separator + ",\n".join(chunk)
        separator = ",\n"
    yield "]" if separator == "\n" else "\n]"
