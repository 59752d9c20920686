"""Many devices log while the server is killed and started again; then every row is counted."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from tests.torture.server import LOST_CONNECTION, Browser, Server

PLACES = (
    "calf:left", "calf:right", "thumb:left", "thumb:right", "eyelid_upper:left",
    "eyelid_upper:right", "tongue:midline", "foot:left",
)  # fmt: skip
DAYS = 50
"""Taps are spread over so many days, as a tap reads its whole day to count it anew."""
REPLAYED = 10
"""One tap in so many is sent again although it was acknowledged, as a phone does."""
PAUSE_S = 0.05
GIVE_UP_S = 600


@dataclass
class Writer:
    """One device: sends its taps one after the other, each until it is acknowledged."""

    number: int
    taps: int
    server: Server
    acknowledged: list[UUID] = field(default_factory=list)
    sent: set[UUID] = field(default_factory=set)
    errors: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        """Send all taps."""
        browser = Browser(self.server.port, timeout_s=30)
        for tap in range(self.taps):
            uid = uuid4()
            self.sent.add(uid)
            times = 2 if tap % REPLAYED == 0 else 1
            if all(self.until_acknowledged(browser, uid, tap) for _time in range(times)):
                self.acknowledged.append(uid)

    def until_acknowledged(self, browser: Browser, uid: UUID, tap: int) -> bool:
        """Send the same tap again and again until an answer says that it is stored."""
        until = time.monotonic() + GIVE_UP_S
        while time.monotonic() < until:
            started = time.perf_counter()
            try:
                status = self.send(browser, uid, tap)
            except LOST_CONNECTION:
                time.sleep(PAUSE_S)
                continue
            self.seconds.append(time.perf_counter() - started)
            if status in (200, 201, 302):
                return True
            if status >= 500:
                self.errors[status] += 1
                time.sleep(PAUSE_S)
            elif status == 403:
                browser.token = ""
            else:
                self.refused[f"{status}"] += 1
                return False
        return False

    def send(self, browser: Browser, uid: UUID, tap: int) -> int:
        """The tap by the outbox or by the log page, in turn."""
        if not browser.token:
            browser.start_diary()
        moment = datetime.now(UTC) - timedelta(days=tap % DAYS, hours=1)
        moment = moment.replace(hour=tap % 12, minute=tap // DAYS % 60, second=tap // 600 % 60)
        moment = moment.replace(microsecond=0) - timedelta(days=1)
        place = PLACES[self.number % len(PLACES)]
        if tap % 2:
            data = {"uid": uid, "place": place}
            if tap % 8 != 1:
                data |= {"when": "pick", "date": f"{moment:%Y-%m-%d}", "time": f"{moment:%H:%M}"}
            return browser.post("/log/", data).status
        body = {"place": place, "started_at": moment.isoformat(), "time_zone": "UTC"}
        return browser.put(f"/entries/{uid}/", json.dumps(body)).status


@dataclass(frozen=True)
class Outcome:
    """What was promised and what is in the file."""

    acknowledged: int
    lost: int
    doubled: int
    errors: int
    refused: int
    unsound: int
    wrong_days: int
    kills: int
    p50_ms: float
    p99_ms: float
    max_ms: float
    wall_s: float

    @property
    def faultless(self) -> bool:
        """Whether everything promised was kept."""
        return not any(
            (self.lost, self.doubled, self.errors, self.refused, self.unsound, self.wrong_days)
        )


def write_under_fire(
    server: Server,
    *,
    writers: int,
    taps: int,
    kills: int,
    meanwhile: Callable[[list[Writer], threading.Event], None] | None = None,
) -> Outcome:
    """Let `writers` log `taps` each while the server is killed `kills` times.

    `meanwhile` runs beside them until its event is set.
    """
    started = time.perf_counter()
    Browser(server.port).start_diary()
    devices = [Writer(number, taps, server) for number in range(writers)]
    threads = [threading.Thread(target=device.run) for device in devices]
    over = threading.Event()
    beside = threading.Thread(target=lambda: meanwhile and meanwhile(devices, over))
    for thread in (*threads, beside):
        thread.start()
    unsound = 0
    for kill in range(1, kills + 1):
        goal = writers * taps * kill // (kills + 1)
        while any(thread.is_alive() for thread in threads):
            if sum(len(device.acknowledged) for device in devices) >= goal:
                break
            time.sleep(0.01)
        server.kill()
        unsound += not is_sound(server.database)
        server.start()
    for thread in threads:
        thread.join()
    over.set()
    beside.join()
    server.stop()
    unsound += not is_sound(server.database)
    return outcome(server.database, devices, unsound, kills, time.perf_counter() - started)


def is_sound(database: Path) -> bool:
    """Whether SQLite finds nothing wrong in the file."""
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def stored_ids(database: Path) -> list[UUID]:
    """The ids of all twitches in a file."""
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        rows = connection.execute("SELECT uid FROM diary_episode WHERE deleted_at IS NULL")
        return [UUID(uid) for (uid,) in rows]


def outcome(
    database: Path, devices: list[Writer], unsound: int, kills: int, wall_s: float
) -> Outcome:
    """Compare what was acknowledged with the rows of the file."""
    stored = Counter(stored_ids(database))
    acknowledged = {uid for device in devices for uid in device.acknowledged}
    sent = {uid for device in devices for uid in device.sent}
    strange = sum(count for uid, count in stored.items() if uid not in sent)
    seconds = sorted(second for device in devices for second in device.seconds) or [0.0]
    return Outcome(
        acknowledged=len(acknowledged),
        lost=len(acknowledged - set(stored)),
        doubled=strange + sum(count - 1 for count in stored.values()),
        errors=sum(sum(device.errors.values()) for device in devices),
        refused=sum(sum(device.refused.values()) for device in devices),
        unsound=unsound,
        wrong_days=wrong_days(database),
        kills=kills,
        p50_ms=1000 * seconds[len(seconds) // 2],
        p99_ms=1000 * seconds[len(seconds) * 99 // 100],
        max_ms=1000 * seconds[-1],
        wall_s=wall_s,
    )


def wrong_days(database: Path) -> int:
    """Days whose totals differ from their twitches, counted anew in SQL."""
    episodes: dict[str, Counter[tuple[str, str | None]]] = {}
    with closing(sqlite3.connect(database)) as connection:
        for day, site, side in connection.execute(
            "SELECT local_date, site, side FROM diary_episode WHERE deleted_at IS NULL"
        ):
            episodes.setdefault(day, Counter())[site, side or None] += 1
        totals = {
            day: (count, twitches, {(site, side): number for site, side, number in sites})
            for day, count, twitches, sites in (
                (day, count, twitches, json.loads(text))
                for day, count, twitches, text in connection.execute(
                    "SELECT date, total_episodes, total_twitches, total_sites FROM diary_day"
                    " WHERE total_episodes > 0"
                )
            )
        }
    counted = {day: (n.total(), n.total(), dict(n)) for day, n in episodes.items()}
    return sum(counted.get(day) != totals.get(day) for day in counted | totals)
