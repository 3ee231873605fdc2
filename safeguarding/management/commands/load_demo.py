"""`manage.py load_demo`: reference data, the partnerships, accounts, changes and reports.

May be run again at any time: what is there stays, what differs is mended, and the demo
accounts get new passwords.
"""

import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError, transaction
from django.utils import timezone

from metrics.actions import ask_for_changes
from metrics.official.intake import import_file, known_files
from metrics.official.reading import FileRefused
from partnerships.jobs import run_now
from partnerships.models import Job, Partnership, RoleName, User
from partnerships.people.actions import system_actor
from reports.models import AnnualReport
from reports.outputs.files import CannotWrite
from safeguarding.demo.accounts import Account, make_accounts
from safeguarding.demo.assurance import load_assurance_of
from safeguarding.demo.budgets import load_budgets_of
from safeguarding.demo.contents import load_answers, load_requirements, load_terms
from safeguarding.demo.figures import load_figures_of
from safeguarding.demo.files import FileError
from safeguarding.demo.governance import load_governance_of
from safeguarding.demo.inspected import load_inspections_of
from safeguarding.demo.invented_actions import load_invented_actions
from safeguarding.demo.invented_assurance import load_invented_assurance
from safeguarding.demo.invented_governance import load_invented_governance
from safeguarding.demo.invented_money import load_invented_money
from safeguarding.demo.invented_promises import load_invented_promises
from safeguarding.demo.invented_returns import load_invented_categories
from safeguarding.demo.invented_reviews import load_invented_reviews
from safeguarding.demo.invented_targets import load_invented_targets
from safeguarding.demo.invented_words import load_invented_words
from safeguarding.demo.learning import load_learning_of
from safeguarding.demo.meetings import load_meetings_of
from safeguarding.demo.promised import load_promises_of
from safeguarding.demo.recommended import load_recommendations_of
from safeguarding.demo.reference import load_reference
from safeguarding.demo.reports import build_report, plan_reports
from safeguarding.demo.synthetic import Cast, load_synthetic
from safeguarding.demo.training import load_training_of
from safeguarding.demo.voice import load_voice_of


class Command(BaseCommand):
    help = "Loads the four partnerships and the synthetic one, and makes the demo accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--official", type=Path, metavar="FOLDER", help="of published statistics, to import"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # What the jobs did is said below; their log lines would say it twice.
        logging.getLogger("partnerships.jobs").setLevel(logging.WARNING)
        try:
            files = known_files(options["official"]) if options["official"] else []
            accounts = self._load()
            self._import(files)
        except FileRefused as error:
            raise CommandError(f"{error} Nothing was imported.") from error
        except FileError as error:
            raise CommandError(f"{error} Nothing was loaded.") from error
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(
                f"The database is not ready: {str(error).strip()}. "
                "Check DATABASE_URL, run `python manage.py migrate`, then try again."
            ) from error
        for partnership in Partnership.objects.order_by("slug"):
            self._work(partnership)
        for report in AnnualReport.objects.select_related("partnership"):
            self._build(report)
        self._print(accounts)

    def _load(self) -> list[Account]:
        fixtures = settings.BASE_DIR / "fixtures"
        now = timezone.now()
        with transaction.atomic():
            loader = system_actor()
            load_reference(fixtures)
            load_requirements(fixtures)
            load_terms(fixtures / "glossary.csv")
            for slug in Partnership.objects.order_by("slug").values_list("slug", flat=True):
                if (fixtures / slug / "observations.csv").exists():
                    counts = load_figures_of(fixtures / slug, by=loader, at=now)
                    self._say(slug, counts)
                if more := self._load_more(fixtures / slug, slug, loader):
                    self._say(slug, more)
            accounts = make_accounts()
            cast = Cast(
                unit=_person(RoleName.BUSINESS_UNIT),
                police=_person(RoleName.CONTRIBUTOR),
                approver=_person(RoleName.APPROVER),
                loader=loader,
            )
            counts = load_synthetic(
                cast, folder=fixtures / "demoshire", today=timezone.localdate(), at=now
            )
            self._say("demoshire", counts)
            divided = load_invented_categories(
                cast, folder=fixtures / "demoshire", today=timezone.localdate(), at=now
            )
            self._say("demoshire by category", divided)
            said = load_invented_words(
                cast, folder=fixtures / "demoshire", today=timezone.localdate(), at=now
            )
            self._say("demoshire in words", said)
            synthetic = Partnership.objects.get(slug="demoshire")
            load_invented_reviews(synthetic, by=cast.unit, today=timezone.localdate())
            load_invented_governance(synthetic, by=cast.unit, today=timezone.localdate())
            load_invented_promises(synthetic, by=cast.unit, today=timezone.localdate())
            load_invented_actions(
                synthetic, unit=cast.unit, police=cast.police, today=timezone.localdate(), at=now
            )
            load_invented_money(synthetic, by=cast.unit, today=timezone.localdate())
            load_invented_assurance(synthetic, by=cast.unit, today=timezone.localdate())
            load_invented_targets(synthetic, by=cast.unit, today=timezone.localdate(), at=now)
            sections = fixtures / "report_sections.csv"
            planned = plan_reports(sections, by=loader, today=timezone.localdate())
            answered = load_answers(
                fixtures / "report_answers.csv", by=loader, today=timezone.localdate()
            )
            self._say("reports", {"planned": planned, "answers to requirements": answered})
        return accounts

    def _import(self, files: list[Path]) -> None:
        """Official statistics: all the files or none."""
        with transaction.atomic():
            for file in files:
                try:
                    outcome = import_file(file, by=system_actor(), at=timezone.now())
                except FileRefused as error:
                    raise FileRefused(f"{file.name}: {error}") from error
                self._say(outcome.subject, outcome.counts)

    def _load_more(self, folder: Path, slug: str, loader: User) -> dict[str, int]:
        """What is no indicator's: governance, budget, reviews, assurance, training, promises."""
        partnership = Partnership.objects.get(slug=slug)
        counts: dict[str, int] = {}
        for load in (
            load_governance_of,
            load_meetings_of,
            load_budgets_of,
            load_learning_of,
            load_inspections_of,
            load_promises_of,
            load_recommendations_of,
            load_assurance_of,
            load_training_of,
            load_voice_of,
        ):
            counts |= load(folder, partnership, by=loader)
        return {words: count for words, count in counts.items() if count}

    def _work(self, partnership: Partnership) -> None:
        job = run_now(ask_for_changes(partnership, by=system_actor()))
        if job.state != Job.State.DONE:
            raise CommandError(f"The changes of {partnership.slug} failed: {job.error}")
        self._say(f"{partnership.slug}: changes", job.result)

    def _build(self, report: AnnualReport) -> None:
        folder = settings.VAR_DIR / "reports"
        try:
            trouble = build_report(report, folder, by=system_actor())
        except CannotWrite as error:
            trouble = str(error)
        if trouble:
            raise CommandError(f"The report {report.year} was not built: {trouble}")
        name = f"{report.partnership.slug}-{report.year}"
        self.stdout.write(f"report: {folder}/{name}.html, .pdf, .csv and .xlsx")

    def _say(self, what: str, counts: dict[str, Any]) -> None:
        words = ", ".join(f"{count} {word}" for word, count in counts.items())
        self.stdout.write(f"{what}: {words}")

    def _print(self, accounts: list[Account]) -> None:
        self.stdout.write("\nDemo accounts, with passwords made for this run:\n")
        for account in accounts:
            self.stdout.write(f"  {account.email:32} {account.password}   {account.what}")


def _person(role: RoleName) -> User:
    return User.objects.get(email=f"{role.value}@demo.example")
