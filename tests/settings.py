"""The settings of the app with a data folder of its own, fast hashing and plain static files."""

from __future__ import annotations

import os
import tempfile

from tests.fast_folder import fast_folder

os.environ.setdefault("DIARY_DATA_DIR", tempfile.mkdtemp(prefix="diary-tests-"))

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
FALLBACK_ZONE = "UTC"

# A file: a shared database in memory answers "locked" to the threads of a live server instead of
# letting them wait.
_NAME = f"diary-tests-{os.getpid()}.sqlite3"
DATABASES["default"]["TEST"] = {"NAME": str(fast_folder() / _NAME)}  # noqa: F405
