"""Times, lengths and dates in words: as exactly as they are known and no more."""

from __future__ import annotations

from datetime import date

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext, gettext_lazy

from diary.vocabulary import InstantPrecision

NOON_MINUTE = 12 * 60
"""Where a twitch is put of which the day is all that is known."""

_PARTS_OF_DAY = (
    gettext_lazy("night"),
    gettext_lazy("morning"),
    gettext_lazy("afternoon"),
    gettext_lazy("evening"),
)


def time_words(minute: int, precision: str | None, unknown: str = "") -> str:
    """A minute of the day: "14:32", "about 14:30", "evening", or that it was not noted."""
    if precision == InstantPrecision.PART_OF_DAY:
        return _part_of_day(minute, unknown or gettext("time not noted"))
    if precision == InstantPrecision.HOUR:
        return gettext("about %(time)s") % {"time": _clock(_nearest_half_hour(minute))}
    return _clock(minute)


def date_words(day: date) -> str:
    """A date in full; the first of January stands for a year known alone, as on the sheet."""
    return str(day.year) if (day.month, day.day) == (1, 1) else date_format(day, "j F Y")


def length_words(seconds: float) -> str:
    """A length in a line: "40 s", "5 min", "2 h"."""
    if seconds < 90:
        return gettext("%(count)s s") % {"count": round(seconds)}
    if seconds < 90 * 60:
        return gettext("%(count)s min") % {"count": round(seconds / 60)}
    return gettext("%(count)s h") % {"count": round(seconds / 3600)}


def _part_of_day(minute: int, unknown: str) -> str:
    if minute == NOON_MINUTE:
        return unknown
    return str(_PARTS_OF_DAY[minute // 360])


def _nearest_half_hour(minute: int) -> int:
    """Of two equally near the earlier, which is never still to come; at most 23:30."""
    return min((minute + 14) // 30 * 30, 23 * 60 + 30)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
