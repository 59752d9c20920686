"""Input about the person, and about how they want the diary to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diary import limits
from diary.countries import country_names
from diary.forms.fields import FOUR_DIGITS, CodeField, NumberField, WholeField, WordsField
from diary.forms.widgets import Chips, LongSelect, Ticks
from diary.local_days import known_zones
from diary.preferences import settings_of
from diary.records import OwnDrink, PersonRecord
from diary.vocabulary import Factor, Paper, Sex

FURTHER_FACTORS = {
    Factor.EXERCISE: _("Exercise, in minutes"),
    Factor.ALCOHOL: _("Alcohol, in drinks"),
    Factor.NICOTINE: _("Nicotine, yes or no"),
    Factor.HYDRATION: _("All drinks together, in ml"),
}
MOST_FURTHER = 3
"""Further factors of the check-in at once: each one more makes it longer, and links harder."""
BLANK_DRINKS = 2
ZONE_AREAS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe",
    "Indian", "Pacific",
)  # fmt: skip
YES_NO = (("yes", _("Yes")), ("no", _("No")))
NOT_SAID = _("Not said")


class AboutForm(forms.Form):
    """A page about the person: what is shown, and what changes."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def initial_of(cls, record: PersonRecord, version: int) -> dict[str, Any]:
        """What the form shows of a record."""
        names = (name for name in cls.base_fields if name != "version")
        return {name: shown(getattr(record, name)) for name in names} | {"version": version}

    def changes(self) -> dict[str, Any]:
        """Fields of the record that the form sets; empty means not said."""
        return {name: said(value) for name, value in self.cleaned_data.items() if name != "version"}


def shown(value: Any) -> Any:
    """A yes or no as the code of its answer; anything else as it is."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def said(value: Any) -> Any:
    """The answer as it is kept: True, False or the value, and None for nothing."""
    return {"yes": True, "no": False, "": None}.get(value, value)


class NameForm(AboutForm):
    """What the sheet is headed with."""

    name = WordsField(length=limits.NAME, label=_("Name"))
    birth_year = WholeField(
        limits.BIRTH_YEAR,
        label=_("Year of birth"),
        help_text=_("For example 1978"),
        sentence=FOUR_DIGITS,
    )

    def clean_birth_year(self) -> int | None:
        """A year that has come."""
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and year > timezone.now().year:
            raise ValidationError(
                gettext("Write a year from %(first)s to %(last)s, or leave it empty.")
                % {"first": limits.BIRTH_YEAR.low, "last": timezone.now().year}
            )
        return year


class BodyForm(AboutForm):
    """What some limits depend on, such as that of caffeine."""

    sex = CodeField(
        [(code, capfirst(label)) for code, label in Sex.choices()],
        unset=NOT_SAID,
        label=_("Sex"),
        widget=Chips(attrs={"pairs": 1}),
    )
    pregnant = CodeField(YES_NO, unset=NOT_SAID, label=_("Pregnant"), widget=Chips)
    breastfeeding = CodeField(YES_NO, unset=NOT_SAID, label=_("Breastfeeding"), widget=Chips)
    weight_kg = NumberField(limits.WEIGHT_KG, label=_("Weight, kg"))


class PlaceForm(AboutForm):
    """Where the person lives: emergency number, clock and paper."""

    country = CodeField((), unset=NOT_SAID, label=_("Country"), widget=LongSelect)
    time_zone = CodeField(
        (),
        unset=NOT_SAID,
        label=_("Time zone"),
        widget=LongSelect,
        help_text=_("Used when the browser does not say where you are"),
    )
    paper = CodeField(Paper.choices(), unset=NOT_SAID, label=_("Paper"), widget=Chips)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kept = self.initial.get("time_zone") or ""
        zones = zone_names() if kept in ("", *zone_names()) else [kept, *zone_names()]
        self._offer("country", country_names().items())
        self._offer("time_zone", ((zone, zone.replace("_", " ")) for zone in zones))

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", NOT_SAID), *choices]


def zone_names() -> list[str]:
    """Time zones named after a place, in order."""
    return [zone for zone in sorted(known_zones()) if zone.partition("/")[0] in ZONE_AREAS]


class CheckInSettingsForm(forms.Form):
    """Which questions the check-in asks, and drinks of the person's own."""

    factors = forms.MultipleChoiceField(
        choices=[(factor.value, label) for factor, label in FURTHER_FACTORS.items()],
        required=False,
        label=_("Further questions"),
        help_text=_("Sleep, caffeine and stress are always asked. Up to three more."),
        widget=Ticks,
        error_messages={"invalid_choice": _("Choose from the questions shown.")},
    )
    summary_mode = forms.BooleanField(
        required=False,
        label=_("Sum up the day instead of logging single twitches"),
        help_text=_("The check-in asks for none, a few or many. Single twitches stay possible."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, record: PersonRecord, **options: Any) -> None:
        self.record = record
        super().__init__(*args, **options)
        sent = sum(name.startswith("label_") for name in self.data)
        rows = max(len(record.own_drinks or ()) + BLANK_DRINKS, sent)
        self.rows = min(rows, limits.OWN_DRINKS_LISTED)
        for row in range(self.rows):
            number = {"number": row + 1}
            self.fields[f"label_{row}"] = WordsField(
                length=limits.LABEL, label=_("Drink %(number)s") % number
            )
            self.fields[f"mg_{row}"] = WholeField(
                limits.CAFFEINE_MG, label=_("mg of caffeine, drink %(number)s") % number
            )

    @staticmethod
    def initial_of(record: PersonRecord, version: int) -> dict[str, Any]:
        """What the form shows of a record."""
        preferred = settings_of(record)
        found: dict[str, Any] = {
            "factors": list(preferred.factors or ()),
            "summary_mode": bool(preferred.summary_mode),
            "version": version,
        }
        for row, drink in enumerate(record.own_drinks or ()):
            found |= {f"label_{row}": drink.label, f"mg_{row}": drink.mg}
        return found

    @property
    def drink_rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Name and caffeine of each own drink, and of two empty rows."""
        return ((self[f"label_{row}"], self[f"mg_{row}"]) for row in range(self.rows))

    def clean_factors(self) -> list[str]:
        """At most three further questions."""
        chosen: list[str] = self.cleaned_data["factors"]
        if len(chosen) > MOST_FURTHER:
            raise ValidationError(
                gettext("Choose at most three, so that the check-in stays short.")
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        """A drink with caffeine needs a name; a row without a name is taken out."""
        found: dict[str, Any] = super().clean() or {}
        for row in range(self.rows):
            if found.get(f"mg_{row}") is not None and not found.get(f"label_{row}"):
                self.add_error(f"label_{row}", gettext("Write what the drink is called."))
        return found

    def changes(self) -> dict[str, Any]:
        """Fields of the record and of its settings that the form sets."""
        found = self.cleaned_data
        further = {factor.value for factor in FURTHER_FACTORS}
        kept = [code for code in settings_of(self.record).factors or () if code not in further]
        return {
            "factors": (*kept, *found["factors"]),
            "summary_mode": found["summary_mode"],
            "own_drinks": self._drinks() or None,
        }

    def _drinks(self) -> tuple[OwnDrink, ...]:
        found = self.cleaned_data
        rows = ((found[f"label_{row}"], found[f"mg_{row}"]) for row in range(self.rows))
        return tuple(OwnDrink(label, mg) for label, mg in rows if label)
