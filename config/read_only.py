"""A damaged diary is shown and can be copied; nothing is written to it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class ReadOnlyMiddleware:
    """Refuses whatever would write, with a page that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.READ_ONLY and request.method not in SAFE_METHODS:
            return render(request, "read_only.html", status=503)
        return self.get_response(request)


def banner(request: HttpRequest) -> dict[str, bool]:
    """Whether pages say that nothing can be written."""
    return {"read_only": settings.READ_ONLY}
