"""E-mails that jobs send, several at a time, each to one person."""

from collections.abc import Sequence
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection

from partnerships.jobs import JobError


def send_each(
    messages: Sequence[EmailMessage], *, not_taken: str, not_reached: str | None = None
) -> None:
    """Sends the messages over one connection.

    Raises `JobError` where the server stops taking them: `not_taken` is the sentence, with `{sent}`
    and `{all}`. `not_reached` is the one where it was not even reached, so that nothing went out.
    """
    sent, reached = 0, False
    try:
        with get_connection() as connection:
            reached = True
            for message in messages:
                sent += connection.send_messages([message]) or 0
    except (SMTPException, OSError):
        if not_reached and not reached:
            raise JobError(not_reached) from None
        # Not "from": what the server says repeats the addresses.
        raise JobError(not_taken.format(sent=sent, all=len(messages))) from None
