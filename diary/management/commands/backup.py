"""Copies a local diary now, in between the hourly copies."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from diary import storage

HOSTED = (
    "This diary is in PostgreSQL: use pg_dump, for example  pg_dump --format=custom DATABASE_URL"
)


class Command(BaseCommand):
    """`manage.py backup`"""

    help = "Copy the diary into the folder of backups and check the copy."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the copy and say where it is and what it holds."""
        if settings.DIARY_MODE == "hosted":
            raise CommandError(HOSTED)
        try:
            copy = storage.back_up(settings.DATA_DIR, storage.BY_HAND)
            rows = storage.rows_of(copy)
        except storage.Damaged as damaged:
            raise CommandError(f"Nothing was copied: {damaged}") from damaged
        self.stdout.write(f"{copy}\n{rows.episodes} twitches, {rows.days} days, checked.")
