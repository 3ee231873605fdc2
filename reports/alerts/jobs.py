"""The e-mail to those who want to hear of it that a report was published."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from partnerships.jobs import Effect, Run, handler
from partnerships.models import Partnership, User
from partnerships.outgoing import message_to, must_not_have_gone, send_each
from reports.alerts.queries import ALERT
from reports.editions.queries import published
from reports.models import Edition

NOT_REACHED = (
    "The e-mail server could not be reached, so nobody was written to about the publication. Ask "
    "for the job again on its page."
)
PERHAPS_SENT = (
    "Sending was interrupted, so the e-mails about the publication may have gone out or not. So "
    "that nobody gets two, none is sent again."
)
NOT_TAKEN = (
    "The e-mail server took {sent} of {all} e-mails about the publication. So that nobody gets "
    "two, none is sent again."
)


@handler(ALERT, title="E-mail about a published report")
def alert(run: Run) -> Effect:
    """Writes once to each person, unless a newer edition is out whose own e-mail says all."""
    must_not_have_gone(run, PERHAPS_SENT, nothing_sent=[NOT_REACHED])
    edition = published().get(pk=run.job.arguments["edition"])
    of_report = published().filter(report=edition.report_id)
    is_newest = not of_report.filter(number__gt=edition.number).exists()
    people = readers_of(edition.report.partnership) if is_newest else []
    earlier = of_report.filter(number__lt=edition.number).first()
    said = _said(edition, earlier)
    messages = [message_to(person, "reports/email/published", said) for person in people]
    send_each(messages, not_taken=NOT_TAKEN, not_reached=NOT_REACHED)

    def effect() -> dict[str, Any]:
        return {"emails": len(messages)}

    return effect


def readers_of(partnership: Partnership) -> list[User]:
    """Who holds any role at the partnership today and wants to hear of its published reports."""
    roles = partnership.roles.open_on(timezone.localdate())
    wanting = User.objects.filter(roles__in=roles, is_active=True, wants_published=True)
    return list(wanting.distinct().order_by("email"))


def _said(edition: Edition, earlier: Edition | None) -> dict[str, Any]:
    """What the e-mail says to everybody."""
    report = edition.report
    return {
        "report": report,
        "partnership": report.partnership,
        "covers": report.covers.label,
        "edition": edition,
        "earlier": earlier,
        "link": settings.PORTAL_URL
        + reverse("report", args=[report.partnership.slug, report.year]),
    }
