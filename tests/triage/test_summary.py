"""The one summary: what its figures rest on where days carry no number of twitches."""

from __future__ import annotations

from tests.triage.hand_made import (
    AS_OF,
    complete,
    constant,
    days_ago,
    diary,
    episode,
    none,
    summed_up,
)
from triage.summary import as_json, summarise

RECORD = diary(
    [
        summed_up(days_ago(0), "none"),
        summed_up(days_ago(1), "a_few"),
        summed_up(days_ago(2), "many"),
        constant(days_ago(3)),
        none(days_ago(4)),
        summed_up(days_ago(40), "many"),
    ]
)


def test_days_summed_up_as_a_few_or_many_are_counted_for_the_period() -> None:
    assert summarise(RECORD, AS_OF).summarised_days == 3
    assert summarise(RECORD, AS_OF, 4).summarised_days == 2


def test_a_day_with_single_twitches_is_not_summed_up() -> None:
    logged = diary([summed_up(AS_OF, "many"), complete(days_ago(1))], [episode(AS_OF)])

    assert summarise(logged, AS_OF).summarised_days == 0


def test_a_rate_is_over_days_with_a_number_and_says_how_many_these_are() -> None:
    """The format has days summed up as none at 0, and the others in no rate."""
    frequency = as_json(summarise(RECORD, AS_OF), "x")["answers"]["frequency"]

    assert (frequency["days_with"], frequency["days_checked_in"]) == (4, 6)
    assert frequency["per_checked_in_day"] == 0
    assert frequency["last_28"] == {"per_day": 0, "days": 2}
    assert frequency["previous_28"] == {"per_day": None, "days": 0}
