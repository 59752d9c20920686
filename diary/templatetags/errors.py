"""Which field an error belongs to, for the summary above a form."""

from __future__ import annotations

from django import template
from django.forms import BoundField, CheckboxInput, Form
from django.utils.text import capfirst

register = template.Library()


@register.filter
def lead(field: BoundField) -> str:
    """The label that goes before an error: "Caffeine, mg: ", or "Which side? ".

    Nothing where the label is no name: none was given, or it is the statement of a tick.
    """
    label = field.field.label
    if label is None or field.is_hidden or isinstance(field.field.widget, CheckboxInput):
        return ""
    words = capfirst(str(label))
    return f"{words} " if words.endswith(("?", ".")) else f"{words}: " if words else ""


@register.filter
def faulty(form: Form | None, name: str) -> BoundField | None:
    """The field of that name, where what was typed in it is refused."""
    if form is None or name not in form.fields or name not in form.errors:
        return None
    return form[name]
