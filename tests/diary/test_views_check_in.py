"""The check-in: each tap saves one answer, blank stays blank, a closed day can be opened."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from diary.entries import change_day, refresh_totals
from diary.models import Day, Person
from diary.queries import day_of, diary_of
from diary.records import DayRecord, DrinkRecord
from diary.views.check_in import caffeine_words
from tests.factories import DayFactory, EpisodeFactory, OwnFactorFactory


def drinks_shown(client: Client, today: Any) -> dict[str, str]:
    """What the page of drinks sends when it is left as it is."""
    form = client.get(f"/days/{today}/drinks/").context["form"]
    shown = {one.html_name: one.value() for one in form}
    return {name: "" if value is None else str(value) for name, value in shown.items()}


def save_drinks(client: Client, today: Any, **typed: str) -> Any:
    """Open the page of drinks, write these, and save."""
    return client.post(f"/days/{today}/drinks/", drinks_shown(client, today) | typed)


def of_today() -> str:
    """The address that the check-in of today is sent to."""
    return f"/days/{timezone.localdate()}/"


@pytest.fixture
def today() -> Any:
    return timezone.localdate()


def test_untouched_day_is_not_stored(own_client: Client, owner: Person) -> None:
    own_client.get("/today/")

    assert not Day.objects.owned_by(owner).exists()


@pytest.mark.parametrize(
    ("sent", "column", "value"),
    [
        ({"sleep_min": "270"}, "sleep_min", 270),
        ({"sleep_min": "0"}, "sleep_min", 0),
        ({"stress": "0"}, "stress", 0),
        ({"stress": "10"}, "stress", 10),
        ({"cups": "2"}, "caffeine_mg", 192),
        ({"cups": "0"}, "caffeine_mg", 0),
        ({"nicotine": "no"}, "nicotine", False),
        ({"alcohol_drinks": "0"}, "alcohol_drinks", 0),
        ({"closing": "none"}, "closed_as", "none"),
        ({"closing": "constant"}, "closed_as", "constant"),
        ({"closing": "a_few"}, "summary", "a_few"),
    ],
)
def test_tap_saves_its_answer_and_nothing_else(
    own_client: Client, owner: Person, today: Any, sent: dict[str, str], column: str, value: Any
) -> None:
    own_client.post(of_today(), sent)

    day = day_of(owner, today)
    assert getattr(day, column) == value
    blank = {"sleep_min", "stress", "caffeine_mg", "nicotine", "alcohol_drinks", "summary"}
    assert all(getattr(day, name) is None for name in blank - {column})


@pytest.mark.parametrize(
    "sent",
    [
        {"sleep_min": "1441"},
        {"sleep_min": "-1"},
        {"stress": "11"},
        {"cups": "6"},
        {"closing": "perhaps"},
        {"stress": "1e9"},
        {"clear": "note"},
        {"site": "elbow:left"},
    ],
)
def test_answer_out_of_bounds_changes_nothing(
    own_client: Client, owner: Person, sent: dict[str, str]
) -> None:
    answer = own_client.post(of_today(), sent)

    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not Day.objects.owned_by(owner).exists()


def test_second_tap_on_an_answer_makes_it_blank_again(
    own_client: Client, owner: Person, today: Any
) -> None:
    own_client.post(of_today(), {"stress": "5"})
    own_client.post(of_today(), {"clear": "stress"})

    assert day_of(owner, today) == DayRecord(today)
    assert diary_of(owner).days == ()


def test_closed_day_can_be_opened_again(own_client: Client, owner: Person, today: Any) -> None:
    own_client.post(of_today(), {"closing": "many"})
    assert day_of(owner, today).checked_in
    own_client.post(of_today(), {"closing": "open"})

    assert not day_of(owner, today).checked_in


def test_day_with_twitches_is_not_closed_as_a_day_without(
    own_client: Client, owner: Person, today: Any
) -> None:
    EpisodeFactory.create(person=owner, local_date=today)
    refresh_totals(owner, today)

    answer = own_client.post(of_today(), {"closing": "none"})

    assert answer.status_code == 422
    assert "Close it with “That was all”" in answer.content.decode()
    own_client.post(of_today(), {"closing": "complete"})
    assert day_of(owner, today).closed_as == "complete"


def test_places_of_a_summed_up_day_are_named_and_taken_out(
    own_client: Client, owner: Person, today: Any
) -> None:
    own_client.post(of_today(), {"closing": "a_few"})
    own_client.post(of_today(), {"site": "thumb:left"})
    own_client.post(of_today(), {"site": "calf:left"})
    assert day_of(owner, today).sites == (("thumb", "left"), ("calf", "left"))
    page = own_client.get("/today/").content.decode()
    assert 'name="without_site" value="thumb:left" aria-pressed="true"' in page
    assert 'name="site" value="thumb:right" aria-pressed="false"' in page

    own_client.post(of_today(), {"without_site": "thumb:left"})

    assert day_of(owner, today).sites == (("calf", "left"),)


@pytest.mark.parametrize(
    ("name", "left"),
    [("site", (("eyelid_upper", "left"), ("calf", "left"))), ("without_site", None)],
)
def test_tap_on_a_place_sent_twice_is_one_tap(
    own_client: Client, owner: Person, today: Any, name: str, left: Any
) -> None:
    places = [["calf", "left"]] if name == "without_site" else [["eyelid_upper", "left"]]
    change_day(owner, today, {"closed_as": "constant", "sites": places})
    for _time in range(2):
        own_client.post(of_today(), {name: "calf:left"})

        assert day_of(owner, today).sites == left


@pytest.mark.parametrize(
    ("sent", "meanwhile", "held"),
    [
        ({"own_a": "yes"}, {"own": {"b": 2}}, {"own": {"a": True, "b": 2}}),
        ({"own_a": "clear"}, {"own": {"a": True, "b": 2}}, {"own": {"b": 2}}),
        (
            {"site": "calf:left"},
            {"sites": [["thumb", "left"]]},
            {"sites": (("thumb", "left"), ("calf", "left"))},
        ),
        (
            {"without_site": "calf:left"},
            {"sites": [["thumb", "left"], ["calf", "left"]]},
            {"sites": (("thumb", "left"),)},
        ),
    ],
)
def test_tap_keeps_what_another_device_noted_in_the_same_moment(
    own_client: Client,
    owner: Person,
    today: Any,
    sent: dict[str, str],
    meanwhile: dict[str, Any],
    held: dict[str, Any],
) -> None:
    OwnFactorFactory.create(person=owner, code="a", kind="yes_no")
    change_day(owner, today, {"closed_as": "constant"})

    def changed_first(*given: Any, **options: Any) -> Day:
        change_day(owner, today, meanwhile)
        return change_day(*given, **options)

    with patch("diary.entries.change_day", changed_first):
        own_client.post(of_today(), sent)

    day = day_of(owner, today)
    assert {"own": day.own, "sites": day.sites} == {"own": None, "sites": None} | held


def test_same_as_yesterday_copies_the_drinks_only(
    own_client: Client, owner: Person, today: Any
) -> None:
    yesterday = today - timedelta(days=1)
    own_client.post(f"/days/{yesterday}/", {"cups": "3"})
    own_client.post(f"/days/{yesterday}/", {"stress": "7"})

    own_client.post(f"/days/{today}/drinks/same/")

    day = day_of(owner, today)
    assert (day.caffeine_mg, day.stress) == (288, None)
    assert day.drinks is not None
    assert day.drinks[0].servings == 3


def test_same_as_yesterday_replaces_nothing(own_client: Client, owner: Person, today: Any) -> None:
    own_client.post(f"/days/{today - timedelta(days=1)}/", {"cups": "3"})
    own_client.post(of_today(), {"cups": "1"})

    own_client.post(f"/days/{today}/drinks/same/")

    assert day_of(owner, today).caffeine_mg == 96


@pytest.mark.parametrize("sent", [{"cups": "2"}, {"clear": "caffeine"}])
def test_tap_on_cups_of_a_page_long_open_takes_out_no_other_drink(
    own_client: Client, owner: Person, today: Any, sent: dict[str, str]
) -> None:
    own_client.post(f"/days/{today}/drinks/", {"servings_black_tea": "1"})

    answer = own_client.post(of_today(), sent)

    assert answer.status_code == 422
    assert "Change them with “Change drinks”." in answer.content.decode()
    assert day_of(owner, today).caffeine_mg == 48


def test_drinks_add_up_to_the_caffeine_of_the_day(
    own_client: Client, owner: Person, today: Any
) -> None:
    own_client.post(
        f"/days/{today}/drinks/",
        {
            "servings_espresso": "2",
            "mg_espresso": "70",
            "at_espresso": "08:30",
            "servings_cola": "1,5",
            "mg_cola": "",
        },
    )

    day = day_of(owner, today)
    assert day.caffeine_mg == 2 * 70 + round(1.5 * 35)
    assert [drink.at for drink in day.drinks or ()] == ["08:30", None]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ({}, True),
        ({"servings_filter_coffee": "2"}, True),
        ({"servings_filter_coffee": "2", "at_filter_coffee": "08:30"}, False),
        ({"servings_black_tea": "1"}, False),
    ],
)
def test_cups_are_offered_where_they_would_take_nothing_out(
    own_client: Client, today: Any, typed: dict[str, str], offered: bool
) -> None:
    own_client.post(f"/days/{today}/drinks/", typed)

    page = own_client.get("/today/").content.decode()

    assert ('name="cups"' in page) is offered
    assert "Change drinks" in page


def test_another_amount_of_caffeine_replaces_the_drinks(
    own_client: Client, owner: Person, today: Any
) -> None:
    own_client.post(of_today(), {"cups": "2"})
    own_client.post(f"/days/{today}/exact/", {"caffeine_mg": "250"})

    day = day_of(owner, today)
    assert (day.caffeine_mg, day.drinks) == (250, None)


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("sleep_hours", "24", "25"),
        ("caffeine_mg", "20000", "20001"),
        ("exercise_min", "1440", "1441"),
        ("drinks_ml", "50000", "50001"),
        ("note", "x" * 2000, "x" * 2001),
    ],
)
def test_exact_figures_are_bounded_on_both_sides(
    own_client: Client, today: Any, field: str, good: str, bad: str
) -> None:
    assert own_client.post(f"/days/{today}/exact/", {field: bad}).status_code == 422
    assert own_client.post(f"/days/{today}/exact/", {field: good}).status_code == 302


def test_exact_figures_over_somebody_elses_change_show_both(
    own_client: Client, owner: Person, today: Any
) -> None:
    own_client.post(of_today(), {"stress": "5"})
    version = str(Day.objects.owned_by(owner).get().version)
    own_client.post(of_today(), {"stress": "7"})

    answer = own_client.post(f"/days/{today}/exact/", {"stress": "2", "version": version})

    assert answer.status_code == 409
    assert day_of(owner, today).stress == 7


def test_day_cleared_and_filled_anew_is_not_taken_for_the_one_that_was_shown(
    own_client: Client, owner: Person, today: Any
) -> None:
    own_client.post(of_today(), {"stress": "5"})
    shown = own_client.get(f"/days/{today}/exact/").context["form"].initial["version"]
    own_client.post(of_today(), {"clear": "stress"})
    own_client.post(f"/days/{today}/exact/", {"note": "typed elsewhere"})

    answer = own_client.post(f"/days/{today}/exact/", {"stress": "5", "version": shown})

    assert answer.status_code == 409
    assert "typed elsewhere" in answer.content.decode()
    assert day_of(owner, today).note == "typed elsewhere"


def test_exact_figures_sent_twice_are_no_conflict(
    own_client: Client, owner: Person, today: Any
) -> None:
    sent = {"stress": "0", "exercise_regions": ["arm"], "note": "in bed", "version": "0"}
    for _time in range(2):
        assert own_client.post(f"/days/{today}/exact/", sent).status_code == 302

    assert Day.objects.owned_by(owner).get().version == 2


@pytest.mark.parametrize(("stored", "typed"), [("0", ""), ("", "0")])
def test_conflict_tells_zero_from_nothing(
    own_client: Client, owner: Person, today: Any, stored: str, typed: str
) -> None:
    own_client.post(f"/days/{today}/exact/", {"stress": stored, "note": "x", "version": "0"})

    answer = own_client.post(
        f"/days/{today}/exact/", {"stress": typed, "note": "x", "version": "0"}
    )

    assert answer.status_code == 409
    assert [str(label) for label, _stored, _mine in answer.context["differences"]] == [
        "Stress, 0 to 10"
    ]


@pytest.mark.parametrize(("ahead", "status"), [(0, 200), (1, 404)])
def test_days_to_come_are_not_there(
    own_client: Client, today: Any, ahead: int, status: int
) -> None:
    for page in ("", "exact/", "drinks/"):
        answer = own_client.get(f"/days/{today + timedelta(days=ahead)}/{page}")
        assert answer.status_code == status


@pytest.mark.parametrize("address", ["/days/2026-02-30/", "/days/0001-01-01/", "/days/9999-12-31/"])
def test_impossible_days_are_not_found(own_client: Client, address: str) -> None:
    assert own_client.get(address).status_code == 404


@pytest.mark.parametrize(("closed_as", "offered"), [("", True), ("complete", False)])
def test_yesterday_is_offered_while_it_is_open(
    own_client: Client, owner: Person, today: Any, closed_as: str, offered: bool
) -> None:
    DayFactory.create(person=owner, date=today - timedelta(days=1), closed_as=closed_as, stress=5)

    assert ("Yesterday is open" in own_client.get("/").content.decode()) is offered
    assert ("Yesterday is open" in own_client.get("/today/").content.decode()) is offered


@pytest.mark.parametrize(("days", "enough"), [(13, False), (14, True)])
def test_enough_days_for_the_appointment_are_said_after_closing(
    own_client: Client, owner: Person, today: Any, days: int, enough: bool
) -> None:
    for back in range(days):
        DayFactory.create(person=owner, date=today - timedelta(days=back))

    assert ("You have enough days" in own_client.get("/today/").content.decode()) is enough


def test_the_same_drink_at_several_times_is_told_once(today: Any) -> None:
    rows = [("filter_coffee", "08:00"), ("black_tea", "10:00"), ("filter_coffee", "13:00")]
    drinks = tuple(DrinkRecord(drink, None, 1, 96, at) for drink, at in rows)

    told = caffeine_words(DayRecord(today, caffeine_mg=288, drinks=drinks))

    assert told == "2 × filter coffee, 1 × black tea, about 290 mg"


def test_drinks_left_unchanged_stay_to_the_letter(
    own_client: Client, owner: Person, today: Any
) -> None:
    had = (
        DrinkRecord("filter_coffee", None, 3, 100, "08:00"),
        DrinkRecord("filter_coffee", None, 1, 96, "10:30"),
        DrinkRecord("own", "Flat white", None, 130, None),
    )
    change_day(owner, today, {"caffeine_mg": 326}, drinks=had)

    save_drinks(own_client, today, servings_espresso="1")

    day = day_of(owner, today)
    assert day.drinks == (*had, DrinkRecord("espresso", None, 1, 63, None))
    assert day.caffeine_mg == 326 + 63


def test_drinks_replaced_elsewhere_are_kept_and_both_lists_are_shown(
    own_client: Client, owner: Person, today: Any
) -> None:
    own_client.post(of_today(), {"cups": "2"})
    shown = drinks_shown(own_client, today)
    tea = DrinkRecord("black_tea", None, 1, 48, "08:30")
    change_day(owner, today, {"caffeine_mg": 48}, drinks=[tea])

    answer = own_client.post(f"/days/{today}/drinks/", shown | {"servings_espresso": "1"})

    assert answer.status_code == 409
    assert answer.context["stored"] == ["1 × black tea, 48 mg, 08:30", "48 mg of caffeine together"]
    assert answer.context["mine"] == [
        "2 × filter coffee, 192 mg",
        "1 × espresso, 63 mg",
        "255 mg of caffeine together",
    ]
    assert day_of(owner, today).drinks == (tea,)

    again = {one.html_name: one.value() or "" for one in answer.context["form"]}
    assert own_client.post(f"/days/{today}/drinks/", again).status_code == 302

    drinks = [(one.drink, one.servings) for one in day_of(owner, today).drinks or ()]
    assert drinks == [("filter_coffee", 2), ("espresso", 1)]


@pytest.mark.parametrize("typed", [{"servings_espresso": "1"}, {"servings_had0": ""}])
def test_drinks_sent_twice_are_stored_once_and_are_no_conflict(
    own_client: Client, owner: Person, today: Any, typed: dict[str, str]
) -> None:
    own_client.post(of_today(), {"cups": "2"})
    shown = drinks_shown(own_client, today) | typed
    for _time in range(2):
        assert own_client.post(f"/days/{today}/drinks/", shown).status_code == 302

    assert Day.objects.owned_by(owner).get().version == 3


def test_page_of_drinks_on_which_nothing_was_written_takes_nothing_out(
    own_client: Client, owner: Person, today: Any
) -> None:
    shown = drinks_shown(own_client, today)
    own_client.post(of_today(), {"cups": "2"})

    assert own_client.post(f"/days/{today}/drinks/", shown).status_code == 302
    assert day_of(owner, today).caffeine_mg == 192


def test_own_drink_is_the_one_that_was_shown(own_client: Client, owner: Person, today: Any) -> None:
    owner.own_drinks = [{"label": "Flat white", "mg": 130}]
    owner.save()
    shown = drinks_shown(own_client, today)
    owner.own_drinks = [{"label": "Mate", "mg": 80}]
    owner.save()

    own_client.post(f"/days/{today}/drinks/", shown | {"servings_own0": "1"})

    assert day_of(owner, today).drinks == (DrinkRecord("own", "Flat white", 1, 130, None),)


@pytest.mark.parametrize(
    "sent", ["x", "5", "null", "[" * 5000, "[1]", '[{"drink": "beer"}]', "[" + "{}," * 200 + "{}]"]
)
@pytest.mark.parametrize("name", ["had", "own"])
def test_drinks_that_no_page_shows_change_nothing(
    own_client: Client, owner: Person, today: Any, name: str, sent: str
) -> None:
    own_client.post(of_today(), {"cups": "2"})

    answer = save_drinks(own_client, today, **{name: sent})

    assert answer.status_code == 422
    assert "Load the page again" in answer.content.decode()
    assert day_of(owner, today).caffeine_mg == 192


def test_page_of_drinks_saved_empty_records_no_zero(
    own_client: Client, owner: Person, today: Any
) -> None:
    own_client.post(f"/days/{today}/exact/", {"caffeine_mg": "250"})
    save_drinks(own_client, today, servings_espresso="")
    assert day_of(owner, today).caffeine_mg == 250

    own_client.post(of_today(), {"cups": "2"})
    save_drinks(own_client, today, servings_had0="")
    assert (day_of(owner, today).caffeine_mg, day_of(owner, today).drinks) == (None, None)


def test_pages_of_a_day_lead_back_to_it(own_client: Client, today: Any) -> None:
    exact = own_client.get(f"/days/{today}/exact/").content.decode()
    drinks = own_client.get(f"/days/{today}/drinks/").content.decode()

    assert f'href="/days/{today}/">Back without saving' in exact
    assert '<a href="/today/" aria-current="page">' in exact
    assert 'href="/settings/check-in/#own-drinks"' in drinks
    assert 'href="/episodes/"' in own_client.get("/today/").content.decode()


def test_page_left_open_over_midnight_still_writes_its_own_day(
    own_client: Client, owner: Person, today: Any
) -> None:
    page = own_client.get("/today/").content.decode()
    address = re.search(r'<form method="post" action="([^"]+)"', page)
    assert address

    with patch("diary.middleware.today_in_zone", return_value=today + timedelta(days=1)):
        own_client.post(address[1], {"stress": "7"})

    assert (day_of(owner, today).stress, day_of(owner, today + timedelta(days=1)).stress) == (
        7,
        None,
    )


def test_page_of_today_takes_nothing_as_its_form_names_the_day(
    own_client: Client, owner: Person
) -> None:
    assert own_client.post("/today/", {"stress": "7"}).status_code == 405
    assert not Day.objects.owned_by(owner).exists()


@pytest.mark.parametrize("page", ["", "exact/"])
def test_tap_after_a_flight_to_the_west_is_kept_with_the_day_that_was_open(
    own_client: Client, owner: Person, today: Any, page: str
) -> None:
    with patch("diary.middleware.today_in_zone", return_value=today - timedelta(days=1)):
        unopened = own_client.get(f"/days/{today}/")
        answer = own_client.post(
            f"/days/{today}/{page}", {"stress": "7", "version": "0"}, follow=True
        )

    assert unopened.status_code == 404
    assert day_of(owner, today).stress == 7
    assert answer.status_code == 200
    assert "has not begun. What you noted for it is kept." in answer.content.decode()
    assert "has not begun" not in own_client.get(f"/days/{today}/").content.decode()


def test_day_emptied_before_it_has_begun_is_not_there(
    own_client: Client, owner: Person, today: Any
) -> None:
    with patch("diary.middleware.today_in_zone", return_value=today - timedelta(days=1)):
        own_client.post(of_today(), {"stress": "7"})
        held = own_client.get(of_today())
        own_client.post(of_today(), {"clear": "stress"})
        emptied = own_client.get(of_today())

    assert (held.status_code, emptied.status_code) == (200, 404)


@pytest.mark.parametrize("page", ["", "exact/", "drinks/", "drinks/same/"])
def test_day_that_has_begun_nowhere_takes_nothing(
    own_client: Client, owner: Person, today: Any, page: str
) -> None:
    answer = own_client.post(f"/days/{today + timedelta(days=2)}/{page}", {"stress": "7"})

    assert answer.status_code == 404
    assert not Day.objects.owned_by(owner).exists()


def test_questions_of_another_day_do_not_say_today(own_client: Client, today: Any) -> None:
    assert "Caffeine today" in own_client.get("/today/").content.decode()

    page = own_client.get(f"/days/{today - timedelta(days=1)}/").content.decode()

    assert "Sleep the night before" in page
    assert "Caffeine that day" in page
    assert "last night" not in page
    assert " today<" not in page
