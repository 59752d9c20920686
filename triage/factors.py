"""Factors outside their usual targets: on how many recorded days, with and without a twitch.

Counts of both sides and nothing more: no cause, no association (that is `triage.links`), nothing
to take or leave. A day on which a factor is not recorded is left out, never counted as zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from diary.records import DayRecord, DiaryRecord, MedicineRecord, PersonRecord
from diary.vocabulary import BodySite, ExerciseRegion, Factor, Sex
from triage.advice_facts import Facts, named_places
from triage.knowledge import FactorRule, Knowledge, ReportedClass
from triage.periods import Period, days_in

COMPARED_FROM_DAYS, COMPARED_FROM_SIDE = 14, 4
"""Recorded days, in all and on each side of a target, from which both sides are shown."""


@dataclass(frozen=True, slots=True)
class Target:
    """The usual target of a factor: the limit in its unit, and for which group of people it is."""

    limit: float
    group: str


@dataclass(frozen=True, slots=True)
class FactorDays:
    """Recorded days of a factor, outside its target and within, each with those that twitched.

    `unclosed`: some of them are neither checked in nor have a twitch, so one may be missing.
    """

    rule: FactorRule
    target: Target
    outside: int
    recorded: int
    twitched_outside: int
    twitched_within: int
    unclosed: bool

    @property
    def within(self) -> int:
        """Recorded days on which it lay within its target."""
        return self.recorded - self.outside

    @property
    def enough_days(self) -> bool:
        """Whether there are days enough in all to set the two sides beside each other."""
        return self.recorded >= COMPARED_FROM_DAYS

    @property
    def comparable(self) -> bool:
        """Whether there are days enough in all and on each side, as on the printed page."""
        return self.enough_days and min(self.outside, self.within) >= COMPARED_FROM_SIDE


@dataclass(frozen=True, slots=True)
class FactorFact:
    """A factor without days: medicines of a reported class, or fast breathing."""

    rule: FactorRule
    medicines: tuple[MedicineRecord, ...] = ()


def find_factors(
    record: DiaryRecord, facts: Facts, period: Period, known: Knowledge
) -> tuple[FactorDays | FactorFact, ...]:
    """Factors outside their target at least once in the period, in the order of the vocabulary."""
    found: list[FactorDays | FactorFact] = []
    days = days_in(record.days, period)
    for factor, read in DAILY.items():
        rule = known.factors[factor]
        target = TARGETS[factor](rule, facts.person, facts.person.age_on(facts.as_of))
        if target is not None:
            found.append(_count(rule, target, [(day, read(day)) for day in days]))
    found.append(_exercise(known.factors[Factor.EXERCISE], record.days, period))
    kept: list[FactorDays | FactorFact] = [
        one for one in found if isinstance(one, FactorDays) and one.outside
    ]
    kept += _facts_without_days(facts, known)
    order = Factor.codes()
    return tuple(sorted(kept, key=lambda one: order.index(one.rule.factor)))


def _count(
    rule: FactorRule, target: Target, values: Sequence[tuple[DayRecord, float | None]]
) -> FactorDays:
    recorded = [(day, value) for day, value in values if value is not None]
    is_outside = OUTSIDE[rule.factor]
    return _split(rule, target, [(day, is_outside(value, target.limit)) for day, value in recorded])


def _split(rule: FactorRule, target: Target, days: Sequence[tuple[DayRecord, bool]]) -> FactorDays:
    outside = [day for day, is_outside in days if is_outside]
    within = [day for day, is_outside in days if not is_outside]
    return FactorDays(
        rule=rule,
        target=target,
        outside=len(outside),
        recorded=len(days),
        twitched_outside=sum(day.twitched for day in outside),
        twitched_within=sum(day.twitched for day in within),
        unclosed=any(not (day.checked_in or day.twitched) for day, _ in days),
    )


def _exercise(rule: FactorRule, days: Sequence[DayRecord], period: Period) -> FactorDays:
    """Recorded days on which a limb or the trunk twitched with long exercise then or before."""
    by_date = {day.date: day for day in days}
    minutes, before = rule.number("minutes"), rule.number("days_before")
    judged = []
    for day in days_in(days, period):
        if day.exercise_min is not None:
            close = _days_back(by_date, day.date, before)
            long = [one for one in close if (one.exercise_min or 0) >= minutes]
            judged.append((day, any(_twitched_where_exercised(day, one) for one in long)))
    return _split(rule, Target(minutes, "everybody"), judged)


def _days_back(by_date: Mapping[date, DayRecord], day: date, before: int) -> list[DayRecord]:
    dates = (day - timedelta(days=back) for back in range(before + 1))
    return [by_date[found] for found in dates if found in by_date]


def _twitched_where_exercised(day: DayRecord, exercised: DayRecord) -> bool:
    """Whether arm, leg or trunk twitched, where regions are recorded one of those."""
    regions = exercised.exercise_regions or ExerciseRegion.codes()
    return any(BodySite(site).region.value in regions for site, _ in named_places(day))


def recorded_days(record: DiaryRecord, period: Period) -> dict[str, int]:
    """On how many days of the period each factor that is counted by days is recorded."""
    days = days_in(record.days, period)
    found = {code: sum(read(day) is not None for day in days) for code, read in DAILY.items()}
    found[Factor.EXERCISE] = sum(day.exercise_min is not None for day in days)
    return found


def _facts_without_days(facts: Facts, known: Knowledge) -> list[FactorFact]:
    found = []
    medicines = reported_medicines(facts.taken, known.medicine_classes)
    if medicines:
        found.append(FactorFact(known.factors[Factor.MEDICINE], medicines))
    if "fast_breathing" in facts.signs:
        found.append(FactorFact(known.factors[Factor.HYPERVENTILATION]))
    return found


def reported_medicines(
    taken: Sequence[MedicineRecord], classes: Mapping[str, ReportedClass]
) -> tuple[MedicineRecord, ...]:
    """Those medicines whose class has been reported with twitching or cramps."""
    return tuple(medicine for medicine in taken if medicine.medicine_class in classes)


# The usual target of each factor for a person; None where nobody gives one for the age.


def _caffeine_mg(rule: FactorRule, person: PersonRecord, age: int | None) -> Target | None:
    """The lowest of the targets that the person falls under; without a known age an adult's."""
    found = [Target(rule.number("adult_mg"), "adult")]
    if age is not None and age < rule.number("adult_age"):
        found = [Target(rule.number("under_18_mg"), "under_18")]
        if person.weight_kg is not None:
            found = [Target(rule.number("under_18_mg_per_kg") * person.weight_kg, "by_weight")]
    if person.pregnant or person.breastfeeding:
        found.append(Target(rule.number("expecting_mg"), "expecting"))
    return min(found, key=lambda target: target.limit)


def _sleep_min(rule: FactorRule, person: PersonRecord, age: int | None) -> Target | None:
    for group in ("adult", "teenager", "child"):
        if age is None or age >= rule.number(f"{group}_age"):
            return Target(60 * rule.number(f"{group}_hours"), group)
    return None


def _stress(rule: FactorRule, person: PersonRecord, age: int | None) -> Target | None:
    return Target(rule.number("from_score"), "everybody")


def _alcohol(rule: FactorRule, person: PersonRecord, age: int | None) -> Target | None:
    return Target(rule.number("drinks"), "everybody")


def _nicotine(rule: FactorRule, person: PersonRecord, age: int | None) -> Target | None:
    return Target(0, "everybody")


def _drinks_ml(rule: FactorRule, person: PersonRecord, age: int | None) -> Target | None:
    """Millilitres of drinks by age and sex; sex not recorded counts as the lower target."""
    by_sex = "male_ml" if person.sex == Sex.MALE else "other_ml"
    if age is None or age >= rule.number("grown_age"):
        limit = rule.number(by_sex)
    elif age >= rule.number("older_child_age"):
        limit = rule.number(f"older_child_{by_sex}")
    elif age >= rule.number("young_child_age"):
        limit = rule.number("young_child_ml")
    else:
        return None
    return Target(limit + (rule.number("pregnant_more_ml") if person.pregnant else 0), "everybody")


def _over(value: float, limit: float) -> bool:
    return value > limit


def _under(value: float, limit: float) -> bool:
    return value < limit


def _at_least(value: float, limit: float) -> bool:
    return value >= limit


DAILY: Mapping[str, Callable[[DayRecord], float | None]] = MappingProxyType(
    {
        Factor.CAFFEINE: lambda day: day.caffeine_mg,
        Factor.SLEEP: lambda day: day.sleep_min,
        Factor.STRESS: lambda day: day.stress,
        Factor.ALCOHOL: lambda day: day.alcohol_drinks,
        Factor.NICOTINE: lambda day: day.nicotine,
        Factor.HYDRATION: lambda day: day.drinks_ml,
    }
)
"""What a day records of each factor that is counted by itself."""

OUTSIDE: Mapping[str, Callable[[float, float], bool]] = MappingProxyType(
    {
        Factor.CAFFEINE: _over,
        Factor.SLEEP: _under,
        Factor.STRESS: _at_least,
        Factor.ALCOHOL: _over,
        Factor.NICOTINE: _over,
        Factor.HYDRATION: _under,
    }
)
"""On which side of its limit a value lies outside."""

TARGETS: Mapping[str, Callable[[FactorRule, PersonRecord, int | None], Target | None]] = (
    MappingProxyType(
        {
            Factor.CAFFEINE: _caffeine_mg,
            Factor.SLEEP: _sleep_min,
            Factor.STRESS: _stress,
            Factor.ALCOHOL: _alcohol,
            Factor.NICOTINE: _nicotine,
            Factor.HYDRATION: _drinks_ml,
        }
    )
)
"""The limit for a person of some age in years."""
