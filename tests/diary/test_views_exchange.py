"""Whole diaries out and in: nothing is lost, nothing is changed before the person agrees."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from diary import limits, storage
from diary.about import add_answers
from diary.exchange.diary_file import read, write
from diary.models import DiaryImport, Episode, Person
from diary.queries import diary_of
from diary.records import SymptomAnswerRecord
from diary.views.exchange import one_moment
from tests.factories import DayFactory, EpisodeFactory, PersonFactory, SymptomAnswerFactory

EPISODE = {
    "id": "0b4d1c1e-7a3e-4f0e-9d1b-1f2e3d4c5b6a",
    "started_at": "2026-02-03T21:30:00+01:00",
    "site": "calf",
    "side": "left",
}
FILE: dict[str, Any] = {
    "format": "twitch-diary",
    "version": 1,
    "person": {"name": "Ana"},
    "episodes": [EPISODE],
    "days": [{"date": "2026-02-01", "closed_as": "none"}],
}


def upload(client: Client, content: Any, name: str = "diary-2026-02-04.json") -> Any:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return client.post("/import/", {"file": SimpleUploadedFile(name, data)})


def decide(client: Client, path: str) -> Any:
    """Press the button of a page that shows the file there is now."""
    latest = DiaryImport.objects.first()
    return client.post(path, {"upload": latest.pk if latest else ""})


def body(answer: Any) -> bytes:
    return b"".join(answer)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def filled(owner: Person) -> Person:
    """A diary of a twitch, a day and an answer."""
    EpisodeFactory.create(person=owner, note="felt on the stairs")
    DayFactory.create(person=owner, date=date(2026, 3, 1))
    SymptomAnswerFactory.create(person=owner)
    return owner


def test_saved_file_is_the_diary_and_its_name_is_neutral(
    own_client: Client, filled: Person
) -> None:
    answer = own_client.get("/export/diary.json")

    name = answer["Content-Disposition"].partition("filename=")[2].strip('"')
    assert re.fullmatch(r"diary-\d{4}-\d\d-\d\d\.json", name)
    assert answer["Content-Type"] == "application/json"
    saved = read(body(answer))
    assert saved.exported_at is not None
    assert saved.episodes == diary_of(filled).episodes
    assert [day.closed_as for day in saved.days] == ["complete"]
    assert len(saved.symptom_answers) == 1


def test_export_erase_import_export_is_the_same(own_client: Client, filled: Person) -> None:
    saved = body(own_client.get("/export/diary.json"))
    own_client.post("/erase/", {"word": "erase"})
    own_client.post("/start/")
    upload(own_client, saved)
    decide(own_client, "/import/look/")

    again = body(own_client.get("/export/diary.json"))

    without_moment = [json.loads(text) | {"exported_at": None} for text in (saved, again)]
    assert without_moment[0] == without_moment[1]
    assert saved.partition(b'"person"')[2] == again.partition(b'"person"')[2]


def test_tables_are_a_zip_of_csv_files(own_client: Client, filled: Person) -> None:
    answer = own_client.get("/export/tables.zip")

    with zipfile.ZipFile(io.BytesIO(body(answer))) as found:
        rows = list(csv.DictReader(io.StringIO(found.read("episodes.csv").decode("utf-8-sig"))))
    assert [row["note"] for row in rows] == ["felt on the stairs"]


def test_page_to_read_holds_the_notes(own_client: Client, filled: Person) -> None:
    assert "felt on the stairs" in body(own_client.get("/export/diary.html")).decode()


def test_saving_is_remembered_by_this_browser(own_client: Client, filled: Person) -> None:
    assert "Not saved with this browser yet" in text(own_client.get("/settings/"))

    body(own_client.get("/export/diary.json"))

    assert "Last saved" in text(own_client.get("/settings/"))
    assert "Not saved" in text(Client().get("/settings/"))


@pytest.fixture
def journal(transactional_db: None) -> Iterator[Callable[[str], None]]:
    """Sets how SQLite writes; afterwards it is as it was."""

    def set_to(mode: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA journal_mode={mode}")
            assert cursor.fetchone() == (mode,)

    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA journal_mode").fetchone()
    yield set_to
    set_to(usual)


@pytest.fixture
def other(journal: Callable[[str], None]) -> Iterator[sqlite3.Connection]:
    """Another program with the file, which does not wait for anybody."""
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name, timeout=0, isolation_level=None)) as opened:
        yield opened


WRITE = "UPDATE diary_person SET name = 'changed meanwhile'"


def test_writer_does_not_wait_for_a_copy_and_is_not_in_it(
    journal: Callable[[str], None], other: sqlite3.Connection
) -> None:
    journal("wal")
    person = PersonFactory.create(name="as it was")

    with one_moment():
        assert Person.objects.get().name == "as it was"
        other.execute(WRITE)
        assert Person.objects.get().name == "as it was"

    person.refresh_from_db()
    assert person.name == "changed meanwhile"
    with pytest.raises(sqlite3.OperationalError, match="locked"), transaction.atomic():
        other.execute(WRITE)


def test_reader_does_not_wait_for_a_writer_who_waits_for_a_copy(
    journal: Callable[[str], None], other: sqlite3.Connection
) -> None:
    """A writer who has begun would let nobody begin to read before the copy is done."""
    journal("delete")
    PersonFactory.create()

    with one_moment():
        assert Person.objects.exists()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert other.execute("SELECT count(*) FROM diary_person").fetchone() == (1,)


def test_reminder_is_neutral_and_daily(own_client: Client) -> None:
    answer = own_client.get("/export/diary.ics?at=20:15")

    lines = answer.content.decode().split("\r\n")
    assert "RRULE:FREQ=DAILY" in lines
    assert "SUMMARY:Diary" in lines
    assert any(line.startswith("DTSTART:") and line.endswith("T201500") for line in lines)
    assert "twitch" not in answer.content.decode().lower()
    assert answer["Content-Disposition"] == 'attachment; filename="diary.ics"'


def test_reminder_comes_in_the_evening_unless_another_time_is_said(own_client: Client) -> None:
    assert "T210000\r\n" in own_client.get("/export/diary.ics").content.decode()


def test_reminder_at_no_time_says_what_to_write(own_client: Client) -> None:
    answer = own_client.get("/export/diary.ics?at=noon")

    assert answer.status_code == 422
    assert "Write a time such as 21:00." in text(answer)


def test_file_is_shown_before_anything_changes(own_client: Client, filled: Person) -> None:
    answer = upload(own_client, FILE)
    page = own_client.get(answer["Location"])

    assert answer["Location"] == "/import/look/"
    assert ("Twitches", 1, 1) in page.context["rows"]
    assert ("Answers about signs", 1, 0) in page.context["rows"]
    assert re.search("1 Feb 2026.*3 Feb 2026", text(page))
    assert filled.episodes.get().note == "felt on the stairs"


def test_agreeing_makes_the_file_the_diary_and_undo_brings_back(
    own_client: Client, filled: Person
) -> None:
    before = write(diary_of(filled))
    upload(own_client, FILE)

    decide(own_client, "/import/look/")
    assert Episode.objects.get().local_date == date(2026, 2, 3)
    assert "Undo" in text(own_client.get("/import/"))

    decide(own_client, "/import/undo/")
    assert write(diary_of(Person.objects.get())) == before


def test_emergency_stands_on_the_log_again_after_undo(own_client: Client, owner: Person) -> None:
    answer = SymptomAnswerRecord(timezone.now().date(), "breathing_severe", "yes")
    add_answers(owner, [answer])
    own_client.get("/advice/")
    said = "Something you ticked can be an emergency."
    assert said in text(own_client.get("/"))
    upload(own_client, FILE)
    decide(own_client, "/import/look/")
    assert said not in text(own_client.get("/"))

    decide(own_client, "/import/undo/")

    assert said in text(own_client.get("/"))


def test_twitch_taken_out_before_the_file_can_be_brought_back_after_undo(
    own_client: Client, owner: Person
) -> None:
    uid = uuid4()
    own_client.post("/log/", {"tap": f"{uid}/calf:left"})
    own_client.post(f"/episodes/{uid}/delete/")
    upload(own_client, FILE)
    decide(own_client, "/import/look/")
    decide(own_client, "/import/undo/")

    answer = own_client.post(f"/episodes/{uid}/restore/")

    assert answer.status_code == 302
    assert owner.episodes.kept().get().uid == uid


def test_agreeing_twice_is_agreeing_once(own_client: Client, filled: Person) -> None:
    upload(own_client, FILE)
    decide(own_client, "/import/look/")

    assert decide(own_client, "/import/look/")["Location"] == "/import/"
    decide(own_client, "/import/undo/")
    assert decide(own_client, "/import/undo/")["Location"] == "/import/"
    assert filled.episodes.get().note == "felt on the stairs"


def test_file_can_be_put_away(own_client: Client, filled: Person) -> None:
    upload(own_client, FILE)

    decide(own_client, "/import/forget/")

    assert not DiaryImport.objects.exists()
    assert own_client.get("/import/look/")["Location"] == "/import/"


OTHER_FILE = FILE | {"person": {"name": "Ben"}}


@pytest.mark.parametrize("path", ["/import/look/", "/import/forget/"])
def test_file_that_was_not_looked_at_is_shown_and_nothing_decided(
    own_client: Client, filled: Person, path: str
) -> None:
    before = write(diary_of(filled))
    upload(own_client, FILE, "looked-at.json")
    looked_at = DiaryImport.objects.get().pk
    upload(own_client, OTHER_FILE, "another-window.json")

    answer = own_client.post(path, {"upload": looked_at})

    assert answer.status_code == 409
    assert "Another file waits now" in text(answer)
    assert "another-window.json" in text(answer)
    assert write(diary_of(filled)) == before
    assert DiaryImport.objects.get().file_name == "another-window.json"
    assert f'name="upload" value="{DiaryImport.objects.get().pk}"' in text(answer)


def test_undo_of_a_file_that_is_not_the_latest_changes_nothing(
    own_client: Client, filled: Person
) -> None:
    upload(own_client, FILE)
    decide(own_client, "/import/look/")
    undo = text(own_client.get("/import/")).partition('name="upload" value="')[2].partition('"')[0]
    upload(own_client, OTHER_FILE)
    decide(own_client, "/import/look/")

    answer = own_client.post("/import/undo/", {"upload": undo})

    assert answer.status_code == 409
    assert "Another file came meanwhile" in text(answer)
    assert Person.objects.get().name == "Ben"


@pytest.mark.parametrize("path", ["/import/look/", "/import/forget/", "/import/undo/"])
def test_button_that_names_no_file_decides_about_none(
    own_client: Client, filled: Person, path: str
) -> None:
    upload(own_client, FILE)

    assert own_client.post(path).status_code == 409
    assert DiaryImport.objects.get().applied_at is None


def broken(count: int) -> dict[str, Any]:
    return FILE | {"episodes": [EPISODE | {"site": "elbow", "id": str(n)} for n in range(count)]}


@pytest.mark.parametrize(
    ("content", "path", "sentence"),
    [
        (FILE | {"episodes": [EPISODE | {"site": "elbow"}]}, "$.episodes[0].site", "Use one of"),
        (FILE | {"version": 2}, "$.version", ""),
        (b"not json", "$", ""),
        (b'{"a": "\\ud800"}', "$", ""),
        (b"\xff\xfe", "$", "UTF-8"),
        (b"[" * 100_000, "$", ""),
    ],
)
def test_broken_file_changes_nothing_and_says_where(
    own_client: Client, filled: Person, content: Any, path: str, sentence: str
) -> None:
    before = write(diary_of(filled))

    answer = upload(own_client, content)

    assert answer.status_code == 422
    assert any(fault.path.startswith(path) for fault in answer.context["faults"])
    assert f"<code>{path}" in text(answer)
    assert sentence in text(answer)
    assert "nothing was changed" in text(answer)
    assert write(diary_of(filled)) == before
    assert not DiaryImport.objects.exists()


@pytest.mark.parametrize(
    ("content", "no_diary"),
    [
        (b"just words", True),
        (b"\x89PNG\r\n", True),
        (b'{"name": "package", "version": 1}', True),
        (b'{"format": "twitch-diary", "version": 1, "days": [{"date": "x"}]}', False),
    ],
    ids=["words", "a picture", "other JSON", "a diary with a fault"],
)
def test_what_is_no_diary_file_is_told_in_plain_words(
    own_client: Client, owner: Person, content: bytes, no_diary: bool
) -> None:
    answer = own_client.post("/import/", {"file": SimpleUploadedFile("bad.json", content)})
    words = "cannot be read as a diary, so nothing was changed."

    assert answer.status_code == 422
    assert (words in answer.content.decode()) is no_diary


@pytest.mark.parametrize(("count", "more"), [(10, 0), (11, 2)])
def test_twenty_faults_are_shown_and_the_others_counted(
    own_client: Client, count: int, more: int
) -> None:
    answer = upload(own_client, broken(count))

    assert len(answer.context["faults"]) == 20
    assert answer.context["more"] == more
    assert answer.context["total"] == 20 + more


def test_no_file_and_an_empty_one_are_asked_for(own_client: Client) -> None:
    assert "Choose a file first." in text(own_client.post("/import/"))
    assert "This file is empty." in text(upload(own_client, b""))


@pytest.mark.parametrize(("over", "status"), [(0, 302), (1, 422)])
def test_file_at_the_limit_is_read_and_over_it_is_not(
    own_client: Client, monkeypatch: pytest.MonkeyPatch, over: int, status: int
) -> None:
    content = json.dumps(FILE).encode()
    monkeypatch.setattr(limits, "FILE_BYTES", len(content) - over)

    answer = upload(own_client, content)

    assert answer.status_code == status
    if over:
        assert "Choose a smaller file" in text(answer)


def test_file_that_no_memory_holds_is_not_kept_and_called_too_large(
    own_client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 50)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = upload(own_client, FILE)

    assert answer.status_code == 422
    assert "Choose a smaller file" in text(answer)
    assert not answer.wsgi_request.FILES


def test_file_larger_than_a_form_may_be_is_read(own_client: Client, owner: Person) -> None:
    days = [{"date": str(date.fromordinal(700_000 + n)), "note": "x" * 2_000} for n in range(1_500)]

    answer = upload(own_client, FILE | {"days": days, "episodes": []})

    assert answer.status_code == 302
    assert len(DiaryImport.objects.get().content) > 2_500_000


def test_example_takes_no_file_and_is_marked_when_saved(own_client: Client, filled: Person) -> None:
    own_client.post("/example/")

    refused = upload(own_client, FILE)
    saved = own_client.get("/export/diary.json")

    assert refused.status_code == 409
    assert "Start your own diary first" in text(refused)
    assert 'filename="example-diary-' in saved["Content-Disposition"]
    content = body(saved)
    assert read(content).person.name == "EXAMPLE"
    own_client.post("/example/leave/")
    name = saved["Content-Disposition"].partition('filename="')[2].rstrip('"')
    page = own_client.get(upload(own_client, content, name)["Location"])
    assert "looks like a copy of the example" in text(page)


def test_example_cannot_erase_the_own_diary(own_client: Client, filled: Person) -> None:
    own_client.post("/example/")

    answer = own_client.post("/erase/", {"word": "erase"})

    assert answer.status_code == 409
    assert filled.episodes.count() == 1


@pytest.mark.parametrize("word", ["", "delete", "eras", "erase it"])
def test_diary_stays_without_the_word(own_client: Client, filled: Person, word: str) -> None:
    answer = own_client.post("/erase/", {"word": word})

    assert answer.status_code == 422
    assert "Type the word erase to go on." in text(answer)
    assert filled.episodes.count() == 1


@pytest.mark.parametrize("word", ["erase", " Erase ", "ERASE"])
def test_word_erases_every_row_and_leads_to_the_welcome_page(
    own_client: Client, filled: Person, word: str
) -> None:
    upload(own_client, FILE)

    answer = own_client.post("/erase/", {"word": word}, follow=True)

    assert answer.redirect_chain == [("/welcome/?erased=1", 302)]
    assert "Your diary is erased." in text(answer)
    assert "Your diary is erased." not in text(own_client.get("/welcome/"))
    assert not own_client.session.keys()
    assert not Person.objects.exists()
    assert not Episode.objects.exists()
    assert not DiaryImport.objects.exists()


def test_erase_page_says_how_much_and_offers_a_copy(own_client: Client, filled: Person) -> None:
    page = text(own_client.get("/erase/"))

    assert "This removes 1 twitch, 1 day, your answers and your sheets from this computer." in page
    assert page.index("Save a copy now") < page.index("Erase everything")


def test_erasing_removes_the_copies_this_computer_made(
    own_client: Client, filled: Person, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / "backups").mkdir()
    copy = tmp_path / "backups" / "diary-20260504T123000000000-hourly.sqlite3"
    for file in (copy, tmp_path / storage.HELD):
        file.write_text("something")

    own_client.post("/erase/", {"word": "erase"})

    assert not copy.exists()
    assert not (tmp_path / storage.HELD).exists()


def test_erasing_leaves_everybody_else_alone(db: None, hosted: None, client: Client) -> None:
    ana, ben = PersonFactory.create(), PersonFactory.create()
    for person in (ana, ben):
        EpisodeFactory.create(person=person)
    client.force_login(ana)

    client.post("/erase/", {"word": "erase"})

    assert list(Person.objects.all()) == [ben]
    assert Episode.objects.get().person == ben
    assert client.get("/").status_code == 302


def test_file_of_somebody_else_is_never_looked_at(db: None, hosted: None, client: Client) -> None:
    ana, ben = PersonFactory.create(), PersonFactory.create()
    client.force_login(ben)
    upload(client, FILE)
    client.force_login(ana)

    assert client.get("/import/look/")["Location"] == "/import/"
    assert decide(client, "/import/look/")["Location"] == "/import/"
    decide(client, "/import/forget/")
    assert DiaryImport.objects.get().person == ben
