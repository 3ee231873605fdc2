"""Telling Celery that a job waits, without ever waiting for Celery.

A message is a nudge and nothing more: the row is the truth, and the sweep nudges again.
So the request only puts a number into a bounded queue in memory; a thread of this
process carries it to the broker, which may refuse, or accept and never answer.
"""

import logging
import os
import queue
import threading
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)

RUN_JOB = "partnerships.run_job"
MOST_HELD = 1000

_waiting: queue.Queue[int] = queue.Queue(maxsize=MOST_HELD)
_thread: threading.Thread | None = None
_starting = threading.Lock()


def after_commit(job_id: int) -> None:
    """Nudge when the transaction that wrote the row has been committed, not before."""
    transaction.on_commit(partial(nudge, job_id), robust=True)


def nudge(job_id: int) -> None:
    """Hand the number to the carrying thread; never blocks, never raises.

    Without a broker nothing is done: `manage.py work` finds the row itself.
    """
    if not settings.REDIS_URL:
        return
    try:
        _waiting.put_nowait(job_id)
    except queue.Full:
        log.warning("Job %s is left to the sweep: %s nudges wait already.", job_id, MOST_HELD)
        return
    _carrier_runs()


def _carrier_runs() -> None:
    """Start the thread at the first nudge, so that it lives in the process that forked last."""
    global _thread
    with _starting:
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_carry, name="job-nudges", daemon=True)
            _thread.start()


def _carry() -> None:
    while True:
        job_id = _waiting.get()
        try:
            # No retries here: while this one is tried again, the others would wait.
            current_app.send_task(RUN_JOB, args=(job_id,), retry=False)
        except Exception as error:
            left = 1 + _forget_the_rest()
            # The type alone: a broker's message may repeat its address with the password.
            log.warning("Broker away (%s): %s jobs left to the sweep.", type(error).__name__, left)


def _forget_the_rest() -> int:
    """Empty the queue: each of them would wait out the same timeout. How many there were."""
    forgotten = 0
    while True:
        try:
            _waiting.get_nowait()
        except queue.Empty:
            return forgotten
        forgotten += 1


def _after_fork() -> None:
    """A forked child has neither the thread nor a right to the parent's nudges."""
    global _waiting, _thread, _starting
    _waiting, _thread, _starting = queue.Queue(maxsize=MOST_HELD), None, threading.Lock()


os.register_at_fork(after_in_child=_after_fork)
