"""The weekly e-mail of what waits: asked for once a week for each person, and what came of it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerships.jobs import ask_again, enqueue, newest_jobs
from partnerships.models import Digest, Job, Role, User

DIGEST = "people.digest"
LAST_DAY = 3  # Wednesday; after that the next Monday is nearer
NOT_REACHED = "The e-mail server could not be reached, so the weekly e-mail was not sent."


def ask_for_digests(*, by: User, at: datetime) -> int:
    """Has everybody written to who wants it, once a week; how many.

    Asked for once a day. A Monday that was missed is made up for until Wednesday, and so is an
    e-mail that certainly was not sent.
    """
    today = timezone.localdate(at)
    year, week, weekday = today.isocalendar()
    if weekday > LAST_DAY:
        return 0
    asked = list(Digest.objects.filter(year=year, week=week))
    if asked:
        return _again(asked, by=by)
    roles = Role.objects.open_on(today)
    wanting = User.objects.filter(roles__in=roles, is_active=True, wants_digest=True).distinct()
    return sum(_asked(person, year, week, by=by) for person in wanting)


def told_of_digest(person: User) -> str:
    """Why the newest digest of a person was not sent; empty where there is nothing to tell."""
    newest = person.digests.order_by("-year", "-week").first()
    job = None if newest is None else newest_jobs(DIGEST, [newest]).get(newest.pk)
    return job.error if job is not None and job.state == Job.State.FAILED else ""


def _asked(person: User, year: int, week: int, *, by: User) -> bool:
    """The row and its job in one transaction; False where somebody else was first."""
    try:
        with transaction.atomic():
            digest = Digest.objects.create(person=person, year=year, week=week)
            enqueue(kind=DIGEST, key=str(digest.pk), by=by, arguments={"digest": digest.pk})
    except IntegrityError:
        return False
    return True


def _again(asked: list[Digest], *, by: User) -> int:
    jobs = newest_jobs(DIGEST, asked).values()
    lost = [job for job in jobs if job.state == Job.State.FAILED and job.error == NOT_REACHED]
    for job in lost:
        ask_again(job, by=by)
    return len(lost)
