"""Where the words of the printed sheet really stand: the lines of text that WeasyPrint lays out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from triage import pdf
from triage.profile.panels import ProfilePage

MM_PER_PX = 25.4 / 96


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line, in mm from the corner of their page and as far as they are shown.

    `size` is that of their type, in pt.
    """

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    panel: str
    clipped: bool
    size: float

    def covers(self, other: Line) -> bool:
        """Whether both would be printed over each other by more than a hair."""
        return (
            self.page == other.page
            and min(self.right, other.right) - max(self.left, other.left) > 0.3
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 1.2
        )


def lines_of(page: ProfilePage) -> list[Line]:
    """Every line of text of the document, in the order of the page."""
    weasyprint = pdf._weasyprint()
    context = pdf.document_context(page)
    document = weasyprint.HTML(
        string=pdf.profile_html(page, context),
        base_url=pdf.BASE,
        url_fetcher=pdf._fetcher_class()(pdf.drawings_of(context)),
    ).render(stylesheets=pdf._stylesheets(), font_config=pdf._font_configuration())
    return [
        line
        for number, sheet in enumerate(document.pages, start=1)
        for line in _below(sheet._page_box, number, "", None)
    ]


def _below(box: Any, number: int, panel: str, clip: tuple[float, ...] | None) -> Iterator[Line]:
    element = getattr(box, "element", None)
    names = (element.get("class") or "").split() if element is not None else []
    panel = next((name for name in names if name.startswith("at-")), panel)
    if hasattr(box, "text"):
        yield from _line(box, number, panel, clip)
    if getattr(box, "style", None) is not None and box.style["overflow"] == "hidden":
        edge = (
            box.padding_box_x(),
            box.padding_box_y(),
            box.padding_box_x() + box.padding_width(),
            box.padding_box_y() + box.padding_height(),
        )
        clip = (
            edge if clip is None else (*map(max, clip[:2], edge[:2]), *map(min, clip[2:], edge[2:]))
        )
    for child in getattr(box, "children", ()):
        yield from _below(child, number, panel, clip)


def _line(box: Any, number: int, panel: str, clip: tuple[float, ...] | None) -> Iterator[Line]:
    edge = (
        box.position_x,
        box.position_y,
        box.position_x + box.width,
        box.position_y + box.height,
    )
    shown = edge if clip is None else (*map(max, clip[:2], edge[:2]), *map(min, clip[2:], edge[2:]))
    if box.text.strip() and shown[2] > shown[0] and shown[3] > shown[1]:
        left, top, right, bottom = (round(length * MM_PER_PX, 2) for length in shown)
        cut = any(abs(a - b) > 1 for a, b in zip(edge, shown, strict=True))
        size = round(box.style["font_size"] * 0.75, 1)
        yield Line(number, box.text, left, right, top, bottom, panel, cut, size)


def overprinted(lines: list[Line]) -> list[tuple[str, str]]:
    """Pairs of words that lie on top of each other."""
    return [(a.text, b.text) for a, b in combinations(lines, 2) if a.covers(b)]
