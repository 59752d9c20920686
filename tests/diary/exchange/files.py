"""Small diary files for tests, as JSON data and as text."""

from __future__ import annotations

import json
from typing import Any

from diary.exchange.diary_file import DiaryFileFaults, read

EPISODE = {"id": "00000000-0000-4000-8000-000000000001", "started_at": "2026-03-01T21:30:00+01:00"}


def diary_text(**members: Any) -> str:
    """A diary file with these members."""
    return json.dumps({"format": "twitch-diary", "version": 1, **members})


def episode_text(**fields: Any) -> str:
    """A diary file with one episode."""
    return diary_text(episodes=[EPISODE | fields])


def day_text(**fields: Any) -> str:
    """A diary file with one day."""
    return diary_text(days=[{"date": "2026-03-01"} | fields])


def faults_in(data: str | bytes) -> list[tuple[str, str]]:
    """Paths and sentences of the faults of a file; empty when it can be read."""
    try:
        read(data)
    except DiaryFileFaults as found:
        return [(fault.path, fault.sentence) for fault in found.faults]
    return []
