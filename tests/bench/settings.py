"""The settings of the app as it is served, with several people and bare views beside it.

Only for `tests.bench`, which sets `DIARY_DATA_DIR` to a temporary folder first.
"""

from __future__ import annotations

import os

if "DIARY_DATA_DIR" not in os.environ:
    raise RuntimeError("Start this by `python -m tests.bench`, or it would touch a real diary.")

from config.settings import *  # noqa: F403
from config.settings import DATA_DIR, INSTALLED_APPS

DIARY_MODE = "hosted"
"""Who asks is told by the session: diaries of different sizes stand in one database."""

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench.bare"]
ROOT_URLCONF = "tests.bench.urls"
STATIC_ROOT = DATA_DIR / "static"
