"""The example in a session: whose diary is visited, and what waits of the own one meanwhile."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from diary.models import Person

EXAMPLE_KEY = "example_person"
ASIDE = "own_diary"
"""What pages noted of the own diary while the example is open; also says that there is one."""


def open_example(request: HttpRequest, person: Person, *, from_own: bool) -> None:
    """Visit the example of this person; what pages noted of one's own diary is put aside."""
    if from_own:
        put_aside(request.session)
    request.session[EXAMPLE_KEY] = person.pk
    rotate_token(request)


def close_example(request: HttpRequest) -> None:
    """Be back with one's own, whether the example is left or was forgotten after its day.

    Pages of the other diary that are still open somewhere can no longer send anything: their
    token is of before.
    """
    take_up_again(request.session)
    rotate_token(request)


def put_aside(session: SessionBase) -> None:
    """Keep what pages noted of the own diary, such as a chosen period, until one is back in it."""
    earlier = session.pop(ASIDE, {})
    session[ASIDE] = earlier | {key: session.pop(key) for key in noted_by_pages(session)}


def take_up_again(session: SessionBase) -> None:
    """Put that back, in place of what pages noted of the example; without one nothing changes."""
    if EXAMPLE_KEY not in session and ASIDE not in session:
        return
    own = session.get(ASIDE, {})
    for key in noted_by_pages(session):
        del session[key]
    session.update(own)


def noted_by_pages(session: SessionBase) -> list[str]:
    """The keys of a session that are not its own, as sign-in and expiry are."""
    return [key for key in session.keys() if not key.startswith("_")]  # noqa: SIM118
