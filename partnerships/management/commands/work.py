"""`manage.py work`: runs the jobs that wait, without a broker."""

import signal
from collections import Counter
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from partnerships.jobs.worker import Worker
from partnerships.models import Job

AWAY = "The database cannot be reached. Start it, or correct DATABASE_URL, and try again."
EMPTY = "The database has no table of jobs. Run `python manage.py migrate` first."


class Command(BaseCommand):
    help = "Run the jobs that wait. Ends on SIGTERM or Ctrl-C after the job in hand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until-idle", action="store_true", help="run what may start now, then end"
        )

    def handle(self, *args: Any, until_idle: bool, **options: Any) -> None:
        worker = Worker()
        _stop_on_signals(worker)
        try:
            _check_table()
            if until_idle:
                self._report(worker.run_waiting())
            else:
                self.stdout.write("Waiting for jobs. Stop with Ctrl-C.")
                worker.run_until_stopped()
        except DatabaseError as error:
            raise CommandError(AWAY) from error

    def _report(self, ran: list[Job]) -> None:
        states = Counter(job.get_state_display().lower() for job in ran)
        said = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        self.stdout.write(f"Jobs run: {len(ran)}{f' ({said})' if said else ''}.")
        for job in ran:
            if job.state != Job.State.DONE and job.error:
                raise CommandError(f"Job {job.pk} ({job}) is {job.state}: {job.error}")


def _check_table() -> None:
    if Job._meta.db_table not in connection.introspection.table_names():
        raise CommandError(EMPTY)


def _stop_on_signals(worker: Worker) -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        worker.stop()
        # Whoever asks a second time does not want to wait for the job in hand.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
