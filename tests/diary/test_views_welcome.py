"""The first screen and the example, also beside a diary of one's own."""

from __future__ import annotations

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
