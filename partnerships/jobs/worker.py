"""The worker without a broker: it takes what waits, one job after the other."""

import logging
import time
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from partnerships.jobs.daily import ASK_EVERY, ask_for_what_is_due
from partnerships.jobs.errors import JobError
from partnerships.jobs.running import claim, claim_next, execute
from partnerships.jobs.sweep import sweep, take_back
from partnerships.models import Job

log = logging.getLogger(__name__)

SWEEP_EVERY = timedelta(seconds=15)
POLL = timedelta(seconds=0.5)
MOST_TROUBLES = 10
ENDED = frozenset({Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED})


def run_now(job: Job) -> Job:
    """Run the job in this process, for commands, and return it as it ended.

    Where another worker was first, wait for it. An unexpected error fails the job at once.
    Inside a transaction there is nobody to wait for: raises `JobError` instead.
    """
    while True:
        now = timezone.now()
        if (run := claim(job.pk, now=now, early=True)) is not None:
            execute(run, again=False)
        job.refresh_from_db()
        if job.state in ENDED:
            return job
        if connection.in_atomic_block:
            raise JobError("The same work runs already. Try again when it has ended.")
        for silent in Job.objects.filter(
            kind=job.kind, key=job.key, state=Job.State.RUNNING, lease_until__lt=now
        ):
            take_back(silent, now=now)
        time.sleep(0.1)


class Worker:
    """Takes what waits until it is stopped, and sweeps in between.

    `stop()` is safe in a signal handler: a run that checks hands its job back, one that
    does not is finished first.
    """

    def __init__(self, *, poll: timedelta = POLL) -> None:
        self._poll = poll
        self._stopping = False
        self._sweep_at: datetime | None = None
        self._daily_at: datetime | None = None
        self._troubles = 0

    def stop(self) -> None:
        self._stopping = True

    def stopping(self) -> bool:
        return self._stopping

    def run_until_stopped(self) -> None:
        """Look for work every half second; outlive a database that is away for a while.

        The day's own work is asked for here, not where waiting jobs are run until there is none.
        Raises `DatabaseError` when it has been away at ten looks in a row.
        """
        while not self._stopping:
            try:
                close_old_connections()
                self._ask_daily_if_due(now=timezone.now())
                idle = not self.run_waiting()
                self._troubles = 0
            except (OperationalError, InterfaceError) as error:
                idle = True
                self._bear(error)
            if idle and not self._stopping:
                # Short sleeps and a flag: an Event may deadlock when a signal handler sets it.
                time.sleep(self._poll.total_seconds() * (1 + self._troubles))

    def run_waiting(self) -> list[Job]:
        """Sweep if it is time, run what may start now, and return those jobs as they ended."""
        ran: list[Job] = []
        while not self._stopping:
            self._sweep_if_due(now=timezone.now())
            run = claim_next(now=timezone.now(), stopping=self.stopping)
            if run is None:
                break
            ran.append(execute(run))
        return ran

    def _sweep_if_due(self, *, now: datetime) -> None:
        if self._sweep_at is None or now >= self._sweep_at:
            sweep(now=now)
            self._sweep_at = now + SWEEP_EVERY

    def _ask_daily_if_due(self, *, now: datetime) -> None:
        if self._daily_at is None or now >= self._daily_at:
            ask_for_what_is_due(now=now)
            self._daily_at = now + ASK_EVERY

    def _bear(self, error: Exception) -> None:
        self._troubles += 1
        log.warning("The database did not answer (%s).", type(error).__name__)
        if self._troubles >= MOST_TROUBLES:
            raise error
        connection.close()
