"""`manage.py export_public PARTNERSHIP YEAR`: what a report prints, as CSV on stdout.

One row for each printed figure in reading order: address, section, text as printed, value
(plain, unrounded; empty for a marker), marker, unit. Public form: fit to leave. The same as an
edition's CSV.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.management.reading import content_named
from reports.outputs.csv_file import csv_of


class Command(BaseCommand):
    help = "Writes every figure that a yearly report prints, in reading order, as CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("partnership", metavar="PARTNERSHIP", help="by its slug")
        parser.add_argument("year", metavar="YEAR", help="such as 2019-20")

    def handle(self, *args: Any, **options: Any) -> None:
        content = content_named(options["partnership"], options["year"])
        self.stdout.write(csv_of(content), ending="")
