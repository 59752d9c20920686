"""The first screen and the example, also beside a diary of one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from diary.models import Person
from tests.factories import EpisodeFactory, PersonFactory


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_example_opened_from_the_settings_leads_back_to_the_own_diary(
    own_client: Client, owner: Person
) -> None:
    EpisodeFactory.create(person=owner, site="tongue", side="midline")
    assert "Look around in the example" in page(own_client, "/settings/")

    own_client.post("/example/")

    inside = page(own_client, "/")
    assert "EXAMPLE" in inside
    assert "Back to my diary" in inside
    assert "tongue" not in inside.lower()
    assert "Look around in the example" not in page(own_client, "/settings/")
    own_client.post("/log/", {"tap": "2" * 32 + "/calf:left"})

    answer = own_client.post("/example/leave/", follow=True)

    assert answer.redirect_chain[-1] == ("/", 302)
    assert "EXAMPLE" not in answer.content.decode()
    assert [found.site for found in owner.episodes.all()] == ["tongue"]
    assert list(Person.objects.all()) == [owner]


def test_first_visit_to_the_example_leads_to_the_welcome_page(db: None, client: Client) -> None:
    client.post("/example/")
    assert "Start my own" in page(client, "/")

    answer = client.post("/example/leave/")

    assert answer["Location"] == "/welcome/"


@pytest.mark.parametrize("twice", [False, True])
def test_what_pages_noted_of_the_own_diary_waits_and_stays_apart(
    own_client: Client, twice: bool
) -> None:
    session = own_client.session
    session["visit_deleted"] = {"pk": 1, "name": "Dr Ash"}
    session.save()

    own_client.post("/example/")
    if twice:
        Person.objects.filter(is_example=True).delete()  # forgotten after a day
        own_client.post("/example/")
    assert "visit_deleted" not in own_client.session
    session = own_client.session
    session["medicine_deleted"] = {"pk": 2, "name": "Of the example"}
    session.save()
    own_client.post("/example/leave/")

    assert dict(own_client.session.items()) == {"visit_deleted": {"pk": 1, "name": "Dr Ash"}}


def test_signed_in_person_stays_signed_in(db: None, hosted: None, client: Client) -> None:
    person = PersonFactory.create()
    client.force_login(person)

    client.post("/example/")
    assert "Back to my diary" in page(client, "/")
    client.post("/example/leave/")

    assert int(client.session["_auth_user_id"]) == person.pk
    assert "EXAMPLE" not in page(client, "/")


ENDED = "/welcome/?example_ended=1"


def forget_the_example() -> None:
    """As happens when somebody opens an example more than a day later."""
    Person.objects.filter(is_example=True).delete()


def tap(client: Client, **headers: Any) -> Any:
    return client.post("/log/", {"tap": f"{uuid4()}/calf:left"}, headers=headers)


def tap_that_waited(client: Client) -> Any:
    body = {"place": "calf:left", "started_at": "2026-03-01T10:00:00Z", "time_zone": "UTC"}
    return client.put(f"/entries/{uuid4()}/", body, content_type="application/json")


@pytest.mark.parametrize("sent", [tap, tap_that_waited])
def test_page_of_an_example_that_ended_stores_nothing_in_the_own_diary(
    own_client: Client, owner: Person, sent: Callable[[Client], Any]
) -> None:
    session = own_client.session
    session["visit_deleted"] = {"pk": 1, "name": "Dr Ash"}
    session.save()
    own_client.post("/example/")
    forget_the_example()

    answer = sent(own_client)

    assert answer["Location"] == ENDED
    assert not owner.episodes.exists()
    assert dict(own_client.session.items()) == {"visit_deleted": {"pk": 1, "name": "Dr Ash"}}
    said = page(own_client, ENDED)
    assert "The example has ended" in said
    assert "Your last step was not stored." in said
    assert "Back to my diary" in said


def test_script_of_an_example_that_ended_leads_the_whole_page_away(
    own_client: Client, owner: Person
) -> None:
    own_client.post("/example/")
    forget_the_example()

    answer = tap(own_client, hx_request="true")

    assert (answer.status_code, answer["HX-Redirect"]) == (200, ENDED)
    assert not owner.episodes.exists()


def test_example_that_ended_leads_somebody_without_a_diary_to_the_two_ways_in(
    db: None, client: Client
) -> None:
    client.post("/example/")
    forget_the_example()

    answer = tap(client)

    assert answer["Location"] == ENDED
    assert "Start my diary" in page(client, ENDED)
    assert not Person.objects.exists()


def test_looking_on_after_the_example_ended_shows_the_own_diary(
    own_client: Client, owner: Person
) -> None:
    EpisodeFactory.create(person=owner, site="tongue", side="midline")
    own_client.post("/example/")
    forget_the_example()

    assert "tongue" in page(own_client, "/").lower()


@pytest.mark.parametrize("way", ["/start/", "/example/leave/"])
def test_example_that_ended_can_be_left(own_client: Client, owner: Person, way: str) -> None:
    own_client.post("/example/")
    forget_the_example()

    answer = own_client.post(way, follow=True)

    assert answer.redirect_chain[-1] == ("/", 302)


def test_leaving_an_example_that_ended_takes_nothing_of_the_own_diary(
    own_client: Client, owner: Person
) -> None:
    own_client.get("/")  # the places shown are noted
    noted = dict(own_client.session)
    own_client.post("/example/")
    Person.objects.filter(is_example=True).delete()

    own_client.post("/example/leave/")

    assert noted
    assert dict(own_client.session) == noted


def test_page_of_another_diary_that_is_still_open_can_send_nothing(owner: Person) -> None:
    """Opening, leaving and the end of the example each make the tokens of earlier pages void."""
    client = Client(enforce_csrf_checks=True)

    def token() -> str:
        client.get("/settings/")
        return str(client.cookies["csrftoken"].value)

    def status(path: str, of_page: str, **more: str) -> int:
        return client.post(path, {"csrfmiddlewaretoken": of_page} | more).status_code

    tapped = {"tap": f"{uuid4()}/calf:left"}
    own = token()
    assert status("/example/", own) == 302
    assert status("/log/", own, **tapped) == 403
    example = token()
    assert status("/example/leave/", example) == 302
    assert status("/log/", example, **tapped) == 403
    status("/example/", token())
    example = token()
    forget_the_example()
    client.get("/")
    assert status("/log/", example, **tapped) == 403
    assert not owner.episodes.exists()
