"""Accounts are made by invitation; nobody signs themselves up.

The words here replace allauth's own: what is wrong, and how to put it right.
"""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": (
            "The email address or the password is wrong. Check both and try again."
        ),
        "too_many_login_attempts": (
            "There were too many wrong attempts. Wait five minutes, then try again."
        ),
        "enter_current_password": "This is not your current password. Enter it again.",
        "incorrect_password": "This is not your password. Enter it again.",
        "rate_limited": "There were too many attempts. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        """The subject as written: the name of the host in front of it says nothing."""
        return str(subject)


class SecondFactor(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": (
            "The code is wrong or has run out. Enter the code that the app shows now."
        ),
    }
