"""The summary of whoever asks, with no more history than its page needs."""

from __future__ import annotations

from collections.abc import Collection
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


def summary_of(
    request: DiaryRequest, weeks: int | None = None, *, lists: Collection[str] | None = None
) -> Summary:
    """The summary of the person's diary today, of the last `weeks` weeks or of all of it.

    `lists` are those of the record that the page looks at (None: all).
    """
    if weeks is None:
        return summarise(diary_of(request.user, lists=lists), request.today)
    back = max(7 * weeks, COMPARED_DAYS) - 1
    since = request.today - timedelta(days=back)
    record = diary_of(request.user, episodes_from=since, lists=lists)
    return summarise(record, request.today, weeks)
