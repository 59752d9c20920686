"""The second page: days on top, lists in two columns below them, episodes in what is left.

Its height is shared out by rule, so that it is one page whatever the diary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage.profile.day_by_day import (
    EPISODE_ROWS,
    DaysPanel,
    EpisodesPanel,
    HoursPanel,
    days_panel,
    episodes_panel,
    hours_panel,
)
from triage.profile.detail_lists import (
    COLUMN_HEADS,
    HEAD,
    ROW,
    MedicineList,
    PlaceList,
    SignList,
    TextList,
    history_list,
    least_words,
    medicine_list,
    place_list,
    sign_list,
    word_list,
)
from triage.profile.options import ProfileOptions
from triage.summary import Summary

ROOM, GAP = 163.0, 3.0
"""Height in mm below the days, a little less than there is, and between two panels."""
HOURS_HEIGHT, NO_HOURS_HEIGHT = HEAD + 24.5, HEAD
LEAST_EPISODES = 3
NO_WORDS = TextList((), "", whole=True, height=0.0)


@dataclass(frozen=True, slots=True)
class SecondPage:
    """Everything of the second page.

    Own words stand below the signs, else in the second column; the typical day in the column that
    has room for it, if one has.
    """

    days: DaysPanel
    signs: SignList
    places: PlaceList
    medicines: MedicineList
    history: TextList
    words: TextList
    words_left: bool
    hours: HoursPanel | None
    hours_left: bool
    episodes: EpisodesPanel

    @property
    def missing(self) -> frozenset[str]:
        """Panels of page 1 whose rest does not stand here in full."""
        left_out = self.medicines.left_out
        whole = {
            "signs": self.signs.whole,
            "places": not self.places.more,
            "course": not (self.medicines.more_marked or left_out),
            "history": not self.medicines.more and self.history.whole,
            "next": self.words.whole,
        }
        return frozenset(panel for panel, held in whole.items() if not held)


def second_page(summary: Summary, options: ProfileOptions, questions: Sequence[str]) -> SecondPage:
    """The details behind page 1; `questions` are those of the planned visit."""
    least_episodes = min(len(summary.window.episodes), LEAST_EPISODES)
    room = ROOM - _episodes_height(least_episodes) - GAP
    signs = sign_list(summary, options, room - GAP - least_words(summary, questions))
    below = word_list(summary, questions, options, room - GAP - signs.height)
    right = _second_column(summary, options, questions, room)
    words_left = signs.whole and below.height >= right.words.height
    if words_left:
        right = _second_column(summary, options, None, room)
    else:
        signs = sign_list(summary, options, room)
    columns = [signs.height + (GAP + below.height if words_left else 0), right.height]
    hours = hours_panel(summary)
    hours_height = GAP + (HOURS_HEIGHT if hours.drawing else NO_HOURS_HEIGHT)
    shorter = columns.index(min(columns))
    has_hours = columns[shorter] + hours_height <= room
    if has_hours:
        columns[shorter] += hours_height
    rest = ROOM - max(columns) - GAP - _episodes_height(0)
    return SecondPage(
        days=days_panel(summary, options),
        signs=signs,
        places=right.places,
        medicines=right.medicines,
        history=right.history,
        words=below if words_left else right.words,
        words_left=words_left,
        hours=hours if has_hours else None,
        hours_left=shorter == 0,
        episodes=episodes_panel(summary, options, min(EPISODE_ROWS, int(rest // ROW))),
    )


def _episodes_height(rows: int) -> float:
    return HEAD + COLUMN_HEADS + rows * ROW


@dataclass(frozen=True, slots=True)
class _SecondColumn:
    """Places, medicines and history, and own words where they stand there."""

    places: PlaceList
    medicines: MedicineList
    history: TextList
    words: TextList
    height: float


def _second_column(
    summary: Summary, options: ProfileOptions, questions: Sequence[str] | None, room: float
) -> _SecondColumn:
    """The room shared equally by the lists that want more; without `questions` no own words."""

    def lists(rooms: Sequence[float]) -> tuple[PlaceList, MedicineList, TextList, TextList]:
        return (
            place_list(summary, options, rooms[0]),
            medicine_list(summary, options, rooms[1]),
            history_list(summary, options, rooms[2]),
            NO_WORDS if questions is None else word_list(summary, questions, options, rooms[3]),
        )

    gaps = (2 if questions is None else 3) * GAP
    given = shares(room - gaps, [one.height for one in lists([room] * 4)])
    found = lists(given)
    return _SecondColumn(*found, height=sum(one.height for one in found) + gaps)


def shares(room: float, wanted: Sequence[float]) -> list[float]:
    """What each gets of the room: what it wants, or as much as every other that wants more."""
    given = [0.0] * len(wanted)
    for done, place in enumerate(sorted(range(len(wanted)), key=lambda one: wanted[one])):
        given[place] = min(wanted[place], room / (len(wanted) - done))
        room -= given[place]
    return given
