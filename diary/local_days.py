"""Which day and minute a moment belongs to, in pure functions that survive clock changes.

A day is a local calendar date. A clock time that happens twice (autumn) means its first
occurrence; one that is skipped (spring) is moved forward by the gap. Nothing is refused.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from diary.records import Instant


@cache
def known_zones() -> frozenset[str]:
    """Names of all IANA time zones this machine knows."""
    return frozenset(available_timezones())


def written_instant(moment: datetime) -> Instant:
    """The moment as text to the second, with the offset it carries."""
    return Instant(moment.replace(microsecond=0).isoformat())


def instant_in_zone(moment: datetime, zone: str) -> Instant:
    """An aware moment, written in the clock of an IANA zone."""
    return written_instant(moment.astimezone(ZoneInfo(zone)))


def instant_of_wall_clock(day: date, minute: int, zone: str) -> Instant:
    """The moment at which clocks in `zone` show `minute` (0 to 1439) of `day`.

    Passing through UTC gives a skipped clock time its real offset, moved forward by the gap, and
    keeps the day: no zone skips over midnight by more than the gap itself, which is then the
    first moment of the day.
    """
    wall = datetime.combine(day, time(minute // 60, minute % 60), ZoneInfo(zone))
    return written_instant(wall.astimezone(UTC).astimezone(ZoneInfo(zone)))


def today_in_zone(moment: datetime, zone: str) -> date:
    """The local date of an aware moment."""
    return moment.astimezone(ZoneInfo(zone)).date()


def days_between(first: date, last: date) -> list[date]:
    """Every date from first to last, both included; empty when last lies before first."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
