"""Starts the local diary: backs up, migrates, says its address, and becomes the server."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

from config.environment import data_folder, mode
from diary import storage

HOST = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # noqa: S104
"""The address to listen at for the home network too."""
LOST = """\
Nobody keeps a diary in {path}, but there was one: {held}.
To bring back a copy:  .venv/bin/python manage.py restore FILE   (copies are in {folder}/backups)
To begin anew on purpose, remove {folder}/held-data.json and start again."""
DAMAGED = """\
The diary file {path} is damaged. It is shown, and nothing can be written.
To bring back the newest copy, stop this and type:
  .venv/bin/python manage.py restore {newest}"""


def main() -> None:
    """Bring the diary up to date and serve it until stopped."""
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # two threads fight over two cores
    port = port_to_serve()
    folder = data_folder()
    storage.hold_in_use(folder)
    if sound(folder):
        prepare()
        keep_backing_up(folder)
    print(f"Your diary is at http://{HOST}:{port}/  (stop it with Ctrl-C)", flush=True)
    if mode() == "home":
        print(f"To open it on a phone: http://{HOST}:{port}/phone/", flush=True)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *server_options(port)])


def sound(folder: Path) -> bool:
    """Whether the diary can be written; a damaged one is served to be read and copied only.

    Ends with a sentence when a diary that held something is gone.
    """
    if held := storage.lost(folder):
        sys.exit(LOST.format(path=folder / storage.DATABASE, held=held, folder=folder))
    if not (folder / storage.DATABASE).exists():
        return True
    try:
        storage.check(folder / storage.DATABASE)
    except storage.Damaged:
        print(DAMAGED.format(path=folder / storage.DATABASE, newest=newest_backup(folder)))
        os.environ["DIARY_READ_ONLY"] = "on"
        return False
    return True


def newest_backup(folder: Path) -> str:
    """The file to restore from, or a word for none."""
    found = storage.backups(folder / storage.BACKUPS)
    return str(found[-1].path) if found else "FILE"


def keep_backing_up(folder: Path) -> None:
    """Start the process that copies the diary every hour; it ends with the server."""
    subprocess.Popen([sys.executable, "-m", "config.hourly_backups", str(folder)])


def listens_at() -> str:
    """This computer alone, or its network too."""
    return EVERYWHERE if mode() == "home" else HOST


def port_to_serve() -> int:
    """The port from PORT, else 8000; ends with a sentence when it cannot be had."""
    said = os.environ.get("PORT", "8000")
    if not said.isdecimal() or not 1 <= int(said) <= 65_535:
        sys.exit(f"PORT is {said!r}; set it to a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listens_at(), int(said)))
        except OSError:
            sys.exit(f"Port {said} is in use. Try another: PORT={int(said) + 1} make run")
    return int(said)


def prepare() -> None:
    """Migrate after a backup, set the journal mode, and gather static files when they changed."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    database = settings.DATA_DIR / storage.DATABASE
    existed = database.exists()
    if pending_migrations():
        if existed:
            storage.back_up(settings.DATA_DIR, storage.BEFORE_MIGRATE)
        call_command("migrate", verbosity=0, interactive=False)
    set_journal_mode(database)
    storage.note_held(settings.DATA_DIR)
    if static_files_changed(settings.BASE_DIR / "static", settings.STATIC_ROOT):
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)


def pending_migrations() -> bool:
    """Whether the database lacks a migration."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


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
    """Options of gunicorn: two processes of four threads, quiet."""
    return [
        "config.wsgi:application",
        f"--bind={listens_at()}:{port}",
        "--workers=2",
        "--threads=4",
        "--timeout=60",
        "--max-requests=1000",
        "--max-requests-jitter=100",
        "--log-level=warning",
        "--no-control-socket",
        "--logger-class=config.server_log.ServerLog",
    ]


if __name__ == "__main__":
    main()
