"""Signs, medicines and the appointment: what was asked stays apart from what was not."""

from __future__ import annotations

import pytest

from diary.records import MedicineRecord, Onset, PersonRecord, VisitRecord
from diary.vocabulary import AssociatedSymptom
from tests.triage.hand_made import AS_OF, answer, complete, days_ago, diary, episode
from triage.profile.history import (
    LOST_FUNCTION,
    LostFunction,
    Sign,
    medicine_rows,
    planned_visit,
    signs,
)
from triage.profile.wording import onset_distance

CALF = {"site": "calf", "side": "left"}
STRENGTH = LOST_FUNCTION["strength_lost"]


def row(found: tuple[LostFunction, ...], name: str) -> LostFunction:
    return next(one for one in found if one.row == name)


def test_six_rows_of_lost_function_stand_there_without_any_answer() -> None:
    found = signs(())

    assert [one.row for one in found.lost_function] == list(LOST_FUNCTION)
    assert all(one.sign is None and one.asked == () for one in found.lost_function)
    assert (found.yes, found.unsure, found.no) == ((), (), ())


def test_every_sign_stands_in_exactly_one_place() -> None:
    said = ["yes", "no", "unsure"]
    codes = AssociatedSymptom.codes()
    asked = [answer(AS_OF, code, said[n % 3]) for n, code in enumerate(codes) if n % 4]

    found = signs(asked)

    others = [one.symptom for one in (*found.yes, *found.no, *found.unsure)]
    in_rows = [code for one in found.lost_function for code in one.asked]
    assert sorted([*others, *in_rows]) == sorted(one.symptom for one in asked)
    assert not set(found.not_asked) & {one.symptom for one in asked}


def test_a_denied_row_tells_how_often_and_when_last() -> None:
    asked = [answer(days_ago(7 * week), "dropping_things", "no") for week in range(5)]

    found = row(signs(asked).lost_function, "dropping_things")

    assert found.sign is not None
    assert (found.sign.answer, found.sign.times, found.sign.last) == ("no", 5, AS_OF)


@pytest.mark.parametrize("affirmed", STRENGTH)
def test_any_yes_wins_the_row_of_lost_strength(affirmed: str) -> None:
    asked = [answer(AS_OF, code, "yes" if code == affirmed else "no") for code in STRENGTH]

    found = row(signs(asked).lost_function, "strength_lost")

    assert found.sign is not None
    assert (found.sign.symptom, found.sign.answer) == (affirmed, "yes")


def test_a_yes_that_holds_wins_over_one_that_is_over() -> None:
    asked = [
        answer(AS_OF, "weakness_sudden", "yes", current=False),
        answer(AS_OF, "weakness_over_months", "yes"),
    ]

    found = row(signs(asked).lost_function, "strength_lost")

    assert found.sign is not None
    assert found.sign.symptom == "weakness_over_months"


def test_several_denials_claim_no_more_than_the_least_asked() -> None:
    often = [answer(days_ago(back), "weakness_over_weeks", "no") for back in (14, 7, 0)]
    once = answer(days_ago(30), "weakness_over_months", "no")

    found = row(signs([*often, once]).lost_function, "strength_lost")

    assert found.sign is not None
    assert (found.sign.times, found.sign.last) == (1, days_ago(30))
    assert found.asked == ("weakness_over_weeks", "weakness_over_months")


@pytest.mark.parametrize(
    ("sudden", "speaks", "other_noes"),
    [
        ("yes", "speech_slurred_sudden", []),
        ("unsure", "speech_slurred_sudden", []),
        ("no", "speech_slurred_gradual", ["speech_slurred_sudden"]),
    ],
)
def test_sudden_speech_trouble_enters_the_row_unless_it_is_denied(
    sudden: str, speaks: str, other_noes: list[str]
) -> None:
    asked = [
        answer(AS_OF, "speech_slurred_gradual", "no"),
        answer(AS_OF, "speech_slurred_sudden", sudden),
    ]

    found = signs(asked)

    sign = row(found.lost_function, "speech").sign
    assert sign is not None
    assert sign.symptom == speaks
    assert [one.symptom for one in found.no] == other_noes


def test_sudden_speech_trouble_is_named_among_what_was_not_asked() -> None:
    assert "speech_slurred_sudden" in signs(()).not_asked
    assert "speech_slurred_gradual" not in signs(()).not_asked


def test_a_sign_keeps_the_persons_words_of_the_answer_that_counts() -> None:
    asked = [
        answer(days_ago(9), "cramps", "yes", side="right"),
        answer(days_ago(2), "cramps", "yes", side="left", since=days_ago(20), manner="gradual"),
        answer(days_ago(1), "cramps", "unsure"),
    ]

    assert signs(asked).yes == (
        Sign(
            symptom="cramps",
            answer="yes",
            times=2,
            first=days_ago(9),
            last=days_ago(2),
            current=True,
            side="left",
            since=days_ago(20),
            manner="gradual",
        ),
    )


ONSET = PersonRecord(onset=Onset(days_ago(40)))


def test_medicines_before_the_onset_come_first_the_closest_of_them_on_top() -> None:
    record = diary(
        person=ONSET,
        medicines=(
            MedicineRecord("after", started_on=days_ago(10)),
            MedicineRecord("long before", started_on=days_ago(900)),
            MedicineRecord("unknown"),
            MedicineRecord("suspected", started_on=days_ago(5), suspected=True),
            MedicineRecord("before", started_on=days_ago(53)),
        ),
    )

    rows = medicine_rows(record, AS_OF)

    assert [(one.medicine.name, one.days_before_onset) for one in rows] == [
        ("before", 13),
        ("long before", 860),
        ("suspected", -35),
        ("after", -30),
        ("unknown", None),
    ]


@pytest.mark.parametrize(("before", "close"), [(-1, False), (0, True), (30, True), (31, False)])
def test_close_before_the_onset_means_up_to_thirty_days(before: int, close: bool) -> None:
    taken = MedicineRecord("Sertraline", started_on=days_ago(40 + before))

    (found,) = medicine_rows(diary(person=ONSET, medicines=(taken,)), AS_OF)

    assert found.close_before_onset is close


@pytest.mark.parametrize("steps", [("started_on",), ("started_on", "changed_on", "stopped_on")])
@pytest.mark.parametrize("nearest", ["started", "changed", "stopped"])
def test_the_step_closest_before_the_onset_counts(steps: tuple[str, ...], nearest: str) -> None:
    dates = dict.fromkeys(steps, days_ago(41)) | {f"{nearest}_on": days_ago(40)}
    taken = MedicineRecord("Prednisolone", **dates)

    (row,) = medicine_rows(diary(person=ONSET, medicines=(taken,)), AS_OF)

    assert (row.step, row.on, row.days_before_onset) == (nearest, days_ago(40), 0)


def test_a_step_before_the_onset_counts_before_a_closer_one_after_it() -> None:
    taken = MedicineRecord("x", started_on=days_ago(60), changed_on=days_ago(39))

    (row,) = medicine_rows(diary(person=ONSET, medicines=(taken,)), AS_OF)

    assert (row.step, row.days_before_onset) == ("started", 20)


@pytest.mark.parametrize(
    ("days_before", "distance"), [(27, None), (28, 5)], ids=["too short", "a month"]
)
def test_a_start_that_nobody_told_is_known_only_to_a_diary_kept_before_it(
    days_before: int, distance: int | None
) -> None:
    taken = MedicineRecord("Sertraline", started_on=days_ago(15))
    kept = [complete(days_ago(10 + days_before))]
    record = diary(kept, [episode(days_ago(10), **CALF)], medicines=(taken,))

    (found,) = medicine_rows(record, AS_OF)

    assert found.days_before_onset == distance
    assert found.close_before_onset is (distance is not None)


def test_the_next_appointment_is_the_earliest_from_today_on() -> None:
    past, today, later, undated = (
        VisitRecord(date=days_ago(1)),
        VisitRecord(date=AS_OF),
        VisitRecord(date=days_ago(-9)),
        VisitRecord(),
    )

    assert planned_visit(diary(visits=(undated, later, past, today)), AS_OF) is today
    assert planned_visit(diary(visits=(past, undated)), AS_OF) is undated
    assert planned_visit(diary(visits=(past,)), AS_OF) is None


@pytest.mark.parametrize(
    ("precision", "days", "words"),
    [
        ("day", 13, "13 days before onset"),
        ("week", 13, "13 days before onset"),
        ("month", 16, "around onset"),
        ("month", -16, "around onset"),
        ("month", 17, "before onset"),
        ("month", -17, "after onset"),
        ("year", 184, "around onset"),
        ("year", 185, "before onset"),
    ],
)
def test_distance_to_the_onset_is_no_more_exact_than_the_onset(
    precision: str, days: int, words: str
) -> None:
    record = diary(
        person=PersonRecord(onset=Onset(days_ago(60), precision)),
        medicines=(MedicineRecord("x", started_on=days_ago(60 + days)),),
    )

    (row,) = medicine_rows(record, AS_OF)

    assert onset_distance(row) == words
    assert row.close_before_onset is (precision in ("day", "week"))
