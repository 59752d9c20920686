"""Panels of places: where by fortnight, places and sides, and the course over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

from diary.place_names import place_words
from diary.records import Place
from diary.vocabulary import BodySite, Factor, OnsetPrecision, Side
from triage.charts.course import CourseDrawing, Event, draw_course, tick_dates
from triage.charts.where import WhereDrawing, draw_places, in_words, not_drawn
from triage.periods import Period
from triage.profile.course import Course, course_of
from triage.profile.facts import FactorDays, FactorLimit, MarkedPlace, PlaceRow
from triage.profile.options import ProfileOptions
from triage.profile.text_widths import cut, first_fitting, list_that_fits, text_width
from triage.profile.wording import brief_date, counted_more
from triage.questions import is_unplaced
from triage.summary import Summary
from triage.wording import about_date, of_days, sentence_start, short_date

MOST_PLACES = 5
NAME_ROOM, NAME_SIZE = 24.1, 8.5
ROW_LABEL_ROOM, ROW_LABEL_SIZE = 30.5, 8.5
DAYS_ROOM = 6.7
NOTE_ROOM = 27.2
NOTES_ROOM, NOTES_SIZE = 59.0, 9.25
SMALL_SET_WIDTH, SMALL_TITLE_SIZE, SMALL_NOTE_SIZE = 28.67, 8.5, 8.0
EVENT_ROOM = 34.0
EVENT_SIZE = 7.5


@dataclass(frozen=True, slots=True)
class WhereFigure:
    """One set of outlines with its stretch of days, the places marked, and both in a sentence."""

    title: str
    note: str
    places: tuple[MarkedPlace, ...]
    drawing: WhereDrawing
    alternative: str


@dataclass(frozen=True, slots=True)
class WherePanel:
    """One or two large sets, or three and four small ones."""

    legend: str
    figures: tuple[WhereFigure, ...]
    small: bool
    left_out: bool


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place and side with its days; `first` is its first day in the whole diary."""

    name: str
    days: str
    first: str
    last: str
    new: bool


@dataclass(frozen=True, slots=True)
class PlacesPanel:
    """Up to five places and three lines below them."""

    head: str
    rows: tuple[PlaceLine, ...]
    notes: tuple[SafeString, ...]
    footnote: str


@dataclass(frozen=True, slots=True)
class CourseLine:
    """The words of one row of the course, left and right of the drawing."""

    label: str
    note: str
    strong: bool


@dataclass(frozen=True, slots=True)
class CoursePanel:
    """The drawing with its rows in words; `empty` says why there is none of it yet."""

    legend: str
    drawing: CourseDrawing
    rows: tuple[CourseLine, ...]
    lead: tuple[str, ...]
    empty: str
    alternative: str


def where_panel(summary: Summary, options: ProfileOptions) -> WherePanel:
    """Outlines of the parts of the period; without a check-in the second one is for the pen."""
    if not options.where:
        return WherePanel("", (), small=False, left_out=True)
    if not summary.coverage.days_checked_in:
        return _where_told(summary)
    small = len(summary.where) > 2
    titles = _small_titles(summary, options) if small else _large_titles(summary)
    figures = [
        _figure(title, note, part.places, small=small)
        for (title, note), part in zip(titles, summary.where, strict=True)
    ]
    if len(figures) == 1:
        figures.append(_for_the_pen())
    return WherePanel(_where_legend(figures), tuple(figures), small=small, left_out=False)


def _where_legend(figures: Sequence[WhereFigure]) -> str:
    more = []
    if any(one.drawing.unnumbered for one in figures):
        more.append(gettext("the most frequent numbered"))
    if any(not_drawn(one.places) for one in figures):
        more.append(gettext("side not noted: not drawn"))
    if not more:
        return gettext("black: twitched there; number: on how many days")
    return "; ".join((gettext("black: twitched there; number: days"), *more))


def _large_titles(summary: Summary) -> list[tuple[str, str]]:
    return [
        (
            part_words(part.coverage.period, summary.as_of),
            ngettext(
                "%(count)s day checked in",
                "%(count)s days checked in",
                part.coverage.days_checked_in,
            )
            % {"count": part.coverage.days_checked_in},
        )
        for part in summary.where
    ]


def _small_titles(summary: Summary, options: ProfileOptions) -> list[tuple[str, str]]:
    """The beginning of each part, with "from" where that finds room in all of them."""
    scale = options.type_scale
    notes = [
        ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
        for days in (part.coverage.days_checked_in for part in summary.where)
    ]
    words = [_from_words(part.coverage.period, summary.as_of) for part in summary.where]
    fits = all(
        text_width(long, SMALL_TITLE_SIZE * scale, bold=True)
        + text_width(note, SMALL_NOTE_SIZE * scale)
        < SMALL_SET_WIDTH - 1
        for (long, _), note in zip(words, notes, strict=True)
    )
    return [
        (long if fits else short, note) for (long, short), note in zip(words, notes, strict=True)
    ]


def _for_the_pen() -> WhereFigure:
    return _figure(gettext("Other places?"), gettext("mark by hand"), (), counted=False)


def _figure(
    title: str,
    note: str,
    places: tuple[MarkedPlace, ...],
    *,
    small: bool = False,
    counted: bool = True,
) -> WhereFigure:
    return WhereFigure(
        title=title,
        note=note,
        places=places,
        drawing=draw_places(places, small=small, counted=counted),
        alternative=in_words(title, places, counted=counted),
    )


def _from_words(period: Period, as_of: date) -> tuple[str, str]:
    """The beginning of a part, whose end is the beginning of the next: "from 17 Aug", shorter."""
    first, last = brief_date(period.from_, as_of), brief_date(period.to, as_of)
    day = short_date(period.from_, as_of) if first == last else first
    return gettext("from %(date)s") % {"date": day}, day


def part_words(period: Period, as_of: date) -> str:
    """A part of the period: "12 to 25 Oct", "26 Oct to 8 Nov"; long ago with months alone."""
    first, last = period.from_, period.to
    if period.days == 1:
        return short_date(last, as_of)
    if period.days > 56:
        words = pgettext("short month and year", "M Y")
        first_word, last_word = format_date(first, words), format_date(last, words)
    elif (first.year, first.month) == (last.year, last.month):
        first_word, last_word = str(first.day), short_date(last, as_of)
    else:
        first_word, last_word = short_date(first, last), short_date(last, as_of)
    return gettext("%(first)s to %(last)s") % {"first": first_word, "last": last_word}


def _where_told(summary: Summary) -> WherePanel:
    told = {(mark.site, mark.side): mark for part in summary.where for mark in part.places}
    date_words = short_date(summary.as_of, summary.as_of)
    title = gettext("As told on %(date)s") % {"date": date_words}
    if not summary.told_only:
        title = part_words(summary.period, summary.as_of)
    return WherePanel(
        legend=gettext("black: twitches there"),
        figures=(
            _figure(
                title,
                "",
                tuple(told.values()),
                counted=False,
            ),
            _for_the_pen(),
        ),
        small=False,
        left_out=False,
    )


_SHORT_SIDES = {
    Side.LEFT: pgettext("short for left", "L %(place)s"),
    Side.RIGHT: pgettext("short for right", "R %(place)s"),
    Side.BOTH: pgettext("short for left and right", "L+R %(place)s"),
    Side.MIDLINE: pgettext("short for the middle", "mid %(place)s"),
}


def place_in(place: Place, room: float, size: float) -> str:
    """A place in bold on one line: in full, else with L, R or L+R, else cut."""
    choices = [sentence_start(words) for words in place_choices(place)]
    return first_fitting(choices, room, size, bold=True)


def place_choices(place: Place) -> list[str]:
    """A place in full, and with L, R or L+R."""
    site, side = place
    choices = [place_words(site, side)]
    if side is not None:
        label = str(BodySite(site).label)
        choices.append(str(_SHORT_SIDES[Side(side)]) % {"place": label})
    return choices


def places_panel(summary: Summary, options: ProfileOptions) -> PlacesPanel:
    """Places with their days, first and last; which are new, and what is not recorded."""
    rows = summary.places[:MOST_PLACES]
    star = recalled_from_start(summary)
    return PlacesPanel(
        head=of_known_days(summary),
        rows=tuple(_short_line(row, summary, options, star) for row in rows),
        notes=_place_notes(summary, options, 3 if len(rows) + bool(star) <= MOST_PLACES else 2),
        footnote=recalled_note(summary) if star else "",
    )


def recalled_from_start(summary: Summary) -> frozenset[Place]:
    """Places that were there when a recalled onset was first logged: they began before it."""
    onset = summary.answers.onset
    if not (onset.recalled and onset.date and onset.first_logged):
        return frozenset()
    if onset.date >= onset.first_logged:
        return frozenset()
    return frozenset(row.place for row in summary.places_from_start)


def _short_line(
    row: PlaceRow, summary: Summary, options: ProfileOptions, star: frozenset[Place]
) -> PlaceLine:
    """A place in the narrow table, where its name may take what its days leave."""
    days = text_width(_days_of(row, summary), NAME_SIZE * options.type_scale, bold=True)
    room = (NAME_ROOM + DAYS_ROOM - days) / options.type_scale
    return place_line(row, summary, star, room, NAME_SIZE)


def _days_of(row: PlaceRow, summary: Summary) -> str:
    return "–" if summary.told_only else str(row.count.days)


def place_line(
    row: PlaceRow, summary: Summary, star: frozenset[Place], room: float, size: float
) -> PlaceLine:
    """A place with its days; `star` marks the places that were there from a recalled onset on."""
    starred = row.count.place in star
    first = brief_date(row.first_ever, summary.as_of)
    if summary.told_only:
        first = _onset_in_brief(summary) if starred else "–"
    return PlaceLine(
        name=place_in(row.count.place, room, size),
        days=_days_of(row, summary),
        first=f"{first}*" if starred else first,
        last=brief_date(row.count.last, summary.as_of),
        new=row.new,
    )


def _onset_in_brief(summary: Summary) -> str:
    """The recalled onset no more exactly than it is known: "4 Oct", "Mar 2026", "2026"."""
    onset = summary.answers.onset
    if onset.date is None or onset.precision in (OnsetPrecision.SEASON, OnsetPrecision.YEAR):
        return "–" if onset.date is None else str(onset.date.year)
    if onset.precision == OnsetPrecision.MONTH:
        return format_date(onset.date, pgettext("short month and year", "M Y"))
    return brief_date(onset.date, summary.as_of)


def recalled_note(summary: Summary) -> str:
    onset = summary.answers.onset
    if onset.date is None:
        return ""
    if onset.precision in (None, "day", "week"):
        since = short_date(onset.date, summary.as_of)
        since = since if onset.precision != "week" else gettext("about %(date)s") % {"date": since}
    else:
        since = about_date(onset.date, onset.precision, summary.record.person.country)
    return gettext("* recalled since %(date)s") % {"date": since}


def known_days(summary: Summary) -> int:
    """Days of the period of which something is known: checked in, or with a twitch."""
    return summary.coverage.days_checked_in + summary.numbers.states.partial


def of_known_days(summary: Summary) -> str:
    """What the days of places are counted of; nothing on a sheet without a check-in."""
    if summary.told_only:
        return ""
    if not summary.coverage.days_checked_in:
        return gettext("none checked in")
    days = known_days(summary)
    return ngettext("of %(days)s day", "of %(days)s days", days) % {"days": days}


def _place_notes(summary: Summary, options: ProfileOptions, lines: int) -> tuple[SafeString, ...]:
    """At most that many lines, the ones a doctor misses most first."""
    notes: list[SafeString] = []
    more = len(summary.places) - MOST_PLACES
    if more > 0:
        notes.append(format_html("{}", options.more(more)))
    new = [place_words(*row.count.place) for row in summary.places if row.new]
    if new:
        lead = gettext("New in 28 days: ")
        size = NOTES_SIZE * options.type_scale
        room = NOTES_ROOM - text_width(lead, size, bold=True)
        named, rest = list_that_fits(new, room, size, more=counted_more, bold=True)
        places = "; ".join(filter(None, (named, rest)))
        notes.append(format_html("<strong>{}{}</strong>", lead, places))
    unplaced = sum(map(is_unplaced, summary.window.days))
    if unplaced:
        words = ngettext(
            "Place not noted on {days} twitch day",
            "Place not noted on {days} twitch days",
            unplaced,
        )
        notes.append(format_html(words, days=unplaced))
    notes += [format_html("{}", _side_words(side)) for side in summary.sides_without]
    partial = summary.numbers.states.partial
    if partial and summary.coverage.days_checked_in:
        words = ngettext(
            "{days} of these days not checked in", "{days} of these days not checked in", partial
        )
        notes.append(format_html(words, days=partial))
    together = summary.together
    if together is not None and not summary.told_only:
        notes.append(
            format_html(
                gettext("First two together: {days} of {all} days")
                if len(summary.places) > 2
                else gettext("Both places: on {days} of {all} twitch days"),
                days=together.days,
                all=together.twitch_days,
            )
        )
    return tuple(notes[:lines])


def _side_words(side: str) -> str:
    if side == Side.LEFT:
        return gettext("Left side: nothing recorded")
    return gettext("Right side: nothing recorded")


_FACTOR_NAMES = {
    Factor.CAFFEINE: gettext_lazy("Caffeine"),
    Factor.SLEEP: gettext_lazy("Sleep"),
    Factor.STRESS: gettext_lazy("Stress, 0 to 10"),
}


def limit_words(limit: FactorLimit) -> str:
    """The target with its unit: "400 mg", "7 h", "7"."""
    if limit.factor == Factor.SLEEP:
        return gettext("%(hours)s h") % {"hours": f"{limit.limit / 60:g}"}
    if limit.factor == Factor.CAFFEINE:
        return gettext("%(mg)s mg") % {"mg": f"{limit.limit:g}"}
    return f"{limit.limit:g}"


def course_panel(summary: Summary, options: ProfileOptions) -> CoursePanel:
    """One column a day, beyond twelve weeks one for one or more weeks."""
    course = course_of(summary)
    drawing = draw_course(
        course,
        _events(summary, course, options),
        [(day, _tick_words(day, course)) for day in tick_dates(course)],
        [limit_words(factor.limit) for factor in course.factors],
    )
    rows = _course_lines(summary, course, options)
    empty = "" if course.diary_from else gettext("nothing recorded day by day yet")
    return CoursePanel(
        legend=_legend(course, drawing, options) if not empty else "",
        drawing=drawing,
        rows=rows,
        lead=(gettext("before the diary:"), gettext("nothing recorded day by day"))
        if not empty
        else (empty,),
        empty=empty,
        alternative=_alternative(summary, course, rows),
    )


def _tick_words(day: date, course: Course) -> str:
    if course.axis.days > 364:
        return format_date(day, pgettext("short month and year", "M Y"))
    return format_date(day, pgettext("day and short month", "j M"))


def _legend(course: Course, drawing: CourseDrawing, options: ProfileOptions) -> str:
    if course.column_days == 1:
        words = gettext(
            "low mark = few (1 to 5), high = many, full block = never stopped, dot = none, "
            "hatched = not checked in"
        )
    elif course.column_days == 7:
        words = gettext(
            "one bar = a week; height = share of its checked-in days, dot = none, "
            "hatched = not checked in"
        )
    else:
        words = gettext(
            "one bar = %(weeks)s weeks; height = share of checked-in days, dot = none, "
            "hatched = not checked in"
        ) % {"weeks": course.column_days // 7}
    if drawing.unlabelled:
        dates = ngettext("%(count)s date more", "%(count)s dates more", drawing.unlabelled)
        place = gettext("page 2") if options.on_page_2 else gettext("in the diary")
        dates = dates % {"count": drawing.unlabelled}
        words = f"{words}; {dates}: {place}"
    return words


def _events(summary: Summary, course: Course, options: ProfileOptions) -> list[Event]:
    """Dates to mark, the most important first.

    What the person noted stands only while it is on the axis; the medicine, the start and new
    places stand before it with their date.
    """
    found = [*_medicine_event(summary, options), *_onset_event(summary)]
    found += [
        Event(row.first_ever, gettext("%(place)s, first") % {"place": _site_words(row.count.place)})
        for row in summary.places
        if row.new or (row.first_ever < course.axis.from_ and _joined_later(summary, row))
    ]
    found += [
        Event(event.date, cut(" ".join(event.label.split()), EVENT_ROOM, EVENT_SIZE))
        for event in reversed(summary.record.events)
        if event.date >= course.axis.from_
    ]
    return [
        event if event.day >= course.axis.from_ else _before_axis(event, summary)
        for event in found
        if event.day <= course.axis.to
    ]


def _joined_later(summary: Summary, row: PlaceRow) -> bool:
    """Whether the place was not there from the start, as far as the whole diary tells."""
    return row.count.place not in {began.place for began in summary.places_from_start}


def _before_axis(event: Event, summary: Summary) -> Event:
    """An event with its date in words, because its place on the axis does not tell it."""
    onset = event.day == summary.answers.onset.date
    when = _onset_in_brief(summary) if onset else brief_date(event.day, summary.as_of)
    return event if event.label.endswith(when) else replace(event, label=f"{event.label} {when}")


def _site_words(place: Place) -> str:
    return str(BodySite(place[0]).label)


_STEP_WORDS = {
    "started": gettext_lazy("%(medicine)s started"),
    "changed": gettext_lazy("%(medicine)s changed"),
    "stopped": gettext_lazy("%(medicine)s stopped"),
}


def _medicine_event(summary: Summary, options: ProfileOptions) -> list[Event]:
    rows = summary.medicine_rows if options.medicines else ()
    close = next((row for row in rows if row.close_before_onset), None)
    if close is None or close.on is None:
        return []
    label = str(_STEP_WORDS[close.step]) % {"medicine": close.medicine.name}
    return [Event(close.on, cut(label, EVENT_ROOM, EVENT_SIZE, bold=True), True)]


def _onset_event(summary: Summary) -> list[Event]:
    onset, began = summary.answers.onset, summary.places_from_start
    if onset.date is None or not onset.recalled:
        return []
    place = _site_words(began[0].place) if len(began) == 1 else gettext("start")
    label = gettext("%(place)s, recalled") % {"place": place}
    if onset.precision == OnsetPrecision.YEAR:  # its mark is only the middle of that year
        return [Event(onset.date, f"{label} {onset.date.year}")]
    return [Event(onset.date, label)]


def _course_lines(
    summary: Summary, course: Course, options: ProfileOptions
) -> tuple[CourseLine, ...]:
    rows = {row.count.place: row for row in summary.places}
    room = ROW_LABEL_ROOM / options.type_scale
    frequency = summary.answers.frequency
    lines = []
    for row in course.places:
        if row.place is None:
            days = _note(options, *_of_words(frequency.days_with, frequency.days_checked_in))
            lines.append(CourseLine(gettext("Twitch days"), days, strong=True))
        else:
            label = place_in(row.place, room, ROW_LABEL_SIZE)
            note = _note(options, *_place_notes_of(rows[row.place], known_days(summary)))
            lines.append(CourseLine(label, note, strong=True))
    if course.diary_from is None:
        first_sheet = gettext("first sheet, %(date)s") % {
            "date": short_date(summary.as_of, summary.as_of)
        }
        first, *others = lines
        return (
            CourseLine(first.label, first_sheet, strong=True),
            *(CourseLine(line.label, "", strong=True) for line in others),
        )
    return (
        *lines,
        *(
            CourseLine(
                str(_FACTOR_NAMES[counts.limit.factor]),
                _note(options, *outside_words(counts), strong=False),
                strong=False,
            )
            for counts in summary.factor_days
        ),
    )


def _note(options: ProfileOptions, *choices: str, strong: bool = True) -> str:
    return first_fitting(choices, NOTE_ROOM, ROW_LABEL_SIZE * options.type_scale, bold=strong)


def _of_words(count: int, days: int) -> tuple[str, str, str]:
    """A count with its coverage, and the same for three and for four digits."""
    words = {"count": count, "days": days}
    return of_days(count, days), gettext("%(count)s of %(days)s") % words, f"{count}/{days}"


def _place_notes_of(row: PlaceRow, days: int) -> tuple[str, ...]:
    if not row.days_checked_in:
        return (
            ngettext("%(days)s day logged", "%(days)s days logged", row.count.days)
            % {"days": row.count.days},
        )
    if row.new:
        return (gettext("%(days)s of %(all)s, new") % {"days": row.count.days, "all": days},)
    return _of_words(row.count.days, days)


def outside_words(counts: FactorDays) -> tuple[str, ...]:
    """Days outside a target with their coverage: "over: 8 of 24 days", then shorter."""
    if not counts.recorded:
        return (gettext("not noted"),)
    words = {"limit": f"{counts.limit.limit:g}"}
    if counts.limit.reached:
        span = _of_words(counts.outside, counts.recorded)[1]
        lead = (gettext("%(limit)s or more: %(days)s"), gettext("%(limit)s+: %(days)s"))
        return tuple(one % {**words, "days": span} for one in lead)
    lead_word = gettext("over: %(days)s")
    if counts.limit.factor == Factor.SLEEP:
        lead_word = gettext("under: %(days)s")
    return tuple(lead_word % {"days": span} for span in _of_words(counts.outside, counts.recorded))


def _alternative(summary: Summary, course: Course, rows: Sequence[CourseLine]) -> str:
    """The drawing in one sentence."""
    if course.diary_from is None:
        return gettext("Course over time: nothing recorded day by day yet.")
    first = short_date(course.axis.from_, summary.as_of)
    last = short_date(course.axis.to, summary.as_of)
    listed = "; ".join(f"{row.label}: {row.note}" for row in rows)
    return gettext("Course from %(first)s to %(last)s. %(rows)s.") % {
        "first": first,
        "last": last,
        "rows": listed,
    }
