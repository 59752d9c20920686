"""Parts of pages that are the same for everybody: worked out once a process and language."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.translation import get_language

register = template.Library()


class KeptNode(template.Node):
    """Keeps what its contents become.

    They know none of the page's variables but those named in the tag, so that nothing of a person
    can be kept; each of these must be a word out of a short, fixed list.
    """

    def __init__(self, contents: NodeList, named: dict[str, FilterExpression]) -> None:
        self.nodelist, self.named = contents, named
        self.kept: dict[tuple[Any, ...], str] = {}

    def render(self, context: template.Context) -> str:
        """What was kept, or is from now on."""
        known = {name: expression.resolve(context) for name, expression in self.named.items()}
        key = (get_language(), *known.values())
        if key not in self.kept:
            self.kept[key] = self.nodelist.render(context.new(known))
        return self.kept[key]


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept %}...{% endkept %}`, or `{% kept here %}...` where the contents need `here`."""
    named = {name: parser.compile_filter(name) for name in token.split_contents()[1:]}
    contents = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(contents, named)
