"""Requests a second from the server of `make run`: two processes of four threads."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles

from config.serve import HOST, server_options
from tests.bench.browser import FORM, Browser
from tests.bench.diaries import long_diary
from tests.bench.rows import Row, Table, compared, counted, samples, spread
from tests.bench.timing import wall
from tests.bench.world import BARE_FIELDS, World

CLIENTS = 8
START_S = 30


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving() -> Iterator[int]:
    """The server on a port of its own; its processes are not renewed while it is measured."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", *server_options(port), "--max-requests=0"]
    process = subprocess.Popen(command)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection(HOST, port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The server did not answer.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of request; fields, for a POST, are made anew for each."""

    path: str
    fields: Callable[[], dict[str, str]] | None = None
    htmx: bool = False


@dataclass
class Load:
    """What came of one stretch."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    rate: float = 0.0


def load(port: int, browsers: list[Browser], asked: Asked, seconds: float) -> Load:
    """Each browser asks again and again, one request after the other, for so long."""
    found, begun = Load(), wall()
    threads = [
        threading.Thread(target=_client, args=(port, browser, asked, begun + seconds, found))
        for browser in browsers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.rate = len(found.seconds) / (wall() - begun)
    return found


def _client(port: int, browser: Browser, asked: Asked, until: float, found: Load) -> None:
    headers = {"Cookie": browser.cookies, "Accept-Encoding": "gzip", "Accept": "text/html"}
    if asked.fields is not None:
        headers["Content-Type"] = FORM
    if asked.htmx:
        headers["HX-Request"] = "true"
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    while (begun := wall()) < until:
        body = None if asked.fields is None else browser.form(asked.fields())
        try:
            connection.request("GET" if body is None else "POST", asked.path, body, headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            found.failed += 1
            connection.close()
            continue
        if answer.status in (200, 302):
            found.seconds.append(wall() - begun)
        else:
            found.failed += 1
    connection.close()


def under_load(world: World) -> Table:
    """Rates with one and with eight clients, each beside the bare view on the same server."""
    people = [
        world.kept(long_diary(world.today, 90, world.effort.episodes * 90 // 3650))
        for _ in range(CLIENTS)
    ]
    kinds = {
        "bare page": Asked("/bare/"),
        "home": Asked("/"),
        "check-in": Asked("/today/"),
        "episodes": Asked("/episodes/"),
        "trends": Asked("/trends/"),
        "bare form": Asked("/bare/form/", lambda: dict(BARE_FIELDS)),
        "log, by script": Asked("/log/", world.tap, htmx=True),
        "log, without scripts": Asked("/log/", world.tap),
    }
    for person in people:
        assert person.cookies
    with serving() as port:
        for asked in kinds.values():
            load(port, people, asked, 0.5)
        found: dict[tuple[str, int], list[Load]] = {}
        for _ in range(world.effort.load_rounds):
            for clients in (1, CLIENTS):
                for name, asked in kinds.items():
                    world.without_today(*people)
                    stretch = load(port, people[:clients], asked, world.effort.load_seconds)
                    found.setdefault((name, clients), []).append(stretch)
    return Table(
        "Requests a second",
        "A real server as `make run` starts it (gunicorn, 2 processes × 4 threads), keep-alive, "
        "one person a client with 90 days, the clients on the same machine.",
        tuple(_rows(found)),
    )


TARGETS = {"home": 0.67, "log, by script": 0.6, "log, without scripts": 0.6}


def _rows(found: dict[tuple[str, int], list[Load]]) -> Iterator[Row]:
    for (name, clients), loads in found.items():
        rate = samples([one.rate for one in loads])
        beside = "bare form" if name.startswith("log") else "bare page"
        what = f"{name}, {clients} client{'s' if clients > 1 else ''}"
        if name == beside or name == "bare form":
            yield Row(what, spread(rate, "/s"))
            continue
        rates = [one.rate for one in found[beside, clients]]
        if name == "log, by script":  # its answer is the page, which others ask for afterwards
            pages = [one.rate for one in found["bare page", clients]]
            rates = [1 / (1 / form + 1 / page) for form, page in zip(rates, pages, strict=True)]
            beside = "bare form and bare page after it"
        bare, limit = samples(rates), TARGETS.get(name)
        yield compared(what, rate, bare, limit, name=beside, unit="/s", scale=1, bound="at least")
    for name in ("bare form", "log, by script"):
        loads = found[name, CLIENTS]
        slowest = samples([quantiles(one.seconds, n=100)[98] for one in loads])
        yield Row(f"{name}, {CLIENTS} clients, slowest 1 in 100", spread(slowest, " ms", 1000))
    failed = sum(one.failed for loads in found.values() for one in loads)
    yield counted("requests without an answer", failed, 0)
