"""The password of a diary in the home network."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from diary.models import Person


class NewPasswordForm(forms.Form):
    """A new password; whoever sits at the computer may choose it without the old one."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. A few words in a row are easy to keep in mind."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write a new password.")},
    )

    def clean_password(self) -> str:
        """Long enough, and not one of those that are tried first."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class SignInForm(forms.Form):
    """The password, from another device."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write the password.")},
    )

    def __init__(self, data: object = None, *, person: Person | None = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.person = person

    def clean_password(self) -> str:
        """The password of the diary; without a person or a password chosen none is right."""
        password: str = self.cleaned_data["password"]
        if self.person is None or not self.person.check_password(password):
            raise forms.ValidationError(_("That is not the password. Write it again."), "wrong")
        return password
