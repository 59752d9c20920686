"""The preview shows the sheet inside a page of the diary, whose stylesheet must not reach it."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def test_no_class_of_the_sheet_is_styled_by_the_pages() -> None:
    rules = re.findall(r"([^{}]+)\{", (ROOT / "static/css/app.css").read_text())
    alone = [re.fullmatch(r"\s*\.([\w-]+)\s*", one) for rule in rules for one in rule.split(",")]
    of_pages = {found[1] for found in alone if found}
    of_sheet = {
        name
        for path in (ROOT / "templates/triage/profile").glob("_*.html")
        for names in re.findall(r'class="([^"]*)"', path.read_text())
        for name in re.findall(r"[\w-]+", re.sub(r"\{[%{].*?[%}]\}", " ", names))
    }

    assert of_pages
    assert of_sheet
    assert not of_pages & of_sheet
