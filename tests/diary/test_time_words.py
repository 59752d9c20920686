"""Times in words: never more exact than what was said."""

from __future__ import annotations

import pytest

from diary.time_words import time_words


@pytest.mark.parametrize(
    ("minute", "precision", "said"),
    [
        (485, "minute", "08:05"),
        (485, None, "08:05"),
        (480, "hour", "about 08:00"),
        (495, "hour", "about 08:00"),
        (496, "hour", "about 08:30"),
        (1439, "hour", "about 23:30"),
        (0, "part_of_day", "night"),
        (359, "part_of_day", "night"),
        (360, "part_of_day", "morning"),
        (480, "part_of_day", "morning"),
        (719, "part_of_day", "morning"),
        (720, "part_of_day", "time not noted"),
        (721, "part_of_day", "afternoon"),
        (1079, "part_of_day", "afternoon"),
        (1320, "part_of_day", "evening"),
    ],
)
def test_time_is_said_as_exactly_as_it_is_known(
    minute: int, precision: str | None, said: str
) -> None:
    assert time_words(minute, precision) == said
