"""The interview before an appointment: which questions there are, which are answered, what is new.

Pure: a diary and the kept state in, frozen facts out. The state is a small JSON object of the
program (`Person.interview`), not a fact of the diary: when each question was last gone through and
how, and when a sheet was last made. Whatever cannot be read in it is as if it were not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diary.records import DiaryRecord, MedicineRecord, SymptomAnswerRecord, begins_after
from diary.vocabulary import Answer, Condition, Sex
from triage.periods import run_start
from triage.profile.history import Sign, planned_visit, sign_of
from triage.questions import SiteCount, answers_by_symptom, counting_answer, sites

ONSET, PLACES, LENGTHS, OFTEN = "onset", "places", "lengths", "often"
SIGNS, MORE_SIGNS, SAME_PLACES, PREGNANCY = "signs", "more-signs", "same-places", "pregnancy"
CONDITIONS, FAMILY, MEDICINES, TESTS = "conditions", "family", "medicines", "tests"
IMPACT, WORRY, QUESTIONS, ABOUT_YOU = "impact", "worry", "questions", "about-you"

STEPS = (
    *(ONSET, PLACES, LENGTHS, OFTEN, SIGNS, MORE_SIGNS, SAME_PLACES, PREGNANCY),
    *(CONDITIONS, FAMILY, MEDICINES, TESTS, IMPACT, WORRY, QUESTIONS, ABOUT_YOU),
)
"""Every question in its order: the doctor's five first, then what belongs around them."""

MAY_BE_PREGNANT = range(12, 56)
"""Ages at which pregnancy is asked about; a design decision, and an unknown age is asked."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A short screen of signs, shown by name; `step` is the question it belongs to."""

    code: str
    step: str
    signs: tuple[str, ...]


def _screens(step: str, first: int, *screens: tuple[str, ...]) -> tuple[Screen, ...]:
    return tuple(
        Screen(f"signs-{number}", step, signs) for number, signs in enumerate(screens, first)
    )


SCREENS = (
    *_screens(
        SIGNS,
        1,
        (
            *("breathing_severe", "face_droop_sudden", "weakness_sudden"),
            *("speech_slurred_sudden", "numbness_one_side_sudden", "vision_loss_sudden"),
            "blackout_or_seizure",
        ),
        (
            *("weakness_over_days", "dropping_things", "tripping_foot_drop", "muscle_wasting"),
            *("speech_slurred_gradual", "swallowing_trouble", "weakness_over_weeks"),
        ),
        (
            *("confusion", "very_drowsy", "chest_pain", "dark_urine"),
            *("breathless_lying_or_rest", "breathless_new"),
        ),
        (
            *("rhythmic_jerking", "sustained_hand_foot_spasm", "tingling_mouth"),
            *("spread_to_face", "weakness_over_months", "weakness_feeling", "twitch_in_sleep"),
        ),
    ),
    *_screens(
        MORE_SIGNS,
        5,
        (
            *("bladder_bowel_change", "saddle_numbness", "back_pain_severe"),
            *("tingling_hands_feet_persistent", "burning_feet", "unsteady", "weight_loss"),
        ),
        (
            *("stiffness", "slow_relaxation", "numbness", "tingling", "cramps"),
            *("radiating_pain", "limited_movement"),
        ),
        (
            *("eyelid_closes_fully", "eyes_forced_shut_both", "eyelid_droop"),
            *("eye_red_swollen_discharge", "light_sensitivity", "dry_eyes", "vision_change"),
        ),
        (
            *("fever", "shivering", "sweating_excess", "tremor", "tremor_coarse"),
            *("agitation", "palpitations"),
        ),
        (
            *("vomiting", "diarrhoea", "drooling", "small_pupils", "watery_eyes"),
            *("headache", "heat_intolerance"),
        ),
        (
            *("fatigue", "anxiety", "fast_breathing", "rash", "sun_sensitive_skin"),
            *("joint_pain", "fingers_blue_cold"),
        ),
        ("itching", "swollen_ankles", "less_urine"),
    ),
)
"""Signs on which an emergency or a today-or-tomorrow rule rests alone come first, then the rest."""

FIRST_SHEET_SCREENS = SCREENS[:2]
"""The two screens of the first sheet."""

RIGHT, SAVED, UNKNOWN, LEFT_OPEN = "right", "saved", "unknown", "open"
HOW = (RIGHT, SAVED, UNKNOWN, LEFT_OPEN)
"""How a question was gone through: the diary's answer is right, an own answer, not known, open."""


@dataclass(frozen=True, slots=True)
class Gone:
    """When a question was last gone through, and how."""

    on: date
    how: str


@dataclass(frozen=True, slots=True)
class Interview:
    """The kept state: questions and screens gone through, and the day of the last sheet."""

    gone: Mapping[str, Gone]
    sheet_on: date | None


@dataclass(frozen=True, slots=True)
class StepState:
    """A question with whether it has an answer; `how` None: the diary or a file had one already."""

    step: str
    answered: bool
    how: str | None
    on: date | None

    @property
    def settled(self) -> bool:
        """Whether it need not be put again: answered, or left open on purpose."""
        return self.answered or self.how == LEFT_OPEN


@dataclass(frozen=True, slots=True)
class Changes:
    """What the diary learned after a day, apart from more of the same."""

    since: date
    places: tuple[SiteCount, ...]
    signs: tuple[Sign, ...]
    medicines: tuple[MedicineRecord, ...]

    @property
    def any(self) -> bool:
        """Whether anything is new."""
        return bool(self.places or self.signs or self.medicines)


def read_interview(kept: Any) -> Interview:
    """The state from its JSON object."""
    kept = kept if isinstance(kept, Mapping) else {}
    gone = kept.get("gone")
    found = {}
    for code, entry in gone.items() if isinstance(gone, Mapping) else ():
        on = _date(entry.get("on")) if isinstance(entry, Mapping) else None
        if on is not None and entry.get("how") in HOW:
            found[str(code)] = Gone(on, entry["how"])
    return Interview(found, _date(kept.get("sheet_on")))


def _date(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def gone_through(code: str, how: str, day: date) -> dict[str, Any]:
    """A question that was gone through, as the state keeps it."""
    return {"gone": {code: {"on": day.isoformat(), "how": how}}}


def steps_for(record: DiaryRecord, as_of: date) -> tuple[str, ...]:
    """The questions of a person, in order; pregnancy only where it can apply."""
    person = record.person
    age = person.age_on(as_of)
    can_apply = person.sex != Sex.MALE and (age is None or age in MAY_BE_PREGNANT)
    return tuple(step for step in STEPS if step != PREGNANCY or can_apply)


def screens_of(step: str) -> tuple[Screen, ...]:
    """The screens of a question about signs."""
    return tuple(screen for screen in SCREENS if screen.step == step)


def screen_by_code(code: str) -> Screen | None:
    """The screen of that code."""
    return next((screen for screen in SCREENS if screen.code == code), None)


def states(record: DiaryRecord, interview: Interview, as_of: date) -> tuple[StepState, ...]:
    """Every question of the person with its state."""
    return tuple(_state(step, record, interview, as_of) for step in steps_for(record, as_of))


def _state(step: str, record: DiaryRecord, interview: Interview, as_of: date) -> StepState:
    if step in (SIGNS, MORE_SIGNS):
        return _signs_state(step, record, interview)
    gone = interview.gone.get(step)
    told = has_an_answer(step, record, as_of)
    if gone is None:
        return StepState(step, told, None, None)
    return StepState(step, told or gone.how != LEFT_OPEN, gone.how, gone.on)


def _signs_state(step: str, record: DiaryRecord, interview: Interview) -> StepState:
    """A question about signs is answered when each was asked or its screen gone through."""
    asked = {answer.symptom for answer in record.symptom_answers}
    screens = screens_of(step)
    done = [s for s in screens if s.code in interview.gone or asked.issuperset(s.signs)]
    skipped = interview.gone.get(step)
    left = skipped is not None and skipped.how == LEFT_OPEN
    days = [
        answer.asked_on
        for answer in record.symptom_answers
        if any(answer.symptom in screen.signs for screen in screens)
    ]
    complete = len(done) == len(screens)
    how = LEFT_OPEN if left and not complete else (SAVED if done else None)
    return StepState(step, complete, how, max(days, default=None))


def has_an_answer(step: str, record: DiaryRecord, as_of: date) -> bool:
    """Whether the diary holds the person's own answer to a question, wherever it came from."""
    person = record.person
    visit = planned_visit(record, as_of)
    answers = {
        ONSET: person.onset is not None and person.onset.date is not None,
        PREGNANCY: person.pregnant is not None,
        CONDITIONS: person.conditions is not None,
        FAMILY: person.family_conditions is not None,
        MEDICINES: bool(record.medicines),
        TESTS: person.tests_done is not None or assessed(record),
        IMPACT: person.impact is not None,
        WORRY: person.worry is not None,
        QUESTIONS: visit is not None and bool(visit.questions),
        ABOUT_YOU: person.name is not None or person.birth_year is not None,
    }
    return answers.get(step, False)


def assessed(record: DiaryRecord) -> bool:
    """Whether the person said that this twitching has been examined."""
    return Condition.ALREADY_ASSESSED in (record.person.conditions or ())


def next_open(found: Sequence[StepState], after: str | None = None) -> str | None:
    """The next question to put: after that one, without one from the start; None when done."""
    codes = [state.step for state in found]
    start = codes.index(after) + 1 if after in codes else 0
    return next((state.step for state in found[start:] if not state.settled), None)


def open_screen(step: str, record: DiaryRecord, interview: Interview) -> Screen:
    """The first screen of a question about signs that still has to be gone through, else its first.

    All gone through: the first, to go through them again.
    """
    asked = {answer.symptom for answer in record.symptom_answers}
    screens = screens_of(step)
    return next(
        (s for s in screens if s.code not in interview.gone and not asked.issuperset(s.signs)),
        screens[0],
    )


def latest_answers(record: DiaryRecord) -> dict[str, SymptomAnswerRecord]:
    """The answer that counts of each sign that was asked."""
    asked = answers_by_symptom(record.symptom_answers)
    return {code: counting_answer(given) for code, given in asked.items()}


def changes_since(record: DiaryRecord, day: date) -> Changes:
    """New places, signs that came or went, and medicines begun, changed or stopped after a day."""
    asked = answers_by_symptom(record.symptom_answers)
    return Changes(
        since=day,
        places=tuple(row for row in sites(record) if row.first > day),
        signs=tuple(sign_of(given) for given in asked.values() if _turned(given, day)),
        medicines=tuple(
            medicine
            for medicine in record.medicines
            if any(
                step is not None and step > day
                for step in (medicine.started_on, medicine.changed_on, medicine.stopped_on)
            )
        ),
    )


def _turned(given: Sequence[SymptomAnswerRecord], day: date) -> bool:
    """Whether a sign is there now and was not then, or the other way round."""
    before = [answer for answer in given if answer.asked_on <= day]
    then = bool(before) and _is_there(counting_answer(before))
    return then != _is_there(counting_answer(given))


def _is_there(answer: SymptomAnswerRecord) -> bool:
    return answer.answer == Answer.YES and answer.current is not False


def first_of_the_run(record: DiaryRecord, as_of: date) -> date | None:
    """The first twitch day of the present run in the diary, whatever start the person gave."""
    return run_start((day.date for day in record.days if day.twitched), as_of)


def starts_after_the_diary(record: DiaryRecord, as_of: date) -> date | None:
    """The first twitch of the present run where the person's own start lies after it.

    A contradiction that is asked about; None where both can be true.
    """
    first = first_of_the_run(record, as_of)
    return first if first is not None and begins_after(record.person.onset, first) else None


def signs_asked(answers: Iterable[SymptomAnswerRecord], step: str) -> tuple[int, int]:
    """How many signs of a question were asked, and how many there are."""
    asked = {answer.symptom for answer in answers}
    signs = [code for screen in screens_of(step) for code in screen.signs]
    return sum(code in asked for code in signs), len(signs)


ALL_ON_SCREENS = frozenset(code for screen in SCREENS for code in screen.signs)
"""Every sign that can be asked; a test holds it equal to the vocabulary."""
