"""Copies of the diary file are whole at any moment, and a copy really comes back."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from diary import storage

NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
TABLES = """
    CREATE TABLE diary_person (id INTEGER PRIMARY KEY, is_example BOOL NOT NULL);
    CREATE TABLE diary_episode (id INTEGER PRIMARY KEY, person_id, note TEXT, deleted_at);
    CREATE TABLE diary_day (id INTEGER PRIMARY KEY, person_id, entered BOOL);
    CREATE TABLE diary_symptomanswer (id INTEGER PRIMARY KEY, person_id);
    INSERT INTO diary_person VALUES (1, 0), (2, 1);
"""


def write(folder: Path, episodes: int, *, journal: str = "DELETE") -> Path:
    """A diary of so many twitches, and an example that does not count."""
    database = folder / storage.DATABASE
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA journal_mode={journal}")
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            connection.executescript(TABLES)
        rows = [(1, f"note {number} {'x' * 200}") for number in range(episodes)]
        connection.execute("DELETE FROM diary_episode")
        connection.executemany("INSERT INTO diary_episode (person_id, note) VALUES (?, ?)", rows)
        connection.execute("INSERT INTO diary_episode (person_id, note) VALUES (2, 'example')")
        connection.commit()
    return database


def break_page(database: Path) -> None:
    """Turn one page of the file over."""
    content = bytearray(database.read_bytes())
    start = 4096 * (len(content) // 4096 // 2)
    content[start : start + 4096] = bytes(byte ^ 0xFF for byte in content[start : start + 4096])
    database.write_bytes(content)


def episodes_in(database: Path) -> int:
    return storage.rows_of(database).episodes


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_backup_holds_every_row_and_is_its_owners_alone(tmp_path: Path, journal: str) -> None:
    write(tmp_path, 500, journal=journal)

    copy = storage.back_up(tmp_path, storage.BY_HAND, NOW)

    assert copy.name == "diary-20260504T123000000000-by-hand.sqlite3"
    assert episodes_in(copy) == 500
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_backup_made_during_writing_holds_every_row_acknowledged_before(
    tmp_path: Path, journal: str
) -> None:
    database = write(tmp_path, 0, journal=journal)
    written, stop = [0], threading.Event()

    def writer() -> None:
        with closing(sqlite3.connect(database, timeout=20)) as connection:
            while not stop.is_set():
                connection.execute("INSERT INTO diary_episode (person_id, note) VALUES (1, 'x')")
                connection.commit()
                written[0] += 1

    thread = threading.Thread(target=writer)
    thread.start()
    try:
        for _round in range(5):
            before = written[0]
            copy = storage.back_up(tmp_path, storage.HOURLY)
            assert before <= episodes_in(copy) <= written[0] + 1
            storage.check(copy)
    finally:
        stop.set()
        thread.join()
    assert written[0] > 0


def test_damaged_diary_is_not_copied_and_no_copy_is_lost(tmp_path: Path) -> None:
    database = write(tmp_path, 2_000)
    good = storage.back_up(tmp_path, storage.HOURLY, NOW)
    break_page(database)

    with pytest.raises(storage.Damaged):
        storage.back_up(tmp_path, storage.HOURLY, NOW + timedelta(hours=1))

    assert list(good.parent.iterdir()) == [good]


def copies_every(step: timedelta, count: int, why: str = storage.HOURLY) -> list[storage.Backup]:
    return [
        storage.Backup(Path(f"{number}-{why}"), NOW - number * step, why) for number in range(count)
    ]


def kept(found: list[storage.Backup], now: datetime = NOW) -> list[datetime]:
    return sorted(backup.made_at for backup in storage.worth_keeping(found, now))


def test_rotation_keeps_hours_days_and_months() -> None:
    moments = kept(copies_every(timedelta(hours=1), 24 * 400))

    assert len([moment for moment in moments if NOW - moment < timedelta(hours=24)]) == 24
    assert len({moment.date() for moment in moments if NOW - moment < timedelta(days=29)}) == 30
    assert len({(moment.year, moment.month) for moment in moments}) == 12
    assert len(moments) <= 24 + 30 + 12


@pytest.mark.parametrize(("hours", "slots"), [(23, 3), (24, 2)])
def test_copy_stands_for_its_hour_during_a_day(hours: int, slots: int) -> None:
    assert len(storage.slots_of(NOW - timedelta(hours=hours), NOW)) == slots


@pytest.mark.parametrize(("days", "slots"), [(29, 2), (30, 1)])
def test_copy_stands_for_its_day_during_thirty_days(days: int, slots: int) -> None:
    assert len(storage.slots_of(NOW - timedelta(days=days), NOW)) == slots


@pytest.mark.parametrize(("month", "slots"), [((2025, 6), 1), ((2025, 5), 0)])
def test_copy_stands_for_its_month_during_a_year(month: tuple[int, int], slots: int) -> None:
    assert len(storage.slots_of(datetime(*month, 15, tzinfo=UTC), NOW)) == slots


def test_rotation_keeps_the_newest_of_an_hour() -> None:
    found = copies_every(timedelta(minutes=10), 6)

    assert kept(found) == [NOW - timedelta(minutes=40), NOW]


@pytest.mark.parametrize(("days", "stays"), [(29, True), (30, False)])
def test_copy_made_on_purpose_stays_thirty_days(days: int, stays: bool) -> None:
    old = storage.Backup(Path("old"), NOW - timedelta(days=days), storage.BEFORE_MIGRATE)
    newer = storage.Backup(Path("new"), old.made_at + timedelta(minutes=5), storage.HOURLY)

    assert (old.made_at in kept([old, newer])) is stays


def test_rotation_leaves_other_files_alone(tmp_path: Path) -> None:
    write(tmp_path, 1)
    (tmp_path / "backups").mkdir()
    own = tmp_path / "backups" / "diary-of-mine.sqlite3"
    own.write_text("mine")

    for hour in range(30):
        storage.back_up(tmp_path, storage.HOURLY, NOW + timedelta(minutes=hour))

    assert own.read_text() == "mine"
    assert len(storage.backups(own.parent)) == 1


def test_change_is_seen_and_rest_is_not(tmp_path: Path) -> None:
    write(tmp_path, 1)
    assert storage.changed_since_backup(tmp_path)

    storage.back_up(tmp_path, storage.HOURLY)

    assert not storage.changed_since_backup(tmp_path)


def test_restore_brings_back_every_row_and_keeps_the_diary_before(tmp_path: Path) -> None:
    database = write(tmp_path, 300)
    copy = storage.back_up(tmp_path, storage.BY_HAND)
    write(tmp_path, 7)

    before = storage.restore(tmp_path, copy)

    assert episodes_in(database) == 300
    assert before is not None
    assert episodes_in(before) == 7
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_restore_removes_a_stale_log_that_would_change_what_is_read(tmp_path: Path) -> None:
    database = write(tmp_path, 300)
    copy = storage.back_up(tmp_path, storage.BY_HAND)
    writer = sqlite3.connect(database)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("PRAGMA wal_autocheckpoint=0")
    writer.execute("DELETE FROM diary_episode WHERE id > 100")
    writer.commit()
    log = (tmp_path / "diary.sqlite3-wal").read_bytes()
    writer.close()
    (tmp_path / "diary.sqlite3-wal").write_bytes(log)

    storage.restore(tmp_path, copy)

    assert not (tmp_path / "diary.sqlite3-wal").exists()
    assert not (tmp_path / "diary.sqlite3-shm").exists()
    assert episodes_in(database) == 300


def test_restore_into_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    write(tmp_path / "old", 5)
    copy = storage.back_up(tmp_path / "old", storage.BY_HAND)

    assert storage.restore(tmp_path, copy) is None
    assert episodes_in(tmp_path / storage.DATABASE) == 5


def not_a_database(copy: Path) -> None:
    copy.write_text("something else")


def without_tables(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("CREATE TABLE other (id)")


@pytest.mark.parametrize("spoil", [break_page, not_a_database, without_tables])
def test_unsound_copy_is_refused_and_nothing_changes(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    database = write(tmp_path, 2_000)
    copy = storage.back_up(tmp_path, storage.BY_HAND)
    spoil(copy)
    content = database.read_bytes()

    with pytest.raises(storage.Damaged):
        storage.restore(tmp_path, copy)

    assert database.read_bytes() == content


def test_damaged_diary_is_put_aside_when_a_copy_takes_its_place(tmp_path: Path) -> None:
    database = write(tmp_path, 2_000)
    copy = storage.back_up(tmp_path, storage.BY_HAND)
    break_page(database)
    broken = database.read_bytes()

    before = storage.restore(tmp_path, copy)

    assert before is not None
    assert before.read_bytes() == broken
    assert episodes_in(database) == 2_000


def test_restore_waits_for_nobody_while_the_diary_is_served(tmp_path: Path) -> None:
    database = write(tmp_path, 3)
    copy = storage.back_up(tmp_path, storage.BY_HAND)
    handle = storage.hold_in_use(tmp_path)
    try:
        with pytest.raises(storage.InUse):
            storage.restore(tmp_path, copy)
    finally:
        os.close(handle)

    assert episodes_in(database) == 3
    storage.restore(tmp_path, copy)


def test_diary_that_is_gone_is_noticed(tmp_path: Path) -> None:
    database = write(tmp_path, 3)
    storage.back_up(tmp_path, storage.HOURLY)
    assert storage.lost(tmp_path) is None

    database.unlink()

    assert (storage.lost(tmp_path) or "").startswith("3 twitches and 0 days on 20")


def test_fresh_file_in_the_place_of_a_diary_is_noticed(tmp_path: Path) -> None:
    database = write(tmp_path, 3)
    storage.back_up(tmp_path, storage.HOURLY)
    database.unlink()
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(TABLES)
        connection.execute("DELETE FROM diary_person")
        connection.commit()

    assert storage.lost(tmp_path) is not None


def test_person_who_took_everything_out_has_lost_nothing(tmp_path: Path) -> None:
    database = write(tmp_path, 3)
    storage.back_up(tmp_path, storage.HOURLY)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DELETE FROM diary_episode")
        connection.commit()

    assert storage.lost(tmp_path) is None


def test_note_says_how_much_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, 3)
    storage.note_held(tmp_path)

    note = json.loads((tmp_path / storage.HELD).read_text())
    assert set(note) == {"on", "people", "episodes", "days", "answers"}
    assert stat.S_IMODE((tmp_path / storage.HELD).stat().st_mode) == 0o600


def test_erasing_forgets_every_copy_and_the_note(tmp_path: Path) -> None:
    write(tmp_path, 3)
    storage.back_up(tmp_path, storage.HOURLY)
    (tmp_path / "damaged-20260504T123000000000.sqlite3-wal").write_text("put aside")

    storage.forget_backups(tmp_path)

    assert not list(tmp_path.glob("damaged-*"))
    assert storage.backups(tmp_path / "backups") == []
    assert not (tmp_path / storage.HELD).exists()


def test_damaged_diary_is_not_taken_for_a_lost_one(tmp_path: Path) -> None:
    database = write(tmp_path, 2_000)
    storage.note_held(tmp_path)
    break_page(database)

    assert storage.lost(tmp_path) is None
