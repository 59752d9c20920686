"""The rule table read a second time, in plain Python, beside what the shipped rules say.

Each line of `TABLE` is one row of the rule table in sets and numbers; nothing here reads the
knowledge files or the facts of the product. A difference is a fault of one of the two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
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
from diary.vocabulary import AssociatedSymptom, BodySite, Condition, MedicineClass
from tests.triage.hand_made import AS_OF, days_ago, diary, episode
from triage.advice import advise
from triage.periods import last_days

Seen = SimpleNamespace
Row = tuple[str, Callable[[Seen], object]]


def of(codes: str) -> set[str]:
    return set(codes.split())


def any_of(codes: str) -> Callable[[Seen], object]:
    named = of(codes)
    return lambda seen: seen.S & named


def two_of(codes: str) -> Callable[[Seen], object]:
    named = of(codes)
    return lambda seen: len(seen.S & named) >= 2


SEROTONIN = of(
    "agitation sweating_excess fever diarrhoea tremor tremor_coarse palpitations shivering "
    "confusion unsteady stiffness vomiting"
)
LITHIUM = of(
    "confusion very_drowsy speech_slurred_sudden speech_slurred_gradual unsteady vomiting "
    "diarrhoea blackout_or_seizure"
)
WEAK = of(
    "weakness_feeling weakness_sudden weakness_over_days weakness_over_weeks "
    "weakness_over_months muscle_wasting dropping_things tripping_foot_drop "
    "speech_slurred_gradual swallowing_trouble"
)
KNOWN = of("ms lupus epilepsy mnd myasthenia neuropathy ckd stroke parkinson cancer")


def serotonin(seen: Seen) -> bool:
    found = len(seen.S & SEROTONIN)
    hot = seen.S & {"fever", "confusion"}
    return bool(seen.M & {"ssri_snri", "other_serotonergic"}) and (
        found >= 3 or bool(hot and found >= 2)
    )


TABLE: dict[str, Row] = {
    "RF-BREATH": ("emergency", any_of("breathing_severe")),
    "RF-STROKE": (
        "emergency",
        any_of(
            "face_droop_sudden weakness_sudden speech_slurred_sudden numbness_one_side_sudden "
            "vision_loss_sudden"
        ),
    ),
    "RF-WEAK-DAYS": ("emergency", any_of("weakness_over_days")),
    "RF-CAUDA": (
        "emergency",
        lambda s: (
            s.S & {"bladder_bowel_change", "saddle_numbness"}
            and s.S & {"back_pain_severe", "radiating_pain"}
        ),
    ),
    "RF-SEIZURE": ("emergency", any_of("blackout_or_seizure")),
    "RF-CONFUSION": ("emergency", any_of("confusion very_drowsy")),
    "RF-CHEST": ("emergency", any_of("chest_pain")),
    "RF-PESTICIDE": (
        "emergency",
        lambda s: (
            "pesticide_or_chemical_exposure_recent" in s.H
            and s.S
            & of(
                "drooling sweating_excess vomiting diarrhoea small_pupils watery_eyes "
                "breathing_severe confusion"
            )
        ),
    ),
    "RF-DARK-URINE": ("emergency", any_of("dark_urine")),
    "RF-MED-TOXIC": ("emergency", lambda s: ("lithium" in s.M and s.S & LITHIUM) or serotonin(s)),
    "RF-MED-URGENT": (
        "soon",
        lambda s: (
            ("lithium" in s.M and s.going_on)
            or (
                s.M & {"ssri_snri", "other_serotonergic"}
                and s.S & SEROTONIN
                and not serotonin(s.with_passed)
            )
        ),
    ),
    "RF-CAFFEINE-TOXIC": (
        "emergency",
        lambda s: (
            s.caffeine >= 1000
            and s.S & of("palpitations vomiting agitation tremor confusion chest_pain")
        ),
    ),
    "RF-BREATH-WEAK": ("emergency", lambda s: "breathless_lying_or_rest" in s.S and s.S & WEAK),
    "RF-BREATH-SLOW": (
        "soon",
        lambda s: (
            "breathless_new" in s.S
            or ("breathless_lying_or_rest" in s.S and not s.with_passed.S & WEAK)
        ),
    ),
    "RF-BULBAR": ("soon", any_of("speech_slurred_gradual swallowing_trouble")),
    "RF-WEAK-FUNCTION": (
        "soon",
        any_of("weakness_over_weeks weakness_over_months dropping_things tripping_foot_drop"),
    ),
    "RF-WASTING": ("soon", any_of("muscle_wasting")),
    "RF-TETANY": (
        "soon",
        lambda s: (
            s.S & {"sustained_hand_foot_spasm", "tingling_mouth"}
            or ("thyroid_or_neck_surgery" in s.H and s.S & {"tingling", "cramps"})
        ),
    ),
    "RF-FACE-SPREAD": (
        "soon",
        lambda s: (
            "spread_to_face" in s.S
            or any({("eyelid", side), ("face", side)} <= s.groups for side in ("left", "right"))
        ),
    ),
    "RF-JERKS": ("soon", any_of("rhythmic_jerking")),
    "RF-OVER-2-WEEKS": ("routine", lambda s: s.onset > 14 and s.going_on),
    "RF-MULTI": ("routine", lambda s: len({BodySite(site).region for site, _ in s.L}) >= 2),
    "RF-WEAK-FEELING": ("routine", any_of("weakness_feeling")),
    "RF-STIFF": ("routine", any_of("stiffness slow_relaxation")),
    "RF-NUMB": ("routine", any_of("numbness")),
    "RF-MED-SUSPECTED": (
        "routine",
        lambda s: any(
            taken.suspected or any(0 <= before <= 30 for before in s.before_onset(taken))
            for taken in s.medicines
        ),
    ),
    "RF-STIMULANT": ("routine", lambda s: "stimulant_adhd" in s.M and s.going_on),
    "RF-EYE-CLOSES": ("routine", any_of("eyelid_closes_fully eyes_forced_shut_both")),
    "RF-EYE-INFLAMED": ("routine", any_of("eye_red_swollen_discharge")),
    "RF-EYELID-DROOP": ("routine", any_of("eyelid_droop")),
    "RF-EYELID-3-MONTHS": (
        "routine",
        lambda s: s.onset > 90 and any(g == "eyelid" for g, _ in s.groups),
    ),
    "RF-PAIN-FREQUENT": ("routine", lambda s: s.onset >= 3 and (s.pain >= 4 or s.twitches >= 50)),
    "RF-CONSTANT": ("routine", lambda s: s.onset >= 3 and s.constant),
    "RF-INTENSE": ("routine", lambda s: s.onset >= 3 and s.strong_days >= 3),
    "RF-IMPACT": ("routine", lambda s: s.impact == "a_lot" and s.going_on),
    "RF-FACE-OTHER": (
        "routine",
        lambda s: s.onset >= 3 and {"face", "eyelid"} & {g for g, _ in s.groups} == {"face"},
    ),
    "RF-TONGUE": ("routine", lambda s: {"tongue", "throat"} & {site for site, _ in s.L}),
    "RF-NERVE": (
        "routine",
        lambda s: "radiating_pain" in s.S and s.S & {"tingling", "numbness", "limited_movement"},
    ),
    "RF-GLOVE-STOCKING": ("routine", any_of("tingling_hands_feet_persistent burning_feet")),
    "RF-BALANCE": ("routine", any_of("unsteady")),
    "RF-WEIGHT-LOSS": ("routine", any_of("weight_loss")),
    "RF-LUPUS-CLUSTER": ("routine", two_of("rash sun_sensitive_skin joint_pain fingers_blue_cold")),
    "RF-KIDNEY-CLUSTER": ("routine", two_of("swollen_ankles itching less_urine")),
    "RF-KNOWN-CONDITION": ("routine", lambda s: s.H & KNOWN and s.going_on),
}
STILL_EMERGENCIES = ("RF-STROKE", "RF-SEIZURE")
"""Called for even when they are over, for fourteen days."""


def expected(record: DiaryRecord) -> list[tuple[str, str]]:
    """The rules that fire with their levels, in the order of the summary."""
    seen = seen_in(record)
    found = []
    for rule, (level, holds) in TABLE.items():
        if holds(seen):
            found.append((rule, level))
        elif level == "emergency" and holds(seen.with_passed):
            found.append((rule, "emergency" if rule in STILL_EMERGENCIES else "soon"))
    return sorted(found, key=lambda one: ("emergency", "soon", "routine").index(one[1]))


def seen_in(record: DiaryRecord) -> Seen:
    """What the table calls S, H, L, M, onset and going on."""
    now, passed = signs(record.symptom_answers)
    days = {day.date: day for day in record.days}
    week = [days[day] for day in map(days_ago, range(7)) if day in days]
    began = onset(record, sorted(day.date for day in record.days if twitched(day)))
    pairs = {
        (site, one)
        for site, side in places(record)
        for one in (("left", "right") if side == "both" else (side,))
    }
    recent = [found for found in record.episodes if found.local_date > days_ago(7)]
    person = record.person
    seen = SimpleNamespace(
        S=now,
        H=set(person.conditions or ()),
        L=pairs,
        M={
            taken.medicine_class
            for taken in record.medicines
            if taken.stopped_on is None or taken.stopped_on >= days_ago(30)
        },
        groups={(BodySite(site).group.value, side) for site, side in pairs},
        medicines=record.medicines,
        onset=-1 if began is None else (AS_OF - began).days,
        before_onset=lambda taken: [
            (began - day).days
            for day in (taken.started_on, taken.changed_on, taken.stopped_on)
            if day is not None and began is not None
        ],
        going_on=any(map(twitched, week)) or any(found.running for found in record.episodes),
        impact=person.impact,
        caffeine=next((day.caffeine_mg for day in week if day.caffeine_mg is not None), -1),
        pain=max((found.pain for found in recent if found.pain is not None), default=-1),
        twitches=max((day.totals.twitches for day in week), default=0),
        strong_days=len({found.local_date for found in recent if found.intensity == 3}),
        constant=any(day.closed_as == "constant" for day in week),
    )
    seen.with_passed = SimpleNamespace(**{**vars(seen), "S": now | passed})
    return seen


def signs(answers: tuple[SymptomAnswerRecord, ...]) -> tuple[set[str], set[str]]:
    """Signs that are there, and those that are over and began in the last fourteen days."""
    latest: dict[str, SymptomAnswerRecord] = {}
    for one in answers:
        before = latest.get(one.symptom)
        if not (one.answer == "unsure" and before is not None and before.answer == "yes"):
            latest[one.symptom] = one
    yes = {code: one for code, one in latest.items() if one.answer == "yes"}
    over = {code for code, one in yes.items() if one.current is False}
    late = {code for code in over if (yes[code].since or date.min) > days_ago(14)}
    return set(yes) - over, late


def twitched(day: DayRecord) -> bool:
    told = day.totals.episodes or day.closed_as == "constant"
    return bool(told or day.summary in ("a_few", "many"))


def places(record: DiaryRecord) -> set[tuple[str, str | None]]:
    found = {
        (one.site, one.side)
        for one in record.episodes
        if one.site is not None and (one.local_date > days_ago(14) or one.running)
    }
    for day in record.days:
        told = day.closed_as == "constant" or day.summary in ("a_few", "many")
        if told and day.date > days_ago(14):
            found |= set(day.sites or ())
    return found


def onset(record: DiaryRecord, twitch_days: list[date]) -> date | None:
    """The person's own date, else the start of the run: 28 days without a twitch end one."""
    own = record.person.onset
    if own is not None and own.date is not None:
        return own.date
    start = AS_OF + timedelta(days=1)
    for day in reversed(twitch_days):
        if (start - day).days - 1 >= 28:
            break
        start = day
    return start if start <= AS_OF else None


NEAR = st.sampled_from([0, 1, 2, 3, 5, 6, 7, 8, 13, 14, 15, 29, 30, 31, 45, 90, 91]).map(days_ago)
SITES = st.sampled_from(
    [(site.value, side.value) for site in BodySite for side in site.sides]
    + 9 * [("eyelid_upper", "left"), ("cheek", "both"), ("mouth", "left"), ("tongue", "midline")]
)


def often(*first: Any) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(first)


@st.composite
def answers_over(draw: st.DrawFn) -> SymptomAnswerRecord:
    """An answer; whoever says that it is over says since when it was so."""
    one = SymptomAnswerRecord(
        asked_on=draw(NEAR),
        symptom=draw(st.sampled_from(draw(POOLS))),
        answer=draw(st.sampled_from(["yes", "yes", "yes", "no", "unsure"])),
        current=draw(st.sampled_from([None, True, False])),
    )
    return replace(one, since=draw(NEAR)) if one.current is False else one


POOLS = st.sampled_from(
    [
        AssociatedSymptom.codes(),
        sorted(SEROTONIN),
        sorted(WEAK | {"breathless_lying_or_rest"}),
        ("bladder_bowel_change", "saddle_numbness", "back_pain_severe", "radiating_pain"),
        ("rash", "joint_pain", "itching", "less_urine", "tingling", "cramps", "palpitations"),
    ]
)
EPISODES = st.builds(
    lambda day, place, fields: (day, dict(zip(("site", "side"), place, strict=True)) | fields),
    NEAR,
    SITES,
    st.fixed_dictionaries(
        {},
        optional={
            "intensity": st.just(3),
            "pain": st.sampled_from([3, 4]),
            "twitch_count": st.sampled_from([24, 25, 49, 50]),
            "running": st.just(True),
        },
    ),
)
DAYS = st.builds(
    DayRecord,
    date=NEAR,
    closed_as=often("constant", "complete"),
    summary=often("none", "a_few", "many"),
    sites=st.none() | st.tuples(SITES),
    caffeine_mg=often(999, 1000, 400),
)
TAKEN = st.builds(
    MedicineRecord,
    name=st.just("Brand"),
    medicine_class=often("lithium", "ssri_snri", "other_serotonergic", "stimulant_adhd", "ppi"),
    started_on=st.none() | NEAR,
    changed_on=st.none() | NEAR,
    stopped_on=st.none() | NEAR,
    suspected=often(True, False),
)
PEOPLE = st.builds(
    PersonRecord,
    conditions=st.lists(st.sampled_from(Condition.codes()), max_size=4).map(tuple),
    impact=often("a_lot", "some"),
    onset=st.none() | st.builds(Onset, st.none() | NEAR),
)


@st.composite
def diaries(draw: st.DrawFn) -> DiaryRecord:
    twitches = draw(st.lists(EPISODES, max_size=6))
    return diary(
        draw(st.lists(DAYS, max_size=4, unique_by=lambda day: day.date)),
        [episode(day, id=str(n), **fields) for n, (day, fields) in enumerate(twitches)],
        symptom_answers=tuple(
            sorted(draw(st.lists(answers_over(), max_size=7)), key=lambda one: one.asked_on)
        ),
        medicines=tuple(draw(st.lists(TAKEN, max_size=2))),
        person=draw(PEOPLE),
    )


def yes(*signs: str, **fields: Any) -> tuple[SymptomAnswerRecord, ...]:
    return tuple(SymptomAnswerRecord(days_ago(1), sign, "yes", **fields) for sign in signs)


def with_history(*conditions: str) -> dict[str, Any]:
    return {"person": PersonRecord(conditions=conditions)}


def taking(medicine_class: str) -> dict[str, Any]:
    return {"medicines": (MedicineRecord("Brand", medicine_class, started_on=days_ago(400)),)}


BESIDE: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    ((), {}),
    ((), taking("lithium")),
    ((), taking("ssri_snri")),
    (("fever",), taking("other_serotonergic")),
    (("unsteady", "tremor"), taking("ssri_snri")),
    ((), with_history("pesticide_or_chemical_exposure_recent")),
    ((), with_history("thyroid_or_neck_surgery")),
    ((), {"days": [DayRecord(days_ago(6), caffeine_mg=1000)]}),
    (("breathless_lying_or_rest",), {}),
    (("radiating_pain",), {}),
    (("saddle_numbness",), {}),
    (("rash",), {}),
    (("itching",), {}),
)
"""What may stand beside a sign: other signs, and what else the diary holds."""

LENGTHS = (0, 2, 3, 4, 14, 15, 16, 89, 90, 91)
SETTINGS: tuple[Callable[[int], dict[str, Any]], ...] = (
    lambda last: {"days": [DayRecord(days_ago(last), closed_as="constant")]},
    lambda last: {"days": [DayRecord(days_ago(last), summary="many", sites=(("cheek", "left"),))]},
    lambda last: {
        "episodes": [
            episode(days_ago(last - back), id=str(back), site="eyelid", side="left", intensity=3)
            for back in range(min(3, last + 1))
        ]
    },
    lambda last: {"episodes": [episode(days_ago(last), pain=4, site="chin", side="midline")]},
    lambda last: {"episodes": [episode(days_ago(last), pain=3, twitch_count=50)]},
)
"""Twitches of each kind, the earliest of them so many days ago."""


def check(record: DiaryRecord) -> None:
    found = advise(record, AS_OF, period=last_days(AS_OF, 84))
    should = expected(record)

    assert [(one.rule, one.urgency) for one in found.fired] == should
    assert found.urgency == (should[0][1] if should else "self_care")


def test_the_second_reading_has_every_rule() -> None:
    assert len(TABLE) == 44


@pytest.mark.parametrize("beside", BESIDE)
def test_every_sign_now_or_over_beside(beside: tuple[tuple[str, ...], dict[str, Any]]) -> None:
    others, held = beside
    for sign in AssociatedSymptom.codes():
        over = yes(sign, current=False, since=days_ago(13))
        for answers in (yes(sign, *others), (*over, *yes(*others))):
            check(diary(symptom_answers=answers, **held))


@pytest.mark.parametrize("length", LENGTHS)
def test_twitches_of_every_kind_since(length: int) -> None:
    person = PersonRecord(onset=Onset(days_ago(length)), impact="a_lot", conditions=("stroke",))
    for back in (0, 2, 6, 7, 13, 14):
        for setting in SETTINGS:
            check(diary(**setting(back), person=person))


def test_every_condition_beside_a_twitch() -> None:
    for code in Condition.codes():
        for back in (6, 7):
            check(diary(episodes=[episode(days_ago(back))], **with_history(code)))


@pytest.mark.parametrize("before", [-1, 0, 25, 26, 30, 31])
def test_a_medicine_of_every_class_before_the_onset(before: int) -> None:
    for code in MedicineClass.codes():
        for step in ("started_on", "changed_on", "stopped_on"):
            taken = MedicineRecord("Brand", code, **{step: days_ago(5 + before)})
            person = PersonRecord(onset=Onset(days_ago(5)))
            check(diary(episodes=[episode(AS_OF)], medicines=(taken,), person=person))


@settings(max_examples=200, suppress_health_check=(HealthCheck.too_slow,))
@given(diaries())
def test_rules_and_levels_are_those_of_a_second_reading(record: DiaryRecord) -> None:
    check(record)
