"""What the fields of the diary file are called, and their values in words, for people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diary.exchange.structures import Field, ListOf, PlaceShape
from diary.exchange.values import Code, Day, Moment, Text, YesNo
from diary.place_names import place_words
from diary.records import Instant
from diary.vocabulary import INTENSITY_LABELS, AssociatedSymptom, BodySite, Choice

LABELS: dict[str, dict[str, Any]] = {
    "person": {
        "name": gettext_lazy("Name"),
        "birth_year": gettext_lazy("Born"),
        "sex": gettext_lazy("Sex"),
        "pregnant": gettext_lazy("Pregnant"),
        "breastfeeding": gettext_lazy("Breastfeeding"),
        "weight_kg": gettext_lazy("Weight"),
        "country": gettext_lazy("Country"),
        "conditions": gettext_lazy("Known conditions"),
        "family_conditions": gettext_lazy("In the family"),
        "impact": gettext_lazy("Gets in the way"),
        "worry": gettext_lazy("Worries most"),
    },
    "onset": {
        "date": gettext_lazy("Began"),
        "precision": gettext_lazy("Known to"),
        "manner": gettext_lazy("Began how"),
        "recalled": gettext_lazy("Date recalled from memory"),
    },
    "test": {
        "test": gettext_lazy("Test"),
        "date": gettext_lazy("Date"),
        "result": gettext_lazy("Result"),
    },
    "own_drink": {"label": gettext_lazy("Own drink"), "mg": gettext_lazy("Caffeine of a serving")},
    "episode": {
        "precision": gettext_lazy("Time known"),
        "ended_at": gettext_lazy("Ended"),
        "running": gettext_lazy("Still going on"),
        "duration_s": gettext_lazy("Length"),
        "duration_class": gettext_lazy("About how long"),
        "count_class": gettext_lazy("Twitches, about"),
        "twitch_count": gettext_lazy("Twitches"),
        "per_minute": gettext_lazy("Twitches a minute"),
        "intensity": gettext_lazy("How strong"),
        "pain": gettext_lazy("Pain, 0 to 10"),
        "kind": gettext_lazy("Movement"),
        "context": gettext_lazy("When"),
        "seen_by_others": gettext_lazy("Seen by others"),
        "note": gettext_lazy("Note"),
        "recorded_at": gettext_lazy("Written on"),
        "written_by": gettext_lazy("Written by"),
        "source": gettext_lazy("How written"),
    },
    "day": {
        "closed_as": gettext_lazy("Check-in"),
        "closed_at": gettext_lazy("Checked in on"),
        "summary": gettext_lazy("The day in a word"),
        "sites": gettext_lazy("Places"),
        "caffeine_mg": gettext_lazy("Caffeine"),
        "sleep_min": gettext_lazy("Sleep"),
        "stress": gettext_lazy("Stress, 0 to 10"),
        "exercise_min": gettext_lazy("Exercise"),
        "exercise_regions": gettext_lazy("Exercised"),
        "drinks_ml": gettext_lazy("All drinks"),
        "alcohol_drinks": gettext_lazy("Alcoholic drinks"),
        "nicotine": gettext_lazy("Nicotine"),
        "supplements": gettext_lazy("Supplements"),
        "note": gettext_lazy("Note"),
    },
    "drink": {
        "label": gettext_lazy("Called"),
        "servings": gettext_lazy("Servings"),
        "mg": gettext_lazy("Caffeine"),
        "at": gettext_lazy("Time"),
    },
    "symptom_answer": {
        "answer": gettext_lazy("Answer"),
        "current": gettext_lazy("Still so"),
        "manner": gettext_lazy("Began how"),
        "side": gettext_lazy("Side"),
        "since": gettext_lazy("Since"),
    },
    "medicine": {
        "medicine_class": gettext_lazy("What it is"),
        "dose": gettext_lazy("Dose"),
        "started_on": gettext_lazy("Started"),
        "changed_on": gettext_lazy("Changed"),
        "stopped_on": gettext_lazy("Stopped"),
        "suspected": gettext_lazy("Suspected"),
    },
    "event": {"label": gettext_lazy("What happened")},
    "own_factor": {
        "kind": gettext_lazy("Answered with"),
        "unit": gettext_lazy("Unit"),
        "step": gettext_lazy("Compared in steps of"),
    },
    "experiment": {
        "started_on": gettext_lazy("Started"),
        "stopped_on": gettext_lazy("Stopped"),
    },
    "plan_step": {
        "from": gettext_lazy("From"),
        "to": gettext_lazy("To"),
        "arm": gettext_lazy("Planned"),
    },
    "visit": {
        "clinician": gettext_lazy("With"),
        "questions": gettext_lazy("Questions"),
        "notes": gettext_lazy("Notes"),
    },
}
"""What each field is called, by object. What only programs need is not among them."""

_UNITS = {"weight_kg": "kg", "mg": "mg", "caffeine_mg": "mg", "drinks_ml": "ml"}
_SECONDS_OF_UNIT = {"duration_s": 1, "sleep_min": 60, "exercise_min": 60}
_CHOICES: tuple[type[Choice] | type[BodySite] | type[AssociatedSymptom], ...] = (
    *Choice.__subclasses__(),
    BodySite,
    AssociatedSymptom,
)
_WORDS_OF_CODES = {
    choices.codes(): {member.value: member.label for member in choices} for choices in _CHOICES
}
"""Words of each list of codes; no two lists of the vocabulary hold the same codes."""


def value_words(column: Field, value: Any) -> str:
    """A recorded value in words, with its unit."""
    if column.name in _SECONDS_OF_UNIT:
        return length_words(value * _SECONDS_OF_UNIT[column.name])
    if column.name == "intensity":
        return str(INTENSITY_LABELS[value])
    if isinstance(column.kind, ListOf):
        return _list_words(column.kind, value)
    said = _one_value(column.kind, value)
    return f"{said} {_UNITS[column.name]}" if column.name in _UNITS else said


def _list_words(kind: ListOf, values: Any) -> str:
    """Several values; an empty list was recorded too, and says none."""
    if isinstance(kind.kind, PlaceShape):
        said = [place_words(*place) for place in values]
    else:
        said = [_one_value(kind.kind, value) for value in values]
    between = "\n" if isinstance(kind.kind, Text) else ", "
    return between.join(said) or _("none")


def _one_value(kind: Any, value: Any) -> str:
    if isinstance(kind, Code):
        return code_words(kind, value)
    if isinstance(kind, YesNo):
        return yes_no(value)
    if isinstance(kind, Day):
        return date_words(value)
    return moment_words(value) if isinstance(kind, Moment) else str(value)


def code_words(kind: Code, code: str) -> str:
    """What a code is called."""
    return str(_WORDS_OF_CODES[tuple(kind.codes)][code])


def yes_no(value: bool) -> str:
    """true and false."""
    return _("Yes") if value else _("No")


def date_words(day: date) -> str:
    """A date with its weekday."""
    return date_format(day, "l j F Y")


def moment_words(moment: Instant) -> str:
    """Date and clock time as they were written."""
    return f"{date_format(moment.local_date, 'j F Y')}, {clock_words(moment)}"


def clock_words(moment: Instant) -> str:
    """The clock time as it was written."""
    return moment.text[11:16]


def length_words(seconds: float) -> str:
    """A length to the second: "2 h 5 min", "40 s"."""
    minutes, left = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    parts = (
        (hours, _("%(count)s h")),
        (minutes, _("%(count)s min")),
        (int(left) if left == int(left) else left, _("%(count)s s")),
    )
    said = [words % {"count": count} for count, words in parts if count]
    return " ".join(said) or _("%(count)s s") % {"count": 0}
