"""Rules against a diary: which lists of public pages it is on, with the evidence.

A sorter of appointments, not of illnesses: each rule that fires says what was recorded, what a
named page says about it, and what to do. The highest level wins and nothing lowers it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from diary.records import DiaryRecord, SymptomAnswerRecord
from diary.vocabulary import AssociatedSymptom, Factor
from triage.advice_facts import Facts, facts_of
from triage.advice_wording import RuleWords, emergency_numbers, factor_text, rule_words
from triage.factors import FactorDays, FactorFact, find_factors
from triage.knowledge import EMERGENCY, SELF_CARE, URGENCIES, Knowledge, Note, knowledge
from triage.periods import Period
from triage.red_flags import Fulfilled, fulfilled_rules


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that fired: its level, the words shown, and the ids of its sources.

    `text` joins the parts: `recorded` the fact of the diary, `said_by` who says something about it
    with the verb ("The NHS says"), `says` what, `do` what to do; each but `said_by` is a sentence.
    `symptoms` are the codes of the signs it rests on. `passed`: it fires
    through signs that are over by now.
    """

    rule: str
    urgency: str
    text: str
    sources: tuple[str, ...]
    recorded: str
    said_by: str
    says: str
    do: str
    symptoms: tuple[str, ...]
    passed: bool


@dataclass(frozen=True, slots=True)
class FactorAdvice:
    """A factor outside its usual target; counts are None for medicine and fast breathing."""

    factor: str
    rule: str
    days_outside: int | None
    days_recorded: int | None
    twitch_days_outside: int | None
    twitch_days_within: int | None
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """The overall level, what fired, factors outside their targets, and context notes.

    `ask_again`: codes of signs behind an emergency that were answered more than seven days ago;
    the level holds until the person says whether they are there now or over.
    `emergency_numbers`: those of the person's country, the first to be called first.
    """

    urgency: str
    signs_asked: bool
    pharmacist: bool
    fired: tuple[FiredRule, ...]
    factors: tuple[FactorAdvice, ...]
    notes: tuple[str, ...]
    ask_again: tuple[str, ...]
    emergency_numbers: tuple[str, ...]


def advise(record: DiaryRecord, as_of: date, *, period: Period) -> Advice:
    """Everything that fires for a diary on `as_of`; factors over the days of `period`.

    `record` holds nothing dated after `as_of` (`triage.periods.known_on`) and at least its last
    fourteen days of episodes.
    """
    known = knowledge()
    facts = facts_of(record, as_of, known.red_flags)
    found = fulfilled_rules(facts, known.red_flags)
    fired = _by_urgency(_fired_rules(found, facts, known))
    factors = tuple(
        _factor_advice(one, facts) for one in find_factors(record, facts, period, known)
    )
    ids = frozenset(one.rule for one in fired)
    return Advice(
        urgency=fired[0].urgency if fired else SELF_CARE,
        signs_asked=facts.signs_asked,
        pharmacist="RF-MED-SUSPECTED" in ids or any(f.factor == Factor.MEDICINE for f in factors),
        fired=fired,
        factors=factors,
        notes=_notes(facts, ids, known),
        ask_again=_ask_again(found, facts, known.red_flags.days("ask_again_days")),
        emergency_numbers=emergency_numbers(facts.person.country),
    )


def signs_to_ask() -> tuple[str, ...]:
    """Signs that must have an answer before "nothing you recorded is on the lists" may be said.

    They are those on any one of which an emergency or a today-or-tomorrow rule can rest alone,
    whatever else the diary holds. Any answer counts, "not sure" too: it was asked.
    """
    return knowledge().red_flags.signs_to_ask


def _fired_rules(
    found: tuple[Fulfilled, ...], facts: Facts, known: Knowledge
) -> tuple[FiredRule, ...]:
    ids = frozenset(one.rule.id for one in found)
    return tuple(_fired_rule(one, rule_words(one, facts, ids, known)) for one in found)


def _fired_rule(found: Fulfilled, words: RuleWords) -> FiredRule:
    return FiredRule(
        rule=found.rule.id,
        urgency=found.urgency,
        text=words.text,
        sources=found.rule.sources,
        recorded=words.recorded,
        said_by=words.said_by,
        says=words.says,
        do=words.do,
        symptoms=found.symptoms,
        passed=found.passed,
    )


def _by_urgency(fired: tuple[FiredRule, ...]) -> tuple[FiredRule, ...]:
    """The most urgent first, within a level in the order of the table."""
    return tuple(sorted(fired, key=lambda one: URGENCIES.index(one.urgency)))


def _factor_advice(found: FactorDays | FactorFact, facts: Facts) -> FactorAdvice:
    days = found if isinstance(found, FactorDays) else None
    return FactorAdvice(
        factor=found.rule.factor,
        rule=found.rule.id,
        days_outside=days.outside if days else None,
        days_recorded=days.recorded if days else None,
        twitch_days_outside=days.twitched_outside if days else None,
        twitch_days_within=days.twitched_within if days else None,
        text=factor_text(found, facts),
        sources=found.rule.sources,
    )


def _notes(facts: Facts, fired: frozenset[str], known: Knowledge) -> tuple[str, ...]:
    return tuple(note.id for note in known.notes.values() if _belongs(note, facts, fired))


def _belongs(note: Note, facts: Facts, fired: frozenset[str]) -> bool:
    """Whether a note belongs to this person: by a condition, by a rule, or by its own question."""
    if not (facts.conditions.isdisjoint(note.conditions) and fired.isdisjoint(note.rules)):
        return True
    question = NOTE_QUESTIONS.get(note.id)
    return question is not None and question(facts, note)


def _is_pregnant(facts: Facts, note: Note) -> bool:
    return facts.person.pregnant is True


def _is_a_child(facts: Facts, note: Note) -> bool:
    age = facts.person.age_on(facts.as_of)
    return age is not None and age < note.numbers["under_age"].value


def _names_a_worry(facts: Facts, note: Note) -> bool:
    return bool((facts.person.worry or "").strip())


NOTE_QUESTIONS: Mapping[str, Callable[[Facts, Note], bool]] = MappingProxyType(
    {
        "CTX-PREGNANT": _is_pregnant,
        "CTX-CHILD": _is_a_child,
        "CTX-WORRY": _names_a_worry,
    }
)
"""Notes that hang on more than conditions and rules."""


def _ask_again(found: tuple[Fulfilled, ...], facts: Facts, days: int) -> tuple[str, ...]:
    """Signs behind an emergency, said to be there more than so many days ago."""
    behind = {code for one in found if one.urgency == EMERGENCY for code in one.symptoms}
    return tuple(
        code
        for code in AssociatedSymptom.codes()
        if code in behind and code in facts.signs and _age(facts.signs[code], facts) > days
    )


def _age(answer: SymptomAnswerRecord, facts: Facts) -> int:
    return (facts.as_of - answer.asked_on).days
