"""Forms that somebody else overtook: what was typed stays, to be sent again knowingly."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.choices import flatten_choices


class VersionForm(forms.Form):
    """Which version of an entry the page that sends this has seen."""

    version = forms.IntegerField(min_value=1)


def sent_again_over(form: forms.Form, version: int) -> None:
    """Make the next sending of a form replace this version of the entry."""
    data = cast(QueryDict, form.data).copy()
    data["version"] = str(version)
    form.data = data


def differ(stored: Any, typed: Any) -> bool:
    """Whether two values of a field say something else: empty is nothing, but 0 is an answer."""
    empty: tuple[Any, ...] = (None, "", [])
    return stored != typed and not (stored in empty and typed in empty)


def words_of(form: forms.Form, name: str, value: Any) -> Any:
    """A value of a field as its page says it: the words of a choice, not its code."""
    choices: Any = flatten_choices(getattr(form.fields[name], "choices", ()))
    words = {str(code): label for code, label in choices}
    return words.get(str(value), value) if value else value
