"""The page to keep: everything in words, nothing that a browser would fetch or run."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from diary.exchange import shape
from diary.exchange.diary_file import read
from diary.exchange.field_words import LABELS, code_words, length_words
from diary.exchange.readable import readable_page
from diary.exchange.values import Code
from diary.records import (
    DayRecord,
    DiaryRecord,
    EpisodeRecord,
    Instant,
    MedicineRecord,
    PersonRecord,
    SymptomAnswerRecord,
    totals_of,
)
from diary.vocabulary import BodySite
from tests.strategies import diaries

WHOLE = read((Path(__file__).parent / "version-1.json").read_text(encoding="utf-8"))
FOR_PROGRAMS = {
    "person": {"time_zone", "paper", "settings"},
    "episode": {"id", "time_zone"},
    "day": {"time_zone"},
    "own_factor": {"code"},
    "visit": {"frozen"},
}
IN_HEADINGS_OR_PARTS = {
    "person": {"onset", "tests_done", "own_drinks"},
    "episode": {"started_at", "site", "side"},
    "day": {"date", "drinks", "own"},
    "drink": {"drink"},
    "symptom_answer": {"asked_on", "symptom"},
    "medicine": {"name"},
    "event": {"date"},
    "own_factor": {"label"},
    "experiment": {"factor", "plan"},
    "visit": {"date", "tests"},
}


class Page(HTMLParser):
    """Tags, addresses and text of a page; notes tags that are not closed in order."""

    VOID = frozenset({"meta", "link", "img", "br", "hr", "input"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.text += " "
        self.attributes += attrs
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style":
            self.text += data


@pytest.mark.parametrize("part", shape.SHAPES, ids=lambda part: part.title)
def test_every_field_is_on_the_page_or_left_out_on_purpose(part: object) -> None:
    if part in (shape.PLACE, shape.SETTINGS, shape.QUESTION):
        return
    shown = set(LABELS[part.title]) | IN_HEADINGS_OR_PARTS.get(part.title, set())

    assert shown | FOR_PROGRAMS.get(part.title, set()) == {column.name for column in part.fields}


def test_every_code_has_words() -> None:
    for part in shape.SHAPES:
        for column in part.fields:
            kind = getattr(column.kind, "kind", column.kind)
            if isinstance(kind, Code):
                assert all(code_words(kind, code) for code in kind.codes)


def test_the_stored_diary_stands_on_it_in_words() -> None:
    text = " ".join(Page(readable_page(WHOLE)).text.split())

    for said in (
        "Ada Example",
        "Weight 61.5 kg",
        "Known conditions Migraine, Already examined for this twitch",
        "In the family none",
        "Began Sunday 1 March 2026",
        "Date recalled from memory Yes",
        "My aunt had tremor.",
    ):
        assert said in text, said


def test_a_twitch_stands_under_its_day_with_its_place_and_clock() -> None:
    twitch = EpisodeRecord(
        "00000000-0000-4000-8000-000000000001",
        Instant("2026-03-01T21:30:00+01:00"),
        site="calf",
        side="both",
        duration_s=95,
        intensity=3,
        seen_by_others=False,
    )
    day = DayRecord(date(2026, 3, 1), sleep_min=450, drinks=(), totals=totals_of([twitch]))
    text = " ".join(Page(readable_page(DiaryRecord(days=(day,), episodes=(twitch,)))).text.split())

    assert "Sunday 1 March 2026 Sleep 7 h 30 min 21:30, both calves Length 1 min 35 s" in text
    assert "How strong Strong or visible Seen by others No" in text


def test_time_that_nobody_gave_is_not_shown_as_one() -> None:
    twitch = EpisodeRecord(
        "00000000-0000-4000-8000-000000000001",
        Instant("2026-03-01T08:00:00+01:00"),
        precision="part_of_day",
        site="calf",
        side="left",
    )
    day = DayRecord(date(2026, 3, 1), totals=totals_of([twitch]))
    text = Page(readable_page(DiaryRecord(days=(day,), episodes=(twitch,)))).text

    assert "morning, left calf" in text
    assert "08:00" not in text


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(diaries())
def test_it_runs_nothing_and_asks_no_address_whatever_was_written(diary: DiaryRecord) -> None:
    page = Page(readable_page(diary))
    names = {name for name, _value in page.attributes}

    assert set(page.tags).isdisjoint({"script", "link", "img", "iframe", "form", "object", "a"})
    assert names <= {"lang", "charset", "name", "content", "http-equiv", "dir"}
    for episode in diary.episodes:
        assert clean(episode.note or "") in clean(page.text)


def clean(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_it_holds_no_address_in_its_style() -> None:
    html = readable_page(WHOLE)

    assert "url(" not in html
    assert "@import" not in html
    assert "//" not in html


def test_words_of_the_person_are_text_and_their_direction_is_their_own() -> None:
    html = readable_page(
        DiaryRecord(
            person=PersonRecord(worry="<img src=x onerror=alert(1)> & {{ 7 }}"),
            medicines=(MedicineRecord("<b>مرحبا</b>"),),
        )
    )

    assert "&lt;img src=x onerror=alert(1)&gt; &amp; {{ 7 }}" in html
    assert '<h3 dir="auto">&lt;b&gt;مرحبا&lt;/b&gt;</h3>' in html


def test_answers_of_one_day_stand_together() -> None:
    asked = date(2026, 3, 1)
    answers = (
        SymptomAnswerRecord(asked, "cramps", "yes", current=False, side="left"),
        SymptomAnswerRecord(asked, "rash", "no"),
    )
    text = " ".join(Page(readable_page(DiaryRecord(symptom_answers=answers))).text.split())

    assert "Sunday 1 March 2026 Cramps Yes Still so: No Side: left New rash No" in text


def test_an_empty_diary_says_so() -> None:
    assert "Nothing was written down yet." in readable_page(DiaryRecord())


def test_it_says_when_it_was_saved() -> None:
    saved = replace(DiaryRecord(), exported_at=Instant("2026-05-04T10:00:00Z"))

    assert "Saved on 4 May 2026, 10:00." in readable_page(saved)


def test_it_is_never_made_of_a_window_of_a_diary() -> None:
    with pytest.raises(ValueError, match="window"):
        readable_page(DiaryRecord(episodes_from=date(2026, 3, 1)))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (1, "1 s"),
        (59, "59 s"),
        (60, "1 min"),
        (61, "1 min 1 s"),
        (3599, "59 min 59 s"),
        (3600, "1 h"),
        (27_000, "7 h 30 min"),
        (366 * 86_400, "8784 h"),
    ],
)
def test_lengths_are_exact(seconds: int, words: str) -> None:
    assert length_words(seconds) == words


def test_every_site_is_named() -> None:
    day = DayRecord(date(2026, 3, 1), sites=tuple((site.value, None) for site in BodySite))
    text = Page(readable_page(DiaryRecord(days=(day,)))).text

    assert all(str(site.label) in text for site in BodySite)
