"""Headers and cookies of every answer of the real server, and what its log says of a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit
from uuid import uuid4

from tests.torture.forms import Form, forms_of
from tests.torture.server import FORM, LOST_CONNECTION, TOKEN, Answer, Browser, Server
from tests.torture.strangers import METHODS, SECRETS

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "font-src 'self'", "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip
WANTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
SENSORS = ("camera", "geolocation", "microphone")
KEPT_BY_CACHES = ("/static/",)
NOT_STORED = "no-store, private"
REVALIDATED = {"/sw.js": "no-cache"}


@dataclass
class Rules:
    """Answers looked at, and what they lack."""

    looked_at: int = 0
    broken: list[str] = field(default_factory=list)
    server_errors: list[str] = field(default_factory=list)
    secrets_sent: int = 0
    secrets_logged: list[str] = field(default_factory=list)
    log_lines: int = 0

    @property
    def faultless(self) -> bool:
        """Every rule kept, nothing said."""
        return not (self.broken or self.server_errors or self.secrets_logged)

    def look(self, method: str, path: str, answer: Answer) -> None:
        """Judge one answer."""
        self.looked_at += 1
        said = f"{method} {urlsplit(path).path[:60]} -> {answer.status}"
        self.broken += [f"{said}: {rule}" for rule in broken_rules(urlsplit(path).path, answer)]
        if answer.status >= 500:
            self.server_errors.append(said)


def broken_rules(path: str, answer: Answer) -> Iterator[str]:
    """The rules that an answer breaks."""
    policy = {part.strip() for part in answer.header("Content-Security-Policy").split(";")}
    static = path.startswith(KEPT_BY_CACHES) and answer.status in (200, 304)
    if not static:
        if policy != POLICY:
            yield f"policy of contents {sorted(policy ^ POLICY)}"
        wanted = REVALIDATED.get(path, NOT_STORED) if answer.status == 200 else NOT_STORED
        if answer.header("Cache-Control") != wanted:
            yield f"Cache-Control {answer.header('Cache-Control')!r}"
        for name in ("X-Frame-Options", "Cross-Origin-Resource-Policy"):
            if answer.header(name) != WANTED[name]:
                yield f"{name} {answer.header(name)!r}"
        permissions = answer.header("Permissions-Policy")
        if any(f"{sensor}=()" not in permissions for sensor in SENSORS):
            yield f"Permissions-Policy {permissions!r}"
    for name in ("X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"):
        if not static and answer.header(name) != WANTED[name]:
            yield f"{name} {answer.header(name)!r}"
    if answer.header("Access-Control-Allow-Origin") not in ("", "*" if static else ""):
        yield "Access-Control-Allow-Origin"
    yield from broken_cookies(answer)


def broken_cookies(answer: Answer) -> Iterator[str]:
    """Cookies of the server that scripts can read or other sites can send."""
    for name, text in answer.headers:
        if name.lower() != "set-cookie":
            continue
        parts = {part.strip().lower() for part in text.split(";")}
        if "max-age=0" in parts:  # taken away
            continue
        if "httponly" not in parts or not {"samesite=lax", "samesite=strict"} & parts:
            yield f"cookie {text.partition('=')[0]}: {sorted(parts)[:4]}"


def look_at_every_answer(server: Server, paths: Iterable[str], *, secrets: bool = True) -> Rules:
    """Walk all addresses by all methods, send every form with secrets, and read the log."""
    rules = Rules()
    browser = Browser(server.port)
    browser.start_diary()
    browser.get("/")
    forms = forms_of(lambda path: page(browser, path), paths)
    if secrets:
        send_secrets(browser, forms, rules)
        send_secrets_elsewhere(server, browser, rules)
    for path in [
        *paths,
        "/nowhere/",
        "/static/css/nothing.css",
        "/static/",
        "/%00",
        "/favicon.ico",
    ]:
        for method in METHODS:
            answer = tried(browser, method, path)
            if answer is not None:
                rules.look(method, path, answer)
    for path in static_files(browser):
        rules.look("GET", path, browser.get(path))
    if secrets:
        rules.secrets_sent = len(SECRETS)
        log = server.log.read_text(errors="replace")
        rules.log_lines = len(log.splitlines())
        rules.secrets_logged = [secret for secret in SECRETS if secret in log]
    return rules


def page(browser: Browser, path: str) -> str:
    """The text of a page."""
    if path.endswith((".pdf", ".json", ".zip", ".html")):
        return ""
    answer = browser.get(path)
    kind = answer.header("Content-Type")
    return answer.text if answer.status == 200 and kind.startswith("text/html") else ""


def tried(browser: Browser, method: str, path: str, **headers: str) -> Answer | None:
    """The answer, None when the server ended the connection without one."""
    body = None
    if method in ("POST", "PUT", "PATCH", "DELETE"):
        body = urlencode({"csrfmiddlewaretoken": browser.token})
        headers |= {"Content-Type": FORM, "X-CSRFToken": browser.token}
    try:
        return browser.send(method, path, body, headers)
    except LOST_CONNECTION:
        return None


def static_files(browser: Browser) -> list[str]:
    """Files that the log page names."""
    text = browser.get("/").text
    return [
        part.partition('"')[0]
        for start in ('href="', 'src="')
        for part in text.split(start)[1:]
        if part.startswith("/static/")
    ]


def send_secrets(browser: Browser, forms: Iterable[Form], rules: Rules) -> None:
    """Every form twice, a secret in each of its fields of words: as it is, and refused."""
    numbers = [SECRETS[number % len(SECRETS)] for number in range(200)]
    for form in forms:
        if form.method != "post" or form.action.endswith(("/erase/", "/start/", "/leave/")):
            continue
        for wrong in (False, True):
            sent = form.filled()
            for one in form.fields.values():
                if one.is_words or wrong:
                    sent[one.name] = [numbers.pop(0)]
                    numbers.append(sent[one.name][0])
            rules.look("POST", form.action, browser.post(form.action, sent))


def send_secrets_elsewhere(server: Server, browser: Browser, rules: Rules) -> None:
    """Secrets in addresses, headers, cookies, broken bodies, files, and while the disk is held."""
    a, b, c, d = SECRETS[:4]
    attempts = [
        ("GET", f"/{a}/?q={b}", None, {"User-Agent": c, "Referer": d}),
        ("GET", f"/days/{quote(a)}/", None, {"Host": f"{b}.example"}),
        ("GET", f"/episodes/?before={a}", None, {"Cookie": f"zone={b}; sessionid={c}"}),
        ("POST", "/log/", f"place={a}&uid={b}", {"Content-Type": FORM}),
        ("POST", "/log/", f"note={a}", {"Content-Type": FORM, "Origin": f"http://{b}"}),
        ("POST", "/log/", "x", {"Content-Type": f"multipart/form-data; boundary={a}"}),
        ("POST", "/log/", "x" * 2_600_000 + a, {"Content-Type": FORM, "X-CSRFToken": b}),
        ("POST", "/log/", "&".join(f"{a}{n}=1" for n in range(1_100)), {"Content-Type": FORM}),
        ("PUT", f"/entries/{uuid4()}/", f'{{"place": "{a}"}}', {"X-CSRFToken": browser.token}),
        ("PUT", f"/entries/{uuid4()}/", f'{{"place": "{a}', {"X-CSRFToken": b}),
        ("BREW", f"/{a}", None, {}),
        ("GET", "/", None, {"X-Long": a + "x" * 9_000}),
        ("GET", f"/{'x' * 5_000}{a}", None, {}),
        ("POST", "/log/", "x", {"Content-Length": a}),
    ]  # fmt: skip
    for method, path, body, headers in attempts:
        try:
            answer = browser.send(method, path, body, headers)
        except (*LOST_CONNECTION, ValueError):
            continue
        # What the server itself refuses never reaches the app, and another host's name no page.
        if answer.header("Content-Security-Policy") and "Host" not in headers:
            rules.look(method, path, answer)
    browser.close()
    for text in (f'{{"format": "{a}"}}', f'{{"format": "twitch-diary", "version": 1, "{b}": 1}}'):
        send_file(browser, text.encode(), f"{c}.json")
    with closing(sqlite3.connect(server.database, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        browser.post("/events/", {"label": d, "date": "2026-01-01"})
        holder.execute("ROLLBACK")


def send_file(browser: Browser, content: bytes, name: str) -> Answer:
    """Choose a file on the page that brings one in."""
    found = TOKEN.search(browser.get("/import/").text)
    token = found[1] if found else browser.token
    boundary = uuid4().hex
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
        f'{token}\r\n--{boundary}\r\nContent-Disposition: form-data; name="file"; '
        f'filename="{name}"\r\nContent-Type: application/json\r\n\r\n'
    )
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.send("POST", "/import/", body, {"Content-Type": kind})
