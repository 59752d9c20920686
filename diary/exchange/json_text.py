"""JSON text, read member by member and entry by entry.

The standard decoder would build the tree of the whole file before the first entry could be
checked. Reading the lists of the outermost object one entry at a time keeps memory to the
records, and lets a file with far too many entries be refused early.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from diary import limits

MOST_FIELDS = 10_000
"""Fields of one object; a day has at most some hundreds."""
_BLANKS = re.compile(r"[ \t\n\r]*")


class Unreadable(ValueError):
    """The bytes are not JSON that can be read; the message is a sentence for the person."""


class Repeating(dict[str, Any]):
    """An object that names fields more than once; `repeated` lists their names."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(name for name, _value in pairs)
        self.repeated = [name for name, count in counts.items() if count > 1]


class TooManyFields(Exception):
    """An object with more fields than any of a diary; it is not built."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_FIELDS:
        raise TooManyFields
    members = dict(pairs)
    return members if len(members) == len(pairs) else Repeating(pairs)


_DECODER = json.JSONDecoder(object_pairs_hook=_object)


def decoded(data: str | bytes) -> str:
    """The text of the file without its byte order mark. Raises `Unreadable`."""
    if len(data) > limits.FILE_BYTES:
        megabytes = limits.FILE_BYTES // 1024**2
        raise Unreadable(
            _("Choose a smaller file: this one is larger than %(size)s MB.") % {"size": megabytes}
        )
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("Save the file as UTF-8: byte %(position)s does not belong to UTF-8 text.")
            % {"position": error.start + 1}
        ) from None


class JsonText:
    """A place in a JSON text that moves forward as values are taken from it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def members(self) -> Iterator[tuple[str, Any]]:
        """Names and values of the outermost object; a list comes as an iterator of its entries.

        Such an iterator must be used up before the next member is taken. Raises `Unreadable`.
        """
        if self._peek() != "{":
            raise Unreadable(
                _('Choose a diary file: it begins with { and names "format": "twitch-diary".')
            )
        for _place in self._separated("{", "}"):
            name = self._name()
            self._take(":")
            yield name, self._entries() if self._peek() == "[" else self._value()
        if self._peek():
            raise self._broken(self._at)

    def _entries(self) -> Iterator[Any]:
        for _place in self._separated("[", "]"):
            yield self._value()

    def _separated(self, opening: str, closing: str) -> Iterator[int]:
        """One turn for each value between the brackets, minding the commas."""
        self._take(opening)
        if self._peek() != closing:
            yield self._at
            while self._peek() == ",":
                self._take(",")
                yield self._at
        self._take(closing)

    def _peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        match = _BLANKS.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._text[self._at : self._at + 1]

    def _take(self, character: str) -> None:
        if self._peek() != character:
            raise self._broken(self._at)
        self._at += 1

    def _name(self) -> str:
        if self._peek() != '"':
            raise self._broken(self._at)
        return str(self._value())

    def _value(self) -> Any:
        self._peek()
        try:
            value, self._at = _DECODER.raw_decode(self._text, self._at)
        except RecursionError:
            raise Unreadable(
                _("Remove the nested brackets at %(place)s: they go too deep.")
                % {"place": self._place(self._at)}
            ) from None
        except TooManyFields:
            raise Unreadable(
                _("Remove the fields at %(place)s that do not belong to a diary.")
                % {"place": self._place(self._at)}
            ) from None
        except json.JSONDecodeError as error:
            raise self._broken(error.pos) from None
        except ValueError:  # Python refuses to turn thousands of digits into a number
            raise Unreadable(
                _("Write a shorter number at %(place)s.") % {"place": self._place(self._at)}
            ) from None
        return value

    def _broken(self, at: int) -> Unreadable:
        if at >= len(self._text):
            return Unreadable(_("Export the file again: it ends too early."))
        return Unreadable(
            _("Put the JSON right at %(place)s: it cannot be read from there on.")
            % {"place": self._place(at)}
        )

    def _place(self, at: int) -> str:
        line = self._text.count("\n", 0, at) + 1
        column = at - self._text.rfind("\n", 0, at)
        return _("line %(line)s, column %(column)s") % {"line": line, "column": column}
