"""Simulated people who keep a diary: truths known, counts rough, check-ins missing not at random.

Four worlds. Every person draws their own level, scatter, spells, habits and diligence.

1 log-linear: negative binomial counts, hidden AR(1) swings, weekend, trend in half of the people.
2 flares: two-state flares, days of no twitches at all, effects that begin at a threshold.
3 seasons: slow waves, days of an unlogged kind, factors written from memory.
4 wandering: a level that walks at random, bursts, factors that last for weeks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from diary.records import (
    DayRecord,
    DayTotals,
    DiaryRecord,
    Instant,
    NamedQuestion,
    PersonRecord,
    Settings,
)

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

WORLDS = (1, 2, 3, 4)
FACTORS = ("caffeine", "sleep", "stress")
DIFFERENCES = {"caffeine": 200.0, "sleep": -120.0, "stress": 3.0}
UNJUDGEABLE = ("12 days", "no episodes", "constant coffee", "no check-ins")
FIRST_DAYS = date(2025, 1, 1)
HABIT_CHANGES = 0.2
INVERTED = 0.15
NEXT_DAY = 0.2


@dataclass(frozen=True)
class Truth:
    """What is true of a simulated person; no factor: nothing goes together with anything.

    `ratio` is for one difference of the factor, None where the effect begins at a threshold.
    """

    world: int
    days: int
    factor: str | None = None
    lag: int = 0
    ratio: float | None = None
    direction: str = "more"
    trend: float | None = 1.0


@dataclass(frozen=True)
class SimulatedPerson:
    """A diary, its last day, and the truth behind it."""

    record: DiaryRecord
    as_of: date
    truth: Truth


def simulate(
    rng: Generator, world: int, days: int, factor: str | None = None, ratio: float = 1.0
) -> SimulatedPerson:
    """A person of a world who keeps a diary for `days` days.

    With a factor, one difference of it multiplies the rate by `ratio` (threshold worlds: every
    day beyond the threshold does); 15 % of effects are the other way round, 20 % act a day later.
    """
    start = FIRST_DAYS + timedelta(days=int(rng.integers(365)))
    weekend = np.array([(start + timedelta(days=i)).weekday() >= 5 for i in range(days + 1)])
    values = _factors(rng, world, weekend)
    log_effect = -np.log(ratio) if rng.random() < INVERTED else np.log(ratio)
    lag = int(rng.random() < NEXT_DAY)
    log_rate, trend = _log_rate(rng, world, weekend)
    if factor is not None:
        exposure = _exposure(world, factor, values[factor])
        log_rate = log_rate + log_effect * (exposure[:-1] if lag else exposure[1:])
    counts = _counts(rng, world, log_rate)
    truth = Truth(
        world=world,
        days=days,
        factor=factor,
        lag=lag,
        ratio=float(np.exp(log_effect)) if world in (1, 4) else None,
        direction="more" if log_effect > 0 else "fewer",
        trend=trend,
    )
    written = _written(rng, world, {code: column[1:] for code, column in values.items()})
    record = _diary(rng, start, counts, written, weekend[1:])
    return SimulatedPerson(record, start + timedelta(days=days - 1), truth)


def naming(person: SimulatedPerson, factor: str) -> SimulatedPerson:
    """The person with a factor named before the first result."""
    settings = Settings(question=NamedQuestion(factor=factor, asked_on=FIRST_DAYS))
    named = replace(person.record, person=PersonRecord(settings=settings))
    return replace(person, record=named)


def with_extreme_day(
    rng: Generator, person: SimulatedPerson, episodes: int = 400
) -> SimulatedPerson:
    """The person with one counted day on which a great many episodes were logged."""
    days = list(person.record.days)
    place = rng.choice([place for place, day in enumerate(days) if day.counted])
    totals = DayTotals(episodes=episodes, twitches=episodes)
    days[place] = replace(days[place], closed_as="complete", totals=totals)
    return replace(person, record=replace(person.record, days=tuple(days)))


def unjudgeable(rng: Generator, kind: str) -> SimulatedPerson:
    """A person whose diary says nothing about coffee, for one of the reasons in UNJUDGEABLE."""
    person = simulate(rng, 1, 12 if kind == "12 days" else 120)
    changes: dict[str, Callable[[DayRecord], DayRecord]] = {
        "12 days": lambda day: day,
        "no episodes": lambda day: replace(day, totals=DayTotals()),
        "constant coffee": lambda day: replace(day, caffeine_mg=200),
        "no check-ins": lambda day: replace(day, closed_as=None),
    }
    days = tuple(map(changes[kind], person.record.days))
    return replace(person, record=replace(person.record, days=days))


def _ar1(rng: Generator, phi: float, length: int) -> Floats:
    """A stationary AR(1) series of variance 1."""
    news = rng.normal(size=length) * np.sqrt(1 - phi**2)
    series = np.empty(length)
    series[0] = rng.normal()
    for i in range(1, length):
        series[i] = phi * series[i - 1] + news[i]
    return series


def _factors(rng: Generator, world: int, weekend: Mask) -> dict[str, Floats]:
    """Caffeine in mg, sleep in minutes and stress 0..10, from the day before the first on."""
    length = len(weekend)
    longest = 0.95 if world == 4 else 0.6
    drive = _ar1(rng, rng.uniform(0, longest), length)
    stress = 0.4 * drive + 0.9 * _ar1(rng, rng.uniform(0, longest), length)
    sleep = -0.3 * drive + 0.9 * _ar1(rng, rng.uniform(0, longest), length)
    coffee = -0.3 * sleep + 0.2 * drive + 0.9 * _ar1(rng, rng.uniform(0, longest), length)
    caffeine = rng.uniform(150, 450) + rng.uniform(60, 160) * coffee - 40 * weekend
    if rng.random() < HABIT_CHANGES:
        caffeine[length // 2 :] *= 0.5
    minutes = rng.uniform(380, 450) + rng.uniform(40, 85) * sleep + 40 * weekend
    points = rng.uniform(3, 5.5) + rng.uniform(1.3, 2.5) * stress - 0.8 * weekend
    return {
        "caffeine": caffeine.clip(0, 1200).round(),
        "sleep": (minutes / 15).round().clip(8, 48) * 15,
        "stress": points.round().clip(0, 10),
    }


def _exposure(world: int, factor: str, values: Floats) -> Floats:
    """How much of the effect each day carries: in differences, or 1 beyond a threshold."""
    if world == 2:
        worst = {"caffeine": values, "sleep": -values, "stress": values}[factor]
        return (worst > np.quantile(worst, 0.7)).astype(float)
    return (values - values.mean()) / DIFFERENCES[factor]


def _log_rate(rng: Generator, world: int, weekend: Mask) -> tuple[Floats, float | None]:
    """Log rate of each day without any factor, and the true ratio of its end to its start."""
    days = len(weekend) - 1
    log_rate = np.log(rng.uniform(0.7, 6)) + rng.normal(0, 0.15) * weekend[1:]
    time_passed = np.arange(days) / (days - 1)
    log_trend = rng.normal(0, 0.5) if rng.random() < 0.5 else 0.0
    log_rate = log_rate + log_trend * (time_passed - 0.5)
    if world == 1:
        swings = rng.uniform(0.2, 0.7) * _ar1(rng, rng.uniform(0.2, 0.9), days)
        return log_rate + swings, float(np.exp(log_trend))
    if world == 2:
        return log_rate + _flares(rng, days), float(np.exp(log_trend))
    if world == 3:
        wave = rng.uniform(0.2, 0.7) * np.sin(
            2 * np.pi * (np.arange(days) / rng.uniform(120, 365) + rng.random())
        )
        kind_of_day = np.log(rng.uniform(1.5, 3)) * (_ar1(rng, 0.6, days) > 1.2)
        return log_rate + wave + kind_of_day + 0.3 * _ar1(rng, 0.5, days), None
    walk = np.cumsum(rng.normal(0, rng.uniform(0.02, 0.12), days))
    bursts = np.log(rng.uniform(3, 8)) * (rng.random(days) < 0.03)
    return log_rate + walk - walk.mean() + bursts, None


def _flares(rng: Generator, days: int) -> Floats:
    """Log rate of a two-state chain: quiet, and flares of 4 to 20 days on average."""
    ends, begins = 1 / rng.uniform(4, 20), 1 / rng.uniform(10, 40)
    height = np.log(rng.uniform(2.5, 7))
    flaring = bool(rng.random() < begins / (begins + ends))
    states = np.empty(days)
    for i, chance in enumerate(rng.random(days)):
        flaring = chance >= ends if flaring else chance < begins
        states[i] = flaring
    return height * (states - states.mean())


def _counts(rng: Generator, world: int, log_rate: Floats) -> NDArray[np.int64]:
    """Overdispersed counts; in world 2 some quiet days hold nothing at all."""
    size = rng.uniform(1.5, 8) if world != 2 else rng.uniform(1, 4)
    mean = np.exp(log_rate.clip(-6, 5))
    counts = rng.poisson(mean * rng.gamma(size, 1 / size, len(mean)))
    if world == 2:
        counts[rng.random(len(counts)) < rng.uniform(0.1, 0.4)] = 0
    return counts


def _written(rng: Generator, world: int, values: dict[str, Floats]) -> dict[str, Floats]:
    """Factors as written down: a few missing, in world 3 some from memory."""
    written = {}
    for factor, truth in values.items():
        column = truth.copy()
        if world == 3:
            recalled = rng.random(len(column)) < 0.2
            column[recalled] += rng.normal(0, 0.7 * column.std(), int(recalled.sum()))
            column = column.round().clip(0, 10 if factor == "stress" else 1200)
        column[rng.random(len(column)) < 0.03] = np.nan
        written[factor] = column
    return written


def _checks_in(rng: Generator, counts: Floats, stress: Floats, weekend: Floats) -> Mask:
    """Whether each day is closed: less on weekends and stressful days, whole weeks away."""
    wish = rng.uniform(0.6, 2.4) - rng.uniform(0, 0.5) * weekend
    wish = wish - rng.uniform(-0.1, 0.25) * (np.nan_to_num(stress, nan=4.0) - 4)
    wish = wish + rng.uniform(-0.3, 0.5) * np.log1p(counts)
    closed = rng.random(len(counts)) < 1 / (1 + np.exp(-wish))
    for _ in range(rng.poisson(len(counts) / 90)):
        away = int(rng.integers(len(counts)))
        closed[away : away + 7] = False
    return closed


def _diary(
    rng: Generator,
    start: date,
    counts: NDArray[np.int64],
    written: dict[str, Floats],
    weekend: Mask,
) -> DiaryRecord:
    closed = _checks_in(rng, counts.astype(float), written["stress"], weekend.astype(float))
    late = rng.random(len(counts)) < 0.03
    open_but_logged = (rng.random(len(counts)) < 0.4) & (counts > 0)
    days = (
        _day(
            start + timedelta(days=int(place)),
            int(counts[place]),
            bool(closed[place]),
            bool(late[place]),
            [_whole(written[code][place]) for code in FACTORS],
        )
        for place in np.flatnonzero(closed | open_but_logged)
    )
    return DiaryRecord(days=tuple(days))


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)


def _day(day: date, count: int, closed: bool, late: bool, values: list[int | None]) -> DayRecord:
    totals = DayTotals(episodes=count, twitches=count)
    if not closed:
        return DayRecord(day, totals=totals)
    caffeine, sleep, stress = values
    written_on = day + timedelta(days=5 if late else 0)
    return DayRecord(
        date=day,
        closed_as="complete" if count else "none",
        closed_at=Instant(_evening(written_on)),
        caffeine_mg=caffeine,
        sleep_min=sleep,
        stress=stress,
        totals=totals,
    )


def _evening(day: date) -> str:
    return datetime.combine(day, time(21), UTC).isoformat()
