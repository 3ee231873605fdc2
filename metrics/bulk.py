"""Many rows straight into a table, past the ORM's objects.

For files and for what is worked out of thousands of figures: `bulk_create` makes an object of
each row and prepares each of its values, which took four fifths of the time of a large file.
For some hundred rows, and wherever an object is wanted afterwards, `bulk_create` is the better
one. Every named constraint holds all the same: the database keeps them.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import NOT_PROVIDED, Model

ROWS_AT_ONCE = 10_000  # held in memory, some 2 MB
NOTHING = r"\N"
_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def insert(
    model: type[Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    same: Mapping[str, Any] | None = None,
    over_existing: bool = False,
) -> None:
    """Adds rows of plain values in the order of `columns`, named as attributes (`cell_id`).

    `same` are columns with one value for all rows; a column named in neither gets the default
    of its field. With `over_existing` a row that stands already is passed over; to be called in
    a transaction. COPY on PostgreSQL, prepared statements on SQLite. Raises `IntegrityError`.
    """
    constant = _defaults(model, {*columns, *(same or {})}) | _prepared(model, same or {})
    names = [*columns, *constant]
    batches = _batches(rows)
    if connection.vendor == "postgresql":
        tail = "".join(f"\t{text}" for text in _texts(constant.values())) + "\n"
        texts = (_lines(batch, tail) for batch in batches)
        (_copy_over if over_existing else _copy)(model, names, texts)
    else:
        ending = tuple(constant.values())
        full = ([(*row, *ending) for row in batch] for batch in batches)
        _execute(model, names, full, " ON CONFLICT DO NOTHING" if over_existing else "")


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


def _batches(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    left = iter(rows)
    while batch := list(islice(left, ROWS_AT_ONCE)):
        yield batch


def _defaults(model: type[Model], named: set[str]) -> dict[str, Any]:
    """What the fields that are not named hold where nothing is said."""
    unnamed = {
        field.attname: field.get_default()
        for field in model._meta.concrete_fields
        if not field.primary_key
        and field.attname not in named
        and field.db_default is NOT_PROVIDED  # the database fills it in
    }
    return _prepared(model, {name: each for name, each in unnamed.items() if each is not None})


def _prepared(model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the database takes them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].get_db_prep_save(each, connection) for name, each in values.items()}


def _into(model: type[Model], names: Sequence[str]) -> tuple[str, str]:
    """The table and its columns, quoted."""
    quote = connection.ops.quote_name
    columns = {field.attname: str(field.column) for field in model._meta.concrete_fields}
    return quote(model._meta.db_table), ", ".join(quote(columns[name]) for name in names)


def _copy(model: type[Model], names: Sequence[str], texts: Iterable[io.StringIO]) -> None:
    table, columns = _into(model, names)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        for text in texts:
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", text)


def _copy_over(model: type[Model], names: Sequence[str], texts: Iterable[io.StringIO]) -> None:
    """By a table of this transaction, since COPY itself passes nothing over."""
    table, columns = _into(model, names)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.execute(
            "CREATE TEMPORARY TABLE arriving ON COMMIT DROP AS "  # noqa: S608
            f"SELECT {columns} FROM {table} WITH NO DATA"
        )
        for text in texts:
            cursor.copy_expert(f"COPY arriving ({columns}) FROM STDIN", text)
        # In one order, so that two who add the same rows wait for each other one way only.
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM arriving "  # noqa: S608
            f"ORDER BY {columns} ON CONFLICT DO NOTHING"
        )
        cursor.execute("DROP TABLE arriving")


def _execute(
    model: type[Model],
    names: Sequence[str],
    batches: Iterable[list[tuple[Any, ...]]],
    ending: str,
) -> None:
    table, columns = _into(model, names)
    marks = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks}){ending}"  # noqa: S608  # ours
    with connection.cursor() as cursor:
        for batch in batches:
            cursor.executemany(statement, batch)


def _lines(batch: Iterable[Sequence[Any]], tail: str) -> io.StringIO:
    """Rows as COPY reads them; `tail` ends each."""
    return io.StringIO("".join(["\t".join(_texts(row)) + tail for row in batch]))


def _texts(row: Iterable[object]) -> list[str]:
    r"""As COPY reads them: \N for nothing, and what would end a column escaped."""
    return [
        NOTHING
        if value is None
        else (value.translate(_ESCAPED) if isinstance(value, str) else str(value))
        for value in row
    ]
