"""Whole ways through the diary, counted in taps, and two of them without a finger or a script."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pikepdf
import pytest
from playwright.sync_api import Locator, Page, expect

from diary.models import Day, Episode, Person
from tests.browser.conftest import Faults, Visit, start_diary, start_example

MOST_PAGES = 40
"""More pages than the interview has."""

UNSETTLED = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"


class Taps:
    """Clicks on a page, counted; each waits until htmx has taken in what came before."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def tap(self, target: Locator) -> None:
        """One tap."""
        expect(target).to_be_visible()
        expect(self.page.locator(UNSETTLED)).to_have_count(0)
        target.click()
        self.count += 1

    def button(self, name: str) -> None:
        """Tap the button of that name."""
        self.tap(self.page.get_by_role("button", name=name, exact=True))

    def link(self, name: str) -> None:
        """Tap the link of that name."""
        self.tap(self.page.get_by_role("link", name=name, exact=True))

    def chip(self, name: str) -> None:
        """Tap the words of the first box or circle of that name, as a finger does."""
        box = self.page.get_by_label(name, exact=True)
        self.tap(self.page.locator("label").filter(has=box).first)


def at(page: Page, address: str) -> None:
    """Wait until the page of that address is there."""
    page.wait_for_url(lambda url: url.split("?")[0].endswith(address))


def opened(page: Page) -> Taps:
    """An own, empty diary; what it took counts."""
    taps = Taps(page)
    page.goto("/")
    taps.button("Start my diary")
    expect(page.get_by_role("heading", name="Log a twitch")).to_be_visible()
    return taps


def no_to_the_rest(page: Page) -> Locator:
    """The main button of a screen of signs, in the words it has with or without scripts."""
    return page.locator("#rest")


def first_sheet(page: Page, last: str = "Today") -> Taps:
    """From nothing to the first sheet, the last twitch on that day."""
    taps = opened(page)
    taps.link("Prepare")
    taps.link("Make a first sheet")
    taps.chip("Left calf")
    taps.chip(last)
    taps.button("Go on")
    taps.button("A month ago")
    for screen in ("signs-1", "signs-2"):
        at(page, f"/prepare/{screen}/")
        taps.tap(no_to_the_rest(page))
    at(page, "/profile/")
    return taps


def pages_of_the_document(page: Page) -> int:
    """How many pages the document of the sheet has."""
    answer = page.request.get("/profile.pdf")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(answer.body())) as document:
        return len(document.pages)


@pytest.mark.parametrize("scripts", [True, False])
def test_first_sheet_takes_nine_taps_from_an_empty_diary(visit: Visit, scripts: bool) -> None:
    page = visit(java_script_enabled=scripts)

    taps = first_sheet(page)

    assert taps.count == 9
    expect(page.locator(".sheet")).to_contain_text("left calf")
    assert Episode.objects.get().site == "calf"
    assert pages_of_the_document(page) == 1


def test_known_place_takes_one_tap_and_one_more_its_length(visit: Visit) -> None:
    page = visit()
    taps = opened(page)
    before = taps.count

    taps.button("Left calf")
    expect(page.get_by_role("status")).to_contain_text("Saved")
    assert taps.count - before == 1
    assert not Episode.objects.get().duration_class

    taps.button("About a minute")
    expect(page.get_by_role("button", name="About a minute")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert taps.count - before == 2
    assert Episode.objects.get().duration_class == "about_a_minute"


def test_new_place_takes_three_taps_through_the_drawing(visit: Visit) -> None:
    page = visit()
    taps = opened(page)
    before = taps.count

    taps.link("Somewhere else")
    at(page, "/places/")
    taps.tap(page.locator(".drawing label[title='Left forearm']:visible"))
    expect(page.locator(".picker-echo:visible")).to_contain_text("Left forearm")
    taps.button("Log this place, now")

    expect(page.get_by_role("status")).to_contain_text("Left forearm")
    assert taps.count - before == 3
    assert (Episode.objects.get().site, Episode.objects.get().side) == ("forearm", "left")


def test_check_in_takes_four_taps(visit: Visit) -> None:
    page = visit()
    taps = opened(page)
    page.goto("/today/")
    before = taps.count

    for name in ("7", "2", "A little"):
        taps.button(name)
        expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute(
            "aria-pressed", "true"
        )
    taps.button("A few")
    expect(page.get_by_role("status")).to_contain_text("A few")

    assert taps.count - before == 4
    day = Day.objects.get()
    assert (day.sleep_min, day.caffeine_mg, day.stress, day.summary) == (420, 192, 2, "a_few")


def answer_every_question(page: Page, taps: Taps) -> list[str]:
    """Go through the whole interview; the steps in the order in which they were put."""
    ways = {
        "conditions": "None of these",
        "family": "None of these",
        "medicines": "I take none",
        "impact": "Not at all",
        "pregnancy": "No",
    }
    met: list[str] = []
    for _ in range(MOST_PAGES):
        step = page.url.rstrip("/").rsplit("/", 1)[-1]
        if step == "prepare":
            return met
        assert step not in met
        met.append(step)
        if step.startswith("signs-"):
            taps.tap(no_to_the_rest(page))
        elif step in ways:
            taps.button(ways[step])
        else:
            fill_in(page, step)
            taps.tap(page.locator(".flow-foot button.primary"))
        page.wait_for_url(lambda url, here=step: f"/prepare/{here}/" not in url)
        expect(page.get_by_role("heading").first).to_be_visible()
    pytest.fail(f"The interview did not end: {met}")


def fill_in(page: Page, step: str) -> None:
    """What is typed on a question that wants words."""
    if step == "tests":
        page.get_by_label("No", exact=True).check()
    elif step == "worry":
        page.get_by_label("In your own words").fill("That it stays.")
    elif step == "questions":
        page.get_by_label("Question 1").fill("Should I come back?")
    elif step == "about-you":
        page.get_by_label("Name", exact=True).fill("Robin")


def test_whole_interview_once_and_two_taps_when_nothing_changed(visit: Visit) -> None:
    page = visit()
    taps = first_sheet(page, last="Yesterday")
    page.goto("/prepare/")
    taps.link("Go on with the questions")
    met = answer_every_question(page, taps)
    expect(page.get_by_role("link", name="Go on with the questions")).to_have_count(0)
    assert {"lengths", "often", "signs-11", "conditions", "worry", "about-you"} <= set(met)
    taps.button("Make the sheet")
    at(page, "/profile/")
    expect(page.locator(".sheet")).to_contain_text("Robin")
    sheet_made_yesterday()
    page.goto("/")
    before = taps.count

    taps.link("Prepare")
    expect(page.locator(".lead")).to_contain_text("Nothing new")
    taps.button("Make the sheet")
    at(page, "/profile/")

    assert taps.count - before == 2
    expect(page.locator(".sheet")).to_contain_text("Should I come back?")


def sheet_made_yesterday() -> None:
    """As if everything but today's visit had been yesterday."""
    person = Person.objects.get()
    yesterday = date.fromisoformat(person.interview["sheet_on"]) - timedelta(days=1)
    person.interview = person.interview | {"sheet_on": yesterday.isoformat()}
    person.save()


def focused(target: Locator) -> bool:
    """Whether the focus is on it."""
    return bool(target.evaluate("element => element === document.activeElement"))


def press(page: Page, target: Locator, key: str = "Enter", most: int = 90) -> None:
    """Move by the tab key until the element has the focus, then press a key on it."""
    expect(target).to_be_visible()
    expect(page.locator(UNSETTLED)).to_have_count(0)
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(target):
            page.keyboard.press(key)
            return
    pytest.fail(f"{target} was not reached by keyboard")


def test_first_question_and_the_sheet_by_keyboard_alone(visit: Visit) -> None:
    page = visit()
    page.goto("/")
    press(page, page.get_by_role("button", name="Start my diary"))
    press(page, page.get_by_role("button", name="Left calf"))
    expect(page.get_by_role("status")).to_contain_text("Saved")
    press(page, page.get_by_role("link", name="Prepare", exact=True))
    press(page, page.get_by_role("link", name="Start the questions"))
    at(page, "/prepare/onset/")
    press(page, page.get_by_role("button", name="That is right"))
    at(page, "/prepare/places/")
    press(page, page.get_by_role("link", name="Leave, it is saved"))
    at(page, "/prepare/")
    press(page, page.get_by_role("button", name="Make the sheet"))
    at(page, "/profile/")

    expect(page.locator(".sheet")).to_contain_text("left calf")


@pytest.mark.parametrize("choice", ["#profile-where", "#profile-larger", "#profile-weeks-8"])
def test_focus_stays_on_a_choice_about_the_sheet_when_the_page_comes_back(
    visit: Visit, choice: str
) -> None:
    page = visit()
    start_example(page)
    page.goto("/profile/")
    target = page.locator(choice)
    target.focus()
    scrolled = page.evaluate("window.scrollY")

    with page.expect_navigation():
        page.keyboard.press("Space")

    expect(target).to_be_focused()
    assert abs(page.evaluate("window.scrollY") - scrolled) < 200
    with page.expect_navigation():
        page.goto("/profile/")
    expect(target).not_to_be_focused()


def test_back_after_a_corrected_form_shows_the_form_again(visit: Visit, faults: Faults) -> None:
    faults.expected = ("422",)
    page = visit()
    start_diary(page)
    expect(page.get_by_role("heading", name="Log a twitch")).to_be_visible()
    page.goto("/visits/")
    page.locator("[name=date]").fill("1799-12-01")
    page.get_by_role("button", name="Add the appointment").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("[name=date]").fill("2026-12-01")
    page.get_by_role("button", name="Add the appointment").click()
    expect(page.get_by_role("heading", name="1 December 2026")).to_be_visible()

    page.go_back()

    at(page, "/visits/")
    expect(page.get_by_role("heading", name="A new appointment")).to_be_visible()
    expect(page.locator(".error-summary")).to_have_count(0)
