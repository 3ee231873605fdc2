"""What Celery calls. A task carries a job's number and nothing else; it may come twice."""

import logging

from celery import shared_task
from django.utils import timezone

from partnerships.jobs import running
from partnerships.jobs.daily import ask_for_what_is_due
from partnerships.jobs.sweep import sweep as sweep_jobs

log = logging.getLogger(__name__)


@shared_task(name="partnerships.run_job", acks_late=True)
def run_job(job_id: int) -> None:
    """Run the job if it still waits: a message for one that was taken does nothing."""
    run = running.claim(job_id, now=timezone.now())
    if run is None:
        log.info("Job %s was not taken: it runs, has ended, or waits for its time.", job_id)
        return
    running.execute(run)


@shared_task(name="partnerships.sweep", acks_late=True)
def sweep() -> None:
    """Beat asks for it; see `partnerships.jobs.sweep`."""
    sweep_jobs(now=timezone.now())


@shared_task(name="partnerships.daily", acks_late=True)
def daily() -> None:
    """Beat asks for it; see `partnerships.jobs.daily`."""
    ask_for_what_is_due(now=timezone.now())
