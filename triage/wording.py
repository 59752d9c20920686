"""The words of results: places, dates, stretches of time, rates and links, as a person says them.

The only place that phrases a result; `triage.profile.wording` builds the printed page from it.
Numbers are rounded here and nowhere before. No sentence names a cause or an urgency.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

from diary.vocabulary import OnsetPrecision
from triage.profile.facts import TwoPeriods

NEEDED_FOR_A_RATE = 7
"""Counted days of 28 below which no rate is shown (a quarter)."""

HALF_OF_28 = 14
"""Counted days of 28 below which a rate says that less than half of the days were logged."""

KNOWN_TO_A = 4
"""The part of a length, a quarter, by which it may be wrong and still be said."""

# Seasons are those of the person's half of the world; without a country, of the northern one.
_SOUTHERN_COUNTRIES = frozenset(
    {"AO", "AR", "AU", "BO", "BR", "BW", "CL", "FJ", "LS", "MG", "MU", "MW", "MZ", "NA", "NZ"}
    | {"PE", "PG", "PY", "RE", "SZ", "UY", "ZA", "ZM", "ZW"}
)
_SEASONS = (
    gettext_lazy("winter %(year)s"),
    gettext_lazy("spring %(year)s"),
    gettext_lazy("summer %(year)s"),
    gettext_lazy("autumn %(year)s"),
)
_WINTER, _SUMMER = 0, 2


def full_date(day: date) -> str:
    """A date in full: "4 October 2026"."""
    return format_date(day, pgettext("day, month in full and year", "j F Y"))


def short_date(day: date, as_of: date) -> str:
    """A date as briefly as it stays clear: "12 Oct", with the year when it is not that of as_of."""
    if day.year == as_of.year:
        return format_date(day, pgettext("day and short month", "j M"))
    return format_date(day, pgettext("day, short month and year", "j M Y"))


def day_and_month(day: date, as_of: date) -> str:
    """A date inside a sentence: "18 October", with the year when it is not that of as_of."""
    if day.year == as_of.year:
        return format_date(day, pgettext("day and month in full", "j F"))
    return full_date(day)


def about_date(day: date, precision: str | None, country: str | None = None) -> str:
    """A date as exactly as it is known: "about March 2026", "spring 2026", "4 October 2026"."""
    if precision == OnsetPrecision.YEAR:
        return str(day.year)
    if precision == OnsetPrecision.SEASON:
        return season(day, country)
    if precision == OnsetPrecision.MONTH:
        month = format_date(day, pgettext("month in full and year", "F Y"))
        return gettext("about %(date)s") % {"date": month}
    if precision == OnsetPrecision.WEEK:
        return gettext("about %(date)s") % {"date": full_date(day)}
    return full_date(day)


def season(day: date, country: str | None) -> str:
    """The season of a day where the person lives; one over New Year carries both years."""
    quarter = day.month % 12 // 3
    year = str(day.year)
    if quarter == _WINTER:
        first = day.year if day.month == 12 else day.year - 1
        year = f"{first}/{(first + 1) % 100:02d}"
    if country in _SOUTHERN_COUNTRIES:
        quarter = (quarter + _SUMMER) % len(_SEASONS)
    return _SEASONS[quarter] % {"year": year}


def length_is_known(days: int, precision: str | None) -> bool:
    """Whether a start so many days ago is known well enough to say how long ago it was.

    To a quarter of that time: what began "in 2026" did not begin "about 5 months ago".
    """
    slack = OnsetPrecision(precision or OnsetPrecision.DAY).slack_days
    return days >= KNOWN_TO_A * slack


def round_days(days: int) -> str:
    """A number of days as it is said: "5 days", "about 3 weeks", "about 2 months"."""
    if days < 14:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if days < 60:
        return gettext("about %(count)s weeks") % {"count": round(days / 7)}
    months = round(days / 30.4)
    if months < 24:
        return gettext("about %(count)s months") % {"count": months}
    return gettext("about %(count)s years") % {"count": round(days / 365.25)}


def ago(days: int) -> str:
    """How long ago, rounded as it is said: "today", "5 days ago", "5 weeks ago", "3 years ago"."""
    if days == 0:
        return gettext("today")
    if days < 14:
        return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days}
    if days < 60:
        return gettext("%(count)s weeks ago") % {"count": round(days / 7)}
    months = round(days / 30.4)
    if months < 24:
        return gettext("%(count)s months ago") % {"count": months}
    return gettext("%(count)s years ago") % {"count": round(days / 365.25)}


def short_duration(seconds: float) -> str:
    """A length of time for narrow columns: "40 s", "20 min", "2 h"."""
    if seconds < 90:
        return gettext("%(count)s s") % {"count": _nearest(seconds)}
    if seconds < 90 * 60:
        return gettext("%(count)s min") % {"count": _nearest(seconds / 60)}
    return gettext("%(count)s h") % {"count": _nearest(seconds / 3600)}


def _nearest(number: float) -> int:
    """The nearest whole number; a half goes up, as people round."""
    return int(number + 0.5)


def list_words(items: Sequence[str]) -> str:
    """A list in words: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


def of_days(count: int, days: int) -> str:
    """A count with its coverage: "19 of 25 days"."""
    return ngettext("%(count)s of %(days)s day", "%(count)s of %(days)s days", days) % {
        "count": count,
        "days": days,
    }


def uncounted_days(summarised: int, constant: int) -> str:
    """Days that say it twitched without a number: "15 days summed up as a few or many"."""
    kinds = []
    if summarised:
        words = ngettext(
            "%(count)s day summed up as a few or many",
            "%(count)s days summed up as a few or many",
            summarised,
        )
        kinds.append(words % {"count": summarised})
    if constant:
        words = ngettext(
            "%(count)s day on which it never stopped",
            "%(count)s days on which it never stopped",
            constant,
        )
        kinds.append(words % {"count": constant})
    return list_words(kinds)


def rate_number(per_day: float) -> str:
    """Twitches a day, to one decimal place below ten: "2.4", "12", "under 0.1"."""
    if 0 < per_day < 0.05:
        return gettext("under 0.1")
    return f"{per_day:.1f}" if per_day < 9.95 else str(_nearest(per_day))


def two_digits(ratio: float) -> str:
    """A ratio to two digits: "0.70", "1.4", "23"."""
    if ratio < 0.995:
        return f"{ratio:.2f}"
    return f"{ratio:.1f}" if ratio < 9.95 else str(_nearest(ratio))


def ratio_words(ratio: float, low: float, high: float) -> dict[str, str]:
    """A ratio and its limits as `ratio`, `low` and `high`, to two digits each.

    Where the interval leaves out 1, none of them is rounded onto 1: that would read as if it did
    not, beside a verdict that says more or fewer.
    """
    leaves_out_one = low > 1 or high < 1
    written = _beside_one if leaves_out_one else two_digits
    return {"ratio": written(ratio), "low": written(low), "high": written(high)}


def _beside_one(ratio: float) -> str:
    words = two_digits(ratio)
    if float(words) != 1:
        return words
    exact = f"{ratio:.2f}"
    if float(exact) != 1:
        return exact
    return gettext("just above 1") if ratio > 1 else gettext("just below 1")


_CHANGE_WORDS = {
    "no clear change": gettext_lazy("no clear change"),
    "more": gettext_lazy("more"),
    "fewer": gettext_lazy("fewer"),
    "cannot tell": gettext_lazy("cannot tell"),
    "not enough data": gettext_lazy("cannot say yet"),
}


def change_words(verdict: str) -> str:
    """A verdict on a change over time in words: "no clear change", "more", "cannot say yet"."""
    return str(_CHANGE_WORDS[verdict])


def coverage_remarks(periods: TwoPeriods) -> list[str]:
    """What has to be known beside two rates: thin coverage, and days that never stopped."""
    remarks = []
    if any(
        NEEDED_FOR_A_RATE <= one.rate.days < HALF_OF_28 for one in (periods.last, periods.before)
    ):
        remarks.append(gettext("Less than half of the days of a period are logged."))
    constant = periods.last.constant + periods.before.constant
    if constant:
        remarks.append(
            ngettext(
                "%(count)s day on which it never stopped is counted apart.",
                "%(count)s days on which it never stopped are counted apart.",
                constant,
            )
            % {"count": constant}
        )
    return remarks


def sentence_start(words: str) -> str:
    """The words with a capital first letter."""
    return str(capfirst(words))
