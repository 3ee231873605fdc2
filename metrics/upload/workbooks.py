"""Workbooks (.xlsx) as rows of cells, read by openpyxl row by row; nothing in them is run."""

import io
import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from metrics.upload.archives import inspected
from metrics.upload.cells import ERROR, Cell, Fault, Percent, Row
from metrics.upload.refusals import FileRefused
from metrics.upload.structure import DAMAGED, TOO_LARGE, Structure

MOST_COLUMNS = 100
MOST_SHEETS = 100

NOT_WORKED_OUT = (
    "The cell holds a formula without a saved result. Open the workbook in a spreadsheet program, "
    "save it, and upload it again."
)
A_TIME = "The cell holds a time of day or a length of time. Format it as a number, and type again."
HIDDEN = "The row is hidden in the workbook. Show it, or delete it, and upload again."
TOO_WIDE = (
    f"Something stands beyond column {MOST_COLUMNS} ({get_column_letter(MOST_COLUMNS)}), which is "
    "as far as the portal reads. Delete the columns that are no figures."
)
# What a number format shows as it stands, and does not reckon with: 0"%" shows 24 as 24%.
_QUOTED = re.compile(r'"[^"]*"|\\.')


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet or text; each call of `rows` begins at its first row."""

    name: str
    rows: Callable[[], Iterator[Row]]
    shown: bool = True
    divided: bool = False  # into columns by signs in a text, which may stand in numbers, too
    formulas: int = 0
    hidden_columns: Sequence[tuple[int, int]] = ()  # first and last, from 1

    def hides(self, place: int) -> bool:
        """Whether the column at a place, from 0, is one of those that nobody sees."""
        return any(first <= place + 1 <= last for first, last in self.hidden_columns)


def sheets_of(content: bytes) -> list[Sheet]:
    """The sheets of a workbook in their order. Raises `FileRefused`."""
    structures = inspected(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library tells of parts that it leaves out
            book = load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
    except Exception as error:  # whatever the library falls over, the file is at fault
        raise FileRefused(DAMAGED) from error
    if len(book.worksheets) > MOST_SHEETS:
        raise FileRefused(TOO_LARGE)
    found = []
    for page in book.worksheets:
        structure = structures.pop(_part_of(page), None)
        if structure is None:  # nobody has looked at what it hides, or it is two sheets at once
            raise FileRefused(DAMAGED)
        page.reset_dimensions()  # what the file says of its size may be wrong
        found.append(
            Sheet(
                page.title,
                _reader(page, structure),
                shown=page.sheet_state == "visible",
                formulas=structure.formulas,
                hidden_columns=structure.hidden_columns,
            )
        )
    return found


def _part_of(page: Any) -> str:
    return str(page._worksheet_path).lstrip("/")


def _merged(structure: Structure) -> Mapping[int, tuple[tuple[int, int, str], ...]]:
    """The merged cells of each row, as a `Row` says them."""
    found: dict[int, tuple[tuple[int, int, str], ...]] = defaultdict(tuple)
    for each in structure.merged:
        for row in range(each.top, min(each.bottom, each.top + 10_000) + 1):
            found[row] += ((each.left - 1, each.right - 1, each.ref),)
    return found


def _reader(page: Any, structure: Structure) -> Callable[[], Iterator[Row]]:
    merged = _merged(structure)

    def rows() -> Iterator[Row]:
        try:
            for number, line in enumerate(page.rows, start=1):
                if not line:
                    continue
                cells = tuple(
                    _cell(cell, number, column, structure)
                    for column, cell in enumerate(line[:MOST_COLUMNS], start=1)
                )
                if not any(cell != "" for cell in cells):
                    continue
                fault = HIDDEN if number in structure.hidden else ""
                if any(cell.value is not None for cell in line[MOST_COLUMNS:]):
                    fault = TOO_WIDE
                yield Row(number, cells, fault, merged.get(number, ()))
        except FileRefused:
            raise
        except Exception as error:  # as above: the file is at fault
            raise FileRefused(DAMAGED) from error

    return rows


def _cell(cell: Any, row: int, column: int, structure: Structure) -> Cell:
    value = cell.value
    if value is None:
        if structure.not_worked_out and (
            f"{get_column_letter(column)}{row}" in structure.not_worked_out
        ):
            return Fault(NOT_WORKED_OUT)
        return ""
    if cell.data_type == "e":
        return Fault(ERROR.format(value))
    match value:
        case bool():
            return str(value).upper()  # an answer to yes or no, as it is in a text file
        case int():
            return _number(Decimal(value), cell)
        case float():
            # As many digits as the spreadsheet shows: beyond them is noise of binary fractions.
            return _number(Decimal(f"{value:.15g}"), cell)
        case datetime():
            return value.date()
        case date():
            return value
        case time() | timedelta():
            return Fault(A_TIME)
        case _:
            return str(value)


def _number(number: Decimal, cell: Any) -> Cell:
    if not number.is_finite():
        return Fault(ERROR.format(number))
    if cell.has_style and "%" in _QUOTED.sub("", cell.number_format or ""):
        return Percent((number * 100).normalize())
    return number
