"""Storing the changes of many figures at once: tables of pandas into the table of changes.

Objects of the ORM would cost more than working the changes out (`metrics.bulk`).
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from django.db import transaction

from metrics.bulk import ROWS_AT_ONCE, insert
from metrics.models import Cell, Change, Dataset
from partnerships.models import Partnership

# Columns of `metrics.arithmetic.table` that the store names otherwise.
COLUMNS = {"from_revision": "from_revision_id", "to_revision": "to_revision_id"}
BATCH = 500  # parameters of one statement


def replace_all(partnership: Partnership | None, rows: pd.DataFrame) -> int:
    """Makes `rows` the changes of the partnership, or without one of official statistics.

    Returns how many there are.
    """
    with transaction.atomic():
        # By their cells: joined to the table itself PostgreSQL took minutes where it had not yet
        # counted the rows.
        datasets = list(Dataset.objects.filter(owner=partnership).values_list("pk", flat=True))
        Change.objects.filter(cell__in=Cell.objects.filter(dataset__in=datasets)).delete()
        _insert(rows)
    return len(rows)


def replace_some(rows: pd.DataFrame) -> int:
    """Makes `rows` the only changes of the figures that they are of. Returns how many there are."""
    cells = rows["cell_id"].unique().tolist()
    with transaction.atomic():
        for start in range(0, len(cells), BATCH):
            Change.objects.filter(cell__in=cells[start : start + BATCH]).delete()
        _insert(rows)
    return len(rows)


def rows_of(table: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """The rows of a table as plain values, None for what pandas holds for nothing."""
    for start in range(0, len(table), ROWS_AT_ONCE):
        part = table.iloc[start : start + ROWS_AT_ONCE]
        yield from zip(*(_values(part[name]) for name in part.columns), strict=True)


def _values(column: pd.Series) -> list[Any]:
    values, empty = column.tolist(), column.isna()
    if not empty.any():
        return values
    return [
        None if nothing else value for value, nothing in zip(values, empty.tolist(), strict=True)
    ]


def _insert(rows: pd.DataFrame) -> None:
    named = rows.rename(columns=COLUMNS)
    insert(Change, list(named.columns), rows_of(named))
