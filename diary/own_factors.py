"""The only writer of questions of one's own; a factor goes together with what was noted for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from django.db import transaction

from diary import entries
from diary.models import Day, OwnFactor, Person
from diary.records import OwnFactorRecord
from diary.stored import columns_of
from diary.vocabulary import Factor

MOST_OWN = 3
"""Own factors that links are worked out for; more would make every answer later."""


@transaction.atomic
def add_own_factor(person: Person, record: OwnFactorRecord) -> OwnFactor | None:
    """A new factor of the person; the very same again is the one there is, one too many is none.

    Its code is numbered where another factor has it: "screen_hours", "screen_hours_2".
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    rows = list(OwnFactor.objects.owned_by(person))
    columns = columns_of(record)
    code = columns.pop("code")
    for row in rows:
        if all(getattr(row, name) == value for name, value in columns.items()):
            return row
    if len(rows) >= MOST_OWN:
        return None
    taken = {row.code for row in rows} | set(Factor.codes())
    free = next(numbered for numbered in _numbered(code) if numbered not in taken)
    return OwnFactor.objects.create(person=person, code=free, **columns)


def _numbered(code: str) -> Iterator[str]:
    yield code
    yield from (f"{code}_{number}" for number in count(2))


def change_own_factor(row: OwnFactor, record: OwnFactorRecord) -> None:
    """Another label, unit or step; code and kind stay, for days hold values under them."""
    row.label, row.unit, row.step = record.label, record.unit or "", record.step
    row.save(update_fields=["label", "unit", "step"])


OwnAnswers = dict[str, bool | float] | None
"""Answers about own factors by code, as a day holds them."""


def answered(code: str, value: bool | float | None) -> Callable[[OwnAnswers], OwnAnswers]:
    """The answers of a day with this one among them; None is not recorded."""

    def change(own: OwnAnswers) -> OwnAnswers:
        kept = {known: said for known, said in (own or {}).items() if known != code}
        return (kept if value is None else kept | {code: value}) or None

    return change


@transaction.atomic
def delete_own_factor(row: OwnFactor) -> None:
    """Take a factor out, and its values off the days; a day that held nothing else is empty."""
    days = Day.objects.owned_by(row.person).filter(own__has_key=row.code)
    for day in list(days.values_list("date", flat=True)):
        entries.change_day(row.person, day, {"own": answered(row.code, None)})
    row.delete()
