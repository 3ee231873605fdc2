"""What became of the e-mails that a report was published: each edition has one job."""

from collections.abc import Iterable
from dataclasses import dataclass

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
    keys = [str(each.pk) for each in editions]
    jobs = {each.key: each for each in Job.objects.filter(kind=ALERT, key__in=keys).order_by("pk")}
    made = {}
    for key, job in jobs.items():
        if job.state == Job.State.FAILED:
            made[int(key)] = Told(job.error, job)
        elif job.state in {Job.State.WAITING, Job.State.RUNNING}:
            made[int(key)] = Told(STILL_TO_BE_SENT, job)
    return made
