"""The template as a workbook: a sheet to fill in, with drop-downs, and a sheet of notes.

Text is written as text, and each box says in a sentence what fits it when it is chosen.
"""

import io
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from metrics.upload.headings import NAMES, WORDS
from metrics.upload.template import NO_NUMBER, TO_FILL_IN, YES_OR_NO, Template, TemplateRow
from partnerships.workbook_files import LIKE_A_FORMULA, NO_TIME, in_its_language

FONT = {"font_name": "Arial", "font_size": 12, "font_scheme": False}
WIDTHS = {"Indicator name": 44, "Unit": 36, "Reason": 36, "Note": 44, "Code": 30}
ORDINARY_WIDTH = 17
NOTES_WIDTH = 100
HEADINGS = 2  # the row of the headings, from 0: a title and a sentence stand above them
TITLE = "Figures of {period}, {partnership}"
HOW = (
    "Fill in the columns from “Value” on. A row without a figure is left as it is. "
    "The sheet “Notes” says more."
)
LINES = (
    "A figure that is a number: fill in the value only.",
    "A percentage or a rate: fill in the numerator and the denominator. The portal works out the "
    "figure, and shows it before anything is saved.",
    "No number: leave the numbers empty, choose why, and say it in a few words as the reason.",
    "A real zero is 0, and not an empty cell.",
    "Numbers may have commas between thousands. Do not write < 5 or *: enter the number itself.",
    "A note is printed beneath the figure. Do not name or describe a child.",
    "Rows and columns may be moved, and columns that you do not need may be deleted. "
    "Keep the code, or the name of the indicator.",
    "Formulas may stay: their saved results are taken. Macros may not.",
    "Upload the workbook on the page of the return. You see what it changes before it is saved.",
)


def xlsx_of(template: Template) -> bytes:
    """The workbook; the same template gives the same bytes."""
    out = io.BytesIO()
    options = {"in_memory": True, "default_format_properties": dict(FONT)}
    title = TITLE.format(period=template.span.label, partnership=template.partnership.short_name)
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "created": NO_TIME})
        _Figures(book, template, title).write()
        _notes(book, title)
    return in_its_language(out.getvalue())


class _Figures:
    """Writes the sheet to fill in."""

    def __init__(self, book: xlsxwriter.Workbook, template: Template, title: str) -> None:
        self._template = template
        self._title = title
        self._page: Worksheet = book.add_worksheet("Figures")
        line = FONT | {"valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": "#B1B4B6"}
        self._text = book.add_format(line)
        self._quoted = book.add_format(line | {"quote_prefix": True})
        # No "#,##0.######": it shows 12 as "12.", which is then what a CSV of the sheet says.
        self._number = book.add_format(line | {"align": "right"})
        self._whole = book.add_format(line | {"num_format": "#,##0", "align": "right"})
        self._heading = book.add_format(line | {"bold": True, "bottom": 2})
        self._bold = book.add_format(FONT | {"bold": True, "font_size": 16})

    def write(self) -> None:
        page, template = self._page, self._template
        page.write_string(0, 0, self._title, self._bold)
        page.write_string(1, 0, HOW)
        for column, heading in enumerate(template.columns):
            page.set_column(column, column, WIDTHS.get(heading, ORDINARY_WIDTH))
            page.write_string(HEADINGS, column, heading, self._heading)
        for number, row in enumerate(template.rows, start=HEADINGS + 1):
            for column, text in enumerate(row.known):
                quoted = text.startswith(LIKE_A_FORMULA)
                page.write_string(number, column, text, self._quoted if quoted else self._text)
            for column, name in enumerate(TO_FILL_IN, start=len(row.known)):
                page.write_blank(number, column, None, self._format(name, row))
                check = _check(name, two=row.two_numbers, whole=row.whole_numbers)
                page.data_validation(number, column, number, column, check)
        self._lay_out(page)

    def _format(self, name: str, row: TemplateRow) -> Format:
        """How a box shows what is filled in."""
        if name not in {"value", "numerator", "denominator"}:
            return self._text
        is_whole = row.whole_numbers or name != "value"
        return self._whole if is_whole else self._number

    def _lay_out(self, page: Worksheet) -> None:
        template = self._template
        page.freeze_panes(HEADINGS + 1, template.columns.index(NAMES["name"][0]) + 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEADINGS)


def _check(name: str, *, two: bool, whole: bool) -> dict[str, Any]:
    """What a box takes, and the sentence that it shows when it is chosen."""
    title = NAMES[name][0]
    if name in {"value", "numerator", "denominator"}:
        if (name == "value") == two:
            what = (
                "The portal works this out. Fill in the numerator and the denominator."
                if two
                else "This figure is one number. Fill in the value."
            )
            return {
                "validate": "custom",
                "value": "=FALSE",
                "input_title": title,
                "input_message": what,
                "error_message": what,
            }
        kind = "integer" if whole or two else "decimal"
        what = "A whole number, 0 or more." if kind == "integer" else "A number, 0 or more."
        return {
            "validate": kind,
            "criteria": ">=",
            "value": 0,
            "input_title": title,
            "input_message": what,
            "error_message": what,
        }
    if name in {"marker", "provisional"}:
        answers = NO_NUMBER if name == "marker" else YES_OR_NO
        return {
            "validate": "list",
            "source": list(answers),
            "input_title": title,
            "input_message": f"{answers[0]}, {answers[1]}, or nothing.",
            "error_message": f"Choose {answers[0]} or {answers[1]}, or leave it empty.",
        }
    most = 200 if name == "marker_reason" else 500
    return {
        "validate": "length",
        "criteria": "<=",
        "value": most,
        "input_title": title,
        "input_message": f"At most {most} characters.",
        "error_message": f"At most {most} characters.",
    }


def _notes(book: xlsxwriter.Workbook, title: str) -> None:
    page = book.add_worksheet("Notes")
    page.set_column(0, 0, NOTES_WIDTH)
    wrapped = book.add_format(FONT | {"text_wrap": True, "valign": "top"})
    bold = book.add_format(FONT | {"bold": True, "font_size": 16, "text_wrap": True})
    page.write_string(0, 0, f"How to fill in: {title}", bold)
    columns = [f"{NAMES[name][0]}: {WORDS[name]}." for name in TO_FILL_IN]
    for number, line in enumerate((*LINES, *columns), start=1):
        page.write_string(number, 0, line, wrapped)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
