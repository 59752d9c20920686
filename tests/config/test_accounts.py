"""Pages of accounts as a hosted diary shows them, in a process with the hosted settings.

No database is reached: whoever has no session is nobody.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.config.test_settings import HOSTED, manage

ASK = """
import json, django
django.setup()
from django.test import Client
client = Client(headers={"host": "diary.example.org"})
found = {}
for path in PATHS:
    answer = client.get(path, secure=True)
    cookie = answer.cookies.get("__Host-csrftoken")
    found[path] = {
        "status": answer.status_code, "body": answer.content.decode(), "to": answer.get("Location"),
        "headers": {key.lower(): value for key, value in answer.headers.items()},
        "cookie": cookie and [cookie["secure"], cookie["httponly"], cookie["samesite"]],
    }
plain = client.get("/accounts/login/")
found["plain"] = {"status": plain.status_code, "to": plain["Location"]}
from config.account_forms import AskForPassword, ChoosePassword, SignIn, SignUp
found["missing"] = [
    str(field.error_messages["required"])
    for form in (SignIn(), SignUp(), AskForPassword(), ChoosePassword())
    for field in form.fields.values() if field.required
]
print(json.dumps(found))
"""
ENTRANCES = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]


def asked(**more: str) -> dict[str, Any]:
    """Answers to somebody without a session."""
    paths = [*ENTRANCES, "/settings/", "/accounts/logout/", "/accounts/email/", "/welcome/"]
    done = manage("-c", ASK.replace("PATHS", repr(paths)), **(HOSTED | more))
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def open_server() -> dict[str, Any]:
    """Signing up is open and mail is sent."""
    return asked(DIARY_MAIL="smtp://ana:word@mail.example.org")


@pytest.fixture(scope="module")
def closed_server() -> dict[str, Any]:
    """No new accounts, no mail."""
    return asked(DIARY_SIGN_UP="off")


@pytest.mark.parametrize("path", ENTRANCES)
def test_page_has_our_frame_and_no_vanishing_labels(open_server: dict[str, Any], path: str) -> None:
    page = open_server[path]

    assert page["status"] == 200
    assert "It does not diagnose or treat." in page["body"]
    assert 'class="button primary wide"' in page["body"]
    assert "placeholder=" not in page["body"]
    assert "style=" not in page["body"]


@pytest.mark.parametrize("path", ENTRANCES)
def test_page_is_private_and_travels_over_tls(open_server: dict[str, Any], path: str) -> None:
    page = open_server[path]

    assert {"no-store", "private"} <= set(page["headers"]["cache-control"].split(", "))
    assert page["headers"]["strict-transport-security"].startswith("max-age=63072000")
    assert "upgrade-insecure-requests" in page["headers"]["content-security-policy"]
    assert "unsafe" not in page["headers"]["content-security-policy"]
    assert page["cookie"] == [True, True, "Strict"]


def test_empty_field_is_told_what_to_write(open_server: dict[str, Any]) -> None:
    assert set(open_server["missing"]) == {
        "Write your email address.",
        "Write your password.",
        "Write a new password.",
        "Write the new password again.",
    }


def test_plain_request_is_sent_to_tls(open_server: dict[str, Any]) -> None:
    assert open_server["plain"]["status"] == 301
    assert open_server["plain"]["to"] == "https://diary.example.org/accounts/login/"


@pytest.mark.parametrize("path", ["/settings/", "/accounts/email/"])
def test_page_of_a_person_leads_nobody_to_the_welcome_page(
    open_server: dict[str, Any], path: str
) -> None:
    assert open_server[path]["to"].startswith("/welcome/")


def test_welcome_offers_to_sign_in(open_server: dict[str, Any]) -> None:
    assert 'href="/accounts/login/"' in open_server["/welcome/"]["body"]


def test_closed_server_says_so(open_server: dict[str, Any], closed_server: dict[str, Any]) -> None:
    assert "No new diaries here" in closed_server["/accounts/signup/"]["body"]
    assert "No new diaries here" not in open_server["/accounts/signup/"]["body"]


def test_server_without_mail_promises_no_link(
    open_server: dict[str, Any], closed_server: dict[str, Any]
) -> None:
    assert "This server sends no mail." in closed_server["/accounts/password/reset/"]["body"]
    assert "Send the link" in open_server["/accounts/password/reset/"]["body"]
