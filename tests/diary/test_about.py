"""The writer of signs, medicines, marked dates and appointments: once, versioned, undoable."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from diary import about
from diary.entries import Conflict
from diary.models import Event, Medicine, Person, SymptomAnswer, Visit
from diary.preferences import change_person
from diary.records import EventRecord, MedicineRecord, SymptomAnswerRecord, VisitRecord
from diary.stored import mark_of
from tests.factories import (
    EventFactory,
    MedicineFactory,
    PersonFactory,
    VisitFactory,
    VisitQuestionFactory,
)

TODAY = date(2026, 5, 4)


def no(symptom: str, day: date = TODAY) -> SymptomAnswerRecord:
    return SymptomAnswerRecord(day, symptom, "no")


def yes(symptom: str, day: date = TODAY) -> SymptomAnswerRecord:
    return SymptomAnswerRecord(day, symptom, "yes", True)


class TestAnswers:
    def test_the_same_page_sent_twice_is_asked_once(self, owner: Person) -> None:
        about.add_answers(owner, [no("cramps"), no("rash")])
        about.add_answers(owner, [no("cramps"), no("rash")])

        assert owner.symptom_answers.count() == 2

    def test_another_answer_of_the_same_day_is_added_and_none_rewritten(
        self, owner: Person
    ) -> None:
        about.add_answers(owner, [no("cramps")])
        about.add_answers(owner, [yes("cramps")])
        about.add_answers(owner, [no("cramps")])

        said = [row.answer for row in owner.symptom_answers.order_by("id")]
        assert said == ["no", "yes", "no"]

    def test_the_same_answer_of_another_day_is_added(self, owner: Person) -> None:
        about.add_answers(owner, [no("cramps", TODAY - timedelta(days=7)), no("cramps")])

        assert owner.symptom_answers.count() == 2


class TestInterview:
    def test_questions_gone_through_are_put_together(self, owner: Person) -> None:
        about.keep_interview(owner, {"gone": {"onset": {"on": "2026-05-03", "how": "saved"}}})
        about.keep_interview(owner, {"gone": {"places": {"on": "2026-05-04", "how": "right"}}})
        about.keep_interview(owner, {"sheet_on": "2026-05-04"})

        owner.refresh_from_db()
        assert set(owner.interview["gone"]) == {"onset", "places"}
        assert owner.interview["sheet_on"] == "2026-05-04"

    def test_level_of_advice_shown_is_kept(self, owner: Person) -> None:
        about.keep_advice_seen(owner, "routine", TODAY)

        owner.refresh_from_db()
        assert owner.advice_seen == {"urgency": "routine", "on": "2026-05-04"}


class TestLookUp:
    """Whether an emergency stands is known for a day, until something it may hang on changes."""

    @pytest.fixture
    def known(self, owner: Person) -> Person:
        about.keep_advice_seen(owner, "routine", TODAY)
        about.keep_looked_up(owner, TODAY, None)
        return owner

    def test_it_holds_for_the_day(self, known: Person) -> None:
        known.refresh_from_db()

        assert about.is_looked_up(known, TODAY)
        assert not about.is_looked_up(known, TODAY + timedelta(days=1))
        assert not about.is_looked_up(PersonFactory.create(), TODAY)

    @pytest.mark.parametrize("changed", ["answer", "added", "changed", "taken out", "person"])
    def test_a_change_ends_it_and_leaves_the_level_shown(self, known: Person, changed: str) -> None:
        medicine = MedicineFactory.create(person=known)
        rows = Medicine.objects.all()
        change = {
            "answer": lambda: about.add_answers(known, [yes("cramps")]),
            "added": lambda: about.add_medicine(known, MedicineRecord("Lithium")),
            "changed": lambda: about.change_medicine(known, medicine.pk, {"name": "Lithium"}),
            "taken out": lambda: about.set_deleted(rows, known, medicine.pk, deleted=True),
            "person": lambda: change_person(known, {"pregnant": True}),
        }

        change[changed]()

        known.refresh_from_db()
        assert not about.is_looked_up(known, TODAY)
        assert known.advice_seen["urgency"] == "routine"

    def test_what_no_emergency_hangs_on_leaves_it(self, known: Person) -> None:
        event = EventFactory.create(person=known)

        about.set_deleted(Event.objects.all(), known, event.pk, deleted=True)
        about.add_event(known, EventRecord(TODAY, "New job"))
        about.add_answers(known, [])

        known.refresh_from_db()
        assert about.is_looked_up(known, TODAY)


class TestMedicinesAndDates:
    def test_the_same_again_is_the_one_there_is(self, owner: Person) -> None:
        medicine, event = MedicineRecord("Sertraline"), EventRecord(TODAY, "New job")

        assert about.add_medicine(owner, medicine) == about.add_medicine(owner, medicine)
        assert about.add_event(owner, event) == about.add_event(owner, event)

    def test_one_that_was_deleted_can_be_added_anew(self, owner: Person) -> None:
        first = about.add_medicine(owner, MedicineRecord("Sertraline"))
        about.set_deleted(Medicine.objects.all(), owner, first.pk, deleted=True)

        assert about.add_medicine(owner, MedicineRecord("Sertraline")) != first

    def test_change_of_an_older_version_is_a_conflict_and_changes_nothing(
        self, owner: Person
    ) -> None:
        row = MedicineFactory.create(person=owner)
        about.change_medicine(owner, row.pk, {"dose": "1"}, version=row.version)

        with pytest.raises(Conflict) as caught:
            about.change_medicine(owner, row.pk, {"dose": "2"}, version=row.version)

        assert caught.value.stored.dose == "1"
        row.refresh_from_db()
        assert row.dose == "1"

    def test_deleted_is_soft_and_undone(self, owner: Person) -> None:
        row = EventFactory.create(person=owner)

        about.set_deleted(Event.objects.all(), owner, row.pk, deleted=True)
        assert not Event.objects.kept().exists()
        about.set_deleted(Event.objects.all(), owner, row.pk, deleted=False)
        assert Event.objects.kept().get() == row

    def test_rows_of_somebody_else_are_not_there(self, owner: Person) -> None:
        medicine, event, visit = (
            MedicineFactory.create(),
            EventFactory.create(),
            VisitFactory.create(),
        )

        with pytest.raises(Medicine.DoesNotExist):
            about.change_medicine(owner, medicine.pk, {"dose": "x"})
        with pytest.raises(Event.DoesNotExist):
            about.set_deleted(Event.objects.all(), owner, event.pk, deleted=True)
        with pytest.raises(Visit.DoesNotExist):
            about.move_question(owner, visit.pk, 0, "down", "")


class TestVisits:
    @pytest.fixture
    def three(self, owner: Person) -> Visit:
        visit = VisitFactory.create(person=owner)
        for position, text in enumerate("abc"):
            VisitQuestionFactory.create(visit=visit, position=position, text=text)
        return visit

    def texts(self, visit: Visit) -> str:
        return "".join(question.text for question in visit.questions.order_by("position"))

    @pytest.mark.parametrize(
        ("position", "way", "order"),
        [
            (0, "down", "bac"),
            (1, "up", "bac"),
            (1, "down", "acb"),
            (0, "up", "abc"),
            (2, "down", "abc"),
            (7, "up", "abc"),
        ],
    )
    def test_question_moves_one_place_and_not_over_the_ends(
        self, owner: Person, three: Visit, position: int, way: str, order: str
    ) -> None:
        about.move_question(owner, three.pk, position, way, mark_of("abc"[position % 3]))

        assert self.texts(three) == order

    def test_question_moves_once_however_often_that_is_sent(
        self, owner: Person, three: Visit
    ) -> None:
        for _time in range(2):
            about.move_question(owner, three.pk, 1, "up", mark_of("b"))

            assert self.texts(three) == "bac"

    def test_questions_go_to_the_next_appointment(self, owner: Person) -> None:
        past = VisitFactory.create(person=owner, date=TODAY - timedelta(days=1))
        later = VisitFactory.create(person=owner, date=TODAY + timedelta(days=9))
        sooner = VisitFactory.create(person=owner, date=TODAY)
        VisitFactory.create(person=owner)

        visit = about.set_next_questions(owner, TODAY, ["Why?"])

        assert visit == sooner
        assert self.texts(sooner) == "Why?"
        assert not past.questions.exists()
        assert not later.questions.exists()

    def test_without_an_appointment_one_without_a_date_is_made(self, owner: Person) -> None:
        VisitFactory.create(person=owner, date=TODAY - timedelta(days=1))

        visit = about.set_next_questions(owner, TODAY, ["Why?"])

        assert visit.date is None
        assert visit.has_questions
        assert owner.visits.count() == 2

    def test_questions_and_columns_change_together_or_not_at_all(
        self, owner: Person, three: Visit
    ) -> None:
        with pytest.raises(Conflict):
            about.change_visit_with_questions(
                owner, three.pk, {"clinician": "x"}, ["z"], version=three.version + 1
            )

        three.refresh_from_db()
        assert three.clinician == ""
        assert self.texts(three) == "abc"

    def test_same_day_and_clinician_is_the_same_appointment(self, owner: Person) -> None:
        record = VisitRecord(date=TODAY, clinician="my GP", questions=())

        assert about.add_visit(owner, record) == about.add_visit(owner, record)

    @pytest.mark.parametrize(("day", "clinician"), [(TODAY, "my GP"), (None, None)])
    def test_same_appointment_again_keeps_its_questions(
        self, owner: Person, day: date | None, clinician: str | None
    ) -> None:
        first = about.add_visit(owner, VisitRecord(day, clinician, questions=("a", "b")))

        again = about.add_visit(owner, VisitRecord(day, clinician, questions=()))

        assert again == first
        assert self.texts(first) == "ab"


def test_nothing_of_this_touches_anybody_else(owner: Person) -> None:
    other = PersonFactory.create()
    about.add_answers(owner, [no("cramps")])
    about.add_medicine(owner, MedicineRecord("Sertraline"))
    about.set_next_questions(owner, TODAY, ["Why?"])

    assert SymptomAnswer.objects.owned_by(other).count() == 0
    assert Medicine.objects.owned_by(other).count() == 0
    assert Visit.objects.owned_by(other).count() == 0
