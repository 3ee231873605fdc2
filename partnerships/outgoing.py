"""E-mails that jobs send, several at a time, each to one person who may switch them off."""

from collections.abc import Collection, Mapping, Sequence
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from partnerships.jobs import JobError, Run
from partnerships.models import Job, User


def message_to(person: User, template: str, context: Mapping[str, Any]) -> EmailMessage:
    """An e-mail of a kind that the person chose: `template` ends with where they choose anew.

    Its subject is beside it, `…_subject.txt`. Programs that answer e-mails are told not to.
    """
    choose = settings.PORTAL_URL + reverse("account_reminders")
    said = {**context, "choose": choose}
    return EmailMessage(
        render_to_string(f"{template}_subject.txt", said).strip(),
        render_to_string(f"{template}.txt", said).strip() + "\n",
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated", "List-Unsubscribe": f"<{choose}>"},
    )


def must_not_have_gone(run: Run, perhaps_sent: str, *, nothing_sent: Collection[str]) -> None:
    """Raises `JobError(perhaps_sent)` where e-mails of this work may have gone out before.

    An e-mail cannot be taken back with a transaction. So neither a second attempt sends, nor the
    same work asked for again, unless all that ran before ended with one of the `nothing_sent`.
    """
    same_work = Job.objects.filter(kind=run.job.kind, key=run.job.key, attempts__gt=0)
    before = same_work.exclude(pk=run.job.pk)
    certain = before.filter(state=Job.State.FAILED, error__in=nothing_sent)
    if run.job.attempts > 1 or before.exclude(pk__in=certain).exists():
        raise JobError(perhaps_sent)


def send_each(
    messages: Sequence[EmailMessage], *, not_taken: str, not_reached: str | None = None
) -> None:
    """Sends the messages over one connection; one that the server refuses keeps back no other.

    Raises `JobError` where the server did not take all: `not_taken` is the sentence, with `{sent}`
    and `{all}`. `not_reached` is the one where it was not even reached, so that nothing went out.
    """
    if not messages:
        return
    sent, reached = 0, False
    try:
        with get_connection() as connection:
            reached = True
            for message in messages:
                try:
                    sent += connection.send_messages([message]) or 0
                except (SMTPRecipientsRefused, SMTPDataError):
                    continue
    except (SMTPException, OSError):
        if not_reached and not reached:
            raise JobError(not_reached) from None
    if sent < len(messages):
        # Not "from": what the server says repeats the addresses.
        raise JobError(not_taken.format(sent=sent, all=len(messages)))
