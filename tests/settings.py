"""The settings of the app with a data folder of its own, fast hashing and plain static files."""

from __future__ import annotations

import os
import tempfile

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
