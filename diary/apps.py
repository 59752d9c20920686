"""The diary: what a person writes down, and the only place that reads and writes it."""

from django.apps import AppConfig


class DiaryConfig(AppConfig):
    """Diary of muscle twitches and daily factors."""

    name = "diary"
    default_auto_field = "django.db.models.BigAutoField"
