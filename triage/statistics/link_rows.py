"""Builds the rows of `triage.links` from the looks of each family."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from diary.records import DiaryRecord, NamedQuestion
from triage.links import Link, Progress
from triage.periods import until
from triage.statistics.daily_series import DailySeries, Mask, daily_series, whole_series
from triage.statistics.factor_differences import (
    MAIN_FACTORS,
    MOST_OWN_FACTORS,
    FactorDifference,
    own_factors,
)
from triage.statistics.families import LAGS, Family, Judged, judge, steady_claims
from triage.statistics.gates import (
    NEEDED_DAYS,
    NEEDED_TWITCH_DAYS,
    Refused,
    complete_rows,
    day_before,
    day_gate,
    recorded,
)
from triage.statistics.raw_groups import RawGroups, raw_groups
from triage.verdicts import Reason, Verdict, earliest

EARLIER_LOOKS = (timedelta(days=7), timedelta(days=14), timedelta(days=21))
"""A claim is shown when it also stood at each of these looks before as_of."""
DOUBLING_DAYS = 120
"""Usable days after which a doubling shows in about two of three simulated diaries."""


def link_rows(
    record: DiaryRecord, as_of: date, series: DailySeries | None = None
) -> tuple[Link, ...]:
    """Rows of all families in their fixed order, from the whole series of the record."""
    own = own_factors(record)
    judged, beyond = own[:MOST_OWN_FACTORS], own[MOST_OWN_FACTORS:]
    series = whole_series(record, as_of) if series is None else series
    families = [Family(MAIN_FACTORS), Family(judged, allowed_for=MAIN_FACTORS)]
    rows = [row for family in families for row in _family_rows(family, series, record, as_of)]
    view = _View(series, as_of)
    return (*rows, *(_row_beyond_limit(view, factor) for factor in beyond))


@dataclass(frozen=True, slots=True)
class _View:
    """The days that count for a family, and the day it is looked at."""

    series: DailySeries
    as_of: date
    since: date | None = None


def _family_rows(
    family: Family, series: DailySeries, record: DiaryRecord, as_of: date
) -> Iterator[Link]:
    if not family.asked:
        return
    question = _question(family, record, as_of)
    since = None if question is None else _new_period(series, question)
    view = _View(series.between(since, as_of), as_of, since)
    family = Family(family.asked, family.allowed_for, question.factor if question else None)
    result = judge(family, view.series)
    earlier = [series.between(since, as_of - before) for before in EARLIER_LOOKS]
    steady = steady_claims(family, earlier, result.claims())
    for factor in family.asked:
        looks = [(factor.code, lag) for lag in LAGS]
        if not any(look in result.judged for look in looks):
            yield _row(view, factor, None, result.refused[looks[0]])
            continue
        for look in looks:
            found = result.judged.get(look) or result.refused[look]
            yield _row(view, factor, look[1], found, steady.get(look))


def _question(family: Family, record: DiaryRecord, as_of: date) -> NamedQuestion | None:
    """The question about one of the family's factors, unless it is asked after as_of."""
    question = None if record.person.settings is None else record.person.settings.question
    if question is None or question.factor not in {factor.code for factor in family.asked}:
        return None
    return None if question.asked_on is not None and question.asked_on > as_of else question


def _new_period(series: DailySeries, question: NamedQuestion) -> date | None:
    """The day from which days count: that of asking, if a result could be seen before it.

    A factor named before the first result keeps all days; one named later would be judged by the
    days that suggested it.
    """
    if question.asked_on is None:
        return None
    return question.asked_on if _result_before(series, question.asked_on) else None


def _result_before(series: DailySeries, day: date) -> bool:
    before = series.between(None, day - timedelta(days=1))
    return day_gate(before, before.usable) is None


def result_before(record: DiaryRecord, day: date) -> bool:
    """Whether a first result could be seen before `day`."""
    return _result_before(daily_series(record, until(day), {}), day)


def _row(
    view: _View,
    factor: FactorDifference,
    lag: int | None,
    found: Judged | Refused,
    steady: Verdict | None = None,
) -> Link:
    row = Link(
        factor=factor.code,
        lag=lag,
        rate_ratio=None,
        low=None,
        high=None,
        days=int(found.rows.sum()),
        verdict=Verdict.NOT_ENOUGH_DATA,
        steady_verdict=Verdict.NOT_ENOUGH_DATA,
        reason=None,
        difference=factor.difference,
        values=_range(view.series, factor),
        progress=_progress(view, factor, found.rows),
        raw=_raw(view.series, factor, lag or 0),
        since=view.since,
    )
    if isinstance(found, Refused):
        return replace(row, reason=found.reason)
    low, high = found.estimate.interval
    return replace(
        row,
        rate_ratio=found.estimate.ratio,
        low=low,
        high=high,
        verdict=found.verdict,
        steady_verdict=steady or Verdict.NO_CLEAR_LINK,
    )


def _row_beyond_limit(view: _View, factor: FactorDifference) -> Link:
    """A row that no further day can change."""
    rows = complete_rows(view.series, [view.series.values[factor.code]])
    row = _row(view, factor, None, Refused(Reason.BEYOND_LIMIT, rows))
    return replace(row, progress=replace(row.progress, earliest=None, doubling_from=None))


def _range(series: DailySeries, factor: FactorDifference) -> tuple[float, float] | None:
    values = series.values[factor.code][series.usable & recorded(series, factor)]
    return (float(values.min()), float(values.max())) if len(values) else None


def _raw(series: DailySeries, factor: FactorDifference, lag: int) -> RawGroups | None:
    """Plain means beside a ratio; none of the few days with a number where most have none.

    Who sums up the days on which it twitched has only those at 0 left to compare.
    """
    if series.mostly_uncounted:
        return None
    values = series.values[factor.code]
    values = day_before(values) if lag else values
    rows = complete_rows(series, [values])
    return raw_groups(values[rows], series.counts[rows])


def _progress(view: _View, factor: FactorDifference, rows: Mask) -> Progress:
    days, series = int(rows.sum()), view.series
    as_of_over = series.ends_on(view.as_of) and bool(rows[-1])
    as_of_over = as_of_over or series.told_without_number(view.as_of)
    foreseen = not series.mostly_uncounted
    noted = recorded(series, factor)
    return Progress(
        usable_days=days,
        needed_days=NEEDED_DAYS,
        twitch_days=int((series.counts[rows] > 0).sum()),
        needed_twitch_days=NEEDED_TWITCH_DAYS,
        earliest=earliest(days, NEEDED_DAYS, view.as_of, as_of_over) if foreseen else None,
        doubling_from=earliest(days, DOUBLING_DAYS, view.as_of, as_of_over) if foreseen else None,
        summarised_days=int((series.summarised & noted).sum()),
        constant_days=int((series.constant & noted).sum()),
    )
