"""Running one job: take it, do its work, and end it together with its effect."""

import logging
import secrets
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from partnerships.jobs import dispatch, endings
from partnerships.jobs.errors import Cancelled, HandedBack, JobError, LeaseLost
from partnerships.jobs.heartbeat import Heartbeat
from partnerships.jobs.registry import Effect, Kind, kind_named, kinds
from partnerships.models import Job

log = logging.getLogger(__name__)

LONGEST_WORDS = Job._meta.get_field("progress_words").max_length


def never() -> bool:
    return False


@dataclass(frozen=True)
class Run:
    """What a handler gets: the job, and the way to say how far it is."""

    job: Job
    kind: Kind = field(repr=False)
    stopping: Callable[[], bool] = field(default=never, repr=False)

    @property
    def held(self) -> QuerySet[Job]:
        return endings.held(self.job.pk, self.job.lease)

    def progress(self, done: int, total: int, words: str = "") -> None:
        """Say that `done` of `total` steps are done, and in words what is being done now.

        Once a step, not once a row: each call writes. Raises what `check_cancelled` raises.
        """
        self.held.update(
            progress_done=min(done, total),
            progress_total=total,
            progress_words=words[:LONGEST_WORDS],
        )
        self.check_cancelled()

    def check_cancelled(self) -> None:
        """Go on, or raise: `Cancelled`, `LeaseLost`, or `HandedBack` where the worker stops."""
        asked = self.held.values_list("cancel_requested", flat=True).first()
        if asked is None:
            raise LeaseLost
        if asked:
            raise Cancelled
        if self.stopping():
            raise HandedBack

    def hold(self) -> None:
        """Raise `LeaseLost`, or keep the job this run's until the transaction ends.

        For work that must store something before its effect: a worker that was taken for dead
        then cannot store what it read long ago. Comes last in a short transaction, since the
        heartbeat waits for it.
        """
        if self.held.select_for_update().first() is None:
            raise LeaseLost


def due(now: datetime) -> QuerySet[Job]:
    """Waiting jobs that may start now, longest waiting first.

    Left out is what this process has no handler for, and work that runs at this moment.
    """
    running = Job.objects.filter(
        kind=OuterRef("kind"), key=OuterRef("key"), state=Job.State.RUNNING
    )
    waiting = Job.objects.filter(state=Job.State.WAITING, not_before__lte=now, kind__in=kinds())
    return waiting.filter(~Exists(running)).order_by("asked_at", "id")


def claim(
    job_id: int, *, now: datetime, stopping: Callable[[], bool] = never, early: bool = False
) -> Run | None:
    """Take a waiting job, or nothing where it cannot be taken (now, or any more).

    A row that a request has locked is passed over: its transaction nudges when it commits.
    `early` takes a job that waits out the time before its next attempt.
    """
    free = Job.objects.filter(pk=job_id, state=Job.State.WAITING, kind__in=kinds())
    free = free if early else free.filter(not_before__lte=now)
    lease = secrets.token_hex(16)
    try:
        with transaction.atomic():
            job = free.select_for_update(skip_locked=True).first()
            if job is None:
                return None
            kind = kind_named(job.kind)
            taken = free.update(
                state=Job.State.RUNNING,
                lease=lease,
                lease_until=now + kind.lease,
                attempts=F("attempts") + 1,
                started_at=now,
                cancel_requested=False,
                progress_done=0,
                progress_total=0,
                progress_words="",
                error="",
            )
    except IntegrityError:  # the same work runs: this one stays waiting
        return None
    job.refresh_from_db()
    return Run(job, kind, stopping) if taken else None


def claim_next(*, now: datetime, stopping: Callable[[], bool] = never) -> Run | None:
    """Take the job that has waited longest; another worker may win any of them."""
    for job_id in due(now).values_list("pk", flat=True)[:10]:
        if (run := claim(job_id, now=now, stopping=stopping)) is not None:
            return run
    return None


def execute(run: Run, *, again: bool = True) -> Job:
    """Do the work of a taken job and end it; never raises what the handler raised.

    `again=False` fails the job at the first unexpected error, where a person stands waiting.
    A lost connection to the database is raised: the lease then runs out by itself.
    """
    # Inside a transaction nobody else sees that the job runs, nor could a heartbeat.
    heartbeat = Heartbeat(
        run.job.pk,
        run.job.lease,
        length=run.kind.lease,
        longest=run.kind.longest,
        beats=not connection.in_atomic_block,
    )
    with heartbeat:
        _work(run, again=again)
    run.job.refresh_from_db()
    log.info("Job %s %s: %s.", run.job.pk, run.job, run.job.state)
    _nudge_same_work(run.job)
    return run.job


def _work(run: Run, *, again: bool) -> None:
    try:
        run.check_cancelled()
        _finish(run, run.kind.work(run))
    except LeaseLost:
        log.warning("Job %s %s: the lease was lost, nothing was kept.", run.job.pk, run.kind.name)
    except Cancelled:
        endings.end(run.held, Job.State.CANCELLED, now=timezone.now())
    except HandedBack:
        now = timezone.now()
        endings.wait_again(
            run.held, attempts=run.job.attempts - 1, not_before=now, now=now, error=""
        )
    except JobError as error:
        endings.end(run.held, Job.State.FAILED, now=timezone.now(), error=str(error))
    except Exception as error:
        log.error("Job %s %s: %s", run.job.pk, run.kind.name, trace_without_values(error))
        _stopped_unexpectedly(run, again=again)


def _finish(run: Run, effect: Effect) -> None:
    """The effect and the end of the job in one transaction, if the job is still this run's."""
    with transaction.atomic():
        result = effect()
        wanted = run.held.filter(cancel_requested=False)
        if endings.end(wanted, Job.State.DONE, now=timezone.now(), result=result):
            return
        run.check_cancelled()
        raise LeaseLost


def _stopped_unexpectedly(run: Run, *, again: bool) -> None:
    now = timezone.now()
    if again:
        endings.try_again_or_fail(run.held, run.job, now=now, error=endings.UNEXPECTED)
    else:
        endings.end(run.held, Job.State.FAILED, now=now, error=endings.UNEXPECTED)


def _nudge_same_work(job: Job) -> None:
    """What waited for this run to end can start, or what waits for its next attempt."""
    same_work = Q(kind=job.kind, key=job.key, state=Job.State.WAITING)
    for job_id in Job.objects.filter(same_work).values_list("pk", flat=True):
        dispatch.after_commit(job_id)


def trace_without_values(error: BaseException) -> str:
    """Where it happened and of what type, for the log.

    An exception's own words are left out: they repeat the values it fell over.
    """
    parts: list[str] = []
    current: BaseException | None = error
    while current is not None:
        frames = traceback.extract_tb(current.__traceback__)
        where = " > ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
        parts.append(f"{type(current).__qualname__} at {where}")
        current = current.__cause__ or current.__context__
    return "; from ".join(parts)
