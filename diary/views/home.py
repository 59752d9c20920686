"""The diary on a phone at home: the pairing code, the password, and the way in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary.forms.home import NewPasswordForm, SignInForm
from diary.home_network import (
    at_this_computer,
    note_wrong_password,
    pairing_code,
    person_paired_by,
    the_one_person,
    too_many_attempts,
)
from diary.http import DiaryRequest, is_signed_in
from diary.models import Person

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_safe
def phone(request: DiaryRequest) -> HttpResponse:
    """How to open the diary on a phone; at the computer of a home diary, the code to do it."""
    return _phone_page(request, NewPasswordForm())


@require_POST
def choose_password(request: DiaryRequest) -> HttpResponse:
    """A new password for other devices; those signed in with the one before have to sign in."""
    _only_at_the_computer(request)
    form = NewPasswordForm(request.POST)
    if not form.is_valid():
        return _phone_page(request, form, status=422)
    person = the_one_person()
    if person is None:
        raise Http404
    person.set_password(form.cleaned_data["password"])
    person.save(update_fields=["password"])
    messages.success(request, _("The password is set. Other devices need it from now on."))
    return redirect("diary:phone")


def _phone_page(request: DiaryRequest, form: NewPasswordForm, status: int = 200) -> HttpResponse:
    home = settings.DIARY_MODE == "home"
    at_computer = home and at_this_computer(request)
    context: dict[str, object] = {"home": home, "at_computer": at_computer, "form": form}
    if at_computer and not request.user.is_example:
        path = reverse("diary:pair", args=[pairing_code(request.user)])
        roots = [f"http://{one}:{request.get_port()}" for one in settings.HOME_ADDRESSES]
        context |= {
            "addresses": [f"{root}/" for root in roots],
            "code": qr_code(f"{roots[0]}{path}") if roots else None,
            "has_password": request.user.has_usable_password(),
        }
    return render(request, "diary/home/phone.html", context, status=status)


def qr_code(address: str) -> SafeString:
    """The address as a drawing to point a camera at."""
    import segno  # only here, where it is drawn

    drawing = segno.make(address, error="m", micro=False)
    return mark_safe(drawing.svg_inline(border=4, omitsize=True, light="#fff"))  # noqa: S308


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: DiaryRequest, code: str) -> HttpResponse:
    """Let the device in that has read the code; a tap, because links are also fetched unseen."""
    _only_at_home(request)
    if request.method != "POST":
        if person_paired_by(code) is None:
            return render(request, "diary/home/pair_expired.html", status=410)
        return render(request, "diary/home/pair.html")
    with transaction.atomic():
        person = person_paired_by(code, locked=True)
        if person is not None:
            return _let_in(request, person)
    return render(request, "diary/home/pair_expired.html", status=410)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: DiaryRequest) -> HttpResponse:
    """The password, from another device of the home."""
    _only_at_home(request)
    if is_signed_in(request):
        return redirect("diary:log")
    if request.method == "POST" and too_many_attempts(request):
        return render(request, "diary/home/too_many.html", status=429)
    person = the_one_person()
    if person is None:
        return render(request, "diary/home/nobody.html")
    form = SignInForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_bound and form.is_valid():
        return _let_in(request, person)
    if form.has_error("password", "wrong"):
        note_wrong_password(request)
    return render(
        request, "diary/home/sign_in.html", {"form": form}, status=422 if form.errors else 200
    )


@require_POST
def sign_out(request: DiaryRequest) -> HttpResponse:
    """Forget this device."""
    _only_at_home(request)
    logout(request)
    return redirect("diary:welcome")


def _let_in(request: DiaryRequest, person: Person) -> HttpResponse:
    login(request, person, backend=BACKEND)
    return redirect("diary:log")


def _only_at_home(request: DiaryRequest) -> None:
    if settings.DIARY_MODE != "home":
        raise Http404


def _only_at_the_computer(request: DiaryRequest) -> None:
    _only_at_home(request)
    if not at_this_computer(request):
        raise Http404
