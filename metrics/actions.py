"""Verbs that decide on figures, approve and send back, and why one could not be done.

Each runs in one transaction with its audit row, and asks for the changes to be computed
again where an approved figure moved. `at` is the moment of the request. What enters and
corrects figures is `metrics.saving`.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from metrics.corrections import tell_of_correction
from metrics.entries import Problem
from metrics.models import Cell, Decision, Revision
from metrics.places import locked
from metrics.returns.partitions import why_it_does_not_add_up
from metrics.returns.parts.sent_back import tell_of_sent_back
from metrics.touched import touch
from partnerships.audit import event, record_all
from partnerships.jobs import enqueue
from partnerships.models import AuditEvent, Job, Partnership, User

OFFICIAL = "official statistics"  # the key of their job; no partnership's slug has a space


class FigureError(Exception):
    """A sentence for the person whose figure could not be saved or decided on."""


class Unsound(FigureError):
    """The entry fails its checks; `problems` says where and how to put it right."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in found))
        self.problems = found


class Closed(FigureError):
    """The return takes no such figure any more; the sentence says since when and what to do."""


class Overtaken(FigureError):
    """Somebody else saved the same figure since this person looked at it."""

    def __init__(self, latest: Revision | None) -> None:
        super().__init__(
            "Somebody else has saved this figure since you opened the page. "
            "Nothing of yours was saved. Look at both, then save again."
        )
        self.latest = latest


def approve(*, cell: Cell, seen: int, by: User, at: datetime, reason: str = "") -> Decision:
    """Makes the latest revision the one that counts, and asks for its changes to be computed.

    Raises `Overtaken` where the latest is not the one that was seen, and `FigureError` where
    it is decided on already, does not add up with its categories, or is the person's own entry
    and no reason is given.
    """
    with transaction.atomic():
        cell = locked(cell.pk)
        if why := why_it_does_not_add_up(cell):
            raise FigureError(why)
        corrects = cell.approved_id is not None
        decision = _decide(cell, seen, Decision.Outcome.APPROVED, by=by, at=at, reason=reason)
        cell.approved = decision.revision
        cell.save(update_fields=["approved"])
        record_all([deed(by, "approved", cell, decision.revision)])
        ask_for_changes(_owner(cell), by=by, moved=[cell.pk])
        if corrects:
            tell_of_correction(cell, by=by, at=at)
    return decision


def send_back(*, cell: Cell, seen: int, by: User, at: datetime, reason: str) -> Decision:
    """Sends the latest revision back with a reason, and has who owes it written to.

    What was approved before goes on counting.
    """
    if not reason:
        raise FigureError("Say what is to be put right.")
    with transaction.atomic():
        cell = locked(cell.pk)
        decision = _decide(cell, seen, Decision.Outcome.SENT_BACK, by=by, at=at, reason=reason)
        record_all([deed(by, "sent back", cell, decision.revision)])
        tell_of_sent_back(cell, by=by, at=at)
    return decision


@transaction.atomic
def ask_for_changes(
    partnership: Partnership | None, *, by: User, moved: Iterable[int] | None = None
) -> Job:
    """The job that computes what changed where approved figures moved; all changes unless told.

    Of a partnership, or without one of official statistics; `moved` are numbers of cells. To be
    called in the transaction that moves them. Asking twice is one job, which does both.
    """
    touch(partnership, moved)
    return enqueue(
        kind="metrics.compute_changes",
        key=partnership.slug if partnership else OFFICIAL,
        by=by,
        partnership=partnership,
        arguments={"partnership": partnership.slug if partnership else None},
    )


def _decide(
    cell: Cell, seen: int, outcome: Decision.Outcome, *, by: User, at: datetime, reason: str
) -> Decision:
    latest = cell.latest
    if latest is None or latest.number != seen:
        raise Overtaken(latest)
    if Decision.objects.filter(revision=latest).exists() or latest.pk == cell.approved_id:
        raise FigureError("This figure has been decided on already. Open the page again.")
    own = latest.by_id == by.pk
    if own and not reason:
        raise FigureError(
            "You entered this figure yourself. Ask another approver, or, where there is none, "
            "say why you approve your own entry: the reason is printed."
        )
    return Decision.objects.create(
        revision=latest, outcome=outcome, reason=reason, own_entry=own, by=by, at=at
    )


def _owner(cell: Cell) -> Partnership:
    owner = cell.dataset.owner
    if owner is None:
        raise FigureError("Official statistics are loaded from their files, not approved here.")
    return owner


def deed(by: User, verb: str, cell: Cell, revision: Revision) -> AuditEvent:
    """What is recorded of a figure that was entered, corrected or decided on."""
    return event(
        by=by,
        verb=f"figure {verb}",
        subject=cell.address,
        partnership=cell.dataset.owner,
        detail={"revision": revision.number},
    )
