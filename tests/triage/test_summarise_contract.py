"""`manage.py summarise` from the outside: what it takes, refuses, writes, and what it never does.

None of these tests may touch a database, so all of them show that the command needs none.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.core.management import call_command
from django.utils import timezone

from diary import example, limits
from diary.example import example_diary
from diary.exchange.diary_file import write
from diary.vocabulary import AssociatedSymptom
from triage.management.commands.summarise import FORMATS

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 5, 4)
EMPTY = '{"format": "twitch-diary", "version": 1}'
ID = "00000000-0000-4000-8000-00000000000"


@dataclass(frozen=True)
class Said:
    """What the command wrote, line by line, and its exit status."""

    status: int
    out: list[str]
    err: list[str]

    @property
    def summaries(self) -> list[dict[str, Any]]:
        return [json.loads(line, parse_constant=refuse) for line in self.out]


def refuse(name: str) -> NoReturn:
    raise AssertionError(f"{name} is no JSON")


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command as typed and gives back what it said."""

    def said(*arguments: object) -> Said:
        status = 0
        capsys.readouterr()
        try:
            call_command("summarise", *map(str, arguments))
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        out, err = capsys.readouterr()
        return Said(status, out.splitlines(), err.splitlines())

    return said


def file(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def diary(*episodes: str, **members: Any) -> str:
    """A diary with episodes that began on these days at noon."""
    entries = [{"id": f"{ID}{n}", "started_at": f"{d}T12:00:00Z"} for n, d in enumerate(episodes)]
    return json.dumps(json.loads(EMPTY) | {"episodes": entries} | members)


@pytest.fixture
def twelve_weeks(tmp_path: Path) -> Path:
    return file(tmp_path, "example.json", write(example_diary(AS_OF, "Europe/Rome")))


class TestOutput:
    def test_is_one_object_a_line_in_the_order_of_the_files(self, run: Run, tmp_path: Path) -> None:
        names = ["b.json", "a.json", "ü c.json"]
        days = ["2026-03-01", "2026-03-02", "2026-03-03"]
        files = [file(tmp_path, n, diary(d)) for n, d in zip(names, days, strict=True)]
        said = run(*files, "--as-of", "last")

        assert said.status == 0
        assert said.err == []
        assert [found["file"] for found in said.summaries] == names
        assert [found["as_of"] for found in said.summaries] == days

    def test_of_an_empty_diary_has_every_key_and_no_figure(self, run: Run, tmp_path: Path) -> None:
        (found,) = run(file(tmp_path, "e.json", EMPTY), "--as-of", "2026-05-04").summaries
        links = found.pop("links")

        assert found == {
            "format": "twitch-summary",
            "version": 1,
            "file": "e.json",
            "as_of": "2026-05-04",
            "period": {"from": None, "to": "2026-05-04"},
            "coverage": {
                "days": 0,
                "days_checked_in": 0,
                "episodes": 0,
                "written_in_time": None,
            },
            "answers": {
                "onset": dict.fromkeys(
                    ("date", "precision", "manner", "days_ago", "recalled", "first_logged")
                ),
                "sites": [],
                "same_muscles": {"sites": 0, "top_share": None, "new_in_28_days": []},
                "duration": dict.fromkeys(("median_s", "p10_s", "p90_s", "longest_s"))
                | {"timed": 0, "untimed": 0},
                "frequency": {
                    "days_with": 0,
                    "days_checked_in": 0,
                    "per_checked_in_day": None,
                    "last_28": {"per_day": None, "days": 0},
                    "previous_28": {"per_day": None, "days": 0},
                    "change": "not enough data",
                    "longest_run_days": 0,
                    "constant_days": 0,
                },
                "associated_symptoms": {
                    "yes": [],
                    "no": [],
                    "unsure": [],
                    "not_asked": list(AssociatedSymptom.codes()),
                },
                "medicines": [],
                "conditions": [],
                "pregnant": None,
            },
            "advice": {
                "urgency": "self_care",
                "signs_asked": False,
                "pharmacist": False,
                "fired": [],
                "factors": [],
                "notes": [],
            },
            "trend": {
                "rate_ratio": None,
                "low": None,
                "high": None,
                "verdict": "not enough data",
            },
        }
        assert [link["factor"] for link in links] == ["caffeine", "sleep", "stress"]
        assert {link["verdict"] for link in links} == {"not enough data"}
        assert all(link["lag"] is link["rate_ratio"] is link["low"] is None for link in links)

    def test_of_a_full_diary_has_the_keys_of_an_empty_one(
        self, run: Run, tmp_path: Path, twelve_weeks: Path
    ) -> None:
        empty, full = run(
            file(tmp_path, "e.json", EMPTY), twelve_weeks, "--as-of", "2026-05-04"
        ).summaries

        assert list(keys(empty)) == list(keys(full))
        assert list(full["links"][0]) == [
            "factor",
            "lag",
            "rate_ratio",
            "low",
            "high",
            "days",
            "verdict",
            "steady_verdict",
            "text",
        ]
        assert list(full["answers"]["sites"][0]) == [
            "site",
            "side",
            "episodes",
            "days",
            "first",
            "last",
        ]

    def test_is_plain_ascii_whatever_the_diary_holds(self, run: Run, tmp_path: Path) -> None:
        medicine = {"name": "Ⓐ\u2028\U0001f600", "started_on": "2026-01-01"}
        said = run(file(tmp_path, "m.json", diary("2026-03-01", medicines=[medicine])))

        assert all(line.isascii() for line in said.out)
        assert len(said.out) == 1
        assert said.summaries[0]["answers"]["medicines"][0]["name"] == medicine["name"]

    def test_is_the_same_twice(self, run: Run, twelve_weeks: Path) -> None:
        first = run(twelve_weeks, "--as-of", "last")

        assert first == run(twelve_weeks, "--as-of", "last")


def keys(value: Any, path: str = "$") -> Any:
    """Paths of all keys of objects, lists left out."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield f"{path}.{name}"
            yield from keys(member, f"{path}.{name}")


class TestFaults:
    def test_are_named_by_file_path_and_sentence_and_nothing_is_written(
        self, run: Run, tmp_path: Path
    ) -> None:
        good = file(tmp_path, "good.json", diary("2026-03-01"))
        bad = file(
            tmp_path,
            "bad.json",
            json.dumps(
                json.loads(EMPTY)
                | {
                    "episodes": [
                        {"id": f"{ID}{n}", "started_at": "2026-03-01T12:00Z"} for n in "12"
                    ]
                    + [{"id": f"{ID}3", "started_at": "2026-03-01", "site": "elbow"}]
                }
            ),
        )
        out = tmp_path / "out.jsonl"
        said = run(good, bad, "-o", out)

        assert said.status == 2
        assert said.out == []
        assert not out.exists()
        assert said.err == [
            (
                f"{bad}: $.episodes[2].started_at: Write date, time and offset from UTC, "
                "for example 2026-03-01T21:30:00+01:00."
            ),
            (
                f"{bad}: $.episodes[2].site: Use one of the 41 codes of the format, "
                "such as eyelid_upper."
            ),
        ]

    def test_of_all_files_are_named(self, run: Run, tmp_path: Path) -> None:
        first = file(tmp_path, "1.json", "{")
        last = file(tmp_path, "3.json", diary(person={"sex": "x"}))
        said = run(first, file(tmp_path, "2.json", EMPTY), last)

        assert said.status == 2
        assert [line.partition(": ")[0] for line in said.err] == [str(first), str(last)]

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            (b"", "$"),
            (b"\x00\xff\xfe", "$"),
            (b"PK\x03\x04", "$"),
            (b"\x89PNG\r\n\x1a\n", "$"),
            ('{"format": "twitch-diary", "version": 2}', "$.version"),
            (EMPTY.replace("}", ', "days": [{"date": "2026-03-01", "stress": NaN}]}'), "$.days[0]"),
            (EMPTY.replace("}", ', "days": [{"date": "2026-03-01", "stress": 1e999}]}'), "$.days"),
            (EMPTY.replace("}", ', "person": {"name": "a", "name": "b"}}'), "$.person.name"),
            (EMPTY.replace("}", ', "days": [], "days": []}'), "$.days"),
            (diary("2026-03-01").replace(f"{ID}0", "x"), "$.episodes[0].id"),
            (
                diary("2026-03-01", "2026-03-02").replace(f"{ID}1", f"{ID}0"),
                "$.episodes[1].id",
            ),
            (
                diary(days=[{"date": "2026-03-01"}, {"date": "2026-03-01"}]),
                "$.days[1].date",
            ),
            (
                diary("2026-03-01", days=[{"date": "2026-03-01", "closed_as": "none"}]),
                "$.days[0].closed_as",
            ),
            (
                diary(days=[{"date": "2026-03-01", "caffeine_mg": 1, "drinks": [{"mg": 2}]}]),
                "$.days[0].caffeine_mg",
            ),
            (diary(nights=[]), "$.nights"),
            (diary(episodes=[{"started_at": "2026-03-01T12:00Z"}]), "$.episodes[0].id"),
        ],
        ids=range(16),
    )
    def test_of_any_kind_end_with_status_2_and_a_line_each(
        self, run: Run, tmp_path: Path, text: str | bytes, path: str
    ) -> None:
        bad = file(tmp_path, "bad.json", text)
        said = run(bad)

        assert said.status == 2
        assert said.out == []
        assert len(said.err) == 1
        assert said.err[0].startswith(f"{bad}: {path}")
        assert said.err[0].endswith(".")

    def test_beside_a_repeated_field_are_all_named(self, run: Run, tmp_path: Path) -> None:
        entry = f'{{"id": "{ID}1", "started_at": "x", "pain": 1, "pain": 11}}'
        said = run(file(tmp_path, "r.json", EMPTY.replace("}", f', "episodes": [{entry}]}}')))

        assert [line.split(": ")[1].split(".")[-1] for line in said.err] == [
            "pain",
            "started_at",
            "pain",
        ]

    def test_over_a_hundred_are_counted(self, run: Run, tmp_path: Path) -> None:
        said = run(file(tmp_path, "many.json", diary(episodes=[{}] * 60)))

        assert len(said.err) == 101
        assert "20 more faults are not listed" in said.err[-1]

    def test_of_files_that_are_none(self, run: Run, tmp_path: Path) -> None:
        missing = tmp_path / "two\nlines.json"
        said = run(tmp_path, missing)

        assert said.status == 2
        assert said.err == [
            f"{tmp_path}: cannot be read (Is a directory).",
            f"{tmp_path}/two lines.json: cannot be read (No such file or directory).",
        ]

    @pytest.mark.parametrize(("more", "status"), [(0, 0), (1, 2)])
    def test_of_size_begin_above_the_limit(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int, status: int
    ) -> None:
        monkeypatch.setattr(limits, "FILE_BYTES", 1024 * 1024)
        padded = EMPTY + " " * (limits.FILE_BYTES - len(EMPTY) + more)
        said = run(file(tmp_path, "large.json", padded))

        assert said.status == status
        if more:
            assert said.err[0].endswith("$: Choose a smaller file: this one is larger than 1 MB.")

    @pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such device")
    def test_of_a_file_without_end_are_found(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "FILE_BYTES", 1024 * 1024)

        assert "smaller file" in run("/dev/zero").err[0]


class TestAsOf:
    def test_last_is_each_diarys_own_latest_episode_or_day(self, run: Run, tmp_path: Path) -> None:
        said = run(
            file(
                tmp_path, "1.json", diary("2026-03-05", days=[{"date": "2026-03-02", "stress": 1}])
            ),
            file(
                tmp_path, "2.json", diary("2026-03-05", days=[{"date": "2026-03-09", "stress": 1}])
            ),
            file(tmp_path, "3.json", EMPTY),
            "--as-of",
            "last",
        )

        assert [found["as_of"] for found in said.summaries] == [
            "2026-03-05",
            "2026-03-09",
            timezone.localdate().isoformat(),
        ]

    def test_is_today_unless_said(self, run: Run, tmp_path: Path) -> None:
        (found,) = run(file(tmp_path, "1.json", diary("2026-03-05"))).summaries

        assert found["as_of"] == timezone.localdate().isoformat()

    def test_hides_what_is_dated_later(self, run: Run, tmp_path: Path) -> None:
        def with_later(*later: str) -> str:
            days = [{"date": d, "closed_as": "complete", "caffeine_mg": 90} for d in later]
            asked = [{"asked_on": d, "symptom": "cramps", "answer": "yes"} for d in later]
            medicines = [{"name": "x", "started_on": d} for d in later]
            return diary(
                "2026-03-01",
                *later,
                days=days,
                symptom_answers=asked,
                medicines=medicines,
            )

        same = run(
            file(tmp_path, "a.json", with_later()),
            file(tmp_path, "b.json", with_later("2026-03-06", "2026-04-01")),
            "--as-of",
            "2026-03-05",
        ).summaries

        assert [found.pop("file") for found in same] == ["a.json", "b.json"]
        assert same[0] == same[1]

    @pytest.mark.parametrize(
        "text",
        ["yesterday", "", "2026-02-30", "20260504", "2026-W01-1", "04/05/2026", "1899-12-31", "²"],
    )
    def test_that_is_no_date_is_refused(self, run: Run, tmp_path: Path, text: str) -> None:
        said = run(file(tmp_path, "e.json", EMPTY), "--as-of", text)

        assert said.status == 2
        assert said.err[0].startswith(f"--as-of {text}: write a date")


class TestWeeks:
    def test_limit_the_period_to_the_last_days(self, run: Run, tmp_path: Path) -> None:
        inside, outside = "2026-04-28", "2026-04-27"
        path = file(tmp_path, "1.json", diary(outside, inside, "2026-05-04"))
        (found,) = run(path, "--as-of", "2026-05-04", "--weeks", "1").summaries

        assert found["period"] == {"from": "2026-04-28", "to": "2026-05-04"}
        assert found["coverage"]["days"] == 7
        assert found["coverage"]["episodes"] == 2
        assert found["answers"]["onset"]["first_logged"] == outside

    def test_are_the_whole_diary_unless_said(self, run: Run, tmp_path: Path) -> None:
        path = file(tmp_path, "1.json", diary("2020-01-01", "2026-05-04"))
        (found,) = run(path, "--as-of", "last").summaries

        assert found["period"] == {"from": "2020-01-01", "to": "2026-05-04"}
        assert found["coverage"]["days"] == (date(2026, 5, 4) - date(2020, 1, 1)).days + 1

    def test_of_an_empty_diary_are_still_a_period(self, run: Run, tmp_path: Path) -> None:
        path = file(tmp_path, "e.json", EMPTY)
        (found,) = run(path, "--as-of", "2026-05-04", "--weeks", "2").summaries

        assert found["period"] == {"from": "2026-04-21", "to": "2026-05-04"}
        assert found["coverage"]["days"] == 14

    @pytest.mark.parametrize("text", ["0", "-1", "1.5", "x", "", "²", "1_0", "5201", "9" * 30])
    def test_that_are_no_number_of_weeks_are_refused(
        self, run: Run, tmp_path: Path, text: str
    ) -> None:
        said = run(file(tmp_path, "e.json", EMPTY), f"--weeks={text}")

        assert said.status == 2
        assert said.err == [f"--weeks {text}: write a whole number from 1 to 5200."]


class TestOut:
    def test_is_a_file_that_only_its_owner_reads(self, run: Run, tmp_path: Path) -> None:
        out = tmp_path / "out.jsonl"
        said = run(file(tmp_path, "1.json", diary("2026-03-01")), "-o", out)

        assert said == Said(0, [], [])
        assert json.loads(out.read_text())["file"] == "1.json"
        assert stat.S_IMODE(out.stat().st_mode) == 0o600

    def test_that_cannot_be_written_is_refused(self, run: Run, tmp_path: Path) -> None:
        said = run(file(tmp_path, "e.json", EMPTY), "-o", tmp_path / "none" / "out")

        assert said.status == 2
        assert said.err[0].endswith("out: cannot be written (No such file or directory).")

    def test_keeps_what_it_held_when_a_file_has_a_fault(self, run: Run, tmp_path: Path) -> None:
        out = file(tmp_path, "out", "before")
        run(file(tmp_path, "bad.json", "{"), "-o", out)

        assert out.read_text() == "before"


def test_the_page_about_the_diary_file_names_every_part_of_the_summary(
    run: Run, tmp_path: Path
) -> None:
    page = (ROOT / "docs" / "diary-file.md").read_text(encoding="utf-8")
    said = page.split("The summary has", 1)[1]
    (found,) = run(file(tmp_path, "e.json", EMPTY)).summaries

    assert [key for key in found if f"`{key}`" not in said] == []
    assert f"[--format {'|'.join(FORMATS)}]" in page


def shell(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command as a person types it."""
    return subprocess.run(
        [sys.executable, "manage.py", "summarise", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"DIARY_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_as_typed_it_leaves_no_database_behind(tmp_path: Path, twelve_weeks: Path) -> None:
    folder = tmp_path / "data"
    typed = shell(twelve_weeks, "--as-of", "last", "--format", "json", folder=folder)

    assert typed.returncode == 0
    assert typed.stderr == ""
    assert json.loads(typed.stdout)["coverage"]["days"] == example.DAYS
    assert [path.name for path in folder.iterdir() if "sqlite" in path.name] == []


@pytest.mark.parametrize("arguments", [[], ["--format", "xml", "a.json"], ["--nonsense", "a.json"]])
def test_typed_wrongly_it_ends_with_status_2(tmp_path: Path, arguments: list[str]) -> None:
    assert shell(*arguments, folder=tmp_path).returncode == 2


def test_many_long_diaries_are_told_in_one_process(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(example, "DAYS", 180)
    files = []
    for number in range(20):
        monkeypatch.setattr(example, "SEED", number)
        text = write(example_diary(AS_OF + timedelta(days=number), "UTC"))
        files.append(file(tmp_path, f"{number}.json", text))

    said = run(*files, "--as-of", "last")

    assert len(said.summaries) == 20
