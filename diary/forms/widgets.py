"""How answers to choose from are drawn, for the forms of both apps."""

from __future__ import annotations

from django import forms


class Chips(forms.RadioSelect):
    """Answers side by side, none chosen beforehand; `pairs` puts long words in two columns."""

    template_name = "forms/chips.html"


class Listed(forms.RadioSelect):
    """Answers under each other, each with the whole line to tap."""

    template_name = "forms/choices.html"


class Ticks(forms.CheckboxSelectMultiple):
    """Answers under each other, any number of them."""

    template_name = "forms/choices.html"


class LongSelect(forms.Select):
    """A list of hundreds, drawn in one go instead of one template an option."""

    template_name = "forms/long_select.html"
