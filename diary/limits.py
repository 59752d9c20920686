"""Every bound of the diary, once: forms, tables, the diary file and its schema all use these.

Bounds are generous: they keep typing slips and hostile input out and never judge what a person
lived through. Units stand in the names; both ends of a range are allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Bounds:
    """An inclusive range of numbers."""

    low: int
    high: int

    def __contains__(self, number: float) -> bool:
        return self.low <= number <= self.high


# Days of the diary, and instants by the date written in them. A file may hold future dates
# (a clock was wrong, a visit is planned), so the end lies well ahead.
FIRST_DATE = date(1900, 1, 1)
LAST_DATE = date(2200, 12, 31)

# Person. The birth year also never lies after the current year.
BIRTH_YEAR = Bounds(FIRST_DATE.year, LAST_DATE.year)
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

# Own factors: values of a day, and the step a ratio is stated for (above zero).
OWN_VALUE = Bounds(-1_000_000, 1_000_000)
OWN_STEP = Bounds(0, 1_000_000)

# Texts, in characters (Unicode code points after NFC).
CODE_LENGTH = 64
NAME_LENGTH = 200
LABEL_LENGTH = 200
UNIT_LENGTH = 50
NOTE_LENGTH = 2_000
WORRY_LENGTH = 2_000
RESULT_LENGTH = 2_000
QUESTION_LENGTH = 1_000
VISIT_NOTES_LENGTH = 10_000

# Entries of lists inside a record.
CODES_LISTED = 200
TESTS_LISTED = 200
OWN_DRINKS_LISTED = 200
DRINKS_A_DAY = 200
SITES_A_DAY = 200
QUESTIONS_A_VISIT = 200
PLAN_STEPS = 1_000

# Entries of a whole diary, and the size of its file. The app's own exports stay within them.
EPISODES = 200_000
DAYS = (LAST_DATE - FIRST_DATE).days + 1
SYMPTOM_ANSWERS = 200_000
MEDICINES = 10_000
EVENTS = 10_000
OWN_FACTORS = 500
EXPERIMENTS = 1_000
VISITS = 10_000
FILE_BYTES = 128 * 1024 * 1024
