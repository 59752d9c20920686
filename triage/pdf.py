"""The Twitch Profile as PDF: the only importer of WeasyPrint.

Nothing is fetched: stylesheet, fonts and drawings are handed over from memory, every other
address is refused. The same page gives the same bytes on the same machine.
"""

from __future__ import annotations

import atexit
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from triage.profile.panels import ProfilePage

BUILDS_PATHS = frozenset({b"m", b"l", b"c", b"v", b"y", b"h", b"re"})
PAINTS_PATHS = frozenset({b"f", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*"})
LEAST_SHARED, DEFLATE_SEES = 1_000, 32_768
"""Bytes of a path below which a form would weigh more than it saves, and how far back deflate
finds the same again (RFC 1951)."""
ANYWHERE = (-10_000, -10_000, 10_000, 10_000)

BASE = "https://sheet.invalid/"  # joins relative addresses; nothing is ever asked of it
STYLESHEETS = ("paper.css", "profile.css")
FONTS = (
    *("atkinson-400.woff2", "atkinson-700.woff2"),
    *("atkinson-extended-400.woff2", "atkinson-extended-700.woff2"),
)
SVG_ADDRESS = "data:image/svg+xml;base64,"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


_ONE_AT_A_TIME = Lock()
"""Pango's fonts are shared by all pages of a process and are not made for several threads."""


class MissingLibraries(Exception):
    """Pango or another library of the system cannot be loaded; the text is what the loader said."""


class Refused(Exception):
    """An address that was not handed over."""


def profile_pdf(page: ProfilePage) -> bytes:
    """The page as a tagged PDF (PDF/UA-1). Raises MissingLibraries where it cannot be made."""
    weasyprint = _weasyprint()
    context = document_context(page)
    html = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", profile_html(page, context))
    fetcher = _fetcher_class()(drawings_of(context))
    with _ONE_AT_A_TIME:
        document = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=fetcher)
        pdf: bytes = document.write_pdf(
            stylesheets=_stylesheets(),
            font_config=_font_configuration(),
            pdf_variant="pdf/ua-1",
            pdf_identifier=sha256(html.encode()).digest()[:16],
            finisher=finish,
        )
    return pdf


def profile_html(page: ProfilePage, context: dict[str, Any] | None = None) -> str:
    """The page as the HTML document that is printed, with its drawings inside."""
    return render_to_string("triage/profile/document.html", context or document_context(page))


def drawings_of(context: dict[str, Any]) -> set[str]:
    """The addresses that a document's context hands over."""
    single = {address for name, address in context.items() if name.endswith("_address")}
    return single | {address for _, address in context["figures"]}


def document_context(page: ProfilePage) -> dict[str, Any]:
    """What the document's template needs: the page, and its drawings as addresses."""
    return {
        "page": page,
        **_addresses_of_second_page(page),
        "course_address": svg_address("triage/charts/course.svg", course=page.course),
        "figures": [
            (
                figure,
                svg_address(
                    "triage/charts/where.svg", map=figure.drawing.map, title=figure.alternative
                ),
            )
            for figure in page.where.figures
        ],
    }


def _addresses_of_second_page(page: ProfilePage) -> dict[str, str]:
    details, found = page.details, {}
    if details is not None:
        found["strips_address"] = svg_address(
            "triage/charts/day_strips.svg",
            drawing=details.days.drawing,
            title=details.days.alternative,
        )
    if details is not None and details.hours is not None and details.hours.drawing:
        found["hours_address"] = svg_address(
            "triage/charts/hours.svg",
            drawing=details.hours.drawing,
            title=details.hours.alternative,
        )
    return found


def preview_context(page: ProfilePage) -> dict[str, Any]:
    """The same for the preview, where the drawings stand inline."""
    return {
        "page": page,
        "course_address": "",
        "figures": [(figure, "") for figure in page.where.figures],
    }


def svg_address(template: str, **context: object) -> str:
    """A drawing as a data: address; characters that XML cannot hold are replaced."""
    clean = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", render_to_string(template, context))
    return SVG_ADDRESS + b64encode(clean.encode()).decode()


@cache
def print_file(name: str) -> bytes:
    """A file of static/print."""
    found = finders.find(f"print/{name}")
    if not isinstance(found, str):
        raise FileNotFoundError(f"static/print/{name}")
    return Path(found).read_bytes()


def _weasyprint() -> Any:
    try:
        import weasyprint  # takes half a second and needs libraries that logging does without
    except OSError as error:
        raise MissingLibraries(str(error)) from error
    return weasyprint


@cache
def _fetcher_class() -> Any:
    """The class is made late because its parent comes with WeasyPrint."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class FromMemory(URLFetcher):  # type: ignore[misc]
        """Serves the shipped fonts and the drawings of one page."""

        def __init__(self, drawings: set[str]) -> None:
            super().__init__(allowed_protocols=())
            self.drawings = drawings

        def fetch(self, url: str, headers: object = None) -> Any:
            if url in self.drawings:
                body = b64decode(url.removeprefix(SVG_ADDRESS))
                return URLFetcherResponse(url, body, {"Content-Type": "image/svg+xml"})
            name = url.removeprefix(BASE)
            if url.startswith(BASE) and name in FONTS:
                return URLFetcherResponse(url, print_file(name), {"Content-Type": "font/woff2"})
            raise Refused(url)

    return FromMemory


@cache
def _font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    # It removes its files when it goes, which must be while the interpreter still can.
    atexit.register(_font_configuration.cache_clear)
    return FontConfiguration()


@cache
def _stylesheets() -> list[Any]:
    """Parsed once: with the font configuration kept, each further page is faster."""
    return [
        _weasyprint().CSS(
            string=print_file(name).decode(),
            base_url=BASE,
            url_fetcher=_fetcher_class()(set()),
            font_config=_font_configuration(),
        )
        for name in STYLESHEETS
    ]


def finish(document: object, pdf: Any) -> None:
    """What WeasyPrint leaves open: Scope of header cells and footers as artifacts, for PDF/UA.

    And long outlines that repeat far apart are drawn from one form, which keeps the file small.
    """
    objects = {
        bytes(found.reference): found for found in pdf.objects if hasattr(found, "reference")
    }
    root = objects[_bytes(pdf.catalog["StructTreeRoot"])]
    reachable = {id(element) for element in _elements(root, objects, in_head=False)}
    parents = objects[_bytes(root["ParentTree"])]["Nums"]
    pages = [found for found in pdf.objects if _is(found, "Type", "/Page")]
    for page in pages:
        position = parents.index(page["StructParents"])
        kept = parents[position + 1]
        stream = objects[_bytes(page["Contents"])]
        orphans = {
            mcid
            for mcid, reference in enumerate(kept)
            if id(objects[_bytes(reference)]) not in reachable
        }
        _make_artifacts(stream, orphans)
    _share_outlines(pdf, objects, pages)


def _bytes(reference: object) -> bytes:
    return reference if isinstance(reference, bytes) else str(reference).encode()


def _is(found: object, key: str, value: str) -> bool:
    return isinstance(found, dict) and found.get(key) == value


def _elements(element: Any, objects: Any, *, in_head: bool) -> Iterator[Any]:
    """Structure elements below one, itself included; header cells get their Scope on the way."""
    kind = element.get("S")
    in_head = in_head or kind == "/THead"
    if kind == "/TH":
        element["A"]["Scope"] = "/Column" if in_head else "/Row"
    yield element
    kids = element.get("K") or ()
    for kid in kids if isinstance(kids, list) else [kids]:
        if not isinstance(kid, int) and isinstance(found := objects.get(_bytes(kid)), dict):
            yield from _elements(found, objects, in_head=in_head)


def _share_outlines(pdf: Any, objects: Any, pages: list[Any]) -> None:
    """Long paths that are drawn again far away become forms; each is then named instead.

    Compression finds what repeats nearby by itself.
    """
    import pydyf  # comes with WeasyPrint

    streams = [objects[_bytes(page["Contents"])] for page in pages]
    resources = objects[_bytes(pages[0]["Resources"])]  # those of all pages
    for stream in streams:
        paths = [one for one in _paths(stream.stream) if len(one.operators) >= LEAST_SHARED]
        shared = {
            later.operators
            for earlier, later in _repeats(paths)
            if later.offset - earlier.offset > DEFLATE_SEES
        }
        names: dict[bytes, str] = {}
        for path in reversed(paths):  # so that the places before it stay true
            if path.operators not in shared:
                continue
            if path.operators not in names:
                form = pydyf.Stream(
                    [path.operators],
                    {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array(ANYWHERE)},
                    compress=True,
                )
                pdf.add_object(form)
                names[path.operators] = name = f"outline{len(resources['XObject'])}"
                resources["XObject"][name] = form.reference
            drawn = f"/{names[path.operators]} Do".encode()
            stream.stream[path.start : path.end] = [drawn]


@dataclass(frozen=True, slots=True)
class _Path:
    """A painted path: where it stands in the list of a stream and in its bytes, and what it is."""

    start: int
    end: int
    offset: int
    operators: bytes


def _paths(content: list[Any]) -> Iterator[_Path]:
    """The painted paths of a content stream, in its order."""
    start, offset = None, 0
    for place, item in enumerate(content):
        operator = item.rpartition(b" ")[2] if isinstance(item, bytes) else b""
        if operator in BUILDS_PATHS:
            start = place if start is None else start
        elif operator in PAINTS_PATHS and start is not None:
            yield _Path(start, place + 1, offset, b"\n".join(content[start : place + 1]))
            start = None
        else:
            start = None
        offset += len(item) + 1 if isinstance(item, bytes) else 0


def _repeats(paths: list[_Path]) -> Iterator[tuple[_Path, _Path]]:
    """Each path that stood before, with where it stood last."""
    last: dict[bytes, _Path] = {}
    for path in paths:
        if path.operators in last:
            yield last[path.operators], path
        last[path.operators] = path


def _make_artifacts(stream: Any, orphans: set[int]) -> None:
    """Marked content that no element holds: the footers in the margin."""
    import pydyf  # comes with WeasyPrint

    content = stream.stream
    for place, item in enumerate(content):
        if isinstance(item, dict) and item.get("MCID") in orphans:
            content[place - 1] = "/Artifact"
            content[place] = pydyf.Dictionary({"Type": "/Pagination"})
