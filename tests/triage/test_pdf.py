"""The Twitch Profile as PDF: one page by rule, tagged, from memory alone, the same bytes again."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from django.utils import translation

from diary.example import example_diary
from diary.records import DiaryRecord, EpisodeRecord
from tests.triage.hand_made import AS_OF
from tests.triage.printed_diaries import HOSTILE, diary_of, extreme_diary
from triage import pdf
from triage.profile.options import ProfileOptions
from triage.profile.panels import ProfilePage, profile_page
from triage.summary import summarise

A4, LETTER = (595.28, 841.89), (612.0, 792.0)
DIARIES = {
    **{f"{days} days": days for days in (0, 1, 14, 84, 730)},
    "extreme": None,
}


@cache
def record_of(name: str) -> DiaryRecord:
    days = DIARIES[name]
    return extreme_diary() if days is None else diary_of(days)


@cache
def page_of(name: str, options: ProfileOptions) -> ProfilePage:
    return profile_page(summarise(record_of(name), AS_OF, options.weeks), options)


@cache
def made(name: str, options: ProfileOptions | None = None) -> bytes:
    return pdf.profile_pdf(page_of(name, options or ProfileOptions()))


@cache
def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def elements(found: pikepdf.Pdf) -> Iterator[Any]:
    """Structure elements in the order in which they are read."""

    def below(element: Any) -> Iterator[Any]:
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield element
        kids = element.get("/K", []) if isinstance(element, pikepdf.Dictionary) else []
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                yield from below(kid)

    yield from below(found.Root.StructTreeRoot)


def of_kind(found: pikepdf.Pdf, *kinds: str) -> list[Any]:
    return [element for element in elements(found) if element.S in kinds]


@pytest.mark.parametrize("name", DIARIES)
def test_it_is_one_page_whatever_the_diary(name: str) -> None:
    assert len(opened(made(name)).pages) == 1


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("letter", LETTER)])
@pytest.mark.parametrize("name", ["1 days", "extreme"])
def test_it_is_one_page_on_both_papers(name: str, paper: str, size: tuple[float, float]) -> None:
    (page,) = opened(made(name, ProfileOptions(paper=paper))).pages

    assert [float(edge) for edge in page.mediabox[2:]] == pytest.approx(size, abs=0.1)


def test_larger_print_is_still_one_page() -> None:
    assert len(opened(made("extreme", ProfileOptions(larger=True, weeks=26))).pages) == 1


@pytest.mark.parametrize("name", ["0 days", "84 days", "extreme"])
@pytest.mark.parametrize("larger", [False, True])
def test_details_take_exactly_one_page_more(name: str, larger: bool) -> None:
    options = ProfileOptions(second_page=True, larger=larger, paper="letter")
    found = opened(made(name, options))

    assert len(found.pages) == 2
    assert {str(cell.A.Scope) for cell in of_kind(found, "/TH")} <= {"/Row", "/Column"}
    assert all(str(figure.Alt) for figure in of_kind(found, "/Figure"))


def test_ordinary_files_stay_small() -> None:
    assert len(made("84 days")) < 80_000
    assert len(made("84 days", ProfileOptions(second_page=True, weeks=4))) < 80_000


def test_the_sheet_of_extremes_stays_small() -> None:
    assert len(made("extreme")) < 80_000


def test_outlines_drawn_again_far_away_come_from_one_form() -> None:
    page = opened(made("extreme")).pages[0]
    outlines = {name: form for name, form in page.Resources.XObject.items() if "outline" in name}
    drawn = Counter(re.findall(rb"/(outline\d+) Do", page.Contents.read_bytes()))

    assert outlines
    assert {f"/{name.decode()}" for name in drawn} == set(outlines)
    assert min(drawn.values()) > 1
    assert all(form.read_bytes().endswith((b"f", b"S")) for form in outlines.values())


def test_it_names_title_language_and_standard() -> None:
    found = opened(made("84 days"))

    assert found.Root.Lang == "en"
    assert found.docinfo["/Title"] == "Twitch Profile"
    assert bool(found.Root.MarkInfo.Marked)
    assert bool(found.Root.ViewerPreferences.DisplayDocTitle)
    assert b"pdfuaid:part" in bytes(found.Root.Metadata.read_bytes())


def test_the_language_is_that_of_the_words() -> None:
    with translation.override("de"):
        assert opened(pdf.profile_pdf(page_of("1 days", ProfileOptions()))).Root.Lang == "de"


def test_headings_stand_in_order() -> None:
    kinds = [str(element.S) for element in of_kind(opened(made("84 days")), "/H1", "/H2", "/H3")]

    assert kinds == ["/H1", *["/H2"] * 9]


@pytest.mark.parametrize("name", ["0 days", "84 days", "extreme"])
def test_every_header_cell_has_its_scope(name: str) -> None:
    cells = of_kind(opened(made(name)), "/TH")

    assert cells
    assert {str(cell.A.Scope) for cell in cells} <= {"/Row", "/Column"}


@pytest.mark.parametrize(("name", "figures"), [("0 days", 3), ("14 days", 3), ("84 days", 5)])
def test_every_drawing_has_a_sentence(name: str, figures: int) -> None:
    sentences = [str(figure.Alt) for figure in of_kind(opened(made(name)), "/Figure")]

    assert len(sentences) == figures
    assert all(sentence.endswith(".") for sentence in sentences)


def test_all_fonts_are_embedded() -> None:
    found = opened(made("extreme"))
    fonts = [one for one in found.objects if _is_dictionary(one, "/FontDescriptor")]

    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)


def test_the_shipped_font_is_used_and_no_other_for_latin_text() -> None:
    found = opened(made("84 days"))
    names = {str(one.FontName) for one in found.objects if _is_dictionary(one, "/FontDescriptor")}

    assert {name.split("+")[1] for name in names} == {
        "Atkinson-Hyperlegible-Next",
        "Atkinson-Hyperlegible-Next-Bold",
    }


def _is_dictionary(found: Any, kind: str) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == kind


def test_all_content_is_tagged_or_an_artifact_and_the_footer_is_pagination() -> None:
    found = opened(made("84 days"))
    (page,) = found.pages
    held = {int(kid) for element in elements(found) for kid in _content_of(element)}
    marked: set[int] = set()
    paginated = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) != "BDC":
            continue
        if operands[0] == "/Artifact":
            paginated += operands[1].get("/Type") == "/Pagination"
        else:
            marked.add(int(operands[1].MCID))

    assert marked == held
    assert paginated >= 4


def _content_of(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in kids if not isinstance(kid, pikepdf.Dictionary)]


def test_the_same_diary_gives_the_same_bytes() -> None:
    assert pdf.profile_pdf(page_of("84 days", ProfileOptions())) == made("84 days")


def test_its_dates_are_those_of_the_diary() -> None:
    info = opened(made("84 days")).docinfo

    assert str(info["/CreationDate"]).startswith(f"D:{AS_OF:%Y%m%d}")
    assert str(info["/ModDate"]).startswith(f"D:{AS_OF:%Y%m%d}")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Every address the renderer asks for, and whether it was served."""
    found: list[tuple[str, bool]] = []
    parent = pdf._fetcher_class()

    class Recording(parent):  # type: ignore[misc, valid-type]
        def fetch(self, url: str, headers: object = None) -> Any:
            try:
                served = super().fetch(url, headers)
            except pdf.Refused:
                found.append((url, False))
                raise
            found.append((url, True))
            return served

    monkeypatch.setattr(pdf, "_fetcher_class", lambda: Recording)
    return found


def with_text_everywhere(text: str) -> DiaryRecord:
    """The example with the text in every field that a person can write."""
    record = example_diary(AS_OF)
    days = tuple(replace(day, note=text) for day in record.days)
    episodes: tuple[EpisodeRecord, ...] = tuple(
        replace(found, note=text, written_by=text) for found in record.episodes
    )
    extreme = extreme_diary(text)
    return replace(
        record,
        days=days,
        episodes=episodes,
        person=extreme.person,
        medicines=extreme.medicines,
        events=extreme.events,
        visits=extreme.visits,
    )


def test_hostile_text_is_printed_as_text_and_asks_for_nothing(
    asked: list[tuple[str, bool]],
) -> None:
    page = profile_page(summarise(with_text_everywhere(HOSTILE), AS_OF), ProfileOptions())

    assert len(opened(pdf.profile_pdf(page)).pages) == 1
    assert asked
    assert all(served and url.startswith(pdf.SVG_ADDRESS) for url, served in asked)
    assert "&lt;/style&gt;&lt;script" in pdf.profile_html(page)
    assert "<script" not in pdf.profile_html(page)


def test_hostile_words_in_a_drawing_are_its_text() -> None:
    page = profile_page(summarise(with_text_everywhere("<b onload=x>&amp;"), AS_OF))
    address = pdf.document_context(page)["course_address"]
    drawing = ElementTree.fromstring(b64decode(address.removeprefix(pdf.SVG_ADDRESS)))
    words = [text.text or "" for text in drawing.iter("{http://www.w3.org/2000/svg}text")]

    assert [one for one in words if "<b onload" in one]


@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example/",
        "https://sheet.invalid/../secret",
        "https://sheet.invalid/profile.css",
        "file:///etc/passwd",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "ftp://evil.example/",
    ],
)
def test_the_fetcher_refuses_what_was_not_handed_over(address: str) -> None:
    fetcher = pdf._fetcher_class()({"data:image/svg+xml;base64,PHN2Zz4="})

    with pytest.raises(pdf.Refused):
        fetcher.fetch(address)


def test_missing_libraries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(name: str, *rest: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest)

    real = __import__
    monkeypatch.setattr("builtins.__import__", fails)

    with pytest.raises(pdf.MissingLibraries, match="libpango"):
        pdf.profile_pdf(page_of("1 days", ProfileOptions()))


def test_an_example_says_so_in_the_footer() -> None:
    summary = summarise(example_diary(AS_OF), AS_OF)

    assert "EXAMPLE" in pdf.profile_html(profile_page(summary, example=True))
    assert "EXAMPLE" not in pdf.profile_html(profile_page(summary))


def test_the_document_carries_no_style_attribute() -> None:
    assert "style=" not in pdf.profile_html(page_of("84 days", ProfileOptions()))
