"""What the environment says, read once and in the open; each fault says what to set."""

from __future__ import annotations

import os
import secrets
import socket
import sqlite3
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from platformdirs import user_data_path

MODES = ("local", "home", "hosted")
SQLITE_PRAGMAS = "PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;PRAGMA foreign_keys=ON;"


def mode() -> str:
    """`local` (one person, this computer), `home` (its network too) or `hosted` (accounts, TLS)."""
    said = os.environ.get("DIARY_MODE", "local")
    if said not in MODES:
        raise ImproperlyConfigured(
            f"DIARY_MODE is {said!r}; set it to one of {', '.join(MODES)}, or leave it unset."
        )
    return said


def required(name: str, example: str) -> str:
    """A variable that a hosted diary cannot do without."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"A hosted diary needs {name}, for example {name}={example}")
    return value


def listed(name: str, example: str) -> list[str]:
    """A variable that a hosted diary cannot do without, with commas between its parts."""
    parts = [part.strip() for part in required(name, example).split(",")]
    return [part for part in parts if part]


def switched_on(name: str, *, default: bool) -> bool:
    """A switch: on or off, true or false, 1 or 0."""
    said = os.environ.get(name, "on" if default else "off").lower()
    if said in ("on", "true", "1", "yes"):
        return True
    if said in ("off", "false", "0", "no"):
        return False
    raise ImproperlyConfigured(f"{name} is {said!r}; set it to on or off.")


def home_addresses() -> list[str]:
    """Addresses of this computer in its network, the one of the way out first."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # nothing is sent; it only tells the way out
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return [one for one in dict.fromkeys(found) if not ip_address(one).is_loopback]


def home_names() -> list[str]:
    """Names of this computer in its network."""
    name = socket.gethostname().lower()
    return [name, f"{name.partition('.')[0]}.local"]


def data_folder() -> Path:
    """Where a local diary lives; made for its owner alone."""
    said = os.environ.get("DIARY_DATA_DIR", "")
    folder = Path(said).expanduser() if said else user_data_path("twitch-diary", appauthor=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The key of a local diary, made on the first run and readable by its owner alone."""
    path = folder / "secret-key"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite has the fix of the fault that may lose a write-ahead log's commits.

    Fixed in 3.51.3 and in the lines 3.50 (from 3.50.7) and 3.44 (from 3.44.6); see
    https://sqlite.org/wal.html.
    """
    return (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51, 0)
        or ((3, 44, 6) <= version < (3, 45, 0))
    )


def journal_mode() -> str:
    """Write-ahead log where it is safe, else the rollback journal. Set once, at start."""
    return "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "DELETE"


def sqlite_database(path: Path) -> dict[str, Any]:
    """A SQLite database that never answers "locked" to a waiting writer nor forgets a commit."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        },
    }


def postgresql_database(url: str) -> dict[str, Any]:
    """The database behind an address such as postgresql://name:word@host:5432/diary."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgresql://name:password@host:5432/diary"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def mail_server(url: str) -> dict[str, Any]:
    """The server behind an address such as smtp://name:word@mail.example.org:587; empty: none.

    `smtp` turns to TLS after the greeting, `smtps` speaks TLS from the start.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(
            "DIARY_MAIL must look like smtp://name:password@mail.example.org:587, or be unset."
        )
    ssl = parts.scheme == "smtps"
    return {
        "host": parts.hostname,
        "port": parts.port or (465 if ssl else 587),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "ssl": ssl,
        "tls": not ssl,
    }


def computer_zone() -> str:
    """The IANA zone this computer is set to, for pages that a browser sent no zone for."""
    said = os.environ.get("TZ", "").lstrip(":")
    link = os.path.realpath("/etc/localtime")
    name = said or (link.split("/zoneinfo/", 1)[1] if "/zoneinfo/" in link else "")
    return name.removeprefix("posix/") or "UTC"
