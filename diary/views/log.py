"""The log: one tap on a place saves a twitch, and the line above says so and offers more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diary import entries
from diary.about import emergency_stands
from diary.forms.episodes import EARLIER, PICK, Clock, TapForm
from diary.http import DiaryRequest
from diary.local_days import instant_in_zone
from diary.models import Episode
from diary.place_names import place_words
from diary.queries import DayStanding, recent_places, running_episodes, standing_of_days
from diary.records import Place
from diary.time_words import length_words, time_words
from diary.vocabulary import DurationClass, InstantPrecision, Side

PLACES_SHOWN = 6
SEEDS: tuple[Place, ...] = (
    ("eyelid_upper", "left"),
    ("eyelid_upper", "right"),
    ("calf", "left"),
    ("calf", "right"),
    ("thumb", "left"),
    ("thumb", "right"),
)
"""Places offered before there are own ones."""
QUICK_LENGTHS = (
    DurationClass.SECONDS,
    DurationClass.ABOUT_A_MINUTE,
    DurationClass.MINUTES,
    DurationClass.UP_TO_HALF_AN_HOUR,
)
"""Lengths offered right after a tap; the longer ones stand under "How long?"."""
JUST_SAVED, JUST_SAVED_S = "just_saved", 60
"""Cookie with the twitch of the last tap, for the page that follows it."""
PLACES = "places_shown"
SUMMING_UP_SAID = "summing_up_said"
OFTEN = 20
"""Twitches of one day above which summing the day up is offered (a design decision)."""
ASK_AFTER = timedelta(hours=12)
"""A twitch marked as going on for longer is asked about once."""


class Tap(StrEnum):
    """What the last tap did with its twitch; stands behind it in the cookie."""

    SAVED = "saved"
    STOPPED = "stopped"
    WENT_ON = "went-on"


@dataclass(frozen=True, slots=True)
class PlaceButton:
    """A place to tap, with the id its twitch will have."""

    side_words: str
    part_words: str
    value: str
    just_saved: bool


@dataclass(frozen=True, slots=True)
class StatusLine:
    """The twitch of the last tap: saved, stopped, or taken back.

    Only one of today, with its time, stands on the ruler; only one that began lately may still go
    on.
    """

    episode: Episode
    place: str
    at: str
    length: str
    tap: Tap
    deleted: bool
    on_ruler: bool
    may_go_on: bool

    @property
    def lengths(self) -> list[tuple[str, str, bool]]:
        """The usual lengths for a second tap, and which one was chosen."""
        chosen = self.episode.duration_class
        return [(length.value, str(length.label), length == chosen) for length in QUICK_LENGTHS]

    @property
    def ruler_hour(self) -> float:
        """Where its mark stands on the 24-hour ruler."""
        return round(self.episode.local_minute / 60, 2)


@dataclass(frozen=True, slots=True)
class Running:
    """A twitch that goes on; `ask` after twelve hours."""

    episode: Episode
    place: str
    since: str
    ask: bool


def clock_of(request: DiaryRequest) -> Clock:
    """The moment of this request in the person's zone."""
    return Clock(timezone.now(), request.zone)


def place_of(episode: Episode) -> str:
    """The place of a row in words, with a capital."""
    if not episode.site:
        return _("Place not noted")
    words = place_words(episode.site, episode.side or None)
    return str(capfirst(words))


def start_words(request: DiaryRequest, episode: Episode) -> str:
    """When a twitch began, with the date where that is not today: "20 Nov, evening"."""
    at = time_words(episode.local_minute, episode.precision)
    if episode.local_date == request.today:
        return at
    return f"{date_format(episode.local_date, 'j M')}, {at}"


def has_clock_time(episode: Episode) -> bool:
    """Whether more is known of its start than the part of the day."""
    return episode.precision != InstantPrecision.PART_OF_DAY


def may_go_on(episode: Episode) -> bool:
    """Whether a twitch may still be going on: not marked so, of unknown length, begun lately."""
    ended = episode.ended_at_written or episode.duration_s is not None
    lately = timezone.now() - episode.started_at <= ASK_AFTER
    return lately and not (episode.running or ended)


def timed_words(episode: Episode) -> str:
    """How long a twitch took where that is known and not rough; else nothing."""
    seconds = entries.record_of_episode(episode).timed_s
    return "" if seconds is None else length_words(seconds)


@require_safe
def log(request: DiaryRequest) -> HttpResponse:
    """The page that opens: recent places as buttons."""
    context = log_context(request, *last_tap(request))
    context["emergency"] = settings.DIARY_ADVICE and emergency_stands(request.user)
    response = render(request, "diary/log.html", context)
    forget_last_tap(request, response)
    return response


def forget_last_tap(request: DiaryRequest, response: HttpResponse) -> None:
    """The page after a tap speaks of it once."""
    if JUST_SAVED in request.COOKIES:
        set_just_saved(response, "", seconds=0)


def last_tap(request: DiaryRequest) -> tuple[Episode | None, Tap]:
    """The twitch of the tap that led to this page, if one did, and what the tap did with it."""
    code, _slash, what = request.COOKIES.get(JUST_SAVED, "").partition("/")
    try:
        uid, tap = UUID(code), Tap(what)
    except ValueError:
        return None, Tap.SAVED
    return Episode.objects.owned_by(request.user).filter(uid=uid).first(), tap


def log_context(
    request: DiaryRequest, episode: Episode | None = None, tap: Tap = Tap.SAVED
) -> dict[str, object]:
    """Everything the log page shows; `episode` is the twitch of the last tap."""
    person = request.user
    wishes = person.settings or {}
    status = None if episode is None else status_line(request, episode, tap)
    shown = None if episode is None else places_kept(request, episode)
    recent = [] if shown else recent_places(person, PLACES_SHOWN)
    day_before = request.today - timedelta(days=1)
    yesterday, today = standing_of_days(person, day_before, request.today).values()
    first_time = not (episode or recent or today.holds_anything or yesterday.holds_anything)
    summary_mode = wishes.get("summary_mode") is True
    return {
        "places": place_buttons(shown or places_in_order(request, recent), status),
        "running": [running_line(request, row) for row in running_episodes(person)],
        "status": status,
        "today": today,
        "yesterday": yesterday if yesterday.is_open else None,
        "first_time": first_time,
        "summary_mode": summary_mode,
        "may_sum_up": (first_time or summary_mode) and not (today.episodes or today.checked_in),
        "paused": wishes.get("paused") is True,
        "sum_up": offers_summing_up(request, today),
    }


def offers_summing_up(request: DiaryRequest, today: DayStanding) -> bool:
    """Whether to say, at most once a week, that a day can be summed up instead.

    More than twenty taps on one day serve nobody, least of all the person who taps.
    """
    if today.episodes <= OFTEN:
        return False
    if (request.user.settings or {}).get("summary_mode"):
        return False
    said = request.session.get(SUMMING_UP_SAID, request.today.isoformat())
    if 0 < (request.today - date.fromisoformat(said)).days < 7:
        return False
    if request.session.get(SUMMING_UP_SAID) != request.today.isoformat():
        request.session[SUMMING_UP_SAID] = request.today.isoformat()
    return True


def places_kept(request: DiaryRequest, episode: Episode) -> list[Place]:
    """The places in the order in which they were tapped: nothing moves right after a tap."""
    shown: list[Place] = [(site, side) for site, side in request.session.get(PLACES, ())]
    place = (episode.site, episode.side or None)
    if not shown or place in shown or not episode.site:
        return shown
    return [place, *shown[:-1]]


def places_in_order(request: DiaryRequest, recent: list[Place]) -> list[Place]:
    """The places to offer, those used last first; their order is kept for the next tap."""
    offered = places_offered(recent)
    if offered != [tuple(place) for place in request.session.get(PLACES, ())]:
        request.session[PLACES] = offered
    return offered


def status_line(request: DiaryRequest, episode: Episode, tap: Tap = Tap.SAVED) -> StatusLine:
    """The twitch that was just saved, stopped or taken back, in words."""
    deleted = episode.deleted_at is not None
    return StatusLine(
        episode,
        place_of(episode),
        start_words(request, episode),
        timed_words(episode),
        tap,
        deleted,
        on_ruler=not deleted and has_clock_time(episode) and episode.local_date == request.today,
        may_go_on=may_go_on(episode),
    )


def running_line(request: DiaryRequest, episode: Episode) -> Running:
    """A twitch that goes on, in words."""
    started = instant_in_zone(episode.started_at, request.zone)
    since = time_words(started.local_minute, episode.precision)
    if started.local_date != request.today:
        since = f"{started.local_date:%-d %b}, {since}"
    return Running(
        episode, place_of(episode), since, timezone.now() - episode.started_at > ASK_AFTER
    )


def place_buttons(places: list[Place], status: StatusLine | None) -> list[PlaceButton]:
    """Buttons of these places; the one just saved is marked."""
    saved = None
    if status is not None and not status.deleted:
        saved = (status.episode.site, status.episode.side or None)
    return [_button(place, place == saved) for place in places]


def _button(place: Place, just_saved: bool) -> PlaceButton:
    site, side = place
    words = place_words(site, None)
    side_words = {None: "", "both": _("Both sides")}.get(side, str(Side(side or "both").label))
    code = f"{site}:{side}" if side else site
    return PlaceButton(str(capfirst(side_words)), words, f"{uuid4()}/{code}", just_saved)


def places_offered(recent: list[Place]) -> list[Place]:
    """Own places by last use, their mirror places, then seeds, each once and six in all."""
    mirrored = [(site, _OTHER[side]) for site, side in recent if side in _OTHER]
    offered = list(dict.fromkeys([*recent, *mirrored, *SEEDS]))
    return offered[:PLACES_SHOWN]


_OTHER = {"left": "right", "right": "left"}


@require_POST
def log_episode(request: DiaryRequest) -> HttpResponse:
    """Save a tap. The same button twice is one twitch."""
    form = TapForm(request.POST, clock=clock_of(request))
    if not form.is_valid():
        page = earlier_page if {"tap", "when"} & request.POST.keys() else places_page
        return page(request, form, status=422)
    try:
        episode = entries.log_episode(request.user, form.record(), sent=form.sent)
    except entries.Conflict as conflict:
        episode = conflict.stored
    return saved(request, episode)


def saved(request: DiaryRequest, episode: Episode, tap: Tap = Tap.SAVED) -> HttpResponse:
    """The log page with the line about this twitch and what the tap did with it.

    Without scripts a cookie names the twitch to the page that follows; a session would be stored
    and stored again for it.
    """
    if request.htmx:
        return render(request, "diary/_log.html", log_context(request, episode, tap))
    response = redirect("diary:log")
    tell_next_page(response, episode.uid, tap)
    return response


def tell_next_page(response: HttpResponse, uid: UUID, tap: Tap = Tap.SAVED) -> None:
    """Name the twitch of the last tap, and what the tap did with it."""
    set_just_saved(response, f"{uid}/{tap}")


def set_just_saved(response: HttpResponse, value: str, seconds: int = JUST_SAVED_S) -> None:
    """Set the cookie for so long; 0 seconds take it back."""
    response.set_cookie(
        JUST_SAVED,
        value,
        max_age=seconds,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


@require_safe
def earlier(request: DiaryRequest) -> HttpResponse:
    """Log a twitch that began before now."""
    return earlier_page(request, TapForm(clock=clock_of(request)))


@require_safe
def places(request: DiaryRequest) -> HttpResponse:
    """Choose any place, for a twitch now."""
    return places_page(request, TapForm(clock=clock_of(request)))


def places_page(request: DiaryRequest, form: TapForm, status: int = 200) -> HttpResponse:
    """The drawing and the list of every place; what was sent stays chosen."""
    context = {
        "form": form,
        "uid": uuid4(),
        "chosen_place": form.data.get("place", ""),
        "picker_view": form.data.get("picker_view", ""),
    }
    return render(request, "diary/places.html", context, status=status)


def earlier_page(request: DiaryRequest, form: TapForm, status: int = 200) -> HttpResponse:
    """When it was, and where; what was sent stays filled in."""
    chosen = form.data.get("when") or "quarter"
    context = {
        "form": form,
        "whens": [(code, label, code == chosen) for code, (label, _started) in EARLIER.items()],
        "pick": PICK,
        "picked": chosen == PICK,
        "places": place_buttons(places_offered(recent_places(request.user, PLACES_SHOWN)), None),
        "uid": uuid4(),
        "chosen_place": form.data.get("place", ""),
    }
    return render(request, "diary/earlier.html", context, status=status)
