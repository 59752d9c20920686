"""The only writer of signs, medicines, marked dates, appointments and the state of the interview.

What a person says of themselves goes through `diary.preferences`. Each function is one
transaction; a version that has moved on raises `diary.entries.Conflict`; deleting is soft, so that
undo has no clock; the same sent twice is stored once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from diary.entries import Conflict
from diary.look_ups import LOOKED_UP, look_up_anew
from diary.models import (
    Event,
    Medicine,
    OwnedQuerySet,
    Person,
    SymptomAnswer,
    Visit,
    VisitQuestion,
)
from diary.records import (
    EventRecord,
    MedicineRecord,
    SymptomAnswerRecord,
    VisitRecord,
)
from diary.stored import columns_of, mark_of, symptom_answer_record, visit_columns

Kept = TypeVar("Kept", Medicine, Event, Visit)


@transaction.atomic
def add_answers(person: Person, answers: Iterable[SymptomAnswerRecord]) -> list[SymptomAnswer]:
    """Add dated answers about signs; one that only repeats the day's latest is left out.

    So a page that is sent twice, or gone back to, does not make it look asked twice.
    """
    row = _locked(person)
    added = []
    for record in answers:
        latest = (
            SymptomAnswer.objects.owned_by(row)
            .filter(symptom=record.symptom, asked_on=record.asked_on)
            .order_by("-id")
            .first()
        )
        if latest is None or symptom_answer_record(latest) != record:
            added.append(SymptomAnswer.objects.create(person=row, **columns_of(record)))
    if added:
        look_up_anew(person)
    return added


def _locked(person: Person) -> Person:
    """The person's row, so that two requests at once do not both find nothing stored yet."""
    return Person.objects.select_for_update().get(pk=person.pk)


@transaction.atomic
def keep_interview(person: Person, state: Mapping[str, Any]) -> None:
    """Keep how far the interview has come; entries of one level are put together."""
    row = _locked(person)
    merged = dict(row.interview or {})
    for key, value in state.items():
        old = merged.get(key)
        both = isinstance(value, Mapping) and isinstance(old, Mapping)
        merged[key] = {**old, **value} if both else value  # type: ignore[dict-item]
    Person.objects.filter(pk=row.pk).update(interview=merged)
    person.interview = merged


@transaction.atomic
def keep_advice_seen(person: Person, urgency: str, day: date) -> None:
    """Keep which level of advice was shown, and when it was first shown."""
    _keep_advice(person, {"urgency": urgency, "on": day.isoformat()})


def emergency_stands(person: Person) -> bool:
    """Whether the level of advice kept last was an emergency: read from the row, nothing asked."""
    return (person.advice_seen or {}).get("urgency") == "emergency"


def is_looked_up(person: Person, day: date) -> bool:
    """Whether that was worked out on this day, and nothing it hangs on has changed since."""
    return (person.advice_seen or {}).get(LOOKED_UP) == day.isoformat()


@transaction.atomic
def keep_looked_up(person: Person, day: date, urgency: str | None) -> None:
    """Keep that it was worked out on this day, and the level where that has changed.

    What another request has stored since the person was read stays: it is worked out once more.
    """
    stored = _locked(person).advice_seen or {}
    if stored != (person.advice_seen or {}):
        person.advice_seen = stored
        return
    level = {} if urgency is None else {"urgency": urgency, "on": day.isoformat()}
    _keep_advice(person, stored | level | {LOOKED_UP: day.isoformat()})


def _keep_advice(person: Person, seen: dict[str, Any]) -> None:
    Person.objects.filter(pk=person.pk).update(advice_seen=seen)
    person.advice_seen = seen


@transaction.atomic
def add_medicine(person: Person, record: MedicineRecord) -> Medicine:
    """Add a medicine; the very same again is the one there is."""
    row = _locked(person)
    look_up_anew(person)
    return _add_once(Medicine.objects.all(), row, columns_of(record))


@transaction.atomic
def add_event(person: Person, record: EventRecord) -> Event:
    """Mark a date; the very same again is the one there is."""
    return _add_once(Event.objects.all(), _locked(person), columns_of(record))


def _add_once(rows: OwnedQuerySet[Kept], person: Person, columns: Mapping[str, Any]) -> Kept:
    found = rows.owned_by(person).kept().filter(**columns).first()
    return found or rows.create(person=person, **columns)


@transaction.atomic
def change_medicine(
    person: Person, pk: int, changes: Mapping[str, Any], *, version: int | None = None
) -> Medicine:
    """Change columns of a medicine."""
    look_up_anew(person)
    return _change(Medicine.objects.all(), person, pk, changes, version)


@transaction.atomic
def change_event(
    person: Person, pk: int, changes: Mapping[str, Any], *, version: int | None = None
) -> Event:
    """Change columns of a marked date."""
    return _change(Event.objects.all(), person, pk, changes, version)


@transaction.atomic
def change_visit(
    person: Person, pk: int, changes: Mapping[str, Any], *, version: int | None = None
) -> Visit:
    """Change columns of an appointment."""
    return _change(Visit.objects.all(), person, pk, changes, version)


def _change(
    rows: OwnedQuerySet[Kept],
    person: Person,
    pk: int,
    changes: Mapping[str, Any],
    version: int | None,
) -> Kept:
    row = rows.owned_by(person).kept().select_for_update().get(pk=pk)
    if version is not None and row.version != version:
        raise Conflict(row)
    for column, value in changes.items():
        setattr(row, column, value)
    row.version += 1
    row.save()
    return row


@transaction.atomic
def set_deleted(rows: OwnedQuerySet[Kept], person: Person, pk: int, *, deleted: bool) -> Kept:
    """Take a medicine, marked date or appointment out, or bring it back."""
    if rows.model is Medicine:
        look_up_anew(person)
    row = rows.owned_by(person).select_for_update().get(pk=pk)
    row.deleted_at = timezone.now() if deleted else None
    row.version += 1
    row.save(update_fields=["deleted_at", "version"])
    return row


def planned_visit(person: Person, today: date) -> Visit | None:
    """The next appointment: the earliest from today on, else one without a date.

    The same one of which `triage.profile.history.planned_visit` prints the questions.
    """
    coming = Visit.objects.owned_by(person).kept().filter(Q(date=None) | Q(date__gte=today))
    return coming.order_by(F("date").asc(nulls_last=True), "id").first()


@transaction.atomic
def add_visit(person: Person, record: VisitRecord) -> Visit:
    """Add an appointment; a second one of the same day with the same clinician is the first.

    The first then stays as it is, its questions too.
    """
    columns = visit_columns(record)
    known = {"date": columns["date"], "clinician": columns["clinician"]}
    row = _locked(person)
    found = Visit.objects.owned_by(row).kept().filter(**known).first()
    if found is not None:
        return found
    visit = Visit.objects.create(person=row, **columns)
    if record.questions is not None:
        _store_questions(visit, record.questions)
    return visit


@transaction.atomic
def set_next_questions(person: Person, today: date, questions: Sequence[str]) -> Visit:
    """Write the questions for the next appointment, making one without a date if there is none."""
    visit = planned_visit(_locked(person), today) or Visit.objects.create(person=person)
    _store_questions(visit, questions)
    return visit


@transaction.atomic
def change_visit_with_questions(
    person: Person,
    pk: int,
    changes: Mapping[str, Any],
    questions: Sequence[str],
    *,
    version: int | None = None,
) -> Visit:
    """Change columns of an appointment and write its questions in their order."""
    visit = _change(Visit.objects.all(), person, pk, changes, version)
    _store_questions(visit, questions)
    return visit


@transaction.atomic
def move_question(person: Person, pk: int, position: int, way: str, mark: str) -> Visit:
    """Move a question one place up or down; at the end of the list it stays.

    `mark` is that of the question which stood there on the page: where another one does by now,
    as when the same is sent twice, nothing moves.
    """
    visit = Visit.objects.owned_by(person).kept().select_for_update().get(pk=pk)
    texts = [question.text for question in visit.questions.all()]
    other = position + (-1 if way == "up" else 1)
    within = 0 <= position < len(texts) and 0 <= other < len(texts)
    if within and mark_of(texts[position]) == mark:
        texts[position], texts[other] = texts[other], texts[position]
        _store_questions(visit, texts)
    return visit


def _store_questions(visit: Visit, questions: Sequence[str]) -> None:
    visit.questions.all().delete()
    VisitQuestion.objects.bulk_create(
        VisitQuestion(visit=visit, position=position, text=text)
        for position, text in enumerate(questions)
    )
    visit.has_questions = True
    visit.version += 1
    visit.save(update_fields=["has_questions", "version"])
