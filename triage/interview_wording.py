"""The words of the interview: questions, what the diary says to each, and what is new.

What will stand on the sheet comes from `triage.profile.wording`, so that page and print agree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext

from diary.place_names import place_words
from diary.vocabulary import Answer, Condition, Impact, Manner, Sex, Test
from triage import interview as steps
from triage.interview import Changes, StepState
from triage.profile.wording import (
    AnswerLine,
    five_answers,
    medicine_dates,
    sign_words,
)
from triage.summary import Summary
from triage.wording import (
    about_date,
    ago,
    full_date,
    list_words,
    of_days,
    sentence_start,
    short_date,
    short_duration,
)

TITLES = MappingProxyType(
    {
        steps.ONSET: gettext_lazy("When did the twitching start?"),
        steps.PLACES: gettext_lazy("Where does it twitch?"),
        steps.LENGTHS: gettext_lazy("How long does each one last?"),
        steps.OFTEN: gettext_lazy("How often does it come?"),
        steps.SIGNS: gettext_lazy("Which other signs are there?"),
        steps.MORE_SIGNS: gettext_lazy("Some more signs"),
        steps.SAME_PLACES: gettext_lazy("Is it always the same muscles?"),
        steps.PREGNANCY: gettext_lazy("Are you pregnant?"),
        steps.CONDITIONS: gettext_lazy("Which conditions do you know of?"),
        steps.FAMILY: gettext_lazy("And in your family?"),
        steps.MEDICINES: gettext_lazy("Which medicines do you take?"),
        steps.TESTS: gettext_lazy("What was examined or tested so far?"),
        steps.IMPACT: gettext_lazy("How much does it get in your way?"),
        steps.WORRY: gettext_lazy("What worries you most?"),
        steps.QUESTIONS: gettext_lazy("What do you want to ask?"),
        steps.ABOUT_YOU: gettext_lazy("Whose sheet is it?"),
    }
)
"""Each question as it is put."""

NAMES = MappingProxyType(
    {
        steps.ONSET: gettext_lazy("When it started"),
        steps.PLACES: gettext_lazy("Where"),
        steps.LENGTHS: gettext_lazy("How long each lasts"),
        steps.OFTEN: gettext_lazy("How often"),
        steps.SIGNS: gettext_lazy("Other signs"),
        steps.MORE_SIGNS: gettext_lazy("Some more signs"),
        steps.SAME_PLACES: gettext_lazy("Always the same muscles"),
        steps.PREGNANCY: gettext_lazy("Pregnancy"),
        steps.CONDITIONS: gettext_lazy("Known conditions"),
        steps.FAMILY: gettext_lazy("In the family"),
        steps.MEDICINES: gettext_lazy("Medicines"),
        steps.TESTS: gettext_lazy("Examined and tested"),
        steps.IMPACT: gettext_lazy("How much it gets in the way"),
        steps.WORRY: gettext_lazy("What worries you most"),
        steps.QUESTIONS: gettext_lazy("Your questions"),
        steps.ABOUT_YOU: gettext_lazy("Name and year of birth"),
    }
)
"""Each question as a line of the overview."""

HINTS = MappingProxyType(
    {
        steps.PREGNANCY: gettext_lazy("Doctors ask it with every twitch. You need not say."),
        steps.CONDITIONS: gettext_lazy("Those a doctor told you of. They are printed as a list."),
        steps.FAMILY: gettext_lazy("Parents, brothers, sisters, children."),
        steps.MEDICINES: gettext_lazy(
            "Also from the chemist or the supermarket, and those stopped lately."
        ),
        steps.TESTS: gettext_lazy("Saves asking and testing twice."),
        steps.WORRY: gettext_lazy("A doctor can only speak to what is said."),
        steps.QUESTIONS: gettext_lazy("The first three stand on the first page."),
        steps.ABOUT_YOU: gettext_lazy(
            "Leave out what you like; there is a line to fill in by hand."
        ),
    }
)

SCREEN_TITLES = MappingProxyType(
    {
        "signs-1": gettext_lazy("Is any of this so now, or was it in the last two weeks?"),
        "signs-2": gettext_lazy("Is any of this new in the last months?"),
        "signs-3": gettext_lazy("Is any of this there now?"),
        "signs-4": gettext_lazy("Does any of this come with it?"),
        "signs-5": gettext_lazy("Is any of this new?"),
        "signs-6": gettext_lazy("Where it twitches, is any of this so?"),
        "signs-7": gettext_lazy("And at the eyes?"),
        "signs-8": gettext_lazy("Is any of this there now?"),
        "signs-9": gettext_lazy("And any of this?"),
        "signs-10": gettext_lazy("In the last weeks, any of this?"),
        "signs-11": gettext_lazy("The last three"),
    }
)


EXACT_DAYS = 14
"""Days below which "so long ago" is said exactly (`triage.wording.ago`)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known already: where it comes from, the fact, and what else belongs to it."""

    source: str
    fact: str
    rest: str = ""
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A question on the overview: its name, its answer in brief, and how it stands."""

    step: str
    name: str
    answer: str | SafeString
    status: str
    open: bool


FROM_THE_DIARY = frozenset({steps.PLACES, steps.LENGTHS, steps.OFTEN, steps.SAME_PLACES})
"""Questions that the diary answers by counting, whatever the person remembers.

All of its entries are read for these alone.
"""

ON_THE_SHEET = {
    steps.ONSET: 0,
    steps.PLACES: 1,
    steps.LENGTHS: 2,
    steps.OFTEN: 3,
    steps.SIGNS: 4,
}
"""Questions of the interview with the position of their line among the five of the sheet."""


def on_the_sheet(step: str, summary: Summary) -> AnswerLine | None:
    """The line of the sheet that this question fills; None for questions without a line there."""
    position = ON_THE_SHEET.get(step)
    return None if position is None else five_answers(summary)[position]


def from_diary() -> str:
    """Where a fact of the diary comes from."""
    return gettext("From your diary")


def you_said() -> str:
    """Where an own answer comes from."""
    return gettext("You said")


def evidence(step: str, summary: Summary) -> Evidence | None:
    """What the diary or an earlier answer says to a question; None when it says nothing."""
    found = _EVIDENCE.get(step)
    return None if found is None else found(summary)


def _onset_evidence(summary: Summary) -> Evidence | None:
    onset, country = summary.answers.onset, summary.record.person.country
    own = summary.record.person.onset
    if own is not None and own.date is not None:
        words = sentence_start(about_date(own.date, own.precision, country))
        rest = [str(Manner(own.manner).label)] if own.manner else []
        rest.append(ago((summary.as_of - own.date).days))
        logged = ""
        if onset.first_logged is not None:
            logged = gettext("First entry in your diary: %(date)s.") % {
                "date": full_date(onset.first_logged)
            }
        rows = _earlier_than_said(summary)
        return Evidence(you_said(), words, f", {', '.join(rest)}. {logged}".rstrip(), rows=rows)
    began = onset.date or onset.first_logged
    if began is None:
        return None
    places = [place_words(*row.place) for row in summary.course_of_places if row.first == began]
    where = f", {list_words(places[:2])}" if places else ""
    since = sentence_start(_about_ago((summary.as_of - began).days))
    fact = gettext("First entry %(date)s") % {"date": full_date(began)}
    return Evidence(from_diary(), fact, f"{where}. {since}.")


def _earlier_than_said(summary: Summary) -> tuple[str, ...]:
    """That the diary has a twitch of this spell before the start that was given."""
    logged = steps.starts_after_the_diary(summary.record, summary.as_of)
    if logged is None:
        return ()
    words = gettext(
        "Your diary has a twitch on %(date)s, before the start you gave. Which is right?"
    )
    return (words % {"date": full_date(logged)},)


def _about_ago(days: int) -> str:
    """How long ago; a rounded figure says that it is one."""
    words = ago(days)
    return words if days < EXACT_DAYS else gettext("about %(time)s") % {"time": words}


def _places_evidence(summary: Summary) -> Evidence | None:
    rows = summary.places
    if not rows:
        return None
    named = tuple(
        gettext("%(place)s: %(days)s, last %(date)s")
        % {
            "place": sentence_start(place_words(*row.count.place)),
            "days": ngettext("%(count)s day", "%(count)s days", row.count.days)
            % {"count": row.count.days},
            "date": short_date(row.count.last, summary.as_of),
        }
        for row in rows[:6]
    )
    count = ngettext("%(count)s place", "%(count)s places", len(rows)) % {"count": len(rows)}
    return Evidence(from_diary(), count, rows=named)


def _lengths_evidence(summary: Summary) -> Evidence | None:
    lengths, longest = summary.numbers.lengths, summary.numbers.longest
    if not lengths.known:
        return None
    known = gettext("Length known for %(known)s of %(all)s") % {
        "known": lengths.known,
        "all": lengths.episodes,
    }
    counts = (
        (gettext("up to about a minute: %(count)s"), lengths.brief),
        (gettext("1 to 5 minutes: %(count)s"), lengths.minutes),
        (gettext("longer: %(count)s"), lengths.longer),
    )
    rows = [sentence_start(words % {"count": count}) for words, count in counts if count]
    if longest is not None:
        rows.append(
            gettext("Longest %(length)s, %(date)s")
            % {
                "length": short_duration(longest.seconds),
                "date": short_date(longest.day, summary.as_of),
            }
        )
    return Evidence(from_diary(), known, rows=tuple(rows))


def _often_evidence(summary: Summary) -> Evidence | None:
    frequency, coverage = summary.answers.frequency, summary.coverage
    if not coverage.days:
        return None
    if not frequency.days_checked_in:
        words = ngettext("%(count)s twitch logged", "%(count)s twitches logged", coverage.episodes)
        return Evidence(
            from_diary(),
            words % {"count": coverage.episodes},
            gettext(", but no day is checked in, so how often cannot be said yet."),
        )
    fact = gettext("Twitches on %(days)s") % {
        "days": of_days(frequency.days_with, frequency.days_checked_in)
    }
    return Evidence(from_diary(), fact, gettext(" checked in."))


def _same_places_evidence(summary: Summary) -> Evidence | None:
    places = summary.answers.sites
    if not places:
        return None
    top = sentence_start(place_words(*places[0].place))
    if len(places) == 1:
        return Evidence(from_diary(), top, gettext(", and nowhere else."))
    episodes = sum(row.episodes for row in places)
    share = gettext("%(count)s of %(all)s twitches") % {
        "count": places[0].episodes,
        "all": episodes,
    }
    rows = [f"{top}: {share}"] if episodes else []
    rows += [
        gettext("New in the last 28 days: %(place)s, %(date)s")
        % {
            "place": place_words(*row.count.place),
            "date": short_date(row.first_ever, summary.as_of),
        }
        for row in summary.places
        if row.new
    ]
    count = ngettext("%(count)s place", "%(count)s places", len(places)) % {"count": len(places)}
    return Evidence(from_diary(), count, rows=tuple(rows))


_EVIDENCE: Mapping[str, Callable[[Summary], Evidence | None]] = MappingProxyType(
    {
        steps.ONSET: _onset_evidence,
        steps.PLACES: _places_evidence,
        steps.LENGTHS: _lengths_evidence,
        steps.OFTEN: _often_evidence,
        steps.SAME_PLACES: _same_places_evidence,
    }
)

NOTHING_YET = MappingProxyType(
    {
        steps.PLACES: gettext_lazy("No place is in your diary yet."),
        steps.LENGTHS: gettext_lazy(
            "No length is noted yet. After a tap on a place you can say how long it lasted; on "
            "your sheet there is a line to fill in by hand."
        ),
        steps.OFTEN: gettext_lazy(
            "No day is checked in yet. On your sheet there is a line to fill in by hand."
        ),
        steps.SAME_PLACES: gettext_lazy("No place is in your diary yet."),
    }
)
"""What stands in place of the evidence where the diary has none."""


def overview(summary: Summary, found: tuple[StepState, ...]) -> tuple[OverviewRow, ...]:
    """Every question with its answer in brief."""
    return tuple(
        OverviewRow(
            step=state.step,
            name=str(NAMES[state.step]),
            answer=brief_answer(state.step, summary),
            status=_status(state, summary),
            open=not state.settled,
        )
        for state in found
    )


def _status(state: StepState, summary: Summary) -> str:
    if state.how == steps.LEFT_OPEN:
        return gettext("left open")
    if state.how == steps.UNKNOWN:
        counted = state.step in FROM_THE_DIARY and bool(brief_answer(state.step, summary))
        return gettext("from your diary") if counted else gettext("you do not know")
    if state.step in (steps.SIGNS, steps.MORE_SIGNS):
        asked, count = steps.signs_asked(summary.record.symptom_answers, state.step)
        return gettext("%(asked)s of %(all)s asked") % {"asked": asked, "all": count}
    if not state.answered:
        return gettext("not asked yet")
    return "" if state.on is None else short_date(state.on, summary.as_of)


def brief_answer(step: str, summary: Summary) -> str | SafeString:
    """The answer to a question in a few words; empty without one."""
    line = on_the_sheet(step, summary)
    if line is not None:
        return line.answer or ""
    person = summary.record.person
    if step == steps.SAME_PLACES:
        known = _same_places_evidence(summary)
        return "" if known is None else f"{known.fact}{known.rest}"
    if step == steps.MORE_SIGNS:
        return ""
    if step == steps.MEDICINES:
        return list_words([row.medicine.name for row in summary.medicine_rows[:3]])
    if step == steps.QUESTIONS:
        visit = summary.planned_visit
        count = len((visit.questions or ()) if visit else ())
        words = ngettext("%(count)s question", "%(count)s questions", count) % {"count": count}
        return words if count else ""
    return {
        steps.PREGNANCY: _yes_no(person.pregnant),
        steps.CONDITIONS: conditions_words(
            [c for c in person.conditions or () if c != Condition.ALREADY_ASSESSED],
            known=person.conditions is not None,
        ),
        steps.FAMILY: conditions_words(
            person.family_conditions or (), known=person.family_conditions is not None
        ),
        steps.TESTS: tests_words(summary),
        steps.IMPACT: "" if person.impact is None else str(Impact(person.impact).label),
        steps.WORRY: person.worry or "",
        steps.ABOUT_YOU: ", ".join(
            filter(None, (person.name, str(person.birth_year or ""), _sex_words(person.sex)))
        ),
    }.get(step, "")


def _yes_no(value: bool | None) -> str:
    return "" if value is None else (gettext("yes") if value else gettext("no"))


def _sex_words(sex: str | None) -> str:
    return "" if sex is None else str(Sex(sex).label)


def conditions_words(codes: object, *, known: bool) -> str:
    """Conditions in words; "none" where that was said."""
    labels = [str(Condition(code).label) for code in codes]  # type: ignore[attr-defined]
    if labels:
        return ", ".join(labels)
    return gettext("none") if known else ""


def tests_words(summary: Summary) -> str:
    """What was examined and tested, in words."""
    said = [gettext("examined by a doctor")] if steps.assessed(summary.record) else []
    said += [
        str(Test(one.test).label) if one.test else gettext("a test")
        for one in summary.record.person.tests_done or ()
    ]
    return sentence_start(", ".join(said))


def medicine_lines(summary: Summary) -> list[tuple[str, str]]:
    """Medicines with their dates, as they stand on the sheet."""
    return [
        (row.medicine.name, medicine_dates(row.medicine, summary.as_of))
        for row in summary.medicine_rows
    ]


def nothing_new(changes: Changes) -> str:
    """That nothing new came since the last sheet."""
    return gettext("Nothing new since %(date)s") % {"date": _day_words(changes)}


def something_new(changes: Changes) -> str:
    """That something new came since the last sheet."""
    return gettext("New since %(date)s") % {"date": _day_words(changes)}


def _day_words(changes: Changes) -> str:
    return full_date(changes.since)


def change_lines(changes: Changes, summary: Summary) -> list[str]:
    """What is new, in a line each."""
    lines = [
        gettext("%(place)s, first on %(date)s")
        % {
            "place": sentence_start(place_words(*row.place)),
            "date": short_date(row.first, summary.as_of),
        }
        for row in changes.places
    ]
    for sign in changes.signs:
        words = gettext("%(sign)s: no, %(date)s")
        if sign.answer == Answer.YES:
            words = (
                gettext("%(sign)s: yes, %(date)s")
                if sign.current
                else gettext("%(sign)s: over, %(date)s")
            )
        lines.append(
            words % {"sign": sign_words(sign), "date": short_date(sign.last, summary.as_of)}
        )
    lines += [
        gettext("%(medicine)s, %(dates)s")
        % {"medicine": taken.name, "dates": medicine_dates(taken, summary.as_of)}
        for taken in changes.medicines
    ]
    return lines


def test_lines(summary: Summary) -> list[str]:
    """Tests that were done, each with its date and result."""
    found = []
    for one in summary.record.person.tests_done or ():
        words = str(Test(one.test).label) if one.test else gettext("A test")
        day = None if one.date is None else short_date(one.date, summary.as_of)
        found.append(", ".join(filter(None, (words, day, one.result))))
    return found
