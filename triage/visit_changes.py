"""What is new since the sheet that went along to an appointment, and tests in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext

from diary.place_names import place_words
from diary.records import TestDone
from diary.vocabulary import AssociatedSymptom, Test
from triage.questions import Frequency
from triage.summary import Summary
from triage.wording import of_days, short_date


def changes_since_sheet(summary: Summary, frozen: Mapping[str, Any]) -> list[str]:
    """Places, signs and medicines that the kept sheet does not have, and how often then and now.

    A kept sheet may come from a file; whatever cannot be read in it counts as not there.
    """
    answers, made = frozen.get("answers"), day_of_sheet(frozen)
    then = answers if isinstance(answers, Mapping) else {}
    lines = [
        gettext("New place: %(place)s, first on %(date)s")
        % {
            "place": place_words(*row.count.place),
            "date": short_date(row.first_ever, summary.as_of),
        }
        for row in summary.places
        if row.count.place not in _places(then) and (made is None or row.first_ever > made)
    ]
    lines += [
        gettext("New sign: %(sign)s") % {"sign": _lower(str(AssociatedSymptom(code).label))}
        for code in _present(summary)
        if code not in _present_then(then)
    ]
    known = {entry.get("name") for entry in _entries(then.get("medicines"))}
    lines += [
        gettext("Medicine: %(name)s") % {"name": row.name}
        for row in summary.answers.medicines
        if row.name not in known
    ]
    often = _often(then.get("frequency"), summary.answers.frequency)
    return [*lines, *often]


def day_of_sheet(frozen: Mapping[str, Any]) -> date | None:
    """The day of a kept sheet; one from a file may not tell it."""
    try:
        return date.fromisoformat(str(frozen.get("as_of")))
    except ValueError:
        return None


def _entries(value: Any) -> list[Mapping[str, Any]]:
    return (
        [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []
    )


def _places(then: Mapping[str, Any]) -> set[tuple[str | None, str | None]]:
    return {(entry.get("site"), entry.get("side")) for entry in _entries(then.get("sites"))}


def _present(summary: Summary) -> list[str]:
    return [sign.symptom for sign in summary.answers.associated_symptoms.yes if sign.current]


def _present_then(then: Mapping[str, Any]) -> set[str]:
    symptoms = then.get("associated_symptoms")
    yes = symptoms.get("yes") if isinstance(symptoms, Mapping) else None
    return {str(entry.get("symptom")) for entry in _entries(yes) if entry.get("current")}


def _often(then: Any, now: Frequency) -> list[str]:
    if not isinstance(then, Mapping):
        return []
    with_then, of_then = then.get("days_with"), then.get("days_checked_in")
    if not (isinstance(with_then, int) and isinstance(of_then, int) and of_then):
        return []
    if (with_then, of_then) == (now.days_with, now.days_checked_in):
        return []
    return [
        gettext("Twitches then on %(then)s checked in, now on %(now)s")
        % {
            "then": of_days(with_then, of_then),
            "now": of_days(now.days_with, now.days_checked_in),
        }
    ]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def test_words(test: TestDone, as_of: date) -> str:
    """A test in words: "Blood test: thyroid, 12 May, in range, as told"."""
    name = str(Test(test.test).label) if test.test in Test.codes() else gettext("A test")
    day = None if test.date is None else short_date(test.date, as_of)
    return ", ".join(filter(None, (name, day, test.result)))
