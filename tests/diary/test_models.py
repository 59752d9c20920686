"""The database itself refuses what no form should have let through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from django.db.models import CheckConstraint, Q

from diary import limits
from diary.limits import Bounds
from diary.models import Day, Episode, Person, SymptomAnswer
from diary.vocabulary import BodySite
from tests import factories
from tests.factories import (
    DayFactory,
    EpisodeFactory,
    IntakeFactory,
    OwnFactorFactory,
    PersonFactory,
    SymptomAnswerFactory,
    VisitFactory,
    VisitQuestionFactory,
)

pytestmark = pytest.mark.django_db

TABLES = list(apps.get_app_config("diary").get_models())
FACTORIES = {
    factory._meta.model: factory
    for factory in vars(factories).values()
    if isinstance(factory, type)
    and issubclass(factory, factories.DjangoModelFactory)
    and factory is not factories.DjangoModelFactory
}
BOUNDS: dict[tuple[str, str], Bounds[Any]] = {
    ("person", "birth_year"): limits.BIRTH_YEAR,
    ("person", "weight_kg"): limits.WEIGHT_KG,
    ("episode", "local_minute"): Bounds(0, 1439),
    ("episode", "duration_s"): limits.DURATION_S,
    ("episode", "twitch_count"): limits.TWITCH_COUNT,
    ("episode", "per_minute"): limits.PER_MINUTE,
    ("episode", "intensity"): limits.INTENSITY,
    ("episode", "pain"): limits.PAIN,
    ("episode", "local_date"): limits.DATES,
    ("day", "date"): limits.DATES,
    ("day", "caffeine_mg"): limits.CAFFEINE_MG,
    ("day", "sleep_min"): limits.SLEEP_MIN,
    ("day", "stress"): limits.STRESS,
    ("day", "exercise_min"): limits.EXERCISE_MIN,
    ("day", "drinks_ml"): limits.DRINKS_ML,
    ("day", "alcohol_drinks"): limits.ALCOHOL_DRINKS,
    ("intake", "servings"): limits.SERVINGS,
    ("intake", "mg"): limits.CAFFEINE_MG,
    ("symptomanswer", "asked_on"): limits.DATES,
    ("symptomanswer", "since"): limits.DATES,
    ("ownfactor", "step"): limits.OWN_STEP,
    ("medicine", "started_on"): limits.DATES,
    ("medicine", "changed_on"): limits.DATES,
    ("medicine", "stopped_on"): limits.DATES,
    ("event", "date"): limits.DATES,
    ("experiment", "started_on"): limits.DATES,
    ("experiment", "stopped_on"): limits.DATES,
    ("visit", "date"): limits.DATES,
}
TABLE = {table._meta.model_name: table for table in TABLES}


def constraints(ending: str) -> Iterator[tuple[str, str]]:
    """Table and column of each constraint whose name ends so."""
    for table in TABLES:
        name = str(table._meta.model_name)
        for constraint in table._meta.constraints:
            if isinstance(constraint, CheckConstraint) and constraint.name.endswith(ending):
                yield name, constraint.name.removeprefix(f"{name}_").removesuffix(ending)


def put(table: str, column: str, value: Any) -> None:
    """Write past every form and model, as a fault of the program would."""
    row = FACTORIES[TABLE[table]]()
    with transaction.atomic():
        TABLE[table]._default_manager.filter(pk=row.pk).update(**{column: value})


def step(value: Any) -> Any:
    return timedelta(days=1) if isinstance(value, date) else 1


def test_the_bounds_tested_here_are_all_there_are() -> None:
    assert set(constraints("_in_bounds")) == set(BOUNDS)


@pytest.mark.parametrize(("table", "column"), BOUNDS, ids="-".join)
def test_a_bounded_column_takes_both_bounds_and_nothing_beyond(table: str, column: str) -> None:
    bounds = BOUNDS[table, column]
    put(table, column, bounds.low)
    put(table, column, bounds.high)

    with pytest.raises(IntegrityError):
        put(table, column, bounds.low - step(bounds.low))
    with pytest.raises(IntegrityError):
        put(table, column, bounds.high + step(bounds.high))


@pytest.mark.parametrize(("table", "column"), BOUNDS, ids="-".join)
def test_a_bounded_column_may_hold_nothing_where_nothing_can_be_known(
    table: str, column: str
) -> None:
    if TABLE[table]._meta.get_field(column).null:
        put(table, column, None)


@pytest.mark.parametrize(("table", "column"), list(constraints("_known")), ids="-".join)
def test_a_column_of_codes_takes_its_codes_and_no_other_word(table: str, column: str) -> None:
    if (table, column) != ("episode", "site"):
        put(table, column, "")
    with pytest.raises(IntegrityError):
        put(table, column, "no_such_code")
    with pytest.raises(IntegrityError):
        put(table, column, " ")


def test_every_column_of_a_code_is_held_to_the_vocabulary() -> None:
    free = {("ownfactor", "code")}
    coded = {
        (str(table._meta.model_name), column.name)
        for table in TABLES
        for column in table._meta.get_fields()
        if isinstance(column, models.CharField) and column.max_length == limits.CODE
    }
    written = {("episode", "sent_digest"), ("episode", "time_zone"), ("day", "time_zone")}
    written |= {("person", "time_zone"), ("experiment", "factor")}

    assert coded - free - written == set(constraints("_known"))


@pytest.mark.parametrize("site", [site.value for site in BodySite])
def test_every_site_can_be_stored(site: str) -> None:
    assert EpisodeFactory(site=site, side="").pk


class TestEpisode:
    def test_with_a_side_needs_a_site(self) -> None:
        EpisodeFactory(site="", side="")
        EpisodeFactory(site="calf", side="")
        with pytest.raises(IntegrityError):
            EpisodeFactory(site="", side="left")

    def test_that_runs_has_no_end(self) -> None:
        end = "2026-03-01T21:40:00+01:00"
        EpisodeFactory(running=True)
        EpisodeFactory(running=False, ended_at_written=end)
        EpisodeFactory(running=None, ended_at_written=end)
        with pytest.raises(IntegrityError):
            EpisodeFactory(running=True, ended_at_written=end)

    def test_has_its_uid_once_a_person_but_not_once_for_all(self) -> None:
        uid = uuid4()
        first = EpisodeFactory(uid=uid)
        EpisodeFactory(uid=uid)
        with pytest.raises(IntegrityError):
            EpisodeFactory(uid=uid, person=first.person)

    def test_that_was_deleted_keeps_its_uid(self) -> None:
        deleted = EpisodeFactory(deleted_at="2026-03-02T00:00:00Z")
        with pytest.raises(IntegrityError):
            EpisodeFactory(uid=deleted.uid, person=deleted.person)


class TestDay:
    def test_closed_as_none_has_no_episodes(self) -> None:
        DayFactory(closed_as="none", total_episodes=0)
        DayFactory(closed_as="complete", total_episodes=1)
        DayFactory(closed_as="", total_episodes=1)
        with pytest.raises(IntegrityError):
            DayFactory(closed_as="none", total_episodes=1)

    def test_stands_once_a_person(self) -> None:
        first = DayFactory()
        DayFactory(date=first.date)
        with pytest.raises(IntegrityError):
            DayFactory(date=first.date, person=first.person)


@pytest.mark.parametrize("column", ["total_episodes", "total_twitches", "sleep_min", "version"])
def test_a_count_is_never_negative(column: str) -> None:
    with pytest.raises(IntegrityError):
        put("day", column, -1)


def test_positions_and_codes_stand_once_in_their_place() -> None:
    intake, question, factor = IntakeFactory(), VisitQuestionFactory(), OwnFactorFactory()
    IntakeFactory(position=intake.position)
    VisitQuestionFactory(position=question.position)
    OwnFactorFactory(code=factor.code)
    for again in (
        lambda: IntakeFactory(day=intake.day, position=intake.position),
        lambda: VisitQuestionFactory(visit=question.visit, position=question.position),
        lambda: OwnFactorFactory(person=factor.person, code=factor.code),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            again()


class TestSymptomAnswer:
    def test_is_added_and_never_rewritten(self) -> None:
        answer = SymptomAnswerFactory(answer="no")
        answer.answer = "yes"

        with pytest.raises(TypeError, match="never changed"):
            answer.save()

        assert SymptomAnswer.objects.get().answer == "no"

    def test_of_a_later_date_stands_beside_the_earlier_one(self) -> None:
        first = SymptomAnswerFactory(answer="yes", asked_on=date(2026, 3, 8))
        SymptomAnswerFactory(answer="no", person=first.person, asked_on=date(2026, 3, 1))

        assert [answer.answer for answer in SymptomAnswer.objects.all()] == ["no", "yes"]


class TestOwnership:
    @pytest.mark.parametrize(
        "table",
        [table for table in TABLES if hasattr(table._default_manager.all(), "owned_by")],
        ids=lambda table: table.__name__,
    )
    def test_only_the_persons_own_rows_are_found(self, table: type[models.Model]) -> None:
        mine = FACTORIES[table]()
        FACTORIES[table]()

        assert list(table._default_manager.all().owned_by(mine.person)) == [mine]

    def test_kept_leaves_out_what_was_deleted(self) -> None:
        kept = VisitFactory()
        VisitFactory(person=kept.person, deleted_at="2026-03-02T00:00:00Z")

        assert list(kept.person.visits.kept()) == [kept]


class TestPerson:
    def test_without_a_password_cannot_sign_in(self) -> None:
        assert not Person.objects.create_user().has_usable_password()

    def test_has_an_address_of_their_own_or_none(self) -> None:
        Person.objects.create_user()
        Person.objects.create_user()
        PersonFactory(email="ada@diary.example")
        with pytest.raises(IntegrityError):
            PersonFactory(email="ada@diary.example")

    def test_is_called_by_a_number_where_rows_are_named(self) -> None:
        for factory in FACTORIES.values():
            row = factory()
            assert "Salbutamol" not in str(row)
            assert "diary.example" not in str(row)


def test_the_migrations_make_exactly_the_tables_of_the_models() -> None:
    said = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said, stderr=said)

    assert "No changes" in said.getvalue()


def test_checks_hold_for_rows_made_in_bulk() -> None:
    person = PersonFactory()
    rows = [Day(person=person, date=date(2026, 3, day), stress=11) for day in (1, 2)]
    with pytest.raises(IntegrityError):
        Day.objects.bulk_create(rows)


def test_an_index_serves_the_reading_by_start_and_by_day() -> None:
    person = PersonFactory()
    kept = Episode.objects.owned_by(person).kept()
    by_day = kept.filter(local_date=date(2026, 3, 1)).order_by()
    running = kept.filter(Q(running=True)).order_by()

    assert "episode_by_start" in kept.explain()
    assert "episode_by_day" in by_day.explain()
    assert "episode_running" in running.explain()
