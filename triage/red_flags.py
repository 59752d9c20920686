"""Which rules a diary fulfils, and what of the diary fulfils them.

One small engine reads the clauses of `triage/knowledge/red_flags.toml`; what no clause can say is
a named question to the facts. Only what is recorded fulfils anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType

from diary.records import MedicineRecord, Place, SymptomAnswerRecord
from diary.vocabulary import Answer, AssociatedSymptom, BodySite, Condition, Side, SiteGroup
from triage.advice_facts import Facts, in_order, parts_of_body
from triage.knowledge import EMERGENCY, SOON, Clause, RedFlag, RedFlags


@dataclass(frozen=True, slots=True)
class Evidence:
    """What of the diary fulfils a clause, the words that tell it, and what a page says to it."""

    recorded: str
    says: str = ""
    name: str | None = None
    symptoms: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    medicines: tuple[MedicineRecord, ...] = ()
    places: tuple[Place, ...] = ()
    regions: tuple[str, ...] = ()
    figures: Mapping[str, int] = field(default_factory=dict)
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """A rule that is fulfilled, at its level or, for what has passed, at a lower one.

    `passed`: without signs that are over by now it would not be.
    """

    rule: RedFlag
    urgency: str
    passed: bool
    evidence: tuple[Evidence, ...]

    @property
    def symptoms(self) -> tuple[str, ...]:
        """All signs it rests on, in the order of the vocabulary."""
        found = {code for one in self.evidence for code in one.symptoms}
        return tuple(code for code in AssociatedSymptom.codes() if code in found)


def fulfilled_rules(facts: Facts, red_flags: RedFlags) -> tuple[Fulfilled, ...]:
    """Every rule that is fulfilled, in the order of the table."""
    found: list[Fulfilled] = []
    before: set[str] = set()
    with_passed = _with_passed(facts)
    for rule in red_flags.rules:
        one = _fulfilled(rule, facts, with_passed, before)
        if one is not None:
            found.append(one)
            before |= {rule.id, *(f"{rule.id}/{e.name}" for e in one.evidence if e.name)}
    return tuple(found)


def _with_passed(facts: Facts) -> Facts:
    """The facts as if what is over, and began lately, were still there."""
    over = {
        code: SymptomAnswerRecord(began, code, Answer.YES.value)
        for code, began in facts.passed.items()
    }
    return replace(facts, signs={**facts.signs, **over})


def _fulfilled(
    rule: RedFlag, facts: Facts, with_passed: Facts, before: set[str]
) -> Fulfilled | None:
    """A rule at its own level, else, for an emergency that has passed, at "today or tomorrow"."""
    evidence = evidence_of(rule, with_passed if rule.counts_passed else facts, before)
    if evidence:
        found = Fulfilled(rule, rule.urgency, False, evidence)
        return replace(found, passed=_all_passed(found, facts))
    if rule.urgency == EMERGENCY and facts.passed:
        evidence = evidence_of(rule, with_passed, before)
        if evidence:
            return Fulfilled(rule, SOON, True, evidence)
    return None


def _all_passed(found: Fulfilled, facts: Facts) -> bool:
    return bool(found.symptoms) and not any(code in facts.signs for code in found.symptoms)


def evidence_of(rule: RedFlag, facts: Facts, before: set[str]) -> tuple[Evidence, ...]:
    """What fulfils each clause of a rule; empty when none is. `before`: rules fulfilled so far."""
    found = (_clause_evidence(clause, facts) for clause in rule.when if clause.unless not in before)
    return tuple(evidence for evidence in found if evidence is not None)


def _clause_evidence(clause: Clause, facts: Facts) -> Evidence | None:
    """What fulfils a clause, or None: each part that it states must hold."""
    if not (_time_holds(clause, facts) and _person_holds(clause, facts)):
        return None
    symptoms = _enough(clause.symptoms, facts, clause.number("at_least", 1))
    more = _enough(clause.and_symptoms, facts, clause.number("and_at_least", 1))
    medicines = tuple(m for m in facts.taken if m.medicine_class in clause.medicine_classes)
    places = _places(clause, facts)
    evidence = FACT_QUESTIONS[clause.fact](facts, clause) if clause.fact else Evidence("")
    if symptoms is None or more is None or places is None or evidence is None:
        return None
    if clause.medicine_classes and not medicines:
        return None
    return replace(
        evidence,
        recorded=clause.recorded,
        says=clause.says,
        name=clause.name,
        symptoms=tuple(dict.fromkeys((*symptoms, *more))),
        conditions=_in_vocabulary(clause.conditions, facts.conditions),
        medicines=evidence.medicines or medicines,
        places=evidence.places or places,
    )


def _time_holds(clause: Clause, facts: Facts) -> bool:
    """Whether it goes on, and began long enough ago, as far as the clause asks."""
    if clause.going_on and not facts.going_on:
        return False
    days = facts.onset_days
    for name, short_of in (("onset_over_days", 1), ("onset_at_least_days", 0)):
        if name in clause.numbers and (days is None or days < clause.number(name) + short_of):
            return False
    return True


def _person_holds(clause: Clause, facts: Facts) -> bool:
    if clause.impact and facts.person.impact not in clause.impact:
        return False
    return not clause.conditions or not facts.conditions.isdisjoint(clause.conditions)


def _enough(codes: tuple[str, ...], facts: Facts, least: int) -> tuple[str, ...] | None:
    """The signs of a list that are there, or None when there are fewer than asked for."""
    found = tuple(code for code in codes if code in facts.signs)
    return None if codes and len(found) < least else found


def _places(clause: Clause, facts: Facts) -> tuple[Place, ...] | None:
    """Places of the clause that twitched lately, or None when it asks for some and finds none."""
    if clause.no_site_groups and _of_groups(facts.places, clause.no_site_groups):
        return None
    found = _of_groups(facts.places, clause.site_groups)
    found |= {place for place in facts.places if place[0] in clause.sites}
    asked = bool(clause.site_groups or clause.sites)
    return None if asked and not found else in_order(found)


def _of_groups(places: Iterable[Place], groups: tuple[str, ...]) -> set[Place]:
    return {place for place in places if BodySite(place[0]).group in groups}


def _in_vocabulary(codes: tuple[str, ...], found: frozenset[str]) -> tuple[str, ...]:
    return tuple(code for code in Condition.codes() if code in codes and code in found)


# What no clause can say: one question each. None: not so, or not recorded.


def _caffeine_of_the_latest_day(facts: Facts, clause: Clause) -> Evidence | None:
    """At least so much on the latest of the last seven days that has caffeine recorded."""
    for day in reversed(facts.week):
        if day.caffeine_mg is not None:
            if day.caffeine_mg < clause.number("mg"):
                return None
            return Evidence("", figures={"mg": day.caffeine_mg}, day=day.date)
    return None


def _constant_days(facts: Facts, clause: Clause) -> Evidence | None:
    """At least so many of the last seven days on which it never stopped."""
    days = sum(day.constant for day in facts.week)
    return Evidence("", figures={"days": days}) if days >= clause.number("days") else None


def _highest_pain(facts: Facts, clause: Clause) -> Evidence | None:
    """At least so much pain with one episode of the last seven days."""
    recorded = [episode.pain for episode in facts.week_episodes if episode.pain is not None]
    pain = max(recorded, default=-1)
    return Evidence("", figures={"pain": pain}) if pain >= clause.number("pain") else None


def _twitches_in_one_day(facts: Facts, clause: Clause) -> Evidence | None:
    """At least so many twitches on any one of the last seven days."""
    most = max((day.twitches for day in facts.week), default=0)
    return Evidence("", figures={"twitches": most}) if most >= clause.number("twitches") else None


def _strong_days(facts: Facts, clause: Clause) -> Evidence | None:
    """An episode of so much intensity on at least so many of the last seven days."""
    least = clause.number("intensity")
    days = {
        episode.local_date
        for episode in facts.week_episodes
        if episode.intensity is not None and episode.intensity >= least
    }
    return Evidence("", figures={"days": len(days)}) if len(days) >= clause.number("days") else None


def _lid_and_face_of_one_side(facts: Facts, clause: Clause) -> Evidence | None:
    """An eyelid and the face of the same side, left or right."""
    found: list[Place] = []
    for side in (Side.LEFT, Side.RIGHT):
        here = [place for place in facts.places if place[1] == side]
        lids = _of_groups(here, (SiteGroup.EYELID.value,))
        face = _of_groups(here, (SiteGroup.FACE.value,))
        if lids and face:
            found += [*lids, *face]
    return Evidence("", places=in_order(found)) if found else None


def _parts_of_the_body(facts: Facts, clause: Clause) -> Evidence | None:
    """Places in at least so many regions of the body."""
    regions = parts_of_body(facts.places)
    if len(regions) < clause.number("regions"):
        return None
    return Evidence("", places=in_order(facts.places), regions=regions)


def _suspected_medicine(facts: Facts, clause: Clause) -> Evidence | None:
    """A medicine that the person thinks of."""
    found = tuple(medicine for medicine in facts.medicines if medicine.suspected)
    return Evidence("", medicines=found) if found else None


def _medicine_near_the_onset(facts: Facts, clause: Clause) -> Evidence | None:
    """A medicine, even a stopped one, started, changed or stopped shortly before the onset."""
    found = tuple(
        medicine
        for medicine in facts.medicines
        if steps_before(medicine, facts.onset, clause.number("days_before"))
    )
    if not found:
        return None
    return Evidence("", medicines=found, figures={"days_before": clause.number("days_before")})


def steps_before(
    medicine: MedicineRecord, onset: date | None, days: int
) -> tuple[tuple[str, date], ...]:
    """What was done with a medicine on the day of the onset or up to `days` days before it."""
    if onset is None:
        return ()
    first = onset - timedelta(days=days)
    steps = (
        ("started", medicine.started_on),
        ("changed", medicine.changed_on),
        ("stopped", medicine.stopped_on),
    )
    return tuple((step, day) for step, day in steps if day is not None and first <= day <= onset)


FACT_QUESTIONS: Mapping[str, Callable[[Facts, Clause], Evidence | None]] = MappingProxyType(
    {
        "caffeine_of_the_latest_day": _caffeine_of_the_latest_day,
        "constant_days": _constant_days,
        "highest_pain": _highest_pain,
        "lid_and_face_of_one_side": _lid_and_face_of_one_side,
        "medicine_near_the_onset": _medicine_near_the_onset,
        "parts_of_the_body": _parts_of_the_body,
        "strong_days": _strong_days,
        "suspected_medicine": _suspected_medicine,
        "twitches_in_one_day": _twitches_in_one_day,
    }
)
