"""Factors outside their targets: each limit on both sides, both counts, unknown days left out."""

from __future__ import annotations

from typing import Any

import pytest

from diary.records import DayRecord, DiaryRecord, MedicineRecord, PersonRecord
from diary.vocabulary import MedicineClass
from tests.triage.hand_made import (
    AS_OF,
    answer,
    complete,
    constant,
    days_ago,
    diary,
    episode,
    none,
    summed_up,
)
from triage.advice import FactorAdvice, advise
from triage.knowledge import knowledge
from triage.periods import Period, last_days, period_of


def factors(record: DiaryRecord, period: Period | None = None) -> dict[str, FactorAdvice]:
    """Factors outside their target by code."""
    found = advise(record, AS_OF, period=period or period_of(record, AS_OF))
    return {factor.factor: factor for factor in found.factors}


def born(age: int, **fields: Any) -> PersonRecord:
    """A person of an age in years."""
    return PersonRecord(birth_year=AS_OF.year - age, **fields)


def one_day(person: PersonRecord | None = None, **fields: Any) -> DiaryRecord:
    """A diary of a single checked-in day."""
    return diary([complete(AS_OF, **fields)], person=person or PersonRecord())


class TestLimits:
    @pytest.mark.parametrize(
        ("person", "limit"),
        [
            (PersonRecord(), 400),
            (born(18), 400),
            (PersonRecord(pregnant=True), 200),
            (PersonRecord(breastfeeding=True), 200),
            (PersonRecord(pregnant=False, breastfeeding=False), 400),
            (born(17), 100),
            (born(17, weight_kg=60), 180),
            (born(18, weight_kg=60), 400),
            (born(17, weight_kg=90, pregnant=True), 200),
            (born(17, weight_kg=50, pregnant=True), 150),
        ],
    )
    def test_caffeine(self, person: PersonRecord, limit: int) -> None:
        assert "caffeine" not in factors(one_day(person, caffeine_mg=limit))
        assert "caffeine" in factors(one_day(person, caffeine_mg=limit + 1))

    @pytest.mark.parametrize(
        ("person", "hours"),
        [
            (PersonRecord(), 7),
            (born(18), 7),
            (born(17), 8),
            (born(13), 8),
            (born(12), 9),
            (born(6), 9),
        ],
    )
    def test_sleep(self, person: PersonRecord, hours: int) -> None:
        assert "sleep" not in factors(one_day(person, sleep_min=60 * hours))
        assert "sleep" in factors(one_day(person, sleep_min=60 * hours - 1))

    def test_sleep_has_no_target_under_six(self) -> None:
        assert factors(one_day(born(5), sleep_min=0)) == {}

    @pytest.mark.parametrize(
        ("person", "ml"),
        [
            (PersonRecord(), 1600),
            (PersonRecord(sex="female"), 1600),
            (PersonRecord(sex="other"), 1600),
            (PersonRecord(sex="male"), 2000),
            (born(14, sex="male"), 2000),
            (born(14), 1600),
            (born(13, sex="male"), 1600),
            (born(13, sex="female"), 1500),
            (born(9), 1500),
            (born(8, sex="male"), 1200),
            (born(4), 1200),
            (PersonRecord(pregnant=True), 1900),
            (born(13, pregnant=True), 1800),
            (PersonRecord(breastfeeding=True), 1600),
        ],
    )
    def test_drinks(self, person: PersonRecord, ml: int) -> None:
        assert "hydration" not in factors(one_day(person, drinks_ml=ml))
        assert "hydration" in factors(one_day(person, drinks_ml=ml - 1))

    def test_drinks_have_no_target_under_four(self) -> None:
        assert factors(one_day(born(3), drinks_ml=0)) == {}

    @pytest.mark.parametrize(
        ("field", "within", "outside", "factor"),
        [
            ("stress", 6, 7, "stress"),
            ("alcohol_drinks", 2, 3, "alcohol"),
            ("nicotine", False, True, "nicotine"),
        ],
    )
    def test_others(self, field: str, within: Any, outside: Any, factor: str) -> None:
        assert factors(one_day(**{field: within})) == {}
        assert set(factors(one_day(**{field: outside}))) == {factor}

    def test_what_is_not_recorded_is_outside_nothing(self) -> None:
        assert factors(one_day()) == {}


class TestCounts:
    RECORD = diary(
        [
            complete(days_ago(0), caffeine_mg=500),
            constant(days_ago(1), caffeine_mg=500),
            summed_up(days_ago(2), "a_few", caffeine_mg=500),
            none(days_ago(3), caffeine_mg=500),
            none(days_ago(4), caffeine_mg=401),
            complete(days_ago(5), caffeine_mg=400),
            complete(days_ago(6), caffeine_mg=0),
            none(days_ago(7), caffeine_mg=10),
            summed_up(days_ago(8), "none", caffeine_mg=10),
            complete(days_ago(9)),
            complete(days_ago(20), caffeine_mg=900),
        ],
        [episode(days_ago(n)) for n in (0, 0, 5, 6, 9, 20)],
    )

    def test_both_sides_over_the_recorded_days_of_the_period(self) -> None:
        found = factors(self.RECORD, last_days(AS_OF, 14))["caffeine"]

        assert (found.days_outside, found.days_recorded) == (5, 9)
        assert (found.twitch_days_outside, found.twitch_days_within) == (3, 2)
        assert found.rule == "TG-CAFFEINE"
        assert found.text.startswith(
            "Caffeine was outside the usual target on 5 of 9 recorded days; too early to compare. "
        )

    def test_the_whole_period_counts(self) -> None:
        assert factors(self.RECORD)["caffeine"].days_recorded == 10

    @pytest.mark.parametrize(
        ("outside", "within", "said"),
        [
            (4, 10, "4 of 14 recorded days; twitches on 2 of those 4 and on 1 of the other 10."),
            (10, 4, "10 of 14 recorded days; twitches on 2 of those 10 and on 1 of the other 4."),
            (4, 9, "4 of 13 recorded days; too early to compare."),
            (3, 11, "3 of 14 recorded days; too few days on one side to compare."),
            (11, 3, "11 of 14 recorded days; too few days on one side to compare."),
            (20, 0, "20 of 20 recorded days; too few days on one side to compare."),
            (1, 1, "1 of 2 recorded days; too early to compare."),
            (1, 0, "the only day recorded so far; too early to compare."),
        ],
    )
    def test_both_sides_are_told_from_fourteen_days_with_four_on_each(
        self, outside: int, within: int, said: str
    ) -> None:
        days = [complete(days_ago(n), stress=9) for n in range(outside)]
        days += [complete(days_ago(30 + n), stress=1) for n in range(within)]
        twitches = [episode(days_ago(n)) for n in (0, 1, 30)]

        text = factors(diary(days, twitches))["stress"].text

        assert text.startswith(f"Stress was outside the usual target on {said} ")

    def test_a_day_that_was_never_closed_may_miss_a_twitch(self) -> None:
        open_days = [DayRecord(days_ago(n), stress=9 if n < 4 else 1) for n in range(14)]

        assert "twitches logged on 0 of those 4" in factors(diary(open_days))["stress"].text

    def test_factors_stand_in_the_order_of_the_vocabulary(self) -> None:
        everything = complete(
            AS_OF,
            caffeine_mg=900,
            sleep_min=60,
            stress=9,
            exercise_min=90,
            alcohol_drinks=5,
            nicotine=True,
            drinks_ml=100,
        )
        record = diary(
            [everything],
            [episode(AS_OF, site="calf")],
            symptom_answers=(answer(AS_OF, "fast_breathing", "yes"),),
            medicines=(MedicineRecord("Prednisone", "corticosteroid"),),
        )

        assert list(factors(record)) == [
            *("caffeine", "sleep", "stress", "exercise", "alcohol", "nicotine"),
            *("hydration", "medicine", "hyperventilation"),
        ]


class TestExercise:
    def test_an_hour_on_the_day_or_the_day_before_with_a_twitch(self) -> None:
        days = [complete(days_ago(n), exercise_min=60 if n == 2 else 0) for n in range(4)]
        twitches = [episode(days_ago(n), site="calf") for n in range(4)]

        found = factors(diary(days, twitches))["exercise"]

        assert (found.days_outside, found.days_recorded) == (2, 4)
        assert (found.twitch_days_outside, found.twitch_days_within) == (2, 2)
        assert "on 2 of 4 recorded days; too early to compare." in found.text

    def test_its_days_are_days_with_a_twitch_so_only_the_others_are_told(self) -> None:
        days = [complete(days_ago(n), exercise_min=60 if 1 <= n < 5 else 0) for n in range(20)]
        twitches = [episode(days_ago(n), site="calf") for n in range(10)]

        text = factors(diary(days, twitches))["exercise"].text

        assert "on 5 of 20 recorded days; twitches on 5 of the other 15." in text

    @pytest.mark.parametrize(("minutes", "outside"), [(59, False), (60, True), (None, False)])
    def test_minutes(self, minutes: int | None, outside: bool) -> None:
        record = diary([complete(AS_OF, exercise_min=minutes)], [episode(AS_OF, site="hand")])

        assert ("exercise" in factors(record)) is outside

    @pytest.mark.parametrize(
        ("site", "regions", "outside"),
        [
            ("calf", None, True),
            ("chest", None, True),
            ("thumb", None, True),
            ("eyelid", None, False),
            (None, None, False),
            ("calf", ("leg",), True),
            ("calf", ("arm", "leg"), True),
            ("calf", ("arm",), False),
            ("neck", ("trunk",), True),
        ],
    )
    def test_the_twitch_lies_in_what_was_exercised(
        self, site: str | None, regions: tuple[str, ...] | None, outside: bool
    ) -> None:
        day = complete(AS_OF, exercise_min=60, exercise_regions=regions)

        assert ("exercise" in factors(diary([day], [episode(AS_OF, site=site)]))) is outside

    def test_exercise_without_a_twitch_is_within(self) -> None:
        assert factors(diary([none(AS_OF, exercise_min=120)])) == {}

    def test_the_day_before_the_period_counts_for_its_first_day(self) -> None:
        days = [complete(days_ago(7), exercise_min=60), complete(days_ago(6), exercise_min=0)]
        record = diary(days, [episode(days_ago(6), site="calf")])

        found = factors(record, last_days(AS_OF, 7))["exercise"]

        assert (found.days_outside, found.days_recorded) == (1, 1)

    def test_a_day_without_exercise_recorded_is_not_counted(self) -> None:
        days = [complete(days_ago(1), exercise_min=60), complete(AS_OF)]

        assert factors(diary(days, [episode(AS_OF, site="calf")])) == {}


class TestWithoutDays:
    @pytest.mark.parametrize("code", [None, *MedicineClass.codes()])
    def test_medicines_of_a_reported_class(self, code: str | None) -> None:
        record = diary(medicines=(MedicineRecord("Brand", code),))
        found = advise(record, AS_OF, period=last_days(AS_OF, 7))

        reported = code in knowledge().medicine_classes
        assert [factor.factor for factor in found.factors] == (["medicine"] if reported else [])
        assert found.pharmacist is reported

    @pytest.mark.parametrize(("stopped", "named"), [(30, True), (31, False)])
    def test_a_stopped_medicine_is_named_for_thirty_days(self, stopped: int, named: bool) -> None:
        taken = MedicineRecord("Brand", "lithium", stopped_on=days_ago(stopped))

        assert ("medicine" in factors(diary(medicines=(taken,)))) is named

    @pytest.mark.parametrize(
        ("said", "current", "named"),
        [("yes", True, True), ("yes", None, True), ("yes", False, False), ("no", None, False)],
    )
    def test_fast_breathing(self, said: str, current: bool | None, named: bool) -> None:
        answers = (answer(AS_OF, "fast_breathing", said, current=current),)

        assert ("hyperventilation" in factors(diary(symptom_answers=answers))) is named

    def test_they_have_no_counts(self) -> None:
        record = diary(
            symptom_answers=(answer(AS_OF, "fast_breathing", "yes"),),
            medicines=(MedicineRecord("Brand", "lithium"),),
        )

        for found in factors(record).values():
            assert found.days_outside is found.days_recorded is None
            assert found.twitch_days_outside is found.twitch_days_within is None
