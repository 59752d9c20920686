"""The picker of places: the whole body in sight, its button when there is a place to log."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from diary.body import View
from diary.body.hits import SHOWN_WIDTH_PX
from tests.browser.conftest import PHONE, Visit, start_diary, start_example
from tests.diary.test_body import HIGH_ON_A_PHONE

LOG = "Log this place, now"
HOME_INDICATOR_PX = 34


def open_picker(page: Page) -> None:
    start_diary(page)
    page.goto("/places/")


def bottom(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def top(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"]


def tap(page: Page, place: str) -> None:
    """A finger on the drawing, which scrolls nothing into sight first."""
    box = page.locator(f".drawing label[title='{place}']:visible").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".picker-echo:visible")).to_contain_text(place)


@pytest.mark.parametrize(
    ("width", "height"), [(390, 844), (390, 664), (320, 640), (1280, 720), (1280, 800)]
)
def test_whole_body_is_in_sight_above_the_button(visit: Visit, width: int, height: int) -> None:
    page = visit(viewport={"width": width, "height": height})
    open_picker(page)

    page.get_by_text("Back", exact=True).last.click()
    tap(page, "Left calf")

    assert page.evaluate("scrollY") == 0
    assert bottom(page.locator(".drawing:visible")) <= top(page.locator(".picker-foot"))
    assert bottom(page.get_by_role("button", name=LOG)) <= height


def test_button_stands_clear_of_the_home_indicator_and_the_body_above_it(visit: Visit) -> None:
    page = visit()
    insets = {"insets": {"bottom": HOME_INDICATOR_PX, "bottomMax": HOME_INDICATOR_PX}}
    page.context.new_cdp_session(page).send("Emulation.setSafeAreaInsetsOverride", insets)
    open_picker(page)

    tap(page, "Left knee")

    assert bottom(page.locator(".drawing:visible")) <= top(page.locator(".picker-foot"))
    assert bottom(page.get_by_role("button", name=LOG)) <= PHONE["height"] - HOME_INDICATOR_PX


def test_body_keeps_its_size_in_a_window_too_low_for_it(visit: Visit) -> None:
    page = visit(viewport={"width": 844, "height": 390})
    open_picker(page)

    tap(page, "Left shoulder")

    drawing = page.locator(".drawing:visible").bounding_box()
    foot = page.locator(".picker-foot").bounding_box()
    assert drawing is not None
    assert foot is not None
    assert drawing["width"] == SHOWN_WIDTH_PX[View.FRONT]
    assert foot["height"] < 80
    assert bottom(page.get_by_role("button", name=LOG)) <= 390


def test_whole_body_of_the_example_is_in_sight_below_its_bar(visit: Visit) -> None:
    page = visit()
    start_example(page)
    page.goto("/places/")

    tap(page, "Left knee")

    assert bottom(page.locator(".drawing:visible")) <= top(page.locator(".picker-foot"))


def test_whole_body_is_as_high_as_a_phone_leaves_it(visit: Visit) -> None:
    page = visit()
    open_picker(page)

    box = page.locator(".drawing:visible").bounding_box()

    assert box is not None
    assert box["height"] >= HIGH_ON_A_PHONE


def test_button_appears_with_a_place_to_log(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    open_picker(page)
    expect(page.get_by_role("button", name=LOG)).to_be_hidden()

    page.get_by_text("Tongue and jaw").click()
    page.get_by_role("radio", name="Left side of the tongue").check()

    expect(page.locator(".picker-echo:visible")).to_contain_text("Left side of the tongue")
    page.get_by_role("button", name=LOG).click()
    expect(page.get_by_role("status")).to_contain_text("Left side of the tongue")


def test_face_says_what_stands_in_the_list_alone(visit: Visit) -> None:
    page = visit()
    open_picker(page)
    hint = page.get_by_text("Tongue and throat are in the list.")
    expect(hint).to_be_hidden()

    page.get_by_text("Face", exact=True).first.click()

    expect(hint).to_be_visible()


def test_list_is_walked_by_keyboard_from_head_to_foot(visit: Visit) -> None:
    page = visit()
    open_picker(page)
    page.locator("#view-front").focus()

    reached = []
    for _fold in range(10):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.querySelector('b').textContent"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")

    assert reached[::3] == ["Eyelids", "Neck and shoulders", "Chest, belly, back", "Feet"]
    expect(page.locator("#at-ankle\\:left")).to_be_checked()
    expect(page.get_by_role("button", name=LOG)).to_be_focused()
