"""Hypothesis strategies for valid diaries of every feature, as records.

Each record is what reading its own file would give: text in NFC, lists in canonical order, days
with the totals of their episodes. Everything stays within `diary.limits`. Parts can be drawn by
themselves (`episodes()`, `days()`, `people()`); `diaries()` draws whole ones that agree.

Strategies are cached: making them anew for every draw would cost more than drawing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from diary import limits
from diary.limits import Bounds
from diary.records import (
    NO_EPISODES,
    DayRecord,
    DiaryRecord,
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
    totals_by_day,
)
from diary.vocabulary import (
    Answer,
    AssociatedSymptom,
    BodySite,
    Choice,
    ClosedAs,
    Condition,
    Context,
    CountClass,
    DaySummary,
    Drink,
    DurationClass,
    ExerciseRegion,
    Expectation,
    Factor,
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

QUARTER = (date(2026, 1, 1), date(2026, 3, 31))
"""Default stretch of dates: close together, so that episodes and days meet on one date."""

OFFSETS = ("Z", "+00:00", "+01:00", "-05:00", "+05:45", "+13:45", "-0330", "+02")
ZONES = ("Europe/Rome", "America/New_York", "Asia/Kathmandu", "Pacific/Chatham", "UTC")
HOSTILE_TEXTS = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}{% now %}",
    "=HYPERLINK(1)",
    "+1 -1 @a",
    "'; DROP TABLE diary_episode; --",
    '"quoted" \\ back/slash',
    "\u202eright to left\u202c",
    "\u200bzero width\ufeff",
    "line\u2028separator\u2029s",
    "👩‍👩‍👧‍👦 ❤️ 𝒳",
    "Z̷a̵l̶g̸o̴ ạ̧́",
    "مرحبا שלום",
    "null",
    "0",
    " spaces around ",
)


@cache
def texts(most: int, *, lines: bool = False) -> SearchStrategy[str]:
    """Non-empty text in NFC without control characters; `lines` may hold breaks and tabs."""
    drawn = st.text(
        st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n\t" if lines else ""),
        min_size=1,
        max_size=min(most, 20),
    )
    longest = st.just("ä" * most)
    return drawn.map(in_nfc) | st.sampled_from(HOSTILE_TEXTS).map(in_nfc) | longest


def in_nfc(text: str) -> str:
    """The text in the normal form that diaries keep."""
    return unicodedata.normalize("NFC", text)


@cache
def codes(choices: type[Choice] | type[BodySite] | type[AssociatedSymptom]) -> SearchStrategy[str]:
    """A code of the vocabulary."""
    return st.sampled_from(choices.codes())


@cache
def maybe(strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """A value, or None: not recorded."""
    return st.none() | strategy


@cache
def lists(strategy: SearchStrategy[Any], most: int = 3) -> SearchStrategy[tuple[Any, ...]]:
    """A short list as a tuple; an empty one is not the same as none."""
    return st.lists(strategy, max_size=most).map(tuple)


@cache
def whole(bounds: Bounds[int]) -> SearchStrategy[int]:
    """A whole number within bounds, the bounds themselves among them."""
    return st.integers(bounds.low, bounds.high)


@cache
def numbers(bounds: Bounds[int]) -> SearchStrategy[float]:
    """A number within bounds, whole or not."""
    return whole(bounds) | st.floats(bounds.low, bounds.high, allow_nan=False)


@cache
def slugs() -> SearchStrategy[str]:
    """A code that a person's own factor may have."""
    return st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True)


@cache
def dates(first: date = limits.DATES.low, last: date = limits.DATES.high) -> SearchStrategy[date]:
    """A date of the diary."""
    return st.dates(first, last)


@cache
@st.composite
def instants(draw: DrawFn, first: date = QUARTER[0], last: date = QUARTER[1]) -> Instant:
    """A moment in any of the ways it may be written."""
    day, offset = draw(dates(first, last)), draw(st.sampled_from(OFFSETS))
    clock = draw(st.times())
    written = draw(st.sampled_from(("minutes", "seconds", "milliseconds")))
    return Instant(f"{day}T{clock.isoformat(timespec=written)}{offset}")


@cache
@st.composite
def places(draw: DrawFn) -> Place:
    """A site with a side it takes, or with none recorded."""
    site = draw(st.sampled_from(list(BodySite)))
    return site.value, draw(st.sampled_from([None, *(side.value for side in site.sides)]))


@cache
def tests_done() -> SearchStrategy[tuple[TestDone, ...]]:
    """Tests, those without a date last."""
    test = st.builds(
        TestDone,
        test=maybe(codes(Test)),
        date=maybe(dates()),
        result=maybe(texts(limits.RESULT, lines=True)),
    )
    return lists(test).map(lambda tests: by(tests, "date"))


@cache
def settings_records() -> SearchStrategy[Settings]:
    """Preferences that travel with the diary."""
    question = st.builds(
        NamedQuestion,
        factor=maybe(codes(Factor)),
        expected=maybe(codes(Expectation)),
        asked_on=maybe(dates()),
    )
    return st.builds(
        Settings,
        summary_mode=maybe(st.booleans()),
        paused=maybe(st.booleans()),
        factors=maybe(lists(codes(Factor) | slugs())),
        question=maybe(question),
    )


@cache
def people() -> SearchStrategy[PersonRecord]:
    """Who keeps a diary."""
    onset = st.builds(
        Onset,
        date=maybe(dates()),
        precision=maybe(codes(OnsetPrecision)),
        manner=maybe(codes(Manner)),
        recalled=maybe(st.booleans()),
    )
    own_drink = st.builds(
        OwnDrink, label=maybe(texts(limits.LABEL)), mg=maybe(whole(limits.CAFFEINE_MG))
    )
    return st.builds(
        PersonRecord,
        name=maybe(texts(limits.NAME)),
        birth_year=maybe(st.integers(limits.BIRTH_YEAR.low, 2020)),
        sex=maybe(codes(Sex)),
        pregnant=maybe(st.booleans()),
        breastfeeding=maybe(st.booleans()),
        weight_kg=maybe(numbers(limits.WEIGHT_KG)),
        country=maybe(st.sampled_from(("GB", "IT", "US", "IN", "ZZ"))),
        time_zone=maybe(st.sampled_from(ZONES)),
        paper=maybe(codes(Paper)),
        conditions=maybe(lists(codes(Condition))),
        family_conditions=maybe(lists(codes(Condition))),
        onset=maybe(onset).map(lambda said: None if said == Onset() else said),
        impact=maybe(codes(Impact)),
        worry=maybe(texts(limits.WORRY, lines=True)),
        tests_done=maybe(tests_done()),
        own_drinks=maybe(lists(own_drink)),
        settings=maybe(settings_records()),
    )


@cache
@st.composite
def episodes(draw: DrawFn, first: date = QUARTER[0], last: date = QUARTER[1]) -> EpisodeRecord:
    """One twitch or bout that began between two dates."""
    started_at = draw(instants(first, last))
    ended_at = draw(st.none() | ends(started_at))
    site, side = draw(places() | st.just((None, None)))
    return EpisodeRecord(
        id=str(draw(st.uuids())),
        started_at=started_at,
        time_zone=draw(maybe(st.sampled_from(ZONES))),
        precision=draw(maybe(codes(InstantPrecision))),
        ended_at=ended_at,
        running=draw(maybe(st.booleans() if ended_at is None else st.just(False))),
        duration_s=draw(maybe(whole(limits.DURATION_S))),
        duration_class=draw(maybe(codes(DurationClass))),
        site=site,
        side=side,
        count_class=draw(maybe(codes(CountClass))),
        twitch_count=draw(maybe(whole(limits.TWITCH_COUNT))),
        per_minute=draw(maybe(numbers(limits.PER_MINUTE))),
        intensity=draw(maybe(whole(limits.INTENSITY))),
        pain=draw(maybe(whole(limits.PAIN))),
        kind=draw(maybe(codes(Kind))),
        context=draw(maybe(codes(Context))),
        seen_by_others=draw(maybe(st.booleans())),
        note=draw(maybe(texts(limits.NOTE, lines=True))),
        recorded_at=draw(maybe(instants(first, last))),
        written_by=draw(maybe(texts(limits.NAME))),
        source=draw(maybe(codes(Source))),
    )


@st.composite
def ends(draw: DrawFn, started_at: Instant) -> Instant:
    """An end at or after the start, by the same clock."""
    lasted = timedelta(seconds=draw(st.integers(0, 100_000)))
    return Instant((started_at.at + lasted).isoformat())


@st.composite
def days(
    draw: DrawFn,
    first: date = QUARTER[0],
    last: date = QUARTER[1],
    own_kinds: dict[str, str] | None = None,
) -> DayRecord:
    """What was entered for a day, without totals; perhaps nothing."""
    drinks = draw(maybe(lists(drink_records())))
    return DayRecord(
        date=draw(dates(first, last)),
        time_zone=draw(maybe(st.sampled_from(ZONES))),
        closed_as=draw(maybe(codes(ClosedAs))),
        closed_at=draw(maybe(instants(first, last))),
        summary=draw(maybe(codes(DaySummary))),
        sites=draw(maybe(lists(places()))),
        caffeine_mg=draw(st.none() | caffeine_of(drinks)),
        drinks=drinks,
        sleep_min=draw(maybe(whole(limits.SLEEP_MIN))),
        stress=draw(maybe(whole(limits.STRESS))),
        exercise_min=draw(maybe(whole(limits.EXERCISE_MIN))),
        exercise_regions=draw(maybe(lists(codes(ExerciseRegion)))),
        drinks_ml=draw(maybe(whole(limits.DRINKS_ML))),
        alcohol_drinks=draw(maybe(whole(limits.ALCOHOL_DRINKS))),
        nicotine=draw(maybe(st.booleans())),
        supplements=draw(maybe(lists(codes(Supplement)))),
        own=draw(st.none() | own_values(own_kinds or {})),
        note=draw(maybe(texts(limits.NOTE, lines=True))),
    )


@cache
def drink_records() -> SearchStrategy[DrinkRecord]:
    """Servings of one drink."""
    clock = st.times().map(lambda at: at.isoformat(timespec="minutes"))
    return st.builds(
        DrinkRecord,
        drink=maybe(codes(Drink)),
        label=maybe(texts(limits.LABEL)),
        servings=maybe(numbers(limits.SERVINGS)),
        mg=maybe(st.integers(0, 500)),
        at=maybe(clock),
    )


def caffeine_of(drinks: tuple[DrinkRecord, ...] | None) -> SearchStrategy[int]:
    """Caffeine of a day that agrees with its drinks."""
    amounts = None if drinks is None else [drink.mg for drink in drinks]
    if amounts is None or None in amounts:
        return whole(limits.CAFFEINE_MG)
    return st.just(sum(amounts))


def own_values(kinds: dict[str, str]) -> SearchStrategy[dict[str, bool | float]]:
    """Values of declared own factors by their kind, and perhaps one nobody declared."""
    of_kind = {"yes_no": st.booleans(), "number": numbers(limits.OWN_VALUE)}
    declared = {code: of_kind[kind] for code, kind in kinds.items()}
    undeclared = {"undeclared-1": st.booleans() | numbers(limits.OWN_VALUE)}
    return st.fixed_dictionaries({}, optional=undeclared | declared)


@cache
def symptom_answers() -> SearchStrategy[SymptomAnswerRecord]:
    """One dated answer about one sign."""
    return st.builds(
        SymptomAnswerRecord,
        asked_on=dates(*QUARTER),
        symptom=codes(AssociatedSymptom),
        answer=codes(Answer),
        current=maybe(st.booleans()),
        manner=maybe(codes(Manner)),
        side=maybe(codes(Side)),
        since=maybe(dates()),
    )


@cache
def medicines() -> SearchStrategy[MedicineRecord]:
    """A medicine with its dates."""
    return st.builds(
        MedicineRecord,
        name=texts(limits.NAME),
        medicine_class=maybe(codes(MedicineClass)),
        dose=maybe(texts(limits.LABEL)),
        started_on=maybe(dates()),
        changed_on=maybe(dates()),
        stopped_on=maybe(dates()),
        suspected=maybe(st.booleans()),
    )


@cache
def events() -> SearchStrategy[EventRecord]:
    """A marked date."""
    return st.builds(EventRecord, date=dates(), label=texts(limits.LABEL))


@cache
def own_factors() -> SearchStrategy[OwnFactorRecord]:
    """A factor the person added."""
    return st.builds(
        OwnFactorRecord,
        code=slugs(),
        label=texts(limits.LABEL),
        kind=codes(OwnFactorKind),
        unit=maybe(texts(limits.UNIT)),
        step=maybe(numbers(limits.OWN_STEP)),
    )


@cache
def experiments() -> SearchStrategy[ExperimentRecord]:
    """A planned self-trial."""
    step = st.builds(
        PlanStep,
        from_=maybe(dates()),
        to=maybe(dates()),
        arm=maybe(texts(limits.LABEL)),
    )
    return st.builds(
        ExperimentRecord,
        factor=maybe(codes(Factor) | slugs()),
        started_on=maybe(dates()),
        plan=maybe(lists(step).map(lambda steps: by(steps, "from_"))),
        stopped_on=maybe(dates()),
    )


@cache
def visits() -> SearchStrategy[VisitRecord]:
    """An appointment."""
    return st.builds(
        VisitRecord,
        date=maybe(dates()),
        clinician=maybe(texts(limits.NAME)),
        questions=maybe(lists(texts(limits.QUESTION, lines=True))),
        notes=maybe(texts(limits.VISIT_NOTES, lines=True)),
        tests=maybe(tests_done()),
        frozen=maybe(json_objects()),
    )


@cache
def json_objects() -> SearchStrategy[dict[str, Any]]:
    """An object of some other JSON format, such as a summary as it was printed."""
    text = st.just("") | texts(100, lines=True)
    leaf = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | text
    finite = leaf.filter(lambda value: value not in (float("inf"), float("-inf")))
    tree = st.recursive(
        finite,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
        max_leaves=6,
    )
    return st.dictionaries(text, tree, max_size=3)


@st.composite
def diaries(
    draw: DrawFn,
    first: date = QUARTER[0],
    last: date = QUARTER[1],
    *,
    most_episodes: int = 6,
    most_days: int = 6,
) -> DiaryRecord:
    """A whole diary whose parts agree with each other."""
    factors = draw(st.lists(own_factors(), max_size=2, unique_by=lambda factor: factor.code))
    kinds = {factor.code: factor.kind for factor in factors}
    return agreeing(
        DiaryRecord(
            person=draw(people()),
            episodes=draw(unique(episodes(first, last), most_episodes, "id")),
            days=draw(unique(days(first, last, kinds), most_days, "date")),
            symptom_answers=draw(lists(symptom_answers())),
            medicines=draw(lists(medicines())),
            events=draw(lists(events())),
            own_factors=tuple(factors),
            experiments=draw(lists(experiments(), 2)),
            visits=draw(lists(visits(), 2)),
            exported_at=draw(maybe(instants(first, last))),
        )
    )


def unique(
    strategy: SearchStrategy[Any], most: int, attribute: str
) -> SearchStrategy[tuple[Any, ...]]:
    """Records that differ in one attribute."""
    drawn = st.lists(strategy, max_size=most, unique_by=lambda record: getattr(record, attribute))
    return drawn.map(tuple)


def agreeing(diary: DiaryRecord) -> DiaryRecord:
    """The diary in canonical order, with totals, and no day that denies its own episodes."""
    totals = totals_by_day(diary.episodes)
    entered = {day.date: without_contradiction(day, day.date in totals) for day in diary.days}
    whole_days = {day: DayRecord(day) for day in totals} | {
        day: record for day, record in entered.items() if record.entered
    }
    return replace(
        diary,
        episodes=tuple(sorted(diary.episodes, key=start_and_id)),
        days=tuple(
            replace(whole_days[day], totals=totals.get(day, NO_EPISODES))
            for day in sorted(whole_days)
        ),
        symptom_answers=by(diary.symptom_answers, "asked_on"),
        medicines=by(diary.medicines, "started_on"),
        events=by(diary.events, "date"),
        own_factors=tuple(sorted(diary.own_factors, key=lambda factor: factor.code)),
        experiments=by(diary.experiments, "started_on"),
        visits=by(diary.visits, "date"),
    )


def start_and_id(episode: EpisodeRecord) -> tuple[datetime, str]:
    """Sort key of episodes."""
    return episode.started_at.at, episode.id


def without_contradiction(day: DayRecord, has_episodes: bool) -> DayRecord:
    """The day, not closed as "no twitches" when episodes stand on it."""
    if has_episodes and day.closed_as == ClosedAs.NONE:
        return replace(day, closed_as=ClosedAs.COMPLETE.value)
    return day


def by(records: Iterable[Any], attribute: str) -> tuple[Any, ...]:
    """Records by a date, those without one last, equal ones as they were."""
    with_date = [record for record in records if getattr(record, attribute) is not None]
    without = [record for record in records if getattr(record, attribute) is None]
    return (*sorted(with_date, key=lambda record: getattr(record, attribute)), *without)
