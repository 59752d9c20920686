"""Parts of pages that are worked out once: nothing of the page gets in but what is named."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation


def test_contents_are_worked_out_once() -> None:
    page = Template("{% load kept %}{% kept %}{% now 'u' %}{% endkept %}")

    assert page.render(Context()) == page.render(Context())


def test_variables_of_the_page_are_not_known_inside() -> None:
    page = Template("{% load kept %}{% kept %}<{{ name }}>{% endkept %}")

    assert page.render(Context({"name": "Robin"})) == "<>"


def test_each_value_of_a_named_variable_is_kept_by_itself() -> None:
    page = Template("{% load kept %}{% kept here %}<{{ here }}{{ name }}>{% endkept %}")

    shown = [page.render(Context({"here": here, "name": "Robin"})) for here in ("a", "b", "a")]

    assert shown == ["<a>", "<b>", "<a>"]


def test_each_language_is_kept_by_itself() -> None:
    asks = "{% get_current_language as spoken %}{{ spoken }}"
    page = Template(f"{{% load i18n kept %}}{{% kept %}}{asks}{{% endkept %}}")

    with translation.override("en"):
        english = page.render(Context())
    with translation.override("de"):
        german = page.render(Context())

    assert (english, german) == ("en", "de")


def test_text_that_is_safe_stays_so() -> None:
    page = Template("{% load kept %}{% kept %}<p>&amp;</p>{% endkept %}")

    assert page.render(Context()) == page.render(Context()) == "<p>&amp;</p>"


def test_a_block_that_is_not_closed_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template("{% load kept %}{% kept %}")
