"""The check-in of a day: sleep, caffeine, stress, and closing it. Each tap is saved."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary import entries, limits
from diary.forms.days import (
    CUPS,
    SLEEP_CHOICES,
    STRESS_CHOICES,
    YES_NO,
    CheckInForm,
    DayChanges,
    DayForm,
    own_field,
    said_in_cups,
)
from diary.forms.versions import differ, sent_again_over, words_of
from diary.http import DiaryRequest
from diary.local_days import today_in_zone
from diary.models import Day
from diary.place_names import place_code, place_words
from diary.queries import (
    DayStanding,
    day_of,
    days_checked_in,
    episodes_on,
    own_factors_of,
    recent_places,
    standing_of_days,
)
from diary.records import DayRecord, DrinkRecord, EpisodeRecord, OwnFactorRecord, Place
from diary.time_words import length_words, time_words
from diary.views.log import clock_of, places_offered
from diary.vocabulary import INTENSITY_LABELS, Drink, DurationClass, OwnFactorKind

Chip = tuple[str, Any, bool]

FARTHEST_EAST = "Pacific/Kiritimati"
"""Where a date begins first on earth."""

ENOUGH_DAYS = 14
"""Checked-in days of the last 28 with which the sheet is worth taking along (design, calm)."""


@dataclass(frozen=True, slots=True)
class ExtraFactor:
    """A further factor of the check-in, with its quick answers."""

    name: str
    label: str
    unit: str
    chips: tuple[Chip, ...]


EXTRA_CHIPS = {
    "exercise": (
        "exercise_min",
        gettext_lazy("Exercise"),
        gettext_lazy("minutes"),
        (("0", "0"), ("15", "15"), ("30", "30"), ("60", "60"), ("90", "90+")),
    ),
    "alcohol": (
        "alcohol_drinks",
        gettext_lazy("Alcoholic drinks"),
        "",
        (("0", "0"), ("1", "1"), ("2", "2"), ("3", "3"), ("4", "4+")),
    ),
    "hydration": (
        "drinks_ml",
        gettext_lazy("All drinks"),
        gettext_lazy("litres"),
        (("500", "½"), ("1000", "1"), ("1500", "1½"), ("2000", "2"), ("2500", "2½+")),
    ),
    "nicotine": (
        "nicotine",
        gettext_lazy("Nicotine"),
        "",
        (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))),
    ),
}


@require_safe
def today(request: DiaryRequest) -> HttpResponse:
    """The check-in of today; its form names the day, which may be over when it is sent."""
    return check_in(request, request.today)


@require_http_methods(["GET", "HEAD", "POST"])
def day(request: DiaryRequest, day: date) -> HttpResponse:
    """The check-in of any day up to today."""
    within_the_diary(request, day)
    return check_in(request, day)


def within_the_diary(request: DiaryRequest, day: date) -> None:
    """Days still to come, and those before any diary, are not found.

    Whoever travels west may find that the day on an open page has not begun where they are: what
    is sent for it is kept, and a day that holds something is shown.
    """
    begun = day <= request.today or (
        day <= today_in_zone(timezone.now(), FARTHEST_EAST)
        and (request.method == "POST" or standing_of(request, day).holds_anything)
    )
    if not (begun and limits.DATES.low <= day):
        raise Http404


def standing_of(request: DiaryRequest, day: date) -> DayStanding:
    """How a single day stands."""
    return standing_of_days(request.user, day, day)[day]


def version_of(request: DiaryRequest, day: date) -> int:
    """The version of a day for its forms; 0 while nothing was ever entered."""
    versions = Day.objects.owned_by(request.user).filter(date=day).values_list("version", flat=True)
    return versions.first() or 0


def check_in(request: DiaryRequest, day: date) -> HttpResponse:
    """Show a day, or store one tap of it."""
    form = None
    if request.method == "POST":
        own = own_factors_of(request.user)
        form = CheckInForm(request.POST, day=day_of(request.user, day), own=own)
        if form.is_valid():
            store(request, day, form.changes(clock_of(request).instant))
            if not request.htmx:
                return redirect(address_of(request, day))
            form = None
    template = "diary/_check_in.html" if request.htmx else "diary/check_in.html"
    context = check_in_context(request, day, form)
    return render(request, template, context, status=422 if form and form.errors else 200)


def store(request: DiaryRequest, day: date, changes: DayChanges, version: int | None = None) -> Day:
    """Write the changes of a day in the zone of this moment."""
    return entries.change_day(
        request.user,
        day,
        {"time_zone": request.zone} | changes.columns,
        drinks=changes.drinks,
        drinks_unset=changes.drinks_unset,
        version=version,
    )


def address_of(request: DiaryRequest, day: date) -> str:
    """The page of a day; today has its own."""
    return reverse("diary:today") if day == request.today else reverse("diary:day", args=[day])


def check_in_context(
    request: DiaryRequest, day: date, form: CheckInForm | None = None
) -> dict[str, Any]:
    """Everything the check-in shows."""
    person = request.user
    record = day_of(person, day)
    logged = episodes_on(person, day)
    before = day_of(person, day - timedelta(days=1))
    return {
        "form": form,
        "day": record,
        "date": day,
        # Of this day also after midnight, when a page left open is no longer that of today.
        "address": reverse("diary:day", args=[day]),
        "is_today": day == request.today,
        "is_ahead": day > request.today,
        "is_yesterday": day == request.today - timedelta(days=1),
        "written_late": day < request.today - timedelta(days=1),
        "previous": day - timedelta(days=1),
        "next": day + timedelta(days=1) if day < request.today else None,
        "sleep": chips(SLEEP_CHOICES, record.sleep_min),
        "sleep_exact": exact_sleep(record.sleep_min),
        "cups": caffeine_chips(record),
        "caffeine_words": caffeine_words(record),
        "same_drinks": before if record.caffeine_mg is None and before.drinks else None,
        "stress": chips(STRESS_CHOICES, record.stress),
        "extras": extra_factors(record, (person.settings or {}).get("factors") or ()),
        "own": [own_question(one, record) for one in own_factors_of(person)],
        "closed": closed_words(record),
        "closing": record.summary or record.closed_as,
        "entries": [entry_line(one) for one in logged],
        "places": day_places(request, record),
        "yesterday_open": open_yesterday(request) if day == request.today else None,
        "enough": record.checked_in and has_enough_days(request),
    }


def has_enough_days(request: DiaryRequest) -> bool:
    """Whether four weeks hold enough checked-in days for an appointment."""
    first = request.today - timedelta(days=27)
    return days_checked_in(request.user, first, request.today) >= ENOUGH_DAYS


def chips(choices: Iterable[tuple[str, Any]], value: object) -> list[Chip]:
    """Quick answers, with the one that is the exact value marked."""
    return [(code, label, value is not None and code == str(value)) for code, label in choices]


def exact_sleep(minutes: int | None) -> str | None:
    """Hours and minutes where no quick answer says them."""
    if minutes is None or str(minutes) in dict(SLEEP_CHOICES):
        return None
    return _("%(hours)s h %(minutes)s min") % {"hours": minutes // 60, "minutes": minutes % 60}


def caffeine_chips(record: DayRecord) -> list[Chip]:
    """Cups of filter coffee, marked where the day holds just those.

    None of them where the day holds more than cups can say, such as tea or the time of a drink:
    a tap would take that out.
    """
    drinks = record.drinks
    if not said_in_cups(drinks):
        return []
    cups = None if drinks is None else sum(drink.servings or 0 for drink in drinks)
    return [
        (code, "5+" if code == CUPS[-1] else code, cups is not None and code == f"{cups:g}")
        for code in CUPS
    ]


def caffeine_words(record: DayRecord) -> str:
    """The drinks of the day and their caffeine: "2 filter coffees, about 190 mg"."""
    if record.caffeine_mg is None:
        return _("A cup is about 100 mg of caffeine.")
    about = _("about %(mg)s mg") % {"mg": rounded_mg(record.caffeine_mg)}
    if not record.drinks:
        return _("No caffeine") if record.caffeine_mg == 0 else about
    return ", ".join([*(drink_words(drink) for drink in _by_kind(record.drinks)), about])


def _by_kind(drinks: Iterable[DrinkRecord]) -> Iterable[DrinkRecord]:
    """Servings of the same drink at several times as one."""
    found: dict[tuple[str | None, str | None], DrinkRecord] = {}
    for drink in drinks:
        kind = (drink.drink, drink.label)
        before = found[kind].servings or 0 if kind in found else 0
        found[kind] = replace(drink, servings=before + (drink.servings or 0))
    return found.values()


def rounded_mg(mg: int) -> int:
    """Milligrams as a person says them: to the ten below a thousand."""
    return round(mg, -1) if 10 <= mg < 1_000 else mg


def drink_words(drink: DrinkRecord) -> str:
    """Servings of one drink: "2 × filter coffee"."""
    label = drink.label or str(Drink(drink.drink or Drink.OWN).label).lower()
    return f"{drink.servings or 0:g} × {label}"


def extra_factors(record: DayRecord, shown: Iterable[str]) -> list[ExtraFactor]:
    """The further factors that the person switched on."""
    found = []
    for code in shown:
        if code not in EXTRA_CHIPS:
            continue
        name, label, unit, choices = EXTRA_CHIPS[code]
        value = getattr(record, name)
        if isinstance(value, bool):
            value = "yes" if value else "no"
        found.append(ExtraFactor(name, str(label), str(unit), tuple(chips(choices, value))))
    return found


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A factor of the person's own: yes and no, or a number with its unit."""

    name: str
    label: str
    unit: str
    chips: tuple[Chip, ...]
    value: str


def own_question(factor: OwnFactorRecord, record: DayRecord) -> OwnQuestion:
    """How an own factor is asked for, with what the day holds."""
    value = (record.own or {}).get(factor.code)
    if factor.kind == OwnFactorKind.YES_NO:
        said = {True: "yes", False: "no"}.get(bool(value)) if value is not None else None
        return OwnQuestion(own_field(factor), factor.label, "", tuple(chips(YES_NO, said)), "")
    shown = "" if value is None else f"{value:g}"
    return OwnQuestion(own_field(factor), factor.label, factor.unit or "", (), shown)


def closed_words(record: DayRecord) -> str | None:
    """How the day was closed, in words; None while it is open."""
    if not record.checked_in:
        return None
    if record.totals.episodes == 0 and record.summary:
        return {
            "none": _("No twitches"),
            "a_few": _("A few twitches"),
            "many": _("Many twitches"),
        }[record.summary]
    return {
        "none": _("No twitches"),
        "complete": _("That was all"),
        "constant": _("It never stopped"),
    }[record.closed_as or "complete"]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One twitch of the day in a line."""

    uid: str
    at: str
    place: str
    more: str


def entry_line(episode: EpisodeRecord) -> EntryLine:
    """Time, place, length and strength of a twitch."""
    place = place_words(episode.site, episode.side) if episode.site else _("place not noted")
    at = time_words(episode.started_at.local_minute, episode.precision)
    return EntryLine(episode.id, at, capfirst(place), detail_words(episode))


def detail_words(episode: EpisodeRecord) -> str:
    """Length and strength of a twitch, as far as they were noted."""
    more = []
    if episode.timed_s is not None:
        more.append(length_words(episode.timed_s))
    elif episode.duration_class:
        more.append(str(DurationClass(episode.duration_class).label).lower())
    if episode.intensity:
        more.append(str(INTENSITY_LABELS[episode.intensity]).lower())
    return ", ".join(more)


def day_places(request: DiaryRequest, record: DayRecord) -> list[Chip]:
    """Places to name on a day that was only summed up or never stopped."""
    if not (record.constant or record.summarised_twitches):
        return []
    named: list[Place] = list(record.sites or ())
    offered = list(dict.fromkeys([*named, *places_offered(recent_places(request.user, 6))]))
    return [(place_code(one), capfirst(place_words(*one)), one in named) for one in offered]


def open_yesterday(request: DiaryRequest) -> date | None:
    """Yesterday, when it holds something and is not closed."""
    yesterday = request.today - timedelta(days=1)
    return yesterday if standing_of(request, yesterday).is_open else None


@require_POST
def same_drinks(request: DiaryRequest, day: date) -> HttpResponse:
    """The drinks of the day before, again, while none are noted; nothing else is copied."""
    within_the_diary(request, day)
    before = day_of(request.user, day - timedelta(days=1))
    version = version_of(request, day)
    if before.drinks is not None and day_of(request.user, day).caffeine_mg is None:
        changes = DayChanges({"caffeine_mg": before.caffeine_mg}, before.drinks)
        with suppress(entries.Conflict):
            store(request, day, changes, version=version)
    if request.htmx:
        return render(request, "diary/_check_in.html", check_in_context(request, day))
    return redirect(address_of(request, day))


@require_http_methods(["GET", "HEAD", "POST"])
def day_exact(request: DiaryRequest, day: date) -> HttpResponse:
    """Exact figures of a day, and a note."""
    within_the_diary(request, day)
    version = version_of(request, day)  # before the day: a newer day is then a conflict, not lost
    record = day_of(request.user, day)
    if request.method != "POST":
        form = DayForm(initial=DayForm.initial_of(record, version))
        return render(request, "diary/day_exact.html", {"form": form, "date": day})
    form = DayForm(request.POST)
    if not form.is_valid():
        return render(request, "diary/day_exact.html", {"form": form, "date": day}, status=422)
    try:
        store(request, day, form.changes(record), version=form.cleaned_data["version"])
    except entries.Conflict as conflict:
        return day_conflict(request, day, conflict.stored, form)
    return redirect(address_of(request, day))


def day_conflict(request: DiaryRequest, day: date, row: Day, form: DayForm) -> HttpResponse:
    """The day was changed meanwhile: both versions, and what was typed stays.

    What the diary holds as it was typed, as after a second tap, is done.
    """
    stored = DayForm.initial_of(day_of(request.user, day), row.version)
    differences = [
        (
            form.fields[name].label,
            words_of(form, name, stored[name]),
            words_of(form, name, form.cleaned_data[name]),
        )
        for name in stored
        if name != "version" and differ(stored[name], form.cleaned_data[name])
    ]
    if not differences:
        return redirect(address_of(request, day))
    sent_again_over(form, row.version)
    context = {"form": form, "date": day, "differences": differences}
    return render(request, "diary/day_exact.html", context, status=409)
