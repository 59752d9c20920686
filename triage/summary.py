"""The one summary of a diary: pages, PDF and command take every figure from here.

A `Summary` holds the diary as it was known on a day; each part is worked out when it is first
asked for and then kept, so a page pays only for what it shows and two places never disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from diary.records import DayRecord, DiaryRecord, Place, VisitRecord, in_time, place_order
from triage import patterns, questions
from triage.advice import Advice, advise
from triage.caffeine_course import CaffeineCourse, caffeine_course
from triage.caffeine_day import CaffeineDay, caffeine_days
from triage.factor_targets import TargetDays, target_days
from triage.link_wording import link_sentence
from triage.links import Link, find_links, starts_new_period
from triage.periods import Period, known_on, period_of
from triage.profile import facts as profile_facts
from triage.profile import history as profile_history
from triage.statistics.factor_differences import MAIN_FACTORS, FactorDifference, own_factors
from triage.trends import (
    Trend,
    Week,
    find_change,
    find_trend,
    weekly_series,
)

if TYPE_CHECKING:
    from triage.statistics.daily_series import DailySeries


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the period rests on; `written_in_time` is a share of what tells when it was written."""

    days: int
    days_checked_in: int
    episodes: int
    written_in_time: float | None


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to the doctor's questions; fields and order are those of the summary file."""

    onset: questions.OnsetAnswer
    sites: tuple[questions.SiteCount, ...]
    same_muscles: questions.SameMuscles
    duration: questions.Duration
    frequency: questions.Frequency
    associated_symptoms: questions.AssociatedSymptoms
    medicines: tuple[questions.MedicineAnswer, ...]
    conditions: tuple[str, ...]
    pregnant: bool | None


@dataclass(frozen=True)
class Summary:
    """Everything that can be told of a diary on `as_of`.

    `record` holds nothing dated later. `period` limits counts and answers; onset, medicines,
    signs on the page, links and trend read the whole record. `cut`: whether the
    period was chosen and is not the whole diary; `weeks` is its length where one was named.
    """

    record: DiaryRecord
    as_of: date
    weeks: int | None
    period: Period
    cut: bool

    @cached_property
    def window(self) -> DiaryRecord:
        """The record within the chosen weeks; without a choice nothing is cut away."""
        return questions.within(self.record, self.period) if self.cut else self.record

    @cached_property
    def days_recorded(self) -> int:
        """Calendar days from the first day with anything recorded to as_of; 0 without one."""
        return (self.as_of - self.record.days[0].date).days + 1 if self.record.days else 0

    @cached_property
    def coverage(self) -> Coverage:
        """Days, check-ins and episodes of the period."""
        days = self.window.days
        return Coverage(
            days=self.period.days if self.cut else self.days_recorded,
            days_checked_in=sum(day.checked_in for day in days),
            episodes=sum(day.totals.episodes for day in days),
            written_in_time=share_written_in_time(days),
        )

    @cached_property
    def summarised_days(self) -> int:
        """Days of the period that say it twitched, but not how often: summed up as a few or many.

        They stand behind no number of episodes, so "0 episodes" is not what they say.
        """
        return sum(day.summarised_twitches and not day.constant for day in self.window.days)

    @cached_property
    def answers(self) -> Answers:
        """The answers for the period."""
        window, person = self.window, self.record.person
        places = questions.sites(window)
        return Answers(
            onset=questions.onset(self.record, self.as_of),
            sites=places,
            same_muscles=questions.same_muscles(places, self.as_of),
            duration=questions.duration(window),
            frequency=questions.frequency(window, self.as_of, find_change(window, self.as_of)),
            associated_symptoms=questions.associated_symptoms(window.symptom_answers),
            medicines=questions.medicines(self.record),
            conditions=person.conditions or (),
            pregnant=person.pregnant,
        )

    @cached_property
    def advice(self) -> Advice:
        """Fired rules of the whole record, factors of the period."""
        return advise(self.record, self.as_of, period=self.period)

    @cached_property
    def _series(self) -> DailySeries:
        from triage.statistics.daily_series import whole_series  # brings numpy

        return whole_series(self.record, self.as_of)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """What goes together with the twitches, over the whole record."""
        return find_links(self.record, self.as_of, self._series)

    @cached_property
    def naming_starts_new_period(self) -> bool:
        """Whether naming a factor now would leave out the days before: a result was possible."""
        return starts_new_period(self.record, self.as_of)

    @cached_property
    def trend(self) -> Trend:
        """More or fewer over the whole record."""
        return find_trend(self.record, self.as_of, self._series)

    @cached_property
    def change(self) -> str:
        """The last 28 days against the 28 before, whatever period is chosen."""
        if not self.cut:
            return self.answers.frequency.change
        return find_change(self.record, self.as_of)

    @cached_property
    def two_periods(self) -> profile_facts.TwoPeriods:
        """Rates of the last 28 days and the 28 before, whatever period is chosen."""
        return profile_facts.two_periods(self.record, self.as_of)

    @cached_property
    def weeks_of_period(self) -> tuple[Week, ...]:
        """Check-ins, twitch days and rates of the period week by week."""
        return weekly_series(self.window, self.period)

    @cached_property
    def factors(self) -> tuple[FactorDifference, ...]:
        """Caffeine, sleep and stress, then those switched on and the person's own."""
        return (*MAIN_FACTORS, *own_factors(self.record))

    def weeks_in(self, period: Period) -> tuple[Week, ...]:
        """The weeks of any period with all factors: days tell them, whatever the window."""
        return weekly_series(self.record, period, self.factors)

    def days_in(self, period: Period) -> tuple[profile_facts.CalendarDay, ...]:
        """Every day of any period with its state."""
        return profile_facts.calendar(self.record, period)

    def target_days(self, factor: FactorDifference, period: Period) -> TargetDays:
        """On how many days of any period a factor lay outside its usual target."""
        return target_days(self.record, factor.code, factor.read, period)

    @cached_property
    def typical_day(self) -> patterns.TypicalDay:
        """Times of day of the period's episodes."""
        return patterns.typical_day(self.window, self.period)

    @cached_property
    def caffeine_course(self) -> CaffeineCourse:
        """Caffeine on board through a usual day of the period, with the twitches of its days."""
        return caffeine_course(self.window, self.period)

    @cached_property
    def caffeine_days(self) -> tuple[CaffeineDay, ...]:
        """The last days on which a drink has its time, newest first, whatever period is chosen."""
        return caffeine_days(self.record, self.as_of)

    @cached_property
    def fortnights(self) -> patterns.Fortnights:
        """Places by fortnight up to as_of, whatever period is chosen."""
        return patterns.fortnights(self.record, self.as_of, self._first_days)

    @cached_property
    def lengths_and_intensity(self) -> patterns.Course:
        """Lengths and intensity of the last 28 days beside the 28 before."""
        return patterns.course(self.record, self.as_of)

    @cached_property
    def _first_days(self) -> Mapping[Place, date]:
        return questions.first_days(self.record.days)

    @cached_property
    def recorded_places(self) -> tuple[Place, ...]:
        """Every place of the whole diary from head to foot."""
        return tuple(sorted(self._first_days, key=place_order))

    def at_place(self, place: Place) -> Summary:
        """The summary of the same days for one place alone."""
        record = patterns.at_place(self.record, place)
        return replace(self, record=record)

    @cached_property
    def calendar(self) -> tuple[profile_facts.CalendarDay, ...]:
        """Every day of the period with its state."""
        return profile_facts.calendar(self.window, self.period)

    @cached_property
    def numbers(self) -> profile_facts.Numbers:
        """Counts of the period for the panel of numbers."""
        return profile_facts.numbers(self.window, self.calendar)

    @cached_property
    def told_only(self) -> bool:
        """Whether all there is was told at once: no check-in, and hardly a day with entries.

        The days of such entries say when it last twitched somewhere, not when it began there.
        """
        return profile_facts.told_only(self.window)

    @cached_property
    def places(self) -> tuple[profile_facts.PlaceRow, ...]:
        """Places of the period in the order of the page."""
        rows = profile_facts.place_rows(self.record, self.window, self.answers.sites, self.as_of)
        return tuple(replace(row, new=False) for row in rows) if self.told_only else rows

    @cached_property
    def places_from_start(self) -> tuple[questions.SiteCount, ...]:
        """Places that were there when it all began."""
        course = self.course_of_places
        return course if self.told_only else tuple(r for r in course if r.first == course[0].first)

    @cached_property
    def course_of_places(self) -> tuple[questions.SiteCount, ...]:
        """Places since the onset in the order in which they joined."""
        return profile_facts.course_of_places(self.record, self.answers.onset.date)

    @cached_property
    def where(self) -> tuple[profile_facts.WherePart, ...]:
        """Places by fortnight, as they are marked on the outline."""
        return profile_facts.where_parts(self.calendar, self.places, self.period)

    @cached_property
    def factor_days(self) -> tuple[profile_facts.FactorDays, ...]:
        """Days of the period outside and within the targets of caffeine, sleep and stress."""
        limits = profile_facts.factor_limits(self.record.person, self.as_of)
        return profile_facts.factor_days(self.window, limits)

    @cached_property
    def together(self) -> profile_facts.TogetherDays | None:
        """Days on which both of the first two places of the page twitched."""
        return profile_facts.together_days(self.window, [row.count for row in self.places])

    @cached_property
    def sides_without(self) -> tuple[str, ...]:
        """The side on which nothing is recorded in the period, if the other side has something."""
        return profile_facts.sides_without(self.answers.sites)

    @cached_property
    def signs(self) -> profile_history.Signs:
        """Every sign with its answer and dates. A short period must not turn a yes into silence."""
        return profile_history.signs(self.record.symptom_answers)

    @cached_property
    def medicine_rows(self) -> tuple[profile_history.MedicineRow, ...]:
        """Medicines with their distance to the onset, in the order of the page."""
        return profile_history.medicine_rows(self.record, self.as_of)

    @cached_property
    def planned_visit(self) -> VisitRecord | None:
        """The next appointment with the person's questions."""
        return profile_history.planned_visit(self.record, self.as_of)


def summarise(
    record: DiaryRecord, as_of: date, weeks: int | None = None, *, since: date | None = None
) -> Summary:
    """The summary of a diary on `as_of`: the last `weeks` weeks, the days since one, or all of it.

    Raises ValueError when `record` is a window whose episodes begin after the period does: counts
    over some of the episodes would look like counts over all of them.
    """
    known = known_on(record, as_of)
    period = period_of(known, as_of, weeks) if since is None else Period(since, as_of)
    if known.episodes_from is not None and known.episodes_from > period.from_:
        raise ValueError(f"The period begins {period.from_}, episodes {known.episodes_from}.")
    return Summary(known, as_of, weeks, period, cut=weeks is not None or since is not None)


def share_written_in_time(days: tuple[DayRecord, ...]) -> float | None:
    """Share of episodes and check-ins written by noon of the next day; None when none tells."""
    closed = [
        in_time(day.date, day.closed_at)
        for day in days
        if day.checked_in and day.closed_at is not None
    ]
    known = len(closed) + sum(day.totals.written_known for day in days)
    written = sum(closed) + sum(day.totals.written_in_time for day in days)
    return written / known if known else None


def as_json(summary: Summary, file: str) -> dict[str, Any]:
    """The summary file (docs/diary-file.md): a projection, nothing is worked out here."""
    empty = not summary.cut and not summary.record.days
    return {
        "format": "twitch-summary",
        "version": 1,
        "file": file,
        "as_of": summary.as_of.isoformat(),
        "period": {
            "from": None if empty else summary.period.from_.isoformat(),
            "to": summary.period.to.isoformat(),
        },
        "coverage": plain(summary.coverage),
        "answers": plain(summary.answers),
        "advice": _advice(summary.advice),
        "links": _links(summary),
        "trend": _only(summary.trend, "rate_ratio", "low", "high", "verdict"),
    }


FACTOR_KEYS = (
    *("factor", "rule", "days_outside", "days_recorded"),
    *("twitch_days_outside", "twitch_days_within", "text"),
)


def _advice(advice: Advice) -> dict[str, Any]:
    return {
        "urgency": advice.urgency,
        "signs_asked": advice.signs_asked,
        "pharmacist": advice.pharmacist,
        "fired": [_only(fired, "rule", "urgency", "text", "sources") for fired in advice.fired],
        "factors": [_only(factor, *FACTOR_KEYS) for factor in advice.factors],
        "notes": plain(advice.notes),
    }


def _links(summary: Summary) -> list[dict[str, Any]]:
    judged = ("factor", "lag", "rate_ratio", "low", "high", "days", "verdict", "steady_verdict")
    links, own = summary.links, summary.record.own_factors
    return [{**_only(link, *judged), "text": link_sentence(link, links, own)} for link in links]


def _only(facts: object, *names: str) -> dict[str, Any]:
    return {name: plain(getattr(facts, name)) for name in names}


def plain(value: Any) -> Any:
    """Frozen answers as JSON values: fields in their order, dates as ISO text, tuples as lists."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
