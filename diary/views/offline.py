"""Without a connection: what the browser keeps, and how waiting taps come in later."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from diary import entries
from diary.forms.episodes import tap_words
from diary.forms.taps import OfflineTapForm
from diary.http import DiaryRequest, is_signed_in
from diary.models import Episode
from diary.outbox import device_key
from diary.stored import digest_of
from diary.views.log import clock_of, tell_next_page

SHELL_FILES = (
    "css/app.css",
    "fonts/atkinson-basic.woff2",
    "icons/sign.svg",
    "js/app.js",
    "js/outbox.js",
)
SAME_TAP_WITHIN = timedelta(minutes=10)
"""A tap whose answer was lost comes again with the clock of the device; both are one tap."""


@login_not_required
@require_safe
def service_worker(request: DiaryRequest) -> HttpResponse:
    """The worker that keeps the shell; its version changes with every file of it."""
    content = hashlib.sha256(shell_page(request).content)
    for name in SHELL_FILES:
        path = finders.find(name)
        if isinstance(path, str):
            with open(path, "rb") as file:
                content.update(file.read())
    context = {
        "version": content.hexdigest()[:16],
        "shell": reverse("diary:offline"),
        "files": [static(name) for name in SHELL_FILES],
    }
    answer = render(request, "sw.js", context, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@login_not_required
@require_safe
def offline(request: DiaryRequest) -> HttpResponse:
    """The page shown without a connection; it holds nothing of anybody's diary."""
    return shell_page(request)


def shell_page(request: DiaryRequest) -> HttpResponse:
    """The shell, the same for everybody."""
    return render(request, "diary/offline.html", {"user": AnonymousUser()})


@login_not_required
@require_safe
def manifest(request: DiaryRequest) -> HttpResponse:
    """What a phone needs to install the diary."""
    icons: list[dict[str, str]] = [
        {"src": static(f"icons/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", **more}
        for name, size, more in (
            ("sign-192", 192, {}),
            ("sign-512", 512, {}),
            ("sign-mask", 512, {"purpose": "maskable"}),
        )
    ]
    found: dict[str, Any] = {
        "id": "/",
        "name": _("Twitch Diary"),
        "short_name": _("Diary"),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfaf6",
        "theme_color": "#17595a",
        "icons": icons,
        "shortcuts": [
            {"name": _("Log a twitch"), "url": "/"},
            {"name": _("Check-in"), "url": "/today/"},
        ],
    }
    return JsonResponse(found, content_type="application/manifest+json")


@login_not_required
@require_safe
def csrf(request: DiaryRequest) -> HttpResponse:
    """A token for waiting taps, and whose diary is open; 401 when nobody's is."""
    if not is_signed_in(request):
        return JsonResponse({"sentence": _("Sign in first.")}, status=401)
    return JsonResponse({"token": get_token(request), "person": device_key(request.user)})


@login_not_required
@require_http_methods(["PUT"])
def waiting_tap(request: DiaryRequest, uid: UUID) -> HttpResponse:
    """Store a tap that waited: 201 the first time, 200 again, 409 for another body, 410 deleted."""
    if not is_signed_in(request):
        return JsonResponse({"sentence": _("Sign in first.")}, status=401)
    form = OfflineTapForm(sent_json(request), clock=clock_of(request))
    if not form.is_valid():
        sentence = next(iter(form.errors.values()))[0]
        return JsonResponse({"sentence": sentence}, status=422)
    known = Episode.objects.owned_by(request.user).filter(uid=uid).first()
    if known is not None and known.deleted_at is not None:
        return JsonResponse({"sentence": _("It was taken back meanwhile.")}, status=410)
    if known is None or not is_same_tap(known, form):
        try:
            entries.log_episode(request.user, form.record(uid), sent=form.sent)
        except entries.Conflict:
            return JsonResponse({"sentence": _("Another twitch has this number.")}, status=409)
    response = JsonResponse({"stored": str(uid)}, status=200 if known else 201)
    tell_next_page(response, uid)
    return response


def is_same_tap(known: Episode, form: OfflineTapForm) -> bool:
    """Whether a tap of the log page was stored although its answer never arrived."""
    place, started = form.cleaned_data["place"], form.cleaned_data["started_at"]
    as_tapped = known.sent_digest == digest_of(tap_words(place))
    return as_tapped and abs(known.started_at - started.at) <= SAME_TAP_WITHIN


def sent_json(request: DiaryRequest) -> dict[str, Any]:
    """The body as form data; anything else than an object of texts is empty."""
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): value for key, value in found.items() if isinstance(value, str)}
