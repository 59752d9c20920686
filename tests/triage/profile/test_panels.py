"""Panels of the printed page: fixed rows, counted overflow, figures that agree with each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.utils.html import strip_tags
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diary.body import View, fill
from diary.example import example_diary
from diary.records import (
    DayRecord,
    DiaryRecord,
    Instant,
    MedicineRecord,
    Onset,
    PersonRecord,
    TestDone,
    VisitRecord,
)
from diary.vocabulary import DaySummary
from tests import strategies
from tests.triage.hand_made import AS_OF, answer, complete, days_ago, diary, episode, none
from tests.triage.printed_diaries import EVERY_PLACE, diary_of, extreme_diary
from triage.factors import TARGETS
from triage.knowledge import knowledge
from triage.profile.facts import FactorDays, factor_days, factor_limits
from triage.profile.history import LOST_FUNCTION
from triage.profile.options import ProfileOptions
from triage.profile.panels import ProfilePage, profile_page
from triage.profile.text_widths import markup_width, text_width
from triage.summary import as_json, summarise

LID = {"site": "eyelid_lower", "side": "left"}
CALF = {"site": "calf", "side": "left"}


def page_of(
    record: DiaryRecord, options: ProfileOptions | None = None, weeks: int | None = None
) -> ProfilePage:
    return profile_page(summarise(record, AS_OF, weeks), options)


def words_of(value: Any) -> list[str]:
    """Every text of a page."""
    if is_dataclass(value):
        return [text for one in fields(value) for text in words_of(getattr(value, one.name))]
    if isinstance(value, tuple | list):
        return [text for one in value for text in words_of(one)]
    return [str(value)] if isinstance(value, str) else []


def check_rows(page: ProfilePage) -> None:
    assert len(page.five) == 5
    assert len(page.numbers.rows) <= 8
    assert len(page.signs.rows) == 6
    assert [len(group.lines) for group in page.signs.groups[1:]] == [1, 1, 1]
    assert len(page.signs.groups[0].lines) <= 3
    assert len(page.where.figures) in (0, 2, 3, 4)
    assert page.where.small == (len(page.where.figures) > 2)
    assert len(page.places.rows) <= 5
    assert len(page.places.notes) <= 3
    assert 1 <= len(page.course.rows) <= 6
    assert len(page.history.medicines) <= 3
    assert len(page.together.rows) in (0, 3)
    assert [question.number for question in page.next.questions] == [2, 3]


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(strategies.diaries(), st.booleans(), st.sampled_from([None, 4, 26]))
def test_rows_are_fixed_for_any_diary(record: DiaryRecord, larger: bool, weeks: int | None) -> None:
    last = max((day.date for day in record.days), default=AS_OF)
    options = ProfileOptions(larger=larger)

    check_rows(profile_page(summarise(record, last, weeks), options))


@pytest.mark.parametrize("weeks", [None, 4, 8, 12, 26])
def test_rows_are_fixed_for_an_extreme_diary(weeks: int | None) -> None:
    check_rows(page_of(extreme_diary(), weeks=weeks))


@pytest.mark.parametrize("days", [14, 28, 84, 400])
def test_figures_agree_across_panels_marks_and_the_json(days: int) -> None:
    summary = summarise(diary_of(days), AS_OF)
    page, file = profile_page(summary), as_json(summary, "x")
    sites = {(row["site"], row["side"]): row for row in file["answers"]["sites"]}
    drawn = Counter[tuple[str, str | None]]()
    for figure in page.where.figures:
        drawn += Counter({(it.site, it.side): it.days for it in figure.places})

    assert dict(drawn) == {place: row["days"] for place, row in sites.items()}
    assert [row.days for row in page.places.rows] == [
        str(sites[row.count.place]["days"]) for row in summary.places
    ]
    assert sum(row["episodes"] for row in sites.values()) == file["coverage"]["episodes"]
    frequency = file["answers"]["frequency"]
    assert page.numbers.rows[0].value == (
        f"{frequency['days_with']} of {frequency['days_checked_in']}"
    )
    kinds = [int(count) for count in page.numbers.rows[2].value.split(", ")]
    assert sum(kinds) + summary.numbers.states.constant == file["coverage"]["days"]
    assert page.numbers.legend == f"{file['coverage']['episodes']} episodes"


def test_the_numbers_drawn_are_the_days_of_their_places() -> None:
    for figure in page_of(diary_of(28)).where.figures:
        days = {(it.site, it.side): it.days for it in figure.places}
        drawn = {
            (mark.site, mark.side): mark.number
            for view in figure.drawing.map.views
            for mark in view.marks
            if mark.number is not None
        }

        assert drawn == days
        assert figure.drawing.unnumbered == 0


def test_crowded_outlines_fill_every_place_and_number_the_most_frequent() -> None:
    page = page_of(extreme_diary(), weeks=26)

    for figure in page.where.figures:
        marks = [mark for view in figure.drawing.map.views for mark in view.marks]
        numbers = [mark.number for mark in marks if mark.number is not None]
        filled = "".join(mark.path for mark in marks)
        wanted = fill((it.site, it.side) for it in figure.places)

        assert all(
            region.path in filled for view in View if view != View.HANDS for region in wanted[view]
        )
        assert numbers
        assert figure.drawing.unnumbered > 0
    assert "the most frequent numbered" in page.where.legend


def test_a_place_without_a_side_is_said_not_to_be_drawn() -> None:
    record = diary([complete(AS_OF)], [episode(AS_OF, site="calf")])

    assert page_of(record).where.legend.endswith("side not noted: not drawn")


def test_days_outside_and_within_add_up_to_the_recorded_ones() -> None:
    for counts in summarise(diary_of(84), AS_OF).factor_days:
        assert counts.twitched_outside <= counts.outside
        assert counts.twitched_within <= counts.within
        assert counts.recorded == counts.outside + counts.within


class TestLimits:
    def counted(self, person: PersonRecord, **values: Any) -> tuple[FactorDays, ...]:
        return factor_days(diary([complete(AS_OF, **values)]), factor_limits(person, AS_OF))

    @pytest.mark.parametrize(("mg", "outside"), [(400, 0), (401, 1)])
    def test_caffeine(self, mg: int, outside: int) -> None:
        assert self.counted(PersonRecord(), caffeine_mg=mg)[0].outside == outside

    @pytest.mark.parametrize(
        ("person", "mg"),
        [
            (PersonRecord(pregnant=True), 200),
            (PersonRecord(breastfeeding=True), 200),
            (PersonRecord(birth_year=AS_OF.year - 18), 400),
            (PersonRecord(birth_year=AS_OF.year - 17), 100),
            (PersonRecord(birth_year=AS_OF.year - 17, weight_kg=50), 150),
        ],
    )
    def test_caffeine_depends_on_the_person(self, person: PersonRecord, mg: int) -> None:
        assert factor_limits(person, AS_OF)[0].limit == mg

    @pytest.mark.parametrize(("minutes", "outside"), [(420, 0), (419, 1)])
    def test_sleep(self, minutes: int, outside: int) -> None:
        assert self.counted(PersonRecord(), sleep_min=minutes)[1].outside == outside

    @pytest.mark.parametrize(("age", "hours"), [(18, 7), (17, 8), (13, 8), (12, 9)])
    def test_sleep_depends_on_age(self, age: int, hours: int) -> None:
        person = PersonRecord(birth_year=AS_OF.year - age)

        assert factor_limits(person, AS_OF)[1].limit == hours * 60

    @given(
        st.builds(
            PersonRecord,
            birth_year=st.integers(1930, 2026),
            pregnant=st.booleans(),
            breastfeeding=st.booleans(),
            weight_kg=st.none() | st.integers(10, 120),
        )
    )
    def test_targets_are_those_of_the_advice(self, person: PersonRecord) -> None:
        age = person.age_on(AS_OF)
        for printed in factor_limits(person, AS_OF):
            rule = knowledge().factors[printed.factor]
            advised = TARGETS[printed.factor](rule, person, age)
            assert advised is None or advised.limit == printed.limit

    @pytest.mark.parametrize(("stress", "outside"), [(6, 0), (7, 1)])
    def test_stress(self, stress: int, outside: int) -> None:
        assert self.counted(PersonRecord(), stress=stress)[2].outside == outside

    def test_a_day_without_check_in_or_value_counts_on_neither_side(self) -> None:
        record = diary([DayRecord(AS_OF, caffeine_mg=900), complete(days_ago(1))])

        assert factor_days(record, factor_limits(PersonRecord(), AS_OF))[0].recorded == 0


class TestTogether:
    def page(self, outside: int, within: int) -> ProfilePage:
        mg = [900] * outside + [100] * within
        return page_of(diary([complete(days_ago(n), caffeine_mg=one) for n, one in enumerate(mg)]))

    @pytest.mark.parametrize(
        ("outside", "within", "too_few"),
        [(4, 10, False), (4, 9, True), (3, 11, True), (10, 4, False), (11, 3, True)],
    )
    def test_both_sides_from_14_days_with_4_on_each(
        self, outside: int, within: int, too_few: bool
    ) -> None:
        assert self.page(outside, within).together.rows[0].too_few == too_few

    def test_twitch_days_stand_on_the_side_of_their_day(self) -> None:
        entered = [complete(days_ago(n), sleep_min=300) for n in range(6)]
        entered += [complete(days_ago(n), sleep_min=480) for n in range(6, 16)]
        logged = [episode(days_ago(n), **LID) for n in (0, 1, 2, 3, 4, 6, 7)]

        sleep = page_of(diary(entered, logged)).together.rows[1]

        assert (sleep.with_, sleep.without) == ("5 of 6", "2 of 10")

    def test_what_is_missing_is_counted(self) -> None:
        verdict = self.page(4, 10).together.verdict

        assert verdict == (
            "<strong>Cannot say yet</strong> whether they go together: "
            "14 of the 30 usable days needed"
        )

    def test_a_link_comes_with_interval_days_and_no_cause(self) -> None:
        page = profile_page(summarise(example_diary(AS_OF), AS_OF))

        assert "per 200 mg more caffeine; 82 days; " in page.together.verdict
        assert page.together.verdict.endswith("; not proof of a cause")


class TestHead:
    def test_name_birth_and_coverage(self) -> None:
        record = diary(
            [none(days_ago(n)) for n in range(7)],
            person=PersonRecord(name="J.  M.\n", birth_year=1992),
        )

        head = page_of(record, weeks=4).head

        assert head.name == "J. M."
        assert head.born == f"born <strong>1992</strong> ({AS_OF.year - 1992} years)"
        assert head.checked_in == "Checked in on <strong>7 of 28 days</strong>"

    @pytest.mark.parametrize(
        ("name", "shown", "with_age"),
        [
            ("Alex Example", "Alex Example", True),
            ("Maximiliane Example-Long", "Maximiliane Example-Long", False),
            ("Maximiliane " * 9, "Maximiliane Maximiliane…", False),
        ],
    )
    def test_a_long_name_takes_the_room_of_the_age_before_it_is_cut(
        self, name: str, shown: str, with_age: bool
    ) -> None:
        person = PersonRecord(name=name, birth_year=1992)
        head = page_of(diary([none(AS_OF)], person=person)).head

        assert head.name == shown
        assert ("years" in str(head.born)) == with_age

    def test_a_name_left_out_is_said(self) -> None:
        record = diary([none(AS_OF)], person=PersonRecord(name="J. M.", birth_year=1992))
        page = page_of(record, ProfileOptions(name=False))

        assert (page.head.name, page.head.born) == (None, None)
        assert page.head.note.endswith("name left out")
        assert not [text for text in words_of(page) if "J. M." in text or "1992" in text]

    @pytest.mark.parametrize(("late", "percent"), [(0, 100), (1, 99)])
    def test_only_all_is_a_hundred_percent(self, late: int, percent: int) -> None:
        days = [replace(complete(days_ago(n)), closed_at=None) for n in range(300)]
        written = "{}T22:00:00+00:00"
        days = [
            replace(
                day,
                closed_at=Instant(written.format(day.date + timedelta(days=5 if n < late else 0))),
            )
            for n, day in enumerate(days)
        ]

        assert f"<strong>{percent} %</strong> of entries written in time" in (
            page_of(diary(days)).head.right
        )


class TestFirstSheet:
    @pytest.fixture
    def page(self) -> ProfilePage:
        told = PersonRecord(onset=Onset(days_ago(30), "week", "gradual", True))
        return page_of(diary(episodes=[episode(AS_OF, **LID)], person=told))

    def test_every_panel_says_that_it_is_empty(self, page: ProfilePage) -> None:
        assert page.numbers.rows == ()
        assert page.together.empty == "Cannot say yet: 0 of the 30 usable days needed."
        assert page.history.blank
        assert page.course.empty == "nothing recorded day by day yet"
        assert [figure.title for figure in page.where.figures][1] == "Other places?"

    def test_no_number_stands_on_the_outline(self, page: ProfilePage) -> None:
        marks = [mark for view in page.where.figures[0].drawing.map.views for mark in view.marks]

        assert [(mark.site, mark.number) for mark in marks] == [("eyelid_lower", None)]

    @pytest.mark.parametrize(
        ("precision", "first"), [("week", "1 Mar*"), ("month", "Mar 2026*"), ("season", "2026*")]
    )
    def test_places_told_with_their_last_day_are_neither_new_nor_in_order(
        self, precision: str, first: str
    ) -> None:
        told = [episode(days_ago(20), **CALF), episode(AS_OF, **LID)]
        person = PersonRecord(onset=Onset(date(2026, 3, 1), precision, None, True))
        page = page_of(diary(episodes=told, person=person))

        assert "the left calf and the left lower eyelid since" in page.story.sentence
        assert "new" not in page.story.sentence
        assert [(row.days, row.first, row.new) for row in page.places.rows] == [
            ("–", first, False)
        ] * 2
        assert not [note for note in page.places.notes if "New" in note or "together" in note]

    @pytest.mark.parametrize(("days", "told"), [(5, True), (6, False)])
    def test_more_than_five_days_are_a_diary_though_none_is_checked_in(
        self, days: int, told: bool
    ) -> None:
        page = page_of(diary(episodes=[episode(days_ago(n), **LID) for n in range(days)]))

        assert bool(page.course.empty) == told
        assert page.places.rows[0].days == ("–" if told else str(days))

    def test_one_checked_in_day_makes_it_a_diary(self) -> None:
        page = page_of(diary([complete(AS_OF)], [episode(AS_OF, **LID)]))

        assert page.numbers.rows[0].value == "1 of 1"
        assert not page.course.empty


class TestSigns:
    @pytest.mark.parametrize(
        ("back", "current", "words"),
        [
            (None, True, "YES left, said 4 May"),
            (2, True, "YES left, since 2 May"),
            (7, True, "YES left, since 27 Apr"),
            (8, True, "YES left, about 26 Apr"),
            (45, True, "YES left, about 20 Mar"),
            (46, True, "YES left, about Mar"),
            (150, True, "YES left, Dec 2025"),
            (501, True, "YES left, about 2024"),
            (2, False, "YES left, 2 May, over"),
        ],
    )
    def test_a_yes_takes_the_whole_row(self, back: int | None, current: bool, words: str) -> None:
        since = None if back is None else days_ago(back)
        said = answer(AS_OF, "dropping_things", "yes", side="left", since=since, current=current)

        row = page_of(diary(symptom_answers=(said,))).signs.rows[0]

        assert (row.instead, row.strong) == (words, True)

    def test_words_of_the_rows_are_never_cut(self) -> None:
        for larger, said in product((False, True), ("yes", "no", "unsure", None)):
            asked = [code for codes in LOST_FUNCTION.values() for code in codes]
            answers = [answer(AS_OF, code, said, side="right") for code in asked if said]
            options = ProfileOptions(larger=larger)
            page = page_of(diary(symptom_answers=tuple(answers)), options)
            for row in page.signs.rows:
                width = text_width(row.label, 9.25 * options.type_scale, bold=row.strong)
                assert width < 52, row
                assert "…" not in row.label + row.instead

    def test_not_asked_is_not_a_no(self) -> None:
        rows = page_of(DiaryRecord()).signs.rows

        assert {(row.answer, row.instead) for row in rows} == {("", "not asked")}

    def test_a_no_tells_how_often_and_when_last(self) -> None:
        said = [answer(days_ago(7 * n), "dropping_things", "no") for n in range(5)]

        row = page_of(diary(symptom_answers=tuple(said))).signs.rows[0]

        assert (row.answer, row.asked, row.last) == ("no", "5×", "4 May")

    def test_a_yes_among_several_signs_is_named(self) -> None:
        said = [answer(AS_OF, code, "no") for code in LOST_FUNCTION["strength_lost"]]
        said += [answer(AS_OF, "weakness_over_weeks", "yes")]

        row = page_of(diary(symptom_answers=tuple(said))).signs.rows[-1]

        assert row.label == "Clearly weaker over weeks"

    def test_nothing_asked_claims_nothing(self) -> None:
        groups = {group.label: group.lines for group in page_of(DiaryRecord()).signs.groups}

        assert (groups["Yes"], groups["No"]) == (("–",), ("–",))

    @pytest.mark.parametrize(("count", "lines"), [(1, 1), (4, 4), (5, 4), (12, 4)])
    def test_more_yes_than_lines_are_counted(self, count: int, lines: int) -> None:
        codes = ("numbness", "stiffness", "cramps", "fatigue", "rash", "itching", "headache")
        codes += ("dry_eyes", "fever", "anxiety", "unsteady", "tremor")
        said = tuple(answer(AS_OF, code, "yes") for code in codes[:count])

        shown = page_of(diary(symptom_answers=said), ProfileOptions(second_page=True))
        found = shown.signs.groups[0].lines

        assert len(found) == lines
        if count == 12:
            named = found[-1].count(";")
            assert f"{count - 3 - named} more: page 2" in found[-1]

    def test_many_signs_denied_take_a_line_from_those_ticked(self) -> None:
        ticked = ("numbness", "stiffness", "cramps", "fatigue", "rash")
        denied = ("fever", "anxiety", "unsteady", "tremor")
        said = [answer(AS_OF, code, "yes") for code in ticked]
        said += [answer(AS_OF, code, "no") for code in denied]

        yes = page_of(diary(symptom_answers=tuple(said))).signs.groups[0]

        assert len(yes.lines) == 3

    def test_pressing_signs_stand_first_and_say_that_they_are_over(self) -> None:
        said = [answer(AS_OF, code, "yes") for code in ("cramps", "fatigue", "rash", "itching")]
        said.append(answer(AS_OF, "blackout_or_seizure", "yes", current=False))
        said.append(answer(AS_OF, "headache", "yes", current=False))

        yes = page_of(diary(symptom_answers=tuple(said))).signs.groups[0]

        assert yes.lines[0] == "<strong>Blackout or fit</strong>, said 4 May, over"
        assert yes.lines[-1] == "<strong>New rash; itchy skin; headache (over)</strong>"


class TestOverflow:
    def test_what_page_2_holds_is_counted_towards_it(self) -> None:
        record = replace(
            diary_of(28, places=EVERY_PLACE[:9]),
            medicines=tuple(MedicineRecord(f"medicine {number}") for number in range(9)),
            visits=(VisitRecord(questions=tuple(f"question {number}" for number in range(9))),),
        )
        page = page_of(record, ProfileOptions(second_page=True))

        assert page.history.note == "6 more: page 2"
        assert page.next.more == "6 more: page 2"
        assert page.places.notes[0].endswith("more: page 2")

    def test_what_page_2_does_not_hold_is_counted_towards_the_diary(self) -> None:
        page = page_of(extreme_diary(), ProfileOptions(second_page=True))

        assert page.history.note.startswith("57 more in the diary")
        assert page.next.more == "6 more in the diary"
        assert page.places.notes[0].endswith("more in the diary")
        assert page.course.legend.endswith("in the diary")

    def test_without_a_second_page_nothing_points_to_one(self) -> None:
        texts = words_of(page_of(extreme_diary(), ProfileOptions()))

        assert not [text for text in texts if "page 2" in text]

    @pytest.mark.parametrize("larger", [False, True])
    def test_labels_of_numbers_leave_room_for_their_values(self, larger: bool) -> None:
        options = ProfileOptions(larger=larger)
        size = 8.5 * options.type_scale
        for record in (diary_of(730), extreme_diary(), example_diary(AS_OF)):
            for row in page_of(record, options).numbers.rows:
                width = text_width(row.label, size) + text_width(row.value, size, bold=row.strong)
                assert width <= 59.33

    def test_the_story_stays_in_two_lines(self) -> None:
        assert markup_width(page_of(extreme_diary("x")).story.sentence, 11) <= 2 * 186


class TestLeftOut:
    def test_it_is_named_where_it_was(self) -> None:
        options = ProfileOptions(where=False, medicines=False, together=False)
        page = page_of(example_diary(AS_OF), options)

        assert page.where.left_out
        assert page.history.left_out
        assert page.together.left_out
        assert page.left_out == "Left out by the patient."

    def test_medicines_left_out_stand_nowhere(self) -> None:
        page = page_of(example_diary(AS_OF), ProfileOptions(medicines=False))
        shown = page_of(example_diary(AS_OF), ProfileOptions())

        assert [text for text in words_of(shown) if "Sertraline" in text]
        assert not [text for text in words_of(page) if "Sertraline" in text]
        assert not [text for text in words_of(page) if "Asthma" in text]


class TestHistory:
    def test_medicines_started_before_the_onset_come_first_with_their_distance(self) -> None:
        record = diary(
            person=PersonRecord(onset=Onset(days_ago(20))),
            medicines=(
                MedicineRecord("after", started_on=days_ago(3)),
                MedicineRecord("before", dose="50 mg", started_on=days_ago(33)),
            ),
        )

        first, second = page_of(record).history.medicines

        assert (first.name, first.dose, first.distance) == (
            "before",
            "50 mg",
            "13 days before onset",
        )
        assert first.strong
        assert (second.name, second.distance, second.strong) == ("after", "after onset", False)

    @pytest.mark.parametrize(
        ("started", "stopped", "words"),
        [
            (date(2026, 2, 20), date(2026, 2, 27), "20 to 27 Feb 2026"),
            (date(2026, 2, 20), date(2026, 3, 1), "20 Feb to 1 Mar 2026"),
            (date(2023, 11, 1), date(2026, 1, 5), "Nov 2023 to Jan 2026"),
            (date(2019, 1, 1), None, "since 2019"),
            (None, date(2026, 3, 1), "until 1 Mar 2026"),
            (None, None, "no date noted"),
        ],
    )
    def test_dates(self, started: date | None, stopped: date | None, words: str) -> None:
        taken = MedicineRecord("x", started_on=started, stopped_on=stopped)

        assert page_of(diary(medicines=(taken,))).history.medicines[0].dates == words

    def test_history_and_tests_in_words(self) -> None:
        person = PersonRecord(
            conditions=("asthma",),
            family_conditions=(),
            pregnant=False,
            tests_done=(TestDone("electrolytes", days_ago(4), None),),
        )

        history = page_of(diary(person=person)).history

        assert history.history == "Asthma. Family: nothing known. Not pregnant."
        assert history.tests == "Electrolytes 30 Apr, result not noted"

    def test_tests_are_named_with_their_dates_where_results_find_no_room(self) -> None:
        done = (
            TestDone("emg", days_ago(4), "fasciculations in the left calf, otherwise unremarkable"),
            TestDone("electrolytes", days_ago(9), "normal"),
        )
        told = ("already_assessed_for_this_twitch",)

        page = page_of(diary(person=PersonRecord(conditions=told, tests_done=done)))

        assert page.history.tests == ("Examined for this before. EMG 30 Apr; Electrolytes 25 Apr")

    @pytest.mark.parametrize(
        ("tests_done", "conditions", "words"),
        [
            ((), None, "Not examined for this yet."),
            (None, ("asthma",), None),
            ((), ("already_assessed_for_this_twitch",), "Examined for this before."),
        ],
    )
    def test_not_examined_is_said_only_when_it_was_asked(
        self,
        tests_done: tuple[TestDone, ...] | None,
        conditions: tuple[str, ...] | None,
        words: str | None,
    ) -> None:
        person = PersonRecord(conditions=conditions, tests_done=tests_done)

        assert page_of(diary(person=person)).history.tests == words

    def test_what_was_not_asked_is_a_line_to_write_on(self) -> None:
        history = page_of(diary(medicines=(MedicineRecord("x"),))).history

        assert (history.history, history.tests, history.blank) == (None, None, False)


def test_questions_of_the_visit_stand_in_their_order() -> None:
    record = diary(visits=(VisitRecord(questions=("one", "two", " ", "three", "four", "five")),))

    page = page_of(record, ProfileOptions(second_page=True))

    assert page.story.question == "one"
    assert [question.text for question in page.next.questions] == ["two", "three"]
    assert page.next.more == "2 more: page 2"


@pytest.mark.parametrize(
    ("start", "note"),
    [
        (9, "recalled, to the day; first logged 25 Apr"),
        (8, "recalled, to the day; but logged before, 25 Apr"),
    ],
)
def test_start_after_the_first_twitch_is_not_printed_without_a_remark(
    start: int, note: str
) -> None:
    own = PersonRecord(onset=Onset(days_ago(start), "day", recalled=True))
    page = page_of(diary([], [episode(days_ago(9), **LID)], person=own))

    assert page.five[0].note == note


@pytest.mark.parametrize(
    ("larger", "note"),
    [
        (False, "Own diary, reported by the patient; name left out"),
        (True, "Reported by the patient; name left out"),
    ],
)
def test_note_of_the_head_stays_on_one_line(larger: bool, note: str) -> None:
    options = ProfileOptions(name=False, larger=larger)
    head = page_of(diary_of(28), options).head

    assert head.note == note
    assert text_width(head.note, 8 * options.type_scale) <= 61.5


def test_a_new_place_is_marked_new_where_it_first_appears() -> None:
    logged = [episode(days_ago(n), **LID) for n in range(28)] + [episode(days_ago(3), **CALF)]
    page = page_of(diary([complete(days_ago(n)) for n in range(28)], logged))

    assert page.places.notes[0] == "<strong>New in 28 days: left calf</strong>"
    assert [place.new for figure in page.where.figures for place in figure.places] == [
        False,
        False,
        True,
    ]


def test_days_without_a_place_are_told_beside_the_places() -> None:
    told = [DayRecord(days_ago(n), summary=DaySummary.A_FEW) for n in (3, 4)]

    page = page_of(diary(told, [episode(days_ago(1), **CALF)]))

    assert "Place not noted on 2 twitch days" in page.places.notes


class TestStart:
    def test_first_twitch_of_a_new_diary_is_no_start(self) -> None:
        taken = (MedicineRecord("Sertraline", started_on=days_ago(12)),)
        page = page_of(
            diary([complete(days_ago(9))], [episode(days_ago(9), **LID)], medicines=taken)
        )

        assert page.story.sentence == (
            "Twitching of the left lower eyelid, <strong>first logged 25 April 2026</strong>."
        )
        assert page.five[0].answer == "<strong>First logged 25 April 2026</strong>, 9 days ago"
        assert page.five[0].note == "the start itself was not told"
        assert page.history.medicines[0].distance == ""

    def test_no_place_is_claimed_for_a_day_on_which_none_was_noted(self) -> None:
        few = DayRecord(days_ago(20), summary=DaySummary.A_FEW)
        page = page_of(diary([few], [episode(days_ago(8), **CALF)]))

        assert page.story.sentence == (
            "Twitching, <strong>first logged 14 April 2026</strong>; "
            "<strong>the left calf since 26\N{NO-BREAK SPACE}April</strong>."
        )

    def test_a_start_known_to_its_year_has_no_months(self) -> None:
        own = PersonRecord(onset=Onset(date(2025, 7, 1), "year", recalled=True))
        page = page_of(diary([complete(AS_OF)], [episode(AS_OF, **LID)], person=own))

        assert page.five[0].answer == "<strong>2025</strong>"

    @pytest.mark.parametrize(
        ("fields", "words", "dates"),
        [
            ({"started_on": days_ago(44)}, "was started", "since <strong>21 Mar 2026</strong>"),
            ({"changed_on": days_ago(44)}, "was changed", "changed <strong>21 Mar 2026</strong>"),
            ({"stopped_on": days_ago(44)}, "was stopped", "stopped <strong>21 Mar 2026</strong>"),
        ],
    )
    def test_every_step_of_a_medicine_stands_at_its_distance(
        self, fields: dict[str, date], words: str, dates: str
    ) -> None:
        own = PersonRecord(onset=Onset(days_ago(40), "day", recalled=True))
        page = page_of(diary(person=own, medicines=(MedicineRecord("Prednisolone", **fields),)))
        (line,) = page.history.medicines

        assert f"4 days after <strong>Prednisolone</strong> {words}." in page.story.sentence
        assert (line.dates, line.distance, line.strong) == (dates, "4 days before onset", True)

    @pytest.mark.parametrize(("precision", "told"), [("month", True), ("season", False)])
    def test_a_vague_start_lies_around_the_time_of_a_medicine(
        self, precision: str, told: bool
    ) -> None:
        own = PersonRecord(onset=Onset(days_ago(40), precision, recalled=True))
        taken = (MedicineRecord("Sertraline", started_on=days_ago(36)),)
        page = page_of(diary(person=own, medicines=taken))

        words = "Came on around the time <strong>Sertraline</strong> was started."
        assert (words in page.story.sentence) is told

    def test_a_suspected_medicine_is_marked(self) -> None:
        taken = (MedicineRecord("Sertraline", suspected=True), MedicineRecord("Salbutamol"))
        history = page_of(diary(medicines=taken)).history

        assert [line.suspected for line in history.medicines] == [True, False]
        assert history.note == "* suspected by the patient"


def test_no_words_of_urgency_or_cause_stand_on_the_page() -> None:
    forbidden = ("urgent", "emergency", "because", "caused by", "see a doctor", "nothing to worry")
    for record in (extreme_diary("x"), example_diary(AS_OF), DiaryRecord()):
        texts = " ".join(words_of(page_of(record))).lower()

        assert not [word for word in forbidden if word in texts]


@pytest.mark.parametrize(
    ("lengths", "answer"),
    [
        ((2, "up_to_half_an_hour"), "Varies: about a minute or less and longer than 5 minutes"),
        ((2, 2, "minutes"), "Mostly about a minute or less"),
        ((2, 2, 200), "Mostly about a minute or less; longest 3 min, 4 May"),
        ((2, 200), "Varies: about a minute or less and up to 5 minutes; longest 3 min"),
    ],
)
def test_length_is_said_without_contradicting_what_was_told_in_words(
    lengths: tuple[int | str, ...], answer: str
) -> None:
    episodes = [
        episode(AS_OF, **{"duration_s" if isinstance(one, int) else "duration_class": one})
        for one in lengths
    ]

    page = page_of(diary(episodes=episodes))

    assert strip_tags(page.five[2].answer or "") == answer
