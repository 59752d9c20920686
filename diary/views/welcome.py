"""The first screen, the example, and the way back to one's own diary."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diary.http import DiaryRequest, is_signed_in
from diary.keeping import make_example
from diary.middleware import EXAMPLE_KEY
from diary.models import Person


@login_not_required
@require_safe
def welcome(request: DiaryRequest) -> HttpResponse:
    """What this is, in three sentences, and two ways in."""
    if is_signed_in(request):
        return redirect("diary:log")
    context = {"local": settings.DIARY_MODE == "local", "erased": "erased" in request.GET}
    return render(request, "diary/welcome.html", context)


@login_not_required
@require_POST
def start(request: DiaryRequest) -> HttpResponse:
    """Open one's own diary: here at once in local mode, by an account elsewhere."""
    request.session.pop(EXAMPLE_KEY, None)
    if settings.DIARY_MODE == "local":
        if not Person.objects.filter(is_example=False).exists():
            Person.objects.create_user()
        return redirect("diary:log")
    return redirect("account_signup")


@login_not_required
@require_POST
def example(request: DiaryRequest) -> HttpResponse:
    """Look around in a diary that is nobody's."""
    person = make_example(request.today, request.zone)
    request.session[EXAMPLE_KEY] = person.pk
    return redirect("diary:log")


@login_not_required
@require_POST
def leave_example(request: DiaryRequest) -> HttpResponse:
    """Leave the example and forget what was tried out in it."""
    example_pk = request.session.pop(EXAMPLE_KEY, None)
    Person.objects.filter(pk=example_pk, is_example=True).delete()
    return redirect("diary:welcome")
