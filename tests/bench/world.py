"""The database of a run: people with diaries of several sizes, in a temporary folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from config.serve import set_journal_mode
from diary.exchange import diary_file
from diary.keeping import replace_diary
from diary.models import Day, Episode, Person
from diary.records import DiaryRecord
from tests.bench.browser import Browser
from tests.bench.diaries import long_diary

TEN_YEARS = 3650


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured."""

    rounds: int
    each: int
    episodes: int
    cold_rounds: int
    load_rounds: int
    load_seconds: float


FULL = Effort(rounds=15, each=5, episodes=100_000, cold_rounds=4, load_rounds=4, load_seconds=1.2)
QUICK = Effort(rounds=5, each=3, episodes=10_000, cold_rounds=2, load_rounds=2, load_seconds=0.7)


class World:
    """People and diaries; each is made when it is first asked for."""

    def __init__(self, effort: Effort) -> None:
        self.effort = effort
        self.today = timezone.now().date()
        self.folder: Path = settings.DATA_DIR
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
        call_command("collectstatic", verbosity=0, interactive=False)
        set_journal_mode(Path(settings.DATABASES["default"]["NAME"]))

    @cached_property
    def quarter_diary(self) -> DiaryRecord:
        """90 days with a tenth of the episodes a day that the long diary has, about."""
        return long_diary(self.today, 90, round(self.effort.episodes * 90 / TEN_YEARS))

    @cached_property
    def ten_years_diary(self) -> DiaryRecord:
        """3,650 days with all episodes."""
        return long_diary(self.today, TEN_YEARS, self.effort.episodes)

    @cached_property
    def quarter(self) -> Browser:
        """Who keeps the diary of 90 days."""
        return self.kept(self.quarter_diary)

    @cached_property
    def ten_years(self) -> Browser:
        """Who keeps the diary of ten years."""
        return self.kept(self.ten_years_diary)

    @cached_property
    def thousand(self) -> Browser:
        """Who keeps a diary of 1,000 episodes in a year."""
        return self.kept(long_diary(self.today, 365, 1_000))

    @cached_property
    def one(self) -> Browser:
        """Who keeps a diary of one day with one episode."""
        return self.kept(long_diary(self.today, 1, 1))

    def kept(self, diary: DiaryRecord) -> Browser:
        """A new person with this diary, signed in."""
        person = Person.objects.create_user(email=f"{uuid4()}@diary.example")
        replace_diary(person, diary)
        return Browser(person)

    def file_of(self, name: str, diary: DiaryRecord) -> Path:
        """The diary as a file in the folder of the run."""
        path = self.folder / f"{name}.json"
        path.write_text(diary_file.write(diary), encoding="utf-8")
        return path

    def without_today(self, *browsers: Browser) -> None:
        """Take out what was logged today, so that a day keeps the size a day has."""
        people = [browser.person for browser in browsers]
        Episode.objects.filter(person__in=people, local_date=self.today).delete()
        Day.objects.filter(person__in=people, date=self.today).delete()

    def tap(self) -> dict[str, str]:
        """The fields of one tap on the log page."""
        return {"tap": f"{uuid4()}/calf:left"}


BARE_FIELDS: dict[str, Any] = {"place": "calf left", "strength": "2", "note": ""}
