"""A job in words, for its page."""

from datetime import datetime, timedelta

from django.utils import timezone

from partnerships.elements import Colour, Fact, Progress, Tag
from partnerships.jobs.registry import MOST_ATTEMPTS
from partnerships.models import Job
from partnerships.periods import day

COLOURS: dict[str, Colour] = {
    Job.State.WAITING: "grey",
    Job.State.RUNNING: "blue",
    Job.State.DONE: "green",
    Job.State.FAILED: "red",
    Job.State.CANCELLED: "yellow",
}

# Who is free takes a job within seconds, and the sweep offers it again every 15.
SOON = timedelta(minutes=1)
NOT_BEGUN = (
    "Nobody has begun this yet. The background worker is busy with other work, or it is stopped. "
    "Nothing is lost: it begins by itself as soon as the worker is free. You can close this page. "
    "If it still waits in an hour, tell whoever runs the portal."
)


def tag_of(job: Job) -> Tag:
    """The job's state; a running job that was asked to stop says so."""
    if job.state == Job.State.RUNNING and job.cancel_requested:
        return Tag("Stopping", "yellow")
    return Tag(job.get_state_display(), COLOURS[job.state])


def progress_of(job: Job) -> Progress | None:
    """How far a running job is; nothing for one that waits or has ended."""
    if job.state != Job.State.RUNNING:
        return None
    words = job.progress_words or "At work"
    return Progress("job-progress", job.progress_done, job.progress_total, words)


def waits_long(job: Job, *, at: datetime) -> str:
    """What to know where a job could have begun a while ago and did not; else empty."""
    waits = job.state == Job.State.WAITING and at - job.not_before > SOON
    return NOT_BEGUN if waits else ""


def facts_of(job: Job) -> tuple[Fact, ...]:
    """What is known of the job, in the order in which it happened."""
    facts = [
        Fact("For", _whose(job)),
        Fact("Asked for", f"{moment(job.asked_at)} by {job.asked_by}"),
    ]
    if job.started_at:
        attempt = f"attempt {job.attempts} of at most {MOST_ATTEMPTS}"
        facts.append(Fact("Started", f"{moment(job.started_at)} ({attempt})"))
    if job.state == Job.State.WAITING and job.not_before > job.asked_at:
        facts.append(Fact("Not before", moment(job.not_before)))
    if job.finished_at:
        facts.append(Fact("Ended", moment(job.finished_at)))
    return tuple(facts)


def _whose(job: Job) -> str:
    """What the work is for; the partnership by its name, of which keys have the short one."""
    if job.partnership is None:
        return job.key
    rest = job.key.removeprefix(job.partnership.slug)
    if rest == job.key or rest[:1] not in {"", ":", " "}:
        return job.key
    return ", ".join(filter(None, [job.partnership.short_name, rest[1:]]))


def page_of_result(job: Job) -> str:
    """The portal's page that shows what the job made, where its result names one."""
    page = job.result.get("page", "")
    inside = isinstance(page, str) and page.startswith("/") and not page.startswith("//")
    return page if inside else ""


def moment(when: datetime) -> str:
    """A time here, such as `14 January 2020 at 9:05am`."""
    here = timezone.localtime(when)
    half = "am" if here.hour < 12 else "pm"
    return f"{day(here.date())} at {here.hour % 12 or 12}:{here.minute:02}{half}"
