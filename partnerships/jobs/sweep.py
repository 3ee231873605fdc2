"""Picking up what died: leases that ran out, and jobs that no message reached."""

import logging
from dataclasses import dataclass
from datetime import datetime

from partnerships.jobs import dispatch, endings
from partnerships.jobs.running import due
from partnerships.models import Job

log = logging.getLogger(__name__)

# A message whose job is taken costs one query, but a broker's memory has an end.
MOST_OFFERED = 50


@dataclass(frozen=True)
class Swept:
    """How many leases had run out, and how many waiting jobs were offered to the broker."""

    silent: int
    offered: int


def sweep(*, now: datetime) -> Swept:
    """Take back the jobs of silent workers, and nudge for those that wait and may start."""
    silent = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=now)
    taken_back = sum(take_back(job, now=now) for job in silent.order_by("lease_until"))
    waiting = list(due(now).values_list("pk", flat=True)[:MOST_OFFERED])
    for job_id in waiting:
        dispatch.nudge(job_id)
    return Swept(silent=taken_back, offered=len(waiting))


def take_back(job: Job, *, now: datetime) -> bool:
    """End or repeat a run whose lease has run out; false where it was renewed or has ended."""
    held = endings.held(job.pk, job.lease).filter(lease_until__lt=now)
    if job.cancel_requested:
        changed = endings.end(held, Job.State.CANCELLED, now=now)
    else:
        changed = endings.try_again_or_fail(held, job, now=now, error=endings.SILENT)
    if changed:
        log.warning("Job %s %s: attempt %s fell silent.", job.pk, job.kind, job.attempts)
    return changed
