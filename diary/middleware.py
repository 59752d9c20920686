"""Whose diary a request is about, what day it is there, and what may be kept of the answer."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from diary.local_days import known_zones, today_in_zone
from diary.models import Person

GetResponse = Callable[[HttpRequest], HttpResponse]

EXAMPLE_KEY = "example_person"
ZONE_COOKIE = "zone"


class CurrentPersonMiddleware:
    """Sets `request.user`, `request.zone` and `request.today`.

    The example is a person of its own that a session visits; it never touches the visitor's own
    diary. In local mode there is one person and no password: whoever reaches this computer's
    loopback address keeps the diary.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = current_person(request, request.user)
        zone = zone_of(request, person)
        request.user = person
        request.zone = zone  # type: ignore[attr-defined]
        request.today = today_in_zone(timezone.now(), zone)  # type: ignore[attr-defined]
        return self.get_response(request)


def current_person(
    request: HttpRequest, signed_in: Person | AnonymousUser
) -> Person | AnonymousUser:
    """The example being visited, else the one local person, else whoever signed in."""
    example = request.session.get(EXAMPLE_KEY)
    if example is not None:
        found = Person.objects.filter(pk=example, is_example=True).first()
        if found is not None:
            return found
    if settings.DIARY_MODE == "local":
        return Person.objects.filter(is_example=False).order_by("pk").first() or AnonymousUser()
    return signed_in


def zone_of(request: HttpRequest, person: Person | AnonymousUser) -> str:
    """The IANA zone of the browser, else of the person, else of this computer."""
    sent = request.COOKIES.get(ZONE_COOKIE, "").replace("%2F", "/")
    if sent in known_zones():
        return sent
    return getattr(person, "time_zone", "") or settings.FALLBACK_ZONE


class PrivatePagesMiddleware:
    """Keeps pages out of caches: everything that is not a static file is private."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class StorageFaultMiddleware:
    """Answers 503 "nothing was stored" when the database is locked, full or cannot be written."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a fault of the database into a sentence; writes are atomic, so nothing is half."""
        if not isinstance(error, OperationalError):
            return None
        return render(request, "503.html", {"typed": request.POST.items()}, status=503)
