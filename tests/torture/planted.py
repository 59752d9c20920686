"""The server with a fault put in on purpose: `python -m tests.torture.planted <fault>`.

A tool that finds nothing may be blind. So each is shown one fault of the kind it looks for, and
has to see it. Nothing of this is reachable from the diary itself.
"""

from __future__ import annotations

import itertools
import logging
import os
import sys
from collections.abc import Callable
from typing import Any
from uuid import uuid4

EVERY = 7
"""One call in so many goes wrong."""
FAULT = "TORTURE_FAULT"


def forgets() -> None:
    """Acknowledges twitches that it does not store."""
    from diary import entries
    from diary.models import Episode

    stores, calls = entries.log_episode, itertools.count(1)

    def log_episode(person: Any, record: Any, **options: Any) -> Any:
        if next(calls) % EVERY:
            return stores(person, record, **options)
        return Episode(uid=record.id)

    entries.log_episode = log_episode


def doubles() -> None:
    """Stores some twitches a second time under another id."""
    from dataclasses import replace

    from diary import entries

    stores, calls = entries.log_episode, itertools.count(1)

    def log_episode(person: Any, record: Any, **options: Any) -> Any:
        if not next(calls) % EVERY:
            stores(person, replace(record, id=str(uuid4())), **options)
        return stores(person, record, **options)

    entries.log_episode = log_episode


def miscounts() -> None:
    """Leaves the totals of a day behind its twitches."""
    from diary import entries

    counts, calls = entries._store_totals, itertools.count(1)

    def store_totals(row: Any, totals: Any) -> None:
        if next(calls) % EVERY:
            counts(row, totals)

    entries._store_totals = store_totals


def fails() -> None:
    """Answers 500 to some twitches."""
    from diary import entries

    stores, calls = entries.log_episode, itertools.count(1)

    def log_episode(person: Any, record: Any, **options: Any) -> Any:
        if not next(calls) % EVERY:
            raise RuntimeError("planted")
        return stores(person, record, **options)

    entries.log_episode = log_episode


def overwrites() -> None:
    """Lets the last of two changes win in silence."""
    from diary import entries

    changes = entries.change_episode

    def change_episode(person: Any, uid: Any, values: Any, **_options: Any) -> Any:
        return changes(person, uid, values)

    entries.change_episode = change_episode


def talks() -> None:
    """Writes the notes of a person into the log, and drops the policy of contents on a page."""
    from diary.middleware import PrivatePagesMiddleware

    answers = PrivatePagesMiddleware.__call__

    def call(self: Any, request: Any) -> Any:
        logging.getLogger("diary").warning(f"{request.method} {request.POST.dict()}")
        response = answers(self, request)
        if request.path == "/more/":
            response._csp_exempt = True
        return response

    PrivatePagesMiddleware.__call__ = call  # type: ignore[method-assign]


def gives_up() -> None:
    """No sentence when the database is locked or full: a plain 500."""
    from diary import middleware

    middleware.is_storage_fault = lambda _error: False


def impatient() -> None:
    """No fault: waits a moment for a lock and not twenty seconds, so that a test can wait too."""
    from django.conf import settings

    settings.DATABASES["default"]["OPTIONS"]["timeout"] = 0.3


PLANTS: dict[str, Callable[[], None]] = {
    plant.__name__: plant
    for plant in (forgets, doubles, miscounts, fails, overwrites, talks, gives_up, impatient)
}


def application() -> Any:
    """The app as gunicorn loads it, with the faults of the environment in it."""
    from config.wsgi import application as app

    for name in os.environ[FAULT].split(","):
        PLANTS[name]()
    return app


def main(faults: str) -> None:
    """Start as `config.serve` does, with another module for gunicorn to load."""
    from config import serve

    os.environ[FAULT] = faults
    usual = serve.server_options
    serve.server_options = lambda port: ["tests.torture.planted:application()", *usual(port)[1:]]
    serve.main()


if __name__ == "__main__":
    main(sys.argv[1])
