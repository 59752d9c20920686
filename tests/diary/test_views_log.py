"""The log: one tap is one twitch, whatever happens to the tap."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from diary.models import Day, Episode, Person
from diary.queries import day_of, diary_of
from tests.factories import DayFactory, EpisodeFactory, PersonFactory

LEFT_CALF = "calf:left"


def tap(client: Client, place: str = LEFT_CALF, uid: object = None, **more: str):  # noqa: ANN201
    return client.post("/log/", {"tap": f"{uid or uuid4()}/{place}", **more})


def test_first_visit_offers_six_places_and_says_what_to_do(own_client: Client) -> None:
    page = own_client.get("/")

    assert len(re.findall(r'name="tap"', page.content.decode())) == 6
    assert "Tap where it twitches. That is all." in page.content.decode()


SUM_UP = r'<form class="length-now" method="post" action="([^"]+)">(.*?)</form>'


@pytest.mark.parametrize("closing", ["none", "a_few", "many"])
def test_empty_log_takes_the_day_summed_up_in_one_tap(
    own_client: Client, owner: Person, closing: str
) -> None:
    ((address, form),) = re.findall(SUM_UP, own_client.get("/").content.decode(), re.DOTALL)
    assert re.findall(r'name="closing" value="(\w+)"', form) == ["none", "a_few", "many"]

    own_client.post(address, {"closing": closing})

    day = Day.objects.owned_by(owner).get()
    assert (day.date, day.summary or day.closed_as) == (timezone.now().date(), closing)
    assert "Or sum up the day" not in own_client.get("/").content.decode()


@pytest.mark.parametrize(("mode", "offered"), [(True, True), (False, False)])
def test_whoever_sums_up_days_is_offered_it_while_the_day_is_open(
    own_client: Client, owner: Person, mode: bool, offered: bool
) -> None:
    Person.objects.filter(pk=owner.pk).update(settings={"summary_mode": mode})
    EpisodeFactory.create(person=owner)

    assert ("Or sum up the day" in own_client.get("/").content.decode()) is offered
    tap(own_client)
    own_client.get("/")

    assert "Or sum up the day" not in own_client.get("/").content.decode()


def test_tap_saves_the_place_at_this_instant(own_client: Client, owner: Person) -> None:
    before = timezone.now() - timedelta(seconds=1)

    answer = tap(own_client)

    episode = Episode.objects.owned_by(owner).get()
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert (episode.site, episode.side, episode.source) == ("calf", "left", "live")
    assert before <= episode.started_at <= timezone.now()
    assert Day.objects.owned_by(owner).get().total_episodes == 1


def test_tap_is_confirmed_on_the_next_page_and_not_on_the_one_after(own_client: Client) -> None:
    tap(own_client)

    assert "Left calf," in own_client.get("/").content.decode()
    assert "Left calf," not in own_client.get("/").content.decode()


def test_tap_without_scripts_stores_the_twitch_and_nothing_else(own_client: Client) -> None:
    own_client.get("/")
    with CaptureQueriesContext(connection) as captured:
        answer = tap(own_client)

    stored = [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert [sql.split('"')[1] for sql in stored] == ["diary_episode", "diary_day", "diary_day"]
    assert answer.cookies["just_saved"]["httponly"]
    assert answer.cookies["just_saved"]["samesite"] == "Strict"

    gone = own_client.get("/").cookies["just_saved"]

    assert (gone["max-age"], gone["httponly"], gone["samesite"]) == (0, True, "Strict")


def test_cookie_of_somebody_elses_twitch_or_of_nonsense_shows_nothing(own_client: Client) -> None:
    own_client.get("/")
    uid = EpisodeFactory(site="calf", side="left").uid
    for value in (f"{uid}/saved", f"{uid}/nonsense", str(uid), "nonsense"):
        own_client.cookies["just_saved"] = value
        page = own_client.get("/").content.decode()

        assert "Tap where it twitches. That is all." in page


def test_same_button_twice_is_one_twitch(own_client: Client, owner: Person) -> None:
    uid = uuid4()

    tap(own_client, uid=uid)
    answer = tap(own_client, uid=uid)

    assert answer.status_code == 302
    assert Episode.objects.owned_by(owner).count() == 1


def test_places_keep_their_order_right_after_a_tap(own_client: Client) -> None:
    def shown() -> list[str]:
        return re.findall(r"/(\w+:\w+)\"", own_client.get("/").content.decode())

    before = shown()
    tap(own_client, before[2])

    assert shown() == before
    assert shown()[0] == before[2]


def test_new_place_stands_first_right_after_its_tap(own_client: Client) -> None:
    own_client.get("/")
    tap(own_client, "nose:midline")

    page = own_client.get("/").content.decode()

    assert re.findall(r"/(\w+:\w+)\"", page)[0] == "nose:midline"
    assert len(re.findall(r'name="tap"', page)) == 6


def test_htmx_tap_answers_with_the_piece_of_page(own_client: Client) -> None:
    answer = own_client.post(
        "/log/", {"tap": f"{uuid4()}/{LEFT_CALF}"}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "Saved" in answer.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"tap": "nonsense"},
        {"tap": f"{uuid4()}/elbow:left"},
        {"tap": f"{uuid4()}/calf:midline"},
        {"uid": str(uuid4())},
        {"place": LEFT_CALF},
        {"place": LEFT_CALF, "uid": "7"},
        {"place": LEFT_CALF, "uid": str(uuid4()), "when": "tomorrow"},
        {"place": LEFT_CALF, "uid": str(uuid4()), "when": "pick"},
        {"place": LEFT_CALF, "uid": str(uuid4()), "when": "pick", "date": "9999-01-01"},
        {"place": LEFT_CALF, "uid": str(uuid4()), "when": "pick", "date": "0001-01-01"},
        {"place": LEFT_CALF, "uid": str(uuid4()), "when": "pick", "date": "2026-02-30"},
    ],
)
def test_unreadable_tap_says_what_to_do_and_stores_nothing(
    own_client: Client, owner: Person, sent: dict[str, str]
) -> None:
    answer = own_client.post("/log/", sent)

    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not Episode.objects.owned_by(owner).exists()


@pytest.mark.parametrize(
    ("when", "precision"),
    [("quarter", "hour"), ("hour", "hour"), ("morning", "part_of_day"), ("night", "part_of_day")],
)
def test_earlier_twitch_is_marked_as_written_later(
    own_client: Client, owner: Person, when: str, precision: str
) -> None:
    tap(own_client, when=when)

    episode = Episode.objects.owned_by(owner).get()
    assert (episode.source, episode.precision) == ("backdated", precision)
    assert episode.started_at <= timezone.now()


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"when": "morning"}, "morning"),
        ({"when": "night"}, "evening"),
        ({"when": "yesterday"}, "time not noted"),
        ({"when": "pick", "date": "2026-03-01"}, "time not noted"),
    ],
)
def test_time_that_nobody_gave_is_nowhere_shown_as_one(
    own_client: Client,
    owner: Person,
    monkeypatch: pytest.MonkeyPatch,
    when: dict[str, str],
    said: str,
) -> None:
    at_three = timezone.now().replace(hour=15)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at_three)

    tap(own_client, **when)
    log = own_client.get("/").content.decode()

    episode = Episode.objects.owned_by(owner).get()
    day = episode.local_date
    date = "" if day == at_three.date() else f"{day.day} {day:%b}, "
    assert f"<strong>Left calf, {date}{said}.</strong>" in log
    assert 'id="ruler-mark" class="now" d=""' in log
    for address in (f"/days/{day}/", "/episodes/", f"/episodes/{episode.uid}/"):
        assert said in own_client.get(address).content.decode()


def test_picked_day_keeps_its_date(own_client: Client, owner: Person) -> None:
    tap(own_client, when="pick", date="2026-03-01", time="21:30")

    episode = Episode.objects.owned_by(owner).get()
    assert episode.started_at_written.startswith("2026-03-01T21:30:00")


@pytest.mark.parametrize(("days_ago", "said"), [(0, False), (1, True)])
def test_twitch_of_another_day_is_confirmed_with_its_date(
    own_client: Client, owner: Person, days_ago: int, said: bool
) -> None:
    day = timezone.now().date() - timedelta(days=days_ago)
    tap(own_client, when="pick", date=day.isoformat(), time="00:00")

    page = own_client.get("/").content.decode()

    assert (f"{day.day} {day:%b}, 00:00." in page) is said
    assert ("V-13.5" in page) is not said


@pytest.mark.parametrize(("hours_ago", "offered"), [(11, True), (13, False)])
def test_still_going_is_offered_for_what_began_lately(
    own_client: Client, owner: Person, hours_ago: int, offered: bool
) -> None:
    began = timezone.now() - timedelta(hours=hours_ago)
    tap(own_client, when="pick", date=f"{began:%Y-%m-%d}", time=f"{began:%H:%M}")
    episode = Episode.objects.owned_by(owner).get()

    for address in ("/", f"/episodes/{episode.uid}/details/"):
        assert ("Still going" in own_client.get(address).content.decode()) is offered


def test_picker_without_a_place_comes_back_as_it_was(own_client: Client) -> None:
    answer = own_client.post("/log/", {"uid": str(uuid4()), "picker_view": "face"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Which place?" in page
    assert 'href="#id_place"' in page
    assert re.search(r'id="view-face"\s+checked', page)


@pytest.mark.parametrize("sent", [{"place": "elbow"}, {"picker_view": "<b>"}])
def test_picker_with_nonsense_comes_back(own_client: Client, sent: dict[str, str]) -> None:
    answer = own_client.post("/log/", {"uid": str(uuid4())} | sent)

    assert answer.status_code == 422
    assert 'id="view-front"' in answer.content.decode()


def test_undo_takes_the_twitch_back_and_bring_it_back_restores_it(
    own_client: Client, owner: Person
) -> None:
    tap(own_client)
    uid = Episode.objects.owned_by(owner).get().uid

    own_client.post(f"/episodes/{uid}/delete/")
    assert diary_of(owner).days == ()
    assert "Bring it back" in own_client.get("/").content.decode()

    own_client.post(f"/episodes/{uid}/restore/")
    assert Day.objects.owned_by(owner).get().total_episodes == 1


def test_mistaken_tap_and_its_undo_leave_a_day_closed_as_without_twitches(
    own_client: Client, owner: Person
) -> None:
    today = timezone.localdate()
    own_client.post(f"/days/{today}/", {"closing": "none"})
    closed = day_of(owner, today)

    tap(own_client)
    assert not day_of(owner, today).checked_in
    own_client.post(f"/episodes/{Episode.objects.owned_by(owner).get().uid}/delete/")

    assert day_of(owner, today) == closed
    assert closed.closed_as == "none"


def test_running_twitch_gets_its_length_when_it_stopped(own_client: Client, owner: Person) -> None:
    tap(own_client)
    uid = Episode.objects.owned_by(owner).get().uid

    own_client.post(f"/episodes/{uid}/running/")
    assert "Going on" in own_client.get("/").content.decode()
    own_client.post(f"/episodes/{uid}/stop/")

    episode = Episode.objects.owned_by(owner).get()
    assert episode.running is None
    assert episode.ended_at_written
    assert "Going on" not in own_client.get("/").content.decode()


@pytest.mark.parametrize("said", ["now", "unknown"])
@pytest.mark.parametrize("taps", [1, 2])
def test_undo_after_a_stop_lets_the_twitch_go_on(
    own_client: Client, owner: Person, said: str, taps: int
) -> None:
    episode = EpisodeFactory.create(
        person=owner, running=True, started_at=timezone.now() - timedelta(minutes=2)
    )
    for _tap in range(taps if said == "now" else 1):
        own_client.post(f"/episodes/{episode.uid}/stop/", {"stopped": said})

    page = own_client.get("/").content.decode()
    (undo,) = re.findall(r'<form method="post" action="([^"]+)"[^>]*>(?:(?!</form>).)*Undo', page)
    (version,) = re.findall(r'name="version" value="(\d+)"', page)
    answer = own_client.post(undo, {"stopped": "undo", "version": version}, follow=True)

    episode.refresh_from_db()
    assert undo == f"/episodes/{episode.uid}/stop/"
    assert (episode.running, episode.ended_at_written, episode.deleted_at) == (True, "", None)
    body = answer.content.decode()
    assert "Going on" in body
    # A second tap on Undo finds none, so it takes nothing else back.
    assert "Undo" not in body


def test_undo_of_a_stop_leaves_a_twitch_that_was_changed_since(
    own_client: Client, owner: Person
) -> None:
    episode = EpisodeFactory.create(
        person=owner, running=True, started_at=timezone.now() - timedelta(minutes=2)
    )
    own_client.post(f"/episodes/{episode.uid}/stop/")
    own_client.post(f"/episodes/{episode.uid}/details/", {"intensity": "2"})
    episode.refresh_from_db()
    ended = episode.ended_at_written

    for version in (str(episode.version - 1), "", "x"):
        own_client.post(f"/episodes/{episode.uid}/stop/", {"stopped": "undo", "version": version})

    episode.refresh_from_db()
    assert (episode.running, episode.ended_at_written) == (None, ended)
    assert ended


def test_length_that_was_measured_is_said_and_not_asked(own_client: Client, owner: Person) -> None:
    start = timezone.now().replace(microsecond=0) - timedelta(minutes=2)
    episode = EpisodeFactory.create(
        person=owner, running=True, started_at=start, started_at_written=start.isoformat()
    )

    own_client.post(f"/episodes/{episode.uid}/stop/")
    page = own_client.get("/").content.decode()
    details = own_client.get(f"/episodes/{episode.uid}/details/").content.decode()

    assert "</strong> 2 min. " in page
    assert "How long?" not in page
    assert "</strong> 2 min. " in details
    assert "q-length" not in details


def test_end_that_is_known_is_neither_moved_nor_removed_by_a_page_long_open(
    own_client: Client, owner: Person
) -> None:
    ended = (timezone.now() - timedelta(minutes=5)).isoformat(timespec="seconds")
    episode = EpisodeFactory.create(
        person=owner, started_at=timezone.now() - timedelta(minutes=6), ended_at_written=ended
    )

    for step in ("stop/", "running/"):
        own_client.post(f"/episodes/{episode.uid}/{step}", {"stopped": "now"})

        episode.refresh_from_db()
        assert (episode.ended_at_written, episode.running) == (ended, None)
    page = own_client.get("/").content.decode()
    assert "Saved" in page
    assert "Still going" not in page


@pytest.mark.parametrize(("hours", "asked"), [(11.9, False), (12.1, True)])
def test_twitch_running_over_twelve_hours_is_asked_about(
    own_client: Client, owner: Person, hours: float, asked: bool
) -> None:
    EpisodeFactory.create(
        person=owner, running=True, started_at=timezone.now() - timedelta(hours=hours)
    )

    assert ("not sure when" in own_client.get("/").content.decode()) is asked


def test_stopped_at_an_unknown_time_leaves_the_length_unknown(
    own_client: Client, owner: Person
) -> None:
    episode = EpisodeFactory.create(person=owner, running=True)

    own_client.post(f"/episodes/{episode.uid}/stop/", {"stopped": "unknown"})

    episode.refresh_from_db()
    assert (episode.running, episode.ended_at_written, episode.duration_s) == (None, "", None)


def test_detail_is_saved_by_one_tap_and_taken_back_by_another(
    own_client: Client, owner: Person
) -> None:
    episode = EpisodeFactory.create(person=owner)
    address = f"/episodes/{episode.uid}/details/"

    own_client.post(address, {"intensity": "2"})
    episode.refresh_from_db()
    assert episode.intensity == 2

    own_client.post(address, {"clear": "intensity"})
    episode.refresh_from_db()
    assert episode.intensity is None


@pytest.mark.parametrize(
    "sent", [{"intensity": "4"}, {"duration_class": "years"}, {"clear": "note"}]
)
def test_unknown_detail_changes_nothing(
    own_client: Client, owner: Person, sent: dict[str, str]
) -> None:
    episode = EpisodeFactory.create(person=owner)

    answer = own_client.post(f"/episodes/{episode.uid}/details/", sent)

    assert answer.status_code == 422
    episode.refresh_from_db()
    assert (episode.intensity, episode.duration_class, episode.version) == (None, "", 1)


@pytest.mark.parametrize("episodes", [1, 2000])
def test_log_page_asks_the_database_the_same_few_times_at_any_size(
    own_client: Client,
    owner: Person,
    episodes: int,
    django_assert_max_num_queries: object,
) -> None:
    rows = EpisodeFactory.build_batch(episodes, person=owner)
    Episode.objects.bulk_create(rows)
    own_client.get("/")

    with django_assert_max_num_queries(6):  # type: ignore[operator]
        own_client.get("/")


def test_twitch_of_somebody_else_is_never_offered(own_client: Client) -> None:
    EpisodeFactory.create(person=PersonFactory.create(), site="tongue", side="midline")

    assert "tongue" not in own_client.get("/").content.decode()


@pytest.mark.parametrize(("taps", "offered"), [(20, False), (21, True)])
def test_summing_up_is_offered_when_a_day_has_very_many_taps(
    own_client: Client, owner: Person, taps: int, offered: bool
) -> None:
    DayFactory.create(person=owner, date=timezone.localdate(), closed_as="", total_episodes=taps)

    assert ("Sum up days instead" in own_client.get("/").content.decode()) is offered


@pytest.mark.parametrize(("days_ago", "offered"), [(0, True), (1, False), (6, False), (7, True)])
def test_summing_up_is_offered_on_one_day_a_week_at_most(
    own_client: Client, owner: Person, days_ago: int, offered: bool
) -> None:
    DayFactory.create(person=owner, date=timezone.localdate(), closed_as="", total_episodes=30)
    own_client.get("/")
    session = own_client.session
    session["summing_up_said"] = (timezone.localdate() - timedelta(days=days_ago)).isoformat()
    session.save()

    assert ("Sum up days instead" in own_client.get("/").content.decode()) is offered


def test_paused_diary_asks_nothing_and_says_so(own_client: Client, owner: Person) -> None:
    DayFactory.create(person=owner, date=timezone.localdate() - timedelta(days=1), closed_as="")
    owner.settings = {"paused": True}
    owner.save()

    page = own_client.get("/").content.decode()

    assert "The diary is paused" in page
    assert "Yesterday is open" not in page


@pytest.mark.parametrize("address", ["/log/", "/start/", "/settings/pause/"])
def test_address_that_only_takes_a_form_leads_back(own_client: Client, address: str) -> None:
    answer = own_client.get(address)

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "To the diary" in answer.content.decode()
    assert not own_client.head(address).content


def test_length_given_right_after_the_tap_stays_on_the_log(
    own_client: Client, owner: Person
) -> None:
    tap(own_client)
    uid = Episode.objects.owned_by(owner).get().uid

    answer = own_client.post(
        f"/episodes/{uid}/details/", {"duration_class": "seconds", "from_log": "yes"}
    )

    page = own_client.get(answer["Location"]).content.decode()
    assert answer["Location"] == "/"
    assert 'id="now-seconds" name="clear" value="duration_class" aria-pressed="true"' in page
    assert Episode.objects.owned_by(owner).get().duration_class == "seconds"
