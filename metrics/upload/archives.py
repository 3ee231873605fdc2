"""What is in a workbook's archive, looked at before a library opens it.

Sizes are counted while unpacking, never believed, and nothing unpacked is kept. No part may
declare a document type, so that no entity can be expanded. Then the sheets are walked for what
a reader of values does not see: hidden rows, merged cells, formulas that were never worked out.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from metrics.upload.refusals import FileRefused

MOST_UNPACKED = 150 * 1024 * 1024  # of the whole archive: 200,000 rows of a template and more
MOST_STRINGS = 40 * 1024 * 1024  # the table of texts, which is held in memory
MOST_OF_A_PART = 5 * 1024 * 1024  # styles, properties and the like, held in memory too
MOST_PARTS = 1000
MOST_ROWS = 200_000
MOST_FOUND = 1000  # places remembered of each kind; more are not told one by one
CHUNK = 1 << 16
# What a damaged archive raises; RuntimeError where a part has a password of its own.
UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)

TOO_LARGE = (
    "The workbook unpacks to more than the portal reads. "
    "Copy the figures into a new workbook, as values, and upload that."
)
TOO_MANY_ROWS = f"The file has more than {MOST_ROWS:,} rows. Split it, and upload the parts."
DAMAGED = (
    "The workbook cannot be read: it is damaged, or is not what its name says. "
    "Open it in a spreadsheet program, save it as .xlsx, and upload that."
)


@dataclass(slots=True)
class Structure:
    """What stands in one sheet beside its values. Rows count from 1."""

    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, str]] = field(default_factory=list)  # first, last, range
    not_worked_out: set[str] = field(default_factory=set)  # cells, such as B5
    formulas: int = 0


def inspected(content: bytes) -> dict[str, Structure]:
    """The structure of each sheet, by the name of its part. Raises `FileRefused`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            _refuse_other_kinds(archive, names)
            left = MOST_UNPACKED
            found: dict[str, Structure] = {}
            for name in names:
                sheet = _Walk() if name.startswith("xl/worksheets/") else None
                with archive.open(name) as part:
                    left -= _walked(part, name, sheet, left)
                if sheet is not None:
                    found[name] = sheet.structure
    except (*UNREADABLE, expat.ExpatError) as error:
        raise FileRefused(DAMAGED) from error
    return found


def _refuse_other_kinds(archive: zipfile.ZipFile, names: list[str]) -> None:
    if len(names) > MOST_PARTS or len(set(names)) != len(names):
        raise FileRefused(TOO_LARGE if len(names) > MOST_PARTS else DAMAGED)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused(
            "The workbook holds macros. In Excel choose Save As, Excel Workbook (.xlsx), and "
            "upload that."
        )
    if "xl/workbook.bin" in names:
        raise FileRefused("This is a binary workbook (.xlsb). Save it as .xlsx, and upload that.")
    if "content.xml" in names and "mimetype" in names:
        raise FileRefused("This is an OpenDocument file. Save it as .xlsx or CSV, and upload that.")
    if "xl/workbook.xml" not in names:
        raise FileRefused("This is not a workbook. Upload a file that ends in .xlsx or .csv.")
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise FileRefused(DAMAGED)


def _walked(part: IO[bytes], name: str, walk: "_Walk | None", left: int) -> int:
    """Reads a part to its end in small pieces; how many bytes it has."""
    most = left
    if walk is None:
        most = min(left, MOST_STRINGS if name == "xl/sharedStrings.xml" else MOST_OF_A_PART)
    is_xml = name.endswith((".xml", ".rels", ".vml"))
    parser = expat.ParserCreate() if is_xml else None
    if parser is not None:
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.buffer_text = True
        if walk is not None:
            walk.listen(parser)
    size = 0
    for chunk in _chunks(part):
        size += len(chunk)
        if size > most:
            raise FileRefused(TOO_LARGE)
        if parser is not None:
            parser.Parse(chunk, False)
    if parser is not None:
        parser.Parse(b"", True)
    return size


def _chunks(part: IO[bytes]) -> Iterator[bytes]:
    while chunk := part.read(CHUNK):
        yield chunk


def _no_doctype(*_about: object) -> None:
    raise FileRefused(DAMAGED)


class _Walk:
    """Listens to the elements of one sheet."""

    def __init__(self) -> None:
        self.structure = Structure()
        self._rows = self._row = 0
        self._cell = ""
        self._formula = self._value = False

    def listen(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._cell = attributes.get("r", "")
            self._formula = self._value = False
        elif name == "v":
            self._value = True
        elif name == "f":
            self._formula = True
            self.structure.formulas += 1
        elif name == "row":
            self._row_begins(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _end(self, name: str) -> None:
        if not self._formula or name.rpartition(":")[2] != "c":
            return
        if not self._value and len(self.structure.not_worked_out) < MOST_FOUND:
            self.structure.not_worked_out.add(self._cell)
        self._formula = False

    def _row_begins(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdigit() else self._row + 1
        self._rows += 1
        if self._rows > MOST_ROWS + 100:  # a heading and a few empty ones are no figures
            raise FileRefused(TOO_MANY_ROWS)
        if attributes.get("hidden") in {"1", "true"}:
            self.structure.hidden.add(self._row)

    def _merge(self, ref: str) -> None:
        if len(self.structure.merged) >= MOST_FOUND:
            raise FileRefused("The workbook has very many merged cells. Unmerge them all first.")
        first, _, last = ref.partition(":")
        top = int("".join(filter(str.isdigit, first)) or 0)
        bottom = int("".join(filter(str.isdigit, last or first)) or 0)
        self.structure.merged.append((top, bottom, ref))
