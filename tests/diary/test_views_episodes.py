"""Changing a twitch: bounds on both sides, lost updates, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from diary.models import Episode, Person
from tests.factories import EpisodeFactory, PersonFactory

TYPED = {
    "place": "calf:left",
    "date": "2026-03-01",
    "started": "21:30",
    "stopped": "",
    "note": "After the stairs.",
    "version": "1",
}


def change(client: Client, episode: Episode, **typed: str) -> Any:
    return client.post(f"/episodes/{episode.uid}/", TYPED | typed)


@pytest.fixture
def twitch(owner: Person) -> Episode:
    return EpisodeFactory.create(person=owner, time_zone="Europe/Rome")


def test_form_shows_what_is_stored(own_client: Client, twitch: Episode) -> None:
    page = own_client.get(f"/episodes/{twitch.uid}/").content.decode()

    assert 'value="21:30"' in page
    assert 'value="2026-03-01"' in page
    assert '<option value="calf:left" selected>' in page


def test_saving_unchanged_keeps_the_moment_to_the_letter(
    own_client: Client, twitch: Episode
) -> None:
    change(own_client, twitch)

    twitch.refresh_from_db()
    assert twitch.started_at_written == "2026-03-01T21:30:00+01:00"
    assert (twitch.note, twitch.version) == ("After the stairs.", 2)


def test_end_before_the_start_is_refused_and_what_was_typed_stays(
    own_client: Client, twitch: Episode
) -> None:
    answer = change(own_client, twitch, stopped="21:10")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("The end is before the start") == 2
    assert 'href="#id_stopped"' in page
    assert "After the stairs." in page
    assert "<title>Error:" in page
    twitch.refresh_from_db()
    assert twitch.version == 1


@pytest.mark.parametrize(
    ("stopped", "written"),
    [
        ("21:30", "2026-03-01T21:30:00+01:00"),
        ("22:00", "2026-03-01T22:00:00+01:00"),
        ("00:10", "2026-03-02T00:10:00+01:00"),
    ],
)
def test_end_after_midnight_belongs_to_the_next_day(
    own_client: Client, twitch: Episode, stopped: str, written: str
) -> None:
    change(own_client, twitch, stopped=stopped)

    twitch.refresh_from_db()
    assert twitch.ended_at_written == written


@pytest.mark.parametrize(
    ("started", "stopped", "written"),
    [
        ("2026-10-25T02:10:30+01:00", "02:40", "2026-10-25T02:40:00+01:00"),
        ("2026-10-25T02:10:30+01:00", "02:10", "2026-10-25T02:10:30+01:00"),
        ("2026-10-25T02:10:30+01:00", "02:09", None),
        ("2026-10-25T02:50:00+02:00", "02:10", "2026-10-25T02:10:00+01:00"),
        ("2026-10-25T02:50:00+02:00", "02:55", "2026-10-25T02:55:00+02:00"),
        ("2026-10-25T02:50:00+02:00", "01:59", None),
    ],
)
def test_end_in_the_hour_that_comes_twice_is_the_one_after_the_start(
    own_client: Client, owner: Person, started: str, stopped: str, written: str | None
) -> None:
    moment = datetime.fromisoformat(started)
    twitch = EpisodeFactory.create(
        person=owner,
        time_zone="Europe/Rome",
        started_at=moment,
        started_at_written=started,
        local_date=moment.date(),
        local_minute=moment.hour * 60 + moment.minute,
    )

    answer = change(
        own_client, twitch, date="2026-10-25", started=f"{moment:%H:%M}", stopped=stopped
    )

    twitch.refresh_from_db()
    assert (answer.status_code, twitch.ended_at_written) == (302 if written else 422, written or "")


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("pain", "10", "11"),
        ("pain", "0", "-1"),
        ("seconds", "59", "60"),
        ("minutes", "1440", "1441"),
        ("twitch_count", "100000", "100001"),
        ("per_minute", "1000", "1001"),
        ("per_minute", "12,5", "nan"),
        ("note", "x" * 2000, "x" * 2001),
        ("note", "‏שלום 👋", "nul\0byte"),
    ],
)
def test_bounds_of_a_field_on_both_sides(
    own_client: Client, twitch: Episode, field: str, good: str, bad: str
) -> None:
    assert change(own_client, twitch, **{field: bad}).status_code == 422
    assert change(own_client, twitch, **{field: good}).status_code == 302


def test_change_over_somebody_elses_change_shows_both(own_client: Client, twitch: Episode) -> None:
    change(own_client, twitch, note="From the phone.")

    answer = change(own_client, twitch, note="From the desk.")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From the phone." in page
    assert "From the desk." in page
    twitch.refresh_from_db()
    assert twitch.note == "From the phone."


def test_change_sent_twice_is_stored_once_and_is_no_conflict(
    own_client: Client, twitch: Episode
) -> None:
    for _time in range(2):
        assert change(own_client, twitch, pain="0", intensity="2").status_code == 302

    twitch.refresh_from_db()
    assert (twitch.pain, twitch.version) == (0, 2)


def test_conflict_says_words_and_no_codes(own_client: Client, twitch: Episode) -> None:
    change(own_client, twitch, place="thumb:right", duration_class="seconds", intensity="3")

    page = change(own_client, twitch, duration_class="about_a_minute").content.decode()

    shown = page[page.index("<tbody>") : page.index("</tbody>")]
    for words in ("Right thumb", "Left calf", "Seconds", "About a minute", "Strong or visible"):
        assert f"<td>{words}</td>" in shown
    assert "thumb:right" not in shown


def test_list_shows_length_and_strength(own_client: Client, twitch: Episode) -> None:
    change(own_client, twitch, duration_class="minutes", intensity="1")

    page = own_client.get("/episodes/").content.decode()

    assert '<span class="hint">1 to 5 minutes, barely felt</span>' in page


def test_saving_again_after_a_conflict_keeps_ones_own(own_client: Client, twitch: Episode) -> None:
    change(own_client, twitch, note="From the phone.")
    change(own_client, twitch, note="From the desk.", version="2")

    twitch.refresh_from_db()
    assert twitch.note == "From the desk."


@pytest.mark.parametrize("page", ["/episodes/", "/days/2026-03-01/", "/episodes/?before="])
def test_change_leads_back_to_the_page_it_was_opened_from(
    own_client: Client, owner: Person, twitch: Episode, page: str
) -> None:
    if page.endswith("="):
        page += str(EpisodeFactory.create(person=owner, started_at=timezone.now()).uid)
    listed = own_client.get(page).content.decode()
    (link,) = re.findall(rf'href="(/episodes/{twitch.uid}/[^"]*)"', listed)

    answer = own_client.post(unescape(link), TYPED)

    assert answer["Location"] == page


def test_list_says_what_was_changed_from_it_once(own_client: Client, twitch: Episode) -> None:
    own_client.post(f"/episodes/{twitch.uid}/?back=entries", TYPED)

    first, second = (own_client.get("/episodes/").content.decode() for _visit in "12")

    assert "<strong>Left calf, 1 Mar, 21:30.</strong>" in first
    assert 'role="status"' not in second


def test_twitch_taken_out_from_the_list_is_brought_back_there(
    own_client: Client, twitch: Episode
) -> None:
    form = own_client.get(f"/episodes/{twitch.uid}/?back=entries").content.decode()
    (delete,) = re.findall(r'id="delete" action="([^"]+)"', form)
    page = own_client.post(delete, follow=True).content.decode()
    assert "Taken out</span>" in page
    restore = re.findall(r'action="(/episodes/[^"]+/restore/[^"]*)"', page)[0]

    answer = own_client.post(restore)

    twitch.refresh_from_db()
    assert twitch.deleted_at is None
    assert answer["Location"] == "/episodes/"


@pytest.mark.parametrize("back", ["https://example.org", "//example.org", "settings", ""])
def test_page_that_is_none_of_those_leads_to_the_log(
    own_client: Client, twitch: Episode, back: str
) -> None:
    answer = own_client.post(f"/episodes/{twitch.uid}/?back={back}", TYPED)

    assert answer["Location"] == "/"


def test_list_pages_by_key_without_losing_or_repeating_one(
    own_client: Client, owner: Person
) -> None:
    rows = [EpisodeFactory.build(person=owner) for _ in range(60)]
    Episode.objects.bulk_create(rows)
    seen: list[str] = []
    address = "/episodes/"
    while address:
        page = own_client.get(address)
        seen += [str(one["row"].uid) for _day, found in page.context["days"] for one in found]
        following = page.context["next"]
        address = f"/episodes/?before={following}" if following else ""

    assert sorted(seen) == sorted(str(row.uid) for row in rows)


def test_unreadable_page_key_is_the_first_page(own_client: Client, twitch: Episode) -> None:
    stranger = EpisodeFactory.create(person=PersonFactory.create())

    for key in ("x", str(stranger.uid), "9" * 400):
        page = own_client.get("/episodes/", {"before": key})
        assert [found[0]["row"].uid for _day, found in page.context["days"]] == [twitch.uid]


@pytest.mark.parametrize(("count", "per_minute"), [("0", 0), ("500", 1000)])
def test_counted_half_minute_becomes_twitches_a_minute(
    own_client: Client, twitch: Episode, count: str, per_minute: float
) -> None:
    own_client.post(f"/episodes/{twitch.uid}/rate/", {"count": count, "rhythm": "regular"})

    twitch.refresh_from_db()
    assert (twitch.per_minute, twitch.note) == (per_minute, "Tapped along: regular.")


@pytest.mark.parametrize("count", ["", "-1", "501", "many"])
def test_uncountable_half_minute_changes_nothing(
    own_client: Client, twitch: Episode, count: str
) -> None:
    answer = own_client.post(f"/episodes/{twitch.uid}/rate/", {"count": count})

    assert answer.status_code == 422
    twitch.refresh_from_db()
    assert twitch.version == 1


@pytest.mark.parametrize(("days", "offered"), [(29, True), (31, False)])
def test_deleted_twitch_can_be_brought_back_for_30_days(
    own_client: Client, twitch: Episode, days: int, offered: bool
) -> None:
    twitch.deleted_at = timezone.now() - timedelta(days=days)
    twitch.save()

    page = own_client.get("/episodes/").content.decode()

    assert (f"/episodes/{twitch.uid}/restore/" in page) is offered


def test_deleted_twitch_of_somebody_else_is_not_listed(own_client: Client, owner: Person) -> None:
    theirs = EpisodeFactory.create(deleted_at=timezone.now())

    assert str(theirs.uid) not in own_client.get("/episodes/").content.decode()
