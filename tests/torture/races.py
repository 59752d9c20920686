"""Two devices at once: the same tap, two changes of one entry, a day closed twice."""

from __future__ import annotations

import html
import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from tests.torture.server import Answer, Browser, Server
from tests.torture.writers import wrong_days

PLACE = "calf:left"
DEVICES = 8


@dataclass
class Races:
    """What was found over all rounds; every figure but the counts of rounds should be 0."""

    rounds: int = 0
    server_errors: Counter[str] = field(default_factory=Counter)
    rows_not_one: int = 0
    silent_overwrites: int = 0
    conflicts: int = 0
    conflicts_without_both: int = 0
    days_not_one_of_two: int = 0
    wrong_days: int = 0

    @property
    def faultless(self) -> bool:
        """Nothing doubled, nothing lost in silence, no fault of the server."""
        return not (
            self.server_errors
            or self.rows_not_one
            or self.silent_overwrites
            or self.conflicts_without_both
            or self.days_not_one_of_two
            or self.wrong_days
        )


def at_once(tasks: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Run all tasks in the same moment."""
    start = threading.Barrier(len(tasks))
    answers: list[Answer | None] = [None] * len(tasks)

    def run(number: int) -> None:
        start.wait()
        answers[number] = tasks[number]()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer for answer in answers if answer is not None]


class Arena:
    """Devices of one person on one server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.devices = [Browser(server.port) for _device in range(DEVICES)]
        for device in self.devices:
            device.start_diary()
        self.found = Races()

    def query(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Rows of the file."""
        with closing(sqlite3.connect(self.server.database, timeout=30)) as connection:
            return connection.execute(sql, values).fetchall()

    def note_errors(self, what: str, answers: Sequence[Answer]) -> None:
        """Count faults of the server, and devices that got no answer."""
        self.found.server_errors[what] += sum(answer.status >= 500 for answer in answers)
        self.found.server_errors += Counter()

    def run(self, rounds: int) -> Races:
        """Every race, so many times."""
        for _round in range(rounds):
            self.found.rounds += 1
            self.same_tap(by_outbox=True)
            self.same_tap(by_outbox=False)
            self.two_changes()
            self.two_first_notes()
            self.change_and_delete()
            self.two_closings()
            self.close_without_and_log()
        self.found.wrong_days = wrong_days(self.server.database)
        return self.found

    def same_tap(self, *, by_outbox: bool) -> None:
        """One id from eight threads: one row."""
        uid = uuid4()
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        body = json.dumps({"place": PLACE, "started_at": moment})
        form = {"uid": uid, "place": PLACE}
        answers = at_once(
            [
                (lambda one=one: one.put(f"/entries/{uid}/", body))
                if by_outbox
                else (lambda one=one: one.post("/log/", form))
                for one in self.devices
            ]
        )
        self.note_errors("same tap", answers)
        rows = self.query("SELECT count(*) FROM diary_episode WHERE uid = ?", uid.hex)
        stored = all(answer.status in (200, 201, 302) for answer in answers)
        self.found.rows_not_one += rows != [(1,)] or not stored

    def twitch(self, day: datetime) -> str:
        """A new twitch of a day; its address."""
        uid = uuid4()
        body = json.dumps({"place": PLACE, "started_at": day.isoformat(timespec="seconds")})
        self.devices[0].put(f"/entries/{uid}/", body)
        return f"/episodes/{uid}/"

    def two_changes(self) -> None:
        """Two notes on one version: one is stored, the other is told and shown both."""
        day = datetime.now(UTC) - timedelta(days=2)
        path = self.twitch(day)
        common = {"place": PLACE, "date": f"{day:%Y-%m-%d}", "started": f"{day:%H:%M}"}
        notes = ("by the window", "on the stairs")
        answers = at_once(
            [
                lambda one=one, note=note: one.post(path, common | {"note": note, "version": 1})
                for one, note in zip(self.devices, notes, strict=False)
            ]
        )
        self.judge("two changes", answers, notes)

    def two_first_notes(self) -> None:
        """Two notes on a day that neither device had seen anything of."""
        day = datetime.now(UTC) - timedelta(days=100 + self.found.rounds)
        path = f"/days/{day:%Y-%m-%d}/exact/"
        notes = ("slept by the sea", "a long drive")
        answers = at_once(
            [
                lambda one=one, note=note: one.post(path, {"note": note, "version": 0})
                for one, note in zip(self.devices, notes, strict=False)
            ]
        )
        self.judge("two first notes", answers, notes)

    def judge(self, what: str, answers: list[Answer], notes: Sequence[str]) -> None:
        """One of two stored, the other 409 with both texts."""
        self.note_errors(what, answers)
        stored = [answer for answer in answers if answer.status == 302]
        conflicts = [answer for answer in answers if answer.status == 409]
        self.found.conflicts += len(conflicts)
        self.found.silent_overwrites += len(stored) != 1
        for answer in conflicts:
            shown = html.unescape(answer.text)
            self.found.conflicts_without_both += not all(note in shown for note in notes)

    def change_and_delete(self) -> None:
        """A change while another device takes the same twitch out: no fault either way."""
        day = datetime.now(UTC) - timedelta(days=3)
        path = self.twitch(day)
        form = {
            "place": PLACE,
            "date": f"{day:%Y-%m-%d}",
            "started": f"{day:%H:%M}",
            "note": "kept?",
            "version": 1,
        }
        changes = [
            lambda one=one: one.post(f"{path}details/", {"intensity": "2"})
            for one in self.devices[2:5]
        ]
        answers = at_once(
            [
                lambda: self.devices[0].post(path, form),
                lambda: self.devices[1].post(f"{path}delete/", {}),
                *changes,
                lambda: self.devices[5].post(f"{path}restore/", {}),
                lambda: self.devices[6].post(f"{path}delete/", {}),
            ]
        )
        self.note_errors("change and delete", answers)

    def two_closings(self) -> None:
        """Two devices close a day: it is closed in one of the two ways."""
        day = datetime.now(UTC) - timedelta(days=500 + self.found.rounds)
        path = f"/days/{day:%Y-%m-%d}/"
        answers = at_once(
            [
                lambda: self.devices[0].post(path, {"closing": "none"}),
                lambda: self.devices[1].post(path, {"closing": "a_few"}),
            ]
        )
        self.note_errors("two closings", answers)
        rows = self.query(
            "SELECT closed_as, summary FROM diary_day WHERE date = ?", f"{day:%Y-%m-%d}"
        )
        self.found.days_not_one_of_two += rows not in ([("none", "")], [("", "a_few")])

    def close_without_and_log(self) -> None:
        """One device says there was no twitch while others log one: never both."""
        day = datetime.now(UTC) - timedelta(days=40 - self.found.rounds % 30)
        path = f"/days/{day:%Y-%m-%d}/"
        body = json.dumps({"place": PLACE, "started_at": day.isoformat(timespec="seconds")})
        answers = at_once(
            [
                *(lambda one=one: one.post(path, {"closing": "none"}) for one in self.devices[:4]),
                *(
                    lambda one=one: one.put(f"/entries/{uuid4()}/", body)
                    for one in self.devices[4:]
                ),
            ]
        )
        self.note_errors("close without and log", answers)
        rows = self.query(
            "SELECT count(*) FROM diary_day WHERE closed_as = 'none' AND total_episodes > 0"
        )
        self.found.days_not_one_of_two += rows != [(0,)]
