"""The e-mail to an agency that owes figures: sent at most once for each notice."""

from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from metrics.models import ReturnNotice
from metrics.returns.part_actions import NOTICE
from metrics.returns.standing import parts
from partnerships.jobs import Effect, JobError, Run, handler
from partnerships.models import Agency, RoleName, User

PERHAPS_SENT = (
    "Sending was interrupted, so the e-mail may have gone out or not. Ask the agency; if nothing "
    "has come, chase it again tomorrow."
)
NOT_TAKEN = "The e-mail server did not take the e-mail. Chase the agency again tomorrow."
NOBODY = "Nobody at the agency wants reminders, or nobody contributes for it. Nothing was sent."


@handler(NOTICE, title="Reminder of a return by e-mail")
def notice(run: Run) -> Effect:
    """Writes to the contributors of one agency. A second attempt does not send: see `invite`."""
    if run.job.attempts > 1:
        raise JobError(PERHAPS_SENT)
    told = ReturnNotice.objects.select_related(
        "part_of__dataset__owner__area", "part_of__period", "agency__organisation"
    ).get(pk=run.job.arguments["notice"])
    to = sorted(person.email for person in contributors_of(told.agency))
    if not to:
        raise JobError(NOBODY)
    owed = parts(told.part_of, on=told.on, agencies=[told.agency])
    context = {
        "partnership": told.part_of.dataset.owner,
        "agency": told.agency.organisation,
        "part_of": told.part_of,
        "quarter": told.part_of.period.span.label,
        "missing": sum(part.missing for part in owed),
        "texts_missing": sum(part.texts_missing for part in owed),
        "late": told.on > told.part_of.due,
    }
    message = EmailMessage(
        render_to_string("metrics/email/return_subject.txt", context).strip(),
        render_to_string("metrics/email/return.txt", context),
        to=to,
    )
    try:
        message.send()
    except (SMTPException, OSError):
        # Not "from": what the server says repeats the addresses.
        raise JobError(NOT_TAKEN) from None

    def effect() -> dict[str, Any]:
        return {"people": len(to)}

    return effect


def contributors_of(agency: Agency) -> list[User]:
    """Who contributes for an agency today and has not switched reminders off."""
    roles = agency.roles.open_on(timezone.localdate()).filter(name=RoleName.CONTRIBUTOR)
    return list(
        User.objects.filter(roles__in=roles, is_active=True, wants_reminders=True).distinct()
    )
