"""Whether the categories of a return's counts make their totals (`metrics.checks.adds_up`).

The rule spans several figures. The form of a return holds what is typed together to it, and
nothing that breaks it can be submitted or approved.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from metrics import queries
from metrics.checks import Partition, adds_up
from metrics.entries import Entry
from metrics.models import Area, Breakdown, Cell, Dataset, Indicator
from metrics.models.revisions import Marker
from metrics.owed import expectations_on, with_categories
from metrics.queries import ReturnRow
from partnerships.periods import Span


@dataclass(frozen=True, slots=True)
class Off:
    """A total and categories that do not go together: their rows, the total's first, and why."""

    rows: tuple[ReturnRow, ...]
    why: str

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(row.key for row in self.rows)


def off(rows: Iterable[ReturnRow], typed: Mapping[str, Entry | None] | None = None) -> list[Off]:
    """Where the newest figures do not add up, with what is typed over them.

    `typed` by the keys of the rows; None for what cannot be read as a number.
    """
    over = typed or {}
    made = []
    for total, parts in divided(rows):
        numbers = {row.key: _number(row, over) for row in (total, *parts)}
        first = parts[0].owed.category
        assert first is not None  # parts are of categories
        found = adds_up(
            Partition(
                known_as=f"{total.name} by {first.breakdown.name.lower()}",
                total=numbers[total.key],
                parts={
                    row.owed.category.name: numbers[row.key] for row in parts if row.owed.category
                },
            )
        )
        if found is not None:
            made.append(Off((total, *parts), found.message))
    return made


def divided(rows: Iterable[ReturnRow]) -> Iterator[tuple[ReturnRow, list[ReturnRow]]]:
    """Each count that is divided into a partition, with the rows of its categories."""
    for _, of_one in groupby(rows, key=lambda each: each.indicator.pk):
        total, *parts = of_one
        if total.owed.category is not None or total.indicator.unit != "count":
            continue
        for nature, group in groupby(parts, key=_nature):
            if nature[1] == Breakdown.Nature.PARTITION:
                yield total, list(group)


def why_it_does_not_add_up(cell: Cell) -> str:
    """Of the group that a cell is in; empty where it adds up, or is in none."""
    around = off_around(cell.dataset, cell.area, cell.period.span, cell.indicator, cell.slice.key)
    return " ".join(each.why for each in around)


def off_around(
    dataset: Dataset, area: Area, span: Span, indicator: Indicator, slice_key: str
) -> list[Off]:
    """The groups that a figure is in and that do not add up, whoever enters the rest of them.

    None, one, or three queries: for amounts that are no counts, for counts without categories,
    and for the others.
    """
    if dataset.owner is None or indicator.unit != "count":
        return []
    standing = expectations_on(dataset.owner, on=span.last).filter(indicator=indicator)
    owed = with_categories([indicator], standing)
    if len(owed) == 1:
        return []
    rows = queries.return_rows(dataset, area, span, owed)
    here = {each.key for each in owed if each.slice_key == slice_key}
    return [each for each in off(rows) if here.intersection(each.keys)]


def _number(row: ReturnRow, typed: Mapping[str, Entry | None]) -> Decimal | None:
    """The number that counts towards the whole: 0 for what cannot happen, None where unknown."""
    if row.key in typed:
        entry = typed[row.key]
        value, marker = (entry.value, entry.marker) if entry else (None, "")
    else:
        latest = row.latest
        value, marker = (latest.value, latest.marker) if latest else (None, "")
    return Decimal(0) if marker == Marker.NOT_APPLICABLE else value


def _nature(row: ReturnRow) -> tuple[str, str]:
    category = row.owed.category
    assert category is not None  # the first row of an indicator is its whole
    return category.breakdown.name, category.breakdown.nature
