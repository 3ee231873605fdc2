"""What is in a workbook's archive, looked at before a library opens it.

Sizes are counted while unpacking, never believed, and nothing unpacked is kept. Each part is
walked on the way (`metrics.upload.structure`).
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from metrics.upload.refusals import FileRefused
from metrics.upload.structure import DAMAGED, SHEET, STRINGS, TOO_LARGE, Structure, Walk

MOST_UNPACKED = 150 * 1024 * 1024  # of the whole archive: 200,000 rows of a template and more
MOST_OF = {
    SHEET: MOST_UNPACKED,  # read row by row
    STRINGS: 40 * 1024 * 1024,  # the table of texts, which is held in memory
}
MOST_OF_A_PART = 5 * 1024 * 1024  # styles, properties and the like, held in memory too
MOST_PARTS = 1000
CHUNK = 1 << 16
# What a damaged archive raises; RuntimeError where a part has a password of its own.
UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)


def inspected(content: bytes) -> dict[str, Structure]:
    """The structure of each sheet, by the name of its part. Raises `FileRefused`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            _refuse_other_kinds(archive, names)
            left = MOST_UNPACKED
            found: dict[str, Structure] = {}
            for name in names:
                with archive.open(name) as part:
                    size, structure = _walked(part, name, left)
                left -= size
                if structure is not None:
                    found[name] = structure
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


def _walked(part: IO[bytes], name: str, left: int) -> tuple[int, Structure | None]:
    """Reads a part to its end in small pieces: how many bytes it has, and what a sheet holds.

    What it is, its outermost element says, whatever its name. What is no XML is not read further
    than its size: pictures, and drawings of old kinds, in which Excel leaves elements open.
    """
    walk, is_xml, size = Walk(), True, 0
    for chunk in _chunks(part):
        size += len(chunk)
        if is_xml:
            try:
                walk.parse(chunk)
            except expat.ExpatError:
                if name.endswith((".xml", ".rels")):
                    raise
                is_xml = False
        if size > min(left, MOST_OF.get(walk.root if is_xml else "", MOST_OF_A_PART)):
            raise FileRefused(TOO_LARGE)
    return size, walk.structure if is_xml and walk.root == SHEET else None


def _chunks(part: IO[bytes]) -> Iterator[bytes]:
    """Its pieces; an empty one is the last."""
    while chunk := part.read(CHUNK):
        yield chunk
    yield b""
