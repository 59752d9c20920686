"""Input about appointments: when and with whom, questions in order, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diary import limits
from diary.forms.fields import CodeField, DateField, WordsField
from diary.models import Visit
from diary.records import TestDone
from diary.vocabulary import Test

Date = date  # inside the form of an appointment the name `date` is a field

LEAST_LINES = 3
"""Lines for questions that a page shows at least; so many are printed."""


YEARS_BACK, YEARS_AHEAD = 20, 5
"""Years around today in which an appointment is believed; a file may hold any."""


class VisitForm(forms.Form):
    """An appointment: with whom and when, as far as it is known; a new one needs one of them."""

    clinician = WordsField(
        length=limits.NAME, label=_("With whom"), help_text=_("A name, or “my GP”")
    )
    date = DateField(label=_("Date"), help_text=_("Leave empty until you have one"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, today: Date, new: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.new = today, new

    def clean_date(self) -> Date | None:
        """A year near enough to be meant; a date that stays as it is stays."""
        day: Date | None = self.cleaned_data["date"]
        low, high = self.today.year - YEARS_BACK, self.today.year + YEARS_AHEAD
        if day is not None and "date" in self.changed_data and not low <= day.year <= high:
            raise forms.ValidationError(
                gettext("Write a date from %(low)s to %(high)s.") % {"low": low, "high": high}
            )
        return day

    def clean(self) -> dict[str, Any]:
        """A new appointment says when it is or with whom."""
        found: dict[str, Any] = super().clean() or {}
        if self.new and not self.errors and not found["clinician"] and found["date"] is None:
            self.add_error("clinician", gettext("Write a name or a date."))
        return found

    @staticmethod
    def initial_of(row: Visit) -> dict[str, Any]:
        """What the form shows of an appointment."""
        return {"clinician": row.clinician, "date": row.date, "version": row.version}

    def columns(self) -> dict[str, Any]:
        """The columns to change."""
        return {name: self.cleaned_data[name] for name in ("clinician", "date")}


class QuestionsForm(forms.Form):
    """Questions in their order, one a line; empty lines are left out."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kept: tuple[str, ...] = (), **options: Any) -> None:
        initial: dict[str, Any] = {
            f"question_{number}": text for number, text in enumerate(kept, 1)
        }
        options["initial"] = initial | (options.get("initial") or {})
        super().__init__(*args, **options)
        sent = sum(name.startswith("question_") for name in self.data)
        lines = min(max(LEAST_LINES, len(kept) + 1, sent), limits.QUESTIONS_A_VISIT)
        self.names = [f"question_{number}" for number in range(1, lines + 1)]
        for number, name in enumerate(self.names, 1):
            self.fields[name] = WordsField(
                length=limits.QUESTION, label=_("Question %(number)s") % {"number": number}
            )

    @property
    def lines(self) -> list[forms.BoundField]:
        """The lines in their order."""
        return [self[name] for name in self.names]

    def questions(self) -> tuple[str, ...]:
        """The questions that were written."""
        return tuple(filter(None, (self.cleaned_data[name] for name in self.names)))


class AfterwardsForm(forms.Form):
    """After an appointment: what was said, and a test that was ordered."""

    notes = WordsField(
        length=limits.VISIT_NOTES,
        lines=True,
        label=_("What was said"),
        help_text=_("Your own words; nobody else sees them"),
    )
    test = CodeField(Test.choices(), unset=_("No test to add"), label=_("Test ordered"))
    test_date = DateField(label=_("Its date"), help_text=_("Leave empty if you have none yet"))
    result = WordsField(length=limits.RESULT, label=_("Result"), help_text=_("When you have it"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """A date or result needs its test."""
        found: dict[str, Any] = super().clean() or {}
        if not found.get("test") and (found.get("test_date") or found.get("result")):
            self.add_error("test", gettext("Choose which test it was."))
        return found

    def test_ordered(self) -> TestDone | None:
        """The test to add."""
        found = self.cleaned_data
        if not found["test"]:
            return None
        day: date | None = found["test_date"]
        return TestDone(found["test"], day, found["result"] or None)
