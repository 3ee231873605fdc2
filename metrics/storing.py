"""Storing the changes of many figures at once, past the ORM's objects.

A row of `Change` costs the ORM some 50 microseconds; a partnership may have a hundred thousand.
The database's constraints hold all the same.
"""

from collections.abc import Iterable
from io import StringIO
from typing import Any

import pandas as pd
from django.db import connection, transaction

from metrics.models import Change
from partnerships.models import Partnership

# The columns of `metrics.arithmetic.table`, and the fields that they are stored in.
COLUMNS = {
    "cell_id": "cell",
    "against": "against",
    "from_revision": "from_revision",
    "to_revision": "to_revision",
    "absolute": "absolute",
    "percent": "percent",
    "points": "points",
    "rounding_low": "rounding_low",
    "rounding_high": "rounding_high",
    "low": "low",
    "high": "high",
    "p": "p",
    "state": "state",
    "caution": "caution",
    "reason": "reason",
    "rule": "rule",
}
BATCH = 500  # parameters of one statement
ROWS = 50_000  # of one COPY, some 10 MB


def replace_all(partnership: Partnership, rows: pd.DataFrame) -> int:
    """Makes `rows` the partnership's changes. Returns how many there are."""
    with transaction.atomic():
        Change.objects.filter(cell__dataset__owner=partnership).delete()
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


def _insert(rows: pd.DataFrame) -> None:
    quote = connection.ops.quote_name
    names = [quote(Change._meta.get_field(field).column) for field in COLUMNS.values()]
    into = f"{quote(Change._meta.db_table)} ({', '.join(names)})"
    given = rows[list(COLUMNS)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, into, given)
        else:
            marks = ", ".join(["%s"] * len(names))
            # SQLite stores a NaN as NULL.
            insert = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608  (our model's own names)
            cursor.executemany(insert, _values(given))


def _copy(cursor: Any, into: str, rows: pd.DataFrame) -> None:
    for start in range(0, len(rows), ROWS):
        text = StringIO()
        rows.iloc[start : start + ROWS].to_csv(text, header=False, index=False, na_rep="\\N")
        text.seek(0)
        cursor.copy_expert(f"COPY {into} FROM STDIN WITH (FORMAT csv, NULL '\\N')", text)


def _values(rows: pd.DataFrame) -> Iterable[tuple[object, ...]]:
    earlier = rows["from_revision"].to_numpy(dtype=object, na_value=None)
    columns = [
        earlier.tolist() if name == "from_revision" else rows[name].tolist() for name in COLUMNS
    ]
    return zip(*columns, strict=True)
