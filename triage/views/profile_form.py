"""The choices of the profile page: each post passes this form, the session keeps what it says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms

from diary.vocabulary import Paper
from triage.profile.options import PERIODS_WEEKS, ProfileOptions

WHOLE_DIARY = "all"
SINCE_VISIT = "visit"
WEEKS = (*map(str, PERIODS_WEEKS), WHOLE_DIARY)
SWITCHES = ("name", "where", "medicines", "together", "larger", "second_page")


class ProfileForm(forms.Form):
    """Switches, and the button that was pressed: a period or a paper, or neither."""

    weeks = forms.ChoiceField(
        choices=[(code, code) for code in (*WEEKS, SINCE_VISIT)], required=False
    )
    paper = forms.ChoiceField(choices=Paper.choices(), required=False)
    name = forms.BooleanField(required=False)
    where = forms.BooleanField(required=False)
    medicines = forms.BooleanField(required=False)
    together = forms.BooleanField(required=False)
    larger = forms.BooleanField(required=False)
    second_page = forms.BooleanField(required=False)

    def added_to(self, kept: object) -> dict[str, Any]:
        """What the session keeps from now on.

        Every switch as posted; a period and a paper only if one was ever chosen.
        """
        given = self.cleaned_data
        now: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {}
        now |= {switch: given[switch] for switch in SWITCHES}
        if given["weeks"]:
            now["weeks"] = int(given["weeks"]) if given["weeks"].isdigit() else None
            now["since_visit"] = given["weeks"] == SINCE_VISIT
        if given["paper"]:
            now["paper"] = given["paper"]
        return now


def period_was_chosen(kept: object) -> bool:
    """Whether the session keeps a period, or only switches."""
    return isinstance(kept, dict) and "weeks" in kept


def from_kept(kept: object, usual: ProfileOptions) -> ProfileOptions:
    """The options kept in a session; the usual ones for what is missing or does not fit."""
    if not isinstance(kept, dict):
        return usual
    weeks = kept.get("weeks", usual.weeks)
    paper = kept.get("paper")
    return replace(
        usual,
        weeks=weeks if weeks is None or weeks in PERIODS_WEEKS else usual.weeks,
        since_visit=kept.get("since_visit") is True,
        paper=paper if paper in Paper.codes() else usual.paper,
        **{switch: kept.get(switch, getattr(usual, switch)) is True for switch in SWITCHES},
    )
