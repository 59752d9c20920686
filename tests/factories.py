"""Rows for tests, one factory a table; people have no password, so making them is fast."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from diary import models


class PersonFactory(DjangoModelFactory):
    """Someone nobody can sign in as by password; `client.force_login` works."""

    class Meta:
        model = models.Person
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@diary.example")
    password = "!unusable"


class EpisodeFactory(DjangoModelFactory):
    """An episode of the evening of 1 March 2026 in Rome, of its own person unless one is given.

    The totals of its day are not kept: use `diary.entries.log_episode` where they matter.
    """

    class Meta:
        model = models.Episode

    person = factory.SubFactory(PersonFactory)
    uid = factory.LazyFunction(uuid4)
    started_at = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
    started_at_written = "2026-03-01T21:30:00+01:00"
    local_date = date(2026, 3, 1)
    local_minute = 21 * 60 + 30
    site = "calf"
    side = "left"


class DayFactory(DjangoModelFactory):
    """A day after another from 1 March 2026, closed with twitches on it."""

    class Meta:
        model = models.Day

    person = factory.SubFactory(PersonFactory)
    date = factory.Sequence(lambda n: date.fromordinal(date(2026, 3, 1).toordinal() + n % 10_000))
    closed_as = "complete"
    entered = True


class IntakeFactory(DjangoModelFactory):
    """A cup of filter coffee."""

    class Meta:
        model = models.Intake

    day = factory.SubFactory(DayFactory)
    position = factory.Sequence(lambda n: n % 10_000)
    drink = "filter_coffee"
    servings = 1
    mg = 96


class SymptomAnswerFactory(DjangoModelFactory):
    """A "no" to weakness."""

    class Meta:
        model = models.SymptomAnswer

    person = factory.SubFactory(PersonFactory)
    asked_on = date(2026, 3, 1)
    symptom = "weakness_over_weeks"
    answer = "no"


class MedicineFactory(DjangoModelFactory):
    """A medicine without dates."""

    class Meta:
        model = models.Medicine

    person = factory.SubFactory(PersonFactory)
    name = "Salbutamol inhaler"


class EventFactory(DjangoModelFactory):
    """A new job."""

    class Meta:
        model = models.Event

    person = factory.SubFactory(PersonFactory)
    date = date(2026, 3, 1)
    label = "New job"


class OwnFactorFactory(DjangoModelFactory):
    """Hours at a screen."""

    class Meta:
        model = models.OwnFactor

    person = factory.SubFactory(PersonFactory)
    code = factory.Sequence(lambda n: f"screen_{n}")
    label = "Screen"
    kind = "number"


class ExperimentFactory(DjangoModelFactory):
    """A trial of coffee."""

    class Meta:
        model = models.Experiment

    person = factory.SubFactory(PersonFactory)
    factor = "caffeine"


class VisitFactory(DjangoModelFactory):
    """An appointment without a date yet."""

    class Meta:
        model = models.Visit

    person = factory.SubFactory(PersonFactory)
    has_questions = True


class VisitQuestionFactory(DjangoModelFactory):
    """A question for an appointment."""

    class Meta:
        model = models.VisitQuestion

    visit = factory.SubFactory(VisitFactory)
    position = factory.Sequence(lambda n: n % 10_000)
    text = "Do I need a test?"


class DiaryImportFactory(DjangoModelFactory):
    """An uploaded file that waits."""

    class Meta:
        model = models.DiaryImport

    person = factory.SubFactory(PersonFactory)
    file_name = "diary.json"
    content = '{"format": "twitch-diary", "version": 1}'
