"""The factors that are set beside the twitches, and the difference each ratio is stated for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from diary.records import DayRecord, DiaryRecord, OwnFactorRecord
from diary.vocabulary import Factor

MOST_OWN_FACTORS = 3
"""Own factors judged at once: each further one makes a clear answer later."""


@dataclass(frozen=True, slots=True)
class FactorDifference:
    """A factor, how a day tells its value, and the difference that a ratio is stated for.

    `difference` is in the unit of the value and negative where the ratio is for less of it.
    """

    code: str
    difference: float
    read: Callable[[DayRecord], float | None]


# Fixed in advance (docs/statistics.md): about 2 cups of coffee, 2 hours less sleep, 3 of 10.
MAIN_FACTORS = (
    FactorDifference(Factor.CAFFEINE.value, 200, lambda day: day.caffeine_mg),
    FactorDifference(Factor.SLEEP.value, -120, lambda day: day.sleep_min),
    FactorDifference(Factor.STRESS.value, 3, lambda day: day.stress),
)

_SWITCHED_ON = (
    FactorDifference(Factor.EXERCISE.value, 30, lambda day: day.exercise_min),
    FactorDifference(Factor.ALCOHOL.value, 2, lambda day: day.alcohol_drinks),
    FactorDifference(Factor.NICOTINE.value, 1, lambda day: day.nicotine),
    FactorDifference(Factor.HYDRATION.value, 500, lambda day: day.drinks_ml),
)


def own_factors(record: DiaryRecord) -> tuple[FactorDifference, ...]:
    """Factors beyond the three: those switched on in the check-in, then the person's own."""
    settings = record.person.settings
    shown = () if settings is None or settings.factors is None else settings.factors
    switched_on = tuple(factor for factor in _SWITCHED_ON if factor.code in shown)
    taken = {factor.code for factor in (*MAIN_FACTORS, *switched_on)}
    own = (_own(factor) for factor in record.own_factors if factor.code not in taken)
    return (*switched_on, *own)


def _own(factor: OwnFactorRecord) -> FactorDifference:
    code = factor.code

    def read(day: DayRecord) -> float | None:
        return None if day.own is None else day.own.get(code)

    return FactorDifference(code, factor.step or 1, read)
