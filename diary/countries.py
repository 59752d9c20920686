"""Countries by their ISO 3166 code, for the emergency number: their names, and which zone is whose.

Both come from tables that lie beside the time zones.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def country_names() -> dict[str, str]:
    """English names by code, sorted by name."""
    return dict(sorted(((row[0], row[1]) for row in _rows("iso3166.tab")), key=lambda row: row[1]))


def country_of_zone(zone: str) -> str | None:
    """The country that most people in a time zone are in; None for one of no place."""
    return _countries_of_zones().get(zone)


OLD_NAMES = {
    "America/Buenos_Aires": "AR",
    "America/Indianapolis": "US",
    "America/Louisville": "US",
    "Asia/Calcutta": "IN",
    "Asia/Katmandu": "NP",
    "Asia/Rangoon": "MM",
    "Asia/Saigon": "VN",
    "Atlantic/Faeroe": "FO",
    "Europe/Kiev": "UA",
}
"""Zones by names that the table has dropped and browsers still send."""


@cache
def _countries_of_zones() -> dict[str, str]:
    return {row[2]: row[0] for row in _rows("zone.tab")} | OLD_NAMES


def _rows(table: str) -> Iterator[list[str]]:
    lines = files("tzdata").joinpath("zoneinfo", table).read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines if line and not line.startswith("#"))
