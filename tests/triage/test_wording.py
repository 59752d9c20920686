"""Words of places, dates, lengths and rates: each number on both sides of where words change."""

from __future__ import annotations

from datetime import date

import pytest

from diary.records import DiaryRecord
from tests.triage.hand_made import (
    AS_OF,
    complete,
    constant,
    days_ago,
    diary,
    episode,
    none,
)
from triage import wording
from triage.profile.facts import two_periods


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        ("day", "9 March 2026"),
        (None, "9 March 2026"),
        ("week", "about 9 March 2026"),
        ("month", "about March 2026"),
        ("season", "spring 2026"),
        ("year", "2026"),
    ],
)
def test_date_is_said_as_exactly_as_it_is_known(precision: str | None, words: str) -> None:
    assert wording.about_date(date(2026, 3, 9), precision) == words


@pytest.mark.parametrize(
    ("day", "country", "words"),
    [
        (date(2026, 2, 28), None, "winter 2025/26"),
        (date(2025, 12, 1), "GB", "winter 2025/26"),
        (date(1999, 12, 1), None, "winter 1999/00"),
        (date(2026, 5, 31), None, "spring 2026"),
        (date(2026, 6, 1), None, "summer 2026"),
        (date(2026, 9, 1), None, "autumn 2026"),
        (date(2026, 2, 28), "AU", "summer 2025/26"),
        (date(2026, 6, 1), "NZ", "winter 2026"),
    ],
)
def test_season_is_that_of_the_persons_half_of_the_world(
    day: date, country: str | None, words: str
) -> None:
    assert wording.season(day, country) == words


@pytest.mark.parametrize(
    ("day", "short", "sentence"),
    [
        (date(2026, 1, 1), "1 Jan", "1 January"),
        (date(2025, 12, 31), "31 Dec 2025", "31 December 2025"),
    ],
)
def test_year_is_said_when_it_is_another(day: date, short: str, sentence: str) -> None:
    assert wording.short_date(day, AS_OF) == short
    assert wording.day_and_month(day, AS_OF) == sentence


@pytest.mark.parametrize(
    ("precision", "from_days"),
    [(None, 0), ("day", 0), ("week", 28), ("month", 64), ("season", 184), ("year", 736)],
)
def test_length_is_known_when_the_start_is_to_a_quarter_of_it(
    precision: str | None, from_days: int
) -> None:
    assert wording.length_is_known(from_days, precision)
    assert from_days == 0 or not wording.length_is_known(from_days - 1, precision)


@pytest.mark.parametrize(
    ("days", "words", "long_ago"),
    [
        (0, "0 days", "today"),
        (1, "1 day", "1 day ago"),
        (13, "13 days", "13 days ago"),
        (14, "about 2 weeks", "2 weeks ago"),
        (35, "about 5 weeks", "5 weeks ago"),
        (59, "about 8 weeks", "8 weeks ago"),
        (60, "about 2 months", "2 months ago"),
        (700, "about 23 months", "23 months ago"),
        (731, "about 2 years", "2 years ago"),
    ],
)
def test_days_are_rounded_as_they_are_said(days: int, words: str, long_ago: str) -> None:
    assert wording.round_days(days) == words
    assert wording.ago(days) == long_ago


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (60, "60 s"),
        (89, "89 s"),
        (90, "2 min"),
        (300, "5 min"),
        (5399, "90 min"),
        (5400, "2 h"),
        (172_800, "48 h"),
    ],
)
def test_length_for_a_narrow_column(seconds: float, words: str) -> None:
    assert wording.short_duration(seconds) == words


@pytest.mark.parametrize(
    ("per_day", "words"),
    [(0, "0.0"), (0.04, "under 0.1"), (0.05, "0.1"), (2.44, "2.4"), (9.94, "9.9"), (9.95, "10")],
)
def test_rate_keeps_one_decimal_place_below_ten(per_day: float, words: str) -> None:
    assert wording.rate_number(per_day) == words


@pytest.mark.parametrize(
    ("ratio", "words"),
    [(0.7, "0.70"), (0.994, "0.99"), (0.995, "1.0"), (1.44, "1.4"), (9.94, "9.9"), (23.4, "23")],
)
def test_ratio_has_two_digits(ratio: float, words: str) -> None:
    assert wording.two_digits(ratio) == words


@pytest.mark.parametrize(
    ("summarised", "constant", "words"),
    [
        (0, 0, ""),
        (1, 0, "1 day summed up as a few or many"),
        (15, 0, "15 days summed up as a few or many"),
        (0, 1, "1 day on which it never stopped"),
        (
            15,
            2,
            "15 days summed up as a few or many and 2 days on which it never stopped",
        ),
    ],
)
def test_days_without_a_number_are_named_by_what_they_say(
    summarised: int, constant: int, words: str
) -> None:
    assert wording.uncounted_days(summarised, constant) == words


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ((1.04, 3.1), ("1.04", "3.1")),
        ((1.006, 3.1), ("1.01", "3.1")),
        ((1.004, 3.1), ("just above 1", "3.1")),
        ((1.05, 3.1), ("1.1", "3.1")),
        ((0.4, 0.996), ("0.40", "just below 1")),
        ((0.4, 0.994), ("0.40", "0.99")),
        ((0.4, 1.004), ("0.40", "1.0")),
        ((0.996, 3.1), ("1.0", "3.1")),
        ((1.0, 3.1), ("1.0", "3.1")),
    ],
)
def test_a_limit_reads_as_1_only_where_the_interval_holds_1(
    limits: tuple[float, float], said: tuple[str, str]
) -> None:
    words = wording.ratio_words(1.8, *limits)

    assert (words["low"], words["high"]) == said


def test_a_ratio_that_is_not_1_does_not_read_as_1_either() -> None:
    assert wording.ratio_words(1.02, 1.01, 1.03) == {"ratio": "1.02", "low": "1.01", "high": "1.03"}
    assert wording.ratio_words(1.02, 0.9, 1.2)["ratio"] == "1.0"


@pytest.mark.parametrize(
    ("items", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_list_in_words(items: list[str], words: str) -> None:
    assert wording.list_words(items) == words


def one_episode_a_day(backs: range) -> DiaryRecord:
    return diary(
        days=[complete(days_ago(back)) for back in backs],
        episodes=[episode(days_ago(back)) for back in backs],
    )


class TestCoverageRemarks:
    @pytest.mark.parametrize(("days", "warns"), [(6, False), (7, True), (13, True), (14, False)])
    def test_a_rate_from_under_half_of_the_days_says_so(self, days: int, warns: bool) -> None:
        remarks = wording.coverage_remarks(two_periods(one_episode_a_day(range(days)), AS_OF))

        assert (remarks == ["Less than half of the days of a period are logged."]) is warns

    def test_a_constant_day_is_told_apart(self) -> None:
        days = [constant(AS_OF), *(none(days_ago(back)) for back in range(1, 20))]

        assert wording.coverage_remarks(two_periods(diary(days), AS_OF)) == [
            "1 day on which it never stopped is counted apart."
        ]


@pytest.mark.parametrize(
    "verdict", ["no clear change", "more", "fewer", "cannot tell", "not enough data"]
)
def test_every_change_has_words(verdict: str) -> None:
    assert wording.change_words(verdict)
