"""Every kind of fault: where it is said to be, and what the sentence asks for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from diary import limits
from diary.exchange.diary_file import DiaryFileFaults, read
from diary.exchange.faults import MOST_LISTED
from tests.diary.exchange.files import EPISODE, day_text, diary_text, episode_text, faults_in

DATE = "Write the date as year-month-day, for example 2026-03-01."
MOMENT = "Write date, time and offset from UTC, for example 2026-03-01T21:30:00+01:00."
YES_NO = "Write true or false, without quotation marks."
UUID = "Write a UUID, for example 0191e4b2-7c1d-7d35-9a0e-6f1f3f0a2b11."
UNKNOWN = "Remove this field or correct its name: version 1 of the format does not have it."
REPEATED = "Keep one of these: the field stands more than once in the same object."
REQUIRED = "Add this field: it is required."
OBJECT = "Write an object in curly brackets."


class TestIdentity:
    @pytest.mark.parametrize(
        ("text", "path", "sentence"),
        [
            ("{}", "$.format", REQUIRED),
            (
                '{"format": "other", "version": 1}',
                "$.format",
                'Choose a diary file: its format is "twitch-diary".',
            ),
            ('{"format": "twitch-diary"}', "$.version", REQUIRED),
            (
                '{"format": "twitch-diary", "version": 2, "sleepwalks": []}',
                "$.version",
                "Update the program: it reads version 1 of the format.",
            ),
            (
                '{"format": "twitch-diary", "version": true}',
                "$.version",
                "Update the program: it reads version 1 of the format.",
            ),
            (
                '{"format": ["twitch-diary"], "version": 1}',
                "$.format",
                'Choose a diary file: its format is "twitch-diary".',
            ),
        ],
    )
    def test_of_another_file_or_version_is_the_only_fault(
        self, text: str, path: str, sentence: str
    ) -> None:
        assert faults_in(text) == [(path, sentence)]


class TestFields:
    def test_unknown_ones_are_named_by_their_path(self) -> None:
        text = diary_text(
            nights=[{"a": 1}, 2],
            person={"nmae": "Ada", "settings": {"theme": None}},
            episodes=[EPISODE | {'we"ird': 1}],
        )

        assert faults_in(text) == [
            ("$.nights", UNKNOWN),
            ("$.person.nmae", UNKNOWN),
            ("$.person.settings.theme", UNKNOWN),
            ('$.episodes[0]["we\\"ird"]', UNKNOWN),
        ]

    def test_repeated_ones_are_faults_at_any_depth(self) -> None:
        text = (
            '{"format": "twitch-diary", "version": 1, "person": {"onset": '
            '{"precision": "day", "precision": "day"}}, "days": '
            '[{"date": "2026-03-01", "own": {"x": 1, "x": 1}}], "visits": '
            '[{"frozen": {"a": [{"b": 1, "b": 2}]}}], "events": [], "events": []}'
        )

        assert faults_in(text) == [
            ("$.person.onset.precision", REPEATED),
            ("$.days[0].own.x", REPEATED),
            ("$.visits[0].frozen.a[0].b", REPEATED),
            ("$.events", REPEATED),
        ]

    @pytest.mark.parametrize(
        ("text", "paths"),
        [
            (diary_text(episodes=[{}]), ["$.episodes[0].id", "$.episodes[0].started_at"]),
            (episode_text(id=None), ["$.episodes[0].id"]),
            (diary_text(days=[{"stress": 1}]), ["$.days[0].date"]),
            (
                diary_text(symptom_answers=[{}]),
                [f"$.symptom_answers[0].{name}" for name in ("asked_on", "symptom", "answer")],
            ),
            (diary_text(events=[{}]), ["$.events[0].date", "$.events[0].label"]),
            (diary_text(medicines=[{"dose": "1"}]), ["$.medicines[0].name"]),
            (
                diary_text(own_factors=[{}]),
                [f"$.own_factors[0].{name}" for name in ("code", "label", "kind")],
            ),
            (day_text(sites=[{"side": "left"}]), ["$.days[0].sites[0].site"]),
        ],
    )
    def test_required_ones_are_missed_when_absent_or_null(
        self, text: str, paths: list[str]
    ) -> None:
        assert faults_in(text) == [(path, REQUIRED) for path in paths]


class TestValues:
    @pytest.mark.parametrize("given", ["7", 7.5, True, 11, -1, 10**400, [], {}])
    def test_whole_numbers_are_whole_and_within_bounds(self, given: Any) -> None:
        assert faults_in(episode_text(pain=given)) == [
            ("$.episodes[0].pain", "Write a whole number from 0 to 10.")
        ]

    @pytest.mark.parametrize("given", ["70", False, 0.99, 700.1, [70]])
    def test_numbers_are_within_bounds(self, given: Any) -> None:
        assert faults_in(diary_text(person={"weight_kg": given})) == [
            ("$.person.weight_kg", "Write a number from 1 to 700.")
        ]

    @pytest.mark.parametrize("written", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
    def test_numbers_are_finite(self, written: str) -> None:
        text = diary_text(
            person={"weight_kg": "?"}, visits=[{"frozen": {"a": [["?"]]}}], days=[]
        ).replace('"?"', written)

        assert faults_in(text) == [
            ("$.person.weight_kg", "Write a number from 1 to 700."),
            ("$.visits[0].frozen.a[0][0]", "Write a number that is not infinite."),
        ]

    @pytest.mark.parametrize("given", [1, 0, "true", "yes", []])
    def test_yes_or_no_is_neither_number_nor_text(self, given: Any) -> None:
        assert faults_in(episode_text(seen_by_others=given)) == [
            ("$.episodes[0].seen_by_others", YES_NO)
        ]

    @pytest.mark.parametrize("given", ["Left", "", 1, None, ["left"], "left\n"])
    def test_codes_are_those_of_the_vocabulary(self, given: Any) -> None:
        expected = "Use one of these codes: left, right, both, midline."
        found = faults_in(episode_text(site="calf", side=given))

        assert found == ([] if given is None else [("$.episodes[0].side", expected)])

    def test_long_lists_of_codes_are_named_by_one_of_them(self) -> None:
        answer = {"asked_on": "2026-03-01", "symptom": "hunger", "answer": "no"}

        assert faults_in(diary_text(symptom_answers=[answer])) == [
            (
                "$.symptom_answers[0].symptom",
                "Use one of the 72 codes of the format, such as weakness_feeling.",
            )
        ]

    @pytest.mark.parametrize(
        "given", ["01.03.2026", "2026-3-1", "20260301", "2026-W09-7", "2026-03-01T00:00", 20260301]
    )
    def test_dates_are_written_year_month_day(self, given: Any) -> None:
        assert faults_in(day_text(date=given)) == [("$.days[0].date", DATE)]

    @pytest.mark.parametrize("given", ["2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01"])
    def test_dates_are_in_the_calendar(self, given: str) -> None:
        assert faults_in(day_text(date=given)) == [
            ("$.days[0].date", "Correct this date: the calendar has no such day.")
        ]

    @pytest.mark.parametrize("given", ["1899-12-31", "2201-01-01", "9999-12-31", "0001-01-01"])
    def test_dates_and_moments_are_within_the_years_of_the_diary(self, given: str) -> None:
        sentence = "Correct this date: it must lie from 1900-01-01 to 2200-12-31."

        assert faults_in(day_text(date=given)) == [("$.days[0].date", sentence)]
        assert faults_in(episode_text(started_at=f"{given}T00:00:00Z")) == [
            ("$.episodes[0].started_at", sentence)
        ]

    @pytest.mark.parametrize(
        "given",
        [
            "2026-03-01T21:30:00",
            "2026-03-01 21:30:00+01:00",
            "2026-03-01T21:30:00+1",
            "20260301T213000Z",
            "2026-03-01t21:30:00z",
            "2026-03-01",
            "",
            1772397000,
            "2026-03-01T21:30:00+01:00\n",
            "٢٠٢٦-03-01T21:30:00Z",
        ],
    )
    def test_moments_carry_time_and_offset(self, given: Any) -> None:
        assert faults_in(episode_text(started_at=given)) == [("$.episodes[0].started_at", MOMENT)]

    @pytest.mark.parametrize(
        "given",
        [
            "2026-02-29T10:00:00Z",
            "2026-03-01T24:00:00Z",
            "2026-03-01T10:60:00Z",
            "2026-03-01T10:00:00+24:00",
        ],
    )
    def test_moments_are_on_the_clock(self, given: str) -> None:
        assert faults_in(episode_text(started_at=given)) == [
            (
                "$.episodes[0].started_at",
                "Correct this moment: no clock or calendar shows it.",
            )
        ]

    @pytest.mark.parametrize(
        "given", ["1", "00000000000040008000000000000001", 1, EPISODE["id"] + "0"]
    )
    def test_ids_are_uuids(self, given: Any) -> None:
        assert faults_in(episode_text(id=given)) == [("$.episodes[0].id", UUID)]

    @pytest.mark.parametrize("given", ["CET+1", "europe/rome", "Mars/Olympus", "../etc/passwd", 1])
    def test_zones_are_iana_names(self, given: Any) -> None:
        assert faults_in(episode_text(time_zone=given)) == [
            (
                "$.episodes[0].time_zone",
                "Write the IANA name of a time zone, for example Europe/Rome.",
            )
        ]

    @pytest.mark.parametrize(
        ("text", "path", "sentence"),
        [
            (
                day_text(drinks=[{"at": "8:30"}]),
                "$.days[0].drinks[0].at",
                "Write the local time as HH:MM, for example 08:30.",
            ),
            (
                diary_text(person={"country": "gb"}),
                "$.person.country",
                "Write the ISO 3166 code of the country, for example GB.",
            ),
            (
                diary_text(own_factors=[{"code": "a b", "label": "x", "kind": "number"}]),
                "$.own_factors[0].code",
                "Use letters a to z, digits, hyphens and underscores, up to 64.",
            ),
            (
                day_text(own={"a b": 1}),
                '$.days[0].own["a b"]',
                "Use letters a to z, digits, hyphens and underscores, up to 64.",
            ),
        ],
    )
    def test_fixed_forms_are_kept(self, text: str, path: str, sentence: str) -> None:
        assert faults_in(text) == [(path, sentence)]

    @pytest.mark.parametrize(
        ("text", "path", "sentence"),
        [
            (diary_text(person=[]), "$.person", OBJECT),
            (diary_text(person=[[[]], 1]), "$.person", OBJECT),
            (diary_text(person="Ada"), "$.person", OBJECT),
            (diary_text(episodes=[None]), "$.episodes[0]", OBJECT),
            (diary_text(episodes={}), "$.episodes", "Write a list in square brackets."),
            (day_text(sites="calf"), "$.days[0].sites", "Write a list in square brackets."),
            (day_text(own=[]), "$.days[0].own", OBJECT),
            (diary_text(visits=[{"frozen": [1]}]), "$.visits[0].frozen", OBJECT),
        ],
    )
    def test_objects_and_lists_stand_where_they_belong(
        self, text: str, path: str, sentence: str
    ) -> None:
        assert faults_in(text) == [(path, sentence)]


class TestText:
    LINES = "Remove the control characters; line breaks and tabs may stay."
    LINE = "Remove the control characters and line breaks: this is a single line."
    BROKEN = "Replace the broken characters (half of a surrogate pair)."

    @pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9f"])
    def test_holds_no_control_characters(self, character: str) -> None:
        text = diary_text(
            person={"name": f"a{character}"},
            days=[{"date": "2026-03-01", "note": f"a{character}"}],
            visits=[{"frozen": {"text": f"a{character}"}}],
        )

        assert faults_in(text) == [
            ("$.person.name", self.LINE),
            ("$.days[0].note", self.LINES),
            ("$.visits[0].frozen.text", self.LINES),
        ]

    def test_of_a_single_line_has_no_line_break(self) -> None:
        assert faults_in(diary_text(person={"name": "Ada\nE."})) == [("$.person.name", self.LINE)]

    def test_holds_no_half_characters(self) -> None:
        text = diary_text(person={"name": "a\ud800"}, visits=[{"frozen": {"\udfff": ["\udc00"]}}])

        assert faults_in(text) == [
            ("$.person.name", self.BROKEN),
            ('$.visits[0].frozen["\\udfff"]', self.BROKEN),
            ('$.visits[0].frozen["\\udfff"][0]', self.BROKEN),
        ]

    def test_is_not_longer_than_its_limit(self) -> None:
        assert faults_in(day_text(note="ä" * limits.NOTE)) == []
        assert faults_in(day_text(note="ä" * (limits.NOTE + 1))) == [
            ("$.days[0].note", "Shorten this to 2000 characters.")
        ]

    def test_is_not_longer_than_its_limit_in_nfc_either(self) -> None:
        assert faults_in(day_text(note="\u0958" * limits.NOTE)) == [
            ("$.days[0].note", "Shorten this to 2000 characters.")
        ]

    def test_stacks_no_more_accents_than_any_script_does(self) -> None:
        assert faults_in(day_text(note="a" + "\u0301\u0316" * 100)) == [
            ("$.days[0].note", "Remove some accents: more than 30 stand on one letter.")
        ]

    @pytest.mark.parametrize("given", [1, True, ["note"], {}])
    def test_is_text(self, given: Any) -> None:
        assert faults_in(day_text(note=given)) == [
            ("$.days[0].note", "Write this as text between quotation marks.")
        ]

    def test_that_is_required_is_not_empty(self) -> None:
        text = diary_text(
            events=[{"date": "2026-03-01", "label": ""}], visits=[{"questions": [""]}]
        )

        assert faults_in(text) == [
            ("$.events[0].label", "Write at least one character."),
            ("$.visits[0].questions[0]", "Write at least one character."),
        ]


class TestAgreement:
    @pytest.mark.parametrize(
        ("fields", "path", "sentence"),
        [
            (
                {"site": "calf", "side": "midline"},
                "$.episodes[0].side",
                "Use left, right or both: calf has no midline.",
            ),
            ({"side": "left"}, "$.episodes[0].site", "Name the site, or leave out the side."),
            (
                {"ended_at": "2026-03-01T21:29:59+01:00"},
                "$.episodes[0].ended_at",
                "Correct the end: it lies before the start.",
            ),
            (
                {"ended_at": "2026-03-01T21:31:00+01:00", "running": True},
                "$.episodes[0].running",
                "Write false: the episode has an end.",
            ),
        ],
    )
    def test_within_an_episode(self, fields: dict[str, Any], path: str, sentence: str) -> None:
        assert faults_in(episode_text(**fields)) == [(path, sentence)]

    def test_of_an_end_is_by_the_moment_and_not_by_the_clock(self) -> None:
        assert faults_in(episode_text(ended_at="2026-03-01T20:31:00+00:00")) == []

    def test_of_a_place_of_a_day(self) -> None:
        places = [{"site": "tongue", "side": "midline"}, {"site": "eyelid", "side": "midline"}]

        assert faults_in(day_text(sites=places)) == [
            ("$.days[0].sites[1].side", "Use left, right or both: eyelid has no midline.")
        ]

    @pytest.mark.parametrize(("caffeine_mg", "drinks"), [(130, [100, 31]), (1, [])])
    def test_of_drinks_with_the_caffeine_of_the_day(
        self, caffeine_mg: int, drinks: list[int]
    ) -> None:
        text = day_text(caffeine_mg=caffeine_mg, drinks=[{"mg": mg} for mg in drinks])
        sentence = f"Write {sum(drinks)}, which the drinks add up to, or correct the drinks."

        assert faults_in(text) == [("$.days[0].caffeine_mg", sentence)]

    @pytest.mark.parametrize(
        ("episodes", "sentence"),
        [
            (1, "Write complete, or remove the 1 episode of that day."),
            (2, "Write complete, or remove the 2 episodes of that day."),
        ],
    )
    def test_of_a_day_without_twitches_with_its_episodes(
        self, episodes: int, sentence: str
    ) -> None:
        text = diary_text(
            days=[{"date": "2026-02-28"}, {"date": "2026-03-01", "closed_as": "none"}],
            episodes=[EPISODE | {"id": f"{n}" * 8 + EPISODE["id"][8:]} for n in range(episodes)],
        )

        assert faults_in(text) == [("$.days[1].closed_as", sentence)]

    def test_of_own_values_with_the_kind_of_their_factor(self) -> None:
        factors = [
            {"code": "walk", "label": "Walk", "kind": "yes_no"},
            {"code": "screen", "label": "Screen", "kind": "number"},
        ]
        days = [{"date": "2026-03-01", "own": {"walk": 1, "screen": True}}]

        assert faults_in(diary_text(days=days, own_factors=factors)) == [
            ("$.days[0].own.screen", "Write a number: this factor holds numbers."),
            ("$.days[0].own.walk", "Write true or false: this factor is a yes or no."),
        ]

    def test_of_the_birth_year_with_the_calendar(self) -> None:
        year = datetime.now(UTC).year

        assert faults_in(diary_text(person={"birth_year": year})) == []
        assert faults_in(diary_text(person={"birth_year": year + 1})) == [
            ("$.person.birth_year", f"Write a year up to {year}.")
        ]


class TestDuplicates:
    def test_of_ids_in_whatever_letters(self) -> None:
        ids = ["abcdef00-0000-4000-8000-000000000001", "ABCDEF00-0000-4000-8000-000000000001"]

        assert faults_in(diary_text(episodes=[EPISODE | {"id": uid} for uid in ids])) == [
            ("$.episodes[1].id", "Keep one of the two: $.episodes[0].id has the same.")
        ]

    def test_of_dates(self) -> None:
        assert faults_in(diary_text(days=[{"date": "2026-03-01"}] * 3)) == [
            ("$.days[1].date", "Keep one of the two: $.days[0].date has the same."),
            ("$.days[2].date", "Keep one of the two: $.days[0].date has the same."),
        ]

    def test_of_codes_of_own_factors(self) -> None:
        factor = {"code": "walk", "label": "Walk", "kind": "yes_no"}

        assert faults_in(diary_text(own_factors=[factor, factor])) == [
            ("$.own_factors[1].code", "Keep one of the two: $.own_factors[0].code has the same.")
        ]


class TestList:
    def test_of_faults_holds_all_of_them_in_the_order_of_the_file(self) -> None:
        text = diary_text(
            person={"paper": "a5"},
            episodes=[EPISODE | {"pain": 11, "intensity": 0}, {"id": "x", "started_at": "y"}],
            days=[{"date": "2026-03-01", "closed_as": "none", "stress": 3}],
        )

        assert [path for path, _sentence in faults_in(text)] == [
            "$.person.paper",
            "$.episodes[0].pain",
            "$.episodes[0].intensity",
            "$.episodes[1].id",
            "$.episodes[1].started_at",
        ]

    def test_of_faults_stops_at_a_hundred_and_counts_the_rest(self) -> None:
        with pytest.raises(DiaryFileFaults) as raised:
            read(diary_text(days=[{"date": n} for n in range(MOST_LISTED + 7)]))

        assert raised.value.total == MOST_LISTED + 7
        assert len(raised.value.faults) == MOST_LISTED + 1
        assert str(raised.value.faults[-1]) == (
            "$: 7 more faults are not listed: put these right first, then read the file again."
        )

    def test_of_entries_is_refused_at_its_limit(self) -> None:
        too_many = [{"code": f"c{n}", "label": "x", "kind": "number"} for n in range(501)]

        assert faults_in(diary_text(own_factors=too_many)) == [
            ("$.own_factors", "Shorten this list to 500 entries.")
        ]

    def test_of_values_inside_an_entry_is_refused_at_its_limit(self) -> None:
        too_many = ["magnesium"] * (limits.CODES_LISTED + 1)

        assert faults_in(day_text(supplements=too_many)) == [
            ("$.days[0].supplements", "Shorten this list to 200 entries.")
        ]


def test_each_fault_is_one_line_whatever_the_file_says() -> None:
    text = json.dumps({"format": "twitch-diary", "version": 1, "a\nb\u2028" + "c" * 999: 1})
    ((path, sentence),) = faults_in(text)

    assert len(f"{path}: {sentence}".splitlines()) == 1
    assert len(path) < 100
