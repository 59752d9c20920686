"""Log lines hold nothing of a person."""

from __future__ import annotations

import json
import logging
import sys
from io import StringIO

import pytest
from django.test import Client

from config.logs import OneLine
from diary.models import Person

SECRETS = [f"secret{number:02}qx" for number in range(20)]


@pytest.fixture
def lines() -> StringIO:
    """Everything any logger says, in our form."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLine())
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request")]
    levels = [logger.level for logger in loggers]
    for logger in loggers[:2]:
        logger.addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield stream
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


def record(name: str, message: object, *args: object, **more: object) -> dict[str, object]:
    made = logging.LogRecord(name, logging.WARNING, "views.py", 7, message, args, None, "act")
    for key, value in more.items():
        setattr(made, key, value)
    return json.loads(OneLine().format(made))


def test_line_is_json_with_time_level_and_event() -> None:
    found = record("django.request", "%s: %s", "Not Found", "/secret/", status_code=404)

    assert found["event"] == "%s: %s"
    assert (found["level"], found["logger"], found["status"]) == ("WARNING", "django.request", 404)
    assert str(found["time"]).endswith("Z")
    assert "secret" not in json.dumps(found)


def test_message_of_others_without_arguments_may_be_words_so_its_place_stands_for_it() -> None:
    assert record("django.security", "Invalid host: secret.example")["event"] == "views.act"


def test_message_of_ours_is_written() -> None:
    assert record("config.backups", "backup failed")["event"] == "backup failed"


def test_error_is_its_class_and_place_without_its_words() -> None:
    made = logging.LogRecord("diary", logging.ERROR, "views.py", 7, "failed", (), None)
    try:
        raise ValueError("secret words")
    except ValueError:
        made.exc_info = sys.exc_info()

    found = json.loads(OneLine().format(made))

    assert found["error"].startswith("ValueError at test_logs.test_error_is_its_class")
    assert "secret" not in json.dumps(found)


def test_twenty_secrets_sent_in_every_way_are_in_no_line(
    own_client: Client, owner: Person, lines: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_client.raise_request_exception = False
    one, two, three, *rest = SECRETS
    own_client.get(f"/{one}/?q={two}", headers={"user-agent": three, "referer": rest[0]})
    own_client.get("/", headers={"host": f"{rest[1]}.example"})
    own_client.post("/settings/name/", {"name": rest[2], "birth_year": rest[3]})
    own_client.post("/log/", {"place": rest[4], "uid": rest[5]})
    own_client.post("/erase/", {"word": rest[6]})
    own_client.get(f"/export/diary.ics?at={rest[7]}")
    own_client.get("/days/2026-13-45/", {"next": rest[8]})
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.post("/settings/name/", {"name": rest[9], "csrfmiddlewaretoken": rest[10]})
    strict.cookies["sessionid"] = rest[11]
    strict.get("/")

    def fails(*args: object, **options: object) -> None:
        raise RuntimeError(f"{rest[12]} {args} {options}")

    monkeypatch.setattr("diary.views.settings.change_person", fails)
    answer = own_client.post("/settings/name/", {"name": rest[13], "birth_year": "1980"})
    logging.getLogger("django.db.backends").debug("(%.3f) %s; args=%s", 0.1, "SELECT", rest[14])
    logging.getLogger("py.warnings").warning(rest[15])
    logging.getLogger("django").error(ValueError(rest[16]))

    said = lines.getvalue()
    assert answer.status_code == 500
    assert "RuntimeError at test_logs.fails" in said
    assert len(said.splitlines()) >= 8
    assert [secret for secret in SECRETS if secret in said] == []
