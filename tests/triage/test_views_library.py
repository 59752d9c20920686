"""Pages of the library: open to whom, the same for everybody, and the diary beside it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from diary import about
from diary.local_days import today_in_zone
from diary.models import Person
from diary.records import SymptomAnswerRecord
from diary.vocabulary import DRINK_SERVINGS
from tests.factories import DayFactory, MedicineFactory, PersonFactory
from triage.library import library

ENTRIES = library().entries
PLAIN = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_files(settings: Any) -> None:
    """Static files without the manifest that only `collectstatic` writes."""
    settings.STORAGES = PLAIN


@pytest.fixture
def person() -> Person:
    return PersonFactory(time_zone="UTC")


def page(client: Client, name: str, *args: str) -> str:
    response = client.get(reverse(f"triage:{name}", args=args))
    assert response.status_code == 200
    return unescape(response.content.decode())


def rows_of_drinks(text: str) -> list[list[str]]:
    """The cells of each row below the head of a table."""
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", text)
    return [re.split(r"(?:<[^>]+>)+", row.removesuffix("</td>")) for row in rows]


def keep_coffee_days(person: Person, days: int) -> None:
    """`days` checked-in days up to today, the first two with more caffeine than the limit."""
    today = today_in_zone(timezone.now(), "UTC")
    for back in range(days):
        DayFactory(
            person=person,
            date=today - timedelta(days=back),
            closed_as="none",
            caffeine_mg=600 if back < 2 else 100,
        )


class TestIndex:
    def test_it_leads_to_every_entry(self, client: Client, person: Person) -> None:
        text = page(client, "library")

        for entry in ENTRIES:
            assert f'href="{reverse("triage:library_entry", args=[entry.slug])}"' in text
        assert f'href="{reverse("triage:when_to_see")}"' in text

    def test_conditions_stand_behind_a_disclosure(self, client: Client, person: Person) -> None:
        text = page(client, "library")
        behind = re.findall(r"<details>.*?</details>", text, re.DOTALL)

        assert len(behind) == 1
        for entry in library().on_shelf("conditions"):
            assert entry.title in behind[0]
            assert text.count(entry.title) == 1

    def test_nobody_is_sent_to_the_first_screen(self, client: Client) -> None:
        for address in (reverse("triage:library"), reverse("triage:library_entry", args=["sleep"])):
            response = client.get(address)
            assert response.status_code == 302
            assert response["Location"].startswith(reverse("diary:welcome"))


class TestEntry:
    @pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.slug)
    def test_it_shows_all_of_its_text(self, client: Client, person: Person, entry: Any) -> None:
        text = page(client, "library_entry", entry.slug)

        for words in (entry.title, entry.lead, *entry.text, *entry.tries, *entry.left_out):
            assert words in text
        for line in (*entry.limits, *entry.points):
            assert line.name in text
            assert line.text in text
        assert text.count("<li>", text.index('id="sources"')) >= len(entry.sources)

    @pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.slug)
    def test_its_links_lead_somewhere(self, client: Client, person: Person, entry: Any) -> None:
        for link in re.findall(r'href="([^"]+)"', page(client, "library_entry", entry.slug)):
            if link.startswith("/") and not link.startswith("/static/"):
                assert resolve(link)
            else:
                assert link.startswith(("https://", "/static/", "#"))

    def test_the_title_of_the_window_names_no_condition(
        self, client: Client, person: Person
    ) -> None:
        for entry in library().on_shelf("conditions"):
            title = re.search(r"<title>(.*?)</title>", page(client, "library_entry", entry.slug))
            assert title is not None
            assert title.group(1).startswith("Library")

    def test_caffeine_lists_what_each_drink_holds_with_its_range(
        self, client: Client, person: Person
    ) -> None:
        rows = rows_of_drinks(page(client, "library_entry", "caffeine"))

        assert rows[0] == ["Filter coffee, 240\N{NO-BREAK SPACE}ml", "about 96", "95 to 200"]
        assert rows[-1] == ["Caffeine tablet, one", "about 200", "65 to 200"]
        assert ["Latte, 480\N{NO-BREAK SPACE}ml", "about 150", "–"] in rows
        assert ["Dark chocolate, 30\N{NO-BREAK SPACE}g", "about 24", "12 to 120"] in rows
        assert len(rows) == len(DRINK_SERVINGS)

    def test_other_pages_list_no_drinks(self, client: Client, person: Person) -> None:
        assert rows_of_drinks(page(client, "library_entry", "caffeine"))
        assert rows_of_drinks(page(client, "library_entry", "limit-caffeine")) == []

    def test_an_unknown_one_is_not_found(self, client: Client, person: Person) -> None:
        assert client.get("/library/tea/").status_code == 404

    def test_it_takes_no_post(self, client: Client, person: Person) -> None:
        assert client.post(reverse("triage:library_entry", args=["sleep"])).status_code == 405


class TestDiaryBeside:
    def test_recorded_days_stand_beside_the_text(self, client: Client, person: Person) -> None:
        keep_coffee_days(person, 9)

        text = page(client, "library_entry", "caffeine")

        assert "From your diary, the last 12 weeks" in text
        assert "on 2 of 9 recorded days" in text

    def test_days_within_the_limit_are_said_to_be_recorded(
        self, client: Client, person: Person
    ) -> None:
        keep_coffee_days(person, 9)

        text = page(client, "library_entry", "sleep")

        assert "Sleep: not noted in these weeks." in text

    def test_an_empty_diary_has_no_line(self, client: Client, person: Person) -> None:
        assert "From your diary" not in page(client, "library_entry", "caffeine")

    def test_days_of_somebody_else_are_not_counted(self, client: Client, person: Person) -> None:
        keep_coffee_days(PersonFactory(is_example=True), 9)

        assert "From your diary" not in page(client, "library_entry", "caffeine")

    def test_a_medicine_stands_beside_the_text_without_any_day(
        self, client: Client, person: Person
    ) -> None:
        MedicineFactory(person=person, name="Salbutamol", medicine_class="beta_agonist")

        assert "Salbutamol" in page(client, "library_entry", "medicines")

    def test_a_condition_has_no_line_whatever_is_recorded(
        self, client: Client, person: Person
    ) -> None:
        keep_coffee_days(person, 9)

        for entry in library().on_shelf("conditions"):
            assert "From your diary" not in page(client, "library_entry", entry.slug)

    def test_with_advice_switched_off_the_text_stands_alone(
        self, client: Client, person: Person, settings: Any
    ) -> None:
        settings.DIARY_ADVICE = False
        keep_coffee_days(person, 9)

        text = page(client, "library_entry", "caffeine")

        assert "From your diary" not in text
        assert library().by_slug["caffeine"].lead in text


class TestWhenToSee:
    def test_it_is_open_to_everybody_and_holds_every_reason(self, client: Client) -> None:
        text = page(client, "when_to_see")

        for level in library().levels:
            assert level.title in text
            for reason in level.reasons:
                assert reason.text in text

    def test_it_stays_when_advice_is_switched_off(
        self, client: Client, person: Person, settings: Any
    ) -> None:
        settings.DIARY_ADVICE = False

        assert library().levels[0].reasons[0].text in page(client, "when_to_see")

    def test_without_a_country_all_usual_numbers_are_there(self, client: Client) -> None:
        text = page(client, "when_to_see")

        for number in ("112", "911", "999", "000"):
            assert f'href="tel:{number}"' in text
        assert "Which number answers depends on where you are" in text

    def test_a_known_country_brings_its_own_number(self, client: Client) -> None:
        PersonFactory(country="NZ")

        text = page(client, "when_to_see")

        assert re.findall(r'href="tel:(\d+)"', text) == ["111"]
        assert "Which number answers" not in text

    def test_it_leads_back_for_nobody_too(self, client: Client) -> None:
        assert f'href="{reverse("diary:welcome")}"' in page(client, "when_to_see")


class TestSourcesOfAdvice:
    """Titles name conditions, so beside an answer of the person's own they stand in a fold."""

    @pytest.mark.parametrize("sign", ["dropping_things", "weakness_over_days"])
    def test_titles_are_folded_away(self, own_client: Client, owner: Person, sign: str) -> None:
        about.add_answers(owner, [SymptomAnswerRecord(timezone.now().date(), sign, "yes", True)])

        body = own_client.get("/advice/").content.decode()
        titles = re.findall(r"NHS[^,<]*, <a[^>]*>([^<]+)</a>. Read ", body)
        in_sight = re.sub(r"<details.*</details>", "", body, flags=re.DOTALL)

        assert titles
        assert [title for title in titles if title in in_sight] == []

    def test_how_a_page_was_read_is_told_in_a_fold_of_its_own(
        self, own_client: Client, owner: Person
    ) -> None:
        about.add_answers(
            owner, [SymptomAnswerRecord(timezone.now().date(), "stiffness", "yes", True)]
        )

        body = own_client.get("/advice/").content.decode()

        assert body.index("How it was read") < body.index("a copy on another site")
        assert "row by row" not in body
        assert "own next review" not in body
