"""The codes are a contract with diary files and rules: these tables repeat it on purpose."""

from __future__ import annotations

import pytest

from diary import vocabulary
from diary.vocabulary import (
    DRINK_SERVINGS,
    INTENSITY_LABELS,
    SIDE_ORDER,
    SITE_ORDER,
    AssociatedSymptom,
    BodySite,
    Choice,
    Condition,
    CountClass,
    DaySummary,
    Drink,
    DurationClass,
    MedicineClass,
    SiteGroup,
)

CODES = {
    "Side": "left right both midline",
    "Region": "head trunk arm leg",
    "SiteGroup": (
        "eyelid face tongue jaw neck shoulder upper_arm forearm hand chest abdomen back hip thigh"
        " calf foot"
    ),
    "BodySite": (
        "eyelid_upper eyelid_lower eyelid brow cheek nose mouth chin temple face tongue jaw neck"
        " throat shoulder upper_arm_front upper_arm_back upper_arm forearm wrist thumb fingers"
        " hand chest abdomen flank upper_back lower_back back hip buttock groin thigh_front"
        " thigh_back thigh knee shin calf ankle foot toes"
    ),
    "Sex": "female male other",
    "Paper": "a4 letter",
    "OnsetPrecision": "day week month season year",
    "Manner": "sudden gradual",
    "Impact": "none some a_lot",
    "Test": "electrolytes thyroid mri ct emg other",
    "InstantPrecision": "minute hour part_of_day",
    "DurationClass": (
        "seconds about_a_minute minutes up_to_half_an_hour up_to_hours on_and_off_all_day"
    ),
    "CountClass": "one a_few many very_many",
    "DaySummary": "none a_few many",
    "ClosedAs": "none complete constant",
    "Kind": "flicker jerk cramp ripple tremor",
    "Context": "rest use after_exercise falling_asleep asleep",
    "Source": "live backdated offline imported",
    "ExerciseRegion": "arm leg trunk",
    "Supplement": "magnesium calcium vitamin_d vitamin_b electrolytes",
    "Answer": "yes no unsure",
    "OwnFactorKind": "yes_no number",
    "Expectation": "more fewer none",
    "Factor": (
        "caffeine sleep stress exercise alcohol nicotine hydration medicine hyperventilation"
    ),
    "Drink": (
        "filter_coffee espresso instant_coffee decaf latte black_tea green_tea bottled_tea cola"
        " diet_cola energy_drink energy_drink_large energy_shot hot_chocolate milk_chocolate"
        " dark_chocolate caffeine_tablet own"
    ),
    "AssociatedSymptom": (
        "weakness_feeling weakness_sudden weakness_over_days weakness_over_weeks"
        " weakness_over_months dropping_things tripping_foot_drop muscle_wasting stiffness"
        " slow_relaxation speech_slurred_sudden speech_slurred_gradual swallowing_trouble"
        " breathing_severe breathless_new breathless_lying_or_rest face_droop_sudden"
        " vision_loss_sudden vision_change numbness numbness_one_side_sudden tingling"
        " tingling_mouth tingling_hands_feet_persistent burning_feet bladder_bowel_change"
        " saddle_numbness back_pain_severe radiating_pain limited_movement cramps"
        " sustained_hand_foot_spasm rhythmic_jerking twitch_in_sleep eyelid_closes_fully"
        " eyes_forced_shut_both eye_red_swollen_discharge eyelid_droop spread_to_face"
        " light_sensitivity sweating_excess fever shivering tremor tremor_coarse agitation"
        " confusion very_drowsy blackout_or_seizure unsteady vomiting diarrhoea palpitations"
        " chest_pain fast_breathing anxiety fatigue weight_loss rash sun_sensitive_skin"
        " joint_pain fingers_blue_cold itching swollen_ankles less_urine dark_urine drooling"
        " small_pupils watery_eyes headache heat_intolerance dry_eyes"
    ),
    "Condition": (
        "adhd alcohol_dependence allergy already_assessed_for_this_twitch anxiety_disorder asthma"
        " bipolar cancer chronic_diarrhoea chronic_pain ckd depression diabetes epilepsy"
        " family_history_mnd family_history_tics health_anxiety heart_disease hypertension"
        " kidney_disease_other limited_diet little_sunlight lupus migraine mitochondrial_disease"
        " mnd ms myasthenia neuropathy parkinson pesticide_or_chemical_exposure_recent"
        " recent_infection reflux stroke thyroid_disease thyroid_or_neck_surgery"
    ),
    "MedicineClass": (
        "corticosteroid estrogen diuretic stimulant_adhd ssri_snri other_serotonergic lithium"
        " antiepileptic ppi beta_agonist theophylline cholinesterase_inhibitor statin"
        " antipsychotic levothyroxine beta_blocker ace_or_arb aspirin_nsaid immunosuppressant"
        " ms_disease_modifying calcium_vitamin_d contraceptive_no_estrogen painkiller other"
    ),
}

GROUPS = """
eyelid     head   eyelid_upper eyelid_lower eyelid
face       head   brow cheek nose* mouth* chin* temple face
tongue     head   tongue*
jaw        head   jaw*
neck       trunk  neck* throat*
shoulder   arm    shoulder
upper_arm  arm    upper_arm_front upper_arm_back upper_arm
forearm    arm    forearm
hand       arm    wrist thumb fingers hand
chest      trunk  chest*
abdomen    trunk  abdomen* flank
back       trunk  upper_back* lower_back* back*
hip        leg    hip buttock groin*
thigh      leg    thigh_front thigh_back thigh
calf       leg    knee shin calf
foot       leg    ankle foot toes
"""
"""Group, region, sites; a star marks those that may be midline."""

SERVINGS = """
filter_coffee 240 ml 96, espresso 30 ml 63, instant_coffee 240 ml 62, decaf 240 ml 2,
latte 480 ml 150, black_tea 240 ml 48, green_tea 240 ml 29, bottled_tea 240 ml 26, cola 330 ml 35,
diet_cola 330 ml 43, energy_drink 250 ml 80, energy_drink_large 500 ml 160, energy_shot 60 ml 200,
hot_chocolate 150 ml 4, milk_chocolate 30 g 6, dark_chocolate 30 g 24, caffeine_tablet None ml 200
"""

REPORTED_WITH_TWITCHING = (
    "antiepileptic antipsychotic beta_agonist cholinesterase_inhibitor corticosteroid diuretic"
    " estrogen lithium other_serotonergic ppi ssri_snri statin stimulant_adhd theophylline"
)


@pytest.mark.parametrize("name", CODES)
def test_codes_are_those_of_the_format_in_their_order(name: str) -> None:
    assert list(getattr(vocabulary, name).codes() if name != "SiteGroup" else SiteGroup) == (
        CODES[name].split()
    )


def test_every_list_of_codes_is_held_to_the_format() -> None:
    lists = {choice.__name__ for choice in Choice.__subclasses__()}

    assert lists | {"BodySite", "AssociatedSymptom"} == set(CODES)


def test_sites_stand_in_the_groups_and_regions_of_the_format() -> None:
    lines = []
    for group in SiteGroup:
        sites = [site for site in BodySite if site.group is group]
        (region,) = {site.region.value for site in sites}
        words = [f"{site}*" if site.may_be_midline else site.value for site in sites]
        lines.append(f"{group:<10} {region:<6} {' '.join(words)}")

    assert lines == GROUPS.strip().splitlines()


def test_every_group_is_itself_a_site() -> None:
    assert all(BodySite(group.value).group is group for group in SiteGroup)


def test_only_sites_on_the_middle_line_take_midline() -> None:
    assert BodySite.TONGUE.sides == ("left", "right", "both", "midline")
    assert BodySite.CALF.sides == ("left", "right", "both")


def test_sites_and_sides_are_ordered_as_the_format_lists_them() -> None:
    assert [*SITE_ORDER] == CODES["BodySite"].split()
    assert [*SIDE_ORDER] == CODES["Side"].split()
    assert [*SITE_ORDER.values()] == list(range(len(BodySite)))


def test_servings_are_those_of_the_format_and_own_drinks_have_none() -> None:
    lines = [
        f"{drink} {serving.size} {serving.size_unit} {serving.mg}"
        for drink, serving in DRINK_SERVINGS.items()
    ]

    assert lines == SERVINGS.replace("\n", " ").strip().split(", ")
    assert set(Drink) - set(DRINK_SERVINGS) == {Drink.OWN}


def test_lengths_in_words_have_the_bounds_of_the_format() -> None:
    bounds = [length.bounds_s for length in DurationClass]

    assert bounds == [(1, 15), (15, 90), (90, 300), (300, 1800), (1800, 43200), None]


def test_counts_in_words_stand_for_the_numbers_of_the_format() -> None:
    assert [count.twitches for count in CountClass] == [1, 3, 10, 25]
    assert [word.twitches for word in DaySummary] == [0, 3, 10]


def test_intensity_has_three_steps() -> None:
    assert [*INTENSITY_LABELS] == [1, 2, 3]


def test_medicines_reported_with_twitching_are_those_of_the_rule() -> None:
    reported = {medicine.value for medicine in MedicineClass if medicine.reported_with_twitching}

    assert reported == set(REPORTED_WITH_TWITCHING.split())


@pytest.mark.parametrize("name", CODES)
def test_every_code_has_words_of_its_own(name: str) -> None:
    labels = [str(member.label) for member in getattr(vocabulary, name)]

    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_every_sign_is_put_as_a_question_of_its_own() -> None:
    questions = [str(symptom.question) for symptom in AssociatedSymptom]

    assert all(questions)
    assert len(set(questions)) == len(questions)


def test_an_unknown_code_is_no_member() -> None:
    with pytest.raises(ValueError, match="migraines"):
        Condition("migraines")
