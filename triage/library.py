"""The library: causes, prevention, tests, treatments, the appointment, and when to see a doctor.

The same text for everybody, as data in `triage/knowledge/*.toml`. Nothing here reads a diary; an
entry only names the factors of a diary that its page may put beside the text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from diary.vocabulary import BodySite, Condition, Factor, Test
from triage.knowledge import EMERGENCY, FOLDER, ROUTINE, SOON, Knowledge, KnowledgeFault, knowledge

FILES = ("causes", "prevention", "tests", "treatments", "doctor")

SHELVES = (
    "background",
    "everyday",
    "nutrients",
    "medicines",
    "conditions",
    "prevention",
    "appointment",
    "tests",
    "treatments",
)
LEVELS = (EMERGENCY, SOON, ROUTINE)


@dataclass(frozen=True, slots=True)
class Line:
    """Two parts that belong together: a limit and its figure, a question and why it is asked."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the library; comments in the files say what each field holds."""

    slug: str
    shelf: str
    title: str
    lead: str
    sources: tuple[str, ...]
    checked: date
    text: tuple[str, ...] = ()
    article: str = ""
    short: str = ""
    value: str = ""
    where: str = ""
    places: tuple[BodySite, ...] = ()
    alongside: tuple[str, ...] = ()
    limits_title: str = ""
    limits: tuple[Line, ...] = ()
    limits_note: str = ""
    points: tuple[Line, ...] = ()
    tries: tuple[str, ...] = ()
    diary: str = ""
    factors: tuple[Factor, ...] = ()
    history: tuple[Condition, ...] = ()
    tests: tuple[Test, ...] = ()
    see: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to see a doctor, the rules it puts into words, and the ids of its sources."""

    text: str
    rules: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """How soon to see a doctor, and for which reasons."""

    code: str
    title: str
    lead: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Library:
    """Every entry in the order in which the index lists them, and the levels, highest first."""

    entries: tuple[Entry, ...]
    levels: tuple[Level, ...]
    by_slug: Mapping[str, Entry] = field(compare=False)

    def on_shelf(self, shelf: str) -> tuple[Entry, ...]:
        """The entries of one shelf."""
        return tuple(entry for entry in self.entries if entry.shelf == shelf)


@cache
def library() -> Library:
    """The shipped library, read and checked once."""
    texts = {name: (FOLDER / f"{name}.toml").read_text("utf-8") for name in FILES}
    return read_library(texts, knowledge())


def read_library(texts: Mapping[str, str], known: Knowledge) -> Library:
    """The library from the texts of its files by name. Raises `KnowledgeFault` on the first fault.

    Sources, and the rules with their levels, are those of `known`.
    """
    entries: list[Entry] = []
    levels: list[Level] = []
    for name, text in texts.items():
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise KnowledgeFault(f"{name}.toml is not TOML: {error}.") from error
        _only_known(tables, {"entry", "level"}, f"{name}.toml")
        entries.extend(_entry(table, name) for table in tables.get("entry", ()))
        levels.extend(_level(table, name) for table in tables.get("level", ()))
    by_slug = {entry.slug: entry for entry in entries}
    _check_entries(entries, by_slug, known)
    _check_levels(levels, known)
    return Library(_in_order(entries), tuple(levels), by_slug)


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By shelf; conditions by title, so that no order suggests a likelihood; others as written."""
    return tuple(
        sorted(
            entries,
            key=lambda entry: (
                SHELVES.index(entry.shelf),
                entry.title if entry.shelf == "conditions" else "",
            ),
        )
    )


_TEXT = {"slug", "shelf", "title", "lead", "article", "short", "value", "where"}
_TEXT |= {"limits_title", "limits_note", "diary"}
_TEXTS = ("text", "alongside", "tries", "left_out", "sources", "see")
_LINES = ("limits", "points")
_CODES = {"places": BodySite, "factors": Factor, "history": Condition, "tests": Test}
_REQUIRED = {"slug", "shelf", "title", "lead", "sources", "checked"}


def _entry(table: Mapping[str, Any], file: str) -> Entry:
    where = f"{file}.toml, {table.get('slug', 'an entry without slug')}"
    _only_known(table, {*_TEXT, *_TEXTS, *_LINES, *_CODES, "checked"}, where)
    for name in _REQUIRED:
        if not table.get(name):
            raise KnowledgeFault(f"{where}: {name} is missing.")
    if table["shelf"] not in SHELVES:
        raise KnowledgeFault(f"{where}: no shelf is called {table['shelf']!r}.")
    if not isinstance(table["checked"], date):
        raise KnowledgeFault(f"{where}: checked is a date, as in 2026-11-24.")
    values: dict[str, Any] = {"checked": table["checked"]}
    for name, value in table.items():
        if name in _TEXT:
            values[name] = _words(value, where, name)
        elif name in _TEXTS:
            values[name] = tuple(_words(one, where, name) for one in value)
        elif name in _LINES:
            values[name] = tuple(_line(one, where, name) for one in value)
        elif name in _CODES:
            values[name] = tuple(_code(one, _CODES[name], where, name) for one in value)
    return Entry(**values)


def _level(table: Mapping[str, Any], file: str) -> Level:
    where = f"{file}.toml, {table.get('code', 'a level without code')}"
    _only_known(table, {"code", "title", "lead", "reasons"}, where)
    if table.get("code") not in LEVELS:
        raise KnowledgeFault(f"{where}: a level is one of {', '.join(LEVELS)}.")
    return Level(
        table["code"],
        _words(table.get("title"), where, "title"),
        _words(table.get("lead"), where, "lead"),
        tuple(_reason(one, where) for one in table.get("reasons", ())),
    )


def _reason(table: Mapping[str, Any], where: str) -> Reason:
    _only_known(table, {"text", "rules", "sources"}, where)
    if not table.get("sources") or not table.get("rules"):
        raise KnowledgeFault(f"{where}: a reason names its rules and its sources.")
    return Reason(
        _words(table.get("text"), where, "text"), tuple(table["rules"]), tuple(table["sources"])
    )


def _only_known(table: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise KnowledgeFault(f"{where}: no field is called {', '.join(unknown)}.")


def _words(value: object, where: str, name: str) -> str:
    if not isinstance(value, str):
        raise KnowledgeFault(f"{where}: {name} is text.")
    return value


def _line(value: object, where: str, name: str) -> Line:
    if not isinstance(value, list) or len(value) != 2:
        raise KnowledgeFault(f"{where}: each of {name} is a pair of texts.")
    return Line(_words(value[0], where, name), _words(value[1], where, name))


def _code(value: object, choice: type[Any], where: str, name: str) -> Any:
    try:
        return choice(value)
    except ValueError:
        raise KnowledgeFault(f"{where}: {name} has no code {value!r}.") from None


def _check_entries(
    entries: Iterable[Entry], by_slug: Mapping[str, Entry], known: Knowledge
) -> None:
    """Slugs stand once, and what an entry refers to exists."""
    slugs = [entry.slug for entry in entries]
    for entry in entries:
        if slugs.count(entry.slug) > 1:
            raise KnowledgeFault(f"{entry.slug}: this slug stands more than once.")
        _check_known(entry.see, by_slug, f"{entry.slug}: no entry is called")
        _check_known(entry.sources, known.sources, f"{entry.slug}: no source is called")


def _check_levels(levels: Iterable[Level], known: Knowledge) -> None:
    """Each level once, highest first, and every reason at the level of its rules."""
    if tuple(level.code for level in levels) != LEVELS:
        raise KnowledgeFault(f"The levels are {', '.join(LEVELS)}, each once and in this order.")
    urgency = {rule.id: rule.urgency for rule in known.red_flags.rules}
    for level in levels:
        for reason in level.reasons:
            _check_known(reason.sources, known.sources, f"{level.code}: no source is called")
            _check_known(reason.rules, urgency, f"{level.code}: no rule is called")
            for rule in reason.rules:
                if urgency[rule] != level.code:
                    raise KnowledgeFault(f"{rule} is {urgency[rule]}, not {level.code}.")


def _check_known(names: Iterable[str], known: Mapping[str, Any], complaint: str) -> None:
    for name in names:
        if name not in known:
            raise KnowledgeFault(f"{complaint} {name!r}.")
