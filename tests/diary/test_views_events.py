"""Marked dates as pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from diary.models import Event, Person
from tests.factories import EventFactory


@pytest.fixture
def event(owner: Person) -> Event:
    return EventFactory.create(person=owner)


def test_date_is_marked(own_client: Client, owner: Person) -> None:
    answer = own_client.post("/events/", {"label": "stopped coffee", "date": "2026-04-01"})

    assert answer["Location"] == "/events/"
    row = owner.events.get()
    assert (row.label, row.date) == ("stopped coffee", date(2026, 4, 1))
    assert "stopped coffee" in own_client.get("/events/").content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"label": "", "date": "2026-04-01"}, "Write a few words."),
        ({"label": "x", "date": ""}, "There is a problem"),
        ({"label": "x", "date": "soon"}, "Write a date such as"),
        ({"label": "x", "date": "1899-12-31"}, "Write a date from"),
        ({"label": "x" * 201, "date": "2026-04-01"}, "There is a problem"),
    ],
)
def test_what_is_missing_is_named_and_nothing_stored(
    own_client: Client, owner: Person, fields: dict[str, str], sentence: str
) -> None:
    answer = own_client.post("/events/", fields)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not owner.events.exists()


@pytest.mark.parametrize(("days", "status"), [(0, 302), (1, 422)])
def test_day_to_come_is_not_marked(own_client: Client, days: int, status: int) -> None:
    day = timezone.localdate() + timedelta(days=days)

    answer = own_client.post("/events/", {"label": "New job", "date": day.isoformat()})

    assert answer.status_code == status
    assert ("That is still to come." in answer.content.decode()) is (status == 422)


def test_label_of_200_characters_is_let_in(own_client: Client, owner: Person) -> None:
    sent = {"label": "x" * 200, "date": "2026-04-01"}

    assert own_client.post("/events/", sent).status_code == 302


def test_sent_twice_is_one(own_client: Client, owner: Person) -> None:
    for _ in range(2):
        own_client.post("/events/", {"label": "New job", "date": "2026-04-01"})

    assert owner.events.count() == 1


def test_change_and_conflict(own_client: Client, event: Event) -> None:
    address, sent = f"/events/{event.pk}/", {"label": "theirs", "date": "2026-04-01"}
    own_client.post(address, sent | {"version": event.version})

    answer = own_client.post(address, sent | {"label": "mine", "version": event.version})

    body = answer.content.decode()
    assert answer.status_code == 409
    assert "theirs" in body
    assert 'value="mine"' in body
    event.refresh_from_db()
    assert event.label == "theirs"


def test_deleted_date_comes_back(own_client: Client, event: Event) -> None:
    answer = own_client.post(f"/events/{event.pk}/delete/", follow=True)
    assert "Undo" in answer.content.decode()
    assert own_client.get(f"/events/{event.pk}/").status_code == 404

    own_client.post(f"/events/{event.pk}/restore/")

    assert own_client.get(f"/events/{event.pk}/").status_code == 200


@pytest.mark.parametrize("path", ["", "delete/", "restore/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_date_of_somebody_else_is_not_found(
    own_client: Client, owner: Person, path: str, method: str
) -> None:
    theirs = EventFactory.create(label="Zyxwvut")

    answer = getattr(own_client, method)(
        f"/events/{theirs.pk}/{path}", {"label": "x", "date": "2026-04-01"}
    )

    assert answer.status_code == (404 if method == "post" or not path else 405)
    theirs.refresh_from_db()
    assert (theirs.label, theirs.deleted_at) == ("Zyxwvut", None)
