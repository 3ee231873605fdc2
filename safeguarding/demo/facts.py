"""Facts read off the source documents, and the natural keys they should have in the files.

A folder of facts holds JSON lists. A fact has an id, a kind, a partnership, an area and a period
in words, its value as printed, the number in it or none, and a unit.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from safeguarding.demo.files import FileError

# The unit of a fact: the indicator's unit and base, or the unit of a stated change.
UNITS: dict[str, tuple[str, int]] = {
    "count": ("count", 1),
    "%": ("percent", 1),
    "per 1,000": ("rate", 1000),
    "per 10,000": ("rate", 10000),
    "per month": ("average", 1),
    "per child": ("average", 1),
    "weeks": ("average", 1),
}
CHANGE_UNITS = {
    "% change": "percent",
    "percentage points": "points",
    "count change": "count",
    "multiple": "multiple",
}
_MONTHS = "January February March April May June July August September October November December"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of a source. `numeric` is signed for a change and None where there is none."""

    id: str
    kind: str
    partnership: str
    area: str
    period: str
    unit: str
    numeric: Decimal | None

    @property
    def area_code(self) -> str:
        """The area's code in the register; neighbours are the partnership's own."""
        code = self.area.lower().replace(" ", "-")
        own = self.partnership.lower()
        return f"{own}-{code}" if code == "statistical-neighbours" else code

    @property
    def period_key(self) -> str | None:
        """The key of a year, quarter, month, day or calendar year; None for looser periods."""
        words = self.period
        if re.fullmatch(r"\d{4}(-\d{2})?", words):
            return words
        if found := re.fullmatch(r"Q([1-4]) (\d{4}-\d{2})", words):
            return f"{found[2]}-q{found[1]}"
        if found := re.fullmatch(rf"({_MONTHS.replace(' ', '|')}) (\d{{4}})", words):
            return f"{found[2]}-m{_MONTHS.split().index(found[1]) + 1:02d}"
        if re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", words):
            return datetime.strptime(words, "%d %B %Y").date().isoformat()  # noqa: DTZ007
        return None


def read_facts(folder: Path) -> dict[str, Fact]:
    """The facts of every JSON file in the folder, by id. Raises `FileError` where one is wrong."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise FileError(f"{folder} holds no JSON files of facts. Give the folder that does.")
    facts: dict[str, Fact] = {}
    for file in files:
        for entry in _entries(file):
            fact = _fact(entry, file)
            if fact.id in facts:
                raise FileError(f"{file}: the fact {fact.id} stands twice.")
            facts[fact.id] = fact
    return facts


def _entries(file: Path) -> list[dict[str, Any]]:
    try:
        entries = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except ValueError as error:
        raise FileError(f"{file} cannot be read as JSON: {error}.") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise FileError(f"{file} is not a list of facts.")
    return entries


def _fact(entry: dict[str, Any], file: Path) -> Fact:
    try:
        numeric = entry["numeric"]
        return Fact(
            id=entry["id"],
            kind=entry["kind"],
            partnership=entry["partnership"],
            area=entry["area"],
            period=entry["period"],
            unit=entry["unit"],
            numeric=None if numeric is None else Decimal(numeric),
        )
    except KeyError as error:
        raise FileError(f"{file}: the fact {entry.get('id', '?')} has no {error}.") from error
