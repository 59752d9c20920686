"""Single twitches afterwards: how long and how strong, it stopped, change, delete, the list."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary import entries
from diary.forms.episodes import COUNTED_SECONDS, DetailForm, EpisodeForm, RateForm
from diary.forms.versions import VersionForm, differ, sent_again_over, words_of
from diary.http import DiaryRequest
from diary.models import Episode
from diary.place_names import place_choices, place_code
from diary.queries import episode_page, episodes_taken_out, kept_episodes
from diary.time_words import time_words
from diary.views.check_in import detail_words
from diary.views.log import (
    Tap,
    clock_of,
    forget_last_tap,
    last_tap,
    may_go_on,
    place_of,
    saved,
    start_words,
    status_line,
    tell_next_page,
    timed_words,
)
from diary.vocabulary import INTENSITY_LABELS, Context, CountClass, DurationClass

SECOND_TAP_WITHIN = timedelta(seconds=10)
"""A second tap on "It stopped" within so long means the same as the first."""
RESTORABLE = timedelta(days=30)
"""How long the list offers to bring a deleted twitch back."""


def own_episode(request: DiaryRequest, uid: UUID) -> Episode:
    """A twitch of this person that is not deleted; anybody else's is not found."""
    episode = kept_episodes(request.user).filter(uid=uid).first()
    if episode is None:
        raise Http404
    return episode


@require_http_methods(["GET", "HEAD", "POST"])
def episode_details(request: DiaryRequest, uid: UUID) -> HttpResponse:
    """How long, how strong, how many: each tap is saved."""
    episode = own_episode(request, uid)
    if request.method == "POST":
        form = DetailForm(request.POST)
        if not form.is_valid():
            return render(
                request, "diary/details.html", details_context(request, episode, form), status=422
            )
        episode = entries.change_episode(request.user, uid, form.changes())
        if "from_log" in request.POST:
            return saved(request, episode)
        if not request.htmx:
            return redirect("diary:episode_details", uid)
    template = "diary/_details.html" if request.htmx else "diary/details.html"
    return render(request, template, details_context(request, episode, None))


def details_context(
    request: DiaryRequest, episode: Episode, form: DetailForm | None
) -> dict[str, Any]:
    """The questions about one twitch with what was answered."""
    seen = {True: "yes", False: "no", None: ""}[episode.seen_by_others]
    intensity = str(episode.intensity or "")
    short = {"3": _("Strong")}
    most = (CountClass.VERY_MANY.value, _("More"))
    return {
        "form": form,
        "episode": episode,
        "place": place_of(episode),
        "at": start_words(request, episode),
        "may_go_on": may_go_on(episode),
        "length": timed_words(episode),
        "lengths": _chips(DurationClass.choices(), episode.duration_class),
        "strengths": [
            (str(code), short.get(str(code), label), str(code) == intensity)
            for code, label in INTENSITY_LABELS.items()
        ],
        "counts": _chips([*CountClass.choices()[:-1], most], episode.count_class),
        "contexts": _chips(Context.choices(), episode.context),
        "seen": [("yes", _("Yes"), seen == "yes"), ("no", _("No"), seen == "no")],
        "more_open": bool(episode.context or seen),
    }


def _chips(choices: list[tuple[str, str]], chosen: str) -> list[tuple[str, str, bool]]:
    return [(code, label, code == chosen) for code, label in choices]


@require_http_methods(["GET", "HEAD", "POST"])
def episode_rate(request: DiaryRequest, uid: UUID) -> HttpResponse:
    """Tap along for half a minute: twitches a minute, and whether they came regularly."""
    episode = own_episode(request, uid)
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entries.change_episode(request.user, uid, form.changes)
        return redirect("diary:episode_details", uid)
    context = {
        "form": form,
        "episode": episode,
        "place": place_of(episode),
        "at": start_words(request, episode),
        "seconds": COUNTED_SECONDS,
    }
    return render(request, "diary/rate.html", context, status=422 if form.errors else 200)


@require_POST
def episode_running(request: DiaryRequest, uid: UUID) -> HttpResponse:
    """It is still going on."""
    own_episode(request, uid)
    return saved(request, entries.mark_running(request.user, uid))


@require_POST
def episode_stop(request: DiaryRequest, uid: UUID) -> HttpResponse:
    """It stopped: now, at an unknown time (then its length stays unknown), or not yet."""
    was_running = own_episode(request, uid).running
    said = request.POST.get("stopped", "now")
    if said == "no":
        return redirect("diary:log")
    if said == "undo":
        return not_stopped(request, uid)
    ended = timezone.now() if said == "now" else None
    row = entries.stop_episode(request.user, uid, ended, request.zone)
    stopped = was_running or ended_just_now(row)
    return saved(request, row, Tap.STOPPED if stopped else Tap.SAVED)


def ended_just_now(row: Episode) -> bool:
    """Whether the stop before this one was the first of two taps."""
    ended = entries.record_of_episode(row).ended_at
    return ended is not None and timezone.now() - ended.at < SECOND_TAP_WITHIN


def not_stopped(request: DiaryRequest, uid: UUID) -> HttpResponse:
    """The stop just made is taken back; a twitch that was changed since stays as it is."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        return redirect("diary:log")
    try:
        row = entries.take_back_stop(request.user, uid, form.cleaned_data["version"])
    except entries.Conflict as conflict:
        return saved(request, conflict.stored)
    return saved(request, row, Tap.WENT_ON)


@require_POST
def episode_delete(request: DiaryRequest, uid: UUID) -> HttpResponse:
    """Take a twitch out; the next page offers to bring it back."""
    return back(request, entries.delete_episode(request.user, uid))


@require_POST
def episode_restore(request: DiaryRequest, uid: UUID) -> HttpResponse:
    """Bring a twitch back."""
    return back(request, entries.restore_episode(request.user, uid))


@require_http_methods(["GET", "HEAD", "POST"])
def episode(request: DiaryRequest, uid: UUID) -> HttpResponse:
    """Every detail of one twitch, to change."""
    row = own_episode(request, uid)
    record = entries.record_of_episode(row)
    options: dict[str, Any] = {
        "record": record,
        "clock": clock_of(request),
        "places": places_with(row),
    }
    if request.method != "POST":
        form = EpisodeForm(initial=EpisodeForm.initial_of(record, row.version), **options)
        return episode_form(request, row, form)
    form = EpisodeForm(request.POST, **options)
    if not form.is_valid():
        return episode_form(request, row, form, status=422)
    try:
        version = form.cleaned_data["version"]
        row = entries.change_episode(request.user, uid, form.changes(), version=version)
    except entries.Conflict as conflict:
        return conflict_page(request, conflict.stored, form)
    return back(request, row)


def back(request: DiaryRequest, row: Episode) -> HttpResponse:
    """The page that led here, as its link says: the list of entries, the day, or the log."""
    came_from = request.GET.get("back")
    if came_from == "day":
        return redirect("diary:day", row.local_date)
    if came_from != "entries":
        return saved(request, row)
    before = page_key(request)
    address = reverse("diary:episodes")
    response = redirect(address if before is None else f"{address}?before={before[1]}")
    tell_next_page(response, row.uid)
    return response


def places_with(row: Episode) -> list[tuple[str, Any]]:
    """Every place to choose, and the row's own where its side or the place was not noted."""
    kept = place_code((row.site, row.side or None)) if row.site else ""
    listed: list[tuple[str, Any]] = list(place_choices())
    if row.side and row.site:
        return listed
    return [(kept, place_of(row)), *listed]


def episode_form(
    request: DiaryRequest, row: Episode, form: EpisodeForm, status: int = 200
) -> HttpResponse:
    """The page to change one twitch."""
    context = {"episode": row, "place": place_of(row), "at": at_words(row), "form": form}
    return render(request, "diary/episode.html", context, status=status)


def at_words(row: Episode) -> str:
    """When on its day a twitch began."""
    return time_words(row.local_minute, row.precision)


def conflict_page(request: DiaryRequest, row: Episode, form: EpisodeForm) -> HttpResponse:
    """Somebody changed the twitch meanwhile: both versions, and what was typed stays.

    What the diary holds as it was typed, as after a second tap, is done.
    """
    stored = entries.record_of_episode(row)
    shown = EpisodeForm.initial_of(stored, row.version)
    mine = EpisodeForm.initial_of(form.proposed(), row.version)
    labels = {name: field.label for name, field in form.fields.items()}
    differences = [
        (labels[name], words_of(form, name, shown[name]), words_of(form, name, mine[name]))
        for name in labels
        if name != "version" and differ(shown[name], mine[name])
    ]
    if not differences:
        return saved(request, row)
    sent_again_over(form, row.version)
    context = {
        "episode": row,
        "place": place_of(row),
        "at": at_words(row),
        "form": form,
        "differences": differences,
    }
    return render(request, "diary/episode.html", context, status=409)


@require_safe
def episodes(request: DiaryRequest) -> HttpResponse:
    """The list of twitches, latest first, paged by key; one just changed from here is named."""
    changed, _tap = last_tap(request)
    before = page_key(request)
    found, further = episode_page(request.user, before=before)
    days: list[tuple[Any, list[dict[str, Any]]]] = []
    for row in found:
        if not days or days[-1][0] != row.local_date:
            days.append((row.local_date, []))
        days[-1][1].append(
            {
                "row": row,
                "place": place_of(row),
                "at": at_words(row),
                "more": detail_words(entries.record_of_episode(row)),
            }
        )
    first_page = "before" not in request.GET
    context = {
        "days": days,
        "next": None if further is None else further[1],
        "first_page": first_page,
        "taken_out": taken_out(request) if first_page else (),
        "back": "back=entries" if before is None else f"back=entries&before={before[1]}",
        "status": None if changed is None else status_line(request, changed),
    }
    response = render(request, "diary/episodes.html", context)
    forget_last_tap(request, response)
    return response


def taken_out(request: DiaryRequest) -> list[dict[str, Any]]:
    """Twitches deleted lately, which can be brought back."""
    rows = episodes_taken_out(request.user, timezone.now() - RESTORABLE)
    return [{"row": row, "place": place_of(row), "at": start_words(request, row)} for row in rows]


def page_key(request: DiaryRequest) -> tuple[datetime, UUID] | None:
    """Where the page begins, by the id of the last twitch before it; else the first page."""
    try:
        uid = UUID(request.GET.get("before", ""))
    except ValueError:
        return None
    last = Episode.objects.owned_by(request.user).filter(uid=uid).first()
    return None if last is None else (last.started_at, last.uid)
