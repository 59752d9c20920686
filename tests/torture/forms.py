"""Finds every form a person can send: walks the pages by their links and reads the HTML."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from django.urls import Resolver404, ResolverMatch, resolve

TEXT_KINDS = ("text", "search", "textarea", "email")
SAME_PAGE = 3
"""Pages of one address and the same names of query values that are looked at."""
LEFT_OUT = ("csrfmiddlewaretoken",)


@dataclass
class Field:
    """One name of a form with what a browser would send, and what it offers."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    numeric: bool = False
    required: bool = False

    @property
    def is_words(self) -> bool:
        """Whether a person types words here, and no number."""
        return self.kind in TEXT_KINDS and not self.numeric


@dataclass
class Form:
    """A form of a page: where it goes and its fields by name, buttons among them."""

    page: str
    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    upload: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        """Forms with the same key are the same form on several pages."""
        match = matched(self.action)
        name = match.view_name if match else self.action
        variant = match.kwargs.get("step", "") if match else ""
        return name, variant, self.method, tuple(sorted(self.fields))

    def filled(self, button: str | None = None) -> dict[str, list[str]]:
        """What is sent when the form is left as it is, gaps filled where something must stand.

        The button is the one named, else the last: before it stand those that take out a line.
        """
        sent: dict[str, list[str]] = {}
        buttons = [one for one in self.fields.values() if one.kind == "button"]
        for one in self.fields.values():
            if one.kind == "button":
                continue
            values = one.values or ([self._filler(one)] if one.required else [])
            if one.kind == "radio" and not values and one.offered:
                values = [one.offered[0]]
            if values:
                sent[one.name] = values
        pressed = self.fields[button] if button else (buttons or [None])[-1]
        if pressed is not None and pressed.offered:
            sent[pressed.name] = ["save" if "save" in pressed.offered else pressed.offered[0]]
        return sent

    def _filler(self, one: Field) -> str:
        return {
            "date": f"{datetime.now(UTC):%Y-%m-%d}",
            "time": "08:00",
        }.get(one.kind, one.offered[0] if one.offered else "1" if one.numeric else "Ginger")


class Page(HTMLParser):
    """Forms and links of one page."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._by_id: dict[str, Form] = {}
        self._open: Form | None = None
        self._select: Field | None = None
        self._textarea: Field | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Take forms, fields and links."""
        given = {name: value or "" for name, value in attributes}
        if tag == "a" and given.get("href"):
            self.links.append(urljoin(self.address, given["href"]))
        elif tag == "form":
            action = urljoin(self.address, given.get("action") or self.address)
            self._open = Form(self.address, action, given.get("method", "get").lower())
            self._open.upload = given.get("enctype") == "multipart/form-data"
            self.forms.append(self._open)
            if "id" in given:
                self._by_id[given["id"]] = self._open
        elif tag == "option" and self._select is not None:
            self._option(given)
        elif tag in ("input", "button", "select", "textarea") and given.get("name"):
            form = self._by_id.get(given.get("form", ""), self._open)
            if form is not None and given["name"] not in LEFT_OUT:
                self._field(form, tag, given)

    def _option(self, given: dict[str, str]) -> None:
        assert self._select is not None
        self._select.offered.append(given.get("value", ""))
        if "selected" in given:
            self._select.values.append(given.get("value", ""))

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        kind = {"input": given.get("type", "text"), "button": "button"}.get(tag, tag)
        if kind == "submit":
            kind = "button"
        known = form.fields.setdefault(given["name"], Field(given["name"], kind))
        known.numeric |= given.get("inputmode", "") in ("numeric", "decimal") or kind == "number"
        known.required |= "required" in given
        value = given.get("value", "")
        if kind in ("radio", "checkbox"):
            known.offered.append(value or "on")
            if "checked" in given:
                known.values.append(value or "on")
        elif kind == "button":
            known.offered.append(value)
        elif tag == "select":
            self._select = known
        elif tag == "textarea":
            known.values = [""]
            self._textarea = known
        elif kind != "file":
            known.values.append(value)

    def handle_data(self, data: str) -> None:
        """Words inside a textarea are its value."""
        if self._textarea is not None:
            self._textarea.values = [(self._textarea.values[0] + data).removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None


def matched(address: str) -> ResolverMatch | None:
    """Which view answers an address."""
    try:
        return resolve(urlsplit(address).path)
    except Resolver404:
        return None


def pages_of(get: Callable[[str], str], starts: Iterable[str]) -> Iterator[Page]:
    """Every page that links lead to; of pages that differ only in their entry, a few.

    `get` answers the text of a page, empty when it is none.
    """
    waiting = deque(starts)
    seen: set[str] = set()
    alike: dict[tuple[Any, ...], int] = {}
    while waiting:
        address = waiting.popleft()
        parts = urlsplit(address)
        match = matched(address)
        if parts.netloc or parts.scheme or match is None:
            continue
        asked = f"{parts.path}?{parts.query}"
        variant = match.kwargs.get("step", "")
        kind = (match.view_name, variant, tuple(sorted(parse_qs(parts.query, True))))
        if asked in seen or alike.get(kind, 0) >= SAME_PAGE:
            continue
        seen.add(asked)
        alike[kind] = alike.get(kind, 0) + 1
        page = Page(address, get(address))
        waiting.extend(page.links)
        yield page


def forms_of(get: Callable[[str], str], starts: Iterable[str]) -> list[Form]:
    """Every different form of all pages."""
    found: dict[tuple[Any, ...], Form] = {}
    for page in pages_of(get, starts):
        for form in page.forms:
            known = found.setdefault(form.key, form)
            for name, one in form.fields.items():
                offered = known.fields[name].offered
                offered += [value for value in one.offered if value not in offered]
    return list(found.values())
