"""Asking for a job, and asking for it to stop."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerships import audit
from partnerships.jobs import dispatch
from partnerships.jobs.errors import JobError
from partnerships.jobs.registry import kind_named, kinds
from partnerships.models import Job, Partnership, User

CAN_BE_ASKED_AGAIN = frozenset({Job.State.FAILED, Job.State.CANCELLED})


def address_of(job: Job) -> str:
    """The job's natural key, as the audit record has it."""
    return f"job:{job.kind}:{job.key}"


@transaction.atomic
def enqueue(
    *,
    kind: str,
    key: str,
    by: User,
    arguments: dict[str, Any],
    partnership: Partnership | None = None,
    now: datetime | None = None,
    not_before: datetime | None = None,
) -> Job:
    """The job that will do this work, written in the caller's transaction.

    Where the same work already waits, that is the job: it is locked until the caller's
    transaction ends, so that it cannot start before it can see what the caller wrote.
    Raises `LookupError` for a kind without a handler, `ValueError` where the same work
    waits with other arguments (the key does not name the work).
    """
    kind_named(kind)
    now = now or timezone.now()
    wanted = Job(
        kind=kind,
        key=key,
        arguments=arguments,
        partnership=partnership,
        asked_by=by,
        asked_at=now,
        not_before=not_before or now,
    )
    job = _waiting(wanted) or _written(wanted)
    if job.arguments != arguments:
        raise ValueError(f"{kind} {key} waits with other arguments: the key must name the work.")
    dispatch.after_commit(job.pk)
    return job


def _waiting(wanted: Job) -> Job | None:
    same_work = Job.objects.filter(kind=wanted.kind, key=wanted.key, state=Job.State.WAITING)
    return same_work.select_for_update().first()


def _written(wanted: Job) -> Job:
    """The new row, or the one of a connection that was first with the same work."""
    for last_try in (False, False, True):
        try:
            with transaction.atomic():
                wanted.save(force_insert=True)
        except IntegrityError:
            # The other one may have started since: then this work is new again.
            if (waiting := _waiting(wanted)) is not None:
                return waiting
            if last_try:
                raise
        else:
            break
    _record(wanted, by=wanted.asked_by, verb="job asked for")
    return wanted


def _record(job: Job, *, by: User, verb: str) -> None:
    """What a person did; what the portal asks of itself is in the jobs alone."""
    if not by.is_system:
        audit.record(by=by, verb=verb, subject=address_of(job), partnership=job.partnership)


@transaction.atomic
def cancel(job: Job, *, by: User, now: datetime | None = None) -> Job:
    """Cancel a waiting job, or ask a running one to stop; it ends without an effect.

    An ended job stays as it is. The job is returned as it stands afterwards.
    """
    mine = Job.objects.filter(pk=job.pk)
    changed = mine.filter(state=Job.State.WAITING).update(
        state=Job.State.CANCELLED, finished_at=now or timezone.now()
    ) or mine.filter(state=Job.State.RUNNING, cancel_requested=False).update(cancel_requested=True)
    if changed:
        _record(job, by=by, verb="job cancelled")
    job.refresh_from_db()
    return job


def ask_again(job: Job, *, by: User) -> Job:
    """A new job for the work of one that failed or was cancelled; the old row stays.

    Raises `JobError` for a job in another state, or of a kind that is no longer done.
    """
    if job.state not in CAN_BE_ASKED_AGAIN:
        raise JobError("Only a job that failed or was cancelled can be asked for again.")
    if job.kind not in kinds():
        raise JobError("The portal no longer does this kind of work.")
    return enqueue(
        kind=job.kind,
        key=job.key,
        by=by,
        arguments=job.arguments,
        partnership=job.partnership,
    )
