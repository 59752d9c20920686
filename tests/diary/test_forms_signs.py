"""Answers about signs: no only for what was shown; a standing yes is never swept off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict

from diary.forms.signs import WEEKLY, SignsForm, WeeklyForm, turned_twice
from diary.records import SymptomAnswerRecord

TODAY = date(2026, 5, 4)
CODES = ("dropping_things", "cramps", "fatigue")


def days_ago(count: int) -> date:
    return TODAY - timedelta(days=count)


def data(**fields: Any) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, value in fields.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return sent


def form(
    sent: QueryDict | None = None, latest: dict[str, SymptomAnswerRecord] | None = None
) -> SignsForm:
    return SignsForm(
        sent, codes=CODES, latest=latest or {}, today=TODAY, more_about_yes=["dropping_things"]
    )


def given(sent: QueryDict, rest: bool = False, **options: Any) -> dict[str, Any]:
    filled = form(sent, **options)
    assert filled.is_valid(), filled.errors
    return {one.symptom: one for one in filled.answers(no_to_the_rest=rest)}


class TestScreen:
    def test_nothing_is_chosen_beforehand(self) -> None:
        assert not any(row.answer.value() for row in form().rows)

    def test_no_to_the_rest_speaks_for_what_was_shown_only(self) -> None:
        sent = data(dropping_things="yes", shown=["dropping_things", "cramps"])

        found = given(sent, rest=True)

        assert {code: one.answer for code, one in found.items()} == {
            "dropping_things": "yes",
            "cramps": "no",
        }

    def test_left_open_is_not_a_no(self) -> None:
        assert set(given(data(cramps="unsure", shown=list(CODES)))) == {"cramps"}

    def test_every_answer_carries_its_day(self) -> None:
        found = given(data(shown=list(CODES)), rest=True)

        assert {one.asked_on for one in found.values()} == {TODAY}

    def test_yes_takes_side_manner_and_since(self) -> None:
        sent = data(
            dropping_things="yes",
            side_dropping_things="left",
            manner_dropping_things="gradual",
            since_dropping_things="30",
            shown=list(CODES),
        )

        assert given(sent)["dropping_things"] == SymptomAnswerRecord(
            TODAY, "dropping_things", "yes", True, "gradual", "left", days_ago(30)
        )

    def test_side_sent_with_a_no_is_dropped(self) -> None:
        sent = data(dropping_things="no", side_dropping_things="left", shown=list(CODES))

        assert given(sent)["dropping_things"].side is None

    @pytest.mark.parametrize("said", ["maybe", "over", "YES"])
    def test_unknown_answers_are_refused(self, said: str) -> None:
        assert not form(data(cramps=said, shown=list(CODES))).is_valid()

    def test_button_counts_what_is_left(self) -> None:
        assert form().rest_words == "No to all 3, and go on"
        assert form(data(cramps="yes")).rest_words == "No to the other 2, and go on"
        assert form(data(cramps="yes", fatigue="no")).rest_words == "No to the other one, and go on"
        full = data(cramps="yes", fatigue="no", dropping_things="unsure")
        assert form(full).rest_words == "Go on"


class TestStandingYes:
    standing = SymptomAnswerRecord(days_ago(9), "cramps", "yes", True, None, "left", days_ago(40))

    def test_no_to_the_rest_leaves_it_standing(self) -> None:
        found = given(data(shown=list(CODES)), rest=True, latest={"cramps": self.standing})

        assert set(found) == {"dropping_things", "fatigue"}

    def test_over_keeps_side_and_since(self) -> None:
        sent = data(cramps="over", shown=list(CODES))

        assert given(sent, latest={"cramps": self.standing})["cramps"] == SymptomAnswerRecord(
            TODAY, "cramps", "yes", False, None, "left", days_ago(40)
        )

    def test_still_so_keeps_side_and_since(self) -> None:
        found = given(data(cramps="yes", shown=list(CODES)), latest={"cramps": self.standing})

        assert (found["cramps"].side, found["cramps"].since) == ("left", days_ago(40))

    def test_yes_of_today_is_shown_as_chosen_and_can_be_corrected(self) -> None:
        today = SymptomAnswerRecord(TODAY, "cramps", "yes", True)

        assert form(latest={"cramps": today})["cramps"].value() == "yes"
        sent = data(cramps="no", shown=list(CODES))
        assert given(sent, latest={"cramps": today})["cramps"].answer == "no"

    def test_no_to_the_rest_leaves_a_yes_of_today_alone(self) -> None:
        today = SymptomAnswerRecord(TODAY, "cramps", "yes", True)
        sent = data(shown=list(CODES))

        assert set(given(sent, rest=True, latest={"cramps": today})) == {
            "dropping_things",
            "fatigue",
        }
        assert form(sent, {"cramps": today}).rest_words == "No to the other 2, and go on"

    def test_yes_that_is_over_does_not_stand(self) -> None:
        over = SymptomAnswerRecord(days_ago(9), "cramps", "yes", False)

        assert "cramps" in given(data(shown=list(CODES)), rest=True, latest={"cramps": over})


class TestWeeklyCheck:
    def weekly(
        self, sent: QueryDict | None, given: dict[str, list[SymptomAnswerRecord]] | None = None
    ) -> WeeklyForm:
        return WeeklyForm(sent, given=given or {}, today=TODAY)

    def test_one_tap_says_no_to_the_five_signs_it_names(self) -> None:
        form = self.weekly(data(all_no="1"))

        assert form.is_valid()
        assert [(one.symptom, one.answer) for one in form.answers()] == [
            (code, "no") for codes in WEEKLY.values() for code in codes
        ]

    def test_yes_asks_which_and_takes_the_side(self) -> None:
        sent = data(function="yes", thinner="no", speech="no")
        assert "which_function" in self.weekly(sent).errors

        sent = data(
            function="yes",
            which_function=["dropping_things"],
            side_function="right",
            thinner="unsure",
            speech="no",
        )
        form = self.weekly(sent)

        assert form.is_valid()
        found = {one.symptom: one for one in form.answers()}
        assert (found["dropping_things"].answer, found["dropping_things"].side) == ("yes", "right")
        assert found["tripping_foot_drop"].answer == "no"
        assert found["muscle_wasting"].answer == "unsure"

    def test_each_question_needs_an_answer(self) -> None:
        form = self.weekly(data(function="no", thinner="no"))

        assert list(form.errors) == ["speech"]

    def test_no_to_all_beside_a_yes_is_asked_again(self) -> None:
        form = self.weekly(data(all_no="1", thinner="yes"))

        assert list(form.errors) == ["thinner"]

    def test_no_to_what_still_stands_is_asked_again_and_then_is_over(self) -> None:
        before = {"muscle_wasting": [SymptomAnswerRecord(days_ago(7), "muscle_wasting", "yes")]}
        sent = data(function="no", thinner="no", speech="no")
        assert list(self.weekly(sent, before).errors) == ["sure"]

        sent["sure"] = "on"
        form = self.weekly(sent, before)

        assert form.is_valid()
        kept = next(one for one in form.answers() if one.symptom == "muscle_wasting")
        assert (kept.answer, kept.current) == ("yes", False)

    @pytest.mark.parametrize("day", [TODAY, days_ago(1)], ids=["today", "yesterday"])
    def test_no_to_all_three_never_sweeps_off_a_yes(self, day: date) -> None:
        before = {"dropping_things": [SymptomAnswerRecord(day, "dropping_things", "yes", True)]}

        form = self.weekly(data(all_no="1"), before)

        assert list(form.errors) == ["sure"]
        assert form.standing

    def test_not_sure_does_not_let_a_yes_be_swept_off(self) -> None:
        before = {
            "muscle_wasting": [
                SymptomAnswerRecord(days_ago(20), "muscle_wasting", "yes", True),
                SymptomAnswerRecord(days_ago(10), "muscle_wasting", "unsure"),
            ]
        }

        assert list(self.weekly(data(all_no="1"), before).errors) == ["sure"]

    def test_yes_of_today_that_was_none_is_put_right(self) -> None:
        before = {"muscle_wasting": [SymptomAnswerRecord(TODAY, "muscle_wasting", "yes", True)]}
        form = self.weekly(data(function="no", thinner="no", speech="no", sure="on"), before)

        assert form.is_valid()
        assert SymptomAnswerRecord(TODAY, "muscle_wasting", "no") in form.answers()

    def test_what_still_stands_is_answered_in_its_own_words(self) -> None:
        before = {"dropping_things": [SymptomAnswerRecord(TODAY, "dropping_things", "yes", True)]}

        form = self.weekly(None, before)

        assert [words for _code, words in form.fields["function"].choices] == [
            "Still so",
            "It is over",
            "Not sure",
        ]
        assert form["which_function"].value() == ["dropping_things"]

    def test_still_so_keeps_what_was_told_with_the_yes(self) -> None:
        told = SymptomAnswerRecord(
            days_ago(7), "muscle_wasting", "yes", True, "gradual", "left", days_ago(40)
        )
        sent = data(function="no", thinner="yes", speech="no")

        form = self.weekly(sent, {"muscle_wasting": [told]})

        assert form.is_valid()
        assert replace(told, asked_on=TODAY) in form.answers()

    def test_sign_not_ticked_again_is_asked_about_and_then_over(self) -> None:
        before = {"dropping_things": [SymptomAnswerRecord(days_ago(7), "dropping_things", "yes")]}
        sent = data(function="yes", which_function=["tripping_foot_drop"], thinner="no")
        sent["speech"] = "no"
        assert list(self.weekly(sent, before).errors) == ["sure"]

        sent["sure"] = "on"
        form = self.weekly(sent, before)

        assert form.is_valid()
        found = {one.symptom: (one.answer, one.current) for one in form.answers()}
        assert found["dropping_things"] == ("yes", False)
        assert found["tripping_foot_drop"] == ("yes", True)

    def test_second_turn_in_a_row_is_asked_about(self) -> None:
        before = {
            "muscle_wasting": [
                SymptomAnswerRecord(days_ago(14), "muscle_wasting", "yes"),
                SymptomAnswerRecord(days_ago(7), "muscle_wasting", "no"),
            ]
        }
        sent = data(function="no", thinner="yes", speech="no")

        form = self.weekly(sent, before)
        assert list(form.errors) == ["sure"]
        assert "yes 20 Apr, no 27 Apr" in form.errors["sure"][0]

    def test_yes_after_a_no_is_no_contradiction(self) -> None:
        before = {"muscle_wasting": [SymptomAnswerRecord(days_ago(7), "muscle_wasting", "no")]}

        assert self.weekly(data(function="no", thinner="yes", speech="no"), before).is_valid()


@pytest.mark.parametrize(
    ("said", "turned"),
    [
        (["no", "yes", "no"], True),
        (["yes", "no", "yes"], True),
        (["no", "no", "yes"], False),
        (["no", "yes", "yes"], False),
        (["yes", "no"], False),
        (["no", "unsure", "yes", "no"], True),
    ],
)
def test_two_turns_in_a_row(said: list[str], turned: bool) -> None:
    given = [SymptomAnswerRecord(TODAY, "cramps", word) for word in said]

    assert turned_twice(given) is turned
