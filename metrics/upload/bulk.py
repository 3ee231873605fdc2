"""Very many rows into a table in few statements.

Django's own way makes an object of each row and prepares each of its values, which takes four
fifths of the time of a large file. Here values go to the database as they are. Every named
constraint holds all the same: the database keeps them.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, models

ROWS_AT_ONCE = 500  # times some twenty columns: below what any database takes in a statement


def insert(
    model: type[models.Model], rows: Iterable[dict[str, Any]], *, over_existing: bool = False
) -> None:
    """Adds rows; a column that a row does not name gets the default of its field.

    With `over_existing` a row that stands already is passed over. The keys are the names of
    columns (`cell_id`).
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    defaults = [(field.attname, field.get_default()) for field in fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column or field.attname) for field in fields)
    into = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "  # noqa: S608  (our own)
    ending = " ON CONFLICT DO NOTHING" if over_existing else ""
    marks = f"({', '.join(['%s'] * len(fields))})"
    values = _values(rows, defaults)
    with connection.cursor() as cursor:
        while batch := list(islice(values, ROWS_AT_ONCE)):
            flat = [value for row in batch for value in row]
            cursor.execute(into + ", ".join([marks] * len(batch)) + ending, flat)


def _values(
    rows: Iterable[dict[str, Any]], defaults: list[tuple[str, Any]]
) -> Iterator[tuple[Any, ...]]:
    moments: dict[datetime, Any] = {}  # mostly one, and dear to prepare
    adapt = connection.ops.adapt_datetimefield_value
    for row in rows:
        for name, value in row.items():
            if isinstance(value, datetime):
                if value not in moments:
                    moments[value] = adapt(value)
                row[name] = moments[value]
        yield tuple(row.get(name, default) for name, default in defaults)
