"""The panel of signs: each was asked by name, and what was not asked is not a no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from diary.vocabulary import Answer, Side
from triage.profile.history import LostFunction, Sign
from triage.profile.options import ProfileOptions
from triage.profile.sign_words import first_to_name, in_sentence, short_sign
from triage.profile.text_widths import lines_needed, list_that_fits
from triage.profile.wording import brief_date, lost_function_label, sign_since, sign_words
from triage.summary import Summary
from triage.wording import sentence_start, short_date

SIGN_ROOM, SIGN_SIZE = 69.8, 9.25
MOST_LINES, MOST_YES_AND_NO_LINES = 3, 5


@dataclass(frozen=True, slots=True)
class LostFunctionRow:
    """One of the six rows: answer, how often, and when last; or `instead` across all three."""

    label: str
    answer: str
    asked: str
    last: str
    instead: str
    strong: bool


@dataclass(frozen=True, slots=True)
class SignGroup:
    """Signs with the same answer, line by line, or one text that may take several lines."""

    label: str
    lines: tuple[SafeString, ...]
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class SignsPanel:
    """Lost function in six fixed rows, the other signs by their answer."""

    rows: tuple[LostFunctionRow, ...]
    groups: tuple[SignGroup, ...]


def signs_panel(summary: Summary, options: ProfileOptions) -> SignsPanel:
    """Six rows of lost function, then yes, not sure, not asked and no."""
    signs, as_of = summary.signs, summary.as_of
    nothing_asked = not summary.record.symptom_answers
    yes = (_dash(),) if nothing_asked else _yes_lines(signs.yes, as_of, options)
    return SignsPanel(
        rows=tuple(_lost_function_row(row, as_of) for row in signs.lost_function),
        groups=(
            SignGroup(gettext("Yes"), yes),
            SignGroup(
                gettext("Not sure"),
                (
                    _dash()
                    if nothing_asked
                    else _codes_line([sign.symptom for sign in signs.unsure], options),
                ),
            ),
            SignGroup(gettext("Not asked"), (_codes_line(signs.not_asked, options),)),
            SignGroup(
                gettext("No"),
                (
                    _dash()
                    if nothing_asked
                    else _no_line(signs.no, as_of, _lines_of_no(yes), options),
                ),
                wraps=True,
            ),
        ),
    )


def _dash() -> SafeString:
    """Where nothing was asked, "none" would be a claim."""
    return format_html("{}", "–")


def _lines_of_no(yes: Sequence[SafeString]) -> int:
    return min(MOST_LINES, MOST_YES_AND_NO_LINES - len(yes))


def _lost_function_row(row: LostFunction, as_of: date) -> LostFunctionRow:
    label, sign = lost_function_label(row), row.sign
    if sign is None:
        return LostFunctionRow(label, "", "", "", gettext("not asked"), strong=False)
    if sign.answer == Answer.YES:
        when = [_side(sign.side)] if sign.side else []
        when.append(brief_date(sign.since or sign.first, as_of))
        if not sign.current:
            when.append(gettext("over"))
        words = gettext("YES %(when)s") % {"when": ", ".join(when)}
        return LostFunctionRow(label, "", "", "", words, strong=True)
    return LostFunctionRow(
        label=label,
        answer=gettext("no") if sign.answer == Answer.NO else gettext("not sure"),
        asked=f"{sign.times}×",
        last=short_date(sign.last, as_of),
        instead="",
        strong=False,
    )


def _side(side: str) -> str:
    return gettext("both") if side == Side.BOTH else str(Side(side).label)


def _yes_lines(
    signs: Sequence[Sign], as_of: date, options: ProfileOptions
) -> tuple[SafeString, ...]:
    """Up to three lines; from the fourth sign on the last line names as many as it holds."""
    if not signs:
        return (format_html("{}", gettext("none")),)
    ordered = sorted(signs, key=lambda sign: not sign.current)
    alone = ordered if len(ordered) <= 3 else ordered[:2]
    lines = [
        format_html(
            "<strong>{}</strong>, {}", sentence_start(sign_words(sign)), sign_since(sign, as_of)
        )
        for sign in alone
    ]
    if rest := ordered[len(alone) :]:
        words = [in_sentence(sign_words(sign)) for sign in rest]
        named, more = _named(words, options, bold=True)
        strong = format_html("<strong>{}</strong>", sentence_start(named))
        lines.append(format_html("{}; {}", strong, more) if more else strong)
    return tuple(lines)


def all_named(codes: Sequence[str], options: ProfileOptions) -> bool:
    """Whether the line of these signs holds every one of them."""
    return not codes or not _named([short_sign(code) for code in first_to_name(codes)], options)[1]


def _codes_line(codes: Sequence[str], options: ProfileOptions) -> SafeString:
    if not codes:
        return format_html("{}", gettext("none"))
    named, more = _named([short_sign(code) for code in first_to_name(codes)], options)
    text = sentence_start(named)
    return format_html("{}; {}", text, more) if more else format_html("{}", text)


def _no_line(signs: Sequence[Sign], as_of: date, lines: int, options: ProfileOptions) -> SafeString:
    if not signs:
        return format_html("{}", gettext("none"))
    times = _times_words(signs, as_of)
    by_code = {sign.symptom: sign for sign in signs}
    words = [short_sign(code) for code in first_to_name(by_code)]
    named, more = _named(words, options, lines=lines, tail=times, separator=", ")
    text = "; ".join(filter(None, (sentence_start(named), more)))
    size = SIGN_SIZE * options.type_scale
    # The renderer breaks badly before a small word at the very end of a line: leave it no doubt.
    with_times = lines_needed(f"{text} {times}", SIGN_ROOM - 1.5, size)
    fits = with_times == lines_needed(text, SIGN_ROOM, size)
    return format_html("{} <small>{}</small>" if fits else "{}<br><small>{}</small>", text, times)


def _named(
    words: Sequence[str],
    options: ProfileOptions,
    *,
    lines: int = 1,
    tail: str = "",
    separator: str = "; ",
    bold: bool = False,
) -> tuple[str, str]:
    return list_that_fits(
        words,
        SIGN_ROOM,
        SIGN_SIZE * options.type_scale,
        more=options.more,
        lines=lines,
        tail=tail,
        separator=separator,
        bold=bold,
    )


def _times_words(signs: Sequence[Sign], as_of: date) -> str:
    """How often and when signs were denied: "once, 12 Oct", "1 to 3×, last 8 Nov"."""
    times = sorted({sign.times for sign in signs})
    last = short_date(max(sign.last for sign in signs), as_of)
    if times == [1] and len({sign.last for sign in signs}) == 1:
        return gettext("once, %(date)s") % {"date": last}
    often = (
        str(times[0])
        if len(times) == 1
        else gettext("%(least)s to %(most)s")
        % {
            "least": times[0],
            "most": times[-1],
        }
    )
    return gettext("%(times)s×, last %(date)s") % {"times": often, "date": last}
