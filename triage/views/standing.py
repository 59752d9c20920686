"""Before the log is shown: whether an emergency stands, worked out once a day and after a change.

The log itself knows no rules and reads the answer from the person's row.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from diary import about
from diary.http import DiaryRequest
from triage.views.interview_flow import WEEKS_OF_RULES, changed_level
from triage.views.summaries import summary_of

log = logging.getLogger(__name__)

LOG = "diary:log"
LISTS_OF_RULES = ("symptom_answers", "medicines")
"""Lists of the diary that the rules of advice look at."""


class StandingMiddleware:
    """Keeps what the log says of an emergency true after an import, a change or a new day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """Work it out where that is not known; the log opens even when that cannot be done."""
        shown = request.resolver_match is not None and request.resolver_match.view_name == LOG
        if not shown or not settings.DIARY_ADVICE or settings.READ_ONLY:
            return
        asked = cast(DiaryRequest, request)
        if not asked.user.is_authenticated or about.is_looked_up(asked.user, asked.today):
            return
        try:
            summary = summary_of(asked, WEEKS_OF_RULES, lists=LISTS_OF_RULES)
            level = changed_level(asked, summary.advice.urgency)
            about.keep_looked_up(asked.user, asked.today, level)
        except Exception:
            log.exception("emergency not looked up")
