"""The pen: what it writes is where its marks stand, however short."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.triage.paths import subpaths
from triage.charts.pen import POINT, Pen

COORDINATES = st.integers(min_value=-10_000, max_value=10_000).map(lambda value: value / 100)


@given(st.lists(st.tuples(COORDINATES, COORDINATES)))
def test_points_stand_where_they_were_put_and_have_a_length(
    places: list[tuple[float, float]],
) -> None:
    pen = Pen()
    for place in places:
        pen.point(*place)

    assert [(min(drawn), max(drawn)) for drawn in subpaths(pen.data)] == [
        ((x, y), (x, round(y + POINT, 2))) for x, y in places
    ]


def test_moves_between_points_need_no_digit_for_their_length() -> None:
    pen = Pen()
    for place in range(3):
        pen.point(place + 0.5, 96.5)

    assert pen.data == "M.5 96.5v.1m1 0v-.1m1 0v.1"
