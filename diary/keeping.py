"""Whole diaries at once: store one, erase one, make and forget an example."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from diary.example import example_diary
from diary.exchange.diary_file import read, write
from diary.models import (
    Day,
    DiaryImport,
    Episode,
    Event,
    Experiment,
    Intake,
    Medicine,
    OwnFactor,
    Person,
    SymptomAnswer,
    Visit,
    VisitQuestion,
)
from diary.queries import diary_of
from diary.records import DayRecord, DiaryRecord, PersonRecord, VisitRecord
from diary.stored import (
    columns_of,
    day_columns,
    digest,
    episode_columns,
    experiment_columns,
    intake_columns,
    person_columns,
    visit_columns,
)

BATCH = 2_000
DIARY_TABLES = (
    Episode,
    Day,
    SymptomAnswer,
    Medicine,
    Event,
    OwnFactor,
    Experiment,
    Visit,
)
"""Tables with a row's person in them; what hangs on these rows goes with them."""
EXAMPLE_KEPT_FOR = timedelta(days=1)


@transaction.atomic
def replace_diary(person: Person, record: DiaryRecord) -> None:
    """Make `record` the person's whole diary; what was there before is gone."""
    erase_diary(person)
    for column, value in person_columns(record.person).items():
        setattr(person, column, value)
    person.save()
    Episode.objects.bulk_create(
        (
            Episode(person=person, sent_digest=digest(episode), **episode_columns(episode))
            for episode in record.episodes
        ),
        batch_size=BATCH,
    )
    _store_days(person, record.days)
    _store_lists(person, record)
    for visit in record.visits:
        _store_visit(person, visit)


def _store_days(person: Person, days: tuple[DayRecord, ...]) -> None:
    rows = Day.objects.bulk_create(
        [Day(person=person, **day_columns(day)) for day in days], batch_size=BATCH
    )
    Intake.objects.bulk_create(
        (
            Intake(day=row, position=position, **intake_columns(drink))
            for row, day in zip(rows, days, strict=True)
            for position, drink in enumerate(day.drinks or ())
        ),
        batch_size=BATCH,
    )


def _store_lists(person: Person, record: DiaryRecord) -> None:
    for table, entries in (
        (SymptomAnswer, record.symptom_answers),
        (Medicine, record.medicines),
        (Event, record.events),
        (OwnFactor, record.own_factors),
    ):
        table.objects.bulk_create(
            (table(person=person, **columns_of(entry)) for entry in entries), batch_size=BATCH
        )
    Experiment.objects.bulk_create(
        Experiment(person=person, **experiment_columns(entry)) for entry in record.experiments
    )


def _store_visit(person: Person, record: VisitRecord) -> None:
    visit = Visit.objects.create(person=person, **visit_columns(record))
    VisitQuestion.objects.bulk_create(
        VisitQuestion(visit=visit, position=position, text=text)
        for position, text in enumerate(record.questions or ())
    )


@transaction.atomic
def erase_diary(person: Person) -> None:
    """Remove every row of the person's diary and what they said of themselves.

    Uploaded files are not part of the diary: `forget_person` removes those as well.
    """
    for table in DIARY_TABLES:
        table.objects.owned_by(person).delete()
    for column, value in person_columns(PersonRecord()).items():
        setattr(person, column, value)
    person.interview = {}
    person.advice_seen = {}
    person.save()


@transaction.atomic
def apply_import(upload: DiaryImport) -> None:
    """Make an uploaded file the diary and keep the diary before it for undo."""
    upload.before = write(diary_of(upload.person))
    replace_diary(upload.person, read(upload.content))
    upload.applied_at = timezone.now()
    upload.content = ""
    upload.save()


@transaction.atomic
def undo_import(upload: DiaryImport) -> None:
    """Bring back the diary as it was before the file was applied."""
    replace_diary(upload.person, read(upload.before))
    upload.delete()


@transaction.atomic
def forget_person(person: Person) -> None:
    """Remove the diary and everything else that belongs to the person, the account included."""
    erase_diary(person)
    person.delete()


@transaction.atomic
def make_example(today: date, zone: str) -> Person:
    """A new person who keeps the example diary; examples older than a day are forgotten."""
    forgotten = timezone.now() - EXAMPLE_KEPT_FOR
    Person.objects.filter(is_example=True, created_at__lt=forgotten).delete()
    person = Person(is_example=True)
    person.set_unusable_password()
    person.save()
    replace_diary(person, example_diary(today, zone))
    return person
