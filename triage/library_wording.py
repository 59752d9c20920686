"""What the pages of the library say beside the fixed text: places, and lines from a diary."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext, gettext_lazy

from diary.vocabulary import Factor
from triage.advice import FactorAdvice
from triage.library import Entry
from triage.wording import list_words

_NOTHING_RECORDED = {
    Factor.CAFFEINE: gettext_lazy("No day with caffeine over the usual limit is recorded."),
    Factor.SLEEP: gettext_lazy("No night under the usual target is recorded."),
    Factor.STRESS: gettext_lazy("No day with stress of 7 or more is recorded."),
    Factor.EXERCISE: gettext_lazy(
        "No hour of exercise close to a twitch of arm, leg or trunk is recorded."
    ),
    Factor.ALCOHOL: gettext_lazy("No day with alcohol over the usual limit is recorded."),
    Factor.NICOTINE: gettext_lazy("No day with nicotine is recorded."),
    Factor.HYDRATION: gettext_lazy("No day with drinks under the usual amount is recorded."),
    Factor.MEDICINE: gettext_lazy(
        "No medicine on your list is among those reported with twitching or cramps."
    ),
    Factor.HYPERVENTILATION: gettext_lazy("Fast breathing is not noted."),
}
"""Said where no day is outside the target; days that are not recorded may have been."""


def places_named(entry: Entry) -> str:
    """Where the article places it: its words where there are any, else the places by name."""
    if entry.where:
        return gettext(entry.where)
    return list_words([str(place.label) for place in entry.places])


def named_beside(entry: Entry) -> str:
    """What the article names beside the twitch, as a list in words."""
    return list_words([gettext(one) for one in entry.alongside])


def diary_lines(entry: Entry, outside: Iterable[FactorAdvice]) -> tuple[str, ...]:
    """One line for each factor of the entry, with both sides where the diary has them."""
    found = {advice.factor: advice.text for advice in outside}
    return tuple(
        found[factor] if factor in found else str(_NOTHING_RECORDED[factor])
        for factor in entry.factors
    )
