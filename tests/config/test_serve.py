"""Starting a local diary: the port, a damaged file, a lost one, and copies while it runs."""

from __future__ import annotations

import os
import socket
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config import hourly_backups, serve
from diary import storage
from tests.diary.test_storage import break_page, write


def test_port_is_eight_thousand_unless_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(socket.socket()) as free:
        free.bind((serve.HOST, 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("PORT", str(port))

    assert serve.port_to_serve() == port


@pytest.mark.parametrize("said", ["0", "65536", "http", "-1", ""])
def test_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("PORT", said)

    with pytest.raises(SystemExit, match="set it to a number from 1 to 65535"):
        serve.port_to_serve()


def test_port_in_use_names_another(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(socket.create_server((serve.HOST, 0))) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))

        with pytest.raises(SystemExit, match=f"PORT={port + 1} make run"):
            serve.port_to_serve()


def test_sound_diary_is_served_as_usual(tmp_path: Path) -> None:
    write(tmp_path, 3)

    assert serve.sound(tmp_path)
    assert "DIARY_READ_ONLY" not in os.environ


def test_damaged_diary_is_read_only_and_says_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIARY_READ_ONLY", "off")
    database = write(tmp_path, 2_000)
    copy = storage.back_up(tmp_path, storage.HOURLY)
    break_page(database)

    assert not serve.sound(tmp_path)
    assert os.environ["DIARY_READ_ONLY"] == "on"
    assert f"manage.py restore {copy}" in capsys.readouterr().out


def test_lost_diary_is_not_begun_anew_in_silence(tmp_path: Path) -> None:
    database = write(tmp_path, 3)
    storage.note_held(tmp_path)
    database.unlink()

    with pytest.raises(SystemExit, match="there was one: 3 twitches"):
        serve.sound(tmp_path)


def test_first_start_is_sound(tmp_path: Path) -> None:
    assert serve.sound(tmp_path)


@pytest.mark.parametrize(("age", "lately"), [(59, True), (61, False)])
def test_backup_of_the_last_hour_is_lately(tmp_path: Path, age: int, lately: bool) -> None:
    write(tmp_path, 1)
    storage.back_up(tmp_path, storage.HOURLY, datetime.now(UTC) - timedelta(minutes=age))

    assert hourly_backups.backed_up_lately(tmp_path) is lately


def test_unchanged_diary_is_not_copied_again(tmp_path: Path) -> None:
    database = write(tmp_path, 1)
    hourly_backups.back_up(tmp_path)
    hourly_backups.back_up(tmp_path)
    assert len(storage.backups(tmp_path / "backups")) == 1

    later = time.time() + 5
    os.utime(database, (later, later))
    hourly_backups.back_up(tmp_path)

    assert storage.changed_since_backup(tmp_path)
    assert len(storage.backups(tmp_path / "backups")) >= 1


def test_failing_backup_is_said_and_ends_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    break_page(write(tmp_path, 2_000))

    hourly_backups.back_up(tmp_path)

    assert [record.msg for record in caplog.records] == ["backup failed"]


def test_copies_end_with_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hourly_backups, "LOOK_EVERY_S", 0.01)

    assert hourly_backups.wait(os.getppid(), 0.02)
    assert not hourly_backups.wait(os.getppid() + 1, 0.02)


def test_journal_mode_is_set_in_the_file(tmp_path: Path) -> None:
    database = write(tmp_path, 1, journal="WAL")

    serve.set_journal_mode(database)

    with closing(sqlite3.connect(database)) as connection:
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    from config.environment import journal_mode

    assert mode.upper() == journal_mode()


@pytest.mark.parametrize(("shift", "changed"), [(-10, False), (10, True)])
def test_static_files_are_gathered_when_one_is_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shift: int, changed: bool
) -> None:
    source, gathered = tmp_path / "static", tmp_path / "gathered"
    source.mkdir()
    gathered.mkdir()
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    for name in (".installed", "static/app.css", "gathered/staticfiles.json"):
        (tmp_path / name).write_text("")
    manifest = (gathered / "staticfiles.json").stat().st_mtime
    os.utime(source / "app.css", (manifest + shift, manifest + shift))
    os.utime(tmp_path / ".installed", (manifest - 20, manifest - 20))

    assert serve.static_files_changed(source, gathered) is changed


@pytest.mark.parametrize(("mode", "address"), [("local", serve.HOST), ("home", serve.EVERYWHERE)])
def test_server_listens_to_this_computer_alone_unless_at_home(
    monkeypatch: pytest.MonkeyPatch, mode: str, address: str
) -> None:
    monkeypatch.setenv("DIARY_MODE", mode)

    assert f"--bind={address}:8123" in serve.server_options(8123)


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[list[str]]:
    """`prepare` over a folder of its own; what stood in it at each command."""
    seen: list[list[str]] = []

    def call_command(name: str, **_options: Any) -> None:
        seen.append([name, *(copy.why for copy in storage.backups(tmp_path / storage.BACKUPS))])
        write(tmp_path, 3)

    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("django.core.management.call_command", call_command)
    monkeypatch.setattr(serve, "static_files_changed", lambda *_folders: False)
    monkeypatch.setattr(serve, "pending_migrations", lambda: True)
    return seen


def test_tables_change_only_after_a_backup(tmp_path: Path, prepared: list[list[str]]) -> None:
    write(tmp_path, 3)

    serve.prepare()

    assert prepared == [["migrate", storage.BEFORE_MIGRATE]]


def test_first_start_has_nothing_to_back_up(tmp_path: Path, prepared: list[list[str]]) -> None:
    serve.prepare()

    assert prepared == [["migrate"]]
    assert storage.lost(tmp_path) is None
    assert (tmp_path / storage.HELD).exists()


def test_damaged_diary_is_not_migrated(tmp_path: Path, prepared: list[list[str]]) -> None:
    break_page(write(tmp_path, 2_000))

    with pytest.raises(storage.Damaged):
        serve.prepare()

    assert prepared == []
