"""What became of the e-mails about a return: each notice has one job, found by its number."""

from metrics.models import Return
from partnerships.jobs import newest_jobs
from partnerships.models import Job

NOTICE = "returns.notice"
NOT_REACHED = (
    "The e-mail server could not be reached, so nobody was written to. Chase the agency again."
)
STILL_TO_BE_SENT = "Its e-mail is still to be sent."


def reached_nobody(job: Job | None) -> bool:
    """Whether it is certain that no e-mail went out, so that it can be asked for again."""
    return job is not None and job.state == Job.State.FAILED and job.error == NOT_REACHED


def told_of_notices(part_of: Return) -> dict[int, str]:
    """By agency what is to be known of its newest e-mail, unless it went out; two queries."""
    newest = {each.agency_id: each for each in part_of.notices.order_by("pk")}
    jobs = newest_jobs(NOTICE, newest.values())
    made = {}
    for agency, notice in newest.items():
        job = jobs.get(notice.pk)
        if job is None:
            continue
        if job.state == Job.State.FAILED:
            made[agency] = job.error
        elif job.state in {Job.State.WAITING, Job.State.RUNNING}:
            made[agency] = STILL_TO_BE_SENT
    return made
