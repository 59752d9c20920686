"""The calendar: which mark a day carries, and which months are shown."""

from __future__ import annotations

from datetime import date

import pytest

from diary.records import DayRecord
from tests.triage.hand_made import AS_OF, complete, constant, diary, episode, none, summed_up
from triage.charts.calendar_marks import first_shown, months
from triage.periods import Period
from triage.profile.facts import calendar


def mark(day: DayRecord | None, episodes: int = 0, first: date = date(2026, 1, 1)) -> str:
    held = [episode(AS_OF, f"12:{number:02}") for number in range(episodes)]
    found = calendar(diary([day] if day else [], held), Period(AS_OF, AS_OF))
    cell = months(found, first)[0].weeks[0][AS_OF.weekday()]
    assert cell is not None
    return cell.mark.value


@pytest.mark.parametrize(
    ("episodes", "height"), [(1, "one"), (2, "few"), (5, "few"), (6, "many"), (40, "many")]
)
def test_heights_stand_for_one_two_to_five_and_six_or_more(episodes: int, height: str) -> None:
    assert mark(complete(AS_OF), episodes) == height


def test_other_days_have_marks_of_their_own() -> None:
    assert mark(none(AS_OF)) == "none"
    assert mark(constant(AS_OF)) == "constant"
    assert mark(None, 3) == "least"
    assert mark(None) == "unknown"
    assert mark(summed_up(AS_OF, "a_few")) == "few"
    assert mark(summed_up(AS_OF, "many")) == "many"
    assert mark(summed_up(AS_OF, "none")) == "none"


def test_nothing_is_missing_before_the_diary_began() -> None:
    assert mark(None, first=date(2026, 5, 5)) == "outside"


def test_weeks_begin_on_monday_and_hold_only_days_of_their_month() -> None:
    found = calendar(diary(), Period(date(2026, 4, 1), AS_OF))
    april, may = months(found, date(2026, 4, 1))

    assert (april.first, may.first) == (date(2026, 4, 1), date(2026, 5, 1))
    assert [cell and cell.date.day for cell in april.weeks[0]] == [None, None, 1, 2, 3, 4, 5]
    assert sum(cell is not None for week in april.weeks for cell in week) == 30
    assert [cell and cell.date.day for cell in may.weeks[-1]] == [4] + [None] * 6


def test_at_most_three_months_are_shown() -> None:
    assert first_shown(date(2020, 1, 1), AS_OF) == date(2026, 3, 1)
    assert first_shown(date(2026, 4, 20), AS_OF) == date(2026, 4, 1)
