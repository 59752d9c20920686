"""The sentences of the Twitch Profile: story line, the five answers, signs and medicines.

Facts in, words out. Sentences with emphasis come as safe HTML with `<strong>`; whatever a person
typed is escaped. Never a cause, never an urgency: a medicine stands at its bare distance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

from diary.place_names import place_words
from diary.records import MedicineRecord, Place, begins_after
from diary.vocabulary import (
    Answer,
    AssociatedSymptom,
    Impact,
    Manner,
    OnsetPrecision,
    Side,
)
from triage.profile.facts import BRIEF_S, MINUTES_S, LengthCounts, PlaceRow
from triage.profile.history import (
    LOST_FUNCTION,
    LostFunction,
    MedicineRow,
    Sign,
    known_onset,
)
from triage.profile.sign_words import in_sentence
from triage.profile.text_widths import list_that_fits, markup_width
from triage.questions import SiteCount
from triage.wording import (
    about_date,
    ago,
    change_words,
    day_and_month,
    full_date,
    length_is_known,
    list_words,
    of_days,
    sentence_start,
    short_date,
    short_duration,
)

if TYPE_CHECKING:
    from triage.summary import Summary

PLACES_NAMED = 3
"""Most places that the answer to "where" names; the rest are counted."""

ANSWER_ROOM, ANSWER_SIZE = 80.6, 9.25
"""Width in mm and type in pt of an answer's one line."""

STORY_ROOM, STORY_SIZE = 186.0, 11
"""Width in mm and type in pt of the two lines of the story."""

NAME_IN_STORY = 32
"""Characters of a medicine's name in the story line; in full it stands among the medicines."""

AROUND_DAYS = 16
"""An onset known to its month lies "around the time" of a medicine; a vaguer one says less."""

COMPARED_DAYS = 56
"""Days that the comparison over time looks at: twice 28."""

EXACT_DISTANCE_DAYS = 90
"""Up to this many days before the onset the start of a medicine is given in days."""

ABOUT_DAYS, DAY_IS_EXACT_DAYS, MONTH_IS_EXACT_DAYS = 7, 45, 500
"""Days back beyond which a date that was told is printed as "about", by month, by year alone."""

LOST_FUNCTION_LABELS = {
    "dropping_things": gettext_lazy("Grip: buttons, jars, dropping things"),
    "tripping_foot_drop": gettext_lazy("Tripping, foot dragging, stairs"),
    "muscle_wasting": gettext_lazy("A muscle looking thinner"),
    "speech": gettext_lazy("Speech slurred or quiet"),
    "swallowing_trouble": gettext_lazy("Swallowing, choking"),
    "strength_lost": gettext_lazy("Strength lost, over hours to months"),
}

SHORT_LABELS = {
    "dropping_things": gettext_lazy("Grip: buttons, jars"),
    "strength_lost": gettext_lazy("Strength lost"),
}
"""Words of those rows that are long in larger print."""

_STEPS = {
    "started": gettext_lazy("<strong>{name}</strong> was started"),
    "changed": gettext_lazy("<strong>{name}</strong> was changed"),
    "stopped": gettext_lazy("<strong>{name}</strong> was stopped"),
}

_IMPACT = {
    Impact.NONE: gettext_lazy("Does not get in the way."),
    Impact.SOME: gettext_lazy("Gets in the way a little."),
    Impact.A_LOT: gettext_lazy("Gets in the way a lot."),
}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question of the doctor, its answer (None: not recorded yet) and where it comes from."""

    question: str
    answer: SafeString | None
    note: str = ""


def story(summary: Summary, *, medicines: bool = True) -> SafeString:
    """The line on top: where, since when, the newest place, how it came on, impact.

    Without `medicines` none is named, for a sheet from which they are left out.
    """
    came_on, impact = _came_on(summary, medicines), _impact(summary)
    choices = [
        _joined(_where_and_since(summary, named), came_on, rest)
        for named, rest in ((2, impact), (1, impact), (1, None))
    ]
    return next((one for one in choices if _in_two_lines(one)), choices[-1])


def _joined(*sentences: SafeString | str | None) -> SafeString:
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences if sentence))


def _in_two_lines(sentences: SafeString) -> bool:
    """Whether the story fits; the first line may leave a word's width unused."""
    return markup_width(sentences, STORY_SIZE) <= 2 * STORY_ROOM - 16


def _where_and_since(summary: Summary, named: int) -> SafeString:
    onset, course, began = (
        summary.answers.onset,
        summary.course_of_places,
        summary.places_from_start,
    )
    if onset.date is None and onset.first_logged is None:
        return format_html("{}", gettext("Nothing recorded yet."))
    if onset.date is None:
        return format_html("{}.", _ended(summary, _the_places([row.place for row in began], named)))
    own = summary.record.person.onset
    if (own is None or own.date is None) and began and began[0].first > onset.date:
        began = ()  # on its first day nobody said where
    where = _the_places([row.place for row in began], named)
    later = _newest_place(course[len(began) :], summary.as_of, joins=bool(began))
    known = known_onset(summary.record, summary.as_of)
    if known is None:
        lead = format_html(
            gettext("Twitching{where}, <strong>first logged {date}</strong>"),
            where=gettext(" of %(where)s") % {"where": where} if where else "",
            date=full_date(onset.date),
        )
        return format_html("{}{}.", lead, later)
    since = about_date(known, onset.precision, summary.record.person.country)
    lead = (
        format_html(
            gettext("Twitching of <strong>{where} since {since}</strong>"), where=where, since=since
        )
        if where
        else format_html(gettext("Twitching <strong>since {since}</strong>"), since=since)
    )
    if onset.recalled:
        lead = format_html(gettext("{sentence} (recalled)"), sentence=lead)
    return format_html("{}{}.", lead, later)


def _the_places(places: Sequence[Place], most: int) -> str:
    named = [the_place(*place) for place in places[:most]]
    more = len(places) - most
    if more > 0:
        named.append(
            ngettext("%(count)s more place", "%(count)s more places", more) % {"count": more}
        )
    return list_words(named)


def the_place(site: str, side: str | None) -> str:
    """A place inside a sentence: "the left calf", "both calves"."""
    words = place_words(site, side)
    return words if side == Side.BOTH else gettext("the %(place)s") % {"place": words}


def _ended(summary: Summary, where: str) -> SafeString:
    """For a run of twitching that is over: the first and the last day that were logged."""
    days = [day.date for day in summary.record.days if day.twitched]
    return format_html(
        gettext("Twitching{where}, <strong>first logged {first}, last {last}</strong>"),
        where=gettext(" of %(where)s") % {"where": where} if where else "",
        first=full_date(days[0]),
        last=full_date(days[-1]),
    )


def _newest_place(later: Sequence[SiteCount], as_of: date, *, joins: bool) -> SafeString | str:
    """The place that came last, and how many others came before it; `joins`: after a first one."""
    if not later:
        return ""
    newest = later[-1]
    words = {
        "place": the_place(*newest.place),
        "since": day_and_month(newest.first, as_of).replace(" ", "\N{NO-BREAK SPACE}"),
        "count": len(later) - 1,
    }
    if len(later) == 1 and joins:
        return format_html(gettext("; <strong>{place} too since {since}</strong>"), **words)
    if len(later) == 1:
        return format_html(gettext("; <strong>{place} since {since}</strong>"), **words)
    return format_html(
        ngettext(
            "; {count} other place too, and newest <strong>{place} since {since}</strong>",
            "; {count} other places too, and newest <strong>{place} since {since}</strong>",
            len(later) - 1,
        ),
        **words,
    )


def _came_on(summary: Summary, medicines: bool) -> SafeString | None:
    manner = summary.answers.onset.manner
    rows = summary.medicine_rows if medicines else ()
    near = next((row for row in rows if row.close_before_onset), None) or next(
        (row for row in rows if row.around_onset and row.blur_days <= AROUND_DAYS), None
    )
    how = str(Manner(manner).label) if manner else None
    if near is None:
        return None if how is None else format_html(gettext("Came on {how}."), how=how)
    after = _next_to_medicine(near)
    if how is None:
        return format_html(gettext("Came on {after}."), after=after)
    return format_html(gettext("Came on {how}, {after}."), how=how, after=after)


def _next_to_medicine(row: MedicineRow) -> SafeString:
    days = row.days_before_onset or 0
    name = Truncator(row.medicine.name).chars(NAME_IN_STORY)
    step = format_html(str(_STEPS[row.step]), name=name)
    if row.around_onset:
        return format_html(gettext("around the time {step}"), step=step)
    if days == 0:
        return format_html(gettext("on the day {step}"), step=step)
    words = ngettext("{days} day after {step}", "{days} days after {step}", days)
    return format_html(words, days=days, step=step)


def _impact(summary: Summary) -> str | None:
    impact = summary.record.person.impact
    return None if impact is None else str(_IMPACT[Impact(impact)])


def five_answers(summary: Summary, scale: float = 1.0) -> tuple[AnswerLine, ...]:
    """The doctor's five questions with one-line answers, in the order of the page.

    `scale` is how much larger than usual the type is, so that what fits can be counted.
    """
    room = ANSWER_ROOM / scale
    return (
        _when_line(summary),
        AnswerLine(gettext("Where?"), _where_answer(summary.places, summary.as_of, room)),
        AnswerLine(gettext("How long does each last?"), _length_answer(summary, room)),
        _often_line(summary),
        AnswerLine(gettext("Which other symptoms?"), _symptoms_answer(summary, room)),
    )


def _when_line(summary: Summary) -> AnswerLine:
    question, onset = gettext("When did it start?"), summary.answers.onset
    if onset.date is None or onset.days_ago is None:
        return AnswerLine(question, None, _when_note(summary))
    if known_onset(summary.record, summary.as_of) is None:
        first = gettext("First logged %(date)s") % {"date": full_date(onset.date)}
        answer = format_html("<strong>{}</strong>, {}", first, ago(onset.days_ago))
        return AnswerLine(question, answer, gettext("the start itself was not told"))
    since = about_date(onset.date, onset.precision, summary.record.person.country)
    rest = [ago(onset.days_ago)] if length_is_known(onset.days_ago, onset.precision) else []
    if onset.manner:
        rest.append(str(Manner(onset.manner).label))
    answer = format_html("<strong>{}</strong>", sentence_start(since))
    if rest:
        answer = format_html("{}, {}", answer, ", ".join(rest))
    return AnswerLine(question, answer, _when_note(summary))


def _when_note(summary: Summary) -> str:
    """Where the date comes from: "recalled, to the week; first logged 12 Oct"."""
    onset, parts = summary.answers.onset, []
    if onset.recalled:
        parts.append(gettext("recalled"))
    if onset.precision:
        precision = OnsetPrecision(onset.precision).label
        parts.append(gettext("to %(precision)s") % {"precision": precision})
    provenance = ", ".join(parts)
    if onset.first_logged is None:
        return provenance
    before = begins_after(summary.record.person.onset, onset.first_logged)
    words = gettext("but logged before, %(date)s") if before else gettext("first logged %(date)s")
    logged = words % {"date": short_date(onset.first_logged, summary.as_of)}
    return f"{provenance}; {logged}" if provenance else logged


def _where_answer(rows: Sequence[PlaceRow], as_of: date, room: float) -> SafeString | None:
    """The places of the period, most frequent first; what one line does not hold is counted."""
    if not rows:
        return None
    choices = [_places_named(rows, as_of, named) for named in range(PLACES_NAMED, 0, -1)]
    fitting = (one for one in choices if markup_width(one, ANSWER_SIZE) <= room)
    return next(fitting, choices[-1])


def _places_named(rows: Sequence[PlaceRow], as_of: date, named: int) -> SafeString:
    """Places in words, new ones with their first day."""
    items = [_place_item(row, as_of, starts=row is rows[0]) for row in rows[:named]]
    more = len(rows) - named
    if more > 0:
        words = ngettext("{count} more place", "{count} more places", more)
        items.append(format_html(words, count=more))
    return format_html_join("; ", "{}", ((item,) for item in items))


def _place_item(row: PlaceRow, as_of: date, *, starts: bool) -> SafeString:
    place = place_words(*row.count.place)
    strong = format_html("<strong>{}</strong>", sentence_start(place) if starts else place)
    if not row.new:
        return strong
    return format_html(
        gettext("{place}, new on {date}"), place=strong, date=short_date(row.first_ever, as_of)
    )


def _length_answer(summary: Summary, room: float) -> SafeString | None:
    """The commonest length, and the longest with its day."""
    lengths, longest = summary.numbers.lengths, summary.numbers.longest
    if not lengths.known:
        return None
    usual = format_html("<strong>{}</strong>", _usual_length(lengths))
    if longest is None or _longer_in_words(lengths, longest.seconds):
        return usual
    words = {
        "usual": usual,
        "length": short_duration(longest.seconds),
        "date": short_date(longest.day, summary.as_of),
    }
    whole = format_html(gettext("{usual}; longest {length}, {date}"), **words)
    if markup_width(whole, ANSWER_SIZE) <= room:
        return whole
    return format_html(gettext("{usual}; longest {length}"), **words)


def _longer_in_words(lengths: LengthCounts, longest_s: float) -> bool:
    """Whether lengths told in words are longer than any that was timed, which is then no record."""
    return (lengths.longer > 0 and longest_s <= MINUTES_S) or (
        lengths.minutes > 0 and longest_s <= BRIEF_S
    )


def _usual_length(lengths: LengthCounts) -> str:
    counts = {
        gettext("about a minute or less"): lengths.brief,
        gettext("up to 5 minutes"): lengths.minutes,
        gettext("longer than 5 minutes"): lengths.longer,
    }
    length, count = max(counts.items(), key=lambda item: item[1])
    alike = [words for words, number in counts.items() if number == count]
    if len(alike) > 1:
        return gettext("Varies: %(lengths)s") % {"lengths": list_words(alike)}
    if count == lengths.known:
        return sentence_start(length)
    if count * 2 > lengths.known:
        return gettext("Mostly %(length)s") % {"length": length}
    return gettext("Varies, most often %(length)s") % {"length": length}


def _often_line(summary: Summary) -> AnswerLine:
    question, frequency = gettext("How often?"), summary.answers.frequency
    if not frequency.days_checked_in:
        return AnswerLine(question, None)
    words = ngettext(
        "<strong>On {days_with} of {days} checked-in day</strong>",
        "<strong>On {days_with} of {days} checked-in days</strong>",
        frequency.days_checked_in,
    )
    answer = format_html(words, days_with=frequency.days_with, days=frequency.days_checked_in)
    return AnswerLine(question, answer, _change_note(summary))


def _change_note(summary: Summary) -> str:
    """More or fewer over time in a word; where that cannot be said, what is missing."""
    change = summary.change
    verdict = gettext("more or fewer over time: %(verdict)s") % {"verdict": change_words(change)}
    if change != "not enough data":
        return verdict
    if summary.days_recorded < COMPARED_DAYS:
        missing = of_days(summary.days_recorded, COMPARED_DAYS)
    elif not any(day.twitched for day in summary.record.days[-COMPARED_DAYS:]):
        missing = gettext("no twitch in that time")
    else:
        missing = gettext("too few days to compare")
    return gettext("%(verdict)s (%(missing)s)") % {"verdict": verdict, "missing": missing}


def _symptoms_answer(summary: Summary, room: float) -> SafeString | None:
    """Signs that the person has now, lost function first; without one, how many were asked."""
    signs = summary.signs
    rows = [row.sign for row in signs.lost_function if row.sign is not None]
    present = [sign for sign in (*rows, *signs.yes) if sign.answer == Answer.YES and sign.current]
    if present:
        labels = [in_sentence(sign_words(sign)) for sign in present]
        named, more = list_that_fits(labels, room, ANSWER_SIZE, more=counted_more, bold=True)
        strong = format_html("<strong>{}</strong>", sentence_start(named))
        return format_html("{}; {}", strong, more) if more else strong
    asked = len({answer.symptom for answer in summary.record.symptom_answers})
    if not asked:
        return None
    words = ngettext("None now, of {count} asked", "None now, of {count} asked", asked)
    return format_html(words, count=asked)


def counted_more(count: int) -> str:
    """How many are not named: "4 more"."""
    return ngettext("%(count)s more", "%(count)s more", count) % {"count": count}


def sign_words(sign: Sign) -> str:
    """A sign with its side: "cramps, left"."""
    label = str(AssociatedSymptom(sign.symptom).label)
    if sign.side is None:
        return label
    return gettext("%(sign)s, %(side)s") % {"sign": label, "side": Side(sign.side).label}


def sign_began(sign: Sign, as_of: date) -> str:
    """Since when a sign has been there, else when it was first said: "since 20 Oct"."""
    if sign.since is None:
        return gettext("said %(date)s") % {"date": brief_date(sign.first, as_of)}
    return gettext("since %(date)s") % {"date": told_date(sign.since, sign.first, as_of)}


def told_date(day: date, told_on: date, as_of: date) -> str:
    """A date that somebody told, the less exact the further back it lay: "about Jul".

    People say "about half a year"; the day that is kept for it is no day they named.
    """
    back = (told_on - day).days
    if back <= ABOUT_DAYS:
        return brief_date(day, as_of)
    if back <= DAY_IS_EXACT_DAYS:
        words = brief_date(day, as_of)
    elif back <= MONTH_IS_EXACT_DAYS:
        this_year = day.year == as_of.year
        words = format_date(day, "M" if this_year else pgettext("short month and year", "M Y"))
    else:
        words = str(day.year)
    return gettext("about %(date)s") % {"date": words}


def brief_date(day: date, as_of: date) -> str:
    """A date for a narrow column: "12 Oct", in another year "Oct 2025"."""
    if day.year == as_of.year:
        return short_date(day, as_of)
    return format_date(day, pgettext("short month and year", "M Y"))


def lost_function_labels(row: LostFunction) -> tuple[str, ...]:
    """The fixed words of a row, and shorter ones; where only some were asked, the words of those.

    A yes among several signs is said in the words of that sign.
    """
    fixed, signs = str(LOST_FUNCTION_LABELS[row.row]), LOST_FUNCTION[row.row]
    if row.sign is None:
        return fixed, str(SHORT_LABELS.get(row.row, fixed))
    own = str(AssociatedSymptom(row.sign.symptom).label)
    if row.sign.answer == Answer.YES:
        return (own,) if len(signs) > 1 else (fixed, own)
    if set(signs) <= set(row.asked):
        return fixed, str(SHORT_LABELS.get(row.row, fixed))
    return (list_words([str(AssociatedSymptom(code).label) for code in row.asked]),)


def onset_distance(row: MedicineRow) -> str:
    """When a medicine was started as seen from the onset; empty when one of them is unknown."""
    days = row.days_before_onset
    if days is None:
        return ""
    if row.around_onset:
        return gettext("around onset")
    if days < 0:
        return gettext("after onset")
    if days == 0:
        return gettext("on the day of onset")
    if days > EXACT_DISTANCE_DAYS or not row.exact:
        return gettext("before onset")
    words = ngettext("%(days)s day before onset", "%(days)s days before onset", days)
    return words % {"days": days}


def medicine_dates(medicine: MedicineRecord, as_of: date) -> str:
    """When a medicine was taken: "since 21 Sep", "20 Oct to 27 Oct", "until 27 Oct"."""
    started, stopped = (
        None if day is None else short_date(day, as_of)
        for day in (medicine.started_on, medicine.stopped_on)
    )
    words = {"started": started, "stopped": stopped}
    if started and stopped:
        return gettext("%(started)s to %(stopped)s") % words
    if started:
        return gettext("since %(started)s") % words
    return gettext("until %(stopped)s") % words if stopped else ""
