"""JSON Schema of the diary file, for other software: `python -m diary.exchange.schema`.

The schema says what one field or object may hold. What fields must agree on with each other is in
`diary.exchange.consistency` and in words in docs/diary-file.md.
"""

from __future__ import annotations

import json
import sys

from diary.exchange import shape
from diary.exchange.values import Schema


def diary_schema() -> Schema:
    """JSON Schema (draft 2020-12) of a diary file of this version."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{shape.FORMAT}:{shape.VERSION}",
        "title": f"Twitch Diary file, version {shape.VERSION}",
        "description": "Absent and null both mean: not recorded. Null is never zero.",
        **shape.DIARY.definition(),
        "$defs": {part.title: part.definition() for part in shape.SHAPES},
    }


def schema_text() -> str:
    """The schema as it stands in docs/diary-file.schema.json."""
    return json.dumps(diary_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
