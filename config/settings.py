"""Settings of the diary. Without any variable set it is a diary for one person, on loopback."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from config import environment
from diary import limits, storage

BASE_DIR = Path(__file__).resolve().parent.parent

DIARY_MODE = environment.mode()
HOSTED = DIARY_MODE == "hosted"
DIARY_ADVICE = environment.switched_on("DIARY_ADVICE", default=True)
DEBUG = environment.switched_on("DIARY_DEBUG", default=False)
FALLBACK_ZONE = environment.computer_zone()

if HOSTED:
    SECRET_KEY = environment.required("DIARY_SECRET_KEY", "$(openssl rand -base64 48)")
    ALLOWED_HOSTS = environment.listed("DIARY_HOSTS", "diary.example.org")
    DATABASES = {
        "default": environment.postgresql_database(
            environment.required("DATABASE_URL", "postgresql://diary:word@localhost/diary")
        )
    }
else:
    DATA_DIR = environment.data_folder()
    SECRET_KEY = environment.secret_key(DATA_DIR)
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    if DIARY_MODE == "home":
        HOME_ADDRESSES = environment.home_addresses()
        ALLOWED_HOSTS += [*HOME_ADDRESSES, *environment.home_names()]
    DATABASES = {"default": environment.sqlite_database(DATA_DIR / storage.DATABASE)}
    SQLITE_JOURNAL_MODE = environment.journal_mode()

# Set by `config.serve` when the file is damaged: pages are shown and nothing is written.
READ_ONLY = environment.switched_on("DIARY_READ_ONLY", default=False)
if READ_ONLY:
    SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "diary",
    "triage",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.headers.StrictHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.compression.CompressionMiddleware",
    "diary.kept_pages.FileStateMiddleware",
    "diary.middleware.PatientSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "diary.middleware.StorageFaultMiddleware",
    "diary.middleware.PrivatePagesMiddleware",
    "config.read_only.ReadOnlyMiddleware",
    "diary.middleware.CurrentPersonMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "diary.middleware.WayBackMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "triage.views.standing.StandingMiddleware",
]

if HOSTED:
    INSTALLED_APPS += ["allauth", "allauth.account"]
    MIDDLEWARE += ["allauth.account.middleware.AccountMiddleware"]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.read_only.banner",
            ],
        },
    },
]

FORM_RENDERER = "config.form_renderer.DiaryForms"

# People and sign-in
AUTH_USER_MODEL = "diary.Person"
LOGIN_URL = "diary:welcome"
LOGIN_REDIRECT_URL = "diary:log"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if HOSTED:
    AUTHENTICATION_BACKENDS += ["allauth.account.auth_backends.AuthenticationBackend"]
    ACCOUNT_USER_MODEL_USERNAME_FIELD = None
    ACCOUNT_LOGIN_METHODS = {"email"}
    ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
    ACCOUNT_EMAIL_VERIFICATION = "none"
    ACCOUNT_LOGOUT_REDIRECT_URL = "diary:welcome"
    ACCOUNT_SESSION_REMEMBER = True
    ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
    ACCOUNT_ADAPTER = "config.accounts.Accounts"
    ACCOUNT_FORMS = {
        "login": "config.account_forms.SignIn",
        "signup": "config.account_forms.SignUp",
        "change_password": "config.account_forms.ChangePassword",
        "reset_password": "config.account_forms.AskForPassword",
        "reset_password_from_key": "config.account_forms.ChoosePassword",
        "reauthenticate": "config.account_forms.PasswordAgain",
    }
    ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this device stays; others end by the new hash
    SIGN_UP = environment.switched_on("DIARY_SIGN_UP", default=True)
    MAIL = environment.mail_server(os.environ.get("DIARY_MAIL", ""))
    EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
    EMAIL_HOST = MAIL.get("host", "")
    EMAIL_PORT = MAIL.get("port", 0)
    EMAIL_HOST_USER = MAIL.get("user", "")
    EMAIL_HOST_PASSWORD = MAIL.get("password", "")
    EMAIL_USE_SSL = MAIL.get("ssl", False)
    EMAIL_USE_TLS = MAIL.get("tls", False)
    EMAIL_TIMEOUT = 10
    DEFAULT_FROM_EMAIL = f"diary@{ALLOWED_HOSTS[0]}"
    # Attempts to sign in are counted for all workers together (`manage.py createcachetable`).
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "attempts",
        }
    }

# Sessions last long because a diary is kept on a phone; they die on the server at sign-out.
SESSION_COOKIE_AGE = 90 * 24 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"

if HOSTED:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
    BEHIND_PROXY = environment.switched_on("DIARY_BEHIND_PROXY", default=False)
    ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What a page may load: itself and nothing else.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": HOSTED,
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Words and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Files
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# An uploaded diary is read in memory and never touches the disk of the server; one that is larger
# than a diary may be is not kept at all, and the page says so.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = limits.FILE_BYTES + 1024 * 1024

LOG_LEVEL = "INFO" if HOSTED else "WARNING"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("DIARY_LOG_LEVEL", LOG_LEVEL)},
    # Django's own handlers would write paths and mail errors; one line each is enough.
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # What a person mistyped is no event on their own computer.
        "django.request": {"level": "WARNING" if HOSTED else "ERROR"},
    },
}
