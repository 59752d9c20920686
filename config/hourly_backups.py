"""A copy of the diary every hour while it is served, in a process of its own.

Not in the web workers: they come and go, and a copy must not hold up a page. Started by
`config.serve` as a child of the server, it ends when the server does.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path

from config.logs import to_stderr
from diary import storage

FIRST_AFTER_S = 60
EVERY_S = 60 * 60
LOOK_EVERY_S = 2

log = logging.getLogger("config.backups")


def main(folder: Path) -> None:
    """Copy the diary when it changed, every hour, until the server has ended."""
    to_stderr()
    server = os.getppid()
    while wait(server, FIRST_AFTER_S if not backed_up_lately(folder) else EVERY_S):
        back_up(folder)


def wait(server: int, seconds: float) -> bool:
    """Whether the server still runs after the wait."""
    until = time.monotonic() + seconds
    while os.getppid() == server:
        left = until - time.monotonic()
        if left <= 0:
            return True
        time.sleep(min(LOOK_EVERY_S, left))
    return False


def backed_up_lately(folder: Path) -> bool:
    """Whether the newest copy is less than an hour old."""
    found = storage.backups(folder / storage.BACKUPS)
    return bool(found) and time.time() - found[-1].made_at.timestamp() < EVERY_S


def back_up(folder: Path) -> None:
    """One copy if there is something new; a failure is said and tried again in an hour."""
    try:
        if storage.changed_since_backup(folder):
            storage.back_up(folder, storage.HOURLY)
    except (storage.Damaged, OSError):
        log.exception("backup failed")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(0)
