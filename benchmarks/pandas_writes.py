"""Tables of pandas into the database, for the peers of the benchmarks: nothing of ours is in it.

To be imported after `django.setup()`.
"""

from io import StringIO

import pandas as pd
from django.db import connection


def write(table: str, rows: pd.DataFrame) -> None:
    """Adds rows, columns named as in the database: `to_csv` and COPY, or `executemany`."""
    names = ", ".join(rows.columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            text = StringIO()
            rows.to_csv(text, header=False, index=False, na_rep="\\N")
            text.seek(0)
            form = "WITH (FORMAT csv, NULL '\\N')"
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN {form}", text)
            return
        marks = ", ".join(["%s"] * len(rows.columns))
        plain = rows.astype(object).where(rows.notna(), None)
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",
            list(plain.itertuples(index=False, name=None)),
        )


def next_number(table: str) -> int:
    """The first number that no row has: nobody else writes while a peer is measured."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}")
        (number,) = cursor.fetchone()
    return int(number)
