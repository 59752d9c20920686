"""Every page, from the table of addresses: accessible, in bounds, in one piece, from here alone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from diary.models import Episode, Person
from tests.browser.conftest import Visit, start_diary, start_example
from tests.test_access import PUBLIC, VALUES, addresses, parameters

NOT_PAGES = {"healthz", "diary:welcome"}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = {"phone": 390, "small": 320, "desk": 1280}


def pages() -> list[str]:
    """Names of the addresses that can be opened without an entry of one's own."""
    return [
        name
        for name, entry in addresses()
        if name not in NOT_PAGES and set(entry.pattern.converters) <= set(VALUES)
    ]


def open_pages(page: Page) -> list[str]:
    """Addresses that answer with a page of HTML."""
    found = []
    for name in pages():
        address = reverse(name, kwargs={key: VALUES[key] for key in parameters(name)})
        answer = page.request.get(address, max_redirects=0)
        shown = "attachment" not in answer.headers.get("content-disposition", "")
        if answer.status == 200 and shown and "text/html" in answer.headers["content-type"]:
            found.append(address)
    assert len(found) > 10
    return found


def entry_pages() -> list[str]:
    """Pages of one entry."""
    uid = Episode.objects.filter(person=Person.objects.latest("pk")).latest("started_at").uid
    return [f"/episodes/{uid}/", f"/episodes/{uid}/details/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_the_example_have_no_accessibility_fault(visit: Visit, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    start_example(page)
    faults = []
    for address in [*open_pages(page), *entry_pages()]:
        page.goto(address)
        answer = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        for one in answer.response["violations"]:
            faults.append(f"{address}: {one['id']} at {one['nodes'][0]['target']}")

    assert faults == []


def test_pages_of_an_empty_diary_have_no_accessibility_fault(visit: Visit) -> None:
    page = visit()
    faults = []
    start_diary(page)
    for address in [*open_pages(page), "/welcome/"]:
        page.goto(address)
        answer = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        for one in answer.response["violations"]:
            faults.append(f"{address}: {one['id']} at {one['nodes'][0]['target']}")

    assert faults == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(visit: Visit, width: int) -> None:
    page = visit(viewport={"width": width, "height": 800})
    start_example(page)
    wide = []
    for address in [*open_pages(page), *entry_pages()]:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)

    assert wide == []


def test_no_page_scrolls_sideways_at_twice_the_text(visit: Visit) -> None:
    page = visit()
    start_example(page)
    wide = []
    for address in [*open_pages(page), *entry_pages()]:
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '212%'")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)

    assert wide == []


SMALL_TARGETS = """
() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter(element => element.checkVisibility({ visibilityProperty: true, opacityProperty: false }))
  .filter(element => !element.closest(".visually-hidden, .skip, p, [hidden], label, .sheet"))
  // A link of a shelf covers its whole row.
  .map(element => [element, (element.closest(".shelf li") ?? element).getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && box.height > 1 && (box.width < 43.5 || box.height < 43.5))
  .map(([element]) => element.outerHTML.slice(0, 120))
"""


def test_targets_of_the_example_are_large_enough(visit: Visit) -> None:
    page = visit(has_touch=True)
    start_example(page)
    small = {}
    for address in [*open_pages(page), *entry_pages()]:
        page.goto(address)
        found = page.evaluate(SMALL_TARGETS)
        if found:
            small[address] = found

    assert small == {}


def test_every_page_says_that_the_example_is_one(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    start_example(page)
    silent = []
    same_for_everybody = reverse("diary:offline")
    for address in {*open_pages(page), *entry_pages()} - {same_for_everybody}:
        page.goto(address)
        if not page.get_by_text("EXAMPLE", exact=True).first.is_visible():
            silent.append(address)

    assert silent == []


@pytest.mark.parametrize("width", [320, 390])
def test_bar_of_the_example_is_one_line(visit: Visit, width: int) -> None:
    page = visit(viewport={"width": width, "height": 844})
    start_diary(page)
    page.goto("/settings/")
    page.get_by_role("button", name="Look around in the example").click()

    box = page.locator(".example-bar").bounding_box()

    assert box is not None
    assert box["height"] < 48
    expect(page.get_by_role("button", name="Back to my diary")).to_be_visible()


LINES_OF_FIRST_WORD = """
chip => {
  const range = document.createRange();
  range.setStart(chip.firstChild, 0);
  range.setEnd(chip.firstChild, chip.textContent.trim().indexOf(" "));
  return new Set([...range.getClientRects()].map(line => line.top)).size;
}
"""


def test_word_of_an_answer_is_in_one_piece_on_a_small_phone(visit: Visit) -> None:
    page = visit(viewport={"width": 320, "height": 640})
    start_diary(page)
    page.goto("/today/")

    assert page.get_by_role("button", name="under 5").evaluate(LINES_OF_FIRST_WORD) == 1


@pytest.mark.parametrize("width", [320, 390])
def test_time_of_a_drink_has_room_for_am_and_pm_beside_its_amount(visit: Visit, width: int) -> None:
    page = visit(viewport={"width": width, "height": 640}, locale="en-US")
    start_diary(page)
    page.goto("/today/")
    page.get_by_role("link", name="drinks").first.click()

    amount = page.locator(".drinks input[type=text]").first.bounding_box()
    time = page.locator(".drinks input[type=time]").first.bounding_box()

    assert amount is not None
    assert time is not None
    assert time["y"] == amount["y"]
    assert time["width"] >= 140


def test_public_pages_open_for_nobody(visit: Visit) -> None:
    page = visit()

    for name in PUBLIC & {"diary:welcome", "triage:when_to_see"}:
        answer = page.goto(reverse(name))
        assert answer is not None
        assert answer.status == 200
