"""A daily reminder as a calendar file (RFC 5545), for the calendar the person has anyway."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from uuid import UUID

MOST_OCTETS = 75
"""Longest line without its line break; longer ones go on in the next after a blank."""
TITLE = "Diary"
"""Says nothing about health: calendars stand on locked screens and travel to other services."""


def reminder_calendar(at: time, first: date, uid: UUID, now: datetime, title: str = TITLE) -> bytes:
    """A calendar with one entry that returns every day at `at`, from the day `first`.

    The time has no zone, so it is the local one wherever the person is. The same `uid` later
    takes the place of the earlier entry. `now` is the aware moment of writing.
    """
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//diary//reminder//EN",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{datetime.combine(first, at):%Y%m%dT%H%M00}",
        "DURATION:PT5M",
        "RRULE:FREQ=DAILY",
        f"SUMMARY:{escaped(title)}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escaped(title)}",
        "TRIGGER:PT0S",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    """Text as a value: backslash, semicolon, comma and line break have a meaning of their own."""
    for special in ("\\", ";", ","):
        text = text.replace(special, f"\\{special}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> bytes:
    """A line in UTF-8 with its break, cut so that no piece is too long and no letter is torn."""
    return b"".join(piece + b"\r\n" for piece in _pieces(line))


def _pieces(line: str) -> Iterator[bytes]:
    piece = b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > MOST_OCTETS:
            yield piece
            piece = b" "
        piece += octets
    yield piece
