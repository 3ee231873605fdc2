"""Reads a workbook back as a spreadsheet program shows it."""

import io
import re
from decimal import Decimal

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from partnerships.amounts import half_up

_PART = re.compile(
    r'(?P<before>(?:"[^"]*")*)(?P<digits>#,##0|0)(?P<part>\.0+)?(?P<after>(?:"[^"]*")*)'
)


def opened(raw: bytes) -> Workbook:
    return load_workbook(io.BytesIO(raw))


def cells(sheet: Worksheet, place: str) -> list[list[Cell]]:
    return [[cell for cell in row if isinstance(cell, Cell)] for row in sheet[place]]


def table_of(sheet: Worksheet) -> Table:
    """The one table of a sheet."""
    (table,) = sheet.tables.values()
    assert isinstance(table, Table)
    return table


def shown(cell: Cell) -> str:
    """The text of a cell: a number by its number format, as far as the workbooks here use them."""
    if not isinstance(cell.value, int | float):
        return str(cell.value)
    if cell.number_format == "General":
        return str(cell.value).removesuffix(".0")
    positive, _, negative = cell.number_format.partition(";")
    found = _PART.fullmatch(negative if cell.value < 0 and negative else positive)
    assert found is not None, cell.number_format
    places = len(found["part"] or ".") - 1
    size = abs(half_up(Decimal(str(cell.value)), places))
    digits = f"{size:,.{places}f}" if "," in found["digits"] else f"{size:.{places}f}"
    sign = "" if cell.value >= 0 or negative else "-"
    return sign + (found["before"] + digits + found["after"]).replace('"', "")


def rows(sheet: Worksheet) -> list[list[str]]:
    """The rows of a sheet's table as they are shown, its header first."""
    return [[shown(cell) for cell in row] for row in cells(sheet, table_of(sheet).ref)]
