"""Files made to break a reader: each is refused with a sentence, fast, and nothing else happens."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diary import limits
from diary.exchange.diary_file import DiaryFileFaults, read
from tests.diary.exchange.files import EPISODE, diary_text, faults_in
from tests.diary.exchange.test_round_trip import VERSION_1

HEAD = '{"format": "twitch-diary", "version": 1, '
DEEP = 100_000

FILES: dict[str, Callable[[], str | bytes]] = {
    "nothing": lambda: b"",
    "blanks": lambda: b" \n\t ",
    "a zero byte": lambda: b"\x00",
    "zero bytes after the diary": lambda: VERSION_1.encode() + b"\x00" * 100,
    "only a byte order mark": lambda: b"\xef\xbb\xbf",
    "two byte order marks": lambda: b"\xef\xbb\xbf\xef\xbb\xbf" + VERSION_1.encode(),
    "UTF-16": lambda: VERSION_1.encode("utf-16"),
    "UTF-32": lambda: VERSION_1.encode("utf-32"),
    "Latin-1": lambda: diary_text(person={"name": "?"}).replace("?", "é").encode("latin-1"),
    "overlong UTF-8": lambda: HEAD.encode() + b'"person": {"name": "\xc0\x80"}}',
    "a surrogate in UTF-8": lambda: HEAD.encode() + b'"person": {"name": "\xed\xa0\x80"}}',
    "a zip file": lambda: b"PK\x03\x04" + bytes(range(256)) * 40,
    "a gzip file": lambda: b"\x1f\x8b\x08" + bytes(1000),
    "a PDF": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "XML": lambda: '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    "HTML": lambda: "<html><script>alert(1)</script></html>",
    "CSV": lambda: "date,site\n2026-03-01,calf\n",
    "a number": lambda: "1",
    "text": lambda: '"twitch-diary"',
    "null": lambda: "null",
    "a list of diaries": lambda: f"[{VERSION_1}]",
    "two diaries": lambda: VERSION_1 + VERSION_1,
    "half a diary": lambda: VERSION_1[: len(VERSION_1) // 2],
    "a diary without its last bracket": lambda: VERSION_1.rstrip()[:-1],
    "a comma too many": lambda: '{"format": "twitch-diary", "version": 1,}',
    "a missing comma": lambda: '{"format": "twitch-diary" "version": 1}',
    "a missing colon": lambda: '{"format" "twitch-diary"}',
    "a name without quotation marks": lambda: '{format: "twitch-diary"}',
    "single quotation marks": lambda: "{'format': 'twitch-diary', 'version': 1}",
    "a comment": lambda: HEAD + "/* none */ " + '"days": []}',
    "a raw line break in text": lambda: HEAD + '"person": {"name": "a\nb"}}',
    "a broken escape": lambda: HEAD + r'"person": {"name": "\u12"}}',
    "nested lists": lambda: HEAD + '"x": ' + "[" * DEEP + "]" * DEEP + "}",
    "nested lists in a list": lambda: HEAD + '"days": ' + "[" * DEEP + "]" * DEEP + "}",
    "nested objects": lambda: HEAD + '"person": ' + '{"a":' * DEEP + "1" + "}" * DEEP + "}",
    "an open nest": lambda: "[" * DEEP,
    "an open nest in a diary": lambda: HEAD + '"days": ' + '[{"a": ' * DEEP,
    "a frozen nest": lambda: diary_text(visits=[{"frozen": {"a": "?"}}]).replace(
        '"?"', "[" * 200 + "]" * 200
    ),
    "a number of a million digits": lambda: HEAD + '"x": ' + "9" * 1_000_000 + "}",
    "a number of 4,000 digits": lambda: diary_text(person={"birth_year": 10**4000}),
    "more episodes than anybody has": lambda: (
        HEAD + '"episodes": [' + ",".join(["{}"] * 1_000_000) + "]}"
    ),
    "many unknown names": lambda: (
        HEAD + '"person": {' + ",".join(f'"a{n}":1' for n in range(50_000)) + "}}"
    ),
    "many unknown lists": lambda: HEAD + ",".join(f'"a{n}":[]' for n in range(300_000)) + "}",
    "a name repeated without end": lambda: (
        HEAD + '"person": {' + ",".join(['"a":1'] * 100_000) + "}}"
    ),
    "many unknown entries": lambda: HEAD + '"x": [' + "1," * 200_000 + "1]}",
    "stacked accents in every note": lambda: diary_text(
        days=[
            {"date": f"{year}-01-01", "note": "a" + "\u0301\u0316" * 999}
            for year in range(1900, 2200)
        ]
    ),
    "the same id everywhere": lambda: diary_text(episodes=[EPISODE] * 20_000),
    "names of Python": lambda: HEAD + '"__class__": {"__init__": 1}, "person": {"__dict__": {}}}',
    "names of JavaScript": lambda: HEAD + '"__proto__": {"admin": true}, "constructor": 1}',
}


@pytest.mark.parametrize("name", FILES)
def test_is_refused_with_one_line_for_each_fault(name: str) -> None:
    faults = faults_in(FILES[name]())

    assert 1 <= len(faults) <= 101
    assert all(len(f"{path}: {sentence}".splitlines()) == 1 for path, sentence in faults)
    assert all(sentence.endswith(".") and len(sentence) < 200 for _path, sentence in faults)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", 'Choose a diary file: it begins with { and names "format": "twitch-diary".'),
        ("{", "Export the file again: it ends too early."),
        (
            '{"format" 1}',
            "Put the JSON right at line 1, column 11: it cannot be read from there on.",
        ),
        ('{\n "days": [{"date": ]}', "Put the JSON right at line 2, column 20: it cannot be"),
        (b"{\xff", "Save the file as UTF-8: byte 2 does not belong to UTF-8 text."),
        (
            '{"days": ' + "[" * DEEP,
            "Remove the nested brackets at line 1, column 11: they go too deep.",
        ),
        ('{"a": ' + "9" * 5_000 + "}", "Write a shorter number at line 1, column 7."),
    ],
)
def test_that_is_no_json_says_where_it_breaks(data: str | bytes, sentence: str) -> None:
    ((path, said),) = faults_in(data)

    assert path == "$"
    assert said.startswith(sentence)


def test_that_breaks_off_still_tells_the_faults_before_the_break() -> None:
    faults = faults_in(HEAD + '"steps": [1], "person": {"nmae": "Ada"}, "days": ' + "[" * DEEP)

    assert [path for path, _sentence in faults] == ["$.steps", "$.person.nmae", "$"]


def test_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 2 * 1024**2)

    assert faults_in(b"{" * (limits.FILE_BYTES + 1)) == [
        ("$", "Choose a smaller file: this one is larger than 2 MB.")
    ]


def test_with_too_many_entries_is_refused_before_it_is_read_to_the_end() -> None:
    too_many = '{"code": "a", "label": "b", "kind": "number"},' * (limits.OWN_FACTORS + 1)

    assert faults_in(HEAD + f'"own_factors": [{too_many} this is no JSON') == [
        ("$.own_factors", f"Shorten this list to {limits.OWN_FACTORS} entries.")
    ]


@pytest.mark.parametrize(("fields", "faults"), [(10_000, 101), (10_001, 1)])
def test_of_an_object_with_more_fields_than_any_names_it_once(fields: int, faults: int) -> None:
    names = ",".join(f'"a{number}":1' for number in range(fields))

    found = faults_in(HEAD + '"person": {' + names + "}}")

    assert len(found) == faults
    if faults == 1:
        sentence = "Remove the fields at line 1, column 52 that do not belong to a diary."
        assert found == [("$", sentence)]


@settings(max_examples=200)
@given(st.binary(max_size=200) | st.text(max_size=200))
def test_of_random_bytes_raises_nothing_but_faults(data: str | bytes) -> None:
    with pytest.raises(DiaryFileFaults):
        read(data)


LEAF = st.sampled_from([None, True, 0, -1, 1.5, 2**70, float("nan"), "", "x", "\ud800", [], {}])
JSON = LEAF | st.lists(LEAF, max_size=2) | st.dictionaries(st.text(max_size=3), LEAF, max_size=2)
ENTRY = st.dictionaries(st.sampled_from(["id", "date", "own", "frozen", "sites", "code"]), JSON)
LIST = st.sampled_from(["person", "episodes", "days", "visits", "own_factors", "x"])


@settings(max_examples=100)
@given(st.dictionaries(LIST, JSON | st.lists(ENTRY, max_size=2), max_size=3))
def test_of_random_json_raises_nothing_but_faults(members: dict[str, object]) -> None:
    faults_in(diary_text(**members))


@settings(max_examples=300)
@given(st.integers(0, len(VERSION_1) - 1), st.binary(max_size=3), st.integers(0, 3))
def test_with_damaged_bytes_raises_nothing_but_faults(at: int, put: bytes, cut: int) -> None:
    whole = VERSION_1.encode()

    faults_in(whole[:at] + put + whole[at + cut :])


def test_json_of_the_standard_library_is_stricter_nowhere() -> None:
    """What another program writes with its own JSON library is read the same."""
    assert read(json.dumps(json.loads(VERSION_1), ensure_ascii=True)) == read(VERSION_1)
