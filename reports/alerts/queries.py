"""What became of the e-mails that a report was published: each edition has one job."""

from collections.abc import Iterable
from dataclasses import dataclass

from partnerships.jobs import newest_jobs
from partnerships.models import Job
from reports.models import Edition

ALERT = "reports.published"  # the kind of the job that sends them
STILL_TO_BE_SENT = "The e-mails about the publication are still to be sent."


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be known of an edition's e-mails, and their job."""

    words: str
    job: Job


def told_of_alerts(editions: Iterable[Edition]) -> dict[int, Told]:
    """By edition what is to be known of its e-mails, unless they went out; one query."""
    made = {}
    for edition, job in newest_jobs(ALERT, editions).items():
        if job.state == Job.State.FAILED:
            made[edition] = Told(job.error, job)
        elif job.state in {Job.State.WAITING, Job.State.RUNNING}:
            made[edition] = Told(STILL_TO_BE_SENT, job)
    return made
