"""A diary at home in the browser: the code on the computer, and a phone that is let in with it."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from diary.home_network import pairing_code
from diary.models import Person
from tests.browser.conftest import Faults, Visit, start_diary
from tests.browser.test_every_page import RULES


@pytest.fixture(autouse=True)
def at_home(settings: Any) -> None:
    settings.DIARY_MODE = "home"
    settings.HOME_ADDRESSES = ["192.168.1.5"]


@pytest.fixture
def from_a_phone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks from now on sits elsewhere."""
    for module in ("diary.home_network", "diary.views.home"):
        monkeypatch.setattr(f"{module}.at_this_computer", lambda _request: False)


def expect_in_order(page: Page) -> None:
    """Accessible, and not wider than a small phone."""
    answer = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert [one["id"] for one in answer.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_computer_shows_a_code_and_takes_a_password(
    visit: Visit, faults: Faults, scheme: str
) -> None:
    faults.expected = ("422",)
    page = visit(color_scheme=scheme, viewport={"width": 320, "height": 700})
    start_diary(page)
    page.goto("/settings/")
    page.get_by_role("link", name="Look").click()

    expect(page.get_by_role("img", name="QR code that opens the diary")).to_be_visible()
    expect_in_order(page)
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Set the password").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect_in_order(page)
    page.get_by_label("New password").fill("calf and thumb twitch")
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("The password is set.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_is_let_in_by_the_code(
    visit: Visit, faults: Faults, from_a_phone: None, scripts: bool
) -> None:
    faults.expected = ("410",)
    person = Person.objects.create_user()
    page = visit(java_script_enabled=scripts, viewport={"width": 320, "height": 700})

    page.goto("/")
    expect(page.get_by_role("heading", name="Open the diary")).to_be_visible()
    if scripts:
        expect_in_order(page)
    page.goto(f"/pair/{pairing_code(person)}/")
    page.get_by_role("button", name="Open the diary").click()

    expect(page.get_by_role("heading", name="Log a twitch")).to_be_visible()
    page.goto(f"/pair/{pairing_code(person)}/")
    expect(page.get_by_role("heading", name="This code has ended")).to_be_visible()
