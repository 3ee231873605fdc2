"""Rows of CSV files, each with its line, so that a wrong one can be named."""

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Concatenate, ParamSpec

from django.db import transaction

from partnerships.periods import PeriodError
from partnerships.refusals import Refused

Told = ParamSpec("Told")


class FileError(Exception):
    """A file that cannot be loaded; the message names the file, the line and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, and readers that name file, line and column when wrong."""

    file: Path
    line: int
    cells: dict[str, str]

    def error(self, sentence: str) -> FileError:
        return FileError(f"{self.file.as_posix()}, line {self.line}: {sentence}")

    def text(self, column: str) -> str:
        """The cell; a column that the file lacks is an error, an empty cell is not."""
        try:
            return self.cells[column].strip()
        except KeyError:
            raise self.error(f"there is no column {column!r}.") from None

    def required(self, column: str) -> str:
        value = self.text(column)
        if not value:
            raise self.error(f"{column} is empty.")
        return value

    def number(self, column: str) -> Decimal | None:
        value = self.text(column)
        if not value:
            return None
        try:
            return Decimal(value)
        except InvalidOperation:
            raise self.error(f"{column} is {value!r}, which is not a number.") from None

    def whole(self, column: str, default: int) -> int:
        value = self.text(column)
        if not value:
            return default
        if not value.isdigit():
            raise self.error(f"{column} is {value!r}, which is not a whole number.")
        return int(value)

    def day(self, column: str) -> date | None:
        value = self.text(column)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.error(f"{column} is {value!r}. Write days like 2020-03-31.") from None

    def first_day(self, column: str) -> date:
        value = self.day(column)
        if value is None:
            raise self.error(f"{column} is empty.")
        return value

    def yes(self, column: str) -> bool:
        value = self.text(column)
        if value not in {"yes", "no"}:
            raise self.error(f"{column} is {value!r}. Write yes or no.")
        return value == "yes"


def rows(file: Path) -> Iterator[Row]:
    """The rows of a UTF-8 CSV file with a header. Line 2 is the first after it."""
    try:
        with file.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle, strict=True)
            for cells in reader:
                if None in cells or None in cells.values():
                    raise FileError(
                        f"{file.as_posix()}, line {reader.line_num}: the row has more or fewer "
                        "cells than the header. Quote cells that hold a comma."
                    )
                yield Row(file, reader.line_num, cells)
    except FileNotFoundError:
        raise FileError(f"{file.as_posix()} is missing.") from None
    except UnicodeDecodeError as error:
        raise FileError(
            f"{file.as_posix()} is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        ) from None
    except csv.Error as error:
        raise FileError(f"{file.as_posix()} cannot be read as CSV: {error}.") from None


def rows_if_any(file: Path) -> list[Row]:
    """The rows of a file that a partnership need not have; none where there is no such file."""
    return list(rows(file)) if file.exists() else []


@contextmanager
def named(row: Row) -> Iterator[None]:
    """Says which row of which file is refused."""
    try:
        yield
    except (Refused, PeriodError) as error:
        raise row.error(str(error)) from error


def load_each(
    folder: Path,
    files: Iterable[tuple[str, str, Callable[Concatenate[Row, Told], None]]],
    *told: Told.args,
    **more: Told.kwargs,
) -> dict[str, int]:
    """Loads files one after the other, all or none; returns how many rows there were of each.

    `files` says what its rows are, its name, and what stores a row, which is told the rest too.
    """
    counts = {}
    with transaction.atomic():
        for words, name, store in files:
            found = rows_if_any(folder / name)
            for row in found:
                with named(row):
                    store(row, *told, **more)
            counts[words] = len(found)
    return counts


def known(row: Row, column: str, values: Iterable[str], default: str = "") -> str:
    """A choice; the error names the others. It may be left empty where "" is one of them."""
    choices = list(values)
    value = row.cells.get(column, "").strip() or default
    if not value and "" not in choices:
        value = row.required(column)
    if value not in choices:
        named = ", ".join(filter(None, choices))
        raise row.error(f"{column} is {value!r}. It is one of {named}.")
    return value
