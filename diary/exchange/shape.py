"""The diary file, version 1: every object and field, in the order of the canonical export.

Reader, writer and JSON Schema all come from these declarations. Descriptions are for programmers
of other software, so they are not translated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from diary import limits
from diary.exchange.consistency import check_day, check_episode, check_person, check_place
from diary.exchange.faults import Faults
from diary.exchange.structures import (
    AnyObject,
    Field,
    ListOf,
    PlaceShape,
    Shape,
    ValuesByCode,
)
from diary.exchange.values import (
    Code,
    Constant,
    Day,
    Moment,
    Number,
    Patterned,
    Text,
    Uuid,
    Whole,
    YesNo,
    Zone,
)
from diary.records import (
    DayRecord,
    DiaryRecord,
    DrinkRecord,
    EpisodeRecord,
    EventRecord,
    ExperimentRecord,
    MedicineRecord,
    NamedQuestion,
    Onset,
    OwnDrink,
    OwnFactorRecord,
    PersonRecord,
    PlanStep,
    Settings,
    SymptomAnswerRecord,
    TestDone,
    VisitRecord,
)
from diary.vocabulary import (
    Answer,
    AssociatedSymptom,
    BodySite,
    ClosedAs,
    Condition,
    Context,
    CountClass,
    DaySummary,
    Drink,
    DurationClass,
    ExerciseRegion,
    Expectation,
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
    Supplement,
    Test,
)

FORMAT = "twitch-diary"
VERSION = 1

NAME = Text(limits.NAME)
LABEL = Text(limits.LABEL)
NOTE = Text(limits.NOTE, lines=True)
SLUG = Patterned(
    "[A-Za-z0-9_-]+", limits.CODE, "Use letters a to z, digits, hyphens and underscores, up to 64."
)
COUNTRY = Patterned("[A-Z]{2}", 2, "Write the ISO 3166 code of the country, for example GB.")
CLOCK = Patterned(
    "([01][0-9]|2[0-3]):[0-5][0-9]", 5, "Write the local time as HH:MM, for example 08:30."
)


def codes_of(kind: Code | Patterned) -> ListOf:
    """A list of codes, in the person's order."""
    return ListOf(kind, limits.CODES_LISTED)


def by_date(attribute: str) -> Callable[[Any], tuple[bool, date]]:
    """Sort key by a date of the record; entries without one come last."""

    def key(record: Any) -> tuple[bool, date]:
        day = getattr(record, attribute)
        return day is None, day or date.max

    return key


def by_start(episode: EpisodeRecord) -> tuple[Any, str]:
    """Sort key of episodes: the moment they began, then their id."""
    return episode.started_at.at, episode.id


def _onset(**said: Any) -> Onset | None:
    """The onset; one of which nothing is said is none, as in the database."""
    return Onset(**said) if said else None


ONSET = Shape(
    "onset",
    _onset,
    (
        Field("date", Day(), "First day of the twitching, as exactly as `precision` says"),
        Field("precision", Code(OnsetPrecision.codes()), "How exactly the date is known"),
        Field("manner", Code(Manner.codes()), "Whether it began suddenly or gradually"),
        Field("recalled", YesNo(), "Whether the date was recalled rather than logged"),
    ),
)

TEST = Shape(
    "test",
    TestDone,
    (
        Field("test", Code(Test.codes()), "Which test"),
        Field("date", Day(), "When it was done or ordered"),
        Field("result", Text(limits.RESULT, lines=True), "Result in the person's words"),
    ),
)
TESTS = ListOf(TEST, limits.TESTS_LISTED, order=by_date("date"))

OWN_DRINK = Shape(
    "own_drink",
    OwnDrink,
    (
        Field("label", LABEL, "What the person calls it"),
        Field("mg", Whole(limits.CAFFEINE_MG), "Caffeine of one serving in mg"),
    ),
)

QUESTION = Shape(
    "question",
    NamedQuestion,
    (
        Field("factor", SLUG, "Code of the factor, of the diary or own"),
        Field("expected", Code(Expectation.codes()), "What the person expects of it"),
        Field("asked_on", Day(), "When they named it, before seeing a result"),
    ),
)

SETTINGS = Shape(
    "settings",
    Settings,
    (
        Field("summary_mode", YesNo(), "Whether days are summed up in a word"),
        Field("paused", YesNo(), "Whether the diary rests"),
        Field("factors", codes_of(SLUG), "Codes of the factors shown in the check-in, in order"),
        Field("question", QUESTION, "The one factor named before seeing a result"),
    ),
)

PERSON = Shape(
    "person",
    PersonRecord,
    (
        Field("name", NAME, "Name as it is printed"),
        Field("birth_year", Whole(limits.BIRTH_YEAR), "Year of birth, not after the current year"),
        Field("sex", Code(Sex.codes()), "Sex"),
        Field("pregnant", YesNo(), "Whether pregnant"),
        Field("breastfeeding", YesNo(), "Whether breastfeeding"),
        Field("weight_kg", Number(limits.WEIGHT_KG), "Body weight in kg"),
        Field("country", COUNTRY, "ISO 3166-1 alpha-2 code, for the emergency number"),
        Field("time_zone", Zone(), "IANA name of the usual time zone"),
        Field("paper", Code(Paper.codes()), "Paper of the printed page"),
        Field("conditions", codes_of(Code(Condition.codes())), "Known conditions"),
        Field("family_conditions", codes_of(Code(Condition.codes())), "Conditions in the family"),
        Field("onset", ONSET, "When the twitching began"),
        Field("impact", Code(Impact.codes()), "How much it gets in the way"),
        Field("worry", Text(limits.WORRY, lines=True), "What worries the person most"),
        Field("tests_done", TESTS, "Tests already done"),
        Field("own_drinks", ListOf(OWN_DRINK, limits.OWN_DRINKS_LISTED), "Drinks of their own"),
        Field("settings", SETTINGS, "Preferences that travel with the diary"),
    ),
    check=check_person,
)

EPISODE = Shape(
    "episode",
    EpisodeRecord,
    (
        Field("id", Uuid(), "UUID made where the entry was made; unique", required=True),
        Field(
            "started_at",
            Moment(),
            "Start in ISO 8601 with offset; the episode belongs to the date written here",
            required=True,
        ),
        Field("time_zone", Zone(), "IANA name of the time zone at that moment"),
        Field("precision", Code(InstantPrecision.codes()), "How exactly the start is known"),
        Field("ended_at", Moment(), "End in ISO 8601 with offset, not before the start"),
        Field("running", YesNo(), "true while it goes on; then there is no end"),
        Field("duration_s", Whole(limits.DURATION_S), "Exact duration in whole seconds"),
        Field("duration_class", Code(DurationClass.codes()), "Duration in words"),
        Field("site", Code(BodySite.codes()), "Body site; a group stands for not sure which"),
        Field("side", Code(Side.codes()), "Side of the site; midline only where a site has one"),
        Field("count_class", Code(CountClass.codes()), "Number of twitches in words"),
        Field("twitch_count", Whole(limits.TWITCH_COUNT), "Exact number of twitches"),
        Field("per_minute", Number(limits.PER_MINUTE), "Twitches a minute, tapped along"),
        Field("intensity", Whole(limits.INTENSITY), "1 barely felt, 2 clear, 3 strong or visible"),
        Field("pain", Whole(limits.PAIN), "Pain, 0 none to 10"),
        Field("kind", Code(Kind.codes()), "What the movement is like"),
        Field("context", Code(Context.codes()), "What the person was doing"),
        Field("seen_by_others", YesNo(), "Whether others saw it"),
        Field("note", NOTE, "The person's words"),
        Field("recorded_at", Moment(), "When the entry was written, ISO 8601 with offset"),
        Field("written_by", NAME, "Who wrote it, if not the person"),
        Field("source", Code(Source.codes()), "How the entry came into the diary"),
    ),
    check=check_episode,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A body site with its side while it is read and written; records hold a pair."""

    site: str
    side: str | None = None


def _check_place(place: Place, path: str, faults: Faults) -> None:
    check_place(place.site, place.side, path, faults)


PLACE = Shape(
    "place",
    Place,
    (
        Field("site", Code(BodySite.codes()), "Body site", required=True),
        Field("side", Code(Side.codes()), "Side of the site; midline only where a site has one"),
    ),
    check=_check_place,
)

DRINK = Shape(
    "drink",
    DrinkRecord,
    (
        Field("drink", Code(Drink.codes()), "Which drink or food"),
        Field("label", LABEL, "Its name, for drinks of one's own"),
        Field("servings", Number(limits.SERVINGS), "Number of servings"),
        Field("mg", Whole(limits.CAFFEINE_MG), "Caffeine of all these servings in mg"),
        Field("at", CLOCK, "Local time HH:MM"),
    ),
)

DAY = Shape(
    "day",
    DayRecord,
    (
        Field("date", Day(), "Local date; one entry a date", required=True),
        Field("time_zone", Zone(), "IANA name of the time zone of the day"),
        Field("closed_as", Code(ClosedAs.codes()), "How the check-in closed the day"),
        Field("closed_at", Moment(), "When it was closed, ISO 8601 with offset; null: in time"),
        Field("summary", Code(DaySummary.codes()), "The day in a word, without single episodes"),
        Field(
            "sites",
            ListOf(PlaceShape(PLACE), limits.SITES_A_DAY),
            "Places of a constant or summed-up day",
        ),
        Field("caffeine_mg", Whole(limits.CAFFEINE_MG), "Caffeine of the day in mg"),
        Field(
            "drinks",
            ListOf(DRINK, limits.DRINKS_A_DAY),
            "What the caffeine came from; the amounts add up to `caffeine_mg`",
        ),
        Field("sleep_min", Whole(limits.SLEEP_MIN), "Minutes asleep in the night before"),
        Field("stress", Whole(limits.STRESS), "Stress of the whole day, 0 none to 10"),
        Field("exercise_min", Whole(limits.EXERCISE_MIN), "Minutes of exercise"),
        Field(
            "exercise_regions",
            codes_of(Code(ExerciseRegion.codes())),
            "Parts of the body it worked",
        ),
        Field("drinks_ml", Whole(limits.DRINKS_ML), "All drinks of the day in ml"),
        Field("alcohol_drinks", Whole(limits.ALCOHOL_DRINKS), "Number of alcoholic drinks"),
        Field("nicotine", YesNo(), "Whether there was any nicotine"),
        Field("supplements", codes_of(Code(Supplement.codes())), "Supplements taken"),
        Field(
            "own",
            ValuesByCode(SLUG, Number(limits.OWN_VALUE)),
            "Values of own factors by their codes: true or false, or a number",
        ),
        Field("note", NOTE, "The person's words"),
    ),
    check=check_day,
)

SYMPTOM_ANSWER = Shape(
    "symptom_answer",
    SymptomAnswerRecord,
    (
        Field("asked_on", Day(), "Date of the question", required=True),
        Field("symptom", Code(AssociatedSymptom.codes()), "Which sign", required=True),
        Field("answer", Code(Answer.codes()), "What the person answered", required=True),
        Field("current", YesNo(), "false: it was so and is over; null stands for true"),
        Field("manner", Code(Manner.codes()), "Whether it began suddenly or gradually"),
        Field("side", Code(Side.codes()), "Which side of the body"),
        Field("since", Day(), "First day of the sign"),
    ),
)

MEDICINE = Shape(
    "medicine",
    MedicineRecord,
    (
        Field("name", Text(limits.NAME, least=1), "Name of the medicine", required=True),
        Field("medicine_class", Code(MedicineClass.codes()), "Its class"),
        Field("dose", LABEL, "Dose in the person's words"),
        Field("started_on", Day(), "First day"),
        Field("changed_on", Day(), "Day of the last change"),
        Field("stopped_on", Day(), "Last day"),
        Field("suspected", YesNo(), "Whether the person suspects it"),
    ),
)

EVENT = Shape(
    "event",
    EventRecord,
    (
        Field("date", Day(), "The date marked", required=True),
        Field("label", Text(limits.LABEL, least=1), "What happened", required=True),
    ),
)

OWN_FACTOR = Shape(
    "own_factor",
    OwnFactorRecord,
    (
        Field("code", SLUG, "Code under which days hold its values; unique", required=True),
        Field("label", Text(limits.LABEL, least=1), "What the person calls it", required=True),
        Field("kind", Code(OwnFactorKind.codes()), "What its values are", required=True),
        Field("unit", Text(limits.UNIT), "Unit of its numbers"),
        Field("step", Number(limits.OWN_STEP), "The difference a ratio is stated for"),
    ),
)

PLAN_STEP = Shape(
    "plan_step",
    PlanStep,
    (
        Field("from", Day(), "First day of the stretch", attribute="from_"),
        Field("to", Day(), "Last day of the stretch"),
        Field("arm", LABEL, "What was planned for it"),
    ),
)

EXPERIMENT = Shape(
    "experiment",
    ExperimentRecord,
    (
        Field("factor", SLUG, "Code of the factor, of the diary or own"),
        Field("started_on", Day(), "First day"),
        Field(
            "plan",
            ListOf(PLAN_STEP, limits.PLAN_STEPS, order=by_date("from_")),
            "Stretches of days and what was planned for each",
        ),
        Field("stopped_on", Day(), "Day on which it was stopped"),
    ),
)

VISIT = Shape(
    "visit",
    VisitRecord,
    (
        Field("date", Day(), "Date of the appointment"),
        Field("clinician", NAME, "With whom"),
        Field(
            "questions",
            ListOf(Text(limits.QUESTION, least=1, lines=True), limits.QUESTIONS_A_VISIT),
            "What the person wants to ask, in order",
        ),
        Field("notes", Text(limits.VISIT_NOTES, lines=True), "Notes after the appointment"),
        Field("tests", TESTS, "Tests done or ordered there"),
        Field("frozen", AnyObject(), "The summary as it was printed"),
    ),
)

LISTS = {
    "episodes": ListOf(EPISODE, limits.EPISODES, order=by_start, unique="id"),
    "days": ListOf(DAY, limits.DAYS, order=by_date("date"), unique="date"),
    "symptom_answers": ListOf(SYMPTOM_ANSWER, limits.SYMPTOM_ANSWERS, order=by_date("asked_on")),
    "medicines": ListOf(MEDICINE, limits.MEDICINES, order=by_date("started_on")),
    "events": ListOf(EVENT, limits.EVENTS, order=by_date("date")),
    "own_factors": ListOf(OWN_FACTOR, limits.OWN_FACTORS, order=attrgetter("code"), unique="code"),
    "experiments": ListOf(EXPERIMENT, limits.EXPERIMENTS, order=by_date("started_on")),
    "visits": ListOf(VISIT, limits.VISITS, order=by_date("date")),
}
DIARY = Shape(
    "diary",
    DiaryRecord,
    (
        Field(
            "format",
            Constant(FORMAT, 'Choose a diary file: its format is "twitch-diary".'),
            "What the file is",
            required=True,
        ),
        Field(
            "version",
            Constant(VERSION, "Update the program: it reads version 1 of the format."),
            "Version of the format",
            required=True,
        ),
        Field("exported_at", Moment(), "When the file was written, ISO 8601 with offset"),
        Field("person", PERSON, "Who keeps the diary, as far as they chose to say"),
        Field("episodes", LISTS["episodes"], "Twitches and bouts of them, oldest first"),
        Field("days", LISTS["days"], "Check-ins and factors, oldest first"),
        Field(
            "symptom_answers",
            LISTS["symptom_answers"],
            "Answers about signs, oldest first; of two on one date the later entry counts",
        ),
        Field("medicines", LISTS["medicines"], "Medicines, by the day they were started"),
        Field("events", LISTS["events"], "Dates the person marked"),
        Field("own_factors", LISTS["own_factors"], "Factors the person added"),
        Field("experiments", LISTS["experiments"], "Planned self-trials"),
        Field("visits", LISTS["visits"], "Appointments"),
    ),
)
SHAPES = (
    PERSON,
    ONSET,
    TEST,
    OWN_DRINK,
    SETTINGS,
    QUESTION,
    EPISODE,
    DAY,
    PLACE,
    DRINK,
    SYMPTOM_ANSWER,
    MEDICINE,
    EVENT,
    OWN_FACTOR,
    EXPERIMENT,
    PLAN_STEP,
    VISIT,
)
