"""Lists of the second page: signs, places, medicines, history and own words, as room allows.

Each list is made for a height in mm and counts what it does not hold. Lengths are those of
static/print/profile.css.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from diary.records import TestDone
from diary.vocabulary import Answer, Test
from triage.profile.history import MedicineRow, Sign, sign_of
from triage.profile.history_panel import (
    all_tests,
    dated,
    family_conditions,
    own_conditions,
    suspected_note,
)
from triage.profile.options import ProfileOptions
from triage.profile.places_panel import (
    PlaceLine,
    of_known_days,
    place_line,
    recalled_from_start,
    recalled_note,
)
from triage.profile.sign_words import first_to_name, short_sign
from triage.profile.signs_panel import all_named
from triage.profile.text_widths import cut, cut_inside, lines_needed, list_that_fits, text_width
from triage.profile.wording import brief_date, sign_began, sign_words
from triage.questions import answers_by_symptom
from triage.summary import Summary
from triage.wording import sentence_start, short_date

HEAD, COLUMN_HEADS, LINE, ROW_EXTRA = 5.8, 4.1, 3.96, 0.3
"""Height of a panel's head, of the heads of columns, of a line, and what a row takes beside it."""
ROW = LINE + ROW_EXTRA
HAIR = 0.01
"""What sums of these may be off by."""
SIZE = 8.5
SIGN_ROOM, GROUP_ROOM, PLACE_ROOM, TEXT_ROOM = 47.0, 89.0, 34.5, 69.0
MEDICINE_ROOM, DATE_COLUMN = 56.3, 16.6
DOSE_SHARE = 0.45
"""Part of the room that a long dose may take from a long name."""
MARKED_KEPT = 3
LINES_EACH = 8


@dataclass(frozen=True, slots=True)
class SignLine:
    """A sign that was ticked: since when, and whether it still is."""

    name: str
    when: str
    now: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with what it is."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class SignList:
    """Every yes with its dates, the other signs by their answer; `whole`: nothing is missing."""

    yes: tuple[SignLine, ...]
    groups: tuple[Labelled, ...]
    more: str
    whole: bool
    height: float


@dataclass(frozen=True, slots=True)
class PlaceDetail:
    """A place with its days and episodes."""

    line: PlaceLine
    episodes: str


@dataclass(frozen=True, slots=True)
class PlaceList:
    """Places in the order of page 1."""

    head: str
    rows: tuple[PlaceDetail, ...]
    footnote: str
    more: str
    height: float


@dataclass(frozen=True, slots=True)
class MedicineDates:
    """A medicine with its dates, a dash where none is noted; `bold` names the date that counts."""

    name: str
    dose: str
    started: str
    changed: str
    stopped: str
    bold: str


@dataclass(frozen=True, slots=True)
class MedicineList:
    """Medicines in the order of page 1, and marked dates, latest first.

    `changed`: whether any of them was changed, which takes a column.
    """

    changed: bool
    medicines: tuple[MedicineDates, ...]
    marked: tuple[Labelled, ...]
    more: str
    footnote: str
    more_marked: str
    left_out: bool
    height: float


@dataclass(frozen=True, slots=True)
class TextList:
    """Texts with their labels; `whole`: those that must stand here all do."""

    rows: tuple[Labelled, ...]
    more: str
    whole: bool
    height: float


def counted_rest(count: int) -> str:
    """What stands on neither page: "3 more in the diary"."""
    words = ngettext("%(count)s more in the diary", "%(count)s more in the diary", count)
    return words % {"count": count} if count > 0 else ""


def _row_height(lines: float) -> float:
    return lines * LINE + ROW_EXTRA


def _lines_in(height: float) -> int:
    return max(0, int((height - ROW_EXTRA + HAIR) // LINE))


def _rows_in(height: float) -> int:
    return max(0, int((height + HAIR) // ROW))


# Signs


def sign_list(summary: Summary, options: ProfileOptions, room: float) -> SignList:
    """Every sign that was ticked first; the others keep a line each at least."""
    asked = {
        code: sign_of(given)
        for code, given in answers_by_symptom(summary.record.symptom_answers).items()
    }
    signs = summary.signs
    in_rows = [asked[code] for row in signs.lost_function for code in row.asked]
    yes = [*(one for one in in_rows if one.answer == Answer.YES), *signs.yes]
    groups = _sign_groups(summary, options, in_rows, any_yes=bool(yes))
    size = SIZE * options.type_scale
    kept = _row_height(1) * len(groups)
    left = room - HEAD - (COLUMN_HEADS if yes else 0)
    shown: list[SignLine] = []
    for sign in yes:
        line = _sign_line(sign, summary.as_of)
        height = _row_height(lines_needed(line.name, SIGN_ROOM, size, bold=True))
        if height > left - kept + HAIR:
            break
        shown.append(line)
        left -= height
    named, whole = [], len(shown) == len(yes)
    for label, words in groups:
        kept -= _row_height(1)
        text, rest = _group_in(label, words, left - kept, size)
        left -= _row_height(lines_needed(f"{label} {text}", GROUP_ROOM, size))
        named.append(Labelled(label, text))
        whole = whole and not rest
    return SignList(
        yes=tuple(shown),
        groups=tuple(named),
        more=counted_rest(len(yes) - len(shown)),
        whole=whole,
        height=room - left,
    )


def _sign_groups(
    summary: Summary, options: ProfileOptions, in_rows: Sequence[Sign], *, any_yes: bool
) -> list[tuple[str, list[str]]]:
    """Names of the signs by answer; those not asked only where page 1 does not name them all."""
    signs = summary.signs
    unsure = [*(one for one in in_rows if one.answer == Answer.UNSURE), *signs.unsure]
    found = {
        gettext("Not sure"): [one.symptom for one in unsure],
        gettext("Not asked"): () if all_named(signs.not_asked, options) else signs.not_asked,
        gettext("No"): [one.symptom for one in signs.no],
    }
    groups = [
        (label, [short_sign(code) for code in first_to_name(codes)])
        for label, codes in found.items()
        if codes
    ]
    if summary.record.symptom_answers and not any_yes:
        groups.insert(0, (gettext("Yes"), [gettext("none")]))
    return groups


def _sign_line(sign: Sign, as_of: date) -> SignLine:
    return SignLine(
        name=sentence_start(sign_words(sign)),
        when=sign_began(sign, as_of),
        now=gettext("still") if sign.current else gettext("over"),
    )


def _group_in(label: str, words: Sequence[str], height: float, size: float) -> tuple[str, str]:
    """Signs of one answer behind its label as the height allows, and what counts the rest."""
    lines = max(1, _lines_in(height))
    named, rest = list_that_fits(
        words, GROUP_ROOM, size, more=_and_more, lines=lines, tail=f"{label} "
    )
    return sentence_start("; ".join(filter(None, (named, rest)))), rest


def _and_more(count: int) -> str:
    words = ngettext("and %(count)s more", "and %(count)s more", count)
    return words % {"count": count}


# Places


def place_list(summary: Summary, options: ProfileOptions, room: float) -> PlaceList:
    """Every place with days, episodes, first and last."""
    star = recalled_from_start(summary)
    heads = HEAD + COLUMN_HEADS + (LINE if star else 0)
    shown = summary.places[: _rows_in(room - heads)]
    return PlaceList(
        head=of_known_days(summary),
        rows=tuple(
            PlaceDetail(
                place_line(row, summary, star, PLACE_ROOM / options.type_scale, SIZE),
                str(row.count.episodes),
            )
            for row in shown
        ),
        footnote=recalled_note(summary) if star else "",
        more=counted_rest(len(summary.places) - len(shown)),
        height=heads + len(shown) * ROW,
    )


# Medicines and marked dates


def medicine_list(summary: Summary, options: ProfileOptions, room: float) -> MedicineList:
    """Medicines in two lines each while all find room, else in one; then marked dates."""
    if not options.medicines:
        return MedicineList(False, (), (), "", "", "", left_out=True, height=HEAD + LINE)
    events = sorted(summary.record.events, key=lambda it: it.date, reverse=True)
    rows, size = summary.medicine_rows, SIZE * options.type_scale
    suspected = any(row.medicine.suspected for row in rows)
    heads = HEAD + COLUMN_HEADS + (LINE if suspected else 0) + (COLUMN_HEADS if events else 0)
    left = room - heads
    for_medicines = left - min(len(events), MARKED_KEPT, _rows_in(left) // 3) * ROW
    fitting = rows[: _rows_in(for_medicines)]
    changed = any(row.medicine.changed_on for row in fitting)
    name_room = MEDICINE_ROOM - (DATE_COLUMN if changed else 0)
    medicines = [_medicine_dates(row, summary.as_of, name_room, size, 2) for row in fitting]
    needed = sum(height for _, height in medicines)
    if len(fitting) < len(rows) or needed > for_medicines + HAIR:
        medicines = [_medicine_dates(row, summary.as_of, name_room, size, 1) for row in fitting]
        needed = len(medicines) * ROW
    needed = needed or LINE
    marked = events[: _rows_in(left - needed)]
    return MedicineList(
        changed=changed,
        medicines=tuple(found for found, _ in medicines),
        marked=tuple(
            Labelled(
                short_date(it.date, summary.as_of),
                cut(" ".join(it.label.split()), TEXT_ROOM, size),
            )
            for it in marked
        ),
        more=counted_rest(len(rows) - len(medicines)),
        footnote=suspected_note() if suspected else "",
        more_marked=counted_rest(len(events) - len(marked)),
        left_out=False,
        height=heads + needed + len(marked) * ROW,
    )


def _medicine_dates(
    row: MedicineRow, as_of: date, room: float, size: float, lines: int
) -> tuple[MedicineDates, float]:
    """A medicine in so many lines at most, and its height."""
    taken, strong = row.medicine, row.close_before_onset
    star = "*" if taken.suspected else ""
    whole = star + " ".join(taken.name.split()), " ".join((taken.dose or "").split())
    (name, dose), kept = whole, room * lines
    while lines_needed(f"{name} {dose}", room, size, bold=strong) > lines:
        name, dose = _name_and_dose(*whole, kept, size, bold=strong)
        kept *= 0.95
    needed = lines_needed(f"{name} {dose}", room, size, bold=strong)
    found = MedicineDates(
        name=name,
        dose=dose,
        started=_started(taken.started_on, as_of),
        changed=_brief(taken.changed_on, as_of),
        stopped=_brief(taken.stopped_on, as_of),
        bold=row.step if strong else "",
    )
    return found, _row_height(needed)


def _name_and_dose(
    name: str, dose: str, room: float, size: float, *, bold: bool
) -> tuple[str, str]:
    """Both cut so that medicines with long names can still be told apart."""
    room -= text_width(" ", size)
    for_dose = min(text_width(dose, size), room * DOSE_SHARE)
    name = cut_inside(name, room - for_dose, size, bold=bold)
    return name, cut(dose, room - text_width(name, size, bold=bold), size)


def _started(day: date | None, as_of: date) -> str:
    """The first of January stands for a year known alone."""
    known_alone = day is not None and (day.month, day.day) == (1, 1)
    return dated(day) if day is not None and known_alone else _brief(day, as_of)


def _brief(day: date | None, as_of: date) -> str:
    return "–" if day is None else brief_date(day, as_of)


# History and tests


def history_list(summary: Summary, options: ProfileOptions, room: float) -> TextList:
    """Tests with their results, latest first, then conditions and family."""
    if not options.medicines:
        return TextList((), "", whole=False, height=HEAD + LINE)
    found = list(_history(summary))
    return _texts_in(found, len(found), options, room)


def _history(summary: Summary) -> Iterator[Labelled]:
    for test in all_tests(summary):
        when = gettext("no date") if test.date is None else short_date(test.date, summary.as_of)
        yield Labelled(when, _test_words(test))
    person = summary.record.person
    if conditions := own_conditions(person):
        yield Labelled(gettext("Conditions"), "; ".join(conditions))
    if family := family_conditions(person):
        yield Labelled(gettext("Family"), "; ".join(family))


def _test_words(test: TestDone) -> str:
    label = str(Test(test.test).label) if test.test else gettext("Test")
    label = sentence_start(label.rpartition(": ")[2])
    result = " ".join((test.result or "").split())
    if not result:
        return gettext("%(test)s, result not noted") % {"test": label}
    return f"{label}: “{result}”"


# Own words


def word_list(
    summary: Summary, questions: Sequence[str], options: ProfileOptions, room: float
) -> TextList:
    """Worry and questions, all of them before any is long, then the latest notes."""
    own = list(_own_words(summary, questions))
    notes = [Labelled(short_date(day, summary.as_of), note) for day, note in _notes(summary)]
    return _texts_in([*own, *notes], len(own), options, room)


def least_words(summary: Summary, questions: Sequence[str]) -> float:
    """The height that worry and questions need with one line for each."""
    return HEAD + max(LINE, len(list(_own_words(summary, questions))) * ROW)


def _own_words(summary: Summary, questions: Sequence[str]) -> Iterator[Labelled]:
    worry = " ".join((summary.record.person.worry or "").split())
    if worry:
        yield Labelled(gettext("Worry"), worry)
    for number, question in enumerate(questions, start=1):
        yield Labelled(gettext("Question %(number)s") % {"number": number}, question)


def _notes(summary: Summary) -> list[tuple[date, str]]:
    """Notes of days and episodes of the period, the latest first."""
    window = summary.window
    noted = [(day.date, day.note) for day in window.days if day.note]
    noted += [(found.local_date, found.note) for found in window.episodes if found.note]
    noted.sort(key=lambda it: it[0], reverse=True)
    return [(day, " ".join(note.split())) for day, note in noted]


def _texts_in(
    items: Sequence[Labelled], first: int, options: ProfileOptions, room: float
) -> TextList:
    """As many texts as the height holds; the first ones are kept shorter until all have room."""
    size, used = SIZE * options.type_scale, HEAD
    shown: list[Labelled] = []
    for lines in range(LINES_EACH, 0, -1):
        shown, used = [], HEAD
        for item in items:
            text = _in_lines(item.text, lines, size)
            height = _row_height(lines_needed(text, TEXT_ROOM, size))
            if used + height > room + HAIR:
                break
            shown.append(Labelled(item.label, text))
            used += height
        if len(shown) >= first:
            break
    rest = counted_rest(len(items) - len(shown))
    height = used if shown else HEAD + LINE
    return TextList(tuple(shown), rest, whole=len(shown) >= first, height=height)


def _in_lines(text: str, lines: int, size: float) -> str:
    """The text, or as much of it as so many lines hold; breaks at words waste up to a tenth."""
    if lines_needed(text, TEXT_ROOM, size) <= lines:
        return text
    shorter = cut(text, TEXT_ROOM * lines * 0.9, size)
    while lines_needed(shorter, TEXT_ROOM, size) > lines and len(shorter) > 2:
        shorter = cut(shorter, text_width(shorter, size) * 0.9, size)
    return shorter
