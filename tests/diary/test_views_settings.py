"""Settings: what is said is kept, what is wrong is explained, and nothing else changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diary.countries import country_names
from diary.forms.settings import FURTHER_FACTORS, zone_names
from diary.models import Person
from diary.preferences import change_person
from diary.stored import person_record
from tests.factories import PersonFactory


def sent(client: Client, page: str, /, **data: Any) -> Any:
    """Send a page of settings as its form stands, with these answers in it."""
    form = client.get(reverse(f"diary:{page}")).context["form"]
    shown = {field.html_name: field.value() for field in form}
    filled = {key: value for key, value in (shown | data).items() if value is not None}
    return client.post(reverse(f"diary:{page}"), filled)


def again(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    "name",
    ["more", "settings", "settings_name", "settings_body", "settings_place", "settings_check_in",
     "settings_formats", "reminders"],
)  # fmt: skip
def test_page_is_shown(own_client: Client, name: str) -> None:
    assert own_client.get(reverse(f"diary:{name}")).status_code == 200


@pytest.mark.parametrize("advice", [True, False])
def test_more_leads_to_advice_only_where_there_is_some(
    own_client: Client, settings: Any, advice: bool
) -> None:
    settings.DIARY_ADVICE = advice

    assert ('href="/advice/"' in text(own_client.get("/more/"))) is advice


def test_index_asks_for_no_more_with_a_full_person(
    own_client: Client, owner: Person, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):
        own_client.get(reverse("diary:settings"))


def test_name_and_birth_year_are_kept_and_shown(own_client: Client, owner: Person) -> None:
    answer = sent(own_client, "settings_name", name="Ana Ruiz", birth_year="1978")

    assert answer["Location"] == "/settings/"
    assert (again(owner).name, again(owner).birth_year) == ("Ana Ruiz", 1978)
    assert "Ana Ruiz, 1978" in text(own_client.get("/settings/"))


def test_empty_answer_is_not_recorded(own_client: Client, owner: Person) -> None:
    change_person(owner, {"name": "Ana", "birth_year": 1978, "pregnant": True})

    sent(own_client, "settings_name", name="", birth_year="")
    sent(own_client, "settings_body", pregnant="")

    record = person_record(again(owner))
    assert (record.name, record.birth_year, record.pregnant) == (None, None, None)


@pytest.mark.parametrize("year", ["78", "2201", "soon"])
def test_year_is_explained_without_the_bounds_of_the_table(own_client: Client, year: str) -> None:
    page = text(sent(own_client, "settings_name", birth_year=year))

    assert page.count("Write the year with four digits") == 2
    assert "2200" not in page


@pytest.mark.parametrize("year", ["1899", "2190", "soon"])
def test_year_that_cannot_be_is_explained_and_kept_in_the_page(
    own_client: Client, owner: Person, year: str
) -> None:
    answer = sent(own_client, "settings_name", name="Ana", birth_year=year)

    assert answer.status_code == 422
    assert "There is a problem" in text(answer)
    assert f'value="{year}"' in text(answer)
    assert again(owner).name == ""


def test_year_that_is_now_is_taken(own_client: Client, owner: Person) -> None:
    sent(own_client, "settings_name", birth_year=str(timezone.now().year))

    assert again(owner).birth_year == timezone.now().year


def test_body_keeps_no_as_no(own_client: Client, owner: Person) -> None:
    sent(own_client, "settings_body", sex="female", pregnant="no", weight_kg="61,5")

    record = person_record(again(owner))
    assert (record.sex, record.pregnant, record.breastfeeding) == ("female", False, None)
    assert record.weight_kg == 61.5


def test_place_is_kept_and_named(own_client: Client, owner: Person) -> None:
    sent(own_client, "settings_place", country="IT", time_zone="Europe/Rome", paper="letter")

    record = person_record(again(owner))
    assert (record.country, record.time_zone, record.paper) == ("IT", "Europe/Rome", "letter")
    assert "Italy, Letter" in text(own_client.get("/settings/"))


def test_own_drinks_are_told_apart_in_their_errors(own_client: Client, owner: Person) -> None:
    sent_wrong = {"label_0": "mate", "mg_0": "x", "label_1": "tea", "mg_1": "x"}

    body = own_client.post(reverse("diary:settings_check_in"), sent_wrong).content.decode()

    for number in (1, 2):
        assert f">Mg of caffeine, drink {number}: Write a whole number" in body


@pytest.mark.parametrize(
    ("field", "value"), [("country", "XX"), ("time_zone", "Mars/Base"), ("paper", "a3")]
)
def test_place_off_the_list_is_refused(
    own_client: Client, owner: Person, field: str, value: str
) -> None:
    answer = sent(own_client, "settings_place", **{field: value})

    assert answer.status_code == 422
    assert "Choose one of the answers shown." in text(answer)


def test_zone_from_a_file_that_is_not_offered_stays(own_client: Client, owner: Person) -> None:
    assert "EST5EDT" not in zone_names()
    change_person(owner, {"time_zone": "EST5EDT"})

    sent(own_client, "settings_place", paper="a4")

    assert again(owner).time_zone == "EST5EDT"


def test_countries_carry_their_names_in_order() -> None:
    names = country_names()

    assert names["IT"] == "Italy"
    assert len(names) > 200
    assert list(names.values()) == sorted(names.values())


def test_three_further_questions_are_kept(own_client: Client, owner: Person) -> None:
    three = [factor.value for factor in FURTHER_FACTORS][:3]

    sent(own_client, "settings_check_in", factors=three)

    assert again(owner).settings["factors"] == three
    assert "Sleep, caffeine, stress, exercise, alcohol, nicotine" in text(
        own_client.get("/settings/")
    )


def test_four_further_questions_are_too_many(own_client: Client, owner: Person) -> None:
    answer = sent(
        own_client, "settings_check_in", factors=[factor.value for factor in FURTHER_FACTORS]
    )

    assert answer.status_code == 422
    assert "Choose at most three" in text(answer)
    assert again(owner).settings is None


def test_other_settings_of_a_diary_stay(own_client: Client, owner: Person) -> None:
    owner.settings = {
        "paused": True,
        "factors": ["screen_hours", "exercise"],
        "question": {"factor": "caffeine", "expected": "more", "asked_on": "2026-03-01"},
    }
    owner.save()

    sent(own_client, "settings_check_in", factors=["nicotine"], summary_mode="on")

    assert again(owner).settings == owner.settings | {
        "factors": ["screen_hours", "nicotine"],
        "summary_mode": True,
    }


def test_own_drinks_are_added_changed_and_taken_out(own_client: Client, owner: Person) -> None:
    sent(own_client, "settings_check_in", label_0="flat white", mg_0="130", label_1="mate")
    assert again(owner).own_drinks == [{"label": "flat white", "mg": 130}, {"label": "mate"}]

    sent(own_client, "settings_check_in", label_0="", mg_0="", mg_1="80")
    assert again(owner).own_drinks == [{"label": "mate", "mg": 80}]

    sent(own_client, "settings_check_in", label_0="", mg_0="")
    assert again(owner).own_drinks is None


def test_drink_without_a_name_is_asked_for_it(own_client: Client, owner: Person) -> None:
    answer = sent(own_client, "settings_check_in", mg_0="130")

    assert answer.status_code == 422
    assert "Write what the drink is called." in text(answer)


def test_pause_and_going_on(own_client: Client, owner: Person) -> None:
    page = own_client.post(reverse("diary:settings_pause"), {"paused": "yes"}, follow=True)
    assert again(owner).settings["paused"] is True
    assert "The diary is paused." in text(page)

    own_client.post(reverse("diary:settings_pause"), {"paused": "no"})
    assert again(owner).settings["paused"] is False


def test_change_by_another_device_is_shown_and_nothing_is_lost(
    own_client: Client, owner: Person
) -> None:
    version = own_client.get("/settings/name/").context["form"]["version"].value()
    change_person(owner, {"name": "Anna Ruiz"})

    answer = own_client.post("/settings/name/", {"name": "Ana R.", "version": version})

    assert answer.status_code == 409
    assert "Anna Ruiz" in text(answer)
    assert 'value="Ana R."' in text(answer)
    assert again(owner).name == "Anna Ruiz"
    kept = answer.context["form"]["version"].value()
    own_client.post("/settings/name/", {"name": "Ana R.", "version": kept})
    assert again(owner).name == "Ana R."


@pytest.mark.parametrize("name", ["<b>&\"'", "a‮b", "Ángel Ñ 李", "x" * 200])
def test_any_name_survives(own_client: Client, owner: Person, name: str) -> None:
    answer = sent(own_client, "settings_name", name=name)

    assert answer.status_code == 302
    assert again(owner).name == name
    assert own_client.get("/settings/").status_code == 200


@pytest.mark.parametrize("name", ["x" * 201, "a\x00b", "a\x07b"])
def test_name_that_cannot_be_kept_is_refused(own_client: Client, owner: Person, name: str) -> None:
    assert sent(own_client, "settings_name", name=name).status_code == 422
    assert again(owner).name == ""


HOSTILE = [
    "", " ", "0", "-1", "1e309", "NaN", "٣", "1_000", "9" * 400, "<script>", "' OR 1=1", "\u202e",
    "a\x00", "\n", "x" * 5_000, "{{ 7 }}", "../etc", "\U0001f600", "e\u0301" * 99, "[]", "null",
]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("settings_name", ("name", "birth_year", "version")),
        ("settings_body", ("sex", "pregnant", "breastfeeding", "weight_kg", "version")),
        ("settings_place", ("country", "time_zone", "paper", "version")),
        ("settings_check_in", ("factors", "summary_mode", "label_0", "mg_0", "version")),
        ("settings_pause", ("paused",)),
        ("import_file", ("file",)),
        ("import_confirm", ("file",)),
        ("erase", ("word",)),
    ],
)
def test_whatever_is_typed_gets_an_answer(
    own_client: Client, owner: Person, page: str, fields: tuple[str, ...]
) -> None:
    for field in fields:
        for words in HOSTILE:
            answer = own_client.post(reverse(f"diary:{page}"), {field: words})

            assert answer.status_code in (200, 302, 409, 422), (field, words)
    assert own_client.get("/settings/").status_code == 200


def test_settings_of_somebody_else_stay_theirs(db: None, hosted: None, client: Client) -> None:
    ana, ben = PersonFactory.create(), PersonFactory.create(name="Ben")
    client.force_login(ana)

    sent(client, "settings_name", name="Ana")

    assert (again(ana).name, again(ben).name) == ("Ana", "Ben")
