"""The page of caffeine through single days: what it shows, what it never says, whose it is."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from diary.example import CUP_MG, CUP_TIMES, example_diary
from diary.keeping import replace_diary
from diary.models import Person
from diary.records import DayRecord, DrinkRecord
from tests.factories import PersonFactory
from tests.triage.hand_made import complete, diary, episode

NEVER = ("trigger", "withdrawal", "cause", "because", "should", "too much", "avoid", "significant")


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def cups(day: date, *times: str | None, mg: int = 96) -> DayRecord:
    drinks = tuple(DrinkRecord("filter_coffee", None, 1, mg, at) for at in times)
    return complete(day, caffeine_mg=mg * len(times), drinks=drinks)


def page(client: Client) -> str:
    answer = client.get("/trends/caffeine/")
    assert answer.status_code == 200
    return answer.content.decode()


def days_on(html: str) -> list[str]:
    return re.findall(r'<h2 id="day-\d">(.+?)</h2>', html)


class TestPage:
    def test_the_last_seven_days_stand_newest_first(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        dates = [today - timedelta(days=ago) for ago in range(9)]
        replace_diary(owner, diary(cups(day, "08:00") for day in dates))

        html = page(own_client)

        assert [words.split()[1] for words in days_on(html)] == [str(day.day) for day in dates[:7]]
        assert html.count('class="cups"') == html.count("Show as table") == 7
        assert "The last 7 days on which a drink has its time." in html

    def test_it_says_how_rough_it_is_and_where_that_is_from(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        replace_diary(owner, diary([cups(today, "08:00")]))

        html = page(own_client)

        assert "Approximate; people differ widely." in html
        assert "after 5 hours, the pale band from 1.5 to 9.5 hours" in html
        assert "https://www.ncbi.nlm.nih.gov/books/NBK223808/" in html

    def test_twitches_of_long_ago_are_still_drawn(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        day = today - timedelta(days=400)
        replace_diary(owner, diary([cups(day, "08:00")], [episode(day, "09:30", id=str(uuid4()))]))

        html = page(own_client)

        assert 'd="M9.5 0V1"' in html
        assert "Twitches: 1." in html

    def test_a_day_without_a_check_in_is_hatched(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        open_day = DayRecord(today, caffeine_mg=96, drinks=cups(today, "08:00").drinks)
        replace_diary(owner, diary([open_day]))

        html = page(own_client)

        assert "Twitches: not recorded." in html
        assert "twitches not fully recorded" in html

    def test_no_word_of_a_verdict_on_the_example(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        replace_diary(owner, example_diary(today))

        html = page(own_client).lower()

        assert [word for word in NEVER if word in html] == []
        assert len(days_on(html)) == 7
        assert "style=" not in html

    def test_reading_costs_the_same_for_a_long_diary(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        def queries(days: int) -> int:
            dates = [today - timedelta(days=ago) for ago in range(days)]
            held = [episode(day, "09:30", id=str(uuid4())) for day in dates]
            replace_diary(owner, diary([cups(day, "08:00", None) for day in dates], held))
            with CaptureQueriesContext(
                connection,
            ) as caught:
                page(own_client)
            return len(caught)

        assert queries(3) == queries(60)


class TestEmpty:
    def test_it_says_how_to_note_times_and_leads_there(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        html = page(own_client)

        assert "No drink has its time yet." in html
        assert f'href="/days/{today}/drinks/"' in html
        assert own_client.get(f"/days/{today}/drinks/").status_code == 200
        assert 'class="chart' not in html

    def test_drinks_without_times_are_not_enough(
        self, own_client: Client, owner: Person, today: date
    ) -> None:
        replace_diary(owner, diary([cups(today, None, None)]))

        assert "No drink has its time yet." in page(own_client)


def test_drinks_of_somebody_else_are_never_shown(db: None, hosted: None, today: date) -> None:
    mine, theirs = PersonFactory.create(), PersonFactory.create()
    replace_diary(theirs, diary([cups(today, "03:17")], [episode(today, "04:45", id=str(uuid4()))]))
    client = Client()
    client.force_login(mine)

    assert "No drink has its time yet." in page(client)

    yesterday = today - timedelta(days=1)
    replace_diary(mine, diary([cups(yesterday, "08:00")]))
    html = page(client)

    assert len(days_on(html)) == 1
    assert "3:17" not in html
    assert 'd="M4.75 0V1"' not in html


def test_only_reading_is_allowed(own_client: Client, owner: Person) -> None:
    assert own_client.post("/trends/caffeine/").status_code == 405


def test_trends_lead_to_the_page(own_client: Client, owner: Person, today: date) -> None:
    replace_diary(owner, diary(cups(today - timedelta(days=ago), None) for ago in range(5)))

    assert 'href="/trends/caffeine/"' in own_client.get("/trends/").content.decode()


def test_it_stands_under_trends(own_client: Client, owner: Person) -> None:
    tab = r'<a href="/trends/" aria-current="page">'

    assert re.search(tab, page(own_client))


def test_cups_of_the_example_have_their_times_and_keep_their_sum() -> None:
    days = example_diary(date(2026, 5, 4)).days
    by_cups = {(day.caffeine_mg or 0) // CUP_MG: day for day in days}

    assert all(day.caffeine_mg == sum(drink.mg or 0 for drink in day.drinks or ()) for day in days)
    assert by_cups[0].drinks == ()
    assert [drink.at for drink in by_cups[2].drinks or ()] == ["08:00", "10:30"]
    assert [drink.at for drink in by_cups[6].drinks or ()] == list(CUP_TIMES)
    assert (by_cups[6].drinks or ())[-1].servings == 2
