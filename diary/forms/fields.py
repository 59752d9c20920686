"""Fields that more than one form uses, with the bounds of `diary.limits`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diary import limits
from diary.exchange.values import Refused, Text
from diary.limits import Bounds
from diary.records import Place
from diary.vocabulary import BodySite, Side


class WordsField(forms.CharField):
    """The person's own words: NFC, no control characters; several lines where `lines` is set."""

    def __init__(self, *, length: int, lines: bool = False, **options: Any) -> None:
        if lines:
            options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(
            required=options.pop("required", False),
            strip=True,
            error_messages={"required": _("Write a few words.")}
            | options.pop("error_messages", {}),
            **options,
        )
        self.text = Text(length, lines=lines)

    def to_python(self, value: Any) -> str:
        """The words as the diary keeps them, or a sentence that says what to change."""
        words = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        if not words:
            return ""
        try:
            return self.text.read(words) or ""
        except Refused as refused:
            raise ValidationError(str(refused)) from refused


OF_A_NUMBER = ("required", "invalid", "min_value", "max_value")
"""What can be wrong with a number; one sentence says what to write instead."""


def in_words(bounds: Bounds[int]) -> dict[str, str]:
    """Bounds as a sentence names them."""
    return {"low": f"{bounds.low:,}", "high": f"{bounds.high:,}"}


FOUR_DIGITS = _("Write the year with four digits, such as 1978, or leave it empty.")


class WholeField(forms.IntegerField):
    """A whole number within bounds; empty means not recorded.

    `sentence` says what to write where the bounds are of no help, as with a year.
    """

    def __init__(self, bounds: Bounds[int], *, sentence: Any = None, **options: Any) -> None:
        required = options.pop("required", False)
        said = sentence or (
            _("Write a whole number from %(low)s to %(high)s.")
            if required
            else _("Write a whole number from %(low)s to %(high)s, or leave it empty.")
        ) % in_words(bounds)
        super().__init__(
            required=required,
            min_value=bounds.low,
            max_value=bounds.high,
            error_messages=dict.fromkeys(OF_A_NUMBER, said),
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
            **options,
        )


class NumberField(forms.FloatField):
    """A number within bounds, with a comma or a point; empty means not recorded."""

    def __init__(self, bounds: Bounds[int], **options: Any) -> None:
        said = _("Write a number from %(low)s to %(high)s, or leave it empty.") % in_words(bounds)
        super().__init__(
            required=False,
            min_value=bounds.low,
            max_value=bounds.high,
            error_messages=dict.fromkeys(OF_A_NUMBER, said),
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
            **options,
        )

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        """The number; a decimal comma is as good as a point."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class CodeField(forms.ChoiceField):
    """A code of the vocabulary; empty means not recorded."""

    def __init__(self, choices: Any, *, unset: Any = None, **options: Any) -> None:
        listed = list(choices)
        if unset is not None:
            listed = [("", unset), *listed]
        super().__init__(
            choices=listed,
            required=options.pop("required", False),
            error_messages=dict.fromkeys(
                ("required", "invalid_choice"), _("Choose one of the answers shown.")
            )
            | options.pop("error_messages", {}),
            **options,
        )


class PlaceField(forms.CharField):
    """A place as "site:side", such as "calf:left"; the side may be missing."""

    def to_python(self, value: Any) -> Place | None:  # type: ignore[override]
        """The place, or None when nothing was chosen."""
        text = super().to_python(value)
        if not text:
            return None
        site, _colon, side = text.partition(":")
        if site not in BodySite.codes() or (side and _side(side) not in BodySite(site).sides):
            raise ValidationError(gettext("Choose one of the places shown."))
        return site, side or None


def _side(code: str) -> Side | None:
    """The side of a code, None for any other text."""
    return Side(code) if code in Side.codes() else None


class DateField(forms.DateField):
    """A date within the diary's range, written by a date input or as day, month and year."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=options.pop("required", False),
            widget=options.pop("widget", None)
            or forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d %m %Y", "%d %B %Y", "%d %b %Y"],
            error_messages=dict.fromkeys(
                ("required", "invalid"), _("Write a date such as 4 May 2026 or 2026-05-04.")
            ),
            **options,
        )

    def validate(self, value: date | None) -> None:
        """Refuse dates outside the diary's range."""
        super().validate(value)
        if value is not None and not limits.DATES.low <= value <= limits.DATES.high:
            raise ValidationError(
                gettext("Write a date from %(low)s to %(high)s.")
                % {"low": limits.DATES.low.year, "high": limits.DATES.high.year}
            )
