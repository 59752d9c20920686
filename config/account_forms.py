"""The forms of accounts in the words of this diary, without the library's placeholders."""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from django.utils.translation import gettext_lazy as _

NEW_PASSWORD = _("At least 12 characters. A few words in a row are easy to keep in mind.")
LABELS = {
    "email": _("Email address"),
    "login": _("Email address"),
    "password": _("Password"),
    "oldpassword": _("Password until now"),
}
REQUIRED = {
    "email": _("Write your email address."),
    "login": _("Write your email address."),
    "password": _("Write your password."),
    "oldpassword": _("Write the password you have until now."),
    "password1": _("Write a new password."),
    "password2": _("Write the new password again."),
}


def in_our_words(fields: dict[str, Any], **helped: Any) -> None:
    """Labels say what a field is; help stands above it, and nothing vanishes while typing."""
    for name, field in fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.label = LABELS.get(name, field.label)
        field.error_messages["required"] = REQUIRED.get(name, field.error_messages["required"])
        field.help_text = helped.get(name, "")


class SignIn(forms.LoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        in_our_words(self.fields)


class SignUp(forms.SignupForm):  # type: ignore[misc]
    """Address and a new password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        in_our_words(self.fields, password1=NEW_PASSWORD)


class ChangePassword(forms.ChangePasswordForm):  # type: ignore[misc]
    """The old password and twice the new one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password again")
        in_our_words(self.fields, password1=NEW_PASSWORD)


class AskForPassword(forms.ResetPasswordForm):  # type: ignore[misc]
    """The address to which a link goes."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        in_our_words(self.fields)


class ChoosePassword(forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """Twice the new password, after the link."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password again")
        in_our_words(self.fields, password1=NEW_PASSWORD)


class PasswordAgain(forms.ReauthenticateForm):  # type: ignore[misc]
    """The password, before a step that must be the person's own."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        in_our_words(self.fields)
