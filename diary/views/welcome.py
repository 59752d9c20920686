"""The first screen, the example, and the way back to one's own diary."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diary.example_session import EXAMPLE_KEY, close_example, open_example, take_up_again
from diary.home_network import must_sign_in
from diary.http import DiaryRequest, is_signed_in
from diary.keeping import make_example
from diary.middleware import EXAMPLE_ENDED
from diary.models import Person


@login_not_required
@require_safe
def welcome(request: DiaryRequest) -> HttpResponse:
    """What this is, in three sentences, and two ways in."""
    if must_sign_in(request) and "erased" not in request.GET:
        return redirect("diary:home_sign_in")
    ended = EXAMPLE_ENDED in request.GET
    if is_signed_in(request) and (request.user.is_example or not ended):
        return redirect("diary:log")
    context = {
        "local": settings.DIARY_MODE != "hosted",
        "erased": "erased" in request.GET,
        "example_ended": ended,
    }
    return render(request, "diary/welcome.html", context)


@login_not_required
@require_POST
def start(request: DiaryRequest) -> HttpResponse:
    """Open one's own diary: here at once in local mode, by an account elsewhere."""
    if must_sign_in(request):
        return redirect("diary:home_sign_in")
    take_up_again(request.session)
    if settings.DIARY_MODE != "hosted":
        if not Person.objects.filter(is_example=False).exists():
            Person.objects.create_user()
        return redirect("diary:log")
    return redirect("account_signup")


@login_not_required
@require_POST
def example(request: DiaryRequest) -> HttpResponse:
    """Look around in a diary that is nobody's; one's own waits, and nothing of it goes along."""
    if must_sign_in(request):
        return redirect("diary:home_sign_in")
    from_own = is_signed_in(request) and not request.user.is_example
    open_example(request, make_example(request.today, request.zone), from_own=from_own)
    return redirect("diary:log")


@login_not_required
@require_POST
def leave_example(request: DiaryRequest) -> HttpResponse:
    """Leave the example and forget what was tried out in it; a diary of one's own comes back."""
    example_pk = request.session.pop(EXAMPLE_KEY, None)
    close_example(request)
    Person.objects.filter(pk=example_pk, is_example=True).delete()
    return redirect("diary:welcome")
