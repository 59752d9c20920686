"""The fits behind `triage.trends`."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from diary.records import DiaryRecord
from triage.periods import Period, days_in, last_days
from triage.questions import rate
from triage.statistics.daily_series import DailySeries, Mask, daily_series, whole_series
from triage.statistics.damped_regression import Estimate, regress
from triage.statistics.factor_differences import MAIN_FACTORS
from triage.statistics.gates import (
    NEEDED_DAYS,
    TREND_COLUMN,
    Selection,
    day_gate,
    select,
    without_extreme_days,
)
from triage.statistics.looks import same_day_fit
from triage.statistics.spells import Floats
from triage.trends import Change, Trend
from triage.verdicts import Reason, Verdict, direction, earliest

NEEDED_SPAN_DAYS = 60
"""Calendar days a diary needs from its first to its last day for a trend."""
STEP_DAYS = 28
NEEDED_STEP_DAYS = 14
"""Usable days needed in the last 28 days and in the 28 before."""
STEP_COLUMN = 1


def fit_trend(record: DiaryRecord, as_of: date, series: DailySeries | None = None) -> Trend:
    """Coefficient of time over the diary's span, beside what the factors go along with.

    Factors enter as they do for links; where their days in common do not suffice, none does.
    """
    series = whole_series(record, as_of) if series is None else series
    selection = select(series, MAIN_FACTORS)
    if reason := _trend_gate(series, selection.rows):
        return _no_trend(series, reason, as_of)
    estimate = _trend_estimate(series, selection)
    low, high = estimate.interval
    return Trend(
        rate_ratio=estimate.ratio,
        low=low,
        high=high,
        verdict=_trend_verdict(series, selection, estimate),
        days=int(selection.rows.sum()),
        allowed_for=tuple(factor.code for factor in selection.kept),
        reason=None,
        earliest=None,
    )


def _trend_gate(series: DailySeries, rows: Mask) -> Reason | None:
    if reason := day_gate(series, rows):
        return reason
    return Reason.SHORT_PERIOD if len(series) < NEEDED_SPAN_DAYS else None


def _trend_estimate(series: DailySeries, selection: Selection) -> Estimate:
    return same_day_fit(series, selection).regression.estimate(TREND_COLUMN)


def _trend_verdict(series: DailySeries, selection: Selection, estimate: Estimate) -> Verdict:
    """More or fewer only if it also holds without extreme days, so that no single day decides."""
    verdict = _verdict(estimate)
    rest = without_extreme_days(series, selection.rows)
    if verdict is Verdict.NO_CLEAR_CHANGE or rest is None:
        return verdict
    kept = select(rest, selection.kept)
    if kept.dropped or day_gate(rest, kept.rows):
        return Verdict.NO_CLEAR_CHANGE
    return verdict if _verdict(_trend_estimate(rest, kept)) is verdict else Verdict.NO_CLEAR_CHANGE


def _no_trend(series: DailySeries, reason: Reason, as_of: date) -> Trend:
    return Trend(
        rate_ratio=None,
        low=None,
        high=None,
        verdict=Verdict.NOT_ENOUGH_DATA,
        days=int(series.usable.sum()),
        allowed_for=(),
        reason=reason,
        earliest=None if reason is Reason.FEW_TWITCH_DAYS else _earliest_trend(series, as_of),
    )


def _earliest_trend(series: DailySeries, as_of: date) -> date | None:
    if series.mostly_uncounted:
        return None
    spanned = series.first + timedelta(days=NEEDED_SPAN_DAYS - 1)
    as_of_over = series.ends_on(as_of) and bool(series.usable[-1])
    as_of_over = as_of_over or series.told_without_number(as_of)
    filled = earliest(int(series.usable.sum()), NEEDED_DAYS, as_of, as_of_over)
    return max(spanned, filled or as_of)


def _verdict(estimate: Estimate) -> Verdict:
    low, high = estimate.interval
    return Verdict.NO_CLEAR_CHANGE if low <= 1 <= high else direction(estimate.log_ratio)


def fit_change(record: DiaryRecord, as_of: date) -> Change:
    """A step between the last 28 days and the 28 before, weekend allowed for, no factors."""
    recent = last_days(as_of, STEP_DAYS)
    before = last_days(as_of - timedelta(days=STEP_DAYS), STEP_DAYS)
    series = daily_series(record, Period(before.from_, as_of), {})
    estimate = _step(series, (recent.from_ - series.first).days)
    low, high = (None, None) if estimate is None else estimate.interval
    return Change(
        rate_ratio=None if estimate is None else estimate.ratio,
        low=low,
        high=high,
        verdict=Verdict.NOT_ENOUGH_DATA if estimate is None else _change_verdict(estimate),
        last=rate(days_in(record.days, recent)),
        previous=rate(days_in(record.days, before)),
    )


def _step(series: DailySeries, step_place: int) -> Estimate | None:
    rows = series.usable
    days = np.flatnonzero(rows)
    after = days >= step_place
    if min(after.sum(), (~after).sum()) < NEEDED_STEP_DAYS or not series.counts[rows].any():
        return None
    columns = [np.ones(len(days)), after - after.mean()]
    weekend = series.weekend[rows]
    if weekend.min() < weekend.max():
        columns.append(weekend - weekend.mean())
    counts = _without_silent_side(series.counts[rows], after)
    return regress(counts, days, np.column_stack(columns)).estimate(STEP_COLUMN)


def _without_silent_side(counts: Floats, after: Mask) -> Floats:
    """Counts with one episode in the middle of a side that has none.

    Against a silent side every ratio is infinite and no error finite. One episode more than was
    logged makes the step smaller than it was, so a verdict that still stands is safe.
    """
    for side in (after, ~after):
        if not counts[side].any():
            places = np.flatnonzero(side)
            counts = counts.copy()
            counts[places[len(places) // 2]] = 1.0
    return counts


def _change_verdict(estimate: Estimate) -> Verdict:
    low, high = estimate.interval
    if low <= 0.5 and high >= 2:
        return Verdict.CANNOT_TELL
    return _verdict(estimate)
