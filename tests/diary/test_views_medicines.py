"""Medicines as pages: two taps and typing, stopped today, changed, deleted with undo."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from diary.about import change_medicine
from diary.models import Medicine, Person
from tests.factories import MedicineFactory


@pytest.fixture
def today(owner: Person) -> date:
    return timezone.now().date()


@pytest.fixture
def medicine(owner: Person) -> Medicine:
    return MedicineFactory.create(person=owner, name="Sertraline", dose="50 mg")


def test_name_alone_is_enough(own_client: Client, owner: Person) -> None:
    answer = own_client.post("/medicines/add/", {"name": "Sertraline"})

    assert answer["Location"] == "/medicines/"
    row = owner.medicines.get()
    assert (row.name, row.medicine_class, row.started_on, row.suspected) == (
        "Sertraline",
        "",
        None,
        None,
    )


def test_everything_is_stored(own_client: Client, owner: Person) -> None:
    sent = {
        "name": "Sertraline",
        "medicine_class": "ssri_snri",
        "dose": "50 mg",
        "started_on": "2026-01-02",
        "changed_on": "2026-02-03",
        "stopped_on": "2026-03-04",
        "suspected": "yes",
    }

    own_client.post("/medicines/add/", sent)

    row = owner.medicines.get()
    assert row.medicine_class == "ssri_snri"
    assert row.changed_on == date(2026, 2, 3)
    assert row.suspected is True
    assert "you suspect it" in own_client.get("/medicines/").content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Write the name of the medicine."),
        ({"name": "x" * 201}, "There is a problem"),
        ({"name": "x", "medicine_class": "magic"}, "Choose one of the answers shown."),
        (
            {"name": "x", "started_on": "2026-03-02", "stopped_on": "2026-03-01"},
            "This is before the start.",
        ),
        (
            {"name": "x", "started_on": "2026-03-02", "changed_on": "2026-03-01"},
            "This is before the start.",
        ),
        (
            {"name": "x", "changed_on": "2026-03-02", "stopped_on": "2026-03-01"},
            "This is after the end.",
        ),
        ({"name": "x", "stopped_on": "2199-01-01"}, "That is still to come."),
    ],
)
def test_what_cannot_be_meant_is_named_and_kept(
    own_client: Client, owner: Person, fields: dict[str, str], sentence: str
) -> None:
    answer = own_client.post("/medicines/add/", fields)

    body = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error:" in body
    assert sentence in body
    assert all(f'value="{value}"' in body for key, value in fields.items() if value and "on" in key)
    assert not owner.medicines.exists()


def test_started_and_stopped_on_one_day_is_let_in(own_client: Client, owner: Person) -> None:
    sent = {"name": "x", "started_on": "2026-03-01", "stopped_on": "2026-03-01"}

    assert own_client.post("/medicines/add/", sent).status_code == 302


def test_same_form_sent_twice_is_one_medicine(own_client: Client, owner: Person) -> None:
    for _ in range(2):
        own_client.post("/medicines/add/", {"name": "Sertraline"})

    assert owner.medicines.count() == 1


def test_medicine_that_is_to_begin_is_planned_and_cannot_have_been_stopped(
    own_client: Client, owner: Person, today: date
) -> None:
    tomorrow = today + timedelta(days=1)
    planned = MedicineFactory.create(person=owner, name="Planned one", started_on=tomorrow)

    own_client.post(f"/medicines/{planned.pk}/stop/")

    planned.refresh_from_db()
    assert planned.stopped_on is None
    body = own_client.get("/medicines/").content.decode()
    assert ">Planned</h2>" in body
    assert f"from {tomorrow:%-d %B %Y}" in body
    assert "You take" not in body
    assert "Stopped today" not in body


def test_medicine_that_begins_today_is_taken(
    own_client: Client, owner: Person, today: date
) -> None:
    MedicineFactory.create(person=owner, started_on=today)

    body = own_client.get("/medicines/").content.decode()
    assert "You take" in body
    assert "Planned" not in body


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"started_on": date(2019, 1, 1)}, "since 2019"),
        ({"started_on": date(2019, 1, 2)}, "since 2 January 2019"),
        (
            {"started_on": date(2019, 1, 1), "changed_on": date(2026, 2, 3)},
            "since 2019; changed 3 February 2026",
        ),
        (
            {"started_on": date(2019, 1, 1), "stopped_on": date(2026, 3, 4)},
            "2019 to 4 March 2026",
        ),
        ({"started_on": None, "stopped_on": date(2026, 3, 4)}, "until 4 March 2026"),
    ],
)
def test_dates_are_said_as_exactly_as_they_are_known(
    own_client: Client, owner: Person, dates: dict[str, date], said: str
) -> None:
    MedicineFactory.create(person=owner, **dates)

    assert f'<span class="hint">{said}</span>' in own_client.get("/medicines/").content.decode()


def test_stopped_today(own_client: Client, owner: Person, medicine: Medicine, today: date) -> None:
    own_client.post(f"/medicines/{medicine.pk}/stop/")

    medicine.refresh_from_db()
    assert medicine.stopped_on == today
    body = own_client.get("/medicines/").content.decode()
    assert body.index("Stopped") < body.index("Sertraline")


def test_end_of_a_medicine_is_not_moved_by_a_page_long_open(
    own_client: Client, owner: Person
) -> None:
    over = MedicineFactory.create(person=owner, stopped_on=date(2026, 1, 1))

    own_client.post(f"/medicines/{over.pk}/stop/")

    over.refresh_from_db()
    assert (over.stopped_on, over.version) == (date(2026, 1, 1), 1)


def test_medicine_changed_while_it_is_stopped_stays_as_it_was_changed(
    own_client: Client, medicine: Medicine
) -> None:
    def changed_first(person: Person, pk: int, *given: Any, **options: Any) -> Medicine:
        change_medicine(person, pk, {"stopped_on": date(2026, 1, 1)})
        return change_medicine(person, pk, *given, **options)

    with patch("diary.about.change_medicine", changed_first):
        answer = own_client.post(f"/medicines/{medicine.pk}/stop/")

    medicine.refresh_from_db()
    assert (answer.status_code, medicine.stopped_on) == (302, date(2026, 1, 1))


def test_change_shows_what_is_stored_and_stores_what_is_typed(
    own_client: Client, medicine: Medicine
) -> None:
    address = f"/medicines/{medicine.pk}/"
    assert 'value="50 mg"' in own_client.get(address).content.decode()

    own_client.post(address, {"name": "Sertraline", "dose": "100 mg", "version": medicine.version})

    medicine.refresh_from_db()
    assert medicine.dose == "100 mg"


def test_change_sent_twice_is_no_conflict(own_client: Client, medicine: Medicine) -> None:
    sent = {"name": "Sertraline", "dose": "100 mg", "suspected": "no", "version": medicine.version}
    for _time in range(2):
        assert own_client.post(f"/medicines/{medicine.pk}/", sent).status_code == 302

    medicine.refresh_from_db()
    assert (medicine.dose, medicine.version) == ("100 mg", 2)


def test_older_version_answers_409_with_both(own_client: Client, medicine: Medicine) -> None:
    address = f"/medicines/{medicine.pk}/"
    own_client.post(address, {"name": "Sertraline", "dose": "theirs", "version": medicine.version})

    sent = {"name": "Sertraline", "dose": "mine", "version": medicine.version}
    answer = own_client.post(address, sent)

    body = answer.content.decode()
    assert answer.status_code == 409
    assert "theirs" in body
    assert "mine" in body
    medicine.refresh_from_db()
    assert medicine.dose == "theirs"
    own_client.post(address, sent | {"version": medicine.version})
    medicine.refresh_from_db()
    assert medicine.dose == "mine"


def test_deleted_medicine_comes_back(own_client: Client, medicine: Medicine) -> None:
    answer = own_client.post(f"/medicines/{medicine.pk}/delete/", follow=True)
    assert "Undo" in answer.content.decode()
    assert own_client.get(f"/medicines/{medicine.pk}/").status_code == 404

    own_client.post(f"/medicines/{medicine.pk}/restore/")

    assert own_client.get(f"/medicines/{medicine.pk}/").status_code == 200


@pytest.mark.parametrize("path", ["", "stop/", "delete/", "restore/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_medicine_of_somebody_else_is_not_found(
    own_client: Client, owner: Person, path: str, method: str
) -> None:
    theirs = MedicineFactory.create(name="Zyxwvut")

    answer = getattr(own_client, method)(f"/medicines/{theirs.pk}/{path}", {"name": "x"})

    assert answer.status_code == (404 if method == "post" or not path else 405)
    theirs.refresh_from_db()
    assert (theirs.name, theirs.deleted_at, theirs.stopped_on) == ("Zyxwvut", None, None)


def test_one_stopped_tomorrow_is_still_taken(
    own_client: Client, owner: Person, today: date
) -> None:
    MedicineFactory.create(person=owner, name="Later", stopped_on=today + timedelta(days=1))
    MedicineFactory.create(person=owner, name="Over", stopped_on=today)

    body = own_client.get("/medicines/").content.decode()

    assert body.index("You take") < body.index("Later") < body.index("Over")
