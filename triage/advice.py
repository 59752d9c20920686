"""Rules against a diary: which lists of public pages it is on, with the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from diary.records import DiaryRecord
from triage.periods import Period


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that fired: its level, the words shown, and the ids of its sources.

    `text` joins the parts: `recorded` the fact of the diary, `said_by` who says something about it
    with the verb ("The NHS says"), `says` what, `do` what to do; each but `said_by` is a sentence.
    `symptoms` are the codes of the signs it rests on. `passed`: they are all over by now.
    """

    rule: str
    urgency: str
    text: str
    sources: tuple[str, ...]
    recorded: str
    said_by: str
    says: str
    do: str
    symptoms: tuple[str, ...]
    passed: bool


@dataclass(frozen=True, slots=True)
class FactorAdvice:
    """A factor outside its usual target; counts are None for medicine and fast breathing."""

    factor: str
    rule: str
    days_outside: int | None
    days_recorded: int | None
    twitch_days_outside: int | None
    twitch_days_within: int | None
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """The overall level, what fired, factors outside their targets, and context notes.

    `ask_again`: codes of signs behind an emergency that were answered more than seven days ago;
    the level holds until the person says whether they are there now or over.
    `emergency_numbers`: those of the person's country, the first to be called first.
    """

    urgency: str
    signs_asked: bool
    pharmacist: bool
    fired: tuple[FiredRule, ...]
    factors: tuple[FactorAdvice, ...]
    notes: tuple[str, ...]
    ask_again: tuple[str, ...]
    emergency_numbers: tuple[str, ...]


def advise(record: DiaryRecord, as_of: date, *, period: Period) -> Advice:
    """Everything that fires for a diary on `as_of`; factors over the days of `period`."""
    return Advice("self_care", False, False, (), (), (), (), ("112", "911", "999", "000"))
