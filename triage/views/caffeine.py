"""Caffeine through single days: a picture for who notes the times of drinks, without a verdict."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diary.http import DiaryRequest
from diary.queries import days_of, episodes_of
from diary.records import DiaryRecord
from triage.caffeine_course import SOURCE
from triage.caffeine_day import timed_dates
from triage.caffeine_page import caffeine_page
from triage.knowledge import knowledge
from triage.summary import summarise


@require_safe
def trends_caffeine(request: DiaryRequest) -> HttpResponse:
    """The last days on which a drink has its time; without one, how to note it."""
    days = tuple(days_of(request.user))
    oldest = min(timed_dates(days, request.today), default=request.today)
    # Such days may lie long ago; episodes are read as far back as they go and no further.
    weeks = (request.today - oldest).days // 7 + 1
    since = request.today - timedelta(days=7 * weeks - 1)
    episodes = tuple(episodes_of(request.user, since=since))
    record = DiaryRecord(days=days, episodes=episodes, episodes_from=since)
    context = {
        "page": caffeine_page(summarise(record, request.today, weeks)),
        "source": knowledge().sources[SOURCE],
        "today": request.today,
    }
    return render(request, "triage/trends_caffeine.html", context)
