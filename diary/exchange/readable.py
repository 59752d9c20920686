"""The diary as one page for people: opens from disk in any browser, now and in thirty years.

The page carries its own style, has no script and asks no address for anything. It leaves out what
only programs need: ids, zones, settings and summaries as they were printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from diary.exchange import shape
from diary.exchange.field_words import (
    LABELS,
    date_words,
    moment_words,
    value_words,
    yes_no,
)
from diary.exchange.structures import Shape
from diary.place_names import place_words
from diary.records import (
    DayRecord,
    DiaryRecord,
    DrinkRecord,
    EpisodeRecord,
    ExperimentRecord,
    PersonRecord,
    SymptomAnswerRecord,
    VisitRecord,
)
from diary.time_words import time_words
from diary.vocabulary import AssociatedSymptom, Drink

TEMPLATE = "diary/export.html"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what it is called, and what was recorded."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a heading, its facts, and entries that stand inside it."""

    heading: str
    facts: tuple[Fact, ...] = ()
    parts: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page."""

    title: str
    entries: tuple[Entry, ...]


def readable_page(diary: DiaryRecord) -> str:
    """The whole diary as HTML.

    Raises ValueError for a window of one, which would leave out the episodes before it.
    """
    if diary.episodes_from is not None:
        raise ValueError("The page holds every episode, and this is a window of them.")
    context = {
        "sections": [section for section in sections(diary) if section.entries],
        "exported": diary.exported_at and moment_words(diary.exported_at),
    }
    return render_to_string(TEMPLATE, context)


def sections(diary: DiaryRecord) -> Iterator[Section]:
    """The parts of the page in their order; some may be empty."""
    listed = shape.LISTS
    yield Section(_("About the person"), _about(diary.person))
    yield Section(
        _("Medicines"),
        tuple(
            Entry(medicine.name, facts(medicine, shape.MEDICINE))
            for medicine in listed["medicines"].ordered(diary.medicines)
        ),
    )
    yield Section(_("Visits"), tuple(map(_visit, listed["visits"].ordered(diary.visits))))
    yield Section(_("Answers about signs"), tuple(_answers(diary.symptom_answers)))
    yield Section(
        _("Marked dates"),
        tuple(
            Entry(date_words(event.date), facts(event, shape.EVENT))
            for event in listed["events"].ordered(diary.events)
        ),
    )
    yield Section(
        _("Own questions"),
        tuple(Entry(factor.label, facts(factor, shape.OWN_FACTOR)) for factor in diary.own_factors),
    )
    yield Section(_("Trials"), tuple(map(_trial, diary.experiments)))
    yield Section(_("Day by day"), tuple(_days(diary)))


def facts(record: Any, part: Shape) -> tuple[Fact, ...]:
    """What was recorded, one line a field, without what has no name for people."""
    labels = LABELS[part.title]
    return tuple(
        Fact(str(labels[column.name]), value_words(column, value))
        for column in part.fields
        if column.name in labels and (value := getattr(record, column.in_record)) is not None
    )


def _inside(records: Iterable[Any] | None, part: Shape) -> tuple[Entry, ...]:
    """Entries without a heading of their own."""
    return tuple(Entry("", facts(record, part)) for record in records or ())


def _about(person: PersonRecord) -> tuple[Entry, ...]:
    said = facts(person, shape.PERSON)
    onset = () if person.onset is None else facts(person.onset, shape.ONSET)
    parts = _inside(person.tests_done, shape.TEST) + _inside(person.own_drinks, shape.OWN_DRINK)
    return (Entry("", said + onset, parts),) if said or onset or parts else ()


def _visit(visit: VisitRecord) -> Entry:
    heading = _("Not dated") if visit.date is None else date_words(visit.date)
    return Entry(heading, facts(visit, shape.VISIT), _inside(visit.tests, shape.TEST))


def _answers(answers: Iterable[SymptomAnswerRecord]) -> Iterator[Entry]:
    """One entry for each day on which signs were asked about, a line for each sign."""
    ordered = shape.LISTS["symptom_answers"].ordered(answers)
    for day, asked in groupby(ordered, key=attrgetter("asked_on")):
        yield Entry(date_words(day), tuple(map(_sign, asked)))


def _sign(answer: SymptomAnswerRecord) -> Fact:
    said, *more = facts(answer, shape.SYMPTOM_ANSWER)
    details = [f"{fact.label}: {fact.text}" for fact in more]
    return Fact(str(AssociatedSymptom(answer.symptom).label), "\n".join([said.text, *details]))


def _trial(trial: ExperimentRecord) -> Entry:
    plan = _inside(trial.plan, shape.PLAN_STEP)
    return Entry(trial.factor or _("Not named"), facts(trial, shape.EXPERIMENT), plan)


def _days(diary: DiaryRecord) -> Iterator[Entry]:
    """Every day with its check-in and its episodes, oldest first."""
    called = {factor.code: factor.label for factor in diary.own_factors}
    by_day: dict[Any, list[EpisodeRecord]] = {}
    for episode in shape.LISTS["episodes"].ordered(diary.episodes):
        by_day.setdefault(episode.local_date, []).append(episode)
    for day in diary.days:
        drinks = tuple(map(_drink, day.drinks or ()))
        twitches = tuple(map(_episode, by_day.get(day.date, ())))
        said = facts(day, shape.DAY) + _own_facts(day, called)
        yield Entry(date_words(day.date), said, drinks + twitches)


def _own_facts(day: DayRecord, called: dict[str, str]) -> tuple[Fact, ...]:
    return tuple(
        Fact(called.get(code, code), yes_no(value) if isinstance(value, bool) else str(value))
        for code, value in sorted((day.own or {}).items())
    )


def _drink(drink: DrinkRecord) -> Entry:
    heading = _("Drink") if drink.drink is None else str(Drink(drink.drink).label)
    return Entry(heading, facts(drink, shape.DRINK))


def _episode(episode: EpisodeRecord) -> Entry:
    place = _("place not noted")
    if episode.site is not None:
        place = place_words(episode.site, episode.side)
    at = time_words(episode.started_at.local_minute, episode.precision)
    return Entry(f"{at}, {place}", facts(episode, shape.EPISODE))
