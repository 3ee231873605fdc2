"""Reminders of returns: asked for once a day, each e-mail sent at most once for its notice."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from django.core.mail import EmailMessage
from django.utils import timezone

from metrics.models import ReturnNotice
from metrics.returns.parts.actions import remind
from metrics.returns.parts.links import Opens, link_for
from metrics.returns.parts.notices import NOT_REACHED, NOTICE
from metrics.returns.parts.sent_back import make_up, new_of
from metrics.returns.parts.standing import parts
from partnerships.jobs import Effect, JobError, Run, every_day, handler
from partnerships.models import Agency, RoleName, User
from partnerships.outgoing import message_to, must_not_have_gone, send_each
from partnerships.people.actions import system_actor

PERHAPS_SENT = (
    "Sending was interrupted, so the e-mail may have gone out or not. Ask the agency; if nothing "
    "has come, chase it again tomorrow."
)
NOT_TAKEN = (
    "The e-mail server took {sent} of {all} e-mails. Chase the agency again tomorrow, or ring it."
)
NOBODY = "Nobody at the agency wants reminders, or nobody contributes for it. Nothing was sent."


REMIND = "returns.remind"
EIGHT = time(8)

every_day(REMIND, after=EIGHT, by=system_actor)


@handler(REMIND, title="Reminders of returns, once a day")
def remind_daily(run: Run) -> Effect:
    """The notices, and the jobs that send them, in the transaction that ends this one."""

    def effect() -> dict[str, Any]:
        by, now = run.job.asked_by, timezone.now()
        made_up = make_up(by=by, at=now)
        return {"agencies": remind(by=by, at=now), "made_up": made_up}

    return effect


@handler(NOTICE, title="Reminder of a return by e-mail")
def notice(run: Run) -> Effect:
    """Writes to the contributors of one agency, unless there is nothing left to tell."""
    must_not_have_gone(run, PERHAPS_SENT, nothing_sent=[NOT_REACHED, NOBODY])
    told = ReturnNotice.objects.select_related(
        "part_of__dataset__owner__area", "part_of__period", "agency__organisation"
    ).get(pk=run.job.arguments["notice"])
    messages = list(_messages(told))
    send_each(messages, not_taken=NOT_TAKEN, not_reached=NOT_REACHED)

    def effect() -> dict[str, Any]:
        return {"people": len(messages)}

    return effect


def _messages(told: ReturnNotice) -> Iterator[EmailMessage]:
    """One to each person, since its link is theirs; none where all was put right meanwhile."""
    is_of_figures = told.kind == ReturnNotice.Kind.SENT_BACK
    sent_back = new_of(told) if is_of_figures else 0
    if is_of_figures and not sent_back:
        return
    people = contributors_of(told.agency)
    if not people:
        raise JobError(NOBODY)
    said = {**_said(told), "sent_back": sent_back}
    for person in people:
        link = link_for(Opens(told.part_of_id, person.pk))
        yield message_to(person, "metrics/email/return", {**said, "link": link})


def _said(told: ReturnNotice) -> dict[str, Any]:
    """What the e-mail says to everybody."""
    owed = parts(told.part_of, on=told.on, agencies=[told.agency])
    return {
        "partnership": told.part_of.dataset.owner,
        "agency": told.agency.organisation,
        "part_of": told.part_of,
        "quarter": told.part_of.period.span.label,
        "missing": sum(part.missing for part in owed),
        "texts_missing": sum(part.texts_missing for part in owed),
        "back": sum(len(part.back) for part in owed),
        "given_back": told.kind == ReturnNotice.Kind.GIVEN_BACK,
        "late": told.on > told.part_of.due,
    }


def contributors_of(agency: Agency) -> list[User]:
    """Who contributes for an agency today and has not switched reminders off."""
    roles = agency.roles.open_on(timezone.localdate()).filter(name=RoleName.CONTRIBUTOR)
    wanting = User.objects.filter(roles__in=roles, is_active=True, wants_reminders=True)
    return list(wanting.distinct().order_by("email"))
