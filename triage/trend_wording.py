"""The sentences of the trends page: the verdict, findings of charts, links, places, lengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

from diary.place_names import place_words
from diary.records import NamedQuestion, OwnFactorRecord, Place
from diary.vocabulary import INTENSITY_LABELS, ClosedAs, DaySummary, Factor, OwnFactorKind
from triage.caffeine_course import CaffeineCourse
from triage.factor_targets import TargetDays
from triage.link_wording import (
    NORMAL_WORDING_FROM_DAYS,
    factor_name,
    value_words,
)
from triage.links import Link
from triage.patterns import Intensity, TypicalDay
from triage.periods import Period
from triage.profile.facts import CalendarDay, Coverage, RatedDays, TwoPeriods
from triage.questions import Duration
from triage.statistics.raw_groups import RawGroup, RawGroups
from triage.trends import Trend
from triage.verdicts import Verdict
from triage.wording import (
    HALF_OF_28,
    NEEDED_FOR_A_RATE,
    change_words,
    coverage_remarks,
    day_and_month,
    full_date,
    list_words,
    of_days,
    rate_number,
    ratio_words,
    sentence_start,
    short_date,
    short_duration,
    uncounted_days,
)

NOT_RECORDED = "–"
"""Stands in tables for what is not recorded."""
DOUBLING_DAYS = 120
"""Usable days from which a doubling has a fair chance to show (triage.statistics.link_rows)."""

_TITLES = {
    Verdict.MORE: gettext_lazy("Last 28 days: more"),
    Verdict.FEWER: gettext_lazy("Last 28 days: fewer"),
    Verdict.NO_CLEAR_CHANGE: gettext_lazy("Last 28 days: no clear change"),
    Verdict.CANNOT_TELL: gettext_lazy("Last 28 days: cannot tell yet"),
    Verdict.NOT_ENOUGH_DATA: gettext_lazy("Last 28 days: cannot tell yet"),
}


@dataclass(frozen=True, slots=True)
class Headline:
    """The answer of the page: verdict, both rates, what they rest on, what else must be known.

    `whole` is the verdict on the whole diary, empty while there is none. The two may differ, so
    each says of which days it speaks.
    """

    title: str
    lead: SafeString
    coverage: str
    remarks: tuple[str, ...]
    whole: SafeString


def headline(verdict: str, periods: TwoPeriods, trend: Trend | None, since: date) -> Headline:
    """The verdict on the last 28 days against the 28 before; `trend` over the days `since`."""
    remarks = [_why_not(verdict, periods), _summed_up(periods), *coverage_remarks(periods)]
    as_of = periods.last.coverage.period.to
    return Headline(
        title=str(_TITLES[Verdict(verdict)]),
        lead=_lead(periods),
        coverage=_coverage(periods),
        remarks=tuple(filter(None, remarks)),
        whole=SafeString() if trend is None else trend_sentence(trend, since, as_of),
    )


def _why_not(verdict: str, periods: TwoPeriods) -> str:
    if verdict == Verdict.NOT_ENOUGH_DATA:
        if _silent(periods.last) and _silent(periods.before):
            return gettext("No twitch is logged in either, so there is nothing to compare.")
        if _uncounted(periods.last) or _uncounted(periods.before):
            return gettext(
                "To compare, both need 14 days with single twitches or none, checked in within two "
                "days."
            )
        return gettext("To compare, both need 14 days that were checked in within two days.")
    if verdict == Verdict.CANNOT_TELL:
        return gettext("Half as many and twice as many are both still possible.")
    return ""


def _uncounted(days: RatedDays) -> str:
    return uncounted_days(days.summarised, days.constant)


def _silent(days: RatedDays) -> bool:
    """Whether half of the days or more can be counted, and nothing says that it twitched."""
    counted = days.rate.days >= HALF_OF_28 and not days.rate.per_day
    return counted and not _uncounted(days)


def _summed_up(periods: TwoPeriods) -> str:
    """Why days are counted in place of twitches."""
    days = periods.last.summarised + periods.before.summarised
    if not days:
        return ""
    return gettext("Without a number of twitches: %(days)s.") % {"days": uncounted_days(days, 0)}


def _lead(periods: TwoPeriods) -> SafeString:
    last, before = periods.last, periods.before
    if last.summarised or before.summarised:
        return _twitch_days_lead(last, before)
    if last.rate.days < NEEDED_FOR_A_RATE:
        return format_html(
            gettext("<strong>{} of the last 28 days</strong> can be counted; a rate needs {}."),
            last.rate.days,
            NEEDED_FOR_A_RATE,
        )
    if before.rate.days < NEEDED_FOR_A_RATE:
        return format_html(
            gettext("<strong>{} twitches a day</strong> in the last 28 days."), _rate(last)
        )
    return format_html(
        gettext(
            "<strong>{} twitches a day</strong> in the last 28 days, <strong>{}</strong> in the "
            "28 days before."
        ),
        _rate(last),
        _rate(before),
    )


def _twitch_days_lead(last: RatedDays, before: RatedDays) -> SafeString:
    """Days told in one word carry no number, so days with a twitch are counted instead."""
    counted = (last.coverage.days_with, last.coverage.days_checked_in)
    if not before.coverage.days_checked_in:
        return format_html(
            gettext("Twitches on <strong>{} of {} days</strong> in the last 28 days."), *counted
        )
    return format_html(
        gettext(
            "Twitches on <strong>{} of {} days</strong> in the last 28 days, on <strong>{} of "
            "{}</strong> in the 28 before."
        ),
        *counted,
        before.coverage.days_with,
        before.coverage.days_checked_in,
    )


def _rate(days: RatedDays) -> str:
    return rate_number(days.rate.per_day or 0)


def _coverage(periods: TwoPeriods) -> str:
    return gettext(
        "You checked in on %(last)s of 28 days, and on %(before)s of the 28 before. Only these "
        "days count."
    ) % {
        "last": periods.last.coverage.days_checked_in,
        "before": periods.before.coverage.days_checked_in,
    }


def trend_sentence(trend: Trend, since: date, as_of: date) -> SafeString:
    """The trend over the whole diary with its interval; empty while there is none."""
    if trend.rate_ratio is None or trend.low is None or trend.high is None:
        return SafeString()
    if trend.verdict in (Verdict.MORE, Verdict.FEWER):
        words = gettext(
            "<strong>Whole diary: {verdict}.</strong> Since {since}, {ratio} times as many at its "
            "end as at its start (likely between {low} and {high} times; {days} days{beyond})."
        )
    else:
        words = gettext(
            "<strong>Whole diary: {verdict}.</strong> Since {since}, it fits {low} to {high} times "
            "as many at its end as at its start ({days} days{beyond})."
        )
    return format_html(
        words,
        verdict=change_words(trend.verdict),
        since=day_and_month(since, as_of),
        days=trend.days,
        beyond=_beyond(trend),
        **ratio_words(trend.rate_ratio, trend.low, trend.high),
    )


def _beyond(trend: Trend) -> str:
    """What the trend is beside: the factors that were allowed for."""
    if not trend.allowed_for:
        return ""
    return gettext("; beyond what %(factors)s go along with") % {
        "factors": list_words([factor_name(code, ()) for code in trend.allowed_for])
    }


# Charts over time


def twitch_finding(coverage: Coverage) -> str:
    """What the chart of twitches shows: "on 35 of 47 checked-in days"."""
    if not coverage.days_checked_in:
        return gettext("no day checked in")
    return ngettext(
        "on %(with)s of %(days)s checked-in day",
        "on %(with)s of %(days)s checked-in days",
        coverage.days_checked_in,
    ) % {"with": coverage.days_with, "days": coverage.days_checked_in}


_OUTSIDE = {
    Factor.CAFFEINE: gettext_lazy("over %(limit)s on %(days)s"),
    Factor.SLEEP: gettext_lazy("under %(limit)s on %(days)s"),
    Factor.STRESS: gettext_lazy("%(limit)s or more on %(days)s"),
    Factor.ALCOHOL: gettext_lazy("over %(limit)s on %(days)s"),
    Factor.NICOTINE: gettext_lazy("on %(days)s"),
    Factor.HYDRATION: gettext_lazy("under %(limit)s on %(days)s"),
}


def factor_finding(code: str, days: TargetDays, own: Sequence[OwnFactorRecord]) -> str:
    """What the chart of a factor shows: "over 400 mg on 2 of 46 days"."""
    if not days.recorded:
        return gettext("not noted in these weeks")
    if days.limit is None:
        return ngettext("noted on %(days)s day", "noted on %(days)s days", days.recorded) % {
            "days": days.recorded
        }
    return _OUTSIDE[Factor(code)] % {
        "limit": limit_words(code, days.limit, own),
        "days": _of_recorded(code, days),
    }


def _of_recorded(code: str, days: TargetDays) -> str:
    if code != Factor.SLEEP:
        return of_days(days.outside, days.recorded)
    words = ngettext("%(count)s of %(days)s night", "%(count)s of %(days)s nights", days.recorded)
    return words % {"count": days.outside, "days": days.recorded}


def limit_words(code: str, limit: float, own: Sequence[OwnFactorRecord]) -> str:
    """A target inside a sentence: "400 mg", "7 hours", "7"."""
    if code == Factor.SLEEP:
        hours = f"{limit / 60:g}"
        return gettext("%(hours)s hours") % {"hours": hours}
    if code == Factor.ALCOHOL:
        return gettext("%(count)s drinks") % {"count": f"{limit:g}"}
    return value_words(code, limit, own)


def gap_words(code: str | None, first: date | None, period: Period) -> str:
    """Why a chart begins with a gap: it was first noted later, or not at all; else nothing."""
    if first is None:
        return gettext("not noted so far")
    if first <= period.from_:
        return ""
    words = {"date": day_and_month(first, period.to)}
    if code is None:
        return gettext("diary from %(date)s") % words
    return gettext("noted from %(date)s") % words


def chart_title(name: str, finding: str, period: Period, weeks: int, highest: str) -> str:
    """The text alternative of a chart: what it is, and what it shows."""
    return gettext("%(name)s %(steps)s, %(from)s to %(to)s: %(finding)s.%(highest)s") % {
        "name": name,
        "steps": steps_words(weeks),
        "from": day_and_month(period.from_, period.to),
        "to": full_date(period.to),
        "finding": finding,
        "highest": f" {highest}" if highest else "",
    }


def steps_words(weeks: int) -> str:
    """How finely a chart is drawn: "day by day", "week by week", "4 weeks at a time"."""
    if not weeks:
        return gettext("day by day")
    if weeks == 1:
        return gettext("week by week")
    return gettext("%(count)s weeks at a time") % {"count": weeks}


def most_words(most: int) -> str:
    """The highest day of a chart: "At most 8 in a day."."""
    return gettext("At most %(count)s in a day.") % {"count": most} if most else ""


def twitches_of_day(found: CalendarDay) -> str:
    """A day in the table and for the ear: "3", "none", "at least 2", "it never stopped"."""
    day = found.day
    if day is None or not day.checked_in:
        count = 0 if day is None else day.totals.episodes
        return gettext("at least %(count)s") % {"count": count} if count else NOT_RECORDED
    if day.constant:
        return str(ClosedAs.CONSTANT.label).lower()
    if day.summarised_twitches:
        return str(DaySummary(day.summary or "none").label).lower()
    return str(day.totals.episodes) if day.totals.episodes else gettext("none")


def day_in_calendar(found: CalendarDay) -> str:
    """A day of the calendar for the ear: "Wednesday 1 April: 2"; without a check-in it says so."""
    words = twitches_of_day(found)
    if words == NOT_RECORDED:
        words = gettext("no check-in")
    return gettext("%(day)s: %(twitches)s") % {
        "day": format_date(found.date, pgettext("weekday, day and month in full", "l j F")),
        "twitches": words,
    }


def factor_value(code: str, value: float | None, own: Sequence[OwnFactorRecord]) -> str:
    """A value of a factor in the table: "288 mg", "7.5 h", "yes"."""
    if value is None:
        return NOT_RECORDED
    if is_yes_no(code, own):
        return gettext("yes") if value else gettext("no")
    return value_words(code, round(value, 1), own)


def is_yes_no(code: str, own: Sequence[OwnFactorRecord]) -> bool:
    """Whether a factor is answered by yes or no."""
    return code == Factor.NICOTINE or any(
        factor.kind == OwnFactorKind.YES_NO for factor in own if factor.code == code
    )


def factor_title(code: str, own: Sequence[OwnFactorRecord]) -> str:
    """The name of a factor as a heading; an own one stands as the person wrote it."""
    label = next((factor.label for factor in own if factor.code == code), None)
    return sentence_start(label or factor_name(code, own))


# Places, times of day, lengths


def new_since(first: date, as_of: date) -> str:
    """A place that joined lately: "new since 21 Apr"."""
    return gettext("new since %(date)s") % {"date": short_date(first, as_of)}


def place_title(place: Place) -> str:
    """A place as a heading of a row: "Left upper eyelid"."""
    return sentence_start(place_words(*place))


def short_period(period: Period) -> SafeString:
    """A fortnight as a heading in two lines: "10–23", "Mar" or "24 Mar–", "6 Apr"."""
    month = pgettext("short month", "M")
    last = f"{period.to.day} {format_date(period.to, month)}"
    if period.from_.month == period.to.month:
        dates = f"{period.from_.day}–{period.to.day}"
        return format_html("{}<br>{}", dates, format_date(period.to, month))
    first = f"{period.from_.day}\u00a0{format_date(period.from_, month)}–"
    return format_html("{}<br>{}", first, last.replace(" ", "\u00a0"))


def typical_day_finding(found: TypicalDay, weeks: int) -> str:
    """What a typical day rests on."""
    count = sum(found.bins)
    uncounted = uncounted_days(found.summarised, found.constant)
    without_times = gettext("Without times: %(days)s.") % {"days": uncounted} if uncounted else ""
    if uncounted and not count and not found.without_time:
        nothing = gettext("No twitch is counted in the last %(weeks)s weeks.") % {"weeks": weeks}
        return f"{nothing} {without_times}"
    words = {"count": count, "days": found.days, "weeks": weeks}
    sentence = (
        ngettext(
            "%(count)s twitch on %(days)s counted days of the last %(weeks)s weeks, in steps of "
            "two hours.",
            "%(count)s twitches on %(days)s counted days of the last %(weeks)s weeks, in steps of "
            "two hours.",
            count,
        )
        % words
    )
    more = ngettext(
        "%(count)s more without an exact time.",
        "%(count)s more without an exact time.",
        found.without_time,
    ) % {"count": found.without_time}
    return " ".join(filter(None, (sentence, more if found.without_time else "", without_times)))


def typical_day_title(found: TypicalDay) -> str:
    """The text alternative of the typical day."""
    start = found.bins.index(max(found.bins)) * 2
    return gettext("Twitches by time of day: most between %(from)s and %(to)s, %(count)s.") % {
        "from": f"{start}:00",
        "to": f"{start + 2}:00",
        "count": max(found.bins),
    }


def caffeine_day_finding(found: CaffeineCourse) -> str:
    """What the line and the bars are, and on which days they rest."""
    return ngettext(
        "Line: caffeine still on board, at most about %(mg)s mg around %(time)s. Bars: twitches of "
        "the same day.",
        "Line: caffeine still on board, at most about %(mg)s mg around %(time)s. Bars: twitches of "
        "the same %(days)s days.",
        found.days,
    ) % {
        "mg": 10 * round(max(found.levels) / 10),
        "time": _half_hour(found.levels.index(max(found.levels))),
        "days": found.days,
    }


def _half_hour(place: int) -> str:
    """The clock at a half hour counted from midnight: "14:30"."""
    return f"{place // 2}:{30 * (place % 2):02}"


def caffeine_days_missing(have: int, needed: int) -> str:
    """How many days with the times of drinks there are before the picture."""
    return ngettext(
        "Needs %(needed)s days on which each drink has its time; %(have)s so far.",
        "Needs %(needed)s days on which each drink has its time; %(have)s so far.",
        have,
    ) % {"needed": needed, "have": have}


@dataclass(frozen=True, slots=True)
class Compared:
    """A row of two columns: the last 28 days and the 28 before, each with what it rests on."""

    name: str
    last: str
    last_of: str
    before: str
    before_of: str


def no_episode(days: RatedDays) -> str:
    """What stands where 28 days have no single twitch; days told in a word are not none."""
    if _uncounted(days):
        return _uncounted(days)
    return gettext("no twitch") if days.coverage.days_checked_in else gettext("no check-in")


def compared_lengths(
    last: Duration, before: Duration, without: tuple[str, str]
) -> tuple[Compared, ...]:
    """Typical and longest length; only timed twitches tell them.

    `without` says of both stretches what stands where no twitch is.
    """
    return (
        Compared(
            gettext("Typical length"),
            _seconds(last.median_s),
            _timed(last) or without[0],
            _seconds(before.median_s),
            _timed(before) or without[1],
        ),
        Compared(gettext("Longest"), _seconds(last.longest_s), "", _seconds(before.longest_s), ""),
    )


def _seconds(seconds: float | None) -> str:
    return NOT_RECORDED if seconds is None else short_duration(seconds)


def _timed(found: Duration) -> str:
    every = found.timed + found.untimed
    if not every:
        return ""
    return gettext("%(timed)s of %(all)s timed") % {"timed": found.timed, "all": every}


def compared_intensity(last: Intensity, before: Intensity, without: tuple[str, str]) -> Compared:
    """How strong it usually is, in the words of the buttons."""
    return Compared(
        gettext("How strong"),
        intensity_words(last.median),
        _noted(last) or without[0],
        intensity_words(before.median),
        _noted(before) or without[1],
    )


def intensity_words(median: float | None) -> str:
    """A median intensity: "clear", or between two of the words."""
    if median is None:
        return NOT_RECORDED
    low = str(INTENSITY_LABELS[int(median)]).lower()
    if median == int(median):
        return low
    high = str(INTENSITY_LABELS[int(median) + 1]).lower()
    return gettext("between %(low)s and %(high)s") % {"low": low, "high": high}


def _noted(found: Intensity) -> str:
    if not found.episodes:
        return ""
    return gettext("%(known)s of %(all)s noted") % {"known": found.known, "all": found.episodes}


# Links

_AFTER_SLEEP = (
    gettext_lazy("Your %(days)s days after the least %(factor)s (%(range)s): %(rate)s a day."),
    gettext_lazy("Your %(days)s after the most (%(range)s): %(rate)s."),
)
_SECOND_AFTER_SLEEP = (
    gettext_lazy(
        "Your %(days)s second days after the least %(factor)s (%(range)s): %(rate)s a day."
    ),
    gettext_lazy("Your %(days)s second days after the most (%(range)s): %(rate)s."),
)
_LESS_MORE = (
    gettext_lazy("Your %(days)s days with the least %(factor)s (%(range)s): %(rate)s a day."),
    gettext_lazy("Your %(days)s with the most (%(range)s): %(rate)s."),
)
_NO_YES = (
    gettext_lazy("Your %(days)s days without: %(rate)s a day."),
    gettext_lazy("Your %(days)s with: %(rate)s."),
)
_BEFORE_NO_YES = (
    gettext_lazy("Your %(days)s days after one without: %(rate)s a day."),
    gettext_lazy("Your %(days)s after one with: %(rate)s."),
)
_BEFORE_LESS_MORE = (
    gettext_lazy(
        "Your %(days)s days after one with the least %(factor)s (%(range)s): %(rate)s a day."
    ),
    gettext_lazy("Your %(days)s after one with the most (%(range)s): %(rate)s."),
)


def raw_sentence(link: Link, own: Sequence[OwnFactorRecord]) -> str:
    """The plain means beside a ratio: the person's own lowest and highest third."""
    if link.raw is None:
        return ""
    low, high = _raw_templates(link, own)
    groups: RawGroups = link.raw
    return " ".join(
        (low % _raw_words(link, groups.low, own), high % _raw_words(link, groups.high, own))
    )


def _raw_templates(link: Link, own: Sequence[OwnFactorRecord]) -> tuple[str, str]:
    if is_yes_no(link.factor, own):
        low, high = _BEFORE_NO_YES if link.lag else _NO_YES
    elif link.factor == Factor.SLEEP:
        low, high = _SECOND_AFTER_SLEEP if link.lag else _AFTER_SLEEP
    else:
        low, high = _BEFORE_LESS_MORE if link.lag else _LESS_MORE
    return str(low), str(high)


def _raw_words(link: Link, group: RawGroup, own: Sequence[OwnFactorRecord]) -> dict[str, str | int]:
    lowest = value_words(link.factor, group.lowest, own)
    highest = value_words(link.factor, group.highest, own)
    return {
        "days": group.days,
        "factor": factor_name(link.factor, own),
        "range": _range(lowest, highest),
        "rate": rate_number(group.per_day),
    }


def _range(lowest: str, highest: str) -> str:
    """Two values with their unit once: "0 to 96 mg"."""
    if lowest == highest:
        return lowest
    number, _space, unit = lowest.partition(" ")
    low = number if unit and highest.endswith(f" {unit}") else lowest
    return gettext("%(low)s to %(high)s") % {"low": low, "high": highest}


def links_cover(since: date, as_of: date) -> str:
    """Which days the links are about, where the page shows fewer."""
    return gettext("Over the whole diary, since %(since)s.") % {
        "since": day_and_month(since, as_of)
    }


def links_so_far(days: int, needed: int, *, lacks_numbers: bool = False) -> str:
    """What so many usable days can show, and when more could be seen.

    `lacks_numbers`: nothing can be said yet, and there are days that would count if they carried a
    number of twitches.
    """
    if not lacks_numbers:
        return _so_far(days, needed)
    need = gettext("Links need single twitches, or days summed up as none.")
    if days < needed:
        return f"{_so_far(days, needed)} {need}"
    return " ".join((gettext("%(days)s days so far.") % {"days": days}, need))


def _so_far(days: int, needed: int) -> str:
    words = {"days": days, "needed": needed}
    if days < needed:
        sentence = ngettext(
            "%(days)s day so far. First answers come from %(needed)s days; a doubling shows "
            "after about four months.",
            "%(days)s days so far. First answers come from %(needed)s days; a doubling shows "
            "after about four months.",
            days,
        )
    elif days < NORMAL_WORDING_FROM_DAYS:
        sentence = gettext(
            "%(days)s days so far. For now only a very strong link could show; a doubling shows "
            "after about four months."
        )
    elif days < DOUBLING_DAYS:
        sentence = gettext(
            "%(days)s days so far. A strong link could show by now; a doubling shows after about "
            "four months."
        )
    else:
        sentence = gettext("%(days)s days so far. A doubling has a fair chance to show by now.")
    return sentence % words


_EXPECTED = {
    "more": gettext_lazy("You expected more twitches."),
    "fewer": gettext_lazy("You expected fewer twitches."),
    "none": gettext_lazy("You expected no difference."),
}


def expectation_words(question: NamedQuestion, as_of: date) -> str:
    """The person's own question beside its result: when they named it, and what they expected."""
    asked = gettext("Your own question.")
    if question.asked_on is not None:
        asked = gettext("Your own question, named on %(date)s.") % {
            "date": day_and_month(question.asked_on, as_of)
        }
    expected = _EXPECTED.get(question.expected or "", "")
    return " ".join(filter(None, (asked, str(expected))))


def since_words(since: date, as_of: date) -> str:
    """Where naming a factor began a new period."""
    return gettext("Only days from %(date)s on count for this.") % {
        "date": day_and_month(since, as_of)
    }


_MORE_ABOUT = {
    Factor.CAFFEINE: gettext_lazy("about 2 cups"),
}


def difference_note(code: str) -> str:
    """What the difference of a factor means in daily life, where that helps."""
    return str(_MORE_ABOUT.get(code, ""))  # type: ignore[call-overload]


# Before the first picture


def waiting_title(needed: int, have: int) -> SafeString:
    """What is missing until the first picture."""
    return format_html(
        gettext(
            "The first picture needs {} <span>checked-in</span> days. <strong>You have {}.</strong>"
        ),
        needed,
        have,
    )


def earliest_words(day: date) -> str:
    """The earliest day of the first picture: "Earliest Wednesday 6 May."."""
    return gettext("Earliest %(date)s.") % {
        "date": format_date(day, pgettext("weekday, day and month in full", "l j F"))
    }
