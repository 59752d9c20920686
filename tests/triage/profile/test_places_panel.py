"""Panel "Places and sides": its dates and its order are those of the rest of the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.html import strip_tags

from diary.example import example_diary
from diary.records import EpisodeRecord
from tests.triage.hand_made import AS_OF, complete, days_ago, diary, episode
from triage.profile.panels import ProfilePage, profile_page
from triage.summary import summarise

LID = {"site": "eyelid_lower", "side": "left"}
CALF = {"site": "calf", "side": "left"}
THUMB = {"site": "thumb", "side": "right"}


def page_of(*episodes: EpisodeRecord, weeks: int | None = None) -> ProfilePage:
    record = diary([complete(days_ago(n)) for n in range(84)], episodes)
    return profile_page(summarise(record, AS_OF, weeks))


def test_first_is_the_first_day_of_the_whole_diary_in_a_short_period_too() -> None:
    page = page_of(
        *(episode(days_ago(n), **LID) for n in range(80)),
        *(episode(days_ago(n), **THUMB) for n in (60, 3, 2)),
        weeks=4,
    )

    assert [(row.first, row.new) for row in page.places.rows] == [
        ("14 Feb", False),
        ("5 Mar", False),
    ]
    assert "right thumb too since 5 March" in strip_tags(page.story.sentence).replace("\xa0", " ")


def test_first_of_the_example_is_that_of_its_story() -> None:
    as_of = date(2026, 11, 27)
    page = profile_page(summarise(example_diary(as_of), as_of, 4))
    calf = next(row for row in page.places.rows if row.name == "Left calf")

    day, month = calf.first.split()
    assert f"since {day} {month}" in strip_tags(page.story.sentence).replace("\xa0", " ")


def test_places_course_and_days_together_speak_of_the_same_first_two() -> None:
    many_on_one_day = [
        replace(episode(days_ago(5), f"{hour:02d}:00", **THUMB), id=f"thumb {hour}")
        for hour in range(9)
    ]
    page = page_of(
        *many_on_one_day,
        *(episode(days_ago(n), **LID) for n in range(40)),
        *(episode(days_ago(n), "03:00", **CALF) for n in range(30)),
    )

    assert [row.days for row in page.places.rows] == ["40", "30", "1"]
    assert [row.label for row in page.course.rows[:2]] == ["Left lower eyelid", "Left calf"]
    assert "First two together: 30 of 40 days" in page.places.notes
