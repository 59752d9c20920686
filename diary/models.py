"""Tables and their constraints. Rows leave this app as `diary.records` only.

Conventions: an empty text means *not recorded*, as does NULL elsewhere. Moments are kept twice,
as UTC for order and as written (with their offset) for the person; an episode also keeps its
local date and minute, so that nothing ever changes day when a time zone does.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar, Self, TypeVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from diary import limits
from diary.limits import Bounds
from diary.vocabulary import (
    Answer,
    AssociatedSymptom,
    BodySite,
    Choice,
    ClosedAs,
    Context,
    CountClass,
    DaySummary,
    Drink,
    DurationClass,
    Impact,
    InstantPrecision,
    Kind,
    Manner,
    MedicineClass,
    OnsetPrecision,
    OwnFactorKind,
    Paper,
    Sex,
    Side,
    Source,
)


def between(field: str, bounds: Bounds[Any]) -> models.CheckConstraint:
    """The column is NULL or lies within the bounds of the form."""
    inside = Q(**{f"{field}__gte": bounds.low, f"{field}__lte": bounds.high})
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | inside, name=f"%(class)s_{field}_in_bounds"
    )


def one_of(
    field: str, choices: type[Choice] | type[BodySite] | type[AssociatedSymptom]
) -> models.CheckConstraint:
    """The column is empty or holds a code of the vocabulary."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": ["", *choices.codes()]}), name=f"%(class)s_{field}_known"
    )


def code_column() -> models.CharField[str, str]:
    """A column for a code of the vocabulary; empty means not recorded."""
    return models.CharField(max_length=limits.CODE, blank=True, default="")


def text_column(length: int) -> models.CharField[str, str]:
    """A column for one line in the person's own words; empty means not recorded."""
    return models.CharField(max_length=length, blank=True, default="")


def note_column(length: int) -> models.TextField[str, str]:
    """A column for longer words of the person's own; empty means not recorded."""
    return models.TextField(max_length=length, blank=True, default="")


def written_column() -> models.CharField[str, str]:
    """A moment as it was written, ISO 8601 with offset; empty means not recorded."""
    return models.CharField(max_length=limits.INSTANT, blank=True, default="")


class JsonAsWritten(models.TextField):  # type: ignore[type-arg]
    """JSON kept as text: `jsonb` of PostgreSQL would change the order of fields.

    A sheet that went along to an appointment is kept, exported and read in again to the letter.
    """

    def from_db_value(self, text: str | None, *_: object) -> Any:
        """The value of a text."""
        return None if text is None else json.loads(text)

    def get_prep_value(self, value: Any) -> str | None:
        """The text of a value."""
        return None if value is None else json.dumps(value, ensure_ascii=False)


Row = TypeVar("Row", bound=models.Model)


class OwnedQuerySet(models.QuerySet[Row]):
    """Rows that belong to a person; every view fetches through `owned_by`."""

    def owned_by(self, person: Person) -> Self:
        """Only the rows of this person."""
        return self.filter(person=person)

    def kept(self) -> Self:
        """Only the rows that are not deleted."""
        return self.filter(deleted_at__isnull=True)


class PersonManager(BaseUserManager["Person"]):
    """Makes people; a local diary needs neither address nor password."""

    def create_user(self, email: str | None = None, password: str | None = None) -> Person:
        """Make a person; without a password nobody can sign in as them."""
        person = self.model(email=self.normalize_email(email) or None)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Who keeps a diary, with what they chose to say about themselves."""

    email = models.EmailField(unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_example = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    name = text_column(limits.NAME)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    sex = code_column()
    pregnant = models.BooleanField(null=True, blank=True)
    breastfeeding = models.BooleanField(null=True, blank=True)
    weight_kg = models.FloatField(null=True, blank=True)
    country = models.CharField(max_length=2, blank=True, default="")
    time_zone = text_column(limits.TIME_ZONE)
    paper = code_column()
    conditions = models.JSONField(null=True, blank=True)
    family_conditions = models.JSONField(null=True, blank=True)
    onset_date = models.DateField(null=True, blank=True)
    onset_precision = code_column()
    onset_manner = code_column()
    onset_recalled = models.BooleanField(null=True, blank=True)
    impact = code_column()
    worry = note_column(limits.WORRY)
    tests_done = models.JSONField(null=True, blank=True)
    own_drinks = models.JSONField(null=True, blank=True)
    settings = models.JSONField(null=True, blank=True)

    # How far the interview has come and which advice was last shown: state of this program, not
    # facts of the diary, so neither is in the diary file.
    interview = models.JSONField(default=dict, blank=True)
    advice_seen = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [
            between("birth_year", limits.BIRTH_YEAR),
            between("weight_kg", limits.WEIGHT_KG),
            one_of("sex", Sex),
            one_of("paper", Paper),
            one_of("onset_precision", OnsetPrecision),
            one_of("onset_manner", Manner),
            one_of("impact", Impact),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class Episode(models.Model):
    """One twitch or one bout of them. `local_date` is the day it belongs to, for ever."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="episodes")
    uid = models.UUIDField()
    started_at = models.DateTimeField()
    started_at_written = models.CharField(max_length=limits.INSTANT)
    time_zone = text_column(limits.TIME_ZONE)
    local_date = models.DateField()
    local_minute = models.PositiveSmallIntegerField()
    precision = code_column()
    ended_at_written = written_column()
    running = models.BooleanField(null=True, blank=True)
    duration_s = models.PositiveIntegerField(null=True, blank=True)
    duration_class = code_column()
    site = code_column()
    side = code_column()
    count_class = code_column()
    twitch_count = models.PositiveIntegerField(null=True, blank=True)
    per_minute = models.FloatField(null=True, blank=True)
    intensity = models.PositiveSmallIntegerField(null=True, blank=True)
    pain = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = code_column()
    context = code_column()
    seen_by_others = models.BooleanField(null=True, blank=True)
    note = note_column(limits.NOTE)
    recorded_at_written = written_column()
    written_by = text_column(limits.NAME)
    source = code_column()

    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)
    # What was first sent under this uid: the same again is a replay, anything else a conflict.
    sent_digest = models.CharField(max_length=64, blank=True, default="")

    objects = OwnedQuerySet["Episode"].as_manager()

    class Meta:
        ordering = ["started_at", "uid"]
        constraints = [
            models.UniqueConstraint(fields=["person", "uid"], name="episode_uid_once_a_person"),
            between("local_minute", Bounds(0, 1439)),
            between("duration_s", limits.DURATION_S),
            between("twitch_count", limits.TWITCH_COUNT),
            between("per_minute", limits.PER_MINUTE),
            between("intensity", limits.INTENSITY),
            between("pain", limits.PAIN),
            between("local_date", limits.DATES),
            one_of("precision", InstantPrecision),
            one_of("duration_class", DurationClass),
            one_of("site", BodySite),
            one_of("side", Side),
            one_of("count_class", CountClass),
            one_of("kind", Kind),
            one_of("context", Context),
            one_of("source", Source),
            models.CheckConstraint(
                condition=Q(side="") | ~Q(site=""), name="episode_side_needs_site"
            ),
            models.CheckConstraint(
                condition=~Q(running=True) | Q(ended_at_written=""),
                name="episode_running_has_no_end",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "started_at", "uid"],
                name="episode_by_start",
                condition=Q(deleted_at__isnull=True),
            ),
            models.Index(
                fields=["person", "local_date"],
                name="episode_by_day",
                condition=Q(deleted_at__isnull=True),
            ),
            models.Index(
                fields=["person"],
                name="episode_running",
                condition=Q(running=True, deleted_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"episode {self.uid}"


class Day(models.Model):
    """One local calendar day: check-in, factors, and the totals of its episodes.

    The columns of the totals are written in the transaction that writes an episode and by
    nothing else (`diary.entries`).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="days")
    date = models.DateField()
    time_zone = text_column(limits.TIME_ZONE)
    closed_as = code_column()
    closed_at_written = written_column()
    summary = code_column()
    sites = models.JSONField(null=True, blank=True)
    caffeine_mg = models.PositiveIntegerField(null=True, blank=True)
    has_drinks = models.BooleanField(default=False)
    sleep_min = models.PositiveSmallIntegerField(null=True, blank=True)
    stress = models.PositiveSmallIntegerField(null=True, blank=True)
    exercise_min = models.PositiveSmallIntegerField(null=True, blank=True)
    exercise_regions = models.JSONField(null=True, blank=True)
    drinks_ml = models.PositiveIntegerField(null=True, blank=True)
    alcohol_drinks = models.PositiveSmallIntegerField(null=True, blank=True)
    nicotine = models.BooleanField(null=True, blank=True)
    supplements = models.JSONField(null=True, blank=True)
    own = models.JSONField(null=True, blank=True)
    note = note_column(limits.NOTE)
    version = models.PositiveIntegerField(default=1)
    # Whether the person entered anything; a day of episodes alone has totals only.
    entered = models.BooleanField(default=False)
    # The closing as "no twitches" that an episode took back; it stands again without any.
    closing_taken_back = models.JSONField(null=True, blank=True)

    total_episodes = models.PositiveIntegerField(default=0)
    total_twitches = models.PositiveIntegerField(default=0)
    total_seconds = models.FloatField(default=0)
    total_sites = models.JSONField(default=list, blank=True)
    total_written_known = models.PositiveIntegerField(default=0)
    total_written_in_time = models.PositiveIntegerField(default=0)

    objects = OwnedQuerySet["Day"].as_manager()

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["person", "date"], name="day_once_a_person"),
            between("date", limits.DATES),
            between("caffeine_mg", limits.CAFFEINE_MG),
            between("sleep_min", limits.SLEEP_MIN),
            between("stress", limits.STRESS),
            between("exercise_min", limits.EXERCISE_MIN),
            between("drinks_ml", limits.DRINKS_ML),
            between("alcohol_drinks", limits.ALCOHOL_DRINKS),
            one_of("closed_as", ClosedAs),
            one_of("summary", DaySummary),
            models.CheckConstraint(
                condition=~Q(closed_as="none") | Q(total_episodes=0),
                name="day_closed_as_none_has_no_episodes",
            ),
        ]

    def __str__(self) -> str:
        return f"day {self.date}"


class Intake(models.Model):
    """Servings of one drink on a day; `mg` is the caffeine of all of them together."""

    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="intakes")
    position = models.PositiveSmallIntegerField()
    drink = code_column()
    label = text_column(limits.LABEL)
    servings = models.FloatField(null=True, blank=True)
    mg = models.PositiveIntegerField(null=True, blank=True)
    at = models.CharField(max_length=5, blank=True, default="")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["day", "position"], name="intake_position_once_a_day"),
            one_of("drink", Drink),
            between("servings", limits.SERVINGS),
            between("mg", limits.CAFFEINE_MG),
        ]

    def __str__(self) -> str:
        return f"{self.drink} of day {self.day_id}"


class SymptomAnswer(models.Model):
    """One dated answer about one sign. Rows are only ever added; the latest one counts."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="symptom_answers")
    asked_on = models.DateField()
    symptom = models.CharField(max_length=limits.CODE)
    answer = code_column()
    current = models.BooleanField(null=True, blank=True)
    manner = code_column()
    side = code_column()
    since = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["SymptomAnswer"].as_manager()

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [
            between("asked_on", limits.DATES),
            between("since", limits.DATES),
            one_of("symptom", AssociatedSymptom),
            one_of("answer", Answer),
            one_of("manner", Manner),
            one_of("side", Side),
        ]
        indexes = [models.Index(fields=["person", "asked_on"], name="answer_by_day")]

    def __str__(self) -> str:
        return f"{self.symptom} asked on {self.asked_on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the answer; an answer once given is never rewritten."""
        if not self._state.adding:
            raise TypeError("A symptom answer is added, never changed; add a new one instead.")
        super().save(*args, **kwargs)


class Medicine(models.Model):
    """A medicine and the dates on which it was started, changed or stopped."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="medicines")
    name = models.CharField(max_length=limits.NAME)
    medicine_class = code_column()
    dose = text_column(limits.LABEL)
    started_on = models.DateField(null=True, blank=True)
    changed_on = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    suspected = models.BooleanField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet["Medicine"].as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("medicine_class", MedicineClass),
            between("started_on", limits.DATES),
            between("changed_on", limits.DATES),
            between("stopped_on", limits.DATES),
        ]

    def __str__(self) -> str:
        return f"medicine {self.pk}"


class Event(models.Model):
    """A date the person marked, such as a new job."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="events")
    date = models.DateField()
    label = models.CharField(max_length=limits.LABEL)
    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet["Event"].as_manager()

    class Meta:
        ordering = ["date", "id"]
        constraints = [between("date", limits.DATES)]

    def __str__(self) -> str:
        return f"event {self.date}"


class OwnFactor(models.Model):
    """A factor the person added; its values stand in `Day.own` under its code."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="own_factors")
    code = models.SlugField(max_length=limits.CODE)
    label = models.CharField(max_length=limits.LABEL)
    kind = code_column()
    unit = text_column(limits.UNIT)
    step = models.FloatField(null=True, blank=True)

    objects = OwnedQuerySet["OwnFactor"].as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "code"], name="own_factor_code_once"),
            one_of("kind", OwnFactorKind),
            between("step", limits.OWN_STEP),
        ]

    def __str__(self) -> str:
        return f"own factor {self.code}"


class Experiment(models.Model):
    """A planned self-trial of one factor: `plan` lists stretches with their arm."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="experiments")
    factor = text_column(limits.CODE)
    started_on = models.DateField(null=True, blank=True)
    plan = models.JSONField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)

    objects = OwnedQuerySet["Experiment"].as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [between("started_on", limits.DATES), between("stopped_on", limits.DATES)]

    def __str__(self) -> str:
        return f"experiment {self.pk}"


class Visit(models.Model):
    """An appointment, planned (no date yet, or a coming one) or past."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="visits")
    date = models.DateField(null=True, blank=True)
    clinician = text_column(limits.NAME)
    has_questions = models.BooleanField(default=False)
    notes = note_column(limits.VISIT_NOTES)
    tests = models.JSONField(null=True, blank=True)
    frozen = JsonAsWritten(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet["Visit"].as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [between("date", limits.DATES)]

    def __str__(self) -> str:
        return f"visit {self.pk}"


class VisitQuestion(models.Model):
    """One question for a visit, in the order in which it is to be asked."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=limits.QUESTION)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "position"], name="question_position_once"),
        ]

    def __str__(self) -> str:
        return f"question {self.position} of visit {self.visit_id}"


class DiaryImport(models.Model):
    """A diary file that was uploaded: looked at first, then applied, and undone if need be.

    `before` is the diary as it was when the file was applied, in the same format. What that
    format does not hold of a diary that waits in either place stands in `beside`.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="imports")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=limits.NAME)
    content = models.TextField()
    before = models.TextField(blank=True, default="")
    beside = JsonAsWritten(blank=True, default=dict)
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet["DiaryImport"].as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"import {self.pk}"
