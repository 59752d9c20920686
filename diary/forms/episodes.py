"""Input about single twitches: one tap, an earlier moment, and every detail afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diary import limits
from diary.forms.fields import (
    CodeField,
    DateField,
    NumberField,
    PlaceField,
    WholeField,
    WordsField,
)
from diary.local_days import instant_in_zone, instant_of_wall_clock
from diary.records import EpisodeRecord, Instant, Place
from diary.time_words import NOON_MINUTE
from diary.vocabulary import (
    INTENSITY_LABELS,
    Context,
    CountClass,
    DurationClass,
    InstantPrecision,
    Kind,
    Source,
)

NOW = "now"
PICK = "pick"
MORNING_MINUTE, NIGHT_MINUTE = 8 * 60, 22 * 60
EVENING_FROM, MORNING_UNTIL = time(18), time(12)
"""An end before the start means the next day when it began in the evening and ended by noon."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment a request is answered, in the zone of the person."""

    now: datetime
    zone: str

    @property
    def today(self) -> date:
        """The local date."""
        return self.instant.local_date

    @property
    def instant(self) -> Instant:
        """The moment as it is written."""
        return instant_in_zone(self.now, self.zone)


Started = tuple[Instant, InstantPrecision]


def _ago(minutes: int) -> Callable[[Clock], Started]:
    return lambda clock: (
        instant_in_zone(clock.now - timedelta(minutes=minutes), clock.zone),
        InstantPrecision.HOUR,
    )


def _part(days_back: int, minute: int) -> Callable[[Clock], Started]:
    def started(clock: Clock) -> Started:
        day = clock.today - timedelta(days=days_back)
        instant = instant_of_wall_clock(day, minute, clock.zone)
        if instant.at > clock.now:
            instant = instant_of_wall_clock(day, 0, clock.zone)
        return instant, InstantPrecision.PART_OF_DAY

    return started


EARLIER: dict[str, tuple[Any, Callable[[Clock], Started]]] = {
    "quarter": (_("15 minutes ago"), _ago(15)),
    "hour": (_("1 hour ago"), _ago(60)),
    "morning": (_("This morning"), _part(0, MORNING_MINUTE)),
    "night": (_("Last night"), _part(1, NIGHT_MINUTE)),
    "yesterday": (_("Yesterday"), _part(1, NOON_MINUTE)),
}


def tap_words(place: Place, when: str = NOW, picked: tuple[Any, ...] = ()) -> str:
    """What a tap said, without what the clock adds; its fingerprint tells a replay."""
    return repr((place, when, picked))


class TapForm(forms.Form):
    """One tap on a place. The id comes with the button, so that a double tap is one twitch."""

    tap = forms.CharField(required=False, max_length=120)
    uid = forms.UUIDField(required=False)
    place = PlaceField(required=False)
    when = CodeField(
        [(NOW, ""), *((code, label) for code, (label, _started) in EARLIER.items()), (PICK, "")],
    )
    date = DateField(label=_("Date"))
    time = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time such as 14:05.")},
    )

    def __init__(self, *args: Any, clock: Clock, **options: Any) -> None:
        super().__init__(*args, **options)
        self.clock = clock

    def clean(self) -> dict[str, Any]:
        """Take id and place out of the button, and work out when it started."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("tap"):
            self._split_tap(found)
        if "place" not in self.errors and not found.get("place"):
            self.add_error("place", gettext("Choose where it twitched."))
        if "uid" not in self.errors and not found.get("uid"):
            self.add_error(None, gettext("Load the page again and repeat the tap."))
        if not self.errors:
            found["started"] = self._started(found)
        return found

    def _split_tap(self, found: dict[str, Any]) -> None:
        uid, _slash, place = found["tap"].partition("/")
        try:
            found["uid"] = UUID(uid)
            found["place"] = self.fields["place"].clean(place)
        except (ValueError, ValidationError):
            self.add_error("place", gettext("Choose one of the places shown."))

    def _started(self, found: dict[str, Any]) -> Started | None:
        when = found.get("when") or NOW
        if when == NOW:
            return self.clock.instant, InstantPrecision.MINUTE
        if when in EARLIER:
            return EARLIER[when][1](self.clock)
        return self._picked(found)

    def _picked(self, found: dict[str, Any]) -> Started | None:
        day, clock_time = found.get("date"), found.get("time")
        if day is None:
            self.add_error("date", gettext("Choose the day."))
            return None
        minute = NOON_MINUTE if clock_time is None else clock_time.hour * 60 + clock_time.minute
        instant = instant_of_wall_clock(day, minute, self.clock.zone)
        if day > self.clock.today or (clock_time is not None and instant.at > self.clock.now):
            self.add_error("date", gettext("That is still to come. Choose a time that has passed."))
            return None
        exact = InstantPrecision.PART_OF_DAY if clock_time is None else InstantPrecision.MINUTE
        return instant, exact

    @property
    def sent(self) -> str:
        """What the browser said, without what the clock adds: the same again is a replay."""
        found = self.cleaned_data
        when = found.get("when") or NOW
        picked = (found.get("date"), found.get("time")) if when == PICK else ()
        return tap_words(found["place"], when, picked)

    def record(self) -> EpisodeRecord:
        """The twitch as it goes into the diary."""
        found = self.cleaned_data
        place: Place = found["place"]
        started, precision = found["started"]
        live = (found.get("when") or NOW) == NOW
        return EpisodeRecord(
            id=str(found["uid"]),
            started_at=started,
            time_zone=self.clock.zone,
            precision=precision.value,
            site=place[0],
            side=place[1],
            recorded_at=self.clock.instant,
            source=(Source.LIVE if live else Source.BACKDATED).value,
        )


class DetailForm(forms.Form):
    """One detail of a twitch, each in a tap; whatever is not sent stays as it is."""

    duration_class = CodeField(DurationClass.choices())
    intensity = CodeField(INTENSITY_LABELS.items())
    count_class = CodeField(CountClass.choices())
    context = CodeField(Context.choices())
    kind = CodeField(Kind.choices())
    seen_by_others = CodeField([("yes", _("Yes")), ("no", _("No"))])
    clear = CodeField(
        (name, name)
        for name in (
            "duration_class",
            "intensity",
            "count_class",
            "context",
            "kind",
            "seen_by_others",
        )
    )

    def changes(self) -> dict[str, Any]:
        """The fields of the record that change."""
        found = {name: value for name, value in self.cleaned_data.items() if value}
        if "clear" in found:
            return {found["clear"]: None}
        if "intensity" in found:
            found["intensity"] = int(found["intensity"])
        if "seen_by_others" in found:
            found["seen_by_others"] = found["seen_by_others"] == "yes"
        return found


def time_input() -> forms.TimeInput:
    """A time of day as hours and minutes."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


COUNTED_SECONDS = 30


class RateForm(forms.Form):
    """Twitches counted in half a minute, by tapping along or by counting."""

    count = WholeField(limits.Bounds(0, 500), label=_("Twitches in 30 seconds"), required=True)
    rhythm = CodeField(
        [("regular", _("Regular")), ("irregular", _("Irregular"))],
        unset=_("Not noted"),
        label=_("Rhythm"),
    )

    def changes(self, record: EpisodeRecord) -> dict[str, Any]:
        """Twitches a minute; the rhythm has no field of its own and goes into the note."""
        note = record.note
        changed: dict[str, Any] = {"per_minute": self.cleaned_data["count"] * 60 / COUNTED_SECONDS}
        rhythm = {
            "regular": gettext("Tapped along: regular."),
            "irregular": gettext("Tapped along: irregular."),
        }.get(self.cleaned_data["rhythm"])
        if rhythm is not None and rhythm not in (note or ""):
            joined = "\n".join(filter(None, (note, rhythm)))
            changed["note"] = joined if len(joined) <= limits.NOTE else note
        return changed


_SHOWN_AS_STORED = (
    "duration_class",
    "intensity",
    "count_class",
    "twitch_count",
    "per_minute",
    "pain",
    "kind",
    "context",
    "note",
)


class EpisodeForm(forms.Form):
    """Everything about one twitch, to change it afterwards."""

    place = CodeField([], label=_("Where"))
    date = DateField(label=_("Day"), required=True)
    started = forms.TimeField(
        label=_("Started"),
        help_text=_("For example 14:05"),
        widget=time_input(),
        error_messages={
            "invalid": _("Write a time such as 14:05."),
            "required": _("Write when it started, such as 14:05."),
        },
    )
    stopped = forms.TimeField(
        label=_("Stopped"),
        help_text=_("Leave empty if you are not sure"),
        required=False,
        widget=time_input(),
        error_messages={"invalid": _("Write a time such as 14:20, or leave it empty.")},
    )
    minutes = WholeField(limits.Bounds(0, 24 * 60), label=_("Exact length, minutes"))
    seconds = WholeField(limits.Bounds(0, 59), label=_("Exact length, seconds"))
    duration_class = CodeField(
        DurationClass.choices(), unset=_("Not noted"), label=_("Length, roughly")
    )
    intensity = CodeField(INTENSITY_LABELS.items(), unset=_("Not noted"), label=_("How strong"))
    count_class = CodeField(
        CountClass.choices(), unset=_("Not noted"), label=_("How many in a row")
    )
    twitch_count = WholeField(limits.TWITCH_COUNT, label=_("Exact number, if you counted"))
    per_minute = NumberField(limits.PER_MINUTE, label=_("Twitches a minute, if you counted"))
    pain = WholeField(limits.PAIN, label=_("Pain, 0 to 10"))
    kind = CodeField(Kind.choices(), unset=_("Not noted"), label=_("What it was like"))
    context = CodeField(Context.choices(), unset=_("Not noted"), label=_("What you were doing"))
    seen_by_others = CodeField(
        [("yes", _("Yes")), ("no", _("No"))], unset=_("Not noted"), label=_("Seen by someone else")
    )
    note = WordsField(length=limits.NOTE, lines=True, label=_("Note"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, record: EpisodeRecord, clock: Clock, places: Any, **options: Any
    ) -> None:
        self.record, self.clock = record, clock
        super().__init__(*args, **options)
        self.fields["place"].choices = places  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(record: EpisodeRecord, version: int) -> dict[str, Any]:
        """What the form shows of a record."""
        timed = record.duration_s
        seen = {True: "yes", False: "no", None: ""}[record.seen_by_others]
        return {name: getattr(record, name) for name in _SHOWN_AS_STORED} | {
            "place": ":".join(filter(None, (record.site, record.side))),
            "date": record.local_date,
            "started": _clock_time(record.started_at),
            "stopped": _clock_time(record.ended_at),
            "minutes": None if timed is None else timed // 60,
            "seconds": None if timed is None else timed % 60,
            "seen_by_others": seen,
            "version": version,
        }

    def clean(self) -> dict[str, Any]:
        """Put day and times together; an end before the start is refused."""
        found: dict[str, Any] = super().clean() or {}
        if self.errors:
            return found
        found["started_at"] = self._started_at(found)
        found["ended_at"] = self._ended_at(found)
        return found

    def _started_at(self, found: dict[str, Any]) -> Instant:
        kept = self.record.started_at
        if (found["date"], found["started"]) == (kept.local_date, _clock_time(kept)):
            return kept
        minute = found["started"].hour * 60 + found["started"].minute
        zone = self.record.time_zone or self.clock.zone
        instant = instant_of_wall_clock(found["date"], minute, zone)
        if instant.at > self.clock.now:
            self.add_error("started", gettext("The start is still to come."))
        return instant

    def _ended_at(self, found: dict[str, Any]) -> Instant | None:
        stopped: time | None = found["stopped"]
        if stopped is None:
            return None
        kept = self.record.ended_at
        if kept is not None and stopped == _clock_time(kept) and kept.at >= found["started_at"].at:
            return kept
        overnight = (
            stopped < found["started"]
            and found["started"] >= EVENING_FROM
            and stopped <= MORNING_UNTIL
        )
        day = found["date"] + timedelta(days=1 if overnight else 0)
        zone = self.record.time_zone or self.clock.zone
        started: Instant = found["started_at"]
        least = started.at.replace(second=0)
        minute = stopped.hour * 60 + stopped.minute
        instant = instant_of_wall_clock(day, minute, zone, not_before=least)
        if instant.at < least:
            self.add_error("stopped", gettext("The end is before the start"))
        elif instant.at > self.clock.now:
            self.add_error("stopped", gettext("The end is still to come"))
        return max(instant, started, key=lambda one: one.at)

    def changes(self) -> dict[str, Any]:
        """The record with what the form says, as changes."""
        found = self.cleaned_data
        site, _colon, side = found["place"].partition(":")
        minutes, seconds = found["minutes"], found["seconds"]
        typed = minutes is not None or seconds is not None
        codes = ("duration_class", "count_class", "kind", "context", "note")
        changed = {name: found[name] or None for name in codes} | {
            "site": site or None,
            "side": side or None,
            "started_at": found["started_at"],
            "ended_at": found["ended_at"],
            "running": None if found["ended_at"] is not None else self.record.running,
            "duration_s": (minutes or 0) * 60 + (seconds or 0) if typed else None,
            "intensity": int(found["intensity"]) if found["intensity"] else None,
            "twitch_count": found["twitch_count"],
            "per_minute": found["per_minute"],
            "pain": found["pain"],
            "seen_by_others": {"yes": True, "no": False}.get(found["seen_by_others"]),
        }
        if changed["started_at"] != self.record.started_at:
            changed["precision"] = InstantPrecision.MINUTE.value
        return changed

    def proposed(self) -> EpisodeRecord:
        """The record as it would be, for showing both versions of a conflict."""
        return replace(self.record, **self.changes())


def _clock_time(instant: Instant | None) -> time | None:
    if instant is None:
        return None
    return time(instant.local_minute // 60, instant.local_minute % 60)
