"""A tap that waited on a device, as it is sent later."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diary.exchange.values import Moment, Refused
from diary.forms.episodes import Clock
from diary.forms.fields import PlaceField
from diary.local_days import known_zones
from diary.records import EpisodeRecord, Instant
from diary.vocabulary import InstantPrecision, Source

OLDEST = timedelta(days=60)
CLOCK_AHEAD = timedelta(minutes=10)
"""How far a device's clock may run ahead."""


class OfflineTapForm(forms.Form):
    """Place, moment and zone of a tap, as the device wrote them."""

    place = PlaceField(error_messages={"required": _("The place is missing.")})
    started_at = forms.CharField(
        max_length=40, error_messages={"required": _("The time of the tap is missing.")}
    )
    time_zone = forms.CharField(required=False, max_length=64)

    def __init__(self, *args: Any, clock: Clock, **options: Any) -> None:
        super().__init__(*args, **options)
        self.clock = clock

    def clean_started_at(self) -> Instant:
        """The moment with its offset, not in the future and not very old."""
        try:
            instant: Instant = Moment().read(self.cleaned_data["started_at"])
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
        age = self.clock.now - instant.at
        if age < -CLOCK_AHEAD:
            raise ValidationError(
                _("The clock of the device ran ahead: this tap is in the future.")
            )
        if age > OLDEST:
            raise ValidationError(_("This tap is more than 60 days old. Log it by hand."))
        return instant

    def clean_time_zone(self) -> str:
        """The zone, or that of the person where the device sent none that is known."""
        zone: str = self.cleaned_data["time_zone"]
        return zone if zone in known_zones() else self.clock.zone

    @property
    def sent(self) -> str:
        """What the device said: the same again is a replay."""
        found = self.cleaned_data
        return repr((found["place"], found["started_at"].text))

    def record(self, uid: UUID) -> EpisodeRecord:
        """The twitch as it goes into the diary."""
        found = self.cleaned_data
        site, side = found["place"]
        return EpisodeRecord(
            id=str(uid),
            started_at=found["started_at"],
            time_zone=found["time_zone"],
            precision=InstantPrecision.MINUTE.value,
            site=site,
            side=side,
            recorded_at=found["started_at"],
            source=Source.OFFLINE.value,
        )
