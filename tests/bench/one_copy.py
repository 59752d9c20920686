"""`python -m tests.bench.one_copy export PERSON | import FILE`: one copy, to see its memory."""

from __future__ import annotations

import sys
from pathlib import Path

import django

django.setup()

from diary.exchange import diary_file  # noqa: E402
from diary.keeping import replace_diary  # noqa: E402
from diary.models import Person  # noqa: E402
from tests.bench.copies import exported, undone  # noqa: E402

if __name__ == "__main__":
    way, what = sys.argv[1:]
    if way == "export":
        exported(Person.objects.get(pk=what))
    else:
        person = Person.objects.get(email="empty@diary.example")
        undone(lambda: replace_diary(person, diary_file.read(Path(what).read_bytes())))()
