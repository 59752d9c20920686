"""Nobody else: every address, walked by a stranger and by nobody, with and without htmx.

A new address fails here until it is entered below, so that none is added without a thought about
who may see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from diary.models import Person
from tests import factories

SECRET = "zyxwvut"
"""Stands in every text of the owner's diary and must reach nobody else."""

DAY = date(2026, 3, 1)
PUBLIC = {
    "healthz",
    "diary:welcome",
    "diary:pair",
    "diary:home_sign_in",
    "diary:start",
    "diary:example",
    "diary:leave_example",
    "diary:csrf",
    "diary:offline",
    "diary:service_worker",
    "diary:manifest",
    "diary:waiting_tap",
    "triage:when_to_see",
}
OBJECTS = {
    "diary:episode": "uid",
    "diary:episode_details": "uid",
    "diary:episode_rate": "uid",
    "diary:episode_running": "uid",
    "diary:episode_stop": "uid",
    "diary:episode_delete": "uid",
    "diary:episode_restore": "uid",
    "diary:factor": "factor",
    "diary:factor_delete": "factor",
    "diary:medicine": "medicine",
    "diary:medicine_stop": "medicine",
    "diary:medicine_delete": "medicine",
    "diary:medicine_restore": "medicine",
    "diary:event": "event",
    "diary:event_delete": "event",
    "diary:event_restore": "event",
    "triage:visit": "visit",
    "triage:visit_delete": "visit",
    "triage:visit_restore": "visit",
    "triage:visit_freeze": "visit",
    "triage:visit_take_back": "visit",
    "triage:visit_bring_back": "visit",
    "triage:visit_afterwards": "visit",
    "triage:visit_question_move": "visit",
}
"""Addresses of single entries: somebody else's is not found."""

VALUES = {"code": "no-code", "day": DAY, "slug": "caffeine", "step": "onset", "name": "app"}


def addresses() -> Iterator[tuple[str, URLPattern]]:
    def walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from walk(entry, f"{entry.namespace}:" if entry.namespace else space)
            else:
                yield f"{space}{entry.name}", entry

    yield from walk(get_resolver(), "")


def own_addresses() -> list[str]:
    return [name for name, _entry in addresses() if name not in PUBLIC | set(OBJECTS)]


def parameters(name: str) -> set[str]:
    return next(set(entry.pattern.converters) for found, entry in addresses() if found == name)


def address_of(name: str, **more: Any) -> str:
    values = VALUES | more
    return reverse(name, kwargs={key: values[key] for key in parameters(name)})


@pytest.fixture
def secrets(owner: Person) -> dict[str, dict[str, Any]]:
    """A diary of the owner with a secret in each text, and where its entries are."""
    owner.name = owner.worry = SECRET
    owner.save()
    episode = factories.EpisodeFactory.create(person=owner, note=SECRET)
    factories.DayFactory.create(person=owner, date=DAY, note=SECRET)
    medicine = factories.MedicineFactory.create(person=owner, name=SECRET)
    event = factories.EventFactory.create(person=owner, label=SECRET)
    factor = factories.OwnFactorFactory.create(person=owner, label=SECRET)
    visit = factories.VisitFactory.create(person=owner, clinician=SECRET)
    factories.VisitQuestionFactory.create(visit=visit, text=SECRET)
    upload = factories.DiaryImportFactory.create(person=owner, file_name=SECRET)
    return {
        "uid": {"uid": episode.uid},
        "medicine": {"pk": medicine.pk},
        "event": {"pk": event.pk},
        "factor": {"pk": factor.pk},
        "visit": {"pk": visit.pk, "position": 0, "way": "up"},
        "upload": {"pk": upload.pk},
    }


@pytest.fixture
def stranger(hosted: None, secrets: dict[str, Any]) -> Client:
    """Somebody else with an account on the same server."""
    client = Client()
    client.force_login(factories.PersonFactory.create())
    return client


def test_every_address_is_entered_here() -> None:
    known = {name for name, entry in addresses() if set(entry.pattern.converters) <= set(VALUES)}

    assert {name for name, _entry in addresses()} - known - set(OBJECTS) - PUBLIC == set()
    assert set(OBJECTS) <= {name for name, _entry in addresses()}


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(OBJECTS))
def test_entry_of_somebody_else_is_not_found(
    stranger: Client, secrets: dict[str, dict[str, Any]], name: str, method: str, htmx: bool
) -> None:
    headers = {"HX-Request": "true"} if htmx else {}

    answer = getattr(stranger, method)(address_of(name, **secrets[OBJECTS[name]]), headers=headers)

    assert answer.status_code in (404, 405)
    assert SECRET not in b"".join(answer).decode(errors="replace")
    if method == "post":
        assert answer.status_code == 404


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("name", own_addresses())
def test_stranger_sees_nothing_of_the_owner(stranger: Client, name: str, htmx: bool) -> None:
    headers = {"HX-Request": "true"} if htmx else {}

    answer = stranger.get(address_of(name), headers=headers)

    assert answer.status_code in (200, 302, 404, 405)
    assert SECRET not in b"".join(answer).decode(errors="replace")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [*own_addresses(), *sorted(OBJECTS)])
def test_nobody_is_sent_to_the_welcome_page(
    hosted: None, secrets: dict[str, dict[str, Any]], name: str, method: str
) -> None:
    more = secrets[OBJECTS[name]] if name in OBJECTS else {}

    answer = getattr(Client(), method)(address_of(name, **more))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/welcome/")


def test_owner_does_see_the_secret(own_client: Client, secrets: dict[str, Any]) -> None:
    page = own_client.get(address_of("diary:episode", **secrets["uid"])).content.decode()

    assert SECRET in page


def test_example_never_mixes_with_the_own_diary(owner: Person, secrets: dict[str, Any]) -> None:
    client = Client()
    client.post("/example/")
    visited = {name: client.get(address_of(name)) for name in own_addresses()}
    client.post("/log/", {"place": "tongue:midline", "uid": "2" * 32})
    client.post("/example/leave/")

    assert not any(
        SECRET in b"".join(answer).decode(errors="replace") for answer in visited.values()
    )
    assert owner.episodes.count() == 1
    assert not Person.objects.filter(is_example=True).exists()
