"""The request as views of a diary see it."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from diary.models import Person


class DiaryRequest(HttpRequest):
    """A request of a person: whose diary, in which time zone, and what day it is there.

    `file_state` is that of the database before the request (`diary.kept_pages`).

    Only an annotation: the middleware sets the attributes on the request Django makes.
    """

    user: Person
    htmx: HtmxDetails
    zone: str
    today: date
    file_state: Hashable


def is_signed_in(request: DiaryRequest) -> bool:
    """Whether a diary is open; only the few pages that are for everybody have to ask."""
    return bool(request.user.is_authenticated)
