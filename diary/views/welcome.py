"""The first screen, the example, and the way back to one's own diary."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diary.http import DiaryRequest, is_signed_in
from diary.keeping import make_example
from diary.middleware import EXAMPLE_KEY
from diary.models import Person

ASIDE = "own_diary"
"""What pages noted of the own diary while the example is open; also says that there is one."""


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
    take_up_again(request.session)
    if settings.DIARY_MODE == "local":
        if not Person.objects.filter(is_example=False).exists():
            Person.objects.create_user()
        return redirect("diary:log")
    return redirect("account_signup")


@login_not_required
@require_POST
def example(request: DiaryRequest) -> HttpResponse:
    """Look around in a diary that is nobody's; one's own waits, and nothing of it goes along."""
    if is_signed_in(request) and not request.user.is_example:
        put_aside(request.session)
    person = make_example(request.today, request.zone)
    request.session[EXAMPLE_KEY] = person.pk
    return redirect("diary:log")


@login_not_required
@require_POST
def leave_example(request: DiaryRequest) -> HttpResponse:
    """Leave the example and forget what was tried out in it; a diary of one's own comes back."""
    example_pk = request.session.pop(EXAMPLE_KEY, None)
    take_up_again(request.session)
    Person.objects.filter(pk=example_pk, is_example=True).delete()
    return redirect("diary:welcome")


def put_aside(session: SessionBase) -> None:
    """Keep what pages noted of the own diary, such as a chosen period, until one is back in it."""
    session.pop(EXAMPLE_KEY, None)  # of an example that is forgotten by now
    earlier = session.pop(ASIDE, {})
    session[ASIDE] = earlier | {key: session.pop(key) for key in noted_by_pages(session)}


def take_up_again(session: SessionBase) -> None:
    """Put that back, in place of what pages noted of the example."""
    own = session.get(ASIDE, {})
    for key in noted_by_pages(session):
        del session[key]
    session.update(own)


def noted_by_pages(session: SessionBase) -> list[str]:
    """The keys of a session that are not its own, as sign-in and expiry are."""
    return [key for key in session.keys() if not key.startswith("_")]  # noqa: SIM118
