from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from diary.records import (
    NO_EPISODES,
    DayRecord,
    DayTotals,
    EpisodeRecord,
    Instant,
    PersonRecord,
    place_order,
    totals_by_day,
    totals_of,
)

DAY = date(2026, 3, 1)


def episode(started_at: str = "2026-03-01T21:30:00+01:00", **fields: object) -> EpisodeRecord:
    return EpisodeRecord(id="0", started_at=Instant(started_at), **fields)


class TestInstant:
    def test_keeps_the_day_and_minute_written_whatever_the_offset(self) -> None:
        late = Instant("2026-03-01T23:59:59-11:00")

        assert late.local_date == DAY
        assert late.local_minute == 23 * 60 + 59
        assert late.at == datetime(2026, 3, 2, 10, 59, 59, tzinfo=UTC)

    @pytest.mark.parametrize("text", ["2026-03-01T08:05Z", "2026-03-01T08:05:00.250+00:00"])
    def test_reads_seconds_or_none_at_all(self, text: str) -> None:
        assert Instant(text).local_minute == 8 * 60 + 5


class TestEpisode:
    def test_lasts_as_long_as_was_typed_before_all_else(self) -> None:
        typed = episode(duration_s=12, ended_at=Instant("2026-03-01T21:40:00+01:00"))

        assert typed.timed_s == 12

    def test_lasts_from_start_to_end_across_offsets(self) -> None:
        travelled = episode(ended_at=Instant("2026-03-01T20:31:30+00:00"))

        assert travelled.timed_s == 90
        assert isinstance(travelled.timed_s, int)

    def test_without_end_or_seconds_is_untimed_even_with_a_length_in_words(self) -> None:
        assert episode(duration_class="minutes").timed_s is None

    def test_that_took_no_time_is_timed(self) -> None:
        assert episode(duration_s=0).timed_s == 0

    @pytest.mark.parametrize(
        ("count_class", "twitch_count", "twitches"),
        [
            (None, None, 1),
            ("one", None, 1),
            ("a_few", None, 3),
            ("many", None, 10),
            ("very_many", None, 25),
            ("many", 7, 7),
            (None, 0, 0),
        ],
    )
    def test_counts_twitches_exactly_or_by_its_class(
        self, count_class: str | None, twitch_count: int | None, twitches: int
    ) -> None:
        assert episode(count_class=count_class, twitch_count=twitch_count).twitches == twitches

    @pytest.mark.parametrize(
        ("recorded_at", "in_time"),
        [
            ("2026-03-02T12:00:00+01:00", True),
            ("2026-03-02T12:00:01+01:00", False),
            ("2026-03-02T12:00:00-08:00", True),
        ],
    )
    def test_is_written_in_time_until_noon_of_the_next_day(
        self, recorded_at: str, in_time: bool
    ) -> None:
        assert episode(recorded_at=Instant(recorded_at)).written_in_time is in_time

    def test_without_a_writing_time_is_neither_in_time_nor_late(self) -> None:
        assert episode().written_in_time is None


class TestDay:
    def test_is_checked_in_when_closed_or_summed_up(self) -> None:
        assert DayRecord(DAY, closed_as="complete").checked_in
        assert DayRecord(DAY, summary="none").checked_in
        assert not DayRecord(DAY, caffeine_mg=0, totals=DayTotals(episodes=2)).checked_in

    def test_is_entered_by_any_word_or_number_but_not_by_its_zone_or_episodes(self) -> None:
        assert DayRecord(DAY, caffeine_mg=0).entered
        assert DayRecord(DAY, supplements=()).entered
        assert not DayRecord(DAY, time_zone="UTC", totals=DayTotals(episodes=2)).entered

    @pytest.mark.parametrize(
        ("fields", "episodes", "counted", "twitched", "twitches"),
        [
            ({}, 0, False, False, 0),
            ({}, 2, False, True, 5),
            ({"closed_as": "none"}, 0, True, False, 0),
            ({"closed_as": "complete"}, 2, True, True, 5),
            ({"closed_as": "constant"}, 0, False, True, 0),
            ({"closed_as": "constant"}, 2, False, True, 5),
            ({"summary": "none"}, 0, True, False, 0),
            ({"summary": "a_few"}, 0, False, True, 3),
            ({"summary": "many"}, 0, False, True, 10),
            ({"summary": "many"}, 2, True, True, 5),
        ],
    )
    def test_counts_by_how_it_was_closed(
        self, fields: dict[str, str], episodes: int, counted: bool, twitched: bool, twitches: int
    ) -> None:
        totals = DayTotals(episodes=episodes, twitches=5) if episodes else NO_EPISODES
        day = DayRecord(DAY, totals=totals, **fields)

        assert (day.counted, day.twitched, day.twitches) == (counted, twitched, twitches)

    @pytest.mark.parametrize(
        ("closed_at", "late"),
        [
            (None, False),
            ("2026-03-03T23:59:00+01:00", False),
            ("2026-03-04T00:00:00+01:00", True),
        ],
    )
    def test_is_closed_late_from_the_third_day_after(
        self, closed_at: str | None, late: bool
    ) -> None:
        moment = None if closed_at is None else Instant(closed_at)

        assert DayRecord(DAY, closed_as="none", closed_at=moment).closed_late is late


class TestTotals:
    def test_add_up_one_day(self) -> None:
        totals = totals_of(
            [
                episode(site="calf", side="right", count_class="many", duration_s=30),
                episode(site="eyelid_upper", side="left", duration_class="minutes"),
                episode(
                    site="calf",
                    side="right",
                    duration_s=20,
                    recorded_at=Instant("2026-03-01T22:00:00+01:00"),
                ),
                episode(site="calf", recorded_at=Instant("2026-03-09T22:00:00+01:00")),
            ]
        )

        assert totals == DayTotals(
            episodes=4,
            twitches=13,
            seconds=50,
            sites=((("eyelid_upper", "left"), 1), (("calf", "right"), 2), (("calf", None), 1)),
            written_known=2,
            written_in_time=1,
        )

    def test_fall_on_the_dates_written(self) -> None:
        episodes = [
            episode("2026-03-01T23:59:00-11:00"),
            episode("2026-03-02T00:01:00+13:00"),
        ]

        assert list(totals_by_day(episodes)) == [DAY, DAY + timedelta(days=1)]

    def test_of_nothing_are_nothing(self) -> None:
        assert totals_of([]) == NO_EPISODES


def test_places_go_from_head_to_foot_then_left_right_both_midline_unknown() -> None:
    places = [("toes", "left"), ("neck", None), ("neck", "midline"), ("neck", "both")]
    places += [("neck", "right"), ("neck", "left"), ("eyelid_upper", "right")]

    assert sorted(places, key=place_order) == places[::-1]


def test_age_is_the_difference_of_years() -> None:
    assert PersonRecord(birth_year=1990).age_on(DAY) == 36
    assert PersonRecord().age_on(DAY) is None
