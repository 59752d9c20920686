"""Headers that keep other sites and the browser's extras out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PERMISSIONS = (
    "accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "microphone",
    "payment", "usb",
)  # fmt: skip


class StrictHeadersMiddleware:
    """No use of our answers by other origins, and no access to the device's sensors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if request.method == "POST" and address_name(request) == "account_logout":
            response["Clear-Site-Data"] = '"cache"'
        response["Permissions-Policy"] = ", ".join(f"{name}=()" for name in PERMISSIONS)
        return response


def address_name(request: HttpRequest) -> str | None:
    """The name of the address that answered, None when there was none."""
    return None if request.resolver_match is None else request.resolver_match.url_name
