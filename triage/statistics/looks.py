"""One look: what a factor goes along with on the same day or the day after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from triage.statistics.daily_series import DailySeries, Mask
from triage.statistics.damped_regression import Estimate, Regression, regress
from triage.statistics.gates import (
    Design,
    Look,
    Refused,
    Selection,
    complete_rows,
    day_before,
    day_gate,
    design_of,
    inseparable,
    same_day_columns,
    varies,
)
from triage.statistics.spells import Floats, Spells
from triage.verdicts import Reason

WIDEST_INTERVAL = 10.0
"""Largest high / low of an interval that still says something."""


@dataclass(frozen=True)
class Estimated:
    """The estimate of a look and the mask of the days behind it."""

    estimate: Estimate
    rows: Mask


@dataclass(frozen=True)
class SameDayFit:
    """All factors on their own day: the fit from which every look starts."""

    series: DailySeries
    selection: Selection
    factors: Mapping[Look, Floats]
    design: Design
    regression: Regression


def same_day_fit(series: DailySeries, selection: Selection) -> SameDayFit:
    """Fit the selected factors on their own day."""
    factors = same_day_columns(series, selection.kept)
    design = design_of(series, selection.rows, factors)
    regression = regress(design.counts, design.days, design.columns)
    return SameDayFit(series, selection, factors, design, regression)


def estimate_look(
    same_day: SameDayFit, look: Look, beside: Look | None = None
) -> Estimated | Refused:
    """The look's ratio, the other factors of its day allowed for, and `beside` if given."""
    if look[1] == 0 and beside is None:
        estimate = same_day.regression.estimate(same_day.design.column_of(look))
        return _bounded(estimate, same_day.selection.rows)
    columns = _columns(same_day, look, beside)
    rows = complete_rows(same_day.series, list(columns.values()))
    if reason := _reason(same_day.series, rows, columns[look]):
        return Refused(reason, rows)
    design = design_of(same_day.series, rows, columns)
    if inseparable(design):
        return Refused(Reason.MOVES_WITH_OTHERS, rows)
    regression = regress(design.counts, design.days, design.columns, _spells(same_day, design))
    return _bounded(regression.estimate(design.column_of(look)), rows)


def _columns(same_day: SameDayFit, look: Look, beside: Look | None) -> dict[Look, Floats]:
    """The look's column in the place of its factor's own day, and the one beside it."""
    looks = [look if other[0] == look[0] else other for other in same_day.factors]
    if beside is not None and beside not in looks:
        looks.append(beside)
    return {(code, lag): _column(same_day.factors[code, 0], lag) for code, lag in looks}


def _column(own_day: Floats, lag: int) -> Floats:
    return day_before(own_day) if lag else own_day


def _reason(series: DailySeries, rows: Mask, column: Floats) -> Reason | None:
    if reason := day_gate(series, rows):
        return reason
    return None if varies(column[rows]) else Reason.HARDLY_VARIES


def _spells(same_day: SameDayFit, design: Design) -> Spells | None:
    """Spells of the same-day fit where the columns are as many; else they are estimated anew."""
    alike = design.columns.shape[1] == same_day.design.columns.shape[1]
    return same_day.regression.spells if alike else None


def _bounded(estimate: Estimate, rows: Mask) -> Estimated | Refused:
    low, high = estimate.interval
    if low > 0 and high / low <= WIDEST_INTERVAL:
        return Estimated(estimate, rows)
    return Refused(Reason.TOO_WIDE, rows)
