"""Whose taps wait on a device."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from diary.models import Person


def device_key(person: Person) -> str:
    """A word for the person that says nothing about them and is the same on each device."""
    return salted_hmac("diary.outbox", str(person.pk)).hexdigest()[:24]
