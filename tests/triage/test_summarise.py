"""`manage.py summarise --format pdf|html`: the printed page from a file, without a database."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command

from diary.example import example_diary
from diary.exchange.diary_file import write
from tests.triage.hand_made import AS_OF
from triage import pdf


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The example diary as a file."""
    found = tmp_path / "diary.json"
    found.write_text(write(example_diary(AS_OF)))
    return found


def written(file: Path, out: Path, *options: str) -> bytes:
    call_command("summarise", file, "--as-of", str(AS_OF), *options, "-o", out)
    return out.read_bytes()


def test_a_pdf_is_one_page(file: Path, tmp_path: Path) -> None:
    content = written(file, tmp_path / "sheet.pdf", "--format", "pdf")

    assert content.startswith(b"%PDF-1.7")
    assert len(pikepdf.open(io.BytesIO(content)).pages) == 1


def test_the_weeks_are_those_of_the_page(file: Path, tmp_path: Path) -> None:
    content = written(file, tmp_path / "sheet.html", "--format", "html", "--weeks", "4")

    assert "of 28 days" in content.decode()


def test_the_paper_is_that_of_the_diary(tmp_path: Path) -> None:
    file = tmp_path / "diary.json"
    file.write_text('{"format": "twitch-diary", "version": 1, "person": {"paper": "letter"}}')

    assert '<body class="letter">' in written(file, tmp_path / "x", "--format", "html").decode()


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    with pytest.raises(SystemExit) as exit_:
        call_command("summarise", *arguments)
    assert exit_.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_several_diaries_do_not_fit_into_one_pdf(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, file, file, "--format", "pdf")

    assert said == "--format pdf: name one diary file at a time.\n"


def test_missing_libraries_are_named_and_nothing_is_written(
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fails() -> None:
        raise pdf.MissingLibraries("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "_weasyprint", fails)
    out = tmp_path / "sheet.pdf"

    said = refused(capsys, file, "--format", "pdf", "-o", out)

    assert "libpango-1.0-0" in said
    assert "python -m config.system pdf" in said
    assert not out.exists()
