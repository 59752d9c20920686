"""Logging on a phone: taps, undo, keyboard, scripts off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from diary.models import Day, Episode
from tests.browser.conftest import Faults, Visit, start_diary


def test_first_own_entry_takes_two_taps_after_opening(visit: Visit) -> None:
    page = visit()
    page.goto("/")

    page.get_by_role("button", name="Start my diary").click()
    page.get_by_role("button", name="Left calf").click()

    expect(page.get_by_role("status")).to_contain_text("Saved")
    assert Episode.objects.get().site == "calf"


def test_tap_changes_a_piece_of_the_page_only_and_marks_the_ruler(visit: Visit) -> None:
    page = visit()
    start_diary(page)
    page.evaluate("window.stillHere = true")

    page.get_by_role("button", name="Left thumb").click()

    expect(page.get_by_role("status")).to_contain_text("Left thumb")
    assert page.evaluate("window.stillHere")
    assert page.locator("#ruler-mark").get_attribute("d") != ""


def test_undo_still_going_and_it_stopped(visit: Visit) -> None:
    page = visit()
    start_diary(page)
    page.get_by_role("button", name="Left calf").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Bring it back").click()
    page.get_by_role("button", name="Still going").click()
    expect(page.get_by_text("Going on")).to_be_visible()
    page.reload()

    page.get_by_role("button", name="It stopped: Left calf").click()

    expect(page.get_by_text("Going on")).to_have_count(0)
    assert Episode.objects.get().ended_at_written


@pytest.mark.parametrize("scripts", [True, False])
def test_length_strength_and_closing_the_day(visit: Visit, scripts: bool) -> None:
    page = visit(java_script_enabled=scripts)
    start_diary(page)
    page.get_by_role("button", name="Left calf").click()
    page.get_by_role("link", name="More about it").click()
    page.get_by_role("button", name="About a minute").click()
    expect(page.get_by_role("button", name="About a minute")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("button", name="Clear")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Check-in").click()
    for name in ("7", "2", "A little"):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute(
            "aria-pressed", "true"
        )
    page.get_by_role("button", name="That was all").click()
    expect(page.get_by_text("That was all.")).to_be_visible()

    episode, day = Episode.objects.get(), Day.objects.get()
    assert (episode.duration_class, episode.intensity) == ("about_a_minute", 2)
    assert (day.sleep_min, day.caffeine_mg, day.stress, day.closed_as) == (420, 192, 2, "complete")


def press_to(page: Page, name: str, role: str = "button", most: int = 60) -> None:
    """Move by the tab key until the element has the focus."""
    target = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{name} was not reached by keyboard")


def test_log_and_check_in_by_keyboard_alone(visit: Visit) -> None:
    page = visit()
    start_diary(page)
    press_to(page, "Left calf")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Saved")
    assert (
        page.evaluate("document.activeElement.id") == "place-1"
        or page.evaluate("document.activeElement.name") == "tap"
    )
    press_to(page, "Check-in", role="link")
    page.keyboard.press("Enter")
    press_to(page, "Some")
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Some")).to_have_attribute("aria-pressed", "true")
    assert Day.objects.get().stress == 5


def settled(page: Page, name: str) -> Locator:
    """A button once htmx has taken it in; before that it would send the whole page."""
    button = page.get_by_role("button", name=name)
    expect(button).to_be_visible()
    expect(page.locator(".htmx-settling, .htmx-added")).to_have_count(0)
    return button


def test_focus_stays_near_a_button_that_is_gone_after_its_tap(visit: Visit) -> None:
    page = visit()
    start_diary(page)
    page.get_by_role("button", name="Left calf").click()

    for pressed, next_one in (("Undo", "Bring it back"), ("Bring it back", "Undo")):
        settled(page, pressed).press("Enter")
        expect(page.get_by_role("button", name=next_one)).to_be_focused()
    settled(page, "Still going").press("Enter")
    expect(page.get_by_role("button", name="It stopped")).to_be_visible()
    settled(page, "It stopped").press("Enter")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.goto("/today/")
    page.get_by_role("button", name="That was all").press("Enter")
    expect(page.get_by_role("heading", name="Twitches today")).to_be_focused()


PRESSED_IN_SAFARI = """around => addEventListener("mousedown", event => {
  event.preventDefault();
  document.activeElement.blur();
  document.querySelector(around).focus({ preventScroll: true });
}, true)"""


@pytest.mark.parametrize("around", ["main", "body"])
def test_focus_stays_where_a_browser_gives_none_to_what_is_tapped(
    visit: Visit, around: str
) -> None:
    """Safari gives it to what is around a button and can have it."""
    page = visit()
    start_diary(page)
    page.evaluate(PRESSED_IN_SAFARI, around)

    page.get_by_role("button", name="Left calf").click()
    expect(page.get_by_role("status")).to_contain_text("Saved")
    expect(page.get_by_role("button", name="Left calf")).to_be_focused()
    for pressed, next_one in (("Undo", "Bring it back"), ("Bring it back", "Undo")):
        settled(page, pressed).click()
        expect(page.get_by_role("button", name=next_one)).to_be_focused()


def test_double_tap_is_one_twitch(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    start_diary(page)

    page.get_by_role("button", name="Left calf").dblclick()

    expect(page.get_by_role("status")).to_contain_text("Saved")
    assert Episode.objects.count() == 1


def test_end_before_the_start_moves_the_focus_to_the_summary(visit: Visit, faults: Faults) -> None:
    faults.expected = ("status of 422",)
    page = visit()
    start_diary(page)
    page.get_by_role("button", name="Left calf").click()
    expect(page.get_by_role("status")).to_contain_text("Saved")
    page.goto(f"/episodes/{Episode.objects.get().uid}/")
    page.get_by_label("Started").fill("00:05")
    page.get_by_label("Stopped").fill("00:02")
    page.get_by_role("button", name="Save changes").click()

    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "problem"
    page.get_by_role("link", name="The end is before the start").click()
    assert page.evaluate("document.activeElement.id") == "id_stopped"
    assert page.title().startswith("Error:")


def test_tapping_along_counts_and_saves(visit: Visit) -> None:
    page = visit()
    page.clock.install()
    start_diary(page)
    page.get_by_role("button", name="Left calf").click()
    expect(page.get_by_role("status")).to_contain_text("Saved")
    page.goto(f"/episodes/{Episode.objects.get().uid}/rate/")
    for _ in range(8):
        page.keyboard.press("Space")
        page.clock.run_for(2_000)
    page.clock.run_for(20_000)

    expect(page.get_by_role("status")).to_contain_text("8 in 30 seconds, regular.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="How strong?")).to_be_visible()
    assert Episode.objects.get().per_minute == 16
