"""The trends page: what it shows, what stays out of its address, and whose diary it reads."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from diary.entries import refresh_totals
from diary.example import example_diary
from diary.keeping import replace_diary
from diary.models import Day, Episode, Person
from diary.records import DiaryRecord
from tests.factories import DayFactory, EpisodeFactory, PersonFactory
from tests.triage.hand_made import complete, diary, episode
from tests.triage.paths import subpaths

SECRET = "zyxwvut"


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def keep(person: Person, days: int, today: date, **columns: Any) -> None:
    """Checked-in days up to today, with a twitch of the left calf on every second."""
    dates = [today - timedelta(days=ago) for ago in range(days)]
    for place, day in enumerate(dates):
        DayFactory.create(person=person, date=day, caffeine_mg=100 * (place % 5), **columns)
    Episode.objects.bulk_create(
        EpisodeFactory.build(
            person=person, local_date=day, started_at_written=f"{day}T12:00:00+00:00"
        )
        for day in dates[::2]
    )
    for day in dates[::2]:
        refresh_totals(person, day)


def page(client: Client, address: str = "/trends/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def chosen(html: str) -> str:
    (found,) = re.findall(r'value="(\w+)" aria-pressed="true"', html)
    return str(found)


class TestPage:
    def test_the_verdict_is_the_heading(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        keep(owner, 20, today)

        html = page(own_client)

        assert '<h1 class="title verdict">Last 28 days: cannot tell yet</h1>' in html
        assert "<strong>0.5 twitches a day</strong> in the last 28 days" in html

    def test_before_three_days_it_says_what_is_missing_and_draws_nothing(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        keep(owner, 2, today)

        html = page(own_client)

        assert "You have 2." in html
        assert 'class="chart' not in html
        assert "/prepare/" in html

    def test_an_empty_diary_has_a_page(self, own_client: Client, owner: Person) -> None:
        assert "You have 0." in page(own_client)

    def test_each_chart_has_a_text_alternative_and_tables_stand_beside(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        keep(owner, 20, today)

        html = page(own_client)

        titles = re.findall(r"<title id=\"(chart-\w+)\">([^<]+)</title>", html)
        assert [name for name, _ in titles] == [
            *("chart-twitches", "chart-caffeine", "chart-sleep", "chart-stress", "chart-day"),
        ]
        assert "on 10 of 20 checked-in days" in titles[0][1]
        assert html.count("Show as table") == 2

    def test_every_day_of_the_calendar_is_one_tap_away(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        keep(owner, 5, today)

        assert f'href="/days/{today.isoformat()}/"' in page(own_client)

    def test_the_page_holds_no_style_and_no_script_of_its_own(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        keep(owner, 20, today)

        html = page(own_client)

        assert not re.search(r"\sstyle=|<style|<script>|\son\w+=", html)

    def test_words_of_the_person_are_escaped(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        keep(owner, 5, today)
        owner.events.create(date=today, label="<script>x</script>")
        owner.own_factors.create(code="own", label="<b>tea", kind="number")

        html = page(own_client)

        assert "<script>x" not in html
        assert "<b>tea" not in html
        assert "&lt;b&gt;tea" in html


class TestWeeks:
    @pytest.mark.parametrize("weeks", ["4", "8", "12", "26", "all"])
    def test_a_choice_is_kept_for_the_visit(
        self, own_client: Client, owner: Person, today: date, weeks: str
    ) -> None:
        keep(owner, 5, today)

        answer = own_client.post("/trends/weeks/", {"weeks": weeks})

        assert (answer.status_code, answer["Location"]) == (302, "/trends/")
        assert chosen(page(own_client)) == weeks

    @pytest.mark.parametrize("weeks", ["0", "-4", "9999", "eight", "", "8' OR 1", "\x00"])
    def test_any_other_value_falls_back_to_eight(
        self, own_client: Client, owner: Person, today: date, weeks: str
    ) -> None:
        keep(owner, 5, today)

        own_client.post("/trends/weeks/", {"weeks": weeks})

        assert chosen(page(own_client)) == "8"
        answer = own_client.get("/trends/", {"weeks": weeks})
        assert answer.status_code == 200
        assert chosen(answer.content.decode()) == "8"

    def test_a_plain_address_shows_its_weeks_and_keeps_nothing(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        keep(owner, 5, today)

        assert chosen(page(own_client, "/trends/?weeks=12")) == "12"
        assert chosen(page(own_client)) == "8"

    def test_looking_changes_nothing(self, own_client: Client, owner: Person) -> None:
        assert own_client.get("/trends/weeks/").status_code == 405
        assert own_client.get("/trends/place/").status_code == 405


class TestPlace:
    def test_the_place_stays_out_of_the_address(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        keep(owner, 6, today)
        EpisodeFactory.create(person=owner, local_date=today, site="thumb", side="right")
        refresh_totals(owner, today)

        answer = own_client.post("/trends/place/", {"place": "thumb:right"})
        html = page(own_client)

        assert (answer.status_code, answer["Location"]) == (302, "/trends/")
        assert "Trends: Right thumb" in html
        assert "on 1 of 6 checked-in days" in html
        assert not re.search(r'(href|action)="[^"]*thumb', html)

    def test_all_places_can_be_chosen_again(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        keep(owner, 6, today)
        own_client.post("/trends/place/", {"place": "calf:left"})

        own_client.post("/trends/place/", {"place": ""})

        assert "Trends: " not in page(own_client).split("<main")[1]

    @pytest.mark.parametrize(
        "place", ["calf:right", "nowhere", "calf:up", "\x00", "calf:left:left"]
    )
    def test_a_place_that_is_not_in_the_diary_shows_all(
        self, own_client: Client, owner: Person, today: date, place: str
    ) -> None:
        keep(owner, 6, today)

        answer = own_client.post("/trends/place/", {"place": place})

        assert answer.status_code == 302
        assert "on 3 of 6 checked-in days" in page(own_client)


class TestQuestion:
    def test_naming_a_factor_keeps_it_with_the_expectation_and_the_day(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        keep(owner, 5, today)
        owner.settings = {"paused": True}
        owner.save()

        answer = own_client.post("/trends/question/", {"factor": "sleep", "expected": "more"})

        owner.refresh_from_db()
        assert answer.status_code == 302
        assert owner.settings == {
            "paused": True,
            "question": {"factor": "sleep", "expected": "more", "asked_on": today.isoformat()},
        }
        assert "You expected more twitches." in page(own_client)

    def test_the_same_factor_keeps_its_day_another_is_new(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        keep(owner, 5, today)
        named = {"factor": "sleep", "expected": "more", "asked_on": "2026-01-02"}
        owner.settings = {"question": named}
        owner.save()

        own_client.post("/trends/question/", {"factor": "sleep", "expected": "none"})
        owner.refresh_from_db()
        same = owner.settings["question"]
        own_client.post("/trends/question/", {"factor": "stress", "expected": "none"})
        owner.refresh_from_db()

        assert same == named | {"expected": "none"}
        assert owner.settings["question"]["asked_on"] == today.isoformat()

    @pytest.mark.parametrize(
        "sent", [{}, {"factor": "sleep"}, {"factor": "tea", "expected": "more"}, {"expected": "x"}]
    )
    def test_half_an_answer_says_what_to_do_and_stores_nothing(
        self, own_client: Client, owner: Person, sent: dict[str, str]
    ) -> None:
        answer = own_client.post("/trends/question/", sent)

        owner.refresh_from_db()
        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()
        assert owner.settings is None

    def test_it_says_when_a_result_could_be_seen_before(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        keep(owner, 20, today)
        before = page(own_client, "/trends/question/")
        replace_diary(owner, long_diary(90, 400, today))
        after = page(own_client, "/trends/question/")

        assert "No result could be seen yet" in before
        assert "starts a new period" in after

    def test_the_explanation_has_a_page(self, own_client: Client, owner: Person) -> None:
        assert "30 days that have a check-in" in page(own_client, "/trends/explained/")


def long_diary(days: int, episodes: int, today: date) -> DiaryRecord:
    """A diary of many days with `episodes` in all on its last thirty."""
    dates = [today - timedelta(days=ago) for ago in range(days)]
    held = [complete(day, caffeine_mg=96 * (day.day % 5)) for day in dates]
    started = [
        replace(
            episode(dates[number % 30], f"{number % 24:02}:{number % 60:02}", site="calf"),
            id=f"00000000-0000-4000-8000-{number:012}",
        )
        for number in range(episodes)
    ]
    return diary(held, started)


class TestCost:
    def queries(self, client: Client) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/trends/").status_code == 200
        return len(found)

    def test_queries_are_as_many_with_one_twitch_as_with_two_thousand(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        replace_diary(owner, long_diary(60, 1, today))
        few = self.queries(own_client)
        replace_diary(owner, long_diary(60, 2_000, today))

        assert self.queries(own_client) == few

    def test_the_page_is_no_longer_for_ten_years_than_for_half_a_year(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        sizes = []
        for days in (182, 3_650):
            replace_diary(owner, long_diary(days, 100, today))
            sizes.append(len(page(own_client, "/trends/?weeks=all")))

        assert sizes[1] < 1.5 * sizes[0]


class TestOthers:
    @pytest.fixture
    def stranger(self, hosted: None, db: None) -> Client:
        client = Client()
        client.force_login(PersonFactory.create())
        return client

    def test_nothing_of_another_person_is_shown(self, stranger: Client, today: date) -> None:
        other = PersonFactory.create()
        keep(other, 40, today, note=SECRET)
        other.events.create(date=today, label=SECRET)
        other.own_factors.create(code="own", label=SECRET, kind="number")
        stranger.post("/trends/place/", {"place": "calf:left"})

        html = page(stranger)

        assert "You have 0." in html
        assert SECRET not in html + page(stranger, "/trends/question/")

    def test_a_question_is_stored_for_who_asks(self, stranger: Client, today: date) -> None:
        other = PersonFactory.create(settings={"paused": True})

        stranger.post("/trends/question/", {"factor": "sleep", "expected": "more"})

        other.refresh_from_db()
        assert other.settings == {"paused": True}

    @pytest.mark.parametrize("address", ["/trends/", "/trends/question/", "/trends/explained/"])
    def test_nobody_sees_nothing(self, hosted: None, db: None, address: str) -> None:
        assert Client().get(address).status_code == 302


def test_days_without_a_check_in_count_nowhere(
    own_client: Client, owner: Person, today: date
) -> None:
    keep(owner, 5, today)
    late = today - timedelta(days=6)
    EpisodeFactory.create(person=owner, local_date=late)
    refresh_totals(owner, late)

    html = page(own_client)

    assert "on 3 of 5 checked-in days" in html
    assert "at least 1" in html
    assert Day.objects.owned_by(owner).count() == 6


@pytest.mark.parametrize(
    "address", ["/trends/?weeks=4", "/trends/?weeks=12", "/trends/?weeks=all", "/trends/caffeine/"]
)
def test_no_line_of_a_chart_has_no_length(
    own_client: Client, owner: Person, today: date, address: str
) -> None:
    """WebKit smears the round ends of such a line, a mark, under `non-scaling-stroke`."""
    replace_diary(owner, example_diary(today))

    paths = re.findall(r'<path class="[\w-]+" d="([^"]+)"', page(own_client, address))
    lines = [line for path in paths for line in subpaths(path) if len(line) > 1]
    assert len(lines) > 50
    assert [line for line in lines if len(set(line)) == 1] == []
