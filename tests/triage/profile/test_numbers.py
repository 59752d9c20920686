"""Panel "In numbers" as it is laid out: labels give way, figures never do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.triage.hand_made import AS_OF, complete, days_ago, diary, episode
from tests.triage.printed_diaries import diary_of
from tests.triage.profile.printed import lines_of, overprinted
from triage.profile.facts import DayStates, LengthCounts, Numbers
from triage.profile.options import ProfileOptions
from triage.profile.panels import profile_page
from triage.summary import Summary, summarise

SHEETS = [
    ProfileOptions(paper=paper, larger=larger)
    for paper in ("a4", "letter")
    for larger in (False, True)
]


def with_numbers(numbers: Numbers) -> Summary:
    summary = summarise(diary_of(28), AS_OF)
    summary.__dict__["numbers"] = numbers
    return summary


def counts(digits: int) -> Numbers:
    """Every count with so many digits."""
    least = 10 ** (digits - 1)
    return Numbers(
        episodes=9 * least,
        states=DayStates(least, 2 * least, 3 * least, 3, least, least),
        constant_dates=(days_ago(900), days_ago(700), days_ago(600)),
        lengths=LengthCounts(2 * least, 2 * least, 2 * least, 9 * least),
        longest=None,
        contexts=(("rest", 5 * least), ("use", 3 * least)),
        seen_by_others=3 * least + 8,
        seen_noted=8 * least + 4,
    )


@pytest.mark.parametrize("options", SHEETS)
@pytest.mark.parametrize("digits", [2, 3, 4])
def test_figures_stand_whole_beside_their_labels(digits: int, options: ProfileOptions) -> None:
    page = profile_page(with_numbers(counts(digits)), options)
    lines = [line for line in lines_of(page) if line.panel == "at-numbers"]

    assert not [line for line in lines if line.clipped]
    assert not overprinted(lines)
    assert {row.value for row in page.numbers.rows} <= {line.text for line in lines}


def test_seen_by_others_is_counted_where_it_was_noted() -> None:
    seen = [True] * 38 + [False] * 46 + [None] * 29
    logged = [
        episode(days_ago(n % 28), f"{n % 24:02d}:30", id=str(n), seen_by_others=one)
        for n, one in enumerate(seen)
    ]
    record = diary([complete(days_ago(n)) for n in range(28)], logged)
    page = profile_page(summarise(record, AS_OF))

    row = page.numbers.rows[-1]
    assert (row.label, row.value) == ("Seen by others, where noted", "38 of 84")


def test_seen_by_nobody_asked_is_no_count() -> None:
    record = diary([complete(AS_OF)], [replace(episode(AS_OF), seen_by_others=None)])

    assert profile_page(summarise(record, AS_OF)).numbers.rows[-1].value == "not noted"
