"""docs/diary-file.md names what the code knows, section by section."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from diary import limits
from diary.exchange import shape
from diary.exchange.diary_file import read
from diary.exchange.structures import Shape
from diary.vocabulary import BodySite

TEXT = (Path(__file__).parents[3] / "docs" / "diary-file.md").read_text(encoding="utf-8")
LAST = "medicines, events, own_factors, experiments, visits"
SECTION_OF = {
    "diary": "The file",
    "person": "person",
    "onset": "person",
    "test": "person",
    "own_drink": "person",
    "settings": "person",
    "question": "person",
    "episode": "episodes",
    "day": "days",
    "place": "days",
    "drink": "days",
    "symptom_answer": "symptom_answers",
    "medicine": LAST,
    "event": LAST,
    "own_factor": LAST,
    "experiment": LAST,
    "plan_step": LAST,
    "visit": LAST,
}


def section(title: str) -> str:
    return re.split(r"^#+ ", TEXT.split(f"### {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("part", [shape.DIARY, *shape.SHAPES], ids=lambda part: part.title)
def test_every_field_stands_in_the_section_of_its_object(part: Shape) -> None:
    said = section(SECTION_OF[part.title])

    for column in part.fields:
        assert f"`{column.name}`" in said, column.name
        assert not column.required or f"**`{column.name}`**" in said, column.name


def test_the_fields_of_the_tables_are_those_of_the_code_in_their_order() -> None:
    for title, part in (("person", shape.PERSON), ("episodes", shape.EPISODE)):
        rows = [line.split("|")[1] for line in section(title).splitlines() if "`" in line[:6]]
        named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]

        assert named == [column.name for column in part.fields]


def test_the_example_at_the_top_can_be_read() -> None:
    example = TEXT.split("```json\n", 1)[1].split("```", 1)[0]

    assert len(read(example).episodes) == 1


def test_the_numbers_are_those_of_the_code() -> None:
    assert f"{limits.FILE_BYTES // 1024**2} MB" in TEXT
    assert f"{limits.EPISODES:,} episodes" in TEXT.replace("\n", " ").replace("  ", " ")
    assert f"{limits.DATES.low.year} to {limits.DATES.high.year}" in TEXT
    assert f"one of the {len(BodySite)} codes" in TEXT
