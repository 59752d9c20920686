"""What a person says of themselves: each form on both sides of its bounds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict

from diary.forms.person import (
    FAMILY_CONDITIONS,
    OWN_CONDITIONS,
    SINCE,
    AboutYouForm,
    CodesForm,
    OnsetForm,
    PlacesForm,
    SinceForm,
    TestsForm,
    months_before,
    season_days,
)
from diary.forms.visits import AfterwardsForm, QuestionsForm
from diary.records import Onset
from tests.diary.test_forms_signs import data

TODAY = date(2026, 5, 4)


def onset(sent: QueryDict, **options: Any) -> OnsetForm:
    seasons = [(day, str(day)) for day in season_days(TODAY, 4)]
    return OnsetForm(sent, today=TODAY, seasons=seasons, **options)


class TestOnset:
    @pytest.mark.parametrize(
        ("sent", "start", "precision"),
        [
            ({"how": "day", "day": "2026-03-10"}, date(2026, 3, 10), "day"),
            ({"how": "month", "month": "3", "month_year": "2026"}, date(2026, 3, 15), "month"),
            ({"how": "month", "month": "5", "month_year": "2026"}, date(2026, 5, 1), "month"),
            ({"how": "season", "season": "2026-01-15"}, date(2026, 1, 15), "season"),
            ({"how": "year", "year": "2024"}, date(2024, 7, 1), "year"),
            ({"how": "year", "year": "2026"}, date(2026, 1, 1), "year"),
            ({"how": "ago", "count": "3", "unit": "weeks"}, date(2026, 4, 13), "week"),
            ({"how": "ago", "count": "3", "unit": "months"}, date(2026, 2, 4), "month"),
            ({"how": "ago", "count": "2", "unit": "years"}, date(2024, 5, 4), "year"),
        ],
    )
    def test_each_way_of_knowing_it(
        self, sent: dict[str, str], start: date, precision: str
    ) -> None:
        form = onset(data(**sent, manner="gradual"))

        assert form.is_valid(), form.errors
        assert form.onset() == Onset(start, precision, "gradual", True)

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({}, "how"),
            ({"how": "day"}, "day"),
            ({"how": "day", "day": "2026-05-05"}, "day"),
            ({"how": "day", "day": "1899-12-31"}, "day"),
            ({"how": "day", "day": "soon"}, "day"),
            ({"how": "month", "month": "6", "month_year": "2026"}, "month_year"),
            ({"how": "month", "month_year": "2026"}, "month"),
            ({"how": "month", "month": "3"}, "month_year"),
            ({"how": "month", "month": "13", "month_year": "2026"}, "month"),
            ({"how": "season"}, "season"),
            ({"how": "season", "season": "2020-01-15"}, "season"),
            ({"how": "year", "year": "1899"}, "year"),
            ({"how": "year", "year": "2027"}, "year"),
            ({"how": "ago", "unit": "weeks"}, "count"),
            ({"how": "ago", "count": "0", "unit": "weeks"}, "count"),
            ({"how": "ago", "count": "101", "unit": "years"}, "count"),
        ],
    )
    def test_what_cannot_be_meant_is_refused_at_its_field(
        self, sent: dict[str, str], field: str
    ) -> None:
        assert list(onset(data(**sent)).errors) == [field]

    def test_hundred_years_ago_is_let_in(self) -> None:
        assert onset(data(how="ago", count="100", unit="years")).is_valid()

    def test_start_of_today_is_let_in(self) -> None:
        assert onset(data(how="day", day="2026-05-04")).is_valid()

    def test_start_after_the_diary_is_asked_about_once(self) -> None:
        sent = data(how="day", day="2026-03-11")

        asked = onset(sent, first_logged=date(2026, 3, 10))
        assert list(asked.errors) == ["sure"]
        assert asked.asks_sure

        sent["sure"] = "on"
        assert onset(sent, first_logged=date(2026, 3, 10)).is_valid()

    def test_start_on_the_first_day_of_the_diary_is_not_asked_about(self) -> None:
        assert onset(data(how="day", day="2026-03-10"), first_logged=date(2026, 3, 10)).is_valid()

    def test_not_sure_how_it_began_is_nothing(self) -> None:
        form = onset(data(how="year", year="2020", manner=""))

        assert form.is_valid()
        assert form.onset().manner is None


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 5, 4), [date(2026, 4, 15), date(2026, 1, 15), date(2025, 10, 15)]),
        (date(2026, 12, 2), [date(2026, 12, 1), date(2026, 10, 15), date(2026, 7, 15)]),
        (date(2026, 1, 14), [date(2025, 12, 1), date(2025, 10, 15), date(2025, 7, 15)]),
        (date(2026, 1, 15), [date(2026, 1, 15), date(2025, 10, 15), date(2025, 7, 15)]),
        (date(2026, 3, 1), [date(2026, 3, 1), date(2026, 1, 15), date(2025, 10, 15)]),
    ],
)
def test_seasons_before_a_day(today: date, days: list[date]) -> None:
    assert season_days(today, 3) == days


@pytest.mark.parametrize(
    ("day", "count", "before"),
    [
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 5, 4), 12, date(2025, 5, 4)),
    ],
)
def test_months_before_a_day(day: date, count: int, before: date) -> None:
    assert months_before(day, count) == before


class TestSince:
    @pytest.mark.parametrize("code", SINCE)
    def test_each_button_is_a_start(self, code: str) -> None:
        form = SinceForm({"since": code}, today=TODAY)

        assert form.is_valid()
        assert form.onset().recalled

    def test_none_of_the_buttons_is_asked_again(self) -> None:
        assert SinceForm({}, today=TODAY).errors["since"] == ["Choose since about when."]

    @pytest.mark.parametrize(("days", "asked"), [(14, False), (15, True)])
    def test_start_after_a_twitch_in_the_diary_is_asked_about_once(
        self, days: int, asked: bool
    ) -> None:
        first = TODAY - timedelta(days=days)

        form = SinceForm({"since": "week"}, today=TODAY, first_logged=first)
        again = SinceForm({"sure": "week"}, today=TODAY, first_logged=first)

        assert form.is_valid() is not asked
        assert (form.asks_sure == "week") is asked
        assert again.is_valid()
        assert again.onset().date == TODAY - timedelta(days=7)


class TestPlaces:
    offered = (("eyelid_upper:left", "Left upper eyelid"), ("calf:left", "Left calf"))

    def places(self, **fields: Any) -> PlacesForm:
        return PlacesForm(data(uid=str(uuid4()), **fields), today=TODAY, offered=self.offered)

    def test_several_places_and_one_from_the_list(self) -> None:
        form = self.places(
            places=["eyelid_upper:left", "calf:left"], place="tongue:midline", when="today"
        )

        assert form.is_valid()
        assert form.cleaned_data["chosen"] == [
            ("eyelid_upper", "left"),
            ("calf", "left"),
            ("tongue", "midline"),
        ]
        assert form.day == TODAY

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"when": "today"}, "places"),
            ({"places": ["calf:left"]}, "when"),
            ({"places": ["elbow"], "when": "today"}, "places"),
            ({"place": "calf:midline", "when": "today"}, "places"),
            ({"place": "calf:left", "when": "other"}, "date"),
            ({"place": "calf:left", "when": "other", "date": "2026-05-05"}, "date"),
        ],
    )
    def test_what_is_missing_is_named(self, fields: dict[str, Any], field: str) -> None:
        assert list(self.places(**fields).errors) == [field]

    def test_another_day_up_to_today(self) -> None:
        form = self.places(place="calf:left", when="other", date="2026-05-04")

        assert form.is_valid()
        assert form.day == TODAY


class TestConditions:
    def test_none_of_these_is_an_empty_list(self) -> None:
        form = CodesForm(data(do="none"), offered=OWN_CONDITIONS)

        assert form.is_valid()
        assert form.conditions() == ()

    def test_none_of_these_beside_a_tick_is_asked_again(self) -> None:
        form = CodesForm(data(do="none", codes=["asthma"]), offered=OWN_CONDITIONS)

        assert "codes" in form.errors

    def test_saving_without_a_tick_is_asked_again(self) -> None:
        assert "codes" in CodesForm(data(do="save"), offered=OWN_CONDITIONS).errors

    def test_what_the_page_does_not_offer_stays(self) -> None:
        kept = ("already_assessed_for_this_twitch", "migraine")
        form = CodesForm(data(do="save", codes=["asthma"]), offered=OWN_CONDITIONS, kept=kept)

        assert form.is_valid()
        assert form.conditions() == ("already_assessed_for_this_twitch", "asthma")

    @pytest.mark.parametrize("offered", [OWN_CONDITIONS, FAMILY_CONDITIONS])
    def test_conditions_stand_in_the_order_of_their_names(self, offered: Any) -> None:
        names = [name.lower() for _code, name in CodesForm(offered=offered).fields["codes"].choices]

        assert names == sorted(names)

    def test_family_page_offers_no_circumstances(self) -> None:
        form = CodesForm(data(do="save", codes=["limited_diet"]), offered=FAMILY_CONDITIONS)

        assert not form.is_valid()


class TestTests:
    def test_result_without_a_test_is_asked(self) -> None:
        form = TestsForm(data(result="fine"), today=TODAY)

        assert list(form.errors) == ["test"]

    @pytest.mark.parametrize(("day", "valid"), [("2026-05-04", True), ("2026-05-05", False)])
    def test_test_that_was_done_lies_not_ahead(self, day: str, valid: bool) -> None:
        assert TestsForm(data(test="mri", date=day), today=TODAY).is_valid() is valid

    def test_nothing_chosen_adds_nothing(self) -> None:
        form = TestsForm(data(), today=TODAY)

        assert form.is_valid()
        assert form.test_done() is None


class TestAboutYou:
    @pytest.mark.parametrize(
        ("year", "valid"),
        [("1899", False), ("1900", True), ("2026", True), ("2027", False), ("", True)],
    )
    def test_year_of_birth(self, year: str, valid: bool) -> None:
        assert AboutYouForm(data(birth_year=year), today=TODAY).is_valid() is valid

    @pytest.mark.parametrize(("length", "valid"), [(200, True), (201, False)])
    def test_length_of_the_name(self, length: int, valid: bool) -> None:
        assert AboutYouForm(data(name="x" * length), today=TODAY).is_valid() is valid


class TestQuestions:
    def test_there_are_three_lines_and_one_more_than_questions(self) -> None:
        assert len(QuestionsForm().names) == 3
        assert len(QuestionsForm(kept=("a", "b", "c")).names) == 4

    def test_empty_lines_are_left_out_in_order(self) -> None:
        form = QuestionsForm(data(question_1="b", question_2=" ", question_3="a"))

        assert form.is_valid()
        assert form.questions() == ("b", "a")

    @pytest.mark.parametrize(("length", "valid"), [(1000, True), (1001, False)])
    def test_length_of_a_question(self, length: int, valid: bool) -> None:
        assert QuestionsForm(data(question_1="x" * length)).is_valid() is valid

    def test_date_of_a_test_without_the_test_is_asked(self) -> None:
        assert list(AfterwardsForm(data(test_date="2026-05-09")).errors) == ["test"]
