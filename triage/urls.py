"""Addresses of trends, preparation, the profile and the library."""

from __future__ import annotations

from django.urls import URLPattern, path

from triage.views import library

app_name = "triage"

urlpatterns: list[URLPattern] = [
    path("library/", library.library_index, name="library"),
    path("library/<slug:slug>/", library.library_entry, name="library_entry"),
    path("when-to-see-a-doctor/", library.when_to_see, name="when_to_see"),
]

# Replaced one by one by the pages themselves.
urlpatterns += [
    path(f"{name}/", library.when_to_see, name=name)
    for name in ("trends", "prepare", "profile", "advice", "visits")
]
