"""Pages that are costly to work out, kept for as long as nothing at all changes in the file.

Going back from a day to the trends asks for the very page that was left. SQLite tells exactly
whether anything was written since, whoever wrote it and however; so no write has to remember to
throw a page away. A database on a server does not tell it, and nothing is kept there.
"""

from __future__ import annotations

import functools
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable
from http import HTTPStatus
from threading import Lock

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from diary.http import DiaryRequest
from diary.memory import forget_in_time, is_forgotten_by

View = Callable[[DiaryRequest], HttpResponse]

WAIT_S = 5.0
"""How long SQLite waits for a lock when nothing else is said."""
MOST_PAGES = 32
"""Pages that a process keeps, those shown last."""


class _Watcher:
    """A connection that writes nothing, so that whatever is committed was written by another."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.path = ""
        self.connection: sqlite3.Connection | None = None

    def version(self, path: str, wait_s: float) -> int:
        """A number that is another one after every commit to the file.

        See https://www.sqlite.org/pragma.html#pragma_data_version.
        """
        with self.lock:
            if self.connection is None or self.path != path:
                self.connection = sqlite3.connect(path, timeout=wait_s, check_same_thread=False)
                self.path = path
            (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        return int(version)


class _Shelf:
    """The pages of this process, all of them of one state of the file."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.state: Hashable = None
        self.pages: OrderedDict[Hashable, bytes] = OrderedDict()

    def at(self, state: Hashable) -> OrderedDict[Hashable, bytes]:
        """The pages of this state; those of another are gone. For whoever holds the lock."""
        if self.state != state:
            self.state = state
            self.pages.clear()
        return self.pages

    def page(self, state: Hashable, asked: Hashable) -> bytes | None:
        """The page that was asked for, if it is kept."""
        with self.lock:
            pages = self.at(state)
            if asked in pages:
                pages.move_to_end(asked)
            return pages.get(asked)

    def put(self, state: Hashable, asked: Hashable, page: bytes) -> None:
        """Keep a page; the one shown longest ago makes room."""
        with self.lock:
            pages = self.at(state)
            pages[asked] = page
            if len(pages) > MOST_PAGES:
                pages.popitem(last=False)
        forget_in_time()

    def clear(self) -> None:
        """Keep none."""
        with self.lock:
            self.pages.clear()


_watcher, _shelf = _Watcher(), _Shelf()


def forget_pages() -> None:
    """Keep no page in the memory of this process."""
    _shelf.clear()


is_forgotten_by(forget_pages)


def kept_until_a_change(view: View) -> View:
    """A view whose whole page is kept while the file is the same.

    For pages made of the diary, the session, the address and the day alone.
    """

    @functools.wraps(view)
    def shown(request: DiaryRequest) -> HttpResponse:
        state = request.file_state
        if state is None or not _may_be_kept(request):
            return view(request)
        asked = _asked(request)
        page = _shelf.page(state, asked)
        if page is not None:
            get_token(request)  # the cookie of the forms lives on, as if they had been made anew
            return HttpResponse(page)
        response = view(request)
        if response.status_code == HTTPStatus.OK and state_of_file() == state:
            _shelf.put(state, asked, response.content)
        return response

    return shown


class FileStateMiddleware:
    """Sets `request.file_state` before anything of the request is read from the database.

    A page is kept under it; taken any later, it might cover a change that the page has missed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.file_state = state_of_file()  # type: ignore[attr-defined]
        return self.get_response(request)


def state_of_file() -> Hashable:
    """Something that is equal only while nothing was written; None where that cannot be known.

    Within a transaction what was written may still be taken back. Raises OperationalError when
    the file is locked or damaged.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return None
    path, options = connection.settings_dict["NAME"], connection.settings_dict["OPTIONS"]
    with connection.wrap_database_errors:
        return str(path), _watcher.version(str(path), options.get("timeout", WAIT_S))


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
