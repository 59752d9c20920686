"""Whose diary a request is about, what day it is there, and what may be kept of the answer."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils import timezone
from django.views import defaults
from django_htmx.http import HttpResponseClientRedirect

from diary.example_session import EXAMPLE_KEY, close_example
from diary.home_network import opens_without_password, the_one_person
from diary.local_days import known_zones, today_in_zone
from diary.models import Person

GetResponse = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger(__name__)

ZONE_COOKIE = "zone"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
EXAMPLE_ENDED = "example_ended"
"""In the address of the welcome page: it says that the example is over."""
WAYS_IN_AND_OUT = (
    *("diary:start", "diary:example", "diary:leave_example"),
    *("diary:home_sign_out", "account_logout"),
)
"""What can still be asked for when the example has ended: it stores nothing in one's own diary."""


class CurrentPersonMiddleware:
    """Sets `request.user`, `request.zone` and `request.today`.

    The example is a person of its own that a session visits; it never touches the visitor's own
    diary. When it was forgotten meanwhile, what one of its pages sends is not stored anywhere. In
    local mode there is one person and no password: whoever reaches this computer's loopback
    address keeps the diary.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        visiting = EXAMPLE_KEY in request.session
        person = current_person(request, request.user)
        if visiting and EXAMPLE_KEY not in request.session and is_sent_by_a_page(request):
            return example_has_ended(request)
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
        close_example(request)
    if opens_without_password(request):
        return the_one_person() or AnonymousUser()
    return signed_in


def is_sent_by_a_page(request: HttpRequest) -> bool:
    """Whether the request would write into the diary that a page was made for."""
    if request.method in SAFE_METHODS:
        return False
    return resolve(request.path_info).view_name not in WAYS_IN_AND_OUT


def example_has_ended(request: HttpRequest) -> HttpResponse:
    """To the page that says so."""
    address = f"{reverse('diary:welcome')}?{EXAMPLE_ENDED}=1"
    if "HX-Request" in request.headers:
        return HttpResponseClientRedirect(address)
    return redirect(address)


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


class WayBackMiddleware:
    """Gives a page to addresses that only take what a page sends.

    A browser asks for them when it opens an address again, as after an error in a form.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(request, "405.html", status=response.status_code)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class PatientSessionMiddleware(SessionMiddleware):
    """A session that cannot be kept does not undo the answer: what the view stored is stored.

    Pages only note small things in it, such as the last tap; signing in and out write it by
    themselves and say when they cannot.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep the session; a database that is locked or full costs its changes and no more."""
        try:
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            if not is_storage_fault(error):
                raise
            log.warning("session not kept")
            return response


class StorageFaultMiddleware:
    """Answers 503 "nothing was stored" when the database is locked, full or cannot be written.

    An entry that another device took out between two steps of a request is not found, as it
    would have been a moment later.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a fault of the database into a sentence; writes are atomic, so nothing is half."""
        if isinstance(error, ObjectDoesNotExist):
            return defaults.page_not_found(request, error)
        return nothing_stored(request) if is_storage_fault(error) else None


def is_storage_fault(error: BaseException | None) -> bool:
    """Whether the database was locked, full or damaged, here or behind this error."""
    if isinstance(error, OperationalError) or type(error) is DatabaseError:
        return not str(error).startswith("Forced update")
    return isinstance(error, SessionInterrupted | UpdateError) and is_storage_fault(
        error.__context__
    )


def nothing_stored(request: HttpRequest) -> HttpResponse:
    """The page that says so, with everything that was typed; it reads nothing of the database.

    But for passwords, which stand on no page.
    """
    typed = [
        (name, text)
        for name, texts in request.POST.lists()
        for text in texts
        if "password" not in name
    ]
    return render(request, "503.html", {"typed": typed}, status=503)


def server_error(request: HttpRequest) -> HttpResponse:
    """What stands for an error outside a view, such as finding out whose diary it is."""
    if not is_storage_fault(sys.exc_info()[1]):
        return defaults.server_error(request)
    request.user = AnonymousUser()
    return nothing_stored(request)
