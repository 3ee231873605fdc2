"""A report's figures as an accessible workbook, written by XlsxWriter.

`sheets` says what stands where; this module gives it fonts, widths and the file. Everything that
is not a number is written as text, so that no words can become a formula or a link. The same
content gives the same bytes: the file holds no time of its making.
"""

import io
import textwrap
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from partnerships.workbook_files import LIKE_A_FORMULA, NO_TIME, in_its_language
from reports.editions.content import ReportContent
from reports.outputs.collecting import collected_at_the_end
from reports.outputs.sheets import Cell, Link, Sheet, sheets_of
from reports.outputs.tables import Number, one_line

FONT = {"font_name": "Arial", "font_size": 12, "font_scheme": False}
BLUE = "#1D70B8"  # links, which are underlined too
GREY = "#B1B4B6"
THIN, THICK = 1, 2  # borders
A4 = 9
HEIGHT = 16  # of a line, in points
ARIAL = 80  # the width of a column nobody set, in pixels: from it the library knows the font's
NARROWEST, WIDEST, COVER = 14, 80, 100  # columns, in letters


class WorkbookError(RuntimeError):
    """Something cannot stand in a workbook; leaving it out would be worse than stopping."""


def xlsx_of(content: ReportContent) -> bytes:
    """The workbook of a report. Raises `NotPublic` where a figure did not pass the gate."""
    properties = {
        "title": one_line(f"{content.cover.title} – {content.cover.partnership}"),
        "subject": content.cover.period,
        "comments": one_line(content.cover.notice),
        "created": NO_TIME,
    }
    sheets = sheets_of(content)
    with collected_at_the_end():
        raw = _written(sheets, properties)
    return in_its_language(raw)


def _written(sheets: Sequence[Sheet], properties: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    # A copy: the library writes into what it is given, and the next workbook would differ.
    options = {"in_memory": True, "default_format_properties": dict(FONT)}
    with xlsxwriter.Workbook(out, options | {"default_column_width": ARIAL}) as book:
        book.set_properties(properties)
        styles = _Styles(book)
        for sheet in sheets:
            _Writer(book.add_worksheet(sheet.name), styles).write(sheet)
    return out.getvalue()


class _Styles:
    """The formats of cells, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **more: Any) -> Format:
        wanted = {**FONT, "valign": "top", **more}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]


class _Writer:
    """Writes one sheet."""

    def __init__(self, page: Worksheet, styles: _Styles) -> None:
        self._page = page
        self._styles = styles

    def write(self, sheet: Sheet) -> None:
        is_cover = not sheet.columns
        self._put(0, 0, sheet.title, bold=True, font_size=16, text_wrap=is_cover)
        self._page.set_row(0, HEIGHT * 1.5 * (_lines(sheet.title, COVER) if is_cover else 1))
        for number, line in enumerate(sheet.lines, start=1):
            self._put(number, 0, line, text_wrap=is_cover)
            self._page.set_row(number, HEIGHT * (_lines(line, COVER) if is_cover else 1))
        if is_cover:
            self._page.set_column(0, 0, COVER)
        else:
            self._table(sheet, first=len(sheet.lines) + 1)
        self._page.set_landscape()
        self._page.set_paper(A4)
        self._page.fit_to_pages(1, 0)

    def _table(self, sheet: Sheet, *, first: int) -> None:
        names: tuple[Cell, ...] = tuple(column.text for column in sheet.columns)
        rows = (names, *sheet.rows)
        widths = [_width(column) for column in zip(*rows, strict=True)]
        headings = []
        for index, (column, width) in enumerate(zip(sheet.columns, widths, strict=True)):
            look = {"text_wrap": True, "align": "right" if column.numeric else "left"}
            self._page.set_column(index, index, width)
            heading = self._styles(**look, **_quoted(column.text), bold=True, bottom=THICK)
            headings.append({"header": column.text, "header_format": heading})
            for number, cells in enumerate(sheet.rows, start=first + 1):
                line = {"bottom": THIN, "bottom_color": GREY}
                self._put(number, index, cells[index], **look, **line, bold=index == 0)
        for number, row in enumerate(rows, start=first):
            lines = max(_lines(cell, width) for cell, width in zip(row, widths, strict=True))
            self._page.set_row(number, HEIGHT * lines)
        options = {
            "name": sheet.key,
            "title": one_line(sheet.title),
            "columns": headings,
            "first_column": True,
            "autofilter": False,
            "banded_rows": False,
            "style": None,
        }
        last = (first + len(sheet.rows), len(sheet.columns) - 1)
        _done(self._page.add_table(first, 0, *last, options), sheet.title)
        self._page.repeat_rows(first)

    def _put(self, row: int, column: int, cell: Cell, **look: Any) -> None:
        at = (row, column)
        match cell:
            case Number():
                style = self._styles(num_format=cell.format, **look)
                _done(self._page.write_number(*at, cell.value, style), cell.text)
            case Link():
                to = cell.to.replace("'", "''")
                style = self._styles(font_color=BLUE, underline=1, **look)
                done = self._page.write_url(*at, f"internal:'{to}'!A1", style, _text(cell.text))
                _done(done, cell.text)
            case str():
                # What begins like a formula stays text when somebody edits it.
                quoted = {"quote_prefix": True} if cell.startswith(LIKE_A_FORMULA) else {}
                _done(
                    self._page.write_string(*at, _text(cell), self._styles(**look, **quoted)), cell
                )


def _done(code: int, what: str) -> None:
    """The library says with a number that it left something out, and goes on."""
    if code != 0:
        raise WorkbookError(f"This cannot stand in a workbook: {what[:80]}")


def _quoted(text: str) -> dict[str, bool]:
    """What begins like a formula stays text also when somebody edits it."""
    return {"quote_prefix": True} if text.startswith(LIKE_A_FORMULA) else {}


def _text(text: str) -> str:
    """The library takes what looks like its own markup for that; a space makes it text."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _width(cells: Sequence[Cell]) -> int:
    """Wide enough for the longest cell and for the longest word of the header, within bounds."""
    header, *others = (_shown(cell) for cell in cells)
    longest = max(len(text) for text in (*others, *header.split()))
    return min(max(longest + 3, NARROWEST), WIDEST)


def _lines(cell: Cell, width: int) -> int:
    """How many lines a cell's text takes: rows have their height, which not every program finds."""
    fits = int(width * 0.95)
    lines = _shown(cell).splitlines()
    return sum(1 if len(line) <= fits else len(textwrap.wrap(line, fits)) for line in lines) or 1


def _shown(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text
