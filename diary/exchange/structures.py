"""Objects and lists of the diary file: declared once, they read, write and describe themselves.

`read` answers the record, or None after noting faults with their JSON paths; it never raises for
what the file holds, so that one reading finds everything that is wrong.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from diary.exchange.faults import Faults
from diary.exchange.json_text import Repeating
from diary.exchange.values import Refused, Schema, Text, Value, plain

MOST_NESTED = 50


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object. `attribute` is its name in the record where that differs."""

    name: str
    kind: Kind
    description: str
    required: bool = False
    attribute: str = ""

    @property
    def in_record(self) -> str:
        """The attribute of the record that holds the field."""
        return self.attribute or self.name


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with fixed fields, in the order of the canonical export.

    `check(record, path, faults)` looks at fields that must agree with each other.
    """

    title: str
    record: Callable[..., Any]
    fields: tuple[Field, ...]
    check: Callable[[Any, str, Faults], None] | None = None
    _readers: dict[str, _Reader] = field(init=False, repr=False)
    _writers: tuple[_Writer, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        readers = {
            column.name: (column.in_record, column.kind.read, isinstance(column.kind, Structure))
            for column in self.fields
        }
        object.__setattr__(self, "_readers", readers)
        writers = tuple((one.name, one.in_record, one.kind.write) for one in self.fields)
        object.__setattr__(self, "_writers", writers)

    def read(self, given: Any, path: str, faults: Faults) -> Any:
        """The record of an object, or None after noting faults."""
        before = faults.total
        if not is_object(given, path, faults):
            return None
        values = self._values(given, path, faults)
        self._miss_required(given, path, faults)
        if faults.total > before:
            return None
        record = self.record(**values)
        if self.check is not None:
            self.check(record, path, faults)
        return record

    def _values(self, given: dict[str, Any], path: str, faults: Faults) -> dict[str, Any]:
        """Values by attribute. Reading a file spends most of its time in this loop."""
        values = {}
        for name, member in given.items():
            reader = self._readers.get(name)
            if reader is None:
                faults.add(child(path, name), unknown_field())
            elif member is not None:
                attribute, read, structured = reader
                if structured:
                    values[attribute] = read(member, f"{path}.{name}", faults)
                else:
                    try:
                        values[attribute] = read(member)
                    except Refused as refused:
                        faults.add(f"{path}.{name}", str(refused))
        return values

    def _miss_required(self, given: Mapping[str, Any], path: str, faults: Faults) -> None:
        for column in self.fields:
            if column.required and given.get(column.name) is None:
                faults.add(f"{path}.{column.name}", required_field())

    def write(self, record: Any) -> dict[str, Any]:
        """The object of a record: its recorded fields in their order."""
        return {
            name: write(value)
            for name, attribute, write in self._writers
            if (value := getattr(record, attribute)) is not None
        }

    def schema(self) -> Schema:
        """A reference to the description of the object among the schema's definitions."""
        return {"$ref": f"#/$defs/{self.title}"}

    def definition(self) -> Schema:
        """JSON Schema of the object itself."""
        required = [column.name for column in self.fields if column.required]
        return {
            "type": "object",
            "properties": {column.name: property_schema(column) for column in self.fields},
            **({"required": required} if required else {}),
            "additionalProperties": False,
        }


def property_schema(column: Field) -> Schema:
    """JSON Schema of a field, which may be null unless it is required."""
    schema = column.kind.schema()
    if not column.required:
        schema = _nullable(schema)
    return {"description": column.description, **schema}


def _nullable(schema: Schema) -> Schema:
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], None]}
    if "type" in schema:
        return schema | {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of at most `most` entries; null is no entry.

    `order` is the sort key of the canonical order; without one the order is the person's.
    `unique` names the field that tells entries apart.
    """

    kind: Kind
    most: int
    order: Callable[[Any], Any] | None = None
    unique: str = ""

    def read(self, given: Any, path: str, faults: Faults) -> tuple[Any, ...] | None:
        """The entries in canonical order."""
        before = faults.total
        entries = self.read_in_file_order(given, path, faults)
        return self.ordered(entries) if faults.total == before else None

    def read_in_file_order(self, given: Any, path: str, faults: Faults) -> tuple[Any, ...]:
        """The entries as they stand in the file, None for those with faults.

        `given` may be an iterator of them, so that the whole list never stands in memory as JSON.
        """
        if not isinstance(given, list | Iterator):
            faults.add(path, _("Write a list in square brackets."))
            return ()
        entries = tuple(self._each(given, path, faults))
        if self.unique:
            self._miss_repeated(entries, path, faults)
        return entries

    def _each(self, given: Iterable[Any], path: str, faults: Faults) -> Iterator[Any]:
        for position, entry in enumerate(given):
            if position == self.most:
                faults.stop(path, _("Shorten this list to %(most)s entries.") % {"most": self.most})
            yield read_as(self.kind, entry, f"{path}[{position}]", faults)

    def _miss_repeated(self, entries: tuple[Any, ...], path: str, faults: Faults) -> None:
        first: dict[Any, int] = {}
        for position, entry in enumerate(entries):
            key = position if entry is None else getattr(entry, self.unique)
            earlier = first.setdefault(key, position)
            if earlier != position:
                faults.add(
                    f"{path}[{position}].{self.unique}",
                    _("Keep one of the two: %(path)s has the same.")
                    % {"path": f"{path}[{earlier}].{self.unique}"},
                )

    def ordered(self, entries: Iterable[Any]) -> tuple[Any, ...]:
        """Entries in the order of the canonical export."""
        return tuple(entries) if self.order is None else tuple(sorted(entries, key=self.order))

    def write(self, entries: Iterable[Any]) -> list[Any]:
        """The entries as JSON data, in canonical order."""
        return [self.kind.write(entry) for entry in self.ordered(entries)]

    def schema(self) -> Schema:
        """JSON Schema of the list."""
        return {"type": "array", "items": self.kind.schema(), "maxItems": self.most}


@dataclass(frozen=True, slots=True)
class PlaceShape:
    """A body site with its side, held as a pair of codes."""

    shape: Shape

    def read(self, given: Any, path: str, faults: Faults) -> tuple[str, str | None] | None:
        """Site and side, or None after noting faults."""
        place = self.shape.read(given, path, faults)
        return None if place is None else (place.site, place.side)

    def write(self, place: tuple[str, str | None]) -> dict[str, Any]:
        """The pair as an object."""
        return self.shape.write(self.shape.record(*place))

    def schema(self) -> Schema:
        """A reference to the description of the object."""
        return self.shape.schema()


@dataclass(frozen=True, slots=True)
class ValuesByCode:
    """An object whose field names are codes the person chose; null values are left out."""

    code: Value
    numbers: Value

    def read(self, given: Any, path: str, faults: Faults) -> dict[str, Any] | None:
        """Values by code, in the order of the codes."""
        if not is_object(given, path, faults):
            return None
        values = {
            name: self._value(name, member, child(path, name), faults)
            for name, member in given.items()
            if member is not None
        }
        return dict(sorted(values.items()))

    def _value(self, name: str, given: Any, path: str, faults: Faults) -> Any:
        read_as(self.code, name, path, faults)
        return given if type(given) is bool else read_as(self.numbers, given, path, faults)

    def write(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The object, in the order of the codes."""
        return {
            code: value if value is True or value is False else self.numbers.write(value)
            for code, value in sorted(values.items())
        }

    def schema(self) -> Schema:
        """JSON Schema of the object."""
        number = self.numbers.schema()
        return {
            "type": "object",
            "propertyNames": self.code.schema(),
            "additionalProperties": number | {"type": ["boolean", "number", "null"]},
        }


@dataclass(frozen=True, slots=True)
class AnyObject:
    """An object of another format, kept as it is."""

    def read(self, given: Any, path: str, faults: Faults) -> dict[str, Any] | None:
        """The object, or None after noting what JSON could not carry."""
        if not is_object(given, path, faults):
            return None
        before = faults.total
        kept = _kept(given, path, faults, MOST_NESTED)
        return kept if faults.total == before else None

    def write(self, value: Mapping[str, Any]) -> Any:
        """The object, with whole numbers written as such."""
        return _plain_tree(value)

    def schema(self) -> Schema:
        """JSON Schema of the object."""
        return {"type": "object"}


_ANY_TEXT = Text(most=1_000_000, lines=True)


def _kept(given: Any, path: str, faults: Faults, nested: int) -> Any:
    if nested == 0:
        faults.add(path, _("Remove the nested brackets: they go too deep."))
        return None
    if isinstance(given, dict):
        if not is_object(given, path, faults):
            return None
        for name in given:
            read_as(_ANY_TEXT, name, child(path, name), faults)
        return {
            name: _kept(member, child(path, name), faults, nested - 1)
            for name, member in given.items()
        }
    if isinstance(given, list):
        return [
            _kept(entry, f"{path}[{position}]", faults, nested - 1)
            for position, entry in enumerate(given)
        ]
    return _kept_value(given, path, faults)


def _kept_value(given: Any, path: str, faults: Faults) -> Any:
    if isinstance(given, str):
        return read_as(_ANY_TEXT, given, path, faults) or ""
    if isinstance(given, float):
        if not math.isfinite(given):
            faults.add(path, _("Write a number that is not infinite."))
            return None
        return plain(given)
    return given


def _plain_tree(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain_tree(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_tree(entry) for entry in value]
    return plain(value) if isinstance(value, float) else value


_Reader = tuple[str, Callable[..., Any], bool]
_Writer = tuple[str, str, Callable[[Any], Any]]
Structure = Shape | ListOf | PlaceShape | ValuesByCode | AnyObject
Kind = Value | Structure


def read_as(kind: Kind, given: Any, path: str, faults: Faults) -> Any:
    """The value in a record, or None after noting faults."""
    if isinstance(kind, Structure):
        return kind.read(given, path, faults)
    try:
        return kind.read(given)
    except Refused as refused:
        faults.add(path, str(refused))
        return None


def is_object(given: Any, path: str, faults: Faults) -> bool:
    """Whether this is an object; notes a fault if not, and for each field that it names again."""
    if type(given) is dict:
        return True
    if isinstance(given, Repeating):
        for name in given.repeated:
            faults.add(child(path, name), repeated_field())
        return True
    faults.add(path, _("Write an object in curly brackets."))
    return False


def required_field() -> str:
    """What to do about a required field that is absent or null."""
    return _("Add this field: it is required.")


def unknown_field() -> str:
    """What to do about a field that the format does not have."""
    return _("Remove this field or correct its name: version 1 of the format does not have it.")


def repeated_field() -> str:
    """What to do about a field that an object names again."""
    return _("Keep one of these: the field stands more than once in the same object.")


def child(path: str, name: str) -> str:
    """The JSON path of a member; names that are no plain words are quoted and kept short."""
    if name.isascii() and name.isidentifier() and len(name) <= 64:
        return f"{path}.{name}"
    shown = name if len(name) <= 64 else f"{name[:64]}…"
    return f"{path}[{json.dumps(shown, ensure_ascii=not shown.isprintable())}]"
