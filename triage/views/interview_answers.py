"""The questions of the interview that take an answer of one's own: its form, and what it keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.forms import Form
from django.http import QueryDict
from django.utils import timezone

from diary import about, entries
from diary.forms.person import (
    FAMILY_CONDITIONS,
    OWN_CONDITIONS,
    AboutYouForm,
    CodesForm,
    ImpactForm,
    OnsetForm,
    PlacesForm,
    PregnancyForm,
    TestsForm,
    WorryForm,
    season_days,
)
from diary.forms.visits import QuestionsForm
from diary.http import DiaryRequest
from diary.local_days import instant_in_zone, instant_of_wall_clock
from diary.place_names import place_code, place_words
from diary.preferences import change_person
from diary.queries import recent_places
from diary.records import EpisodeRecord, Onset, Place
from diary.stored import mark_of
from diary.time_words import NOON_MINUTE
from diary.views.log import places_offered
from diary.vocabulary import Condition, Impact, InstantPrecision, OnsetPrecision, Source
from triage import interview as steps
from triage.interview_wording import medicine_lines, test_lines
from triage.summary import Summary
from triage.views.interview_flow import LEAVING
from triage.wording import season, sentence_start

SEASONS_OFFERED = 16


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the interview in a request."""

    step: str
    summary: Summary
    request: DiaryRequest

    @property
    def changing(self) -> bool:
        """Whether the person wants to give an answer of their own instead of confirming."""
        done = self.request.POST.get("do")
        return "change" in self.request.GET or done == "save" or done in LEAVING


def onset_form(question: Question, data: QueryDict | None) -> OnsetForm:
    """When it started."""
    summary, person = question.summary, question.summary.record.person
    return OnsetForm(
        data,
        initial=OnsetForm.initial_of(person.onset),
        today=summary.as_of,
        seasons=seasons(summary, person.onset),
        first_logged=steps.first_of_the_run(summary.record, summary.as_of),
    )


def seasons(summary: Summary, kept: Onset | None) -> list[tuple[date, str]]:
    """The present season and those before it; one that was kept stays as it is."""
    country = summary.record.person.country
    days = season_days(summary.as_of, SEASONS_OFFERED)
    found = {sentence_start(season(day, country)): day for day in days}
    if kept is not None and kept.date is not None and kept.precision == OnsetPrecision.SEASON:
        found[sentence_start(season(kept.date, country))] = kept.date
    return [(day, words) for words, day in found.items()]


def own_start(summary: Summary) -> bool:
    """Whether the person gave a start of their own."""
    onset = summary.record.person.onset
    return onset is not None and onset.date is not None


def store_onset(question: Question, form: Form) -> None:
    """Keep the person's own start."""
    assert isinstance(form, OnsetForm)
    change_person(question.request.user, {"onset": form.onset()})


def places_form(question: Question, data: QueryDict | None) -> PlacesForm:
    """Places from memory."""
    return new_places_form(question.request, data)


def new_places_form(request: DiaryRequest, data: QueryDict | None) -> PlacesForm:
    """Places from memory: own ones and their mirror places first, then any."""
    offered = places_offered(recent_places(request.user, 6))
    named = [(place_code(place), sentence_start(place_words(*place))) for place in offered]
    return PlacesForm(data, initial={"uid": uuid4()}, today=request.today, offered=named)


def store_places(question: Question, form: Form) -> None:
    """Keep the places told from memory."""
    assert isinstance(form, PlacesForm)
    log_places(question.request, form)


def log_places(request: DiaryRequest, form: PlacesForm) -> None:
    """One entry for each place, on the day it last twitched there, to the part of the day.

    The day is not closed by this: nothing was said about how often. The ids come from the page, so
    that the same page sent twice is stored once.
    """
    now, day, uid = timezone.now(), form.day, form.cleaned_data["uid"]
    today = day == request.today
    started = (
        instant_in_zone(now, request.zone)
        if today
        else instant_of_wall_clock(day, NOON_MINUTE, request.zone)
    )
    for place in form.cleaned_data["chosen"]:
        record = EpisodeRecord(
            id=str(_uid_of(uid, place)),
            started_at=started,
            time_zone=request.zone,
            precision=InstantPrecision.PART_OF_DAY.value,
            site=place[0],
            side=place[1],
            recorded_at=instant_in_zone(now, request.zone),
            source=Source.BACKDATED.value,
        )
        entries.log_episode(request.user, record, sent=repr((place, day)))


def _uid_of(uid: UUID, place: Place) -> UUID:
    return uuid5(uid, place_code(place))


def pregnancy_form(question: Question, data: QueryDict | None) -> PregnancyForm:
    """Pregnant or not."""
    return PregnancyForm(data)


def store_pregnancy(question: Question, form: Form) -> None:
    """Keep what was said; "prefer not to say" takes an earlier answer back."""
    assert isinstance(form, PregnancyForm)
    change_person(question.request.user, {"pregnant": form.pregnant()})


def conditions_form(question: Question, data: QueryDict | None) -> CodesForm:
    """Own conditions."""
    kept = question.summary.record.person.conditions or ()
    return CodesForm(data, offered=OWN_CONDITIONS, kept=kept)


def store_conditions(question: Question, form: Form) -> None:
    """Keep the conditions; what this page does not offer stays."""
    assert isinstance(form, CodesForm)
    change_person(question.request.user, {"conditions": form.conditions()})


def family_form(question: Question, data: QueryDict | None) -> CodesForm:
    """Conditions in the family."""
    kept = question.summary.record.person.family_conditions or ()
    return CodesForm(data, offered=FAMILY_CONDITIONS, kept=kept)


def store_family(question: Question, form: Form) -> None:
    """Keep the conditions of the family."""
    assert isinstance(form, CodesForm)
    change_person(question.request.user, {"family_conditions": form.conditions()})


def tests_form(question: Question, data: QueryDict | None) -> TestsForm:
    """Examined and tested so far."""
    record = question.summary.record
    known = steps.has_an_answer(steps.TESTS, record, question.summary.as_of)
    said = "yes" if steps.assessed(record) else ("no" if known else "")
    return TestsForm(data, initial={"assessed": said}, today=question.summary.as_of)


def tests_to_remove(summary: Summary) -> list[tuple[str, str]]:
    """Tests that were done, each with its mark and its line."""
    marks = map(mark_of, summary.record.person.tests_done or ())
    return list(zip(marks, test_lines(summary), strict=True))


def store_tests(question: Question, form: Form) -> None:
    """Keep whether it was examined, and add the test."""
    assert isinstance(form, TestsForm)
    person = question.summary.record.person
    changes: dict[str, Any] = {}
    said = form.cleaned_data["assessed"]
    if said:
        kept = [c for c in person.conditions or () if c != Condition.ALREADY_ASSESSED]
        added = [Condition.ALREADY_ASSESSED.value] if said == "yes" else []
        if added or person.conditions is not None:
            found = {*kept, *added}
            changes["conditions"] = tuple(code for code in Condition.codes() if code in found)
        if said == "no" and person.tests_done is None:
            changes["tests_done"] = ()  # asked, and none: the sheet may say so
    test = form.test_done()
    if test is not None and test not in (person.tests_done or ()):
        changes["tests_done"] = (*(person.tests_done or ()), test)
    if changes:
        change_person(question.request.user, changes)


def impact_form(question: Question, data: QueryDict | None) -> ImpactForm:
    """How much it gets in the way."""
    return ImpactForm(data)


def store_impact(question: Question, form: Form) -> None:
    """Keep how much it gets in the way."""
    change_person(question.request.user, {"impact": form.cleaned_data["impact"]})


def worry_form(question: Question, data: QueryDict | None) -> WorryForm:
    """What worries most."""
    return WorryForm(data, initial={"worry": question.summary.record.person.worry or ""})


def store_worry(question: Question, form: Form) -> None:
    """Keep what worries most; emptied, it is taken back."""
    change_person(question.request.user, {"worry": form.cleaned_data["worry"] or None})


def questions_form(question: Question, data: QueryDict | None) -> QuestionsForm:
    """Questions for the next appointment."""
    visit = question.summary.planned_visit
    return QuestionsForm(data, kept=(visit.questions or ()) if visit else ())


def store_questions(question: Question, form: Form) -> None:
    """Keep the questions with the next appointment."""
    assert isinstance(form, QuestionsForm)
    request = question.request
    about.set_next_questions(request.user, request.today, form.questions())


def about_you_form(question: Question, data: QueryDict | None) -> AboutYouForm:
    """Name, year of birth, sex."""
    person = question.summary.record.person
    initial = {name: getattr(person, name) or "" for name in ("name", "birth_year", "sex")}
    return AboutYouForm(data, initial=initial, today=question.summary.as_of)


def store_about_you(question: Question, form: Form) -> None:
    """Keep name, year of birth and sex."""
    found = form.cleaned_data
    change_person(
        question.request.user,
        {
            "name": found["name"] or None,
            "birth_year": found["birth_year"],
            "sex": found["sex"] or None,
        },
    )


FORMS: Mapping[str, Callable[[Question, QueryDict | None], Form]] = {
    steps.ONSET: onset_form,
    steps.PLACES: places_form,
    steps.PREGNANCY: pregnancy_form,
    steps.CONDITIONS: conditions_form,
    steps.FAMILY: family_form,
    steps.TESTS: tests_form,
    steps.IMPACT: impact_form,
    steps.WORRY: worry_form,
    steps.QUESTIONS: questions_form,
    steps.ABOUT_YOU: about_you_form,
}
STORE: Mapping[str, Callable[[Question, Form], None]] = {
    steps.ONSET: store_onset,
    steps.PLACES: store_places,
    steps.PREGNANCY: store_pregnancy,
    steps.CONDITIONS: store_conditions,
    steps.FAMILY: store_family,
    steps.TESTS: store_tests,
    steps.IMPACT: store_impact,
    steps.WORRY: store_worry,
    steps.QUESTIONS: store_questions,
    steps.ABOUT_YOU: store_about_you,
}

TEMPLATES = {
    steps.ONSET: "triage/prepare/onset.html",
    steps.PLACES: "triage/prepare/places.html",
    steps.PREGNANCY: "triage/prepare/pregnancy.html",
    steps.CONDITIONS: "triage/prepare/codes.html",
    steps.FAMILY: "triage/prepare/codes.html",
    steps.MEDICINES: "triage/prepare/medicines.html",
    steps.TESTS: "triage/prepare/tests.html",
    steps.IMPACT: "triage/prepare/impact.html",
    steps.WORRY: "triage/prepare/form.html",
    steps.QUESTIONS: "triage/prepare/questions.html",
    steps.ABOUT_YOU: "triage/prepare/form.html",
}
CHANGED_BY_FORM = frozenset({steps.ONSET, steps.PLACES})
"""Questions that are confirmed from the diary, or answered anew in a form."""

FILLED_IN = frozenset(FORMS) - CHANGED_BY_FORM - {steps.PREGNANCY, steps.IMPACT}
"""Questions with fields to fill in; the others have buttons, each of which stores its answer."""

EXTRA: Mapping[str, Callable[[Question], dict[str, Any]]] = {
    steps.ONSET: lambda question: {"own_start": own_start(question.summary)},
    steps.MEDICINES: lambda question: {"medicines": medicine_lines(question.summary)},
    steps.IMPACT: lambda question: {
        "choices": [
            (code, sentence_start(str(label)), code == question.summary.record.person.impact)
            for code, label in Impact.choices()
        ]
    },
    steps.PREGNANCY: lambda question: {"pregnant": question.summary.record.person.pregnant},
    steps.TESTS: lambda question: {"tests": tests_to_remove(question.summary)},
}
