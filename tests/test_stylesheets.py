"""Stylesheets of pages: nothing is dead or said twice, and no browser drops what it needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import tinycss2

ROOT = Path(__file__).parent.parent
SOURCES = ("templates/**/*.html", "templates/**/*.svg", "static/js/*.js", "*/**/*.py")
INSET = "env(safe-area-inset-bottom)"


@dataclass(frozen=True, slots=True)
class Rule:
    file: str
    within: str
    """The conditions it stands in, "@media print"."""
    selectors: tuple[tuple[Any, ...], ...]
    declared: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(tinycss2.serialize(one).strip() for one in self.selectors)

    def values(self, name: str) -> list[str]:
        return [value for declared, value in self.declared if declared == name]


def split(prelude: list[Any]) -> tuple[tuple[Any, ...], ...]:
    """The selectors of a list, each as its tokens."""
    found: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            found.append([])
        else:
            found[-1].append(token)
    return tuple(map(tuple, found))


def rules_of(file: str, nodes: list[Any], within: str = "") -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            declared = tinycss2.parse_blocks_contents(node.content, skip_whitespace=True)
            pairs = [
                (one.name, tinycss2.serialize(one.value).strip())
                for one in declared
                if one.type == "declaration"
            ]
            yield Rule(file, within, split(node.prelude), tuple(pairs))
        elif node.type == "at-rule" and node.content and node.at_keyword != "font-face":
            condition = f"{within}@{node.at_keyword}{tinycss2.serialize(node.prelude)}".rstrip()
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from rules_of(file, inner, condition)


def stylesheet(path: Path) -> list[Rule]:
    nodes = tinycss2.parse_stylesheet(path.read_text(), skip_comments=True, skip_whitespace=True)
    return list(rules_of(path.name, nodes))


RULES = [
    rule for path in sorted((ROOT / "static" / "css").glob("*.css")) for rule in stylesheet(path)
]


@pytest.fixture(scope="module")
def sources() -> str:
    """All that can name a class."""
    return "\n".join(
        path.read_text()
        for pattern in SOURCES
        for path in sorted(ROOT.glob(pattern))
        if not path.is_relative_to(ROOT / "tests") and ".venv" not in path.parts
    )


def needs_has(tokens: tuple[Any, ...] | list[Any]) -> bool:
    """Whether a browser without :has() refuses a selector; within :is() it only leaves it out."""
    return any(
        token.type == "function"
        and (
            token.lower_name == "has" or (token.lower_name == "not" and needs_has(token.arguments))
        )
        for token in tokens
    )


def test_no_rule_is_lost_where_has_is_not_known() -> None:
    mixed = [rule.names for rule in RULES if len({needs_has(one) for one in rule.selectors}) == 2]

    assert mixed == []


def test_a_choice_is_seen_where_has_is_not_known() -> None:
    """Its box is hidden elsewhere, where the ground of the whole chip says which one is chosen."""
    (shown,) = (
        rule.values("opacity")
        for rule in RULES
        if rule.names == (".chip input[type]",) and rule.within == "@supports not selector(:has(a))"
    )

    assert shown == ["1"]


def test_a_full_height_is_that_of_the_window_with_its_bars() -> None:
    heights = [(rule.names, rule.values("min-height")) for rule in RULES]
    full = [(names, values) for names, values in heights if any("100vh" in one for one in values)]

    assert len(full) == 2
    for _, (old, new) in full:
        assert new == old.replace("100vh", "100svh")


def test_what_stays_at_the_bottom_stands_clear_of_the_home_indicator() -> None:
    staying = {
        name
        for rule in RULES
        for name in rule.names
        if set(rule.values("position")) & {"sticky", "fixed"}
        and ("0" in rule.values("bottom") or "auto 0 0" in rule.values("inset"))
    }
    clear = {name for rule in RULES for name in rule.names if INSET in str(rule.declared)}

    assert staying == {".tabs", ".picker-foot", ".flow-body > .flow-foot.stays"}
    assert staying <= clear


def test_quick_taps_do_not_zoom() -> None:
    tapped = [rule.names for rule in RULES if rule.values("touch-action") == ["manipulation"]]

    assert tapped == [("button", "a", "label", "summary")]


def test_text_decoration_is_one_word() -> None:
    """WebKit knows no thickness in it, and drops it whole."""
    values = {value for rule in RULES for value in rule.values("text-decoration")}

    assert values <= {"none", "underline"}


def test_nothing_is_said_twice() -> None:
    said = Counter(
        (rule.file, rule.within, rule.names, declared)
        for rule in RULES
        for declared in dict(rule.declared)
    )

    assert [place for place, times in said.items() if times > 1] == []


def test_every_class_of_a_stylesheet_is_in_use(sources: str) -> None:
    names = {
        name for rule in RULES for one in rule.names for name in re.findall(r"\.([a-z][\w-]*)", one)
    }
    words = set(re.findall(r"[a-zA-Z][\w-]*", sources))
    composed = set(re.findall(r"([a-z]+-)\{", sources))

    assert len(names) > 200
    assert [
        name
        for name in sorted(names - words)
        if not any(name.startswith(start) for start in composed)
    ] == []
