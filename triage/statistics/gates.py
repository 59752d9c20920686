"""Which days and factors may enter the regression, and the columns they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from triage.statistics.daily_series import DailySeries, Mask
from triage.statistics.factor_differences import FactorDifference
from triage.statistics.spells import Days, Floats
from triage.verdicts import Reason

NEEDED_DAYS = 30
NEEDED_TWITCH_DAYS = 10
NEEDED_SPREAD = 0.35
"""Standard deviation a factor needs, in units of its difference."""
USUAL_SHARE, EXTREME_TIMES = 0.95, 4.0
"""A day is extreme with over 4 times as many episodes as 95 % of the days have."""
OWN_PART = 1e-6
"""Share of a column's variance that the other columns must leave unexplained."""


Look = tuple[str, int]
"""A factor code and a lag in days: 0 the same day, 1 the day before."""

TREND_COLUMN = 1


@dataclass(frozen=True)
class Design:
    """What a regression reads: counts and calendar days of its rows, and columns (rows, k).

    Columns: ones, trend over the span of the series, weekend, then the factors of `looks` in
    units of their differences. All but the ones are centred.
    """

    counts: Floats
    days: Days
    columns: Floats
    looks: tuple[Look, ...]

    def column_of(self, look: Look) -> int:
        """Index of a factor's column."""
        return int(self.columns.shape[1]) - len(self.looks) + self.looks.index(look)


@dataclass(frozen=True)
class Refused:
    """Why something cannot be judged, and the mask of the days it had."""

    reason: Reason
    rows: Mask


@dataclass(frozen=True)
class Selection:
    """Factors that may enter together with the mask of their days, and why others may not."""

    kept: tuple[FactorDifference, ...]
    rows: Mask
    dropped: dict[str, Refused]


def select(series: DailySeries, factors: Sequence[FactorDifference]) -> Selection:
    """Drop factors recorded on too few days first, then take complete cases and their gates."""
    dropped = {factor.code: refused for factor in factors if (refused := _too_few(series, factor))}
    while True:
        kept = tuple(factor for factor in factors if factor.code not in dropped)
        rows = complete_rows(series, [series.values[factor.code] for factor in kept])
        reasons = _reasons(series, kept, rows)
        dropped |= {code: Refused(reason, rows) for code, reason in reasons.items()}
        if not reasons:
            return Selection(kept, rows, dropped)


def _too_few(series: DailySeries, factor: FactorDifference) -> Refused | None:
    noted = recorded(series, factor)
    rows = series.usable & noted
    if rows.sum() >= NEEDED_DAYS:
        return None
    anywhere = rows.any() or (noted & (series.summarised | series.constant)).any()
    return Refused(Reason.FEW_DAYS if anywhere else Reason.NOT_RECORDED, rows)


def _reasons(
    series: DailySeries, kept: Sequence[FactorDifference], rows: Mask
) -> dict[str, Reason]:
    if reason := day_gate(series, rows):
        reason = Reason.FEW_COMPLETE_DAYS if reason is Reason.FEW_DAYS else reason
        return {factor.code: reason for factor in kept}
    columns = same_day_columns(series, kept)
    hardly = [code for (code, _), column in columns.items() if not varies(column[rows])]
    if hardly:
        return dict.fromkeys(hardly, Reason.HARDLY_VARIES)
    follows = inseparable(design_of(series, rows, columns))
    return {code: Reason.MOVES_WITH_OTHERS for code, _ in follows}


def recorded(series: DailySeries, factor: FactorDifference) -> Mask:
    """Mask of the days on which the factor was recorded."""
    return ~np.isnan(series.values[factor.code])


def complete_rows(series: DailySeries, columns: Sequence[Floats]) -> Mask:
    """Mask of the usable days on which every column is recorded."""
    rows: Mask = series.usable
    for column in columns:
        rows = rows & ~np.isnan(column)
    return rows


def day_gate(series: DailySeries, rows: Mask) -> Reason | None:
    """Why the days in `rows` do not suffice, None when they do."""
    if int(rows.sum()) < NEEDED_DAYS:
        return Reason.FEW_DAYS
    if int((series.counts[rows] > 0).sum()) < NEEDED_TWITCH_DAYS:
        return Reason.FEW_TWITCH_DAYS
    return None


def same_day_columns(
    series: DailySeries, factors: Sequence[FactorDifference]
) -> dict[Look, Floats]:
    """Each factor's same-day values (days,) in units of its difference."""
    return {(f.code, 0): series.values[f.code] / f.difference for f in factors}


def varies(column: Floats) -> bool:
    """Whether values in units spread enough to tell what one unit goes along with."""
    return bool(np.std(column, ddof=1) >= NEEDED_SPREAD)


def day_before(values: Floats) -> Floats:
    """The values of the calendar day before."""
    return np.concatenate([[np.nan], values[:-1]])


def without_extreme_days(series: DailySeries, rows: Mask) -> DailySeries | None:
    """The series without the counts of extreme days in `rows`; None when there is none."""
    usual = max(1.0, float(np.quantile(series.counts[rows], USUAL_SHARE)))
    extreme = rows & (series.counts > EXTREME_TIMES * usual)
    if not extreme.any():
        return None
    return replace(series, counts=np.where(extreme, np.nan, series.counts))


def design_of(series: DailySeries, rows: Mask, factors: Mapping[Look, Floats]) -> Design:
    """The regression's columns for the days in `rows`; `factors` (days,) in units.

    Weekend and factors that are the same on all these days make no column.
    """
    days = np.flatnonzero(rows)
    values = {look: column[rows] for look, column in factors.items() if np.ptp(column[rows])}
    weekend = series.weekend[rows]
    columns = [days / max(1, len(series) - 1), *([weekend] if np.ptp(weekend) else [])]
    centred = [column - column.mean() for column in (*columns, *values.values())]
    return Design(
        counts=series.counts[rows],
        days=days,
        columns=np.column_stack([np.ones(len(days)), *centred]),
        looks=tuple(values),
    )


def inseparable(design: Design) -> tuple[Look, ...]:
    """Factors whose column the other columns explain all but entirely."""
    centred = design.columns[:, 1:]
    scaled = centred / np.linalg.norm(centred, axis=0)
    if np.linalg.eigvalsh(scaled.T @ scaled)[0] > OWN_PART:
        return ()
    return tuple(
        look
        for look in design.looks
        if _unexplained(scaled, design.column_of(look) - 1) <= 10 * OWN_PART
    )


def _unexplained(scaled: Floats, column: int) -> float:
    others = np.delete(scaled, column, axis=1)
    fitted = others @ np.linalg.lstsq(others, scaled[:, column], rcond=None)[0]
    return float(np.sum((scaled[:, column] - fitted) ** 2))
