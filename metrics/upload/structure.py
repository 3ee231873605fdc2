"""What stands in the parts of a workbook beside values, found in one walk through each.

Of a sheet that is what a reader of values does not see: hidden rows, merged cells, formulas that
were never worked out. No part may declare a document type, so that no entity is expanded. What a
reader would pass over in silence, or pad with cells without end, is refused here.
"""

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, range_boundaries

from metrics.upload.refusals import FileRefused

SHEET, STRINGS = "worksheet", "sst"  # outermost elements of the parts that may be large
# Parts of which the reader makes an object of each element, whatever stands in it.
HELD = frozenset(
    ("styleSheet", "workbook", "Types", "Relationships", "Properties", "coreProperties")
) | {"chartsheet", "wsDr", "chartSpace"}
MOST_HELD = 60_000  # elements of such a part: two seconds
MOST_ROWS = 200_000
LAST_ROW = 1_048_576  # of a spreadsheet: no row can have a higher number
MOST_CELLS = 6_000_000  # of a sheet, with the empty ones before the last of each row
MOST_EMPTY = 1_000_000  # cells that are formatted and hold nothing: seven seconds of the reader
MOST_STRINGS = 1_000_000  # different texts
MOST_TOGETHER = 100_000  # elements of one row, or outside rows, which a reader holds at once
MOST_IN_ONE = 2 * 1024 * 1024  # bytes of one element with its attributes and text
MOST_FOUND = 1000  # places remembered of each kind; more are not told one by one
STRICT = "http://purl.oclc.org/ooxml/"  # how the names of the strict kind begin

TOO_LARGE = (
    "The workbook unpacks to more than the portal reads. "
    "Copy the figures into a new workbook, as values, and upload that."
)
TOO_MANY_ROWS = (
    f"The file has more than {MOST_ROWS:,} rows. Split it, and upload the parts. Where it looks "
    "shorter, delete the empty rows beneath the table: they are formatted, and count."
)
DAMAGED = (
    "The workbook cannot be read: it is damaged, or is not what its name says. "
    "Open it in a spreadsheet program, save it as .xlsx, and upload that."
)
OF_THE_STRICT_KIND = (
    "This is a workbook of the kind “Strict Open XML Spreadsheet”. In Excel choose Save As, "
    "Excel Workbook (.xlsx), and upload that."
)


@dataclass(slots=True)
class Structure:
    """What stands in one sheet beside its values. Rows and columns count from 1."""

    hidden: set[int] = field(default_factory=set)
    merged: list["Merged"] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # first and last
    not_worked_out: set[str] = field(default_factory=set)  # cells, such as B5
    formulas: int = 0


class Merged(NamedTuple):
    """Cells that are merged: their first and last row and column from 1, and their range."""

    top: int
    bottom: int
    left: int
    right: int
    ref: str


class Walk:
    """Listens to the elements of one part. Raises `FileRefused`, and what expat raises."""

    def __init__(self) -> None:
        self.root = ""
        self.structure = Structure()
        self._rows = self._row = self._cells = self._strings = 0
        self._together = self._elements = self._quiet = self._empty = 0
        self._cell = ""
        self._formula = self._value = False
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.StartElementHandler = self._begin

    def parse(self, chunk: bytes) -> None:
        """Hears the next piece of the part; an empty one ends it."""
        before = self._elements
        self._parser.Parse(chunk, not chunk)
        self._quiet = 0 if self._elements > before else self._quiet + len(chunk)
        if self._quiet > MOST_IN_ONE and self.root in {SHEET, STRINGS}:
            raise FileRefused(TOO_LARGE)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        """The outermost element says what is to be listened to further."""
        self.root = name.rpartition(":")[2]
        parser = self._parser
        if self.root == "workbook" and any(
            value.startswith(STRICT) for value in attributes.values()
        ):
            raise FileRefused(OF_THE_STRICT_KIND)
        parser.StartElementHandler = None
        if self.root == SHEET:
            parser.StartElementHandler = self._start
            parser.EndElementHandler = self._end
        elif self.root == STRINGS:
            parser.StartElementHandler = self._string
        elif self.root in HELD:
            parser.StartElementHandler = self._held

    def _held(self, _name: str, _attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_HELD:
            raise FileRefused(TOO_LARGE)

    def _string(self, name: str, _attributes: dict[str, str]) -> None:
        self._elements += 1
        self._strings += name.rpartition(":")[2] == "si"
        if self._strings > MOST_STRINGS:
            raise FileRefused(TOO_LARGE)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._together += 1
        if self._together > MOST_TOGETHER:
            raise FileRefused(TOO_LARGE)
        name = name.rpartition(":")[2]
        if name == "c":
            self._cell = attributes.get("r", "")
            self._formula = self._value = False
            self._cells += 1
        elif name in {"v", "is"}:
            self._value = True
        elif name == "f":
            self._formula = True
            self.structure.formulas += 1
        elif name == "row":
            self._row_begins(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col":
            self._column(attributes)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self._row_ends()
        elif name == "c" and not self._value:
            self._empty += 1
            if self._empty > MOST_EMPTY:
                raise FileRefused(TOO_LARGE)
            if self._formula and len(self.structure.not_worked_out) < MOST_FOUND:
                self.structure.not_worked_out.add(self._cell)

    def _row_begins(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        before, self._row = self._row, self._row + 1 if number is None else _plain(number)
        self._cell = ""
        if not before < self._row <= LAST_ROW:
            raise FileRefused(DAMAGED)  # a reader leaves out a row that stands in another's place
        self._rows += 1
        if self._rows > MOST_ROWS + 100:  # a heading and a few empty ones are no figures
            raise FileRefused(TOO_MANY_ROWS)
        if attributes.get("hidden") in {"1", "true"}:
            self.structure.hidden.add(self._row)

    def _row_ends(self) -> None:
        """A reader fills up a row as far as the column of its last cell."""
        self._together = 0
        letters = self._cell.rstrip("0123456789")
        try:
            self._cells += column_index_from_string(letters) if letters else 0
        except ValueError as error:
            raise FileRefused(DAMAGED) from error
        if self._cells > MOST_CELLS:
            raise FileRefused(TOO_LARGE)

    def _merge(self, ref: str) -> None:
        if len(self.structure.merged) >= MOST_FOUND:
            raise FileRefused("The workbook has very many merged cells. Unmerge them all first.")
        try:
            left, top, right, bottom = range_boundaries(ref)
        except (TypeError, ValueError) as error:
            raise FileRefused(DAMAGED) from error
        if left is None or top is None or right is None or bottom is None:
            raise FileRefused(DAMAGED)
        self.structure.merged.append(Merged(top, bottom, left, right, ref))

    def _column(self, attributes: dict[str, str]) -> None:
        """Columns of no width are as good as hidden."""
        if attributes.get("hidden") in {"1", "true"} or attributes.get("width") == "0":
            first, last = (_plain(attributes.get(name, "")) for name in ("min", "max"))
            self.structure.hidden_columns.append((first, last))


def _plain(number: str) -> int:
    """The number of a row or column. A reader takes other writings too, each in its own way."""
    if not (number.isascii() and number.isdigit() and len(number) <= len(str(LAST_ROW))):
        raise FileRefused(DAMAGED)
    return int(number)


def _no_doctype(*_about: object) -> None:
    raise FileRefused(DAMAGED)
