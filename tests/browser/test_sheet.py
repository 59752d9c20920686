"""The preview of the sheet: whole on any screen, full size to read, as wide as paper in print."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, start_example

A4_PX, LETTER_PX = 210 / 25.4 * 96, 8.5 * 96


def width(page: Page, part: str) -> float:
    box = page.locator(part).first.bounding_box()
    assert box is not None
    return box["width"]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("screen", [320, 390, 1024, 1280])
def test_whole_width_of_the_sheet_is_in_sight(visit: Visit, screen: int, paper: str) -> None:
    page = visit(viewport={"width": screen, "height": 844}, java_script_enabled=False)
    start_example(page)
    page.goto("/profile/")
    page.get_by_role("button", name=paper, exact=True).click()

    sheet = width(page, ".paper")

    full = 0.984 * (A4_PX if paper == "A4" else LETTER_PX)
    assert sheet == pytest.approx(min(width(page, ".profile-papers"), full), abs=1)
    expect(page.get_by_label("Full size, to read")).to_be_visible(visible=screen < 1280)


def test_sheet_is_read_in_full_size_on_a_phone(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    start_example(page)
    page.goto("/profile/")

    page.get_by_label("Full size, to read").check()

    assert width(page, ".paper") == pytest.approx(0.984 * A4_PX, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_browser_prints_the_sheet_as_wide_as_the_paper(visit: Visit) -> None:
    page = visit()
    start_example(page)
    page.goto("/profile/")

    page.emulate_media(media="print")

    assert width(page, ".paper") == pytest.approx(A4_PX, abs=1)
    expect(page.get_by_label("Full size, to read")).to_be_hidden()
