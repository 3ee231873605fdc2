"""The files of a report, and how they get to a disk: whole or not at all."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


class CannotWrite(Exception):
    """A sentence for the person at the command line."""


@dataclass(frozen=True, slots=True)
class Files:
    """A report laid out: a file that stands alone, the portal's page of it, the tagged PDF.

    With them its figures: as CSV, and as a workbook.
    """

    html: bytes
    page: bytes
    pdf: bytes
    csv: bytes
    xlsx: bytes


def write_all(files: Mapping[Path, bytes]) -> None:
    """Writes files beside their places, and moves them there when all are written.

    A reader never meets half a file; where one cannot be written, none is, and what stood
    there stays. Raises `CannotWrite`.
    """
    written: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            if path.is_dir():
                raise CannotWrite(f"{path} is a folder. Give the name of a file.")
            written[path] = _beside(path)
            _write(written[path], path, content)
        for path, temporary in written.items():
            _move(temporary, path)
    finally:
        for temporary in written.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(handle)
    except OSError as error:
        raise CannotWrite(_sentence(path, error)) from error
    return Path(name)


def _write(temporary: Path, path: Path, content: bytes) -> None:
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
    except OSError as error:
        raise CannotWrite(_sentence(path, error)) from error


def _move(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except OSError as error:
        raise CannotWrite(_sentence(path, error)) from error


def _sentence(path: Path, error: OSError) -> str:
    return f"{path} cannot be written: {(error.strerror or 'unknown reason').lower()}."
