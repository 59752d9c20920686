"""The profile page: preview and PDF of one's own diary, choices kept in the session alone."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, timedelta

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import ngettext

from diary.example import example_diary
from diary.keeping import replace_diary
from diary.models import Person
from diary.records import PersonRecord
from tests.factories import PersonFactory, VisitFactory
from tests.triage.hand_made import complete, diary, episode
from triage import pdf
from triage.views import profile as views

SECRET = "zyxwvut"


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def example(owner: Person, today: date) -> Person:
    replace_diary(owner, example_diary(today))
    owner.refresh_from_db()
    return owner


def shown(client: Client) -> str:
    answer = client.get("/profile/")
    assert answer.status_code == 200
    return answer.content.decode()


def choose(client: Client, **choices: str) -> None:
    answer = client.post("/profile/options/", choices)
    assert (answer.status_code, answer["Location"]) == (302, "/profile/")


ALL = dict.fromkeys(("name", "where", "medicines", "together"), "on")


@pytest.mark.django_db
def test_an_empty_diary_has_a_sheet_to_write_on(own_client: Client, owner: Person) -> None:
    page = shown(own_client)

    assert "Nothing counted yet." in page
    assert "first sheet" in page


@pytest.mark.django_db
def test_the_preview_is_the_page_that_is_printed(own_client: Client, example: Person) -> None:
    page = shown(own_client)

    assert "Alex Example" in page
    assert re.search(r"<svg[^>]*course-chart[^>]*>\s*<title>Course from", page)
    assert page.count('class="panel ') == 11
    assert "style=" not in page
    assert "data:image" not in page


@pytest.mark.django_db
def test_the_pdf_is_that_page(own_client: Client, example: Person, today: date) -> None:
    answer = own_client.get("/profile.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="twitch-profile-{today}.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert len(pikepdf.open(io.BytesIO(answer.content)).pages) == 1


@pytest.mark.django_db
def test_printing_leaves_the_way_back_open(own_client: Client, owner: Person) -> None:
    """The installed app on a phone has no Back of its own, so the PDF opens beside the page."""
    (link,) = re.findall(r'<a [^>]*href="/profile\.pdf"[^>]*>.*?</a>', shown(own_client))

    assert 'target="_blank" rel="noopener"' in link
    assert "(opens in a new tab)" in link


@pytest.mark.django_db
def test_it_can_be_saved(own_client: Client, owner: Person) -> None:
    answer = own_client.get("/profile.pdf?save")

    assert answer["Content-Disposition"].startswith("attachment; ")


@pytest.mark.django_db
def test_choices_are_kept_for_page_and_pdf(own_client: Client, example: Person) -> None:
    choose(own_client, weeks="12", second_page="on", where="on")
    choose(own_client, paper="letter", second_page="on", where="on")
    page = shown(own_client)

    assert "of 84 days" in page
    assert "name left out" in page
    assert "Alex Example" not in page
    assert "Sertraline" not in page
    assert page.count("Left out by the patient.") == 4
    found = pikepdf.open(io.BytesIO(own_client.get("/profile.pdf").content))
    assert len(found.pages) == 2
    assert float(found.pages[0].mediabox[2]) == 612


@pytest.mark.django_db
def test_a_choice_that_is_none_changes_nothing(own_client: Client, example: Person) -> None:
    before = shown(own_client)
    choose(own_client, weeks="5", paper="a0")

    assert re.sub("csrf.*", "", shown(own_client)) == re.sub("csrf.*", "", before)


@pytest.mark.django_db
def test_a_broken_session_falls_back_to_the_usual_sheet(
    own_client: Client, example: Person
) -> None:
    shown(own_client)
    session = own_client.session
    session[views.KEPT] = {"weeks": "x", "paper": 7, "name": "yes"}
    session.save()

    assert "of 28 days" in shown(own_client)


@pytest.mark.django_db
def test_a_young_diary_is_shown_as_long_as_it_is(
    own_client: Client, owner: Person, today: date
) -> None:
    replace_diary(owner, diary([complete(today - timedelta(days=n)) for n in range(6)]))
    assert "6 of 6 days" in shown(own_client)

    choose(own_client, **ALL, larger="on")
    choose(own_client, **ALL, paper="letter")
    assert "6 of 6 days" in shown(own_client)

    choose(own_client, weeks="4", **ALL)
    assert "6 of 28 days" in shown(own_client)


@pytest.mark.django_db
def test_places_told_long_ago_stand_on_the_first_sheet(
    own_client: Client, owner: Person, today: date
) -> None:
    told = [
        episode(
            today - timedelta(days=90),
            site="calf",
            side="left",
            id="0" * 8 + "-0000-4000-8000-" + "0" * 12,
        )
    ]
    replace_diary(owner, diary(episodes=told))
    page = shown(own_client)

    assert "Left calf" in page
    assert "first sheet" in page


@pytest.mark.django_db
def test_the_paper_is_that_of_the_person(own_client: Client, owner: Person) -> None:
    replace_diary(owner, diary(person=PersonRecord(paper="letter")))

    assert '<div class="paper letter">' in shown(own_client)


@pytest.mark.django_db
def test_an_example_says_so(own_client: Client, example: Person) -> None:
    assert "foot-example" not in shown(own_client)
    own_client.post("/example/")

    assert "foot-example" in shown(own_client)


@pytest.mark.django_db
def test_nobody_sees_another_diary(own_client: Client, owner: Person, today: date) -> None:
    other = PersonFactory.create(email="other@example.org")
    record = example_diary(today)
    replace_diary(other, replace(record, person=replace(record.person, name=SECRET)))

    assert SECRET not in shown(own_client)


@pytest.mark.django_db
def test_hostile_words_are_text(own_client: Client, owner: Person) -> None:
    replace_diary(owner, diary(person=PersonRecord(worry="<script>alert(1)</script>")))

    assert "&lt;script&gt;alert(1)" in shown(own_client)


@pytest.mark.django_db
def test_without_libraries_the_page_says_what_to_type(
    own_client: Client, example: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise pdf.MissingLibraries("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "_weasyprint", fails)
    answer = own_client.get("/profile.pdf")
    page = answer.content.decode()

    assert answer.status_code == 503
    assert "python -m config.system pdf" in page
    assert "libpango-1.0-0" in page
    assert "Twitch Profile" in page


@pytest.mark.django_db
def test_choices_are_posted(own_client: Client, owner: Person) -> None:
    assert own_client.get("/profile/options/").status_code == 405
    assert own_client.post("/profile/").status_code == 405


@pytest.mark.parametrize("days_ago", [1, 20, 70])
def test_period_since_the_last_visit_begins_on_its_day(
    own_client: Client, example: Person, today: date, days_ago: int
) -> None:
    visited = today - timedelta(days=days_ago)
    VisitFactory.create(person=example, date=visited)
    VisitFactory.create(person=example, date=today + timedelta(days=3))
    VisitFactory.create(person=example, date=visited - timedelta(days=30))

    own_client.post("/profile/options/", {"weeks": "visit", "name": "on"})

    page = shown(own_client)
    assert 'aria-pressed="true">Since my last visit' in page
    days = ngettext("%(count)s day", "%(count)s days", days_ago + 1) % {"count": days_ago + 1}
    assert days in page


def test_without_an_appointment_nothing_is_offered_since_it(
    own_client: Client, example: Person
) -> None:
    own_client.post("/profile/options/", {"weeks": "visit", "name": "on"})

    page = shown(own_client)

    assert "Since my last visit" not in page
