"""The panel "Together with": both sides of each target, and what the whole diary lets one say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from diary.vocabulary import Factor
from triage.link_wording import (
    allowed_for,
    difference_words,
    factor_name,
    link_figures,
    missing_words,
)
from triage.links import Link
from triage.profile.facts import FactorDays
from triage.profile.options import ProfileOptions
from triage.profile.places_panel import limit_words
from triage.profile.text_widths import first_fitting, lines_needed, text_width
from triage.summary import Summary
from triage.verdicts import Verdict
from triage.wording import list_words, ratio_words, short_date

ROOM, FIGURE_SIZE = 59.33, 8.5
COLUMNS = {"usual": 13.5, "wide": 16.7, "widest": 18.6}
"""Widths of a column of figures in mm, as the stylesheet has them."""
LARGER_WIDEST_SIZE = 9.0
"""Type size of the widest figures in larger print: longer ones leave no room for the label."""
VERDICT_SIZE, LARGER_VERDICT_SIZE, VERDICT_LINES = 8.0, 8.5, 3
MOST_NAMES = 3
"""Factors without a link that are named one by one."""


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

    `width` names how wide the columns of figures are; `condition` is under which all of it stands.
    """

    rows: tuple[TogetherRow, ...]
    width: str
    condition: str
    verdict: SafeString
    empty: str
    left_out: bool


def together_panel(summary: Summary, options: ProfileOptions) -> TogetherPanel:
    """Counts of the period; the verdict reads the whole diary."""
    nothing = SafeString()
    if not options.together:
        return TogetherPanel((), "", "", nothing, "", left_out=True)
    if not summary.coverage.days_checked_in:
        needed = max((link.progress.needed_days for link in summary.links), default=30)
        have = max((link.progress.usable_days for link in summary.links), default=0)
        empty = gettext("Cannot say yet: %(days)s of the %(needed)s usable days needed.")
        words = empty % {"days": have, "needed": needed}
        return TogetherPanel((), "", "", nothing, words, left_out=False)
    width, words = _width(summary.factor_days, options)
    return TogetherPanel(
        rows=tuple(_row(counts, width, words, options) for counts in summary.factor_days),
        width=width,
        condition=gettext("not a medical finding"),
        verdict=verdict_words(summary, options),
        empty="",
        left_out=False,
    )


def _width(found: Sequence[FactorDays], options: ProfileOptions) -> tuple[str, str]:
    """The narrowest columns that hold the longest figures, and how these are written."""
    size = FIGURE_SIZE * options.type_scale
    usual, short = gettext("%(count)s of %(days)s"), gettext("%(count)s/%(days)s")
    longest = _longest(found, usual, size)
    for name, width in COLUMNS.items():
        if name == "widest" and options.larger:
            longest = _longest(found, usual, LARGER_WIDEST_SIZE)
        if width >= longest:
            return name, usual
    return "widest", short


def _longest(found: Sequence[FactorDays], words: str, size: float) -> float:
    """Width of the longest figures with the space before them."""
    cells = [cell for counts in found for cell in _cells(counts, words)]
    return max((text_width(cell, size) for cell in cells), default=0) + 1


def _cells(counts: FactorDays, words: str) -> tuple[str, str]:
    return (
        words % {"count": counts.twitched_outside, "days": counts.outside},
        words % {"count": counts.twitched_within, "days": counts.within},
    )


def _row(counts: FactorDays, width: str, words: str, options: ProfileOptions) -> TogetherRow:
    room = ROOM - 2 * COLUMNS[width] - 0.5
    label = first_fitting(outside_labels(counts), room, FIGURE_SIZE * options.type_scale)
    if not counts.comparable:
        return TogetherRow(label, "", "", too_few=True)
    with_, without = _cells(counts, words)
    return TogetherRow(label, with_, without, too_few=False)


def outside_labels(counts: FactorDays) -> tuple[str, ...]:
    """Days outside a target: "Caffeine over 400 mg", "Sleep under 7 h"; then shorter.

    Each names its factor: "over 400" alone says nothing.
    """
    words = {"limit": limit_words(counts.limit), "number": limit_words(counts.limit).split()[0]}
    choices = {
        Factor.CAFFEINE: (
            gettext("Caffeine over %(limit)s"),
            gettext("Caffeine >%(limit)s"),
            gettext("Caffeine >%(number)s"),
        ),
        Factor.SLEEP: (gettext("Sleep under %(limit)s"), gettext("Sleep <%(limit)s")),
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
        return _no_link(judged, summary, options)
    return _cannot_say(summary)


def _claim(claims: list[Link], summary: Summary, options: ProfileOptions) -> SafeString:
    """The first link that stands, as fully as the lines hold it."""
    ratio, rest = _claim_words(claims[0], summary)
    more = options.more(len(claims) - 1) if len(claims) > 1 else ""
    choices = [f"{words}; {more}" if more else words for words in rest]
    return format_html("<strong>{}</strong> {}", ratio, _that_fits(ratio, choices, options))


def _that_fits(verdict: str, choices: Sequence[str], options: ProfileOptions) -> str:
    """The first of the wordings that fits the lines behind the verdict, else the last."""
    size = LARGER_VERDICT_SIZE if options.larger else VERDICT_SIZE
    fitting = (
        words
        for words in choices
        if lines_needed(f"{verdict} {words}", ROOM, size) <= VERDICT_LINES
    )
    return next(fitting, choices[-1])


def _claim_words(link: Link, summary: Summary) -> tuple[str, tuple[str, ...]]:
    """The ratio, and wordings of what it means and what was allowed for, the longest first."""
    own = summary.record.own_factors
    difference = difference_words(link.factor, own)
    words = {
        **link_figures(link),
        "difference": gettext("%(difference)s, a day later") % {"difference": difference}
        if link.lag
        else difference,
        "days": _covered_days(link.days, link.since, summary),
        "allowed": ", ".join(allowed_for(link, summary.links, own)),
    }
    rest = (
        gettext(
            "(%(low)s to %(high)s) per %(difference)s; %(days)s; %(allowed)s allowed for; "
            "not proof of a cause"
        ),
        gettext(
            "(%(low)s to %(high)s) per %(difference)s; %(days)s; other factors allowed for; "
            "not proof of a cause"
        ),
        gettext("(%(low)s to %(high)s) per %(difference)s; %(days)s; not proof of a cause"),
    )
    return gettext("Link: %(ratio)s times") % words, tuple(one % words for one in rest)


def _covered_days(days: int, since: date | None, summary: Summary) -> str:
    """The days behind a link, and which these are where the page shows fewer."""
    counted = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    if since is not None:
        covered = gettext("since %(date)s") % {"date": short_date(since, summary.as_of)}
    elif summary.record.days and summary.record.days[0].date < summary.period.from_:
        covered = gettext("whole diary")
    else:
        return counted
    return gettext("%(covered)s, %(days)s") % {"covered": covered, "days": counted}


def _no_link(judged: list[Link], summary: Summary, options: ProfileOptions) -> SafeString:
    """That no link stands, and what all of the looked-at ratios still fit."""
    names = list(
        dict.fromkeys(factor_name(link.factor, summary.record.own_factors) for link in judged)
    )
    low, high = min(link.low or 0 for link in judged), max(link.high or 0 for link in judged)
    most = max(judged, key=lambda link: link.days)
    words = gettext(
        "with %(factors)s so far (%(days)s; each within %(low)s to %(high)s times as many)"
    )
    counted = gettext("any of %(count)s factors") % {"count": len(names)}
    figures = {
        **ratio_words(1, low, high),
        "days": _covered_days(most.days, most.since, summary),
    }
    choices = [words % {"factors": shown, **figures} for shown in (list_words(names), counted)]
    verdict = gettext("No clear link")
    shown = _that_fits(verdict, choices if len(names) <= MOST_NAMES else choices[1:], options)
    return format_html("<strong>{}</strong> {}", verdict, shown)


def _cannot_say(summary: Summary) -> SafeString:
    link = max(summary.links, key=lambda one: one.progress.usable_days)
    progress = link.progress
    if progress.usable_days < progress.needed_days:
        missing = gettext("%(days)s of the %(needed)s usable days needed") % {
            "days": progress.usable_days,
            "needed": progress.needed_days,
        }
    elif progress.twitch_days < progress.needed_twitch_days:
        missing = gettext("%(days)s of the %(needed)s days with single twitches needed") % {
            "days": progress.twitch_days,
            "needed": progress.needed_twitch_days,
        }
    else:
        missing = missing_words(link, summary.record.own_factors)
    words = gettext("<strong>Cannot say yet</strong> whether they go together: {missing}")
    return format_html(words, missing=missing)
