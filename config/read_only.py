"""A damaged diary is shown and can be copied; nothing is written to it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class ReadOnlyMiddleware:
    """Refuses whatever would write a damaged diary, with a page that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.READ_ONLY and request.method not in SAFE_METHODS:
            return render(request, "read_only.html", status=503)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say so where a page needs what cannot be read any more; other pages still work."""
        if settings.READ_ONLY and isinstance(error, DatabaseError):
            return render(request, "read_only.html", {"unreadable": True}, status=503)
        return None


def banner(request: HttpRequest) -> dict[str, bool]:
    """Whether pages say that nothing can be written."""
    return {"read_only": settings.READ_ONLY}
