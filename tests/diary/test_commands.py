"""`backup`, `restore` and `doctor`: what they do, and what they say when they cannot."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from diary import storage
from diary.management.commands import doctor
from tests.diary.test_storage import break_page, episodes_in, write


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """The data folder of a diary with three twitches."""
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o700)
    write(tmp_path, 3).chmod(0o600)
    (tmp_path / "secret-key").write_text("x" * 60)
    (tmp_path / "secret-key").chmod(0o600)
    return tmp_path


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_backup_says_where_and_how_much(folder: Path) -> None:
    path, counted = said("backup").splitlines()

    assert episodes_in(Path(path)) == 3
    assert counted == "3 twitches, 0 days, checked."


def test_backup_of_a_damaged_diary_fails(folder: Path) -> None:
    break_page(write(folder, 2_000))

    with pytest.raises(CommandError, match="Nothing was copied"):
        said("backup")


def test_restore_brings_back_a_backup(folder: Path) -> None:
    copy = said("backup").splitlines()[0]
    write(folder, 50)

    answer = said("restore", copy)

    assert "The diary holds 3 twitches and 0 days." in answer
    assert "The diary before it is kept as" in answer
    assert episodes_in(folder / storage.DATABASE) == 3


def test_restore_refuses_what_is_no_diary(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("notes")

    with pytest.raises(CommandError, match="no sound diary, nothing changed"):
        said("restore", str(other))
    with pytest.raises(CommandError, match="is not there"):
        said("restore", str(tmp_path / "missing"))


def test_restore_of_an_open_diary_says_to_stop_it(folder: Path) -> None:
    copy = said("backup").splitlines()[0]
    handle = storage.hold_in_use(folder)
    try:
        with pytest.raises(CommandError, match="Stop it first"):
            said("restore", copy)
    finally:
        os.close(handle)


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_hosted_diary_is_left_to_the_tools_of_its_database(hosted: None, command: str) -> None:
    with pytest.raises(CommandError, match="PostgreSQL"):
        said(command, *(["file"] if command == "restore" else []))


def findings(*parts: Any) -> dict[str, bool]:
    return {finding.what: finding.in_order for part in parts for finding in part}


def test_files_of_their_owner_alone_are_in_order(folder: Path) -> None:
    assert all(findings(doctor.files(folder)).values())


@pytest.mark.parametrize(
    ("name", "mode", "in_order"),
    [
        ("", 0o700, True),
        ("", 0o750, False),
        (storage.DATABASE, 0o400, True),
        (storage.DATABASE, 0o640, False),
        ("secret-key", 0o604, False),
    ],
)
def test_file_open_to_others_is_not(folder: Path, name: str, mode: int, in_order: bool) -> None:
    (folder / name).chmod(mode)
    try:
        assert findings(doctor.files(folder))[str(folder / name)] is in_order
    finally:
        (folder / name).chmod(0o700)


def test_missing_key_is_not_in_order(folder: Path) -> None:
    (folder / "secret-key").unlink()

    assert findings(doctor.files(folder))[str(folder / "secret-key")] is False


@pytest.mark.parametrize(
    ("free", "in_order"), [(200 * 1024 * 1024, True), (200 * 1024 * 1024 - 1, False)]
)
def test_two_hundred_megabytes_should_be_free(
    folder: Path, monkeypatch: pytest.MonkeyPatch, free: int, in_order: bool
) -> None:
    class Usage:
        pass

    usage = Usage()
    usage.free = free  # type: ignore[attr-defined]
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: usage)

    assert findings(doctor.files(folder))["free space"] is in_order


@pytest.mark.parametrize(("hours", "in_order"), [(24, True), (26, False)])
def test_changed_diary_wants_a_backup_a_day(folder: Path, hours: int, in_order: bool) -> None:
    storage.back_up(folder, storage.HOURLY, datetime.now(UTC) - timedelta(hours=hours))

    assert findings(doctor.copies(folder))["backups"] is in_order


def test_diary_that_rests_wants_none(folder: Path) -> None:
    old = datetime.now(UTC) - timedelta(days=9)
    storage.back_up(folder, storage.HOURLY, old)
    long_ago = old.timestamp() - 100
    os.utime(folder / storage.DATABASE, (long_ago, long_ago))

    assert findings(doctor.copies(folder))["backups"] is True


@pytest.mark.django_db
def test_doctor_reads_a_live_connection(folder: Path) -> None:
    found = findings(doctor.sqlite())

    assert found | {"journal_mode": True} == dict.fromkeys(
        ("SQLite", "journal_mode", *doctor.PRAGMAS, "quick_check"), True
    )


@pytest.mark.django_db
def test_doctor_fails_when_something_is_not_in_order(folder: Path, settings: Any) -> None:
    settings.DEBUG = True
    out = StringIO()

    with pytest.raises(CommandError, match=r"\d not in order"):
        call_command("doctor", stdout=out)

    assert "NOT  debug: true" in out.getvalue()
    assert "ok   twitches: 0" in out.getvalue()
