"""The shipped knowledge: complete, in the order of the rule table, and refused when it is not."""

from __future__ import annotations

import dataclasses
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from diary.vocabulary import DRINK_SERVINGS, AssociatedSymptom, Factor, MedicineClass
from triage import red_flags
from triage.advice import signs_to_ask
from triage.knowledge import FACTS, FOLDER, KnowledgeFault, knowledge, load

CHECKED = date(2026, 11, 24)
TABLE = {
    "emergency": [
        *("RF-BREATH", "RF-STROKE", "RF-WEAK-DAYS", "RF-CAUDA", "RF-SEIZURE", "RF-CONFUSION"),
        *("RF-CHEST", "RF-PESTICIDE", "RF-DARK-URINE", "RF-MED-TOXIC", "RF-CAFFEINE-TOXIC"),
        "RF-BREATH-WEAK",
    ],
    "soon": [
        *("RF-MED-URGENT", "RF-BREATH-SLOW", "RF-BULBAR", "RF-WEAK-FUNCTION", "RF-WASTING"),
        *("RF-TETANY", "RF-FACE-SPREAD", "RF-JERKS"),
    ],
    "routine": [
        *("RF-OVER-2-WEEKS", "RF-MULTI", "RF-WEAK-FEELING", "RF-STIFF", "RF-NUMB"),
        *("RF-MED-SUSPECTED", "RF-STIMULANT", "RF-EYE-CLOSES", "RF-EYE-INFLAMED"),
        *("RF-EYELID-DROOP", "RF-EYELID-3-MONTHS", "RF-PAIN-FREQUENT", "RF-CONSTANT"),
        *("RF-INTENSE", "RF-IMPACT", "RF-FACE-OTHER", "RF-TONGUE", "RF-NERVE"),
        *("RF-GLOVE-STOCKING", "RF-BALANCE", "RF-WEIGHT-LOSS", "RF-LUPUS-CLUSTER"),
        *("RF-KIDNEY-CLUSTER", "RF-KNOWN-CONDITION"),
    ],
}
KNOWN = knowledge()
ENTRIES = [
    *KNOWN.sources.values(),
    *KNOWN.red_flags.rules,
    *KNOWN.factors.values(),
    *KNOWN.notes.values(),
    *KNOWN.medicine_classes.values(),
    *KNOWN.drinks.values(),
]


def test_forty_four_rules_stand_at_their_levels_in_the_order_of_the_table() -> None:
    found = {
        level: [rule.id for rule in KNOWN.red_flags.rules if rule.urgency == level]
        for level in TABLE
    }

    assert found == TABLE
    assert len(KNOWN.red_flags.rules) == 44


def test_a_rule_that_steps_back_for_another_stands_after_it() -> None:
    order = [rule.id for rule in KNOWN.red_flags.rules]

    assert order.index("RF-MED-TOXIC") < order.index("RF-MED-URGENT")
    assert order.index("RF-BREATH-WEAK") < order.index("RF-BREATH-SLOW")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: getattr(entry, "id", str(entry)))
def test_every_entry_is_complete(entry: object) -> None:
    for field in dataclasses.fields(entry):  # type: ignore[arg-type]
        value = getattr(entry, field.name)
        if isinstance(value, str):
            assert value == value.strip()
            assert value
            assert "!" not in value
    assert entry.checked >= CHECKED  # type: ignore[attr-defined]
    assert all(source in KNOWN.sources for source in getattr(entry, "sources", ()))


@pytest.mark.parametrize("rule", KNOWN.red_flags.rules, ids=lambda rule: rule.id)
def test_every_rule_says_its_source_and_what_to_do_in_sentences(rule: red_flags.RedFlag) -> None:
    assert rule.sources
    assert rule.checked == CHECKED
    assert all(clause.says.endswith(".") for clause in rule.when)
    assert rule.do.endswith(".")
    assert rule.said_by.split()[-1] in ("says", "say", "doctors", "reports")
    for clause in rule.when:
        assert not clause.recorded.endswith(".")
    if rule.urgency == "soon":
        assert "today or tomorrow" in rule.do
    if rule.urgency == "emergency":
        assert rule.do.startswith("Call %(number)s now")


def test_every_number_has_a_source_or_is_marked_as_this_diarys_own() -> None:
    numbers = [
        *KNOWN.red_flags.windows.values(),
        *(n for rule in KNOWN.red_flags.rules for c in rule.when for n in c.numbers.values()),
        *(n for rule in KNOWN.factors.values() for n in rule.numbers.values()),
        *(n for note in KNOWN.notes.values() for n in note.numbers.values()),
    ]

    assert len(numbers) > 40
    assert all(bool(number.sources) != number.design_decision for number in numbers)


def test_every_question_to_the_facts_has_its_function() -> None:
    used = {clause.fact for rule in KNOWN.red_flags.rules for clause in rule.when if clause.fact}

    assert set(FACTS) == set(red_flags.FACT_QUESTIONS) == used


def test_classes_of_medicines_are_those_of_the_vocabulary() -> None:
    reported = {code for code in MedicineClass if code.reported_with_twitching}

    assert set(KNOWN.medicine_classes) == reported


def test_factors_and_notes_stand_in_their_order() -> None:
    assert tuple(KNOWN.factors) == Factor.codes()
    assert [rule.id for rule in KNOWN.factors.values()] == [
        *("TG-CAFFEINE", "TG-SLEEP", "TG-STRESS", "CF-EXERCISE", "TG-ALCOHOL", "TG-NICOTINE"),
        *("TG-DRINKS", "CF-MEDICINE", "CF-BREATHING"),
    ]
    assert list(KNOWN.notes) == [
        *("CTX-PREGNANT", "CTX-CHILD", "CTX-ALREADY-ASSESSED", "CTX-WORRY", "CTX-DRIVING"),
        "CTX-DIET",
    ]


def test_signs_to_ask_are_those_that_suffice_for_emergency_or_today_or_tomorrow() -> None:
    expected = {
        *("breathing_severe", "face_droop_sudden", "weakness_sudden", "speech_slurred_sudden"),
        *("numbness_one_side_sudden", "vision_loss_sudden", "weakness_over_days"),
        *("blackout_or_seizure", "confusion", "very_drowsy", "chest_pain", "dark_urine"),
        *("breathless_new", "breathless_lying_or_rest", "speech_slurred_gradual"),
        *("swallowing_trouble", "weakness_over_weeks", "weakness_over_months"),
        *("dropping_things", "tripping_foot_drop", "muscle_wasting"),
        *("sustained_hand_foot_spasm", "tingling_mouth", "spread_to_face", "rhythmic_jerking"),
    }

    assert set(signs_to_ask()) == expected
    assert list(signs_to_ask()) == [c for c in AssociatedSymptom.codes() if c in expected]


def test_numbers_to_call_cover_forty_countries_and_one_that_is_not_listed() -> None:
    assert len(KNOWN.emergency_numbers) >= 40
    assert KNOWN.usual_emergency_numbers == ("112", "911", "999", "000")


def test_drinks_hold_what_the_check_in_counts_within_their_range() -> None:
    assert {code: drink.serving for code, drink in KNOWN.drinks.items()} == DRINK_SERVINGS
    for drink in KNOWN.drinks.values():
        assert drink.low <= drink.serving.mg <= drink.high
        assert bool(drink.sources) == (drink.strength == "named")


def test_knowledge_is_read_once_wherever_the_program_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert load(FOLDER) == knowledge()
    assert knowledge() is knowledge()
    with pytest.raises(TypeError):
        knowledge().sources["S999"] = None  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        knowledge().red_flags.rules[0].urgency = "routine"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("red_flags", 'sources = ["S9"]', 'sources = ["S999"]', "RF-BREATH.*source 'S999'"),
        ("red_flags", 'sources = ["S9"]', "sources = []", "RF-BREATH.*sources is empty"),
        ("red_flags", 'sources = ["S9"]\n', "", "RF-BREATH.*sources is missing"),
        ("red_flags", 'urgency = "emergency"\n', "", "RF-BREATH.*urgency is missing"),
        ("red_flags", 'urgency = "emergency"', 'urgency = "urgent"', "urgency has an unknown code"),
        ("red_flags", '["breathing_severe"]', '["breathing"]', "when 1.*code 'breathing'"),
        ("red_flags", '["breathing_severe"]', "[]", "RF-BREATH.*holds for everybody"),
        ("red_flags", 'conditions = ["thyroid_or', 'conditions = ["neck_or', "unknown code 'neck"),
        ("red_flags", '["lithium"]', '["lithia"]', "unknown code 'lithia'"),
        ("red_flags", 'sites = ["tongue"', 'sites = ["tonge"', "unknown code 'tonge'"),
        ("red_flags", 'fact = "highest_pain"', 'fact = "pain"', "fact has an unknown code"),
        ("red_flags", "pain = {", "ache = {", "RF-PAIN-FREQUENT.*pain is missing"),
        ("red_flags", "{ value = 4, design_decision = true }", "{ value = 4 }", "either sources"),
        ("red_flags", "{ value = 4,", '{ value = "4",', "value must be of type int"),
        ("red_flags", "counts_passed = true", "count_passed = true", "unknown key 'count_passed'"),
        ("red_flags", "going_on = true", 'going_on = "yes"', "going_on must be of type bool"),
        ("red_flags", "going_on = true", "goes_on = true", "unknown key 'goes_on'"),
        ("red_flags", "%(pain)s", "%(ache)s", "unknown placeholder 'ache'"),
        ("red_flags", "%(pain)s", "100 %", "a % that is no placeholder"),
        ("red_flags", 'says = "gasping', 'says = ""\nsaid = "', "says is empty"),
        ("red_flags", 'id = "RF-STROKE"', 'id = "RF-BREATH"', "RF-BREATH: this stands there twice"),
        ("red_flags", 'unless = "RF-MED-TOXIC/serotonin"', 'unless = "RF-X"', "an earlier rule"),
        (
            "red_flags",
            'unless = "RF-BREATH-WEAK"',
            'unless = "RF-JERKS"',
            "RF-BREATH-SLOW.*earlier",
        ),
        ("red_flags", "[windows]", "[[windows", "is not TOML"),
        ("factors", 'factor = "stress"', 'factor = "mood"', "unknown code 'mood'"),
        ("factors", 'lead = "Stress was outside the usual target on"\n', "", "lead is missing"),
        ("notes", '["limited_diet"', '["diet"', "CTX-DIET.*unknown code 'diet'"),
        ("notes", '["RF-EYE-CLOSES"', '["RF-EYE"', "CTX-DRIVING.*unknown code 'RF-EYE'"),
        ("notes", 'design_decision = "The', 'remark = "The', "sources or a design_decision"),
        ("medicine_classes", 'code = "statin"', 'code = "statins"', "unknown code 'statins'"),
        ("medicine_classes", 'sources = ["S41"]', "sources = []", "statin.*named needs sources"),
        ("drinks", 'drink = "cola"', 'drink = "coke"', "coke.*unknown code 'coke'"),
        ("drinks", "mg = 96", "mg = 97", "filter_coffee.*the check-in counts with"),
        ("drinks", "size = 240", "size = 250", "filter_coffee.*the check-in counts with"),
        ("drinks", "low = 95", "low = 97", "filter_coffee.*between low and high"),
        ("drinks", "high = 200", "high = 95", "filter_coffee.*between low and high"),
        ("drinks", 'sources = ["S34"]', 'sources = ["S999"]', "filter_coffee.*source 'S999'"),
        ("drinks", 'strength = "weak"', 'strength = "named"', "dark_chocolate.*named needs"),
        ("drinks", 'drink = "cola"', 'drink = "own"', "own.*the check-in counts with"),
        ("emergency_numbers", 'GB = ["999"', 'UKX = ["999"', "two capitals"),
        ("emergency_numbers", 'GB = ["999"', 'GB = ["nine"', "two capitals with numbers"),
        ("sources", 'read = "article"', 'read = "heard"', "S0.*unknown code 'heard'"),
        ("sources", 'address = "https://www.nhs', 'address = "http://www.nhs', "begin with https"),
    ],
)
def test_a_faulty_entry_is_refused_with_file_entry_and_field(
    tmp_path: Path, file: str, old: str, new: str, fault: str
) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "knowledge"))
    path = folder / f"{file}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(KnowledgeFault, match=re.escape(file)) as found:
        load(folder)

    assert re.search(fault, str(found.value))
