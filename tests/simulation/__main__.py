"""`python -m tests.simulation`: the full simulation; prints its table, or writes it into a page."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.simulation import report

BEGIN, END = "<!-- simulation: begin -->", "<!-- simulation: end -->"


def main() -> None:
    """Run, tell progress on stderr, print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0, help="times as many diaries")
    parser.add_argument("--into", type=Path, help="page whose table is replaced")
    given = parser.parse_args()
    results = report.run(given.seed, given.scale, lambda line: sys.stderr.write(f"{line}\n"))
    table = report.table(results)
    sys.stdout.write(f"{table}\n")
    if given.into is not None:
        replace_table(given.into, table)


def replace_table(page: Path, table: str) -> None:
    """Put the table between the two markers of the page; raises ValueError without them."""
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    page.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
