"""Rows <-> records: what the database holds, in the shape of `diary.records` and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from datetime import UTC, date
from functools import lru_cache
from typing import Any
from uuid import UUID

from diary.memory import forget_in_time, is_forgotten_by
from diary.models import (
    Event,
    Experiment,
    Medicine,
    OwnFactor,
    Person,
    SymptomAnswer,
    Visit,
)
from diary.records import (
    DayRecord,
    DayTotals,
    DrinkRecord,
    EpisodeRecord,
    EventRecord,
    ExperimentRecord,
    Instant,
    MedicineRecord,
    NamedQuestion,
    Onset,
    OwnDrink,
    OwnFactorRecord,
    PersonRecord,
    Place,
    PlanStep,
    Settings,
    SymptomAnswerRecord,
    TestDone,
    VisitRecord,
)

EPISODE_COLUMNS = (
    "uid",
    "started_at_written",
    "time_zone",
    "precision",
    "ended_at_written",
    "running",
    "duration_s",
    "duration_class",
    "site",
    "side",
    "count_class",
    "twitch_count",
    "per_minute",
    "intensity",
    "pain",
    "kind",
    "context",
    "seen_by_others",
    "note",
    "recorded_at_written",
    "written_by",
    "source",
)
DRINK_COLUMNS = ("drink", "label", "servings", "mg", "at")
TOTALS_COLUMNS = (
    "total_episodes",
    "total_twitches",
    "total_seconds",
    "total_sites",
    "total_written_known",
    "total_written_in_time",
)
DAY_COLUMNS = (
    "id",
    "date",
    "time_zone",
    "closed_as",
    "closed_at_written",
    "summary",
    "sites",
    "caffeine_mg",
    "has_drinks",
    "sleep_min",
    "stress",
    "exercise_min",
    "exercise_regions",
    "drinks_ml",
    "alcohol_drinks",
    "nicotine",
    "supplements",
    "own",
    "note",
    *TOTALS_COLUMNS,
)
DAY_TEXTS: dict[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    **dict.fromkeys(("sites", "exercise_regions", "supplements", "own", "total_sites"), json.loads),
}
"""Those of `DAY_COLUMNS` that can be read from a text, and how."""
DAY_FLAGS = frozenset({"has_drinks", "nicotine"})
"""Those of `DAY_COLUMNS` that say yes or no."""


def _instant(written: str) -> Instant | None:
    return Instant(written) if written else None


def _tuple(values: list[Any] | None) -> tuple[Any, ...] | None:
    return None if values is None else tuple(values)


def _whole(number: float | None) -> float | None:
    """The number without a needless fraction, so that 7.0 is written as 7."""
    return int(number) if number is not None and float(number).is_integer() else number


def _places(pairs: list[list[str | None]] | None) -> tuple[Place, ...] | None:
    return None if pairs is None else tuple((str(site), side) for site, side in pairs)


def episode_record(row: tuple[Any, ...]) -> EpisodeRecord:
    """An episode from the values of `EPISODE_COLUMNS`, in their order; its id also as text."""
    (uid, started, zone, precision, ended, running, duration_s, duration_class, *rest) = row
    (site, side, count_class, twitch_count, per_minute, intensity, pain, *rest) = rest
    (kind, context, seen, note, recorded, written_by, source) = rest
    return EpisodeRecord(  # by place: a hundred thousand of them are made at once
        _uuid_text(uid) if isinstance(uid, str) else str(uid),
        Instant(started),
        zone or None,
        precision or None,
        Instant(ended) if ended else None,
        running,
        duration_s,
        duration_class or None,
        site or None,
        side or None,
        count_class or None,
        twitch_count,
        _whole(per_minute),
        intensity,
        pain,
        kind or None,
        context or None,
        seen,
        note or None,
        Instant(recorded) if recorded else None,
        written_by or None,
        source or None,
    )


def _uuid_text(text: str) -> str:
    """The id as it is written; SQLite keeps the digits alone."""
    if len(text) != 32:
        return text
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


_EPISODE_TEXTS = (
    "time_zone",
    "precision",
    "duration_class",
    "site",
    "side",
    "count_class",
    "kind",
    "context",
    "note",
    "written_by",
    "source",
)


def episode_columns(record: EpisodeRecord) -> dict[str, Any]:
    """Column values of an episode, without its person."""
    started = record.started_at
    copied = {name: getattr(record, name) or "" for name in _EPISODE_TEXTS}
    return copied | {
        "uid": UUID(record.id),
        "started_at": started.at.astimezone(UTC),
        "started_at_written": started.text,
        "local_date": started.local_date,
        "local_minute": started.local_minute,
        "ended_at_written": record.ended_at.text if record.ended_at else "",
        "running": record.running,
        "duration_s": record.duration_s,
        "twitch_count": record.twitch_count,
        "per_minute": record.per_minute,
        "intensity": record.intensity,
        "pain": record.pain,
        "seen_by_others": record.seen_by_others,
        "recorded_at_written": record.recorded_at.text if record.recorded_at else "",
    }


def digest(record: EpisodeRecord) -> str:
    """A fingerprint of what was sent, to tell a replay from a different body under one id."""
    said = [
        (field.name, getattr(record, field.name))
        for field in fields(record)
        if field.name != "recorded_at"
    ]
    return digest_of(repr(said))


def digest_of(said: str) -> str:
    """A fingerprint of words, in the length of its column."""
    return hashlib.sha256(said.encode()).hexdigest()


def mark_of(shown: TestDone | str) -> str:
    """By what a page names a line of a list: its position may be another one's by then."""
    return digest_of(repr(shown))[:16]


def day_record(row: tuple[Any, ...], drinks: Iterable[DrinkRecord] = ()) -> DayRecord:
    """A day from the values of `DAY_COLUMNS`, in their order, and its drinks."""
    (_pk, day, zone, closed_as, closed_at, summary, sites, caffeine_mg, has_drinks, *rest) = row
    (sleep_min, stress, exercise_min, regions, drinks_ml, alcohol, nicotine, *rest) = rest
    (supplements, own, note, *totals) = rest
    return DayRecord(  # by place: ten years of days are made at once
        day,
        zone or None,
        closed_as or None,
        _instant(closed_at),
        summary or None,
        _places(sites),
        caffeine_mg,
        tuple(drinks) if has_drinks else None,
        sleep_min,
        stress,
        exercise_min,
        _tuple(regions),
        drinks_ml,
        alcohol,
        nicotine,
        _tuple(supplements),
        own,
        note or None,
        totals_record(totals),
    )


@lru_cache(maxsize=8192)
def day_of_texts(row: tuple[Any, ...], drinks: tuple[DrinkRecord, ...]) -> DayRecord:
    """A day as `day_record` makes it, of values that are texts (`DAY_TEXTS`) and 0 or 1.

    Remembered while the row is the same, and for a few minutes (`diary.memory`): days long past
    are read for every page and hardly ever change. Erasing a diary forgets them.
    """
    forget_in_time()
    values = dict(zip(DAY_COLUMNS, row, strict=True))
    for name, read in DAY_TEXTS.items():
        values[name] = None if values[name] is None else read(values[name])
    for name in DAY_FLAGS:
        values[name] = None if values[name] is None else bool(values[name])
    return day_record(tuple(values.values()), drinks)


is_forgotten_by(day_of_texts.cache_clear)


def totals_record(row: list[Any]) -> DayTotals:
    """Totals of a day from the values of its `total_` columns."""
    episodes, twitches, seconds, sites, written_known, written_in_time = row
    counted = tuple([((site, side), count) for site, side, count in sites])
    whole = _whole(seconds) or 0
    return DayTotals(episodes, twitches, whole, counted, written_known, written_in_time)


def totals_columns(totals: DayTotals) -> dict[str, Any]:
    """Column values of a day's totals."""
    return {
        "total_episodes": totals.episodes,
        "total_twitches": totals.twitches,
        "total_seconds": totals.seconds,
        "total_sites": [[site, side, count] for (site, side), count in totals.sites],
        "total_written_known": totals.written_known,
        "total_written_in_time": totals.written_in_time,
    }


def day_columns(record: DayRecord) -> dict[str, Any]:
    """Column values of a day with its totals, without its person and its drinks."""
    listed = ("exercise_regions", "supplements")
    plain = ("caffeine_mg", "sleep_min", "stress", "exercise_min", "drinks_ml", "alcohol_drinks")
    texts = ("time_zone", "closed_as", "summary", "note")
    return {
        "date": record.date,
        **{name: getattr(record, name) for name in (*plain, "nicotine")},
        **{name: getattr(record, name) or "" for name in texts},
        **{name: _list(getattr(record, name)) for name in listed},
        "closed_at_written": record.closed_at.text if record.closed_at else "",
        "sites": None if record.sites is None else [list(place) for place in record.sites],
        "has_drinks": record.drinks is not None,
        "own": None if record.own is None else dict(record.own),
        "entered": record.entered,
        **totals_columns(record.totals),
    }


def _list(values: tuple[Any, ...] | None) -> list[Any] | None:
    return None if values is None else list(values)


def drink_record(row: tuple[Any, ...]) -> DrinkRecord:
    """One drink of a day from the values of `DRINK_COLUMNS`, in their order."""
    drink, label, servings, mg, at = row
    return DrinkRecord(drink or None, label or None, _whole(servings), mg, at or None)


def intake_columns(record: DrinkRecord) -> dict[str, Any]:
    """Column values of one drink, without its day and position."""
    return {
        "drink": record.drink or "",
        "label": record.label or "",
        "servings": record.servings,
        "mg": record.mg,
        "at": record.at or "",
    }


def person_record(person: Person) -> PersonRecord:
    """The person as recorded, without account and program state."""
    return PersonRecord(
        name=person.name or None,
        birth_year=person.birth_year,
        sex=person.sex or None,
        pregnant=person.pregnant,
        breastfeeding=person.breastfeeding,
        weight_kg=_whole(person.weight_kg),
        country=person.country or None,
        time_zone=person.time_zone or None,
        paper=person.paper or None,
        conditions=_tuple(person.conditions),
        family_conditions=_tuple(person.family_conditions),
        onset=_onset(person),
        impact=person.impact or None,
        worry=person.worry or None,
        tests_done=_tests(person.tests_done),
        own_drinks=_own_drinks(person.own_drinks),
        settings=_settings(person.settings),
    )


def person_columns(record: PersonRecord) -> dict[str, Any]:
    """Column values of what a person recorded about themselves."""
    onset = record.onset or Onset()
    plain = ("birth_year", "pregnant", "breastfeeding", "weight_kg")
    texts = ("name", "sex", "country", "time_zone", "paper", "impact", "worry")
    return {
        **{name: getattr(record, name) for name in plain},
        **{name: getattr(record, name) or "" for name in texts},
        "conditions": _list(record.conditions),
        "family_conditions": _list(record.family_conditions),
        "onset_date": onset.date,
        "onset_precision": onset.precision or "",
        "onset_manner": onset.manner or "",
        "onset_recalled": onset.recalled,
        "tests_done": _objects(record.tests_done),
        "own_drinks": _objects(record.own_drinks),
        "settings": None if record.settings is None else _object(record.settings),
    }


def _onset(person: Person) -> Onset | None:
    onset = Onset(
        date=person.onset_date,
        precision=person.onset_precision or None,
        manner=person.onset_manner or None,
        recalled=person.onset_recalled,
    )
    return None if onset == Onset() else onset


def _object(record: Any) -> dict[str, Any]:
    """A small record as JSON: dates as text, what is not recorded left out."""

    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items() if item is not None}
        return [plain(item) for item in value] if isinstance(value, list | tuple) else value

    found: dict[str, Any] = plain(asdict(record))
    return found


def _objects(records: Iterable[Any] | None) -> list[dict[str, Any]] | None:
    return None if records is None else [_object(record) for record in records]


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _tests(rows: list[dict[str, Any]] | None) -> tuple[TestDone, ...] | None:
    if rows is None:
        return None
    tests = (TestDone(row.get("test"), _date(row.get("date")), row.get("result")) for row in rows)
    return tuple(sorted(tests, key=lambda test: test.date or date.max))


def _own_drinks(rows: list[dict[str, Any]] | None) -> tuple[OwnDrink, ...] | None:
    return None if rows is None else tuple(OwnDrink(**row) for row in rows)


def _settings(row: dict[str, Any] | None) -> Settings | None:
    if row is None:
        return None
    question = row.get("question")
    return Settings(
        summary_mode=row.get("summary_mode"),
        paused=row.get("paused"),
        factors=_tuple(row.get("factors")),
        question=None
        if question is None
        else NamedQuestion(
            question.get("factor"), question.get("expected"), _date(question.get("asked_on"))
        ),
    )


def symptom_answer_record(row: SymptomAnswer) -> SymptomAnswerRecord:
    """One answer about one sign."""
    return SymptomAnswerRecord(
        asked_on=row.asked_on,
        symptom=row.symptom,
        answer=row.answer,
        current=row.current,
        manner=row.manner or None,
        side=row.side or None,
        since=row.since,
    )


def medicine_record(row: Medicine) -> MedicineRecord:
    """One medicine."""
    return MedicineRecord(
        name=row.name,
        medicine_class=row.medicine_class or None,
        dose=row.dose or None,
        started_on=row.started_on,
        changed_on=row.changed_on,
        stopped_on=row.stopped_on,
        suspected=row.suspected,
    )


def event_record(row: Event) -> EventRecord:
    """One marked date."""
    return EventRecord(date=row.date, label=row.label)


def own_factor_record(row: OwnFactor) -> OwnFactorRecord:
    """One factor of the person's own."""
    return OwnFactorRecord(
        code=row.code,
        label=row.label,
        kind=row.kind,
        unit=row.unit or None,
        step=_whole(row.step),
    )


def experiment_record(row: Experiment) -> ExperimentRecord:
    """One planned self-trial."""
    plan = row.plan
    return ExperimentRecord(
        factor=row.factor or None,
        started_on=row.started_on,
        plan=None if plan is None else _plan(plan),
        stopped_on=row.stopped_on,
    )


def _plan(rows: list[dict[str, Any]]) -> tuple[PlanStep, ...]:
    steps = (PlanStep(_date(row.get("from")), _date(row.get("to")), row.get("arm")) for row in rows)
    return tuple(sorted(steps, key=lambda step: step.from_ or date.max))


def visit_record(row: Visit) -> VisitRecord:
    """One visit with its questions in order."""
    return VisitRecord(
        date=row.date,
        clinician=row.clinician or None,
        questions=tuple(question.text for question in row.questions.all())
        if row.has_questions
        else None,
        notes=row.notes or None,
        tests=_tests(row.tests),
        frozen=row.frozen,
    )


_EMPTY_TEXT = frozenset(
    {"dose", "medicine_class", "manner", "side", "unit", "factor", "clinician", "notes"}
)


def columns_of(record: object) -> dict[str, Any]:
    """Column values of a flat record whose fields are columns; empty text is not recorded."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}  # type: ignore[arg-type]
    return {
        name: "" if value is None and name in _EMPTY_TEXT else value
        for name, value in values.items()
    }


def experiment_columns(record: ExperimentRecord) -> dict[str, Any]:
    """Column values of a planned self-trial, without its person."""
    steps = _objects(record.plan)
    for step in steps or ():
        if "from_" in step:
            step["from"] = step.pop("from_")
    return columns_of(record) | {"plan": steps}


def visit_columns(record: VisitRecord) -> dict[str, Any]:
    """Column values of a visit, without its person and its questions."""
    values = columns_of(record)
    questions = values.pop("questions")
    return values | {
        "has_questions": questions is not None,
        "tests": _objects(record.tests),
        "frozen": None if record.frozen is None else dict(record.frozen),
    }
