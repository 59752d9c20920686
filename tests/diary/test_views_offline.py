"""Waiting taps: stored once, whatever happened to the first answer."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from diary.local_days import written_instant
from diary.models import Episode, Person
from diary.views.offline import SHELL_FILES
from tests.factories import EpisodeFactory, PersonFactory


def tap_at(minutes_ago: float = 5) -> str:
    return written_instant(timezone.now() - timedelta(minutes=minutes_ago)).text


def send(client: Client, uid: UUID, **body: Any) -> Any:
    body = {"place": "calf:left", "started_at": tap_at(), "time_zone": "Europe/Rome"} | body
    return client.put(f"/entries/{uid}/", json.dumps(body), content_type="application/json")


def test_waiting_tap_keeps_the_time_and_zone_of_the_tap(own_client: Client, owner: Person) -> None:
    moment = tap_at(90)

    answer = send(own_client, uuid4(), started_at=moment)

    episode = Episode.objects.owned_by(owner).get()
    assert answer.status_code == 201
    assert (episode.started_at_written, episode.time_zone) == (moment, "Europe/Rome")
    assert (episode.source, episode.recorded_at_written) == ("offline", moment)


def test_sent_again_it_is_stored_once(own_client: Client, owner: Person) -> None:
    uid, moment = uuid4(), tap_at()

    answers = [send(own_client, uid, started_at=moment).status_code for _ in range(3)]

    assert answers == [201, 200, 200]
    assert Episode.objects.owned_by(owner).count() == 1


@pytest.mark.parametrize(
    "other", [{"place": "thumb:left"}, {"started_at": tap_at(30)}, {"place": "calf"}]
)
def test_another_body_under_the_same_id_is_a_conflict(
    own_client: Client, owner: Person, other: dict[str, str]
) -> None:
    uid = uuid4()
    send(own_client, uid)

    assert send(own_client, uid, **other).status_code == 409
    assert Episode.objects.owned_by(owner).get().side == "left"


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 409)])
def test_tap_whose_answer_was_lost_is_the_same_tap(
    own_client: Client, owner: Person, minutes: float, status: int
) -> None:
    uid = uuid4()
    own_client.post("/log/", {"tap": f"{uid}/calf:left"})

    assert send(own_client, uid, started_at=tap_at(minutes)).status_code == status
    assert Episode.objects.owned_by(owner).count() == 1


def test_tap_that_was_taken_back_meanwhile_stays_away(own_client: Client, owner: Person) -> None:
    episode = EpisodeFactory.create(person=owner, deleted_at=timezone.now())

    assert send(own_client, episode.uid).status_code == 410


@pytest.mark.parametrize(
    "body",
    [
        {"place": ""},
        {"place": "elbow:left"},
        {"started_at": "yesterday"},
        {"started_at": "2026-03-01T21:30:00"},
        {"started_at": "0001-01-01T00:00:00+00:00"},
        {"started_at": 7},
        {"place": ["calf:left"]},
    ],
)
def test_unreadable_tap_is_answered_with_a_sentence(
    own_client: Client, owner: Person, body: dict[str, Any]
) -> None:
    answer = send(own_client, uuid4(), **body)

    assert answer.status_code == 422
    assert answer.json()["sentence"]
    assert not Episode.objects.owned_by(owner).exists()


@pytest.mark.parametrize(("minutes_ago", "status"), [(-9, 201), (-11, 422)])
def test_clock_may_run_ahead_a_little(own_client: Client, minutes_ago: float, status: int) -> None:
    assert send(own_client, uuid4(), started_at=tap_at(minutes_ago)).status_code == status


@pytest.mark.parametrize(("days_ago", "status"), [(59, 201), (61, 422)])
def test_tap_may_wait_for_sixty_days(own_client: Client, days_ago: int, status: int) -> None:
    moment = tap_at(days_ago * 24 * 60)

    assert send(own_client, uuid4(), started_at=moment).status_code == status


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '"x"', "\ud800".encode("utf-16", "surrogatepass")]
)
def test_body_that_is_no_json_is_answered_with_a_sentence(own_client: Client, body: Any) -> None:
    answer = own_client.put(f"/entries/{uuid4()}/", body, content_type="application/json")

    assert answer.status_code == 422


def test_same_id_of_somebody_else_is_nobodys_business(own_client: Client, owner: Person) -> None:
    theirs = EpisodeFactory.create(person=PersonFactory.create())

    assert send(own_client, theirs.uid).status_code == 201
    assert Episode.objects.owned_by(owner).count() == 1


@pytest.mark.django_db
def test_signed_out_is_said_as_such_and_not_by_a_page(db: None, hosted: None) -> None:
    assert send(Client(), uuid4()).status_code == 401
    assert Client().get("/csrf").status_code == 401


def test_token_comes_with_the_name_of_the_outbox_of_this_person(
    own_client: Client, owner: Person
) -> None:
    found = own_client.get("/csrf").json()

    assert found["token"]
    assert f'data-person="{found["person"]}"' in own_client.get("/").content.decode()


def test_shell_holds_nothing_of_the_diary(own_client: Client, owner: Person) -> None:
    EpisodeFactory.create(person=owner, site="tongue")
    own_client.get("/")

    page = own_client.get("/offline/").content.decode()

    assert "data-person" not in page
    assert "csrfmiddlewaretoken" not in page
    assert "ongue" not in page


def test_worker_is_asked_for_anew_and_keeps_no_page_but_the_shell(own_client: Client) -> None:
    answer = own_client.get("/sw.js")

    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert answer.content.decode().count('"/offline/"') == 1


def test_manifest_names_icons_that_are_there(own_client: Client) -> None:
    found = own_client.get("/manifest.webmanifest").json()

    assert found["display"] == "standalone"
    assert {icon["sizes"] for icon in found["icons"]} == {"192x192", "512x512"}


@pytest.mark.parametrize("name", SHELL_FILES)
def test_every_file_of_the_shell_is_there(name: str) -> None:
    assert finders.find(name)
