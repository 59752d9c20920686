"""Which day and minute a moment belongs to, in pure functions that survive clock changes.

A day is a local calendar date. A clock time that happens twice (autumn) means its first
occurrence, unless that is known to be too early; one that is skipped (spring) is moved forward by
the gap, but never to another day. Nothing is refused.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from operator import attrgetter
from zoneinfo import ZoneInfo, available_timezones

from diary.records import Instant


@cache
def known_zones() -> frozenset[str]:
    """Names of all IANA time zones this machine knows."""
    return frozenset(available_timezones())


def written_instant(moment: datetime) -> Instant:
    """The moment as text to the second, with the offset it carries.

    Offsets of long ago had seconds, which ISO 8601 does not know: they are cut to the minute, and
    the clock keeps what it showed.
    """
    offset = moment.utcoffset() or timedelta()
    whole_minutes = timezone(timedelta(minutes=offset // timedelta(minutes=1)))
    return Instant(moment.replace(microsecond=0, tzinfo=whole_minutes).isoformat())


def instant_in_zone(moment: datetime, zone: str) -> Instant:
    """An aware moment, written in the clock of an IANA zone."""
    return written_instant(moment.astimezone(ZoneInfo(zone)))


def instant_of_wall_clock(
    day: date, minute: int, zone: str, *, not_before: datetime | None = None
) -> Instant:
    """The moment at which clocks in `zone` show `minute` (0 to 1439) of `day`.

    Of a clock time that happens twice it is the second where the first lies before `not_before`.
    """
    wall = datetime.combine(day, time(minute // 60, minute % 60), ZoneInfo(zone))
    first = _at_wall_clock(wall)
    if not_before is None or first.at >= not_before:
        return first
    return max(first, _at_wall_clock(wall.replace(fold=1)), key=attrgetter("at"))


def _at_wall_clock(wall: datetime) -> Instant:
    """The moment of a clock time.

    Passing through UTC gives a skipped clock time its real offset, moved forward by the gap. Where
    the gap reaches over midnight (Nuuk on a March evening, a whole day in Apia) that would be
    another day: there the moment is written with the offset from before the gap.
    """
    real = wall.astimezone(UTC).astimezone(wall.tzinfo)
    return written_instant(real if real.date() == wall.date() else wall)


def today_in_zone(moment: datetime, zone: str) -> date:
    """The local date of an aware moment."""
    return moment.astimezone(ZoneInfo(zone)).date()
