"""The course of the Twitch Profile as a drawing in mm, 186 wide: marks, ticks and event labels.

Bars of one kind are one path. The words of the rows stand beside it as text, not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, sqrt

from triage.profile.course import Course
from triage.profile.text_widths import text_width

WIDTH, HEIGHT = 186.0, 37.2
LEFT, RIGHT = 31.67, 154.33
ROWS_END = 36.5
GRID_TOP = 4.3
PITCH = {4: 6.6, 5: 5.4, 6: 4.5}
"""Distance of two rows in mm, by the number of rows."""

WIDEST_BAR, BAR_SHARE = 2.4, 0.84
DOT = 0.46
HATCH_STEP = 0.95 * sqrt(2)
EVENT_SIZE = 7.5
FIRST_SHEET_ROWS = 5
"""Rows whose places a sheet without a diary leaves free; it uses the first."""
MARKER = 1.5
LANES = ((7.9,), (6.4, 9.4))
"""Base lines of the words of events, when one lane holds them all and when it does not."""
SHORTEST_TICK = 14.5
TICK_DAYS = (7, 14, 28, 56, 91, 182, 364, 728)
FULL_SCALE = {"caffeine": 1.5, "sleep": 10 / 7, "stress": 10 / 7}
"""Value at the top of a row, in limits of the factor."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Event:
    """A date to mark with its words, most important first in a list; `strong` ones are bold.

    A day before the axis is pointed at from its edge.
    """

    day: date
    label: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Marker:
    """A triangle on a lane of events, with its words to the right (`start`) or left (`end`)."""

    path: str
    text_x: float
    text_y: float
    anchor: str
    label: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its base line, filled and pale marks, dots of none, recalled dashes, target."""

    base: float
    marks: str
    pale: str
    dots: str
    dashes: tuple[float, float] | None
    target: float | None
    target_label: str

    @property
    def dash_y(self) -> float:
        """Height of the recalled dashes, just above the base line."""
        return round(self.base - 0.8, 2)

    @property
    def target_text_y(self) -> float:
        """Base line of the target's words, centred on its line."""
        return round((self.target or self.base) + 0.95, 2)


@dataclass(frozen=True, slots=True)
class CourseDrawing:
    """Everything the template draws; `unlabelled` events found no room on their lanes."""

    ticks: tuple[Tick, ...]
    markers: tuple[Marker, ...]
    grid: str
    diary_x: float | None
    begins_here: bool
    hatch: str
    rows: tuple[Row, ...]
    places: int
    row_pitch: float
    first_base: float
    lead_x: float | None
    unlabelled: int

    @property
    def row_count(self) -> int:
        """Rows that have room, drawn or not; it decides where their words stand."""
        return round((ROWS_END - self.first_base) / self.row_pitch) + 1

    @property
    def note_y(self) -> float:
        """Base line of the note below the rows of a sheet without a diary."""
        return round(self.rows[-1].base + 3.7, 2)

    @property
    def target_x(self) -> float:
        """Right end of the words of targets."""
        return round((LEFT if self.diary_x is None else self.diary_x) - 0.9, 2)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to mm on the axis."""

    first: date
    per_day: float

    def x(self, day: date) -> float:
        """Left edge of a day."""
        return round(LEFT + (day - self.first).days * self.per_day, 2)


def draw_course(
    course: Course,
    events: Sequence[Event],
    tick_labels: Sequence[tuple[date, str]],
    target_labels: Sequence[str],
) -> CourseDrawing:
    """The drawing; `target_labels` belong to the factors of the course in their order."""
    scale = scale_of(course)
    has_days = course.diary_from is not None
    factors = course.factors if has_days else ()
    count = len(course.places) + len(course.factors) if has_days else FIRST_SHEET_ROWS
    pitch = PITCH[count]
    bases = [round(ROWS_END - pitch * (count - 1 - number), 2) for number in range(count)]
    grid_end = ROWS_END if has_days else bases[0]
    markers = place_events(events, scale)
    return CourseDrawing(
        ticks=tuple(Tick(scale.x(day), label) for day, label in tick_labels),
        markers=markers,
        grid="".join(f"M{scale.x(day):.2f} {GRID_TOP}V{grid_end}" for day, _ in tick_labels),
        diary_x=scale.x(course.diary_from) if course.diary_from else None,
        begins_here=course.begins_here,
        hatch=_hatch(course, scale, bases[0] - pitch * 0.9),
        rows=(
            *(
                _place_row(course, number, bases[number], pitch, scale)
                for number in range(len(course.places))
            ),
            *(
                _factor_row(course, number, bases[len(course.places) + number], pitch, scale, label)
                for number, label in zip(range(len(factors)), target_labels, strict=False)
            ),
        ),
        places=len(course.places),
        row_pitch=pitch,
        first_base=bases[0],
        lead_x=_lead_x(course, scale),
        unlabelled=len(events) - len(markers),
    )


def scale_of(course: Course) -> Scale:
    """The axis over the whole width."""
    return Scale(course.axis.from_, (RIGHT - LEFT) / course.axis.days)


def tick_dates(course: Course) -> list[date]:
    """Dates to write on the axis: whole weeks from the diary's first day in both directions."""
    per_day = scale_of(course).per_day
    step = next((days for days in TICK_DAYS if days * per_day >= SHORTEST_TICK), TICK_DAYS[-1])
    anchor = course.diary_from or course.axis.from_
    first = anchor - timedelta(days=step * ((anchor - course.axis.from_).days // step))
    count = (course.axis.to - first).days // step + 1
    dates = [first + timedelta(days=step * number) for number in range(count)]
    return [day for day in dates if (course.axis.to - day).days * per_day >= SHORTEST_TICK * 0.6]


def _lead_x(course: Course, scale: Scale) -> float | None:
    """Middle of the time before the diary, where it is wide enough for a note."""
    end = RIGHT if course.diary_from is None else scale.x(course.diary_from)
    return round((LEFT + end) / 2, 2) if end - LEFT >= 40 else None


def _bars(course: Course, scale: Scale) -> list[tuple[float, float]]:
    """Left edge and width of the bar of every column."""
    starts = course.starts
    ends = [*starts[1:], course.axis.to + timedelta(days=1)] if starts else []
    bars = []
    for start, end in zip(starts, ends, strict=True):
        room = (end - start).days * scale.per_day
        width = min(WIDEST_BAR, room * BAR_SHARE)
        bars.append((scale.x(start) + (room - width) / 2, width))
    return bars


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:.2f} {y:.2f}h{width:.2f}v{height:.2f}h-{width:.2f}z"


def _hatch(course: Course, scale: Scale, top: float) -> str:
    """Lines at 45 degrees over the columns without a check-in, as one path."""
    starts = course.starts
    ends = [*starts[1:], course.axis.to + timedelta(days=1)] if starts else []
    lines: list[str] = []
    for start, end, closed in zip(starts, ends, course.closed, strict=True):
        if not closed:
            lines += _hatch_lines(scale.x(start), scale.x(end), top, ROWS_END)
    return "".join(lines)


def _hatch_lines(left: float, right: float, top: float, bottom: float) -> Iterator[str]:
    """Rising lines x + y = k * step inside a box; a common origin makes neighbours join."""
    number = ceil((left + top) / HATCH_STEP)
    while (total := number * HATCH_STEP) < right + bottom:
        x1, x2 = max(left, total - bottom), min(right, total - top)
        if x2 > x1:
            yield f"M{x1:.2f} {total - x1:.2f}L{x2:.2f} {total - x2:.2f}"
        number += 1


def _place_row(course: Course, number: int, base: float, pitch: float, scale: Scale) -> Row:
    row, full = course.places[number], pitch * 0.82
    marks, dots = [], []
    for (x, width), height in zip(_bars(course, scale), row.heights, strict=True):
        if height:
            marks.append(_box(x, base - height * full, width, height * full))
        elif height == 0:
            dots.append(_box(max(x + (width - DOT) / 2, LEFT), base - 0.35 - DOT, DOT, DOT))
    return Row(
        base, "".join(marks), "", "".join(dots), _dashes(course, row.from_start, scale), None, ""
    )


def _dashes(course: Course, from_start: bool, scale: Scale) -> tuple[float, float] | None:
    """From the recalled onset, or the edge it lies behind, to the first day of the diary."""
    onset = course.recalled_from
    end = course.diary_from or course.axis.to + timedelta(days=1)
    if onset is None or not from_start or onset >= end or end <= course.axis.from_:
        return None
    return scale.x(max(onset, course.axis.from_)), scale.x(end)


def _factor_row(
    course: Course, number: int, base: float, pitch: float, scale: Scale, label: str
) -> Row:
    factor, full = course.factors[number], pitch * 0.88
    top_value = factor.limit.limit * FULL_SCALE[factor.limit.factor]
    outside: list[str] = []
    within: list[str] = []
    for (x, width), value in zip(_bars(course, scale), factor.values, strict=True):
        if value is None:
            continue
        height = max(min(value / top_value, 1) * full, 0.25)
        (outside if factor.limit.outside(value) else within).append(
            _box(x, base - height, width, height)
        )
    target = round(base - factor.limit.limit / top_value * full, 2)
    return Row(base, "".join(outside), "".join(within), "", None, target, label)


def place_events(events: Sequence[Event], scale: Scale) -> tuple[Marker, ...]:
    """Triangles with words to their right or left, in one lane if that holds them all, else in two.

    Earlier events of the list take their room first; those that find none are left away.
    """
    markers: tuple[Marker, ...] = ()
    for lanes in LANES:
        markers = _in_lanes(events, scale, lanes)
        if len(markers) == len(events):
            break
    return markers


def _in_lanes(events: Sequence[Event], scale: Scale, lanes: Sequence[float]) -> tuple[Marker, ...]:
    taken: dict[float, list[tuple[float, float]]] = {lane: [] for lane in lanes}
    markers = []
    for event in events:
        width = text_width(event.label, EVENT_SIZE, bold=event.strong)
        earlier = event.day < scale.first
        found = next(
            (
                (lane, x, anchor, span)
                for lane in lanes
                for x in ([_next_free(taken[lane])] if earlier else [scale.x(event.day)])
                for anchor, span in _sides(x, width, earlier)
                if _is_free(span, taken[lane])
            ),
            None,
        )
        if found is None:
            continue
        lane, x, anchor, span = found
        taken[lane].append(span)
        text_x = round(x + 1.2 if anchor == "start" else x - 1.2, 2)
        path = _pointing_back(x, lane) if earlier else _triangle(x, lane)
        markers.append(Marker(path, text_x, lane, anchor, event.label, event.strong))
    return tuple(markers)


def _sides(x: float, width: float, earlier: bool) -> list[tuple[str, tuple[float, float]]]:
    """Where the words may stand, with all that they take together with their triangle."""
    right = ("start", (x - 0.9, x + 1.2 + width))
    return [right] if earlier else [right, ("end", (x - 1.2 - width, x + 0.9))]


def _next_free(taken: Sequence[tuple[float, float]]) -> float:
    """Where the next words that point back may begin: at the edge, or behind those there."""
    return max([LEFT, *(end + 2.4 for _start, end in taken)])


def _is_free(span: tuple[float, float], taken: Iterable[tuple[float, float]]) -> bool:
    inside = span[0] >= LEFT - 1 and span[1] <= RIGHT
    return inside and all(span[1] + 0.6 <= start or end + 0.6 <= span[0] for start, end in taken)


def _triangle(x: float, lane: float) -> str:
    half = MARKER * 0.55
    return f"M{x - half:.2f} {lane - 1.75:.2f}h{2 * half:.2f}L{x:.2f} {lane - 1.75 + MARKER:.2f}z"


def _pointing_back(x: float, lane: float) -> str:
    half, right = MARKER * 0.55, x + MARKER * 0.55
    return f"M{right:.2f} {lane - 1 - half:.2f}v{2 * half:.2f}L{right - MARKER:.2f} {lane - 1:.2f}z"
