"""Facts of the settings, read from live connections and real responses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client

from config.environment import journal_mode
from diary.models import Person

ROOT = Path(__file__).resolve().parents[2]
HOSTED = {
    "DIARY_MODE": "hosted",
    "DIARY_HOSTS": "diary.example.org",
    "DIARY_SECRET_KEY": "kEy-of-a-test-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "DATABASE_URL": "postgresql://diary:word@localhost/diary",
}


def manage(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, with nothing of ours in its environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIARY_")}
    for name in ("DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"):  # the latter by browser tests
        kept.pop(name, None)
    kept["DJANGO_SETTINGS_MODULE"] = "config.settings"
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=kept | more, capture_output=True, text=True
    )


def hosted_fact(expression: str, **more: str) -> str:
    """The value of an expression over the settings of a hosted diary."""
    code = f"from django.conf import settings as s; print({expression})"
    done = manage("-c", code, **(HOSTED | more))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("synchronous", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("busy_timeout", 20_000),
    ],
)
@pytest.mark.django_db
def test_live_connection_answers_what_was_asked_for(pragma: str, value: int) -> None:
    with connection.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_writers_take_their_turn_at_the_start_of_a_transaction() -> None:
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert settings.DATABASES["default"].get("ATOMIC_REQUESTS", False) is False
    assert journal_mode() == settings.SQLITE_JOURNAL_MODE


def test_every_page_needs_a_person_unless_it_says_otherwise() -> None:
    order = list(settings.MIDDLEWARE)

    sign_in = order.index("django.contrib.auth.middleware.LoginRequiredMiddleware")
    assert order.index("diary.middleware.CurrentPersonMiddleware") < sign_in
    assert "django.middleware.csrf.CsrfViewMiddleware" in order


def test_admin_is_no_second_door() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


@pytest.mark.parametrize(
    "path", ["/welcome/", "/settings/", "/erase/", "/nothing/here/", "/export/diary.json"]
)
def test_every_answer_is_private_and_loads_nothing_from_elsewhere(
    own_client: Client, path: str
) -> None:
    answer = own_client.get(path)
    b"".join(answer)

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.django_db
def test_health_says_nothing_of_anybody(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")


def test_other_names_of_this_computer_are_refused(own_client: Client) -> None:
    assert own_client.get("/", headers={"host": "diary.attacker.example"}).status_code == 400
    assert own_client.get("/", headers={"host": "127.0.0.1:8000"}).status_code == 200


def test_token_and_session_stay_out_of_reach_of_scripts(own_client: Client, owner: Person) -> None:
    own_client.get("/settings/name/")
    own_client.get("/")

    for cookie in own_client.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] in ("Lax", "Strict")


@pytest.mark.parametrize(("method", "status"), [("get", 200), ("post", 503)])
def test_damaged_diary_is_shown_and_never_written(
    own_client: Client, settings: object, method: str, status: int
) -> None:
    settings.READ_ONLY = True  # type: ignore[attr-defined]

    answer = getattr(own_client, method)("/settings/name/", {"name": "Ana"})

    assert answer.status_code == status
    assert "damaged" in answer.content.decode()
    assert not Person.objects.filter(name="Ana").exists()


def test_part_of_a_damaged_diary_that_cannot_be_read_says_so(
    own_client: Client, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object) -> None:
        raise DatabaseError("database disk image is malformed")

    settings.READ_ONLY = True  # type: ignore[attr-defined]
    monkeypatch.setattr("diary.views.settings.person_record", fails)

    answer = own_client.get("/settings/")

    assert answer.status_code == 503
    assert "This part cannot be read" in answer.content.decode()


def test_hosted_settings_pass_the_check_of_a_deployment() -> None:
    words = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    done = manage(*words, **HOSTED)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("missing", ["DIARY_HOSTS", "DIARY_SECRET_KEY", "DATABASE_URL"])
def test_hosted_diary_without_a_variable_says_which(missing: str) -> None:
    variables = {name: value for name, value in HOSTED.items() if name != missing}

    done = manage("manage.py", "check", **variables)

    assert done.returncode != 0
    assert f"A hosted diary needs {missing}, for example {missing}=" in done.stderr


def test_hosted_cookies_travel_over_tls_alone() -> None:
    names = "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME"
    flags = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.CSRF_COOKIE_HTTPONLY"

    assert hosted_fact(f"{names}, {flags}") == "__Host-sessionid __Host-csrftoken True True True"
    assert hosted_fact("s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS") == "True 63072000"


def test_proxy_is_trusted_only_when_it_is_named() -> None:
    fact = "s.SECURE_PROXY_SSL_HEADER is not None, s.ALLAUTH_TRUSTED_PROXY_COUNT"

    assert hosted_fact(fact) == "False 0"
    assert hosted_fact(fact, DIARY_BEHIND_PROXY="on") == "True 1"


def test_hosted_passwords_are_argon2_and_twelve_long() -> None:
    assert hosted_fact("s.PASSWORD_HASHERS[0].rpartition('.')[2]") == "Argon2PasswordHasher"
    assert hosted_fact("s.AUTH_PASSWORD_VALIDATORS[0]['OPTIONS']['min_length']") == "12"
