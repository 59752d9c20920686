"""The trends page: how often, where, what goes together with it; and the person's own question."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary.http import DiaryRequest
from diary.kept_pages import kept_until_a_change
from diary.models import Person
from diary.place_names import place_code
from diary.records import Place
from triage.caffeine_course import SOURCE as CAFFEINE_SOURCE
from triage.charts.interval import ratio_ticks
from triage.forms import WEEKS, WHOLE_DIARY, FilterForm, QuestionForm, WeeksForm
from triage.knowledge import knowledge
from triage.summary import Summary
from triage.trend_page import factor_mark, question_of, trend_page, waiting
from triage.trend_wording import place_title
from triage.views.summaries import summary_of

WEEKS_KEY, PLACE_KEY = "trends_weeks", "trends_place"
USUAL_WEEKS = "8"
SHOWN_LISTS = ("events", "own_factors")
MOST_WEEKS = 26
"""Weeks of single episodes that the page reads at most; days tell what is older."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of the controls."""

    value: str
    words: str
    chosen: bool


@require_safe
@kept_until_a_change
def trends(request: DiaryRequest) -> HttpResponse:
    """What the diary shows over the chosen weeks; before there is enough, what is missing."""
    chosen = chosen_weeks(request)
    weeks = None if chosen == WHOLE_DIARY else int(chosen)
    summary = summary_of(request, min(weeks or MOST_WEEKS, MOST_WEEKS), lists=SHOWN_LISTS)
    missing = waiting(summary)
    if missing is not None:
        return render(request, "triage/trends_waiting.html", {"waiting": missing})
    place = chosen_place(request, summary)
    context = {
        "page": trend_page(summary, place, weeks),
        "weeks": [Option(code, _weeks_words(code), code == chosen) for code in WEEKS],
        "places": _place_options(summary, place),
        "place": None if place is None else place_title(place),
        "question": question_of(summary),
        "caffeine_source": knowledge().sources[CAFFEINE_SOURCE],
        "ratios": ratio_ticks(),
        "weekdays": [str(WEEKDAYS_ABBR[number]) for number in range(7)],
    }
    return render(request, "triage/trends.html", context)


def chosen_weeks(request: DiaryRequest) -> str:
    """The weeks of a plain address, else those chosen last, else eight."""
    form = WeeksForm({"weeks": request.GET.get("weeks", request.session.get(WEEKS_KEY))})
    return str(form.cleaned_data["weeks"]) if form.is_valid() else USUAL_WEEKS


def chosen_place(request: DiaryRequest, summary: Summary) -> Place | None:
    """The place chosen last, while the diary still holds it."""
    form = FilterForm({"place": request.session.get(PLACE_KEY, "")})
    place = form.cleaned_data["place"] if form.is_valid() else None
    return place if place in summary.recorded_places else None


def _weeks_words(code: str) -> str:
    return gettext("All") if code == WHOLE_DIARY else code


def _place_options(summary: Summary, chosen: Place | None) -> list[Option]:
    every = Option("", gettext("All places"), chosen is None)
    return [
        every,
        *(
            Option(place_code(place), place_title(place), place == chosen)
            for place in summary.recorded_places
        ),
    ]


@require_POST
def choose_weeks(request: DiaryRequest) -> HttpResponse:
    """Keep the length of time for this visit; anything else changes nothing."""
    form = WeeksForm(request.POST)
    if form.is_valid():
        request.session[WEEKS_KEY] = form.cleaned_data["weeks"]
    return redirect("triage:trends")


@require_POST
def choose_place(request: DiaryRequest) -> HttpResponse:
    """Keep the place for this visit; anything else changes nothing."""
    form = FilterForm(request.POST)
    if form.is_valid():
        place = form.cleaned_data["place"]
        request.session[PLACE_KEY] = "" if place is None else place_code(place)
    return redirect("triage:trends")


@require_safe
def trends_explained(request: DiaryRequest) -> HttpResponse:
    """How the figures of the page are worked out, in plain words."""
    from triage.statistics.gates import NEEDED_DAYS, NEEDED_TWITCH_DAYS  # brings numpy

    context = {"needed_days": NEEDED_DAYS, "needed_twitch_days": NEEDED_TWITCH_DAYS}
    return render(request, "triage/trends_explained.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def question_of_own(request: DiaryRequest) -> HttpResponse:
    """Name one factor and what to expect of it, best before the first result is shown."""
    summary = summary_of(request, int(USUAL_WEEKS))
    factors = [(factor.code, factor_mark(summary, factor.code).name) for factor in summary.factors]
    question = question_of(summary)
    if request.method == "POST":
        form = QuestionForm(request.POST, factors=factors)
        if form.is_valid():
            name_question(request, form.cleaned_data["factor"], form.cleaned_data["expected"])
            return redirect("triage:trends")
    else:
        named = (
            {} if question is None else {"factor": question.factor, "expected": question.expected}
        )
        form = QuestionForm(initial=named, factors=factors)
    context = {
        "form": form,
        "question": question,
        "question_name": question and dict(factors).get(question.factor or ""),
        "starts_anew": summary.naming_starts_new_period,
    }
    return render(
        request, "triage/trends_question.html", context, status=422 if form.errors else 200
    )


@transaction.atomic
def name_question(request: DiaryRequest, factor: str, expected: str) -> None:
    """Store the question; the same factor stays as old as it is, another is new."""
    person = Person.objects.select_for_update().get(pk=request.user.pk)
    settings = dict(person.settings or {})
    before = settings.get("question") or {}
    same = before.get("factor") == factor
    asked_on = before.get("asked_on") if same else None
    settings["question"] = {
        "factor": factor,
        "expected": expected,
        "asked_on": asked_on or request.today.isoformat(),
    }
    person.settings = settings
    person.save(update_fields=["settings"])
