"""A page is kept while the file is the same, and never shown when anything was written since."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from diary.http import DiaryRequest
from diary.keeping import erase_diary, replace_diary
from diary.kept_pages import MOST_PAGES, FileStateMiddleware, kept_until_a_change
from diary.memory import forget_everything
from diary.models import Person
from tests.bench.diaries import long_diary
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)

made: list[str] = []


@kept_until_a_change
def numbered(request: DiaryRequest) -> HttpResponse:
    """A page that says how often it was made."""
    made.append(request.get_full_path())
    status = 422 if "wrong" in request.GET else 200
    if "writes" in request.GET:
        PersonFactory.create()
    return HttpResponse(f"made {len(made)}", status=status)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    made.clear()
    forget_everything()
    yield
    forget_everything()


def look(
    path: str = "/",
    *,
    cookies: str = "sessionid=a; csrftoken=b",
    person: Person | None = None,
    today: date = date(2026, 6, 9),
    zone: str = "UTC",
    view: Callable[[DiaryRequest], HttpResponse] = numbered,
) -> str:
    """What the page says to somebody."""
    request = RequestFactory().get(path, headers={"cookie": cookies})
    request.session = type("Session", (), {"session_key": "a"})()
    request.user = person or AnonymousUser()
    request.zone, request.today = zone, today
    return FileStateMiddleware(view)(request).content.decode()  # type: ignore[arg-type]


def test_page_is_made_once_while_nothing_is_written() -> None:
    assert [look(), look(), look()] == ["made 1"] * 3


def test_page_is_made_anew_after_a_write_of_the_same_connection() -> None:
    look()
    person = PersonFactory.create()
    assert look() == "made 2"

    Person.objects.filter(pk=person.pk).update(version=5)
    assert look() == "made 3"

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM diary_person")
    assert look() == "made 4"


def test_page_is_made_anew_after_a_write_of_another_thread() -> None:
    look()

    def write() -> None:
        PersonFactory.create()
        connection.close()

    other = threading.Thread(target=write)
    other.start()
    other.join()

    assert look() == "made 2"


def test_threads_show_the_page_that_one_of_them_made() -> None:
    look()
    seen: list[str] = []
    other = threading.Thread(target=lambda: seen.append(look()))
    other.start()
    other.join()

    assert seen == ["made 1"]


def test_page_is_made_anew_after_a_write_of_another_program() -> None:
    person = PersonFactory.create()
    look()

    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("UPDATE diary_person SET version = 7 WHERE id = ?", [person.pk])
        other.commit()

    assert look() == "made 2"


def test_page_that_missed_a_change_is_not_kept() -> None:
    """What changes after the person was read, and before the view, is not on the page."""

    def meanwhile(request: DiaryRequest) -> HttpResponse:
        PersonFactory.create()
        return numbered(request)

    look(view=meanwhile)
    assert look() == "made 2"


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/?weeks=4"},
        {"cookies": "sessionid=z; csrftoken=b"},
        {"today": date(2026, 6, 10)},
        {"zone": "Asia/Tokyo"},
    ],
)
def test_another_address_browser_day_or_zone_has_a_page_of_its_own(other: dict[str, str]) -> None:
    look()
    assert look(**other) == "made 2"  # type: ignore[arg-type]
    assert look() == "made 1"


def test_another_person_has_a_page_of_their_own() -> None:
    one, other = PersonFactory.create(), PersonFactory.create()
    look(person=one)
    assert look(person=other) == "made 2"


@pytest.mark.parametrize(
    ("path", "cookies"),
    [
        ("/?wrong", "sessionid=a; csrftoken=b"),
        ("/?writes", "sessionid=a; csrftoken=b"),
        ("/", "sessionid=a"),
        ("/", "sessionid=a; csrftoken=b; messages=said"),
    ],
    ids=["an error", "a page that writes", "no cookie for forms", "a message"],
)
def test_some_pages_are_not_kept(path: str, cookies: str) -> None:
    look(path, cookies=cookies)
    assert look(path, cookies=cookies) == "made 2"


def test_nothing_is_kept_within_a_transaction() -> None:
    with transaction.atomic():
        look()
        assert look() == "made 2"


def test_only_the_last_pages_are_kept() -> None:
    for number in range(MOST_PAGES + 1):
        look(f"/?number={number}")
    assert look(f"/?number={MOST_PAGES}") == f"made {MOST_PAGES + 1}"
    assert look("/?number=0") == f"made {MOST_PAGES + 2}"


def test_erasing_forgets_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    person = PersonFactory.create()
    look()
    monkeypatch.setattr("diary.kept_pages.state_of_file", lambda: "as if nothing were written")
    look()
    erase_diary(person)
    assert look() == "made 3"


def test_trends_show_a_twitch_logged_meanwhile() -> None:
    person = PersonFactory.create(email=None)
    today = timezone.now().date()
    replace_diary(person, long_diary(today - timedelta(days=1), 30, 60))
    client = Client()
    client.get("/settings/")  # brings the cookie of the forms
    before = client.get("/trends/").content
    assert client.get("/trends/").content == before  # its token against forged forms included

    client.post("/log/", {"tap": f"{uuid4()}/calf:left"})

    assert client.get("/trends/").content != before
