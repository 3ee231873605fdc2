"""Work that the portal asks for by itself, once a day after a time in London.

Every worker without a broker, and Celery's beat, asks each minute. The job's key is the day: where
there is one already, whatever became of it, nothing is asked for. Two that ask at the same moment
get the same job; should one of them come after its end, the work is done again, so that doing it
twice must change nothing (docs/jobs.md says the same of all work).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from partnerships.jobs.actions import enqueue
from partnerships.models import Job, User

ASK_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Daily:
    """A kind of work, the time of day in London after which it is due, and who asks for it."""

    kind: str
    after: time
    by: Callable[[], User]


_daily: dict[str, Daily] = {}


def every_day(kind: str, *, after: time, by: Callable[[], User]) -> None:
    """Registers work that is asked for once a day; its handler is registered by itself."""
    _daily[kind] = Daily(kind, after, by)


def ask_for_what_is_due(*, now: datetime) -> list[Job]:
    """Asks for the day's work whose time has come, and that was not asked for yet today."""
    local = timezone.localtime(now)
    day = local.date().isoformat()
    due = [each for each in _daily.values() if local.time() >= each.after]
    asked = set(
        Job.objects.filter(kind__in=[each.kind for each in due], key=day)
        .order_by()
        .values_list("kind", flat=True)
    )
    return [
        enqueue(kind=each.kind, key=day, by=each.by(), arguments={}, now=now)
        for each in due
        if each.kind not in asked
    ]
