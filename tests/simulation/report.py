"""The full simulation: every cell, and the table that docs/statistics.md shows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.random import Generator

from tests.simulation.people import (
    FACTORS,
    UNJUDGEABLE,
    WORLDS,
    SimulatedPerson,
    simulate,
    unjudgeable,
    with_extreme_day,
)
from tests.simulation.scores import (
    EffectScores,
    NullScores,
    Share,
    score_effect,
    score_null,
    score_unjudgeable,
    score_weekly,
)
from triage.links import find_links

LENGTHS = (60, 90, 180)
RATIOS = (1.6, 2.0, 3.0)
NULL_DIARIES, EFFECT_DIARIES, EXTREME_DIARIES = 1_500, 540, 500
WEEKLY_DIARIES, UNJUDGEABLE_DIARIES, TIMED_YEARS = 200, 400, 40
FIRST_WEEKLY_LOOK = 45

Cell = tuple[int, int]
"""A world and a number of days."""


@dataclass(frozen=True)
class Results:
    """Scores of every cell, and seconds for the links of one year."""

    seed: int
    null: dict[Cell, NullScores]
    effect: dict[tuple[int, int, float], EffectScores]
    extreme: dict[int, Share]
    weekly: dict[int, tuple[Share, Share]]
    unjudgeable: dict[str, Share]
    year_s: tuple[float, ...]


def run(seed: int, scale: float, tell: Callable[[str], object]) -> Results:
    """Simulate all cells; `scale` multiplies the number of diaries in each."""
    null, effect = {}, {}
    for world in WORLDS:
        for days in LENGTHS:
            tell(f"world {world}, {days} days")
            rng = np.random.default_rng([seed, world, days])
            people = (simulate(rng, world, days) for _ in range(round(scale * NULL_DIARIES)))
            null[world, days] = score_null(people)
            for ratio in RATIOS:
                number = round(scale * EFFECT_DIARIES)
                effect[world, days, ratio] = score_effect(
                    _with_effect(rng, world, days, ratio, number)
                )
    tell("diaries with one extreme day")
    extreme = {world: _extreme(seed, world, round(scale * EXTREME_DIARIES)) for world in WORLDS}
    tell("diaries seen every week")
    weekly = {world: _weekly(seed, world, round(scale * WEEKLY_DIARIES)) for world in WORLDS}
    tell("diaries that cannot be judged, and the time of a year")
    return Results(
        seed, null, effect, extreme, weekly, _unjudgeable(seed, scale), _time_years(seed)
    )


def _with_effect(
    rng: Generator, world: int, days: int, ratio: float, number: int
) -> Iterator[SimulatedPerson]:
    for place in range(number):
        yield simulate(rng, world, days, FACTORS[place % len(FACTORS)], ratio)


def _extreme(seed: int, world: int, number: int) -> Share:
    rng = np.random.default_rng([seed, world, 8])
    people = (with_extreme_day(rng, simulate(rng, world, 180)) for _ in range(number))
    return score_null(people).claims


def _weekly(seed: int, world: int, number: int) -> tuple[Share, Share]:
    rng = np.random.default_rng([seed, world, 7])
    return score_weekly((simulate(rng, world, 180) for _ in range(number)), FIRST_WEEKLY_LOOK)


def _unjudgeable(seed: int, scale: float) -> dict[str, Share]:
    number = round(scale * UNJUDGEABLE_DIARIES)
    shares = {}
    for place, kind in enumerate(UNJUDGEABLE):
        rng = np.random.default_rng([seed, 9, place])
        asked = ("caffeine",) if kind == "constant coffee" else FACTORS
        shares[kind] = score_unjudgeable((unjudgeable(rng, kind) for _ in range(number)), asked)
    return shares


def _time_years(seed: int) -> tuple[float, ...]:
    rng = np.random.default_rng([seed, 365])
    people = list(_with_effect(rng, 1, 365, 2.0, TIMED_YEARS))
    find_links(people[0].record, people[0].as_of)  # the first call also imports
    seconds = []
    for person in people:
        begun = time.perf_counter()
        find_links(person.record, person.as_of)
        seconds.append(time.perf_counter() - begun)
    return tuple(seconds)


def table(results: Results) -> str:
    """The results in Markdown: percent, ± two Monte Carlo standard errors."""
    lines = [
        _heading(results),
        "",
        "| % of diaries | " + " | ".join(f"world {world}" for world in WORLDS) + " | must be |",
        "| --- |" + " --- |" * (len(WORLDS) + 1),
        *(
            f"| {label} | "
            + " | ".join(figure(results, world) for world in WORLDS)
            + f" | {promise} |"
            for label, figure, promise in ROWS
        ),
        "",
        "Diaries that cannot be judged and got a ratio all the same (at most 2.5 %): "
        + "; ".join(f"{kind} {_figure(share)}" for kind, share in results.unjudgeable.items())
        + ".",
        "",
        _time_line(results.year_s),
    ]
    return "\n".join(lines)


def _heading(results: Results) -> str:
    null, effect = results.null[1, 60].claims.of, results.effect[1, 60, 2.0].found.of
    return (
        f"Seed {results.seed}. Diaries in each world and length: {null:,} without a link, "
        f"{effect:,} for each size of effect; {results.weekly[1][0].of:,} a world seen every week. "
        "± are two Monte Carlo standard errors; figures with slashes are diaries of 60 / 90 / 180 "
        "days, all others are those lengths (and sizes of effect) together."
    )


def _time_line(seconds: tuple[float, ...]) -> str:
    return (
        "Links of one year with a true link, all four weekly looks, import not counted (at most "
        f"50 ms): median {1000 * median(seconds):.0f} ms, slowest of {len(seconds)} "
        f"{1000 * max(seconds):.0f} ms."
    )


def _figure(share: Share) -> str:
    return f"{share.percent:.1f} ± {share.error:.1f}" if share.of else "–"


def _null(name: str) -> Callable[[Results, int], str]:
    def figure(results: Results, world: int) -> str:
        shares = [getattr(results.null[world, days], name) for days in LENGTHS]
        return _figure(sum(shares, Share()))

    return figure


def _extreme_share(results: Results, world: int) -> str:
    return _figure(results.extreme[world])


def _weekly_share(place: int) -> Callable[[Results, int], str]:
    return lambda results, world: _figure(results.weekly[world][place])


def _effect(name: str) -> Callable[[Results, int], str]:
    def figure(results: Results, world: int) -> str:
        cells = ((world, days, ratio) for days in LENGTHS for ratio in RATIOS)
        return _figure(sum((getattr(results.effect[cell], name) for cell in cells), Share()))

    return figure


def _power(name: str, ratio: float) -> Callable[[Results, int], str]:
    def figure(results: Results, world: int) -> str:
        shares = [getattr(results.effect[world, days, ratio], name) for days in LENGTHS]
        return " / ".join(f"{share.percent:.0f}" for share in shares) + (
            f" (± {max(share.error for share in shares):.0f})"
        )

    return figure


ROWS: tuple[tuple[str, Callable[[Results, int], str], str], ...] = (
    ("false claims, one look, no factor named", _null("claims"), "at most 5"),
    ("false claims, one look, caffeine named", _null("named_claims"), "at most 5"),
    ("false claims shown (four weekly looks)", _null("shown"), "at most 5"),
    ("false claims, one day of 400 episodes, 180 days", _extreme_share, "at most 5"),
    ("anything claimed at any weekly look, day 45 to 180", _weekly_share(0), ""),
    ("anything shown at any weekly look, day 45 to 180", _weekly_share(1), ""),
    ("innocent factor blamed beside a true one", _effect("blamed"), "at most 5.5"),
    ("innocent factor blamed where the true one acts a day later", _effect("blamed_later"), ""),
    ("95 % intervals that hold 1, no link", _null("coverage"), "93.5 to 97"),
    ("95 % intervals that hold the true ratio", _effect("coverage"), "93.5 to 97"),
    ("trend: false alarms", _null("trend_alarms"), "at most 5.5"),
    ("trend: 95 % intervals that hold the truth", _null("trend_coverage"), "at least 94"),
    ("28 against 28 days: false alarms", _null("change_alarms"), ""),
    ("found, x1.6", _power("found", 1.6), ""),
    ("found, x2", _power("found", 2.0), "world 1: 28 / 52 / 82"),
    ("found, x3", _power("found", 3.0), "world 1: 65 / 76 / 100"),
    ("found, x2, that factor named", _power("found_named", 2.0), ""),
    ("shown (four weekly looks), x2", _power("shown", 2.0), ""),
    ("shown (four weekly looks), x3", _power("shown", 3.0), ""),
)
