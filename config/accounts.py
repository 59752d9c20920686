"""Accounts of a hosted diary: who may begin one, and what stands in for mail that is not sent."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe


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
