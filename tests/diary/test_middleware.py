"""What a request is answered when the database cannot be read or written, inside a view and out."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, OperationalError
from django.test import Client

from diary import about, entries, middleware
from diary.models import Person
from tests import factories


def locked(*_given: object, **_options: object) -> None:
    raise OperationalError("database is locked")


@pytest.fixture
def client(owner: Person) -> Client:
    """A browser that sees what a person sees of an error."""
    return Client(raise_request_exception=False)


def test_locked_write_says_so_and_keeps_every_value(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "change_day", locked)
    typed = {"note": "<b>by the sea</b>", "exercise_regions": ["arm", "leg"]}

    answer = client.post("/days/2026-03-01/exact/", typed)

    page = html.unescape(answer.content.decode())
    assert answer.status_code == 503
    assert "Nothing was stored" in page
    assert "<b>by the sea</b>" in page
    assert page.count('name="exercise_regions"') == 2


def test_a_password_stands_on_no_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "current_person", locked)

    answer = client.post("/sign-in/", {"password": "calf and thumb", "new_password": "toe"})

    assert answer.status_code == 503
    assert "calf and thumb" not in answer.content.decode()
    assert "toe" not in re.sub(r"<[^>]*>", "", answer.content.decode())


def test_lock_outside_a_view_says_so_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "current_person", locked)

    answer = client.post("/events/", {"label": "New job"})

    assert answer.status_code == 503
    assert "New job" in answer.content.decode()


def test_other_error_outside_a_view_stays_an_error(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "today_in_zone", lambda *_given: 1 / 0)

    answer = client.get("/")

    assert answer.status_code == 500
    assert "on our side" in answer.content.decode()


@pytest.mark.parametrize("error", [OperationalError("locked"), DatabaseError("malformed")])
def test_session_that_cannot_be_kept_leaves_the_answer(
    client: Client, owner: Person, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(*_given: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(SessionStore, "save", fails)

    answer = client.post("/log/", {"place": "calf:left", "uid": "1" * 32})

    assert answer.status_code == 302
    assert owner.episodes.count() == 1


def test_session_ended_elsewhere_is_no_fault_of_the_disk(own_client: Client) -> None:
    own_client.get("/")
    store = SessionStore(own_client.session.session_key)
    store["x"] = 1
    store.delete()
    with pytest.raises(middleware.UpdateError) as raised:
        store.save()

    assert not middleware.is_storage_fault(raised.value)


def test_entry_taken_out_within_a_request_is_not_found(
    client: Client, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = factories.EventFactory.create(person=owner)
    changes = about.change_event

    def overtaken(*given: object, **options: object) -> object:
        event.delete()
        return changes(*given, **options)

    monkeypatch.setattr(about, "change_event", overtaken)

    answer = client.post(f"/events/{event.pk}/", {"label": "x", "date": "2026-03-01"})

    assert answer.status_code == 404


def test_page_with_the_way_back_has_the_headers_of_every_page(own_client: Client) -> None:
    page, other = own_client.get("/log/"), own_client.get("/")

    assert page.status_code == 405
    assert {*other.headers} - {*page.headers} <= {"Content-Language"}
    assert page.headers["X-Frame-Options"] == other.headers["X-Frame-Options"]
