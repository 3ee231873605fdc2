"""What became of work that belongs to rows, where the job's key is the number of its row."""

from collections.abc import Iterable

from django.db.models import Model

from partnerships.models import Job


def newest_jobs(kind: str, rows: Iterable[Model]) -> dict[int, Job]:
    """By the number of the row the job of a kind that was asked for last; one query."""
    keys = [str(each.pk) for each in rows]
    jobs = Job.objects.filter(kind=kind, key__in=keys).order_by("pk")
    return {int(job.key): job for job in jobs}
