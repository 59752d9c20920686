"""The diary as tables for spreadsheets: CSV files (RFC 4180) in one zip, made piece by piece.

Columns carry the field names of the diary file. Dates, moments and numbers stand as in the diary
file; empty means not recorded; true and false are words; several codes stand in one cell with
blanks between them. The diary file is the lossless copy, these tables are for reading and sums.

Spreadsheets take a cell that begins with = + - @ for a formula. Such text gets an apostrophe in
front, and so does text that begins with an apostrophe, so that taking one away (`unguarded`)
gives every text back.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import RawIOBase, StringIO
from itertools import chain, islice
from typing import Any

from diary.exchange import shape
from diary.exchange.structures import Field, ListOf, PlaceShape, Shape
from diary.exchange.values import Text, plain
from diary.records import DiaryRecord, EpisodeRecord, PersonRecord

ROWS_A_CHUNK = 500
BYTE_ORDER_MARK = "\ufeff"
GUARD = "'"
_FORMULA_STARTS = "=+-@\t\r\n" + "＝＋－＠" + GUARD
# Blanks and characters without width, which spreadsheets skip before they look for a formula.
_SKIPPED = " \u00a0\u200b\u200c\u200d\u2060\ufeff"

README = """\
Tables of a diary, one file each. The first line of a file names its columns.

The names are those of the diary file. Text is UTF-8. Dates are year-month-day, moments carry
their offset from UTC. An empty cell means: not recorded. It never means zero.

A text that begins with = + - @ ' a tab or a line break has an apostrophe in front, so that no
spreadsheet takes it for a formula. Take one apostrophe away to have the text as it was written.
Numbers never have one.

"visit" and "experiment" count the lines of visits.csv and experiments.csv from 1.
These tables are for reading and for sums. The diary file (.json) is the copy to keep.
"""

Cells = tuple[Any, ...]


def guarded(text: str) -> str:
    """Text as a cell that no spreadsheet takes for a formula."""
    start = text.lstrip(_SKIPPED)[:1]
    return GUARD + text if start and start in _FORMULA_STARTS else text


def unguarded(cell: str) -> str:
    """The text of a cell written by `guarded`."""
    return cell.removeprefix(GUARD)


@dataclass(frozen=True, slots=True)
class Table:
    """One file: its name without ending, its columns and where its rows come from."""

    name: str
    header: tuple[str, ...]
    rows: Callable[[DiaryRecord], Iterable[Cells]]


def columns(part: Shape, *left_out: str) -> tuple[Field, ...]:
    """The fields of an object that fit into one cell each."""
    return tuple(column for column in part.fields if column.name not in left_out)


def names(fields: Iterable[Field]) -> tuple[str, ...]:
    """Column names of fields."""
    return tuple(column.name for column in fields)


def cells(record: Any, fields: Iterable[Field]) -> Cells:
    """The values of a record as they stand in the cells."""
    return tuple(cell(column, getattr(record, column.in_record)) for column in fields)


def cell(column: Field, value: Any) -> Any:
    """One value: text guarded, true and false as words, several codes with blanks between."""
    if value is None:
        return ""
    if isinstance(column.kind, Text):
        return guarded(value)
    if isinstance(column.kind, ListOf):
        if isinstance(column.kind.kind, PlaceShape):
            value = [":".join(filter(None, place)) for place in value]
        return guarded(" ".join(value))
    written = column.kind.write(value)
    if isinstance(written, bool):
        return "true" if written else "false"
    return guarded(written) if isinstance(written, str) else written


def _listed(name: str, part: Shape, *left_out: str) -> Table:
    """A table with one row for each entry of a list of the diary."""
    fields, order = columns(part, *left_out), shape.LISTS[name]

    def rows(diary: DiaryRecord) -> Iterator[Cells]:
        return (cells(entry, fields) for entry in order.ordered(getattr(diary, name)))

    return Table(name, names(fields), rows)


def _inside(
    name: str, part: Shape, key: str, found: Callable[[DiaryRecord], Iterable[tuple[Any, Any]]]
) -> Table:
    """A table of what stands inside other entries; the first column says in which."""
    fields = columns(part)

    def rows(diary: DiaryRecord) -> Iterator[Cells]:
        return ((holder, *cells(entry, fields)) for holder, entry in found(diary))

    return Table(name, (key, *names(fields)), rows)


def _of_person(name: str, part: Shape) -> Table:
    """A table of a list that stands with the person."""
    fields = columns(part)

    def rows(diary: DiaryRecord) -> Iterator[Cells]:
        return (cells(entry, fields) for entry in getattr(diary.person, name) or ())

    return Table(name, names(fields), rows)


def _numbered(diary: DiaryRecord, name: str, inside: str) -> Iterator[tuple[int, Any]]:
    """Entries inside visits or experiments with the number of their visit or experiment."""
    for number, holder in enumerate(shape.LISTS[name].ordered(getattr(diary, name)), start=1):
        for entry in getattr(holder, inside) or ():
            yield number, entry


_DAY = columns(shape.DAY, "drinks", "own")
_PERSON = columns(shape.PERSON, "onset", "tests_done", "own_drinks", "settings")
_ONSET = columns(shape.ONSET)


def _day_rows(diary: DiaryRecord) -> Iterator[Cells]:
    return (cells(day, _DAY) for day in diary.days if day.entered)


def _drinks(diary: DiaryRecord) -> Iterator[tuple[str, Any]]:
    return ((day.date.isoformat(), drink) for day in diary.days for drink in day.drinks or ())


def _own_values(diary: DiaryRecord) -> Iterator[Cells]:
    for day in diary.days:
        for code, value in sorted((day.own or {}).items()):
            shown = str(value).lower() if isinstance(value, bool) else plain(value)
            yield day.date.isoformat(), guarded(code), shown


def _person_rows(diary: DiaryRecord) -> Iterator[Cells]:
    person: PersonRecord = diary.person
    for name, value in zip(names(_PERSON), cells(person, _PERSON), strict=True):
        yield name, value
    if person.onset is not None:
        for name, value in zip(names(_ONSET), cells(person.onset, _ONSET), strict=True):
            yield f"onset_{name}", value


def _questions(diary: DiaryRecord) -> Iterator[Cells]:
    for number, question in _numbered(diary, "visits", "questions"):
        yield number, guarded(question)


TABLES = (
    Table("person", ("field", "value"), _person_rows),
    _of_person("tests_done", shape.TEST),
    _of_person("own_drinks", shape.OWN_DRINK),
    _listed("episodes", shape.EPISODE),
    Table("days", names(_DAY), _day_rows),
    _inside("drinks", shape.DRINK, "date", _drinks),
    Table("own_values", ("date", "code", "value"), _own_values),
    _listed("symptom_answers", shape.SYMPTOM_ANSWER),
    _listed("medicines", shape.MEDICINE),
    _listed("events", shape.EVENT),
    _listed("own_factors", shape.OWN_FACTOR),
    _listed("experiments", shape.EXPERIMENT, "plan"),
    _inside(
        "experiment_plans",
        shape.PLAN_STEP,
        "experiment",
        lambda diary: _numbered(diary, "experiments", "plan"),
    ),
    _listed("visits", shape.VISIT, "questions", "tests", "frozen"),
    Table("visit_questions", ("visit", "question"), _questions),
    _inside("visit_tests", shape.TEST, "visit", lambda diary: _numbered(diary, "visits", "tests")),
)
"""Every table, in the order in which they stand in the zip."""


def zip_chunks(diary: DiaryRecord, episodes: Iterable[EpisodeRecord]) -> Iterator[bytes]:
    """A zip of all tables piece by piece, so that it never stands in memory.

    `episodes` are all of them, oldest first, in place of those of `diary`. Two exports of the
    same diary are equal.
    """
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in TABLES:
            rows = _episode_rows(episodes) if table.name == "episodes" else table.rows(diary)
            with archive.open(_member(f"{table.name}.csv"), "w") as file:
                for text in csv_chunks(table.header, rows):
                    file.write(text.encode())
                    yield outbox.taken()
        archive.writestr(_member("README.txt"), README.replace("\n", "\r\n"))
    yield outbox.taken()


def _episode_rows(episodes: Iterable[EpisodeRecord]) -> Iterator[Cells]:
    fields = columns(shape.EPISODE)
    return (cells(episode, fields) for episode in episodes)


def csv_chunks(header: Cells, rows: Iterable[Cells]) -> Iterator[str]:
    """The text of one file with its byte order mark, a few hundred rows at a time."""
    lines = chain([header], rows)
    mark = BYTE_ORDER_MARK
    while chunk := list(islice(lines, ROWS_A_CHUNK)):
        text = StringIO(newline="")
        csv.writer(text).writerows(chunk)
        yield mark + text.getvalue()
        mark = ""


def _member(name: str) -> zipfile.ZipInfo:
    """An entry of the zip that says nothing of when it was made and is its reader's alone."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member


class _Outbox(RawIOBase):
    """Collects what the zip writes until it is taken. It cannot seek, so a zip goes forwards."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, piece: Any) -> int:
        """Keep a copy of the piece."""
        self._pieces.append(bytes(piece))
        return len(self._pieces[-1])

    def taken(self) -> bytes:
        """Everything written since this was last asked."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
