"""What the rules ask of a diary, worked out once: signs, conditions, places, medicines, onset.

Names and stretches of days are those of the rule table: S, H, L, M, onset, going on. Whatever is
not recorded is not there, so it satisfies no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from diary.records import (
    DayRecord,
    DiaryRecord,
    EpisodeRecord,
    MedicineRecord,
    PersonRecord,
    Place,
    SymptomAnswerRecord,
    place_order,
)
from diary.vocabulary import Answer, BodySite, DaySummary, Region, Side
from triage.knowledge import RedFlags
from triage.periods import Period, days_in, last_days, onset_date
from triage.questions import answers_by_symptom, counting_answer


@dataclass(frozen=True, slots=True)
class Facts:
    """A diary as the rules see it on `as_of`.

    `signs_asked`: all that must have an answer before "nothing on the lists" may be said have one.
    `signs` are there now; `passed` are over and began, on the date given, within the stretch that
    still counts. `taken` are medicines taken now or until lately, `medicines` all of them. `week`
    and `week_episodes` hold the last seven days.
    """

    as_of: date
    person: PersonRecord
    signs_asked: bool
    signs: Mapping[str, SymptomAnswerRecord]
    passed: Mapping[str, date]
    conditions: frozenset[str]
    places: frozenset[Place]
    taken: tuple[MedicineRecord, ...]
    medicines: tuple[MedicineRecord, ...]
    onset: date | None
    last_twitch: date | None
    going_on: bool
    week: tuple[DayRecord, ...]
    week_episodes: tuple[EpisodeRecord, ...]

    @property
    def onset_days(self) -> int | None:
        """Whole days since the present run began; None without one."""
        return None if self.onset is None else (self.as_of - self.onset).days


def facts_of(record: DiaryRecord, as_of: date, red_flags: RedFlags) -> Facts:
    """The facts of a record that holds nothing dated after `as_of`."""
    asked = answers_by_symptom(record.symptom_answers)
    lasting = tuple(found for found in record.episodes if _past_midnight(found))
    going_on = last_days(as_of, red_flags.days("going_on_days"))
    week = last_days(as_of, red_flags.days("week_days"))
    person = record.person
    return Facts(
        as_of=as_of,
        person=person,
        signs_asked=asked.keys() >= set(red_flags.signs_to_ask),
        signs=_present_signs(asked),
        passed=_passed_signs(asked, last_days(as_of, red_flags.days("passed_days"))),
        conditions=frozenset(person.conditions or ()),
        places=_places(record.days, lasting, last_days(as_of, red_flags.days("place_days"))),
        taken=_taken(record.medicines, as_of, red_flags.days("medicine_days")),
        medicines=record.medicines,
        onset=onset_date(record, as_of),
        last_twitch=_last_twitch(record.days, lasting, as_of),
        going_on=_goes_on(record.days, lasting, going_on),
        week=tuple(days_in(record.days, week)),
        week_episodes=_episodes_in(record.episodes, week),
    )


def _present_signs(
    asked: Mapping[str, Sequence[SymptomAnswerRecord]],
) -> dict[str, SymptomAnswerRecord]:
    latest = {symptom: counting_answer(given) for symptom, given in asked.items()}
    return {
        symptom: answer
        for symptom, answer in latest.items()
        if answer.answer == Answer.YES and answer.current is not False
    }


def _passed_signs(
    asked: Mapping[str, Sequence[SymptomAnswerRecord]], lately: Period
) -> dict[str, date]:
    found = {}
    for symptom, given in asked.items():
        counting = counting_answer(given)
        if counting.answer == Answer.YES and counting.current is False:
            began = _began(given)
            if began is not None and began in lately:
                found[symptom] = began
    return found


def _began(given: Sequence[SymptomAnswerRecord]) -> date | None:
    """When a sign began: the person's latest own date, else the first day it was said to be there.

    Only answers since the last no count; without either it is not recorded.
    """
    run: list[SymptomAnswerRecord] = []
    for answer in given:
        if answer.answer == Answer.YES:
            run.append(answer)
        elif answer.answer == Answer.NO:
            run.clear()
    dated = [answer.since for answer in run if answer.since is not None]
    if dated:
        return dated[-1]
    return next((answer.asked_on for answer in run if answer.current is not False), None)


def named_places(day: DayRecord) -> frozenset[Place]:
    """Places of the day's episodes, and those named when it was constant or summed up.

    A summary keeps its places here when an episode is added later: an entry more must never take
    a place away from the rules.
    """
    summed_up = day.summary in (DaySummary.A_FEW, DaySummary.MANY)
    named = (day.sites or ()) if day.constant or summed_up else ()
    return frozenset(place for place, _ in day.totals.sites) | frozenset(named)


def _places(
    days: Sequence[DayRecord], lasting: Iterable[EpisodeRecord], lately: Period
) -> frozenset[Place]:
    found = {place for day in days_in(days, lately) for place in named_places(day)}
    found |= {
        (episode.site, episode.side)
        for episode in lasting
        if episode.site is not None and _lasts_into(episode, lately)
    }
    return frozenset(one for place in found for one in _both_as_two(place))


def _both_as_two(place: Place) -> tuple[Place, ...]:
    site, side = place
    if side == Side.BOTH:
        return (site, Side.LEFT.value), (site, Side.RIGHT.value)
    return (place,)


def in_order(places: Iterable[Place]) -> tuple[Place, ...]:
    """Places from head to foot, left and right of one site told as both again."""
    found = set(places)
    left, right, both = Side.LEFT.value, Side.RIGHT.value, Side.BOTH.value
    for site in {site for site, _ in found}:
        if {(site, left), (site, right)} <= found:
            found = (found - {(site, left), (site, right)}) | {(site, both)}
    return tuple(sorted(found, key=place_order))


def _taken(
    medicines: Iterable[MedicineRecord], as_of: date, days: int
) -> tuple[MedicineRecord, ...]:
    return tuple(
        medicine
        for medicine in medicines
        if (medicine.started_on is None or medicine.started_on <= as_of)
        and (medicine.stopped_on is None or medicine.stopped_on >= as_of - timedelta(days=days))
    )


def _past_midnight(episode: EpisodeRecord) -> bool:
    """Whether an episode is running or ended on a later day than it began.

    Every other one is wholly told by the totals of its day.
    """
    if episode.running or episode.ended_at is not None:
        return bool(episode.running) or _end(episode) != episode.local_date
    left_min = 24 * 60 - episode.started_at.local_minute
    return episode.duration_s is not None and episode.duration_s >= (left_min - 1) * 60


def _end(episode: EpisodeRecord) -> date | None:
    if episode.ended_at is not None:
        return episode.ended_at.local_date
    if episode.duration_s is None:
        return None
    return (episode.started_at.at + timedelta(seconds=episode.duration_s)).date()


def _lasts_into(episode: EpisodeRecord, lately: Period) -> bool:
    """Whether an episode that began by then is running, or ended in these days or after them."""
    end = _end(episode)
    return bool(episode.running) or (end is not None and end >= lately.from_)


def _goes_on(days: Sequence[DayRecord], lasting: Iterable[EpisodeRecord], lately: Period) -> bool:
    return any(day.twitched for day in days_in(days, lately)) or any(
        _lasts_into(episode, lately) for episode in lasting
    )


def _last_twitch(
    days: Sequence[DayRecord], lasting: Iterable[EpisodeRecord], as_of: date
) -> date | None:
    """The last day on which anything recorded says that it twitched."""
    found = [next((day.date for day in reversed(days) if day.twitched), None)]
    found += [as_of if episode.running else _end(episode) for episode in lasting]
    return max((min(day, as_of) for day in found if day is not None), default=None)


def _episodes_in(episodes: Sequence[EpisodeRecord], period: Period) -> tuple[EpisodeRecord, ...]:
    """Episodes of a short period at the end of a diary, oldest first.

    Episodes lie in the order of their moments, so days of different zones overlap a little.
    """
    found = []
    for episode in reversed(episodes):
        if episode.local_date < period.from_ - timedelta(days=2):
            break
        if episode.local_date in period:
            found.append(episode)
    return tuple(reversed(found))


def parts_of_body(places: Iterable[Place]) -> tuple[str, ...]:
    """The regions of the body that places lie in, in the order of the vocabulary."""
    found = {BodySite(site).region for site, _ in places}
    return tuple(region.value for region in Region if region in found)
