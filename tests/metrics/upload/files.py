"""Files as people send them, made for the tests."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = ("Code", "Value", "Numerator", "Denominator", "No number", "Reason", "Note")


def csv_file(*rows: str, encoding: str = "utf-8") -> bytes:
    """Lines as they are, ended as Excel ends them."""
    return ("\r\n".join(rows) + "\r\n").encode(encoding)


def xlsx_file(
    *rows: Sequence[Any],
    change: Callable[[Worksheet], object] = lambda _sheet: None,
    more: dict[str, Sequence[Sequence[Any]]] | None = None,
) -> bytes:
    """A workbook of one sheet, and of `more` sheets by name; `change` is done to the first."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    for name, lines in (more or {}).items():
        other = book.create_sheet(name)
        for row in lines:
            other.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """The workbook with a part put in, or in the place of one that it has."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry), zipfile.ZIP_DEFLATED)
        new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def part_of(workbook: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return archive.read(name)
