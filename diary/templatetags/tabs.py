"""Which tab a page belongs to, from the name of its address."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()

PAGES_OF_TAB = {
    "log": (
        "log",
        "places",
        "earlier",
        "episode",
        "episode_details",
        "episode_rate",
        "log_episode",
    ),
    "check-in": ("today", "day", "day_exact", "drinks"),
    "trends": ("trends", "trends_caffeine", "trends_explained", "question_of_own"),
    "prepare": (
        "prepare",
        "prepare_step",
        "profile",
        "advice",
        "weekly_check",
        "visits",
        "visit",
        "visit_afterwards",
    ),
    "library": ("library", "library_entry", "when_to_see"),
    "settings": ("settings",),
}
_TAB_OF_PAGE = {page: tab for tab, pages in PAGES_OF_TAB.items() for page in pages}


@register.simple_tag(takes_context=True)
def current_tab(context: dict[str, Any]) -> str:
    """The tab of the page being shown; every page that is in no other belongs to "more"."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    return "" if match is None else _TAB_OF_PAGE.get(match.url_name or "", "more")
