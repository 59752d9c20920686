"""One table, as small as a table of entries can be."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """A row that the bare form writes."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    at = models.DateTimeField()
    place = models.CharField(max_length=40)
    strength = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "at"])]

    def __str__(self) -> str:
        return f"entry {self.pk}"
