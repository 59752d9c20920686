"""A typical day: twelve bars in proportion, only the highest with its number."""

from __future__ import annotations

import re

from tests.triage.hand_made import AS_OF
from tests.triage.paths import subpaths
from triage.charts.tally import progress, tally_path
from triage.charts.typical_day import typical_day_chart
from triage.patterns import TypicalDay
from triage.periods import last_days


def chart(*bins: int):  # noqa: ANN201
    return typical_day_chart(TypicalDay(tuple(bins), 0, 28, last_days(AS_OF, 28)))


def test_bars_are_one_path_in_proportion_to_the_highest() -> None:
    found = chart(0, 0, 0, 1, 0, 0, 0, 0, 0, 4, 2, 0)

    tops = [float(top) for top in re.findall(r"V([\d.]+)H", found.bars)]
    assert tops == [76, 4, 52]
    assert (found.highest, found.highest_at) == (4, 79.17)


def test_an_hour_without_has_no_bar() -> None:
    assert chart(*[0] * 11, 3).bars.count("M") == 1


def test_bars_stay_within_24_hours() -> None:
    edges = [float(x) for x in re.findall(r"[MH]([\d.]+)", chart(*[1] * 12).bars)]

    assert min(edges) >= 0
    assert max(edges) <= 24


def test_strokes_stand_at_the_right_one_for_each_day() -> None:
    assert subpaths(tally_path(2, 14)) == [[(12.5, 0), (12.5, 1)], [(13.5, 0), (13.5, 1)]]
    assert tally_path(0, 14) == ""


def test_progress_has_as_many_strokes_as_days_are_needed() -> None:
    found = progress(18, 30)

    assert (len(subpaths(found.reached)), len(subpaths(found.to_come))) == (18, 12)


def test_progress_never_passes_its_end() -> None:
    assert len(subpaths(progress(45, 30).reached)) == 30
    assert progress(45, 30).to_come == ""
