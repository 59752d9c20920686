"""Pages that are costly to work out, kept for as long as nothing at all changes in the file.

Going back from a day to the trends asks for the very page that was left. SQLite tells exactly
whether anything was written since, by this connection or another, whoever wrote it and however;
so no write has to remember to throw a page away. A database on a server does not tell it, and
nothing is kept there.
"""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from http import HTTPStatus

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from diary.http import DiaryRequest

View = Callable[[DiaryRequest], HttpResponse]

MOST_PAGES = 8
"""Pages that each thread keeps, those shown last."""


@dataclass(slots=True)
class _Shelf:
    """The pages of one thread, all of them of one state of the file."""

    state: Hashable = None
    pages: OrderedDict[Hashable, bytes] = field(default_factory=OrderedDict)


_shelves: dict[int, _Shelf] = {}
"""By thread, since each has a connection of its own and only counts what that one can see."""


def kept_until_a_change(view: View) -> View:
    """A view whose whole page is kept while the file is the same.

    For pages made of the diary, the session, the address and the day alone.
    """

    @functools.wraps(view)
    def shown(request: DiaryRequest) -> HttpResponse:
        state = request.file_state
        if state is None or not _may_be_kept(request):
            return view(request)
        pages, asked = _shelf_for(state).pages, _asked(request)
        page = pages.get(asked)
        if page is not None:
            pages.move_to_end(asked)
            get_token(request)  # the cookie of the forms lives on, as if they had been made anew
            return HttpResponse(page)
        response = view(request)
        if response.status_code == HTTPStatus.OK and state_of_file() == state:
            pages[asked] = response.content
            if len(pages) > MOST_PAGES:
                pages.popitem(last=False)
        return response

    return shown


class FileStateMiddleware:
    """Sets `request.file_state` before anything of the request is read from the database.

    A page is kept under it; taken any later, it might cover a change that the page has missed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        state = state_of_file()
        request.file_state = state  # type: ignore[attr-defined]
        if state is not None:
            _shelf_for(state)  # lets go of pages that are out of date
        return self.get_response(request)


def _shelf_for(state: Hashable) -> _Shelf:
    """The shelf of this thread, emptied when the file is in another state."""
    shelf = _shelves.setdefault(threading.get_ident(), _Shelf())
    if shelf.state != state:
        shelf.state = state
        shelf.pages.clear()
    return shelf


def forget_pages() -> None:
    """Keep no page in the memory of this process."""
    _shelves.clear()


def state_of_file() -> Hashable:
    """Something that is equal only while nothing was written; None where that cannot be known.

    `data_version` grows with what others commit, `total_changes` with every row this connection
    writes (https://www.sqlite.org/pragma.html#pragma_data_version). Within a transaction what
    was written may still be taken back. Raises OperationalError when the file is locked or damaged.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return None
    connection.ensure_connection()
    own = connection.connection
    with connection.wrap_database_errors:
        (others,) = own.execute("PRAGMA data_version").fetchone()
    return own, others, own.total_changes


def _may_be_kept(request: DiaryRequest) -> bool:
    """Not a page with a message, which is said once, nor one that brings the forms' cookie."""
    cookies = request.COOKIES
    return settings.CSRF_COOKIE_NAME in cookies and "messages" not in cookies


def _asked(request: DiaryRequest) -> Hashable:
    """Everything of the request that such a page is made of."""
    return (
        request.method,
        request.get_full_path(),
        request.headers.get("Cookie"),
        request.session.session_key,
        request.user.pk,
        request.zone,
        request.today,
    )
