"""Through the database and back: nothing is lost, and both ways to a record lead to the same."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from diary import models, stored
from diary.exchange.diary_file import read, write
from diary.keeping import erase_diary, replace_diary
from diary.models import Person
from diary.queries import diary_of
from diary.records import (
    DayRecord,
    DiaryRecord,
    DrinkRecord,
    EpisodeRecord,
    ExperimentRecord,
    Instant,
    NamedQuestion,
    Onset,
    PersonRecord,
    PlanStep,
    Settings,
    TestDone,
    VisitRecord,
)
from tests.factories import (
    DayFactory,
    EpisodeFactory,
    EventFactory,
    ExperimentFactory,
    MedicineFactory,
    OwnFactorFactory,
    PersonFactory,
    VisitFactory,
)
from tests.strategies import diaries

pytestmark = pytest.mark.django_db

VERSION_1 = (Path(__file__).parent / "exchange" / "version-1.json").read_text(encoding="utf-8")
HEALTH = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)


def kept(diary: DiaryRecord) -> DiaryRecord:
    """The diary as another person's rows give it back."""
    person = Person.objects.create_user()
    replace_diary(person, diary)
    return diary_of(Person.objects.get(pk=person.pk))


@settings(max_examples=60, suppress_health_check=HEALTH)
@given(diaries())
def test_the_database_gives_back_the_record_of_the_file(diary: DiaryRecord) -> None:
    from_file = replace(read(write(diary)), exported_at=None)

    assert kept(from_file) == from_file


@settings(max_examples=40, suppress_health_check=HEALTH)
@given(diaries())
def test_export_erase_import_export_gives_the_same_bytes(diary: DiaryRecord) -> None:
    person = Person.objects.create_user()
    replace_diary(person, diary)
    first = write(replace(diary_of(person), exported_at=Instant("2026-05-04T10:00:00Z")))

    erase_diary(person)
    assert diary_of(person) == DiaryRecord()
    replace_diary(person, read(first))
    second = write(replace(diary_of(person), exported_at=Instant("2026-05-05T11:00:00Z")))

    differing = [
        (a, b) for a, b in zip(first.split("\n"), second.split("\n"), strict=True) if a != b
    ]
    assert [a.partition(":")[0] for a, _b in differing] == ['"exported_at"']


def test_the_stored_file_with_every_field_survives_byte_for_byte() -> None:
    whole = read(VERSION_1)

    assert write(replace(kept(whole), exported_at=whole.exported_at)) == VERSION_1


def test_lists_stand_in_the_order_of_the_file_whatever_the_order_of_entering() -> None:
    person = PersonFactory()
    for day in (None, date(2026, 3, 9), date(2026, 3, 2)):
        MedicineFactory(person=person, name=f"m {day}", started_on=day)
        ExperimentFactory(person=person, factor="sleep", started_on=day)
        VisitFactory(person=person, clinician=f"v {day}", date=day)
        if day is not None:
            EventFactory(person=person, date=day)
    for code in ("walk", "Screen", "alone"):
        OwnFactorFactory(person=person, code=code)

    found = diary_of(person)

    assert found == read(write(found))
    assert [medicine.started_on for medicine in found.medicines] == [
        date(2026, 3, 2),
        date(2026, 3, 9),
        None,
    ]
    assert [factor.code for factor in found.own_factors] == ["Screen", "alone", "walk"]


def test_lists_inside_a_row_stand_in_the_order_of_their_dates() -> None:
    person = PersonFactory(tests_done=[{"test": "mri"}, {"test": "ct", "date": "2026-01-01"}])
    ExperimentFactory(person=person, plan=[{"from": "2026-02-01"}, {"from": "2026-01-01"}])

    found = diary_of(person)

    assert found == read(write(found))
    assert [test.test for test in found.person.tests_done or ()] == ["ct", "mri"]


def test_deleted_entries_are_in_no_record() -> None:
    person = PersonFactory()
    for factory in (EpisodeFactory, MedicineFactory, EventFactory, VisitFactory):
        factory(person=person, deleted_at="2026-03-02T00:00:00Z")

    assert diary_of(person) == DiaryRecord()


def test_a_day_from_which_everything_was_taken_back_is_no_day() -> None:
    person = PersonFactory()
    DayFactory(person=person, closed_as="", entered=True)
    DayFactory(person=person, closed_as="", time_zone="Europe/Rome")
    with_episodes = DayFactory(
        person=person, closed_as="", time_zone="Europe/Rome", total_episodes=1, total_twitches=1
    )

    (day,) = diary_of(person).days

    assert day.date == with_episodes.date
    assert day.time_zone is None


@pytest.mark.parametrize(
    "diary",
    [
        DiaryRecord(person=PersonRecord(tests_done=(TestDone(),), own_drinks=())),
        DiaryRecord(person=PersonRecord(settings=Settings(question=NamedQuestion()))),
        DiaryRecord(person=PersonRecord(settings=Settings(factors=()))),
        DiaryRecord(person=PersonRecord(conditions=(), family_conditions=None)),
        DiaryRecord(days=(DayRecord(date(2026, 3, 1), drinks=(DrinkRecord(),)),)),
        DiaryRecord(days=(DayRecord(date(2026, 3, 1), drinks=(), sites=(), own={}),)),
        DiaryRecord(experiments=(ExperimentRecord(plan=(PlanStep(),)), ExperimentRecord())),
        DiaryRecord(visits=(VisitRecord(questions=(), frozen={}), VisitRecord())),
    ],
    ids=range(8),
)
def test_parts_of_which_little_or_nothing_is_said_survive(diary: DiaryRecord) -> None:
    assert kept(read(write(diary))) == diary


def test_an_onset_of_which_nothing_is_said_is_none() -> None:
    said_nothing = read(write(DiaryRecord(person=PersonRecord(onset=Onset()))))

    assert said_nothing == kept(said_nothing) == DiaryRecord()


def test_every_field_of_a_record_has_a_column() -> None:
    moment = Instant("2026-03-01T21:30:00+01:00")
    columns = {
        models.Episode: stored.episode_columns(
            EpisodeRecord("00000000-0000-4000-8000-000000000001", moment)
        ),
        models.Day: stored.day_columns(DayRecord(date(2026, 3, 1))),
        models.Person: stored.person_columns(PersonRecord()),
        models.Visit: stored.visit_columns(VisitRecord()),
        models.Experiment: stored.experiment_columns(ExperimentRecord()),
    }
    for table, written in columns.items():
        assert set(written) <= {column.name for column in table._meta.get_fields()}
    assert len(stored.EPISODE_COLUMNS) == len(fields(EpisodeRecord))


def test_a_digest_tells_every_field_but_the_time_of_writing() -> None:
    record = read(VERSION_1).episodes[0]
    later = replace(record, recorded_at=Instant("2027-01-01T00:00:00Z"))

    assert stored.digest(later) == stored.digest(record)
    for field in fields(record):
        if field.name != "recorded_at":
            other = replace(record, **{field.name: "something else"})
            assert stored.digest(other) != stored.digest(record), field.name
