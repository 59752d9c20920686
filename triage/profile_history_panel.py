"""The panel of medicines, history and tests: facts with dates, never a cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from diary.records import PersonRecord, TestDone
from diary.vocabulary import Condition, Test
from triage.profile_history import MedicineRow
from triage.profile_options import ProfileOptions
from triage.profile_wording import onset_distance
from triage.summary import Summary
from triage.text_widths import cut, list_that_fits, text_width
from triage.wording import sentence_start, short_date

MOST_MEDICINES = 3
LINE_ROOM, LINE_SIZE = 106.5, 9.25
RESULT_ROOM = 45.0
IN_FAMILY = (Condition.FAMILY_HISTORY_MND, Condition.FAMILY_HISTORY_TICS)


@dataclass(frozen=True, slots=True)
class MedicineLine:
    """A medicine with its dose, its dates and its distance to the onset."""

    name: str
    dose: str
    dates: SafeString
    distance: str
    strong: bool


@dataclass(frozen=True, slots=True)
class HistoryPanel:
    """Three medicines, history and tests in one line each; None or nothing: lines to write on."""

    medicines: tuple[MedicineLine, ...]
    more: str
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
    return HistoryPanel(
        medicines=tuple(medicine_line(row) for row in rows[:MOST_MEDICINES]),
        more=options.more(over) if over > 0 else "",
        history=history_words(person, options),
        tests=tests_words(summary, options),
        left_out=False,
    )


def medicine_line(row: MedicineRow) -> MedicineLine:
    """One medicine; the one started close before the onset stands out."""
    taken = row.medicine
    return MedicineLine(
        name=taken.name,
        dose=taken.dose or "",
        dates=_dates(row),
        distance=onset_distance(row),
        strong=row.close_before_onset,
    )


def _dates(row: MedicineRow) -> SafeString:
    taken = row.medicine
    began = None if taken.started_on is None else dated(taken.started_on)
    ended = None if taken.stopped_on is None else dated(taken.stopped_on)
    if began and ended:
        first = began
        if taken.started_on and taken.stopped_on and taken.started_on.year == taken.stopped_on.year:
            first = short_date(taken.started_on, taken.started_on)
        return format_html(gettext("{first} to {last}"), first=first, last=ended)
    if began:
        words = gettext("since {date}")
        if row.close_before_onset:
            words = gettext("since <strong>{date}</strong>")
        return format_html(words, date=began)
    if ended:
        return format_html(gettext("until {date}"), date=ended)
    return format_html("{}", gettext("no date noted"))


def dated(day: date) -> str:
    """A date with its year; the first of January stands for a year known alone: "2019"."""
    if (day.month, day.day) == (1, 1):
        return str(day.year)
    return short_date(day, date(day.year + 1, 1, 1))


def history_words(person: PersonRecord, options: ProfileOptions) -> str | None:
    """Conditions, family and pregnancy in one line; None when none of it was recorded."""
    rest = " ".join(filter(None, (_family(person), _pregnancy(person))))
    own = _own_conditions(person)
    if person.conditions is None:
        return rest or None
    if not own:
        return " ".join(filter(None, (gettext("No condition named."), rest)))
    size = LINE_SIZE * options.type_scale
    room = LINE_ROOM - text_width(f" {rest}", size) if rest else LINE_ROOM
    named, more = list_that_fits(own, room, size, more=options.more)
    conditions = "; ".join(filter(None, (named, more)))
    return f"{conditions}. {rest}".strip()


def _own_conditions(person: PersonRecord) -> list[str]:
    apart = (Condition.ALREADY_ASSESSED, *IN_FAMILY)
    return [str(Condition(code).label) for code in person.conditions or () if code not in apart]


def _family(person: PersonRecord) -> str:
    named = [str(Condition(code).label) for code in person.family_conditions or ()]
    own = person.conditions or ()
    named += [str(code.label) for code in IN_FAMILY if code in own and str(code.label) not in named]
    if named:
        return gettext("Family: %(conditions)s.") % {"conditions": "; ".join(named)}
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
    if person.conditions is not None:
        lead = gettext("Not examined for this yet.")
        if Condition.ALREADY_ASSESSED in person.conditions:
            lead = gettext("Examined for this before.")
    done = [words_of_test(test, summary.as_of) for test in all_tests(summary)]
    if not done:
        return lead or None
    size = LINE_SIZE * options.type_scale
    room = LINE_ROOM - text_width(f"{lead} ", size) if lead else LINE_ROOM
    named, more = list_that_fits(done, room, size, more=options.more)
    return " ".join(filter(None, (lead, "; ".join(filter(None, (named, more))))))


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
    label = str(Test(test.test).label) if test.test else gettext("Test")
    label = sentence_start(label.rpartition(": ")[2])
    when = "" if test.date is None else f" {short_date(test.date, as_of)}"
    result = " ".join((test.result or "").split())
    if not result:
        return gettext("%(test)s, result not noted") % {"test": f"{label}{when}"}
    return f"{label}{when}: “{cut(result, RESULT_ROOM, LINE_SIZE)}”"
