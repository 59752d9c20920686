"""A real browser against a real server; any fault in its console fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

PHONE = {"width": 390, "height": 844}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PATIENCE_MS = 30_000
"""How long a busy machine may take for anything; a quiet one never waits."""

expect.set_options(timeout=PATIENCE_MS)

# Playwright's loop makes Django take the test for asynchronous code, which it is not.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("Chromium is missing. Type: sudo apt-get install -y chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


class Faults:
    """What a browser complained about: script errors, blocked content, requests elsewhere."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.found: list[str] = []
        self.expected: tuple[str, ...] = ()

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.found.append(f"script: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        expected = any(words in message.text for words in self.expected)
        if message.type in ("error", "warning") and not expected:
            self.found.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.found.append(f"request to {request.url}")


Visit = Callable[..., Page]


@pytest.fixture
def faults(live_server: Any) -> Iterator[Faults]:
    """Empty at the end of every test."""
    found = Faults(live_server.url)
    yield found
    assert found.found == []


@pytest.fixture
def visit(
    chromium: Browser, live_server: Any, faults: Faults, transactional_db: None
) -> Iterator[Visit]:
    """Open a new browser window on the app; options are those of a browser context."""
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, **{"viewport": PHONE, "timezone_id": "UTC"} | options
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        faults.watch(page)
        return page

    yield opened
    for context in contexts:
        context.close()


def start_diary(page: Page) -> None:
    """From nothing to the own, empty diary."""
    _enter(page, "Start my diary")


def start_example(page: Page) -> None:
    """From nothing to the example."""
    _enter(page, "Look around with an example")


def _enter(page: Page, name: str) -> None:
    """By a button of the first screen; a page whose scripts have not come yet sends plain forms."""
    page.goto("/welcome/")
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name=name).click()
