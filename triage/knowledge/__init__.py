"""What the advice leans on, as data: sources, rules, factors, notes, medicines, drinks, numbers.

The TOML files beside this module are read once, checked whole and kept frozen. An entry that is
incomplete, misspelt or leans on an unknown source stops the program with a `KnowledgeFault` that
names file, entry and field: no half of a rule may ever run.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from diary.vocabulary import (
    DRINK_SERVINGS,
    AssociatedSymptom,
    BodySite,
    Condition,
    Drink,
    DrinkServing,
    Factor,
    Impact,
    MedicineClass,
    SiteGroup,
)

FOLDER = Path(__file__).parent

EMERGENCY, SOON, ROUTINE, SELF_CARE = "emergency", "soon", "routine", "self_care"
URGENCIES = (EMERGENCY, SOON, ROUTINE, SELF_CARE)
"""Levels of advice, the highest first; no rule has the last one."""

FACTS = MappingProxyType(
    {
        "caffeine_of_the_latest_day": ("mg",),
        "constant_days": ("days",),
        "highest_pain": ("pain",),
        "lid_and_face_of_one_side": (),
        "medicine_near_the_onset": ("days_before",),
        "parts_of_the_body": ("regions",),
        "strong_days": ("intensity", "days"),
        "suspected_medicine": (),
        "twitches_in_one_day": ("twitches",),
    }
)
"""Questions to a diary that a rule may name, each with the numbers it needs beside it."""

PLACEHOLDERS = frozenset(
    {"caffeine_day", "conditions", "days", "last", "limit", "medicine_dates"}
    | {"medicines", "mg", "number", "pain", "parts", "places", "signs", "since", "twitches"}
)
"""Facts that a text may have filled in."""

_CLAUSE_NUMBERS = ("at_least", "and_at_least", "onset_over_days", "onset_at_least_days")
_CLAUSE_CODES: Mapping[str, tuple[str, ...]] = {
    "symptoms": AssociatedSymptom.codes(),
    "and_symptoms": AssociatedSymptom.codes(),
    "conditions": Condition.codes(),
    "medicine_classes": MedicineClass.codes(),
    "impact": Impact.codes(),
    "sites": BodySite.codes(),
    "site_groups": SiteGroup.codes(),
    "no_site_groups": SiteGroup.codes(),
}


class KnowledgeFault(ValueError):
    """What is wrong with an entry: file, entry and field in one sentence."""


@dataclass(frozen=True, slots=True)
class Source:
    """A page or paper, with how it was read and when it was last compared."""

    id: str
    organisation: str
    title: str
    read: str
    checked: date
    address: str | None
    note: str | None
    review_due: date | None


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a rule; without sources it is a decision of this diary."""

    value: int
    sources: tuple[str, ...]
    design_decision: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """One way in which a rule fires: everything stated must hold; see red_flags.toml."""

    name: str | None
    recorded: str
    says: str
    symptoms: tuple[str, ...]
    and_symptoms: tuple[str, ...]
    conditions: tuple[str, ...]
    medicine_classes: tuple[str, ...]
    impact: tuple[str, ...]
    sites: tuple[str, ...]
    site_groups: tuple[str, ...]
    no_site_groups: tuple[str, ...]
    going_on: bool
    fact: str | None
    unless: str | None
    numbers: Mapping[str, Number]

    def number(self, name: str, default: int = 0) -> int:
        """The value of one of its numbers."""
        return self.numbers[name].value if name in self.numbers else default

    @property
    def rests_on_one_sign(self) -> bool:
        """Whether any one of its signs makes it fire, whatever else the diary holds."""
        others = (self.and_symptoms, self.conditions, self.medicine_classes, self.impact)
        places = (self.sites, self.site_groups, self.no_site_groups)
        return bool(
            self.symptoms and not (any(others) or any(places) or self.fact or self.going_on)
        ) and not (self.numbers.keys() & {"at_least", "onset_over_days", "onset_at_least_days"})


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A rule: when it fires, how urgent that is, and its words."""

    id: str
    urgency: str
    sources: tuple[str, ...]
    checked: date
    said_by: str
    do: str
    counts_passed: bool
    design_decision: str | None
    when: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class RedFlags:
    """All rules in their order, the stretches of days they share, and what to do at each level."""

    rules: tuple[RedFlag, ...]
    windows: Mapping[str, Number]
    do: Mapping[str, str]

    def days(self, window: str) -> int:
        """Length of a shared stretch of days."""
        return self.windows[window].value

    @property
    def signs_to_ask(self) -> tuple[str, ...]:
        """Signs on any one of which an emergency or a today-or-tomorrow rule can rest alone."""
        found = {
            symptom
            for rule in self.rules
            if rule.urgency in (EMERGENCY, SOON)
            for clause in rule.when
            if clause.rests_on_one_sign
            for symptom in clause.symptoms
        }
        return tuple(code for code in AssociatedSymptom.codes() if code in found)


@dataclass(frozen=True, slots=True)
class FactorRule:
    """A factor with its usual target: the numbers, and where they come from by group of people."""

    factor: str
    id: str
    sources: tuple[str, ...]
    checked: date
    lead: str
    target: Mapping[str, str]
    numbers: Mapping[str, Number]

    def number(self, name: str) -> int:
        """The value of one of its numbers."""
        return self.numbers[name].value


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that belongs to who the person is."""

    id: str
    sources: tuple[str, ...]
    checked: date
    text: str
    conditions: tuple[str, ...]
    rules: tuple[str, ...]
    design_decision: str | None
    numbers: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class ReportedClass:
    """A class of medicines that has been reported with twitching or cramps."""

    code: str
    reported: str
    strength: str
    sources: tuple[str, ...]
    checked: date


@dataclass(frozen=True, slots=True)
class DrinkAmount:
    """How much caffeine one serving holds, in mg, and how far products and tables differ."""

    drink: str
    serving: DrinkServing
    low: int
    high: int
    strength: str
    sources: tuple[str, ...]
    checked: date


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the advice leans on."""

    sources: Mapping[str, Source]
    red_flags: RedFlags
    factors: Mapping[str, FactorRule]
    notes: Mapping[str, Note]
    medicine_classes: Mapping[str, ReportedClass]
    drinks: Mapping[str, DrinkAmount]
    emergency_numbers: Mapping[str, tuple[str, ...]]
    usual_emergency_numbers: tuple[str, ...]


@cache
def knowledge() -> Knowledge:
    """The shipped knowledge, read once. Raises `KnowledgeFault` on the first fault."""
    return load(FOLDER)


def load(folder: Path) -> Knowledge:
    """The knowledge in a folder. Raises `KnowledgeFault` on the first fault."""
    sources = read_sources(_parsed(folder / "sources.toml"))
    red_flags = read_red_flags(_parsed(folder / "red_flags.toml"), sources)
    numbers = _parsed(folder / "emergency_numbers.toml")
    return Knowledge(
        sources=sources,
        red_flags=red_flags,
        factors=read_factors(_parsed(folder / "factors.toml"), sources),
        notes=read_notes(_parsed(folder / "notes.toml"), sources, red_flags),
        medicine_classes=read_classes(_parsed(folder / "medicine_classes.toml"), sources),
        drinks=read_drinks(_parsed(folder / "drinks.toml"), sources),
        emergency_numbers=read_emergency_numbers(numbers),
        usual_emergency_numbers=_Entry(numbers, "emergency_numbers.toml").texts("unknown"),
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeFault(f"{path.name} is not TOML: {error}.") from error


class _Entry:
    """One table, read field by field; whatever is left over at the end is a fault."""

    def __init__(self, table: object, where: str) -> None:
        self.where = where
        if not isinstance(table, dict):
            raise KnowledgeFault(f"{where}: this is not a table.")
        self.left: dict[str, Any] = dict(table)

    def fault(self, sentence: str) -> KnowledgeFault:
        return KnowledgeFault(f"{self.where}: {sentence}")

    def take(self, field: str, kind: type, default: Any = ...) -> Any:
        value = self.left.pop(field, default)
        if value is ...:
            raise self.fault(f"{field} is missing.")
        if value is not default and not (type(value) is kind or (kind is str and value is None)):
            raise self.fault(f"{field} must be of type {kind.__name__}.")
        if value == "":
            raise self.fault(f"{field} is empty.")
        return value

    def text(self, field: str, default: Any = ...) -> Any:
        words = self.take(field, str, default)
        for name in re.findall(r"%\((\w*)\)s", words or ""):
            if name not in PLACEHOLDERS:
                raise self.fault(f"{field} has an unknown placeholder {name!r}.")
        if "%" in re.sub(r"%\(\w+\)s", "", words or ""):
            raise self.fault(f"{field} has a % that is no placeholder.")
        return words

    def texts(self, field: str) -> tuple[str, ...]:
        words = self.take(field, list)
        if not words or not all(type(word) is str and word for word in words):
            raise self.fault(f"{field} must list texts.")
        return tuple(words)

    def codes(self, field: str, known: Sequence[str]) -> tuple[str, ...]:
        found = self.take(field, list, [])
        for code in found:
            if code not in known:
                raise self.fault(f"{field} has an unknown code {code!r}.")
        if len(set(found)) < len(found):
            raise self.fault(f"{field} names a code twice.")
        return tuple(found)

    def one_of(self, field: str, known: Sequence[str]) -> str:
        code: str = self.take(field, str)
        if code not in known:
            raise self.fault(f"{field} has an unknown code {code!r}.")
        return code

    def sources(self, known: Mapping[str, Source], default: Any = ...) -> tuple[str, ...]:
        found = self.take("sources", list, default)
        for source in found:
            if source not in known:
                raise self.fault(f"sources has an unknown source {source!r}.")
        return tuple(found)

    def number(self, field: str, known: Mapping[str, Source]) -> Number:
        part = _Entry(self.take(field, dict), f"{self.where}, {field}")
        value = part.take("value", int)
        sources = part.sources(known, [])
        decided = part.take("design_decision", bool, False)
        if bool(sources) == decided:
            raise part.fault("state either sources or design_decision = true.")
        part.done()
        return Number(value, sources, decided)

    def numbers(self, field: str, known: Mapping[str, Source]) -> Mapping[str, Number]:
        part = _Entry(self.take(field, dict, {}), f"{self.where}, {field}")
        return MappingProxyType({name: part.number(name, known) for name in list(part.left)})

    def done(self) -> None:
        if self.left:
            raise self.fault(f"unknown key {min(self.left)!r}.")


def _entries(file: _Entry, field: str, key: str) -> Iterator[_Entry]:
    """The entries of a list of tables; the same key twice is a fault."""
    seen = set()
    for position, table in enumerate(file.take(field, list)):
        entry = _Entry(table, f"{file.where}, {field} {position + 1}")
        name = entry.left.get(key)
        if type(name) is not str:
            raise entry.fault(f"{key} is missing.")
        entry.where = f"{file.where}, {name}"
        if name in seen:
            raise entry.fault("this stands there twice.")
        seen.add(name)
        yield entry
        entry.done()


def read_sources(parsed: Mapping[str, Any]) -> Mapping[str, Source]:
    """Every source by its id."""
    file = _Entry(parsed, "sources.toml")
    found = {}
    for entry in _entries(file, "source", "id"):
        source = Source(
            id=entry.take("id", str),
            organisation=entry.take("organisation", str),
            title=entry.take("title", str),
            read=entry.one_of("read", ("own_page", "copy", "abstract", "secondary", "article")),
            checked=entry.take("checked", date),
            address=entry.take("address", str, None),
            note=entry.take("note", str, None),
            review_due=entry.take("review_due", date, None),
        )
        if source.address is not None and not source.address.startswith("https://"):
            raise entry.fault("address must begin with https://.")
        found[source.id] = source
    file.done()
    return MappingProxyType(found)


def read_red_flags(parsed: Mapping[str, Any], sources: Mapping[str, Source]) -> RedFlags:
    """The rules in the order of the file."""
    file = _Entry(parsed, "red_flags.toml")
    checked = file.take("checked", date)
    windows = file.numbers("windows", sources)
    do = _Entry(file.take("do", dict), "red_flags.toml, do")
    levels = (EMERGENCY, "emergency_passed", SOON, "soon_passed", ROUTINE, "harmless")
    sentences = {level: do.text(level) for level in levels}
    do.done()
    rules = tuple(
        _red_flag(entry, sources, checked, sentences) for entry in _entries(file, "rule", "id")
    )
    file.done()
    _check_order_of_exceptions(rules)
    return RedFlags(rules, windows, MappingProxyType(sentences))


def _red_flag(
    entry: _Entry, sources: Mapping[str, Source], checked: date, do: Mapping[str, str]
) -> RedFlag:
    urgency = entry.one_of("urgency", (EMERGENCY, SOON, ROUTINE))
    words = {name: entry.text(name) for name in ("recorded", "says")}
    named = entry.sources(sources)
    if not named:
        raise entry.fault("sources is empty.")
    clauses = entry.take("when", list)
    if not clauses:
        raise entry.fault("when is empty.")
    return RedFlag(
        id=entry.take("id", str),
        urgency=urgency,
        sources=named,
        checked=entry.take("checked", date, checked),
        said_by=entry.text("said_by"),
        do=entry.text("do", do[urgency]),
        counts_passed=entry.take("counts_passed", bool, False),
        design_decision=entry.take("design_decision", str, None),
        when=tuple(
            _clause(_Entry(table, f"{entry.where}, when {position + 1}"), sources, words)
            for position, table in enumerate(clauses)
        ),
    )


def _clause(entry: _Entry, sources: Mapping[str, Source], words: Mapping[str, str]) -> Clause:
    fact = entry.one_of("fact", tuple(FACTS)) if "fact" in entry.left else None
    needed = FACTS[fact] if fact else ()
    optional = tuple(name for name in _CLAUSE_NUMBERS if name in entry.left)
    codes = {field: entry.codes(field, known) for field, known in _CLAUSE_CODES.items()}
    clause = Clause(
        name=entry.take("name", str, None),
        recorded=entry.text("recorded", words["recorded"]),
        says=entry.text("says", words["says"]),
        **codes,
        going_on=entry.take("going_on", bool, False),
        fact=fact,
        unless=entry.take("unless", str, None),
        numbers=MappingProxyType(
            {name: entry.number(name, sources) for name in (*needed, *optional)}
        ),
    )
    entry.done()
    if not (any(codes.values()) or fact or clause.going_on):
        raise entry.fault("this holds for everybody; state what must be recorded.")
    return clause


def _check_order_of_exceptions(rules: Sequence[RedFlag]) -> None:
    """A rule can only step back for one that was looked at before it."""
    before: set[str] = set()
    for rule in rules:
        for clause in rule.when:
            if clause.unless is not None and clause.unless not in before:
                raise KnowledgeFault(
                    f"red_flags.toml, {rule.id}: unless must name an earlier rule or its part."
                )
        before |= {rule.id, *(f"{rule.id}/{clause.name}" for clause in rule.when if clause.name)}


def read_factors(
    parsed: Mapping[str, Any], sources: Mapping[str, Source]
) -> Mapping[str, FactorRule]:
    """Every factor by its code; each of the vocabulary must be there."""
    file = _Entry(parsed, "factors.toml")
    checked = file.take("checked", date)
    found = {}
    for entry in _entries(file, "factor", "factor"):
        target = _Entry(entry.take("target", dict), f"{entry.where}, target")
        rule = FactorRule(
            factor=entry.one_of("factor", Factor.codes()),
            id=entry.take("id", str),
            sources=entry.sources(sources),
            checked=entry.take("checked", date, checked),
            lead=entry.text("lead"),
            target=MappingProxyType({group: target.text(group) for group in list(target.left)}),
            numbers=entry.numbers("numbers", sources),
        )
        if not rule.target:
            raise entry.fault("target is empty.")
        found[rule.factor] = rule
    file.done()
    if tuple(found) != Factor.codes():
        raise file.fault(f"the factors must be {', '.join(Factor.codes())}, in this order.")
    return MappingProxyType(found)


def read_notes(
    parsed: Mapping[str, Any], sources: Mapping[str, Source], red_flags: RedFlags
) -> Mapping[str, Note]:
    """Every note by its id, in the order in which notes are shown."""
    file = _Entry(parsed, "notes.toml")
    checked = file.take("checked", date)
    known_rules = tuple(rule.id for rule in red_flags.rules)
    found = {}
    for entry in _entries(file, "note", "id"):
        note = Note(
            id=entry.take("id", str),
            sources=entry.sources(sources),
            checked=entry.take("checked", date, checked),
            text=entry.text("text"),
            conditions=entry.codes("conditions", Condition.codes()),
            rules=entry.codes("rules", known_rules),
            design_decision=entry.take("design_decision", str, None),
            numbers=entry.numbers("numbers", sources),
        )
        if not note.sources and note.design_decision is None:
            raise entry.fault("state sources or a design_decision.")
        found[note.id] = note
    file.done()
    return MappingProxyType(found)


def read_classes(
    parsed: Mapping[str, Any], sources: Mapping[str, Source]
) -> Mapping[str, ReportedClass]:
    """Classes of medicines reported with twitching or cramps, by code."""
    file = _Entry(parsed, "medicine_classes.toml")
    checked = file.take("checked", date)
    found = {}
    for entry in _entries(file, "class", "code"):
        reported = ReportedClass(
            code=entry.one_of("code", MedicineClass.codes()),
            reported=entry.text("reported"),
            strength=entry.one_of("strength", ("named", "weak")),
            sources=entry.sources(sources),
            checked=entry.take("checked", date, checked),
        )
        if (reported.strength == "named") != bool(reported.sources):
            raise entry.fault("named needs sources, weak has none.")
        found[reported.code] = reported
    file.done()
    return MappingProxyType(found)


def read_drinks(
    parsed: Mapping[str, Any], sources: Mapping[str, Source]
) -> Mapping[str, DrinkAmount]:
    """Every drink that the check-in counts, by code; the servings are those it counts with."""
    file = _Entry(parsed, "drinks.toml")
    checked = file.take("checked", date)
    found = {}
    for entry in _entries(file, "drink", "drink"):
        amount = DrinkAmount(
            drink=entry.one_of("drink", Drink.codes()),
            serving=DrinkServing(
                entry.take("mg", int), entry.take("size", int, None), entry.take("unit", str, "ml")
            ),
            low=entry.take("low", int),
            high=entry.take("high", int),
            strength=entry.one_of("strength", ("named", "weak")),
            sources=entry.sources(sources),
            checked=entry.take("checked", date, checked),
        )
        if (amount.strength == "named") != bool(amount.sources):
            raise entry.fault("named needs sources, weak has none.")
        if not 0 < amount.low <= amount.serving.mg <= amount.high:
            raise entry.fault("mg must lie between low and high.")
        if amount.serving != DRINK_SERVINGS.get(Drink(amount.drink)):
            raise entry.fault("mg, size and unit must be those that the check-in counts with.")
        found[amount.drink] = amount
    file.done()
    if tuple(found) != tuple(DRINK_SERVINGS):
        raise file.fault(f"the drinks must be {', '.join(DRINK_SERVINGS)}, in this order.")
    return MappingProxyType(found)


def read_emergency_numbers(parsed: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """Numbers to call for an ambulance by country, the first one first."""
    file = _Entry(parsed, "emergency_numbers.toml")
    file.take("checked", date)
    file.texts("unknown")
    countries = _Entry(file.take("country", dict), "emergency_numbers.toml, country")
    found = {}
    for country in list(countries.left):
        numbers = countries.texts(country)
        if not re.fullmatch("[A-Z]{2}", country) or not all(map(str.isdigit, numbers)):
            raise countries.fault(f"{country} must be two capitals with numbers of digits.")
        found[country] = numbers
    file.done()
    return MappingProxyType(found)
