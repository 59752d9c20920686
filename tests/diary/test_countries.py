"""The country that a time zone makes likely."""

from __future__ import annotations

import pytest

from diary.countries import OLD_NAMES, country_names, country_of_zone
from diary.local_days import known_zones


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Vienna", "AT"),
        ("Europe/Oslo", "NO"),
        ("America/New_York", "US"),
        ("Asia/Calcutta", "IN"),
        ("UTC", None),
        ("Etc/GMT+1", None),
        ("Mars/Base", None),
    ],
)
def test_time_zone_of_a_place_has_a_country(zone: str, country: str | None) -> None:
    assert country_of_zone(zone) == country


def test_old_names_are_zones_that_the_table_has_dropped() -> None:
    assert set(OLD_NAMES) <= known_zones()
    assert set(OLD_NAMES.values()) <= set(country_names())
