"""What a process remembers of diaries to be quick, and that it forgets it soon.

Another process may erase a diary that this one has read, and cannot tell it so.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Timer

REMEMBERED_S = 300
"""How long anything may be remembered, whether or not somebody asks again."""

_forgetters: list[Callable[[], object]] = []
_is_timed = Lock()
"""Held while a time runs after which everything is forgotten."""


def is_forgotten_by(forget: Callable[[], object]) -> None:
    """Have this called whenever everything is forgotten."""
    _forgetters.append(forget)


def forget_everything() -> None:
    """Keep nothing of any diary in the memory of this process."""
    for forget in _forgetters:
        forget()


def forget_in_time() -> None:
    """See to it that what is remembered now is forgotten soon."""
    if _is_timed.acquire(blocking=False):
        timer = Timer(REMEMBERED_S, _time_is_over)
        timer.daemon = True
        timer.start()


def _time_is_over() -> None:
    _is_timed.release()  # first: what is remembered from here on has a time of its own
    forget_everything()
