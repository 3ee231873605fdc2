"""A thread that keeps the lease of a run alive, on a database connection of its own."""

import logging
import threading
from datetime import timedelta
from types import TracebackType

from django.db import DatabaseError, connection, connections
from django.utils import timezone

from partnerships.jobs.endings import held

log = logging.getLogger(__name__)


class Heartbeat:
    """While the block runs, the lease is renewed every quarter of its length.

    It stops after `longest`, so that a run that hangs loses its job like a dead one.
    """

    def __init__(
        self, job_id: int, lease: str, *, length: timedelta, longest: timedelta, beats: bool
    ) -> None:
        self._held = held(job_id, lease)
        self._length = length
        self._longest = longest
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"job-{job_id}", daemon=True)
        self._beats = beats

    def __enter__(self) -> None:
        if self._beats:
            self._thread.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        if self._beats:
            self._thread.join(timeout=10)

    def _beat(self) -> None:
        ends = timezone.now() + self._longest
        try:
            while not self._stop.wait(self._length.total_seconds() / 4) and timezone.now() < ends:
                self._renew()
        finally:
            connections.close_all()

    def _renew(self) -> None:
        try:
            if connection.vendor == "sqlite":
                # While the effect writes, nobody else can, so that nobody can take the
                # lease either: come back at the next beat instead of queueing for 20 s.
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA busy_timeout = 200")
            self._held.all().update(lease_until=timezone.now() + self._length)
        except DatabaseError as error:
            log.info("A heartbeat was missed (%s).", type(error).__name__)
            connection.close()
