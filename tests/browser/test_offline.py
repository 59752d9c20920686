"""Without a connection: taps wait on the device, survive a reload, and arrive once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from playwright.sync_api import Dialog, Page, expect

from diary.models import Episode, Person
from diary.views import log, offline
from tests.browser.conftest import Faults, Visit, start_diary, start_example

NO_CONNECTION = (
    "ERR_INTERNET_DISCONNECTED",
    "ERR_FAILED",
    "Failed to fetch",
    "htmx:sendError",
    "htmx:afterRequest",
)


ANSWER_INSTEAD = """
([start, status, body]) => {
  const real = window.fetch;
  window.fetch = (address, options) => String(address).startsWith(start)
    ? Promise.resolve(new Response(JSON.stringify(body), { status }))
    : real(address, options);
}
"""
"""Until the next page, requests to an address are answered so; a page's routes do not see what
goes past a service worker."""


def ready_for_offline(page: Page) -> None:
    """The own diary, opened twice, so that the worker controls the page."""
    start_diary(page)
    for _ in range(100):
        if page.evaluate("navigator.serviceWorker.controller !== null"):
            break
        page.wait_for_timeout(100)
    page.reload()
    assert page.evaluate("navigator.serviceWorker.controller !== null")


def expect_stored(page: Page, count: int) -> None:
    for _ in range(100):
        if Episode.objects.count() == count:
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(300)
    assert Episode.objects.count() == count


def test_offline_taps_survive_a_reload_and_arrive_once(visit: Visit, faults: Faults) -> None:
    faults.expected = NO_CONNECTION
    page = visit()
    ready_for_offline(page)
    page.context.set_offline(True)

    page.get_by_role("button", name="Left calf").click()
    expect(page.locator("#waiting")).to_contain_text("1 waiting on this device")
    page.get_by_role("button", name="Left calf").click()
    expect(page.locator("#waiting")).to_contain_text("2 waiting on this device")
    page.reload()
    expect(page.get_by_text("No connection to the diary")).to_be_visible()
    page.get_by_role("button", name="Right thumb").click()
    expect(page.locator("#waiting")).to_contain_text("3 waiting on this device")
    assert Episode.objects.count() == 0
    page.context.set_offline(False)

    expect_stored(page, 3)
    expect(page.locator("#status")).to_contain_text(re.compile("Right thumb, .* Saved"))
    assert set(Episode.objects.values_list("source", flat=True)) == {"offline"}


def test_tap_stored_although_the_answer_was_lost_is_one_twitch(
    visit: Visit, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults.expected = ("502", "401", "htmx:responseError", "Service Worker registration")
    page = visit(service_workers="block")
    start_diary(page)
    # A gateway gives up after the diary stored the tap, and waiting taps cannot be sent yet.
    monkeypatch.setattr(log, "saved", lambda request, episode: HttpResponse(status=502))
    monkeypatch.setattr(offline, "is_signed_in", lambda request: False)
    page.get_by_role("button", name="Left calf").click()
    expect(page.locator("#status")).to_contain_text(
        re.compile(r"Left calf, .* Kept on this device")
    )

    monkeypatch.undo()
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator("#status")).to_contain_text(re.compile("Left calf, .* Saved"))
    expect(page.locator("#waiting")).to_be_hidden()
    expect_stored(page, 1)


def test_two_windows_send_a_waiting_tap_once(visit: Visit, faults: Faults) -> None:
    faults.expected = NO_CONNECTION
    page = visit()
    ready_for_offline(page)
    other = page.context.new_page()
    other.goto("/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Left calf").click()
    expect(page.locator("#waiting")).to_contain_text("1 waiting")

    page.context.set_offline(False)

    expect_stored(page, 1)


OF_SOMEBODY_ELSE = """
() => new Promise(resolve => {
  const request = indexedDB.open("diary", 1);
  request.onsuccess = () => {
    const store = request.result.transaction("taps", "readwrite").objectStore("taps");
    store.getAll().onsuccess = (event) => {
      const [tap] = event.target.result;
      store.put({ ...tap, person: "somebody else" }).onsuccess = () => resolve(true);
    };
  };
})
"""


def test_taps_of_one_diary_are_not_sent_into_another(visit: Visit, faults: Faults) -> None:
    faults.expected = NO_CONNECTION
    page = visit()
    ready_for_offline(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Left calf").click()
    expect(page.locator("#waiting")).to_contain_text("1 waiting")
    page.evaluate(OF_SOMEBODY_ELSE)

    page.context.set_offline(False)
    page.goto("/")

    expect(page.locator("#waiting")).to_contain_text("1 waiting on this device for another diary")
    page.wait_for_timeout(800)
    assert Episode.objects.count() == 0

    page.get_by_role("button", name="Remove it").click()
    expect(page.locator("#waiting")).to_be_hidden()
    page.reload()
    expect(page.locator("#log .place").first).to_be_visible()
    expect_on_device(page, taps=0, places=6)


@pytest.fixture
def unsent(visit: Visit, faults: Faults, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Page]:
    """A diary with a tap that waits on the device and cannot be sent, and its places there."""

    def waiting(start: Callable[[Page], None]) -> Page:
        faults.expected = (*NO_CONNECTION, "status of 401", "Service Worker registration")
        page = visit(service_workers="block")
        start(page)
        expect(page.locator("#log .place").first).to_be_visible()
        monkeypatch.setattr(offline, "is_signed_in", lambda request: False)
        page.context.set_offline(True)
        page.locator("#log .place").first.click()
        expect(page.locator("#waiting")).to_contain_text("1 waiting")
        page.context.set_offline(False)
        expect_on_device(page, taps=1, places=6)
        return page

    return waiting


ON_DEVICE = """
({ taps, places }) => new Promise((resolve) => {
  indexedDB.open("diary", 1).onsuccess = ({ target: { result: database } }) => {
    const stores = database.transaction(["taps", "kept"]);
    const held = stores.objectStore("taps").count();
    const shown = stores.objectStore("kept").get("places");
    stores.oncomplete = () => {
      database.close();
      resolve(held.result === taps && (shown.result || []).length === places);
    };
  };
})
"""


def expect_on_device(page: Page, *, taps: int, places: int) -> None:
    """The device comes to hold so many."""
    expect_true(page, ON_DEVICE, {"taps": taps, "places": places})


def expect_seen_to(page: Page) -> None:
    """The device has seen to a diary that may have been closed."""
    expect_true(page, "() => sessionStorage.getItem('closing-diary') === null")


def expect_true(page: Page, script: str, given: object = None) -> None:
    """Asked from outside again and again: the page itself may not evaluate words."""
    for _ in range(300):
        if page.evaluate(script, given):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never true: {script} {given}")


def press(page: Page, name: str, *, agreeing: bool) -> str:
    """Press a button that asks first; answers what it asked."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        if agreeing:
            dialog.accept()
        else:
            dialog.dismiss()

    page.once("dialog", answer)
    page.get_by_role("button", name=name).click()
    for _ in range(100):
        if asked:
            break
        page.wait_for_timeout(100)
    (question,) = asked
    return question


def test_erased_diary_leaves_nothing_on_the_device(unsent: Callable[..., Page]) -> None:
    page = unsent(start_diary)
    page.goto("/erase/")
    page.get_by_role("textbox").fill("erase")

    assert "1 not sent yet" in press(page, "Erase everything", agreeing=False)
    expect_on_device(page, taps=1, places=6)
    assert Person.objects.exists()
    press(page, "Erase everything", agreeing=True)

    expect(page.get_by_text("Your diary is erased.")).to_be_visible()
    expect_seen_to(page)
    expect_on_device(page, taps=0, places=0)
    page.goto("/offline/")
    expect(page.locator("#no-places")).to_be_visible()


def test_refused_word_leaves_the_device_as_it_is(
    unsent: Callable[..., Page], faults: Faults
) -> None:
    page = unsent(start_diary)
    faults.expected = (*faults.expected, "status of 422")
    page.goto("/erase/")
    page.get_by_role("textbox").fill("no")

    press(page, "Erase everything", agreeing=True)

    expect(page.locator(".error-summary")).to_be_visible()
    expect_seen_to(page)
    expect_on_device(page, taps=1, places=6)


def test_example_that_is_left_leaves_no_tap_in_the_own_diary(
    unsent: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = unsent(start_example)

    assert "1 not sent yet" in press(page, "Start my own", agreeing=True)

    expect(page.get_by_role("button", name="Start my diary")).to_be_visible()
    expect_seen_to(page)
    expect_on_device(page, taps=0, places=0)
    monkeypatch.undo()
    page.get_by_role("button", name="Start my diary").click()
    expect(page.locator("#log .place").first).to_be_visible()
    expect_on_device(page, taps=0, places=6)
    expect(page.locator("#waiting")).to_be_hidden()
    assert not Episode.objects.filter(person__is_example=False).exists()


def test_pages_with_health_data_are_in_no_cache(visit: Visit) -> None:
    page = visit()
    ready_for_offline(page)
    for address in ("/", "/today/", "/episodes/"):
        page.goto(address)

    kept = page.evaluate(
        """async () => {
            const found = [];
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys())
                    found.push(new URL(request.url).pathname);
            return found;
        }"""
    )

    assert "/offline/" in kept
    assert all(path == "/offline/" or path.startswith("/static/") for path in kept)


def test_signed_out_meanwhile_keeps_the_tap_and_asks_to_sign_in(
    visit: Visit, faults: Faults
) -> None:
    faults.expected = (*NO_CONNECTION, "status of 401")
    page = visit()
    ready_for_offline(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Left calf").click()
    expect(page.locator("#waiting")).to_contain_text("1 waiting")

    page.evaluate(ANSWER_INSTEAD, ["/csrf", 401, {"sentence": "Sign in"}])
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#waiting")).to_contain_text("Sign in to send the 1 waiting")
    assert Episode.objects.count() == 0

    page.goto("/")
    expect_stored(page, 1)


def test_tap_that_cannot_be_stored_is_shown_and_can_be_removed(
    visit: Visit, faults: Faults
) -> None:
    faults.expected = (*NO_CONNECTION, "status of 422")
    page = visit()
    ready_for_offline(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Left calf").click()
    expect(page.locator("#waiting")).to_contain_text("1 waiting")
    refused = {"sentence": "This tap is more than 60 days old."}
    page.evaluate(ANSWER_INSTEAD, ["/entries/", 422, refused])

    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")

    expect(page.locator("#waiting")).to_contain_text("more than 60 days old")
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator("#waiting")).to_be_hidden()


NEW_WORKER = """
async () => {
  await (await navigator.serviceWorker.getRegistration()).unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}
"""


def test_new_worker_leaves_waiting_taps_alone(visit: Visit, faults: Faults) -> None:
    faults.expected = NO_CONNECTION
    page = visit()
    ready_for_offline(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Left calf").click()
    expect(page.locator("#waiting")).to_contain_text("1 waiting")
    page.evaluate(ANSWER_INSTEAD, ["/csrf", 500, {}])
    page.context.set_offline(False)

    page.evaluate(NEW_WORKER)
    page.goto("/")

    expect_stored(page, 1)
