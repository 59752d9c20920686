from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from diary import vocabulary
from diary.exchange import shape
from diary.exchange.diary_file import read, write, write_chunks
from diary.records import (
    DayRecord,
    DiaryRecord,
    EpisodeRecord,
    EventRecord,
    Instant,
    MedicineRecord,
    OwnFactorRecord,
    PersonRecord,
    SymptomAnswerRecord,
    VisitRecord,
)
from tests.diary.exchange.files import day_text, diary_text, episode_text
from tests.strategies import diaries

VERSION_1 = (Path(__file__).parent / "version-1.json").read_text(encoding="utf-8")


@settings(max_examples=60)
@given(diaries())
def test_reading_what_was_written_gives_the_same_diary(diary: DiaryRecord) -> None:
    assert read(write(diary)) == diary


@settings(max_examples=20)
@given(diaries())
def test_writing_what_was_read_gives_the_same_text(diary: DiaryRecord) -> None:
    text = write(diary)

    assert write(read(text.encode())) == text


def test_a_stored_file_of_version_1_is_read_and_written_byte_for_byte() -> None:
    assert write(read(VERSION_1)) == VERSION_1


def test_the_stored_file_uses_every_field_of_the_format() -> None:
    used = {name for name, _value in members(json.loads(VERSION_1))}
    declared = {column.name for part in (shape.DIARY, *shape.SHAPES) for column in part.fields}

    assert declared <= used


def members(value: Any) -> Iterator[tuple[str, Any]]:
    """All names and values at any depth that are recorded."""
    if isinstance(value, dict):
        for name, member in value.items():
            if member is not None:
                yield name, member
            yield from members(member)
    if isinstance(value, list):
        for entry in value:
            yield from members(entry)


@pytest.mark.parametrize(
    ("choices", "field"),
    [
        (vocabulary.InstantPrecision, "precision"),
        (vocabulary.DurationClass, "duration_class"),
        (vocabulary.CountClass, "count_class"),
        (vocabulary.Kind, "kind"),
        (vocabulary.Context, "context"),
        (vocabulary.Source, "source"),
    ],
)
def test_every_code_of_an_episode_survives(choices: type[vocabulary.Choice], field: str) -> None:
    for code in choices.codes():
        diary = read(episode_text(**{field: code}))

        assert getattr(diary.episodes[0], field) == code
        assert f'"{field}": "{code}"' in write(diary)


def test_every_site_survives_with_every_side_it_takes() -> None:
    places = [(site.value, side.value) for site in vocabulary.BodySite for side in site.sides]
    text = day_text(sites=[{"site": site, "side": side} for site, side in places])

    assert read(text).days[0].sites == tuple(places)
    assert read(write(read(text))).days[0].sites == tuple(places)


@pytest.mark.parametrize(
    ("choices", "field"),
    [
        (vocabulary.Sex, "sex"),
        (vocabulary.Paper, "paper"),
        (vocabulary.Impact, "impact"),
    ],
)
def test_every_code_of_a_person_survives(choices: type[vocabulary.Choice], field: str) -> None:
    for code in choices.codes():
        assert getattr(read(diary_text(person={field: code})).person, field) == code


def test_every_condition_sign_medicine_and_drink_survives() -> None:
    conditions = vocabulary.Condition.codes()
    symptoms = vocabulary.AssociatedSymptom.codes()
    classes = vocabulary.MedicineClass.codes()
    drinks = vocabulary.Drink.codes()
    text = diary_text(
        person={"conditions": conditions, "family_conditions": conditions},
        symptom_answers=[
            {"asked_on": "2026-03-01", "symptom": symptom, "answer": "unsure"}
            for symptom in symptoms
        ],
        medicines=[{"name": "x", "medicine_class": code} for code in classes],
        days=[{"date": "2026-03-01", "drinks": [{"drink": code} for code in drinks]}],
    )
    diary = read(write(read(text)))

    assert diary.person.conditions == diary.person.family_conditions == conditions
    assert tuple(answer.symptom for answer in diary.symptom_answers) == symptoms
    assert tuple(medicine.medicine_class for medicine in diary.medicines) == classes
    assert tuple(drink.drink for drink in diary.days[0].drinks or ()) == drinks


class TestCanonicalText:
    def test_of_an_empty_diary_still_names_every_list(self) -> None:
        assert write(DiaryRecord()) == (
            '{"format": "twitch-diary", "version": 1,\n"person": {},\n"episodes": [],\n'
            '"days": [],\n"symptom_answers": [],\n"medicines": [],\n"events": [],\n'
            '"own_factors": [],\n"experiments": [],\n"visits": []\n}\n'
        )

    def test_differs_between_two_exports_only_in_its_line_of_exported_at(self) -> None:
        first, second = (
            write(replace(read(VERSION_1), exported_at=Instant(moment))).splitlines()
            for moment in ("2026-05-04T10:00:00Z", "2026-11-24T18:00:00+01:00")
        )
        differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]

        assert len(differing) == 1
        assert differing[0][0].startswith('"exported_at"')

    def test_puts_lists_in_the_order_of_dates_then_ids(self) -> None:
        a, b = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"
        same, earlier = Instant("2026-03-01T10:00:00+01:00"), Instant("2026-03-01T10:30:00+02:00")
        shuffled = DiaryRecord(
            episodes=(
                EpisodeRecord(b, same),
                EpisodeRecord(a, same),
                EpisodeRecord("00000000-0000-4000-8000-00000000000c", earlier),
            ),
            days=(DayRecord(date(2026, 3, 9), stress=1), DayRecord(date(2026, 3, 2), stress=2)),
            medicines=(MedicineRecord("x"), MedicineRecord("y", started_on=date(2026, 1, 1))),
            events=(EventRecord(date(2026, 3, 9), "b"), EventRecord(date(2026, 3, 2), "a")),
            own_factors=(
                OwnFactorRecord("walk", "Walk", "yes_no"),
                OwnFactorRecord("screen", "Screen", "number"),
            ),
            visits=(VisitRecord(), VisitRecord(date=date(2026, 4, 1))),
        )
        diary = read(write(shuffled))

        assert [episode.id[-1] for episode in diary.episodes] == ["c", "a", "b"]
        assert [day.stress for day in diary.days if day.entered] == [2, 1]
        assert [medicine.name for medicine in diary.medicines] == ["y", "x"]
        assert [event.label for event in diary.events] == ["a", "b"]
        assert [factor.code for factor in diary.own_factors] == ["screen", "walk"]
        assert [visit.date for visit in diary.visits] == [date(2026, 4, 1), None]

    def test_keeps_the_order_of_answers_given_on_one_date(self) -> None:
        answers = tuple(
            SymptomAnswerRecord(date(2026, 3, 1), "cramps", answer)
            for answer in ("yes", "unsure", "no")
        )

        assert read(write(DiaryRecord(symptom_answers=answers))).symptom_answers == answers

    def test_writes_whole_numbers_without_a_fraction(self) -> None:
        text = write(DiaryRecord(person=PersonRecord(weight_kg=70.0)))

        assert '"weight_kg": 70}' in text

    def test_leaves_out_what_is_not_recorded_but_keeps_empty_lists(self) -> None:
        text = write(DiaryRecord(person=PersonRecord(conditions=(), family_conditions=None)))

        assert '"person": {"conditions": []}' in text

    def test_leaves_letters_of_all_scripts_as_they_are(self) -> None:
        assert '"name": "Zoë 李"' in write(DiaryRecord(person=PersonRecord(name="Zoë 李")))

    def test_comes_in_pieces_that_never_hold_the_whole_diary(self) -> None:
        moment = Instant("2026-03-01T10:00:00Z")
        episodes = (EpisodeRecord(f"00000000-0000-4000-8000-{n:012}", moment) for n in range(2_000))
        pieces = list(write_chunks(DiaryRecord(), episodes))

        assert max(map(len, pieces)) < 60_000
        assert len(read("".join(pieces)).episodes) == 2_000

    def test_is_never_written_of_a_window_of_a_diary(self) -> None:
        with pytest.raises(ValueError, match="window"):
            write(DiaryRecord(episodes_from=date(2026, 3, 1)))


class TestReading:
    def test_absent_and_null_are_both_not_recorded(self) -> None:
        nulls = diary_text(person=None, episodes=None, days=[{"date": "2026-03-01", "note": None}])

        assert read(nulls) == read(diary_text()) == DiaryRecord()

    def test_fills_days_with_the_totals_of_their_episodes(self) -> None:
        diary = read(VERSION_1)
        totals = {day.date.isoformat(): day.totals.episodes for day in diary.days}

        assert totals == {
            "2026-03-28": 0,
            "2026-03-29": 1,
            "2026-03-30": 0,
            "2026-05-03": 1,
        }

    def test_a_day_with_nothing_but_its_zone_is_no_entry(self) -> None:
        assert read(day_text(time_zone="Europe/Rome")).days == ()

    def test_brings_text_into_nfc_and_line_breaks_into_one_form(self) -> None:
        note = read(day_text(note="cafe\u0301\r\nand\rtea\t")).days[0].note

        assert note == "café\nand\ntea\t"

    def test_takes_an_empty_text_for_nothing_recorded(self) -> None:
        assert read(episode_text(note="")).episodes[0].note is None

    @pytest.mark.parametrize(
        "written",
        [
            "2026-03-01T21:30Z",
            "2026-03-01T21:30:00.123456789-03:30",
            "2026-03-01T21:30:00,5+0545",
            "2026-03-01T21:30+01",
            "2100-12-31T23:59:59+00:00",
        ],
    )
    def test_keeps_moments_to_the_letter(self, written: str) -> None:
        diary = read(episode_text(started_at=written))

        assert diary.episodes[0].started_at.text == written
        assert f'"started_at": "{written}"' in write(diary)

    def test_takes_whole_numbers_with_a_needless_fraction(self) -> None:
        stress = (
            read(
                '{"format": "twitch-diary", "version": 1.0,'
                ' "days": [{"date": "2026-03-01", "stress": 7.0}]}'
            )
            .days[0]
            .stress
        )

        assert stress == 7
        assert type(stress) is int

    def test_takes_a_byte_order_mark_and_any_layout(self) -> None:
        spaced = json.dumps(json.loads(VERSION_1), indent=4).encode("utf-8-sig")

        assert read(spaced) == read("\ufeff" + VERSION_1) == read(VERSION_1)

    def test_takes_members_in_any_order(self) -> None:
        reversed_text = json.dumps(dict(reversed(json.loads(VERSION_1).items())))

        assert read(reversed_text) == read(VERSION_1)

    def test_keeps_ids_in_small_letters(self) -> None:
        upper = "ABCDEF00-0000-4000-8000-000000000001"

        assert read(episode_text(id=upper)).episodes[0].id == upper.lower()

    def test_does_not_ask_for_own_factors_to_be_declared(self) -> None:
        assert read(day_text(own={"x": True, "y": 2.5, "z": None})).days[0].own == {
            "x": True,
            "y": 2.5,
        }

    def test_leaves_caffeine_free_without_drinks_or_without_all_amounts(self) -> None:
        unknown = [{"drink": "cola", "mg": 35}, {"drink": "own", "label": "mate"}]

        assert read(day_text(caffeine_mg=400)).days[0].caffeine_mg == 400
        assert read(day_text(caffeine_mg=400, drinks=unknown)).days[0].caffeine_mg == 400
        assert read(day_text(drinks=unknown[:1])).days[0].caffeine_mg is None
