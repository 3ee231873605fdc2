"""allauth's forms in our words, drawn by our templates."""

from textwrap import wrap
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from django import forms
from django.http import HttpRequest, HttpResponse

from partnerships.layout import helper
from partnerships.unsent import IN_SESSION

_EMAIL = "Enter your email address, like name@example.org."
_NEW_PASSWORD = (
    "New password",
    "At least 12 characters. Three unrelated words are easier to remember than symbols.",
    "Enter a new password.",
)
_AGAIN = ("New password again", "", "Enter the new password again.")
_CODE = "Enter the code."


class InOurWords:
    """Gives each field its label, hint and message when empty, and the form its button."""

    words: ClassVar[dict[str, tuple[str, str, str]]] = {}
    button = "Continue"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        for name, (label, hint, missing) in self.words.items():
            field = fields[name]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = missing
            if "invalid" in field.error_messages:
                field.error_messages["invalid"] = missing
            # A placeholder is gone as soon as it is needed, and is too pale to read.
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs |= {"class": "govuk-input--width-10", "spellcheck": "false"}
        self.helper = helper(submit=self.button)
        self.helper.form_tag = False


class SignInForm(InOurWords, account.LoginForm):
    words = {
        "login": ("Email address", "", _EMAIL),
        "password": ("Password", "", "Enter your password."),
    }
    button = "Sign in"
    # A form that was sent when nobody was signed in any more (`partnerships.unsent`).
    unsent = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self["unsent"].value():
            del self.fields["unsent"]

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        if kept := self.cleaned_data.get("unsent"):
            request.session[IN_SESSION] = kept
        answer: HttpResponse = super().login(request, redirect_url)
        return answer


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    words = {
        "oldpassword": ("Current password", "", "Enter your current password."),
        "password1": _NEW_PASSWORD,
        "password2": _AGAIN,
    }
    button = "Change password"


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    words = {"email": ("Email address", "", _EMAIL)}
    button = "Send the link"


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):
    words = {"password1": _NEW_PASSWORD, "password2": _AGAIN}
    button = "Save password"


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    words = {"password": ("Password", "", "Enter your password.")}


class CodeForm(InOurWords, mfa.AuthenticateForm):
    words = {"code": ("Code", "From your authenticator app, or a recovery code.", _CODE)}
    button = "Sign in"


class CodeAgainForm(InOurWords, mfa.ReauthenticateForm):
    words = {"code": ("Code", "From your authenticator app, or a recovery code.", _CODE)}


class ActivateAppForm(InOurWords, ActivateTOTPForm):
    words = {"code": ("Code", "The 6 numbers that the app shows for this account.", _CODE)}
    button = "Switch on"

    @property
    def key(self) -> str:
        """The secret in groups of four, to be typed by hand; apps leave the spaces out."""
        return " ".join(wrap(self.secret, 4))


class DeactivateAppForm(InOurWords, DeactivateTOTPForm):
    button = "Switch off"


class RecoveryCodesForm(InOurWords, GenerateRecoveryCodesForm):
    button = "Make new codes"
