"""Widths of printed text: those of the shipped font, and what is cut is cut to fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from triage.profile import text_widths
from triage.profile.text_widths import (
    cut,
    cut_inside,
    first_fitting,
    lines_needed,
    list_that_fits,
    markup_width,
)

FONTS = Path(__file__).parents[3] / "static" / "print"


@pytest.mark.parametrize(("bold", "weight"), [(False, 400), (True, 700)])
def test_the_table_is_that_of_the_shipped_font(bold: bool, weight: int) -> None:
    fonts = [TTFont(FONTS / f"atkinson{kind}-{weight}.woff2") for kind in ("", "-extended")]

    def advance(character: str) -> int:
        font = next(font for font in fonts if ord(character) in font.getBestCmap())
        glyph = font.getBestCmap()[ord(character)]
        tabular = f"{glyph}.tf" if character.isdigit() else glyph
        return int(font["hmtx"][tabular][0])

    table = text_widths._WIDTHS[bold]

    assert table == {character: advance(character) for character in table}


def test_an_accent_takes_no_room_and_other_scripts_take_more() -> None:
    assert text_widths.text_width("é", 10) == text_widths.text_width("e", 10)
    assert text_widths.text_width("漢", 10) > text_widths.text_width("W", 10)


def test_markup_is_measured_without_its_tags_and_entities() -> None:
    assert markup_width("a &lt; <strong>b</strong>", 10) == pytest.approx(
        text_widths.text_width("a < ", 10) + text_widths.text_width("b", 10, bold=True)
    )


def test_text_that_fits_stays_and_longer_text_ends_in_an_ellipsis() -> None:
    room = text_widths.text_width("calf", 9)

    assert cut("calf", room + 0.001, 9) == "calf"
    assert cut("calf twitch", room, 9).endswith("…")
    assert text_widths.text_width(cut("calf twitch", room, 9), 9) <= room


def test_the_longest_wording_that_fits_is_taken() -> None:
    room = text_widths.text_width("Caffeine over 400", 9)

    assert first_fitting(["Caffeine over 400 mg", "Caffeine over 400"], room + 0.001, 9) == (
        "Caffeine over 400"
    )


def test_lines_break_at_spaces() -> None:
    room = text_widths.text_width("one two", 9)

    assert lines_needed("one two", room + 0.001, 9) == 1
    assert lines_needed("one two three", room + 0.001, 9) == 2


def test_items_that_do_not_fit_are_counted() -> None:
    names = ["aaaa", "bbbb", "cccc", "dddd"]
    room = text_widths.text_width("aaaa; bbbb; 2 more", 9)

    def more(count: int) -> str:
        return f"{count} more"

    assert list_that_fits(names, room + 0.001, 9, more=more) == ("aaaa; bbbb", "2 more")
    assert list_that_fits(names[:2], room, 9, more=more) == ("aaaa; bbbb", "")
    assert list_that_fits([], room, 9, more=more) == ("", "")


class TestCutInside:
    def test_what_fits_stays_whole(self) -> None:
        assert cut_inside("Sertraline", 40, 8.5) == "Sertraline"

    def test_beginning_and_end_stay(self) -> None:
        names = [f"Hydroxychloroquine-sulfate prolonged release number {n}" for n in range(60)]
        shorter = [cut_inside(name, 35, 8.5, bold=True) for name in names]

        assert len(set(shorter)) == 60
        assert all(name.startswith("Hydroxychlor") and "…" in name for name in shorter)
        assert all(text_widths.text_width(name, 8.5, bold=True) <= 35 for name in shorter)
