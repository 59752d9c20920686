"""Addresses of the app: the diary at the root, triage beside it, accounts when hosted."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the server answers; says nothing about anybody."""
    return HttpResponse("ok", content_type="text/plain")


handler500 = "diary.middleware.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("diary.urls")),
    path("", include("triage.urls")),
]

if settings.HOSTED:
    from config.accounts import no_mail, one_address  # allauth is an app of hosted diaries only

    if not settings.MAIL:
        urlpatterns += [path("accounts/password/reset/", no_mail)]
    # One address an account: there is nothing to choose on the library's page of addresses.
    urlpatterns += [path("accounts/email/", one_address)]
    urlpatterns += [path("accounts/", include("allauth.account.urls"))]
