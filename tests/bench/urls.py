"""The addresses of the app, and the bare views it is measured beside."""

from __future__ import annotations

from django.urls import path

from config.urls import urlpatterns as app_addresses
from tests.bench.bare import views

urlpatterns = [
    *app_addresses,
    path("bare/", views.page),
    path("bare/form/", views.form),
]
