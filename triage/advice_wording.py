"""The words of advice: what was recorded, what a named page says, what to do.

Sentences stand in `triage/knowledge/*.toml`; here the facts of the diary are put into them, as a
person says them. Never a cause, an illness as the person's own, a probability, or an amount of
anything; "today or tomorrow" instead of any vaguer word.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, ngettext

from diary.place_names import place_words
from diary.records import MedicineRecord, Place
from diary.vocabulary import AssociatedSymptom, Condition, Factor, OnsetPrecision
from triage.advice_facts import Facts
from triage.factors import FactorDays, FactorFact
from triage.knowledge import EMERGENCY, ROUTINE, SELF_CARE, SOON, Knowledge, knowledge
from triage.red_flags import Evidence, Fulfilled, steps_before
from triage.wording import (
    about_date,
    ago,
    day_and_month,
    full_date,
    length_is_known,
    list_words,
    round_days,
)

MOST_PLACES, MOST_MEDICINES = 6, 3
"""Places and medicines that a sentence names; the rest are counted."""

EXACT_DAYS = 28
"""Below this many days a length is said in days."""

HARMLESS_MAY_STAND = frozenset({"RF-OVER-2-WEEKS", "RF-MULTI"})
"""Rules beside which alone, once the signs were asked, most twitches may be called harmless."""


@dataclass(frozen=True, slots=True)
class RuleWords:
    """The parts of a rule's text, and the text itself."""

    recorded: str
    said_by: str
    says: str
    do: str
    text: str


def emergency_numbers(country: str | None) -> tuple[str, ...]:
    """Numbers to call for an ambulance in an ISO 3166 country, the first one first.

    Without a country, or with one that is not listed, all the usual ones.
    """
    known = knowledge()
    return known.emergency_numbers.get((country or "").upper(), known.usual_emergency_numbers)


def number_words(country: str | None) -> str:
    """The numbers inside a sentence: "999 or 112"; "the emergency number (112, ...)"."""
    known = knowledge()
    numbers = _or_words(emergency_numbers(country))
    if (country or "").upper() in known.emergency_numbers:
        return numbers
    return gettext("your emergency number (%(numbers)s)") % {"numbers": numbers}


def _or_words(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return gettext("%(first)s or %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


def rule_words(
    found: Fulfilled, facts: Facts, fired: Collection[str], known: Knowledge
) -> RuleWords:
    """The words of a rule that fired, beside the ids of all that did."""
    rule = found.rule
    number = {"number": number_words(facts.person.country)}
    recorded = _recorded(found, facts)
    said_by, says = gettext(rule.said_by), gettext(found.evidence[0].says)
    do = gettext(_what_to_do(found, facts, fired, known)) % number
    text = gettext("%(recorded)s %(said_by)s: %(says)s %(do)s") % {
        "recorded": recorded,
        "said_by": said_by,
        "says": says,
        "do": do,
    }
    return RuleWords(recorded, said_by, str(capfirst(says)), do, text)


def _what_to_do(found: Fulfilled, facts: Facts, fired: Collection[str], known: Knowledge) -> str:
    do = known.red_flags.do
    if found.passed:
        return do["emergency_passed" if found.urgency == EMERGENCY else "soon_passed"]
    alone = found.rule.id in HARMLESS_MAY_STAND and HARMLESS_MAY_STAND.issuperset(fired)
    if alone and facts.signs_asked:
        return do["harmless"]
    return found.rule.do


def _recorded(found: Fulfilled, facts: Facts) -> str:
    """What fulfils the rule, in one sentence: once for each way of telling it."""
    parts = []
    for template in dict.fromkeys(one.recorded for one in found.evidence):
        same = [one for one in found.evidence if one.recorded == template]
        parts.append(gettext(template) % _values(same, facts))
    return str(capfirst("; ".join(parts))) + "."


def _values(evidence: Sequence[Evidence], facts: Facts) -> Mapping[str, str]:
    """Every fact that a text may name, in words."""
    first = evidence[0]
    symptoms = {code for one in evidence for code in one.symptoms}
    medicines = list(dict.fromkeys(medicine for one in evidence for medicine in one.medicines))
    conditions = [str(Condition(code).label) for code in first.conditions]
    return {
        "signs": signs_words(symptoms, facts),
        "conditions": list_words(conditions),
        "medicines": _medicines_words(medicines),
        "medicine_dates": _medicine_dates(medicines, facts, first.figures.get("days_before", 0)),
        "places": _places_words(first.places),
        "parts": _parts_words(len(first.regions)),
        "since": _since_words(facts),
        "last": _last_words(facts.last_twitch, facts.as_of),
        "caffeine_day": _last_words(first.day, facts.as_of),
        "mg": _thousands(_to_ten(first.figures.get("mg", 0))),
        "pain": str(first.figures.get("pain", 0)),
        "twitches": str(_rounded_count(first.figures.get("twitches", 0))),
        "days": str(first.figures.get("days", 0)),
    }


def signs_words(codes: Collection[str], facts: Facts) -> str:
    """Signs as they were put to the person, with since when; what is over is said to be."""
    return "; ".join(
        _sign_words(code, facts) for code in AssociatedSymptom.codes() if code in codes
    )


def _sign_words(code: str, facts: Facts) -> str:
    sign = AssociatedSymptom(code)
    answer = facts.signs.get(code)
    if answer is None:
        began = facts.passed[code]
        return gettext("%(sign)s (began on %(date)s, now over)") % {
            "sign": _lower_first(str(sign.label)),
            "date": day_and_month(began, facts.as_of),
        }
    words = _lower_first(str(sign.question))
    if answer.since is None or answer.since > facts.as_of:
        return words
    since = day_and_month(answer.since, facts.as_of)
    return gettext("%(sign)s (since %(date)s)") % {"sign": words, "date": since}


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]


def _places_words(places: Sequence[Place]) -> str:
    return _first_words([place_words(*place) for place in places], MOST_PLACES)


def _medicines_words(medicines: Sequence[MedicineRecord]) -> str:
    return _first_words([medicine.name for medicine in medicines], MOST_MEDICINES)


def _first_words(names: Sequence[str], most: int) -> str:
    """The first names of a list, and how many more there are."""
    more = len(names) - most
    if more <= 0:
        return list_words(names)
    counted = ngettext("%(count)s more", "%(count)s more", more) % {"count": more}
    return list_words([*names[:most], counted])


_PARTS = {
    2: gettext_lazy("two parts of the body"),
    3: gettext_lazy("three parts of the body"),
    4: gettext_lazy("four parts of the body"),
}


def _parts_words(count: int) -> str:
    return str(_PARTS.get(count, ""))


def _medicine_dates(medicines: Sequence[MedicineRecord], facts: Facts, days: int) -> str:
    """What was done with each medicine shortly before the onset, and when; then the onset."""
    if facts.onset is None:
        return ""
    steps = [
        _step_words(medicine.name, step, day, facts)
        for medicine in medicines[:MOST_MEDICINES]
        for step, day in steps_before(medicine, facts.onset, days)
    ]
    more = len(medicines) - MOST_MEDICINES
    if more > 0:
        counted = ngettext(
            "%(count)s more medicine in the weeks before it began",
            "%(count)s more medicines in the weeks before it began",
            more,
        )
        steps.append(counted % {"count": more})
    if steps and _onset_is_rough(facts):
        steps.append(gettext("twitching since %(began)s") % {"began": _began_words(facts)})
    return "; ".join(steps)


def _precision(facts: Facts) -> str | None:
    """How exactly the person knows the onset; None for one that the diary found."""
    own = facts.person.onset
    return None if own is None or own.date is None else own.precision


def _onset_is_rough(facts: Facts) -> bool:
    """Whether the onset is less exact than a day, so that no days can be counted from it."""
    return _precision(facts) not in (None, OnsetPrecision.DAY)


_STEP_DATED = {
    "started": gettext_lazy("%(medicine)s was started on %(date)s"),
    "changed": gettext_lazy("%(medicine)s was changed on %(date)s"),
    "stopped": gettext_lazy("%(medicine)s was stopped on %(date)s"),
}
_STEP_SAME_DAY = {
    "started": gettext_lazy("%(medicine)s was started on the day the twitching began"),
    "changed": gettext_lazy("%(medicine)s was changed on the day the twitching began"),
    "stopped": gettext_lazy("%(medicine)s was stopped on the day the twitching began"),
}
_STEP_BEFORE = {
    "started": gettext_lazy("%(medicine)s was started %(days)s before the twitching began"),
    "changed": gettext_lazy("%(medicine)s was changed %(days)s before the twitching began"),
    "stopped": gettext_lazy("%(medicine)s was stopped %(days)s before the twitching began"),
}


def _step_words(name: str, step: str, day: date, facts: Facts) -> str:
    if facts.onset is None or _onset_is_rough(facts):
        dated = {"medicine": name, "date": day_and_month(day, facts.as_of)}
        return str(_STEP_DATED[step]) % dated
    days = (facts.onset - day).days
    template = _STEP_BEFORE[step] if days else _STEP_SAME_DAY[step]
    return template % {"medicine": name, "days": _days_words(days)}


def _days_words(days: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def _since_words(facts: Facts) -> str:
    """For how long, where the start is known well enough to say so, and since when."""
    days, began = facts.onset_days or 0, {"began": _began_words(facts)}
    if not length_is_known(days, _precision(facts)):
        return gettext("since %(began)s") % began
    return gettext("for %(length)s, since %(began)s") % {"length": length_words(days), **began}


def length_words(days: int) -> str:
    """How long it has lasted: "15 days", then rounded: "about 2 months"."""
    return _days_words(days) if days < EXACT_DAYS else round_days(days)


def _began_words(facts: Facts) -> str:
    """The day of the onset, as exactly as the person knows it."""
    if facts.onset is None:
        return ""
    own = facts.person.onset
    if own is None or own.date is None:
        return day_and_month(facts.onset, facts.as_of)
    words = about_date(facts.onset, own.precision, facts.person.country)
    if own.precision == OnsetPrecision.YEAR:
        return gettext("some time in %(year)s") % {"year": words}
    return words


def _last_words(day: date | None, as_of: date) -> str:
    """A late day: "today", "yesterday", "3 days ago", then its date."""
    if day is None:
        return ""
    days = (as_of - day).days
    if days == 1:
        return gettext("yesterday")
    return ago(days) if days < 14 else full_date(day)


def _to_ten(number: float) -> int:
    return int(number / 10 + 0.5) * 10


def _rounded_count(count: int) -> int:
    return count if count < 20 else _to_ten(count)


def _thousands(number: float) -> str:
    return f"{number:,.0f}"


def factor_text(found: FactorDays | FactorFact, facts: Facts) -> str:
    """A factor in words: both sides of its target, and where the target comes from."""
    if isinstance(found, FactorFact):
        return _fact_text(found, facts)
    target = found.target
    limit = _limit_words(found.rule.factor, target.limit, rounded=target.group == "by_weight")
    source = gettext(found.rule.target[target.group]) % {"limit": limit}
    return gettext("%(lead)s %(counts)s %(source)s") % {
        "lead": gettext(found.rule.lead),
        "counts": _counts_words(found),
        "source": source,
    }


def _fact_text(found: FactorFact, facts: Facts) -> str:
    words = _medicines_words(found.medicines) or signs_words(["fast_breathing"], facts)
    return gettext("%(lead)s %(fact)s. %(source)s") % {
        "lead": gettext(found.rule.lead),
        "fact": words,
        "source": gettext(found.rule.target["everybody"]),
    }


def _limit_words(factor: str, limit: float, *, rounded: bool) -> str:
    if factor == "sleep":
        return _thousands(limit / 60)
    if rounded:
        return gettext("about %(number)s") % {"number": _thousands(_to_ten(limit))}
    return _thousands(limit)


def _counts_words(found: FactorDays) -> str:
    """ "5 of 19 recorded days; twitches on 3 of those 5 and on 2 of the other 14." """
    if not found.comparable:
        return gettext("%(on)s; %(too_few)s.") % {
            "on": _recorded_words(found),
            "too_few": _too_few_words(found),
        }
    return gettext("%(on)s; %(twitches)s %(sides)s.") % {
        "on": _recorded_words(found),
        "twitches": gettext("twitches logged on") if found.unclosed else gettext("twitches on"),
        "sides": _sides_words(found),
    }


def _recorded_words(found: FactorDays) -> str:
    if found.recorded == 1:  # "1 of 1" would sound like a share
        return gettext("the only day recorded so far")
    return gettext("%(outside)s of %(recorded)s recorded days") % {
        "outside": found.outside,
        "recorded": found.recorded,
    }


def _too_few_words(found: FactorDays) -> str:
    if not found.enough_days:
        return gettext("too early to compare")
    return gettext("too few days on one side to compare")


def _sides_words(found: FactorDays) -> str:
    within = gettext("%(twitched)s of the other %(days)s") % {
        "twitched": found.twitched_within,
        "days": found.within,
    }
    if found.rule.factor == Factor.EXERCISE:  # its days are days with a twitch by definition
        return within
    outside = gettext("%(twitched)s of those %(days)s") % {
        "twitched": found.twitched_outside,
        "days": found.outside,
    }
    return gettext("%(first)s and on %(second)s") % {"first": outside, "second": within}


def note_text(code: str) -> str:
    """The words of a context note."""
    return gettext(knowledge().notes[code].text)


_HEADINGS = {
    SOON: gettext_lazy("See a doctor today or tomorrow"),
    ROUTINE: gettext_lazy("Book a routine appointment with your doctor"),
}


def heading(urgency: str, country: str | None, *, signs_asked: bool) -> str:
    """What stands above the advice: the level in words of what to do."""
    if urgency == EMERGENCY:
        return gettext("Call %(number)s now") % {"number": number_words(country)}
    if urgency == SELF_CARE:
        return nothing_fired_heading(signs_asked)
    return str(_HEADINGS[urgency])


def nothing_fired_heading(signs_asked: bool) -> str:
    """What may be said when no rule fired: only once the signs have been asked about."""
    if signs_asked:
        return gettext("Nothing you recorded is on the lists we use")
    return gettext("A few signs have not been asked yet")


def nothing_fired_text(signs_asked: bool) -> str:
    """What follows that heading: never that all is well."""
    if signs_asked:
        return gettext(
            "This rules nothing out. If something changes, or if you are worried, ask a doctor "
            "or pharmacist."
        )
    return gettext(
        "Nothing you recorded so far is on the lists we use, but some signs on them have not been "
        "asked about. Answer them when you have a minute."
    )
