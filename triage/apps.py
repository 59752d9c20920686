"""Triage: from the diary to the answers a doctor asks for."""

from django.apps import AppConfig


class TriageConfig(AppConfig):
    """Questions, advice, links, trends, summary and their pages."""

    name = "triage"
