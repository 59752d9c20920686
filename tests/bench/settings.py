"""The settings of the app as it is served, with several people and bare views beside it.

The folder of the data is that of `DIARY_DATA_DIR`, which `tests.bench` sets to a temporary one.
"""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("DIARY_DATA_DIR", tempfile.mkdtemp(prefix="diary-bench-"))

from config.settings import *  # noqa: F403
from config.settings import DATA_DIR, INSTALLED_APPS

DIARY_MODE = "hosted"
"""Who asks is told by the session: diaries of different sizes stand in one database."""

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench.bare"]
ROOT_URLCONF = "tests.bench.urls"
STATIC_ROOT = DATA_DIR / "static"
