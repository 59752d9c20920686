"""The library: every shipped entry, the article's list, levels and rules, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from diary.vocabulary import Factor, Test
from triage.advice import FactorAdvice
from triage.knowledge import KnowledgeFault, knowledge
from triage.library import FILES, FOLDER, SHELVES, Entry, Level, library, read_library
from triage.library_wording import diary_lines, named_beside, places_named

CAUSES_OF_THE_ARTICLE = {
    "Working out": "exercise",
    "[Stress and anxiety]": "stress",
    "Too much caffeine": "caffeine",
    "Not enough sleep": "sleep",
    "Lack of nutrients: vitamin D": "vitamin-d",
    "Lack of nutrients: vitamin B": "vitamin-b",
    "Lack of nutrients: calcium": "calcium",
    "Lack of nutrients: magnesium": "magnesium",
    "[Dehydration]": "dehydration",
    "[Nicotine]": "nicotine",
    "Reaction to meds": "medicines",
    "Pinched nerves": "pinched-nerve",
    "Multiple sclerosis": "multiple-sclerosis",
    "[Lupus]": "lupus",
    "Isaacs’ syndrome": "isaacs-syndrome",
    "Lou Gehrig’s disease (ALS)": "motor-neurone-disease",
    "Kidney disease": "kidney-disease",
    "[Neuropathy]": "neuropathy",
}
"""Its headings in their order; those in brackets were missing and come from the text."""

PLACES_OF_THE_ARTICLE = {
    "sleep": "eyelid",
    "vitamin-d": "eyelid, calf and hand",
    "vitamin-b": "eyelid",
    "dehydration": "large muscles: legs, arms and trunk",
    "medicines": "hand, forearm, upper arm, thigh and calf",
    "caffeine": "any muscle",
}

NEVER_SAID = (
    r"attack|complian|trigger|significan|monitor|detect|analys|benign|all clear|normal|"
    r"nothing to worry|you are fine|probab|% chance|supplement|paper bag|streak|!"
)
QUOTED: set[tuple[str, str]] = set()
"""Pairs of slug and word that an entry may quote; nothing needs one at present."""

LENGTHS = {"title": 40, "short": 70, "value": 24, "lead": 170, "text": 330, "points": 150}
LENGTHS |= {"tries": 220, "left_out": 200, "diary": 190, "limits_note": 190, "where": 80}

ENTRIES = library().entries
LEVELS = library().levels


def strings_of(entry: Entry, field: str) -> Iterator[str]:
    value = getattr(entry, field)
    if isinstance(value, str):
        yield value
        return
    for part in value:
        yield part if isinstance(part, str) else part.text


def all_words(entry: Entry) -> str:
    return " ".join(text for field in LENGTHS for text in strings_of(entry, field))


def changed(name: str, old: str, new: str) -> Mapping[str, str]:
    """The texts of the shipped files with one change in one of them."""
    texts = {file: (FOLDER / f"{file}.toml").read_text("utf-8") for file in FILES}
    assert old in texts[name]
    return texts | {name: texts[name].replace(old, new, 1)}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.slug)
class TestEveryEntry:
    def test_its_sources_exist_and_none_was_read_after_it_was_checked(self, entry: Entry) -> None:
        read = [knowledge().sources[source].checked for source in entry.sources]

        assert date(2026, 11, 24) <= max(read) <= entry.checked

    def test_its_texts_fit_a_phone(self, entry: Entry) -> None:
        for field, most in LENGTHS.items():
            assert all(len(text) <= most for text in strings_of(entry, field)), field
        assert 150 <= len(all_words(entry)) <= 1_800

    def test_its_sentences_are_whole(self, entry: Entry) -> None:
        for text in (entry.lead, *entry.text, *entry.tries, *entry.left_out, entry.diary):
            assert not text or (text[0].isupper() and text[-1] in ".?"), text

    def test_it_says_nothing_that_is_never_said(self, entry: Entry) -> None:
        found = {
            (entry.slug, word.lower())
            for word in re.findall(NEVER_SAID, all_words(entry), re.IGNORECASE)
        }

        assert found <= QUOTED

    def test_advice_within_days_reads_today_or_tomorrow(self, entry: Entry) -> None:
        late = r"\b(advice|appointment|doctor|GP) today(?! or tomorrow)"

        assert not re.search(late, all_words(entry))

    def test_it_names_no_illness_as_the_readers_own(self, entry: Entry) -> None:
        words = all_words(entry)

        assert not re.search(r"\byou (may|might|could|probably) (have|suffer)\b", words)
        assert entry.shelf != "conditions" or not re.search(r"\byou (have|suffer)\b", words)

    def test_its_places_and_its_words_for_them_agree(self, entry: Entry) -> None:
        named = places_named(entry)

        assert bool(named) == bool(entry.where or entry.places)
        assert (entry.shelf in {"everyday", "nutrients", "medicines", "conditions"}) == bool(named)


class TestTheArticle:
    def test_every_cause_it_names_has_one_entry(self) -> None:
        causes = [entry for shelf in SHELVES[1:5] for entry in library().on_shelf(shelf)]

        assert {entry.article: entry.slug for entry in causes} == CAUSES_OF_THE_ARTICLE
        assert len(causes) == 18

    @pytest.mark.parametrize(("slug", "places"), PLACES_OF_THE_ARTICLE.items())
    def test_its_places_are_named(self, slug: str, places: str) -> None:
        assert places_named(library().by_slug[slug]) == places

    def test_what_it_names_beside_a_twitch_is_one_list(self) -> None:
        assert named_beside(library().by_slug["neuropathy"]) == (
            "numbness, tingling and weakness in the same place"
        )

    def test_everything_it_suggests_has_an_entry(self) -> None:
        suggested = [entry.article for entry in library().on_shelf("prevention")]

        assert suggested == [
            "Balanced diet",
            "Limit caffeine",
            "Improve sleep",
            "Takeaway: lots of water",
            "Manage stress",
            "Quit smoking",
            "Switch meds",
            "Lack of nutrients: sunshine",
        ]

    def test_its_five_questions_stand_with_a_reason_each(self) -> None:
        points = library().by_slug["doctors-questions"].points

        assert [point.name for point in points] == [
            "When did the twitching start?",
            "Where are the twitches?",
            "How long do the twitches last?",
            "How often do the twitches occur?",
            "Any other symptoms that have come along?",
        ]
        assert all(point.text for point in points)

    def test_every_test_of_the_vocabulary_is_explained(self) -> None:
        explained = {test for entry in library().on_shelf("tests") for test in entry.tests}

        assert explained == set(Test) - {Test.OTHER}

    @pytest.mark.parametrize(
        "slug", ["corticosteroids", "muscle-relaxants", "neuromuscular-blockers"]
    )
    def test_each_treatment_is_left_to_a_doctor(self, slug: str) -> None:
        entry = library().by_slug[slug]

        assert entry.shelf == "treatments"
        assert entry.text[-1].endswith("Only a doctor decides about them.")
        assert not entry.tries

    def test_the_fda_recommends_nothing_and_the_page_says_so(self) -> None:
        entry = library().by_slug["caffeine"]

        assert any("FDA “recommends” 400 mg" in line for line in entry.left_out)
        assert "recommend" not in " ".join((entry.lead, *entry.text, entry.limits_note))

    @pytest.mark.parametrize("slug", ["vitamin-d", "vitamin-b", "calcium", "magnesium"])
    def test_no_nutrient_is_suggested_as_a_tablet(self, slug: str) -> None:
        entry = library().by_slug[slug]

        assert "tablet" not in " ".join((entry.lead, *entry.tries)).replace("water tablet", "")
        assert entry.left_out
        assert not entry.factors

    def test_corticosteroids_stand_on_both_sides_and_both_pages_say_so(self) -> None:
        for slug in ("medicines", "corticosteroids"):
            assert "as a treatment" in " ".join(library().by_slug[slug].left_out)


class TestOrder:
    def test_conditions_stand_by_the_alphabet(self) -> None:
        titles = [entry.title for entry in library().on_shelf("conditions")]

        assert titles == sorted(titles)
        assert len(titles) == 7

    def test_conditions_are_sorted_whatever_the_file_says(self) -> None:
        read = read_library(changed("causes", 'title = "Neuropathy"', 'title = "A"'), knowledge())

        assert read.on_shelf("conditions")[0].slug == "neuropathy"

    def test_shelves_stand_in_their_order(self) -> None:
        assert [entry.shelf for entry in ENTRIES] == sorted(
            (entry.shelf for entry in ENTRIES), key=SHELVES.index
        )


class TestLevels:
    def test_every_rule_stands_in_words_at_its_own_level(self) -> None:
        said = {
            (rule, level.code)
            for level in LEVELS
            for reason in level.reasons
            for rule in reason.rules
        }

        assert said == {(rule.id, rule.urgency) for rule in knowledge().red_flags.rules}

    @pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.code)
    def test_its_reasons_are_whole_calm_sentences(self, level: Level) -> None:
        for reason in level.reasons:
            assert reason.text.endswith(".")
            assert len(reason.text) <= 190
            assert not re.search(NEVER_SAID, reason.text, re.IGNORECASE)

    def test_soon_reads_today_or_tomorrow(self) -> None:
        assert LEVELS[1].title == "See a doctor today or tomorrow"

    @pytest.mark.parametrize(
        "asked", ["keeps coming back", "intense", "painful", "very frequent", "hard to live with"]
    )
    def test_the_articles_own_reasons_are_among_them(self, asked: str) -> None:
        assert any(asked in reason.text for reason in LEVELS[2].reasons)


class TestNumbers:
    def test_limits_are_those_of_the_factors(self) -> None:
        factors = knowledge().factors
        caffeine, sleep, drinks = (factors[code] for code in ("caffeine", "sleep", "hydration"))
        by_slug = library().by_slug

        assert [limit.text for limit in by_slug["caffeine"].limits] == [
            f"{caffeine.number('adult_mg')} mg",
            f"{caffeine.number('expecting_mg')} mg",
            f"{caffeine.number('under_18_mg_per_kg')} mg per kg of weight",
        ]
        assert [limit.text for limit in by_slug["sleep"].limits] == [
            f"{sleep.number(group)} hours or more"
            for group in ("adult_hours", "teenager_hours", "child_hours")
        ]
        assert [limit.text for limit in by_slug["dehydration"].limits] == [
            f"about {drinks.number('male_ml') / 1000:g} litres",
            f"about {drinks.number('other_ml') / 1000:g} litres",
            f"about {drinks.number('pregnant_more_ml') / 1000:g} litres more",
        ]

    def test_prevention_gives_the_same_numbers(self) -> None:
        by_slug = library().by_slug

        assert by_slug["limit-caffeine"].value == "up to 400 mg a day"
        assert by_slug["enough-sleep"].value == "7 hours or more"
        assert by_slug["enough-water"].value == "about 1.6 to 2 litres"


class TestDiaryLines:
    def test_a_factor_outside_its_target_brings_its_own_text(self) -> None:
        outside = [
            FactorAdvice("caffeine", "TG-CAFFEINE", 2, 46, 1, 33, "On 2 of 46 days.", ("S15",)),
            FactorAdvice("sleep", "TG-SLEEP", 5, 46, 3, 31, "On 5 of 46 nights.", ("S24",)),
        ]

        lines = diary_lines(library().by_slug["caffeine"], outside, {"caffeine": 46})
        assert lines == ("On 2 of 46 days.",)

    def test_a_factor_within_its_target_says_on_how_many_days_it_is_recorded(self) -> None:
        for factor in Factor:
            entries = [entry for entry in ENTRIES if factor in entry.factors]
            for entry in entries:
                lines = diary_lines(entry, (), dict.fromkeys(Factor.codes(), 12))
                assert len(lines) == len(entry.factors)
                assert all(
                    re.search("none of 12 recorded days|is not noted|on your list", line)
                    for line in lines
                )

    @pytest.mark.parametrize(
        ("days", "line"),
        [
            (0, "Sleep: not noted in these weeks."),
            (1, "Sleep was under the usual target on none of 1 recorded day."),
        ],
    )
    def test_a_factor_that_is_not_recorded_is_never_within_its_target(
        self, days: int, line: str
    ) -> None:
        assert diary_lines(library().by_slug["sleep"], (), {"sleep": days}) == (line,)

    def test_an_entry_without_factors_has_no_line(self) -> None:
        assert diary_lines(library().by_slug["lupus"], (), {}) == ()


class TestRefused:
    @pytest.mark.parametrize(
        ("file", "old", "new", "said"),
        [
            ("causes", 'title = "Exercise"', 'titel = "Exercise"', "no field is called titel"),
            ("causes", 'title = "Exercise"\n', "", "exercise: title is missing"),
            ("causes", 'title = "Exercise"', "title = 4", "exercise: title is text"),
            ("causes", 'slug = "stress"', 'slug = "exercise"', "stands more than once"),
            ("causes", 'shelf = "everyday"', 'shelf = "rare"', "no shelf is called 'rare'"),
            ("causes", '["hand", "foot"]', '["hoof"]', "places has no code 'hoof'"),
            ("causes", 'factors = ["exercise"]', 'factors = ["tea"]', "factors has no code 'tea'"),
            ("causes", '["S0", "S33"]', '["S999"]', "exercise: no source is called 'S999'"),
            ("causes", '["Most adults", "400 mg"]', '["Most adults"]', "limits is a pair"),
            ("causes", "checked = 2026-11-25", 'checked = "today"', "checked is a date"),
            ("causes", "[[entry]]", "[[entry", "causes.toml is not TOML"),
            ("causes", "[[entry]]", "[[entries]]", "no field is called entries"),
            ("prevention", 'see = ["caffeine"]', 'see = ["tea"]', "no entry is called 'tea'"),
            ("doctor", 'code = "soon"', 'code = "later"', "a level is one of"),
            ("doctor", 'code = "soon"', 'code = "routine"', "each once and in this order"),
            ("doctor", '["RF-BREATH"]', '["RF-MULTI"]', "RF-MULTI is routine, not emergency"),
            ("doctor", '["RF-BREATH"]', '["RF-SNEEZE"]', "no rule is called 'RF-SNEEZE'"),
            ("doctor", 'rules = ["RF-BREATH"]\n', "", "names its rules and its sources"),
        ],
    )
    def test_a_fault_is_named(self, file: str, old: str, new: str, said: str) -> None:
        with pytest.raises(KnowledgeFault, match=re.escape(said)):
            read_library(changed(file, old, new), knowledge())

    def test_the_shipped_files_are_read_as_they_are(self) -> None:
        assert read_library(changed("causes", "Exercise", "Exercise"), knowledge()) == library()
