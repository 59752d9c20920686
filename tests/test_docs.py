"""What the documents say is there, is there; what is there to set, they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/decisions.md", "docs/running.md"]
PLACES = (
    "config/",
    "diary/",
    "triage/",
    "templates/",
    "static/",
    "tests/",
    "docs/",
    "requirements/",
)
PICTURES = "docs/pictures/"
"""Taken from the finished pages."""


def words_in_code(page: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", (ROOT / page).read_text())


@pytest.mark.parametrize("page", PAGES)
def test_links_between_documents_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text())
    own = [link for link in links if "://" not in link and not link.startswith(PICTURES)]

    assert [link for link in own if not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_files_named_in_a_document_exist(page: str) -> None:
    named = {
        word.rstrip("/")
        for word in words_in_code(page)
        if word.startswith(PLACES) and "NAME" not in word and " " not in word
    }

    missing = [name for name in named if not list(ROOT.glob(name))]
    assert missing == []


def test_every_variable_is_explained_and_every_explained_one_is_read() -> None:
    code = "".join(path.read_text() for path in (ROOT / "config").glob("*.py"))
    read = set(re.findall(r"\"(DIARY_[A-Z_]+|DATABASE_URL|PORT)\"", code)) - {"DIARY_READ_ONLY"}
    explained = {
        word
        for word in words_in_code("docs/running.md")
        if re.fullmatch("DIARY_[A-Z_]+|DATABASE_URL|PORT", word)
    }

    assert explained == read


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_make_targets_named_exist(page: str) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    named = re.findall(r"\bmake ([a-z]+)\b", (ROOT / page).read_text())

    assert set(named) <= set(targets)
    assert named


def test_commands_named_exist() -> None:
    pages = "".join((ROOT / page).read_text() for page in PAGES)
    own = {path.stem for path in ROOT.glob("*/management/commands/*.py")}
    django = {
        "changepassword", "check", "clearsessions", "collectstatic", "createcachetable", "migrate",
    }  # fmt: skip

    assert set(re.findall(r"manage\.py ([a-z]+)", pages)) <= own | django


def test_purpose_is_stated_first() -> None:
    first = " ".join((ROOT / "README.md").read_text().split("\n\n")[1].strip("*").split())

    assert first == (
        "A personal diary and a list of answers and questions for an appointment; "
        "it does not diagnose or treat."
    )
