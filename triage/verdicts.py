"""Words for what the numbers allow to be said, and codes for why nothing can be said."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Verdict(StrEnum):
    """Verdicts of links, trend and change, as they stand in the summary."""

    MORE = "more"
    FEWER = "fewer"
    NO_CLEAR_LINK = "no clear link"
    NO_CLEAR_CHANGE = "no clear change"
    CANNOT_TELL = "cannot tell"
    NOT_ENOUGH_DATA = "not enough data"


class Reason(StrEnum):
    """Why a factor or the trend cannot be judged; a usable day has a check-in in time."""

    NOT_RECORDED = "not_recorded"
    """The factor was never recorded on a day checked in in time, counted or not."""
    FEW_DAYS = "few_days"
    """Fewer usable days than needed, or the factor recorded on fewer."""
    FEW_COMPLETE_DAYS = "few_complete_days"
    """Each factor has enough days, but too few days have all of them."""
    FEW_TWITCH_DAYS = "few_twitch_days"
    """Too few usable days with an episode."""
    HARDLY_VARIES = "hardly_varies"
    """The factor is nearly the same every day."""
    MOVES_WITH_OTHERS = "moves_with_others"
    """The factor follows the other factors, weekend or time so closely that nothing is its own."""
    TOO_WIDE = "too_wide"
    """The interval is wider than tenfold: the diary fits almost any ratio."""
    BEYOND_LIMIT = "beyond_limit"
    """One own factor more than are judged."""
    SHORT_PERIOD = "short_period"
    """The diary spans fewer days than a trend needs."""


def direction(log_ratio: float) -> Verdict:
    """The verdict of a claim, by the sign of its log ratio."""
    return Verdict.MORE if log_ratio > 0 else Verdict.FEWER


def earliest(have: int, needed: int, as_of: date, as_of_over: bool) -> date | None:
    """The first day on which `needed` days can be reached by checking in daily.

    None when they are reached. `as_of_over`: as_of is among the days already, or told so that it
    cannot be; the next one that can be added is tomorrow.
    """
    if have >= needed:
        return None
    return as_of + timedelta(days=needed - have - (0 if as_of_over else 1))
