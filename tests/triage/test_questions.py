"""The doctor's questions: each answer on both sides of its boundaries, and for no data at all."""

from __future__ import annotations

import statistics
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.records import DiaryRecord, MedicineRecord, Onset, PersonRecord
from diary.vocabulary import AssociatedSymptom
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
from triage import questions
from triage.periods import last_days

EMPTY = DiaryRecord()
LEFT_CALF = {"site": "calf", "side": "left"}
LEFT_LID = {"site": "eyelid_upper", "side": "left"}


class TestOnset:
    def test_own_date_is_taken_with_its_words(self) -> None:
        own = Onset(days_ago(64), precision="month", manner="gradual", recalled=True)
        record = diary(episodes=[episode(days_ago(10))], person=PersonRecord(onset=own))

        found = questions.onset(record, AS_OF)

        assert found == questions.OnsetAnswer(
            date=days_ago(64),
            precision="month",
            manner="gradual",
            days_ago=64,
            recalled=True,
            first_logged=days_ago(10),
        )

    def test_without_own_date_the_first_twitch_day_is_taken_without_a_precision(self) -> None:
        own = Onset(manner="sudden")
        record = diary(
            days=[none(days_ago(12)), constant(days_ago(9))],
            episodes=[episode(days_ago(3))],
            person=PersonRecord(onset=own),
        )

        found = questions.onset(record, AS_OF)

        assert found == questions.OnsetAnswer(days_ago(9), None, "sudden", 9, None, days_ago(9))

    @pytest.mark.parametrize(("earlier", "began"), [(32, 32), (33, 4)])
    def test_twenty_eight_days_without_a_twitch_begin_a_new_run(
        self, earlier: int, began: int
    ) -> None:
        record = diary(episodes=[episode(days_ago(earlier)), episode(days_ago(4))])

        found = questions.onset(record, AS_OF)

        assert found.days_ago == began
        assert found.first_logged == days_ago(earlier)

    @pytest.mark.parametrize(("since", "runs_on"), [(27, True), (28, False)])
    def test_a_run_is_over_after_twenty_eight_quiet_days(self, since: int, runs_on: bool) -> None:
        record = diary(episodes=[episode(days_ago(since))])

        found = questions.onset(record, AS_OF)

        assert found.date == (days_ago(since) if runs_on else None)
        assert found.days_ago == (since if runs_on else None)
        assert found.first_logged == days_ago(since)

    def test_summary_days_begin_a_run_and_quiet_ones_do_not(self) -> None:
        record = diary(days=[summed_up(days_ago(6), "none"), summed_up(days_ago(5), "a_few")])

        assert questions.onset(record, AS_OF).date == days_ago(5)

    def test_nothing_is_said_of_an_empty_diary(self) -> None:
        nothing = questions.OnsetAnswer(None, None, None, None, None, None)

        assert questions.onset(EMPTY, AS_OF) == nothing


class TestSites:
    def test_places_are_ordered_by_episodes_then_from_head_to_foot(self) -> None:
        record = diary(
            episodes=[
                episode(days_ago(2), "08:00", **LEFT_CALF),
                episode(days_ago(2), "09:00", **LEFT_CALF),
                episode(days_ago(1), **LEFT_LID),
                episode(days_ago(3), site="eyelid_upper", side="right"),
                episode(days_ago(4), site="tongue"),
            ]
        )

        found = questions.sites(record)

        assert [(row.site, row.side, row.episodes, row.days) for row in found] == [
            ("calf", "left", 2, 1),
            ("eyelid_upper", "left", 1, 1),
            ("eyelid_upper", "right", 1, 1),
            ("tongue", None, 1, 1),
        ]

    def test_both_sides_stay_one_place_of_their_own(self) -> None:
        record = diary(
            episodes=[episode(days_ago(1), site="calf", side="both"), episode(AS_OF, **LEFT_CALF)]
        )

        assert [row.side for row in questions.sites(record)] == ["left", "both"]

    def test_days_named_without_episodes_count_as_days_of_the_place(self) -> None:
        record = diary(
            days=[
                constant(days_ago(9), sites=(("calf", "left"),)),
                summed_up(days_ago(1), "many", sites=(("calf", "left"), ("shin", None))),
            ],
            episodes=[episode(days_ago(5), **LEFT_CALF)],
        )

        assert questions.sites(record) == (
            questions.SiteCount("calf", "left", 1, 3, days_ago(9), days_ago(1)),
            questions.SiteCount("shin", None, 0, 1, days_ago(1), days_ago(1)),
        )

    def test_a_summary_beside_episodes_names_no_places(self) -> None:
        day = summed_up(days_ago(1), "a_few", sites=(("shin", "left"),))
        record = diary(days=[day], episodes=[episode(days_ago(1), **LEFT_CALF)])

        assert [row.site for row in questions.sites(record)] == ["calf"]

    def test_episodes_without_a_place_are_in_no_row(self) -> None:
        assert questions.sites(diary(episodes=[episode(AS_OF)])) == ()


class TestSameMuscles:
    def test_the_share_is_of_episodes_with_a_place(self) -> None:
        lid = [episode(days_ago(2), f"0{hour}:00", **LEFT_LID) for hour in range(3)]
        record = diary(episodes=[*lid, episode(days_ago(1), **LEFT_CALF), episode(AS_OF)])

        found = questions.same_muscles(questions.sites(record), AS_OF)

        assert (found.sites, found.top_share) == (2, 0.75)

    @pytest.mark.parametrize(("first", "new"), [(27, True), (28, False)])
    def test_a_place_first_seen_in_the_last_28_days_is_new(self, first: int, new: bool) -> None:
        record = diary(episodes=[episode(days_ago(first), **LEFT_CALF)])

        found = questions.same_muscles(questions.sites(record), AS_OF)

        expected = (questions.NewSite("calf", "left", days_ago(first)),) if new else ()
        assert found.new_in_28_days == expected

    @pytest.mark.parametrize(
        ("recorded", "expected"),
        [
            ((), date.max),
            ((30, 29, 28, 27, 26, 25), date.max),
            ((30, 29, 28, 27, 26, 25, 24), days_ago(16)),
            ((30, 8, 7, 6, 5, 4, 3), days_ago(2)),
        ],
    )
    def test_a_place_is_new_after_a_fortnight_with_seven_recorded_days(
        self, recorded: tuple[int, ...], expected: date
    ) -> None:
        days = [complete(days_ago(n)) for n in recorded]

        assert questions.new_from(days) == expected

    def test_no_share_without_a_place(self) -> None:
        assert questions.same_muscles((), AS_OF) == questions.SameMuscles(0, None, ())

    def test_no_share_when_places_have_no_episode(self) -> None:
        record = diary(days=[constant(AS_OF, sites=(("calf", "left"),))])

        assert questions.same_muscles(questions.sites(record), AS_OF).top_share is None


class TestDuration:
    def test_typed_seconds_come_before_the_end_and_classes_stay_untimed(self) -> None:
        ended = episode(days_ago(1)).started_at
        record = diary(
            episodes=[
                episode(days_ago(3), duration_s=10),
                episode(days_ago(2), duration_s=20, ended_at=ended),
                episode(days_ago(1), "11:59", ended_at=ended),
                episode(AS_OF, duration_class="minutes"),
            ]
        )

        found = questions.duration(record)

        assert (found.median_s, found.longest_s, found.timed, found.untimed) == (20, 60, 3, 1)

    def test_no_figure_without_a_timed_episode(self) -> None:
        nothing = questions.Duration(None, None, None, None, timed=0, untimed=1)

        assert questions.duration(diary(episodes=[episode(AS_OF)])) == nothing

    @given(st.lists(st.integers(0, 100_000), min_size=2, max_size=60))
    def test_percentiles_equal_those_of_two_other_libraries(self, seconds: list[int]) -> None:
        ordered = sorted(seconds)

        found = [questions.percentile(ordered, percent) for percent in (10, 50, 90)]

        deciles = statistics.quantiles(ordered, n=10, method="inclusive")
        assert found == pytest.approx([deciles[0], statistics.median(ordered), deciles[-1]])
        assert found == pytest.approx(np.percentile(ordered, [10, 50, 90]).tolist())


class TestFrequency:
    def test_only_checked_in_days_count_and_a_constant_day_enters_no_rate(self) -> None:
        record = diary(
            days=[
                complete(days_ago(5)),
                none(days_ago(4)),
                constant(days_ago(3)),
                summed_up(days_ago(2), "a_few"),
            ],
            episodes=[
                episode(days_ago(5), "08:00"),
                episode(days_ago(5), "09:00"),
                episode(days_ago(5), "10:00"),
                episode(days_ago(3)),
                episode(days_ago(1)),
            ],
        )

        found = questions.frequency(record, AS_OF, "not enough data")

        assert found.days_with == 3
        assert found.days_checked_in == 4
        assert found.per_checked_in_day == 1.5
        assert found.last_28 == questions.Rate(1.5, 2)
        assert found.previous_28 == questions.Rate(None, 0)
        assert found.constant_days == 1

    def test_the_two_stretches_meet_without_a_gap(self) -> None:
        record = diary(days=[none(days_ago(back)) for back in (0, 27, 28, 55, 56)])

        found = questions.frequency(record, AS_OF, "cannot tell")

        assert (found.last_28.days, found.previous_28.days) == (2, 2)
        assert found.change == "cannot tell"

    def test_a_day_without_check_in_ends_the_longest_run(self) -> None:
        record = diary(
            days=[complete(days_ago(back)) for back in (9, 8, 6, 5, 4)] + [constant(days_ago(3))],
            episodes=[episode(days_ago(back)) for back in (9, 8, 7, 6, 5, 4)],
        )

        assert questions.frequency(record, AS_OF, "").longest_run_days == 4

    def test_a_quiet_day_ends_the_longest_run(self) -> None:
        record = diary(
            days=[complete(days_ago(2)), none(days_ago(1)), complete(AS_OF)],
            episodes=[episode(days_ago(2)), episode(AS_OF)],
        )

        assert questions.frequency(record, AS_OF, "").longest_run_days == 1

    def test_nothing_is_zero_or_unknown_in_an_empty_diary(self) -> None:
        no_rate = questions.Rate(None, 0)

        assert questions.frequency(EMPTY, AS_OF, "not enough data") == questions.Frequency(
            0, 0, None, no_rate, no_rate, "not enough data", 0, 0
        )


class TestAssociatedSymptoms:
    def test_the_latest_answer_counts_and_of_one_day_the_last_listed(self) -> None:
        found = questions.associated_symptoms(
            [
                answer(days_ago(1), "cramps", "yes"),
                answer(days_ago(9), "cramps", "no"),
                answer(days_ago(5), "fatigue", "yes"),
                answer(days_ago(5), "fatigue", "no"),
            ]
        )

        assert [sign.symptom for sign in found.yes] == ["cramps"]
        assert [sign.symptom for sign in found.no] == ["fatigue"]

    @pytest.mark.parametrize(
        ("said", "counts"),
        [
            (["yes", "unsure"], "yes"),
            (["yes", "unsure", "unsure"], "yes"),
            (["yes", "no", "unsure"], "unsure"),
            (["no", "unsure"], "unsure"),
            (["unsure", "yes"], "yes"),
            (["yes", "unsure", "no"], "no"),
        ],
    )
    def test_not_sure_does_not_replace_a_yes(self, said: list[str], counts: str) -> None:
        answers = [answer(days_ago(9 - n), "cramps", word) for n, word in enumerate(said)]

        found = questions.associated_symptoms(answers)

        assert [sign.symptom for sign in getattr(found, counts)] == ["cramps"]
        assert len(found.yes) + len(found.no) + len(found.unsure) == 1

    def test_a_yes_tells_its_first_and_last_day_its_times_and_whether_it_holds(self) -> None:
        answers = [
            answer(days_ago(9), "cramps", "yes"),
            answer(days_ago(6), "cramps", "no"),
            answer(days_ago(3), "cramps", "yes", current=False),
            answer(days_ago(1), "cramps", "unsure"),
        ]

        found = questions.associated_symptoms(answers)

        assert found.yes == (questions.SignYes("cramps", days_ago(9), days_ago(3), 2, False),)

    @pytest.mark.parametrize(("current", "holds"), [(None, True), (True, True), (False, False)])
    def test_a_yes_holds_unless_it_is_said_to_be_over(
        self, current: bool | None, holds: bool
    ) -> None:
        found = questions.associated_symptoms([answer(AS_OF, "fever", "yes", current=current)])

        assert found.yes[0].current is holds

    def test_a_no_tells_how_often_and_when_last(self) -> None:
        answers = [answer(days_ago(7 * week), "numbness", "no") for week in range(6)]

        found = questions.associated_symptoms(answers)

        assert found.no == (questions.SignNo("numbness", 6, AS_OF),)

    def test_signs_stand_in_the_order_of_the_vocabulary(self) -> None:
        codes = ["dry_eyes", "cramps", "weakness_feeling"]

        found = questions.associated_symptoms([answer(AS_OF, code, "no") for code in codes])

        assert [sign.symptom for sign in found.no] == codes[::-1]
        assert found.not_asked == tuple(
            code for code in AssociatedSymptom.codes() if code not in codes
        )


def test_medicines_keep_the_order_of_the_diary() -> None:
    taken = (
        MedicineRecord("Sertraline", "ssri_snri", "50 mg", started_on=days_ago(90)),
        MedicineRecord("Ibuprofen"),
    )

    assert questions.medicines(diary(medicines=taken)) == (
        questions.MedicineAnswer("Sertraline", "ssri_snri", days_ago(90)),
        questions.MedicineAnswer("Ibuprofen", None, None),
    )


def test_within_cuts_days_episodes_and_answers_at_both_ends() -> None:
    kept, cut = days_ago(6), days_ago(7)
    record = diary(
        days=[none(kept), none(cut)],
        episodes=[episode(days_ago(5)), episode(days_ago(8))],
        symptom_answers=(answer(kept, "fever", "no"), answer(cut, "fever", "yes")),
    )

    found = questions.within(record, last_days(AS_OF, 7))

    assert [day.date for day in found.days] == [kept, days_ago(5)]
    assert [one.local_date for one in found.episodes] == [days_ago(5)]
    assert [given.asked_on for given in found.symptom_answers] == [kept]
