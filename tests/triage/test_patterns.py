"""Typical day, places by fortnight, runs, gaps, lengths and intensity."""

from __future__ import annotations

import pytest

from diary.records import DiaryRecord, EpisodeRecord
from tests.triage.hand_made import (
    AS_OF,
    complete,
    constant,
    days_ago,
    diary,
    episode,
    none,
    summed_up,
)
from triage.patterns import (
    Fortnights,
    Intensity,
    Run,
    at_place,
    course,
    fortnights,
    gaps,
    longest_run,
    typical_day,
)
from triage.periods import Period, last_days
from triage.questions import first_days, rate
from triage.trends import weekly_series

LID = ("eyelid_upper", "left")
CALF = ("calf", "left")


def at(place: tuple[str, str], ago: int, clock: str = "12:00", **fields: object) -> EpisodeRecord:
    return episode(
        days_ago(ago), clock, site=place[0], side=place[1], id=f"{place}-{ago}-{clock}", **fields
    )


def fortnights_of(record: DiaryRecord) -> Fortnights:
    return fortnights(record, AS_OF, first_days(record.days))


def test_a_typical_day_has_bins_of_two_hours() -> None:
    record = diary(
        [complete(days_ago(1))],
        [episode(days_ago(1), clock) for clock in ("00:00", "01:59", "02:00", "23:59")],
    )

    found = typical_day(record, last_days(AS_OF, 28))

    assert found.bins == (2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
    assert (found.days, found.without_time) == (1, 0)


def test_a_typical_day_leaves_open_days_and_vague_times_out() -> None:
    record = diary(
        [complete(days_ago(1)), none(days_ago(2)), constant(days_ago(3))],
        [
            episode(days_ago(1), "08:00"),
            episode(days_ago(1), "15:00", precision="part_of_day"),
            episode(days_ago(3), "08:00"),
            episode(days_ago(4), "08:00"),
            episode(days_ago(30), "08:00"),
        ],
    )

    found = typical_day(record, last_days(AS_OF, 28))

    assert sum(found.bins) == found.without_time == 1
    assert found.days == 2


def test_a_typical_day_knows_of_days_that_twitched_without_a_number() -> None:
    record = diary(
        [
            *(summed_up(days_ago(ago), word) for ago, word in enumerate(("none", "a_few", "many"))),
            constant(days_ago(5)),
            summed_up(days_ago(30), "many"),
        ]
    )

    found = typical_day(record, last_days(AS_OF, 28))

    assert (found.days, found.summarised, found.constant) == (1, 2, 1)


def test_fortnights_count_days_with_a_twitch_at_each_place() -> None:
    record = diary(
        [complete(days_ago(n)) for n in range(20)],
        [at(LID, 0), at(LID, 0, "13:00"), at(LID, 15), at(LID, 50), at(CALF, 3), at(CALF, 4)],
    )

    found = fortnights_of(record)

    assert found.periods[-1] == last_days(AS_OF, 14)
    assert found.periods[0] == Period(days_ago(55), days_ago(42))
    assert found.days_checked_in == (0, 0, 6, 14)
    assert [(row.place, row.days, row.new) for row in found.places] == [
        (LID, (1, 0, 1, 1), False),
        (CALF, (0, 0, 0, 2), True),
    ]


@pytest.mark.parametrize(("began", "new"), [(17, False), (18, True)])
def test_a_place_is_new_only_with_a_diary_before_it(began: int, new: bool) -> None:
    record = diary([complete(days_ago(n)) for n in range(began)], [at(LID, began), at(CALF, 4)])

    assert [(row.place, row.new) for row in fortnights_of(record).places] == [
        (LID, False),
        (CALF, new),
    ]


def test_a_constant_day_names_its_place_in_its_fortnight() -> None:
    record = diary([constant(days_ago(1), sites=(CALF,))])

    assert fortnights_of(record).places[0].days == (0, 0, 0, 1)


def test_a_day_without_a_place_is_counted_apart_and_at_no_place() -> None:
    told = [summed_up(days_ago(3), "a_few"), summed_up(days_ago(4), "none")]
    logged = [at(CALF, 20), episode(days_ago(2))]

    found = fortnights_of(diary(told, logged))

    assert found.unplaced == (0, 0, 0, 2)
    assert [row.days for row in found.places] == [(0, 0, 1, 0)]


def test_places_last_seen_before_the_fortnights_are_left_out() -> None:
    assert fortnights_of(diary([], [at(LID, 80)])).places == ()


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("011100", (3, False)),
        ("0111  ", (3, True)),
        ("0 1110", (3, True)),
        ("011011", (2, True)),
        ("1s1c10", (5, True)),
        ("000000", None),
        ("      ", None),
    ],
)
def test_the_longest_run(states: str, expected: tuple[int, bool] | None) -> None:
    """One letter a day up to as_of: twitches, none, summed up, constant, open with episodes."""
    found = longest_run(_days(states), last_days(AS_OF, len(states)))

    assert (found and (found.period.days, found.at_least)) == expected


def test_an_open_day_with_episodes_ends_a_run() -> None:
    run = longest_run(_days("011p10"), last_days(AS_OF, 6))

    assert run == Run(Period(days_ago(4), days_ago(3)), at_least=True)


def test_a_run_is_cut_to_the_period() -> None:
    run = longest_run(_days("111111"), last_days(AS_OF, 4))

    assert run == Run(last_days(AS_OF, 4), at_least=True)


def _days(states: str) -> DiaryRecord:
    dates = [days_ago(len(states) - 1 - place) for place in range(len(states))]
    makers = {
        "0": none,
        "1": complete,
        "c": constant,
        "s": lambda day: summed_up(day, "a_few"),
    }
    return diary(
        [makers[state](day) for state, day in zip(states, dates, strict=True) if state in makers],
        [episode(day) for state, day in zip(states, dates, strict=True) if state in "1p"],
    )


def test_gaps_of_three_days_are_listed_at_every_edge() -> None:
    record = diary([none(days_ago(n)) for n in (3, 6, 10, 11)], [episode(days_ago(8))])

    assert gaps(record, last_days(AS_OF, 15)) == (
        Period(days_ago(14), days_ago(12)),
        Period(days_ago(9), days_ago(7)),
        Period(days_ago(2), AS_OF),
    )


def test_a_period_without_check_in_is_one_gap() -> None:
    assert gaps(DiaryRecord(), last_days(AS_OF, 28)) == (last_days(AS_OF, 28),)


def test_lengths_and_intensity_beside_the_28_days_before() -> None:
    record = diary(
        [],
        [
            at(LID, 1, duration_s=10, intensity=1),
            at(LID, 2, duration_s=30, intensity=3),
            at(LID, 3),
            at(LID, 30, duration_s=60, intensity=2),
            at(LID, 60, duration_s=600, intensity=3),
        ],
    )

    found = course(record, AS_OF)

    assert (found.last_lengths.median_s, found.last_lengths.untimed) == (20, 1)
    assert found.previous_lengths.median_s == 60
    assert found.last_intensity == Intensity(median=2, highest=3, known=2, episodes=3)
    assert found.previous_intensity == Intensity(median=2, highest=2, known=1, episodes=1)


def test_the_diary_of_one_place_counts_the_other_days_as_none() -> None:
    record = diary(
        [complete(days_ago(3)), complete(days_ago(2)), none(days_ago(1))],
        [at(LID, 3), at(CALF, 3), at(CALF, 2), at(LID, 0)],
    )

    lid = at_place(record, LID)

    assert rate(lid.days).per_day == pytest.approx(1 / 3)
    assert [(found.site, found.local_date) for found in lid.episodes] == [
        ("eyelid_upper", days_ago(3)),
        ("eyelid_upper", days_ago(0)),
    ]
    assert weekly_series(lid, last_days(AS_OF, 7))[0].episodes_at_least == 1


def test_days_without_a_number_are_kept_only_for_the_places_they_name() -> None:
    record = diary(
        [
            constant(days_ago(2), sites=(LID,)),
            summed_up(days_ago(1), "many", sites=(CALF,)),
            constant(days_ago(0)),
        ]
    )

    assert [day.twitched for day in at_place(record, LID).days] == [True, False, False]
    assert [day.checked_in for day in at_place(record, LID).days] == [True, False, False]


def test_a_summary_beside_episodes_does_not_speak_for_a_place() -> None:
    record = diary([summed_up(days_ago(1), "many")], [at(CALF, 1)])

    (day,) = at_place(record, LID).days

    assert (day.counted, day.totals.episodes, day.twitched) == (True, 0, False)
