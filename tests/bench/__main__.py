"""`python -m tests.bench`: how fast it is, each figure beside its baseline in the same run.

Nothing of an own diary is touched: everything happens in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.rows import Table
    from tests.bench.world import World

BEGIN, END, HEADING = "<!-- bench: begin -->", "<!-- bench: end -->", "### "
PARTS = ("bare", "growth", "queries", "visits", "links", "warm", "cold", "copies", "server")


def main() -> None:
    """Run the parts, tell progress on stderr, print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few runs and a smaller diary")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART",
                        help=f"some of: {', '.join(PARTS)}")  # fmt: skip
    parser.add_argument("--into", type=Path, help="page whose tables of these parts are replaced")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="diary-bench-") as folder:
        os.environ["DIARY_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
        os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as `make run` sets it
        measure(given.only, quick=given.quick, into=given.into)


def measure(only: Sequence[str], *, quick: bool, into: Path | None) -> None:
    """Take the parts one after the other; each table is printed and kept as soon as it is there."""
    import django

    django.setup()
    from tests.bench.world import FULL, QUICK, World

    world = World(QUICK if quick else FULL)
    for name, part in parts().items():
        if name not in only:
            continue
        sys.stderr.write(f"{name}\n")
        before = os.getloadavg()[0]
        table = part(world)
        lines = [*table.lines, machine(before, quick=quick), ""]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        if into is not None:
            keep_table(into, "\n".join(lines))


def parts() -> dict[str, Callable[[World], Table]]:
    """Every part by its name."""
    from tests.bench import copies, figures, pages, papers, server

    found = (
        *(pages.beside_bare, pages.growth, pages.queries_and_weight, pages.visits),
        *(figures.figures, papers.warm, papers.cold, copies.copies, server.under_load),
    )
    return dict(zip(PARTS, found, strict=True))


def machine(load_before: float, *, quick: bool) -> str:
    """What the figures were taken on, in a paragraph."""
    from config.environment import journal_mode

    kind = "**Quick run, few rounds: no measure of anything.** " if quick else ""
    named = ("Django", "WeasyPrint", "gunicorn")
    libraries = ", ".join(f"{name} {version(name)}" for name in named)
    today, load_after = datetime.now(UTC), os.getloadavg()[0]
    return (
        f"{kind}{today:%-d %B %Y}; {processor()}, {os.cpu_count()} cores, load {load_before:.1f} "
        f"before and {load_after:.1f} after; {platform.system()}, "
        f"Python {platform.python_version()}, {libraries}, SQLite {sqlite3.sqlite_version} "
        f"(journal {journal_mode()})."
    )


def processor() -> str:
    """The name of the processor, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def keep_table(page: Path, text: str) -> None:
    """Put a table in the place of the one with its title, or after the others.

    Raises ValueError without the two markers.
    """
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    shown, after = rest.split(END)
    tables = [HEADING + table.strip() for table in shown.split(HEADING)[1:]]
    titles = [table.splitlines()[0] for table in tables]
    table = text.strip()
    title = table.splitlines()[0]
    if title in titles:
        tables[titles.index(title)] = table
    else:
        tables.append(table)
    joined = "\n\n".join(tables)
    page.write_text(f"{before}{BEGIN}\n{joined}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
