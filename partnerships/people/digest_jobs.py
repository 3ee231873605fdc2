"""The weekly e-mail of what waits for a person, in the words of their own page or counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from partnerships.jobs import Effect, Run, every_day, handler
from partnerships.models import Digest, Partnership, User
from partnerships.outgoing import message_to, must_not_have_gone, send_each
from partnerships.people.actions import system_actor
from partnerships.people.digests import DIGEST, NOT_REACHED, ask_for_digests
from partnerships.people.waiting import Waiting, held_today, waiting_for
from partnerships.periods import day

ASK = "people.digests"
PERHAPS_SENT = (
    "Sending was interrupted, so the weekly e-mail may have gone out or not. What waits stands "
    "under Your partnerships."
)
NOT_TAKEN = (
    "The e-mail server did not take the weekly e-mail. What waits stands under Your partnerships."
)

every_day(ASK, after=time(8), by=system_actor)


@handler(ASK, title="Weekly e-mails of what waits, asked for")
def ask(run: Run) -> Effect:
    """The rows, and the jobs that send them, in the transaction that ends this one."""

    def effect() -> dict[str, Any]:
        return {"people": ask_for_digests(by=run.job.asked_by, at=timezone.now())}

    return effect


@handler(DIGEST, title="Weekly e-mail of what waits")
def digest(run: Run) -> Effect:
    """Writes to one person, unless nothing waits for them or they switched it off meanwhile."""
    must_not_have_gone(run, PERHAPS_SENT, nothing_sent=[NOT_REACHED])
    person = Digest.objects.select_related("person").get(pk=run.job.arguments["digest"]).person
    today = timezone.localdate()
    waiting = _waiting(person, today) if person.wants_digest and person.is_active else []
    context = {
        "on": today,
        "count": len(waiting),
        "places": places_of(waiting, on=today),
        "all": settings.PORTAL_URL + reverse("my"),
    }
    messages = [message_to(person, "partnerships/email/digest", context)] if waiting else []
    send_each(messages, not_taken=NOT_TAKEN, not_reached=NOT_REACHED)

    def effect() -> dict[str, Any]:
        return {"emails": len(messages)}

    return effect


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the e-mail, with the address where it is done."""

    text: str
    url: str


def places_of(waiting: Iterable[Waiting], *, on: date) -> list[tuple[Partnership, list[Line]]]:
    """The lines of each partnership; what may not be repeated is counted, beneath the others."""
    lines: dict[Partnership, list[Line]] = defaultdict(list)
    counted: dict[Partnership, Counter[str]] = defaultdict(Counter)
    for each in waiting:
        here = lines[each.partnership]
        if each.may_be_mailed:
            here.append(Line(f"{each.text}{_due(each, on)}", settings.PORTAL_URL + each.url))
        else:
            counted[each.partnership][each.sort] += 1
    own_page = settings.PORTAL_URL + reverse("my")
    for partnership, sorts in counted.items():
        lines[partnership] += [Line(f"{sort}: {n}", own_page) for sort, n in sorts.items()]
    return sorted(lines.items(), key=lambda pair: pair[0].name)


def _due(each: Waiting, on: date) -> str:
    if each.due is None:
        return ""
    return f", was due {day(each.due)}" if each.due < on else f", due {day(each.due)}"


def _waiting(person: User, on: date) -> list[Waiting]:
    roles = person.roles.open_on(on).select_related("partnership", "agency__organisation")
    return waiting_for(person, held_today(roles), on=on)
