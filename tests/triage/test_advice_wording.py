"""The words of advice: facts inserted, numbers as people say them, and what is never said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from diary.records import DiaryRecord, MedicineRecord, Onset, PersonRecord
from diary.vocabulary import AssociatedSymptom, Condition, MedicineClass
from tests.triage.hand_made import (
    AS_OF,
    answer,
    complete,
    constant,
    days_ago,
    diary,
    episode,
    none,
)
from triage.advice import Advice, FiredRule, advise, signs_to_ask
from triage.advice_wording import (
    emergency_numbers,
    heading,
    length_words,
    note_text,
    nothing_fired_heading,
    nothing_fired_text,
    number_words,
)
from triage.knowledge import knowledge
from triage.periods import period_of

NEVER = re.compile(
    r"attack|complian|trigger|significan|monitor|detect|analy[sz]|diagnos|screen|benign"
    r"|all[ -]clear|nothing to worry|no need to worry|you are fine|\bnormal|abnormal|healthy"
    r"|probab|likel|\brisk|chance|per ?cent|%"
    r"|\bdose|dosage|stop taking|start taking|do not take|take more|take less|cut down|reduce"
    r"|supplement|magnesium|calcium|potassium|vitamin|electrolyte|paper bag"
    r"|caus(e|ed|es|ing)\b|because of|due to|leads? to|reassur|refer(red|ral)|will be (seen|tested)"
    r"|scan\b|blood test|well done|streak|compliment|\bsoon\b|!",
    re.IGNORECASE,
)
ILLNESSES = re.compile(
    r"\b(als|mnd|ms|lupus|sclerosis|neurone|stroke|epilep\w*|parkinson\w*|cancer|tumou?r"
    r"|neuropath\w*|myasthen\w*|isaacs?|lou gehrig|diabetes|guillain\w*|cauda|tetany|hypocalc\w*"
    r"|serotonin syndrome|poisoning|blepharospasm|myokymia|kidney failure)\b",
    re.IGNORECASE,
)
RULES = knowledge().red_flags.rules


def advice_on(record: DiaryRecord) -> Advice:
    """Advice over the whole diary."""
    return advise(record, AS_OF, period=period_of(record, AS_OF))


def rule(record: DiaryRecord, code: str) -> FiredRule:
    """One rule that fires."""
    return next(one for one in advice_on(record).fired if one.rule == code)


def everything(**person: Any) -> DiaryRecord:
    """A diary that holds every sign, condition, class of medicine and factor."""
    days = [
        complete(
            days_ago(n),
            caffeine_mg=1240,
            sleep_min=300,
            stress=8,
            exercise_min=60,
            drinks_ml=900,
            alcohol_drinks=3,
            nicotine=True,
        )
        for n in range(9)
    ]
    places = [("eyelid_upper", "left"), ("cheek", "left"), ("calf", "both"), ("throat", "midline")]
    return diary(
        [*days, constant(days_ago(9)), none(days_ago(10), caffeine_mg=0)],
        [
            episode(days_ago(n), site=site, side=side, pain=5, intensity=3, twitch_count=63)
            for n, (site, side) in enumerate(places)
        ],
        symptom_answers=tuple(
            answer(days_ago(9), code, "yes", since=days_ago(12))
            for code in AssociatedSymptom.codes()
        ),
        medicines=tuple(
            MedicineRecord(f"Brand {number}", code, started_on=days_ago(100), suspected=True)
            for number, code in enumerate(MedicineClass.codes())
        ),
        person=PersonRecord(
            **{
                "impact": "a_lot",
                "worry": "x",
                "pregnant": True,
                "onset": Onset(days_ago(95)),
                "conditions": Condition.codes(),
                **person,
            }
        ),
    )


def single_rule_diaries() -> Iterator[DiaryRecord]:
    """Diaries in which few rules fire, so that each way of saying comes up."""
    for code in AssociatedSymptom.codes():
        yield diary(symptom_answers=(answer(AS_OF, code, "yes"),))
        over = answer(AS_OF, code, "yes", current=False, since=days_ago(2))
        yield diary(symptom_answers=(over,))
    for site in ("cheek", "tongue", "calf"):
        yield diary([constant(AS_OF)], [episode(AS_OF, site=site)], person=_began(20))
    for age in (3, 5, 8, 12, 15, 17, 40):
        yield everything(birth_year=AS_OF.year - age)
        yield everything(birth_year=AS_OF.year - age, weight_kg=50, pregnant=None)
    yield diary(medicines=(MedicineRecord("A", started_on=AS_OF, changed_on=AS_OF),))


def _began(days: int) -> PersonRecord:
    return PersonRecord(onset=Onset(days_ago(days)))


def texts_of(advice: Advice) -> Iterator[tuple[str, str]]:
    """Each individual text with the entry it belongs to."""
    for one in advice.fired:
        for words in (one.text, one.recorded, one.said_by, one.says, one.do):
            yield one.rule, words
    for factor in advice.factors:
        yield factor.rule, factor.text
    for code in advice.notes:
        yield code, note_text(code)
    for asked in (True, False):
        yield "heading", heading(advice.urgency, None, signs_asked=asked)
        yield "nothing", f"{nothing_fired_heading(asked)}. {nothing_fired_text(asked)}"


def shipped_texts() -> Iterator[tuple[str, str]]:
    """Every sentence of the data files that is about a person."""
    for one in RULES:
        yield from ((one.id, words) for words in (one.said_by, one.do))
        yield from ((one.id, words) for when in one.when for words in (when.recorded, when.says))
    yield from knowledge().red_flags.do.items()
    for factor in knowledge().factors.values():
        yield from ((factor.id, words) for words in (factor.lead, *factor.target.values()))
    for note in knowledge().notes.values():
        yield note.id, note.text
    for found in knowledge().medicine_classes.values():
        yield found.code, found.reported


class TestNeverSaid:
    @pytest.mark.parametrize(("entry", "words"), sorted(set(shipped_texts())))
    def test_in_the_data(self, entry: str, words: str) -> None:
        plain = re.sub(r"%\(\w+\)s", "", words)

        assert not NEVER.search(plain)
        assert not ILLNESSES.search(plain)

    def test_in_what_is_put_together(self) -> None:
        told = set()
        for record in single_rule_diaries():
            for entry, words in texts_of(advice_on(record)):
                told.add(entry)
                assert not NEVER.search(words), (entry, words)
                if entry != "RF-KNOWN-CONDITION":  # repeats what the person noted
                    assert not ILLNESSES.search(words), (entry, words)
                assert "  " not in words
                assert "%(" not in words

        assert {one.id for one in RULES} - told == set()
        assert {factor.id for factor in knowledge().factors.values()} <= told

    @pytest.mark.parametrize("bad", ["It is probably coffee", "You are fine", "benign", "Soon"])
    def test_the_list_finds_what_it_names(self, bad: str) -> None:
        assert NEVER.search(bad)

    def test_the_list_of_illnesses_finds_them(self) -> None:
        assert ILLNESSES.search("This may be ALS")
        assert not ILLNESSES.search("also seems terms")


class TestForm:
    def test_text_is_recorded_then_said_then_to_do_in_at_most_three_sentences(self) -> None:
        for record in single_rule_diaries():
            for one in advice_on(record).fired:
                said = one.says[:1].lower() + one.says[1:]
                assert one.text == f"{one.recorded} {one.said_by}: {said} {one.do}"
                assert len(re.findall(r"[.](\s|$)", one.text)) == 3
                assert one.recorded[0].isupper() or one.recorded.startswith("Brand")

    def test_today_or_tomorrow_stands_in_every_text_of_that_level(self) -> None:
        found = [one for d in single_rule_diaries() for one in advice_on(d).fired]
        level = [one for one in found if one.urgency == "soon"]

        assert len({one.rule for one in level}) > 8
        assert all("today or tomorrow" in one.do for one in level)
        assert not any("today or tomorrow" in one.do for one in found if one.urgency == "routine")

    def test_every_emergency_names_the_number_of_the_country(self) -> None:
        for country, number in (("GB", "999 or 112"), ("US", "911"), ("NZ", "111")):
            found = advice_on(everything(country=country))
            emergencies = [one for one in found.fired if one.urgency == "emergency"]
            assert len(emergencies) == 12
            assert all(f"all {number} now" in one.text for one in emergencies)

    def test_signs_are_told_as_they_were_asked_with_since_when(self) -> None:
        noted = answer(AS_OF, "muscle_wasting", "yes", since=days_ago(62))
        undated = answer(AS_OF, "dropping_things", "yes")
        record = diary(symptom_answers=(noted, undated))

        assert rule(record, "RF-WASTING").recorded == (
            "You ticked: a muscle looks thinner than before, or than on the other side "
            "(since 3 March)."
        )
        assert rule(record, "RF-WEAK-FUNCTION").recorded == (
            "You ticked: weak grip: you drop things, or jars and buttons got hard."
        )

    def test_several_ways_of_firing_are_one_sentence(self) -> None:
        started = MedicineRecord("Sertraline", "other", started_on=days_ago(31))
        suspected = MedicineRecord("Topiramate", "other", suspected=True)
        record = diary(medicines=(started, suspected), person=_began(10))

        assert rule(record, "RF-MED-SUSPECTED").recorded == (
            "You think that it may have to do with Topiramate; "
            "Sertraline was started 21 days before the twitching began."
        )

    def test_a_step_on_the_day_of_the_onset(self) -> None:
        record = diary(
            medicines=(MedicineRecord("Sertraline", changed_on=days_ago(10)),), person=_began(10)
        )

        assert rule(record, "RF-MED-SUSPECTED").recorded == (
            "Sertraline was changed on the day the twitching began."
        )

    @pytest.mark.parametrize(
        ("precision", "said"),
        [
            ("day", "Sertraline was started 12 days before the twitching began."),
            (None, "Sertraline was started 12 days before the twitching began."),
            ("week", "Sertraline was started on 12 April; twitching since about 24 April 2026."),
            ("month", "Sertraline was started on 12 April; twitching since about April 2026."),
            (
                "year",
                "Sertraline was started on 12 April; twitching since some time in 2026.",
            ),
        ],
    )
    def test_no_days_are_counted_from_an_onset_that_is_not_known_to_the_day(
        self, precision: str | None, said: str
    ) -> None:
        taken = MedicineRecord("Sertraline", started_on=days_ago(22))
        person = PersonRecord(onset=Onset(days_ago(10), precision))

        assert rule(diary(medicines=(taken,), person=person), "RF-MED-SUSPECTED").recorded == said

    def test_three_medicines_are_named_and_the_rest_counted(self) -> None:
        taken = [MedicineRecord(f"Brand {n}", "statin", suspected=True) for n in range(5)]
        named = "Brand 0, Brand 1, Brand 2 and 2 more"

        assert rule(diary(medicines=tuple(taken)), "RF-MED-SUSPECTED").recorded == (
            f"You think that it may have to do with {named}."
        )
        assert f": {named}. " in advice_on(diary(medicines=tuple(taken))).factors[0].text
        assert rule(diary(medicines=tuple(taken[:3])), "RF-MED-SUSPECTED").recorded.endswith(
            "with Brand 0, Brand 1 and Brand 2."
        )

    @pytest.mark.parametrize(
        ("precision", "said"),
        [
            (
                "day",
                (
                    "A was started 2 days before the twitching began; "
                    "B was started 2 days before the twitching began; "
                    "C was started 2 days before the twitching began; "
                    "2 more medicines in the weeks before it began."
                ),
            ),
            (
                "month",
                (
                    "A was started on 22 April; B was started on 22 April; "
                    "C was started on 22 April; 2 more medicines in the weeks before it began; "
                    "twitching since about April 2026."
                ),
            ),
        ],
    )
    def test_three_medicines_near_the_onset_are_named(self, precision: str, said: str) -> None:
        taken = tuple(MedicineRecord(name, started_on=days_ago(12)) for name in "ABCDE")
        person = PersonRecord(onset=Onset(days_ago(10), precision))

        assert rule(diary(medicines=taken, person=person), "RF-MED-SUSPECTED").recorded == said

    def test_a_suspicion_is_only_spoken_of_where_there_is_one(self) -> None:
        started = MedicineRecord("Sertraline", started_on=days_ago(12))
        suspected = replace(started, suspected=True)
        near, own = (
            rule(diary(medicines=(taken,), person=_began(10)), "RF-MED-SUSPECTED")
            for taken in (started, suspected)
        )

        assert near.said_by == "The NHS says"
        assert near.says == (
            "Twitches can come with some medicines, so look at the leaflet in the packet; "
            "keep taking what is prescribed until you have medical advice."
        )
        assert own.says == (
            "See a GP when you think that a medicine plays a part, "
            "and keep taking it as prescribed until then."
        )
        assert near.do == own.do

    def test_what_a_person_typed_is_not_read_as_a_template(self) -> None:
        typed = MedicineRecord("100 % %(number)s %s", suspected=True)

        assert "100 % %(number)s %s" in rule(diary(medicines=(typed,)), "RF-MED-SUSPECTED").text

    def test_duration_place_and_last_twitch(self) -> None:
        record = diary(
            episodes=[
                episode(days_ago(55), site="eyelid_upper", side="left"),
                episode(days_ago(30), site="eyelid_upper", side="left"),
                episode(days_ago(10), site="eyelid_upper", side="left"),
                episode(days_ago(1), site="calf", side="both"),
            ]
        )

        assert rule(record, "RF-OVER-2-WEEKS").recorded == (
            "Twitching for about 8 weeks, since 10 March, the last time yesterday."
        )
        assert rule(record, "RF-MULTI").recorded == (
            "Twitches in two parts of the body in the last 14 days: "
            "left upper eyelid and both calves."
        )

    def test_onset_is_told_as_exactly_as_it_is_known(self) -> None:
        person = PersonRecord(onset=Onset(days_ago(64), "month"))
        record = diary(episodes=[episode(AS_OF)], person=person)

        assert rule(record, "RF-OVER-2-WEEKS").recorded == (
            "Twitching for about 2 months, since about March 2026, the last time today."
        )

    @pytest.mark.parametrize(
        ("days", "precision", "said"),
        [
            (20, "day", "for 20 days, since 14 April 2026"),
            (20, "week", "since about 14 April 2026"),
            (30, "month", "since about April 2026"),
            (150, "season", "since winter 2025/26"),
            (150, "year", "since some time in 2025"),
            (735, "year", "since some time in 2024"),
            (1240, "year", "for about 3 years, since some time in 2022"),
        ],
    )
    def test_no_length_is_said_of_a_start_that_is_not_known_as_exactly(
        self, days: int, precision: str, said: str
    ) -> None:
        person = PersonRecord(onset=Onset(days_ago(days), precision))
        record = diary(episodes=[episode(AS_OF, site="eyelid")], person=person)

        assert rule(record, "RF-OVER-2-WEEKS").recorded == (
            f"Twitching {said}, the last time today."
        )
        if days > 90:
            assert rule(record, "RF-EYELID-3-MONTHS").recorded == (
                f"Twitching {said}, in the last 14 days at the eyelid."
            )

    def test_many_places_are_counted_after_six(self) -> None:
        sites = ("eyelid", "cheek", "neck", "chest", "hand", "thigh", "calf", "foot")
        twitches = [episode(AS_OF, f"0{n}:00", site=site) for n, site in enumerate(sites)]

        assert rule(diary(episodes=twitches), "RF-MULTI").recorded == (
            "Twitches in four parts of the body in the last 14 days: "
            "eyelid, cheek, neck, hand, chest, thigh and 2 more."
        )

    @pytest.mark.parametrize(
        ("twitches", "said"), [(50, "About 50"), (54, "About 50"), (55, "About 60")]
    )
    def test_large_counts_are_rounded(self, twitches: int, said: str) -> None:
        record = diary(episodes=[episode(AS_OF, twitch_count=twitches)], person=_began(5))

        assert rule(record, "RF-PAIN-FREQUENT").recorded.startswith(f"{said} twitches on one")

    @pytest.mark.parametrize(
        ("days", "said"), [(15, "15 days"), (27, "27 days"), (28, "about 4 weeks")]
    )
    def test_lengths(self, days: int, said: str) -> None:
        assert length_words(days) == said


class TestHarmless:
    HARMLESS = "most twitches are harmless"
    ASKED = tuple(answer(AS_OF, code, "no") for code in signs_to_ask())
    LONG = diary(episodes=[episode(AS_OF, site="calf")], person=_began(20), symptom_answers=ASKED)

    def says(self, record: DiaryRecord) -> bool:
        return any(self.HARMLESS in one.text for one in advice_on(record).fired)

    def test_it_stands_beside_duration_and_places_only(self) -> None:
        places = [episode(AS_OF, site="hand"), episode(days_ago(1), site="calf")]
        asked = {"episodes": places, "symptom_answers": self.ASKED}

        assert self.says(self.LONG)
        assert self.says(diary(**asked))
        assert self.says(diary(**asked, person=_began(20)))

    def test_it_waits_until_the_signs_were_asked(self) -> None:
        one_is_missing = replace(self.LONG, symptom_answers=self.ASKED[1:])

        assert not self.says(one_is_missing)
        assert [one.do for one in advice_on(one_is_missing).fired] == [
            "Book a routine appointment and bring your sheet."
        ]

    def test_any_other_rule_takes_it_away(self) -> None:
        for code in ("weakness_feeling", "muscle_wasting", "chest_pain"):
            given = (*self.ASKED, answer(AS_OF, code, "yes"))
            assert not self.says(replace(self.LONG, symptom_answers=given))

    def test_no_other_rule_ever_says_it(self) -> None:
        for record in single_rule_diaries():
            ids = {one.rule for one in advice_on(record).fired}
            if not ids <= {"RF-OVER-2-WEEKS", "RF-MULTI"}:
                assert not self.says(record)


class TestNumbers:
    @pytest.mark.parametrize(
        ("country", "numbers"),
        [
            ("GB", ("999", "112")),
            ("IE", ("999", "112")),
            ("DE", ("112",)),
            ("IT", ("112", "118")),
            ("US", ("911",)),
            ("CA", ("911",)),
            ("AU", ("000", "112")),
            ("NZ", ("111",)),
            ("IN", ("112", "108")),
            ("JP", ("119",)),
            ("KR", ("119",)),
            ("gb", ("999", "112")),
            ("ZZ", ("112", "911", "999", "000")),
            ("", ("112", "911", "999", "000")),
            (None, ("112", "911", "999", "000")),
        ],
    )
    def test_of_a_country(self, country: str | None, numbers: tuple[str, ...]) -> None:
        assert emergency_numbers(country) == numbers

    def test_in_a_sentence(self) -> None:
        assert number_words("US") == "911"
        assert number_words("GB") == "999 or 112"
        assert number_words(None) == "your emergency number (112, 911, 999 or 000)"

    @pytest.mark.parametrize(
        "country",
        [
            *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
            *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
        ],
    )
    def test_112_is_named_in_every_country_of_the_union(self, country: str) -> None:
        assert "112" in emergency_numbers(country)


class TestHeadings:
    def test_each_level(self) -> None:
        assert heading("emergency", "GB", signs_asked=False) == "Call 999 or 112 now"
        assert heading("soon", "GB", signs_asked=False) == "See a doctor today or tomorrow"
        assert heading("routine", "GB", signs_asked=False) == (
            "Book a routine appointment with your doctor"
        )

    def test_nothing_fired_is_said_of_the_lists_only_after_the_signs_were_asked(self) -> None:
        asked = heading("self_care", None, signs_asked=True)
        not_asked = heading("self_care", None, signs_asked=False)

        assert asked == "Nothing you recorded is on the lists we use"
        assert not_asked == "A few signs have not been asked yet"
        assert nothing_fired_text(True) != nothing_fired_text(False)


class TestFactorTexts:
    @pytest.mark.parametrize(
        ("person", "said"),
        [
            ({}, "up to 400 mg a day"),
            ({"pregnant": True}, "up to 200 mg a day"),
            ({"birth_year": AS_OF.year - 12}, "up to 100 mg a day"),
            ({"birth_year": AS_OF.year - 12, "weight_kg": 62.5}, "up to about 190 mg a day"),
        ],
    )
    def test_the_target_is_named_with_whose_it_is(self, person: dict[str, Any], said: str) -> None:
        record = diary([complete(AS_OF, caffeine_mg=600)], person=PersonRecord(**person))

        assert f"The target is {said}" in advice_on(record).factors[0].text

    def test_hours_of_sleep(self) -> None:
        record = diary([complete(AS_OF, sleep_min=300)])

        assert "The target is 7 hours or more a night" in advice_on(record).factors[0].text

    def test_alcohol_is_no_target_for_everybody(self) -> None:
        record = diary([complete(AS_OF, alcohol_drinks=3)])

        assert "it does not hold in pregnancy or under 18" in advice_on(record).factors[0].text

    def test_medicines_are_named(self) -> None:
        record = diary(
            medicines=(MedicineRecord("Inhaler", "beta_agonist"), MedicineRecord("Pill", "statin"))
        )

        (found,) = advice_on(record).factors
        assert found.text == (
            "Among medicines that have been reported with twitching or cramps: Inhaler and Pill. "
            "Put this on your sheet and ask a pharmacist or the prescriber; "
            "change nothing on your own before that."
        )

    def test_fast_breathing(self) -> None:
        record = diary(symptom_answers=(answer(AS_OF, "fast_breathing", "yes"),))

        (found,) = advice_on(record).factors
        assert found.text.startswith("You ticked: you breathe fast or deeply when it twitches. ")
