"""From the bytes of an uploaded file to its table. What it holds decides, not its name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from metrics.upload import headings
from metrics.upload.cells import Row, is_empty
from metrics.upload.fields import SAVED
from metrics.upload.headings import Columns
from metrics.upload.refusals import ColumnsUnknown, FileRefused
from metrics.upload.texts import text_sheet
from metrics.upload.workbooks import Sheet, sheets_of
from partnerships.periods import Span

EMPTY = "The file is empty. Fill in the template, and upload that."
OLD = (
    "This is a workbook of an old kind (.xls). In Excel choose Save As, Excel Workbook (.xlsx), "
    "and upload that."
)
PROTECTED = (
    "The workbook is protected by a password. Take it off (File, Info, Protect Workbook), "
    "save, and upload again."
)
ONLY_HEADINGS = "The file has headings and no row beneath them. Fill in a row, and upload again."
HIDDEN_SHEET = (
    "The sheet “{}”, which holds the figures, is hidden. Show it (a right click on the names of "
    "the sheets, Unhide), and upload again."
)
MORE_CELLS = (
    "The row has more cells than there are headings. A number such as 1,234 or a text may hold the "
    "sign that divides the columns: write the number without it, or put it in quotation marks."
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how old Office files and encrypted new ones begin
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
PDF = "This is a PDF. Upload the figures as .xlsx or .csv: the template is a start."

Layouts = Sequence[Mapping[str, str]]  # names of columns, as `metrics.upload.headings` takes them


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a file: its columns, and its rows, which can be read once or again."""

    columns: Columns
    sheet: Sheet
    said: tuple[str, ...] = field(default=())

    def rows(self) -> Iterator[Row]:
        """The rows beneath the headings, empty ones left out. Raises `FileRefused`."""
        beneath = (row for row in self.sheet.rows() if row.number > self.columns.row)
        return map(self._divided, beneath) if self.sheet.divided else beneath

    def _divided(self, row: Row) -> Row:
        """Of a text file: 1,234 without quotation marks is two cells, and the first a wrong one."""
        beyond = row.cells[len(self.columns.headings) :]
        if row.fault or all(map(is_empty, beyond)):
            return row
        return row._replace(fault=MORE_CELLS)


def is_longer(table: Table, than: int) -> bool:
    """Whether a table has more rows than a number of them."""
    return next(islice(table.rows(), than, None), None) is not None


def table_of(content: bytes, name: str, told: Mapping[str, str] | None = None) -> Table:
    """The table in a file. `told` is as in `headings.find`. Raises what `table_by` does."""
    return table_by(content, name, [told or {}])


def table_by(content: bytes, name: str, layouts: Layouts, quarter: Span | None = None) -> Table:
    """The table by the first layout that names its columns; the file is opened once.

    `quarter` is that of the return, as in `headings.find`.
    Raises `FileRefused`, and `ColumnsUnknown` where only the headings are in the way.
    """
    if not content.strip():
        raise FileRefused(EMPTY)
    sheets, said = _sheets(content)
    is_workbook = content.startswith(ZIP)
    wrong = name.lower().endswith((".csv", ".txt")) if is_workbook else not _is_a_text_name(name)
    if wrong:
        kind = "workbook" if is_workbook else "text file"
        said.append(f"The file is a {kind}, whatever its name ends in.")
    columns, sheet = _by_any(sheets, layouts or [{}], quarter)
    if len(sheets) > 1:
        said.append(f"The sheet “{sheet.name}” was read, and no other.")
    if sheet.formulas:
        said.append("There are formulas in the sheet: their last saved results were taken.")
    hidden = frozenset(name for name, place in columns.at.items() if sheet.hides(place))
    said += [
        f"Column {columns.words(name)}, is hidden in the workbook, and was read."
        for name in columns.at
        if name in hidden - SAVED
    ]
    columns = replace(columns, hidden=hidden)
    found = Table(columns, sheet, (*said, *columns.said))
    if next(found.rows(), None) is None:
        raise FileRefused(ONLY_HEADINGS)
    return found


def headings_of(content: bytes, name: str) -> tuple[str, ...]:
    """The headings of a file as they stand; none where it cannot be read."""
    try:
        return table_of(content, name).columns.headings
    except ColumnsUnknown as error:
        return error.headings
    except FileRefused:
        return ()


def _is_a_text_name(name: str) -> bool:
    return name.lower().endswith((".csv", ".txt", ".tsv"))


def _sheets(content: bytes) -> tuple[list[Sheet], list[str]]:
    if content.startswith(ZIP):
        return sheets_of(content), []
    if content.startswith(OLE):
        raise FileRefused(PROTECTED if ENCRYPTED in content else OLD)
    if content.startswith(b"%PDF"):
        raise FileRefused(PDF)
    sheet, said = text_sheet(content)
    return [sheet], said


def _by_any(sheets: list[Sheet], layouts: Layouts, quarter: Span | None) -> tuple[Columns, Sheet]:
    """What the first layout says that names the columns. Raises what the first one raises."""
    unknown: ColumnsUnknown | None = None
    for layout in layouts:
        try:
            return _chosen(sheets, layout, quarter)
        except ColumnsUnknown as error:
            unknown = unknown or error
    assert unknown is not None  # there is at least one layout
    raise unknown


def _chosen(
    sheets: list[Sheet], told: Mapping[str, str], quarter: Span | None
) -> tuple[Columns, Sheet]:
    """The one sheet that holds the table. Raises `FileRefused`."""
    found: list[tuple[Columns, Sheet]] = []
    hidden: list[Sheet] = []
    first: list[Row] = []
    for sheet in sheets:
        rows = list(islice(sheet.rows(), headings.ROWS_ABOVE))
        first = first or rows
        if not sheet.shown:
            hidden.append(sheet)
            continue
        columns = headings.find(rows, told, quarter)
        if columns is not None:
            found.append((columns, sheet))
    if not first:
        raise FileRefused(EMPTY)
    if len(found) > 1:
        names = " and ".join(f"“{sheet.name}”" for _, sheet in found[:10])
        raise FileRefused(
            f"The sheets {names} all hold a table of figures. Leave one of them, and upload again."
        )
    if not found:
        _refuse_hidden(hidden, told)
        raise headings.unknown(first)
    return found[0]


def _refuse_hidden(sheets: list[Sheet], told: Mapping[str, str]) -> None:
    """Raises `FileRefused` where the table stands on a sheet that nobody sees."""
    for sheet in sheets:
        if headings.find(list(islice(sheet.rows(), headings.ROWS_ABOVE)), told) is not None:
            raise FileRefused(HIDDEN_SHEET.format(sheet.name))
