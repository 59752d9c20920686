"""Log lines that say what happened, and nothing of the person it happened to."""

from __future__ import annotations

import json
import logging
import time
import traceback


class OneLine(logging.Formatter):
    """One JSON line a record: time, level, event, status and where an error arose.

    Messages and their arguments may hold addresses and words of a person, so only the template
    of the message is written, and of an error its class and place in the code.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "logger": record.name,
            "event": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
            "status": getattr(record, "status_code", None),
            "error": _error(record),
        }
        return json.dumps({key: value for key, value in line.items() if value is not None})


def _error(record: logging.LogRecord) -> str | None:
    if not record.exc_info or record.exc_info[0] is None:
        return None
    frames = traceback.extract_tb(record.exc_info[2])[-6:]
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    return f"{record.exc_info[0].__name__} at {places}"
