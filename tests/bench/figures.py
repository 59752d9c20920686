"""What is worked out of a diary without a page: links of a year, and summaries of many diaries."""

from __future__ import annotations

from datetime import timedelta

from diary.exchange import diary_file
from tests.bench.diaries import long_diary
from tests.bench.rows import Row, Table, counted
from tests.bench.timing import Samples, cpu
from tests.bench.world import World
from triage.summary import as_json, summarise

LINKS_MS = 50.0
DIARIES, MINUTES = 1_000, 2
EPISODES_A_DAY = 3


def figures(world: World) -> Table:
    """Each time of another day, so that no regression is remembered from the time before."""
    rows = (_links(world), _summaries(world))
    words = (
        "In time of the processor. Links: all looks of three factors on two days, of a diary in "
        "memory. Summaries: from the bytes of a diary file to the JSON of `summarise`."
    )
    return Table("Links and summaries", words, rows)


def _links(world: World) -> Row:
    year = long_diary(world.today, 365, 365 * EPISODES_A_DAY)
    times = []
    for back in range(world.effort.rounds + 1):
        summary = summarise(year, world.today - timedelta(days=back))
        started = cpu()
        assert summary.links
        times.append(1000 * (cpu() - started))
    found = Samples(tuple(times[1:]))  # the first brings numpy
    spread = f"{found.low:.0f} to {found.high:.0f} ms"
    return counted("links of one year", found.median, LINKS_MS, unit=" ms", note=spread)


def _summaries(world: World) -> Row:
    files = [
        diary_file.write(long_diary(world.today - timedelta(days=back), 180, 180 * EPISODES_A_DAY))
        for back in range(20)
    ]
    started = cpu()
    for text in files:
        record = diary_file.read(text.encode())
        as_json(summarise(record, record.days[-1].date), "1")
    each = (cpu() - started) / len(files)
    limit = MINUTES * 60 / DIARIES
    return counted(
        "summary of 180 days, file to JSON", 1000 * each, 1000 * limit, unit=" ms",
        note=f"{DIARIES:,} diaries: {DIARIES * each:.0f} s",
    )  # fmt: skip
