"""The picture of an interval: on a log axis, cut at its edges, and without a point inside."""

from __future__ import annotations

from dataclasses import fields

import pytest

from triage.charts.interval import Interval, interval, ratio_ticks


@pytest.mark.parametrize(("ratio", "at"), [(0.25, 10), (0.5, 30), (1, 50), (2, 70), (4, 90)])
def test_ratios_stand_where_their_words_stand(ratio: float, at: float) -> None:
    assert interval(ratio, ratio).start == at
    assert at in [tick.at for tick in ratio_ticks()]


def test_an_interval_within_the_axis_has_both_ends() -> None:
    found = interval(0.7, 1.6)

    assert (found.start, found.end) == (39.7, 63.6)
    assert (found.goes_below, found.goes_above) == (False, False)


def test_an_interval_beyond_the_axis_goes_on_and_stays_in_the_frame() -> None:
    found = interval(0.01, 40)

    assert (found.start, found.end) == (0, 100)
    assert (found.goes_below, found.goes_above) == (True, True)


def test_an_interval_wholly_beyond_the_axis_is_still_seen() -> None:
    assert interval(20, 40).width > 0


def test_there_is_no_point_to_read_off() -> None:
    assert {field.name for field in fields(Interval)} == {
        "start",
        "end",
        "goes_below",
        "goes_above",
    }
