"""`docs/article-coverage.md` names pages, rules and factors that exist, and leaves none out."""

from __future__ import annotations

import re
from pathlib import Path

from triage.knowledge import knowledge
from triage.library import library

PAGE = (Path(__file__).parents[2] / "docs" / "article-coverage.md").read_text("utf-8")
PAGES = {entry.slug for entry in library().entries}


def test_every_page_of_the_library_has_a_row_and_no_other_is_named() -> None:
    assert set(re.findall(r"`([a-z-]+)`", PAGE)) == PAGES


def test_every_rule_and_factor_named_is_one_of_the_products() -> None:
    known = knowledge()
    shipped = {rule.id for rule in known.red_flags.rules}
    shipped |= {factor.id for factor in known.factors.values()} | set(known.notes)

    assert set(re.findall(r"\b(?:RF|TG|CF|CTX)-[A-Z0-9-]+", PAGE)) <= shipped


def test_every_rule_that_leans_on_the_article_has_a_row() -> None:
    leaning = {rule.id for rule in knowledge().red_flags.rules if "S0" in rule.sources}

    assert {rule for rule in leaning if rule not in PAGE} <= {"RF-WEIGHT-LOSS"}


def test_every_cause_has_a_row_under_the_heading_of_the_article() -> None:
    shelves = ("everyday", "nutrients", "medicines", "conditions")
    causes = [entry for entry in library().entries if entry.shelf in shelves]

    assert len(causes) == 18
    for cause in causes:
        heading = cause.article.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        assert f"| {heading} | `{cause.slug}` |" in PAGE
