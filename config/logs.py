"""Log lines that say what happened, and nothing of the person it happened to."""

from __future__ import annotations

import json
import logging
import time
import traceback
from pathlib import Path

OWN_LOGGERS = ("config", "diary", "triage")
"""Their messages are ours and hold nothing of a person; those of others may."""


class OneLine(logging.Formatter):
    """One JSON line a record: time, level, event, status and where an error arose.

    Messages and their arguments may hold addresses and words of a person. So an event is the
    template of the message where it has arguments or is our own, else the place in the code that
    said it; of an error its class and place are written, never its text.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "logger": record.name,
            "event": _event(record),
            "person": getattr(record, "person", None),
            "status": getattr(record, "status_code", None),
            "error": _error(record),
        }
        return json.dumps({key: value for key, value in line.items() if value is not None})


def _event(record: logging.LogRecord) -> str:
    ours = record.name.partition(".")[0] in OWN_LOGGERS
    if isinstance(record.msg, str) and (ours or record.args):
        return record.msg
    return f"{record.module}.{record.funcName}"


def _error(record: logging.LogRecord) -> str | None:
    if not record.exc_info or record.exc_info[0] is None:
        return None
    frames = traceback.extract_tb(record.exc_info[2])[-6:]
    places = " < ".join(
        f"{Path(frame.filename).stem}.{frame.name}:{frame.lineno}" for frame in reversed(frames)
    )
    return f"{record.exc_info[0].__name__} at {places}"


def to_stderr() -> None:
    """Write lines to stderr, for a process without settings."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine())
    logging.basicConfig(handlers=[handler], force=True)
