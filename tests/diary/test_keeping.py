"""Whole diaries: import with a look first and undo, erasing, the example."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.utils import timezone

from diary import keeping, memory
from diary.about import keep_advice_seen, keep_interview
from diary.entries import delete_episode, log_episode, restore_episode
from diary.exchange.diary_file import DiaryFileFaults, read, write
from diary.keeping import (
    DIARY_TABLES,
    Contents,
    NotWaiting,
    apply_import,
    contents_of,
    erase_diary,
    forget_person,
    keep_upload,
    make_example,
    preview,
    replace_diary,
    undo_import,
)
from diary.memory import forget_everything
from diary.models import DiaryImport, Episode, Event, Medicine, Person, Visit, VisitQuestion
from diary.queries import diary_of
from diary.records import DiaryRecord, EpisodeRecord, Instant
from diary.stored import day_of_texts, digest
from tests.diary.exchange.files import episode_text
from tests.diary.test_models import FACTORIES
from tests.factories import (
    DayFactory,
    DiaryImportFactory,
    EventFactory,
    IntakeFactory,
    MedicineFactory,
    PersonFactory,
    VisitFactory,
    VisitQuestionFactory,
)

ROOT = Path(__file__).parents[2]
VERSION_1 = (Path(__file__).parent / "exchange" / "version-1.json").read_text(encoding="utf-8")
FILED = replace(read(VERSION_1), exported_at=None)
EVENING = EpisodeRecord(
    "00000000-0000-4000-8000-0000000000ff", Instant("2026-05-03T21:30:00+01:00"), site="calf"
)


def diary_now(person: Person) -> DiaryRecord:
    """The diary as the next request would find it."""
    return diary_of(Person.objects.get(pk=person.pk))


@pytest.fixture
def person(db: None) -> Person:
    return PersonFactory()


class TestPreview:
    def test_counts_what_a_file_holds_and_names_its_first_and_last_day(self) -> None:
        whole = read(VERSION_1)

        assert preview(VERSION_1.encode()) == Contents(
            episodes=len(whole.episodes),
            days=sum(day.entered for day in whole.days),
            symptom_answers=len(whole.symptom_answers),
            medicines=len(whole.medicines),
            events=len(whole.events),
            own_factors=len(whole.own_factors),
            experiments=len(whole.experiments),
            visits=len(whole.visits),
            first=date(2026, 3, 28),
            last=date(2026, 5, 3),
        )

    def test_of_an_empty_diary_has_no_dates(self) -> None:
        assert contents_of(DiaryRecord()) == Contents(0, 0, 0, 0, 0, 0, 0, 0, None, None)

    def test_of_a_broken_file_says_what_is_wrong(self) -> None:
        with pytest.raises(DiaryFileFaults):
            preview(episode_text(site="elbow"))


class TestUpload:
    def test_waits_and_changes_nothing(self, person: Person) -> None:
        log_episode(person, EVENING)
        before = diary_of(person)
        upload = keep_upload(person, "from phone.json", VERSION_1.encode())

        assert diary_of(person) == before
        assert upload.applied_at is None
        assert upload.file_name == "from phone.json"
        assert read(upload.content) == read(VERSION_1)

    def test_takes_the_place_of_one_that_waits_but_not_of_one_applied(self, person: Person) -> None:
        applied = keep_upload(person, "1.json", VERSION_1.encode())
        apply_import(applied)
        keep_upload(person, "2.json", VERSION_1.encode())
        latest = keep_upload(person, "3.json", VERSION_1.encode())
        others = DiaryImportFactory()

        assert set(DiaryImport.objects.all()) == {applied, latest, others}

    def test_that_is_broken_is_not_kept(self, person: Person) -> None:
        with pytest.raises(DiaryFileFaults):
            keep_upload(person, "diary.json", b"{")

        assert not DiaryImport.objects.exists()

    def test_has_a_printable_name_of_bounded_length(self, person: Person) -> None:
        upload = keep_upload(person, "a\x00\n\ud800" + "b" * 500, VERSION_1.encode())

        assert upload.file_name == "a" + "b" * 199


class TestImport:
    def test_makes_the_file_the_diary_and_undo_brings_back_what_was_there(
        self, person: Person
    ) -> None:
        log_episode(person, EVENING)
        before = diary_now(person)
        upload = keep_upload(person, "diary.json", VERSION_1.encode())
        apply_import(upload)
        assert write(diary_now(person)) == write(FILED)

        undo_import(upload)

        assert diary_now(person) == before

    def test_undone_keeps_what_was_entered_since_where_it_can_be_applied_again(
        self, person: Person
    ) -> None:
        upload = keep_upload(person, "diary.json", VERSION_1.encode())
        apply_import(upload)
        log_episode(person, EVENING)
        with_evening = diary_now(person)
        undo_import(upload)
        assert diary_now(person) == DiaryRecord()

        apply_import(upload)

        assert diary_now(person) == with_evening

    def test_undone_brings_back_how_far_interview_and_advice_had_come(self, person: Person) -> None:
        keep_interview(person, {"sheet_on": "2026-05-04"})
        keep_advice_seen(person, "emergency", date(2026, 5, 4))
        upload = keep_upload(person, "diary.json", VERSION_1.encode())
        apply_import(upload)
        keep_advice_seen(Person.objects.get(pk=person.pk), "routine", date(2026, 5, 5))

        undo_import(upload)

        person.refresh_from_db()
        assert person.interview == {"sheet_on": "2026-05-04"}
        assert person.advice_seen == {"urgency": "emergency", "on": "2026-05-04"}
        apply_import(upload)
        person.refresh_from_db()
        assert person.advice_seen == {"urgency": "routine", "on": "2026-05-05"}

    def test_undone_brings_back_what_was_taken_out_as_taken_out(self, person: Person) -> None:
        log_episode(person, EVENING)
        delete_episode(person, UUID(EVENING.id))
        deleted = timezone.now()
        rows = {
            Medicine: MedicineFactory(person=person, deleted_at=deleted),
            Event: EventFactory(person=person, deleted_at=deleted),
            Visit: VisitFactory(person=person, deleted_at=deleted, frozen={"b": 1, "a": [2.5]}),
        }
        VisitQuestionFactory(visit=rows[Visit], text="Why?")
        before = {table: list(table.objects.values()) for table in (Episode, VisitQuestion, *rows)}
        upload = keep_upload(person, "x.json", write(DiaryRecord(episodes=(EVENING,))).encode())
        apply_import(upload)
        assert diary_now(person).episodes == (EVENING,)
        assert not Medicine.objects.exists()

        undo_import(upload)

        assert diary_now(person) == DiaryRecord()
        assert {table: list(table.objects.values()) for table in before} == before
        restore_episode(person, UUID(EVENING.id))
        assert diary_now(person).episodes == (EVENING,)

    def test_is_read_and_worked_out_before_anybody_has_to_wait(
        self, person: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        outside = len(connection.savepoint_ids)
        depths: list[int] = []

        def noting(work: Callable[..., Any]) -> Callable[..., Any]:
            def noted(*given: Any) -> Any:
                depths.append(len(connection.savepoint_ids) - outside)
                return work(*given)

            return noted

        monkeypatch.setattr(keeping, "read", noting(read))
        monkeypatch.setattr(keeping, "digest", noting(digest))
        upload = keep_upload(person, "diary.json", VERSION_1.encode())
        apply_import(upload)
        undo_import(upload)

        assert len(depths) == 3 + len(FILED.episodes)
        assert set(depths) == {0}

    def test_of_a_file_that_was_exchanged_meanwhile_is_refused(self, person: Person) -> None:
        upload = keep_upload(person, "diary.json", VERSION_1.encode())
        other_window = DiaryImport.objects.get(pk=upload.pk)
        apply_import(other_window)
        undo_import(other_window)

        with pytest.raises(NotWaiting):
            apply_import(upload)

        assert diary_now(person) == DiaryRecord()

    def test_twice_in_a_row_is_refused_and_changes_nothing(self, person: Person) -> None:
        upload = keep_upload(person, "diary.json", VERSION_1.encode())
        first_tab = DiaryImport.objects.get(pk=upload.pk)
        second_tab = DiaryImport.objects.get(pk=upload.pk)
        apply_import(first_tab)
        imported = diary_now(person)

        with pytest.raises(NotWaiting):
            apply_import(second_tab)

        assert diary_now(person) == imported

    def test_is_not_undone_before_it_was_applied_nor_twice(self, person: Person) -> None:
        upload = keep_upload(person, "diary.json", VERSION_1.encode())
        with pytest.raises(NotWaiting):
            undo_import(upload)
        apply_import(upload)
        undo_import(upload)

        with pytest.raises(NotWaiting):
            undo_import(upload)

    def test_leaves_the_account_as_it_is_now(self, person: Person) -> None:
        upload = keep_upload(person, "diary.json", VERSION_1.encode())
        Person.objects.filter(pk=person.pk).update(email="new@diary.example")
        replace_diary(person, FILED)
        apply_import(upload)

        assert Person.objects.get(pk=person.pk).email == "new@diary.example"

    def test_leaves_everybody_elses_diary_alone(self, person: Person) -> None:
        other = PersonFactory()
        log_episode(other, EVENING)
        before = diary_now(other)
        apply_import(keep_upload(person, "diary.json", VERSION_1.encode()))

        assert diary_now(other) == before

    def test_knows_a_replay_of_an_imported_entry(self, person: Person) -> None:
        replace_diary(person, DiaryRecord(episodes=(EVENING,)))

        assert log_episode(person, EVENING).version == 1

    def test_replaces_deleted_entries_as_well(self, person: Person) -> None:
        log_episode(person, EVENING)
        delete_episode(person, UUID(EVENING.id))
        replace_diary(person, DiaryRecord(episodes=(EVENING,)))

        assert diary_now(person).episodes == (EVENING,)


def path_to_person(table: type[models.Model], seen: tuple[type, ...] = ()) -> str | None:
    """The look-up that leads from a table to a person, through any number of tables."""
    for column in table._meta.get_fields():
        if not (column.many_to_one or column.one_to_one) or not column.concrete:
            continue
        if column.related_model is Person:
            return column.name
        if column.related_model not in seen:
            further = path_to_person(column.related_model, (*seen, table))
            if further:
                return f"{column.name}__{further}"
    return None


PERSONAL = {
    table: path for table in apps.get_models() if (path := path_to_person(table)) is not None
}


def rows_of(person: Person) -> dict[str, int]:
    """How many rows belong to a person, by table."""
    return {
        table.__name__: table._default_manager.filter(**{path: person}).count()
        for table, path in PERSONAL.items()
    }


def full_diary(person: Person) -> None:
    """At least one row in every table that leads to a person."""
    day, visit = DayFactory(person=person), VisitFactory(person=person)
    IntakeFactory(day=day)
    VisitQuestionFactory(visit=visit)
    for table, path in PERSONAL.items():
        if path == "person":
            FACTORIES[table](person=person)


class TestErasing:
    def test_knows_every_table_that_leads_to_a_person(self, person: Person) -> None:
        full_diary(person)

        assert set(DIARY_TABLES) < set(PERSONAL)
        assert min(rows_of(person).values()) >= 1, "a new table: extend full_diary and erasing"

    @pytest.mark.parametrize("erase", [erase_diary, forget_person])
    def test_leaves_no_row_of_the_person_and_all_of_others(self, erase: object) -> None:
        person, other = PersonFactory(), PersonFactory()
        full_diary(person)
        full_diary(other)
        others = rows_of(other)
        key = person.pk

        erase(person)

        assert set(rows_of(key).values()) == {0}
        assert rows_of(other) == others
        assert Person.objects.filter(pk=key).exists() is (erase is erase_diary)

    def test_keeps_the_account_but_nothing_the_person_said(self, person: Person) -> None:
        replace_diary(person, read(VERSION_1))
        Person.objects.filter(pk=person.pk).update(interview={"at": 3}, advice_seen={"a": 1})
        erase_diary(person)
        blank = PersonFactory()
        program = {"id", "email", "created_at", "version"}

        found = Person.objects.get(pk=person.pk)

        assert found.email == person.email
        for column in Person._meta.concrete_fields:
            if column.name not in program:
                assert getattr(found, column.name) == getattr(blank, column.name), column.name

    pytestmark = pytest.mark.django_db


@pytest.fixture
def sessions(person: Person) -> tuple[str, str]:
    """Keys of a session of the person, filtered by a place, and of somebody else's."""
    keys = []
    for signed_in in (person, PersonFactory()):
        session = SessionStore()
        session.update({SESSION_KEY: str(signed_in.pk), "places": ["calf"]})
        session.save()
        keys.append(session.session_key)
    return keys[0], keys[1]


class TestSessions:
    def test_hold_nothing_but_the_sign_in_after_erasing(
        self, person: Person, sessions: tuple[str, str], settings: LazySettings
    ) -> None:
        settings.DIARY_MODE = "hosted"
        erase_diary(person)

        assert dict(SessionStore(sessions[0]).items()) == {SESSION_KEY: str(person.pk)}
        assert SessionStore(sessions[1])["places"] == ["calf"]

    def test_go_with_the_account(
        self, person: Person, sessions: tuple[str, str], settings: LazySettings
    ) -> None:
        settings.DIARY_MODE = "hosted"
        forget_person(person)

        assert [row.session_key for row in Session.objects.all()] == [sessions[1]]

    def test_of_a_local_diary_are_all_the_persons_own(
        self, person: Person, settings: LazySettings
    ) -> None:
        settings.DIARY_MODE = "local"
        session = SessionStore()
        session["places"] = ["calf"]
        session.save()
        erase_diary(person)

        assert dict(SessionStore(session.session_key).items()) == {}


PLANT = """
import django, json, sys
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
connection.cursor().execute(f"PRAGMA journal_mode={sys.argv[1]}")
from dataclasses import replace
from diary.entries import change_day, change_episode, delete_episode, log_episode
from diary.exchange.diary_file import read
from diary.keeping import apply_import, erase_diary, forget_person, keep_upload, replace_diary
from diary.models import Person
from diary.records import EpisodeRecord, Instant
from datetime import date
from uuid import UUID, uuid4
person, other = Person.objects.create_user("a@b.example"), Person.objects.create_user()
replace_diary(other, read(json.dumps({"format": "twitch-diary", "version": 1,
    "person": {"worry": "kept-secret-of-another"}})))
secrets = [f"planted-secret-{n:02}" for n in range(20)]
upload = keep_upload(person, secrets[0], json.dumps({
    "format": "twitch-diary", "version": 1,
    "person": {"name": secrets[1], "worry": secrets[2], "own_drinks": [{"label": secrets[3]}],
        "tests_done": [{"test": "mri", "result": secrets[4]}]},
    "episodes": [{"id": str(uuid4()), "started_at": "2026-03-01T10:00:00Z",
        "written_by": secrets[5], "note": secrets[6]}],
    "days": [{"date": "2026-03-02", "note": secrets[7],
        "drinks": [{"drink": "own", "label": secrets[8]}]}],
    "medicines": [{"name": secrets[9], "dose": secrets[10]}],
    "events": [{"date": "2026-03-03", "label": secrets[11]}],
    "own_factors": [{"code": "x", "label": secrets[12], "kind": "number", "unit": secrets[13]}],
    "experiments": [{"plan": [{"arm": secrets[14]}]}],
    "visits": [{"clinician": secrets[15], "questions": [secrets[16]], "notes": secrets[17],
        "frozen": {"a": secrets[18]}}]}).encode())
apply_import(upload)
for n in range(400):
    moment = Instant(f"2026-03-{n % 28 + 1:02}T11:{n % 60:02}:00Z")
    uid = uuid4()
    log_episode(person, EpisodeRecord(str(uid), moment, note=secrets[19] + "x" * (n * 37 % 1900)))
    log_episode(other, EpisodeRecord(str(uuid4()), moment, note="z" * (n * 71 % 1900)))
    if n % 3 == 0:
        change_episode(person, uid, {"note": secrets[19] + "y" * (n * 53 % 1900)})
    if n % 5 == 0:
        delete_episode(person, uid)
path = connection.settings_dict["NAME"]
def found():
    held = b"".join(p.read_bytes() for p in path.parent.glob(path.name + "*"))
    return [s for s in [*secrets, "kept-secret-of-another"] if s.encode() in held]
print(len(found()))
erase_diary(person) if sys.argv[2] == "erase" else forget_person(person)
print(*found())
"""


@pytest.mark.parametrize(
    ("journal", "how"), [("DELETE", "erase"), ("WAL", "erase"), ("DELETE", "forget")]
)
def test_nothing_erased_is_left_in_the_file(tmp_path: Path, journal: str, how: str) -> None:
    environment = os.environ | {
        "DIARY_DATA_DIR": str(tmp_path),
        "DIARY_MODE": "local",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    before, after = subprocess.run(
        [sys.executable, "-c", PLANT, journal, how],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()

    assert before == "21"
    assert after == "kept-secret-of-another"


class TestExample:
    def test_is_a_person_of_its_own_that_nobody_signs_in_as(self, person: Person) -> None:
        example = make_example(date(2026, 5, 4), "Europe/Rome")

        assert example.is_example
        assert not example.has_usable_password()
        assert contents_of(diary_of(example)).episodes > 50
        assert diary_of(person) == DiaryRecord()

    def test_is_forgotten_after_a_day_and_nobody_else_is(self, person: Person) -> None:
        old, young = (make_example(date(2026, 5, 4), "UTC") for _twice in range(2))
        yesterday = timezone.now() - timedelta(days=1, minutes=1)
        Person.objects.filter(pk__in=[old.pk, person.pk]).update(created_at=yesterday)
        make_example(date(2026, 5, 4), "UTC")

        assert not Person.objects.filter(pk=old.pk).exists()
        assert Person.objects.filter(pk__in=[young.pk, person.pk]).count() == 2


def test_erase_forgets_the_days_that_were_remembered(person: Person) -> None:
    DayFactory(person=person, note="Nobody else's business")
    diary_of(person)

    assert day_of_texts.cache_info().currsize

    erase_diary(person)

    assert not day_of_texts.cache_info().currsize


def test_days_are_forgotten_in_time_by_a_process_that_erased_nothing(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    timers: list[Timer] = []

    class Timer:
        """Rings when the test says so."""

        def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
            assert 0 < seconds <= 10 * 60
            self.ring = ring
            timers.append(self)

        def start(self) -> None:
            """Nothing: no time passes."""

    monkeypatch.setattr(memory, "_is_timed", Lock())
    monkeypatch.setattr(memory, "Timer", Timer)
    forget_everything()
    for note in ("Nobody else's business", "Neither is this", "Nor this"):
        DayFactory(person=person, note=note)
        diary_of(person)
        assert len(timers) == 1
    assert day_of_texts.cache_info().currsize == 3

    timers[0].ring()

    assert not day_of_texts.cache_info().currsize
    diary_of(person)
    assert len(timers) == 2
