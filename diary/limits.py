"""Every bound of the diary, once: forms, tables, the diary file and its schema all use these.

Bounds are generous: they keep typing slips and hostile input out and never judge what a person
lived through. Units stand in the names; both ends of a range are allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Ordered = TypeVar("Ordered", int, date)


@dataclass(frozen=True, slots=True)
class Bounds(Generic[Ordered]):
    """An inclusive range of numbers or dates."""

    low: Ordered
    high: Ordered


# Days of the diary, and moments by the date written in them. A file may hold future dates
# (a clock was wrong, a visit is planned), so the end lies well ahead.
DATES = Bounds(date(1900, 1, 1), date(2200, 12, 31))

# Person. The birth year also never lies after the current year.
BIRTH_YEAR = Bounds(1900, 2200)
WEIGHT_KG = Bounds(1, 700)

# Episodes.
DURATION_S = Bounds(0, 366 * 86_400)
TWITCH_COUNT = Bounds(0, 100_000)
PER_MINUTE = Bounds(0, 1_000)
INTENSITY = Bounds(1, 3)
PAIN = Bounds(0, 10)

# Days.
CAFFEINE_MG = Bounds(0, 20_000)
SERVINGS = Bounds(0, 100)
SLEEP_MIN = Bounds(0, 1_440)
STRESS = Bounds(0, 10)
EXERCISE_MIN = Bounds(0, 1_440)
DRINKS_ML = Bounds(0, 50_000)
ALCOHOL_DRINKS = Bounds(0, 200)

# Own factors: values of a day, and the step a ratio is stated for.
OWN_VALUE = Bounds(-1_000_000, 1_000_000)
OWN_STEP = Bounds(0, 1_000_000)

# Texts, in characters (Unicode code points after NFC).
CODE = 64
TIME_ZONE = 64
INSTANT = 40
NAME = 200
LABEL = 200
UNIT = 50
NOTE = 2_000
WORRY = 2_000
RESULT = 2_000
QUESTION = 1_000
VISIT_NOTES = 10_000

# Entries of lists inside a record.
CODES_LISTED = 200
TESTS_LISTED = 200
OWN_DRINKS_LISTED = 200
DRINKS_A_DAY = 200
SITES_A_DAY = 200
QUESTIONS_A_VISIT = 200
PLAN_STEPS = 1_000

# Entries of a whole diary, and the size of its file in bytes.
EPISODES = 200_000
DAYS = (DATES.high - DATES.low).days + 1
SYMPTOM_ANSWERS = 200_000
MEDICINES = 10_000
EVENTS = 10_000
OWN_FACTORS = 500
EXPERIMENTS = 1_000
VISITS = 10_000
FILE_BYTES = 128 * 1024 * 1024
