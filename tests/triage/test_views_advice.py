"""Advice as pages: an emergency alone, one calm box, and what happens to its answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from diary import about
from diary.local_days import instant_in_zone
from diary.models import Person
from diary.records import MedicineRecord, SymptomAnswerRecord
from tests.triage.test_views_prepare import page, twitch
from triage.advice import signs_to_ask
from triage.interview import SCREENS
from triage.wording import day_and_month


@pytest.fixture
def today(owner: Person) -> date:
    return timezone.now().date()


def ticked(owner: Person, code: str, days_ago: int = 0, **fields: Any) -> None:
    day = timezone.now().date() - timedelta(days=days_ago)
    about.add_answers(owner, [SymptomAnswerRecord(day, code, "yes", True, **fields)])


def last(owner: Person, code: str) -> Any:
    return owner.symptom_answers.filter(symptom=code).order_by("id").last()


class TestEmergency:
    def test_stands_alone_with_the_number_of_the_country(
        self, own_client: Client, owner: Person
    ) -> None:
        owner.country = "GB"
        owner.save()
        ticked(owner, "face_droop_sudden")
        twitch(owner, 20)
        twitch(owner, 1)

        body = page(own_client, "/advice/")

        assert "Call 999 now" in body
        assert 'class="button call" href="tel:999"' in body
        assert 'href="tel:112"' in body
        assert 'class="tabs"' not in body
        assert "routine" not in body

    def test_without_a_country_every_usual_number_is_a_button(
        self, own_client: Client, owner: Person
    ) -> None:
        ticked(owner, "breathing_severe")

        body = page(own_client, "/advice/")

        assert body.count('class="button call"') == 4
        assert "Call your emergency number now" in body

    def test_preparation_shows_it_however_often_it_was_seen(
        self, own_client: Client, owner: Person
    ) -> None:
        ticked(owner, "breathing_severe")
        own_client.get("/advice/")

        assert "alert-box" in page(own_client, "/prepare/")

    @pytest.mark.parametrize("shown_on", [None, "/advice/", "/prepare/", "/weekly-check/"])
    def test_log_shows_it_wherever_it_was_shown_and_until_it_is_over(
        self, own_client: Client, owner: Person, shown_on: str | None
    ) -> None:
        ticked(owner, "breathing_severe")
        if shown_on:
            own_client.get(shown_on)

        assert "can be an emergency" in page(own_client, "/")

        own_client.post("/advice/answer/", {"do": "over", "shown": ["breathing_severe"]})
        assert "can be an emergency" not in page(own_client, "/")
        assert "today or tomorrow" in page(own_client, "/prepare/")

    def test_log_shows_it_no_longer_when_the_sign_is_answered_with_no(
        self, own_client: Client, owner: Person
    ) -> None:
        ticked(owner, "breathing_severe")
        own_client.get("/advice/")
        screen = next(s.code for s in SCREENS if "breathing_severe" in s.signs)

        own_client.post(f"/prepare/{screen}/", {"breathing_severe": "no"})

        assert "can be an emergency" not in page(own_client, "/")

    def test_log_shows_nothing_of_it_with_advice_switched_off(
        self, own_client: Client, owner: Person, settings: Any
    ) -> None:
        about.keep_advice_seen(owner, "emergency", timezone.now().date())
        settings.DIARY_ADVICE = False

        assert "can be an emergency" not in page(own_client, "/")

    def test_mistake_is_a_dated_no_and_ends_it(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        ticked(owner, "breathing_severe")
        sent = {"do": "mistake", "shown": ["breathing_severe"]}

        answer = own_client.post("/advice/answer/", sent)

        assert answer["Location"] == "/advice/"
        row = last(owner, "breathing_severe")
        assert (row.answer, row.asked_on) == ("no", today)
        assert owner.symptom_answers.count() == 2
        assert "Call your" not in page(own_client, "/advice/")

    def test_over_is_a_yes_that_is_not_current(self, own_client: Client, owner: Person) -> None:
        ticked(owner, "chest_pain", since=timezone.now().date() - timedelta(days=40))

        own_client.post("/advice/answer/", {"do": "over", "shown": ["chest_pain"]})

        row = last(owner, "chest_pain")
        assert (row.answer, row.current) == ("yes", False)
        assert row.since == timezone.now().date() - timedelta(days=40)

    def test_each_sign_is_answered_by_itself(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        for code in ("breathing_severe", "weakness_over_days", "dark_urine"):
            ticked(owner, code)
        assert page(own_client, "/advice/").count('value="mistake"') == 3

        own_client.post("/advice/answer/", {"do": "over", "shown": "breathing_severe"})
        own_client.post("/advice/answer/", {"do": "mistake", "shown": "dark_urine"})

        assert last(owner, "breathing_severe").current is False
        assert last(owner, "dark_urine").answer == "no"
        assert last(owner, "weakness_over_days").current is True
        body = page(own_client, "/advice/")
        assert "clearly weaker over hours" in body
        assert body.count('value="mistake"') == 1

    def test_each_sign_has_its_own_dates(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        owner.time_zone = "UTC"
        owner.save()
        ticked(owner, "weakness_over_days", 10, since=today - timedelta(days=12))
        ticked(owner, "chest_pain", 3)
        ticked(owner, "dark_urine")
        written = instant_in_zone(last(owner, "dark_urine").written_at, "UTC")

        body = page(own_client, "/advice/")

        began, first, second = (
            day_and_month(today - timedelta(days=n), today) for n in (12, 10, 3)
        )
        assert f"Since {began}, ticked on {first}" in body
        assert f"Ticked on {second}" in body
        assert f"Ticked today at {written.text[11:16]}" in body

    def test_only_a_sign_ticked_long_ago_is_asked_about_again(
        self, own_client: Client, owner: Person
    ) -> None:
        ticked(owner, "weakness_over_days", 10)
        ticked(owner, "chest_pain", 3)

        assert page(own_client, "/advice/").count("It is there now") == 1

    def test_saying_that_it_is_over_is_no_tick(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        ticked(owner, "blackout_or_seizure", 3)
        own_client.post("/advice/answer/", {"do": "over", "shown": "blackout_or_seizure"})
        tick = day_and_month(today - timedelta(days=3), today)

        body = page(own_client, "/advice/")

        assert f"Ticked on {tick}, now over" in body
        assert "today at" not in body

    @pytest.mark.parametrize(
        "between",
        [{"answer": "no"}, {"answer": "yes", "current": False}],
        ids=["no", "over"],
    )
    def test_what_came_back_is_dated_anew(
        self, own_client: Client, owner: Person, today: date, between: dict[str, Any]
    ) -> None:
        ticked(owner, "chest_pain", 30)
        day = today - timedelta(days=20)
        about.add_answers(owner, [SymptomAnswerRecord(day, "chest_pain", **between)])
        ticked(owner, "chest_pain", 5)
        ticked(owner, "chest_pain", 2)
        again = day_and_month(today - timedelta(days=5), today)

        assert f"Ticked on {again}" in page(own_client, "/advice/")

    def test_what_is_there_now_is_told_before_what_has_passed(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        over = SymptomAnswerRecord(today, "face_droop_sudden", "yes", False, since=today)
        about.add_answers(owner, [over])
        assert "even though it has passed" in page(own_client, "/advice/")

        ticked(owner, "dark_urine")

        assert "even though it has passed" not in page(own_client, "/advice/")

    def test_a_day_that_cannot_be_is_marked_at_its_own_sign(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        for code in ("face_droop_sudden", "blackout_or_seizure"):
            over = SymptomAnswerRecord(today, code, "yes", False, since=today)
            about.add_answers(owner, [over])

        answer = own_client.post(
            "/advice/answer/", {"do": "began", "shown": "blackout_or_seizure", "began": ""}
        )

        body = answer.content.decode()
        assert answer.status_code == 422
        assert body.count("<details open>") == 1
        assert 'href="#id_began_blackout_or_seizure"' in body
        assert 'id="id_began_face_droop_sudden"' in body

    def test_stroke_sign_that_is_over_stays_one_until_its_day_was_long_ago(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        ticked(owner, "face_droop_sudden")
        code = {"shown": ["face_droop_sudden"]}
        own_client.post("/advice/answer/", code | {"do": "over"})
        body = page(own_client, "/advice/")
        assert "It began longer ago" in body
        assert "It is over" not in body

        undated = own_client.post("/advice/answer/", code | {"do": "began"})
        coming = own_client.post(
            "/advice/answer/",
            code | {"do": "began", "began": (today + timedelta(days=1)).isoformat()},
        )
        recent = own_client.post(
            "/advice/answer/",
            code | {"do": "began", "began": (today - timedelta(days=13)).isoformat()},
        )
        assert (undated.status_code, coming.status_code) == (422, 422)
        assert recent["Location"] == "/advice/"
        assert "It began longer ago" in page(own_client, "/advice/")

        long_ago = (today - timedelta(days=14)).isoformat()
        own_client.post("/advice/answer/", code | {"do": "began", "began": long_ago})

        assert "It began longer ago" not in page(own_client, "/advice/")

    def test_answer_returns_to_the_screen_it_interrupted(
        self, own_client: Client, owner: Person
    ) -> None:
        sent = {"shown": ["breathing_severe"], "breathing_severe": "yes", "do": "leave"}
        own_client.post("/prepare/signs-1/", sent)

        answer = own_client.post(
            "/advice/answer/", {"do": "mistake", "shown": ["breathing_severe"]}
        )

        assert answer["Location"] == "/prepare/signs-1/"

    @pytest.mark.parametrize(("days", "again"), [(7, False), (8, True)])
    def test_is_asked_again_after_seven_days(
        self, own_client: Client, owner: Person, today: date, days: int, again: bool
    ) -> None:
        ticked(owner, "breathing_severe", days)

        body = page(own_client, "/advice/")
        own_client.post("/advice/answer/", {"do": "now", "shown": ["breathing_severe"]})

        assert ("It is there now" in body) is again
        assert last(owner, "breathing_severe").asked_on == today
        assert "It is there now" not in page(own_client, "/advice/")

    @pytest.mark.parametrize("sent", [{}, {"do": "shout"}, {"do": "mistake", "shown": ["cramps"]}])
    def test_what_was_not_asked_is_not_answered(
        self, own_client: Client, owner: Person, sent: dict[str, Any]
    ) -> None:
        ticked(owner, "breathing_severe")

        own_client.post("/advice/answer/", sent)

        assert owner.symptom_answers.count() == 1

    def test_without_an_emergency_there_is_nothing_to_answer(
        self, own_client: Client, owner: Person
    ) -> None:
        sent = {"do": "mistake", "shown": ["breathing_severe"]}

        assert own_client.post("/advice/answer/", sent)["Location"] == "/advice/"
        assert not owner.symptom_answers.exists()

    def test_example_and_others_are_not_touched(self, own_client: Client, owner: Person) -> None:
        from tests.factories import PersonFactory

        other = PersonFactory.create()
        ticked(other, "breathing_severe")

        assert "Call" not in page(own_client, "/advice/").split("<h2")[1]


class TestBox:
    def test_several_routine_rules_are_one_box(self, own_client: Client, owner: Person) -> None:
        for days in (20, 2, 1):
            twitch(owner, days)
        twitch(owner, 3, ("eyelid_upper", "left"))

        body = page(own_client, "/advice/")

        assert body.count('class="box"') == 1
        assert "Book a routine appointment" in body
        assert "You wrote" in body
        assert "The NHS says" in body
        assert "What to do" in body
        assert "Read 2" in body

    def test_soon_reads_today_or_tomorrow(self, own_client: Client, owner: Person) -> None:
        ticked(owner, "muscle_wasting")

        assert "See a doctor today or tomorrow" in page(own_client, "/advice/")

    def test_beside_today_or_tomorrow_nothing_says_that_it_can_wait(
        self, own_client: Client, owner: Person
    ) -> None:
        ticked(owner, "numbness")
        assert "Book a routine appointment and bring" in page(own_client, "/advice/")

        ticked(owner, "muscle_wasting")

        body = page(own_client, "/advice/")
        assert "Ask for an appointment today or tomorrow" in body
        assert "loss of feeling" in body
        assert "routine appointment" not in body

    def test_nothing_on_the_lists_is_said_only_after_the_signs(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        before = page(own_client, "/advice/")
        assert "A few signs have not been asked yet" in before
        assert "Nothing you recorded is on the lists we use" not in before
        assert 'href="/prepare/signs/"' in before

        answers = [SymptomAnswerRecord(today, code, "no") for code in signs_to_ask()]
        about.add_answers(owner, answers)

        assert "Nothing you recorded is on the lists we use" in page(own_client, "/advice/")

    def test_notes_stand_in_words(self, own_client: Client, owner: Person) -> None:
        owner.pregnant = True
        owner.save()

        body = page(own_client, "/advice/")

        assert "antenatal" in body
        assert "CTX-" not in body

    def test_level_shown_is_remembered_with_its_first_day(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        own_client.get("/advice/")
        owner.refresh_from_db()
        assert owner.advice_seen == {"urgency": "self_care", "on": today.isoformat()}

        about.keep_advice_seen(owner, "self_care", today - timedelta(days=9))
        own_client.get("/advice/")

        owner.refresh_from_db()
        assert owner.advice_seen["on"] == (today - timedelta(days=9)).isoformat()

    def test_medicine_is_named_without_an_instruction_to_change_it(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        twitch(owner, 1)
        about.add_medicine(owner, MedicineRecord("Sertraline", "ssri_snri", started_on=today))

        body = page(own_client, "/advice/")

        assert "Sertraline" in body
        assert "change nothing" in body


class TestSwitchedOff:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_leads_to_the_page_that_is_the_same_for_everybody(
        self, own_client: Client, owner: Person, settings: Any, method: str
    ) -> None:
        settings.DIARY_ADVICE = False
        ticked(owner, "breathing_severe")
        address = {"get": "/advice/", "post": "/advice/answer/"}[method]

        answer = getattr(own_client, method)(address)

        assert answer["Location"] == "/when-to-see-a-doctor/"
        assert owner.symptom_answers.count() == 1

    def test_preparation_says_nothing_of_a_level(
        self, own_client: Client, owner: Person, settings: Any
    ) -> None:
        settings.DIARY_ADVICE = False
        ticked(owner, "breathing_severe")

        assert "alert-box" not in page(own_client, "/prepare/")
