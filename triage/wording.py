"""The words of results: places, stretches of time and amounts, as a person would say them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext

from diary.vocabulary import BodySite, Side


def place_words(site: str, side: str | None) -> str:
    """A place in words: "left upper eyelid", "calf, both sides", "tongue, middle", "calf"."""
    label = str(BodySite(site).label)
    if side is None:
        return label
    words = str(Side(side).label)
    if side in (Side.LEFT, Side.RIGHT):
        return gettext("%(side)s %(place)s") % {"side": words, "place": label}
    return gettext("%(place)s, %(side)s") % {"side": words, "place": label}


def round_days(days: int) -> str:
    """A number of days as it is said: "5 days", "about 3 weeks", "about 2 months"."""
    if days < 14:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if days < 60:
        return gettext("about %(count)s weeks") % {"count": round(days / 7)}
    months = round(days / 30.4)
    if months < 24:
        return gettext("about %(count)s months") % {"count": months}
    return gettext("about %(count)s years") % {"count": round(days / 365.25)}


def list_words(items: Sequence[str]) -> str:
    """A list in words: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}
