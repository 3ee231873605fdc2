"""The cells of one row of a file by field, read as text, words or number.

What was understood otherwise than it stands is kept with its row, for the page of the file.
"""

from decimal import Decimal

from metrics.upload.cells import INVISIBLE, Cell, Row, is_empty, number_of, seen, text_of, words_of
from metrics.upload.headings import Columns
from metrics.upload.refusals import RowRefused, Unreadable

# What of a row is stored: nobody shall save what they do not see.
SAVED = frozenset(
    ("value", "numerator", "denominator", "marker", "marker_reason", "provisional", "note", "flags")
)
HIDDEN_COLUMN = (
    "The column is hidden in the workbook, and something stands in it. Show it and look, or delete "
    "it, and upload again."
)
LONGEST = {"marker_reason": 200, "note": 500}
MOST_PLACES = 1000  # remembered for each thing that was said


class Fields:
    """Reads the fields of row after row. All methods raise `RowRefused` for an unreadable cell."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._figures = [
            columns.at[name]
            for name in ("value", "numerator", "denominator", "marker")
            if columns.has(name)
        ]
        self.said: dict[str, list[str]] = {}

    def has(self, name: str) -> bool:
        return name in self._columns.at

    def has_figure(self, row: Row) -> bool:
        """Whether anything stands where a figure, or why there is none, is to stand."""
        cells, width = row.cells, len(row.cells)
        return any(place < width and not is_empty(cells[place]) for place in self._figures)

    def repeats_headings(self, row: Row) -> bool:
        """Whether the headings stand in the row again, as on each page of a print."""
        headings, cells, first = self._columns.headings, row.cells, self._figures[0]
        return (
            first < len(cells)
            and cells[first] == headings[first]
            and all(
                cells[place] == headings[place]
                for place in self._columns.at.values()
                if place < len(cells)
            )
        )

    def stands(self, row: Row, name: str) -> bool:
        """Whether anything stands in a field."""
        return name in self._columns.at and not is_empty(self._columns.cell(row, name))

    def fault(self, row: Row) -> str:
        """What is wrong with the row as a whole; empty where nothing is."""
        return row.fault or self._columns.merged_in(row)

    def cell(self, row: Row, name: str) -> Cell:
        """The cell, without characters that nobody sees."""
        cell = self._columns.cell(row, name)
        if name in self._columns.hidden and name in SAVED and not is_empty(cell):
            raise RowRefused(name, HIDDEN_COLUMN)
        if not isinstance(cell, str) or cell.isascii():  # nearly always: not worth a call
            return cell
        if (clean := seen(cell)) != cell:
            self.say(INVISIBLE, row)
            return clean
        return cell

    def text(self, row: Row, name: str) -> str:
        """A word of ours, such as a code: characters of other widths are made plain."""
        if name not in self._columns.at:
            return ""
        try:
            return text_of(self.cell(row, name))
        except Unreadable as error:
            raise RowRefused(name, str(error)) from error

    def words(self, row: Row, name: str) -> str:
        """Words for people, as they were written."""
        if name not in self._columns.at:
            return ""
        try:
            words = words_of(self.cell(row, name))
        except Unreadable as error:
            raise RowRefused(name, str(error)) from error
        if len(words) > LONGEST[name]:
            raise RowRefused(
                name, f"The text has more than {LONGEST[name]} characters. Shorten it."
            )
        return words

    def number(self, row: Row, name: str, unit: str) -> Decimal | None:
        """The number in a cell, in a unit of the register; none where it is empty."""
        if name not in self._columns.at:
            return None
        try:
            number = number_of(self.cell(row, name), unit=unit)
        except Unreadable as error:
            raise RowRefused(name, str(error)) from error
        if number is None:
            return None
        if number.said:
            self.say(number.said, row)
        return number.value

    def say(self, what: str, row: Row) -> None:
        places = self.said.setdefault(what, [])
        if len(places) < MOST_PLACES:
            places.append(str(row.number))
