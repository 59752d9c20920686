"""Input about medicines and marked dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diary import limits
from diary.forms.fields import CodeField, DateField, WordsField
from diary.forms.signs import offer_taking_back
from diary.forms.widgets import Chips
from diary.models import Event, Medicine
from diary.records import EventRecord, MedicineRecord
from diary.vocabulary import MedicineClass


class MedicineForm(forms.Form):
    """A medicine: the name is enough, the rest when it is known."""

    name = WordsField(
        length=limits.NAME,
        required=True,
        label=_("Name"),
        help_text=_("As it stands on the packet"),
        error_messages={"required": _("Write the name of the medicine.")},
    )
    medicine_class = CodeField(
        MedicineClass.choices(),
        unset=_("Not sure"),
        label=_("What kind"),
        help_text=_("If you know it"),
    )
    dose = WordsField(
        length=limits.LABEL, label=_("Dose"), help_text=_("For example 50 mg in the morning")
    )
    started_on = DateField(
        label=_("Started"),
        help_text=_("Empty if unknown. Where you know only the year, choose its 1 January"),
    )
    changed_on = DateField(label=_("Dose last changed"))
    stopped_on = DateField(label=_("Stopped"), help_text=_("Leave empty while you take it"))
    suspected = CodeField(
        [("yes", _("Yes")), ("no", _("No"))],
        label=_("Do you suspect it has to do with the twitching?"),
        widget=Chips(),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        offer_taking_back(self, "suspected", _("Not said"))

    @staticmethod
    def initial_of(row: Medicine) -> dict[str, Any]:
        """What the form shows of a medicine."""
        plain = ("name", "medicine_class", "dose", "started_on", "changed_on", "stopped_on")
        suspected = {True: "yes", False: "no", None: ""}[row.suspected]
        shown = {name: getattr(row, name) for name in plain}
        return shown | {"suspected": suspected, "version": row.version}

    def clean(self) -> dict[str, Any]:
        """Dates in their order, and none that is still to come but the start of a planned one."""
        found: dict[str, Any] = super().clean() or {}
        started, changed = found.get("started_on"), found.get("changed_on")
        stopped = found.get("stopped_on")
        for name, day in (("changed_on", changed), ("stopped_on", stopped)):
            if day and day > self.today:
                self.add_error(name, gettext("That is still to come. Leave it empty until then."))
            elif day and started and day < started:
                self.add_error(name, gettext("This is before the start. Correct one of the two."))
        if changed and stopped and changed > stopped and "changed_on" not in self.errors:
            self.add_error("changed_on", gettext("This is after the end. Correct one of the two."))
        return found

    def record(self) -> MedicineRecord:
        """The medicine as it goes into the diary."""
        found = self.cleaned_data
        return MedicineRecord(
            name=found["name"],
            medicine_class=found["medicine_class"] or None,
            dose=found["dose"] or None,
            started_on=found["started_on"],
            changed_on=found["changed_on"],
            stopped_on=found["stopped_on"],
            suspected={"yes": True, "no": False}.get(found["suspected"]),
        )


CalendarDay = date
"""What a date is called beside a field of that name."""


class EventForm(forms.Form):
    """A date to mark, with a few words."""

    label = WordsField(
        length=limits.LABEL,
        required=True,
        label=_("What happened"),
        help_text=_("A few words, such as “stopped coffee” or “new job”"),
        error_messages={"required": _("Write a few words.")},
    )
    date = DateField(
        required=True,
        label=_("Date"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, today: CalendarDay, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_date(self) -> CalendarDay:
        """A day that has come: what is marked has happened."""
        day: CalendarDay = self.cleaned_data["date"]
        if day > self.today:
            raise forms.ValidationError(
                gettext("That is still to come. Mark it when it has happened.")
            )
        return day

    @staticmethod
    def initial_of(row: Event) -> dict[str, Any]:
        """What the form shows of a marked date."""
        return {"label": row.label, "date": row.date, "version": row.version}

    def record(self) -> EventRecord:
        """The marked date as it goes into the diary."""
        return EventRecord(date=self.cleaned_data["date"], label=self.cleaned_data["label"])
