"""Puts a backup in the place of a local diary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from diary import storage
from diary.management.commands.backup import HOSTED


class Command(BaseCommand):
    """`manage.py restore FILE`"""

    help = "Make a backup the diary. The diary before it is kept among the backups."

    def add_arguments(self, parser: CommandParser) -> None:
        """The backup."""
        parser.add_argument("file", type=Path, help="a file from the folder of backups")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Check the backup, exchange the files, and say what is where."""
        if settings.DIARY_MODE == "hosted":
            raise CommandError(HOSTED)
        if not file.is_file():
            raise CommandError(f"{file} is not there. Backups: {settings.DATA_DIR / 'backups'}")
        try:
            before = storage.restore(settings.DATA_DIR, file)
        except storage.InUse as in_use:
            raise CommandError("The diary is open. Stop it first, with Ctrl-C.") from in_use
        except storage.Damaged as damaged:
            raise CommandError(f"{file} is no sound diary, nothing changed: {damaged}") from damaged
        rows = storage.rows_of(settings.DATA_DIR / storage.DATABASE)
        self.stdout.write(f"The diary holds {rows.episodes} twitches and {rows.days} days.")
        if before is not None:
            self.stdout.write(f"The diary before it is kept as {before}")
