"""The interview as pages: first sheet, one question a page, resuming, signs, weekly check."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from diary import about, entries
from diary.local_days import instant_in_zone
from diary.models import Person, SymptomAnswer
from diary.preferences import change_person
from diary.records import EpisodeRecord, MedicineRecord, SymptomAnswerRecord, TestDone
from tests.factories import DayFactory, MedicineFactory, SymptomAnswerFactory, VisitFactory
from triage import interview as steps
from triage.interview_wording import FROM_THE_DIARY
from triage.views.interview_flow import emergency_alone

SCREEN_1, SCREEN_2 = steps.SCREENS[0], steps.SCREENS[1]


@pytest.fixture
def today(owner: Person) -> date:
    return timezone.now().date()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def answers_of(owner: Person) -> dict[str, str]:
    return {row.symptom: row.answer for row in owner.symptom_answers.order_by("id")}


def send_screen(
    client: Client, screen: steps.Screen, do: str = "no_to_the_rest", **said: str
) -> Any:
    sent = {"shown": list(screen.signs), "do": do, **said}
    return client.post(f"/prepare/{screen.code}/", sent)


def twitch(owner: Person, days_ago: int, place: tuple[str, str] = ("calf", "left")) -> None:
    started = instant_in_zone(timezone.now() - timedelta(days=days_ago), "UTC")
    record = EpisodeRecord(id=f"{days_ago:032x}", started_at=started, site=place[0], side=place[1])
    entries.log_episode(owner, record)


class TestFirstSheet:
    def test_whole_way_from_an_empty_diary(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        first = page(own_client, "/prepare/first/")
        uid = re.search(r'name="uid" value="([0-9a-f-]+)"', first)
        assert uid is not None
        sent = {"uid": uid[1], "places": ["eyelid_upper:left"], "when": "today"}

        where = own_client.post("/prepare/first/", sent)
        since = own_client.post(where["Location"], {"since": "month"})
        screen = send_screen(own_client, SCREEN_1)
        last = send_screen(own_client, SCREEN_2)

        assert where["Location"] == "/prepare/first/since/"
        assert since["Location"] == "/prepare/signs-1/"
        assert screen["Location"] == "/prepare/signs-2/"
        assert last["Location"] == "/profile/"
        owner.refresh_from_db()
        assert owner.onset_date == today - timedelta(days=30)
        assert owner.onset_precision == "month"
        assert owner.onset_recalled is True
        assert set(answers_of(owner)) == {*SCREEN_1.signs, *SCREEN_2.signs}
        assert owner.interview["sheet_on"] == today.isoformat()

    def test_place_becomes_one_entry_of_its_day_which_stays_open(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        sent = {"uid": "1" * 32, "places": ["calf:left", "calf:right"], "when": "yesterday"}

        own_client.post("/prepare/first/", sent)
        own_client.post("/prepare/first/", sent)

        rows = owner.episodes.order_by("side")
        assert [(row.site, row.side) for row in rows] == [("calf", "left"), ("calf", "right")]
        assert {row.local_date for row in rows} == {today - timedelta(days=1)}
        assert {row.precision for row in rows} == {"part_of_day"}
        assert not owner.days.exclude(closed_as="", summary="").exists()

    def test_nothing_chosen_keeps_the_page_and_stores_nothing(
        self, own_client: Client, owner: Person
    ) -> None:
        answer = own_client.post("/prepare/first/", {"uid": "1" * 32, "places": ["calf:left"]})

        assert answer.status_code == 422
        body = answer.content.decode()
        assert "<title>Error:" in body
        assert re.search(r'value="calf:left"[^>]*checked', body)
        assert not owner.episodes.exists()

    def test_not_knowing_since_when_goes_on_without_a_start(
        self, own_client: Client, owner: Person
    ) -> None:
        answer = own_client.post("/prepare/first/since/", {"do": "unknown"})

        assert answer["Location"] == "/prepare/signs-1/"
        owner.refresh_from_db()
        assert owner.onset_date is None

    def test_start_after_the_last_twitch_is_asked_about_and_kept_on_a_second_tap(
        self, own_client: Client, owner: Person
    ) -> None:
        twitch(owner, 9)

        answer = own_client.post("/prepare/first/since/", {"since": "today"})

        assert answer.status_code == 422
        assert "Was it another spell?" in answer.content.decode()
        assert 'name="sure" value="today"' in answer.content.decode()

        again = own_client.post("/prepare/first/since/", {"sure": "today"})

        assert again["Location"] == "/prepare/signs-1/"

    def test_leaving_the_short_way_goes_on_with_the_long_one(
        self, own_client: Client, owner: Person
    ) -> None:
        own_client.post("/prepare/first/since/", {"since": "week"})
        own_client.get("/prepare/")

        answer = send_screen(own_client, SCREEN_2)

        assert answer["Location"] == "/prepare/signs-3/"


class TestOverview:
    def test_empty_diary_offers_the_first_sheet(self, own_client: Client) -> None:
        assert "Make a first sheet" in page(own_client, "/prepare/")

    def test_nothing_new_since_the_last_sheet_is_one_button(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        twitch(owner, 3)
        assert own_client.post("/prepare/sheet/")["Location"] == "/profile/"
        assert "Nothing new since" not in page(own_client, "/prepare/")
        about.keep_interview(owner, {"sheet_on": (today - timedelta(days=2)).isoformat()})

        body = page(own_client, "/prepare/")

        assert "Nothing new since" in body
        assert body.index("Make the sheet") < body.index("Go on with the questions")

    def test_answers_from_a_file_are_gone_on_with(self, own_client: Client, owner: Person) -> None:
        twitch(owner, 3)
        assert "Start the questions" in page(own_client, "/prepare/")
        change_person(owner, {"worry": "It spreads."})

        body = page(own_client, "/prepare/")

        assert "1 of 16 questions answered" in body
        assert "Go on with the questions" in body

    def test_what_is_new_is_named(self, own_client: Client, owner: Person, today: date) -> None:
        before = (today - timedelta(days=5)).isoformat()
        about.keep_interview(owner, {"sheet_on": before})
        twitch(owner, 1)
        about.add_medicine(owner, MedicineRecord("Sertraline", started_on=today))

        body = page(own_client, "/prepare/")

        assert "New since" in body
        assert "Left calf, first on" in body
        assert "Sertraline, since" in body

    def test_level_of_advice_is_shown_until_it_was_seen(
        self, own_client: Client, owner: Person
    ) -> None:
        for days in (20, 1):
            twitch(owner, days)
        assert "Book a routine appointment" in page(own_client, "/prepare/")

        own_client.get("/advice/")

        assert "Book a routine appointment" not in page(own_client, "/prepare/")

    def test_weekly_check_is_offered_after_seven_days(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        twitch(owner, 1)
        SymptomAnswerFactory.create(
            person=owner, symptom="muscle_wasting", asked_on=today - timedelta(days=6)
        )
        early = page(own_client, "/prepare/")
        SymptomAnswer.objects.all().delete()
        SymptomAnswerFactory.create(
            person=owner, symptom="muscle_wasting", asked_on=today - timedelta(days=7)
        )
        due = page(own_client, "/prepare/")

        assert early.index("What is answered") < early.index("Weekly check")
        assert due.index("Weekly check") < due.index("What is answered")


class TestQuestions:
    @pytest.mark.parametrize("step", steps.STEPS)
    def test_every_question_opens_for_an_empty_diary(self, own_client: Client, step: str) -> None:
        answer = own_client.get(f"/prepare/{step}/", follow=True)

        assert answer.status_code == 200
        assert "Leave, it is saved" in answer.content.decode()

    @pytest.mark.parametrize("screen", steps.SCREENS, ids=lambda screen: screen.code)
    def test_every_screen_shows_its_signs_by_name(
        self, own_client: Client, screen: steps.Screen
    ) -> None:
        body = page(own_client, f"/prepare/{screen.code}/")

        assert [code for code in screen.signs if f'value="{code}"' not in body] == []
        assert " checked" not in body

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_unknown_question_is_not_found(self, own_client: Client, method: str) -> None:
        assert getattr(own_client, method)("/prepare/signs-12/").status_code == 404

    def test_interview_goes_on_where_it_was_left(self, own_client: Client, owner: Person) -> None:
        twitch(owner, 3)
        assert 'href="/prepare/onset/"' in page(own_client, "/prepare/")
        first = own_client.post("/prepare/onset/", {"do": "right"})
        second = own_client.post("/prepare/places/", {"do": "right"})
        assert (first["Location"], second["Location"]) == (
            "/prepare/places/",
            "/prepare/lengths/",
        )

        body = Client().get("/prepare/").content.decode()

        assert re.search(r'href="/prepare/lengths/">\s*Go on with the questions', body)

    def test_confirming_changes_nothing_in_the_diary(
        self, own_client: Client, owner: Person
    ) -> None:
        twitch(owner, 3)
        own_client.post("/prepare/onset/", {"do": "right"})

        owner.refresh_from_db()
        assert owner.onset_date is None

    def test_page_quotes_the_sheet(self, own_client: Client, owner: Person) -> None:
        twitch(owner, 3)

        body = page(own_client, "/prepare/onset/")

        assert "First entry" in body
        assert "On your sheet it will read:" in body

    def test_quote_has_no_brackets_in_brackets(self, own_client: Client, owner: Person) -> None:
        twitch(owner, 3)
        DayFactory.create(person=owner, date=timezone.now().date(), closed_as="none")

        quote = re.search(r"“(.*)”", page(own_client, "/prepare/often/"))

        assert quote is not None
        assert "cannot say yet" in quote[1]
        assert quote[1].count("(") == 1

    def test_own_start_is_stored_and_can_be_taken_back(
        self, own_client: Client, owner: Person
    ) -> None:
        sent = {"do": "save", "how": "year", "year": "2020", "manner": "gradual"}
        own_client.post("/prepare/onset/", sent)
        owner.refresh_from_db()
        assert (owner.onset_date, owner.onset_precision) == (date(2020, 7, 1), "year")

        own_client.post("/prepare/onset/", {"do": "unknown"})

        owner.refresh_from_db()
        assert owner.onset_date is None

    def test_error_keeps_what_was_typed_and_stores_nothing(
        self, own_client: Client, owner: Person
    ) -> None:
        answer = own_client.post("/prepare/onset/", {"do": "save", "how": "year", "year": "3000"})

        body = answer.content.decode()
        assert answer.status_code == 422
        assert "<title>Error:" in body
        assert "There is a problem" in body
        assert 'value="3000"' in body
        owner.refresh_from_db()
        assert owner.onset_date is None

    @pytest.mark.parametrize(
        ("step", "sent", "column", "value"),
        [
            ("pregnancy", {"answer": "no"}, "pregnant", False),
            ("pregnancy", {"answer": "yes"}, "pregnant", True),
            ("pregnancy", {"answer": "not_said"}, "pregnant", None),
            (
                "conditions",
                {"do": "save", "codes": ["ms", "asthma"]},
                "conditions",
                ["asthma", "ms"],
            ),
            ("conditions", {"do": "none"}, "conditions", []),
            ("family", {"do": "none"}, "family_conditions", []),
            ("impact", {"impact": "a_lot"}, "impact", "a_lot"),
            ("worry", {"do": "save", "worry": "It spreads."}, "worry", "It spreads."),
            ("about-you", {"do": "save", "name": "Ann", "sex": "female"}, "name", "Ann"),
        ],
    )
    def test_answer_is_stored(
        self,
        own_client: Client,
        owner: Person,
        step: str,
        sent: dict[str, Any],
        column: str,
        value: object,
    ) -> None:
        answer = own_client.post(f"/prepare/{step}/", sent)

        assert answer.status_code == 302
        owner.refresh_from_db()
        assert getattr(owner, column) == value

    def test_left_open_stores_nothing_and_goes_on(self, own_client: Client, owner: Person) -> None:
        answer = own_client.post("/prepare/worry/", {"do": "skip", "worry": "x"})

        assert answer["Location"] == "/prepare/questions/"
        owner.refresh_from_db()
        assert owner.worry == ""

    def test_examined_and_a_test_are_stored_and_taken_out_again(
        self, own_client: Client, owner: Person
    ) -> None:
        sent = {"do": "add", "assessed": "yes", "test": "mri", "result": "nothing found"}
        answer = own_client.post("/prepare/tests/", sent)

        assert answer["Location"] == "/prepare/tests/"
        owner.refresh_from_db()
        assert owner.conditions == ["already_assessed_for_this_twitch"]
        assert owner.tests_done == [{"test": "mri", "result": "nothing found"}]
        (mark,) = re.findall('name="test" value="([^"]+)"', page(own_client, "/prepare/tests/"))
        own_client.post("/prepare/tests/remove/", {"test": mark})
        owner.refresh_from_db()
        assert owner.tests_done is None

    def test_test_taken_out_twice_takes_no_other_with_it(
        self, own_client: Client, owner: Person
    ) -> None:
        change_person(owner, {"tests_done": (TestDone("mri"), TestDone("ct"), TestDone("emg"))})
        marks = re.findall('name="test" value="([^"]+)"', page(own_client, "/prepare/tests/"))

        for mark in (marks[0], marks[0], "", "0"):
            answer = own_client.post("/prepare/tests/remove/", {"test": mark})

            assert answer["Location"] == "/prepare/tests/"
            owner.refresh_from_db()
            assert owner.tests_done == [{"test": "ct"}, {"test": "emg"}]

    def test_questions_stand_with_the_next_appointment(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        visit = VisitFactory.create(person=owner, date=today + timedelta(days=3))
        sent = {"do": "save", "question_1": "Why?", "question_2": "", "question_3": "What now?"}

        own_client.post("/prepare/questions/", sent)

        texts = [question.text for question in visit.questions.all()]
        assert texts == ["Why?", "What now?"]

    def test_medicine_added_on_the_way_comes_back_to_the_interview(
        self, own_client: Client, owner: Person
    ) -> None:
        own_client.get("/medicines/add/?prepare=1")

        answer = own_client.post("/medicines/add/", {"name": "Sertraline"})

        assert answer["Location"] == "/prepare/medicines/"
        assert "Sertraline" in page(own_client, "/prepare/medicines/")

    def test_medicines_of_somebody_else_do_not_show(
        self, own_client: Client, owner: Person
    ) -> None:
        MedicineFactory.create(name="Zyxwvut")

        assert "Zyxwvut" not in page(own_client, "/prepare/medicines/")


class TestHistory:
    """Every entry of ten years is read where lengths or counts are shown, and nowhere else."""

    @staticmethod
    def reads_every_episode(client: Client, step: str, sent: dict[str, str] | None = None) -> bool:
        with CaptureQueriesContext(connection) as queries:
            address = f"/prepare/{step}/"
            answer = client.get(address) if sent is None else client.post(address, sent)
        assert answer.status_code < 400
        of_episodes = [query["sql"] for query in queries if 'FROM "diary_episode"' in query["sql"]]
        return any("started_at_written" in sql and ">=" not in sql for sql in of_episodes)

    @pytest.mark.parametrize(
        ("step", "every"),
        [(step, step in FROM_THE_DIARY) for step in steps.STEPS if "signs" not in step],
    )
    def test_page(self, own_client: Client, owner: Person, step: str, every: bool) -> None:
        twitch(owner, 3)
        own_client.post("/profile/", {"weeks": "4"})

        assert self.reads_every_episode(own_client, step) is every

    @pytest.mark.parametrize("step", ["signs", "more-signs", "lengths", "often", "worry"])
    def test_way_on(self, own_client: Client, owner: Person, step: str) -> None:
        twitch(owner, 3)

        assert not self.reads_every_episode(own_client, step, {"do": "right"})


class TestLeaving:
    """Off a page of fields: what stands in them is stored first, as its words say."""

    @pytest.mark.parametrize(
        ("step", "sent", "column", "value"),
        [
            ("conditions", {"codes": ["ms"]}, "conditions", ["ms"]),
            ("family", {"codes": ["ms"]}, "family_conditions", ["ms"]),
            ("worry", {"worry": "It spreads."}, "worry", "It spreads."),
            ("about-you", {"name": "Ann", "birth_year": "", "sex": ""}, "name", "Ann"),
            ("tests", {"test": "mri"}, "tests_done", [{"test": "mri"}]),
            ("onset", {"how": "year", "year": "2020", "unit": "weeks"}, "onset_precision", "year"),
        ],
    )
    def test_leave_stores_what_was_filled_in(
        self,
        own_client: Client,
        owner: Person,
        step: str,
        sent: dict[str, Any],
        column: str,
        value: object,
    ) -> None:
        answer = own_client.post(f"/prepare/{step}/", sent | {"do": "away"})

        assert answer["Location"] == "/prepare/"
        owner.refresh_from_db()
        assert getattr(owner, column) == value
        assert owner.interview["gone"][step]["how"] == "saved"

    def test_places_are_stored_on_both_ways(self, own_client: Client, owner: Person) -> None:
        calf = {"uid": "1" * 32, "places": ["calf:left"], "when": "today", "do": "away"}
        hand = {"uid": "2" * 32, "places": ["thumb:left"], "when": "today", "do": "away"}

        first = own_client.post("/prepare/first/", calf)
        later = own_client.post("/prepare/places/?change=1", hand)

        assert (first["Location"], later["Location"]) == ("/prepare/", "/prepare/")
        assert {row.site for row in owner.episodes.all()} == {"calf", "thumb"}

    def test_back_stores_and_goes_one_page_back(self, own_client: Client, owner: Person) -> None:
        answer = own_client.post("/prepare/worry/", {"worry": "It spreads.", "do": "back"})

        assert answer["Location"] == "/prepare/impact/"
        owner.refresh_from_db()
        assert owner.worry == "It spreads."

    @pytest.mark.parametrize("do", ["away", "back"])
    def test_signs_are_stored_and_the_screen_stays_open(
        self, own_client: Client, owner: Person, do: str
    ) -> None:
        answer = send_screen(own_client, SCREEN_2, do, muscle_wasting="yes")

        assert answer["Location"] == {"away": "/prepare/", "back": "/prepare/signs-1/"}[do]
        assert answers_of(owner) == {"muscle_wasting": "yes"}
        owner.refresh_from_db()
        assert "signs-2" not in (owner.interview or {}).get("gone", {})

    def test_emergency_comes_before_leaving(self, own_client: Client, owner: Person) -> None:
        answer = send_screen(own_client, SCREEN_1, "away", breathing_severe="yes")

        assert answer["Location"] == "/advice/"
        assert answers_of(owner) == {"breathing_severe": "yes"}

    @pytest.mark.parametrize(
        ("step", "sent"),
        [
            ("conditions", {}),
            ("worry", {"worry": ""}),
            ("about-you", {"name": "", "birth_year": "", "sex": ""}),
            ("tests", {"test": "", "date": "", "result": ""}),
            ("questions", {"question_1": "", "question_2": "", "question_3": ""}),
            ("onset", {"count": "", "unit": "weeks", "month": "", "year": "", "season": ""}),
            ("places", {"uid": "1" * 32, "date": ""}),
            ("signs-2", {"shown": list(SCREEN_2.signs)}),
        ],
    )
    def test_page_with_nothing_filled_in_leaves_nothing(
        self, own_client: Client, owner: Person, step: str, sent: dict[str, Any]
    ) -> None:
        answer = own_client.post(f"/prepare/{step}/", sent | {"do": "away"})

        assert answer["Location"] == "/prepare/"
        owner.refresh_from_db()
        assert not owner.interview
        assert owner.conditions is None
        assert not owner.visits.exists()
        assert not owner.symptom_answers.exists()

    def test_condition_of_another_page_is_not_taken_for_a_change(
        self, own_client: Client, owner: Person
    ) -> None:
        change_person(owner, {"conditions": ("already_assessed_for_this_twitch",)})

        assert own_client.post("/prepare/conditions/", {"do": "away"}).status_code == 302

    def test_faulty_input_shows_the_error_and_a_way_out(
        self, own_client: Client, owner: Person
    ) -> None:
        sent = {"name": "Ann", "birth_year": "3000", "do": "away"}

        answer = own_client.post("/prepare/about-you/", sent)

        body = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="Ann"' in body
        assert re.search(r'<a href="/prepare/">\s*Leave without saving this', body)

    def test_enter_in_a_field_saves_and_goes_on(self, own_client: Client) -> None:
        for step, do in (("about-you", "save"), ("signs-1", "leave")):
            first = re.search(
                r'<button[^>]* form="flow"[^>]*>', page(own_client, f"/prepare/{step}/")
            )

            assert first is not None
            assert f'value="{do}"' in first[0]


class TestSigns:
    def test_no_is_written_only_for_signs_that_were_shown(
        self, own_client: Client, owner: Person
    ) -> None:
        own_client.post("/prepare/signs-2/", {"shown": ["dropping_things"], "do": "no_to_the_rest"})

        assert answers_of(owner) == {"dropping_things": "no"}

    def test_sign_of_another_screen_cannot_be_slipped_in(
        self, own_client: Client, owner: Person
    ) -> None:
        sent = {"shown": ["dropping_things", "cramps"], "cramps": "yes", "do": "no_to_the_rest"}

        answer = own_client.post("/prepare/signs-2/", sent)

        assert answer.status_code == 422
        assert answers_of(owner) == {}

    def test_leaving_open_writes_the_answers_given_and_no_more(
        self, own_client: Client, owner: Person
    ) -> None:
        answer = send_screen(own_client, SCREEN_2, "leave", muscle_wasting="unsure")

        assert answer["Location"] == "/prepare/signs-3/"
        assert answers_of(owner) == {"muscle_wasting": "unsure"}

    def test_screen_sent_twice_is_asked_once(self, own_client: Client, owner: Person) -> None:
        send_screen(own_client, SCREEN_2)
        send_screen(own_client, SCREEN_2)

        assert owner.symptom_answers.count() == len(SCREEN_2.signs)

    def test_other_signs_can_be_skipped(self, own_client: Client, owner: Person) -> None:
        answer = send_screen(own_client, steps.SCREENS[4], "skip")

        assert answer["Location"] == "/prepare/same-places/"
        assert answers_of(owner) == {}

    def test_tap_counts_what_is_left_and_stores_nothing(
        self, own_client: Client, owner: Person
    ) -> None:
        sent = {"shown": list(SCREEN_2.signs), "muscle_wasting": "yes", "dropping_things": "no"}

        answer = own_client.post("/prepare/signs-2/", sent, headers={"HX-Request": "true"})

        assert "No to the other 5, and go on" in answer.content.decode()
        assert answers_of(owner) == {}

    def test_tap_on_an_emergency_is_stored_and_shown_at_once(
        self, own_client: Client, owner: Person
    ) -> None:
        sent = {"shown": list(SCREEN_1.signs), "face_droop_sudden": "yes"}

        answer = own_client.post("/prepare/signs-1/", sent, headers={"HX-Request": "true"})

        assert answer["HX-Redirect"] == "/advice/"
        assert answers_of(owner) == {"face_droop_sudden": "yes"}

    def test_emergency_without_scripts_comes_before_the_next_page(
        self, own_client: Client, owner: Person
    ) -> None:
        answer = send_screen(own_client, SCREEN_1, breathing_severe="yes")

        assert answer["Location"] == "/advice/"
        assert answers_of(owner)["breathing_severe"] == "yes"
        assert answers_of(owner)["vision_loss_sudden"] == "no"

    def test_sign_that_is_urgent_only_with_another_one_waits_for_it(
        self, own_client: Client, owner: Person
    ) -> None:
        screen = steps.SCREENS[4]

        alone = send_screen(own_client, screen, "leave", saddle_numbness="yes")
        both = send_screen(own_client, screen, "leave", back_pain_severe="yes")

        assert alone["Location"] == "/prepare/signs-6/"
        assert both["Location"] == "/advice/"

    def test_nothing_more_is_asked_beside_an_emergency(self, own_client: Client) -> None:
        assert "For how long?" not in page(own_client, "/prepare/signs-1/")
        assert "For how long?" in page(own_client, "/prepare/signs-2/")

    def test_standing_yes_is_asked_by_itself(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        earlier = SymptomAnswerRecord(today - timedelta(days=8), "muscle_wasting", "yes", True)
        about.add_answers(owner, [earlier])

        body = page(own_client, "/prepare/signs-2/")
        send_screen(own_client, SCREEN_2)

        assert "You said yes on" in body
        assert "It is over" in body
        assert answers_of(owner)["muscle_wasting"] == "yes"

    def test_with_advice_off_nothing_leads_to_it(
        self, own_client: Client, owner: Person, settings: Any
    ) -> None:
        settings.DIARY_ADVICE = False

        answer = send_screen(own_client, SCREEN_1, breathing_severe="yes")

        assert answer["Location"] == "/prepare/signs-2/"
        assert "When to see a doctor" in page(own_client, "/prepare/signs-1/")
        assert "/advice/" not in page(own_client, "/prepare/")


class TestCountry:
    """Asked beside signs that can be an emergency, so that its page names one number."""

    @pytest.fixture(autouse=True)
    def in_vienna(self, own_client: Client) -> None:
        own_client.cookies["zone"] = "Europe%2FVienna"

    def test_guess_is_shown_as_one_and_stored_with_the_screen(
        self, own_client: Client, owner: Person
    ) -> None:
        body = page(own_client, "/prepare/signs-1/")
        assert '<option value="AT" selected>Austria</option>' in body
        assert "A guess from your time zone." in body

        send_screen(own_client, SCREEN_1, country="AT")

        owner.refresh_from_db()
        assert owner.country == "AT"
        assert "Which country are you in?" not in page(own_client, "/prepare/signs-2/")

    def test_no_guess_without_a_place(self, own_client: Client, owner: Person) -> None:
        own_client.cookies["zone"] = "UTC"

        body = page(own_client, "/prepare/signs-1/")

        assert '<option value="" selected>Another one</option>' in body
        assert "A guess" not in body

    @pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {}], ids=["scripts", "none"])
    def test_emergency_names_the_number_of_the_country(
        self, own_client: Client, owner: Person, headers: dict[str, str]
    ) -> None:
        sent = {"shown": list(SCREEN_1.signs), "breathing_severe": "yes", "country": "AT"}

        own_client.post("/prepare/signs-1/", sent, headers=headers)

        assert '<h1 class="title">Call 144 now</h1>' in page(own_client, "/advice/")

    @pytest.mark.parametrize(("country", "kept"), [("AT", ""), ("DE", "DE"), ("", ""), ("?", "")])
    def test_leaving_keeps_a_country_that_was_chosen(
        self, own_client: Client, owner: Person, country: str, kept: str
    ) -> None:
        send_screen(own_client, SCREEN_1, "away", country=country)

        owner.refresh_from_db()
        assert owner.country == kept

    @pytest.mark.parametrize("screen", steps.SCREENS, ids=lambda screen: screen.code)
    def test_it_is_asked_beside_signs_of_an_emergency_only(
        self, own_client: Client, owner: Person, screen: steps.Screen
    ) -> None:
        urgent = bool(emergency_alone() & {*screen.signs})

        asked = "Which country are you in?" in page(own_client, f"/prepare/{screen.code}/")

        assert asked is urgent

    def test_it_is_not_asked_with_advice_off(
        self, own_client: Client, owner: Person, settings: Any
    ) -> None:
        settings.DIARY_ADVICE = False

        assert "Which country are you in?" not in page(own_client, "/prepare/signs-1/")


class TestWeeklyCheck:
    def test_no_to_all_three_dates_five_negatives(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        answer = own_client.post("/weekly-check/", {"all_no": "1"}, follow=True)

        assert "Noted for today" in answer.content.decode()
        rows = owner.symptom_answers.all()
        assert {(row.answer, row.asked_on) for row in rows} == {("no", today)}
        assert len(rows) == 5

    def test_standing_yes_takes_the_one_tap_away(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        assert "No to all three" in page(own_client, "/weekly-check/")
        earlier = SymptomAnswerRecord(today - timedelta(days=7), "muscle_wasting", "yes", True)
        about.add_answers(owner, [earlier])

        assert "No to all three" not in page(own_client, "/weekly-check/")

    def test_yes_of_today_outlives_nothing_new_since_last_week(
        self, own_client: Client, owner: Person
    ) -> None:
        send_screen(own_client, SCREEN_2, "leave", dropping_things="yes")
        assert "today or tomorrow" in page(own_client, "/advice/")

        body = page(own_client, "/weekly-check/")
        answer = own_client.post("/weekly-check/", {"all_no": "1"})

        assert "No to all three" not in body
        assert answer.status_code == 422
        assert answers_of(owner) == {"dropping_things": "yes"}
        assert "today or tomorrow" in page(own_client, "/advice/")

    def test_doubtful_answer_is_asked_again_and_stores_nothing(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        earlier = SymptomAnswerRecord(today - timedelta(days=7), "muscle_wasting", "yes", True)
        about.add_answers(owner, [earlier])
        sent = {"function": "no", "thinner": "no", "speech": "no"}

        asked = own_client.post("/weekly-check/", sent)
        assert asked.status_code == 422
        assert owner.symptom_answers.count() == 1
        meant = own_client.post("/weekly-check/", sent | {"sure": "on"})

        assert meant.status_code == 302
        assert owner.symptom_answers.count() == 6

    def test_nothing_on_it_asks_for_a_test(self, own_client: Client) -> None:
        body = page(own_client, "/weekly-check/").lower()

        assert "nothing to test or look for" in body
        assert "squeeze" not in body
