"""What the trends page shows, composed from one summary: panels, tables, places, links, calendar.

Facts and geometry come from the summary and `triage.charts`, sentences from `triage.trend_wording`;
the templates only lay them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from diary.records import DayRecord, NamedQuestion, OwnFactorRecord, Place
from diary.vocabulary import Factor
from triage import trend_wording as words
from triage.caffeine_course import NEEDED_DAYS as CAFFEINE_DAYS
from triage.caffeine_course import CaffeineCourse
from triage.charts.axis import (
    Marked,
    TimeAxis,
    ValueAxis,
    halves,
    marked_dates,
    number,
    round_top,
    time_axis,
)
from triage.charts.caffeine_day import CaffeineDayChart, caffeine_day_chart
from triage.charts.calendar_marks import Cell, first_shown, months
from triage.charts.daily import factor_by_day, twitches_by_day
from triage.charts.interval import Interval, interval
from triage.charts.tally import Progress, progress, tally_path
from triage.charts.timeline import Timeline
from triage.charts.typical_day import TypicalDayChart, typical_day_chart
from triage.charts.weekly import Stretch, factor_by_week, stretches, twitches_by_week
from triage.factor_targets import TargetDays
from triage.link_wording import (
    difference_words,
    is_claim,
    is_unknown,
    link_details,
    link_title,
    looked_at_days,
)
from triage.links import Link
from triage.patterns import Fortnights, PlaceFortnights
from triage.periods import Period, last_days, period_of
from triage.profile.facts import CalendarDay, Coverage, coverage
from triage.statistics.factor_differences import MAIN_FACTORS, FactorDifference
from triage.summary import Summary
from triage.verdicts import earliest
from triage.wording import rate_number, short_date

NEEDED_DAYS = 3
"""Checked-in days below which there is no picture."""
LEAST_DAYS = 28
"""A young diary is drawn over four weeks at least, so that three days do not fill the page."""
MOST_PLACES = 10
FORTNIGHT_DAYS = 14
LETTERS = {
    Factor.CAFFEINE: "C",
    Factor.SLEEP: "Z",
    Factor.STRESS: "S",
    Factor.EXERCISE: "E",
    Factor.ALCOHOL: "A",
    Factor.NICOTINE: "N",
    Factor.HYDRATION: "W",
}
"""The letter in the mark of a factor; an own factor has its first one."""


@dataclass(frozen=True, slots=True)
class FactorMark:
    """A factor as the page names it: letter in a square, style of the square, name."""

    code: str
    style: str
    letter: str
    name: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the small multiples with its finding and its text alternative."""

    mark: FactorMark
    finding: str
    title: str
    chart: Timeline
    code: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A day or stretch with the words of each panel."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The small multiples, what they have in common, and the same as a table.

    `weeks` is how many weeks one mark stands for, 0 for a day.
    """

    panels: tuple[Panel, ...]
    rows: tuple[TableRow, ...]
    weeks: int
    period: Period

    @property
    def two_rows(self) -> bool:
        """Whether words of marked dates need a second row on top."""
        return any(event.upper for panel in self.panels for event in panel.chart.events)

    @property
    def looks(self) -> dict[str, bool]:
        """Which marks any panel has, so that the legend explains those and no others."""
        charts = [panel.chart for panel in self.panels]
        looks = ("rings", "least", "about", "constant_tops", "gaps")
        return {look: any(getattr(chart, look) for chart in charts) for look in looks}


@dataclass(frozen=True, slots=True)
class FortnightCell:
    """Days of one place in a fortnight; unknown where it has no check-in and no twitch."""

    days: int
    known: bool
    strokes: str


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place with its fortnights; `new` says since when, where it joined lately."""

    name: str
    new: str
    cells: tuple[FortnightCell, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Places by fortnight; `more` of them are not listed.

    `unplaced` days twitched without a place; empty where there are none.
    """

    heads: tuple[SafeString, ...]
    lines: tuple[PlaceLine, ...]
    unplaced: tuple[int, ...]
    checked_in: tuple[int, ...]
    more: int


@dataclass(frozen=True, slots=True)
class LinkRow:
    """What a factor goes together with on one of two days.

    `again` is the verdict in a sentence where it is that of the row before: it needs no heading.
    """

    when: str
    title: str
    details: str
    picture: Interval | None
    progress: Progress | None
    raw: str
    again: str


@dataclass(frozen=True, slots=True)
class LinkBlock:
    """A factor with its rows; `difference` is what a ratio would be for, where no row says it."""

    mark: FactorMark
    difference: str
    rows: tuple[LinkRow, ...]
    question: str
    since: str


@dataclass(frozen=True, slots=True)
class TypicalDayPart:
    """The typical day; no chart without a twitch that has a time."""

    finding: str
    title: str
    chart: TypicalDayChart | None
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class CaffeineDayPart:
    """Caffeine through a day; below the days needed it says how many there are."""

    finding: str
    chart: CaffeineDayChart | None
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """A day to tap, with its words for the ear."""

    cell: Cell
    words: str


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month of the calendar."""

    first: date
    weeks: tuple[tuple[CalendarCell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class TrendPage:
    """Everything under the controls."""

    headline: words.Headline
    course: Course
    places: Places
    links: tuple[LinkBlock, ...]
    links_cover: str
    links_so_far: str
    typical_day: TypicalDayPart
    caffeine_day: CaffeineDayPart | None
    compared: tuple[words.Compared, ...]
    months: tuple[CalendarMonth, ...]


@dataclass(frozen=True, slots=True)
class WaitingDay:
    """A day on the way to the first picture; `words` are its twitches, empty for one to come."""

    date: date
    words: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is missing until the first picture, and when it can be there."""

    title: SafeString
    earliest: str
    days: tuple[WaitingDay, ...]


def waiting(summary: Summary) -> Waiting | None:
    """What is missing before the first picture; None when there is enough for it."""
    checked_in = [day for day in summary.record.days if day.checked_in]
    have, today = len(checked_in), summary.as_of
    closed_today = bool(checked_in) and checked_in[-1].date == today
    ready = earliest(have, NEEDED_DAYS, today, closed_today)
    if ready is None:
        return None
    to_come = [ready - timedelta(days=back) for back in reversed(range(NEEDED_DAYS - have))]
    return Waiting(
        title=words.waiting_title(NEEDED_DAYS, have),
        earliest=words.earliest_words(ready),
        days=(
            *(
                WaitingDay(day.date, words.twitches_of_day(CalendarDay(day.date, "", day)))
                for day in checked_in
            ),
            *(WaitingDay(day, "") for day in to_come),
        ),
    )


def trend_page(whole: Summary, place: Place | None, weeks: int | None) -> TrendPage:
    """The page for the last `weeks` weeks (None: the whole diary), of one place or of all.

    Links are always those of the whole diary: place by place, chance alone would show some.
    """
    summary = whole if place is None else whole.at_place(place)
    period = shown_period(summary, weeks)
    begun = first_day(whole)
    return TrendPage(
        headline=words.headline(
            summary.change,
            summary.two_periods,
            None if place else summary.trend,
            first_day(summary),
        ),
        course=course(summary, period),
        places=_places(summary.fortnights, summary.as_of),
        links=_link_blocks(whole),
        links_cover=words.links_cover(begun, whole.as_of) if begun < period.from_ else "",
        links_so_far=_links_so_far(whole.links),
        typical_day=_typical_day(summary),
        caffeine_day=_caffeine_day(summary.caffeine_course),
        compared=_compared(summary),
        months=_months(summary),
    )


def first_day(summary: Summary) -> date:
    """The first day on which anything is recorded, else that of the summary."""
    return summary.record.days[0].date if summary.record.days else summary.as_of


def shown_period(summary: Summary, weeks: int | None) -> Period:
    """The chosen weeks without the time before the diary, but four weeks at least."""
    as_of = summary.as_of
    wanted = period_of(summary.record, as_of, weeks)
    start = max(wanted.from_, first_day(summary))
    return Period(min(start, last_days(as_of, LEAST_DAYS).from_), as_of)


# Small multiples


def course(summary: Summary, period: Period) -> Course:
    """Twitches and factors over one period, by day or by some weeks."""
    axis = time_axis(period)
    events = marked_dates(axis, summary.record.events)
    if axis.by_day:
        panels, rows = _by_day(summary, axis, events)
    else:
        panels, rows = _by_week(summary, axis, events)
    return Course(panels, rows, axis.weeks_per_mark, axis.period)


def _by_day(
    summary: Summary, axis: TimeAxis, events: tuple[Marked, ...]
) -> tuple[tuple[Panel, ...], tuple[TableRow, ...]]:
    days = summary.days_in(axis.period)
    first = first_day(summary)
    chart = twitches_by_day(axis, days, events, words.gap_words(None, first, axis.period))
    found = coverage(days, axis.period)
    most = max((day.day.totals.episodes for day in days if day.day is not None), default=0)
    panels = [_twitch_panel(chart, found, words.most_words(most))]
    for factor in summary.factors:
        told = summary.target_days(factor, axis.period)
        values = [value for one in days if one.day and (value := factor.read(one.day)) is not None]
        scale = _scale(summary, factor, told, values)
        drawn = factor_by_day(
            axis,
            days,
            factor.read,
            scale,
            target=_target(factor, told),
            events=_unnamed(events),
            gap_words=words.gap_words(factor.code, told.first_recorded, axis.period),
        )
        panels.append(_factor_panel(summary, factor, told, drawn))
    return tuple(panels), tuple(_day_rows(summary, days))


def _by_week(
    summary: Summary, axis: TimeAxis, events: tuple[Marked, ...]
) -> tuple[tuple[Panel, ...], tuple[TableRow, ...]]:
    found = stretches(axis, summary.weeks_in(axis.period))
    first = first_day(summary)
    chart = twitches_by_week(axis, found, events, words.gap_words(None, first, axis.period))
    together = Coverage(
        axis.period,
        sum(one.days_checked_in for one in found),
        sum(one.days_with for one in found),
    )
    panels = [_twitch_panel(chart, together, "")]
    for place, factor in enumerate(summary.factors):
        told = summary.target_days(factor, axis.period)
        means = [stretch.factors[place] for stretch in found]
        scale = _scale(summary, factor, told, [one.mean for one in means if one.mean is not None])
        drawn = factor_by_week(
            axis,
            means,
            scale,
            target=_target(factor, told),
            events=_unnamed(events),
            gap_words=words.gap_words(factor.code, told.first_recorded, axis.period),
        )
        panels.append(_factor_panel(summary, factor, told, drawn))
    return tuple(panels), tuple(_week_rows(summary, found))


def _unnamed(events: tuple[Marked, ...]) -> tuple[Marked, ...]:
    """Marked dates of the lower panels: their words stand once, on top."""
    return tuple(Marked(event.at, "", False) for event in events)


def _twitch_panel(chart: Timeline, found: Coverage, highest: str) -> Panel:
    name, finding = gettext("Twitches"), words.twitch_finding(found)
    axis = chart.axis
    return Panel(
        mark=FactorMark("", "", "", name),
        finding=finding,
        title=words.chart_title(name, finding, axis.period, axis.weeks_per_mark, highest),
        chart=chart,
        code="twitches",
    )


def _factor_panel(
    summary: Summary, factor: FactorDifference, told: TargetDays, chart: Timeline
) -> Panel:
    finding = words.factor_finding(factor.code, told, summary.record.own_factors)
    if told.recorded and chart.begins_late and not chart.gap_words:
        late = words.gap_words(factor.code, told.first_recorded, chart.axis.period)
        finding = ", ".join(filter(None, (finding, late)))
    mark, axis = factor_mark(summary, factor.code), chart.axis
    return Panel(
        mark=mark,
        finding=finding,
        title=words.chart_title(mark.name, finding, axis.period, axis.weeks_per_mark, ""),
        chart=chart,
        code=factor.code,
    )


def factor_mark(summary: Summary, code: str) -> FactorMark:
    """How the page names a factor."""
    name = words.factor_title(code, summary.record.own_factors)
    known = code in LETTERS
    return FactorMark(
        code=code,
        style=code if known else "own",
        letter=LETTERS[Factor(code)] if known else name[:1].upper(),
        name=name,
    )


def _target(factor: FactorDifference, told: TargetDays) -> float | None:
    """Where the target line stands; a yes or no has none."""
    return None if factor.code == Factor.NICOTINE else told.limit


SLEEP_FROM, SLEEP_TO = 240, 600
SLEEP_LABELS = (300, 420, 540)


def _scale(
    summary: Summary, factor: FactorDifference, told: TargetDays, values: Sequence[float]
) -> ValueAxis:
    """The value axis of a factor: its target labelled where it has one."""
    lowest, highest = min(values, default=0), max(values, default=0)
    if factor.code == Factor.SLEEP:
        return _sleep_scale(lowest if values else SLEEP_FROM, highest)
    if factor.code == Factor.STRESS:
        limit = told.limit or 10
        return ValueAxis(0, 10).labelled((0, "0"), (limit, number(limit)))
    if words.is_yes_no(factor.code, summary.record.own_factors):
        return ValueAxis(0, 1.5)
    if lowest < 0:
        return ValueAxis(lowest, max(0.0, highest) or 1).labelled(
            (lowest, number(lowest)), (max(0.0, highest), number(max(0.0, highest)))
        )
    if told.limit is None:
        return halves(round_top(highest, 0.02))
    labels = [(0.0, "0"), (told.limit, number(told.limit))]
    top = max(1.35 * told.limit, highest)
    if top > 2 * told.limit:
        labels.append((top, number(top)))
    return ValueAxis(0, top).labelled(*labels)


def _sleep_scale(lowest: float, highest: float) -> ValueAxis:
    """From 4 to 10 hours, further where a night was shorter or longer."""
    low = min(SLEEP_FROM, 60 * (lowest // 60) - 30)
    axis = ValueAxis(low, max(SLEEP_TO, highest))
    return axis.labelled(*((minutes, number(minutes / 60)) for minutes in SLEEP_LABELS))


def _day_rows(summary: Summary, days: Sequence[CalendarDay]) -> Iterator[TableRow]:
    labels = _event_labels(summary)
    for found in days:
        day = found.day or DayRecord(found.date)
        values = (
            words.factor_value(factor.code, factor.read(day), summary.record.own_factors)
            for factor in summary.factors
        )
        name = ", ".join((short_date(found.date, summary.as_of), *labels.get(found.date, ())))
        yield TableRow(name, (words.twitches_of_day(found), *values))


def _event_labels(summary: Summary) -> dict[date, list[str]]:
    ordered = sorted(summary.record.events, key=lambda event: event.date)
    grouped = groupby(ordered, key=lambda event: event.date)
    return {day: [event.label for event in events] for day, events in grouped}


def _week_rows(summary: Summary, found: Sequence[Stretch]) -> Iterator[TableRow]:
    own = summary.record.own_factors
    for stretch in found:
        labels = (event.label for event in summary.record.events if event.date in stretch.period)
        values = (words.factor_value(one.factor, one.mean, own) for one in stretch.factors)
        yield TableRow(
            ", ".join((short_date(stretch.period.from_, summary.as_of), *labels)),
            (_stretch_words(stretch), *values),
        )


def _stretch_words(stretch: Stretch) -> str:
    if not stretch.days_checked_in:
        count = stretch.episodes_at_least
        return gettext("at least %(count)s") % {"count": count} if count else words.NOT_RECORDED
    return gettext("%(rate)s (%(days)s of %(all)s days checked in)") % {
        "rate": _stretch_rate(stretch),
        "days": stretch.days_checked_in,
        "all": stretch.period.days,
    }


def _stretch_rate(stretch: Stretch) -> str:
    if stretch.told_in_words:
        at_least = rate_number(stretch.days_with / stretch.days_checked_in)
        return gettext("at least %(count)s") % {"count": at_least}
    if stretch.rate.per_day is None:
        return words.NOT_RECORDED
    return rate_number(stretch.rate.per_day)


# Places


def _places(found: Fortnights, as_of: date) -> Places:
    listed = found.places[:MOST_PLACES]
    listed += tuple(row for row in found.places[MOST_PLACES:] if row.new)
    return Places(
        heads=tuple(words.short_period(period) for period in found.periods),
        lines=tuple(_place_line(row, found.days_checked_in, as_of) for row in listed),
        unplaced=found.unplaced if any(found.unplaced) else (),
        checked_in=found.days_checked_in,
        more=len(found.places) - len(listed),
    )


def _place_line(row: PlaceFortnights, checked_in: Sequence[int], as_of: date) -> PlaceLine:
    return PlaceLine(
        name=words.place_title(row.place),
        new=words.new_since(row.first, as_of) if row.new else "",
        cells=tuple(
            FortnightCell(days, bool(days or closed), tally_path(days, FORTNIGHT_DAYS))
            for days, closed in zip(row.days, checked_in, strict=True)
        ),
    )


# Links


def _link_blocks(summary: Summary) -> tuple[LinkBlock, ...]:
    by_factor = groupby(summary.links, key=lambda link: link.factor)
    return tuple(_link_block(summary, code, list(rows)) for code, rows in by_factor)


def _links_so_far(links: Sequence[Link]) -> str:
    codes = {factor.code for factor in MAIN_FACTORS}
    main = [link for link in links if link.factor in codes]
    found = [link.progress for link in main]
    uncounted = any(one.summarised_days or one.constant_days for one in found)
    return words.links_so_far(
        max(one.usable_days for one in found),
        max(one.needed_days for one in found),
        lacks_numbers=uncounted and all(is_unknown(link) for link in main),
    )


def _link_block(summary: Summary, code: str, links: Sequence[Link]) -> LinkBlock:
    own = summary.record.own_factors
    question = question_of(summary)
    since = links[0].since
    return LinkBlock(
        mark=factor_mark(summary, code),
        difference=difference_words(code, own) if links[0].lag is None else "",
        rows=tuple(
            _link_row(summary, link, before)
            for link, before in zip(links, ("", *map(link_title, links)), strict=False)
        ),
        question=words.expectation_words(question, summary.as_of)
        if question is not None and question.factor == code
        else "",
        since="" if since is None else words.since_words(since, summary.as_of),
    )


def question_of(summary: Summary) -> NamedQuestion | None:
    """The question the person named, if there is one."""
    settings = summary.record.person.settings
    return None if settings is None else settings.question


def _link_row(summary: Summary, link: Link, before: str) -> LinkRow:
    own, title = summary.record.own_factors, link_title(link)
    picture = None
    if not is_unknown(link) and link.low is not None and link.high is not None:
        picture = interval(link.low, link.high)
    return LinkRow(
        when="" if link.lag is None or is_claim(link) else _when(link, own),
        title=title,
        details=link_details(link, summary.links, own),
        picture=picture,
        progress=_progress(link),
        raw=words.raw_sentence(link, own),
        again="" if is_claim(link) or title != before else f"{title[:1].lower()}{title[1:]}.",
    )


def _when(link: Link, own: Sequence[OwnFactorRecord]) -> str:
    """The days a row speaks of, the first one with what the difference means in daily life."""
    note = "" if link.lag else words.difference_note(link.factor)
    return f"{looked_at_days(link, own)} ({note})" if note else looked_at_days(link, own)


def _progress(link: Link) -> Progress | None:
    """Strokes to the days needed, or to the days with a twitch where those are what is missing."""
    found = link.progress
    if found.usable_days < found.needed_days:
        return progress(found.usable_days, found.needed_days)
    if found.twitch_days < found.needed_twitch_days:
        return progress(found.twitch_days, found.needed_twitch_days)
    return None


# Typical day, lengths, calendar


def _typical_day(summary: Summary) -> TypicalDayPart:
    found = summary.typical_day
    any_time = any(found.bins)
    return TypicalDayPart(
        finding=words.typical_day_finding(found, -(-found.period.days // 7)),
        title=words.typical_day_title(found) if any_time else "",
        chart=typical_day_chart(found) if any_time else None,
        rows=tuple(
            TableRow(f"{2 * place}:00–{2 * place + 2}:00", (str(count),))
            for place, count in enumerate(found.bins)
        ),
    )


def _caffeine_day(found: CaffeineCourse) -> CaffeineDayPart | None:
    """Caffeine through a day, for who notes the times of drinks; None for everybody else."""
    if not found.with_drinks:
        return None
    if found.with_drinks < CAFFEINE_DAYS:
        missing = words.caffeine_days_missing(found.with_drinks, CAFFEINE_DAYS)
        return CaffeineDayPart(missing, None, ())
    return CaffeineDayPart(
        finding=words.caffeine_day_finding(found),
        chart=caffeine_day_chart(found),
        rows=tuple(
            TableRow(f"{2 * place}:00", (f"{found.levels[4 * place]:.0f} mg", str(count)))
            for place, count in enumerate(found.twitches)
        ),
    )


def _compared(summary: Summary) -> tuple[words.Compared, ...]:
    found, periods = summary.lengths_and_intensity, summary.two_periods
    without = (words.no_episode(periods.last), words.no_episode(periods.before))
    return (
        *words.compared_lengths(found.last_lengths, found.previous_lengths, without),
        words.compared_intensity(found.last_intensity, found.previous_intensity, without),
    )


def _months(summary: Summary) -> tuple[CalendarMonth, ...]:
    first = first_day(summary)
    days = summary.days_in(Period(first_shown(first, summary.as_of), summary.as_of))
    return tuple(
        CalendarMonth(
            month.first,
            tuple(
                tuple(
                    None if cell is None else CalendarCell(cell, words.day_in_calendar(cell.found))
                    for cell in week
                )
                for week in month.weeks
            ),
        )
        for month in months(days, first)
    )
