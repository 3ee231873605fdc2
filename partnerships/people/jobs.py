"""The invitation by e-mail: sent at most once for each time it was asked for."""

from smtplib import SMTPException
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from partnerships.jobs import Effect, JobError, Run, handler
from partnerships.models import User
from partnerships.people.actions import INVITATION

PERHAPS_SENT = (
    "Sending was interrupted, so the invitation may have gone out or not. "
    "Ask the person; if nothing has come, send it again."
)
NOT_TAKEN = "The e-mail server did not take the invitation. Check the address, then send it again."
ALREADY_SET = "The person has set a password in the meantime. Nothing was sent."


@handler(INVITATION, title="Invitation by e-mail")
def invite(run: Run) -> Effect:
    """Sends a link with which a new person sets their password.

    An e-mail cannot be taken back with a transaction. So a second attempt, after a worker
    that died while sending, does not send: it says that nobody knows.
    """
    if run.job.attempts > 1:
        raise JobError(PERHAPS_SENT)
    user = User.objects.get(pk=run.job.arguments["user"])
    if user.has_usable_password():
        raise JobError(ALREADY_SET)
    context = {
        "asked_by": run.job.asked_by,
        "partnership": run.job.partnership,
        "link": run.job.arguments["portal"].rstrip("/") + _link(user),
    }
    try:
        send_mail(
            render_to_string("partnerships/email/invitation_subject.txt", context).strip(),
            render_to_string("partnerships/email/invitation.txt", context),
            None,
            [user.email],
        )
    except (SMTPException, OSError):
        # Not "from": what the server says repeats the address.
        raise JobError(NOT_TAKEN) from None

    def effect() -> dict[str, Any]:
        return {}

    return effect


def _link(user: User) -> str:
    return reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )
