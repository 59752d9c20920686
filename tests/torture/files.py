"""Diary files made to break the reader, sent to the real page that brings one in."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from tests.diary.exchange.test_hostile_files import FILES
from tests.torture.answers import send_file
from tests.torture.server import LOST_CONNECTION, Browser, Server

HEAD = '{"format": "twitch-diary", "version": 1, '
MEGABYTE = 1024 * 1024
LARGE: dict[str, Callable[[], bytes]] = {
    "a million keys": lambda: (
        HEAD + '"person": {' + ",".join(f'"k{n}": {n}' for n in range(1_000_000)) + "}}"
    ).encode(),
    "a million keys outside": lambda: (
        HEAD + ",".join(f'"k{n}": {n}' for n in range(1_000_000)) + "}"
    ).encode(),
    "a million open lists": lambda: (HEAD + '"days": ' + "[" * 1_000_000).encode(),
    "a million lists in a list": lambda: (HEAD + '"days": [' + "[]," * 1_000_000 + "[]]}").encode(),
    "30 MB of spaces": lambda: b" " * 30 * MEGABYTE,
    "30 MB of zero bytes": lambda: b"\0" * 30 * MEGABYTE,
    "30 MB of one text": lambda: (
        HEAD + '"person": {"name": "' + "x" * 30 * MEGABYTE + '"}}'
    ).encode(),
    "30 MB of escapes": lambda: (
        HEAD + '"person": {"name": "' + "\\u00e9" * (5 * MEGABYTE) + '"}}'
    ).encode(),
    "a gzip bomb": lambda: gzip.compress(b"0" * 100 * MEGABYTE),
    "a number of ten million digits": lambda: (HEAD + '"x": ' + "9" * 10_000_000 + "}").encode(),
    "a number 1e999999999": lambda: (HEAD + '"person": {"birth_year": 1e999999999}}').encode(),
    "notes of accents": lambda: json.dumps(
        {
            "format": "twitch-diary",
            "version": 1,
            "days": [
                {"date": f"{1900 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}",
                 "note": "e\u0301\u0316" * 660}
                for n in range(3_000)
            ],
        },
        ensure_ascii=False,
    ).encode(),
    "larger than is taken": lambda: b"[" * (129 * MEGABYTE),
}  # fmt: skip


@dataclass
class Bombs:
    """What the files did to the server."""

    files: int = 0
    server_errors: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    slowest: str = ""
    most_mb: float = 0.0
    most: str = ""
    at_rest_mb: float = 0.0
    kept: list[str] = field(default_factory=list)

    @property
    def faultless(self) -> bool:
        """Each refused within 10 s and 300 MB more than the server holds at rest."""
        return (
            not self.server_errors and self.slowest_s < 10 and self.most_mb - self.at_rest_mb < 300
        )


def send_bombs(server: Server, *, large: bool) -> Bombs:
    """Send every file; memory is that of the largest worker at its peak."""
    bombs = Bombs()
    browser = Browser(server.port)
    browser.start_diary()
    bombs.at_rest_mb = max((peak_mb(pid) for pid in server.workers()), default=0.0)
    every: dict[str, Callable[[], str | bytes]] = {**FILES, **(LARGE if large else {})}
    for name, make in every.items():
        made = make()
        content = made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made
        workers = server.workers()
        for pid in workers:
            forget_peak(pid)
        started = perf_counter()
        try:
            status = send_file(browser, content, "diary.json").status
        except LOST_CONNECTION as error:
            status = 599
            bombs.server_errors.append(f"{name}: {type(error).__name__}")
        took = perf_counter() - started
        bombs.files += 1
        if status >= 500:
            bombs.server_errors.append(f"{name}: {status}")
        elif status == 302:
            bombs.kept.append(name)
        if took > bombs.slowest_s:
            bombs.slowest_s, bombs.slowest = took, name
        peak = max((peak_mb(pid) for pid in workers), default=0.0)
        if peak > bombs.most_mb:
            bombs.most_mb, bombs.most = peak, name
    return bombs


def forget_peak(pid: int) -> None:
    """Begin to measure the peak anew."""
    try:
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    except OSError:
        return


def peak_mb(pid: int) -> float:
    """The most memory a process held, in MB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next(
        int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")
    )
