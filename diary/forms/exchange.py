"""Input about whole diaries: a file to bring in, a time to be reminded, the word that erases."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diary import limits

MEGABYTES = limits.FILE_BYTES // 1024**2
EVENING = time(21)


class DiaryFileForm(forms.Form):
    """The file to bring in."""

    file = forms.FileField(
        label=_("Diary file"),
        help_text=_("A file that this diary saved; its name ends in .json"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("This file is empty. Choose another one."),
            "invalid": _("The file did not arrive. Choose it again."),
        },
    )

    def __init__(self, *args: Any, sent_bytes: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        if sent_bytes > limits.FILE_BYTES:
            # Nothing keeps an upload that large, so it looks as if no file was sent.
            self.fields["file"].error_messages["required"] = too_large()

    def clean_file(self) -> UploadedFile[bytes]:
        """A file of a size that can be read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > limits.FILE_BYTES:
            raise ValidationError(too_large())
        return file


def too_large() -> str:
    """What to do about a file over the limit."""
    return gettext("Choose a smaller file: this one is larger than %(size)s MB.") % {
        "size": MEGABYTES
    }


class ReminderForm(forms.Form):
    """When the calendar should remind of the check-in."""

    at = forms.TimeField(
        label=_("Every day at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        initial=EVENING,
        error_messages={
            "invalid": _("Write a time such as 21:00."),
            "required": _("Write a time such as 21:00."),
        },
    )


class EraseForm(forms.Form):
    """The word that has to be typed before a diary is erased."""

    word = forms.CharField(
        label=_("Type the word erase"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Type the word erase to go on.")},
        max_length=limits.NAME,
    )

    def clean_word(self) -> str:
        """The word, in small or capital letters."""
        word: str = self.cleaned_data["word"]
        if word.strip().lower() not in ("erase", gettext("erase")):
            raise ValidationError(gettext("Type the word erase to go on."))
        return word
