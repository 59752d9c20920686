"""Missing system libraries: installed where that is ours to do, else named in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import system

MAKEFILE = Path(__file__).resolve().parents[2] / "Makefile"


@pytest.fixture
def without_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "loads", lambda library: "pango-1" not in library)
    monkeypatch.setattr("shutil.which", lambda _program: "/usr/bin/there")


def test_nothing_is_missing_when_all_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "loads", lambda _library: True)

    assert system.missing_packages(["pdf"]) == []
    assert system.main(["pdf"]) == 0


def test_missing_library_is_named_by_its_package(without_pango: None) -> None:
    assert system.missing_packages(["pdf", "browser"]) == ["libpango-1.0-0"]


def test_missing_browser_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None if program == "chromium" else "/bin")

    assert system.missing_packages(["browser"]) == ["chromium"]


def test_somebody_who_may_not_install_gets_the_line_to_type(
    without_pango: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)

    assert system.main(["pdf"]) == 1
    said = capsys.readouterr().out
    assert "libpango-1.0-0" in said
    assert "install" in said


def test_run_goes_on_without_the_pdf_and_tests_do_not() -> None:
    lines = [line.strip() for line in MAKEFILE.read_text().splitlines()]

    assert any("config.system pdf ||" in line for line in lines)
    assert any(line.endswith("config.system pdf browser") for line in lines)
