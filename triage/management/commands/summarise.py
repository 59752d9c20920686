"""`manage.py summarise`: diary files in, summaries out, without a database."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils import timezone

from diary import limits
from diary.exchange import diary_file
from diary.records import DiaryRecord
from diary.vocabulary import Paper
from triage.profile.options import ProfileOptions
from triage.profile.panels import ProfilePage, profile_page
from triage.summary import Summary, as_json, summarise

REFUSED = 2
MOST_WEEKS = 5200

AsOf = Callable[[DiaryRecord], date]


def json_line(summary: Summary, file: str) -> bytes:
    """The summary as one line of JSON, in ASCII so that any terminal or pipe takes it."""
    found = as_json(summary, file)
    return json.dumps(found, separators=(",", ":"), allow_nan=False).encode() + b"\n"


class Refusal(Exception):
    """Why nothing was written, one line each."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


def printed(summary: Summary, file: str) -> bytes:
    """The Twitch Profile as PDF, on the paper the diary names."""
    from triage.pdf import MissingLibraries, profile_pdf  # brings templates that JSON does without

    try:
        return profile_pdf(_page(summary))
    except MissingLibraries as error:
        raise Refusal(
            f"{file}: the PDF needs Pango and other libraries of the system ({error}). "
            "Install them with: python -m config.system pdf"
        ) from error


def marked_up(summary: Summary, file: str) -> bytes:
    """The Twitch Profile as the HTML document that is printed."""
    from triage.pdf import profile_html  # brings templates that JSON does without

    return profile_html(_page(summary)).encode()


def _page(summary: Summary) -> ProfilePage:
    paper = summary.record.person.paper or Paper.A4.value
    return profile_page(summary, ProfileOptions(paper=paper, weeks=summary.weeks))


FORMATS: dict[str, Callable[[Summary, str], bytes]] = {
    "json": json_line,
    "pdf": printed,
    "html": marked_up,
}


class Command(BaseCommand):
    """From diary files to summaries. All files are read before anything is written."""

    help = (
        "Summarise diary files: one JSON object a line, in the order of the files. "
        "Needs no database. A fault in a file: exit status 2, one line each on standard error."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Texts are read in `handle`, so that a wrong one is answered in one plain line."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="diary files")
        parser.add_argument(
            "--as-of",
            default="today",
            metavar="DATE|last",
            help="the day to summarise on, such as 2026-05-04 (default: today); "
            "last: each diary's own latest episode or day",
        )
        parser.add_argument("--weeks", metavar="N", help="the last N weeks instead of everything")
        parser.add_argument("--format", default="json", choices=FORMATS, help="default: json")
        parser.add_argument("-o", "--output", metavar="OUT", help="a file instead of the terminal")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read everything, then write; whatever is refused ends with exit status 2."""
        try:
            as_of, weeks = as_of_given(options["as_of"]), weeks_given(options["weeks"])
            if options["format"] != "json" and len(options["files"]) > 1:
                raise Refusal(f"--format {options['format']}: name one diary file at a time.")
            found = summaries(options["files"], as_of, weeks, FORMATS[options["format"]])
            self.deliver(b"".join(found), options["output"])
        except Refusal as refusal:
            self.refuse(refusal)

    def deliver(self, content: bytes, output: str | None) -> None:
        """To the terminal, or to a file that is whole or not there at all."""
        if output is None:
            sys.stdout.buffer.write(content)
            sys.stdout.flush()
        else:
            write_whole(Path(output), content)

    def refuse(self, refusal: Refusal) -> NoReturn:
        """Each line to standard error, then exit status 2."""
        for line in refusal.lines:
            self.stderr.write(" ".join(line.splitlines()))
        sys.exit(REFUSED)


def as_of_given(text: str) -> AsOf:
    """The day to summarise a diary on: a date, today, or the diary's own last day."""
    if text == "last":
        return lambda record: record.days[-1].date if record.days else timezone.localdate()
    day = timezone.localdate() if text == "today" else _date(text)
    return lambda record: day


def _date(text: str) -> date:
    bounds = limits.DATES
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if day.isoformat() != text or not bounds.low <= day <= bounds.high:
        raise Refusal(
            f"--as-of {text}: write a date from {bounds.low} to {bounds.high}, "
            "such as 2026-05-04, or last."
        )
    return day


def weeks_given(text: str | None) -> int | None:
    """A whole number of weeks, or None for the whole diary."""
    if text is None:
        return None
    weeks = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not 1 <= weeks <= MOST_WEEKS:
        raise Refusal(f"--weeks {text}: write a whole number from 1 to {MOST_WEEKS}.")
    return weeks


def summaries(
    files: list[str], as_of: AsOf, weeks: int | None, render: Callable[[Summary, str], bytes]
) -> list[bytes]:
    """Every file summarised and rendered, in order; a `Refusal` names the faults of all files."""
    rendered: list[bytes] = []
    faults: list[str] = []
    for file in files:
        try:
            record = read_diary(file)
        except Refusal as refusal:
            faults += refusal.lines
            continue
        if not faults:
            rendered.append(render(summarise(record, as_of(record), weeks), shown_name(file)))
    if faults:
        raise Refusal(*faults)
    return rendered


def read_diary(file: str) -> DiaryRecord:
    """The diary in a file; a `Refusal` with one line for each fault, or why it cannot be read."""
    try:
        with Path(file).open("rb") as opened:
            # One byte more than a diary file may have: a device never ends.
            return diary_file.read(opened.read(limits.FILE_BYTES + 1))
    except OSError as error:
        raise Refusal(f"{file}: cannot be read ({error.strerror}).") from error
    except diary_file.DiaryFileFaults as found:
        raise Refusal(*(f"{file}: {fault}" for fault in found.faults)) from found


def shown_name(file: str) -> str:
    """The name of a file without its folders, as text whatever bytes it is made of."""
    return os.fsencode(Path(file).name).decode("utf-8", "replace")


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the file and move it into place; a device or pipe is written directly."""
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(content)
            return
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as draft:
            try:
                draft.write(content)
                draft.flush()
                os.fsync(draft.fileno())
                os.replace(draft.name, target)
            except BaseException:
                os.unlink(draft.name)
                raise
    except OSError as error:
        raise Refusal(f"{path}: cannot be written ({error.strerror}).") from error
