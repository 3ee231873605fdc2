"""The figures of a report as CSV: one row for each, in the order in which they are read.

UTF-8 without a byte order mark, lines ended by a line feed: the mark would become part of the
first column's name in most programs that read data. For Excel there is the workbook
(`reports.outputs.xlsx`).

Each figure has one line: a line break within a field is a space.

A spreadsheet takes a field that begins with = + - or @ for a formula. Such a field gets an
apostrophe before it, unless it is a signed number, which does no harm.
"""

import csv
import io
import re
from collections.abc import Iterator

from metrics.exports import harmless, plain
from reports.disclosure import require_public
from reports.editions.content import ReportContent

COLUMNS = ("address", "section", "text", "value", "marker", "unit")

_LINE_BREAKS = re.compile(r"[\r\n]+")


def csv_of(content: ReportContent) -> str:
    """The whole file: `COLUMNS`, then a row for each printed figure."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_as_text(field) for field in row] for row in figure_rows(content))
    return out.getvalue()


def figure_rows(content: ReportContent) -> Iterator[tuple[str, ...]]:
    """The figures as they stand beneath `COLUMNS`.

    The value is plain and unrounded, empty for a marker or words; the marker has no brackets.
    """
    require_public(block for section in content.sections for block in section.blocks)
    for section, figure in content.figures:
        value = plain(figure.value)
        yield figure.address, section, figure.text, value, figure.marker, figure.unit


def _as_text(field: str) -> str:
    return harmless(_LINE_BREAKS.sub(" ", field))
