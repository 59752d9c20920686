"""The panel "Together with": both sides of each target, and what the whole diary lets one say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from diary.vocabulary import Factor
from triage.link_wording import difference_words, factor_name, missing_words
from triage.links import Link
from triage.profile.facts import FactorDays
from triage.profile.options import ProfileOptions
from triage.profile.places_panel import limit_words
from triage.profile.text_widths import first_fitting, text_width
from triage.summary import Summary
from triage.verdicts import Verdict
from triage.wording import list_words, two_digits

ROOM, FIGURE_SIZE = 59.33, 8.5
COLUMNS = {"usual": 13.5, "wide": 16.6, "widest": 20.6}
"""Widths of a column of figures in mm, as the stylesheet has them."""


@dataclass(frozen=True, slots=True)
class TogetherRow:
    """Twitch days among the days outside a target and among the others."""

    label: str
    with_: str
    without: str
    too_few: bool


@dataclass(frozen=True, slots=True)
class TogetherPanel:
    """Three rows and a verdict; `empty` stands alone while no day counts.

    `width` names how wide the columns of figures are.
    """

    rows: tuple[TogetherRow, ...]
    width: str
    verdict: SafeString
    empty: str
    left_out: bool


def together_panel(summary: Summary, options: ProfileOptions) -> TogetherPanel:
    """Counts of the period; the verdict reads the whole diary."""
    nothing = SafeString()
    if not options.together:
        return TogetherPanel((), "", nothing, "", left_out=True)
    if not summary.coverage.days_checked_in:
        needed = max((link.progress.needed_days for link in summary.links), default=30)
        have = max((link.progress.usable_days for link in summary.links), default=0)
        empty = gettext("Cannot say yet: %(days)s of the %(needed)s usable days needed.")
        words = empty % {"days": have, "needed": needed}
        return TogetherPanel((), "", nothing, words, left_out=False)
    width = _width(summary.factor_days, options)
    return TogetherPanel(
        rows=tuple(_row(counts, COLUMNS[width], options) for counts in summary.factor_days),
        width=width,
        verdict=verdict_words(summary, options),
        empty="",
        left_out=False,
    )


def _width(found: Sequence[FactorDays], options: ProfileOptions) -> str:
    """The narrowest columns that hold the longest figures."""
    size = FIGURE_SIZE * options.type_scale
    cells = [cell for counts in found for cell in _cells(counts)]
    needed = max((text_width(cell, size) for cell in cells), default=0) + 1
    return next((name for name, width in COLUMNS.items() if width >= needed), "widest")


def _cells(counts: FactorDays) -> tuple[str, str]:
    words = gettext("%(count)s of %(days)s")
    return (
        words % {"count": counts.twitched_outside, "days": counts.outside},
        words % {"count": counts.twitched_within, "days": counts.within},
    )


def _row(counts: FactorDays, column: float, options: ProfileOptions) -> TogetherRow:
    room = ROOM - 2 * column - 0.5
    label = first_fitting(outside_labels(counts), room, FIGURE_SIZE * options.type_scale)
    if not counts.comparable:
        return TogetherRow(label, "", "", too_few=True)
    with_, without = _cells(counts)
    return TogetherRow(label, with_, without, too_few=False)


def outside_labels(counts: FactorDays) -> tuple[str, ...]:
    """Days outside a target: "Caffeine over 400 mg", "Sleep under 7 h"; then shorter."""
    words = {"limit": limit_words(counts.limit), "number": limit_words(counts.limit).split()[0]}
    choices = {
        Factor.CAFFEINE: (
            gettext("Caffeine over %(limit)s"),
            gettext("Caffeine over %(number)s"),
            gettext("Over %(limit)s"),
        ),
        Factor.SLEEP: (gettext("Sleep under %(limit)s"), gettext("Under %(limit)s")),
        Factor.STRESS: (gettext("Stress %(limit)s or more"), gettext("Stress %(limit)s+")),
    }
    return tuple(one % words for one in choices[counts.limit.factor])


def verdict_words(summary: Summary, options: ProfileOptions) -> SafeString:
    """What can be said of links: one that stands, else none, else what is missing."""
    claims = [
        link for link in summary.links if link.steady_verdict in (Verdict.MORE, Verdict.FEWER)
    ]
    if claims:
        return _claim(claims, summary, options)
    judged = [link for link in summary.links if link.rate_ratio is not None]
    if judged:
        return _no_link(judged, summary)
    return _cannot_say(summary)


def _claim(claims: list[Link], summary: Summary, options: ProfileOptions) -> SafeString:
    link = claims[0]
    words = gettext(
        "<strong>Link: {ratio} times per {difference}</strong> ({low} to {high}; "
        "{days} days); not proof of a cause{more}"
    )
    return format_html(
        words,
        ratio=two_digits(link.rate_ratio or 0),
        difference=difference_words(link.factor, summary.record.own_factors),
        low=two_digits(link.low or 0),
        high=two_digits(link.high or 0),
        days=link.days,
        more=f"; {options.more(len(claims) - 1)}" if len(claims) > 1 else "",
    )


def _no_link(judged: list[Link], summary: Summary) -> SafeString:
    names = list(
        dict.fromkeys(factor_name(link.factor, summary.record.own_factors) for link in judged)
    )
    words = gettext("<strong>No clear link</strong> with {factors} so far ({days} days)")
    shown = (
        list_words(names)
        if len(names) <= 3
        else gettext("any of %(count)s factors") % {"count": len(names)}
    )
    return format_html(words, factors=shown, days=max(link.days for link in judged))


def _cannot_say(summary: Summary) -> SafeString:
    link = max(summary.links, key=lambda one: one.progress.usable_days)
    progress = link.progress
    if progress.usable_days < progress.needed_days:
        missing = gettext("%(days)s of the %(needed)s usable days needed") % {
            "days": progress.usable_days,
            "needed": progress.needed_days,
        }
    elif progress.twitch_days < progress.needed_twitch_days:
        missing = gettext("%(days)s of the %(needed)s twitch days needed") % {
            "days": progress.twitch_days,
            "needed": progress.needed_twitch_days,
        }
    else:
        missing = missing_words(link, summary.record.own_factors)
    words = gettext("<strong>Cannot say yet</strong> whether they go together: {missing}")
    return format_html(words, missing=missing)
