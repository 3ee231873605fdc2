"""Storing the changes of many figures at once, past the ORM's objects.

The objects would cost more than working the changes out. The database's constraints hold all
the same: COPY on PostgreSQL, one prepared statement on SQLite.
"""

from collections.abc import Iterable
from io import StringIO
from typing import Any

import pandas as pd
from django.db import connection, transaction
from django.db.models import Model

from metrics.models import Change
from partnerships.models import Partnership

# Columns of `metrics.arithmetic.table` that the store names otherwise.
COLUMNS = {"from_revision": "from_revision_id", "to_revision": "to_revision_id"}
BATCH = 500  # parameters of one statement
ROWS = 50_000  # of one COPY, some 10 MB


def replace_all(partnership: Partnership, rows: pd.DataFrame) -> int:
    """Makes `rows` the partnership's changes. Returns how many there are."""
    with transaction.atomic():
        Change.objects.filter(cell__dataset__owner=partnership).delete()
        insert(Change, rows.rename(columns=COLUMNS))
    return len(rows)


def replace_some(rows: pd.DataFrame) -> int:
    """Makes `rows` the only changes of the figures that they are of. Returns how many there are."""
    cells = rows["cell_id"].unique().tolist()
    with transaction.atomic():
        for start in range(0, len(cells), BATCH):
            Change.objects.filter(cell__in=cells[start : start + BATCH]).delete()
        insert(Change, rows.rename(columns=COLUMNS))
    return len(rows)


def insert(model: type[Model], rows: pd.DataFrame) -> None:
    """Adds rows to a model's table; the columns are named as its fields (`cell_id`)."""
    quote = connection.ops.quote_name
    columns = {field.attname: str(field.column) for field in model._meta.concrete_fields}
    names = ", ".join(quote(columns[str(name)]) for name in rows.columns)
    into = f"{quote(model._meta.db_table)} ({names})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, into, rows)
        else:
            marks = ", ".join(["%s"] * len(rows.columns))
            statement = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608  (our models' names)
            # The stubs ask for a sequence; an iterator will do.
            cursor.executemany(statement, _values(rows))  # type: ignore[arg-type]


def _copy(cursor: Any, into: str, rows: pd.DataFrame) -> None:
    for start in range(0, len(rows), ROWS):
        text = StringIO()
        rows.iloc[start : start + ROWS].to_csv(text, header=False, index=False, na_rep="\\N")
        text.seek(0)
        cursor.copy_expert(f"COPY {into} FROM STDIN WITH (FORMAT csv, NULL '\\N')", text)


def _values(rows: pd.DataFrame) -> Iterable[tuple[object, ...]]:
    """The rows as SQLite takes them. It stores a NaN as NULL; what pandas calls NA it refuses."""
    columns = []
    for name in rows.columns:
        values = rows[name].tolist()
        if isinstance(rows[name].array, pd.arrays.IntegerArray):
            values = [None if value is pd.NA else value for value in values]
        columns.append(values)
    return zip(*columns, strict=True)
