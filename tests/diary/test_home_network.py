"""A diary at home: open at its computer, closed to other devices until they are let in."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from diary.forms.home import NewPasswordForm
from diary.home_network import MOST_ATTEMPTS, MOST_OF_ALL, PAIRING_S, pairing_code, person_paired_by
from diary.keeping import erase_diary
from diary.models import Episode, Person
from tests.factories import EpisodeFactory

PASSWORD = "calf and thumb twitch"
HOME, PHONE = "192.168.1.5", "192.168.1.23"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_home(settings: Any) -> None:
    settings.DIARY_MODE = "home"
    settings.HOME_ADDRESSES = [HOME]
    settings.ALLOWED_HOSTS = [HOME, "localhost"]
    cache.clear()


@pytest.fixture
def computer() -> Client:
    return Client(REMOTE_ADDR="127.0.0.1", HTTP_HOST="localhost")


@pytest.fixture
def phone() -> Client:
    return Client(REMOTE_ADDR=PHONE, HTTP_HOST=HOME)


def code_on(computer: Client) -> str:
    """What the QR code of the page leads to."""
    page = computer.get("/phone/")
    assert page.context["code"]
    return pairing_code(page.context["user"])


def is_let_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_its_computer_needs_no_password(owner: Person, computer: Client) -> None:
    assert is_let_in(computer)


@pytest.mark.parametrize(
    ("name", "code"),
    [("localhost:8000", 200), ("127.0.0.1", 200), (HOME, 302), ("attic.local", 302)],
)
def test_its_computer_is_asked_for_under_its_own_names(
    name: str, code: int, owner: Person, computer: Client, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    assert computer.get("/", headers={"host": name}).status_code == code


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_what_something_passed_on_is_not_from_its_computer(
    header: str, owner: Person, computer: Client
) -> None:
    assert computer.get("/", headers={header: PHONE}).status_code == 302


def test_another_device_is_sent_to_the_password(owner: Person, phone: Client) -> None:
    EpisodeFactory.create(person=owner, note="zyx")
    for path in ("/", "/episodes/", "/profile.pdf", "/export/diary.json", "/phone/", "/welcome/"):
        answer = phone.get(path, follow=True)
        assert answer.redirect_chain[-1][0].startswith("/sign-in/")
        assert "zyx" not in answer.content.decode()


@pytest.mark.parametrize("path", ["/start/", "/example/"])
def test_another_device_begins_nothing_before_it_is_let_in(path: str, phone: Client) -> None:
    assert phone.post(path).url == "/sign-in/"  # type: ignore[attr-defined]
    assert not Person.objects.exists()


def test_code_lets_one_device_in_once(owner: Person, computer: Client, phone: Client) -> None:
    code = code_on(computer)
    assert phone.get(f"/pair/{code}/").status_code == 200
    assert not is_let_in(phone)

    phone.post(f"/pair/{code}/")
    assert is_let_in(phone)
    phone.post("/log/", {"tap": "0d4e4c1e-9b1c-4a53-8a51-cf6d0f3f3a6b/calf:left"})
    assert Episode.objects.get().person == owner

    other = Client(REMOTE_ADDR="192.168.1.99", HTTP_HOST=HOME)
    assert other.post(f"/pair/{code}/").status_code == 410
    assert not is_let_in(other)


@pytest.mark.parametrize(("age", "lets_in"), [(PAIRING_S - 5, True), (PAIRING_S + 5, False)])
def test_code_lasts_ten_minutes(
    age: int, lets_in: bool, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = pairing_code(owner)
    later = (timezone.now() + timedelta(seconds=age)).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert (person_paired_by(code) == owner) is lets_in


@pytest.mark.parametrize("code", ["", "x", "x:y:z"])
def test_made_up_code_lets_nobody_in(code: str, owner: Person) -> None:
    assert person_paired_by(code) is None


def test_password_lets_in_and_a_new_one_signs_others_out(
    owner: Person, computer: Client, phone: Client
) -> None:
    computer.post("/phone/password/", {"password": PASSWORD})
    assert phone.post("/sign-in/", {"password": PASSWORD + "!"}).status_code == 422
    assert not is_let_in(phone)
    phone.post("/sign-in/", {"password": PASSWORD})
    assert is_let_in(phone)

    computer.post("/phone/password/", {"password": PASSWORD + " again"})
    assert not is_let_in(phone)
    assert is_let_in(computer)


def test_without_a_password_chosen_none_is_right(owner: Person, phone: Client) -> None:
    for password in ("", "x", PASSWORD):
        assert phone.post("/sign-in/", {"password": password}).status_code == 422


def test_many_wrong_passwords_are_answered_with_a_pause(
    owner: Person, computer: Client, phone: Client
) -> None:
    computer.post("/phone/password/", {"password": PASSWORD})
    for _ in range(MOST_ATTEMPTS):
        assert phone.post("/sign-in/", {"password": "wrong"}).status_code == 422

    assert phone.post("/sign-in/", {"password": PASSWORD}).status_code == 429
    other = Client(REMOTE_ADDR="192.168.1.99", HTTP_HOST=HOME)
    assert other.post("/sign-in/", {"password": PASSWORD}).status_code == 302
    phone.post(f"/pair/{code_on(computer)}/")
    assert is_let_in(phone)


def test_very_many_wrong_passwords_of_many_devices_are_answered_so_as_well(
    owner: Person, computer: Client, phone: Client
) -> None:
    computer.post("/phone/password/", {"password": PASSWORD})
    for number in range(MOST_OF_ALL):
        device = Client(REMOTE_ADDR=f"192.168.2.{number}", HTTP_HOST=HOME)
        assert device.post("/sign-in/", {"password": "wrong"}).status_code == 422

    assert phone.post("/sign-in/", {"password": PASSWORD}).status_code == 429


def test_password_is_chosen_at_the_computer_alone(
    owner: Person, computer: Client, phone: Client
) -> None:
    phone.post(f"/pair/{code_on(computer)}/")

    assert phone.post("/phone/password/", {"password": PASSWORD}).status_code == 404
    page = phone.get("/phone/").content.decode()
    assert "Sign this device out" in page
    assert "/pair/" not in page


@pytest.mark.parametrize(
    "password", ["", " " * 12, "\0" * 12, "a" * 100_000, "\u202e twitch \ud83e\udd20 twitch"]
)
def test_hostile_passwords_are_refused_or_taken_as_they_are(
    password: str, owner: Person, computer: Client, phone: Client
) -> None:
    body = urlencode({"password": password}, errors="surrogatepass")
    for client, path in ((phone, "/sign-in/"), (computer, "/phone/password/")):
        answer = client.post(path, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (302, 422)
    assert phone.post("/sign-in/").status_code == 422
    assert not is_let_in(phone)


@pytest.mark.parametrize(("password", "fine"), [("a" * 11, False), ("calf thumb 1", True)])
def test_password_has_twelve_characters(password: str, fine: bool) -> None:
    assert NewPasswordForm({"password": password}).is_valid() is fine


def test_a_device_can_sign_out(owner: Person, computer: Client, phone: Client) -> None:
    phone.post(f"/pair/{code_on(computer)}/")

    phone.post("/sign-out/")

    assert not is_let_in(phone)


def test_erasing_signs_other_devices_out(owner: Person, computer: Client, phone: Client) -> None:
    phone.post(f"/pair/{code_on(computer)}/")
    erase_diary(owner)
    assert is_let_in(phone)  # the account stays

    phone.post("/erase/", {"word": "erase"})
    assert not Person.objects.exists()
    assert not is_let_in(phone)


def test_a_device_that_erased_is_told_so_and_where_to_begin_again(
    owner: Person, computer: Client, phone: Client
) -> None:
    phone.post(f"/pair/{code_on(computer)}/")

    told = phone.post("/erase/", {"word": "erase"}, follow=True).content.decode()

    assert "Your diary is erased." in told
    assert "Nobody keeps a diary on that computer" in phone.get("/sign-in/").content.decode()


def test_signing_out_of_an_example_that_has_ended_signs_out(
    owner: Person, computer: Client, phone: Client
) -> None:
    phone.post(f"/pair/{code_on(computer)}/")
    phone.post("/example/")
    Person.objects.filter(is_example=True).delete()

    phone.post("/sign-out/")

    assert not is_let_in(phone)


def test_the_page_about_phones_is_not_of_the_example(owner: Person, computer: Client) -> None:
    computer.post("/example/")

    page = computer.get("/phone/").content.decode()

    assert "The example is open here." in page
    assert "/pair/" not in page


def test_code_leads_to_the_address_in_the_network(owner: Person, computer: Client) -> None:
    page = computer.get("/phone/").content.decode()

    assert f"http://{HOME}:80/" in page
    assert re.search(r"<svg[^>]*class=\"segno\"", page)


@pytest.mark.parametrize("mode", ["local", "hosted"])
def test_other_modes_let_nobody_in_by_code_or_password(
    mode: str, owner: Person, settings: Any
) -> None:
    settings.DIARY_MODE = mode
    stranger = Client(REMOTE_ADDR=PHONE, HTTP_HOST=HOME)
    code = pairing_code(owner)

    assert stranger.post(f"/pair/{code}/").status_code == 404
    assert stranger.post("/sign-in/", {"password": PASSWORD}).status_code == 404
