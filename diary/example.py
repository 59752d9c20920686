"""The example diary: twelve weeks with known truths, the same for everybody from a fixed seed.

True by construction: more caffeine goes together with more twitches on the same day; stress and
sleep do not; a second place, the left calf, joins from the ninth week; two days were left out.
Nothing of it is a real person's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.local_days import instant_of_wall_clock, written_instant
from diary.records import (
    DayRecord,
    DiaryRecord,
    DrinkRecord,
    EpisodeRecord,
    EventRecord,
    Instant,
    MedicineRecord,
    Onset,
    PersonRecord,
    SymptomAnswerRecord,
    VisitRecord,
    totals_by_day,
)
from diary.vocabulary import DRINK_SERVINGS, Drink

SEED = 11
DAYS = 84
LEFT_OUT = (31, 66)
"""Positions of the two days without any entry."""
CALF_FROM = 56
EPISODES_A_DAY = 1.1
RATIO_PER_200_MG = 3.0
"""How many times as many twitches go with 200 mg more caffeine on the same day."""
USUAL_CAFFEINE_MG = 200
CUP_MG = DRINK_SERVINGS[Drink.FILTER_COFFEE].mg
CUP_TIMES = ("08:00", "10:30", "13:00", "16:00", "18:30")
"""When the cups of a day are drunk; any further ones together with the last."""
LOST_FUNCTION = (
    "dropping_things",
    "tripping_foot_drop",
    "muscle_wasting",
    "speech_slurred_gradual",
    "swallowing_trouble",
)
ASKED_ONCE = ("weakness_over_weeks", "numbness", "tingling", "weight_loss", "stiffness")


def example_diary(today: date, zone: str = "UTC") -> DiaryRecord:
    """The example as it stands on `today`, in an IANA zone; the last day is yesterday."""
    chance = Random(SEED)
    first = today - timedelta(days=DAYS)
    kept = [first + timedelta(days=n) for n in range(DAYS) if n not in LEFT_OUT]
    days: list[DayRecord] = []
    episodes: list[EpisodeRecord] = []
    for day in kept:
        entered = _day(day, zone, chance)
        days.append(entered)
        episodes += _episodes(entered, (day - first).days, zone, chance)
    return DiaryRecord(
        person=_person(first, zone),
        episodes=tuple(sorted(episodes, key=lambda episode: (episode.started_at.at, episode.id))),
        days=_with_totals(days, episodes),
        symptom_answers=tuple(sorted(_answers(first), key=lambda answer: answer.asked_on)),
        medicines=_medicines(first),
        events=(EventRecord(first + timedelta(days=40), "New job"),),
        visits=(
            VisitRecord(
                questions=(
                    "Can the new medicine do this?",
                    "Should I keep the exercise class?",
                    "Do I need a test?",
                )
            ),
        ),
    )


def _person(first: date, zone: str) -> PersonRecord:
    return PersonRecord(
        name="Alex Example",
        birth_year=1988,
        time_zone=zone,
        conditions=("asthma",),
        family_conditions=(),
        tests_done=(),
        onset=Onset(first - timedelta(days=8), "week", "gradual", True),
        impact="some",
        worry="That it spread from the eye to the leg.",
    )


def _day(day: date, zone: str, chance: Random) -> DayRecord:
    weekend = day.weekday() >= 5
    cups = max(0, round(chance.gauss(2.1, 1.5)))
    return DayRecord(
        date=day,
        time_zone=zone,
        closed_as="complete",
        closed_at=instant_of_wall_clock(day, 21 * 60 + chance.randrange(120), zone),
        caffeine_mg=cups * CUP_MG,
        drinks=_drinks(cups),
        sleep_min=30 * round(chance.gauss(14.8 if weekend else 13.8, 1.6)),
        stress=min(10, max(0, round(chance.gauss(3 if weekend else 4.5, 2)))),
    )


def _drinks(cups: int) -> tuple[DrinkRecord, ...]:
    """Cups at their times: taken from their number alone, so that no other draw moves."""
    last = len(CUP_TIMES) - 1
    together = [1] * min(cups, last) + [cups - last] * (cups > last)
    return tuple(
        DrinkRecord(Drink.FILTER_COFFEE.value, None, servings, servings * CUP_MG, at)
        for servings, at in zip(together, CUP_TIMES, strict=False)
    )


def _episodes(day: DayRecord, position: int, zone: str, chance: Random) -> Iterator[EpisodeRecord]:
    more_mg = (day.caffeine_mg or 0) - USUAL_CAFFEINE_MG
    swing = chance.gammavariate(4, 1 / 4)
    rate = EPISODES_A_DAY * swing * math.exp(math.log(RATIO_PER_200_MG) * more_mg / 200)
    for number in range(min(12, _poisson(rate, chance))):
        calf = position >= CALF_FROM and chance.random() < 0.4
        yield _episode(day.date, number, calf, zone, chance)


def _episode(day: date, number: int, calf: bool, zone: str, chance: Random) -> EpisodeRecord:
    minute = min(1_400, max(380, round(chance.gauss(1_130, 190)) + number))
    started = instant_of_wall_clock(day, minute, zone)
    late_min = 14 * 60 if chance.random() < 0.08 else chance.randrange(1, 9)
    timed = chance.random() < 0.6
    seconds = round(math.exp(chance.gauss(3.4, 1)))
    return EpisodeRecord(
        id=str(UUID(int=chance.getrandbits(128), version=4)),
        started_at=started,
        time_zone=zone,
        precision="minute",
        duration_s=max(3, seconds) if timed else None,
        duration_class=None if timed else chance.choice(["seconds", "about_a_minute", "minutes"]),
        site="calf" if calf else "eyelid_lower",
        side="left",
        count_class=chance.choice(["one", "one", "a_few", "many"]),
        intensity=chance.choice([1, 2, 2, 2, 3]),
        context=chance.choice(["rest", "rest", "rest", "rest", "use", "falling_asleep"]),
        seen_by_others=True if chance.random() < 0.06 else None,
        recorded_at=_written_after(started.at, late_min, zone),
        source="live" if late_min < 60 else "backdated",
    )


def _written_after(started: datetime, minutes: int, zone: str) -> Instant:
    return written_instant((started + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone)))


def _poisson(rate: float, chance: Random) -> int:
    """A Poisson number by counting exponential waits; rates here are small."""
    count, elapsed = 0, chance.expovariate(1)
    while elapsed < rate:
        count += 1
        elapsed += chance.expovariate(1)
    return count


def _with_totals(days: list[DayRecord], episodes: list[EpisodeRecord]) -> tuple[DayRecord, ...]:
    totals = totals_by_day(episodes)
    return tuple(
        replace(day, totals=totals[day.date])
        if day.date in totals
        else replace(day, closed_as="none")
        for day in days
    )


def _answers(first: date) -> Iterator[SymptomAnswerRecord]:
    for week in range(0, 12, 2):
        for symptom in LOST_FUNCTION:
            yield SymptomAnswerRecord(first + timedelta(days=7 * week), symptom, "no")
    asked = first + timedelta(days=1)
    for symptom in ASKED_ONCE:
        yield SymptomAnswerRecord(asked, symptom, "no")
    yield SymptomAnswerRecord(asked, "fatigue", "yes", current=True, since=first)
    yield SymptomAnswerRecord(asked, "twitch_in_sleep", "unsure")
    cramps = first + timedelta(days=64)
    yield SymptomAnswerRecord(cramps, "cramps", "yes", current=True, side="left", since=cramps)


def _medicines(first: date) -> tuple[MedicineRecord, ...]:
    return (
        MedicineRecord("Sertraline", "ssri_snri", "50 mg, once a day", first - timedelta(days=21)),
        MedicineRecord(
            "Salbutamol inhaler", "beta_agonist", "when needed", date(first.year - 7, 1, 1)
        ),
    )
