"""Tables for spreadsheets: every field somewhere, no formula anywhere, every text given back."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diary.exchange import shape
from diary.exchange.csv_files import (
    TABLES,
    csv_chunks,
    guarded,
    unguarded,
    zip_chunks,
)
from diary.exchange.diary_file import read
from diary.records import (
    DayRecord,
    DiaryRecord,
    EpisodeRecord,
    EventRecord,
    Instant,
    OwnFactorRecord,
    PersonRecord,
)
from tests.strategies import HOSTILE_TEXTS, diaries

WHOLE = read((Path(__file__).parent / "version-1.json").read_text(encoding="utf-8"))
FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@A1",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u200b=1",
    "＝1",
    "＋1",
    "－1",
)


def tables(diary: DiaryRecord) -> dict[str, list[dict[str, str]]]:
    """Every table of the zip as a spreadsheet would read it."""
    with zipfile.ZipFile(BytesIO(b"".join(zip_chunks(diary, diary.episodes)))) as archive:
        assert archive.testzip() is None
        return {
            name.removesuffix(".csv"): list(
                csv.DictReader(StringIO(archive.read(name).decode("utf-8-sig"), newline=""))
            )
            for name in archive.namelist()
            if name.endswith(".csv")
        }


class TestGuard:
    @pytest.mark.parametrize("text", FORMULAS)
    def test_stands_before_what_could_be_a_formula(self, text: str) -> None:
        assert guarded(text) == "'" + text

    @pytest.mark.parametrize("text", ["", "1", "a=b", "a-b", "calf", "…", " spaced ", "“=1”"])
    def test_leaves_all_other_text_alone(self, text: str) -> None:
        assert guarded(text) == text

    @given(st.text() | st.sampled_from((*FORMULAS, *HOSTILE_TEXTS, "'", "''=1", "'tis")))
    def test_can_be_taken_away_again(self, text: str) -> None:
        assert unguarded(guarded(text)) == text

    @given(st.text(alphabet="=+-@'\t\r\n a\u200b＝", max_size=5))
    def test_leaves_no_cell_that_starts_a_formula(self, text: str) -> None:
        assert guarded(text)[:1] not in tuple("=+-@\t\r\n＝")


@settings(max_examples=30)
@given(diaries())
def test_every_text_and_number_is_given_back(diary: DiaryRecord) -> None:
    found = tables(diary)

    assert [unguarded(row["note"]) or None for row in found["episodes"]] == [
        episode.note for episode in diary.episodes
    ]
    assert [row["duration_s"] for row in found["episodes"]] == [
        "" if episode.duration_s is None else str(episode.duration_s) for episode in diary.episodes
    ]
    assert [unguarded(row["label"]) for row in found["events"]] == [
        event.label for event in diary.events
    ]
    assert [unguarded(row["question"]) for row in found["visit_questions"]] == [
        question for visit in diary.visits for question in visit.questions or ()
    ]
    assert len(found["days"]) == sum(day.entered for day in diary.days)
    assert len(found["own_values"]) == sum(len(day.own or ()) for day in diary.days)


def test_every_field_of_the_diary_stands_in_some_table() -> None:
    headed = {name for table in TABLES for name in table.header}
    headed |= {row["field"] for row in tables(WHOLE)["person"]}
    headed |= {"code", "value", "question"}
    unlisted = {
        column.name
        for part in shape.SHAPES
        if part not in (shape.SETTINGS, shape.QUESTION, shape.PLACE)
        for column in part.fields
    } - headed

    # In rows or tables of their own, and two that only the diary file keeps.
    rows_of_person = {"onset", "recalled"}
    tables_of_their_own = {"tests_done", "own_drinks", "drinks", "own", "plan", "questions"}
    assert unlisted == rows_of_person | tables_of_their_own | {"tests", "settings", "frozen"}


def test_the_stored_diary_reads_as_it_was_written() -> None:
    found = tables(WHOLE)
    episode, written = found["episodes"][0], WHOLE.episodes[0]

    assert episode["id"] == written.id
    assert episode["started_at"] == written.started_at.text
    assert episode["seen_by_others"] in ("true", "false", "")
    assert {row["field"]: row["value"] for row in found["person"]}["weight_kg"] == "61.5"
    assert {row["field"]: row["value"] for row in found["person"]}["onset_date"] == "2026-03-01"
    assert {row["visit"] for row in found["visit_questions"]} <= {"1", "2", "3"}


def test_places_and_codes_stand_in_one_cell() -> None:
    day = DayRecord(
        date(2026, 3, 1),
        sites=(("calf", "left"), ("tongue", None)),
        supplements=("magnesium", "calcium"),
        own={"screen": 7.0, "walk": True},
    )
    found = tables(DiaryRecord(days=(day,)))

    assert found["days"][0]["sites"] == "calf:left tongue"
    assert found["days"][0]["supplements"] == "magnesium calcium"
    assert [row["value"] for row in found["own_values"]] == ["7", "true"]


def test_numbers_never_have_an_apostrophe() -> None:
    day = DayRecord(date(2026, 3, 1), own={"change": -3.5})

    assert tables(DiaryRecord(days=(day,)))["own_values"][0]["value"] == "-3.5"


def test_formulas_are_guarded_in_every_table() -> None:
    bad = "=cmd|' /C calc'!A0"
    found = tables(
        DiaryRecord(
            person=PersonRecord(name=bad, worry=bad),
            days=(DayRecord(date(2026, 3, 1), note=bad),),
            events=(EventRecord(date(2026, 3, 1), bad),),
            own_factors=(OwnFactorRecord("-x", bad, "number"),),
        )
    )
    cells = [cell for rows in found.values() for row in rows for cell in row.values()]

    assert cells.count("'" + bad) == 5
    assert not [cell for cell in cells if cell.startswith(("=", "-"))]


def test_lines_end_as_the_standard_says_and_the_file_names_its_encoding() -> None:
    note = 'two\nlines, "quoted"'
    text = "".join(csv_chunks(("a", "b"), [(note, "ü")]))

    assert text == '\ufeffa,b\r\n"two\nlines, ""quoted""",ü\r\n'


def test_an_empty_diary_still_names_its_columns() -> None:
    archive = zipfile.ZipFile(BytesIO(b"".join(zip_chunks(DiaryRecord(), ()))))
    names = archive.namelist()

    assert names == [*(f"{table.name}.csv" for table in TABLES), "README.txt"]
    assert archive.read("episodes.csv").decode("utf-8-sig").startswith("id,started_at,time_zone,")
    assert b"Take one apostrophe away" in archive.read("README.txt")


def test_two_exports_are_equal_and_only_their_reader_may_open_them() -> None:
    first, second = (b"".join(zip_chunks(WHOLE, WHOLE.episodes)) for _twice in range(2))
    members = zipfile.ZipFile(BytesIO(first)).infolist()

    assert first == second
    assert {member.external_attr >> 16 for member in members} == {0o600}


def test_a_long_diary_comes_in_small_pieces() -> None:
    def many() -> Iterable[EpisodeRecord]:
        moment = Instant("2026-03-01T10:00:00Z")
        for number in range(20_000):
            yield EpisodeRecord(f"00000000-0000-4000-8000-{number:012}", moment, note="x" * 100)

    pieces = list(zip_chunks(DiaryRecord(), many()))
    archive = zipfile.ZipFile(BytesIO(b"".join(pieces)))

    assert max(map(len, pieces)) < 100_000
    assert archive.read("episodes.csv").count(b"\r\n") == 20_001


def test_episodes_come_from_the_stream_and_not_from_the_record() -> None:
    window = replace(WHOLE, episodes=())
    archive = zipfile.ZipFile(BytesIO(b"".join(zip_chunks(window, WHOLE.episodes))))

    assert archive.read("episodes.csv").count(WHOLE.episodes[0].id.encode()) == 1
