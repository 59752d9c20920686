"""The drinks of a day: which, how many, how strong, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diary.forms.days import DrinksForm, OfferedDrink
from diary.http import DiaryRequest
from diary.queries import day_of
from diary.records import DrinkRecord
from diary.views.check_in import address_of, store, within_the_diary
from diary.vocabulary import DRINK_SERVINGS, Drink


@require_http_methods(["GET", "HEAD", "POST"])
def drinks(request: DiaryRequest, day: date) -> HttpResponse:
    """Which drinks, how many, how strong, and when."""
    within_the_diary(request, day)
    record = day_of(request.user, day)
    offered = offered_drinks(request.user.own_drinks or [], record.drinks or ())
    if request.method == "POST":
        form = DrinksForm(request.POST, offered=offered)
        if form.is_valid():
            store(request, day, form.changes())
            return redirect(address_of(request, day))
    else:
        form = DrinksForm(initial=drinks_initial(offered), offered=offered)
    context = {"form": form, "date": day, "address": address_of(request, day)}
    return render(request, "diary/drinks.html", context, status=422 if form.errors else 200)


def offered_drinks(own: list[dict[str, Any]], taken: Iterable[DrinkRecord]) -> list[OfferedDrink]:
    """The drinks of the day, each with its time; then every drink to add, the person's own last."""
    had = [had_drink(number, one) for number, one in enumerate(taken)]
    listed = [
        OfferedDrink(
            drink.value,
            drink.value,
            str(drink.label),
            serving.mg,
            f"{serving.size} {serving.size_unit}" if serving.size else "",
        )
        for drink, serving in DRINK_SERVINGS.items()
    ]
    labels = {row["label"]: int(row.get("mg") or 0) for row in own if row.get("label")}
    return [
        *had,
        *listed,
        *(
            OfferedDrink(f"own{number}", Drink.OWN.value, label, mg, "", label)
            for number, (label, mg) in enumerate(labels.items())
        ),
    ]


def had_drink(number: int, drink: DrinkRecord) -> OfferedDrink:
    """A drink that the day holds already, to change or to take out."""
    code = drink.drink or Drink.OWN.value
    label = drink.label or str(Drink(code).label)
    mg = round((drink.mg or 0) / (drink.servings or 1))
    return OfferedDrink(f"had{number}", code, label, mg, "", drink.label, drink)


def drinks_initial(offered: Iterable[OfferedDrink]) -> dict[str, Any]:
    """What the page of drinks shows of a day."""
    initial: dict[str, Any] = {}
    for one in offered:
        initial[f"mg_{one.key}"] = one.mg
        if one.had is not None:
            initial[f"servings_{one.key}"] = one.had.servings or 1
            initial[f"at_{one.key}"] = one.had.at
    return initial
