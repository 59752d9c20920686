"""The house stands as drawn: what is pure stays pure, and each module has its place in the rule."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHELL = {"apps", "checks", "forms", "management", "pdf", "urls", "views"}
"""Modules of triage that may know of the database, requests and files."""

WORLD = ("django.conf", "django.db", "django.http", "django.shortcuts", "django.utils.timezone")
CLOCK = {"now", "today", "utcnow"}


def pure_modules() -> list[Path]:
    found = (ROOT / "triage").rglob("*.py")
    return sorted(
        path
        for path in found
        if path.relative_to(ROOT / "triage").parts[0].split(".")[0] not in SHELL
    )


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize("path", pure_modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_pure_module_knows_no_database_request_or_setting(path: Path) -> None:
    names = imported(ast.parse(path.read_text()))

    assert {name for name in names if name.startswith(WORLD)} == set()


@pytest.mark.parametrize("path", pure_modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_pure_module_asks_no_clock(path: Path) -> None:
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args
    }

    assert calls & CLOCK == set()


def test_contract_names_every_pure_module() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    named = next(set(one["source_modules"]) for one in contracts if "pure" in one["name"])

    top = {path.relative_to(ROOT / "triage").parts[0].split(".")[0] for path in pure_modules()}
    assert named == {f"triage.{name}" for name in top - {"__init__"}}
