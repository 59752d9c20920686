"""Whole diaries in and out: beside the plainest way to write and read as many rows."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from statistics import median

from django.db import transaction

from diary.exchange import diary_file
from diary.keeping import BATCH, replace_diary
from diary.models import Day, Episode, Person
from diary.queries import episodes_of, kept_episodes
from diary.stored import EPISODE_COLUMNS, day_columns, digest, episode_columns
from diary.views.exchange import all_but_episodes
from tests.bench.rows import Table, compared, counted
from tests.bench.timing import in_turns, interleaved
from tests.bench.world import World


def copies(world: World) -> Table:
    """Import and export of the long diary."""
    diary, person = world.ten_years_diary, world.ten_years.person
    text = diary_file.write(diary)
    empty = Person.objects.create_user(email="empty@diary.example")
    episodes = [
        {"sent_digest": digest(one), **episode_columns(one)} for one in diary.episodes
    ]  # fmt: skip
    days = [day_columns(day) for day in diary.days]

    def plain_rows() -> None:
        Episode.objects.bulk_create(
            [Episode(person=empty, **row) for row in episodes], batch_size=BATCH
        )
        Day.objects.bulk_create([Day(person=empty, **row) for row in days], batch_size=BATCH)

    rounds = max(2, world.effort.cold_rounds // 2)
    stored = interleaved(
        {
            "store": undone(lambda: replace_diary(empty, diary)),
            "import": undone(lambda: replace_diary(empty, diary_file.read(text))),
            "bulk": undone(plain_rows),
        },
        rounds,
    )
    rows = kept_episodes(person).values_list(*EPISODE_COLUMNS)
    read = interleaved(
        {
            "export": lambda: deque(exported(person), maxlen=0),
            "records": lambda: deque(episodes_of(person), maxlen=0),
            "values": lambda: deque(rows.iterator(chunk_size=BATCH), maxlen=0),
        },
        rounds + 2,
    )
    count = f"{len(diary.episodes):,} episodes"
    return Table(
        "Whole diaries in and out",
        f"{count}, in time of the processor, by seconds. Beside: `bulk_create` of the same rows, "
        "their columns ready; `values_list` of the same columns, thrown away as they come. Peak "
        "memory is that of a process of its own.",
        (
            compared("import, file to rows", stored["import"], stored["bulk"], 1.5,
                     name="bulk_create", unit=" s", scale=1),
            compared("of it, records to rows", stored["store"], stored["bulk"],
                     name="bulk_create", unit=" s", scale=1),
            compared("export, rows to file", read["export"], read["values"], 2,
                     name="values_list", unit=" s", scale=1),
            compared("of it, rows to records", read["records"], read["values"],
                     name="values_list", unit=" s", scale=1),
            *_memory(world),
        ),
    )  # fmt: skip


def undone(work: Callable[[], object]) -> Callable[[], None]:
    """The work in a transaction that is taken back, so that each run finds the same."""

    def done() -> None:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)

    return done


def exported(person: Person) -> deque[bytes]:
    """The diary file as the site writes it, thrown away as it comes."""
    chunks = diary_file.write_chunks(all_but_episodes(person), episodes_of(person))
    return deque((chunk.encode() for chunk in chunks), maxlen=0)


def _memory(world: World) -> list[object]:
    command = (sys.executable, "-m", "tests.bench.one_copy")
    few = world.file_of("few", world.quarter_diary)
    many = world.file_of("many", world.ten_years_diary)
    small, large = str(world.quarter.person.pk), str(world.ten_years.person.pk)
    found = in_turns(
        {
            "out few": (*command, "export", small),
            "out many": (*command, "export", large),
            "in few": (*command, "import", few),
            "in many": (*command, "import", many),
        },
        1,
    )
    peaks = {name: median(one.peak_mb for one in runs) for name, runs in found.items()}
    of_file = many.stat().st_size / 1_000_000
    return [
        counted("peak memory, export", peaks["out many"], round(peaks["out few"]) + 20, unit=" MB",
                note=f"90 days: {peaks['out few']:.0f} MB"),
        counted("peak memory, import", peaks["in many"], None, unit=" MB",
                note=f"90 days: {peaks['in few']:.0f} MB; the file has {of_file:.0f} MB"),
    ]  # fmt: skip
