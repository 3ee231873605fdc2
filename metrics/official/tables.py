"""Many rows at once, straight into a table.

`bulk_create` makes an object for each row and asks each field in turn; that took most of the
time of an import (benchmarks/intake_ees.py). The constraints of the database hold all the same.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def reserve(model: type[Model], count: int) -> Sequence[int]:
    """Numbers for rows that are about to be written, so that they can refer to each other.

    On SQLite the transaction must hold the write lock already (settings: IMMEDIATE).
    """
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")  # noqa: S608  # a model's own
        (last,) = cursor.fetchone()
    return range(last + 1, last + 1 + count)


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Writes rows of plain values, in the order of the columns of the table."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lines = io.StringIO("".join("\t".join(map(_text, row)) + "\n" for row in rows))
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", lines)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608
                list(rows),
            )


def _text(value: object) -> str:
    r"""As COPY reads it: \N for nothing, and what would end a column escaped."""
    if value is None:
        return r"\N"
    text = str(value)
    for character, escaped in (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r")):
        text = text.replace(character, escaped)
    return text
