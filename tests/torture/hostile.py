"""What nobody types by accident, thrown at every field of every form and every address.

Each request runs in a transaction that is rolled back, so every one meets the same diary.
"""

from __future__ import annotations

import html
import json
import random
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from time import perf_counter
from typing import Any
from urllib.parse import quote, urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from diary.example import example_diary
from diary.exchange.diary_file import write
from diary.keeping import replace_diary
from diary.models import Person
from diary.queries import diary_of
from diary.records import OwnDrink, OwnFactorRecord, TestDone, VisitRecord
from diary.vocabulary import Test
from tests.torture.forms import Field, Form, forms_of, matched
from tests.torture.server import FORM

DAYS_KEPT = 12
FOLLOWED = 3
"""After one request in so many the page behind it is opened too; after typed words, always."""
TEXTS = {
    "emoji": "👩🏽‍🔬🌿 10 min 🫠",
    "right to left": "אחרי ריצה \u202eabc\u202c مرحبا",
    "decomposed": "cafe\u0301 o\u0308l a\u0300\u0316",
    "stacked marks": "z" + "\u0301\u0316" * 40,
    "joiners": "a\u200d\u200b\ufeffb\u2060",
    "long": "lang " * 20_000,
    "one long word": "x" * 100_000,
    "as long as a note": "n" * 2_000,
    "zero": "before\x00after",
    "controls": "a\x07b\x1bc\x7f",
    "line ends": "one\r\ntwo\rthree\n\n four",
    "line separators": "a\u2028b\u2029c\x85d",
    "half a pair": b"a\xed\xa0\x80b",
    "no UTF-8": b"\xff\xfe\x00\xc3(",
    "noncharacters": "\ufffe\uffff\U0010ffff",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>",
    "closing tags": "</textarea></title></style><!--",
    "template": "{{ settings.SECRET_KEY }}{% include 'x' %}{# no #}",
    "percent": "%s %(name)s %d 100% {0} {person}",
    "SQL": "'; DROP TABLE diary_episode; --",
    "formula": "=HYPERLINK(\"http://x\",\"y\")",
    "formula with minus": "-1+1|cmd",
    "path": "../../../../etc/passwd",
    "JSON": '{"a": [1, null, "\\ud800"]}',
    "blank": " \t\u00a0\u3000 ",
    "nothing": "",
    "None": "None",
    "undefined": "undefined",
    "zalgo": "H̸̡̪̯ͨ͊̽̅̾̎Ȩ̬̩̾͛ͪ̈́̀́͘ ̶̧̨̱̹̭̯ͧ̾ͬC̷̙̲̝͖ͭ̏ͥͮ͟O̮͏̮̪̝͍M̲̖͊̒ͪͩͬ̚̚͜",
    "digits": "٣٤٥",
}  # fmt: skip
NUMBERS = (
    "0", "-0", "-1", "1", "3", "1.5", "1,5", "1e309", "-1e309", "1e-400", "NaN", "nan", "inf",
    "Infinity", "-Infinity", "٣", "１２", "1_000", "0x10", "1e5", "9" * 20, "9" * 400, "9" * 5_000,
    str(2**31), str(2**63), str(2**63 - 1), str(-(2**63) - 1), "+5", "--5", " 7 ", "7\u00a0", "½",
    "1'000", "1 000", "00012", "1.0", "1e2", "²", "",
)  # fmt: skip
DATES = (
    "0001-01-01", "0000-00-00", "9999-12-31", "10000-01-01", "1899-12-31", "1900-01-01",
    "2200-12-31", "2201-01-01", "2026-02-30", "2026-02-29", "2024-02-29", "2026-13-01",
    "-2026-01-01", "2026-1-1", "01.02.2026", "1/2/26", "٢٠٢٦-٠١-٠١", "2026-01-01T00:00:00Z", "now",
    "today", "0", "2026-W01-1", "20260101", "2026-03-29", "2026-10-25", "9" * 4_000,
    "2026-01-01\x00",
)  # fmt: skip
TIMES = (
    "24:00", "23:59:59.999999", "00:00", "25:61", "-1:00", "02:30", "٠٢:٣٠", "2:3", "12:00 PM",
    "12:00+25:00", "noon", "1e3:00", "08:30:61", "9" * 3_000,
)  # fmt: skip
CODES = (
    "calf:left", "calf:", ":left", "calf:left:right", "nowhere:left", "CALF:LEFT", "calf:left\x00",
    "yes", "no", "on", "[]", "{}", "null", "True", "-1", "none", "constant", "__proto__", "0" * 300,
    "00000000-0000-0000-0000-000000000000", "not-a-uuid", "{00000000000000000000000000000000}",
    "00000000000000000000000000000000/calf:left", "/", "//", "a/b/c", "1" * 33,
)  # fmt: skip
HEADERS: tuple[dict[str, str], ...] = (
    {"HTTP_HX_REQUEST": "true"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[::1", "HTTP_HX_TARGET": "\udcff"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "javascript:alert(1)"},
    {"HTTP_HX_BOOSTED": "x", "HTTP_HX_PROMPT": "%FF", "HTTP_HX_PROMPT_URI_AUTOENCODED": "true"},
    {"HTTP_ACCEPT_LANGUAGE": "xx;q=nan, " + "de;" * 500},
    {"HTTP_ACCEPT_LANGUAGE": "\x00"},
    {"HTTP_ACCEPT_ENCODING": "gzip;q=-1, br;q=1e309, *"},
    {"HTTP_COOKIE": "zone=Europe%2FRome; sessionid=" + "x" * 5_000},
    {"HTTP_COOKIE": "zone=../../etc/passwd; sessionid=%00; csrftoken=\xff"},
    {"HTTP_COOKIE": "zone=; =; ;;; sessionid; $Version=1"},
    {"HTTP_COOKIE": 'messages=[["__json_message"]]; sessionid=\''},
    {"HTTP_HOST": "evil.example"},
    {"HTTP_HOST": "127.0.0.1:999999"},
    {"HTTP_HOST": ""},
    {"HTTP_REFERER": "http://["},
    {"HTTP_IF_MODIFIED_SINCE": "yesterday", "HTTP_IF_NONE_MATCH": '"'},
    {"HTTP_RANGE": "bytes=-1-"},
    {"HTTP_X_FORWARDED_FOR": "::1, x", "HTTP_X_FORWARDED_PROTO": "gopher"},
    {"HTTP_CONTENT_ENCODING": "gzip"},
)
BODIES: tuple[tuple[str, bytes], ...] = (
    ("application/json", b'{"a": "\\ud800"}'),
    ("application/json", b"[" * 100_000),
    ("application/json", b""),
    ("application/json", b"\xff\xfe"),
    ("application/json", b'{"place": {"a": 1}, "started_at": [1], "time_zone": null}'),
    ("application/json", b'{"place": "calf:left", "started_at": "9999-12-31T23:59:59-14:00"}'),
    ("application/json", b'{"place": "calf:left", "started_at": "0001-01-01T00:00:00+14:00"}'),
    (
        "application/json",
        b'{"place": "calf:left", "started_at": "\\u0000", "time_zone": "\\ud800"}',
    ),
    ("application/json", b'{"place": "calf:left", "started_at": ' + b"9" * 5_000 + b"}"),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=", b"x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\n\xff\xed\xa0\x80\r\n--x--\r\n',
    ),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="place"; filename="a"\r\n\r\nz\r\n--x--\r\n',
    ),
    ("application/x-www-form-urlencoded; charset=none", b"a=1"),
    ("application/x-www-form-urlencoded; charset=utf-7", b"note=+AGE-"),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(1_100))),
    ("application/x-www-form-urlencoded", b"note=%u0041%zz%&&&=&=="),
    ("application/x-www-form-urlencoded", b"x" * 2_600_000),
    ("text/plain", b"note=1"),
    ("text/xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    ("", b"\x00"),
    ("\x00", b"a=1"),
)


@dataclass
class Shot:
    """One hostile request."""

    method: str
    path: str
    what: str
    data: Any = None
    content_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    typed: str | None = None
    field_name: str = ""
    checks_csrf: bool = False


@dataclass
class Hits:
    """What went wrong, each with the request that did it."""

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    server_errors: list[str] = field(default_factory=list)
    lost_words: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    let_through: list[str] = field(default_factory=list)
    words_stored: int = 0
    words_refused: int = 0
    slowest_s: float = 0.0

    @property
    def faultless(self) -> bool:
        """No fault of the server, nothing lost, nothing refused without a reason."""
        return not (self.server_errors or self.lost_words or self.unexplained or self.let_through)


def hostile_diary(person: Person, today: date) -> None:
    """A short diary with an entry of every kind, so that every page has its forms."""
    record = example_diary(today, "UTC")
    since = today - timedelta(days=DAYS_KEPT)
    visits = (
        VisitRecord(
            date=today + timedelta(days=5),
            clinician="Dr Rossi",
            questions=("First?", "Second?"),
            tests=(TestDone(Test.MRI.value, today, "as usual"),),
        ),
    )
    record = replace(
        record,
        episodes=tuple(one for one in record.episodes if one.local_date >= since),
        days=tuple(one for one in record.days if one.date >= since),
        visits=visits,
        own_factors=(OwnFactorRecord("screen", "Screen", "number", "hours", 1.0),),
        person=replace(
            record.person,
            own_drinks=(OwnDrink("Mate", 80),),
            tests_done=(TestDone(Test.MRI.value, today, "as usual"),),
        ),
    )
    replace_diary(person, record)


class Range:
    """A diary under fire; `client` is the browser of its owner."""

    def __init__(self, person: Person, today: date, forms: list[Form] | None = None) -> None:
        self.person, self.today = person, today
        self.client = Client(raise_request_exception=False)
        self.strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
        self.hits = Hits()
        self.forms = forms or forms_of(self.page, self.starts())

    def starts(self) -> list[str]:
        """Where the walk begins; links lead everywhere else."""
        episode = self.person.episodes.first()
        starts = [reverse("diary:log"), reverse("diary:more"), reverse("diary:welcome")]
        starts += [reverse("triage:prepare"), reverse("triage:prepare_first")]
        starts += [reverse("triage:prepare_first_since"), reverse("diary:import_file")]
        starts += [reverse("diary:day", args=[self.today - timedelta(days=1)])]
        if episode is not None:
            starts += [reverse("diary:episode", args=[episode.uid])]
            starts += [reverse("diary:episode_details", args=[episode.uid])]
        return starts

    def page(self, address: str) -> str:
        """The text of a page, empty for a download, an error or an address elsewhere."""
        if address.partition("?")[0].endswith(".pdf"):
            return ""
        answer = self.client.get(address, follow=True)
        content = content_of(answer).decode(errors="replace")
        if answer.status_code >= 500:
            self.hits.server_errors.append(f"GET {address} -> {fault_of(answer)}")
        if answer.status_code != 200 or "text/html" not in answer.headers.get("Content-Type", ""):
            return ""
        if answer.headers.get("Content-Disposition"):
            return ""
        return content

    def fire(self, shots: Iterable[Shot]) -> Hits:
        """Send each; judge each."""
        for shot in shots:
            with transaction.atomic():
                self._one(shot)
                transaction.set_rollback(True)
        return self.hits

    def _one(self, shot: Shot) -> None:
        client = self.strict if shot.checks_csrf else self.client
        options: dict[str, Any] = dict(shot.headers)
        if shot.content_type or isinstance(shot.data, bytes):
            options["content_type"] = shot.content_type
        started = perf_counter()
        answer = (
            client.generic(shot.method, shot.path, shot.data, **options)
            if isinstance(shot.data, bytes)
            else getattr(client, shot.method.lower())(shot.path, shot.data, **options)
        )
        self.hits.slowest_s = max(self.hits.slowest_s, perf_counter() - started)
        self.hits.sent += 1
        self.hits.statuses[answer.status_code] += 1
        content = content_of(answer)
        name = f"{shot.method} {shot.path} {shot.field_name}: {shot.what}"
        if answer.status_code >= 500:
            self.hits.server_errors.append(f"{name} -> {fault_of(answer)}")
            return
        if shot.checks_csrf and answer.status_code not in (403, 405):
            self.hits.let_through.append(f"{name} -> {answer.status_code}")
        if shot.typed is not None:
            self._judge_words(shot, name, answer.status_code, content.decode(errors="replace"))
        followed = self.hits.sent % FOLLOWED == 0 or shot.typed is not None
        if followed and answer.status_code == 302 and answer["Location"].startswith("/"):
            after = self.client.get(answer["Location"])
            if after.status_code >= 500:
                self.hits.server_errors.append(f"{name}, the page after -> {fault_of(after)}")

    def _judge_words(self, shot: Shot, name: str, status: int, page: str) -> None:
        """Stored as typed (NFC, outer blanks gone), or refused with a reason and still there."""
        assert shot.typed is not None
        wanted = as_stored(shot.typed)
        if status in (200, 302):
            if wanted and not any(wanted == kept for kept in self.words()):
                self.hits.lost_words.append(f"{name} -> {status}")
            self.hits.words_stored += 1
        elif status in (422, 409):
            self.hits.words_refused += 1
            shown = html.unescape(page).replace("\r\n", "\n").replace("\r", "\n")
            typed = shot.typed.replace("\r\n", "\n").replace("\r", "\n").strip()
            if typed not in shown:
                self.hits.lost_words.append(f"{name} -> {status}, gone from the page")
            if "errorlist" not in page and 'role="alert"' not in page:
                self.hits.unexplained.append(f"{name} -> {status}")
        else:
            self.hits.unexplained.append(f"{name} -> {status}")

    def words(self) -> set[str]:
        """Every text of the diary as its file would hold it."""
        self.person.refresh_from_db()
        return set(texts_in(json.loads(write(diary_of(self.person)))))

    def shots(self, chance: random.Random) -> Iterator[Shot]:
        """Hostile requests without end, each kind as often as the others."""
        kinds = [self._text, self._text, self._number, self._code, self._shape, self._body,
                 self._address, self._query, self._without_token]  # fmt: skip
        while True:
            yield chance.choice(kinds)(chance)

    def _form(self, chance: random.Random, method: str = "post") -> Form:
        return chance.choice([form for form in self.forms if form.method == method and form.fields])

    def _into(self, form: Form, one: Field, value: Any, what: str, **more: Any) -> Shot:
        pressed = one.name if one.kind == "button" else None
        sent = form.filled(pressed) | {one.name: value if isinstance(value, list) else [value]}
        body = urlencode(sent, doseq=True).encode()
        return Shot("POST", form.action, what, body, FORM, field_name=one.name, **more)

    def _text(self, chance: random.Random) -> Shot:
        named = [
            (form, one)
            for form in self.forms
            if form.method == "post"
            for one in form.fields.values()
            if one.is_words and one.name not in NOT_KEPT
        ]
        form, one = chance.choice(named)
        return self.text_shot(form, one, chance.choice(list(TEXTS)))

    def text_shot(self, form: Form, one: Field, what: str) -> Shot:
        """A form with one text in one field, of which we know what should become of it."""
        text = TEXTS[what]
        typed = text.decode(errors="replace") if isinstance(text, bytes) else text
        return self._into(form, one, text, what, typed=typed)

    def _number(self, chance: random.Random) -> Shot:
        form = self._form(chance)
        one = chance.choice(list(form.fields.values()))
        values = {"date": DATES, "time": TIMES}.get(one.kind, NUMBERS)
        if chance.random() < 0.3:
            values = chance.choice((DATES, TIMES, NUMBERS))
        value = chance.choice(values)
        return self._into(form, one, value, value[:30], headers=self._htmx(chance))

    def _code(self, chance: random.Random) -> Shot:
        form = self._form(chance)
        one = chance.choice(list(form.fields.values()))
        value = chance.choice([*CODES, *(one.offered or CODES)])
        return self._into(form, one, value, value[:30], headers=self._htmx(chance))

    def _htmx(self, chance: random.Random) -> dict[str, str]:
        return dict(HEADERS[0]) if chance.random() < 0.3 else {}

    def _shape(self, chance: random.Random) -> Shot:
        """Repeated, missing, renamed and misplaced fields."""
        form = self._form(chance)
        one = chance.choice(list(form.fields.values()))
        any_text = [text for text in TEXTS.values() if isinstance(text, str)]
        way = chance.randrange(6)
        if way == 0:
            return self._into(form, one, chance.choices([*CODES, *one.offered], k=4), "repeated")
        if way == 1:
            sent = form.filled()
            sent.pop(one.name, None)
            return Shot("POST", form.action, "missing", urlencode(sent, True).encode(), FORM)
        if way == 2:
            sent = form.filled() | {f"{one.name}[]": ["1"], f"{one.name}.x": ["2"]}
            return Shot("POST", form.action, "renamed", urlencode(sent, True).encode(), FORM)
        if way == 3:
            upload = SimpleUploadedFile("x\u202e.txt", b"\xff" * 10)
            sent = form.filled() | {one.name: upload}
            return Shot("POST", form.action, "a file for a text", sent, field_name=one.name)
        if way == 4:
            everything = {name: [chance.choice(any_text)] for name in form.fields}
            body = urlencode(everything, True).encode()
            return Shot("POST", form.action, "hostile in every field", body, FORM)
        every = {name: [chance.choice(NUMBERS + DATES + TIMES + CODES)] for name in form.fields}
        body = urlencode(every, True).encode()
        return Shot("POST", form.action, "numbers and codes in every field", body, FORM)

    def _body(self, chance: random.Random) -> Shot:
        """Another kind of body or strange headers on any address that takes a form or a tap."""
        form = self._form(chance)
        headers = dict(chance.choice(HEADERS))
        uid = f"00000000-0000-4000-8000-{chance.randrange(10**12):012}"
        if chance.random() < 0.3:
            body = urlencode(form.filled(), True).encode()
            return Shot("POST", form.action, f"headers {headers}", body, FORM, headers)
        kind, body = chance.choice(BODIES)
        path, method = form.action, chance.choice(("POST", "POST", "PUT", "PATCH", "DELETE"))
        if chance.random() < 0.3:
            path, method = reverse("diary:waiting_tap", args=[uid]), "PUT"
        return Shot(method, path, f"{kind} {body[:40]!r}", body, kind)

    def _address(self, chance: random.Random) -> Shot:
        """Addresses with values that no link has."""
        path = chance.choice(
            [
                f"/days/{quote(chance.choice(DATES)[:40])}/",
                f"/days/{quote(chance.choice(DATES)[:40])}/exact/",
                f"/days/{quote(chance.choice(DATES)[:40])}/drinks/",
                f"/days/{quote(chance.choice(DATES)[:40])}/drinks/same/",
                f"/episodes/{quote(chance.choice(CODES)[:40])}/",
                f"/medicines/{chance.choice(NUMBERS)[:400]}/",
                f"/events/{chance.choice(NUMBERS)[:400]}/delete/",
                f"/visits/{chance.choice(NUMBERS)[:400]}/",
                f"/visits/{self.visit_pk}/questions/{chance.choice(NUMBERS)[:400]}/up/",
                f"/visits/{self.visit_pk}/questions/0/{quote(chance.choice(CODES)[:30])}/",
                f"/library/{quote(chance.choice(CODES)[:40])}/",
                f"/prepare/{quote(chance.choice(CODES)[:40])}/",
                f"/{quote(as_text(chance.choice(list(TEXTS.values())))[:200])}",
                f"/static/{quote(as_text(chance.choice(list(TEXTS.values())))[:200])}",
            ]
        )
        path = path.replace("//", "/-/")
        method = chance.choice(("GET", "GET", "HEAD", "POST", "DELETE"))
        body = urlencode({"closing": "none", "stress": 3, "servings_espresso": 2}).encode()
        if method != "POST":
            return Shot(method, path, "address")
        return Shot(method, path, "address", body, FORM, self._htmx(chance))

    @property
    def visit_pk(self) -> int:
        """An appointment of the person."""
        found = self.person.visits.first()
        return found.pk if found else 0

    def _query(self, chance: random.Random) -> Shot:
        """Values behind the question mark, of forms that ask and of pages that read some."""
        form = chance.choice(self.forms)
        names = {"before", "weeks", "at", "change", "prepare", "page", "next", "place", "pages",
                 "paper", *(one for asked in self.forms if asked.method == "get"
                            for one in asked.fields)}  # fmt: skip
        every = [*TEXTS.values(), *NUMBERS, *DATES, *TIMES, *CODES]
        query = urlencode(
            {name: chance.choice(every) for name in chance.choices(sorted(names), k=3)}
        )
        asked = [
            reverse(name) for name in ("diary:episodes", "triage:trends", "diary:reminders_ics")
        ]
        path = chance.choice([form.page.partition("?")[0], *asked])
        return Shot("GET", f"{path}?{query[:3_000]}", "query", headers=self._htmx(chance))

    def _without_token(self, chance: random.Random) -> Shot:
        form = self._form(chance)
        sent = form.filled() | chance.choice(({}, {"csrfmiddlewaretoken": ["x" * 64]}))
        body = urlencode(sent, True).encode()
        return Shot("POST", form.action, "no token", body, FORM, checks_csrf=True)


NOT_KEPT = ("word",)
"""Fields whose words are not to be kept: the word that erases."""


def content_of(answer: Any) -> bytes:
    """The whole body; the file behind it is closed, the connection to the database is not."""
    if not answer.streaming:
        return bytes(answer.content)
    content = b"".join(answer)
    for close in answer._resource_closers:
        close()
    return content


def as_text(text: str | bytes) -> str:
    """A hostile text as text."""
    return text.decode(errors="replace") if isinstance(text, bytes) else text


def as_stored(text: str) -> str:
    """How the diary keeps words: NFC, one kind of line end, no outer blanks."""
    plain = text.strip().replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", plain)


def texts_in(found: Any) -> Iterator[str]:
    """Every text in a tree of JSON."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from texts_in(value)
    elif isinstance(found, list):
        for value in found:
            yield from texts_in(value)


def fault_of(answer: Any) -> str:
    """Class, text and place of the error behind an answer."""
    error = answer.exc_info[1] if getattr(answer, "exc_info", None) else None
    if error is None:
        return f"{answer.status_code}"
    place = error.__traceback__
    ours = ""
    while place is not None:
        file = place.tb_frame.f_code.co_filename
        if "site-packages" not in file and "/lib/python" not in file:
            ours = f"{file.rpartition('/')[2]}:{place.tb_lineno}"
        place = place.tb_next
    return f"{answer.status_code} {type(error).__name__} at {ours}: {str(error)[:150]}"


def post_addresses_without_form(forms: list[Form], posts: Iterable[str]) -> set[str]:
    """Names of addresses that take POST and that no form was found for."""
    found = {match.view_name for form in forms if (match := matched(form.action))}
    return set(posts) - found
