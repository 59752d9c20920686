"""Diaries of many days from plain lists of counts and factors, for links and trend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from diary.records import (
    DayRecord,
    DayTotals,
    DiaryRecord,
    NamedQuestion,
    OwnFactorRecord,
    PersonRecord,
    Settings,
)

FIRST = date(2026, 1, 1)
FIELDS = {"caffeine": "caffeine_mg", "sleep": "sleep_min", "stress": "stress"}


def last_day(days: int) -> date:
    """The last of `days` days from FIRST."""
    return FIRST + timedelta(days=days - 1)


def weeks(
    counts: Sequence[int | None],
    factors: Mapping[str, Sequence[Any]] | None = None,
    **fields: Any,
) -> DiaryRecord:
    """One checked-in day per count from FIRST on; None is a day without any entry."""
    columns = {FIELDS.get(code, code): values for code, values in (factors or {}).items()}
    days = (
        DayRecord(
            date=FIRST + timedelta(days=place),
            closed_as="complete" if count else "none",
            totals=DayTotals(episodes=int(count), twitches=int(count)),
            **{name: values[place] for name, values in columns.items()},
        )
        for place, count in enumerate(counts)
        if count is not None
    )
    return DiaryRecord(days=tuple(days), **fields)


def asking(factor: str, asked_on: date | None = None) -> PersonRecord:
    """A person who named a factor."""
    return PersonRecord(settings=Settings(question=NamedQuestion(factor, "more", asked_on)))


def showing(*factors: str) -> PersonRecord:
    """A person who switched factors on in the check-in."""
    return PersonRecord(settings=Settings(factors=factors))


def yes_no(code: str) -> OwnFactorRecord:
    """An own factor of yes or no."""
    return OwnFactorRecord(code, code, "yes_no")


def ordinary_factors(days: int, seed: int = 1) -> dict[str, list[int]]:
    """Caffeine, sleep and stress that vary independently of everything."""
    rng = np.random.default_rng([seed, days])
    return {
        "caffeine": (80 * rng.integers(0, 8, days)).tolist(),
        "sleep": (30 * rng.integers(10, 19, days)).tolist(),
        "stress": rng.integers(0, 11, days).tolist(),
    }


def ordinary_counts(days: int, rate: float = 2.0, seed: int = 1) -> list[int]:
    """Overdispersed counts that follow nothing."""
    rng = np.random.default_rng([seed, days, 7])
    return rng.poisson(rate * rng.gamma(2, 0.5, days)).tolist()


def following(
    values: Sequence[float], log_ratio: float, rate: float = 2.0, seed: int = 1
) -> list[int]:
    """Counts whose log rate rises by `log_ratio` per unit of `values` above their mean."""
    rng = np.random.default_rng([seed, len(values), 9])
    centred = np.array(values) - np.mean(values)
    return rng.poisson(rate * np.exp(log_ratio * centred)).tolist()
