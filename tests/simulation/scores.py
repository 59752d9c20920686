"""Scores of links and trend on simulated people, with Monte Carlo errors."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from tests.simulation.people import SimulatedPerson, Truth, naming
from triage.links import Link, find_links
from triage.trends import find_change, find_trend

CLAIMS = ("more", "fewer")


@dataclass
class Share:
    """How often something was so, of how many."""

    hits: int = 0
    of: int = 0

    def add(self, hit: bool) -> None:
        """Count one case."""
        self.hits += hit
        self.of += 1

    def __add__(self, other: Share) -> Share:
        return Share(self.hits + other.hits, self.of + other.of)

    @property
    def percent(self) -> float:
        """The share in percent; NaN of nothing."""
        return 100 * self.hits / self.of if self.of else math.nan

    @property
    def error(self) -> float:
        """Two Monte Carlo standard errors, in percentage points; never quite 0."""
        share = (self.hits + 1) / (self.of + 2)
        return 200 * math.sqrt(share * (1 - share) / max(1, self.of))

    def at_most(self, percent: float) -> bool:
        """Whether chance alone explains what lies above `percent` (three standard errors)."""
        return self._deviations_from(percent) <= 3

    def at_least(self, percent: float) -> bool:
        """Whether chance alone explains what lies below `percent` (three standard errors)."""
        return self._deviations_from(percent) >= -3

    def _deviations_from(self, percent: float) -> float:
        expected = percent / 100
        spread = math.sqrt(expected * (1 - expected) * max(1, self.of))
        return (self.hits - expected * self.of) / spread


@dataclass
class NullScores:
    """Diaries in which nothing goes together with anything."""

    claims: Share = field(default_factory=Share)
    named_claims: Share = field(default_factory=Share)
    shown: Share = field(default_factory=Share)
    coverage: Share = field(default_factory=Share)
    trend_alarms: Share = field(default_factory=Share)
    trend_coverage: Share = field(default_factory=Share)
    change_alarms: Share = field(default_factory=Share)


@dataclass
class EffectScores:
    """Diaries with one true link: `blamed` are other factors, `found` is the true one.

    `blamed_later`: where the true one acts a day later.
    """

    blamed: Share = field(default_factory=Share)
    blamed_later: Share = field(default_factory=Share)
    coverage: Share = field(default_factory=Share)
    found: Share = field(default_factory=Share)
    found_named: Share = field(default_factory=Share)
    shown: Share = field(default_factory=Share)


def score_null(people: Iterable[SimulatedPerson]) -> NullScores:
    """Scores of people without any link; caffeine is the factor they might have named."""
    scores = NullScores()
    for person in people:
        links = find_links(person.record, person.as_of)
        named = naming(person, "caffeine")
        scores.claims.add(_claimed(links))
        scores.named_claims.add(_claimed(find_links(named.record, named.as_of)))
        scores.shown.add(any(link.steady_verdict in CLAIMS for link in links))
        for link in links:
            if link.low is not None and link.high is not None:
                scores.coverage.add(link.low <= 1 <= link.high)
        _score_trend(scores, person)
    return scores


def _claimed(links: Iterable[Link]) -> bool:
    return any(link.verdict in CLAIMS for link in links)


def _score_trend(scores: NullScores, person: SimulatedPerson) -> None:
    truth = person.truth.trend
    if truth is None:
        return
    trend = find_trend(person.record, person.as_of)
    if trend.low is not None and trend.high is not None:
        scores.trend_coverage.add(trend.low <= truth <= trend.high)
    if truth == 1.0:
        scores.trend_alarms.add(trend.verdict in CLAIMS)
        scores.change_alarms.add(find_change(person.record, person.as_of) in CLAIMS)


def score_effect(people: Iterable[SimulatedPerson]) -> EffectScores:
    """Scores of people with one true link."""
    scores = EffectScores()
    for person in people:
        truth = person.truth
        links = find_links(person.record, person.as_of)
        named = naming(person, truth.factor or "")
        blamed = _claimed(link for link in links if link.factor != truth.factor)
        scores.blamed.add(blamed)
        if truth.lag:
            scores.blamed_later.add(blamed)
        scores.found.add(_found(links, truth))
        scores.found_named.add(_found(find_links(named.record, named.as_of), truth))
        scores.shown.add(
            any(
                one.factor == truth.factor and one.steady_verdict == truth.direction
                for one in links
            )
        )
        _score_coverage(scores, links, truth)
    return scores


def _score_coverage(scores: EffectScores, links: Iterable[Link], truth: Truth) -> None:
    of_truth = (link for link in links if (link.factor, link.lag) == (truth.factor, truth.lag))
    for link in of_truth:
        if truth.ratio is not None and link.low is not None and link.high is not None:
            scores.coverage.add(link.low <= truth.ratio <= link.high)


def _found(links: Iterable[Link], truth: Truth) -> bool:
    return any(one.factor == truth.factor and one.verdict == truth.direction for one in links)


def score_weekly(people: Iterable[SimulatedPerson], first_look: int) -> tuple[Share, Share]:
    """Looking every week from day `first_look` on: anything claimed, and anything shown, ever."""
    claimed, shown = Share(), Share()
    for person in people:
        weeks = range((person.truth.days - first_look) // 7 + 1)
        looks = [find_links(person.record, person.as_of - timedelta(weeks=n)) for n in weeks]
        claimed.add(any(map(_claimed, looks)))
        shown.add(any(link.steady_verdict in CLAIMS for links in looks for link in links))
    return claimed, shown


def score_unjudgeable(people: Iterable[SimulatedPerson], factors: tuple[str, ...]) -> Share:
    """How many of people who cannot be judged on `factors` get a ratio for one of them."""
    given = Share()
    for person in people:
        links = find_links(person.record, person.as_of)
        given.add(any(one.rate_ratio is not None for one in links if one.factor in factors))
    return given
