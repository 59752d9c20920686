"""Whole diaries at once: store one, erase one, make and forget an example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from diary import limits
from diary.example import example_diary
from diary.exchange.diary_file import read, write
from diary.memory import forget_everything
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
STATE_OF_PROGRAM = ("interview", "advice_seen")
"""Columns of a person that say how far this program has come with the diary."""
SAID_OF_THEMSELVES = (*person_columns(PersonRecord()), *STATE_OF_PROGRAM, "version")
"""Columns of a person that are diary and not account: a password changed meanwhile stays."""
EPISODE_FIELDS = [field for field in Episode._meta.concrete_fields if not field.primary_key]
TAKEN_OUT_BY: dict[type[Model], str] = {
    Episode: "",
    Medicine: "",
    Event: "",
    Visit: "",
    VisitQuestion: "visit__",
}
"""Tables of entries that are only marked as deleted, and the look-up that leads to the mark."""
SIGN_IN_KEYS = (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY)
EXAMPLE_KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A diary with the rows of its episodes as the database takes them.

    They are most of a diary, and working them out takes longer than storing them.
    """

    record: DiaryRecord
    episodes: list[tuple[Any, ...]]


def prepared(person_pk: int, record: DiaryRecord) -> Prepared:
    """Everything that can be done before a transaction begins, for which others have to wait."""
    usual = {field.name: field.get_default() for field in EPISODE_FIELDS} | {"person": person_pk}
    rows = []
    for episode in record.episodes:
        row = usual | {"sent_digest": digest(episode)} | episode_columns(episode)
        rows.append(
            tuple(field.get_db_prep_save(row[field.name], connection) for field in EPISODE_FIELDS)
        )
    return Prepared(record, rows)


def replace_diary(person: Person, record: DiaryRecord) -> None:
    """Make `record` the person's whole diary; what was there before is gone."""
    diary = prepared(person.pk, record)
    with transaction.atomic():
        _replace(person, diary)


def _replace(person: Person, diary: Prepared) -> None:
    """Make it the whole diary, in the transaction of the caller."""
    record = diary.record
    _remove_entries(person)
    for column, value in person_columns(record.person).items():
        setattr(person, column, value)
    person.save(update_fields=SAID_OF_THEMSELVES)
    _store_episodes(diary.episodes)
    _store_days(person, record.days)
    _store_lists(person, record)
    for visit in record.visits:
        _store_visit(person, visit)


def _store_episodes(rows: list[tuple[Any, ...]]) -> None:
    """One statement for all rows: `bulk_create` would work out each value again."""
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in EPISODE_FIELDS)
    values = ", ".join(["%s"] * len(EPISODE_FIELDS))
    insert = f"INSERT INTO {quoted(Episode._meta.db_table)} ({columns}) VALUES ({values})"  # noqa: S608 our names
    with connection.cursor() as cursor:
        cursor.executemany(insert, rows)


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
    flat: tuple[tuple[type[Model], Iterable[object]], ...] = (
        (SymptomAnswer, record.symptom_answers),
        (Medicine, record.medicines),
        (Event, record.events),
        (OwnFactor, record.own_factors),
    )
    for table, entries in flat:
        table._default_manager.bulk_create(
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


def _remove_entries(person: Person) -> None:
    """Remove the entries and what they said of themselves, in the transaction of the caller."""
    for table in DIARY_TABLES:
        table._default_manager.filter(person=person).delete()
    for column, value in person_columns(PersonRecord()).items():
        setattr(person, column, value)
    person.interview = {}
    person.advice_seen = {}
    person.version += 1


@transaction.atomic
def erase_diary(person: Person) -> None:
    """Remove every row of the person's diary, their files and what they said of themselves.

    The account stays, and its sessions hold nothing but the sign-in. The session of the request
    that asks for this is in memory: the caller empties it, or it is written back.
    """
    _remove_entries(person)
    forget_everything()
    person.imports.all().delete()
    person.save(update_fields=SAID_OF_THEMSELVES)
    for session in sessions_of(person):
        kept = {key: value for key, value in session.items() if key in SIGN_IN_KEYS}
        session.clear()
        session.update(kept)
        session.save()
    transaction.on_commit(overwrite_freed_space, robust=True)


@transaction.atomic
def forget_person(person: Person) -> None:
    """Remove the diary and everything else that belongs to the person, the account included.

    The caller flushes the session of the request that asks for this.
    """
    erase_diary(person)
    for session in sessions_of(person):
        session.delete()
    person.delete()


def sessions_of(person: Person) -> Iterator[SessionBase]:
    """Stored sessions signed in as the person; of a local diary, which has no sign-in, all."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for row in Session.objects.iterator():
        session = store(row.session_key)
        if settings.DIARY_MODE != "hosted" or session.get(SESSION_KEY) == str(person.pk):
            yield session


def overwrite_freed_space() -> None:
    """Rewrite a SQLite file without the space that erased rows have left.

    `secure_delete` overwrites what is deleted, but not copies that moving rows between pages
    left behind, nor the write-ahead log. Other databases look after this themselves.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a diary holds: numbers of entries, and the first and last date of any twitch or day."""

    episodes: int
    days: int
    symptom_answers: int
    medicines: int
    events: int
    own_factors: int
    experiments: int
    visits: int
    first: date | None
    last: date | None


def contents_of(record: DiaryRecord) -> Contents:
    """What a whole diary holds; a day counts when something was entered for it."""
    return Contents(
        episodes=len(record.episodes),
        days=sum(day.entered for day in record.days),
        symptom_answers=len(record.symptom_answers),
        medicines=len(record.medicines),
        events=len(record.events),
        own_factors=len(record.own_factors),
        experiments=len(record.experiments),
        visits=len(record.visits),
        first=record.days[0].date if record.days else None,
        last=record.days[-1].date if record.days else None,
    )


def preview(content: str | bytes) -> Contents:
    """What a diary file would bring; nothing is stored. Raises `DiaryFileFaults`."""
    return contents_of(read(content))


def keep_upload(person: Person, file_name: str, content: bytes) -> DiaryImport:
    """Keep a file that can be read until the person decides; an earlier one that waits goes.

    Raises `DiaryFileFaults`.
    """
    text = write(read(content))
    shown = "".join(character for character in file_name if character.isprintable())
    with transaction.atomic():
        person.imports.filter(applied_at=None).delete()
        return person.imports.create(file_name=shown[: limits.NAME], content=text)


class NotWaiting(Exception):
    """The uploaded file was applied or undone meanwhile, so the step makes no sense any more."""


def apply_import(upload: DiaryImport) -> None:
    """Make an uploaded file the diary and keep the diary before it for undo.

    Raises `NotWaiting` when it is applied already.
    """
    if upload.applied_at is not None:
        raise NotWaiting
    found = prepared(upload.person_id, read(upload.content))
    with transaction.atomic():
        _lock(upload)
        upload.before = _exchange(upload, found)
        upload.content = ""
        upload.applied_at = timezone.now()
        upload.save()


def undo_import(upload: DiaryImport) -> None:
    """Bring back the diary as it was before the file was applied.

    Entries that were taken out come back as that, and so does how far the interview and the
    advice had come. What stands in the diary now, with anything entered since, waits in the place
    of the file: it can be looked at and applied again, and is gone once it is put away or another
    file is uploaded. Entries get new versions and numbers, so a page that was open before has to
    be loaded again. Raises `NotWaiting` when the file is not applied.
    """
    if upload.applied_at is None:
        raise NotWaiting
    before = prepared(upload.person_id, read(upload.before))
    with transaction.atomic():
        _lock(upload)
        upload.content = _exchange(upload, before)
        upload.before = ""
        upload.applied_at = None
        upload.save()


def _lock(upload: DiaryImport) -> None:
    """Hold the upload. Raises `NotWaiting` when it moved on since it was read, as by a second
    press of the button."""
    seen = upload.content, upload.before
    upload.refresh_from_db(from_queryset=DiaryImport.objects.select_for_update())
    if (upload.content, upload.before) != seen:
        raise NotWaiting


def _exchange(upload: DiaryImport, diary: Prepared) -> str:
    """Make this the diary and answer the one before as a file.

    What stands beside the two changes places as well.
    """
    person = upload.person
    text, beside = write(diary_of(person)), _beside_the_file(person)
    _replace(person, diary)
    _put_beside(person, upload.beside)
    upload.beside = beside
    return text


def _beside_the_file(person: Person) -> dict[str, Any]:
    """What a diary file does not hold: entries that were taken out, and the state of the program.

    As plain values by column, which a column reads as it would those of a form.
    """
    found: dict[str, Any] = {name: getattr(person, name) for name in STATE_OF_PROGRAM}
    for table, whose in TAKEN_OUT_BY.items():
        taken_out = {f"{whose}person": person, f"{whose}deleted_at__isnull": False}
        found[table.__name__] = [
            {column: _plain(value) for column, value in row.items()}
            for row in table._default_manager.filter(**taken_out).values()
        ]
    return found


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date | UUID) else value


def _put_beside(person: Person, beside: Mapping[str, Any]) -> None:
    """Bring back what `_beside_the_file` said; of a file from elsewhere it is nothing."""
    for table in TAKEN_OUT_BY:
        table._default_manager.bulk_create(
            (table(**row) for row in beside.get(table.__name__, ())), batch_size=BATCH
        )
    for name in STATE_OF_PROGRAM:
        setattr(person, name, beside.get(name, {}))
    person.save(update_fields=STATE_OF_PROGRAM)


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
