"""The reminder: a calendar file that any calendar takes and that gives nothing away."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.exchange.calendar import MOST_OCTETS, escaped, folded, reminder_calendar

UID = UUID("00000000-0000-4000-8000-000000000001")
NOW = datetime(2026, 5, 4, 23, 30, tzinfo=timezone(timedelta(hours=2)))


def lines_of(at: time = time(21), title: str = "Diary") -> list[str]:
    written = reminder_calendar(at, date(2026, 5, 4), UID, NOW, title).decode()
    return written.replace("\r\n ", "").split("\r\n")


def test_it_is_one_entry_every_day_with_an_alarm() -> None:
    assert lines_of() == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//diary//reminder//EN",
        "BEGIN:VEVENT",
        "UID:00000000-0000-4000-8000-000000000001",
        "DTSTAMP:20260504T213000Z",
        "DTSTART:20260504T210000",
        "DURATION:PT5M",
        "RRULE:FREQ=DAILY",
        "SUMMARY:Diary",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Diary",
        "TRIGGER:PT0S",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(("at", "start"), [(time(0), "000000"), (time(23, 59), "235900")])
def test_it_has_the_time_asked_for_in_no_zone(at: time, start: str) -> None:
    assert f"DTSTART:20260504T{start}" in lines_of(at)


def test_it_says_nothing_of_twitches_unless_the_person_does() -> None:
    written = reminder_calendar(time(21), date(2026, 5, 4), UID, NOW.astimezone(UTC)).decode()

    assert "twitch" not in written.lower()
    assert "SUMMARY:Evening\\, and tea" in lines_of(title="Evening, and tea")


def test_special_characters_are_escaped() -> None:
    assert escaped("a\\b;c,d\r\ne\nf") == "a\\\\b\\;c\\,d\\ne\\nf"


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_long_lines_go_on_after_a_blank_and_no_letter_is_torn(line: str) -> None:
    written = folded(line)
    pieces = written.removesuffix(b"\r\n").split(b"\r\n")

    assert written.endswith(b"\r\n")
    assert all(len(piece) <= MOST_OCTETS and piece.decode() is not None for piece in pieces)
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    assert b"".join([pieces[0], *(piece[1:] for piece in pieces[1:])]).decode() == line


@pytest.mark.parametrize(("length", "lines"), [(75, 1), (76, 2), (149, 2), (150, 3)])
def test_a_line_is_cut_after_75_octets(length: int, lines: int) -> None:
    assert folded("x" * length).count(b"\r\n") == lines
