"""The library and the page that says when to see a doctor; the same text for everybody."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diary.http import DiaryRequest
from triage.advice_wording import emergency_numbers
from triage.factors import recorded_days
from triage.knowledge import Source, knowledge
from triage.library import SHELVES, Entry, library
from triage.library_wording import diary_lines, drink_rows, named_beside, places_named
from triage.views.summaries import summary_of

WEEKS = 12
"""Weeks of the diary that stand beside the text."""

QUESTIONS = "doctors-questions"
CAFFEINE = "caffeine"
_IN_TRENDS = {"caffeine", "sleep", "stress"}


@require_safe
def library_index(request: DiaryRequest) -> HttpResponse:
    """Every entry, shelf by shelf."""
    shelves = {shelf: library().on_shelf(shelf) for shelf in SHELVES}
    context = {"shelves": shelves, "advice": settings.DIARY_ADVICE}
    return render(request, "triage/library/index.html", context)


@require_safe
def library_entry(request: DiaryRequest, slug: str) -> HttpResponse:
    """One entry, with the person's own days beside it where a diary can speak to it."""
    entry = library().by_slug.get(slug)
    if entry is None:
        raise Http404
    drinks = tuple(knowledge().drinks.values()) if entry.slug == CAFFEINE else ()
    context = {
        "entry": entry,
        "drinks": drink_rows(drinks),
        "places": places_named(entry),
        "alongside": named_beside(entry),
        "evidence": _evidence(request, entry),
        "weeks": WEEKS,
        "in_trends": bool(_IN_TRENDS.intersection(entry.factors)),
        "numbered": entry.slug == QUESTIONS,
        "see": [library().by_slug[other] for other in entry.see],
        "sources": _sources(
            (*entry.sources, *(source for drink in drinks for source in drink.sources))
        ),
    }
    return render(request, "triage/library/entry.html", context)


@login_not_required
@require_safe
def when_to_see(request: DiaryRequest) -> HttpResponse:
    """Reasons to see a doctor by how soon; also without a diary and with advice switched off."""
    country = getattr(request.user, "country", "")
    levels = library().levels
    context = {
        "levels": levels,
        "numbers": emergency_numbers(country),
        "numbers_of_country": country in knowledge().emergency_numbers,
        "sources": _sources(
            source for level in levels for reason in level.reasons for source in reason.sources
        ),
    }
    return render(request, "triage/library/when_to_see.html", context)


def _evidence(request: DiaryRequest, entry: Entry) -> tuple[str, ...]:
    """Lines from the diary; none without factors, with advice off, or with an empty diary."""
    if not (entry.factors and settings.DIARY_ADVICE):
        return ()
    summary = summary_of(request, WEEKS)
    outside = summary.advice.factors
    if not (summary.record.days or outside):
        return ()
    return diary_lines(entry, outside, recorded_days(summary.record, summary.period))


def _sources(ids: Iterable[str]) -> list[Source]:
    """The sources by their ids, each once, in the order in which they are first named."""
    return [knowledge().sources[source] for source in dict.fromkeys(ids)]
