"""The sentences of links. A ratio comes with its interval, its days and its limits, never alone.

"You logged", never "you had"; a link is a link in the diary; no p-value, no order by size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext, gettext_lazy, ngettext

from diary.records import OwnFactorRecord
from diary.vocabulary import Factor, OwnFactorKind
from triage.links import Link
from triage.verdicts import Reason, Verdict
from triage.wording import full_date, list_words, ratio_words, sentence_start, uncounted_days

LITTLE_OR_NO_LINK = (0.77, 1.3)
"""An interval within these limits is called little or no link."""

NORMAL_WORDING_FROM_DAYS = 60
"""Below this many days a link of usual size would not show yet."""

_MAIN = (Factor.CAFFEINE, Factor.SLEEP, Factor.STRESS)

_NAMES = {
    Factor.CAFFEINE: gettext_lazy("caffeine"),
    Factor.SLEEP: gettext_lazy("sleep"),
    Factor.STRESS: gettext_lazy("stress"),
    Factor.EXERCISE: gettext_lazy("exercise"),
    Factor.ALCOHOL: gettext_lazy("alcohol"),
    Factor.NICOTINE: gettext_lazy("nicotine"),
    Factor.HYDRATION: gettext_lazy("drinks"),
}

# The differences are those of triage.statistics.factor_differences; a test holds the two together.
_DIFFERENCES = {
    Factor.CAFFEINE: gettext_lazy("200 mg more caffeine"),
    Factor.SLEEP: gettext_lazy("2 h less sleep"),
    Factor.STRESS: gettext_lazy("3 points more stress"),
    Factor.EXERCISE: gettext_lazy("30 minutes more exercise"),
    Factor.ALCOHOL: gettext_lazy("2 more alcoholic drinks"),
    Factor.NICOTINE: gettext_lazy("nicotine"),
    Factor.HYDRATION: gettext_lazy("500 ml more to drink"),
}


def link_sentence(link: Link, links: Iterable[Link], own: Sequence[OwnFactorRecord]) -> str:
    """One row of links in words; `links` are all rows, `own` the factors the person added."""
    if is_unknown(link):
        return _cannot_say(link, own)
    if is_claim(link):
        return _claim(link, links, own)
    return f"{link_title(link)}. {_no_clear_link(link)}"


def link_title(link: Link) -> str:
    """The verdict of a row as a heading: "No clear link", "More twitches"."""
    if is_unknown(link):
        return gettext("Cannot say yet")
    if is_claim(link):
        more = link.steady_verdict == Verdict.MORE
        return gettext("More twitches") if more else gettext("Fewer twitches")
    low, high = link.low or 0, link.high or 0
    if LITTLE_OR_NO_LINK[0] <= low and high <= LITTLE_OR_NO_LINK[1]:
        return gettext("Little or no link")
    return gettext("No clear link")


def link_details(link: Link, links: Iterable[Link], own: Sequence[OwnFactorRecord]) -> str:
    """What stands under the heading of a row; together they say what `link_sentence` says."""
    if is_unknown(link):
        missing = gettext("%(missing)s.") % {"missing": sentence_start(missing_words(link, own))}
        return " ".join(filter(None, (missing, _earliest(link))))
    return _claim(link, links, own) if is_claim(link) else _no_clear_link(link)


def is_unknown(link: Link) -> bool:
    """Whether a row has no ratio yet."""
    return link.rate_ratio is None or link.low is None or link.high is None


def is_claim(link: Link) -> bool:
    """Whether a row says more or fewer."""
    return not is_unknown(link) and link.steady_verdict in (Verdict.MORE, Verdict.FEWER)


def factor_name(code: str, own: Sequence[OwnFactorRecord]) -> str:
    """A factor inside a sentence: "caffeine", or the person's own words in quotes."""
    if code in _NAMES:
        return str(_NAMES[Factor(code)])
    return next((f"“{factor.label}”" for factor in own if factor.code == code), code)


def difference_words(code: str, own: Sequence[OwnFactorRecord]) -> str:
    """What a ratio is stated for: "200 mg more caffeine", "1 h more of “screen hours”"."""
    if code in _DIFFERENCES:
        return str(_DIFFERENCES[Factor(code)])
    factor = next((factor for factor in own if factor.code == code), None)
    if factor is None or factor.kind == OwnFactorKind.YES_NO:
        return factor_name(code, own)
    amount = f"{factor.step or 1:g} {factor.unit or ''}".strip()
    return gettext("%(amount)s more of %(factor)s") % {
        "amount": amount,
        "factor": factor_name(code, own),
    }


def looked_at_days(link: Link, own: Sequence[OwnFactorRecord]) -> str:
    """The days a row speaks of: "On days with 200 mg more caffeine"."""
    words = {"difference": difference_words(link.factor, own)}
    if link.factor == Factor.SLEEP:
        if link.lag:
            return gettext("On the second day after %(difference)s") % words
        return gettext("On days after %(difference)s") % words
    if link.lag:
        return gettext("On days after one with %(difference)s") % words
    return gettext("On days with %(difference)s") % words


def _claim(link: Link, links: Iterable[Link], own: Sequence[OwnFactorRecord]) -> str:
    sentences = [
        ngettext(
            "%(when)s you logged %(ratio)s times as many twitches (likely between %(low)s and "
            "%(high)s times; %(days)s day, %(allowed)s allowed for).",
            "%(when)s you logged %(ratio)s times as many twitches (likely between %(low)s and "
            "%(high)s times; %(days)s days, %(allowed)s allowed for).",
            link.days,
        )
        % {
            "when": looked_at_days(link, own),
            "days": link.days,
            "allowed": list_words(allowed_for(link, links, own)),
            **link_figures(link),
        }
    ]
    if link.lag == 0:
        sentences.append(gettext("One day alone cannot tell which of the two came first."))
    sentences.append(gettext("This is a link in your diary, not proof of a cause."))
    return " ".join(sentences)


def link_figures(link: Link) -> dict[str, str]:
    """Ratio and interval of a row that has them, in words."""
    return ratio_words(link.rate_ratio or 0, link.low or 0, link.high or 0)


def allowed_for(link: Link, links: Iterable[Link], own: Sequence[OwnFactorRecord]) -> list[str]:
    """What the regression held apart: weekday, trend, and the other factors it could use.

    The own factors are allowed for among themselves and never for the three main ones.
    """
    used = [one.factor for one in links if one.lag is not None or one.reason == Reason.TOO_WIDE]
    others = [
        code
        for code in dict.fromkeys(used)
        if code != link.factor and (link.factor not in _MAIN or code in _MAIN)
    ]
    return [gettext("weekday"), gettext("trend"), *(factor_name(code, own) for code in others)]


def _no_clear_link(link: Link) -> str:
    low, high = link.low or 0, link.high or 0
    words = {"days": link.days, **link_figures(link)}
    if LITTLE_OR_NO_LINK[0] <= low and high <= LITTLE_OR_NO_LINK[1]:
        return (
            gettext("Your diary fits %(low)s to %(high)s times as many twitches (%(days)s days).")
            % words
        )
    sentences = [
        gettext(
            "Your diary fits anything from %(low)s to %(high)s times as many twitches "
            "(%(days)s days)."
        )
        % words
    ]
    if link.verdict != link.steady_verdict:
        sentences.append(gettext("A link is named once it has stood for four weekly looks."))
    elif link.days < NORMAL_WORDING_FROM_DAYS:
        sentences.append(gettext("So far only a very strong link could show."))
    return " ".join(sentences)


def _cannot_say(link: Link, own: Sequence[OwnFactorRecord]) -> str:
    """What is missing, and when it can be there at the earliest."""
    sentence = gettext("Cannot say yet: %(missing)s.") % {"missing": missing_words(link, own)}
    return " ".join(filter(None, (sentence, _earliest(link))))


def _earliest(link: Link) -> str:
    earliest = link.progress.earliest
    if earliest is None:
        return ""
    return gettext("Earliest %(date)s, if you check in daily.") % {"date": full_date(earliest)}


def missing_words(link: Link, own: Sequence[OwnFactorRecord]) -> str:
    """The condition that is not met yet: "12 of the 30 days needed"."""
    progress = link.progress
    reason = link.reason or Reason.FEW_DAYS
    uncounted = uncounted_days(progress.summarised_days, progress.constant_days)
    words = {
        "factor": factor_name(link.factor, own),
        "days": progress.usable_days,
        "needed": progress.needed_days,
        "twitch_days": progress.twitch_days,
        "needed_twitch_days": progress.needed_twitch_days,
        "values": _values(link, own),
        "uncounted": uncounted,
    }
    if uncounted and reason in _MISSING_NUMBER:
        return str(_MISSING_NUMBER[reason]) % words
    return str(_MISSING[reason]) % words


_MISSING = {
    Reason.NOT_RECORDED: gettext_lazy("%(factor)s is not noted on any checked-in day"),
    Reason.FEW_DAYS: gettext_lazy("%(factor)s is noted on %(days)s of the %(needed)s days needed"),
    Reason.FEW_COMPLETE_DAYS: gettext_lazy(
        "all factors are noted together on %(days)s of the %(needed)s days needed"
    ),
    Reason.FEW_TWITCH_DAYS: gettext_lazy(
        "%(twitch_days)s of the %(needed_twitch_days)s days with a twitch needed"
    ),
    Reason.HARDLY_VARIES: gettext_lazy("your %(factor)s hardly varies%(values)s"),
    Reason.MOVES_WITH_OTHERS: gettext_lazy(
        "your %(factor)s goes up and down with something else, so the two cannot be told apart"
    ),
    Reason.TOO_WIDE: gettext_lazy("with %(days)s days your diary still fits almost any answer"),
    Reason.BEYOND_LIMIT: gettext_lazy("at most 3 own factors are compared"),
}

_MISSING_NUMBER = {
    Reason.FEW_DAYS: gettext_lazy(
        "%(days)s of the %(needed)s days needed have %(factor)s and a number of twitches; "
        "not counted: %(uncounted)s"
    ),
    Reason.FEW_COMPLETE_DAYS: gettext_lazy(
        "%(days)s of the %(needed)s days needed have all factors and a number of twitches; "
        "not counted: %(uncounted)s"
    ),
    Reason.FEW_TWITCH_DAYS: gettext_lazy(
        "%(twitch_days)s of the %(needed_twitch_days)s days needed have single twitches; "
        "not counted: %(uncounted)s"
    ),
}
"""The conditions of those who also tell days without a number of twitches."""


def _values(link: Link, own: Sequence[OwnFactorRecord]) -> str:
    """The range recorded, in brackets and in its unit; empty where it has none."""
    if link.values is None:
        return ""
    low, high = (value_words(link.factor, value, own) for value in link.values)
    return (
        f" ({low})"
        if low == high
        else gettext(" (%(low)s to %(high)s)") % {"low": low, "high": high}
    )


def value_words(code: str, value: float, own: Sequence[OwnFactorRecord]) -> str:
    """A value of a factor in its unit: "7.5 h", "288 mg", "4"."""
    if code == Factor.SLEEP:
        return f"{round(value / 60, 1):g} h"
    units = {"caffeine": "mg", "hydration": "ml", "exercise": "min"}
    unit = units.get(code) or next((f.unit for f in own if f.code == code and f.unit), "")
    return f"{value:g} {unit}".strip()
