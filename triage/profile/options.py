"""What a person chooses for the printed sheet."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

LARGER = 1.12
"""How much bigger the type of larger print is; rows keep their height, so fewer words fit."""

PERIODS_WEEKS = (4, 8, 12, 26)
"""Periods offered for the sheet."""


@dataclass(frozen=True, slots=True)
class ProfileOptions:
    """Paper, period (weeks, since the last visit, else the whole diary), and the parts shown.

    What is left out keeps its place and is named there, so that nobody takes it for empty.
    `held`: whether page 2 holds what the panel in hand leaves over; the diary has it in any case.
    """

    paper: str = "a4"
    weeks: int | None = None
    since_visit: bool = False
    second_page: bool = False
    larger: bool = False
    name: bool = True
    where: bool = True
    medicines: bool = True
    together: bool = True
    held: bool = True

    @property
    def pages(self) -> int:
        """Pages of the document: one, or two with the details."""
        return 2 if self.second_page else 1

    @property
    def type_scale(self) -> float:
        """Factor on every type size."""
        return LARGER if self.larger else 1.0

    @property
    def on_page_2(self) -> bool:
        """Whether what a panel leaves over stands on a second page."""
        return self.second_page and self.held

    def more(self, count: int) -> str:
        """What is not shown, counted, and where it stands: "2 more: page 2"."""
        if self.on_page_2:
            words = ngettext("%(count)s more: page 2", "%(count)s more: page 2", count)
        elif self.second_page:
            words = ngettext("%(count)s more in the diary", "%(count)s more in the diary", count)
        else:
            words = ngettext("%(count)s more", "%(count)s more", count)
        return words % {"count": count}


def left_out_words() -> str:
    """What stands where a part was left out."""
    return gettext("Left out by the patient.")
