"""Fields of the diary file that must agree with each other; JSON Schema cannot say these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diary.exchange.faults import Faults
from diary.exchange.structures import child
from diary.records import DayRecord, EpisodeRecord, OwnFactorRecord, PersonRecord
from diary.vocabulary import BodySite, ClosedAs, OwnFactorKind

_SIDES = {site.value: frozenset(side.value for side in site.sides) for site in BodySite}


def check_person(person: PersonRecord, path: str, faults: Faults) -> None:
    """Nobody is born in a coming year."""
    this_year = datetime.now(UTC).year
    if person.birth_year is not None and person.birth_year > this_year:
        faults.add(
            f"{path}.birth_year",
            _("Write a year up to %(year)s.") % {"year": this_year},
        )


def check_place(site: str | None, side: str | None, path: str, faults: Faults) -> None:
    """A side belongs to a site, and only sites on the middle line take `midline`."""
    if side is None:
        return
    if site is None:
        faults.add(f"{path}.site", _("Name the site, or leave out the side."))
    elif side not in _SIDES[site]:
        faults.add(
            f"{path}.side",
            _("Use left, right or both: %(site)s has no midline.") % {"site": site},
        )


def check_episode(episode: EpisodeRecord, path: str, faults: Faults) -> None:
    """The side fits the site, and the end fits the start."""
    check_place(episode.site, episode.side, path, faults)
    if episode.ended_at is None:
        return
    if episode.running:
        faults.add(f"{path}.running", _("Write false: the episode has an end."))
    if episode.ended_at.at < episode.started_at.at:
        faults.add(f"{path}.ended_at", _("Correct the end: it lies before the start."))


def check_day(day: DayRecord, path: str, faults: Faults) -> None:
    """The drinks add up to the caffeine of the day, where all amounts are known."""
    if day.drinks is None or day.caffeine_mg is None:
        return
    amounts = [drink.mg for drink in day.drinks if drink.mg is not None]
    if len(amounts) == len(day.drinks) and sum(amounts) != day.caffeine_mg:
        faults.add(
            f"{path}.caffeine_mg",
            _("Write %(sum)s, which the drinks add up to, or correct the drinks.")
            % {"sum": sum(amounts)},
        )


def check_days(
    days: Iterable[DayRecord | None],
    episodes: Iterable[EpisodeRecord | None],
    own_factors: Iterable[OwnFactorRecord | None],
    faults: Faults,
) -> None:
    """Days agree with their episodes and with the own factors.

    All stand in the order of the file, with None for entries that have faults of their own.
    """
    episodes_on = Counter(episode.local_date for episode in episodes if episode is not None)
    kinds = {factor.code: factor.kind for factor in own_factors if factor is not None}
    for position, day in enumerate(days):
        path = f"$.days[{position}]"
        if day is None:
            continue
        if day.closed_as == ClosedAs.NONE and episodes_on[day.date]:
            _miss_no_twitches(episodes_on[day.date], path, faults)
        if day.own:
            _check_own_values(day.own, kinds, f"{path}.own", faults)


def _miss_no_twitches(episodes: int, path: str, faults: Faults) -> None:
    faults.add(
        f"{path}.closed_as",
        ngettext(
            "Write complete, or remove the %(count)s episode of that day.",
            "Write complete, or remove the %(count)s episodes of that day.",
            episodes,
        )
        % {"count": episodes},
    )


def _check_own_values(
    values: Mapping[str, bool | float], kinds: Mapping[str, str], path: str, faults: Faults
) -> None:
    """Values are of the kind their factor declares; undeclared codes may hold either."""
    for code, value in values.items():
        if kinds.get(code) == OwnFactorKind.YES_NO and not isinstance(value, bool):
            faults.add(child(path, code), _("Write true or false: this factor is a yes or no."))
        if kinds.get(code) == OwnFactorKind.NUMBER and isinstance(value, bool):
            faults.add(child(path, code), _("Write a number: this factor holds numbers."))
