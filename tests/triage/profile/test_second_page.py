"""The second page: it holds what page 1 points to, and is one page whatever the diary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from diary.example import example_diary
from diary.records import (
    DiaryRecord,
    EventRecord,
    MedicineRecord,
    Onset,
    PersonRecord,
    TestDone,
    VisitRecord,
)
from diary.vocabulary import AssociatedSymptom
from tests.triage.hand_made import (
    AS_OF,
    answer,
    complete,
    constant,
    days_ago,
    diary,
    episode,
    none,
)
from tests.triage.printed_diaries import EVERY_PLACE, diary_of, extreme_diary
from tests.triage.profile.printed import Line, lines_of, overprinted
from triage.profile.detail_lists import TEXT_ROOM
from triage.profile.options import ProfileOptions
from triage.profile.panels import profile_page
from triage.profile.second_page import SecondPage, shares
from triage.profile.text_widths import lines_needed
from triage.summary import summarise

TWO = ProfileOptions(second_page=True)
SIZES = [replace(TWO, paper="letter", larger=larger) for larger in (False, True)]
BOX_MM = 254
TOP_MM = {"a4": 14, "letter": 11}
SMALLEST_PT = 7
LONG = "Hydroxychloroquine-sulfate prolonged release tablets number"
DOSE = "200 mg film-coated tablet, two in the morning and one at night with food"


def page_of(record: DiaryRecord, options: ProfileOptions = TWO, weeks: int | None = None) -> Any:
    return profile_page(summarise(record, AS_OF, weeks), options)


def details_of(record: DiaryRecord, options: ProfileOptions = TWO) -> SecondPage:
    details = page_of(record, options).details
    assert isinstance(details, SecondPage)
    return details


def asked(yes: int = 0, no: int = 0, unsure: int = 0, **fields: Any) -> DiaryRecord:
    """A diary in which so many signs were answered."""
    answers = ["yes"] * yes + ["no"] * no + ["unsure"] * unsure
    given = zip(AssociatedSymptom.codes(), answers, strict=False)
    return diary(
        [complete(AS_OF)],
        symptom_answers=tuple(answer(AS_OF, code, one, **fields) for code, one in given),
    )


def medicines(count: int) -> DiaryRecord:
    return replace(
        diary_of(28),
        medicines=tuple(
            MedicineRecord(f"{LONG} {number}", dose=DOSE, started_on=days_ago(400 - number))
            for number in range(count)
        ),
    )


DIARIES: dict[str, DiaryRecord] = {
    "empty": DiaryRecord(),
    "three days": diary_of(3),
    "example": example_diary(AS_OF),
    "every sign yes": asked(yes=99, side="both", since=date(2025, 3, 1)),
    "twelve signs yes": asked(yes=12, no=30, unsure=4),
    "every sign no": asked(no=99),
    "20 places": diary_of(56, places=EVERY_PLACE[:20], a_day=3),
    "60 medicines": medicines(60),
    "9 questions": replace(
        diary_of(28), visits=(VisitRecord(questions=tuple("why? " * 90 for _ in range(9))),)
    ),
    "long notes": diary([complete(days_ago(n), note="Calf all evening. " * 30) for n in range(40)]),
    "much caffeine": diary(
        [constant(days_ago(n), caffeine_mg=n * 900, sleep_min=635, stress=10) for n in range(28)]
    ),
    "extreme": extreme_diary("longer words of my own"),
}


PRINTED = [(name, options) for name in DIARIES for options in SIZES]
PRINTED += [(name, replace(TWO, paper="a4")) for name in ("empty", "extreme")]


@pytest.mark.parametrize(("name", "options"), PRINTED)
def test_nothing_is_cut_off_or_printed_over_something_else(
    name: str, options: ProfileOptions
) -> None:
    lines = lines_of(page_of(DIARIES[name], options))
    second = [line for line in lines if line.page == 2 and line.panel != "at-head"]

    assert {line.page for line in lines} == {1, 2}
    assert not [line for line in second if line.clipped]
    assert not overprinted(second)
    assert min(line.size for line in second) >= SMALLEST_PT
    assert lowest(second) <= TOP_MM[options.paper] + BOX_MM


def lowest(lines: list[Line]) -> float:
    return max(line.bottom for line in lines if line.panel)


@pytest.mark.parametrize("options", SIZES)
@pytest.mark.parametrize("name", DIARIES)
def test_page_1_points_to_page_2_only_for_what_stands_there(
    name: str, options: ProfileOptions
) -> None:
    page = page_of(DIARIES[name], options)
    summary, details = summarise(DIARIES[name], AS_OF), page.details

    if points(page.places.notes):
        assert len(details.places.rows) == len(summary.places)
    if points([page.history.note]):
        assert len(details.medicines.medicines) == len(summary.medicine_rows)
    if points([page.next.more]):
        assert sum("Question" in row.label for row in details.words.rows) == 9
    if points([page.course.legend]):
        assert len(details.medicines.marked) == len(summary.record.events)
    if points([str(line) for group in page.signs.groups for line in group.lines]):
        named = [text for row in details.signs.groups for text in row.text.split("; ")]
        assert len(details.signs.yes) >= len(summary.signs.yes)
        assert not details.signs.more
        assert not [text for text in named if "more" in text]


def points(texts: Any) -> bool:
    return any("page 2" in text for text in texts)


def test_it_is_there_only_when_asked_for() -> None:
    assert page_of(diary_of(28), ProfileOptions()).details is None
    assert page_of(diary_of(28)).details is not None


class TestDays:
    def test_its_first_column_is_the_weekday_of_the_first_day(self) -> None:
        days = details_of(diary_of(56)).days

        assert [len(week) for week in days.weeks] == [7] * 4
        assert days.weekdays[0] == f"{days_ago(27):%a}"
        assert days.weeks[0][0].date == "7 Apr"

    def test_every_timed_twitch_is_one_mark(self) -> None:
        record = diary_of(28)
        details = details_of(record)

        constant_days = sum(day.constant for day in record.days)
        assert details.days.drawing.marks.count("M") == len(record.episodes) + constant_days
        assert details.hours is not None
        assert "episodes on" in details.hours.legend

    def test_days_before_the_diary_are_empty_and_not_called_unchecked(self) -> None:
        days = details_of(diary([none(days_ago(n)) for n in range(10)])).days
        cells = [cell for week in days.weeks for cell in week]

        assert days.drawing.hatch == ""
        assert days.drawing.lines.count("h") == 10
        assert cells[0].word == "before the diary"
        assert not [cell for cell in cells[1:18] if cell.date or cell.word or cell.values]
        assert [cell.date for cell in cells[18:24]] == ["25 Apr", "26", "27", "28", "29", "30"]

    def test_an_unchecked_day_is_hatched_without_words(self) -> None:
        kept = [none(days_ago(n)) for n in range(40) if n not in (27, 3)]
        days = details_of(diary(kept)).days

        assert days.drawing.hatch
        assert [days.weeks[0][0].word, days.weeks[3][3].word] == ["", ""]
        assert "Hatched = not checked in" in days.note

    def test_without_any_day_it_says_so(self) -> None:
        assert details_of(DiaryRecord()).days.weeks[0][0].word == "no day recorded yet"


class TestSigns:
    def test_every_yes_stands_with_its_date_and_whether_it_is_over(self) -> None:
        said = (
            answer(days_ago(9), "cramps", "yes", since=days_ago(12), side="left"),
            answer(days_ago(9), "fatigue", "yes", current=False),
            answer(AS_OF, "weakness_over_days", "yes", since=days_ago(3)),
            answer(AS_OF, "weakness_over_weeks", "yes"),
        )
        signs = details_of(diary(symptom_answers=said)).signs

        assert [(row.name, row.when, row.now) for row in signs.yes] == [
            ("Clearly weaker over days", "since 1 May", "still"),
            ("Clearly weaker over weeks", "said 4 May", "still"),
            ("Cramps, left", "since 22 Apr", "still"),
            ("Very tired", "said 25 Apr", "over"),
        ]
        assert signs.whole

    @pytest.mark.parametrize("larger", [False, True])
    @pytest.mark.parametrize("name", ["empty", "three days", "example", "twelve signs yes"])
    def test_every_sign_is_named_on_one_of_the_pages(self, name: str, larger: bool) -> None:
        signs = details_of(DIARIES[name], replace(TWO, larger=larger)).signs
        counts = {row.label: len(row.text.split("; ")) for row in signs.groups}
        found = summarise(DIARIES[name], AS_OF).signs

        assert signs.whole
        assert counts.get("Not asked", 0) == len(found.not_asked)
        assert counts.get("No", 0) == len(found.no)

    def test_signs_not_asked_that_page_1_holds_stand_there_only(self) -> None:
        given = tuple(answer(AS_OF, code, "no") for code in AssociatedSymptom.codes()[:-1])
        groups = details_of(diary([complete(AS_OF)], symptom_answers=given)).signs.groups

        assert [row.label for row in groups] == ["Yes", "No"]
        assert groups[0].text == "None"

    def test_what_finds_no_room_is_counted_and_every_answer_keeps_a_line(self) -> None:
        signs = details_of(DIARIES["extreme"]).signs
        every = sum(one.answer == "yes" for one in extreme_diary().symptom_answers)

        assert signs.more == f"{every - len(signs.yes)} more in the diary"
        assert [row.label for row in signs.groups] == ["Not sure", "No"]
        assert all("; and " in row.text for row in signs.groups)


class TestPlaces:
    def test_all_stand_with_days_episodes_first_and_last(self) -> None:
        record = DIARIES["20 places"]
        rows = details_of(record).places.rows

        assert [(row.line.days, row.episodes) for row in rows] == [
            (str(row.count.days), str(row.count.episodes))
            for row in summarise(record, AS_OF).places
        ]
        assert len(rows) > 15


class TestMedicines:
    def test_long_ones_can_be_told_apart(self) -> None:
        found = details_of(DIARIES["60 medicines"]).medicines
        names = [row.name for row in found.medicines]

        assert len(set(names)) == len(names) >= 20
        assert all(row.dose.startswith("200 mg") for row in found.medicines)
        assert found.more == f"{60 - len(names)} more in the diary"

    def test_a_few_stand_in_full(self) -> None:
        dose = "30 mg, tapering over two weeks"
        record = diary(medicines=(MedicineRecord("Prednisolone", dose=dose),))

        (row,) = details_of(record).medicines.medicines
        assert (row.name, row.dose) == ("Prednisolone", dose)

    def test_the_step_close_to_the_onset_is_bold_and_a_suspected_one_is_marked(self) -> None:
        taken = MedicineRecord(
            "Sertraline", started_on=days_ago(400), changed_on=days_ago(30), suspected=True
        )
        record = diary(person=PersonRecord(onset=Onset(days_ago(20))), medicines=(taken,))
        found = details_of(record).medicines

        assert [(row.name, row.bold) for row in found.medicines] == [("*Sertraline", "changed")]
        assert found.changed
        assert found.footnote == "* suspected by the patient"

    def test_marked_dates_keep_room_beside_many_medicines(self) -> None:
        events = tuple(EventRecord(days_ago(n), f"date {n}") for n in range(40))
        found = details_of(replace(DIARIES["60 medicines"], events=events)).medicines

        assert [row.text for row in found.marked] == ["date 0", "date 1", "date 2"]
        assert found.more_marked == "37 more in the diary"

    def test_left_out_they_stand_on_neither_page(self) -> None:
        details = details_of(example_diary(AS_OF), replace(TWO, medicines=False))

        assert "Sertraline" not in repr(details)
        assert "Asthma" not in repr(details)


class TestHistory:
    def test_tests_stand_with_their_whole_result(self) -> None:
        result = "fasciculations in the left calf, otherwise unremarkable; to be done again"
        person = PersonRecord(
            conditions=("already_assessed_for_this_twitch", "migraine"),
            family_conditions=("mnd",),
            tests_done=(TestDone("emg", days_ago(9), result), TestDone("thyroid", None, None)),
        )
        rows = details_of(diary(person=person)).history.rows

        assert [(row.label, row.text) for row in rows] == [
            ("25 Apr", f"Electromyography (EMG): “{result}”"),
            ("no date", "Thyroid, result not noted"),
            ("Conditions", "Migraine"),
            ("Family", "Motor neurone disease"),
        ]


class TestWords:
    def test_they_stand_in_full_when_they_fit(self) -> None:
        worry = "That it spread from the eye to the leg, and that nobody can say why. " * 3
        record = diary(
            [complete(AS_OF, note="Calf all evening.")], person=PersonRecord(worry=worry)
        )
        rows = details_of(record).words.rows

        assert [(row.label, row.text) for row in rows] == [
            ("Worry", worry.strip()),
            ("4 May", "Calf all evening."),
        ]

    def test_long_questions_are_kept_shorter_until_all_have_room(self) -> None:
        rows = details_of(DIARIES["9 questions"]).words.rows

        assert [row.label for row in rows] == [f"Question {number}" for number in range(1, 10)]
        assert {lines_needed(row.text, TEXT_ROOM, 8.5) for row in rows} == {2}
        assert not details_of(DIARIES["9 questions"]).words_left

    def test_notes_that_find_no_room_are_counted(self) -> None:
        words = details_of(DIARIES["long notes"]).words

        assert words.more == f"{40 - len(words.rows)} more in the diary"
        assert words.whole


@pytest.mark.parametrize(
    ("room", "wanted", "given"),
    [
        (90, [10, 20, 30], [10, 20, 30]),
        (60, [10, 90, 90], [10, 25, 25]),
        (60, [90, 90, 90], [20, 20, 20]),
        (60, [50, 15, 0], [45, 15, 0]),
    ],
)
def test_room_is_shared_equally_among_those_that_want_more(
    room: float, wanted: list[float], given: list[float]
) -> None:
    assert shares(room, wanted) == given


def test_the_typical_day_gives_way_to_lists() -> None:
    assert details_of(DIARIES["example"]).hours is not None
    assert details_of(DIARIES["extreme"]).hours is None


def test_time_of_an_episode_is_said_as_on_the_screens() -> None:
    known = [("08:00", "part_of_day"), ("12:00", "part_of_day"), ("18:40", "hour"), ("21:30", None)]
    record = diary(episodes=[episode(AS_OF, clock, precision=exact) for clock, exact in known])

    rows = details_of(record).episodes.rows

    assert [row.time for row in reversed(rows)] == ["morning", "not noted", "about 18:30", "21:30"]


def test_episodes_take_the_rows_that_are_left_but_three_at_least() -> None:
    assert len(details_of(diary_of(28)).episodes.rows) > 3
    assert len(details_of(DIARIES["extreme"]).episodes.rows) == 3
