"""Looks at the installation and says what is in order and what is not."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from diary import storage
from diary.models import Day, Episode, Person

FREE_BYTES = 200 * 1024 * 1024
BACKUP_AGE = timedelta(hours=25)
KEY_CHARACTERS = 50
PRAGMAS = {
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 20_000,
}
"""What a connection must answer, beside the journal mode that fits the SQLite version."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    found: str
    in_order: bool = True


class Command(BaseCommand):
    """`manage.py doctor`"""

    help = "Check the database, its files and backups, and the settings."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every finding; fail when one is not in order."""
        findings = list(all_findings())
        for finding in findings:
            mark = "ok " if finding.in_order else "NOT"
            self.stdout.write(f"{mark}  {finding.what}: {finding.found}")
        faults = sum(not finding.in_order for finding in findings)
        if faults:
            raise CommandError(f"{faults} not in order.")


def all_findings() -> Iterator[Finding]:
    """Everything there is to look at in this mode."""
    yield Finding("mode", settings.DIARY_MODE)
    yield Finding("debug", str(settings.DEBUG).lower(), in_order=not settings.DEBUG)
    yield Finding("hosts", ", ".join(settings.ALLOWED_HOSTS), "*" not in settings.ALLOWED_HOSTS)
    yield Finding(
        "secret key",
        f"{len(settings.SECRET_KEY)} characters",
        len(settings.SECRET_KEY) >= KEY_CHARACTERS,
    )
    if settings.DIARY_MODE != "hosted":
        yield from files(settings.DATA_DIR)
        yield from sqlite()
        yield from copies(settings.DATA_DIR)
    yield from contents()


def files(folder: Path) -> Iterator[Finding]:
    """The files of the diary are their owner's alone, and there is room on the disk."""
    database = folder / storage.DATABASE
    for path, wanted in ((folder, 0o700), (database, 0o600), (folder / "secret-key", 0o600)):
        if not path.exists():
            yield Finding(str(path), "missing", in_order=False)
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        yield Finding(str(path), f"mode {mode:o}", in_order=not mode & ~wanted)
    free = shutil.disk_usage(folder).free
    yield Finding("free space", f"{free // 1024**2} MB", free >= FREE_BYTES)


def sqlite() -> Iterator[Finding]:
    """SQLite, its settings as a live connection answers them, and whether the file is sound."""
    yield Finding("SQLite", sqlite3.sqlite_version)
    with connection.cursor() as cursor:
        wanted_of = {"journal_mode": settings.SQLITE_JOURNAL_MODE.lower(), **PRAGMAS}
        for name, wanted in wanted_of.items():
            found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            yield Finding(name, str(found), found == wanted)
    try:
        storage.check(settings.DATA_DIR / storage.DATABASE)
        yield Finding("quick_check", "ok")
    except storage.Damaged as damaged:
        yield Finding("quick_check", str(damaged), in_order=False)


def copies(folder: Path) -> Iterator[Finding]:
    """The newest backup is there when something was written since the last."""
    found = storage.backups(folder / storage.BACKUPS)
    if not found:
        unchanged = not storage.changed_since_backup(folder)
        yield Finding("backups", "none yet", in_order=unchanged)
        return
    age = datetime.now(UTC) - found[-1].made_at
    hours = int(age / timedelta(hours=1))
    late = age > BACKUP_AGE and storage.changed_since_backup(folder)
    yield Finding("backups", f"{len(found)}, the newest {hours} hours old", in_order=not late)


def contents() -> Iterator[Finding]:
    """The tables are up to date, and how much they hold."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield Finding("migrations", f"{len(pending)} to apply", in_order=not pending)
    if not pending:
        people = Person.objects.filter(is_example=False)
        yield Finding("people", str(people.count()))
        yield Finding("twitches", str(Episode.objects.kept().filter(person__in=people).count()))
        yield Finding("days", str(Day.objects.filter(person__in=people, entered=True).count()))
