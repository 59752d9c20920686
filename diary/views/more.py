"""The last tab on a phone: everything that has no tab of its own."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diary.http import DiaryRequest


@require_safe
def more(request: DiaryRequest) -> HttpResponse:
    """A list of the other pages."""
    return render(request, "diary/more.html", {"advice": settings.DIARY_ADVICE})
