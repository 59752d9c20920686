"""How wide printed text is: advance widths of the shipped font, so that what fits can be counted.

Lengths are mm, sizes pt. Widths of Latin letters are exact but for kerning; other scripts are
drawn in a font of the machine and estimated on the wide side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from unicodedata import combining, east_asian_width, normalize

MM_PER_PT = 25.4 / 72
ELLIPSIS = "…"
END_KEPT = 0.3
"""Share of the room that the end of a text takes where it is cut inside."""

_CHARACTERS = "".join(map(chr, range(0x20, 0x7F))) + "–—‘’“”…×·•°ßæøœłđı"
# Thousandths of the type size. Figures are tabular and share one width.
_REGULAR = (
    "280 286 301 651 592 919 731 160 299 299 485 606 210 362 210 387 632 632 632 632 632 632 632 "
    "632 632 632 210 210 553 628 553 480 778 626 613 645 669 569 552 694 694 392 512 631 541 824 "
    "693 714 592 724 614 592 558 690 593 856 623 575 607 317 387 344 552 372 243 525 566 485 564 "
    "538 314 558 550 252 245 492 262 845 550 548 566 574 349 471 326 540 461 684 481 449 460 344 "
    "237 344 555 504 824 236 236 399 399 670 532 240 438 352 582 866 548 924 296 564 252"
)
_BOLD = (
    "312 303 390 765 610 969 725 210 335 335 485 595 271 373 272 440 632 632 632 632 632 632 632 "
    "632 632 632 272 272 569 612 569 547 781 678 643 658 688 597 566 718 701 424 561 663 552 858 "
    "717 746 629 756 650 610 607 686 644 886 685 650 618 340 440 344 582 400 288 552 596 510 596 "
    "563 365 593 571 300 259 555 318 882 571 576 596 599 376 508 376 567 530 740 539 521 505 381 "
    "254 381 537 501 832 269 269 479 479 780 536 294 438 394 621 878 576 936 348 596 300"
)
_WIDTHS = {
    bold: dict(zip(_CHARACTERS, map(int, listed.split()), strict=True))
    for bold, listed in ((False, _REGULAR), (True, _BOLD))
}
_UNKNOWN, _FULL_WIDTH = 720, 1050
_TAGS = re.compile(r"(</?strong>)")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line of plain text in mm."""
    widths = _WIDTHS[bold]
    thousandths = sum(
        width if (width := widths.get(character)) is not None else _estimated(character, bold)
        for character in text
    )
    return thousandths * size * MM_PER_PT / 1000


def _estimated(character: str, bold: bool) -> int:
    if combining(character):
        return 0
    base = normalize("NFD", character)[0]
    if base != character and base in _WIDTHS[bold]:
        return _WIDTHS[bold][base]
    return _FULL_WIDTH if east_asian_width(character) in "WF" else _UNKNOWN


def markup_width(markup: str, size: float) -> float:
    """Width of one line of escaped text in which only `<strong>` is markup."""
    bold, width = False, 0.0
    for piece in _TAGS.split(markup):
        if _TAGS.fullmatch(piece):
            bold = piece == "<strong>"
        else:
            width += text_width(unescape(piece), size, bold=bold)
    return width


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits before an ellipsis."""
    if text_width(text, size, bold=bold) <= room:
        return text
    kept, left = 0, room - text_width(ELLIPSIS, size, bold=bold)
    for character in text:
        left -= text_width(character, size, bold=bold)
        if left < 0:
            break
        kept += 1
    return text[:kept].rstrip() + ELLIPSIS


def cut_inside(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or its beginning and its end around an ellipsis: ends tell like names apart."""
    if text_width(text, size, bold=bold) <= room:
        return text
    end = ""
    for character in reversed(text):
        if text_width(character + end, size, bold=bold) > room * END_KEPT:
            break
        end = character + end
    end = end.lstrip()
    return cut(text, room - text_width(end, size, bold=bold), size, bold=bold) + end


def first_fitting(choices: Sequence[str], room: float, size: float, *, bold: bool = False) -> str:
    """The first of the wordings that fits; when none does, the last one cut."""
    fitting = (text for text in choices if text_width(text, size, bold=bold) <= room)
    return next(fitting, cut(choices[-1], room, size, bold=bold))


def lines_needed(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """Lines that the words take when they are broken at spaces into a column of `room` mm."""
    if room <= 0:
        return len(text) + 1
    lines, used = 1, 0.0
    space = text_width(" ", size, bold=bold)
    for word in text.split():
        width = text_width(word, size, bold=bold)
        if used and used + space + width > room:
            lines, used = lines + 1, width
        else:
            used += width + (space if used else 0)
        lines += int(used // room) if used > room else 0
    return lines


def list_that_fits(
    items: Sequence[str],
    room: float,
    size: float,
    *,
    more: Callable[[int], str],
    lines: int = 1,
    separator: str = "; ",
    tail: str = "",
    bold: bool = False,
) -> tuple[str, str]:
    """As many items as fit on the lines, and the words that count the rest ("" when all fit).

    `tail` is what follows the items and needs room as well.
    """
    for shown in range(len(items), 0, -1):
        rest = more(len(items) - shown) if shown < len(items) else ""
        named = separator.join(items[:shown])
        whole = " ".join(filter(None, (named + (";" if rest else ""), rest, tail)))
        if lines_needed(whole, room, size, bold=bold) <= lines:
            return named, rest
    return ("", more(len(items))) if items else ("", "")
