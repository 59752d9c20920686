"""The panel of signs: each was asked by name, and what was not asked is not a no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from diary.vocabulary import Answer, Side
from triage.profile.history import LostFunction, Sign
from triage.profile.options import ProfileOptions
from triage.profile.sign_words import first_to_name, in_sentence, short_sign
from triage.profile.text_widths import first_fitting, lines_needed, list_that_fits, markup_width
from triage.profile.wording import lost_function_labels, sign_began, sign_words, told_date
from triage.summary import Summary
from triage.wording import sentence_start, short_date

SIGN_ROOM, SIGN_SIZE = 69.8, 9.25
LABEL_ROOM, ANSWER_ROOM = 51.5, 38.8
"""Width in mm of the label of a row of lost function, and of a yes beside it."""
MOST_LINES, MOST_YES_AND_NO_LINES = 3, 5
SHORT_NO = 3
"""So many signs denied need one line, which leaves one more to what was ticked."""


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
    most_yes = MOST_YES_AND_NO_LINES - (1 if len(signs.no) <= SHORT_NO else 2)
    yes = (_dash(),) if nothing_asked else _yes_lines(signs.yes, as_of, options, most_yes)
    return SignsPanel(
        rows=tuple(_lost_function_row(row, as_of, options) for row in signs.lost_function),
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


def _lost_function_row(row: LostFunction, as_of: date, options: ProfileOptions) -> LostFunctionRow:
    sign, size = row.sign, SIGN_SIZE * options.type_scale
    strong = sign is not None and sign.answer == Answer.YES
    label = first_fitting(lost_function_labels(row), LABEL_ROOM, size, bold=strong)
    if sign is None:
        return LostFunctionRow(label, "", "", "", gettext("not asked"), strong=False)
    if strong:
        words = first_fitting(_yes_words(sign, as_of), ANSWER_ROOM, size, bold=True)
        return LostFunctionRow(label, "", "", "", words, strong=True)
    return LostFunctionRow(
        label=label,
        answer=gettext("no") if sign.answer == Answer.NO else gettext("not sure"),
        asked=f"{sign.times}×",
        last=short_date(sign.last, as_of),
        instead="",
        strong=False,
    )


def _yes_words(sign: Sign, as_of: date) -> tuple[str, ...]:
    """A yes with side and date, in full and shorter: "YES left, since 3 Nov, over"."""
    side = [_side(sign.side)] if sign.side else []
    over = [] if sign.current else [gettext("over")]
    dates = [sign_began(sign, as_of)]
    if sign.since is not None:
        dates.append(told_date(sign.since, sign.first, as_of))
        dates.append(format_date(sign.since, pgettext("short month and year", "M Y")))
    words = gettext("YES %(when)s")
    return tuple(words % {"when": ", ".join((*side, began, *over))} for began in dates)


def _side(side: str) -> str:
    return gettext("both") if side == Side.BOTH else str(Side(side).label)


def _yes_lines(
    signs: Sequence[Sign], as_of: date, options: ProfileOptions, most: int
) -> tuple[SafeString, ...]:
    """A line for each sign; when they are more than `most`, the last names as many as it holds."""
    if not signs:
        return (format_html("{}", gettext("none")),)
    alone = signs if len(signs) <= most else signs[: most - 1]
    lines = [_yes_line(sign, as_of, SIGN_SIZE * options.type_scale) for sign in alone]
    if rest := signs[len(alone) :]:
        named, more = _named([_with_end(sign) for sign in rest], options, bold=True)
        strong = format_html("<strong>{}</strong>", sentence_start(named))
        lines.append(format_html("{}; {}", strong, more) if more else strong)
    return tuple(lines)


def _yes_line(sign: Sign, as_of: date, size: float) -> SafeString:
    """A sign, since when, and whether it is over; a line too narrow for that says it shorter."""
    began = sign_began(sign, as_of)
    state = gettext("still") if sign.current else gettext("over")
    choices = [
        format_html("<strong>{}</strong>, {}", sentence_start(words), ", ".join(rest))
        for words in (sign_words(sign), short_sign(sign.symptom))
        for rest in ((began, state), (began,) if sign.current else (began, state))
    ]
    fitting = (line for line in choices if markup_width(line, size) <= SIGN_ROOM)
    return next(fitting, choices[-1])


def _with_end(sign: Sign) -> str:
    words = in_sentence(sign_words(sign))
    return words if sign.current else gettext("%(sign)s (over)") % {"sign": words}


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
