"""Accounts of a hosted diary: who may begin one, and what stands in for mail that is not sent."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

log = logging.getLogger("config.accounts")


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """The choices of whoever runs the server."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether new diaries may begin here (`DIARY_SIGN_UP`)."""
        return bool(settings.SIGN_UP)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where the person came from."""
        return reverse("diary:settings")


@login_not_required
@require_safe
def no_mail(request: HttpRequest) -> HttpResponse:
    """Says that a forgotten password cannot be changed by mail here."""
    return render(request, "account/password_reset_closed.html")


@require_safe
def one_address(request: HttpRequest) -> HttpResponse:
    """Stands before the library's page of several addresses; an account has one here."""
    return redirect("diary:settings")


@receiver(user_logged_in)
def signed_in(user: Any, **_options: Any) -> None:
    """Log who came in, by number."""
    log.info("signed in", extra={"person": user.pk})


@receiver(user_logged_out)
def signed_out(user: Any, **_options: Any) -> None:
    """Log who left; nobody when the session was used up."""
    log.info("signed out", extra={"person": getattr(user, "pk", None)})


@receiver(user_login_failed)
def refused(**_options: Any) -> None:
    """Log that somebody was refused, not with which address."""
    log.warning("sign-in refused")
