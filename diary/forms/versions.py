"""Forms that somebody else overtook: what was typed stays, to be sent again knowingly."""

from __future__ import annotations

from typing import cast

from django import forms
from django.http import QueryDict


def sent_again_over(form: forms.Form, version: int) -> None:
    """Make the next sending of a form replace this version of the entry."""
    data = cast(QueryDict, form.data).copy()
    data["version"] = str(version)
    form.data = data
