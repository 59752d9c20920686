"""Kills, races, a held file and strangers at the sizes of a suite; `tests.torture` has the rest.

Each tool is also shown a server with a fault put in, and has to see it.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from diary import storage
from diary.models import OwnedQuerySet, Person
from tests import test_access
from tests.torture import answers, disk, races, report, strangers, writers
from tests.torture.server import Answer, new_folder, serving

PAGES = ["/", "/more/", "/events/", "/today/", "/settings/", "/healthz", "/sw.js", "/csrf"]


@pytest.fixture(scope="module")
def parent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the data folders of all servers of this module are."""
    made = tmp_path_factory.mktemp("torture")
    yield made
    shutil.rmtree(made, ignore_errors=True)


def test_nothing_is_lost_or_doubled_when_the_server_is_killed(parent: Path) -> None:
    with serving(new_folder(parent, "killed")) as server:
        copyist = disk.Copyist(server, 1)
        found = writers.write_under_fire(server, writers=3, taps=30, kills=1, meanwhile=copyist.run)

    assert found.faultless
    assert (found.acknowledged, found.kills) == (90, 1)
    copies = copyist.restore_all(parent)
    assert (copies.made, copies.unsound, copies.lacking, copies.refused) == (1, 0, 0, 0)
    assert disk.flipped_pages_noticed(parent, server.folder)[0] > 40


def test_every_kind_of_fault_of_a_writing_server_is_seen(parent: Path) -> None:
    with serving(new_folder(parent, "faulty"), "forgets,doubles,miscounts,fails") as server:
        found = writers.write_under_fire(server, writers=2, taps=30, kills=0)

    assert found.lost
    assert found.doubled
    assert found.wrong_days
    assert found.errors
    assert not found.faultless


def test_two_devices_at_once_lose_nothing_in_silence(parent: Path) -> None:
    with serving(new_folder(parent, "races")) as server:
        found = races.Arena(server).run(1)

    assert found.faultless, found
    assert found.conflicts == 2


def test_a_held_file_is_said_and_nothing_is_stored(parent: Path) -> None:
    found = disk.locked(parent, "EXCLUSIVE")

    assert found.faultless, found


def test_headers_cookies_and_log_of_the_real_server(parent: Path) -> None:
    with serving(new_folder(parent, "answers"), "impatient") as server:
        found = answers.look_at_every_answer(server, PAGES, secrets=False)

    assert found.faultless, found
    assert found.looked_at > 60


def test_overwriting_and_talking_servers_are_seen(parent: Path) -> None:
    with serving(new_folder(parent, "talking"), "overwrites,talks,gives_up,impatient") as server:
        arena = races.Arena(server)
        arena.two_changes()
        found = answers.Rules()
        browser = arena.devices[0]
        browser.post("/events/", {"label": strangers.SECRETS[0], "date": "2026-01-01"})
        found.look("GET", "/more/", browser.get("/more/"))
        with closing(sqlite3.connect(server.database, isolation_level=None)) as holder:
            holder.execute("BEGIN EXCLUSIVE")
            held = browser.post("/events/", {"label": "held", "date": "2026-01-01"}).status
            holder.execute("ROLLBACK")
        log = server.log.read_text()

    assert arena.found.silent_overwrites == 1
    assert len(found.broken) == 1
    assert strangers.SECRETS[0] in log
    assert held == 500


def test_nobody_else_sees_anything(owner: Person) -> None:
    where = strangers.plant_secrets(owner, datetime.now(UTC).date())

    found = strangers.walk(owner, where, methods=("POST", "PUT"), others=("stranger", "example"))

    assert found.faultless, found
    assert found.sent > 500


def test_a_view_that_leaks_is_seen(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    where = strangers.plant_secrets(owner, datetime.now(UTC).date())
    monkeypatch.setattr(OwnedQuerySet, "owned_by", lambda self, _person: self)

    names = set(test_access.OBJECTS)
    found = strangers.walk(owner, where, methods=("GET",), others=("stranger",), names=names)

    assert any("diary:episode" in said for said in found.seen)
    assert any("triage:visit" in said for said in found.found)


def test_a_copy_that_lacks_a_twitch_is_seen(parent: Path) -> None:
    folder = new_folder(parent, "lacking")
    copyist = disk.Copyist(writers.Server(folder), 1)
    copy = storage.back_up(folder, storage.BY_HAND)
    copyist.kept = [(copy, {writers.uuid4()})]

    found = copyist.restore_all(parent)

    assert (found.made, found.lacking) == (1, 1)


def test_rules_of_headers_find_what_is_missing() -> None:
    cookie = ("Set-Cookie", "sessionid=x; Path=/")

    broken = list(answers.broken_rules("/", Answer(200, (cookie,), b"")))

    assert len(broken) == 9
    assert any(rule.startswith("cookie sessionid") for rule in broken)


def test_table_stands_between_its_marks(tmp_path: Path) -> None:
    document = tmp_path / "document.md"
    document.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n")

    report.write_into(document, [report.Figure("lost", "1", "0", kept=False)], "Short.")

    text = document.read_text()
    assert "| lost | 1 | 0 | **no** |" in text
    assert "old" not in text
    assert text.startswith("before")
    assert text.endswith("after\n")


def test_document_has_its_marks() -> None:
    text = (settings.BASE_DIR / "docs" / "reliability.md").read_text()

    assert text.index(report.BEGIN) < text.index(report.END)
