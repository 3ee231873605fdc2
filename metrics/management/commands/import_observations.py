"""`manage.py import_observations FILE`: official statistics, or figures that a portal exported."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from metrics.actions import OFFICIAL
from metrics.exported import import_exported
from metrics.official.intake import import_file
from metrics.official.opening import FileRefused
from metrics.official.outcome import Outcome
from partnerships.jobs import run_now
from partnerships.models import Job, User
from partnerships.people.actions import system_actor


class Command(BaseCommand):
    help = "Imports official statistics, or what a portal exported, whole or not at all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--format",
            choices=["portal", "ees"],
            default="ees",
            help="of the file: ees is a published one (the default), portal an export",
        )
        parser.add_argument(
            "--model-year",
            type=int,
            metavar="YEAR",
            help="of statistical neighbours, where the name of the file does not say it",
        )
        parser.add_argument(
            "--approve-as",
            metavar="EMAIL",
            help="with --format portal: the approver in whose name figures of returns are "
            "approved; without it they wait for one",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be stored")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        common: dict[str, Any] = {
            "by": system_actor(),
            "at": timezone.now(),
            "dry_run": options["dry_run"],
        }
        portal = options["format"] == "portal"
        if options["approve_as"] and not portal:
            raise CommandError("--approve-as is for --format portal only.")
        try:
            if portal:
                approver = _approver(options["approve_as"])
                outcome = import_exported(file, approver=approver, **common)
            else:
                outcome = import_file(file, model_year=options["model_year"], **common)
        except FileRefused as error:
            raise CommandError(f"{file.name}: {error} Nothing was imported.") from error
        self.stdout.write(words(outcome, dry_run=options["dry_run"]))
        for job in Job.objects.filter(
            kind="metrics.compute_changes", key=OFFICIAL, state=Job.State.WAITING
        ):
            self._compute(job)

    def _compute(self, job: Job) -> None:
        """What changed, at once: where no worker runs, nobody else would do it."""
        done = run_now(job)
        if done.state == Job.State.DONE:
            self.stdout.write(f"{OFFICIAL}: {done.result['changes']:,} changes worked out")
        else:
            self.stderr.write(
                "The figures are stored, but not what changed "
                f"({done.error or done.get_state_display().lower()}). "
                "Run manage.py compute_changes."
            )


def _approver(email: str | None) -> User | None:
    if not email:
        return None
    try:
        return User.objects.get(email=email.strip().lower(), is_active=True)
    except User.DoesNotExist:
        raise CommandError(f"Nobody with an account here has the address {email}.") from None


def words(outcome: Outcome, *, dry_run: bool) -> str:
    """The outcome in one line."""
    counts = ", ".join(f"{count:,} {word}" for word, count in outcome.counts.items())
    marks = ", ".join(f"{count:,} [{mark}]" for mark, count in sorted(outcome.marks.items()))
    waiting = f"; {outcome.waiting:,} to be approved by a person" if outcome.waiting else ""
    would = " (dry run: nothing was stored)" if dry_run else ""
    without = f"; without a number: {marks}" if marks else ""
    return f"{outcome.subject}: {counts}{waiting}{without}{would}"
