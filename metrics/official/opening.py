"""Opens a published file as rows of text, a line at a time, and says what is wrong with it."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

LONGEST = 100_000  # bytes of a line: whatever is longer is no table, and is not held
_MARK = b"\xef\xbb\xbf"
_OTHER_KINDS = {
    b"\x1f\x8b": "this is packed (gzip). Unpack it, and import the CSV file in it.",
    b"PK\x03\x04": "this is a workbook or a packed folder (zip). Import the CSV file instead.",
    b"\xff\xfe": "this is UTF-16 text. Save it as UTF-8.",
    b"\xfe\xff": "this is UTF-16 text. Save it as UTF-8.",
}


class FileRefused(Exception):
    """A file that cannot be imported. `line` is that of the file, 1 for its header."""

    def __init__(self, sentence: str, *, line: int = 0, column: str = "") -> None:
        place = ", ".join(filter(None, (f"row {line}" if line else "", column)))
        super().__init__(f"{place}: {sentence}" if place else sentence)
        self.line = line
        self.column = column


@contextmanager
def opened(file: Path) -> Iterator[Iterator[list[str]]]:
    """The rows of a CSV file, with or without a byte-order mark. Memory holds a line."""
    try:
        with file.open("rb") as handle:
            reader = csv.reader(_lines(handle), strict=True)
            try:
                yield _without_blank_end(reader)
            except csv.Error as error:
                raise FileRefused(
                    f"this cannot be read as CSV: {error}.", line=reader.line_num
                ) from error
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise FileRefused(f"{file} cannot be opened: {reason}.") from error


def _without_blank_end(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows without the blank ones beneath the last, which editors and spreadsheets leave."""
    blank = 0
    for row in rows:
        if not any(row):
            blank += 1
            continue
        yield from ([] for _ in range(blank))
        blank = 0
        yield row


def header_of(rows: Iterator[list[str]]) -> list[str]:
    """The names of the columns. Raises `FileRefused` where one stands twice or there are none."""
    columns = [cell.strip() for cell in next(rows, [])]
    if not any(columns):
        raise FileRefused("the file is empty. It begins with a row of column names.")
    if len(columns) == 1 and any(mark in columns[0] for mark in ";\t|"):
        raise FileRefused(
            "the columns are not separated by commas. Save it as CSV with commas.", line=1
        )
    if not all(columns):
        raise FileRefused(
            f"column {columns.index('') + 1} has no name. Name it, or delete it where it is empty.",
            line=1,
        )
    twice = next((name for name in columns if columns.count(name) > 1), None)
    if twice is not None:
        raise FileRefused("the column stands twice.", line=1, column=twice)
    return columns


def width_of(row: list[str], columns: list[str], line: int) -> None:
    """Raises `FileRefused` where a row has not as many cells as there are columns."""
    if len(row) == len(columns):
        return
    hint = (
        "Quote cells that hold a comma."
        if len(row) > len(columns)
        else "Where it is the last row, the file was cut off: download it anew."
    )
    raise FileRefused(f"there are {len(row)} cells under {len(columns)} columns. {hint}", line=line)


def _lines(handle: BinaryIO) -> Iterator[str]:
    number = 0
    while raw := handle.readline(LONGEST + 1):
        number += 1
        if number == 1:
            _require_plain(raw)
            raw = raw.removeprefix(_MARK)
        if len(raw) > LONGEST:
            raise FileRefused(
                f"the line is longer than {LONGEST:,} characters. This is no table.", line=number
            )
        if b"\0" in raw:
            raise FileRefused("this holds a byte 0, which no text has.", line=number)
        try:
            yield raw.decode()
        except UnicodeDecodeError as error:
            raise FileRefused("this is not UTF-8 text. Save it as UTF-8.", line=number) from error


def _require_plain(start: bytes) -> None:
    for sign, sentence in _OTHER_KINDS.items():
        if start.startswith(sign):
            raise FileRefused(sentence)
