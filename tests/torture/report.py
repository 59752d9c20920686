"""The table of figures, on the screen and in docs/reliability.md."""

from __future__ import annotations

import platform
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from config.environment import journal_mode

BEGIN, END = "<!-- torture:begin -->", "<!-- torture:end -->"


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    what: str
    measured: str
    goal: str
    kept: bool


def machine() -> str:
    """The machine of the figures, in a sentence."""
    cpu = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    cores = Path("/proc/cpuinfo").read_text().count("processor\t")
    return (
        f"{cpu[1] if cpu else platform.processor()}, {cores} cores shared with other work,"
        f" {platform.system()} {platform.release().partition('-')[0]},"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
        f" ({'write-ahead log' if journal_mode() == 'WAL' else 'rollback journal'})"
    )


def table(figures: Iterable[Figure]) -> str:
    """The figures as a table of Markdown."""
    lines = ["| what | measured | goal | kept |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {one.what} | {one.measured} | {one.goal} | {'yes' if one.kept else '**no**'} |"
        for one in figures
    ]
    return "\n".join(lines)


def write_into(path: Path, figures: Iterable[Figure], words: str) -> None:
    """Put the table between the marks of a document."""
    text = path.read_text()
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    said = f"Measured on {datetime.now(UTC):%Y-%m-%d}: {machine()}. {words}"
    path.write_text(f"{before}{BEGIN}\n{said}\n\n{table(figures)}\n{END}{after}")
