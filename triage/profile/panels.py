"""The Twitch Profile as data: every panel with a fixed number of rows, what is over is counted.

A `Summary` in, frozen panels out; templates/triage/profile places them. Panels never move and
never vanish: one without anything says so. Texts with emphasis are safe HTML with `<strong>`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from triage.periods import Period
from triage.profile.facts import Numbers
from triage.profile.history_panel import HistoryPanel, history_panel
from triage.profile.options import ProfileOptions, left_out_words
from triage.profile.places_panel import (
    CoursePanel,
    PlacesPanel,
    WherePanel,
    course_panel,
    places_panel,
    where_panel,
)
from triage.profile.second_page import SecondPage, second_page
from triage.profile.signs_panel import SignsPanel, signs_panel
from triage.profile.text_widths import cut, first_fitting, markup_width, text_width
from triage.profile.together_panel import TogetherPanel, together_panel
from triage.profile.wording import AnswerLine, five_answers, story
from triage.summary import Summary
from triage.wording import of_days, short_date

BODY_SIZE, FIGURE_SIZE, NOTE_SIZE = 9.25, 8.5, 8.0
NOTE_ROOM = 61.5
NAME_ROOM, WORDS_ROOM, QUESTION_ROOM, FOOTER_ROOM = 59.3, 61.0, 52.0, 80.0
NUMBERS_ROOM = 59.33
WEEKS_LISTED = 4
NEXT_QUESTIONS = 2


@dataclass(frozen=True, slots=True)
class Head:
    """Who and when; `name` None is a line to write on, and so is `born` on a first sheet.

    `second` is the line below the name, `right` the lines of the third column.
    """

    note: str
    name: str | None
    born: SafeString | None
    born_blank: bool
    second: SafeString | None
    right: tuple[SafeString, ...]
    checked_in: SafeString


@dataclass(frozen=True, slots=True)
class StoryPanel:
    """The sentence, and the person's own words; empty ones are lines to write on."""

    sentence: SafeString
    worry: str
    question: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A count with its coverage."""

    label: str
    value: str
    strong: bool = False
    shorter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumbersPanel:
    """Up to eight counts; none while nothing is counted."""

    legend: str
    rows: tuple[NumberRow, ...]


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """A question with its number; without text a line to write on."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class NextPanel:
    """The second and third question, and how many follow."""

    questions: tuple[NextQuestion, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands below every page."""

    who: str
    pages: int


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """Everything that is printed."""

    options: ProfileOptions
    example: bool
    as_of: date
    title: str
    head: Head
    story: StoryPanel
    five: tuple[AnswerLine, ...]
    numbers: NumbersPanel
    signs: SignsPanel
    where: WherePanel
    places: PlacesPanel
    course: CoursePanel
    history: HistoryPanel
    together: TogetherPanel
    next: NextPanel
    footer: Footer
    details: SecondPage | None

    @property
    def left_out(self) -> str:
        """What stands in a panel that the person left out."""
        return left_out_words()


def profile_page(
    summary: Summary, options: ProfileOptions | None = None, *, example: bool = False
) -> ProfilePage:
    """The printed page of a summary; `example` marks the diary that is nobody's."""
    options = options or ProfileOptions()
    questions, size = _questions(summary), BODY_SIZE * options.type_scale
    head = _head(summary, options)
    details = second_page(summary, options, questions) if options.second_page else None
    missing = details.missing if details is not None else frozenset[str]()

    def towards(panel: str) -> ProfileOptions:
        """The options of a panel, which points to page 2 only for what stands there."""
        return replace(options, held=panel not in missing)

    return ProfilePage(
        options=options,
        example=example,
        as_of=summary.as_of,
        title=gettext("Twitch Profile"),
        head=head,
        story=StoryPanel(
            sentence=story(summary, medicines=options.medicines),
            worry=cut(one_line(summary.record.person.worry), WORDS_ROOM, size),
            question=cut(questions[0], WORDS_ROOM, size) if questions else "",
        ),
        five=five_answers(summary, options.type_scale * (1.06 if options.larger else 1)),
        numbers=_numbers_panel(summary, options),
        signs=signs_panel(summary, towards("signs")),
        where=where_panel(summary, options),
        places=places_panel(summary, towards("places")),
        course=course_panel(summary, towards("course")),
        history=history_panel(summary, towards("history")),
        together=together_panel(summary, options),
        next=_next_panel(questions, towards("next")),
        footer=_footer(summary, options),
        details=details,
    )


def one_line(text: str | None) -> str:
    """Own words on one line: line breaks and runs of spaces become one space."""
    return " ".join((text or "").split())


def _questions(summary: Summary) -> list[str]:
    visit = summary.planned_visit
    asked = (visit.questions or ()) if visit is not None else ()
    return [text for text in map(one_line, asked) if text]


def period_words(period: Period) -> str:
    """A period with the year: "12 Oct to 8 Nov 2026"; one day alone: "8 Nov 2026"."""
    last = format_day(period.to)
    if period.days == 1:
        return last
    return gettext("%(first)s to %(last)s") % {
        "first": short_date(period.from_, period.to),
        "last": last,
    }


def format_day(day: date) -> str:
    """A short date that always carries its year: "8 Nov 2026"."""
    return short_date(day, date(day.year + 1, 1, 1))


def _head(summary: Summary, options: ProfileOptions) -> Head:
    first_sheet = summary.told_only
    note = gettext("Own answers, reported by the patient")
    if not first_sheet:
        note = gettext("Own diary, reported by the patient")
    born = _born(summary, options)
    if not options.name:
        whole = gettext("%(note)s; name left out") % {"note": note}
        shorter = gettext("Reported by the patient; name left out")
        note = first_fitting((whole, shorter), NOTE_ROOM, NOTE_SIZE * options.type_scale)
    period, checked_in = _period(summary, options, first_sheet), _checked_in(summary)
    kept = (checked_in, _written(summary))
    return Head(
        note=note,
        name=_name(summary, born, options),
        born=born,
        born_blank=first_sheet and born is None,
        second=None if first_sheet else period,
        right=(period, checked_in) if first_sheet else tuple(filter(None, kept)),
        checked_in=checked_in,
    )


def _born(summary: Summary, options: ProfileOptions) -> SafeString | None:
    """Year of birth and age; the age goes first when the name needs the room."""
    person = summary.record.person
    if not options.name or person.birth_year is None:
        return None
    size = BODY_SIZE * options.type_scale
    words = gettext("born <strong>{year}</strong> ({age} years)")
    whole = format_html(words, year=person.birth_year, age=person.age_on(summary.as_of))
    name = text_width(f"{one_line(person.name)}, ", size, bold=True)
    if name + markup_width(whole, size) <= NAME_ROOM:
        return whole
    return format_html(gettext("born <strong>{year}</strong>"), year=person.birth_year)


def _name(summary: Summary, born: SafeString | None, options: ProfileOptions) -> str | None:
    """The name, cut where the year of birth would not find room behind it."""
    name = one_line(summary.record.person.name) if options.name else ""
    size = BODY_SIZE * options.type_scale
    room = NAME_ROOM - (markup_width(f", {born}", size) if born else 0)
    return cut(name, room, size, bold=True) or None


def _period(summary: Summary, options: ProfileOptions, first_sheet: bool) -> SafeString:
    if first_sheet:
        day = format_day(summary.as_of)
        return format_html(gettext("<strong>{day}</strong>, first sheet"), day=day)
    days, period = summary.coverage.days, period_words(summary.period)
    words = ngettext(
        "<strong>{period}</strong>, {days} day", "<strong>{period}</strong>, {days} days", days
    )
    whole = format_html(words, period=period, days=days)
    size = BODY_SIZE * options.type_scale
    fits = markup_width(whole, size) <= NAME_ROOM
    return whole if fits else format_html("<strong>{}</strong>", period)


def _checked_in(summary: Summary) -> SafeString:
    coverage = summary.coverage
    if not coverage.days_checked_in:
        return format_html("{}", gettext("No day checked in yet"))
    days = of_days(coverage.days_checked_in, coverage.days)
    return format_html(gettext("Checked in on <strong>{days}</strong>"), days=days)


def _written(summary: Summary) -> SafeString | None:
    share = summary.coverage.written_in_time
    if share is None or summary.told_only:
        return None
    words = gettext("<strong>{percent} %</strong> of entries written in time")
    return format_html(words, percent=_percent(share))


def _percent(share: float) -> int:
    """A share in whole percent; only all is 100 and only none is 0."""
    rounded = int(share * 100 + 0.5)
    return min(rounded, 99) if share < 1 else rounded


def _footer(summary: Summary, options: ProfileOptions) -> Footer:
    person = summary.record.person
    name = one_line(person.name) if options.name else ""
    who = [cut(name, FOOTER_ROOM, NOTE_SIZE)] if name else []
    if options.name and person.birth_year is not None:
        who.append(gettext("born %(year)s") % {"year": person.birth_year})
    if summary.told_only:
        day = format_day(summary.as_of)
        who.append(gettext("first sheet, %(day)s") % {"day": day})
    else:
        who.append(period_words(summary.period))
    return Footer(who=" · ".join(who), pages=options.pages)


def _next_panel(questions: Sequence[str], options: ProfileOptions) -> NextPanel:
    shown = [*questions[1 : NEXT_QUESTIONS + 1], "", ""][:NEXT_QUESTIONS]
    more = len(questions) - 1 - NEXT_QUESTIONS
    return NextPanel(
        questions=tuple(
            NextQuestion(number, cut(text, QUESTION_ROOM, BODY_SIZE * options.type_scale))
            for number, text in enumerate(shown, start=2)
        ),
        more=options.more(more) if more > 0 else "",
    )


def _numbers_panel(summary: Summary, options: ProfileOptions) -> NumbersPanel:
    numbers = summary.numbers
    if summary.told_only:
        return NumbersPanel("", ())
    count = numbers.episodes
    rows = [_fitting(row, options) for row in (*_day_rows(summary), *_episode_rows(numbers))]
    legend = ngettext("%(count)s episode", "%(count)s episodes", count) % {"count": count}
    return NumbersPanel(legend, tuple(rows[:8]))


def _day_rows(summary: Summary) -> list[NumberRow]:
    states, frequency = summary.numbers.states, summary.answers.frequency
    weeks = summary.weeks_of_period[-WEEKS_LISTED:]
    by_week = ", ".join(f"{week.days_with}/{week.days_checked_in}" for week in weeks)
    four = f"{states.none}, {states.few}, {states.many}, {states.not_checked_in}"
    rows = [
        NumberRow(
            gettext("Twitch days, of days checked in"),
            _of(frequency.days_with, frequency.days_checked_in)
            if frequency.days_checked_in
            else gettext("none checked in"),
            strong=bool(frequency.days_checked_in),
            shorter=(gettext("Twitch days, of checked in"), gettext("Twitch days")),
        ),
        NumberRow(
            gettext("week by week")
            if len(summary.weeks_of_period) <= WEEKS_LISTED
            else gettext("the last four weeks"),
            by_week if frequency.days_checked_in else "–",
        ),
        NumberRow(
            gettext("Days none, few, many, unknown"),
            four,
            shorter=(
                gettext("None, few, many, unknown"),
                gettext("None/few/many/unknown"),
                gettext("None to unknown"),
            ),
        ),
    ]
    if states.constant or not states.partial:
        rows.append(_constant_row(summary))
    if states.partial:
        rows.append(
            NumberRow(
                gettext("Unknown days with a twitch"), _of(states.partial, states.not_checked_in)
            )
        )
    return rows


def _fitting(row: NumberRow, options: ProfileOptions) -> NumberRow:
    """The row with a label as short as its value needs; the type never shrinks."""
    size = FIGURE_SIZE * options.type_scale
    room = NUMBERS_ROOM - 1.5 - text_width(row.value, size, bold=row.strong)
    return replace(row, label=first_fitting((row.label, *row.shorter), room, size))


def _constant_row(summary: Summary) -> NumberRow:
    dates, as_of = summary.numbers.constant_dates, summary.as_of
    value = str(len(dates))
    if len(dates) == 1:
        value = f"1 ({short_date(dates[0], as_of)})"
    elif dates:
        last = gettext("last %(date)s") % {"date": short_date(dates[-1], as_of)}
        value = f"{len(dates)} ({last})"
    return NumberRow(gettext("Days it never stopped"), value)


def _episode_rows(numbers: Numbers) -> tuple[NumberRow, ...]:
    lengths, noted = numbers.lengths, numbers.contexts_noted
    not_noted = gettext("not noted")
    at_rest = dict(numbers.contexts).get("rest", 0)
    seen, seen_noted = numbers.seen_by_others, numbers.seen_noted
    return (
        NumberRow(
            gettext("About a minute or less, where noted"),
            _of(lengths.brief, lengths.known) if lengths.known else not_noted,
            strong=bool(lengths.known),
            shorter=(gettext("About a minute or less, noted"), gettext("About a minute or less")),
        ),
        NumberRow(
            gettext("1 to 5 minutes; longer"),
            f"{lengths.minutes}; {_of(lengths.longer, lengths.known)}"
            if lengths.known
            else not_noted,
            shorter=(gettext("1 to 5 min; longer"), gettext("1–5 min; longer")),
        ),
        NumberRow(
            gettext("At rest, where noted"),
            _of(at_rest, noted) if noted else not_noted,
            strong=bool(noted),
            shorter=(gettext("At rest"),),
        ),
        NumberRow(
            gettext("Seen by others, where noted"),
            _of(seen, seen_noted) if seen_noted else not_noted,
            shorter=(gettext("Seen by others, noted"), gettext("Seen by others")),
        ),
    )


def _of(count: int, whole: int) -> str:
    return gettext("%(count)s of %(whole)s") % {"count": count, "whole": whole}
