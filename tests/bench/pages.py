"""Pages in the process itself: time beside a bare view, growth with the diary, queries, weight."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db import connection
from django.test.utils import CaptureQueriesContext

from diary.kept_pages import forget_pages
from tests.bench.browser import Answer, Browser
from tests.bench.rows import Row, Table, compared, counted
from tests.bench.timing import interleaved, wall
from tests.bench.world import BARE_FIELDS, World

WALKED = (
    "/", "/today/", "/episodes/", "/trends/", "/trends/?weeks=all", "/prepare/", "/profile/",
    "/visits/", "/medicines/", "/settings/", "/library/", "/advice/", "/places/",
)  # fmt: skip
WEIGHED = (
    "/", "/today/", "/trends/", "/trends/?weeks=all", "/prepare/", "/profile/", "/places/",
)  # fmt: skip
HOME_QUERIES = 6
TRENDS_BESIDE_BARE = 5
HTML_KB = 30.0
FIRST_VISIT_KB, LATER_VISIT_KB = 40.0, 8.0
_TAG = re.compile(r"<(link|script|use)\b[^>]*>")
_ADDRESS = re.compile(r'(?:href|src)="([^"#]+)')
LOADED = ("stylesheet", "preload", "icon")


def beside_bare(world: World) -> Table:
    """Home and log form beside a bare page and a bare form."""
    effort, one = world.effort, world.quarter
    pages = interleaved(
        {"bare": lambda: one.get("/bare/"), "home": lambda: one.get("/")},
        effort.rounds,
        each=4 * effort.each,
    )
    posts = interleaved(
        {
            "bare": lambda: one.post("/bare/form/", BARE_FIELDS),
            "both": lambda: (one.post("/bare/form/", BARE_FIELDS), one.get("/bare/")),
            "script": lambda: one.post("/log/", world.tap(), htmx=True),
            "plain": lambda: one.post("/log/", world.tap()),
        },
        effort.rounds,
        each=effort.each,
        clock=wall,
        between=lambda: world.without_today(one),
    )
    slowest = 1 / 0.6
    rows = (
        compared("home, GET", pages["home"], pages["bare"], 1.5, name="bare page"),
        compared(
            "log a twitch, POST by script, whole log drawn again",
            posts["script"], posts["both"], round(slowest, 2),
            name="bare form and bare page after it",
        ),
        compared(
            "log a twitch, POST without scripts",
            posts["plain"], posts["bare"], round(slowest, 2), name="bare form",
        ),
    )  # fmt: skip
    words = (
        "Straight into the app, no network. The bare page: the same middleware, session and "
        "person, a template of 10 kB. The bare form: three checked fields, one row. GET in time "
        "of the processor, POST by the clock because it waits for the disk; 1.67× the time is "
        "0.6× the rate. By script the answer is the log; without, a page is asked for after it."
    )
    return Table("Beside a bare Django view", words, rows)


def growth(world: World) -> Table:
    """The same page in a small and a large diary."""
    year = (world.thousand, "1,000 episodes"), f"{world.effort.episodes:,} episodes"
    quarter = (world.quarter, "90 days"), "3,650 days"
    rows = (
        _grown(world, "home", "/", year, 1.2),
        _grown(world, "check-in", "/today/", year, 1.2),
        _grown(world, "trends", "/trends/", year, 2),
        _grown(world, "trends, 8 weeks", "/trends/", quarter, 2),
        _grown(world, "trends, the whole diary", "/trends/?weeks=all", quarter, 2),
        _grown(world, "preview of the sheet", "/profile/", quarter, 1.2),
        _seen_again(world, "trends", "/trends/"),
        _seen_again(world, "preview of the sheet", "/profile/"),
    )
    words = (
        "The large diary beside the small one, in time of the processor; each page as after a "
        "change of the diary. Seen again: the same page while nothing was written."
    )
    return Table("Growth with the diary", words, rows)


Pair = tuple[tuple[Browser, str], str]
"""The small diary with its name, and the name of the ten years."""


def _grown(world: World, what: str, path: str, pair: Pair, limit: float) -> Row:
    (small, before), after = pair
    large = world.ten_years
    works = {"small": lambda: _first_look(small, path), "large": lambda: _first_look(large, path)}
    found = interleaved(works, world.effort.rounds, each=2)
    return compared(f"{what}, {after}", found["large"], found["small"], limit, name=before)


def _seen_again(world: World, what: str, path: str) -> Row:
    large = world.ten_years
    works = {"bare": lambda: large.get("/bare/"), "again": lambda: large.get(path)}
    found = interleaved(works, world.effort.rounds, each=4 * world.effort.each)
    name = f"{what}, 3,650 days, seen again"
    return compared(name, found["again"], found["bare"], TRENDS_BESIDE_BARE, name="bare page")


def _first_look(browser: Browser, path: str) -> Answer:
    """The page as after a change of the diary."""
    forget_pages()
    return browser.get(path)


def queries_and_weight(world: World) -> Table:
    """Queries and kilobytes of each page, in a diary of one episode and in the long one."""
    rows = tuple(row for path in WALKED for row in _weighed(world, path))
    words = "Queries of the database, session and person included, and the answer as it is sent."
    return Table("Queries and weight of each page", words, rows)


def _weighed(world: World, path: str) -> Iterator[Row]:
    few, _small = _queries(world.one, path)
    many, answer = _queries(world.ten_years, path)
    limit = HOME_QUERIES if path == "/" else None
    plain = len(world.ten_years.get(path, "identity").body) / 1000
    yield Row(
        f"`{path}` queries",
        f"{many}",
        f"one episode: {few}",
        "",
        "" if limit is None else f"at most {limit}",
        None if limit is None else max(few, many) <= limit,
    )
    sent = len(answer.body) / 1000
    yield counted(f"`{path}` HTML", plain, HTML_KB, unit=" kB", note=f"sent: {sent:.1f} kB")


def _queries(browser: Browser, path: str) -> tuple[int, Answer]:
    browser.get(path)  # what only the first visit does is not of the page
    with CaptureQueriesContext(connection) as captured:
        answer = _first_look(browser, path)
    return len(captured), answer


def visits(world: World) -> Table:
    """What a browser loads on the first visit and on later ones."""
    rows = []
    for path in WEIGHED:
        html = world.ten_years.get(path, "br, gzip")
        assets = list(_assets(world.ten_years, path))
        first = (len(html.body) + sum(size for _name, size in assets)) / 1000
        named = ", ".join(f"{name} {size / 1000:.1f}" for name, size in assets)
        rows.append(counted(f"`{path}` first", first, FIRST_VISIT_KB, unit=" kB", note=named))
        later = len(html.body) / 1000
        rows.append(counted(f"`{path}` later", later, LATER_VISIT_KB, unit=" kB"))
    words = (
        "Compressed as sent: the page and every stylesheet, script, icon, drawing and preloaded "
        "font it names. Later on all but the page comes from the browser's own store."
    )
    return Table("Weight of a visit", words, tuple(rows))


def _assets(browser: Browser, path: str) -> Iterator[tuple[str, int]]:
    html = browser.get(path, "identity").body.decode()
    seen = set()
    for tag in _TAG.finditer(html):
        found = _ADDRESS.search(tag[0])
        wanted = tag[1] in ("script", "use") or any(f'rel="{kind}"' in tag[0] for kind in LOADED)
        if found is None or not wanted or found[1] in seen:
            continue
        seen.add(found[1])
        size = len(browser.get(found[1], "br, gzip").body)
        yield found[1].rsplit("/", 1)[-1].split(".")[0] + found[1][found[1].rindex(".") :], size
