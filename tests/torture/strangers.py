"""Every address by every method for people whose diary it is not: nothing of it may reach them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from diary.exchange.diary_file import write
from diary.keeping import forget_person
from diary.models import Person
from diary.queries import diary_of
from tests import factories, test_access
from tests.torture.hostile import content_of, fault_of, hostile_diary

METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")
OTHERS = ("stranger", "neighbour", "nobody", "signed out", "erased", "example")
NOT_SIGNED_IN = ("nobody", "signed out", "erased")
WAYS: tuple[dict[str, str], ...] = (
    {}, {"HTTP_HX_REQUEST": "true"}, {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
)  # fmt: skip
"""Headers of the requests: plain, as htmx sends them, and asking for another method than sent."""
ACCOUNTS = ("account_login", "account_signup", "account_logout")
JSON = "application/json"
handler500 = "diary.middleware.server_error"
urlpatterns = [path("", include("config.urls"))] + [
    path(f"accounts/{name}/", login_not_required(lambda _request: HttpResponse("")), name=name)
    for name in ACCOUNTS
]
"""The addresses of a hosted diary, with stand-ins for those of the library of accounts."""

SECRETS = tuple(f"zyx{number:02}wvut" for number in range(20))


@dataclass
class Leaks:
    """What a walk found; every list should be empty."""

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    seen: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    server_errors: list[str] = field(default_factory=list)
    changed: int = 0

    @property
    def faultless(self) -> bool:
        """Nothing seen, nothing found, nothing changed."""
        return not (self.seen or self.found or self.server_errors or self.changed)


def plant_secrets(person: Person, today: date) -> dict[str, dict[str, Any]]:
    """A diary with a different secret in each text; where its entries are, by kind."""
    hostile_diary(person, today)
    secret = iter(SECRETS)
    person.refresh_from_db()
    person.name, person.worry = next(secret), next(secret)
    person.own_drinks = [{"label": next(secret), "mg": 80}]
    person.tests_done = [{"test": "mri", "date": None, "result": next(secret)}]
    person.save()
    episode = person.episodes.first()
    assert episode is not None
    episode.uid = uuid4()  # not that of the example, whose visitor sees it there
    day = person.days.filter(entered=True).last()
    assert day is not None
    for row, column in ((episode, "note"), (episode, "written_by"), (day, "note")):
        setattr(row, column, next(secret))
    episode.save()
    day.save()
    medicine = factories.MedicineFactory.create(
        person=person, name=next(secret), dose=next(secret), started_on=today
    )
    event = factories.EventFactory.create(person=person, label=next(secret), date=today)
    factor = factories.OwnFactorFactory.create(
        person=person, label=next(secret), unit=next(secret), code="secret"
    )
    visit = factories.VisitFactory.create(
        person=person,
        clinician=next(secret),
        notes=next(secret),
        date=today,
        tests=[{"test": "mri", "date": None, "result": next(secret)}],
        frozen={"as_of": today.isoformat(), "worry": next(secret)},
    )
    factories.VisitQuestionFactory.create(visit=visit, text=next(secret))
    factories.DiaryImportFactory.create(person=person, file_name=next(secret))
    upload = factories.DiaryImportFactory.create(person=person, file_name=next(secret))
    return {
        "uid": {"uid": episode.uid},
        "medicine": {"pk": medicine.pk},
        "event": {"pk": event.pk},
        "factor": {"pk": factor.pk},
        "visit": {"pk": visit.pk, "position": 0, "way": "up"},
        "upload": {"pk": upload.pk},
    }


def everybody_else() -> Iterator[tuple[str, str, Client]]:
    """Each of `OTHERS` with the mode in which they come.

    The neighbour keeps a diary too; the last two hold the cookies of a sign-in that is over.
    """
    yield "hosted", "stranger", _signed_in(factories.PersonFactory.create())
    neighbour = factories.PersonFactory.create()
    hostile_diary(neighbour, datetime.now(UTC).date())
    yield "hosted", "neighbour", _signed_in(neighbour)
    yield "hosted", "nobody", Client(raise_request_exception=False)
    for who in ("signed out", "erased"):
        person = factories.PersonFactory.create()
        client = _signed_in(person)
        cookies = copy(client.cookies)
        if who == "erased":
            forget_person(person)
        else:
            client.logout()
        client.cookies = cookies
        yield "hosted", who, client
    visitor = Client(raise_request_exception=False)
    visitor.post("/example/")
    yield "local", "example", visitor


def _signed_in(person: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def walk(
    owner: Person,
    where: Mapping[str, Mapping[str, Any]],
    methods: Sequence[str] = METHODS,
    others: Sequence[str] = OTHERS,
    names: Container[str] | None = None,
) -> Leaks:
    """Try every address by these methods and in every way, as each of the others.

    With `names` only these addresses.
    """
    leaks = Leaks()
    before = write(diary_of(owner))
    every = [one for one in paths(where) if names is None or one[0] in names]
    body = ids(owner, where)
    for mode, who, client in everybody_else():
        if who not in others:
            continue
        with override_settings(DIARY_MODE=mode, ROOT_URLCONF=__name__):
            for name, address in every:
                for method in methods:
                    for headers in WAYS:
                        _one(leaks, client, who, name, method, address, headers, body)
    owner.refresh_from_db()
    leaks.changed = int(write(diary_of(owner)) != before)
    return leaks


def paths(where: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Every address, those of entries with the ids of the owner's."""
    today = datetime.now(UTC).date()
    found = []
    for name, _entry in test_access.addresses():
        more = where.get(test_access.OBJECTS.get(name, ""), {})
        values = {"day": today, **where["uid"], **where["visit"], **more}
        found.append((name, test_access.address_of(name, **values)))
    return found


def ids(owner: Person, where: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The owner's ids as fields of a form, the owner's own among them."""
    uid = str(where["uid"]["uid"])
    owners = dict.fromkeys(("person", "person_id", "user", "owner"), str(owner.pk))
    return {"uid": uid, "tap": f"{uid}/calf:left", "pk": str(where["visit"]["pk"]), "remove": "0",
            "position": "0", "version": "1", "before": uid, "id": uid, **owners}  # fmt: skip


def _one(
    leaks: Leaks,
    client: Client,
    who: str,
    name: str,
    method: str,
    address: str,
    headers: Mapping[str, str],
    body: Mapping[str, str],
) -> None:
    cookies = copy(client.cookies)
    options: dict[str, Any] = dict(headers)
    with transaction.atomic():
        if method == "POST":
            answer = client.post(address, body, **options)
        elif method == "GET":
            answer = client.get(address, body, **options)
        else:
            answer = client.generic(method, address, json.dumps(body), JSON, **options)
        content = content_of(answer).decode(errors="replace")
        transaction.set_rollback(True)
    client.cookies = cookies
    leaks.sent += 1
    leaks.statuses[answer.status_code] += 1
    said = f"{who} {method} {name} {dict(headers)} -> {answer.status_code}"
    everything = content + repr(answer.headers) + repr(answer.cookies)
    leaks.seen += [f"{said}: {secret}" for secret in SECRETS if secret in everything]
    if answer.status_code >= 500:
        leaks.server_errors.append(f"{said} {fault_of(answer)}")
    if (
        name in test_access.OBJECTS
        and who not in NOT_SIGNED_IN
        and answer.status_code not in (404, 405)
    ):
        leaks.found.append(said)
