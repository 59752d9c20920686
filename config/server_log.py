"""The web server's own log lines in the form of all others: its messages quote requests."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from config.logs import OneLine


class ServerLog(Logger):  # type: ignore[misc]
    """Gunicorn's log with our lines."""

    def setup(self, cfg: Any) -> None:
        """Set up as usual, then put our form in place of the server's."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(OneLine())
