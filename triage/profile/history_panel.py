"""The panel of medicines, history and tests: facts with dates, never a cause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from diary.records import PersonRecord, TestDone
from diary.vocabulary import Condition, Test
from triage.profile.history import MedicineRow
from triage.profile.options import ProfileOptions
from triage.profile.text_widths import cut, list_that_fits, text_width
from triage.profile.wording import brief_date, onset_distance
from triage.summary import Summary
from triage.wording import sentence_start, short_date

MOST_MEDICINES = 3
LINE_ROOM, LINE_SIZE = 106.5, 9.25
RESULT_ROOM = 26.0
_ABBREVIATED = re.compile(r"\(([A-Z]{2,})\)$")
IN_FAMILY = (Condition.FAMILY_HISTORY_MND, Condition.FAMILY_HISTORY_TICS)


_CLOSE_STEPS = {
    "changed": gettext_lazy("changed <strong>{date}</strong>"),
    "stopped": gettext_lazy("stopped <strong>{date}</strong>"),
}


@dataclass(frozen=True, slots=True)
class MedicineLine:
    """A medicine with its dose, its dates and its distance to the onset."""

    name: str
    suspected: bool
    dose: str
    dates: SafeString
    distance: str
    strong: bool


@dataclass(frozen=True, slots=True)
class HistoryPanel:
    """Three medicines, history and tests in one line each; None or nothing: lines to write on."""

    medicines: tuple[MedicineLine, ...]
    note: str
    history: str | None
    tests: str | None
    left_out: bool

    @property
    def blank(self) -> bool:
        """Whether nothing at all is recorded, so that the panel is a form for the pen."""
        return not (self.medicines or self.history or self.tests)


def history_panel(summary: Summary, options: ProfileOptions) -> HistoryPanel:
    """Medicines by their distance to the onset, conditions, family and tests."""
    if not options.medicines:
        return HistoryPanel((), "", None, None, left_out=True)
    rows = summary.medicine_rows
    over = len(rows) - MOST_MEDICINES
    person = summary.record.person
    lines = tuple(medicine_line(row) for row in rows[:MOST_MEDICINES])
    marked = any(line.suspected for line in lines)
    notes = [options.more(over) if over > 0 else "", suspected_note() if marked else ""]
    return HistoryPanel(
        medicines=lines,
        note="; ".join(filter(None, notes)),
        history=history_words(person, options),
        tests=tests_words(summary, options),
        left_out=False,
    )


def suspected_note() -> str:
    """What the asterisk before a medicine means."""
    return gettext("* suspected by the patient")


def medicine_line(row: MedicineRow) -> MedicineLine:
    """One medicine; the one with a step close before the onset stands out."""
    taken = row.medicine
    return MedicineLine(
        name=taken.name,
        suspected=taken.suspected is True,
        dose=taken.dose or "",
        dates=_dates(row),
        distance=onset_distance(row),
        strong=row.close_before_onset,
    )


def _dates(row: MedicineRow) -> SafeString:
    """When it was taken; where a change or the end lies close before the onset, that."""
    taken = row.medicine
    if row.on is not None and row.close_before_onset and row.step in _CLOSE_STEPS:
        return format_html(str(_CLOSE_STEPS[row.step]), date=dated(row.on))
    began = None if taken.started_on is None else dated(taken.started_on)
    ended = None if taken.stopped_on is None else dated(taken.stopped_on)
    if taken.started_on and taken.stopped_on:
        first, last = _span(taken.started_on, taken.stopped_on)
        return format_html(gettext("{first} to {last}"), first=first, last=last)
    if began:
        words = gettext("since {date}")
        if row.close_before_onset:
            words = gettext("since <strong>{date}</strong>")
        return format_html(words, date=began)
    if ended:
        return format_html(gettext("until {date}"), date=ended)
    return format_html("{}", gettext("no date noted"))


def _span(first: date, last: date) -> tuple[str, str]:
    """Both ends of a time: "20 to 27 Oct 2026", "Nov 2023 to Jan 2026"."""
    if first.year != last.year:
        anywhere = date(last.year + 1, 1, 1)
        return brief_date(first, anywhere), brief_date(last, anywhere)
    if first.month == last.month:
        return str(first.day), dated(last)
    return short_date(first, first), dated(last)


def dated(day: date) -> str:
    """A date with its year; the first of January stands for a year known alone: "2019"."""
    if (day.month, day.day) == (1, 1):
        return str(day.year)
    return short_date(day, date(day.year + 1, 1, 1))


def history_words(person: PersonRecord, options: ProfileOptions) -> str | None:
    """Conditions, family and pregnancy in one line; None when none of it was recorded."""
    size = LINE_SIZE * options.type_scale
    pregnancy = _pregnancy(person)
    room = LINE_ROOM - text_width(f" {pregnancy}", size)
    own = own_conditions(person)
    family_room = room if not own else max(room * 0.45, room - _width_of(own, size))
    family = _family(person, family_room, options)
    parts = [family, pregnancy]
    if own:
        left = room - text_width(f" {family}.", size)
        parts.insert(0, f"{_named(own, left, options)}.")
    elif person.conditions is not None:
        parts.insert(0, gettext("No condition named."))
    return " ".join(filter(None, parts)) or None


def _width_of(items: Sequence[str], size: float) -> float:
    return text_width("; ".join(items) + ". ", size)


def _named(items: Sequence[str], room: float, options: ProfileOptions) -> str:
    size = LINE_SIZE * options.type_scale
    return "; ".join(filter(None, list_that_fits(items, room, size, more=options.more)))


def own_conditions(person: PersonRecord) -> list[str]:
    """The person's own conditions in words."""
    apart = (Condition.ALREADY_ASSESSED, *IN_FAMILY)
    return [str(Condition(code).label) for code in person.conditions or () if code not in apart]


def family_conditions(person: PersonRecord) -> list[str]:
    """Conditions in the family in words, each once, wherever they were said."""
    own = person.conditions or ()
    codes = [*(person.family_conditions or ()), *(code for code in IN_FAMILY if code in own)]
    return list(dict.fromkeys(str(Condition(code).label) for code in codes))


def _family(person: PersonRecord, room: float, options: ProfileOptions) -> str:
    if named := family_conditions(person):
        words = gettext("Family: %(conditions)s.")
        left = room - text_width(words % {"conditions": ""}, LINE_SIZE * options.type_scale)
        return words % {"conditions": _named(named, left, options)}
    return "" if person.family_conditions is None else gettext("Family: nothing known.")


def _pregnancy(person: PersonRecord) -> str:
    if person.pregnant:
        return gettext("Pregnant.")
    if person.breastfeeding:
        return gettext("Breastfeeding.")
    return gettext("Not pregnant.") if person.pregnant is False else ""


def tests_words(summary: Summary, options: ProfileOptions) -> str | None:
    """Whether it was examined before, and tests with their results; None when not recorded."""
    person = summary.record.person
    lead = ""
    if Condition.ALREADY_ASSESSED in (person.conditions or ()):
        lead = gettext("Examined for this before.")
    elif person.tests_done == ():  # asked, and nothing was done
        lead = gettext("Not examined for this yet.")
    done = all_tests(summary)
    if not done:
        return lead or None
    size = LINE_SIZE * options.type_scale
    room = LINE_ROOM - text_width(f"{lead} ", size) if lead else LINE_ROOM
    in_full = [words_of_test(test, summary.as_of) for test in done]
    if text_width("; ".join(in_full), size) > room:  # that it was done says more than half a result
        in_full = [name_of_test(test, summary.as_of, brief=True) for test in done]
    return " ".join(filter(None, (lead, _named(in_full, room, options))))


def all_tests(summary: Summary) -> list[TestDone]:
    """Tests the person named and those of visits, the latest first."""
    record = summary.record
    visited = (test for visit in record.visits for test in visit.tests or ())
    return sorted(
        _on_time((*(record.person.tests_done or ()), *visited), summary.as_of),
        key=lambda test: test.date or date.min,
        reverse=True,
    )


def _on_time(tests: Iterable[TestDone], as_of: date) -> Iterator[TestDone]:
    return (test for test in tests if test.date is None or test.date <= as_of)


def words_of_test(test: TestDone, as_of: date) -> str:
    """A test with date and result: "Electrolytes 29 Oct, result not noted"."""
    name, result = name_of_test(test, as_of), " ".join((test.result or "").split())
    if not result:
        return gettext("%(test)s, result not noted") % {"test": name}
    return f"{name}: “{cut(result, RESULT_ROOM, LINE_SIZE)}”"


def name_of_test(test: TestDone, as_of: date, *, brief: bool = False) -> str:
    """A test with its date: "Electrolytes 29 Oct"; `brief`: its abbreviation, if it has one."""
    label = str(Test(test.test).label) if test.test else gettext("Test")
    label = sentence_start(label.rpartition(": ")[2])
    if brief and (abbreviated := _ABBREVIATED.search(label)):
        label = abbreviated[1]
    return label if test.date is None else f"{label} {short_date(test.date, as_of)}"
