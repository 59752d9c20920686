"""The drinks of a day: which, how many, how strong, and when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diary import entries
from diary.forms.drinks import DrinksForm
from diary.forms.versions import sent_again_over
from diary.http import DiaryRequest
from diary.models import Day
from diary.queries import day_of
from diary.records import DrinkRecord
from diary.stored import person_record
from diary.views.check_in import address_of, drink_words, store, version_of, within_the_diary


@require_http_methods(["GET", "HEAD", "POST"])
def drinks(request: DiaryRequest, day: date) -> HttpResponse:
    """Which drinks, how many, how strong, and when."""
    within_the_diary(request, day)
    if request.method != "POST":
        version = version_of(request, day)  # before the drinks: newer ones are then a conflict
        had, own = day_of(request.user, day).drinks, person_record(request.user).own_drinks
        form = DrinksForm(initial=DrinksForm.initial_of(had or (), own or (), version))
        return drinks_page(request, day, form)
    form = DrinksForm(request.POST)
    if not form.is_valid():
        return drinks_page(request, day, form, status=422)
    try:
        store(request, day, form.changes(), version=form.cleaned_data["version"] or 0)
    except entries.Conflict as conflict:
        return drinks_conflict(request, day, conflict.stored, form)
    return redirect(address_of(request, day))


def drinks_page(
    request: DiaryRequest, day: date, form: DrinksForm, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of the drinks of a day."""
    context = {"form": form, "date": day, "address": address_of(request, day), **more}
    return render(request, "diary/drinks.html", context, status=status)


def drinks_conflict(request: DiaryRequest, day: date, row: Day, form: DrinksForm) -> HttpResponse:
    """The day was changed meanwhile: both lists, and what was typed stays.

    A page on which nothing was written is done, and so is what the diary holds to the letter, as
    after a second tap.
    """
    stored, mine, columns = day_of(request.user, day), form.drinks(), form.changes().columns
    mg = columns.get("caffeine_mg")
    if not columns or (mine or None, mg) == (stored.drinks, stored.caffeine_mg):
        return redirect(address_of(request, day))
    sent_again_over(form, row.version)
    told = {
        "conflict": True,
        "stored": lines_of(stored.drinks or (), stored.caffeine_mg),
        "mine": lines_of(mine, mg),
    }
    return drinks_page(request, day, form, status=409, **told)


def lines_of(drinks: tuple[DrinkRecord, ...], mg: int | None) -> list[str]:
    """Drinks with their caffeine and time, and all caffeine together."""
    lines = [
        ", ".join(filter(None, (drink_words(one), f"{one.mg or 0} mg", one.at))) for one in drinks
    ]
    together = _("%(mg)s mg of caffeine together") % {"mg": mg}
    return lines if mg is None else [*lines, together]
