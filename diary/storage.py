"""The SQLite file of a local diary: sound copies of it, the way back to one, and its checks.

Plain files and `sqlite3`, without Django, so that a copy can be made while nothing else works.
A copy of the file alone is no backup while the diary is open: commits may still stand in the
journal beside it. `VACUUM INTO` reads through SQLite and is whole at any moment.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

DATABASE = "diary.sqlite3"
BACKUPS = "backups"
HELD = "held-data.json"
LOCK = "in-use"
BESIDE = ("-wal", "-shm", "-journal")
"""Files that SQLite keeps beside a database; a stale one silently changes what another reads."""
WAIT_S = 60
HOURS_KEPT, DAYS_KEPT, MONTHS_KEPT = 24, 30, 12
NAME = re.compile(r"diary-(\d{8}T\d{12})-([a-z-]+)\.sqlite3")
MOMENT = "%Y%m%dT%H%M%S%f"
COUNTS = """
    WITH own AS (SELECT id FROM diary_person WHERE NOT is_example)
    SELECT (SELECT count(*) FROM own),
           (SELECT count(*) FROM diary_episode e JOIN own ON own.id = e.person_id
             WHERE e.deleted_at IS NULL),
           (SELECT count(*) FROM diary_day d JOIN own ON own.id = d.person_id WHERE d.entered),
           (SELECT count(*) FROM diary_symptomanswer a JOIN own ON own.id = a.person_id)
"""
HOURLY, BY_HAND, BEFORE_MIGRATE, BEFORE_RESTORE = (
    "hourly", "by-hand", "before-migrate", "before-restore",
)  # fmt: skip


class Damaged(Exception):
    """The file is no sound diary; the message says what SQLite or we found."""


class InUse(Exception):
    """The diary is being served, so its file may not be exchanged."""


@dataclass(frozen=True, slots=True)
class Rows:
    """How much a diary file holds, examples left out."""

    people: int = 0
    episodes: int = 0
    days: int = 0
    answers: int = 0

    @property
    def any(self) -> bool:
        """Whether anything was entered."""
        return bool(self.episodes or self.days or self.answers)


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the diary file, by its name."""

    path: Path
    made_at: datetime
    why: str


def opened(database: Path, mode: str = "rw") -> sqlite3.Connection:
    """A connection that never makes a new file."""
    uri = f"{database.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=WAIT_S, isolation_level=None)


def check(database: Path) -> None:
    """Read through the whole file. Raises `Damaged`."""
    try:
        with closing(opened(database)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA quick_check(5)")]
    except sqlite3.Error as error:
        raise Damaged(str(error)) from error
    if found != ["ok"]:
        raise Damaged("; ".join(found))


def rows_of(database: Path) -> Rows:
    """Numbers of rows in the tables that a person fills. Raises `Damaged` for another file."""
    try:
        with closing(opened(database)) as connection:
            return Rows(*connection.execute(COUNTS).fetchone())
    except sqlite3.Error as error:
        raise Damaged(str(error)) from error


def copy_database(source: Path, target: Path) -> None:
    """A whole, checked copy under `target`, which appears only when it is complete.

    Raises `Damaged` when the source or the copy is not sound.
    """
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(opened(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(partial),))
        check(partial)
        os.chmod(partial, 0o600)
        flush(partial)
        os.replace(partial, target)
        flush(target.parent)
    except sqlite3.Error as error:
        raise Damaged(str(error)) from error
    finally:
        partial.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Wait until the file, or the names in the folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def back_up(folder: Path, why: str, now: datetime | None = None) -> Path:
    """A checked copy of the diary in the folder's `backups`; older ones make room.

    Raises `Damaged`: then nothing was copied and no older copy is gone.
    """
    now = now or datetime.now(UTC)
    database, copies = folder / DATABASE, folder / BACKUPS
    check(database)
    copies.mkdir(mode=0o700, exist_ok=True)
    target = copies / f"diary-{now:{MOMENT}}-{why}.sqlite3"
    copy_database(database, target)
    note_held(folder)
    rotate(copies, now)
    return target


def backups(copies: Path) -> list[Backup]:
    """Every copy, oldest first; other files in the folder are none."""
    found = []
    for path in copies.glob("diary-*.sqlite3"):
        if name := NAME.fullmatch(path.name):
            made_at = datetime.strptime(name[1], MOMENT).replace(tzinfo=UTC)
            found.append(Backup(path, made_at, name[2]))
    return sorted(found, key=lambda backup: backup.made_at)


def rotate(copies: Path, now: datetime) -> None:
    """Remove what is neither one of the last hours, days or months nor a recent one of its own."""
    found = backups(copies)
    kept = {backup.path for backup in worth_keeping(found, now)}
    for backup in found:
        if backup.path not in kept:
            backup.path.unlink(missing_ok=True)


def worth_keeping(found: Iterable[Backup], now: datetime) -> Iterator[Backup]:
    """The newest copy of each of 24 hours, 30 days and 12 months, and for 30 days any made on
    purpose or before something that changes the file."""
    seen: set[str] = set()
    for backup in sorted(found, key=lambda backup: backup.made_at, reverse=True):
        slots = slots_of(backup.made_at, now)
        days_old = (now.date() - backup.made_at.date()).days
        if slots - seen or (backup.why != HOURLY and days_old < DAYS_KEPT):
            yield backup
        seen |= slots


def slots_of(made_at: datetime, now: datetime) -> set[str]:
    """The hour, day and month a copy may stand for, as far as these are recent enough."""
    months_old = 12 * (now.year - made_at.year) + now.month - made_at.month
    recent = {
        "%Y%m%d%H": now - made_at < timedelta(hours=HOURS_KEPT),
        "%Y%m%d": (now.date() - made_at.date()).days < DAYS_KEPT,
        "%Y%m": months_old < MONTHS_KEPT,
    }
    return {f"{made_at:{slot}}" for slot, kept in recent.items() if kept}


def changed_since_backup(folder: Path) -> bool:
    """Whether the diary was written after its newest copy was made."""
    found = backups(folder / BACKUPS)
    database = folder / DATABASE
    written = [
        path.stat().st_mtime
        for path in (database, *(database.with_name(DATABASE + end) for end in BESIDE))
        if path.exists()
    ]
    return bool(written) and (not found or max(written) > found[-1].made_at.timestamp())


def forget_backups(folder: Path) -> None:
    """Remove every copy, what was put aside and the note of a diary: the person erased it."""
    copies = [backup.path for backup in backups(folder / BACKUPS)]
    for path in (*copies, *folder.glob("damaged-*.sqlite3*")):
        path.unlink(missing_ok=True)
    (folder / HELD).unlink(missing_ok=True)


def note_held(folder: Path) -> None:
    """Write down, beside the diary, that it holds something; an empty one changes nothing."""
    try:
        rows = rows_of(folder / DATABASE)
    except Damaged:  # no table yet, or tables of an earlier version
        return
    if not rows.any:
        return
    note = {"on": f"{datetime.now(UTC):%Y-%m-%d}", **asdict(rows)}
    partial = folder / f"{HELD}.partial"
    partial.write_text(json.dumps(note))
    os.chmod(partial, 0o600)
    os.replace(partial, folder / HELD)


def lost(folder: Path) -> str | None:
    """What the diary used to hold when nobody keeps it any more, in words; None when all is well.

    Somebody who takes out every entry still keeps a diary, and erasing removes the note.
    """
    try:
        note = json.loads((folder / HELD).read_text())
    except (FileNotFoundError, ValueError):
        return None
    if (folder / DATABASE).exists() and not is_fresh(folder / DATABASE):
        return None
    return f"{note.get('episodes')} twitches and {note.get('days')} days on {note.get('on')}"


def is_fresh(database: Path) -> bool:
    """Whether the file is sound and nobody keeps a diary in it; a damaged one is not fresh."""
    try:
        return rows_of(database).people == 0
    except Damaged:
        with suppress(Damaged):
            check(database)
            return True
        return False


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the diary while nobody serves it. Raises `InUse`."""
    handle = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise InUse from None
    finally:
        os.close(handle)


def hold_in_use(folder: Path) -> int:
    """Say that the diary is being served, for as long as this process and what it becomes live."""
    handle = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(handle, fcntl.LOCK_SH)
    os.set_inheritable(handle, True)
    return handle


def restore(folder: Path, copy: Path) -> Path | None:
    """Make the copy the diary, and answer where the diary before it was put (None: there was none).

    The copy is checked first, and the file put in its place is made anew from it: no journal of
    the old file stays beside it. Raises `Damaged` for a copy that is not sound and `InUse` while
    the diary is served; then nothing was changed.
    """
    check(copy)
    rows_of(copy)
    with alone(folder):
        database = folder / DATABASE
        fresh = database.with_name("restoring.sqlite3")
        copy_database(copy, fresh)
        before = put_aside(folder)
        for ending in BESIDE:
            database.with_name(DATABASE + ending).unlink(missing_ok=True)
        os.replace(fresh, database)
        flush(folder)
    note_held(folder)
    return before


def put_aside(folder: Path) -> Path | None:
    """Keep the present diary before another takes its place; a damaged one is kept as it is."""
    database = folder / DATABASE
    if not database.exists():
        return None
    now = datetime.now(UTC)
    try:
        return back_up(folder, BEFORE_RESTORE, now)
    except Damaged:
        kept = folder / f"damaged-{now:{MOMENT}}.sqlite3"
        for ending in ("", *BESIDE):
            part = database.with_name(DATABASE + ending)
            if part.exists():
                os.replace(part, kept.with_name(kept.name + ending))
        return kept
