"""Addresses of trends, preparation, the profile and the library."""

from __future__ import annotations

from django.urls import URLPattern, path

from triage.views import library, trends

app_name = "triage"

urlpatterns: list[URLPattern] = [
    path("library/", library.library_index, name="library"),
    path("library/<slug:slug>/", library.library_entry, name="library_entry"),
    path("trends/", trends.trends, name="trends"),
    path("trends/weeks/", trends.choose_weeks, name="trends_weeks"),
    path("trends/place/", trends.choose_place, name="trends_place"),
    path("trends/explained/", trends.trends_explained, name="trends_explained"),
    path("trends/question/", trends.question_of_own, name="question_of_own"),
    path("when-to-see-a-doctor/", library.when_to_see, name="when_to_see"),
]

# Replaced one by one by the pages themselves.
urlpatterns += [
    path(f"{name}/", library.when_to_see, name=name)
    for name in ("prepare", "profile", "advice", "visits")
]
