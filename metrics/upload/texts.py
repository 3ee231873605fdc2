"""Text files as rows of cells: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from metrics.upload.cells import Row
from metrics.upload.refusals import FileRefused
from metrics.upload.structure import MOST_ROWS, TOO_MANY_ROWS
from metrics.upload.workbooks import MOST_COLUMNS, TOO_WIDE, Sheet

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
NOT_TEXT = "This is neither a workbook nor text. Upload a file that ends in .xlsx or .csv."
NOT_THIS_WRITING = (
    "The letters of this file cannot be read. Open it in a spreadsheet program, save it as .xlsx "
    "or as CSV UTF-8, and upload that."
)
WEB_PAGE = (
    "This is a web page, whatever its name says. Open it in Excel, save it as .xlsx, upload that."
)
WINDOWS = "The file was read as Windows-1252. Check that pound signs and accents are right below."
UTF_16 = "The file was read as UTF-16."
SEVERAL_ROWS = (
    "A cell of this row holds what looks like further rows: a quotation mark may be missing, or be "
    "one too many. Put it right, or take the line breaks out of the cell."
)
_HEADING_LINES, _HEADING_SIGNS = 30, 50_000  # from which the separator is told
_QUOTED = re.compile(r'"[^"]*"')


def text_sheet(content: bytes) -> tuple[Sheet, list[str]]:
    """The one table of a text file, and what was understood in reading it.

    Raises `FileRefused`.
    """
    text, said = _decoded(content)
    if text.lstrip()[:1] == "<":
        raise FileRefused(WEB_PAGE)
    separator, begin = _separator(text)
    if separator != ",":
        said.append(f"The columns are separated by {SEPARATORS[separator]}.")

    def rows() -> Iterator[Row]:
        return _rows(text, separator, begin)

    return Sheet("the file", rows, divided=True), said


def _decoded(content: bytes) -> tuple[str, list[str]]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode(content, "utf-16"), [UTF_16]
    start = content[:2000]
    if b"\0" in start:
        # UTF-16 without its mark: in Latin script every other byte is zero.
        even, odd = start[::2].count(0), start[1::2].count(0)
        if max(even, odd) * 10 < len(start) * 4:
            raise FileRefused(NOT_TEXT)
        return _decode(content, "utf-16-be" if even > odd else "utf-16-le"), [UTF_16]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return _decode(content, "cp1252", NOT_THIS_WRITING), [WINDOWS]


def _decode(content: bytes, encoding: str, refusal: str = NOT_TEXT) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused(refusal) from error
    control = sum(1 for sign in text[:2000] if sign < " " and sign not in "\t\r\n\f")
    if control or "\0" in text:
        raise FileRefused(NOT_TEXT)
    return text


def _separator(text: str) -> tuple[str, int]:
    """What divides the columns, and how many lines stand before the table."""
    first, _, _ = text.partition("\n")
    told = first.strip().strip('"').casefold()
    if told.startswith("sep=") and first.rstrip("\r\n").strip('"')[4:5] in SEPARATORS:
        return first.rstrip("\r\n").strip('"')[4:5], 1
    start = _QUOTED.sub("", text[:_HEADING_SIGNS])
    head = [line for line in start.splitlines() if line][:_HEADING_LINES]

    def fit(mark: str) -> tuple[int, int]:
        """How many lines have it equally often, and how often: commas stand in sentences too."""
        times = Counter(line.count(mark) for line in head)
        return max(((lines, often) for often, lines in times.items() if often), default=(0, 0))

    return max(SEPARATORS, key=fit), 0


def _fault(cells: list[str], separator: str) -> str:
    """What is wrong with a row as a whole; empty where nothing is."""
    if any(cell and not cell.isspace() for cell in cells[MOST_COLUMNS:]):
        return TOO_WIDE
    for cell in cells:
        if "\n" in cell or "\r" in cell:
            further = cell.splitlines()[1:]
            if any(line.count(separator) >= max(len(cells) - 1, 1) for line in further):
                return SEVERAL_ROWS
    return ""


def _rows(text: str, separator: str, begin: int) -> Iterator[Row]:
    lines = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True
    )
    count = 0
    # Rows, not lines: a spreadsheet counts a cell of two lines once.
    number = 0
    try:
        for number, cells in enumerate(lines, start=1):
            if number <= begin or not any(cell and not cell.isspace() for cell in cells):
                continue
            count += 1
            if count > MOST_ROWS + 1:
                raise FileRefused(TOO_MANY_ROWS)
            yield Row(number, tuple(cells[:MOST_COLUMNS]), _fault(cells, separator))
    except csv.Error as error:
        raise FileRefused(
            f"The file cannot be read in row {number + 1}: {error}. A quotation mark may be "
            "missing. Save it again from a spreadsheet program."
        ) from error
