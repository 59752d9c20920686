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

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
PARTS = ("bare", "growth", "queries", "visits", "warm", "cold", "copies", "server")


def main() -> None:
    """Run the parts, tell progress on stderr, print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few runs and a smaller diary")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART",
                        help=f"some of: {', '.join(PARTS)}")  # fmt: skip
    parser.add_argument("--into", type=Path, help="page whose tables are replaced")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="diary-bench-") as folder:
        os.environ["DIARY_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
        os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as `make run` sets it
        text = report(given.only, quick=given.quick)
    sys.stdout.write(f"{text}\n")
    if given.into is not None:
        replace_tables(given.into, text)


def report(only: Sequence[str], *, quick: bool) -> str:
    """The tables of the parts, in Markdown."""
    import django

    django.setup()
    from tests.bench.world import FULL, QUICK, World

    world = World(QUICK if quick else FULL)
    before = os.getloadavg()[0]
    tables = []
    for name, part in parts().items():
        if name in only:
            sys.stderr.write(f"{name}\n")
            tables.append(part(world))
    lines = [machine(before, quick=quick), ""]
    for table in tables:
        lines += table.lines
    return "\n".join(lines).rstrip()


def parts() -> dict[str, Callable[[World], Table]]:
    """Every part by its name."""
    from tests.bench import copies, pages, papers, server

    found = (
        *(pages.beside_bare, pages.growth, pages.queries_and_weight, pages.visits),
        *(papers.warm, papers.cold, copies.copies, server.under_load),
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
        f"{kind}{today:%-d %B %Y}; {processor()}, {os.cpu_count()} cores, "
        f"{platform.system()}, load {load_before:.1f} at the start and {load_after:.1f} "
        f"at the end (other work shared the machine); Python {platform.python_version()}, "
        f"{libraries}, SQLite {sqlite3.sqlite_version} (journal {journal_mode()}). "
        "Each figure: median (smallest–largest) of the rounds; a ratio is taken within each round."
    )


def processor() -> str:
    """The name of the processor, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def replace_tables(page: Path, text: str) -> None:
    """Put the tables between the two markers of the page; raises ValueError without them."""
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
