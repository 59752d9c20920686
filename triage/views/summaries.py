"""The summary of whoever asks, with no more history than its page needs."""

from __future__ import annotations

from datetime import date, timedelta

from diary.http import DiaryRequest
from diary.queries import diary_of
from triage.summary import Summary, summarise

COMPARED_DAYS = 56
"""Days of episodes that every summary holds at least: twice 28 for comparisons."""


def summary_since(request: DiaryRequest, since: date) -> Summary:
    """The summary of the person's diary from a day on."""
    record = diary_of(request.user, episodes_from=min(since, _compared_from(request)))
    return summarise(record, request.today, since=since)


def _compared_from(request: DiaryRequest) -> date:
    return request.today - timedelta(days=COMPARED_DAYS - 1)


def summary_of(request: DiaryRequest, weeks: int | None = None) -> Summary:
    """The summary of the person's diary today, of the last `weeks` weeks or of all of it."""
    if weeks is None:
        return summarise(diary_of(request.user), request.today)
    back = max(7 * weeks, COMPARED_DAYS) - 1
    record = diary_of(request.user, episodes_from=request.today - timedelta(days=back))
    return summarise(record, request.today, weeks)
