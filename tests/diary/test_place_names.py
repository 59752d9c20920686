"""Places in words: sides as people say them, and no two places with the same words."""

from __future__ import annotations

import pytest

from diary.place_names import place_choices, place_words
from diary.vocabulary import BodySite


@pytest.mark.parametrize(
    ("site", "side", "words"),
    [
        ("eyelid_upper", "left", "left upper eyelid"),
        ("calf", "right", "right calf"),
        ("calf", "both", "both calves"),
        ("fingers", "both", "fingers of both hands"),
        ("tongue", "midline", "middle of the tongue"),
        ("chest", "left", "left side of the chest"),
        ("back", "both", "both sides of the back"),
        ("face", "right", "right side of the face"),
        ("thigh", None, "thigh"),
    ],
)
def test_place_in_words(site: str, side: str | None, words: str) -> None:
    assert place_words(site, side) == words


def test_every_place_has_words_of_its_own() -> None:
    places = [(site, side) for site in BodySite for side in (*site.sides, None)]

    words = {place_words(site, side) for site, side in places}

    assert len(words) == len(places)


def test_choices_offer_every_site_once_with_each_of_its_sides() -> None:
    offered = [code for _group, places in place_choices() for code, _words in places]

    assert sorted(offered) == sorted(
        f"{site.value}:{side.value}" for site in BodySite for side in site.sides
    )
