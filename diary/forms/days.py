"""Input about a day: one answer of the check-in in a tap, and exact figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diary import limits
from diary.forms.factors import value_bounds
from diary.forms.fields import CodeField, NumberField, PlaceField, WholeField, WordsField
from diary.own_factors import answered
from diary.records import (
    DayRecord,
    DrinkRecord,
    Instant,
    OwnFactorRecord,
    Place,
    place_order,
)
from diary.vocabulary import (
    DRINK_SERVINGS,
    ClosedAs,
    DaySummary,
    Drink,
    ExerciseRegion,
    OwnFactorKind,
)

SLEEP_CHOICES = (
    ("270", _("under 5")),
    ("300", "5"),
    ("360", "6"),
    ("420", "7"),
    ("480", "8"),
    ("570", "9+"),
)
"""Minutes that a tap on hours of sleep stands for (design, stress and sleep buttons)."""

STRESS_CHOICES = (
    ("0", _("None")),
    ("2", _("A little")),
    ("5", _("Some")),
    ("7", _("A lot")),
    ("10", _("Extreme")),
)
CUPS = ("0", "1", "2", "3", "4", "5")
CUP = Drink.FILTER_COFFEE

CLOSINGS = {
    "none": {"closed_as": ClosedAs.NONE, "summary": ""},
    "complete": {"closed_as": ClosedAs.COMPLETE, "summary": ""},
    "constant": {"closed_as": ClosedAs.CONSTANT, "summary": ""},
    "a_few": {"closed_as": "", "summary": DaySummary.A_FEW},
    "many": {"closed_as": "", "summary": DaySummary.MANY},
    "open": {"closed_as": "", "summary": ""},
}
"""What each way of closing a day writes; `open` takes the closing back."""

WITHOUT_TWITCHES = ("none", "a_few", "many")
"""Ways of closing that sum up a day on which no single twitch was logged."""

WITH_PLACES = ("constant", "a_few", "many")
"""Ways of closing after which the places of the day can be named."""


@dataclass(frozen=True, slots=True)
class DayChanges:
    """Columns of a day to change, and its drinks where those change (None: they stay).

    A function stands for a change of what the column holds (`diary.entries.change_day`).
    """

    columns: dict[str, Any]
    drinks: tuple[DrinkRecord, ...] | None = None
    drinks_unset: bool = False


YES_NO = [("yes", _("Yes")), ("no", _("No"))]
CLEAR = "clear"
_NUMBERS = ("sleep_min", "stress", "alcohol_drinks", "exercise_min", "drinks_ml")


class CheckInForm(forms.Form):
    """One tap of the check-in; a field that was not sent stays as it is."""

    sleep_min = WholeField(limits.SLEEP_MIN)
    stress = WholeField(limits.STRESS)
    cups = CodeField((cups, cups) for cups in CUPS)
    closing = CodeField((code, code) for code in CLOSINGS)
    site = PlaceField(required=False)
    without_site = PlaceField(required=False)
    nicotine = CodeField(YES_NO)
    alcohol_drinks = WholeField(limits.ALCOHOL_DRINKS)
    exercise_min = WholeField(limits.EXERCISE_MIN)
    drinks_ml = WholeField(limits.DRINKS_ML)
    clear = CodeField((name, name) for name in (*_NUMBERS, "caffeine", "nicotine"))

    def __init__(
        self, *args: Any, day: DayRecord, own: Iterable[OwnFactorRecord] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.day = day
        self.own = tuple(own)
        for factor in self.own:
            self.fields[own_field(factor)] = (
                CodeField([*YES_NO, (CLEAR, "")], label=factor.label)
                if factor.kind == OwnFactorKind.YES_NO
                else NumberField(value_bounds(factor), label=factor.label)
            )

    def clean_closing(self) -> str:
        """A day with twitches is not a day without; a day without has none to be complete with."""
        closing: str = self.cleaned_data["closing"]
        if closing in WITHOUT_TWITCHES and self.day.totals.episodes:
            raise forms.ValidationError(
                _("Twitches are logged on this day. Close it with “That was all”.")
            )
        return closing

    def clean(self) -> dict[str, Any]:
        """A tap on cups takes out no other drink: a page that offers cups has shown none."""
        found: dict[str, Any] = super().clean() or {}
        cups = found.get("cups") or found.get("clear") == "caffeine"
        if cups and not said_in_cups(self.day.drinks):
            words = _("Other drinks are noted on this day. Change them with “Change drinks”.")
            self.add_error(None, words)
        return found

    def changes(self, now: Instant) -> DayChanges:
        """What the tap changes."""
        found = self.cleaned_data
        for factor in self.own:
            if own_field(factor) in self.data:
                return DayChanges({"own": answered(factor.code, self._own_value(factor))})
        if found["site"]:
            return DayChanges({"sites": with_place(found["site"])})
        if found["without_site"]:
            return DayChanges({"sites": without_place(found["without_site"])})
        if found["clear"] == "caffeine":
            return DayChanges({"caffeine_mg": None}, drinks_unset=True)
        if found["clear"]:
            return DayChanges({found["clear"]: None})
        if found["cups"]:
            return cups_of_coffee(int(found["cups"]))
        columns = {name: found[name] for name in _NUMBERS if found[name] is not None}
        if found["nicotine"]:
            columns["nicotine"] = found["nicotine"] == "yes"
        if found["closing"]:
            written = "" if found["closing"] == "open" else now.text
            columns |= CLOSINGS[found["closing"]] | {"closed_at_written": written}
            if found["closing"] not in WITH_PLACES:
                columns["sites"] = None
        return DayChanges(columns)

    def _own_value(self, factor: OwnFactorRecord) -> bool | float | None:
        """The answer about an own factor; None when it was emptied."""
        value = self.cleaned_data[own_field(factor)]
        if factor.kind == OwnFactorKind.YES_NO:
            return {"yes": True, "no": False}.get(value)
        return int(value) if value is not None and float(value).is_integer() else value


Sites = list[list[str | None]] | None
"""Places of a day as their column holds them."""


def with_place(place: Place) -> Callable[[Sites], Sites]:
    """The places of a day with this one among them; said twice it is there once."""
    return lambda sites: _in_order({*_places(sites), place})


def without_place(place: Place) -> Callable[[Sites], Sites]:
    """The places of a day without this one."""
    return lambda sites: _in_order(_places(sites) - {place})


def _places(sites: Sites) -> set[Place]:
    return {(str(site), side) for site, side in sites or ()}


def _in_order(places: set[Place]) -> Sites:
    return [list(place) for place in sorted(places, key=place_order)] or None


def own_field(factor: OwnFactorRecord) -> str:
    """The name of the input for a factor of the person's own."""
    return f"own_{factor.code}"


def said_in_cups(drinks: Iterable[DrinkRecord] | None) -> bool:
    """Whether a number of cups of filter coffee says all that the day holds: no tea, no time."""
    return all(one.drink == CUP and one.at is None for one in drinks or ())


def cups_of_coffee(cups: int) -> DayChanges:
    """The quick answer: that many filter coffees and nothing else."""
    mg = cups * DRINK_SERVINGS[CUP].mg
    drinks = (DrinkRecord(drink=CUP.value, servings=cups, mg=mg),) if cups else ()
    return DayChanges({"caffeine_mg": mg}, drinks)


class DayForm(forms.Form):
    """Exact figures of a day and a note."""

    sleep_hours = WholeField(limits.Bounds(0, 24), label=_("Hours of sleep"))
    sleep_minutes = WholeField(limits.Bounds(0, 59), label=_("and minutes of sleep"))
    caffeine_mg = WholeField(limits.CAFFEINE_MG, label=_("Caffeine, mg"))
    stress = WholeField(limits.STRESS, label=_("Stress, 0 to 10"))
    exercise_min = WholeField(limits.EXERCISE_MIN, label=_("Exercise, minutes"))
    exercise_regions = forms.MultipleChoiceField(
        choices=ExerciseRegion.choices(),
        required=False,
        label=_("What the exercise worked"),
        widget=forms.CheckboxSelectMultiple,
    )
    drinks_ml = WholeField(limits.DRINKS_ML, label=_("All drinks together, ml"))
    alcohol_drinks = WholeField(limits.ALCOHOL_DRINKS, label=_("Alcoholic drinks"))
    nicotine = CodeField(YES_NO, unset=_("Not noted"), label=_("Nicotine"))
    note = WordsField(length=limits.NOTE, lines=True, label=_("Note"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_of(day: DayRecord, version: int) -> dict[str, Any]:
        """What the form shows of a day."""
        sleep = day.sleep_min
        shown = ("caffeine_mg", "stress", "exercise_min", "drinks_ml", "alcohol_drinks", "note")
        return {name: getattr(day, name) for name in shown} | {
            "sleep_hours": None if sleep is None else sleep // 60,
            "sleep_minutes": None if sleep is None else sleep % 60,
            "exercise_regions": list(day.exercise_regions or ()),
            "nicotine": {True: "yes", False: "no", None: ""}[day.nicotine],
            "version": version,
        }

    def clean(self) -> dict[str, Any]:
        """Hours and minutes of sleep make one number within a day."""
        found: dict[str, Any] = super().clean() or {}
        hours, minutes = found.get("sleep_hours"), found.get("sleep_minutes")
        found["sleep_min"] = None
        if hours is not None or minutes is not None:
            found["sleep_min"] = (hours or 0) * 60 + (minutes or 0)
            if found["sleep_min"] > limits.SLEEP_MIN.high:
                self.add_error("sleep_hours", _("Write the sleep of one night, at most 24 hours."))
        return found

    def changes(self, day: DayRecord) -> DayChanges:
        """What the form changes of `day`; another amount of caffeine replaces its drinks."""
        found = self.cleaned_data
        columns = {name: found[name] for name in (*_NUMBERS, "caffeine_mg")} | {
            "exercise_regions": found["exercise_regions"] or None,
            "nicotine": {"yes": True, "no": False}.get(found["nicotine"]),
            "note": found["note"],
        }
        return DayChanges(columns, drinks_unset=found["caffeine_mg"] != day.caffeine_mg)
