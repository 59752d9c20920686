"""Hostile input at every form and address, a few hundred of the 20,000 of `tests.torture`."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from diary.forms.fields import WordsField
from diary.models import Person
from tests.diary.exchange.test_hostile_files import FILES
from tests.test_access import OBJECTS, address_of, addresses
from tests.torture.forms import Form, Page, matched
from tests.torture.hostile import BODIES, TEXTS, Range, Shot, hostile_diary, texts_in
from tests.torture.server import FORM

SHOTS = 80
WITHOUT_FORM = {
    "diary:start",
    "diary:example",
    "diary:leave_example",
    "diary:settings_pause",
    "diary:same_drinks",
    "diary:episode_running",
    "diary:medicine_stop",
    "diary:episode_restore",
    "diary:episode_stop",
    "diary:medicine_restore",
    "diary:event_restore",
    "diary:import_confirm",
    "diary:import_forget",
    "diary:import_undo",
    "triage:advice_answer",
    "triage:visit_restore",
    "triage:visit_take_back",
    "triage:visit_bring_back",
}
"""Buttons without a field of their own, on pages that only some diaries or a step before open."""
AT_HOME = {"diary:home_password", "diary:home_sign_in", "diary:home_sign_out", "diary:pair"}
"""Forms of a diary at home alone; `tests/diary/test_home_network.py` has their hostile input."""


FOUND: list[Form] = []
"""The forms of the first walk; entries have the same numbers in each test."""


@pytest.fixture
def field(owner: Person) -> Range:
    """A diary with an entry of every kind, its forms found."""
    today = datetime.now(UTC).date()
    hostile_diary(owner, today)
    found = Range(owner, today, FOUND)
    FOUND[:] = found.forms
    return found


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Refusals by the hundred need no lines."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def takes_post(client: Client) -> Iterator[str]:
    """Names of the addresses that say they take POST."""
    values: dict[str, Any] = {"pk": 0, "position": 0, "way": "up"}
    values["uid"] = "00000000-0000-4000-8000-000000000000"
    for name, _entry in addresses():
        allowed = client.options(address_of(name, **values)).headers.get("Allow", "POST")
        if "POST" in allowed and name != "diary:waiting_tap":
            yield name


def test_every_form_is_found_and_survives(field: Range) -> None:
    found = {match.view_name for form in field.forms if (match := matched(form.action))}
    missed = set(takes_post(field.client)) - found - WITHOUT_FORM - AT_HOME
    hits = field.fire(islice(field.shots(random.Random(1)), SHOTS))

    assert missed == set()
    assert len(field.forms) > 35
    assert (hits.server_errors, hits.lost_words, hits.unexplained, hits.let_through) == (
        [], [], [], [],
    )  # fmt: skip
    assert hits.words_stored > 5
    assert hits.words_refused > 5


def test_every_text_of_a_note_is_stored_or_refused_with_a_reason(field: Range) -> None:
    form = next(form for form in field.forms if form.action.endswith("/exact/"))

    hits = field.fire(field.text_shot(form, form.fields["note"], what) for what in TEXTS)

    assert hits.faultless
    assert hits.words_stored == 23
    assert hits.words_stored + hits.words_refused == len(TEXTS)


@pytest.mark.parametrize("path", ["/days/0001-01-01/", "/days/1899-12-31/", "/days/9999-12-31/"])
@pytest.mark.parametrize("page", ["", "exact/", "drinks/", "drinks/same/"])
def test_day_outside_the_diary_is_not_found(own_client: Client, path: str, page: str) -> None:
    assert own_client.post(f"{path}{page}", {"stress": "3"}).status_code == 404


@pytest.mark.parametrize(("kind", "body"), BODIES)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_strange_body_is_no_fault_of_ours(
    own_client: Client, method: str, kind: str, body: bytes
) -> None:
    own_client.raise_request_exception = False
    path = "/log/" if method == "POST" else "/entries/00000000-0000-4000-8000-000000000000/"

    answer = own_client.generic(method, path, body, content_type=kind)

    assert answer.status_code in (302, 400, 403, 422)


@pytest.mark.parametrize("name", sorted(FILES)[::5])
def test_hostile_file_is_refused_by_the_page(own_client: Client, owner: Person, name: str) -> None:
    made = FILES[name]()
    content = made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made

    answer = own_client.post("/import/", {"file": SimpleUploadedFile("diary.json", content)})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not owner.imports.exists()


def test_a_form_that_fails_is_seen(field: Range, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(WordsField, "to_python", fails)
    form = next(form for form in field.forms if form.action == "/events/")

    hits = field.fire([field.text_shot(form, form.fields["label"], "emoji")])

    assert len(hits.server_errors) == 1
    assert "RuntimeError at test_hostile_input.py" in hits.server_errors[0]


def test_words_that_are_lost_are_seen(field: Range, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WordsField, "to_python", lambda _self, value: value.upper())
    form = next(form for form in field.forms if form.action == "/events/")

    hits = field.fire([field.text_shot(form, form.fields["label"], "template")])

    assert len(hits.lost_words) == 1


def test_a_refusal_without_a_reason_is_seen(field: Range) -> None:
    hits = field.fire([Shot("POST", "/nowhere/", "words", b"a=b", FORM, typed="words")])

    assert hits.unexplained == ["POST /nowhere/ : words -> 404"]


def test_a_form_taken_without_a_token_is_seen(field: Range) -> None:
    field.strict = field.client

    shot = Shot("POST", "/settings/pause/", "no token", b"paused=yes", FORM, checks_csrf=True)
    hits = field.fire([shot])

    assert hits.let_through == ["POST /settings/pause/ : no token -> 302"]


def test_forms_are_read_as_a_browser_reads_them() -> None:
    page = Page(
        "/a/",
        '<form method="post" id="f"><input name="t" value="1">'
        '<input type="radio" name="r" value="x">'
        '<select name="s"><option value="1"><option value="2" selected></select>'
        '<textarea name="n">\nwords &amp; more</textarea>'
        '<button name="do" value="go"></button></form>'
        '<input name="far" form="f"><a href="../b/">b</a>',
    )

    (form,) = page.forms
    assert form.filled() == {
        "t": ["1"],
        "r": ["x"],
        "s": ["2"],
        "n": ["words & more"],
        "far": [""],
        "do": ["go"],
    }
    assert page.links == ["/b/"]
    assert set(OBJECTS) & WITHOUT_FORM
    assert list(texts_in({"a": ["b", {"c": "d"}], "e": 1})) == ["b", "d"]
