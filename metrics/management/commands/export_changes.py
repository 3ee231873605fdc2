"""`manage.py export_changes [--partnership SLUG]`: year-on-year changes as CSV on stdout."""

import csv
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from metrics.exports import CHANGE_COLUMNS, changes
from partnerships.management.arguments import partnerships_named


class Command(BaseCommand):
    help = "Writes every year-on-year change, or the reason why there is none, as CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--partnership", metavar="SLUG", help="one partnership, by its slug")

    def handle(self, *args: Any, **options: Any) -> None:
        partnerships = partnerships_named(options["partnership"])
        writer = csv.DictWriter(self.stdout, CHANGE_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(changes(partnerships))
