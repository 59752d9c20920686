"""Input about the drinks of a day: which, how many, how strong, and when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from diary import limits
from diary.exchange.faults import DiaryFileFaults, Faults
from diary.exchange.shape import DRINK, OWN_DRINK
from diary.exchange.structures import ListOf
from diary.forms.days import DayChanges
from diary.forms.fields import NumberField, WholeField
from diary.records import DrinkRecord, OwnDrink
from diary.vocabulary import DRINK_SERVINGS, Drink

SHOWN = {
    "had": ListOf(DRINK, limits.DRINKS_A_DAY),
    "own": ListOf(OWN_DRINK, limits.OWN_DRINKS_LISTED),
}
"""Drinks of the day and of the person's own that a page showed, as in the diary file."""


@dataclass(frozen=True, slots=True)
class OfferedDrink:
    """A drink to choose: the mg of one serving, and a label where it is the person's own.

    `had` is the drink as the day holds it; what is left unchanged stays so to the letter.
    """

    key: str
    drink: str
    label: str
    mg: int
    size: str
    own_label: str | None = None
    had: DrinkRecord | None = None


def offered_drinks(had: Iterable[DrinkRecord], own: Iterable[OwnDrink]) -> Iterator[OfferedDrink]:
    """The drinks of the day, each with its time; then every drink to add, the person's own last."""
    for number, one in enumerate(had):
        yield _had_drink(number, one)
    for drink, serving in DRINK_SERVINGS.items():
        size = f"{serving.size} {serving.size_unit}" if serving.size else ""
        yield OfferedDrink(drink.value, drink.value, str(drink.label), serving.mg, size)
    by_label = {one.label: one.mg or 0 for one in own if one.label}
    for number, (label, mg) in enumerate(by_label.items()):
        yield OfferedDrink(f"own{number}", Drink.OWN.value, label, mg, "", label)


def _had_drink(number: int, drink: DrinkRecord) -> OfferedDrink:
    """A drink that the day holds already, to change or to take out."""
    code = drink.drink or Drink.OWN.value
    label = drink.label or str(Drink(code).label)
    mg = round((drink.mg or 0) / (drink.servings or 1))
    return OfferedDrink(f"had{number}", code, label, mg, "", drink.label, drink)


class DrinksForm(forms.Form):
    """Servings of each drink on a day, with the caffeine of one serving to change.

    The page sends along which drinks it showed, so that what was typed stays with its drink,
    whatever the diary holds by then.
    """

    had = forms.CharField(widget=forms.HiddenInput, required=False)
    own = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        shown = self.initial if data is None else self.data
        had, own = (_read(name, shown.get(name)) for name in SHOWN)
        self.readable = had is not None and own is not None
        self.offered = list(offered_drinks(had or (), own or ()))
        for one in self.offered:
            self.fields[f"servings_{one.key}"] = NumberField(limits.SERVINGS, label=one.label)
            self.fields[f"mg_{one.key}"] = WholeField(
                limits.Bounds(0, 2_000), label=_("mg in one %(drink)s") % {"drink": one.label}
            )
            self.fields[f"at_{one.key}"] = forms.TimeField(
                required=False,
                label=_("Time of %(drink)s") % {"drink": one.label},
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                error_messages={"invalid": _("Write a time such as 08:30, or leave it empty.")},
            )

    @staticmethod
    def initial_of(
        had: Iterable[DrinkRecord], own: Iterable[OwnDrink], version: int
    ) -> dict[str, Any]:
        """What the page shows of a day."""
        had, own = tuple(had), tuple(own)
        initial: dict[str, Any] = {
            "had": json.dumps(SHOWN["had"].write(had)),
            "own": json.dumps(SHOWN["own"].write(own)),
            "version": version,
        }
        for one in offered_drinks(had, own):
            initial[f"mg_{one.key}"] = one.mg
            if one.had is not None:
                initial[f"servings_{one.key}"] = one.had.servings or 1
                initial[f"at_{one.key}"] = one.had.at
        return initial

    def rows(self) -> list[tuple[OfferedDrink, Any, Any, Any]]:
        """Each drink to add with its three inputs."""
        return self._rows(had=False)

    def had_rows(self) -> list[tuple[OfferedDrink, Any, Any, Any]]:
        """Each drink that the day holds with its three inputs."""
        return self._rows(had=True)

    def _rows(self, *, had: bool) -> list[tuple[OfferedDrink, Any, Any, Any]]:
        return [
            (one, self[f"servings_{one.key}"], self[f"mg_{one.key}"], self[f"at_{one.key}"])
            for one in self.offered
            if (one.had is not None) is had
        ]

    def clean(self) -> dict[str, Any]:
        """The sum has to fit into a day."""
        found: dict[str, Any] = super().clean() or {}
        if not self.readable:
            self.add_error(None, _("Load the page again and write the drinks once more."))
        if not self.errors and sum(one.mg or 0 for one in self.drinks()) > limits.CAFFEINE_MG.high:
            self.add_error(None, _("Together that is over 20,000 mg. Check the amounts."))
        return found

    def drinks(self) -> tuple[DrinkRecord, ...]:
        """The drinks of the day."""
        return tuple(drink for one in self.offered if (drink := self._drink(one)) is not None)

    def changes(self) -> DayChanges:
        """The drinks of the day and their caffeine; without any it is not recorded, never zero."""
        chosen = self.drinks()
        if chosen:
            return DayChanges({"caffeine_mg": sum(one.mg or 0 for one in chosen)}, chosen)
        if any(one.had is not None for one in self.offered):
            return DayChanges({"caffeine_mg": None}, drinks_unset=True)
        return DayChanges({})

    def _drink(self, one: OfferedDrink) -> DrinkRecord | None:
        servings = self.cleaned_data.get(f"servings_{one.key}")
        if not servings:
            return None
        mg_each = self.cleaned_data.get(f"mg_{one.key}")
        mg_each = one.mg if mg_each is None else mg_each
        time_of_day = self.cleaned_data.get(f"at_{one.key}")
        at = None if time_of_day is None else f"{time_of_day:%H:%M}"
        if one.had is not None and (servings, mg_each) == (one.had.servings or 1, one.mg):
            return replace(one.had, at=at)
        return DrinkRecord(
            drink=one.drink,
            label=one.own_label,
            servings=int(servings) if float(servings).is_integer() else servings,
            mg=round(servings * mg_each),
            at=at,
        )


def _read(name: str, shown: str | None) -> tuple[Any, ...] | None:
    """What a page showed; None when no page can have sent it so."""
    faults = Faults()
    try:
        return SHOWN[name].read(json.loads(shown or "[]"), f"$.{name}", faults)
    except (ValueError, RecursionError, DiaryFileFaults):
        return None
