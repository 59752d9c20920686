"""Sentences of links: figures with interval and days, and what is missing where there are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from diary.records import OwnFactorRecord
from triage import link_wording
from triage.links import Link, Progress
from triage.statistics.factor_differences import MAIN_FACTORS
from triage.verdicts import Reason, Verdict

PROGRESS = Progress(62, 30, 40, 10, None, None)
OWN = (
    OwnFactorRecord("screen", "Screen hours", "number", unit="h", step=2),
    OwnFactorRecord("swim", "Swimming", "yes_no"),
)


def link(**fields: Any) -> Link:
    told: dict[str, Any] = {
        "factor": "sleep",
        "lag": 0,
        "rate_ratio": 2.14,
        "low": 1.26,
        "high": 3.24,
        "days": 104,
        "verdict": Verdict.MORE,
        "steady_verdict": Verdict.MORE,
        "reason": None,
        "difference": -120,
        "values": (300.0, 450.0),
        "progress": PROGRESS,
        "raw": None,
        "since": None,
    }
    return Link(**{**told, **fields})


CAFFEINE = link(factor="caffeine")
STRESS_REFUSED = link(factor="stress", lag=None, rate_ratio=None, reason=Reason.FEW_DAYS)


def said(one: Link, *others: Link) -> str:
    return link_wording.link_sentence(one, (one, *others), OWN)


def test_a_claim_gives_ratio_interval_days_and_what_was_allowed_for() -> None:
    assert said(link(), CAFFEINE, STRESS_REFUSED) == (
        "On days after 2 h less sleep you logged 2.1 times as many twitches (likely between 1.3 "
        "and 3.2 times; 104 days, weekday, trend and caffeine allowed for). One day alone cannot "
        "tell which of the two came first. This is a link in your diary, not proof of a cause."
    )


def test_a_claim_of_fewer_reads_the_same_way() -> None:
    fewer = link(
        lag=1, rate_ratio=0.6, low=0.42, high=0.81, verdict="fewer", steady_verdict="fewer"
    )

    assert said(fewer).startswith(
        "On the second day after 2 h less sleep you logged 0.60 times as many twitches (likely "
        "between 0.42 and 0.81 times; 104 days, weekday and trend allowed for). This is a link"
    )


def test_a_limit_is_not_rounded_onto_the_one_that_the_interval_leaves_out() -> None:
    assert "likely between 1.01 and 3.2 times" in said(link(low=1.006))
    assert "likely between 0.42 and just below 1 times" in said(link(low=0.42, high=0.998))


@pytest.mark.parametrize(
    ("factor", "lag", "words"),
    [
        ("caffeine", 0, "On days with 200 mg more caffeine"),
        ("caffeine", 1, "On days after one with 200 mg more caffeine"),
        ("sleep", 0, "On days after 2 h less sleep"),
        ("sleep", 1, "On the second day after 2 h less sleep"),
        ("stress", 0, "On days with 3 points more stress"),
        ("nicotine", 1, "On days after one with nicotine"),
        ("screen", 0, "On days with 2 h more of “Screen hours”"),
        ("swim", 0, "On days with “Swimming”"),
    ],
)
def test_the_days_of_a_look_in_words(factor: str, lag: int, words: str) -> None:
    assert link_wording.looked_at_days(link(factor=factor, lag=lag), OWN) == words


def test_differences_in_words_are_those_of_the_regression() -> None:
    told = {factor.code: abs(factor.difference) for factor in MAIN_FACTORS}

    assert told == {"caffeine": 200, "sleep": 120, "stress": 3}
    assert link_wording.difference_words("caffeine", ()) == "200 mg more caffeine"
    assert link_wording.difference_words("sleep", ()) == "2 h less sleep"
    assert link_wording.difference_words("stress", ()) == "3 points more stress"


def test_own_factors_are_never_allowed_for_in_main_ones() -> None:
    own = link(factor="screen")

    assert "caffeine allowed for" in said(link(), own, CAFFEINE)
    assert "weekday, trend, caffeine and “Swimming” allowed for" in said(
        own, CAFFEINE, link(factor="swim", lag=None, rate_ratio=None, reason=Reason.TOO_WIDE)
    )


NO_LINK = link(rate_ratio=1.1, low=0.7, high=1.62, verdict="no clear link")
NO_LINK = replace(NO_LINK, steady_verdict=Verdict.NO_CLEAR_LINK)


def test_no_clear_link_gives_the_whole_range() -> None:
    assert said(NO_LINK) == (
        "No clear link. Your diary fits anything from 0.70 to 1.6 times as many twitches "
        "(104 days)."
    )


@pytest.mark.parametrize(
    ("low", "high", "little"),
    [(0.77, 1.3, True), (0.76, 1.3, False), (0.77, 1.31, False)],
)
def test_a_narrow_interval_is_little_or_no_link(low: float, high: float, little: bool) -> None:
    sentence = said(replace(NO_LINK, low=low, high=high))

    assert sentence.startswith("Little or no link.") is little


@pytest.mark.parametrize(("days", "early"), [(59, True), (60, False)])
def test_a_short_diary_says_that_only_a_strong_link_could_show(days: int, early: bool) -> None:
    sentence = said(replace(NO_LINK, days=days))

    assert sentence.endswith("So far only a very strong link could show.") is early


def test_a_single_look_is_not_told_as_a_link() -> None:
    sentence = said(replace(NO_LINK, verdict=Verdict.MORE, low=1.2, high=3.1))

    assert sentence.startswith("No clear link. Your diary fits anything from 1.2 to 3.1 times")
    assert sentence.endswith("A link is named once it has stood for four weekly looks.")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.NOT_RECORDED, "caffeine is not noted on any checked-in day"),
        (Reason.FEW_DAYS, "caffeine is noted on 12 of the 30 days needed"),
        (Reason.FEW_COMPLETE_DAYS, "all factors are noted together on 12 of the 30 days needed"),
        (Reason.FEW_TWITCH_DAYS, "6 of the 10 days with a twitch needed"),
        (Reason.HARDLY_VARIES, "your caffeine hardly varies (180 mg to 220 mg)"),
        (
            Reason.MOVES_WITH_OTHERS,
            "your caffeine goes up and down with something else, so the two cannot be told apart",
        ),
        (Reason.TOO_WIDE, "with 12 days your diary still fits almost any answer"),
        (Reason.BEYOND_LIMIT, "at most 3 own factors are compared"),
    ],
)
def test_each_missing_condition_is_named(reason: Reason, words: str) -> None:
    row = link(
        factor="caffeine",
        lag=None,
        rate_ratio=None,
        low=None,
        high=None,
        reason=reason,
        values=(180.0, 220.0),
        progress=Progress(12, 30, 6, 10, None, None),
    )

    assert said(row) == f"Cannot say yet: {words}."


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (
            Reason.FEW_DAYS,
            "6 of the 30 days needed have sleep and a number of twitches; {}",
        ),
        (
            Reason.FEW_COMPLETE_DAYS,
            "6 of the 30 days needed have all factors and a number of twitches; {}",
        ),
        (
            Reason.FEW_TWITCH_DAYS,
            "0 of the 10 days needed have single twitches; {}",
        ),
        (Reason.NOT_RECORDED, "sleep is not noted on any checked-in day"),
    ],
)
def test_days_without_a_number_are_not_told_as_days_without_the_factor(
    reason: Reason, words: str
) -> None:
    progress = Progress(6, 30, 0, 10, None, None, summarised_days=15)
    row = replace(STRESS_REFUSED, factor="sleep", reason=reason, progress=progress)

    uncounted = "not counted: 15 days summed up as a few or many"
    assert said(row) == f"Cannot say yet: {words.format(uncounted)}."


def test_every_reason_has_words() -> None:
    of_trends_alone = {Reason.SHORT_PERIOD}

    for reason in set(Reason) - of_trends_alone:
        assert link_wording.missing_words(replace(STRESS_REFUSED, reason=reason), ())


def test_progress_names_the_earliest_day() -> None:
    progress = Progress(12, 30, 6, 10, date(2026, 6, 9), None)

    assert said(replace(STRESS_REFUSED, progress=progress)) == (
        "Cannot say yet: stress is noted on 12 of the 30 days needed. "
        "Earliest 9 June 2026, if you check in daily."
    )


def test_sleep_that_hardly_varies_is_told_in_hours() -> None:
    row = replace(STRESS_REFUSED, factor="sleep", reason=Reason.HARDLY_VARIES)

    assert said(row) == "Cannot say yet: your sleep hardly varies (5 h to 7.5 h)."
