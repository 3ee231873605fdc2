"""From rows of a file to figures of returns.

A row is a line, is refused with where and what to do, or is left out and counted under why.
`places` says which figure a row gives, `entered` what it says of it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from metrics.arithmetic.reading import Measure
from metrics.entries import Entry
from metrics.models import Indicator
from metrics.readings import measure_of
from metrics.upload.cells import Row
from metrics.upload.entered import Entered
from metrics.upload.fields import Fields
from metrics.upload.headings import Columns
from metrics.upload.places import Places
from metrics.upload.reading import Table
from metrics.upload.refusals import LeftOut, RowRefused
from metrics.upload.scopes import Scope
from partnerships.periods import Span

WITHOUT_FIGURE = "Rows without a figure, which stay as they are"
HEADINGS_AGAIN = "Rows of headings"
WORDS = ("marker_reason", "note", "provisional")  # said of a figure
WORDS_ALONE = "A reason, a note or “provisional” beside no figure was not read."


class Line(NamedTuple):
    """One figure that a row of the file gives."""

    row: int
    scope: Scope
    indicator: Indicator
    measure: Measure
    slice: str
    entry: Entry
    key: tuple[int, int, str]  # dataset, indicator, slice
    says_provisional: bool = False  # whether the file says it, yes or no


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be taken; `column` is where, or empty for the row as a whole."""

    row: int
    column: str
    what: str


@dataclass(slots=True)
class Matched:
    """All rows of a file, sorted out. `said` tells what was understood, with its places."""

    columns: Columns
    lines: list[Line] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    said: dict[str, list[str]] = field(default_factory=dict)


def matched(
    table: Table,
    scopes: Sequence[Scope],
    span: Span,
    *,
    each: Callable[[int], None] = lambda _count: None,
) -> Matched:
    """Sorts out the rows of a table; `each` hears how many rows are read, once a thousand.

    Raises `FileRefused` where the file cannot be read to its end.
    """
    matcher = _Matcher(Fields(table.columns), scopes, span)
    found = Matched(table.columns, said=matcher.fields.said)
    seen: dict[tuple[int, int, str], int] = {}
    for count, row in enumerate(table.rows(), start=1):
        if count % 1000 == 0:
            each(count)
        try:
            line = matcher.line(row)
            first = seen.setdefault(line.key, row.number)
            if first != row.number:
                raise RowRefused(
                    "code", f"The same figure stands on row {first} too. Leave one of them."
                )
        except LeftOut as why:
            found.left_out[str(why)] += 1
        except RowRefused as error:
            column = table.columns.words(error.field)
            found.refused.append(Refused(row.number, column, str(error)))
        else:
            found.lines.append(line)
    return found


class _Matcher:
    """Makes lines of rows, with the measure of each indicator worked out once."""

    def __init__(self, fields: Fields, scopes: Sequence[Scope], span: Span) -> None:
        self.fields = fields
        self._places = Places(fields, scopes, span)
        self._entered = Entered(fields)
        self._measures: dict[str, Measure] = {}

    def line(self, row: Row) -> Line:
        if not self.fields.has_figure(row):
            if any(self.fields.stands(row, name) for name in WORDS):
                self.fields.say(WORDS_ALONE, row)
            raise LeftOut(WITHOUT_FIGURE)
        if self.fields.repeats_headings(row):
            raise LeftOut(HEADINGS_AGAIN)
        if fault := self.fields.fault(row):
            raise RowRefused("", fault)
        scope = self._places.scope(row)
        self._places.refuse_other_period(row)
        indicator = self._places.indicator(row, scope)
        measure = self._measures.get(indicator.code)
        if measure is None:
            measure = self._measures[indicator.code] = measure_of(indicator)
        piece = self._places.slice(row)
        return Line(
            row=row.number,
            scope=scope,
            indicator=indicator,
            measure=measure,
            slice=piece,
            entry=self._entered.entry(row, measure),
            key=(scope.dataset.pk, indicator.pk, piece),
            says_provisional=self._entered.says_provisional(row),
        )
