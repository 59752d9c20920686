"""Single values of the diary file: how each kind is read, written and described.

`read` answers the value for the record or raises `Refused` with a sentence that says what to do.
Fields that are absent or null never get here. `schema` is JSON Schema (draft 2020-12) of a value
that is there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _

from diary import limits
from diary.limits import Bounds
from diary.local_days import known_zones
from diary.records import Instant

Schema = dict[str, Any]


class Refused(ValueError):
    """A value that cannot be taken; the message says what to write instead."""


class Value(Protocol):
    """What a field without fields of its own may hold."""

    def read(self, given: Any) -> Any:
        """The value in a record. Raises `Refused`."""

    def write(self, value: Any) -> Any:
        """The value as JSON data."""

    def schema(self) -> Schema:
        """JSON Schema of a value that is there."""


@dataclass(frozen=True, slots=True)
class Constant:
    """The one value that says what the file is."""

    value: str | int
    sentence: str

    def read(self, given: Any) -> str | int:
        if type(given) is bool or given != self.value:
            raise Refused(_(self.sentence))
        return self.value

    def write(self, value: str | int) -> str | int:
        return value

    def schema(self) -> Schema:
        return {"const": self.value}


@dataclass(frozen=True, slots=True)
class YesNo:
    """true or false."""

    def read(self, given: Any) -> bool:
        if type(given) is not bool:
            raise Refused(_("Write true or false, without quotation marks."))
        return given

    def write(self, value: bool) -> bool:
        return value

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds; 7.0 is one and is kept as 7."""

    bounds: Bounds[int]

    def read(self, given: Any) -> int:
        number = int(given) if type(given) is float and given.is_integer() else given
        if type(number) is not int or not self.bounds.low <= number <= self.bounds.high:
            raise Refused(_between(_("Write a whole number from %s to %s."), self.bounds))
        return number

    def write(self, value: int) -> int:
        return value

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.bounds.low, "maximum": self.bounds.high}


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds, kept as a whole number where it is one."""

    bounds: Bounds[int]

    def read(self, given: Any) -> float:
        if type(given) not in (int, float) or not self.bounds.low <= given <= self.bounds.high:
            raise Refused(_between(_("Write a number from %s to %s."), self.bounds))
        return plain(given)

    def write(self, value: float) -> float:
        return plain(value)

    def schema(self) -> Schema:
        return {"type": "number", "minimum": self.bounds.low, "maximum": self.bounds.high}


def plain(number: float) -> float:
    """The number without a needless fraction: 7 for 7.0."""
    return int(number) if number == int(number) else number


def _between(sentence: str, bounds: Bounds[int]) -> str:
    return sentence % (bounds.low, bounds.high)


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the vocabulary."""

    codes: Sequence[str]
    _known: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", {code: code for code in self.codes})

    def read(self, given: Any) -> str:
        code = self._known.get(given) if type(given) is str else None
        if code is None:
            raise Refused(self._sentence())
        return code

    def write(self, value: str) -> str:
        return value

    def schema(self) -> Schema:
        return {"enum": list(self.codes)}

    def _sentence(self) -> str:
        if len(self.codes) > 12:
            return _("Use one of the %(count)s codes of the format, such as %(code)s.") % {
                "count": len(self.codes),
                "code": self.codes[0],
            }
        return _("Use one of these codes: %(codes)s.") % {"codes": ", ".join(self.codes)}


# Cc, and lone surrogates, which no encoding of Unicode can carry.
_NOT_IN_A_LINE = r"[\u0000-\u001f\u007f-\u009f]"
_NOT_IN_LINES = r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]"
_LINE = re.compile(_NOT_IN_A_LINE)
_LINES = re.compile(_NOT_IN_LINES)
_SURROGATE = re.compile("[\ud800-\udfff]")

# Bringing combining marks into their order takes quadratic time; no script stacks this many.
_MOST_MARKS_IN_A_ROW = 30


@dataclass(frozen=True, slots=True)
class Text:
    """The person's own words in NFC: one line, or `lines` with line feeds and tabs.

    An empty text says nothing and is read as not recorded, where that is allowed.
    """

    most: int
    least: int = 0
    lines: bool = False

    def read(self, given: Any) -> str | None:
        wrong = self._fault(given)
        if wrong is not None:
            raise Refused(wrong)
        if self.lines and "\r" in given:
            given = given.replace("\r\n", "\n").replace("\r", "\n")
        return (given if given.isascii() else unicodedata.normalize("NFC", given)) or None

    def _fault(self, given: Any) -> str | None:
        if type(given) is not str:
            return _("Write this as text between quotation marks.")
        if len(given) < self.least:
            return _("Write at least one character.")
        if len(given) > self.most:
            return _("Shorten this to %(most)s characters.") % {"most": self.most}
        if (_LINES if self.lines else _LINE).search(given):
            return self._control_sentence()
        return None if given.isascii() else self._unicode_fault(given)

    def _control_sentence(self) -> str:
        if self.lines:
            return _("Remove the control characters; line breaks and tabs may stay.")
        return _("Remove the control characters and line breaks: this is a single line.")

    def _unicode_fault(self, given: str) -> str | None:
        if _SURROGATE.search(given):
            return _("Replace the broken characters (half of a surrogate pair).")
        if unicodedata.is_normalized("NFC", given):
            return None
        if _stacks_marks(given):
            return _("Remove some accents: more than 30 stand on one letter.")
        if len(unicodedata.normalize("NFC", given)) > self.most:
            return _("Shorten this to %(most)s characters.") % {"most": self.most}
        return None

    def write(self, value: str) -> str:
        return value

    def schema(self) -> Schema:
        least = {"minLength": self.least} if self.least else {}
        # With its type, or null would count as a text that matches.
        controls = _NOT_IN_LINES if self.lines else _NOT_IN_A_LINE
        forbidden = {"type": "string", "pattern": controls}
        return {"type": "string", **least, "maxLength": self.most, "not": forbidden}


def _stacks_marks(text: str) -> bool:
    row = 0
    for character in text:
        row = row + 1 if unicodedata.combining(character) else 0
        if row > _MOST_MARKS_IN_A_ROW:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Patterned:
    """Text of a fixed form, such as a clock time."""

    pattern: str
    longest: int
    sentence: str
    _compiled: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_compiled", re.compile(self.pattern))

    def read(self, given: Any) -> str:
        if type(given) is str and len(given) <= self.longest and self._compiled.fullmatch(given):
            return given
        raise Refused(_(self.sentence))

    def write(self, value: str) -> str:
        return value

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{self.pattern}$", "maxLength": self.longest}


@dataclass(frozen=True, slots=True)
class Uuid:
    """A UUID, kept in small letters."""

    def read(self, given: Any) -> str:
        if type(given) is str and _UUID.fullmatch(given):
            return given.lower()
        raise Refused(_("Write a UUID, for example 0191e4b2-7c1d-7d35-9a0e-6f1f3f0a2b11."))

    def write(self, value: str) -> str:
        return value

    def schema(self) -> Schema:
        return {"type": "string", "format": "uuid", "pattern": f"^{_UUID.pattern}$"}


_HEX = "[0-9a-fA-F]"
_UUID = re.compile(f"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}")


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar date, written 2026-03-01."""

    def read(self, given: Any) -> date:
        if type(given) is str and _DATE.fullmatch(given):
            try:
                day = date.fromisoformat(given)
            except ValueError:
                raise Refused(_("Correct this date: the calendar has no such day.")) from None
            if limits.DATES.low <= day <= limits.DATES.high:
                return day
            raise Refused(_dates_sentence())
        raise Refused(_("Write the date as year-month-day, for example 2026-03-01."))

    def write(self, value: date) -> str:
        return value.isoformat()

    def schema(self) -> Schema:
        return {"type": "string", "format": "date", "pattern": f"^{_DATE.pattern}$"}


_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _dates_sentence() -> str:
    return _("Correct this date: it must lie from %(low)s to %(high)s.") % {
        "low": limits.DATES.low.isoformat(),
        "high": limits.DATES.high.isoformat(),
    }


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in ISO 8601 with its offset from UTC, kept as it was written."""

    def read(self, given: Any) -> Instant:
        if type(given) is str and len(given) <= limits.INSTANT and _MOMENT.fullmatch(given):
            try:
                moment = datetime.fromisoformat(given)
            except ValueError:
                raise Refused(_("Correct this moment: no clock or calendar shows it.")) from None
            if _FIRST_YEAR <= moment.year <= _LAST_YEAR:
                return Instant(given)
            raise Refused(_dates_sentence())
        raise Refused(
            _("Write date, time and offset from UTC, for example 2026-03-01T21:30:00+01:00.")
        )

    def write(self, value: Instant) -> str:
        return value.text

    def schema(self) -> Schema:
        pattern = f"^{_MOMENT.pattern}$"
        return {"type": "string", "pattern": pattern, "maxLength": limits.INSTANT}


_FIRST_YEAR, _LAST_YEAR = limits.DATES.low.year, limits.DATES.high.year
_MOMENT = re.compile(
    "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?"
    "(Z|[+-][0-9]{2}(:?[0-9]{2})?)"
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone by its IANA name."""

    def read(self, given: Any) -> str:
        if type(given) is str and given in known_zones():
            return given
        raise Refused(_("Write the IANA name of a time zone, for example Europe/Rome."))

    def write(self, value: str) -> str:
        return value

    def schema(self) -> Schema:
        return {"type": "string", "pattern": "^[A-Za-z0-9_+/-]+$", "maxLength": limits.TIME_ZONE}
