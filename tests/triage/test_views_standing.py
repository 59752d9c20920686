"""What the log says of an emergency holds after an import, a change and a new day."""

from __future__ import annotations

from datetime import date, timedelta
from types import ModuleType
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from diary import about
from diary.entries import change_day
from diary.exchange import diary_file
from diary.keeping import apply_import, keep_upload, undo_import
from diary.models import Medicine, Person
from diary.preferences import change_person
from diary.records import DiaryRecord, MedicineRecord, SymptomAnswerRecord
from tests.triage.test_views_prepare import page
from triage.views import standing

STANDS = "can be an emergency"


@pytest.fixture
def today(owner: Person) -> date:
    return timezone.now().date()


def ticked(today: date, code: str) -> SymptomAnswerRecord:
    return SymptomAnswerRecord(today, code, "yes", True)


def test_a_diary_brought_in_is_looked_at_before_the_log_is_shown(
    own_client: Client, owner: Person, today: date
) -> None:
    assert STANDS not in page(own_client, "/")
    brought = DiaryRecord(symptom_answers=(ticked(today, "chest_pain"),))
    upload = keep_upload(owner, "diary.json", diary_file.write(brought).encode())

    apply_import(upload)
    assert STANDS in page(own_client, "/")

    undo_import(upload)
    assert STANDS not in page(own_client, "/")


def test_a_medicine_can_make_signs_an_emergency(
    own_client: Client, owner: Person, today: date
) -> None:
    about.add_answers(owner, [ticked(today, "vomiting")])
    assert STANDS not in page(own_client, "/")

    row = about.add_medicine(owner, MedicineRecord("Priadel", "lithium"))
    assert STANDS in page(own_client, "/")

    about.set_deleted(Medicine.objects.all(), owner, row.pk, deleted=True)
    assert STANDS not in page(own_client, "/")


def test_caffeine_of_a_day_can_make_a_sign_an_emergency(
    own_client: Client, owner: Person, today: date
) -> None:
    about.add_answers(owner, [ticked(today, "palpitations")])
    assert STANDS not in page(own_client, "/")

    change_day(owner, today, {"caffeine_mg": 1_200})
    assert STANDS in page(own_client, "/")

    change_day(owner, today, {"caffeine_mg": 100})
    assert STANDS not in page(own_client, "/")


def test_what_another_request_stored_meanwhile_stays(
    own_client: Client, owner: Person, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_out = standing.summary_of

    def slowly(*args: Any, **lists: Any) -> Any:
        found = work_out(*args, **lists)
        about.keep_advice_seen(Person.objects.get(), "emergency", today)
        return found

    monkeypatch.setattr(standing, "summary_of", slowly)

    assert STANDS in page(own_client, "/")
    owner.refresh_from_db()
    assert owner.advice_seen["urgency"] == "emergency"
    assert not about.is_looked_up(owner, today)


def test_what_a_person_says_of_themselves_can_make_signs_an_emergency(
    own_client: Client, owner: Person, today: date
) -> None:
    about.add_answers(owner, [ticked(today, "watery_eyes")])
    assert STANDS not in page(own_client, "/")

    change_person(owner, {"conditions": ("pesticide_or_chemical_exposure_recent",)})

    assert STANDS in page(own_client, "/")


def test_a_day_that_passed_can_end_it(own_client: Client, owner: Person, today: date) -> None:
    """A fit that is over counts for fourteen days."""
    began = today - timedelta(days=14)
    over = SymptomAnswerRecord(began, "blackout_or_seizure", "yes", False, since=began)
    about.add_answers(owner, [over])
    about.keep_advice_seen(owner, "emergency", today - timedelta(days=1))
    about.keep_looked_up(owner, today, None)
    assert STANDS in page(own_client, "/")

    about.keep_looked_up(owner, today - timedelta(days=1), None)

    assert STANDS not in page(own_client, "/")


def test_it_is_worked_out_once_and_only_for_the_log(
    own_client: Client, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    work_out = standing.summary_of
    monkeypatch.setattr(
        standing, "summary_of", lambda *args, **lists: asked.append(1) or work_out(*args, **lists)
    )

    own_client.get("/episodes/")
    assert not asked

    own_client.get("/")
    own_client.get("/")
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("module", "step"), [(standing, "summary_of"), (about, "keep_looked_up")], ids=["read", "store"]
)
@pytest.mark.parametrize("error", [OperationalError("database is locked"), ValueError("a rule")])
def test_the_log_opens_when_it_cannot_be_worked_out_or_stored(
    own_client: Client,
    owner: Person,
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    step: str,
    error: Exception,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(module, step, fails)

    assert own_client.get("/").status_code == 200
    owner.refresh_from_db()
    assert not about.is_looked_up(owner, timezone.now().date())


@pytest.mark.parametrize(("setting", "value"), [("DIARY_ADVICE", False), ("READ_ONLY", True)])
def test_nothing_is_worked_out_without_advice_or_where_nothing_can_be_stored(
    own_client: Client, owner: Person, settings: Any, setting: str, value: bool
) -> None:
    setattr(settings, setting, value)

    own_client.get("/")

    owner.refresh_from_db()
    assert owner.advice_seen == {}


def test_nobody_is_looked_up(client: Client, db: None) -> None:
    assert client.get("/").status_code == 302
