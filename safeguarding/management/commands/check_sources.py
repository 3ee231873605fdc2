"""`manage.py check_sources FOLDER [--strict]`: the data files against facts of the sources."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from safeguarding.demo.facts import read_facts
from safeguarding.demo.files import FileError
from safeguarding.demo.sources import HOW, Comparison, compare, read_conflicts


class Command(BaseCommand):
    help = "Compares the data files with a folder of facts; fails where one is missing or wrong."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder of JSON files of facts")
        parser.add_argument(
            "--fixtures", type=Path, default=settings.BASE_DIR / "fixtures", help="the data files"
        )
        parser.add_argument(
            "--strict", action="store_true", help="fail also while facts are not yet covered"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = compare(read_facts(options["folder"]), options["fixtures"])
            conflicts = read_conflicts(options["fixtures"])
        except FileError as error:
            raise CommandError(str(error)) from error
        self._print(found, conflicts)
        for problem in found.problems:
            self.stderr.write(problem)
        if found.problems:
            raise CommandError(f"Problems: {len(found.problems)}. Mend the rows named above.")
        if options["strict"] and found.uncovered:
            raise CommandError(f"Facts not yet covered: {found.uncovered}.")

    def _print(self, found: Comparison, conflicts: Counter[str]) -> None:
        groups = sorted({(partnership, kind) for partnership, kind, _ in found.counts})
        for partnership, kind in groups:
            counts = {how: found.counts[partnership, kind, how] for how in HOW}
            words = ", ".join(f"{count} {how}" for how, count in counts.items() if count)
            self.stdout.write(f"{partnership}, {kind}: {sum(counts.values())} facts: {words}")
        for slug, count in sorted(conflicts.items()):
            self.stdout.write(f"{slug}: {count} conflicts between printed figures")
