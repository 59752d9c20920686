"""Questions of one's own: up to three, answered in the check-in, taken out with their values."""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from diary.exchange.diary_file import read, write
from diary.forms.factors import value_bounds
from diary.limits import Bounds
from diary.models import OwnFactor, Person
from diary.own_factors import add_own_factor
from diary.queries import day_of, diary_of
from diary.records import OwnFactorRecord
from tests.factories import OwnFactorFactory


def of_today() -> str:
    """The address that the check-in of today is sent to."""
    return f"/days/{timezone.localdate()}/"


def add(client: Client, label: str = "Screen, hours", kind: str = "number", **more: str) -> Any:
    return client.post("/factors/", {"label": label, "kind": kind, **more})


def test_added_question_is_asked_in_the_check_in(own_client: Client) -> None:
    add(own_client, unit="h", step="2")

    page = own_client.get("/today/").content.decode()

    assert "Screen, hours" in page
    assert 'name="own_screen_hours"' in page


@pytest.mark.parametrize(
    ("kind", "sent", "kept"),
    [
        ("number", "7,5", 7.5),
        ("number", "0", 0),
        ("number", "", None),
        ("yes_no", "no", False),
        ("yes_no", "yes", True),
        ("yes_no", "clear", None),
    ],
)
def test_answer_of_the_day_is_kept_and_empty_is_not_recorded(
    own_client: Client, owner: Person, kind: str, sent: str, kept: Any
) -> None:
    add(own_client, "Tea", kind)
    own_client.post(of_today(), {"stress": "5"})

    own_client.post(of_today(), {"own_tea": sent})

    own = day_of(owner, timezone.localdate()).own
    assert own == (None if kept is None else {"tea": kept})
    read(write(diary_of(owner)))


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {}], ids=["scripts", "none"])
def test_wrong_number_stays_as_it_was_typed(
    own_client: Client, headers: dict[str, str], owner: Person
) -> None:
    add(own_client, unit="h")
    own_client.post(of_today(), {"own_screen_hours": "3"})

    answer = own_client.post(of_today(), {"own_screen_hours": "lots"}, headers=headers)

    page = answer.content.decode()
    assert re.search(r'id="id_own_screen_hours"[^>]* value="lots"[^>]* aria-invalid="true"', page)
    assert 'href="#id_own_screen_hours">Screen, hours: Write a number from 0 to 24, or' in page
    assert 'id="id_own_screen_hours_error"' in page
    assert day_of(owner, timezone.localdate()).own == {"screen_hours": 3}


@pytest.mark.parametrize(
    ("label", "unit", "high"),
    [
        ("Screen", "h", 24),
        ("Screen", "Hours", 24),
        ("Screen, hours", None, 24),
        ("Walking", "min", 1_440),
        ("Humidity", "%", 100),
        ("Steps", None, 1_000_000),
        ("Hours of sunshine", "km", 1_000_000),
        ("Walking", "metres per hour", 1_000_000),
        ("Happy hour", None, 1_000_000),
    ],
)
def test_number_of_a_day_is_one_that_a_day_can_hold(
    label: str, unit: str | None, high: int
) -> None:
    factor = OwnFactorRecord(code="own", label=label, kind="number", unit=unit)

    assert value_bounds(factor) == Bounds(0, high)


@pytest.mark.parametrize("sent", ["many", "1e99", "nan", "-1", "1000001"])
def test_number_that_is_none_changes_nothing(own_client: Client, owner: Person, sent: str) -> None:
    add(own_client, "Tea")

    answer = own_client.post(of_today(), {"own_tea": sent})

    assert answer.status_code == 422
    assert day_of(owner, timezone.localdate()).own is None


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"label": "", "kind": "number"}, "Write what it is called."),
        ({"label": "Tea", "kind": ""}, "Choose yes or no, or a number."),
        ({"label": "Tea", "kind": "number", "step": "0"}, "Write a number above 0"),
        ({"label": "Tea", "kind": "number", "step": "-1"}, "Write a number from 0"),
        ({"label": "x" * 201, "kind": "number"}, "200"),
    ],
)
def test_incomplete_question_says_what_is_missing(
    own_client: Client, owner: Person, sent: dict[str, str], sentence: str
) -> None:
    answer = own_client.post("/factors/", sent)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not OwnFactor.objects.owned_by(owner).exists()


@pytest.mark.parametrize("label", ["Caffeine", "茶", "Tea", "-"])
def test_code_of_a_question_is_its_own_and_fits_the_file(
    own_client: Client, owner: Person, label: str
) -> None:
    add(own_client, label)
    add(own_client, label, "yes_no")

    codes = [row.code for row in OwnFactor.objects.owned_by(owner)]
    assert len(set(codes)) == 2
    assert "caffeine" not in codes
    read(write(diary_of(owner)))


def test_question_sent_twice_is_asked_once(own_client: Client, owner: Person) -> None:
    for _time in range(2):
        add(own_client, "Screen", unit="h", step="2")
    assert [row.code for row in OwnFactor.objects.owned_by(owner)] == ["screen"]

    add(own_client, "Screen", unit="min", step="2")
    assert [row.code for row in OwnFactor.objects.owned_by(owner)] == ["screen", "screen_2"]


def test_question_that_another_device_adds_in_the_same_moment_is_counted(
    own_client: Client, owner: Person
) -> None:
    OwnFactorFactory.create_batch(2, person=owner)

    def added_first(*given: Any) -> OwnFactor | None:
        OwnFactorFactory.create(person=owner, code="tea")
        return add_own_factor(*given)

    with patch("diary.views.factors.add_own_factor", added_first):
        answer = add(own_client, "Tea")

    assert answer["Location"] == "/factors/"
    assert OwnFactor.objects.owned_by(owner).count() == 3


def test_fourth_question_is_not_taken(own_client: Client, owner: Person) -> None:
    for number in range(4):
        add(own_client, f"Factor {number}")

    assert OwnFactor.objects.owned_by(owner).count() == 3
    assert "as many as can be compared" in own_client.get("/factors/").content.decode()


def test_question_goes_with_its_values_and_leaves_the_others(
    own_client: Client, owner: Person
) -> None:
    tea = OwnFactorFactory.create(person=owner, code="tea", label="Tea")
    OwnFactorFactory.create(person=owner, code="screen", label="Screen")
    own_client.post(of_today(), {"own_tea": "1"})
    own_client.post(of_today(), {"own_screen": "2"})

    own_client.post(f"/factors/{tea.pk}/delete/")

    assert day_of(owner, timezone.localdate()).own == {"screen": 2}
    read(write(diary_of(owner)))


def test_label_can_change_and_the_values_stay(own_client: Client, owner: Person) -> None:
    tea = OwnFactorFactory.create(person=owner, code="tea", label="Tea")
    own_client.post(of_today(), {"own_tea": "3"})

    own_client.post(f"/factors/{tea.pk}/", {"label": "Green tea", "unit": "cups", "step": "2"})

    tea.refresh_from_db()
    assert (tea.label, tea.unit, tea.step, tea.code) == ("Green tea", "cups", 2, "tea")
    assert day_of(owner, timezone.localdate()).own == {"tea": 3}


def test_title_of_the_window_does_not_say_what_the_question_is(
    own_client: Client, owner: Person
) -> None:
    row = OwnFactorFactory.create(person=owner, label="Panic")

    page = own_client.get(f"/factors/{row.pk}/").content.decode()

    assert "Panic" in page
    assert "Panic" not in page.split("</title>")[0]
