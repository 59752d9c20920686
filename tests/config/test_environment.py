"""What the environment may say; each fault says what to set."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 44, 99), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_write_ahead_log_only_with_the_fix(version: tuple[int, int, int], safe: bool) -> None:
    assert environment.wal_is_safe(version) is safe


@pytest.mark.parametrize(("version", "mode"), [((3, 51, 3), "WAL"), ((3, 51, 2), "DELETE")])
def test_journal_mode_follows_the_version(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], mode: str
) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", version)

    assert environment.journal_mode() == mode


def test_mode_is_local_when_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIARY_MODE", raising=False)

    assert environment.mode() == "local"


def test_addresses_at_home_are_those_that_a_phone_can_reach(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = ("host", [], ["127.0.1.1", "192.168.1.5", "192.168.1.5", "10.0.0.2"])
    monkeypatch.setattr(environment.socket, "gethostbyname_ex", lambda _name: known)
    monkeypatch.setattr(environment.socket, "gethostname", lambda: "Attic.lan")

    found = environment.home_addresses()

    assert found[-2:] == ["192.168.1.5", "10.0.0.2"]
    assert len(found) == len(set(found))
    assert environment.home_names() == ["attic.lan", "attic.local"]


def test_unknown_mode_is_refused_with_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIARY_MODE", "cloud")

    with pytest.raises(ImproperlyConfigured, match=r"DIARY_MODE is 'cloud'; set it to .*hosted"):
        environment.mode()


def test_missing_variable_is_named_with_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIARY_HOSTS", raising=False)

    with pytest.raises(ImproperlyConfigured, match=r"DIARY_HOSTS=diary\.example\.org"):
        environment.required("DIARY_HOSTS", "diary.example.org")


def test_variable_that_is_there_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIARY_HOSTS", "a.example")

    assert environment.required("DIARY_HOSTS", "diary.example.org") == "a.example"


def test_list_takes_blanks_and_ends_with_a_comma(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIARY_HOSTS", "a.example, b.example,")

    assert environment.listed("DIARY_HOSTS", "diary.example.org") == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("said", "on"),
    [("on", True), ("TRUE", True), ("1", True), ("off", False), ("No", False), ("0", False)],
)
def test_switch_understands(monkeypatch: pytest.MonkeyPatch, said: str, on: bool) -> None:
    monkeypatch.setenv("DIARY_ADVICE", said)

    assert environment.switched_on("DIARY_ADVICE", default=not on) is on


def test_switch_without_a_word_is_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIARY_ADVICE", raising=False)

    assert environment.switched_on("DIARY_ADVICE", default=True) is True
    assert environment.switched_on("DIARY_ADVICE", default=False) is False


def test_switch_refuses_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIARY_ADVICE", "perhaps")

    with pytest.raises(ImproperlyConfigured, match="DIARY_ADVICE is 'perhaps'; set it to on or"):
        environment.switched_on("DIARY_ADVICE", default=True)


def test_postgresql_address_is_taken_apart() -> None:
    found = environment.postgresql_database("postgresql://ana:a%2Fb@db:5433/diary?sslmode=require")

    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("ana", "a/b", "db")
    assert (found["PORT"], found["NAME"]) == ("5433", "diary")
    assert found["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("url", ["mysql://db/diary", "postgresql://db", "diary"])
def test_other_database_addresses_are_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must look like postgresql://"):
        environment.postgresql_database(url)


@pytest.mark.parametrize(
    ("url", "port", "ssl"),
    [
        ("smtp://a:b@mail.example", 587, False),
        ("smtps://a:b@mail.example", 465, True),
        ("smtp://a:b@mail.example:2525", 2525, False),
    ],
)
def test_mail_server_speaks_tls(url: str, port: int, ssl: bool) -> None:
    found = environment.mail_server(url)

    assert (found["port"], found["ssl"], found["tls"]) == (port, ssl, not ssl)


def test_no_mail_server_is_no_fault_and_a_wrong_one_is() -> None:
    assert environment.mail_server("") == {}
    with pytest.raises(ImproperlyConfigured, match="DIARY_MAIL must look like smtp://"):
        environment.mail_server("mail.example")


def test_secret_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    key = environment.secret_key(tmp_path)

    assert len(key) >= 50
    assert environment.secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_data_folder_is_made_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIARY_DATA_DIR", str(tmp_path / "new"))

    assert stat.S_IMODE(environment.data_folder().stat().st_mode) == 0o700
