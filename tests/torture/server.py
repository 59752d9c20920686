"""The real server in a data folder of its own, and a browser's worth of HTTP to speak to it."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parents[2]
START_S = 60
FORM = "application/x-www-form-urlencoded"
LOST_CONNECTION = (OSError, http.client.HTTPException)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """`python -m config.serve` in `folder`; with `plant`, the same with a fault put in on purpose.

    What it writes to stderr is appended to `log`.
    """

    folder: Path
    plant: str = ""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        """Everything the server and its children said."""
        return self.folder.with_name(f"{self.folder.name}.log")

    @property
    def database(self) -> Path:
        """The file of the diary."""
        return self.folder / "diary.sqlite3"

    def start(self) -> None:
        """Start and wait until it answers."""
        module = ["tests.torture.planted", self.plant] if self.plant else ["config.serve"]
        environment = {
            **os.environ,
            "DIARY_DATA_DIR": str(self.folder),
            "PORT": str(self.port),
            "DIARY_MODE": "local",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "TZ": "UTC",
            **self.environment,
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"The server ended:\n{self.log.read_text()[-2000:]}")
            try:
                if Browser(self.port).get("/healthz").status == http.HTTPStatus.OK:
                    return
            except LOST_CONNECTION:
                time.sleep(0.05)
        raise RuntimeError(f"No answer within {START_S} s:\n{self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """kill -9 of gunicorn, its workers and the process that makes copies."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End in peace."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def workers(self) -> list[int]:
        """Process ids of gunicorn's workers."""
        assert self.process is not None
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
                command = (path.parent / "cmdline").read_text()
            except OSError:
                continue
            if int(fields[1]) == self.process.pid and "gunicorn" in command:
                found.append(int(path.parent.name))
        return found


@contextmanager
def serving(folder: Path, plant: str = "", **environment: str) -> Iterator[Server]:
    """A running server, ended afterwards."""
    server = Server(folder, plant, environment=environment)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def new_folder(parent: Path, name: str) -> Path:
    """A data folder with an empty, migrated diary; migrating is done once and copied."""
    ready = parent / "empty"
    if not ready.exists():
        ready.mkdir(mode=0o700)
        manage(ready, "migrate", "--verbosity=0")
    return Path(shutil.copytree(ready, parent / name))


def manage(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`manage.py` for the diary in `folder`; raises when it fails."""
    environment = {
        **os.environ,
        "DIARY_DATA_DIR": str(folder),
        "DIARY_MODE": "local",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode(errors="replace")

    def header(self, name: str) -> str:
        """The last header of this name; empty when there is none."""
        return next((text for key, text in self.headers if key.lower() == name.lower()), "")


class Browser:
    """Keeps cookies and the CSRF token; one connection at a time, follows nothing by itself."""

    def __init__(self, port: int, timeout_s: float = 90) -> None:
        self.connection: http.client.HTTPConnection | None = None
        self.port, self.timeout_s = port, timeout_s
        self.cookies: dict[str, str] = {}
        self.token = ""

    def send(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request. Raises what `http.client` raises when no whole answer came."""
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if self.connection is None:
            self.connection = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=self.timeout_s
            )
        try:
            self.connection.request(method, path, body, sent | dict(headers or {}))
            response = self.connection.getresponse()
            answer = Answer(response.status, tuple(response.getheaders()), response.read())
        except LOST_CONNECTION:
            self.close()
            raise
        if answer.header("Connection").lower() == "close":
            self.close()
        for name, text in answer.headers:
            if name.lower() == "set-cookie":
                key, _equals, rest = text.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Give the connection up; the next request opens another."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def get(self, path: str, **headers: str) -> Answer:
        """A page; asked for again where the server had closed an idle connection."""
        reused = self.connection is not None
        try:
            return self.send("GET", path, headers=headers)
        except LOST_CONNECTION:
            if not reused:
                raise
            return self.send("GET", path, headers=headers)

    def post(self, path: str, data: Mapping[str, object], **headers: str) -> Answer:
        """A form, with the token of `fetch_token`."""
        body = urlencode({"csrfmiddlewaretoken": self.token} | dict(data), doseq=True)
        return self.send("POST", path, body, {"Content-Type": FORM} | headers)

    def put(self, path: str, body: str) -> Answer:
        """A waiting tap as a device sends it."""
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        return self.send("PUT", path, body, headers)

    def fetch_token(self) -> str:
        """The token of `GET /csrf`, as a device fetches it before it empties its outbox."""
        found = re.search(r'"token": "([^"]+)"', self.get("/csrf").text)
        self.token = found[1] if found else ""
        return self.token

    def start_diary(self) -> None:
        """From the welcome page into the own diary."""
        found = TOKEN.search(self.get("/welcome/").text)
        if found:
            self.token = found[1]
            self.post("/start/", {})
        self.fetch_token()
