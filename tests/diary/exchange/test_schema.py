"""The published schema: true to the code, and an independent reader agrees with ours."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from diary.exchange import shape
from diary.exchange.diary_file import write
from diary.exchange.schema import diary_schema, schema_text
from diary.records import DiaryRecord
from tests.diary.exchange.files import EPISODE, faults_in
from tests.strategies import diaries

DOCS = Path(__file__).parents[3] / "docs"
VERSION_1 = json.loads((Path(__file__).parent / "version-1.json").read_text(encoding="utf-8"))
EMPTY = {"format": "twitch-diary", "version": 1}
SCHEMA = Draft202012Validator(json.loads(schema_text()))


def refused(data: Any) -> bool:
    return not SCHEMA.is_valid(data)


def test_the_published_schema_is_the_one_of_the_code() -> None:
    published = (DOCS / "diary-file.schema.json").read_text(encoding="utf-8")

    assert published == schema_text(), "run: python -m diary.exchange.schema > docs/…schema.json"


def test_it_is_a_schema_of_its_draft() -> None:
    Draft202012Validator.check_schema(diary_schema())


def test_every_object_and_field_is_described() -> None:
    parts = [diary_schema(), *diary_schema()["$defs"].values()]

    for part in parts:
        assert part["additionalProperties"] is False
        for name, described in part["properties"].items():
            assert described["description"], name


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(diaries())
def test_it_takes_every_diary_that_is_written(diary: DiaryRecord) -> None:
    SCHEMA.validate(json.loads(write(diary)))


def test_it_takes_the_stored_file_and_one_with_every_field_null() -> None:
    SCHEMA.validate(VERSION_1)
    SCHEMA.validate(EMPTY)
    SCHEMA.validate(EMPTY | dict.fromkeys(c.name for c in shape.DIARY.fields if not c.required))
    for name, part in (("person", shape.PERSON),):
        SCHEMA.validate(EMPTY | {name: dict.fromkeys(c.name for c in part.fields)})


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"format": "twitch-diary"},
        {"format": "twitch-diary", "version": 2},
        {"format": "other", "version": 1},
        EMPTY | {"nights": []},
        EMPTY | {"episodes": {}},
        EMPTY | {"episodes": [None]},
        EMPTY | {"episodes": [{"id": EPISODE["id"]}]},
        EMPTY | {"episodes": [EPISODE | {"id": "1"}]},
        EMPTY | {"episodes": [EPISODE | {"started_at": "2026-03-01T21:30:00"}]},
        EMPTY | {"episodes": [EPISODE | {"site": "elbow"}]},
        EMPTY | {"episodes": [EPISODE | {"intensity": 0}]},
        EMPTY | {"episodes": [EPISODE | {"intensity": 4}]},
        EMPTY | {"episodes": [EPISODE | {"pain": 1.5}]},
        EMPTY | {"episodes": [EPISODE | {"note": "x" * 2001}]},
        EMPTY | {"episodes": [EPISODE | {"note": "\u0000"}]},
        EMPTY | {"episodes": [EPISODE | {"running": "yes"}]},
        EMPTY | {"days": [{"date": "1 March 2026"}]},
        EMPTY | {"days": [{"date": "2026-03-01", "own": {"a b": 1}}]},
        EMPTY | {"days": [{"date": "2026-03-01", "own": {"a": "1"}}]},
        EMPTY | {"days": [{"date": "2026-03-01", "sites": [{"side": "left"}]}]},
        EMPTY | {"person": {"country": "gb"}},
        EMPTY | {"medicines": [{"name": ""}]},
        EMPTY | {"visits": [{"frozen": []}]},
    ],
    ids=range(24),
)
def test_what_is_broken_is_refused_by_the_schema_and_by_the_reader(broken: dict[str, Any]) -> None:
    assert refused(broken)
    assert faults_in(json.dumps(broken))


def places_in(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container and key at any depth."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in list(pairs):
        yield value, key
        if isinstance(member, dict | list):
            yield from places_in(member)


PUT = st.sampled_from(
    [None, True, False, 0, -1, 7.0, 1.5, 10**9, "", "x", "calf", "2026-03-01", "\r\n", [], {}, [{}]]
)


@settings(max_examples=300)
@given(st.integers(0, sum(1 for _place in places_in(VERSION_1)) - 1), PUT)
def test_what_the_reader_takes_the_schema_takes_too(place: int, put: Any) -> None:
    changed = copy.deepcopy(VERSION_1)
    container, key = list(places_in(changed))[place]
    container[key] = put

    assert faults_in(json.dumps(changed)) or not refused(changed)
