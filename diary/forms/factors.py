"""A factor of the person's own: what it is called and how it is noted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diary import limits
from diary.forms.fields import CodeField, NumberField, WordsField
from diary.forms.widgets import Listed
from diary.limits import Bounds
from diary.records import OwnFactorRecord
from diary.vocabulary import OwnFactorKind

HOURS_OF_A_DAY, MINUTES_OF_A_DAY = Bounds(0, 24), Bounds(0, 24 * 60)
ANY_NUMBER = Bounds(0, limits.OWN_VALUE.high)
"""What can be typed as the number of a day; a file may hold less than nothing."""

OF_A_UNIT = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), HOURS_OF_A_DAY),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), MINUTES_OF_A_DAY),
    **dict.fromkeys(("%", "percent"), Bounds(0, 100)),
}


def value_bounds(factor: OwnFactorRecord) -> Bounds[int]:
    """What a day can hold of a factor, by its unit or by one that ends its name after a comma."""
    unit = factor.unit or factor.label.rpartition(", ")[2]
    return OF_A_UNIT.get(unit.strip(" .()").lower(), ANY_NUMBER)


class OwnFactorForm(forms.Form):
    """Name, kind, unit and step. The kind stays once values may have been noted."""

    label = WordsField(
        length=limits.LABEL,
        required=True,
        label=_("What do you want to note each day?"),
        help_text=_("For example: screen, hours"),
        error_messages={"required": _("Write what it is called.")},
    )
    kind = CodeField(OwnFactorKind.choices(), label=_("How is it answered?"), widget=Listed)
    unit = WordsField(length=limits.UNIT, label=_("Unit"), help_text=_("For a number, such as h"))
    step = NumberField(
        limits.OWN_STEP,
        label=_("How much more is worth comparing?"),
        help_text=_("For a number: results read “with this much more”. Empty means 1."),
    )

    def __init__(self, *args: Any, known: OwnFactorRecord | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known
        if known is not None:
            del self.fields["kind"]

    @staticmethod
    def initial_of(factor: OwnFactorRecord) -> dict[str, Any]:
        """What the form shows of a factor."""
        return {"label": factor.label, "unit": factor.unit, "step": factor.step}

    def clean(self) -> dict[str, Any]:
        """A new factor needs its kind, and a step is more than nothing."""
        found: dict[str, Any] = super().clean() or {}
        if self.known is None and "kind" not in self.errors and not found.get("kind"):
            self.add_error("kind", gettext("Choose yes or no, or a number."))
        if found.get("step") == 0:
            self.add_error("step", gettext("Write a number above 0, or leave it empty."))
        return found

    def record(self) -> OwnFactorRecord:
        """The factor; a new one has the code of its label, which may be another one's too."""
        found = self.cleaned_data
        kind = found["kind"] if self.known is None else self.known.kind
        number = kind == OwnFactorKind.NUMBER
        step = found["step"] if number else None
        return OwnFactorRecord(
            code=code_of(found["label"]) if self.known is None else self.known.code,
            label=found["label"],
            kind=kind,
            unit=(found["unit"] or None) if number else None,
            step=int(step) if step is not None and float(step).is_integer() else step,
        )


def code_of(label: str) -> str:
    """A short word for a label, with room for a number behind it."""
    return slugify(label).replace("-", "_")[: limits.CODE - 4] or "own"
