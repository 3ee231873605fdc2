"""The e-mail to those whose published report prints a figure that has been corrected."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from metrics.corrections import hears_of_corrections
from metrics.models import Cell
from partnerships.jobs import Effect, JobError, Run, enqueue, handler
from partnerships.models import Partnership, User
from partnerships.outgoing import message_to, send_each
from partnerships.permissions import ROLE_TABLE, Permission
from reports.corrections.queries import Corrected, corrected_in

TELL = "reports.corrections"
# An approver decides on many in one sitting, and years are added up anew meanwhile.
TOGETHER = timedelta(minutes=5)
PERHAPS_SENT = (
    "Sending was interrupted, so the e-mails may have gone out or not. The corrected figures stand "
    "on the own page of everybody concerned."
)
NOT_TAKEN = (
    "The e-mail server took {sent} of {all} e-mails. The corrected figures stand on the own page "
    "of everybody concerned."
)


@hears_of_corrections
def ask_to_tell(cell: Cell, by: User, at: datetime) -> None:
    """One job for all corrections of a partnership within a few minutes."""
    owner = cell.dataset.owner
    if owner is None:
        return
    enqueue(
        kind=TELL,
        key=owner.slug,
        by=by,
        partnership=owner,
        arguments={"partnership": owner.slug},
        now=at,
        not_before=timezone.now() + TOGETHER,
    )


@handler(TELL, title="E-mail about corrected figures in reports")
def tell(run: Run) -> Effect:
    """Writes to those who build a report that prints what was corrected, each by themselves.

    No number stands in it: one that reports hide must not travel by e-mail. A second attempt does
    not send, since an e-mail cannot be taken back.
    """
    if run.job.attempts > 1:
        raise JobError(PERHAPS_SENT)
    owner = run.job.arguments["partnership"]
    concerned = [here for each in corrected_in() if (here := _of(each, owner)).cells]
    messages = [
        _message(each, person)
        for each in concerned
        for person in builders_of(each.report.partnership)
    ]
    send_each(messages, not_taken=NOT_TAKEN)

    def effect() -> dict[str, Any]:
        return {"emails": len(messages)}

    return effect


def builders_of(partnership: Partnership) -> list[User]:
    """Who builds the partnership's reports today and wants to hear of corrections."""
    builds = Permission.BUILD_REPORTS
    names = [name for name, role in ROLE_TABLE.items() if builds in role.permissions]
    roles = partnership.roles.open_on(timezone.localdate()).filter(name__in=names)
    wanting = User.objects.filter(roles__in=roles, is_active=True, wants_corrections=True)
    return list(wanting.distinct().order_by("email"))


def _of(corrected: Corrected, owner: str) -> Corrected:
    """As far as the figures are of one partnership."""
    cells = (
        cell for cell in corrected.cells if cell.dataset.owner and cell.dataset.owner.slug == owner
    )
    return Corrected(corrected.report, tuple(cells))


def _message(corrected: Corrected, person: User) -> EmailMessage:
    partnership = corrected.report.partnership
    context = {
        "report": corrected.report,
        "partnership": partnership,
        "cells": corrected.cells,
        "link": settings.PORTAL_URL + reverse("reports", args=[partnership.slug]),
    }
    return message_to(person, "reports/email/corrected", context)
