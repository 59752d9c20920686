"""The Twitch Profile: its time beside the same document without our code, cold starts, memory."""

from __future__ import annotations

import sys
from html import escape
from html.parser import HTMLParser
from statistics import median
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from tests.bench.rows import Row, Table, compared, counted, missing, samples
from tests.bench.timing import Alone, in_turns, interleaved
from tests.bench.world import World
from triage import pdf
from triage.profile.options import ProfileOptions
from triage.profile.panels import profile_page
from triage.summary import Summary, summarise

PRINT = settings.BASE_DIR / "static" / "print"
PEAK_MB, FILE_KB = 150.0, 80.0


def made(summary: Summary) -> bytes:
    """The sheet from a summary, as pages and command make it."""
    return pdf.profile_pdf(profile_page(summary, ProfileOptions(weeks=summary.weeks)))


class Tuned:
    """The same document by WeasyPrint alone: its own loader, styles and fonts kept between runs."""

    def __init__(self, html: str) -> None:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        self.html, self.weasyprint = html, weasyprint
        self.fonts = FontConfiguration()
        self.styles = [
            weasyprint.CSS(filename=PRINT / name, font_config=self.fonts)
            for name in pdf.STYLESHEETS
        ]

    def made(self) -> Any:
        """The PDF, tagged as ours is."""
        document = self.weasyprint.HTML(string=self.html, base_url=f"{PRINT}/")
        return document.write_pdf(
            stylesheets=self.styles, font_config=self.fonts, pdf_variant="pdf/ua-1"
        )


class Words(HTMLParser):
    """The words of a document, one paragraph for each piece of text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Titles and styles are not printed."""
        self.silent += tag in ("title", "style")

    def handle_endtag(self, tag: str) -> None:
        """The end of what is not printed."""
        self.silent -= tag in ("title", "style")

    def handle_data(self, data: str) -> None:
        """Keep what is printed."""
        if data.strip() and not self.silent:
            self.pieces.append(" ".join(data.split()))

    @property
    def html(self) -> str:
        """Plain paragraphs."""
        paragraphs = "".join(f"<p>{escape(piece)}</p>" for piece in self.pieces)
        return f"<html lang=en><title>Words</title><body>{paragraphs}"


def warm(world: World) -> Table:
    """Sheets in a process that has made some before."""
    quarter, decade = world.quarter_diary, world.ten_years_diary
    today = world.today
    html = pdf.profile_html(profile_page(summarise(quarter, today), ProfileOptions()))
    tuned, words = Tuned(html), Tuned(Words(html).html)
    found = interleaved(
        {
            "quarter": lambda: made(summarise(quarter, today)),
            "tuned": tuned.made,
            "words": words.made,
            "decade": lambda: made(summarise(decade, today)),
            "fixed": lambda: made(summarise(decade, today, 12)),
        },
        max(5, world.effort.rounds // 2),
    )
    ours = "from the diary in memory to the PDF"
    rows = [
        compared(f"sheet of 90 days, {ours}", found["quarter"], found["tuned"], 1.25, name="tuned"),
        compared("the same", found["quarter"], found["words"], 7, name="its words alone"),
        compared("sheet of 3,650 days", found["decade"], found["quarter"], 1.2, name="90 days"),
        compared(
            "last 12 weeks of 3,650 days", found["fixed"], found["quarter"], 1.2, name="90 days"
        ),
        *_served(world),
        *(
            counted(f"file, {days} days", len(made(summary)) / 1000, FILE_KB, unit=" kB")
            for days, summary in (
                ("90", summarise(quarter, today)),
                ("3,650", summarise(decade, today)),
            )
        ),
    ]
    return Table(
        "The sheet, warm",
        "In time of the processor. Tuned: the very HTML of our template, with its drawings inside, "
        "given to WeasyPrint alone with parsed styles and fonts kept, tagged as ours is: no "
        "summary, no template, no repair of the tags. Its words alone: plain paragraphs.",
        tuple(rows),
    )


def _served(world: World) -> list[Row]:
    """The sheet as the site serves it, history read from the database."""
    what = "`/profile.pdf`, 3,650 days, as served"
    try:
        path = reverse("triage:profile_pdf")
    except NoReverseMatch:
        return [missing(what, "no such address yet")]
    found = interleaved(
        {"small": lambda: world.quarter.get(path), "large": lambda: world.ten_years.get(path)},
        max(3, world.effort.rounds // 3),
    )
    return [compared(what, found["large"], found["small"], 1.2, name="90 days")]


def cold(world: World) -> Table:
    """`manage.py summarise` from a standing start, and WeasyPrint from one."""
    quarter = world.file_of("quarter", world.quarter_diary)
    decade = world.file_of("decade", world.ten_years_diary)
    html = world.folder / "sheet.html"
    page = profile_page(summarise(world.quarter_diary, world.today), ProfileOptions())
    html.write_text(pdf.profile_html(page), encoding="utf-8")
    manage = settings.BASE_DIR / "manage.py"
    given = ("--as-of", world.today.isoformat())
    out = world.folder / "sheet.pdf"
    command = (sys.executable, manage, "summarise", *given)
    found = in_turns(
        {
            "quarter": (*command, "--format", "pdf", "-o", out, quarter),
            "decade": (*command, "--format", "pdf", "-o", out, decade),
            "json": (*command, "-o", world.folder / "summary.json", quarter),
            "bare": (sys.executable, "-m", "tests.bench.cold_weasyprint", html, out),
        },
        world.effort.cold_rounds,
    )
    seconds = {name: samples([one.seconds for one in runs]) for name, runs in found.items()}
    rows = (
        compared(
            "PDF of 90 days", seconds["quarter"], seconds["bare"], 1.6,
            name="WeasyPrint alone", unit=" s", scale=1,
        ),
        compared(
            f"PDF of 3,650 days, {world.effort.episodes:,} episodes", seconds["decade"],
            seconds["quarter"], name="90 days", unit=" s", scale=1,
        ),
        compared(
            "JSON of 90 days", seconds["json"], seconds["quarter"], name="PDF", unit=" s", scale=1
        ),
        counted("peak memory, PDF of 90 days", peak(found["quarter"]), PEAK_MB, unit=" MB"),
        counted("peak memory, PDF of 3,650 days", peak(found["decade"]), PEAK_MB, unit=" MB"),
        counted("peak memory, WeasyPrint alone", peak(found["bare"]), unit=" MB"),
    )  # fmt: skip
    return Table(
        "The sheet, cold: `manage.py summarise --format pdf`",
        "A process of its own from start to end, by the clock.",
        rows,
    )


def peak(runs: list[Alone]) -> float:
    """The median of the peaks."""
    return median(one.peak_mb for one in runs)
