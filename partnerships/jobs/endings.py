"""The ways out of running. Each is one conditional update that only the lease's holder wins.

`held` is the running job as a queryset (state running, this lease); a function answers
whether it still was so, and changes nothing where it was not.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from partnerships.jobs.registry import MOST_ATTEMPTS, backoff
from partnerships.models import Job

UNEXPECTED = "The job stopped on an unexpected error."
SILENT = "The worker that ran the job stopped without a word."
TAKEN_OVER = "The same work waits as a newer job, which takes this one's place."
LONGEST_SENTENCE = Job._meta.get_field("error").max_length


def held(job_id: int, lease: str) -> QuerySet[Job]:
    """The job, if it still runs on this lease."""
    return Job.objects.filter(pk=job_id, state=Job.State.RUNNING, lease=lease)


def end(
    held: QuerySet[Job],
    state: Job.State,
    *,
    now: datetime,
    error: str = "",
    result: dict[str, Any] | None = None,
) -> bool:
    """Done, failed or cancelled, for good."""
    return bool(
        held.update(
            state=state,
            lease="",
            lease_until=None,
            finished_at=now,
            error=error[:LONGEST_SENTENCE],
            result=result or {},
        )
    )


def wait_again(
    held: QuerySet[Job], *, attempts: int, not_before: datetime, now: datetime, error: str
) -> bool:
    """Back to waiting; cancelled instead where the same work has been asked for meanwhile."""
    try:
        with transaction.atomic():
            return bool(
                held.update(
                    state=Job.State.WAITING,
                    lease="",
                    lease_until=None,
                    attempts=attempts,
                    not_before=not_before,
                    error=error[:LONGEST_SENTENCE],
                )
            )
    except IntegrityError:
        return end(held, Job.State.CANCELLED, now=now, error=f"{error} {TAKEN_OVER}".strip())


def try_again_or_fail(held: QuerySet[Job], job: Job, *, now: datetime, error: str) -> bool:
    """After a failure that another attempt may not meet: wait a while, or fail after the last."""
    if job.attempts >= MOST_ATTEMPTS:
        sentence = f"{error} It was tried {job.attempts} times. Ask for it again."
        return end(held, Job.State.FAILED, now=now, error=sentence)
    return wait_again(
        held,
        attempts=job.attempts,
        not_before=now + backoff(job.kind, job.attempts),
        now=now,
        error=f"{error} It will be tried again.",
    )
