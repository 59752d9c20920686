"""The panel "Together with": labels name their factor, links say what they rest on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from diary.example import example_diary
from diary.records import OwnFactorRecord
from tests.triage.hand_made import AS_OF, complete, days_ago, diary, summed_up
from triage.profile import together_panel as panel
from triage.profile.facts import FactorDays
from triage.profile.options import LARGER, ProfileOptions
from triage.profile.text_widths import lines_needed, text_width
from triage.summary import Summary, summarise

NAMES = ("Caffeine", "Sleep", "Stress")


def panel_of(summary: Summary, **options: Any) -> panel.TogetherPanel:
    return panel.together_panel(summary, ProfileOptions(**options))


def counted(days: int) -> Summary:
    """A summary in which each side of each target has `days` days, all with a twitch."""
    record = diary(complete(days_ago(n), caffeine_mg=100) for n in range(14))
    summary = summarise(record, AS_OF)
    found = tuple(FactorDays(one.limit, days, days, days, days) for one in summary.factor_days)
    summary.__dict__["factor_days"] = found
    return summary


class TestLabels:
    @pytest.mark.parametrize(
        ("days", "larger"), list(product((4, 18, 118, 1_825, 3_650), (False, True)))
    )
    def test_every_row_names_its_factor_and_its_target_and_fits(
        self, days: int, larger: bool
    ) -> None:
        found = panel_of(counted(days), larger=larger)
        scale = LARGER if larger else 1

        for row, name, number in zip(found.rows, NAMES, ("400", "7", "7"), strict=True):
            assert row.label.startswith(f"{name} ")
            assert number in row.label
            figures = 9 if larger and found.width == "widest" else 8.5 * scale
            widths = [text_width(cell, figures) for cell in (row.with_, row.without)]
            assert max(widths) < panel.COLUMNS[found.width]
            room = panel.ROOM - 2 * panel.COLUMNS[found.width]
            assert text_width(row.label, 8.5 * scale) <= room

    def test_words_are_whole_while_there_is_room(self) -> None:
        assert [row.label for row in panel_of(counted(18)).rows] == [
            *("Caffeine over 400 mg", "Sleep under 7 h", "Stress 7 or more"),
        ]
        assert panel_of(counted(118), larger=True).rows[0].label == "Caffeine >400"
        assert panel_of(counted(118), larger=True).rows[0].with_ == "118 of 118"

    def test_thousands_of_days_are_written_shorter(self) -> None:
        assert panel_of(counted(1_825), larger=True).rows[0].with_ == "1825/1825"


def example(weeks: int | None = None, **fields: Any) -> Summary:
    """The summary of the example, whose one link is with caffeine; `fields` change its links."""
    summary = summarise(example_diary(AS_OF), AS_OF, weeks)
    summary.__dict__["links"] = tuple(replace(link, **fields) for link in summary.links)
    return summary


def test_days_summed_up_are_not_told_as_days_without_a_twitch() -> None:
    words = ("none", "a_few", "many", "a_few")
    record = diary(summed_up(days_ago(n), words[n % 4], sleep_min=400) for n in range(160))

    assert panel_of(summarise(record, AS_OF)).verdict.endswith(
        ": 0 of the 10 days with single twitches needed"
    )


class TestLink:
    def test_it_says_what_was_allowed_for_and_that_it_is_no_cause(self) -> None:
        found = panel_of(example())

        assert found.verdict.startswith("<strong>Link: ")
        assert found.verdict.endswith(
            " more caffeine; 82 days; weekday, trend, sleep, stress allowed for; "
            "not proof of a cause"
        )
        assert found.condition == "not a medical finding"

    def test_on_a_shorter_page_it_says_that_it_is_over_the_whole_diary(self) -> None:
        assert "; whole diary, 82 days; " in panel_of(example(4)).verdict
        assert "whole diary" not in panel_of(example(26)).verdict

    def test_no_link_says_so_too(self) -> None:
        found = panel_of(example(4, steady_verdict="no clear link"))

        assert " so far (whole diary, 82 days; each within " in found.verdict

    def test_no_link_comes_with_what_the_diary_still_fits(self) -> None:
        summary = example(steady_verdict="no clear link", low=0.8, high=1.2)
        first, *others = summary.links
        summary.__dict__["links"] = (
            replace(first, low=0.7),
            *others[:-1],
            replace(others[-1], high=1.6),
        )

        assert panel_of(summary).verdict == (
            "<strong>No clear link</strong> with caffeine, sleep and stress so far "
            "(82 days; each within 0.70 to 1.6 times as many)"
        )

    def test_long_names_without_a_link_are_counted(self) -> None:
        summary = example(steady_verdict="no clear link")
        own = tuple(OwnFactorRecord(code, 60 * code, "number") for code in "ab")
        record = replace(summary.record, own_factors=own)
        links = tuple(replace(summary.links[0], factor=code) for code in ("caffeine", "a", "b"))
        named = replace(summary, record=record)
        named.__dict__["links"] = links

        assert " with any of 3 factors so far" in panel_of(named).verdict

    def test_days_that_began_with_a_question_are_named(self) -> None:
        since = date(AS_OF.year, 3, 1)

        assert "; since 1 Mar, 82 days; " in panel_of(example(since=since)).verdict

    def test_a_link_with_the_day_before_says_so(self) -> None:
        assert "more caffeine, a day later; " in panel_of(example(lag=1)).verdict

    def test_a_limit_is_not_rounded_onto_the_one_that_the_interval_leaves_out(self) -> None:
        assert "(1.01 to " in panel_of(example(low=1.006)).verdict

    @pytest.mark.parametrize("larger", [False, True])
    def test_the_longest_of_links_keeps_its_lines_and_its_caution(self, larger: bool) -> None:
        claim = {"rate_ratio": 0.491, "low": 0.222, "high": 0.888, "days": 1822}
        summary = example(4, factor="stress", lag=1, steady_verdict="fewer", **claim)
        verdict = panel_of(summary, larger=larger, second_page=True).verdict
        words = verdict.replace("<strong>", "").replace("</strong>", "")

        assert "not proof of a cause; 5 more: page 2" in words
        assert lines_needed(words, panel.ROOM, 8.5 if larger else 8) <= 3
