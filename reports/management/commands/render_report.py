"""`manage.py render_report PARTNERSHIP YEAR [--html|--pdf|--csv|--xlsx FILE]`: a report as files.

Without a file named, all four go to VAR_DIR/reports/. They are written whole and all together,
or not at all. No edition is kept: that is the job's.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.editions.content import ReportContent
from reports.management.reading import content_named
from reports.outputs.csv_file import csv_of
from reports.outputs.files import CannotWrite, write_all
from reports.outputs.html import standing_alone
from reports.outputs.pdf import pdf_of
from reports.outputs.xlsx import xlsx_of

KINDS = ("html", "pdf", "csv", "xlsx")


class Command(BaseCommand):
    help = "Writes a yearly report as HTML and tagged PDF, its figures as CSV and XLSX."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("partnership", metavar="PARTNERSHIP", help="by its slug")
        parser.add_argument("year", metavar="YEAR", help="such as 2019-20")
        for kind in KINDS:
            parser.add_argument(f"--{kind}", metavar="FILE", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        content = content_named(options["partnership"], options["year"])
        places = {kind: options[kind] for kind in KINDS if options[kind] is not None}
        if not places:
            folder = settings.VAR_DIR / "reports"
            folder.mkdir(parents=True, exist_ok=True)
            places = {kind: folder / f"{content.name}.{kind}" for kind in KINDS}
        if len(set(places.values())) < len(places):
            raise CommandError("Two files have the same name. Nothing was written.")
        made = _made(content, places)
        try:
            write_all({place: made[kind] for kind, place in places.items()})
        except CannotWrite as error:
            raise CommandError(f"{error} Nothing was written.") from error
        for path in places.values():
            self.stdout.write(f"{path}")


def _made(content: ReportContent, kinds: Iterable[str]) -> dict[str, bytes]:
    """The files asked for, and no others: a PDF takes its time."""
    made: dict[str, bytes] = {}
    for kind in kinds:
        match kind:
            case "html":
                made[kind] = standing_alone(content).encode()
            case "pdf":
                made[kind] = pdf_of(content, standing_alone(content))
            case "csv":
                made[kind] = csv_of(content).encode()
            case "xlsx":
                made[kind] = xlsx_of(content)
    return made
