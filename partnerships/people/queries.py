"""Reading people, their roles and the audit record."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from partnerships.elements import Table, table
from partnerships.models import AuditEvent, Job, Partnership, Role, RoleName, User
from partnerships.people.actions import INVITATION
from partnerships.periods import day
from partnerships.permissions import ROLE_TABLE

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

INVITATION_WORDS = {
    Job.State.WAITING: "Invitation on its way",
    Job.State.RUNNING: "Invitation on its way",
    Job.State.DONE: "Invited, has not signed in yet",
    Job.State.CANCELLED: "Invitation was cancelled",
}


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role as the list of people shows it."""

    pk: int
    person: str
    email: str
    words: str
    first: date
    last: date | None
    has_ended: bool
    invitation: str  # empty for a person who has set a password

    @property
    def may_be_invited(self) -> bool:
        return bool(self.invitation) and not self.has_ended


def in_words(role: Role) -> str:
    """`Approver`, or `Contributor for Testshire Police`."""
    title = ROLE_TABLE[RoleName(role.name)].title
    return f"{title} for {role.agency.organisation}" if role.agency else title


def roles_at(partnership: Partnership, *, on: date) -> list[HeldRole]:
    """Every role ever held at a partnership: those not ended before the day come first."""
    roles = list(partnership.roles.select_related("user", "agency__organisation"))
    uninvited = [role.user for role in roles if not role.user.has_usable_password()]
    states = _invitations(partnership, uninvited)
    held = [
        HeldRole(
            pk=role.pk,
            person=role.user.name,
            email=role.user.email,
            words=in_words(role),
            first=role.first,
            last=role.last,
            has_ended=role.last is not None and role.last < on,
            invitation=""
            if role.user.has_usable_password()
            else states.get(role.user_id, "Not invited"),
        )
        for role in roles
    ]
    return sorted(held, key=lambda role: role.has_ended)


def _invitations(partnership: Partnership, users: Sequence[User]) -> dict[int, str]:
    """How far the newest invitation of each person has come, in words."""
    ids = {user.pk for user in users}
    words: dict[int, str] = {}
    for job in Job.objects.filter(partnership=partnership, kind=INVITATION).order_by("asked_at"):
        user = job.arguments["user"]
        if user in ids:
            words[user] = INVITATION_WORDS.get(Job.State(job.state), job.error)
    return words


def events_at(partnership: Partnership) -> QuerySet[AuditEvent]:
    """The record of a partnership, newest first."""
    return partnership.audit_events.select_related("actor")


def record_table(events: Iterable[AuditEvent]) -> Table:
    """A page of the record as people read it; persons, stored by number, by their names."""
    events = list(events)
    numbers = {event.detail["person"] for event in events if "person" in event.detail}
    names = dict(User.objects.filter(pk__in=numbers).values_list("pk", "name"))
    return table(
        "record",
        "What was done, newest first",
        ["When", "Who", "What", "About", "Details"],
        [
            (
                moment(event),
                str(event.actor),
                event.verb.capitalize(),
                event.subject,
                _details(event, names),
            )
            for event in events
        ],
    )


def moment(event: AuditEvent) -> str:
    """`1 July 2020, 10:00`, as clocks here show it."""
    at = timezone.localtime(event.at)
    return f"{day(at.date())}, {at:%H:%M}"


def _details(event: AuditEvent, names: dict[int, str]) -> str:
    """`person: Partner, Testshire; last: 1 July 2020`: the person first, the rest by name."""
    detail = event.detail
    person = detail.get("person")
    shown = [] if person is None else [("person", names.get(person, f"number {person}"))]
    # PostgreSQL does not keep the order in which they were written.
    shown += [(name, _shown(detail[name])) for name in sorted(detail) if name != "person"]
    return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in shown)


def _shown(value: object) -> str:
    """A value as people write it: a date in words, all else as it stands."""
    if isinstance(value, str) and DAY.fullmatch(value):
        return day(date.fromisoformat(value))
    return str(value)
