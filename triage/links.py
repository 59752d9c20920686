"""What goes together with the twitches: one row per factor and lag, honest about chance.

The method, its formulas and what simulations say of it stand in docs/statistics.md. Rows hold
figures and codes; `triage.wording` phrases them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from diary.records import DiaryRecord
from triage.verdicts import Reason, Verdict

if TYPE_CHECKING:
    from triage.statistics.daily_series import DailySeries
    from triage.statistics.raw_groups import RawGroups


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the way to a first answer is.

    `usable_days` of `needed_days` have a check-in in time and the factor; `twitch_days` of
    `needed_twitch_days` of them have an episode. `earliest`: when the days can be reached by
    checking in daily, None when they are or when that cannot be foreseen, because most days on
    which it twitched carry no number. `doubling_from`: when a doubling has a fair chance to show by
    checking in daily, None when it has one now or when that cannot be foreseen. Further days have
    the factor and no number of episodes: `summarised_days`, `constant_days`.
    """

    usable_days: int
    needed_days: int
    twitch_days: int
    needed_twitch_days: int
    earliest: date | None
    doubling_from: date | None
    summarised_days: int = 0
    constant_days: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """What one factor goes along with, `lag` days later; a ratio of episode rates.

    The ratio is for `difference` more of the factor (negative: less of it), with its 95 %
    interval. `days` are those behind the ratio, else the usable days. `verdict` is this look's
    alone, `steady_verdict` the one shown to people: it has stood for four weekly looks. `reason`
    says why a row holds no ratio; a factor that cannot be judged at all has one row, lag None.
    `values` are the lowest and highest value recorded on usable days. `since`: the first day that
    counts, where naming another factor began a new period.
    """

    factor: str
    lag: int | None
    rate_ratio: float | None
    low: float | None
    high: float | None
    days: int
    verdict: Verdict
    steady_verdict: Verdict
    reason: Reason | None
    difference: float
    values: tuple[float, float] | None
    progress: Progress
    raw: RawGroups | None
    since: date | None


def find_links(
    record: DiaryRecord, as_of: date, series: DailySeries | None = None
) -> tuple[Link, ...]:
    """Rows for caffeine, sleep and stress, then for own factors, each lag 0 then 1.

    Reads the whole diary up to as_of, or its `whole_series` where somebody has that already. The
    order is fixed and never by size.
    """
    from triage.statistics.link_rows import link_rows  # brings numpy, which most pages do without

    return link_rows(record, as_of, series)


def starts_new_period(record: DiaryRecord, as_of: date) -> bool:
    """Whether a factor named on as_of has only the days from then on: a result came before it."""
    from triage.statistics.link_rows import (
        result_before,  # brings numpy, which most pages do without
    )

    return result_before(record, as_of)
