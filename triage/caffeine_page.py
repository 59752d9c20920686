"""The page of caffeine through single days: its drawings, sentences and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, ngettext, pgettext

from triage.caffeine_course import HALF_LIFE_MIN, LONG_HALF_LIFE_MIN, SHORT_HALF_LIFE_MIN
from triage.caffeine_day import STEP_MIN, CaffeineDay
from triage.charts.axis import number
from triage.charts.caffeine_on_board import OnBoardChart, on_board_chart, shared_scale
from triage.periods import Period
from triage.profile.facts import CalendarDay
from triage.summary import Summary
from triage.trend_page import TableRow
from triage.trend_wording import NOT_RECORDED, twitches_of_day
from triage.wording import list_words

ROW_HOURS = 2


@dataclass(frozen=True, slots=True)
class HalfLives:
    """Hours until half is gone, as written: usual, and how far apart people are."""

    usual: str
    shortest: str
    longest: str


@dataclass(frozen=True, slots=True)
class DayPart:
    """One day: drawing, facts and table; `unknown` days may hold more twitches than are drawn."""

    date: date
    title: str
    finding: str
    chart: OnBoardChart
    constant: bool
    unknown: bool
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class CaffeinePage:
    """The days, newest first; none while no drink has a time."""

    lead: str
    half_lives: HalfLives
    days: tuple[DayPart, ...]

    @property
    def constant(self) -> bool:
        """Whether it never stopped on any of the days."""
        return any(day.constant for day in self.days)

    @property
    def unknown(self) -> bool:
        """Whether the twitches of any of the days are not known."""
        return any(day.unknown for day in self.days)


def caffeine_page(summary: Summary) -> CaffeinePage:
    """The last days on which a drink has its time."""
    found = summary.caffeine_days
    scale = shared_scale(found)
    return CaffeinePage(
        lead=_lead(len(found)),
        half_lives=HalfLives(
            *(
                number(minutes / 60)
                for minutes in (HALF_LIFE_MIN, SHORT_HALF_LIFE_MIN, LONG_HALF_LIFE_MIN)
            )
        ),
        days=tuple(
            _part(day, _calendar_day(summary, day.date), on_board_chart(day, scale), summary.as_of)
            for day in found
        ),
    )


def _calendar_day(summary: Summary, day: date) -> CalendarDay:
    (found,) = summary.days_in(Period(day, day))
    return found


def _part(
    found: CaffeineDay, calendar_day: CalendarDay, chart: OnBoardChart, as_of: date
) -> DayPart:
    day = calendar_day.day
    known = day is not None and day.counted
    constant = day is not None and day.constant
    return DayPart(
        date=found.date,
        title=_title(found.date, as_of),
        finding=" ".join(_finding(found, calendar_day, as_of)),
        chart=chart,
        constant=constant,
        unknown=not (known or constant),
        rows=tuple(_rows(found, known)),
    )


def _lead(count: int) -> str:
    return ngettext(
        "The last day on which a drink has its time.",
        "The last %(count)s days on which a drink has its time.",
        count,
    ) % {"count": count}


def _title(day: date, as_of: date) -> str:
    if day.year == as_of.year:
        return format_date(day, pgettext("weekday, day and month in full", "l j F"))
    return format_date(day, pgettext("weekday, day, month in full and year", "l j F Y"))


def _finding(found: CaffeineDay, day: CalendarDay, as_of: date) -> Iterator[str]:
    """Facts of a day, each with what it rests on."""
    yield _drinks(found)
    if found.without_time:
        yield ngettext(
            "%(count)s drink without a time is left out.",
            "%(count)s drinks without a time are left out.",
            found.without_time,
        ) % {"count": found.without_time}
    if found.without_amount:
        yield ngettext(
            "%(count)s drink without its mg is left out.",
            "%(count)s drinks without their mg are left out.",
            found.without_amount,
        ) % {"count": found.without_amount}
    if found.before_left_out_mg is None:
        yield gettext("What was left of the day before is not known.")
    elif found.before_left_out_mg > 0:
        yield gettext("%(mg)s mg of the day before have no time and are left out.") % {
            "mg": found.before_left_out_mg
        }
    yield _highest(found, as_of)
    yield _twitches(found, day)


def _drinks(found: CaffeineDay) -> str:
    times = list(dict.fromkeys(clock(at) for at, _ in found.drinks))
    words = {"times": list_words(times), "mg": found.timed_mg, "all": found.mg}
    if found.timed_mg >= found.mg and len(found.drinks) == 1:
        return gettext("Caffeine at %(times)s, %(mg)s mg.") % words
    if found.timed_mg >= found.mg:
        return gettext("Caffeine at %(times)s, %(mg)s mg together.") % words
    return gettext("Caffeine at %(times)s: %(mg)s of the %(all)s mg of the day.") % words


def _highest(found: CaffeineDay, as_of: date) -> str:
    place = found.levels.index(max(found.levels))
    words = {
        "mg": about(found.levels[place]),
        "time": clock(place * STEP_MIN),
        "low": about(found.low[place]),
        "high": about(found.high[place]),
    }
    sentence = gettext(
        "On board at most about %(mg)s mg around %(time)s, between people from %(low)s to %(high)s."
    )
    if found.date == as_of:
        sentence = gettext(
            "If nothing more is added, on board at most about %(mg)s mg around %(time)s, between "
            "people from %(low)s to %(high)s."
        )
    return sentence % words


def _twitches(found: CaffeineDay, day: CalendarDay) -> str:
    words = twitches_of_day(day)
    if words == NOT_RECORDED:
        return gettext("Twitches: not recorded.")
    if found.twitches_without_time:
        return gettext("Twitches: %(words)s, %(count)s without an exact time.") % {
            "words": words,
            "count": found.twitches_without_time,
        }
    return gettext("Twitches: %(words)s.") % {"words": words}


def _rows(found: CaffeineDay, known: bool) -> Iterator[TableRow]:
    """Two hours a row; nothing found is 0 only where nothing can be missing."""
    all_timed = not (found.without_time or found.without_amount)
    for hour in range(0, 24, ROW_HOURS):
        minutes = range(60 * hour, 60 * (hour + ROW_HOURS))
        place = 60 * hour // STEP_MIN
        drunk = sum(mg for at, mg in found.drinks if at in minutes)
        twitches = sum(minute in minutes for minute in found.twitches)
        yield TableRow(
            f"{hour}:00",
            (
                str(drunk) if drunk or all_timed else NOT_RECORDED,
                _with_range(found, place),
                str(twitches) if twitches or known else NOT_RECORDED,
            ),
        )


def _with_range(found: CaffeineDay, place: int) -> str:
    """A level with the range between people: "130 (60–160)"; alone where there is none."""
    usual, low, high = (about(line[place]) for line in (found.levels, found.low, found.high))
    return str(usual) if low == high else f"{usual} ({low}–{high})"


def about(mg: float) -> int:
    """Mg to the ten: the picture is no more exact than that."""
    return 10 * round(mg / 10)


def clock(minute: int) -> str:
    """A minute of the day: "8:05"."""
    return f"{minute // 60}:{minute % 60:02}"
