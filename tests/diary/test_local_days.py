"""Clock changes and zones: nothing is refused and nothing changes its day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diary.exchange.diary_file import read, write
from diary.local_days import (
    instant_in_zone,
    instant_of_wall_clock,
    known_zones,
    today_in_zone,
    written_instant,
)
from diary.records import DiaryRecord, EpisodeRecord, Instant

ZONES = (
    "Europe/London",
    "Europe/Rome",
    "Europe/Dublin",
    "Atlantic/Azores",
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Santiago",
    "America/Havana",
    "America/Nuuk",
    "America/Asuncion",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Jerusalem",
    "Asia/Tehran",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
)
EARLY = datetime(1900, 1, 1, tzinfo=UTC)
UUID = "00000000-0000-4000-8000-000000000001"


def changes_of(zone: str, first: date, last: date) -> list[tuple[datetime, timedelta]]:
    """UTC moments (to the minute) at which clocks of a zone jump, and by how much."""
    found, there = [], ZoneInfo(zone)
    at, end = datetime.combine(first, time(), UTC), datetime.combine(last, time(), UTC)
    while at < end:
        later = at + timedelta(days=1)
        if offset_at(at, there) != offset_at(later, there):
            found.append(change_between(at, later, there))
        at = later
    return found


def change_between(low: datetime, high: datetime, zone: ZoneInfo) -> tuple[datetime, timedelta]:
    before, after = offset_at(low, zone), offset_at(high, zone)
    while high - low > timedelta(minutes=1):
        middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
        low, high = (middle, high) if offset_at(middle, zone) == before else (low, middle)
    return high, after - before


def offset_at(moment: datetime, zone: ZoneInfo) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


# 2011 holds the day that Apia left out, and both changes of most zones of the list.
CHANGES = [
    (zone, at, jump)
    for zone in ZONES
    for year in (2011, 2024)
    for at, jump in changes_of(zone, date(year, 1, 1), date(year + 1, 1, 1))
]


def test_the_list_of_changes_goes_both_ways_in_most_zones() -> None:
    forward = {zone for zone, _at, jump in CHANGES if jump > timedelta()}
    back = {zone for zone, _at, jump in CHANGES if jump < timedelta()}

    assert len(ZONES) >= 20
    assert len(forward & back) >= 18
    assert timedelta(minutes=30) in {jump for _zone, _at, jump in CHANGES}
    assert timedelta(days=1) in {jump for _zone, _at, jump in CHANGES}


@pytest.mark.parametrize(("zone", "at", "jump"), CHANGES, ids=lambda value: str(value)[:30])
def test_every_minute_around_a_change_stays_on_its_day(
    zone: str, at: datetime, jump: timedelta
) -> None:
    around = at.astimezone(ZoneInfo(zone)).date()
    for day in (around + timedelta(days=shift) for shift in (-1, 0, 1)):
        for minute in range(0, 1440, 10):
            moment = instant_of_wall_clock(day, minute, zone)

            assert moment.local_date == day
            assert day == today_in_zone(moment.at, zone) or jump > timedelta()
            assert Instant(moment.text).at == moment.at


@pytest.mark.parametrize(("zone", "at", "jump"), CHANGES, ids=lambda value: str(value)[:30])
def test_a_repeated_clock_time_is_its_first_and_a_skipped_one_moves_by_the_gap(
    zone: str, at: datetime, jump: timedelta
) -> None:
    before = (at - timedelta(minutes=1)).astimezone(ZoneInfo(zone))
    inside = timedelta(minutes=10)
    if jump < timedelta():
        wall = before.replace(tzinfo=None) - inside
        repeated = instant_of_wall_clock(wall.date(), wall.hour * 60 + wall.minute, zone)

        assert repeated.at == (at - timedelta(minutes=1) - inside)
    else:
        wall = before.replace(tzinfo=None) + timedelta(minutes=1) + inside
        skipped = instant_of_wall_clock(wall.date(), wall.hour * 60 + wall.minute, zone)

        assert skipped.at == at + inside
        assert skipped.local_date == wall.date()


@pytest.mark.parametrize(
    ("zone", "day", "clock", "written"),
    [
        ("Europe/London", "2026-03-29", "01:30", "2026-03-29T02:30:00+01:00"),
        ("Europe/London", "2026-10-25", "01:30", "2026-10-25T01:30:00+01:00"),
        ("America/New_York", "2026-03-08", "02:00", "2026-03-08T03:00:00-04:00"),
        ("America/New_York", "2026-11-01", "01:00", "2026-11-01T01:00:00-04:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-04T02:45:00+11:00"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-05T01:45:00+11:00"),
        ("America/Havana", "2026-03-08", "00:30", "2026-03-08T01:30:00-04:00"),
        ("America/Nuuk", "2024-03-30", "23:30", "2024-03-30T23:30:00-02:00"),
        ("Pacific/Apia", "2011-12-30", "12:00", "2011-12-30T12:00:00-10:00"),
        ("Asia/Kathmandu", "2026-03-29", "23:59", "2026-03-29T23:59:00+05:45"),
        ("Asia/Tehran", "2026-03-22", "00:00", "2026-03-22T00:00:00+03:30"),
    ],
)
def test_a_clock_time_is_written_with_the_offset_of_its_moment(
    zone: str, day: str, clock: str, written: str
) -> None:
    minute = int(clock[:2]) * 60 + int(clock[3:])

    assert instant_of_wall_clock(date.fromisoformat(day), minute, zone).text == written


@pytest.mark.parametrize(("zone", "at", "jump"), CHANGES, ids=lambda value: str(value)[:30])
def test_a_clock_time_that_may_not_be_its_first_is_its_second_where_there_is_one(
    zone: str, at: datetime, jump: timedelta
) -> None:
    first = at - timedelta(minutes=11)
    shown = first.astimezone(ZoneInfo(zone))
    day, minute = shown.date(), shown.hour * 60 + shown.minute
    repeated = abs(jump) if jump < timedelta() else timedelta()

    not_yet = instant_of_wall_clock(day, minute, zone, not_before=first)
    later = instant_of_wall_clock(day, minute, zone, not_before=at)

    assert not_yet.at == first
    assert later.at == first + repeated
    assert later.local_minute == minute


def test_a_skipped_clock_time_is_never_moved_back() -> None:
    late = datetime(2026, 3, 29, 12, tzinfo=UTC)

    assert instant_of_wall_clock(date(2026, 3, 29), 90, "Europe/London", not_before=late) == (
        instant_of_wall_clock(date(2026, 3, 29), 90, "Europe/London")
    )


@settings(max_examples=300)
@given(
    st.sampled_from(sorted(known_zones())),
    st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    st.integers(0, 1439),
)
def test_any_clock_time_of_any_zone_stays_on_its_day_and_in_the_file(
    zone: str, day: date, minute: int
) -> None:
    moment = instant_of_wall_clock(day, minute, zone)
    diary = read(write(DiaryRecord(episodes=(EpisodeRecord(UUID, moment),))))

    assert moment.local_date == day
    assert diary.episodes[0].started_at == moment


@settings(max_examples=200)
@given(
    st.sampled_from(sorted(known_zones())),
    st.timedeltas(timedelta(days=1), timedelta(days=365 * 300)).map(EARLY.__add__),
)
def test_a_moment_is_written_as_the_clocks_of_the_zone_show_it(zone: str, moment: datetime) -> None:
    written = instant_in_zone(moment, zone)
    shown = moment.astimezone(ZoneInfo(zone))

    assert written.local_date == shown.date() == today_in_zone(moment, zone)
    assert written.local_minute == shown.hour * 60 + shown.minute
    assert abs(written.at - moment) < timedelta(minutes=1, seconds=1)


def test_an_offset_with_seconds_is_cut_to_the_minute_and_the_clock_kept() -> None:
    monrovia = instant_of_wall_clock(date(1971, 1, 1), 5, "Africa/Monrovia")

    assert monrovia.text == "1971-01-01T00:05:00-00:45"


def test_a_moment_is_written_to_the_second() -> None:
    assert written_instant(datetime(2026, 3, 1, 1, 2, 3, 999_999, UTC)).text == (
        "2026-03-01T01:02:03+00:00"
    )


def test_today_differs_at_one_moment_from_zone_to_zone() -> None:
    noon = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)

    assert today_in_zone(noon, "Pacific/Apia") == date(2026, 3, 2)
    assert today_in_zone(noon, "Pacific/Pago_Pago") == date(2026, 3, 1)
