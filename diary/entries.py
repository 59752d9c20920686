"""The only writer of episodes and days: every change keeps the totals of its day.

Each function is one transaction. Deleting is soft, so that undo has no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from diary.local_days import instant_in_zone
from diary.look_ups import look_up_anew
from diary.models import Day, Episode, Intake, Person
from diary.queries import drinks_on, episodes_on
from diary.records import DayRecord, DayTotals, DrinkRecord, EpisodeRecord, totals_of
from diary.stored import (
    DAY_COLUMNS,
    EPISODE_COLUMNS,
    TOTALS_COLUMNS,
    day_record,
    digest,
    digest_of,
    episode_columns,
    episode_record,
    intake_columns,
    totals_columns,
    totals_record,
)


class Conflict(Exception):
    """The entry was changed or sent differently meanwhile; `stored` is what the diary holds."""

    def __init__(self, stored: Any) -> None:
        super().__init__("The entry was changed meanwhile.")
        self.stored = stored


@transaction.atomic
def log_episode(person: Person, record: EpisodeRecord, *, sent: str | None = None) -> Episode:
    """Store an episode once: the same again answers as the first time.

    `sent` is what the browser said, where the clock added the moment: two taps on one button are
    one entry although their moments differ. Raises `Conflict` when another body stands under the
    same id.
    """
    sent = digest(record) if sent is None else digest_of(sent)
    try:
        with transaction.atomic():
            episode = Episode.objects.create(
                person=person, sent_digest=sent, **episode_columns(record)
            )
    except IntegrityError:
        stored = Episode.objects.owned_by(person).filter(uid=UUID(record.id)).first()
        if stored is None:
            raise
        if stored.sent_digest != sent:
            raise Conflict(stored) from None
        return stored
    _add_to_totals(person, record)
    return episode


EpisodeChanges = Mapping[str, Any] | Callable[[EpisodeRecord], Mapping[str, Any]]
"""Fields named as in `EpisodeRecord`, or what works them out from the episode as it stands."""


@transaction.atomic
def change_episode(
    person: Person, uid: UUID, changes: EpisodeChanges, *, version: int | None = None
) -> Episode:
    """Change fields of an episode; without any it is left as it is.

    With a `version`, raises `Conflict` when the entry has moved on since that version was read.
    """
    episode = Episode.objects.owned_by(person).kept().select_for_update().get(uid=uid)
    if version is not None and episode.version != version:
        raise Conflict(episode)
    before = record_of_episode(episode)
    changed = changes(before) if callable(changes) else changes
    if not changed:
        return episode
    after = replace(before, **changed)
    for column, value in episode_columns(after).items():
        setattr(episode, column, value)
    episode.version += 1
    episode.save()
    for day in {before.local_date, after.local_date}:
        refresh_totals(person, day)
    return episode


def mark_running(person: Person, uid: UUID) -> Episode:
    """It is still going on; an episode whose length is known stays as it is."""

    def running(known: EpisodeRecord) -> dict[str, Any]:
        return {} if known.running or known.timed_s is not None else {"running": True}

    return change_episode(person, uid, running)


def stop_episode(person: Person, uid: UUID, ended: datetime | None, zone: str) -> Episode:
    """It stopped, at an unknown time with None; an episode that does not go on stays as it is.

    So an end that is known is not moved by a second tap, or by one on a page long open. A clock
    set back meanwhile leaves the length unknown.
    """

    def stopped(known: EpisodeRecord) -> dict[str, Any]:
        if not known.running:
            return {}
        if ended is None or ended < known.started_at.at:
            return {"running": None}
        return {"running": None, "ended_at": instant_in_zone(ended, known.time_zone or zone)}

    return change_episode(person, uid, stopped)


def take_back_stop(person: Person, uid: UUID, version: int) -> Episode:
    """It goes on after all: the end that a stop wrote is taken out; a length typed in stays.

    Raises `Conflict` when the entry has moved on since the stop, which made this version.
    """

    def goes_on(known: EpisodeRecord) -> dict[str, Any]:
        return {"running": True, "ended_at": None} if known.duration_s is None else {}

    return change_episode(person, uid, goes_on, version=version)


def delete_episode(person: Person, uid: UUID) -> Episode:
    """Take an episode out of the diary; `restore_episode` brings it back."""
    return _set_deleted(person, uid, deleted=True)


def restore_episode(person: Person, uid: UUID) -> Episode:
    """Bring a deleted episode back."""
    return _set_deleted(person, uid, deleted=False)


@transaction.atomic
def _set_deleted(person: Person, uid: UUID, *, deleted: bool) -> Episode:
    episode = Episode.objects.owned_by(person).select_for_update().get(uid=uid)
    episode.deleted_at = timezone.now() if deleted else None
    episode.version += 1
    episode.save(update_fields=["deleted_at", "version"])
    refresh_totals(person, episode.local_date)
    return episode


def record_of_episode(episode: Episode) -> EpisodeRecord:
    """The record of one row."""
    return episode_record(tuple(getattr(episode, name) for name in EPISODE_COLUMNS))


def refresh_totals(person: Person, day: date) -> None:
    """Bring the totals of a day in line with its episodes.

    An episode on a day that was closed as "no twitches" opens the day again: the two cannot both
    be true, and only the person can say what the whole day was like. When the last episode is
    taken out again, a slip of the finger undone, what was said of the day stands again.
    """
    _store_totals(_locked(person, day), totals_of(episodes_on(person, day)))


def _add_to_totals(person: Person, record: EpisodeRecord) -> None:
    """One more episode in the totals of its day: a tap costs the same on a day with hundreds.

    Parts of seconds are added up anew in their order: otherwise the last digit of the sum would
    tell in which order they were logged.
    """
    row = _locked(person, record.local_date)
    before = totals_record([getattr(row, column) for column in TOTALS_COLUMNS])
    one = totals_of([record])
    if before.seconds % 1 or one.seconds % 1:
        _store_totals(row, totals_of(episodes_on(person, record.local_date)))
    else:
        _store_totals(row, before.plus(one))


def _locked(person: Person, day: date) -> Day:
    """The row of a day, before its episodes are read: of two writers the later counts both.

    It stays when the day is emptied, so that its version never comes again: a page opened before
    would take a day filled anew for the one it showed.
    """
    row, _created = Day.objects.select_for_update().get_or_create(person=person, date=day)
    return row


def _store_totals(row: Day, totals: DayTotals) -> None:
    columns = totals_columns(totals)
    for column, value in columns.items():
        setattr(row, column, value)
    _open_or_close_again(row)
    row.save(update_fields=(*columns, *CLOSING_COLUMNS, "closing_taken_back", "entered"))


CLOSING_COLUMNS = ("closed_as", "closed_at_written", "summary")


def _open_or_close_again(row: Day) -> None:
    """Take back a closing as "no twitches" where the day holds one, for as long as it does."""
    closing = {column: getattr(row, column) for column in CLOSING_COLUMNS}
    if row.total_episodes and "none" in (row.closed_as, row.summary):
        changed, row.closing_taken_back = dict.fromkeys(closing, ""), closing
    elif row.closing_taken_back and not row.total_episodes:
        changed, row.closing_taken_back = row.closing_taken_back, None
    else:
        return
    for column, value in changed.items():
        setattr(row, column, value)
    row.entered = record_of_day(row).entered


@transaction.atomic
def change_day(
    person: Person,
    day: date,
    changes: Mapping[str, Any],
    *,
    drinks: Sequence[DrinkRecord] | None = None,
    drinks_unset: bool = False,
    version: int | None = None,
) -> Day:
    """Change columns of a day, making it when it is the first entry.

    A function among the values is given what its column holds, so that two changes of one list
    are both kept. `drinks` replaces the drinks of the day; `drinks_unset` makes them not recorded.
    With a `version`, raises `Conflict` when the day has moved on since that version was read; 0
    means that nothing had been entered then.
    """
    row = _locked(person, day)
    if version is not None and row.version != version and (version or row.entered):
        raise Conflict(row)
    for column, value in changes.items():
        setattr(row, column, value(getattr(row, column)) if callable(value) else value)
    if not changes.keys().isdisjoint(CLOSING_COLUMNS):
        row.closing_taken_back = None
    _open_or_close_again(row)
    if drinks is not None or drinks_unset:
        row.intakes.all().delete()
        row.has_drinks = drinks is not None
        Intake.objects.bulk_create(
            Intake(day=row, position=position, **intake_columns(drink))
            for position, drink in enumerate(drinks or ())
        )
    if "caffeine_mg" in changes:  # of the values of a day, the one that an emergency can rest on
        look_up_anew(person)
    row.version += 1
    row.entered = record_of_day(row).entered
    row.save()
    return row


def record_of_day(row: Day) -> DayRecord:
    """The record of one row."""
    return day_record(tuple(getattr(row, name) for name in DAY_COLUMNS), drinks_on(row.pk))
