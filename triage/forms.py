"""Forms of the triage pages; every choice passes one, however it was sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diary.countries import country_names
from diary.forms.fields import CodeField, PlaceField
from diary.forms.widgets import Listed, LongSelect
from diary.vocabulary import Expectation
from triage.knowledge import knowledge
from triage.wording import sentence_start

WHOLE_DIARY = "all"
WEEKS = ("4", "8", "12", "26", WHOLE_DIARY)
"""Lengths of time that the trends page offers."""


class CountryForm(forms.Form):
    """In which country the person is, of those whose emergency number is known."""

    country = CodeField(
        (), unset=_("Another one"), label=_("Which country are you in?"), widget=LongSelect
    )

    def __init__(self, *args: Any, guess: str | None, **options: Any) -> None:
        numbers = knowledge().emergency_numbers
        guessed = guess if guess in numbers else None
        options["initial"] = {"country": guessed or ""}
        super().__init__(*args, **options)
        field: Any = self.fields["country"]
        known = [(code, name) for code, name in country_names().items() if code in numbers]
        field.choices = [*field.choices, *known]
        field.help_text = (
            _("A guess from your time zone. It decides which emergency number is named.")
            if guessed
            else _("It decides which emergency number is named.")
        )


class WeeksForm(forms.Form):
    """How many weeks the trends page shows."""

    weeks = forms.ChoiceField(choices=[(weeks, weeks) for weeks in WEEKS])


class FilterForm(forms.Form):
    """Which place the trends page is about; empty for all places."""

    place = PlaceField(required=False)


class QuestionForm(forms.Form):
    """The one factor a person names, and what they expect of it."""

    factor = forms.ChoiceField(
        label=_("Which one?"),
        widget=Listed,
        error_messages={
            "required": _("Choose one of the factors."),
            "invalid_choice": _("Choose one of the factors."),
        },
    )
    expected = forms.ChoiceField(
        label=_("With more of it, what do you expect?"),
        help_text=_("For sleep: after a night with less of it."),
        widget=Listed,
        choices=[
            (code, sentence_start(str(Expectation(code).label))) for code in Expectation.codes()
        ],
        error_messages={
            "required": _("Choose what you expect."),
            "invalid_choice": _("Choose what you expect."),
        },
    )

    def __init__(self, *args: Any, factors: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["factor"].choices = factors  # type: ignore[attr-defined]
