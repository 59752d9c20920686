"""Factors judged together, so that chance claims anything in at most 1 of 20 diaries."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from triage.statistics.daily_series import DailySeries, Mask
from triage.statistics.damped_regression import Estimate
from triage.statistics.factor_differences import FactorDifference
from triage.statistics.gates import Look, Refused, select, without_extreme_days
from triage.statistics.looks import Estimated, SameDayFit, estimate_look, same_day_fit
from triage.verdicts import Verdict, direction

FAMILY_ERROR = 0.05
NAMED_ERROR = 0.04
"""Part of the 5 % that a factor named beforehand gets; the others share the rest."""
LAGS = (0, 1)

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Family:
    """Factors judged together: those asked about, those only allowed for, and the one named."""

    asked: tuple[FactorDifference, ...]
    allowed_for: tuple[FactorDifference, ...] = ()
    named: str | None = None


@dataclass(frozen=True)
class Judged:
    """A look that could be judged: the estimate, the mask of its days, the single verdict."""

    estimate: Estimate
    rows: Mask
    verdict: Verdict


@dataclass(frozen=True)
class FamilyResult:
    """The looks of a family: those judged, and why the others are not."""

    judged: dict[Look, Judged]
    refused: dict[Look, Refused]

    def claims(self) -> dict[Look, Verdict]:
        """Looks whose verdict is more or fewer."""
        return {
            look: found.verdict
            for look, found in self.judged.items()
            if found.verdict is not Verdict.NO_CLEAR_LINK
        }


def judge(family: Family, series: DailySeries) -> FamilyResult:
    """Single-look verdicts of the family on the days of `series`."""
    selection = select(series, (*family.allowed_for, *family.asked))
    asked = {factor.code for factor in family.asked}
    looks = [(f.code, lag) for f in selection.kept if f.code in asked for lag in LAGS]
    refused = {
        (code, lag): why for code, why in selection.dropped.items() for lag in LAGS if code in asked
    }
    if not looks:
        return FamilyResult({}, refused)
    same_day = same_day_fit(series, selection)
    found = {look: estimate_look(same_day, look) for look in looks}
    refused |= {look: why for look, why in found.items() if isinstance(why, Refused)}
    estimated = {look: seen for look, seen in found.items() if isinstance(seen, Estimated)}
    p_values = {look: seen.estimate.p for look, seen in estimated.items()}
    for second_look in (_without_extreme_days, _beside_the_first):
        claimed = claims(p_values, family.named)
        again = second_look(same_day, p_values, claimed)
        p_values |= {look: max(p, p_values[look]) for look, p in again.items()}
    return FamilyResult(_verdicts(estimated, claims(p_values, family.named)), refused)


def _without_extreme_days(
    same_day: SameDayFit, p_values: Mapping[Look, float], claimed: frozenset[Look]
) -> dict[Look, float]:
    """Chances of the claims without extreme days, so that no single day decides."""
    rest = without_extreme_days(same_day.series, same_day.selection.rows) if claimed else None
    if rest is None:
        return {}
    selection = select(rest, same_day.selection.kept)
    if selection.dropped:
        return dict.fromkeys(claimed, 1.0)
    fit = same_day_fit(rest, selection)
    return {look: _p(estimate_look(fit, look)) for look in claimed}


def _beside_the_first(
    same_day: SameDayFit, p_values: Mapping[Look, float], claimed: frozenset[Look]
) -> dict[Look, float]:
    """Chances of claims about other factors beside the clearest, if that is a day-before look.

    Looks allow for the other factors of the same day only. Where a factor acts a day later, its
    neighbours would be blamed in its place.
    """
    first = min(claimed, key=lambda look: p_values[look], default=None)
    if first is None or first[1] == 0:
        return {}
    others = (look for look in claimed if look[0] != first[0])
    return {look: _p(estimate_look(same_day, look, beside=first)) for look in others}


def _p(found: Estimated | Refused) -> float:
    return found.estimate.p if isinstance(found, Estimated) else 1.0


def _verdicts(estimated: Mapping[Look, Estimated], claimed: frozenset[Look]) -> dict[Look, Judged]:
    return {
        look: Judged(
            seen.estimate,
            seen.rows,
            direction(seen.estimate.log_ratio) if look in claimed else Verdict.NO_CLEAR_LINK,
        )
        for look, seen in estimated.items()
    }


def claims(p_values: Mapping[Look, float], named: str | None) -> frozenset[Look]:
    """Looks that may be claimed so that any false claim happens in at most 5 % of diaries.

    Holm over all looks; with a factor named beforehand, Holm at 4 % over its looks and at 1 %
    over the others'.
    """
    if named is None:
        return holm(p_values, FAMILY_ERROR)
    own = {look: p for look, p in p_values.items() if look[0] == named}
    others = {look: p for look, p in p_values.items() if look[0] != named}
    return holm(own, NAMED_ERROR) | holm(others, FAMILY_ERROR - NAMED_ERROR)


def holm(p_values: Mapping[Key, float], error: float) -> frozenset[Key]:
    """Holm's step-down procedure: the hypotheses rejected at the family-wise error given."""
    rejected: list[Key] = []
    for key in sorted(p_values, key=lambda key: p_values[key]):
        if p_values[key] > error / (len(p_values) - len(rejected)):
            break
        rejected.append(key)
    return frozenset(rejected)


def steady_claims(
    family: Family, earlier: Sequence[DailySeries], today: Mapping[Look, Verdict]
) -> dict[Look, Verdict]:
    """Of today's claims those that stood at each earlier look too; stops when none is left."""
    standing = dict(today)
    for series in earlier:
        if not standing:
            break
        then = judge(family, series).claims()
        standing = {look: v for look, v in standing.items() if then.get(look) is v}
    return standing
