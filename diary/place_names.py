"""Places in words, as a person says them, and lists of places to choose from."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from diary.records import Place
from diary.vocabulary import BodySite, Side, SiteGroup

_BOTH_SIDES = {
    "eyelid_upper": gettext_lazy("both upper eyelids"),
    "eyelid_lower": gettext_lazy("both lower eyelids"),
    "eyelid": gettext_lazy("eyelids of both eyes"),
    "brow": gettext_lazy("both brows"),
    "cheek": gettext_lazy("both cheeks"),
    "temple": gettext_lazy("both temples"),
    "shoulder": gettext_lazy("both shoulders"),
    "upper_arm_front": gettext_lazy("both upper arms, front"),
    "upper_arm_back": gettext_lazy("both upper arms, back"),
    "upper_arm": gettext_lazy("both upper arms"),
    "forearm": gettext_lazy("both forearms"),
    "wrist": gettext_lazy("both wrists"),
    "thumb": gettext_lazy("both thumbs"),
    "fingers": gettext_lazy("fingers of both hands"),
    "hand": gettext_lazy("both hands"),
    "flank": gettext_lazy("both flanks"),
    "hip": gettext_lazy("both hips"),
    "buttock": gettext_lazy("both buttocks"),
    "thigh_front": gettext_lazy("both thighs, front"),
    "thigh_back": gettext_lazy("both thighs, back"),
    "thigh": gettext_lazy("both thighs"),
    "knee": gettext_lazy("both knees"),
    "shin": gettext_lazy("both shins"),
    "calf": gettext_lazy("both calves"),
    "ankle": gettext_lazy("both ankles"),
    "foot": gettext_lazy("both feet"),
    "toes": gettext_lazy("toes of both feet"),
}

_PAIRED_PART = {
    Side.LEFT: gettext_lazy("left %(place)s"),
    Side.RIGHT: gettext_lazy("right %(place)s"),
}
_PART_ACROSS = {
    Side.LEFT: gettext_lazy("left side of the %(place)s"),
    Side.RIGHT: gettext_lazy("right side of the %(place)s"),
    Side.BOTH: gettext_lazy("both sides of the %(place)s"),
    Side.MIDLINE: gettext_lazy("middle of the %(place)s"),
}


def place_words(site: str, side: str | None) -> str:
    """A place in words: "left upper eyelid", "both calves", "middle of the chest", "calf"."""
    label = str(BodySite(site).label)
    if side is None:
        return label
    if site in _BOTH_SIDES:
        if side == Side.BOTH:
            return str(_BOTH_SIDES[site])
        return _PAIRED_PART[Side(side)] % {"place": label}
    return _PART_ACROSS[Side(side)] % {"place": label}


def place_code(place: Place) -> str:
    """A place in one value of a form: "calf:left", or "calf" without a side."""
    return ":".join(filter(None, place))


def place_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every place with each of its sides, to choose from, by group, head to foot."""
    by_group: dict[SiteGroup, list[tuple[str, str]]] = {group: [] for group in SiteGroup}
    for site in BodySite:
        for side in site.sides:
            words = str(capfirst(place_words(site, side)))
            by_group[site.group].append((place_code((site, side)), words))
    return [(str(group.label), listed) for group, listed in by_group.items()]
