"""Days outside a factor's usual target, for factors that never were as well."""

from __future__ import annotations

from diary.records import DayRecord, PersonRecord
from tests.triage.hand_made import AS_OF, days_ago, diary, none
from triage.factor_targets import TargetDays, target_days
from triage.periods import last_days

FORTNIGHT = last_days(AS_OF, 14)


def caffeine(day: DayRecord) -> float | None:
    return day.caffeine_mg


def days(*amounts: int | None, person: PersonRecord | None = None):  # noqa: ANN201
    held = [none(days_ago(ago), caffeine_mg=mg) for ago, mg in enumerate(amounts)]
    return diary(held, person=person or PersonRecord())


def test_the_limit_itself_is_within() -> None:
    found = target_days(days(400, 401, 0, None), "caffeine", caffeine, FORTNIGHT)

    assert found == TargetDays(limit=400, outside=1, recorded=3, first_recorded=days_ago(2))


def test_the_target_is_that_of_the_person() -> None:
    expecting = PersonRecord(pregnant=True)

    assert target_days(days(250, person=expecting), "caffeine", caffeine, FORTNIGHT).outside == 1
    assert target_days(days(250), "caffeine", caffeine, FORTNIGHT).outside == 0


def test_days_before_the_period_only_tell_since_when_it_is_recorded() -> None:
    found = target_days(days(*[500] * 20), "caffeine", caffeine, FORTNIGHT)

    assert (found.outside, found.recorded, found.first_recorded) == (14, 14, days_ago(19))


def test_a_factor_without_a_target_has_no_day_outside() -> None:
    found = target_days(days(500), "screen", caffeine, FORTNIGHT)

    assert (found.limit, found.outside, found.recorded) == (None, 0, 1)


def test_a_factor_that_was_never_recorded() -> None:
    assert target_days(days(None), "caffeine", caffeine, FORTNIGHT).first_recorded is None
