"""Rows of the report: a figure, what it stands beside, and whether the target is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tests.bench.timing import Samples

Bound = Literal["at most", "at least"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; `met` None: no target."""

    what: str
    here: str
    beside: str = ""
    ratio: str = ""
    target: str = ""
    met: bool | None = None

    @property
    def cells(self) -> str:
        """The line in Markdown."""
        mark = {None: "", True: "met", False: "**missed**"}[self.met]
        return (
            f"| {self.what} | {self.here} | {self.beside} | {self.ratio} | {self.target} | {mark} |"
        )


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading, with a sentence on how they were measured."""

    title: str
    words: str
    rows: tuple[Row, ...]

    @property
    def lines(self) -> list[str]:
        """The table in Markdown."""
        return [
            f"### {self.title}",
            "",
            self.words,
            "",
            "| what | here | beside | ratio | target | |",
            "| --- | --- | --- | --- | --- | --- |",
            *(row.cells for row in self.rows),
            "",
        ]


def number(value: float) -> str:
    """Three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def spread(samples: Samples, unit: str = "", scale: float = 1.0) -> str:
    """Median with the smallest and the largest."""
    middle, low, high = (
        number(value * scale) for value in (samples.median, samples.low, samples.high)
    )
    return f"{middle}{unit} ({low}–{high})"


def compared(
    what: str,
    here: Samples,
    beside: Samples,
    limit: float | None = None,
    *,
    name: str,
    unit: str = " ms",
    scale: float = 1000,
    bound: Bound = "at most",
) -> Row:
    """A figure beside its baseline; the median of the ratios decides."""
    ratio = here.over(beside)
    return Row(
        what,
        spread(here, unit, scale),
        f"{name}: {spread(beside, unit, scale)}",
        spread(ratio, "×"),
        "" if limit is None else f"{bound} {limit:g}×",
        None if limit is None else _holds(ratio.median, limit, bound),
    )


def counted(
    what: str, value: float, limit: float | None = None, *, unit: str = "", note: str = ""
) -> Row:
    """A single figure against its limit."""
    return Row(
        what,
        f"{number(value) if isinstance(value, float) else value}{unit}",
        note,
        "",
        "" if limit is None else f"at most {limit:g}{unit}",
        None if limit is None else value <= limit,
    )


def _holds(value: float, limit: float, bound: Bound) -> bool:
    return value <= limit if bound == "at most" else value >= limit


def missing(what: str, why: str) -> Row:
    """A figure that could not be taken."""
    return Row(what, why, met=False)


def samples(values: Sequence[float]) -> Samples:
    """Values as samples."""
    return Samples(tuple(values))
