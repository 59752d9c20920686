"""What the pages of the library say beside the fixed text: places, and lines from a diary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy, ngettext

from diary.vocabulary import Drink, Factor
from triage.advice import FactorAdvice
from triage.knowledge import DrinkAmount
from triage.library import Entry
from triage.wording import list_words

_NONE_OUTSIDE = {
    Factor.CAFFEINE: gettext_lazy("Caffeine was over the usual limit on none of %(days)s."),
    Factor.SLEEP: gettext_lazy("Sleep was under the usual target on none of %(days)s."),
    Factor.STRESS: gettext_lazy("Stress was 7 or more on none of %(days)s."),
    Factor.EXERCISE: gettext_lazy(
        "An hour of exercise came close to a twitch of arm, leg or trunk on none of %(days)s."
    ),
    Factor.ALCOHOL: gettext_lazy("Alcohol was over the usual limit on none of %(days)s."),
    Factor.NICOTINE: gettext_lazy("Nicotine was used on none of %(days)s."),
    Factor.HYDRATION: gettext_lazy("Drinks were under the usual amount on none of %(days)s."),
}
_NOT_NOTED = {
    Factor.MEDICINE: gettext_lazy(
        "No medicine on your list is among those reported with twitching or cramps."
    ),
    Factor.HYPERVENTILATION: gettext_lazy("Fast breathing is not noted."),
}


@dataclass(frozen=True, slots=True)
class DrinkRow:
    """A drink with its serving, what the check-in counts for it, and how far products differ."""

    name: str
    serving: str
    amount: str
    spread: str


def drink_rows(drinks: Iterable[DrinkAmount]) -> list[DrinkRow]:
    """One row for each drink; the spread is empty where no other figure was found."""
    return [
        DrinkRow(
            name=str(Drink(drink.drink).label),
            serving=_serving_words(drink),
            amount=gettext("about %(mg)s") % {"mg": drink.serving.mg},
            spread=_spread_words(drink),
        )
        for drink in drinks
    ]


def _serving_words(drink: DrinkAmount) -> str:
    if drink.serving.size is None:
        return gettext("one")
    return f"{drink.serving.size}\N{NO-BREAK SPACE}{drink.serving.size_unit}"


def _spread_words(drink: DrinkAmount) -> str:
    if drink.low == drink.high:
        return ""
    return gettext("%(low)s to %(high)s") % {"low": drink.low, "high": drink.high}


def places_named(entry: Entry) -> str:
    """Where the article places it: its words where there are any, else the places by name."""
    if entry.where:
        return gettext(entry.where)
    return list_words([str(place.label) for place in entry.places])


def named_beside(entry: Entry) -> str:
    """What the article names beside the twitch, as a list in words."""
    return list_words([gettext(one) for one in entry.alongside])


def diary_lines(
    entry: Entry, outside: Iterable[FactorAdvice], recorded: Mapping[str, int]
) -> tuple[str, ...]:
    """One line for each factor of the entry, with both sides where the diary has them.

    `recorded`: on how many days each factor is recorded; what is not recorded is never told as
    within a target.
    """
    found = {advice.factor: advice.text for advice in outside}
    return tuple(
        found[factor] if factor in found else _within_words(Factor(factor), recorded)
        for factor in entry.factors
    )


def _within_words(factor: Factor, recorded: Mapping[str, int]) -> str:
    if factor in _NOT_NOTED:
        return str(_NOT_NOTED[factor])
    days = recorded.get(factor, 0)
    if not days:
        return gettext("%(factor)s: not noted in these weeks.") % {"factor": factor.label}
    counted = ngettext("%(count)s recorded day", "%(count)s recorded days", days)
    return _NONE_OUTSIDE[factor] % {"days": counted % {"count": days}}
