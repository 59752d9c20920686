"""Addresses of the diary: log, check-in, entries, settings. Nothing personal stands in them."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "diary"

urlpatterns: list[URLPattern] = []
