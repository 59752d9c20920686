"""Names of countries by their ISO 3166 code, for the emergency number."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def country_names() -> dict[str, str]:
    """English names by code, sorted by name, from the table that comes with the time zones."""
    table = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return dict(sorted(((code, name) for code, name in rows), key=lambda row: row[1]))
