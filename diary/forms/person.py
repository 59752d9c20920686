"""What a person says of themselves for the appointment: the start, history, tests, what matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.dateformat import format as format_date
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diary import limits
from diary.forms.fields import FOUR_DIGITS, CodeField, DateField, WholeField, WordsField
from diary.forms.signs import offer_taking_back
from diary.forms.widgets import Chips
from diary.records import Onset, Place, TestDone, begins_after
from diary.vocabulary import BodySite, Condition, Impact, Manner, OnsetPrecision, Sex, Test

Date = date  # inside some forms the name `date` is a field

DAY, MONTH, SEASON, YEAR, AGO = "day", "month", "season", "year", "ago"
WEEKS, MONTHS_AGO, YEARS_AGO = "weeks", "months", "years"
MOST_AGO = {WEEKS: 52 * 100, MONTHS_AGO: 12 * 100, YEARS_AGO: 100}
MIDDLE_OF_MONTH, MIDDLE_OF_YEAR, DECEMBER = 15, (7, 1), 12
"""A start known to the month or year is kept as its middle day; `precision` says how exact."""


def middle_of_month(year: int, month: int, today: date) -> date:
    """The day that stands for a month: its middle, or its first day while that is to come."""
    middle = date(year, month, MIDDLE_OF_MONTH)
    return middle if middle <= today else date(year, month, 1)


def middle_of_year(year: int, today: date) -> date:
    """The day that stands for a year: its middle, or its first day while that is to come."""
    middle = date(year, *MIDDLE_OF_YEAR)
    return middle if middle <= today else date(year, 1, 1)


def season_days(today: date, count: int) -> list[date]:
    """A day for the present season and each of `count` - 1 before it: its middle, else its first.

    Seasons are the quarters from December on; winter belongs to the year of its January.
    """
    year = today.year + (1 if today.month == DECEMBER else 0)
    latest = 4 * year + today.month % 12 // 3
    return [_day_of_season(*divmod(latest - back, 4), today) for back in range(count)]


def _day_of_season(year: int, quarter: int, today: date) -> date:
    middle = date(year, 3 * quarter + 1, MIDDLE_OF_MONTH)
    if middle <= today:
        return middle
    return date(year, 3 * quarter, 1) if quarter else date(year - 1, DECEMBER, 1)


def months_before(today: date, count: int) -> date:
    """The same day so many months earlier, or the last one that month has."""
    month = today.year * 12 + today.month - 1 - count
    year, month = divmod(month, 12)
    for day in (today.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day, today.day))
        except ValueError:
            continue
    raise ValueError(f"No day {count} months before {today}.")


class OnsetForm(forms.Form):
    """When it started, as exactly as it is known.

    `seasons` are pairs of a date and the words of its season, the present one first;
    `first_logged` is the first twitch of the present run in the diary.
    """

    how = CodeField(
        [
            (AGO, _("About so long ago")),
            (MONTH, _("In a month I remember")),
            (SEASON, _("In a season")),
            (YEAR, _("In a year")),
            (DAY, _("On a day I remember")),
        ],
        required=True,
        label=_("How well do you know it?"),
        widget=forms.RadioSelect,
    )
    count = WholeField(limits.Bounds(1, max(MOST_AGO.values())), label=_("How many"))
    unit = CodeField(
        [(WEEKS, _("weeks ago")), (MONTHS_AGO, _("months ago")), (YEARS_AGO, _("years ago"))],
        initial=WEEKS,
        label=_("Weeks, months or years"),
    )
    month = CodeField(
        [("", "–"), *((str(number), name) for number, name in MONTHS.items())], label=_("Month")
    )
    month_year = WholeField(limits.BIRTH_YEAR, label=_("Year"))
    season = CodeField([], label=_("Season"))
    year = WholeField(limits.BIRTH_YEAR, label=_("Year"))
    day = DateField(label=_("Date"))
    manner = CodeField(
        [(Manner.SUDDEN, _("Suddenly")), (Manner.GRADUAL, _("Gradually")), ("", _("Not sure"))],
        label=_("How did it begin?"),
        widget=Chips(),
    )
    sure = forms.BooleanField(
        required=False, label=_("That is right: the earlier twitch was another spell")
    )

    def __init__(
        self,
        *args: Any,
        today: date,
        seasons: Iterable[tuple[date, str]] = (),
        first_logged: date | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.today, self.first_logged, self.asks_sure = today, first_logged, False
        self.fields["season"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((day.isoformat(), words) for day, words in seasons),
        ]

    @staticmethod
    def initial_of(onset: Onset | None) -> dict[str, Any]:
        """What the form shows of a start that was given before."""
        if onset is None or onset.date is None:
            return {}
        day, how = onset.date, onset.precision or DAY
        return {
            "how": {OnsetPrecision.WEEK.value: DAY}.get(how, how),
            "day": day,
            "month": str(day.month),
            "month_year": day.year,
            "season": day.isoformat(),
            "year": day.year,
            "manner": onset.manner or "",
        }

    def clean(self) -> dict[str, Any]:
        """Put the start together; one that is still to come is refused."""
        found: dict[str, Any] = super().clean() or {}
        if self.errors:
            return found
        start = {DAY: self._day, MONTH: self._month, SEASON: self._season, YEAR: self._year}
        start[AGO] = self._ago
        found["start"] = start[found["how"]](found)
        if found["start"] is not None and not self.errors:
            self._check(found["how"], *found["start"])
        return found

    def _day(self, found: dict[str, Any]) -> tuple[date, OnsetPrecision] | None:
        if found.get("day") is None:
            self.add_error("day", gettext("Write the date, or choose another way."))
            return None
        return found["day"], OnsetPrecision.DAY

    def _month(self, found: dict[str, Any]) -> tuple[date, OnsetPrecision] | None:
        if not found.get("month"):
            self.add_error("month", gettext("Choose the month."))
            return None
        if found.get("month_year") is None:
            self.add_error("month_year", gettext("Write the year, such as 2026."))
            return None
        year, month = found["month_year"], int(found["month"])
        return middle_of_month(year, month, self.today), OnsetPrecision.MONTH

    def _season(self, found: dict[str, Any]) -> tuple[date, OnsetPrecision] | None:
        if not found.get("season"):
            self.add_error("season", gettext("Choose the season."))
            return None
        return date.fromisoformat(found["season"]), OnsetPrecision.SEASON

    def _year(self, found: dict[str, Any]) -> tuple[date, OnsetPrecision] | None:
        if found.get("year") is None:
            self.add_error("year", gettext("Write the year, such as 2026."))
            return None
        return middle_of_year(found["year"], self.today), OnsetPrecision.YEAR

    def _ago(self, found: dict[str, Any]) -> tuple[date, OnsetPrecision] | None:
        count, unit = found.get("count"), found.get("unit") or WEEKS
        if count is None or count > MOST_AGO[unit]:
            self.add_error("count", gettext("Write how many, such as 3."))
            return None
        return days_of_ago(self.today, count, unit)

    def _check(self, how: str, start: date, precision: OnsetPrecision) -> None:
        field = {DAY: "day", MONTH: "month_year", YEAR: "year", AGO: "count"}.get(how, how)
        if start > self.today:
            self.add_error(field, gettext("That is still to come. Choose a time that has passed."))
        elif start < limits.DATES.low:
            self.add_error(field, gettext("Write a year from 1900 on."))
        elif not self.cleaned_data.get("sure"):
            self._ask_about_an_earlier_twitch(start, precision)

    def _ask_about_an_earlier_twitch(self, start: date, precision: OnsetPrecision) -> None:
        """The diary and the memory contradict each other: ask once more, then keep the answer."""
        logged = self.first_logged
        if logged is not None and begins_after(Onset(start, precision.value), logged):
            self.asks_sure = True
            self.add_error("sure", _earlier_twitch(logged))

    def onset(self) -> Onset:
        """The start as it goes into the diary."""
        start, precision = self.cleaned_data["start"]
        return Onset(start, precision.value, self.cleaned_data["manner"] or None, True)


def _earlier_twitch(logged: date) -> str:
    words = gettext("Your diary has a twitch on %(date)s, before that. Was it another spell?")
    return words % {"date": format_date(logged, "j F Y")}


def days_of_ago(today: date, count: int, unit: str) -> tuple[date, OnsetPrecision]:
    """The day so long ago, and how exactly that is known."""
    if unit == WEEKS:
        return today - timedelta(weeks=count), OnsetPrecision.WEEK
    if unit == MONTHS_AGO:
        return months_before(today, count), OnsetPrecision.MONTH
    return months_before(today, 12 * count), OnsetPrecision.YEAR


SINCE = {
    "today": (_("Today"), 0, OnsetPrecision.DAY),
    "days": (_("A few days ago"), 3, OnsetPrecision.WEEK),
    "week": (_("A week ago"), 7, OnsetPrecision.WEEK),
    "weeks": (_("2 weeks ago"), 14, OnsetPrecision.WEEK),
    "month": (_("A month ago"), 30, OnsetPrecision.MONTH),
    "months": (_("3 months ago"), 91, OnsetPrecision.MONTH),
    "half_year": (_("Half a year ago"), 182, OnsetPrecision.MONTH),
    "year": (_("A year ago"), 365, OnsetPrecision.YEAR),
    "years": (_("2 years ago"), 730, OnsetPrecision.YEAR),
}
"""Since about when, in one tap: words, days, and how exactly that is known."""


class SinceForm(forms.Form):
    """Since about when, in one tap; `sure` is the same tap again, after being asked."""

    since = CodeField(((code, words) for code, (words, _days, _exact) in SINCE.items()))
    sure = CodeField(((code, words) for code, (words, _days, _exact) in SINCE.items()))

    def __init__(
        self, *args: Any, today: date, first_logged: date | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.today, self.first_logged, self.asks_sure = today, first_logged, ""

    def clean(self) -> dict[str, Any]:
        """A start after a twitch in the diary is asked about once more, as in the interview."""
        found: dict[str, Any] = super().clean() or {}
        sure, since = found.get("sure"), found.get("since")
        found["since"] = sure or since
        if self.errors:
            return found
        if not found["since"]:
            self.add_error("since", gettext("Choose since about when."))
        elif not sure:
            self._ask_about_an_earlier_twitch(found["since"])
        return found

    def _ask_about_an_earlier_twitch(self, code: str) -> None:
        logged = self.first_logged
        if logged is not None and begins_after(self._start(code), logged):
            self.asks_sure = code
            self.add_error("since", _earlier_twitch(logged))

    def onset(self) -> Onset:
        """The start as it goes into the diary."""
        return self._start(self.cleaned_data["since"])

    def _start(self, code: str) -> Onset:
        _words, days, precision = SINCE[code]
        return Onset(self.today - timedelta(days=days), precision.value, None, True)


TODAY, YESTERDAY, OTHER_DAY = "today", "yesterday", "other"


class PlacesForm(forms.Form):
    """Places told from memory, and the last day it twitched there.

    The diary holds places only with a day, so the last one is asked: each place becomes one entry
    of that day, known to the part of the day, and the day itself stays open.
    """

    uid = forms.UUIDField(widget=forms.HiddenInput)
    places = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Where?")
    )
    place = forms.CharField(required=False)
    when = CodeField(
        [(TODAY, _("Today")), (YESTERDAY, _("Yesterday")), (OTHER_DAY, _("Another day"))],
        required=True,
        label=_("When did it last twitch there?"),
        error_messages={"required": _("Choose when it last twitched there.")},
        widget=Chips(),
    )
    date = DateField(label=_("Which day?"))

    def __init__(
        self, *args: Any, today: Date, offered: Sequence[tuple[str, Any]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["places"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """At least one place, and a day that has passed."""
        found: dict[str, Any] = super().clean() or {}
        codes = [*found.get("places", []), *filter(None, [found.get("place")])]
        chosen = list(dict.fromkeys(place for code in codes if (place := place_of_code(code))))
        if not chosen and "places" not in self.errors:
            self.add_error("places", gettext("Choose where it twitches."))
        found["chosen"] = chosen
        if found.get("when") == OTHER_DAY and "date" not in self.errors:
            self._check_date(found.get("date"))
        return found

    def _check_date(self, day: Date | None) -> None:
        if day is None:
            self.add_error("date", gettext("Choose the day, as near as you know."))
        elif day > self.today:
            self.add_error("date", gettext("That is still to come. Choose a day that has passed."))

    @property
    def day(self) -> Date:
        """The day it last twitched there."""
        when = self.cleaned_data["when"]
        if when == OTHER_DAY:
            other: Date = self.cleaned_data["date"]
            return other
        return self.today - timedelta(days=1 if when == YESTERDAY else 0)


def place_of_code(code: str) -> Place | None:
    """The place of "calf:left"; None for anything that is none."""
    site, _colon, side = code.partition(":")
    if site not in BodySite.codes():
        return None
    if side and side not in {one.value for one in BodySite(site).sides}:
        return None
    return site, side or None


_NOT_OWN = frozenset(
    {Condition.ALREADY_ASSESSED, Condition.FAMILY_HISTORY_MND, Condition.FAMILY_HISTORY_TICS}
)
OWN_CONDITIONS = tuple(code for code in Condition if code not in _NOT_OWN)
FAMILY_CONDITIONS = (
    Condition.DIABETES,
    Condition.EPILEPSY,
    Condition.LUPUS,
    Condition.MIGRAINE,
    Condition.MITOCHONDRIAL_DISEASE,
    Condition.FAMILY_HISTORY_MND,
    Condition.MS,
    Condition.MYASTHENIA,
    Condition.NEUROPATHY,
    Condition.PARKINSON,
    Condition.THYROID_DISEASE,
    Condition.FAMILY_HISTORY_TICS,
)


class CodesForm(forms.Form):
    """Conditions to tick, in the order of their names.

    "None of these" beside a tick is asked again; both cannot be meant.
    """

    codes = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Which of these?")
    )

    def __init__(
        self, *args: Any, offered: Iterable[Condition], kept: Iterable[str] = (), **options: Any
    ) -> None:
        self.kept = tuple(kept)
        offered = tuple(offered)
        self.offered = frozenset(code.value for code in offered)
        options["initial"] = {"codes": [code for code in self.kept if code in self.offered]}
        super().__init__(*args, **options)
        self.fields["codes"].choices = sorted(  # type: ignore[attr-defined]
            ((code.value, str(code.label)) for code in offered),
            key=lambda choice: choice[1].casefold(),
        )

    def clean(self) -> dict[str, Any]:
        """Either some of them or none."""
        found: dict[str, Any] = super().clean() or {}
        if self.data.get("do") == "none" and found.get("codes"):
            self.add_error(
                "codes",
                gettext("You ticked some and chose “none of these”. Untick them, or save them."),
            )
        elif self.data.get("do") != "none" and not found.get("codes") and not self.errors:
            self.add_error("codes", gettext("Tick what applies, or choose “None of these”."))
        return found

    def conditions(self) -> tuple[str, ...]:
        """All conditions after this page; those it does not offer stay."""
        chosen = set(self.cleaned_data["codes"]) | {c for c in self.kept if c not in self.offered}
        return tuple(code for code in Condition.codes() if code in chosen)


class PregnancyForm(forms.Form):
    """Pregnant or not, or nothing said."""

    answer = CodeField([("yes", ""), ("no", ""), ("not_said", "")], required=True)

    def pregnant(self) -> bool | None:
        """What is kept; "prefer not to say" is nothing."""
        return {"yes": True, "no": False}.get(self.cleaned_data["answer"])


class ImpactForm(forms.Form):
    """How much it gets in the way."""

    impact = CodeField(Impact.choices(), required=True)


class WorryForm(forms.Form):
    """What worries the person most."""

    worry = WordsField(
        length=limits.WORRY,
        lines=True,
        label=_("In your own words"),
        help_text=_("About ten words fit on the first page; the rest goes on the second."),
    )


class TestsForm(forms.Form):
    """Whether anybody examined it, and one test more."""

    __test__: ClassVar[bool] = False

    assessed = CodeField(
        [("yes", _("Yes")), ("no", _("No"))],
        label=_("Has a doctor examined this twitching?"),
        widget=Chips(),
    )
    test = CodeField(Test.choices(), unset=_("No test to add"), label=_("Test"))
    date = DateField(label=_("When"), help_text=_("Leave empty if you do not know"))
    result = WordsField(
        length=limits.RESULT, label=_("Result"), help_text=_("As you were told it, in a few words")
    )

    def __init__(self, *args: Any, today: Date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        offer_taking_back(self, "assessed", _("Not said"))

    def clean(self) -> dict[str, Any]:
        """A date or result needs its test; a planned test belongs to an appointment."""
        found: dict[str, Any] = super().clean() or {}
        if not found.get("test") and (found.get("date") or found.get("result")):
            self.add_error("test", gettext("Choose which test it was."))
        if found.get("date") and found["date"] > self.today:
            self.add_error(
                "date", gettext("That is still to come. Note planned tests with the appointment.")
            )
        return found

    def test_done(self) -> TestDone | None:
        """The test to add."""
        found = self.cleaned_data
        if not found["test"]:
            return None
        return TestDone(found["test"], found["date"], found["result"] or None)


class AboutYouForm(forms.Form):
    """Name, birth year and sex; each is optional and asked because the sheet has room for it."""

    name = WordsField(length=limits.NAME, label=_("Name"), help_text=_("As on your records"))
    birth_year = WholeField(
        limits.BIRTH_YEAR,
        label=_("Year of birth"),
        help_text=_("For example 1988"),
        sentence=FOUR_DIGITS,
    )
    sex = CodeField(
        [(code, capfirst(label)) for code, label in Sex.choices()],
        label=_("Sex"),
        help_text=_("Some usual amounts differ, such as of water"),
        widget=Chips(),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        offer_taking_back(self, "sex", _("Not said"))

    def clean_birth_year(self) -> int | None:
        """Nobody is born in a coming year."""
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and year > self.today.year:
            raise forms.ValidationError(
                gettext("Write a year up to %(year)s.") % {"year": self.today.year}
            )
        return year
