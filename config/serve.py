"""Starts the local diary: backs up, migrates, says its address, and becomes the server."""

from __future__ import annotations

import os
import socket
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

HOST = "127.0.0.1"


def main() -> None:
    """Bring the diary up to date and serve it until stopped."""
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # two threads fight over two cores
    port = port_to_serve()
    prepare()
    print(f"Your diary is at http://{HOST}:{port}/  (stop it with Ctrl-C)", flush=True)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *server_options(port)])


def port_to_serve() -> int:
    """The port from PORT, else 8000; ends with a sentence when it cannot be had."""
    said = os.environ.get("PORT", "8000")
    if not said.isdecimal() or not 1 <= int(said) <= 65_535:
        sys.exit(f"PORT is {said!r}; set it to a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(said)))
        except OSError:
            sys.exit(f"Port {said} is in use. Try another: PORT={int(said) + 1} make run")
    return int(said)


def prepare() -> None:
    """Migrate after a backup, set the journal mode, and gather static files when they changed."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    database = Path(settings.DATABASES["default"]["NAME"])
    if pending_migrations():
        if database.exists():
            back_up(database, settings.DATA_DIR / "backups")
        call_command("migrate", verbosity=0, interactive=False)
    set_journal_mode(database)
    if static_files_changed(settings.BASE_DIR / "static", settings.STATIC_ROOT):
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)


def pending_migrations() -> bool:
    """Whether the database lacks a migration."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def back_up(database: Path, folder: Path) -> Path:
    """A sound copy of the database under a name with the moment; the copy is checked."""
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"before-migrate-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.sqlite3"
    source = sqlite3.connect(database)
    try:
        source.execute("VACUUM INTO ?", (str(copy),))
    finally:
        source.close()
    check = sqlite3.connect(copy)
    try:
        if check.execute("PRAGMA quick_check").fetchone() != ("ok",):
            sys.exit(f"The backup {copy} is damaged, so nothing was changed.")
    finally:
        check.close()
    return copy


def set_journal_mode(database: Path) -> None:
    """Set the journal mode of the file, once; connections keep to it."""
    from config.environment import journal_mode

    connection = sqlite3.connect(database)
    try:
        connection.execute(f"PRAGMA journal_mode={journal_mode()}")
    finally:
        connection.close()


def static_files_changed(source: Path, gathered: Path) -> bool:
    """Whether a static file, of ours or of a package, is newer than the gathered ones."""
    manifest = gathered / "staticfiles.json"
    if not manifest.exists():
        return True
    newest = max((path.stat().st_mtime for path in source.rglob("*")), default=0)
    return max(newest, Path(sys.prefix, ".installed").stat().st_mtime) > manifest.stat().st_mtime


def server_options(port: int) -> list[str]:
    """Options of gunicorn: two processes of four threads, quiet, for this computer alone."""
    return [
        "config.wsgi:application",
        f"--bind={HOST}:{port}",
        "--workers=2",
        "--threads=4",
        "--timeout=60",
        "--max-requests=1000",
        "--max-requests-jitter=100",
        "--log-level=warning",
        "--no-control-socket",
    ]


if __name__ == "__main__":
    main()
