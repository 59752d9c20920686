"""The summary above a form says of each error which field it belongs to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import Client

from diary import limits
from diary.forms.fields import CodeField, DateField, NumberField, WholeField, WordsField
from diary.models import Person


class Several(forms.Form):
    """A field of each kind that has to be filled in, and ticks."""

    amount = WholeField(limits.SERVINGS, label="Servings", required=True)
    day = DateField(label="Day", required=True)
    words = WordsField(length=20, label="What happened?", required=True)
    code = CodeField([("a", "A")], label="Kind", required=True)
    unnamed = CodeField([("a", "A")], required=True)
    sure = forms.BooleanField(label="Yes, I am sure", error_messages={"required": "Tick it."})


def summary(form: forms.Form) -> list[str]:
    page = render_to_string("_error_summary.html", {"form": form})
    return [part.split("</a>")[0] for part in page.split('">')[1:] if "</a>" in part]


def test_label_stands_before_the_error_where_it_names_the_field() -> None:
    assert summary(Several({})) == [
        "Servings: Write a whole number from 0 to 100.",
        "Day: Write a date such as 4 May 2026 or 2026-05-04.",
        "What happened? Write a few words.",
        "Kind: Choose one of the answers shown.",
        "Choose one of the answers shown.",
        "Tick it.",
    ]


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (
            WholeField(limits.CAFFEINE_MG),
            "Write a whole number from 0 to 20,000, or leave it empty.",
        ),
        (NumberField(limits.SERVINGS), "Write a number from 0 to 100, or leave it empty."),
    ],
    ids=["whole", "number"],
)
@pytest.mark.parametrize("typed", ["x", "-1", "999999"])
def test_number_out_of_bounds_is_told_what_to_write(
    field: forms.Field, sentence: str, typed: str
) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)

    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    ("address", "sent", "lines"),
    [
        (
            f"/days/{date(2026, 5, 4)}/exact/",
            {"sleep_hours": "x", "sleep_minutes": "x", "stress": "x"},
            [
                "Hours of sleep: Write a whole number from 0 to 24, or leave it empty.",
                "And minutes of sleep: Write a whole number from 0 to 59, or leave it empty.",
                "Stress, 0 to 10: Write a whole number from 0 to 10, or leave it empty.",
            ],
        ),
        (
            "/weekly-check/",
            {"do": "save"},
            ["Speaking or swallowing has become harder: Choose one of the three answers."],
        ),
        (
            "/prepare/conditions/",
            {"do": "save"},
            ["Which of these? Tick what applies, or choose “None of these”."],
        ),
    ],
)
def test_page_names_the_field(
    own_client: Client, owner: Person, address: str, sent: dict[str, Any], lines: list[str]
) -> None:
    body = own_client.post(address, sent).content.decode()

    assert [line for line in lines if line not in body] == []
