"""The second page: what stands behind the first, with fixed rows and everything over counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

from diary.place_names import place_words
from diary.records import DayRecord, EpisodeRecord, Place
from diary.vocabulary import (
    INTENSITY_LABELS,
    Context,
    CountClass,
    DurationClass,
    Factor,
    InstantPrecision,
)
from triage.charts.day_strips import Strip, StripMark, StripsDrawing, draw_strips
from triage.charts.hours import HoursDrawing, draw_hours
from triage.patterns import typical_day
from triage.periods import Period, last_days
from triage.profile.facts import CalendarDay, FactorLimit, calendar, factor_limits
from triage.profile.history_panel import dated
from triage.profile.options import ProfileOptions
from triage.profile.sign_words import first_to_name, in_sentence, short_sign
from triage.profile.signs_panel import all_named
from triage.profile.text_widths import cut, lines_needed, list_that_fits, text_width
from triage.profile.wording import brief_date
from triage.questions import within
from triage.summary import Summary
from triage.wording import sentence_start, short_date, short_duration

CELLS = 28
MEDICINE_LINES, MARKED_LINES = 8, 3
EPISODE_ROWS = 9
WORD_HEIGHT, LINE_HEIGHT, ROW_GAP, LINES_EACH = 39.5, 4.24, 0.46, 4
"""Room for own words in mm, a line, what a row takes beside its lines, and most lines of a row.

What stands beyond the room is lost in print, so it is kept a little smaller than the panel.
"""
WORD_ROOM, WORD_SIZE = 164.0, 9.25
AT_ONCE_MINUTES = 60


@dataclass(frozen=True, slots=True)
class DayValue:
    """One factor of a day; `strong` outside its target."""

    text: str
    strong: bool


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day: its date, what was said of it, and its factors (none when nothing is recorded)."""

    date: str
    word: str
    values: tuple[DayValue, ...]


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
class MedicineDates:
    """A medicine with its dates; a dash where none is noted."""

    name: str
    dose: str
    started: str
    changed: str
    stopped: str
    strong: bool


@dataclass(frozen=True, slots=True)
class MarkedDate:
    """A date the person marked."""

    date: str
    label: str


@dataclass(frozen=True, slots=True)
class MedicinesPanel:
    """All medicines that find room, and marked dates, latest first."""

    medicines: tuple[MedicineDates, ...]
    marked: tuple[MarkedDate, ...]
    more: str
    left_out: bool


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


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Something the person wrote, with what it is."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class WordsPanel:
    """Worry, questions and the latest notes in full as far as there is room.

    `not_asked`: the signs that were not asked, where page 1 does not hold them; else empty.
    """

    rows: tuple[OwnWords, ...]
    more: str
    not_asked: str


@dataclass(frozen=True, slots=True)
class SecondPage:
    """Everything of the second page."""

    days: DaysPanel
    hours: HoursPanel
    medicines: MedicinesPanel
    episodes: EpisodesPanel
    words: WordsPanel


def second_page(summary: Summary, options: ProfileOptions, questions: Sequence[str]) -> SecondPage:
    """The details behind page 1; `questions` are those of the planned visit."""
    return SecondPage(
        days=_days_panel(summary),
        hours=_hours_panel(summary),
        medicines=_medicines_panel(summary, options),
        episodes=_episodes_panel(summary),
        words=_words_panel(summary, questions, options),
    )


def _counted_rest(count: int) -> str:
    words = ngettext("%(count)s more in the diary", "%(count)s more in the diary", count)
    return words % {"count": count} if count > 0 else ""


def _days_panel(summary: Summary) -> DaysPanel:
    period = last_days(summary.as_of, CELLS)
    days = calendar(summary.record, period)
    shown = within(summary.record, period)
    by_day = {day: list(found) for day, found in groupby(shown.episodes, lambda it: it.local_date)}
    above = summary.places[0].count.place if summary.places else None
    limits = factor_limits(summary.record.person, summary.as_of)
    cells = [_cell(found, limits, period) for found in days]
    strips = [_strip(found, by_day.get(found.date, []), above) for found in days]
    return DaysPanel(
        legend=_strips_legend(summary),
        weekdays=tuple(
            format_date(period.from_ + timedelta(days=n), pgettext("short weekday", "D"))
            for n in range(7)
        ),
        weeks=tuple(tuple(cells[row : row + 7]) for row in range(0, CELLS, 7)),
        drawing=draw_strips(strips),
        note=_values_note(limits),
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


def _cell(found: CalendarDay, limits: Sequence[FactorLimit], period: Period) -> DayCell:
    starts = found.date == period.from_ or found.date.day == 1
    words = {
        "none": gettext("none"),
        "constant": gettext("never stopped"),
        "partial": gettext("not checked in"),
        "unknown": gettext("not checked in"),
    }
    word = words.get(found.state, "")
    if not word and found.day is not None and found.day.summarised_twitches:
        word = gettext("a few") if found.state == "few" else gettext("many")
    return DayCell(
        date=short_date(found.date, found.date) if starts else str(found.date.day),
        word=word,
        values=_values(found.day, limits) if found.day is not None else (),
    )


def _values(day: DayRecord, limits: Sequence[FactorLimit]) -> tuple[DayValue, ...]:
    return tuple(
        DayValue("–", strong=False)
        if value is None
        else DayValue(_value_words(limit.factor, value), strong=limit.outside(value))
        for limit, value in ((limit, limit.read(day)) for limit in limits)
    )


def _value_words(factor: Factor, value: float) -> str:
    if factor == Factor.CAFFEINE:
        return gettext("%(mg)s mg") % {"mg": f"{value:g}"}
    if factor == Factor.SLEEP:
        return gettext("%(hours)s h") % {"hours": f"{round(value / 60, 1):g}"}
    return f"{value:g}"


def _values_note(limits: Sequence[FactorLimit]) -> str:
    caffeine, sleep, stress = limits
    return gettext(
        "Under each line: caffeine, sleep, stress (0 to 10); bold = over %(mg)s mg, under "
        "%(hours)s h, %(stress)s or more; – = not recorded."
    ) % {
        "mg": f"{caffeine.limit:g}",
        "hours": f"{sleep.limit / 60:g}",
        "stress": f"{stress.limit:g}",
    }


def _strip(found: CalendarDay, episodes: Sequence[EpisodeRecord], above: Place | None) -> Strip:
    marks = tuple(
        StripMark(it.started_at.local_minute, it.intensity, (it.site, it.side) == above)
        for it in episodes
        if it.precision != InstantPrecision.PART_OF_DAY
    )
    return Strip(marks, found.state in ("unknown", "partial"), found.state == "constant")


def _hours_panel(summary: Summary) -> HoursPanel:
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


def _medicines_panel(summary: Summary, options: ProfileOptions) -> MedicinesPanel:
    if not options.medicines:
        return MedicinesPanel((), (), "", left_out=True)
    events = sorted(summary.record.events, key=lambda it: it.date, reverse=True)
    rows = summary.medicine_rows
    marked = events[: max(MARKED_LINES, MEDICINE_LINES - 1 - len(rows))]
    room = MEDICINE_LINES - (len(marked) + 1 if marked else 0)
    over = len(rows) - room
    rest = max(over, 0) + len(events) - len(marked)
    return MedicinesPanel(
        medicines=tuple(
            MedicineDates(
                name=row.medicine.name,
                dose=row.medicine.dose or "",
                started=_dated(row.medicine.started_on),
                changed=_brief(row.medicine.changed_on, summary.as_of),
                stopped=_brief(row.medicine.stopped_on, summary.as_of),
                strong=row.close_before_onset,
            )
            for row in rows[:room]
        ),
        marked=tuple(MarkedDate(short_date(it.date, summary.as_of), it.label) for it in marked),
        more=_counted_rest(rest),
        left_out=False,
    )


def _dated(day: date | None) -> str:
    return "–" if day is None else dated(day)


def _brief(day: date | None, as_of: date) -> str:
    return "–" if day is None else brief_date(day, as_of)


def _episodes_panel(summary: Summary) -> EpisodesPanel:
    latest = summary.window.episodes[: -EPISODE_ROWS - 1 : -1]
    rows = []
    previous = None
    for found in latest:
        rows.append(_episode_row(found, summary.as_of, new_day=found.local_date != previous))
        previous = found.local_date
    words = gettext("%(shown)s of %(all)s, newest first")
    count = summary.coverage.episodes
    return EpisodesPanel(words % {"shown": len(rows), "all": count} if rows else "", tuple(rows))


def _episode_row(found: EpisodeRecord, as_of: date, *, new_day: bool) -> EpisodeRow:
    day = short_date(found.local_date, as_of)
    if found.local_date.year == as_of.year:
        day = f"{format_date(found.local_date, pgettext('short weekday', 'D'))} {day}"
    not_noted = gettext("not noted")
    return EpisodeRow(
        day=day if new_day else "",
        time=_time_words(found),
        where=not_noted if found.site is None else place_words(found.site, found.side),
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

_PARTS_OF_DAY = (
    gettext_lazy("night"),
    gettext_lazy("morning"),
    gettext_lazy("afternoon"),
    gettext_lazy("evening"),
)


def _time_words(found: EpisodeRecord) -> str:
    minute = found.started_at.local_minute
    if found.precision == InstantPrecision.PART_OF_DAY:
        return str(_PARTS_OF_DAY[minute // 360])
    if found.precision == InstantPrecision.HOUR:
        return gettext("about %(hour)s") % {"hour": f"{minute // 60}:00"}
    return f"{minute // 60:02d}:{minute % 60:02d}"


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


def _words_panel(summary: Summary, questions: Sequence[str], options: ProfileOptions) -> WordsPanel:
    """Own words first; signs that were not asked take the lines that are left, one at least."""
    items = list(_own_words(summary, questions))
    size = WORD_SIZE * options.type_scale
    not_asked = summary.signs.not_asked
    kept = 0.0 if all_named(not_asked, options) else _row_height(1)
    rows: list[OwnWords] = []
    left = WORD_HEIGHT - kept
    for item in items:
        text = _in_lines(item.text, min(LINES_EACH, _lines_in(left)), size)
        needed = lines_needed(text, WORD_ROOM, size)
        if needed > _lines_in(left):
            break
        rows.append(OwnWords(item.label, text))
        left -= _row_height(needed)
    return WordsPanel(
        tuple(rows),
        _counted_rest(len(items) - len(rows)),
        _not_asked_words(not_asked, _lines_in(left + kept), size) if kept else "",
    )


def _row_height(lines: int) -> float:
    return lines * LINE_HEIGHT + ROW_GAP


def _lines_in(height: float) -> int:
    return int((height - ROW_GAP) // LINE_HEIGHT)


def _not_asked_words(codes: Sequence[str], lines: int, size: float) -> str:
    words = [short_sign(code) for code in first_to_name(codes)]
    named, more = list_that_fits(words, WORD_ROOM, size, more=_and_more, lines=lines)
    return sentence_start("; ".join(filter(None, (named, more))))


def _and_more(count: int) -> str:
    words = ngettext("and %(count)s more", "and %(count)s more", count)
    return words % {"count": count}


def _own_words(summary: Summary, questions: Sequence[str]) -> Iterator[OwnWords]:
    worry = " ".join((summary.record.person.worry or "").split())
    if worry:
        yield OwnWords(gettext("Worry"), worry)
    for number, question in enumerate(questions, start=1):
        yield OwnWords(gettext("Question %(number)s") % {"number": number}, question)
    noted = [(day.date, day.note) for day in summary.window.days if day.note]
    noted += [(found.local_date, found.note) for found in summary.window.episodes if found.note]
    for day, note in sorted(noted, key=lambda it: it[0], reverse=True):
        yield OwnWords(short_date(day, summary.as_of), " ".join(note.split()))


def _in_lines(text: str, lines: int, size: float) -> str:
    """The text, or as much of it as so many lines hold; breaks at words waste up to a tenth."""
    if lines < 1 or lines_needed(text, WORD_ROOM, size) <= lines:
        return text
    shorter = cut(text, WORD_ROOM * lines * 0.9, size)
    while lines_needed(shorter, WORD_ROOM, size) > lines and len(shorter) > 2:
        shorter = cut(shorter, text_width(shorter, size) * 0.9, size)
    return shorter
