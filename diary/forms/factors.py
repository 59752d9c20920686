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
from diary.records import OwnFactorRecord
from diary.vocabulary import OwnFactorKind

MOST_OWN = 3
"""Own factors that links are worked out for; more would make every answer later."""


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

    def record(self, taken: set[str]) -> OwnFactorRecord:
        """The factor; `taken` are codes of the person's other ones."""
        found = self.cleaned_data
        kind = found["kind"] if self.known is None else self.known.kind
        number = kind == OwnFactorKind.NUMBER
        code = code_for(found["label"], taken) if self.known is None else self.known.code
        step = found["step"] if number else None
        return OwnFactorRecord(
            code=code,
            label=found["label"],
            kind=kind,
            unit=(found["unit"] or None) if number else None,
            step=int(step) if step is not None and float(step).is_integer() else step,
        )


def code_for(label: str, taken: set[str]) -> str:
    """A short word for a label that no other factor has: "screen_hours", "screen_hours_2"."""
    stem = slugify(label).replace("-", "_")[: limits.CODE - 4] or "own"
    codes = (stem if number == 1 else f"{stem}_{number}" for number in range(1, 1_000))
    return next(code for code in codes if code not in taken)
