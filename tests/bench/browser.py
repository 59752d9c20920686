"""Requests straight into the app, without a network: what is left is the app's own time."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from diary.models import Person

HOST = "127.0.0.1"
CSRF = "c" * 32
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Browser:
    """Somebody who is signed in."""

    person: Person

    @cached_property
    def cookies(self) -> str:
        """The session and the token against forged forms."""
        client = Client()
        client.force_login(self.person)
        session = client.cookies["sessionid"].value
        return f"sessionid={session}; csrftoken={CSRF}"

    def get(self, path: str, encoding: str = "gzip") -> Answer:
        """Ask for a page as a browser does; raises AssertionError for anything but 200."""
        answer = self._asked("GET", path, b"", {"HTTP_ACCEPT_ENCODING": encoding})
        assert answer.status == 200, (path, answer.status)
        return answer

    def post(self, path: str, fields: dict[str, str], *, htmx: bool = False) -> Answer:
        """Send a form; raises AssertionError when it is refused."""
        more = {"HTTP_HX_REQUEST": "true"} if htmx else {}
        answer = self._asked("POST", path, self.form(fields), more)
        assert answer.status in (200, 302), (path, answer.status)
        return answer

    @staticmethod
    def form(fields: dict[str, str]) -> bytes:
        """The body of a form."""
        return urlencode(fields | {"csrfmiddlewaretoken": CSRF}).encode()

    def _asked(self, method: str, path: str, body: bytes, more: dict[str, str]) -> Answer:
        from config.wsgi import application  # reads the settings, which are set up by then

        address, _mark, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": address,
            "QUERY_STRING": query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": HOST,
            "HTTP_HOST": HOST,
            "HTTP_COOKIE": self.cookies,
            "HTTP_ACCEPT": "text/html",
            "CONTENT_TYPE": FORM if body else "",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            **more,
        }
        begun: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
            begun.update(status=int(status[:3]), headers=dict(headers))

        parts = application(environ, start)
        try:
            content = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return Answer(begun["status"], begun["headers"], content)
