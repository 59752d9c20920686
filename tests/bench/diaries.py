"""Made-up diaries of any size that end on a given day, the same for everybody from a seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from diary.records import (
    DayRecord,
    DiaryRecord,
    EpisodeRecord,
    EventRecord,
    Instant,
    MedicineRecord,
    Onset,
    PersonRecord,
    Place,
    SymptomAnswerRecord,
    VisitRecord,
    totals_by_day,
)

PLACES: tuple[Place, ...] = (
    ("eyelid_lower", "left"),
    ("eyelid_upper", "right"),
    ("calf", "left"),
    ("calf", "right"),
    ("thumb", "right"),
    ("forearm", "left"),
)
SIGNS = ("weakness_over_weeks", "numbness", "cramps", "fatigue", "muscle_wasting", "stiffness")
SEED = 7


def long_diary(last: date, days: int, episodes: int) -> DiaryRecord:
    """A diary of `days` days up to `last`, nearly all checked in, with `episodes` in all."""
    chance = Random(SEED)
    first = last - timedelta(days=days - 1)
    kept = [first + timedelta(days=n) for n in range(days) if n % 29 != 28]
    counts = [0] * len(kept)
    for _ in range(episodes):
        counts[chance.randrange(len(kept))] += 1
    found = tuple(
        episode
        for day, count in zip(kept, counts, strict=True)
        for episode in _episodes(day, count, chance)
    )
    totals = totals_by_day(found)
    return DiaryRecord(
        person=PersonRecord(
            name="Robin Example",
            birth_year=1985,
            time_zone="UTC",
            conditions=("asthma",),
            onset=Onset(first, "week", "gradual", True),
            impact="some",
            worry="That it spreads from the eye to the leg.",
        ),
        episodes=found,
        days=tuple(
            _day(day, chance) if day not in totals else _day(day, chance, totals=totals[day])
            for day in kept
        ),
        symptom_answers=tuple(
            SymptomAnswerRecord(first + timedelta(days=n * days // 6), sign, said)
            for n in range(6)
            for sign, said in zip(SIGNS, ("no", "no", "yes", "yes", "no", "unsure"), strict=True)
        ),
        medicines=(
            MedicineRecord("Sertraline", "ssri_snri", "50 mg", first - timedelta(days=21)),
            MedicineRecord("Salbutamol inhaler", "beta_agonist", "when needed", first),
        ),
        events=(EventRecord(last - timedelta(days=days // 2), "New job"),),
        visits=(VisitRecord(questions=("Do I need a test?", "Can the medicine do this?")),),
    )


def _day(day: date, chance: Random, **totals: object) -> DayRecord:
    return DayRecord(
        date=day,
        time_zone="UTC",
        closed_as="complete" if totals else "none",
        closed_at=Instant(f"{day}T22:00:00+00:00"),
        caffeine_mg=96 * chance.randrange(6),
        sleep_min=30 * chance.randrange(9, 18),
        stress=chance.randrange(11),
        **totals,  # type: ignore[arg-type]
    )


def _episodes(day: date, count: int, chance: Random) -> Iterator[EpisodeRecord]:
    for minute in sorted(chance.sample(range(360, 1320), count)):
        site, side = PLACES[min(int(chance.expovariate(0.6)), len(PLACES) - 1)]
        clock = f"{minute // 60:02d}:{minute % 60:02d}"
        yield EpisodeRecord(
            id=str(UUID(int=chance.getrandbits(128), version=4)),
            started_at=Instant(f"{day}T{clock}:00+00:00"),
            time_zone="UTC",
            precision="minute",
            duration_s=chance.choice((None, 5, 40, 200)),
            site=site,
            side=side,
            count_class=chance.choice(("one", "a_few", "many")),
            intensity=chance.choice((None, 1, 2, 3)),
            context=chance.choice((None, "rest", "use")),
            recorded_at=Instant(f"{day}T{clock}:30+00:00"),
            source="live",
        )
