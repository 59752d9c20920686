"""The interview: its questions, what is answered, what is new, and where the next page leads."""

from __future__ import annotations

from typing import Any

import pytest

from diary.records import MedicineRecord, Onset, PersonRecord, TestDone, VisitRecord
from diary.vocabulary import AssociatedSymptom
from tests.triage.hand_made import AS_OF, answer, complete, days_ago, diary, episode
from triage import interview as steps
from triage.advice import signs_to_ask
from triage.interview import (
    LEFT_OPEN,
    SAVED,
    UNKNOWN,
    Gone,
    Interview,
    changes_since,
    gone_through,
    next_open,
    read_interview,
    states,
    steps_for,
)
from triage.interview_wording import (
    brief_answer,
    change_lines,
    evidence,
    nothing_new,
    on_the_sheet,
    overview,
)
from triage.profile.wording import five_answers
from triage.summary import summarise

NOTHING = Interview({}, None)
LEFT_LID = {"site": "eyelid_upper", "side": "left"}
LEFT_CALF = {"site": "calf", "side": "left"}


def state_of(step: str, record: Any, interview: Interview = NOTHING) -> steps.StepState:
    return next(one for one in states(record, interview, AS_OF) if one.step == step)


def gone(**how: str) -> Interview:
    return Interview(
        {step.replace("_", "-"): Gone(AS_OF, word) for step, word in how.items()}, None
    )


class TestSigns:
    def test_every_sign_is_on_exactly_one_screen(self) -> None:
        on_screens = [code for screen in steps.SCREENS for code in screen.signs]

        assert sorted(on_screens) == sorted(AssociatedSymptom.codes())

    def test_no_screen_shows_more_than_seven(self) -> None:
        assert max(len(screen.signs) for screen in steps.SCREENS) == 7

    def test_signs_that_urgent_rules_rest_on_come_in_the_first_question(self) -> None:
        first = {code for screen in steps.screens_of(steps.SIGNS) for code in screen.signs}

        assert first.issuperset(signs_to_ask())

    def test_question_is_answered_when_each_of_its_signs_was_asked(self) -> None:
        codes = [code for screen in steps.screens_of(steps.SIGNS) for code in screen.signs]
        every = tuple(answer(days_ago(3), code, "no") for code in codes)

        assert state_of(steps.SIGNS, diary(symptom_answers=every)).answered
        assert not state_of(steps.SIGNS, diary(symptom_answers=every[1:])).answered

    def test_next_screen_is_the_first_not_gone_through(self) -> None:
        asked = tuple(answer(AS_OF, code, "no") for code in steps.SCREENS[0].signs)

        found = steps.open_screen(
            steps.SIGNS, diary(symptom_answers=asked), gone(signs_2=LEFT_OPEN)
        )

        assert found.code == "signs-3"

    def test_screens_gone_through_begin_again_at_the_first(self) -> None:
        all_gone = Interview({screen.code: Gone(AS_OF, SAVED) for screen in steps.SCREENS}, None)

        assert steps.open_screen(steps.SIGNS, diary(), all_gone).code == "signs-1"


class TestSteps:
    @pytest.mark.parametrize(("age", "asked"), [(11, False), (12, True), (55, True), (56, False)])
    def test_pregnancy_is_asked_from_12_to_55(self, age: int, asked: bool) -> None:
        record = diary(person=PersonRecord(birth_year=AS_OF.year - age))

        assert (steps.PREGNANCY in steps_for(record, AS_OF)) is asked

    def test_pregnancy_is_asked_where_nothing_is_known_and_never_of_men(self) -> None:
        assert steps.PREGNANCY in steps_for(diary(), AS_OF)
        assert steps.PREGNANCY not in steps_for(diary(person=PersonRecord(sex="male")), AS_OF)

    def test_five_questions_of_the_doctor_come_first(self) -> None:
        assert steps.STEPS[:5] == ("onset", "places", "lengths", "often", "signs")


class TestStates:
    @pytest.mark.parametrize(
        ("step", "person"),
        [
            (steps.ONSET, PersonRecord(onset=Onset(days_ago(9)))),
            (steps.PREGNANCY, PersonRecord(pregnant=False)),
            (steps.CONDITIONS, PersonRecord(conditions=())),
            (steps.FAMILY, PersonRecord(family_conditions=())),
            (steps.TESTS, PersonRecord(tests_done=(TestDone("mri"),))),
            (steps.TESTS, PersonRecord(conditions=("already_assessed_for_this_twitch",))),
            (steps.IMPACT, PersonRecord(impact="none")),
            (steps.WORRY, PersonRecord(worry="It spreads.")),
            (steps.ABOUT_YOU, PersonRecord(birth_year=1990)),
        ],
    )
    def test_answers_of_a_file_count(self, step: str, person: PersonRecord) -> None:
        assert state_of(step, diary(person=person)).answered
        assert not state_of(step, diary()).answered

    def test_questions_of_the_next_appointment_count(self) -> None:
        record = diary(visits=(VisitRecord(questions=("Why?",)),))

        assert state_of(steps.QUESTIONS, record).answered
        assert not state_of(steps.QUESTIONS, diary(visits=(VisitRecord(),))).answered

    def test_not_knowing_is_an_answer(self) -> None:
        assert state_of(steps.ONSET, diary(), gone(onset=UNKNOWN)).answered

    def test_left_open_is_no_answer_but_not_put_again(self) -> None:
        found = state_of(steps.WORRY, diary(), gone(worry=LEFT_OPEN))

        assert not found.answered
        assert found.settled

    def test_diary_alone_does_not_answer_where(self) -> None:
        record = diary(episodes=[episode(days_ago(1), **LEFT_CALF)])

        assert not state_of(steps.PLACES, record).answered


class TestNext:
    def test_first_question_without_an_answer(self) -> None:
        found = states(diary(), gone(onset=SAVED, places=SAVED), AS_OF)

        assert next_open(found) == steps.LENGTHS

    def test_answered_ones_on_the_way_are_left_out(self) -> None:
        found = states(diary(person=PersonRecord(impact="some")), NOTHING, AS_OF)

        assert next_open(found, after=steps.TESTS) == steps.WORRY

    def test_after_the_last_one_nothing_comes_although_an_earlier_one_is_open(self) -> None:
        found = states(diary(), NOTHING, AS_OF)

        assert next_open(found, after=steps.ABOUT_YOU) is None
        assert next_open(found) == steps.ONSET


class TestKeptState:
    def test_what_was_written_is_read_again(self) -> None:
        kept = {**gone_through("onset", SAVED, AS_OF), "sheet_on": "2026-05-01"}

        found = read_interview(kept)

        assert found.gone == {"onset": Gone(AS_OF, SAVED)}
        assert found.sheet_on == days_ago(3)

    @pytest.mark.parametrize(
        "kept",
        [
            None,
            [],
            "x",
            {"gone": 3},
            {"gone": {"onset": 7}},
            {"gone": {"onset": {"on": "never", "how": "saved"}}},
            {"gone": {"onset": {"on": "2026-05-04", "how": "shouted"}}},
            {"sheet_on": 12},
        ],
    )
    def test_what_cannot_be_read_is_not_there(self, kept: Any) -> None:
        assert read_interview(kept) == NOTHING


class TestChanges:
    def test_place_is_new_only_after_the_day(self) -> None:
        record = diary(
            episodes=[episode(days_ago(9), **LEFT_LID), episode(days_ago(3), **LEFT_CALF)]
        )

        assert [row.site for row in changes_since(record, days_ago(4)).places] == ["calf"]
        assert not changes_since(record, days_ago(3)).any

    def test_more_of_the_same_place_is_nothing_new(self) -> None:
        record = diary(
            episodes=[episode(days_ago(9), **LEFT_LID), episode(days_ago(1), **LEFT_LID)]
        )

        assert not changes_since(record, days_ago(5)).any

    def test_signs_that_came_or_went_are_new_and_repeated_ones_not(self) -> None:
        record = diary(
            symptom_answers=(
                answer(days_ago(20), "cramps", "no"),
                answer(days_ago(20), "fatigue", "yes"),
                answer(days_ago(20), "tremor", "yes"),
                answer(days_ago(20), "rash", "no"),
                answer(days_ago(2), "cramps", "yes"),
                answer(days_ago(2), "fatigue", "yes"),
                answer(days_ago(2), "tremor", "yes", current=False),
                answer(days_ago(2), "rash", "no"),
            )
        )

        found = changes_since(record, days_ago(10))

        assert [sign.symptom for sign in found.signs] == ["cramps", "tremor"]

    @pytest.mark.parametrize("field", ["started_on", "changed_on", "stopped_on"])
    def test_medicine_is_new_by_each_of_its_dates(self, field: str) -> None:
        record = diary(medicines=(MedicineRecord("Sertraline", **{field: days_ago(3)}),))

        assert changes_since(record, days_ago(4)).medicines
        assert not changes_since(record, days_ago(3)).medicines


class TestContradiction:
    def test_start_after_the_first_twitch_of_the_run_is_one(self) -> None:
        late = PersonRecord(onset=Onset(days_ago(3), "day"))
        record = diary(episodes=[episode(days_ago(9))], person=late)

        assert steps.starts_after_the_diary(record, AS_OF) == days_ago(9)

    def test_start_before_it_or_on_its_day_is_none(self) -> None:
        early = PersonRecord(onset=Onset(days_ago(9), "day"))
        record = diary(episodes=[episode(days_ago(9))], person=early)

        assert steps.starts_after_the_diary(record, AS_OF) is None

    @pytest.mark.parametrize(("days", "asked"), [(16, False), (17, True)])
    def test_start_known_to_the_month_has_half_a_month_of_room(
        self, days: int, asked: bool
    ) -> None:
        own = PersonRecord(onset=Onset(days_ago(50 - days), "month"))
        record = diary(episodes=[episode(days_ago(50)), episode(days_ago(25))], person=own)

        assert (steps.starts_after_the_diary(record, AS_OF) is not None) is asked

    def test_it_stands_beside_the_answer_on_the_page(self) -> None:
        late = PersonRecord(onset=Onset(days_ago(3), "day", recalled=True))
        record = diary(episodes=[episode(days_ago(9))], person=late)

        shown = evidence(steps.ONSET, summarise(record, AS_OF))

        assert shown is not None
        assert shown.rows == (
            "Your diary has a twitch on 25 April 2026, before the start you gave. Which is right?",
        )


class TestWords:
    def test_what_the_page_quotes_is_the_line_of_the_sheet(self) -> None:
        record = diary(days=[complete(days_ago(2))], episodes=[episode(days_ago(2), **LEFT_LID)])
        summary = summarise(record, AS_OF)

        quoted = [on_the_sheet(step, summary) for step in steps.STEPS[:5]]

        assert tuple(quoted) == five_answers(summary)
        assert on_the_sheet(steps.WORRY, summary) is None

    def test_evidence_of_the_start_names_day_place_and_distance(self) -> None:
        summary = summarise(
            diary(episodes=[episode(days_ago(n), **LEFT_LID) for n in range(0, 56, 5)]), AS_OF
        )

        found = evidence(steps.ONSET, summary)

        assert found is not None
        assert found.source == "From your diary"
        assert found.fact == "First entry 10 March 2026"
        assert found.rest == ", left upper eyelid. About 8 weeks ago."

    def test_own_start_is_the_evidence_once_it_was_given(self) -> None:
        own = PersonRecord(onset=Onset(days_ago(64), "month", "gradual", True))

        found = evidence(steps.ONSET, summarise(diary(person=own), AS_OF))

        assert found is not None
        assert found.source == "You said"
        assert found.fact == "About March 2026"

    @pytest.mark.parametrize("step", steps.STEPS)
    def test_empty_diary_has_no_evidence_and_no_fault(self, step: str) -> None:
        summary = summarise(diary(), AS_OF)

        assert evidence(step, summary) is None
        assert brief_answer(step, summary) == ""

    def test_overview_tells_what_was_left_open_and_not_known(self) -> None:
        summary = summarise(diary(), AS_OF)
        found = states(summary.record, gone(onset=UNKNOWN, worry=LEFT_OPEN), AS_OF)

        status = {row.step: row.status for row in overview(summary, found)}

        assert status["onset"] == "you do not know"
        assert status["worry"] == "left open"
        assert status["impact"] == "not asked yet"
        assert status["signs"] == "0 of 27 asked"

    def test_not_knowing_does_not_contradict_what_the_diary_counts(self) -> None:
        record = diary(episodes=[episode(days_ago(2), **LEFT_CALF)])
        found = states(record, gone(places=UNKNOWN, lengths=UNKNOWN), AS_OF)

        rows = {row.step: row for row in overview(summarise(record, AS_OF), found)}

        assert (rows["places"].status, bool(rows["places"].answer)) == ("from your diary", True)
        assert (rows["lengths"].status, rows["lengths"].answer) == ("you do not know", "")

    def test_nothing_new_carries_its_day(self) -> None:
        assert nothing_new(changes_since(diary(), days_ago(3))) == "Nothing new since 1 May 2026"

    def test_new_things_are_named_with_their_day(self) -> None:
        record = diary(
            episodes=[episode(days_ago(2), **LEFT_CALF)],
            symptom_answers=(answer(days_ago(1), "cramps", "yes", side="left"),),
            medicines=(MedicineRecord("Sertraline", started_on=days_ago(1)),),
        )

        lines = change_lines(changes_since(record, days_ago(3)), summarise(record, AS_OF))

        assert lines == [
            "Left calf, first on 2 May",
            "Cramps, left: yes, 3 May",
            "Sertraline, since 3 May",
        ]
