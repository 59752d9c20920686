"""The rules: each on both sides of its numbers and of each of its ands and ors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diary.records import (
    DayRecord,
    DiaryRecord,
    MedicineRecord,
    Onset,
    PersonRecord,
    SymptomAnswerRecord,
)
from diary.vocabulary import AssociatedSymptom, BodySite, Condition
from tests.strategies import QUARTER, diaries
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
    written,
)
from triage.advice import Advice, advise, signs_to_ask
from triage.knowledge import URGENCIES, knowledge
from triage.periods import known_on, last_days, period_of

LEVELS = {rule.id: rule.urgency for rule in knowledge().red_flags.rules}
ORDER = list(LEVELS)


def advice_on(record: DiaryRecord, as_of: date = AS_OF) -> Advice:
    """Advice as the summary asks for it."""
    known = known_on(record, as_of)
    return advise(known, as_of, period=period_of(known, as_of))


def fired(record: DiaryRecord) -> dict[str, str]:
    """Ids and levels of the rules that fire."""
    return {rule.rule: rule.urgency for rule in advice_on(record).fired}


def yes(*codes: str, **fields: Any) -> tuple[SymptomAnswerRecord, ...]:
    """Answers of today: it is so."""
    return tuple(answer(AS_OF, code, "yes", **fields) for code in codes)


def with_signs(*codes: str, **fields: Any) -> DiaryRecord:
    """A diary that holds nothing but these signs."""
    return diary(symptom_answers=yes(*codes), **fields)


def began(days: int, **fields: Any) -> PersonRecord:
    """A person whose twitching began so many days ago."""
    return PersonRecord(onset=Onset(days_ago(days)), **fields)


def medicine(code: str, **fields: Any) -> MedicineRecord:
    """A medicine of a class, started long ago unless stated otherwise."""
    return MedicineRecord(code, code, **{"started_on": days_ago(900), **fields})


ANY_DIARY = settings(max_examples=60, suppress_health_check=(HealthCheck.too_slow,))
LATELY = st.integers(0, 20).map(days_ago)


@st.composite
def troubled_diaries(draw: st.DrawFn) -> DiaryRecord:
    """Diaries of the last three weeks, crowded with what rules look at."""
    answers = st.builds(
        SymptomAnswerRecord,
        asked_on=LATELY,
        symptom=st.sampled_from(AssociatedSymptom.codes()),
        answer=st.sampled_from(["yes", "yes", "yes", "no", "unsure"]),
        current=st.sampled_from([None, True, False]),
        since=st.none() | LATELY,
    )
    taken = st.builds(
        MedicineRecord,
        name=st.just("Brand"),
        medicine_class=st.sampled_from(["lithium", "ssri_snri", "stimulant_adhd", "other"]),
        started_on=st.none() | LATELY,
    )
    twitches = st.tuples(LATELY, st.sampled_from(list(BodySite)), st.sampled_from(["left", "both"]))
    days = st.tuples(LATELY, st.sampled_from([0, 700, 1200, None]))
    return diary(
        [DayRecord(day, caffeine_mg=mg) for day, mg in draw(st.lists(days, max_size=3))],
        [
            episode(day, id=str(n), site=site.value, side=side)
            for n, (day, site, side) in enumerate(draw(st.lists(twitches, max_size=4)))
        ],
        symptom_answers=tuple(sorted(draw(st.lists(answers, max_size=8)), key=_asked_on)),
        medicines=tuple(draw(st.lists(taken, max_size=2))),
        person=PersonRecord(
            conditions=tuple(draw(st.lists(st.sampled_from(Condition.codes()), max_size=2))),
            onset=draw(st.none() | st.builds(Onset, LATELY)),
        ),
    )


def _asked_on(given: SymptomAnswerRecord) -> date:
    return given.asked_on


RESTS_ON_ONE = {
    "RF-BREATH": ["breathing_severe"],
    "RF-STROKE": [
        *("face_droop_sudden", "weakness_sudden", "speech_slurred_sudden"),
        *("numbness_one_side_sudden", "vision_loss_sudden"),
    ],
    "RF-WEAK-DAYS": ["weakness_over_days"],
    "RF-SEIZURE": ["blackout_or_seizure"],
    "RF-CONFUSION": ["confusion", "very_drowsy"],
    "RF-CHEST": ["chest_pain"],
    "RF-DARK-URINE": ["dark_urine"],
    "RF-BREATH-SLOW": ["breathless_new", "breathless_lying_or_rest"],
    "RF-BULBAR": ["speech_slurred_gradual", "swallowing_trouble"],
    "RF-WEAK-FUNCTION": [
        *("weakness_over_weeks", "weakness_over_months"),
        *("dropping_things", "tripping_foot_drop"),
    ],
    "RF-WASTING": ["muscle_wasting"],
    "RF-TETANY": ["sustained_hand_foot_spasm", "tingling_mouth"],
    "RF-FACE-SPREAD": ["spread_to_face"],
    "RF-JERKS": ["rhythmic_jerking"],
    "RF-WEAK-FEELING": ["weakness_feeling"],
    "RF-STIFF": ["stiffness", "slow_relaxation"],
    "RF-NUMB": ["numbness"],
    "RF-EYE-CLOSES": ["eyelid_closes_fully", "eyes_forced_shut_both"],
    "RF-EYE-INFLAMED": ["eye_red_swollen_discharge"],
    "RF-EYELID-DROOP": ["eyelid_droop"],
    "RF-GLOVE-STOCKING": ["tingling_hands_feet_persistent", "burning_feet"],
    "RF-BALANCE": ["unsteady"],
    "RF-WEIGHT-LOSS": ["weight_loss"],
}
RULE_OF_SIGN = {code: rule for rule, codes in RESTS_ON_ONE.items() for code in codes}
SEROTONIN_LIST = [
    *("agitation", "sweating_excess", "fever", "diarrhoea", "tremor", "tremor_coarse"),
    *("palpitations", "shivering", "confusion", "unsteady", "stiffness", "vomiting"),
]


class TestOneSign:
    @pytest.mark.parametrize("code", AssociatedSymptom.codes())
    def test_alone_fires_the_rules_that_rest_on_it_and_no_other(self, code: str) -> None:
        expected = {RULE_OF_SIGN[code]} if code in RULE_OF_SIGN else set()

        assert set(fired(with_signs(code))) == expected

    @pytest.mark.parametrize("code", AssociatedSymptom.codes())
    @pytest.mark.parametrize("said", ["no", "unsure"])
    def test_denied_or_not_sure_fires_nothing(self, code: str, said: str) -> None:
        assert fired(diary(symptom_answers=(answer(AS_OF, code, said),))) == {}

    @pytest.mark.parametrize("code", sorted(RULE_OF_SIGN))
    def test_fires_at_the_level_of_the_rule(self, code: str) -> None:
        rule = RULE_OF_SIGN[code]

        assert fired(with_signs(code)) == {rule: LEVELS[rule]}

    def test_latest_answer_counts(self) -> None:
        earlier, later = answer(days_ago(2), "chest_pain", "yes"), answer(AS_OF, "chest_pain", "no")

        assert fired(diary(symptom_answers=(earlier, later))) == {}
        assert "RF-CHEST" in fired(
            diary(symptom_answers=(replace(later, asked_on=days_ago(3)), earlier))
        )

    def test_of_one_day_the_answer_later_in_the_list_counts(self) -> None:
        said_no, said_yes = answer(AS_OF, "chest_pain", "no"), answer(AS_OF, "chest_pain", "yes")

        assert fired(diary(symptom_answers=(said_yes, said_no))) == {}
        assert "RF-CHEST" in fired(diary(symptom_answers=(said_no, said_yes)))

    def test_not_sure_does_not_replace_a_yes(self) -> None:
        answers = (answer(days_ago(2), "chest_pain", "yes"), answer(AS_OF, "chest_pain", "unsure"))

        assert "RF-CHEST" in fired(diary(symptom_answers=answers))

    def test_how_it_began_is_in_no_rule(self) -> None:
        sudden = diary(symptom_answers=yes("swallowing_trouble", manner="sudden"))

        assert fired(sudden) == fired(with_signs("swallowing_trouble"))


class TestSeveralSigns:
    @pytest.mark.parametrize("trouble", ["bladder_bowel_change", "saddle_numbness"])
    @pytest.mark.parametrize("pain", ["back_pain_severe", "radiating_pain"])
    def test_bladder_or_numb_saddle_needs_pain_beside_it(self, trouble: str, pain: str) -> None:
        assert fired(with_signs(trouble, pain)) == {"RF-CAUDA": "emergency"}
        assert fired(with_signs(trouble)) == fired(with_signs(pain)) == {}

    @pytest.mark.parametrize(
        "other",
        [
            *("weakness_feeling", "weakness_sudden", "weakness_over_days", "weakness_over_weeks"),
            *("weakness_over_months", "muscle_wasting", "dropping_things", "tripping_foot_drop"),
            *("speech_slurred_gradual", "swallowing_trouble"),
        ],
    )
    def test_breathless_lying_with_weakness_is_an_emergency(self, other: str) -> None:
        found = fired(with_signs("breathless_lying_or_rest", other))

        assert found["RF-BREATH-WEAK"] == "emergency"
        assert "RF-BREATH-SLOW" not in found
        assert "RF-BREATH-WEAK" not in fired(with_signs("breathless_new", other))

    def test_breathless_lying_with_another_sign_is_not(self) -> None:
        found = fired(with_signs("breathless_lying_or_rest", "speech_slurred_sudden"))

        assert found == {"RF-STROKE": "emergency", "RF-BREATH-SLOW": "soon"}

    def test_newly_breathless_fires_beside_it(self) -> None:
        signs = ("breathless_lying_or_rest", "breathless_new", "muscle_wasting")

        assert {"RF-BREATH-WEAK", "RF-BREATH-SLOW"} <= set(fired(with_signs(*signs)))

    @pytest.mark.parametrize("other", ["tingling", "numbness", "limited_movement"])
    def test_shooting_pain_needs_a_sign_of_the_nerve_beside_it(self, other: str) -> None:
        assert "RF-NERVE" in fired(with_signs("radiating_pain", other))
        assert "RF-NERVE" not in fired(with_signs(other))

    @pytest.mark.parametrize(
        ("rule", "signs"),
        [
            ("RF-LUPUS-CLUSTER", ("rash", "sun_sensitive_skin", "joint_pain", "fingers_blue_cold")),
            ("RF-KIDNEY-CLUSTER", ("swollen_ankles", "itching", "less_urine")),
        ],
    )
    def test_any_two_of_a_cluster_fire_and_one_does_not(
        self, rule: str, signs: tuple[str, ...]
    ) -> None:
        for first in signs:
            assert fired(with_signs(first)) == {}
            for second in signs:
                if second != first:
                    assert fired(with_signs(first, second)) == {rule: "routine"}

    @pytest.mark.parametrize("sign", ["tingling", "cramps"])
    def test_tingling_or_cramps_count_after_an_operation_of_the_neck(self, sign: str) -> None:
        operated = PersonRecord(conditions=("thyroid_or_neck_surgery",))

        assert fired(with_signs(sign, person=operated)) == {"RF-TETANY": "soon"}
        assert fired(with_signs(sign, person=PersonRecord(conditions=("thyroid_disease",)))) == {}
        assert fired(diary(person=operated)) == {}

    @pytest.mark.parametrize(
        "sign",
        [
            *("drooling", "sweating_excess", "vomiting", "diarrhoea", "small_pupils"),
            *("watery_eyes", "breathing_severe", "confusion"),
        ],
    )
    def test_contact_with_pesticides_needs_one_sign_beside_it(self, sign: str) -> None:
        exposed = PersonRecord(conditions=("pesticide_or_chemical_exposure_recent",))

        assert fired(with_signs(sign, person=exposed))["RF-PESTICIDE"] == "emergency"
        assert "RF-PESTICIDE" not in fired(with_signs(sign))
        assert "RF-PESTICIDE" not in fired(with_signs("fever", "headache", person=exposed))


class TestMedicines:
    @pytest.mark.parametrize(
        "sign",
        [
            *("confusion", "very_drowsy", "speech_slurred_sudden", "speech_slurred_gradual"),
            *("unsteady", "vomiting", "diarrhoea", "blackout_or_seizure"),
        ],
    )
    def test_lithium_with_a_sign_of_too_much_is_an_emergency(self, sign: str) -> None:
        taking = (medicine("lithium"),)

        assert fired(with_signs(sign, medicines=taking))["RF-MED-TOXIC"] == "emergency"
        assert "RF-MED-TOXIC" not in fired(with_signs(sign))

    @pytest.mark.parametrize("sign", ["tremor_coarse", "fever", "fatigue", "stiffness"])
    def test_lithium_with_another_sign_is_not(self, sign: str) -> None:
        assert "RF-MED-TOXIC" not in fired(with_signs(sign, medicines=(medicine("lithium"),)))

    def test_lithium_while_it_goes_on_is_for_today_or_tomorrow(self) -> None:
        taking = (medicine("lithium"),)

        assert fired(diary(episodes=[episode(days_ago(6))], medicines=taking)) == {
            "RF-MED-URGENT": "soon"
        }
        assert fired(diary(episodes=[episode(days_ago(7))], medicines=taking)) == {}

    @pytest.mark.parametrize("code", ["ssri_snri", "other_serotonergic"])
    @pytest.mark.parametrize("sign", SEROTONIN_LIST)
    def test_one_sign_with_a_serotonin_medicine_is_for_today_or_tomorrow(
        self, code: str, sign: str
    ) -> None:
        found = fired(with_signs(sign, medicines=(medicine(code),)))

        assert found["RF-MED-URGENT"] == "soon"
        assert "RF-MED-TOXIC" not in found

    @pytest.mark.parametrize("code", ["ssri_snri", "other_serotonergic"])
    @pytest.mark.parametrize("key", ["fever", "confusion"])
    def test_fever_or_confusion_and_one_more_sign_is_an_emergency(
        self, key: str, code: str
    ) -> None:
        for other in SEROTONIN_LIST:
            if other != key:
                found = fired(with_signs(key, other, medicines=(medicine(code),)))
                assert found["RF-MED-TOXIC"] == "emergency"
                assert "RF-MED-URGENT" not in found

    @pytest.mark.parametrize("code", ["ssri_snri", "other_serotonergic"])
    def test_without_fever_or_confusion_it_takes_any_three(self, code: str) -> None:
        taking = (medicine(code),)
        ring = [sign for sign in SEROTONIN_LIST if sign not in ("fever", "confusion")]

        for n, sign in enumerate(ring):
            second, third = ring[n - 1], ring[n - 2]
            two = fired(with_signs(sign, second, medicines=taking))
            three = fired(with_signs(sign, second, third, medicines=taking))
            assert two["RF-MED-URGENT"] == "soon"
            assert "RF-MED-TOXIC" not in two
            assert three["RF-MED-TOXIC"] == "emergency"
            assert "RF-MED-URGENT" not in three

    def test_a_sign_off_the_list_does_not_make_the_third(self) -> None:
        signs = ("tremor", "shivering", "headache")

        assert fired(with_signs(*signs, medicines=(medicine("ssri_snri"),))) == {
            "RF-MED-URGENT": "soon"
        }

    def test_an_emergency_through_lithium_leaves_the_other_medicine_its_own_rule(self) -> None:
        both = (medicine("lithium"), medicine("ssri_snri"))

        found = fired(with_signs("vomiting", medicines=both))

        assert found["RF-MED-TOXIC"] == "emergency"
        assert found["RF-MED-URGENT"] == "soon"

    @pytest.mark.parametrize(
        ("stopped", "counts"), [(None, True), (30, True), (31, False), (0, True)]
    )
    def test_a_stopped_medicine_counts_for_thirty_days(
        self, stopped: int | None, counts: bool
    ) -> None:
        until = None if stopped is None else days_ago(stopped)
        record = with_signs("vomiting", medicines=(medicine("lithium", stopped_on=until),))

        assert ("RF-MED-TOXIC" in fired(record)) is counts

    @pytest.mark.parametrize(("started", "counts"), [(None, True), (0, True), (-1, False)])
    def test_a_medicine_counts_from_its_first_day(self, started: int | None, counts: bool) -> None:
        since = None if started is None else days_ago(started)
        record = with_signs("vomiting", medicines=(medicine("lithium", started_on=since),))

        assert ("RF-MED-TOXIC" in fired(record)) is counts

    def test_a_class_that_is_not_recorded_is_none(self) -> None:
        record = with_signs("vomiting", medicines=(MedicineRecord("Lithium"),))

        assert fired(record) == {}

    @pytest.mark.parametrize("what", ["started_on", "changed_on", "stopped_on"])
    @pytest.mark.parametrize(("before", "fires"), [(-1, False), (0, True), (30, True), (31, False)])
    def test_a_medicine_near_the_onset(self, what: str, before: int, fires: bool) -> None:
        taken = MedicineRecord("Anything", **{what: days_ago(10 + before)})
        record = diary(person=began(10), medicines=(taken,))

        assert fired(record) == ({"RF-MED-SUSPECTED": "routine"} if fires else {})

    def test_nothing_is_near_an_onset_that_is_not_known(self) -> None:
        assert fired(diary(medicines=(MedicineRecord("Anything", started_on=AS_OF),))) == {}

    @pytest.mark.parametrize(("suspected", "fires"), [(True, True), (False, False), (None, False)])
    def test_a_medicine_the_person_thinks_of(self, suspected: bool | None, fires: bool) -> None:
        taken = MedicineRecord("Anything", stopped_on=days_ago(400), suspected=suspected)
        found = advice_on(diary(medicines=(taken,)))

        assert [rule.rule for rule in found.fired] == (["RF-MED-SUSPECTED"] if fires else [])
        assert found.pharmacist is fires

    @pytest.mark.parametrize(("back", "fires"), [(6, True), (7, False)])
    def test_a_stimulant_while_it_goes_on(self, back: int, fires: bool) -> None:
        taking = (medicine("stimulant_adhd"),)
        record = diary(episodes=[episode(days_ago(back))], medicines=taking)

        assert ("RF-STIMULANT" in fired(record)) is fires
        assert "RF-STIMULANT" not in fired(replace(record, medicines=()))


class TestCaffeine:
    SIGNS = ("palpitations", "vomiting", "agitation", "tremor", "confusion", "chest_pain")

    @pytest.mark.parametrize(("mg", "fires"), [(999, False), (1000, True)])
    def test_a_thousand_milligrams_with_a_sign(self, mg: int, fires: bool) -> None:
        for sign in self.SIGNS:
            record = diary([complete(AS_OF, caffeine_mg=mg)], symptom_answers=yes(sign))
            assert ("RF-CAFFEINE-TOXIC" in fired(record)) is fires

    def test_without_a_sign_of_its_list_it_does_not_fire(self) -> None:
        record = diary([complete(AS_OF, caffeine_mg=5000)], symptom_answers=yes("shivering"))

        assert fired(record) == {}

    @pytest.mark.parametrize(("back", "fires"), [(6, True), (7, False)])
    def test_on_a_day_of_the_last_seven(self, back: int, fires: bool) -> None:
        day = DayRecord(days_ago(back), caffeine_mg=1000)

        found = fired(diary([day], symptom_answers=yes("tremor")))

        assert found == ({"RF-CAFFEINE-TOXIC": "emergency"} if fires else {})

    def test_the_latest_day_that_records_caffeine_decides(self) -> None:
        much = DayRecord(days_ago(3), caffeine_mg=1000)
        unrecorded, little = complete(days_ago(1)), complete(days_ago(1), caffeine_mg=0)
        signs = yes("tremor")

        assert "RF-CAFFEINE-TOXIC" in fired(diary([much, unrecorded], symptom_answers=signs))
        assert fired(diary([much, little], symptom_answers=signs)) == {}


class TestGoingOnAndOnset:
    @pytest.mark.parametrize(("days", "fires"), [(14, False), (15, True)])
    def test_more_than_two_weeks_fires_on_day_fifteen(self, days: int, fires: bool) -> None:
        record = diary(episodes=[episode(AS_OF)], person=began(days))

        assert fired(record) == ({"RF-OVER-2-WEEKS": "routine"} if fires else {})

    @pytest.mark.parametrize(("back", "fires"), [(6, True), (7, False)])
    @pytest.mark.parametrize("how", ["episode", "constant", "a_few", "many"])
    def test_it_goes_on_with_a_twitch_in_seven_days(self, how: str, back: int, fires: bool) -> None:
        day = days_ago(back)
        record = {
            "episode": diary(episodes=[episode(day)]),
            "constant": diary([constant(day)]),
            "a_few": diary([summed_up(day, "a_few")]),
            "many": diary([summed_up(day, "many")]),
        }[how]

        found = fired(replace(record, person=began(20)))

        assert ("RF-OVER-2-WEEKS" in found) is fires

    @pytest.mark.parametrize("day", [none(AS_OF), summed_up(AS_OF, "none"), complete(AS_OF)])
    def test_a_day_without_a_twitch_is_not_going_on(self, day: DayRecord) -> None:
        assert fired(diary([day], person=began(20))) == {}

    def test_a_running_episode_goes_on(self) -> None:
        running = episode(days_ago(9), running=True)

        assert "RF-OVER-2-WEEKS" in fired(diary(episodes=[running], person=began(20)))
        assert fired(diary(episodes=[replace(running, running=False)], person=began(20))) == {}

    @pytest.mark.parametrize(("back", "fires"), [(6, True), (7, False)])
    def test_an_episode_that_ended_lately_goes_on(self, back: int, fires: bool) -> None:
        until = episode(days_ago(9), ended_at=written(days_ago(back), "01:00"))
        lasted = episode(days_ago(9), "12:00", duration_s=(9 - back) * 86_400)

        for ended in (until, lasted):
            found = fired(diary(episodes=[ended], person=began(20)))
            assert ("RF-OVER-2-WEEKS" in found) is fires

    def test_without_own_date_the_first_twitch_day_of_the_run_counts(self) -> None:
        long_run = diary(episodes=[episode(days_ago(15)), episode(AS_OF)])
        new_run = diary(episodes=[episode(days_ago(60)), episode(days_ago(14)), episode(AS_OF)])

        assert fired(long_run) == {"RF-OVER-2-WEEKS": "routine"}
        assert fired(new_run) == {}

    @pytest.mark.parametrize(("days", "fires"), [(90, False), (91, True)])
    def test_an_eyelid_after_three_months(self, days: int, fires: bool) -> None:
        lid = episode(days_ago(10), site="eyelid_upper", side="left")

        assert fired(diary(episodes=[lid], person=began(days))) == (
            {"RF-EYELID-3-MONTHS": "routine"} if fires else {}
        )
        assert fired(diary(episodes=[replace(lid, site="calf")], person=began(days))) == {}

    def test_an_eyelid_without_an_onset_is_none(self) -> None:
        lid = episode(days_ago(13), site="eyelid", side="left")

        assert fired(diary(episodes=[lid])) == {}

    @pytest.mark.parametrize(("impact", "fires"), [("a_lot", True), ("some", False), (None, False)])
    def test_it_gets_in_the_way_a_lot(self, impact: str | None, fires: bool) -> None:
        person = PersonRecord(impact=impact)

        found = fired(diary(episodes=[episode(AS_OF)], person=person))

        assert found == ({"RF-IMPACT": "routine"} if fires else {})
        assert fired(diary(episodes=[episode(days_ago(7))], person=person)) == {}

    @pytest.mark.parametrize("condition", Condition.codes())
    def test_a_known_condition_while_it_goes_on(self, condition: str) -> None:
        fires = condition in {
            *("ms", "lupus", "epilepsy", "mnd", "myasthenia"),
            *("neuropathy", "ckd", "stroke", "parkinson", "cancer"),
        }
        person = PersonRecord(conditions=(condition,), family_conditions=("ms",))

        found = fired(diary(episodes=[episode(AS_OF)], person=person))

        assert found == ({"RF-KNOWN-CONDITION": "routine"} if fires else {})
        assert fired(diary(episodes=[episode(days_ago(7))], person=person)) == {}


class TestPlaces:
    @pytest.mark.parametrize("site", list(BodySite))
    def test_one_place_is_one_part_of_the_body_whatever_the_side(self, site: BodySite) -> None:
        record = diary(episodes=[episode(AS_OF, site=site.value, side="both")])

        assert "RF-MULTI" not in fired(record)

    @pytest.mark.parametrize(
        ("first", "second", "fires"),
        [
            ("calf", "thigh", False),
            ("eyelid", "chin", False),
            ("calf", "hand", True),
            ("neck", "jaw", True),
            ("neck", "chest", False),
            ("tongue", "throat", True),
            ("hip", "lower_back", True),
        ],
    )
    def test_two_parts_of_the_body(self, first: str, second: str, fires: bool) -> None:
        twitches = [episode(AS_OF, "08:00", site=first), episode(AS_OF, "09:00", site=second)]

        assert ("RF-MULTI" in fired(diary(episodes=twitches))) is fires

    @pytest.mark.parametrize(("back", "fires"), [(13, True), (14, False)])
    def test_places_of_the_last_fourteen_days(self, back: int, fires: bool) -> None:
        twitches = [episode(days_ago(back), site="calf"), episode(AS_OF, site="hand")]

        assert ("RF-MULTI" in fired(diary(episodes=twitches, person=began(3)))) is fires

    @pytest.mark.parametrize(
        ("day", "fires"),
        [
            (constant(AS_OF, sites=(("calf", "left"),)), True),
            (summed_up(AS_OF, "a_few", sites=(("calf", "left"),)), True),
            (summed_up(AS_OF, "many", sites=(("calf", "left"),)), True),
            (summed_up(AS_OF, "none", sites=(("calf", "left"),)), False),
            (complete(AS_OF, sites=(("calf", "left"),)), False),
        ],
    )
    def test_places_named_for_a_whole_day(self, day: DayRecord, fires: bool) -> None:
        before = episode(days_ago(1), site="hand", side="left")
        same_day = episode(AS_OF, site="hand", side="left")

        assert ("RF-MULTI" in fired(diary([day], [before]))) is fires
        assert ("RF-MULTI" in fired(diary([day], [before, same_day]))) is fires

    def test_the_place_of_an_episode_that_still_runs_counts(self) -> None:
        running = episode(days_ago(20), site="calf", running=True)

        assert "RF-MULTI" in fired(diary(episodes=[running, episode(AS_OF, site="hand")]))

    @pytest.mark.parametrize(
        ("lid", "face", "fires"),
        [
            (("eyelid_upper", "left"), ("cheek", "left"), True),
            (("eyelid", "right"), ("face", "both"), True),
            (("eyelid_lower", "both"), ("mouth", "right"), True),
            (("eyelid_upper", "left"), ("cheek", "right"), False),
            (("eyelid_upper", None), ("cheek", None), False),
            (("eyelid_upper", "left"), ("mouth", "midline"), False),
            (("eyelid_upper", "left"), ("jaw", "left"), False),
            (("eyelid_upper", "left"), ("tongue", "left"), False),
        ],
    )
    def test_lid_and_face_of_one_side(
        self, lid: tuple[str, str | None], face: tuple[str, str | None], fires: bool
    ) -> None:
        twitches = [
            episode(AS_OF, "08:00", site=lid[0], side=lid[1]),
            episode(AS_OF, "09:00", site=face[0], side=face[1]),
        ]

        assert ("RF-FACE-SPREAD" in fired(diary(episodes=twitches))) is fires

    @pytest.mark.parametrize("site", ["brow", "cheek", "nose", "mouth", "chin", "temple", "face"])
    def test_face_without_lid_after_three_days(self, site: str) -> None:
        cheek = episode(days_ago(8), site=site, side="left")
        lid = episode(days_ago(9), site="eyelid", side="right")

        assert fired(diary(episodes=[cheek], person=began(3))) == {"RF-FACE-OTHER": "routine"}
        assert fired(diary(episodes=[cheek], person=began(2))) == {}
        assert fired(diary(episodes=[cheek, lid], person=began(3))) == {}

    @pytest.mark.parametrize(
        ("site", "fires"), [("tongue", True), ("throat", True), ("neck", False), ("jaw", False)]
    )
    def test_tongue_or_throat(self, site: str, fires: bool) -> None:
        found = fired(diary(episodes=[episode(AS_OF, site=site)]))

        assert found == ({"RF-TONGUE": "routine"} if fires else {})


class TestHowBadItIs:
    @pytest.mark.parametrize(("pain", "fires"), [(3, False), (4, True), (None, False)])
    def test_pain(self, pain: int | None, fires: bool) -> None:
        record = diary(episodes=[episode(days_ago(6), pain=pain)], person=began(3))

        assert fired(record) == ({"RF-PAIN-FREQUENT": "routine"} if fires else {})

    @pytest.mark.parametrize(("twitches", "fires"), [(49, False), (50, True)])
    def test_twitches_in_one_day(self, twitches: int, fires: bool) -> None:
        record = diary(episodes=[episode(AS_OF, twitch_count=twitches)], person=began(3))
        spread = diary(
            episodes=[episode(AS_OF, twitch_count=30), episode(days_ago(1), twitch_count=30)],
            person=began(3),
        )
        in_words = [episode(AS_OF, f"0{n}:00", count_class="very_many") for n in range(2)]

        assert fired(record) == ({"RF-PAIN-FREQUENT": "routine"} if fires else {})
        assert fired(spread) == {}
        assert "RF-PAIN-FREQUENT" in fired(diary(episodes=in_words, person=began(3)))
        assert fired(diary(episodes=in_words[:1], person=began(3))) == {}

    def test_only_the_last_seven_days_count(self) -> None:
        bad = episode(days_ago(7), pain=9, twitch_count=90, intensity=3)
        days = [constant(days_ago(7)), complete(AS_OF)]

        assert fired(diary(days, [bad], person=began(9))) == {}

    @pytest.mark.parametrize(("since", "fires"), [(2, False), (3, True)])
    def test_three_days_after_the_onset(self, since: int, fires: bool) -> None:
        strong = [episode(days_ago(n), pain=9, intensity=3) for n in range(3)]
        record = diary([constant(AS_OF)], strong, person=began(since))

        found = fired(record)

        for rule in ("RF-PAIN-FREQUENT", "RF-CONSTANT", "RF-INTENSE"):
            assert (rule in found) is fires
        often = diary(episodes=[episode(AS_OF, twitch_count=50)], person=began(since))
        assert ("RF-PAIN-FREQUENT" in fired(often)) is fires

    def test_no_onset_no_rule(self) -> None:
        bad = episode(days_ago(29), ended_at=written(days_ago(28), "01:00"), pain=9, intensity=3)

        assert fired(diary(episodes=[bad])) == {}

    def test_a_day_on_which_it_never_stopped(self) -> None:
        assert "RF-CONSTANT" in fired(diary([constant(days_ago(6))], person=began(10)))
        assert "RF-CONSTANT" not in fired(diary([complete(days_ago(6))], person=began(10)))

    @pytest.mark.parametrize(("days", "fires"), [(2, False), (3, True)])
    def test_strong_twitches_on_three_days(self, days: int, fires: bool) -> None:
        strong = [episode(days_ago(n), intensity=3) for n in range(days)]
        again = [episode(AS_OF, f"0{n}:00", intensity=3) for n in range(5)]
        clear = [episode(days_ago(n), intensity=2) for n in range(7)]

        assert ("RF-INTENSE" in fired(diary(episodes=strong, person=began(3)))) is fires
        assert "RF-INTENSE" not in fired(diary(episodes=again + clear, person=began(3)))


class TestOverButRecent:
    def over(self, *codes: str, since: date | None, **fields: Any) -> DiaryRecord:
        return diary(symptom_answers=yes(*codes, current=False, since=since), **fields)

    @pytest.mark.parametrize(("code", "rule"), sorted(RULE_OF_SIGN.items()))
    def test_what_a_sign_fires_that_is_over(self, code: str, rule: str) -> None:
        recent, long_ago = self.over(code, since=days_ago(13)), self.over(code, since=days_ago(14))
        expected = {}
        if LEVELS[rule] == "emergency":
            expected = {rule: "emergency" if rule in ("RF-STROKE", "RF-SEIZURE") else "soon"}

        assert fired(recent) == expected
        assert fired(long_ago) == {}

    @pytest.mark.parametrize("code", ["face_droop_sudden", "chest_pain"])
    def test_a_beginning_that_is_not_recorded_fires_nothing(self, code: str) -> None:
        assert fired(self.over(code, since=None)) == {}

    @pytest.mark.parametrize(("back", "fires"), [(13, True), (14, False)])
    def test_the_day_it_was_first_said_stands_in_for_the_beginning(
        self, back: int, fires: bool
    ) -> None:
        said = answer(days_ago(back), "chest_pain", "yes")
        over = answer(AS_OF, "chest_pain", "yes", current=False)

        found = fired(diary(symptom_answers=(said, over)))

        assert found == ({"RF-CHEST": "soon"} if fires else {})

    def test_a_no_between_ends_what_was_said_before(self) -> None:
        answers = (
            answer(days_ago(5), "chest_pain", "yes", since=days_ago(6)),
            answer(days_ago(4), "chest_pain", "no"),
            answer(AS_OF, "chest_pain", "yes", current=False),
        )

        assert fired(diary(symptom_answers=answers)) == {}

    def test_the_persons_own_date_goes_before_the_day_it_was_said(self) -> None:
        answers = (
            answer(days_ago(5), "chest_pain", "yes", since=days_ago(40)),
            answer(AS_OF, "chest_pain", "yes", current=False),
        )

        assert fired(diary(symptom_answers=answers)) == {}

    def test_one_part_that_is_over_lowers_an_emergency_of_two_signs(self) -> None:
        answers = (
            *yes("bladder_bowel_change", current=False, since=days_ago(3)),
            *yes("back_pain_severe"),
        )

        found = advice_on(diary(symptom_answers=answers)).fired

        assert [(rule.rule, rule.urgency, rule.passed) for rule in found] == [
            ("RF-CAUDA", "soon", True)
        ]

    def test_a_sign_that_is_there_keeps_the_level_beside_one_that_is_over(self) -> None:
        answers = (*yes("confusion", current=False, since=days_ago(3)), *yes("very_drowsy"))

        found = advice_on(diary(symptom_answers=answers)).fired

        assert [(rule.rule, rule.urgency, rule.passed) for rule in found] == [
            ("RF-CONFUSION", "emergency", False)
        ]

    def test_a_medicine_emergency_that_passed(self) -> None:
        record = self.over("vomiting", since=days_ago(2), medicines=(medicine("lithium"),))

        assert fired(record) == {"RF-MED-TOXIC": "soon"}

    def test_what_is_over_says_so(self) -> None:
        chest = advice_on(self.over("chest_pain", since=days_ago(3))).fired[0]
        face = advice_on(self.over("face_droop_sudden", since=days_ago(3))).fired[0]

        assert "chest pain (began on 1 May, now over)" in chest.recorded
        assert "Tell a doctor today or tomorrow even though it has passed" in chest.do
        assert face.do.startswith("Call ")
        assert "even though it has passed" in face.do


class TestAskedAgain:
    @pytest.mark.parametrize(("back", "again"), [(7, ()), (8, ("chest_pain",))])
    def test_an_emergency_answer_holds_and_is_asked_again_after_seven_days(
        self, back: int, again: tuple[str, ...]
    ) -> None:
        found = advice_on(diary(symptom_answers=(answer(days_ago(back), "chest_pain", "yes"),)))

        assert found.urgency == "emergency"
        assert found.ask_again == again

    def test_only_signs_of_an_emergency_that_fired_are_asked_again(self) -> None:
        old = tuple(
            answer(days_ago(30), code, "yes") for code in ("muscle_wasting", "saddle_numbness")
        )

        assert advice_on(diary(symptom_answers=old)).ask_again == ()

    def test_a_sign_that_is_over_has_been_answered(self) -> None:
        over = answer(days_ago(10), "face_droop_sudden", "yes", current=False, since=days_ago(12))
        found = advice_on(diary(symptom_answers=(over,)))

        assert (found.urgency, found.ask_again) == ("emergency", ())

    def test_not_sure_does_not_answer_it(self) -> None:
        answers = (answer(days_ago(8), "chest_pain", "yes"), answer(AS_OF, "chest_pain", "unsure"))

        assert advice_on(diary(symptom_answers=answers)).ask_again == ("chest_pain",)


class TestWhole:
    def test_an_empty_diary_has_no_advice_and_no_signs_asked(self) -> None:
        found = advice_on(DiaryRecord())

        assert found == Advice(
            urgency="self_care",
            signs_asked=False,
            pharmacist=False,
            fired=(),
            factors=(),
            notes=(),
            ask_again=(),
            emergency_numbers=("112", "911", "999", "000"),
        )

    @pytest.mark.parametrize("said", ["no", "unsure"])
    def test_signs_are_asked_when_each_that_suffices_alone_has_an_answer(self, said: str) -> None:
        answers = tuple(answer(days_ago(90), code, said) for code in signs_to_ask())

        assert advice_on(diary(symptom_answers=answers)).signs_asked is True
        for left_out in range(len(answers)):
            some = answers[:left_out] + answers[left_out + 1 :]
            assert advice_on(diary(symptom_answers=some)).signs_asked is False

    def test_the_most_urgent_come_first_then_the_order_of_the_table(self) -> None:
        record = diary(
            episodes=[episode(AS_OF, site="tongue"), episode(days_ago(1), site="calf")],
            symptom_answers=(
                *yes("weight_loss", "muscle_wasting", "chest_pain", "breathing_severe"),
                *yes("dark_urine", current=False, since=AS_OF),
                *yes("rhythmic_jerking"),
            ),
        )

        found = advice_on(record)

        assert [(rule.rule, rule.urgency) for rule in found.fired] == [
            ("RF-BREATH", "emergency"),
            ("RF-CHEST", "emergency"),
            ("RF-DARK-URINE", "soon"),
            ("RF-WASTING", "soon"),
            ("RF-JERKS", "soon"),
            ("RF-MULTI", "routine"),
            ("RF-TONGUE", "routine"),
            ("RF-WEIGHT-LOSS", "routine"),
        ]
        assert found.urgency == "emergency"

    @pytest.mark.parametrize(
        ("person", "notes"),
        [
            (PersonRecord(pregnant=True), ("CTX-PREGNANT",)),
            (PersonRecord(pregnant=False), ()),
            (PersonRecord(birth_year=AS_OF.year - 15), ("CTX-CHILD",)),
            (PersonRecord(birth_year=AS_OF.year - 16), ()),
            (
                PersonRecord(conditions=("already_assessed_for_this_twitch",)),
                ("CTX-ALREADY-ASSESSED",),
            ),
            (PersonRecord(conditions=("health_anxiety",)), ("CTX-WORRY",)),
            (PersonRecord(worry="my eye"), ("CTX-WORRY",)),
            (PersonRecord(worry=" "), ()),
            (PersonRecord(conditions=("limited_diet",)), ("CTX-DIET",)),
            (PersonRecord(conditions=("little_sunlight",)), ("CTX-DIET",)),
            (PersonRecord(conditions=("chronic_diarrhoea",)), ("CTX-DIET",)),
            (PersonRecord(conditions=("anxiety_disorder",)), ()),
            (
                PersonRecord(pregnant=True, worry="x", conditions=("limited_diet",)),
                ("CTX-PREGNANT", "CTX-WORRY", "CTX-DIET"),
            ),
        ],
    )
    def test_notes_of_a_person(self, person: PersonRecord, notes: tuple[str, ...]) -> None:
        assert advice_on(diary(person=person)).notes == notes

    @pytest.mark.parametrize("sign", ["eyes_forced_shut_both", "blackout_or_seizure"])
    def test_note_on_driving(self, sign: str) -> None:
        assert advice_on(with_signs(sign)).notes == ("CTX-DRIVING",)
        assert advice_on(with_signs("eyelid_droop")).notes == ()

    @ANY_DIARY
    @given(diaries(), st.sampled_from([QUARTER[0], date(2026, 2, 14), QUARTER[1]]))
    def test_any_diary_has_advice_that_agrees(self, record: DiaryRecord, as_of: date) -> None:
        self.agrees(advice_on(record, as_of))

    @ANY_DIARY
    @given(troubled_diaries())
    def test_a_troubled_diary_has_advice_that_agrees(self, record: DiaryRecord) -> None:
        self.agrees(advice_on(record))

    def agrees(self, found: Advice) -> None:
        """Order, level and words of what fired."""
        keys = [(URGENCIES.index(rule.urgency), ORDER.index(rule.rule)) for rule in found.fired]
        assert keys == sorted(keys)
        assert found.urgency == (found.fired[0].urgency if found.fired else "self_care")
        for rule in found.fired:
            assert rule.urgency == LEVELS[rule.rule] or (rule.urgency == "soon" and rule.passed)
            assert "%(" not in rule.says + rule.do
            assert rule.recorded.endswith(".")

    @ANY_DIARY
    @given(troubled_diaries(), st.data())
    def test_nothing_that_may_be_added_lowers_the_level(
        self, record: DiaryRecord, data: st.DataObject
    ) -> None:
        asked = {given.symptom for given in record.symptom_answers}
        free = [code for code in AssociatedSymptom.codes() if code not in asked]
        denied = data.draw(st.lists(st.sampled_from(free), max_size=5))
        more = replace(
            record,
            person=replace(
                record.person,
                birth_year=data.draw(st.sampled_from([None, 1950, 2015])),
                conditions=(*(record.person.conditions or ()), "already_assessed_for_this_twitch"),
                worry="I worry",
            ),
            days=tuple(
                day if day.caffeine_mg is None else replace(day, caffeine_mg=day.caffeine_mg + 500)
                for day in record.days
            ),
            symptom_answers=(
                *record.symptom_answers,
                *(answer(AS_OF, code, "no") for code in denied),
            ),
        )

        before, after = advice_on(record), advice_on(more)

        assert {(rule.rule, rule.urgency) for rule in before.fired} <= {
            (rule.rule, rule.urgency) for rule in after.fired
        }
        assert URGENCIES.index(after.urgency) <= URGENCIES.index(before.urgency)

    @ANY_DIARY
    @given(troubled_diaries(), st.sampled_from(AssociatedSymptom.codes()))
    def test_a_sign_more_never_lowers_the_level(self, record: DiaryRecord, code: str) -> None:
        worse = replace(
            record, symptom_answers=(*record.symptom_answers, answer(AS_OF, code, "yes"))
        )

        before, after = advice_on(record), advice_on(worse)

        assert URGENCIES.index(after.urgency) <= URGENCIES.index(before.urgency)

    @ANY_DIARY
    @given(diaries())
    def test_whole_record_and_a_window_of_its_episodes_agree(self, record: DiaryRecord) -> None:
        as_of = QUARTER[1]
        start = last_days(as_of, 56).from_
        short = tuple(replace(e, ended_at=None, duration_s=None) for e in record.episodes)
        recent = tuple(e for e in short if e.local_date >= start or e.running)

        window = replace(record, episodes=recent, episodes_from=start)

        period = last_days(as_of, 56)
        whole = advise(replace(record, episodes=short), as_of, period=period)
        assert advise(window, as_of, period=period) == whole
