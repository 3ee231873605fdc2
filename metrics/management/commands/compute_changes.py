"""`manage.py compute_changes [--partnership SLUG]`: works out the changes now, in this process.

Without a partnership those of all and of official statistics.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from metrics.actions import OFFICIAL, ask_for_changes
from partnerships.jobs import run_now
from partnerships.management.arguments import partnerships_named
from partnerships.models import Job, Partnership
from partnerships.people.actions import system_actor


class Command(BaseCommand):
    help = "Works out what changed, for one partnership or for all, and stores it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--partnership", metavar="SLUG", help="one partnership, by its slug")

    def handle(self, *args: Any, **options: Any) -> None:
        for partnership in partnerships_named(options["partnership"]):
            self._compute(partnership)
        if options["partnership"] is None:
            self._compute(None)

    def _compute(self, partnership: Partnership | None) -> None:
        what = partnership.slug if partnership else OFFICIAL
        job = run_now(ask_for_changes(partnership, by=system_actor()))
        if job.state != Job.State.DONE:
            raise CommandError(
                f"The changes of {what} were not worked out: "
                f"{job.error or job.get_state_display().lower()}"
            )
        counts = ", ".join(f"{count} {word}" for word, count in job.result.items())
        self.stdout.write(f"{what}: {counts}")
