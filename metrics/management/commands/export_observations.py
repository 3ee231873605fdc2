"""`manage.py export_observations [--partnership SLUG]`: approved figures as CSV on stdout."""

import csv
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from metrics.exports import OBSERVATION_COLUMNS, observations
from partnerships.management.arguments import partnerships_named


class Command(BaseCommand):
    help = "Writes every approved figure as CSV to standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--partnership", metavar="SLUG", help="one partnership, by its slug")

    def handle(self, *args: Any, **options: Any) -> None:
        partnerships = partnerships_named(options["partnership"])
        writer = csv.DictWriter(self.stdout, OBSERVATION_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(observations(partnerships))
