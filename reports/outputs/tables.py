"""Every table of a report as a spreadsheet has it: numbers as numbers, the rest as printed. Pure.

- A number keeps its value, with a number format that shows what the report prints, to the sign,
  the decimals and the marks after it.
- A bound ("fewer than 6"), a range, a marker ("[c]") and words are text: as a number they would
  say something else.
- A column whose cells hold an amount and a percentage ("−767 (−14.9%)") becomes two.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from metrics.wording import MARKER_WORDS
from partnerships.amounts import MINUS, half_up
from reports.blocks.figures import Block, BlockTable, Column, Figure, Words, text_of
from reports.disclosure import PublicFigure, require_public
from reports.editions.content import ReportContent, ReportSection

NOT_APPLICABLE = ("[z]", MARKER_WORDS["z"])

_PRINTED = re.compile(
    rf"(?P<about>about )?(?P<sign>[+{MINUS}])?(?P<pound>£)?"
    r"(?P<whole>\d[\d,]*)(?P<part>\.\d+)?"
    r'(?P<unit>%| percentage points?)?(?P<marks>(?: ?\[[^\[\]"]+\])*)'
)
_MOST_PLACES = 6  # as figures are stored
LONGEST_NAME = 240  # of a column, in letters: spreadsheets take 255, a copy's number included


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a cell; `format` is the number format that shows it as `text`."""

    value: Decimal
    text: str
    format: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of simple cells. The first column names the rows; no two columns have one name."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Number, ...], ...]

    @property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """What it shows that the table it was made of does not."""
        has = any(cell == NOT_APPLICABLE[0] for row in self.rows for cell in row)
        return (NOT_APPLICABLE,) if has else ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A table with its place in the report; `number` is the section's and its own: "2.3"."""

    number: str
    section: ReportSection
    block: Block[PublicFigure]
    table: BlockTable[PublicFigure]


def tables_of(content: ReportContent) -> Iterator[Placed]:
    """Every table of the report in reading order. One without rows holds nothing, and is left out.

    Raises `NotPublic` where a figure did not come through the gate.
    """
    require_public(block for section in content.sections for block in section.blocks)
    for section in content.sections:
        number = 0
        for block in section.blocks:
            for table in block.tables:
                if table.rows:
                    number += 1
                    yield Placed(f"{section.number}.{number}", section, block, table)


def grid_of(table: BlockTable[PublicFigure]) -> Grid:
    """The table in simple cells."""
    columns = [table.columns[0]]
    cells: list[list[str | Number]] = [[row.header] for row in table.rows]
    for index, column in enumerate(table.columns[1:]):
        words = [row.cells[index] for row in table.rows]
        second = {pair[1].unit for pair in map(_pair, words) if pair}
        columns += _halves(column, words, second) if second else [column]
        for row, printed in zip(cells, words, strict=True):
            row += _split(printed, second) if second else [_cell(printed)]
    return Grid(tuple(_told_apart(columns)), tuple(tuple(row) for row in cells))


def number_of(figure: Figure) -> Number | None:
    """The number of a figure with the format that prints its text; None where the text says more.

    The text is read back and held against the value, so that a cell never shows another number
    than the report.
    """
    found = _PRINTED.fullmatch(figure.text)
    if found is None or figure.value is None:
        return None
    places = len(found["part"] or ".") - 1
    printed = Decimal(found["whole"].replace(",", "") + (found["part"] or ""))
    if found["sign"] == MINUS:
        printed = -printed
    if places > _MOST_PLACES or half_up(figure.value, places) != printed:
        return None
    digits = "#,##0" if "," in found["whole"] or abs(printed) < 1000 else "0"
    digits += f".{'0' * places}" if places else ""
    sign = f'"{found["sign"]}"' if found["sign"] else ""
    before = _literal(found["about"]) + sign + _literal(found["pound"])
    after = _literal(f"{found['unit'] or ''}{found['marks']}")
    shown = f"{before}{digits}{after}"
    # The second part is for negative numbers, which then get no sign of the program's own.
    return Number(figure.value, figure.text, f"{shown};{shown}" if figure.value < 0 else shown)


def _literal(text: str | None) -> str:
    return f'"{text}"' if text else ""


def _cell(words: Words[PublicFigure]) -> str | Number:
    """One figure alone may be a number; everything else is text as it is read."""
    if len(words) == 1 and isinstance(words[0], Figure):
        return number_of(words[0]) or words[0].text
    return text_of(words)


def _pair(words: Words[PublicFigure]) -> tuple[Figure, Figure] | None:
    """One figure with another in brackets that is of another unit: "−767 (−14.9%)"."""
    match words:
        case (Figure() as first, " (", Figure() as second, ")") if first.unit != second.unit:
            return first, second
    return None


def _halves(
    column: Column, words: list[Words[PublicFigure]], second: set[str]
) -> tuple[Column, Column]:
    """The columns of amounts and of what stands in brackets, each named by its unit if it has one.

    Where amounts are of several units, the row says which.
    """
    figures = [part for cell in words for part in cell if isinstance(part, Figure)]
    first = {figure.unit for figure in figures} - second
    names = (
        next(iter(units)) if len(units) == 1 else other
        for units, other in ((first, "amount"), (second, "in brackets"))
    )
    amount, bracket = (replace(column, text=f"{column.text} ({name})") for name in names)
    return amount, bracket


def _split(words: Words[PublicFigure], second: set[str]) -> list[str | Number]:
    """A cell in its two halves. Words stand in both; a lone number has no other."""
    pair = _pair(words)
    if pair:
        return [number_of(figure) or figure.text for figure in pair]
    cell = _cell(words)
    if isinstance(cell, str):
        return [cell, cell]
    lone = next(part for part in words if isinstance(part, Figure))
    return [NOT_APPLICABLE[0], cell] if lone.unit in second else [cell, NOT_APPLICABLE[0]]


def _told_apart(columns: list[Column]) -> Iterator[Column]:
    """Columns with names as a spreadsheet's table needs them: not empty, no two alike."""
    taken: set[str] = set()
    for number, column in enumerate(columns, start=1):
        name = one_line(column.text)[:LONGEST_NAME] or f"Column {number}"
        copies = (f"{name} ({copy})" for copy in range(2, len(columns) + 2))
        text = next(one for one in (name, *copies) if one.casefold() not in taken)
        taken.add(text.casefold())
        yield replace(column, text=text)


def one_line(text: str) -> str:
    """A text as names take it: one line, of nothing that cannot be printed."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
