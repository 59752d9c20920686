"""Small diaries written by hand: days, episodes and answers with only what a test is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from diary.records import (
    DayRecord,
    DiaryRecord,
    EpisodeRecord,
    Instant,
    SymptomAnswerRecord,
    totals_by_day,
)

AS_OF = date(2026, 5, 4)


def days_ago(count: int) -> date:
    """The date `count` days before AS_OF."""
    return AS_OF - timedelta(days=count)


def episode(day: date, clock: str = "12:00", **fields: Any) -> EpisodeRecord:
    """One episode that started at `clock` on `day`, in UTC."""
    started = Instant(f"{day.isoformat()}T{clock}:00+00:00")
    return EpisodeRecord(id=fields.pop("id", f"{day}-{clock}"), started_at=started, **fields)


def written(day: date, clock: str) -> Instant:
    """A moment in UTC at which something was written."""
    return Instant(f"{day.isoformat()}T{clock}:00+00:00")


def answer(day: date, symptom: str, said: str, **fields: Any) -> SymptomAnswerRecord:
    """An answer about one sign."""
    return SymptomAnswerRecord(asked_on=day, symptom=symptom, answer=said, **fields)


def diary(
    days: Iterable[DayRecord] = (), episodes: Iterable[EpisodeRecord] = (), **fields: Any
) -> DiaryRecord:
    """A diary with one day for each date that holds anything, as files and tables build it."""
    kept = tuple(sorted(episodes, key=lambda found: found.started_at.text))
    totals = totals_by_day(kept)
    entered = {day.date: day for day in days}
    dates = sorted(entered.keys() | totals.keys())
    return DiaryRecord(
        days=tuple(
            replace(entered.get(day, DayRecord(day)), totals=totals[day])
            if day in totals
            else entered[day]
            for day in dates
        ),
        episodes=kept,
        **fields,
    )


def complete(day: date, **fields: Any) -> DayRecord:
    """A day closed with "that was all"."""
    return DayRecord(day, closed_as="complete", **fields)


def none(day: date, **fields: Any) -> DayRecord:
    """A day closed with "no twitches"."""
    return DayRecord(day, closed_as="none", **fields)


def constant(day: date, **fields: Any) -> DayRecord:
    """A day closed with "it never stopped"."""
    return DayRecord(day, closed_as="constant", **fields)


def summed_up(day: date, summary: str, **fields: Any) -> DayRecord:
    """A day told in one word."""
    return DayRecord(day, summary=summary, **fields)
