"""Appointments as pages: questions in order, the sheet that went along, and afterwards."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from diary import about
from diary.models import Person, Visit
from diary.queries import diary_of
from diary.records import MedicineRecord, VisitRecord
from diary.stored import mark_of
from tests.factories import VisitFactory
from tests.triage.test_views_prepare import page, twitch
from triage.summary import as_json, summarise
from triage.visit_changes import changes_since_sheet


@pytest.fixture
def today(owner: Person) -> date:
    return timezone.now().date()


@pytest.fixture
def visit(owner: Person) -> Visit:
    return about.add_visit(owner, VisitRecord(clinician="my GP", questions=("a?", "b?", "c?")))


def texts(visit: Visit) -> list[str]:
    return [question.text for question in visit.questions.order_by("position")]


def sent(visit: Visit, **more: Any) -> dict[str, Any]:
    lines = {f"question_{n}": text for n, text in enumerate(texts(visit), 1)}
    return {"clinician": visit.clinician, "date": "", "version": visit.version, **lines, **more}


def test_new_appointment_opens_its_page(own_client: Client, owner: Person) -> None:
    answer = own_client.post("/visits/", {"clinician": "Dr Ash", "date": "2026-12-01"})

    visit = owner.visits.get()
    assert answer["Location"] == f"/visits/{visit.pk}/"
    assert (visit.clinician, visit.date) == ("Dr Ash", date(2026, 12, 1))
    assert "Dr Ash" in page(own_client, "/visits/")


def test_new_appointment_like_one_with_questions_opens_that_one(
    own_client: Client, owner: Person, today: date
) -> None:
    prepared = about.set_next_questions(owner, today, ["Is it serious?"])
    about.change_visit(owner, prepared.pk, {"clinician": "my GP"})

    answer = own_client.post("/visits/", {"clinician": "my GP", "date": ""})

    assert answer["Location"] == f"/visits/{prepared.pk}/"
    assert texts(prepared) == ["Is it serious?"]


def test_wrong_date_keeps_what_was_typed(own_client: Client, owner: Person) -> None:
    answer = own_client.post("/visits/", {"clinician": "Dr Ash", "date": "soon"})

    body = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error:" in body
    assert 'value="Dr Ash"' in body
    assert not owner.visits.exists()


def test_new_appointment_needs_a_date_or_a_name(own_client: Client, owner: Person) -> None:
    answer = own_client.post("/visits/", {"clinician": "", "date": ""})

    assert answer.status_code == 422
    assert "With whom: Write a name or a date." in answer.content.decode()
    assert not owner.visits.exists()


@pytest.mark.parametrize(
    ("years", "valid"), [(-21, False), (-20, True), (0, True), (5, True), (6, False)]
)
def test_appointment_lies_in_a_year_that_can_be_meant(
    own_client: Client, owner: Person, today: date, years: int, valid: bool
) -> None:
    day = date(today.year + years, 6, 1)

    answer = own_client.post("/visits/", {"clinician": "Dr Ash", "date": day.isoformat()})

    assert owner.visits.exists() is valid
    if not valid:
        years_meant = f"Write a date from {today.year - 20} to {today.year + 5}."
        assert years_meant in answer.content.decode()


def test_appointment_of_a_file_keeps_its_year(own_client: Client, visit: Visit) -> None:
    Visit.objects.filter(pk=visit.pk).update(date=date(1980, 1, 2))

    answer = own_client.post(f"/visits/{visit.pk}/", sent(visit, date="1980-01-02"))

    assert answer.status_code == 302


@pytest.mark.parametrize(("days", "offered"), [(1, False), (0, True), (-1, True)])
def test_notes_are_offered_from_the_day_on(
    own_client: Client, owner: Person, today: date, days: int, offered: bool
) -> None:
    visit = VisitFactory.create(person=owner, date=today + timedelta(days=days))

    assert ("Note what was said" in page(own_client, f"/visits/{visit.pk}/")) is offered


def test_coming_and_past_ones_are_told_apart(
    own_client: Client, owner: Person, today: date
) -> None:
    VisitFactory.create(person=owner, date=today, clinician="Of today")
    VisitFactory.create(person=owner, date=today - timedelta(days=1), clinician="Of yesterday")

    body = page(own_client, "/visits/")

    assert body.index("Of today") < body.index("Past") < body.index("Of yesterday")


def test_questions_change_with_the_appointment(own_client: Client, visit: Visit) -> None:
    own_client.post(f"/visits/{visit.pk}/", sent(visit, question_2="", question_4="d?"))

    assert texts(visit) == ["a?", "c?", "d?"]


def test_question_moves_by_a_button_without_scripts(own_client: Client, visit: Visit) -> None:
    assert f"/visits/{visit.pk}/questions/1/up/" in page(own_client, f"/visits/{visit.pk}/")

    own_client.post(f"/visits/{visit.pk}/questions/1/up/", {"question": mark_of("b?")})

    assert texts(visit) == ["b?", "a?", "c?"]


def test_older_version_answers_409_with_both_texts(own_client: Client, visit: Visit) -> None:
    old = sent(visit, question_1="mine?")
    own_client.post(f"/visits/{visit.pk}/", sent(visit, question_1="theirs?"))

    answer = own_client.post(f"/visits/{visit.pk}/", old)

    body = answer.content.decode()
    assert answer.status_code == 409
    assert "mine?" in body
    assert "theirs?" in body
    assert texts(visit)[0] == "theirs?"


def test_sheet_that_went_along_is_kept_as_it_was(
    own_client: Client, owner: Person, visit: Visit, today: date
) -> None:
    twitch(owner, 2)
    own_client.post(f"/visits/{visit.pk}/sheet/")

    visit.refresh_from_db()
    expected = as_json(summarise(diary_of(owner), today), "twitch-diary")
    expected["advice"] = visit.frozen["advice"]
    assert visit.frozen["format"] == "twitch-summary"
    assert visit.frozen["answers"] == expected["answers"]
    owner.refresh_from_db()
    assert owner.interview["sheet_on"] == today.isoformat()
    body = page(own_client, f"/visits/{visit.pk}/")
    assert "went with you" in body
    assert "Nothing is new since then" in body


def test_sheet_kept_twice_is_the_first_and_can_be_taken_back(
    own_client: Client, owner: Person, visit: Visit
) -> None:
    about.keep_interview(owner, {"sheet_on": "2026-01-02"})
    own_client.post(f"/visits/{visit.pk}/sheet/")
    kept = Visit.objects.get(pk=visit.pk).frozen
    twitch(owner, 1)

    own_client.post(f"/visits/{visit.pk}/sheet/")

    assert Visit.objects.get(pk=visit.pk).frozen == kept
    own_client.post(f"/visits/{visit.pk}/sheet/back/")
    assert Person.objects.get(pk=owner.pk).interview["sheet_on"] == "2026-01-02"


def test_sheet_kept_by_mistake_is_taken_back_and_that_can_be_undone(
    own_client: Client, owner: Person, visit: Visit, today: date
) -> None:
    about.keep_interview(owner, {"sheet_on": "2026-01-02"})
    own_client.post(f"/visits/{visit.pk}/sheet/")
    kept = Visit.objects.get(pk=visit.pk).frozen
    assert "It did not go with me" in page(own_client, f"/visits/{visit.pk}/")

    answer = own_client.post(f"/visits/{visit.pk}/sheet/back/", follow=True)

    assert "The sheet is taken back." in answer.content.decode()
    assert "This sheet went with me" in answer.content.decode()
    assert Visit.objects.get(pk=visit.pk).frozen is None
    assert Person.objects.get(pk=owner.pk).interview["sheet_on"] == "2026-01-02"

    answer = own_client.post(f"/visits/{visit.pk}/sheet/again/", follow=True)

    assert "The sheet is taken back." not in answer.content.decode()
    assert Visit.objects.get(pk=visit.pk).frozen == kept
    assert Person.objects.get(pk=owner.pk).interview["sheet_on"] == today.isoformat()


@pytest.mark.parametrize(
    "written", [{"notes": "All explained."}, {"tests": [{"test": "emg", "date": "2026-12-09"}]}]
)
def test_sheet_stays_once_something_was_written_after_the_appointment(
    own_client: Client, visit: Visit, written: dict[str, Any]
) -> None:
    own_client.post(f"/visits/{visit.pk}/sheet/")
    Visit.objects.filter(pk=visit.pk).update(**written)

    own_client.post(f"/visits/{visit.pk}/sheet/back/")

    assert Visit.objects.get(pk=visit.pk).frozen is not None
    assert "It did not go with me" not in page(own_client, f"/visits/{visit.pk}/")


def test_what_is_new_since_the_sheet_is_listed(
    own_client: Client, owner: Person, visit: Visit
) -> None:
    twitch(owner, 2)
    own_client.post(f"/visits/{visit.pk}/sheet/")
    kept = Visit.objects.get(pk=visit.pk).frozen
    kept["as_of"] = (timezone.now().date() - timedelta(days=2)).isoformat()
    Visit.objects.filter(pk=visit.pk).update(frozen=kept)
    twitch(owner, 1, ("eyelid_upper", "left"))
    about.add_medicine(owner, MedicineRecord("Sertraline"))

    body = page(own_client, f"/visits/{visit.pk}/")

    assert "New place: left upper eyelid" in body
    assert "Medicine: Sertraline" in body


@pytest.mark.parametrize(
    "frozen",
    [
        {},
        {"answers": None},
        {"answers": []},
        {"answers": {"sites": 3, "medicines": "x", "frequency": [], "associated_symptoms": 1}},
        {"answers": {"sites": [4, None], "frequency": {"days_with": "a"}}},
    ],
)
def test_kept_sheet_of_a_file_that_cannot_be_read_is_no_fault(
    own_client: Client, owner: Person, visit: Visit, frozen: dict[str, Any]
) -> None:
    twitch(owner, 1)
    Visit.objects.filter(pk=visit.pk).update(frozen=frozen)

    assert own_client.get(f"/visits/{visit.pk}/").status_code == 200
    lines = changes_since_sheet(summarise(diary_of(owner), timezone.now().date()), frozen)
    assert len(lines) == 1


def test_notes_and_tests_are_kept_and_taken_out(
    own_client: Client, owner: Person, visit: Visit
) -> None:
    address = f"/visits/{visit.pk}/afterwards/"
    filled = {"notes": "All explained.", "test": "emg", "test_date": "2026-12-09", "do": "add"}

    answer = own_client.post(address, filled | {"version": visit.version})

    assert answer["Location"] == address
    visit.refresh_from_db()
    assert visit.notes == "All explained."
    assert visit.tests == [{"test": "emg", "date": "2026-12-09"}]
    own_client.post(address, {"remove": marks_to_remove(own_client, address)[0]})
    visit.refresh_from_db()
    assert visit.tests is None
    assert visit.notes == "All explained."


def marks_to_remove(client: Client, address: str) -> list[str]:
    """What the buttons send that take a test out."""
    return re.findall('name="remove" value="([^"]+)"', page(client, address))


def test_test_taken_out_twice_takes_no_other_with_it(own_client: Client, visit: Visit) -> None:
    tests = [{"test": test, "result": "fine"} for test in ("mri", "ct", "emg")]
    about.change_visit(visit.person, visit.pk, {"tests": tests})
    address = f"/visits/{visit.pk}/afterwards/"
    mark = marks_to_remove(own_client, address)[0]

    for sent in (mark, mark, "", "0"):
        own_client.post(address, {"remove": sent})

        assert Visit.objects.get(pk=visit.pk).tests == tests[1:]


def test_test_added_while_another_is_taken_out_stays(own_client: Client, visit: Visit) -> None:
    tests = [{"test": "mri"}, {"test": "ct"}]
    about.change_visit(visit.person, visit.pk, {"tests": tests[:1]})
    address = f"/visits/{visit.pk}/afterwards/"
    mark = marks_to_remove(own_client, address)[0]
    change = about.change_visit

    def added_first(*given: Any, **options: Any) -> Visit:
        change(visit.person, visit.pk, {"tests": tests})
        return change(*given, **options)

    with patch("diary.about.change_visit", added_first):
        own_client.post(address, {"remove": mark})

    assert Visit.objects.get(pk=visit.pk).tests == tests


def test_older_notes_do_not_overwrite_newer_ones(own_client: Client, visit: Visit) -> None:
    address = f"/visits/{visit.pk}/afterwards/"
    own_client.post(address, {"notes": "First.", "version": visit.version})

    answer = own_client.post(address, {"notes": "Second.", "version": visit.version})

    assert answer.status_code == 409
    assert "First." in answer.content.decode()
    assert "Second." in answer.content.decode()
    visit.refresh_from_db()
    assert visit.notes == "First."


def test_deleted_appointment_comes_back(own_client: Client, owner: Person, visit: Visit) -> None:
    answer = own_client.post(f"/visits/{visit.pk}/delete/", follow=True)
    assert "Undo" in answer.content.decode()
    assert own_client.get(f"/visits/{visit.pk}/").status_code == 404

    own_client.post(f"/visits/{visit.pk}/restore/")

    assert own_client.get(f"/visits/{visit.pk}/").status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "path",
    [
        *("", "afterwards/", "sheet/", "sheet/back/", "sheet/again/", "delete/", "restore/"),
        *("questions/0/up/", "questions/0/down/"),
    ],
)
def test_appointment_of_somebody_else_is_not_found(
    own_client: Client, owner: Person, path: str, method: str
) -> None:
    theirs = VisitFactory.create(clinician="Zyxwvut")

    answer = getattr(own_client, method)(f"/visits/{theirs.pk}/{path}")

    assert answer.status_code == (404 if method == "post" or path in ("", "afterwards/") else 405)
    assert "Zyxwvut" not in answer.content.decode()
