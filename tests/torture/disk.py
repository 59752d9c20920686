"""Copies made while others write, damaged files, a full disk, a lock held by another program."""

from __future__ import annotations

import html
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from diary import storage
from tests.torture.server import Browser, Server, manage, new_folder, serving
from tests.torture.writers import Writer, is_sound, stored_ids

NOTHING_STORED = "Nothing was stored"
PLACE = "calf:left"
SMALL_DISK_BYTES = 1_500_000


@dataclass
class Copies:
    """Backups made under load and what came back from them."""

    made: int = 0
    unsound: int = 0
    lacking: int = 0
    refused: int = 0


class Copyist:
    """Makes copies beside the writers; restores each into a folder of its own afterwards."""

    def __init__(self, server: Server, count: int) -> None:
        self.server, self.count = server, count
        self.kept: list[tuple[Path, set[UUID]]] = []
        self.found = Copies()

    def run(self, devices: list[Writer], over: threading.Event) -> None:
        """Copy again and again; what was acknowledged before a copy began has to be in it."""
        while len(self.kept) < self.count and not over.is_set():
            before = {uid for device in devices for uid in list(device.acknowledged)}
            try:
                said = manage(self.server.folder, "backup").stdout
            except subprocess.CalledProcessError:
                self.found.refused += 1
                continue
            self.kept.append((Path(said.splitlines()[0]), before))

    def restore_all(self, parent: Path) -> Copies:
        """Put each copy in the place of another diary and count what it lacks."""
        for number, (copy, acknowledged) in enumerate(self.kept):
            folder = new_folder(parent, f"restored-{number}")
            manage(folder, "restore", str(copy))
            database = folder / storage.DATABASE
            self.found.made += 1
            self.found.unsound += not is_sound(database)
            self.found.lacking += bool(acknowledged - set(stored_ids(database)))
            shutil.rmtree(folder)
        return self.found


def filled_folder(parent: Path, name: str, taps: int = 40) -> Path:
    """A diary with some twitches in it, and nobody serving it."""
    folder = new_folder(parent, name)
    with serving(folder) as server:
        device = Writer(0, taps, server)
        device.run()
    return folder


def flipped_pages_noticed(parent: Path, source: Path) -> tuple[int, int]:
    """Turn every bit of one page, each page in turn: how many the check notices, and of how many.

    A page without content (of the free list) may be anything.
    """
    content = (source / storage.DATABASE).read_bytes()
    size = int.from_bytes(content[16:18], "big")
    pages = len(content) // size
    target = parent / "flipped.sqlite3"
    noticed = 0
    for page in range(pages):
        damaged = bytes(byte ^ 0xFF for byte in content[page * size : (page + 1) * size])
        target.write_bytes(content[: page * size] + damaged + content[(page + 1) * size :])
        try:
            storage.check(target)
        except storage.Damaged:
            noticed += 1
    return noticed, pages


@dataclass(frozen=True)
class Damaged:
    """How the server behaves on a damaged file."""

    said_at_start: bool
    write_status: int
    file_changed: bool
    read_statuses: tuple[int, ...]

    @property
    def faultless(self) -> bool:
        """Said at once, nothing written, no fault of the server."""
        return (
            self.said_at_start
            and self.write_status == 503
            and not self.file_changed
            and all(status in (200, 302, 503) for status in self.read_statuses)
        )


def start_on_a_damaged_file(parent: Path, source: Path) -> Damaged:
    """Start on a file with one flipped page of twitches, read, and try to write."""
    folder = Path(shutil.copytree(source, parent / "damaged"))
    database = folder / storage.DATABASE
    with closing(sqlite3.connect(database)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'diary_episode'"
        ).fetchone()
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(database.read_bytes())
    for at in range((root - 1) * size, root * size):
        content[at] ^= 0xFF
    database.write_bytes(content)
    with serving(folder) as server:
        browser = Browser(server.port)
        reads = tuple(browser.get(path).status for path in ("/", "/today/", "/settings/", "/more/"))
        browser.fetch_token()
        status = browser.post("/log/", {"uid": uuid4(), "place": PLACE}).status
        said = "is damaged" in server.log.read_text()
    return Damaged(said, status, database.read_bytes() != bytes(content), reads)


@dataclass(frozen=True)
class Refusals:
    """Writes tried while nothing could be written."""

    tried: int
    said_so: int
    kept_the_text: int
    stored: int
    other_errors: int
    stored_afterwards: int
    pages_read: tuple[int, ...] = ()

    @property
    def faultless(self) -> bool:
        """Each refused with the sentence and the text, nothing stored, and all well afterwards."""
        return (
            self.tried == self.said_so == self.kept_the_text == self.stored_afterwards
            and not self.stored
            and not self.other_errors
            and all(status in (200, 503) for status in self.pages_read)
        )


@dataclass
class Attempt:
    """One write with words in it."""

    path: str
    data: dict[str, object]
    words: tuple[str, ...]


def attempts(uid: UUID, version: int = 1) -> list[Attempt]:
    """A tap, a note on a twitch, and a check-in, each with something a person typed."""
    today = datetime.now(UTC)
    note, daily = "Während des Lesens <b>🌿</b>", "אחרי ריצה & מים"
    edit = {
        "place": "calf:right",
        "date": f"{today:%Y-%m-%d}",
        "started": "00:00",
        "note": note,
        "version": version,
    }
    day = f"/days/{today:%Y-%m-%d}/exact/"
    regions = ["leg", "arm"]
    return [
        Attempt("/log/", {"uid": uuid4(), "place": "thumb:left"}, ("thumb:left",)),
        Attempt(f"/episodes/{uid}/", edit, (note,)),
        Attempt(day, {"note": daily, "stress": 3, "exercise_regions": regions}, (daily, *regions)),
        Attempt("/events/", {"label": note, "date": f"{today:%Y-%m-%d}"}, (note,)),
    ]


def try_to_write(
    server: Server, browser: Browser, uid: UUID, before: list[object], free: Iterator[None]
) -> Refusals:
    """Try each kind of write while nothing can be written, then again once it can."""
    said = kept = errors = 0
    tried = attempts(uid)
    for attempt in tried:
        answer = browser.post(attempt.path, attempt.data)
        said += answer.status == 503 and NOTHING_STORED in answer.text
        shown = html.unescape(answer.text)
        kept += all(words in shown for words in attempt.words)
        errors += answer.status not in (503,)
    body = {"place": PLACE, "started_at": datetime.now(UTC).isoformat(timespec="seconds")}
    waiting = browser.put(f"/entries/{uuid4()}/", json.dumps(body))
    errors += waiting.status != 503
    pages = tuple(browser.get(path).status for path in ("/", "/today/", "/more/"))
    next(free)
    stored = snapshot(server.database) != before
    browser.fetch_token()
    afterwards = sum(browser.post(one.path, one.data).status == 302 for one in tried)
    return Refusals(len(tried), said, kept, int(stored), errors, afterwards, pages)


def snapshot(database: Path) -> list[object]:
    """Every row of the diary, without sessions."""
    tables = ("diary_episode", "diary_day", "diary_event", "diary_person", "diary_intake")
    with closing(sqlite3.connect(database, timeout=60)) as connection:
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()  # noqa: S608
            for table in tables
        ]


def one_twitch(server: Server) -> tuple[Browser, UUID]:
    """A diary that is open, with a twitch of today in it."""
    browser = Browser(server.port)
    browser.start_diary()
    browser.get("/")
    uid = uuid4()
    browser.post("/log/", {"uid": uid, "place": PLACE})
    browser.get("/")
    return browser, uid


def full_disk(parent: Path, plant: str = "") -> Refusals:
    """Writes on a disk without room. Raises OSError where no small disk can be mounted."""
    with small_disk(SMALL_DISK_BYTES) as disk:
        folder = Path(shutil.copytree(new_folder(parent, "to-fill"), disk / "diary"))
        server = Server(folder, plant)
        server.start()
        try:
            browser, uid = one_twitch(server)
            before = snapshot(server.database)
            return try_to_write(server, browser, uid, before, room_again(fill(disk)))
        finally:
            server.stop()


@contextmanager
def small_disk(size: int) -> Iterator[Path]:
    """A disk in memory of so many bytes."""
    disk = Path(tempfile.mkdtemp(prefix="small-disk-"))
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)],
        check=False,
        capture_output=True,
    )
    if done.returncode:
        disk.rmdir()
        raise OSError("No small disk can be mounted here; that takes root.")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=False)
        disk.rmdir()


def fill(disk: Path) -> Path:
    """Take every byte that is left."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for piece in (65_536, 4_096, 512, 1):
            try:
                while True:
                    file.write(b"\0" * piece)
            except OSError:
                continue
    return filler


def room_again(filler: Path) -> Iterator[None]:
    """Makes room at the first step."""
    filler.unlink()
    yield


def locked(parent: Path, how: str, plant: str = "impatient") -> Refusals:
    """Writes while another program holds the file: `how` is IMMEDIATE or EXCLUSIVE."""
    with serving(new_folder(parent, f"locked-{how}-{plant}"), plant) as server:
        browser, uid = one_twitch(server)
        before = snapshot(server.database)
        with closing(sqlite3.connect(server.database, isolation_level=None)) as holder:
            holder.execute(f"BEGIN {how}")
            return try_to_write(server, browser, uid, before, released(holder))


def released(holder: sqlite3.Connection) -> Iterator[None]:
    """Lets go at the first step."""
    holder.execute("ROLLBACK")
    yield


def flushes_a_write(parent: Path, writes: int = 50) -> float | None:
    """Calls of fsync and fdatasync for each acknowledged tap of the outbox; None without strace."""
    if shutil.which("strace") is None:
        return None
    with serving(new_folder(parent, "flushes")) as server:
        browser, _uid = one_twitch(server)
        report = parent / "flushes.txt"
        watched = [word for pid in server.workers() for word in ("-p", str(pid))]
        watcher = subprocess.Popen(
            ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(report), *watched],
            stderr=subprocess.DEVNULL,
        )
        time.sleep(1)
        for _write in range(writes):
            moment = datetime.now(UTC).isoformat(timespec="seconds")
            body = {"place": PLACE, "started_at": moment}
            browser.put(f"/entries/{uuid4()}/", json.dumps(body))
        watcher.send_signal(signal.SIGINT)
        watcher.wait(timeout=20)
    if not report.exists() or not os.path.getsize(report):
        return None
    lines = report.read_text().splitlines()
    done = sum("sync(" in line for line in lines)
    return done / writes if done else None
