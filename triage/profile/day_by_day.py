"""Days on the second page: four weeks day by day, a typical day and the last episodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

from diary.place_names import place_words
from diary.records import DayRecord, EpisodeRecord, Place
from diary.time_words import time_words
from diary.vocabulary import (
    INTENSITY_LABELS,
    Context,
    CountClass,
    DurationClass,
    Factor,
    InstantPrecision,
)
from triage.charts.day_strips import PITCH_X, Strip, StripMark, StripsDrawing, draw_strips
from triage.charts.hours import HoursDrawing, draw_hours
from triage.patterns import typical_day
from triage.periods import last_days
from triage.profile.facts import CalendarDay, FactorLimit, calendar, factor_limits
from triage.profile.options import ProfileOptions
from triage.profile.places_panel import place_choices
from triage.profile.sign_words import in_sentence
from triage.profile.text_widths import first_fitting, text_width
from triage.questions import within
from triage.summary import Summary
from triage.wording import short_date, short_duration

CELLS = 28
DATE_SIZE, WORD_SIZE, WORD_GAP, NOTE_ROOM = 8.5, 8.0, 1.8, 185.5
EPISODE_ROWS = 9
WHERE_ROOM, WHERE_SIZE = 34.0, 8.5
AT_ONCE_MINUTES = 60


@dataclass(frozen=True, slots=True)
class DayValue:
    """One factor of a day; `strong` outside its target."""

    text: str
    strong: bool


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day: its date, what was said of it, and its factors; empty before the diary begins."""

    date: str
    word: str = ""
    values: tuple[DayValue, ...] = ()


@dataclass(frozen=True, slots=True)
class DaysPanel:
    """Four weeks, seven days a row, from the weekday of the first day on."""

    legend: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[DayCell, ...], ...]
    drawing: StripsDrawing
    note: str
    alternative: str


@dataclass(frozen=True, slots=True)
class HoursPanel:
    """The typical day; no drawing while no twitch has a time."""

    legend: str
    drawing: HoursDrawing | None
    alternative: str


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """One episode; `day` is empty when it is that of the row above."""

    day: str
    time: str
    where: str
    lasted: str
    count: str
    strength: str
    doing: str
    written: str


@dataclass(frozen=True, slots=True)
class EpisodesPanel:
    """The last episodes, newest first."""

    legend: str
    rows: tuple[EpisodeRow, ...]


def days_panel(summary: Summary, options: ProfileOptions) -> DaysPanel:
    """Four weeks up to as_of; days before the first of the diary stay empty."""
    period = last_days(summary.as_of, CELLS)
    days = calendar(summary.record, period)
    shown = within(summary.record, period)
    by_day = {day: list(found) for day, found in groupby(shown.episodes, lambda it: it.local_date)}
    above = summary.places[0].count.place if summary.places else None
    limits = factor_limits(summary.record.person, summary.as_of)
    begins = summary.record.days[0].date if summary.record.days else date.max
    with_month = max(begins, period.from_)
    cells = [
        _cell(found, limits, with_month) if found.date >= begins else DayCell("") for found in days
    ]
    if begins > period.from_:
        cells[0] = DayCell("", _before(summary))
    strips = [
        _strip(found, by_day.get(found.date, []), above) if found.date >= begins else None
        for found in days
    ]
    return DaysPanel(
        legend=_strips_legend(summary),
        weekdays=tuple(
            format_date(period.from_ + timedelta(days=n), pgettext("short weekday", "D"))
            for n in range(7)
        ),
        weeks=tuple(tuple(cells[row : row + 7]) for row in range(0, CELLS, 7)),
        drawing=draw_strips(strips),
        note=_values_note(limits, options),
        alternative=gettext("Four weeks day by day: %(episodes)s twitches on lines of 24 hours.")
        % {"episodes": len(shown.episodes)},
    )


def _strips_legend(summary: Summary) -> str:
    line = gettext("one line = 0 to 24 h")
    places = [place_words(*row.count.place) for row in summary.places[:2]]
    if not places:
        return gettext("%(line)s; longer = stronger") % {"line": line}
    below = places[1] if len(summary.places) == 2 else gettext("elsewhere")
    words = gettext("%(line)s; mark above = %(above)s, below = %(below)s; longer = stronger")
    if len(summary.places) == 1:
        words = gettext("%(line)s; mark = %(above)s; longer = stronger")
    return words % {"line": line, "above": places[0], "below": below}


def _before(summary: Summary) -> str:
    return gettext("before the diary") if summary.record.days else gettext("no day recorded yet")


def _cell(found: CalendarDay, limits: Sequence[FactorLimit], with_month: date) -> DayCell:
    starts = found.date == with_month or found.date.day == 1
    day = short_date(found.date, found.date) if starts else str(found.date.day)
    room = PITCH_X - WORD_GAP - text_width(day, DATE_SIZE, bold=True)
    words = _day_words(found)
    return DayCell(
        date=day,
        word=first_fitting(words, room, WORD_SIZE) if words else "",
        values=_values(found.day, limits) if found.day is not None else (),
    )


def _day_words(found: CalendarDay) -> tuple[str, ...]:
    """What was said of a day that its strip does not show; the hatch says that nothing was."""
    if found.state == "none":
        return (gettext("none"),)
    if found.state == "constant":
        return gettext("never stopped"), gettext("non-stop")
    if found.state in ("few", "many") and found.day is not None and found.day.summarised_twitches:
        return (gettext("a few") if found.state == "few" else gettext("many"),)
    return ()


def _values(day: DayRecord, limits: Sequence[FactorLimit]) -> tuple[DayValue, ...]:
    return tuple(
        DayValue("–", strong=False)
        if value is None
        else DayValue(_value_words(limit.factor, value), strong=limit.outside(value))
        for limit, value in ((limit, limit.read(day)) for limit in limits)
    )


def _value_words(factor: Factor, value: float) -> str:
    if factor == Factor.CAFFEINE:
        if value >= 10_000:
            return gettext("%(grams)s g") % {"grams": f"{value / 1000:.1f}"}
        return gettext("%(mg)s mg") % {"mg": f"{value:g}"}
    if factor == Factor.SLEEP:
        return gettext("%(hours)s h") % {"hours": f"{round(value / 60, 1):g}"}
    return f"{value:g}"


def _values_note(limits: Sequence[FactorLimit], options: ProfileOptions) -> str:
    caffeine, sleep, stress = limits
    targets = {
        "mg": f"{caffeine.limit:g}",
        "hours": f"{sleep.limit / 60:g}",
        "stress": f"{stress.limit:g}",
    }
    long = gettext(
        "Under each line: caffeine, sleep, stress (0 to 10); bold = over %(mg)s mg, under "
        "%(hours)s h, %(stress)s or more; – = not recorded. Hatched = not checked in."
    )
    short = gettext(
        "Below: caffeine, sleep, stress; bold = over %(mg)s mg, under %(hours)s h, %(stress)s or "
        "more; – = not recorded. Hatched = not checked in."
    )
    choices = [words % targets for words in (long, short)]
    return first_fitting(choices, NOTE_ROOM, WORD_SIZE * options.type_scale)


def _strip(found: CalendarDay, episodes: Sequence[EpisodeRecord], above: Place | None) -> Strip:
    marks = tuple(
        StripMark(it.started_at.local_minute, it.intensity, (it.site, it.side) == above)
        for it in episodes
        if it.precision != InstantPrecision.PART_OF_DAY
    )
    return Strip(marks, found.state in ("unknown", "partial"), found.state == "constant")


def hours_panel(summary: Summary) -> HoursPanel:
    """Times of day of the period."""
    found = typical_day(summary.window, summary.period)
    timed = sum(found.bins)
    if not timed:
        return HoursPanel(gettext("no twitch with a time yet"), None, "")
    words = ngettext(
        "%(count)s episode on %(days)s counted days, by 2 hours",
        "%(count)s episodes on %(days)s counted days, by 2 hours",
        timed,
    ) % {"count": timed, "days": found.days}
    most = max(range(len(found.bins)), key=lambda place: found.bins[place])
    alternative = gettext("Twitches by time of day: most, %(most)s, from %(from)s to %(to)s.") % {
        "most": found.bins[most],
        "from": f"{2 * most:02d}:00",
        "to": f"{2 * most + 2:02d}:00",
    }
    return HoursPanel(words, draw_hours(found.bins), alternative)


def episodes_panel(summary: Summary, options: ProfileOptions, most: int) -> EpisodesPanel:
    """The last episodes of the period, so many at most."""
    latest = summary.window.episodes[: -most - 1 : -1]
    rows = []
    previous = None
    for found in latest:
        new_day = found.local_date != previous
        rows.append(_episode_row(found, summary.as_of, options, new_day=new_day))
        previous = found.local_date
    words = gettext("%(shown)s of %(all)s, newest first")
    count = summary.coverage.episodes
    return EpisodesPanel(words % {"shown": len(rows), "all": count} if rows else "", tuple(rows))


def _episode_row(
    found: EpisodeRecord, as_of: date, options: ProfileOptions, *, new_day: bool
) -> EpisodeRow:
    day = short_date(found.local_date, as_of)
    if found.local_date.year == as_of.year:
        day = f"{format_date(found.local_date, pgettext('short weekday', 'D'))} {day}"
    not_noted = gettext("not noted")
    return EpisodeRow(
        day=day if new_day else "",
        time=time_words(found.started_at.local_minute, found.precision, unknown=not_noted),
        where=not_noted
        if found.site is None
        else first_fitting(
            place_choices((found.site, found.side)),
            WHERE_ROOM,
            WHERE_SIZE * options.type_scale,
        ),
        lasted=_length_words(found),
        count=_count_words(found),
        strength=in_sentence(str(INTENSITY_LABELS[found.intensity]))
        if found.intensity
        else not_noted,
        doing=str(_DOING[Context(found.context)]) if found.context else not_noted,
        written=_written_words(found),
    )


_DOING = {
    Context.REST: gettext_lazy("at rest"),
    Context.USE: gettext_lazy("in use"),
    Context.AFTER_EXERCISE: gettext_lazy("after exercise"),
    Context.FALLING_ASLEEP: gettext_lazy("falling asleep"),
    Context.ASLEEP: gettext_lazy("asleep"),
}


def _length_words(found: EpisodeRecord) -> str:
    if found.timed_s is not None:
        return short_duration(found.timed_s)
    if found.running:
        return gettext("still going")
    if found.duration_class is not None:
        return in_sentence(str(DurationClass(found.duration_class).label))
    return gettext("not noted")


def _count_words(found: EpisodeRecord) -> str:
    if found.twitch_count is not None:
        return str(found.twitch_count)
    if found.count_class is not None:
        return in_sentence(str(CountClass(found.count_class).label))
    return gettext("not noted")


def _written_words(found: EpisodeRecord) -> str:
    if found.recorded_at is None:
        return gettext("not noted")
    minutes = (found.recorded_at.at - found.started_at.at).total_seconds() / 60
    if minutes <= AT_ONCE_MINUTES:
        return gettext("at once")
    if found.recorded_at.local_date == found.local_date:
        return gettext("same day")
    return gettext("next day") if found.written_in_time else gettext("later")
