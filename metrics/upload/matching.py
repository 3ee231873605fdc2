"""From rows of a file to figures of returns: which figure each is, and what it says.

Nothing of the store is read here but the register. A row is a line, is refused with where and
what to do, or is left out and counted under why.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from metrics.arithmetic.reading import Measure
from metrics.entries import Entry, asks_for_two, worked_out
from metrics.models import Indicator
from metrics.readings import measure_of
from metrics.upload.cells import Cell, Row, is_empty, number_of, text_of, words_of
from metrics.upload.headings import Columns, plain
from metrics.upload.reading import Table
from metrics.upload.refusals import Unreadable
from metrics.upload.scopes import Breakdowns, Scope
from partnerships.period_words import read_period
from partnerships.periods import Kind, PeriodError, Span

WITHOUT_FIGURE = "Rows without a figure, which stay as they are"
OTHER_PERIOD = "Rows of other periods"
OTHER_DATASET = "Rows of other sources than the returns"
OTHER_AREA = "Rows of other areas"

MARKERS = {
    "x": "x",
    "not available": "x",
    "z": "z",
    "not applicable": "z",
    "": "",
}
YES = frozenset({"yes", "y", "true", "1", "p", "provisional"})
NO = frozenset({"", "no", "n", "false", "0"})
LONGEST = {"marker_reason": 200, "note": 500}
FIRST_DAY_OF_EXCEL = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Line:
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
    """All rows of a file, sorted out. `said` tells what was understood, with its first place."""

    columns: Columns
    lines: list[Line] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    said: dict[str, list[str]] = field(default_factory=dict)


class _LeftOut(Exception):
    """The row is not of this return, and that is no mistake."""


class _No(Exception):
    """The row is refused: the field in which the mistake stands, and the sentence."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = name


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
    found = Matched(table.columns)
    matcher = _Matcher(table.columns, scopes, span, found.said)
    seen: dict[tuple[int, int, str], int] = {}
    for count, row in enumerate(table.rows(), start=1):
        if count % 1000 == 0:
            each(count)
        try:
            line = matcher.line(row)
            first = seen.setdefault(line.key, row.number)
            if first != row.number:
                raise _No("code", f"The same figure stands on row {first} too. Leave one of them.")
        except _LeftOut as why:
            found.left_out[str(why)] += 1
        except _No as error:
            column = table.columns.words(error.field)
            found.refused.append(Refused(row.number, column, str(error)))
        else:
            found.lines.append(line)
    return found


class _Matcher:
    """Reads one row after the other; what many rows share is worked out once."""

    def __init__(
        self, columns: Columns, scopes: Sequence[Scope], span: Span, said: dict[str, list[str]]
    ) -> None:
        self._columns = columns
        self._at = columns.at
        self._scopes = scopes
        self._span = span
        self._said = said
        self._breakdowns = Breakdowns()
        self._by_name = {name: scope for scope in reversed(scopes) for name in scope.names}
        self._measures: dict[int, Measure] = {}
        self._periods: dict[Cell, bool] = {}
        self._figures = [
            columns.at[name]
            for name in ("value", "numerator", "denominator", "marker")
            if columns.has(name)
        ]
        self._has_period = any(map(columns.has, ("period", "period_end", "period_start")))

    def line(self, row: Row) -> Line:
        cells, width = row.cells, len(row.cells)
        if all(place >= width or is_empty(cells[place]) for place in self._figures):
            raise _LeftOut(WITHOUT_FIGURE)
        if row.fault:
            raise _No("", row.fault)
        scope = self._scope(row)
        if self._has_period:
            self._refuse_other_period(row)
        indicator = self._indicator(row, scope)
        key = indicator.pk
        measure = self._measures.get(key)
        if measure is None:
            measure = self._measures[key] = measure_of(indicator)
        piece = self._slice(row)
        return Line(
            row=row.number,
            scope=scope,
            indicator=indicator,
            measure=measure,
            slice=piece,
            entry=self._entry(row, measure),
            key=(scope.dataset.pk, key, piece),
            says_provisional=self._columns.has("flags") or bool(self._text(row, "provisional")),
        )

    def _text(self, row: Row, name: str) -> str:
        if name not in self._at:
            return ""
        try:
            return text_of(self._columns.cell(row, name))
        except Unreadable as error:
            raise _No(name, str(error)) from error

    def _scope(self, row: Row) -> Scope:
        named, area = self._text(row, "partnership"), self._text(row, "area")
        if not named and not area:
            scope = self._scopes[0]
        else:
            field = "partnership" if named else "area"
            found = self._by_name.get(plain(named or area))
            if found is None:
                raise _No(
                    field,
                    f"“{named or area}” is not a partnership for which you enter figures. "
                    "Check its name, or leave the row out.",
                )
            scope = found
            if named and area and plain(area) not in scope.names:
                raise _LeftOut(OTHER_AREA)
        if (dataset := self._text(row, "dataset")) and dataset != scope.dataset.code:
            raise _LeftOut(OTHER_DATASET)
        return scope

    def _refuse_other_period(self, row: Row) -> None:
        if (kind := self._text(row, "period_kind")) and kind != Kind.QUARTER:
            raise _LeftOut(OTHER_PERIOD)
        for name in ("period", "period_start", "period_end"):
            cell = self._columns.cell(row, name)
            if is_empty(cell):
                continue
            fits = self._periods.get(cell)
            if fits is None:
                fits = self._periods[cell] = self._fits(name, cell, row.number)
            if not fits:
                raise _LeftOut(OTHER_PERIOD)

    def _fits(self, name: str, cell: Cell, row: int) -> bool:
        """Whether a cell names the period of the return."""
        if (
            isinstance(cell, Decimal)
            and cell == cell.to_integral_value()
            and 20_000 < cell < 80_000
        ):
            cell = FIRST_DAY_OF_EXCEL + timedelta(days=int(cell))
            self._say(
                "Numbers in the column of periods were read as the days of a spreadsheet.", row
            )
        if not isinstance(cell, date):
            try:
                read = read_period(text_of(cell))
            except Unreadable as error:
                raise _No(name, str(error)) from error
            except PeriodError as error:
                raise _No(name, f"{error}") from error
            if name == "period":
                return read == self._span
            cell = read.last
        wanted = {"period_start": {self._span.first}, "period_end": {self._span.last}}
        return cell in wanted.get(name, {self._span.first, self._span.last})

    def _indicator(self, row: Row, scope: Scope) -> Indicator:
        code, name = self._text(row, "code"), self._text(row, "name")
        found = scope.indicators.get(plain(code or name))
        if found is None:
            raise _No(
                "code" if code else "name",
                f"“{(code or name)[:80]}” is no figure of this return that you enter. "
                "Use the codes of the template."
                if code or name
                else "The row does not say which figure it is. Enter its code.",
            )
        other = scope.indicators.get(plain(name)) if code and name else None
        if other is not None and other.pk != found.pk:
            raise _No(
                "name",
                f"The code is of “{found.name}”, the name of another figure. "
                "Check that the rows have not slipped.",
            )
        return found

    def _slice(self, row: Row) -> str:
        key = self._text(row, "slice") or "all"
        if key.casefold() in {"all", "total"}:
            return "all"
        if not self._breakdowns.has(key):
            raise _No(
                "slice",
                f"“{key[:80]}” is not a breakdown of the register. Leave the cell empty for the "
                "whole, or write it like age=5-11.",
            )
        return key

    def _entry(self, row: Row, measure: Measure) -> Entry:
        self._refuse_vague(row)
        numbers = {
            name: self._number(row, name, measure.unit if name == "value" else "count")
            for name in ("value", "numerator", "denominator")
        }
        value = numbers["value"]
        if asks_for_two(measure):
            self._must_agree(value, numbers, measure)
            value = None  # it is worked out
        elif numbers["numerator"] is not None or numbers["denominator"] is not None:
            name = "numerator" if numbers["numerator"] is not None else "denominator"
            raise _No(name, "This figure is one number. Enter it as the value, and no other.")
        marker = self._marker(row)
        return Entry(
            value=value,
            numerator=numbers["numerator"],
            denominator=numbers["denominator"],
            marker=marker,
            marker_reason=self._words(row, "marker_reason") if marker else "",
            flags="p" if self._provisional(row) else "",
            note=self._words(row, "note"),
        )

    def _refuse_vague(self, row: Row) -> None:
        """What printed sources say and returns do not: about, between, words for numbers."""
        if (qualifier := self._text(row, "qualifier")) and qualifier != "exactly":
            raise _No("qualifier", f"“{qualifier}” cannot be said in a return. Enter the number.")
        for name in ("value_upper", "printed_words"):
            if self._text(row, name):
                raise _No(name, "A return takes one number, or why there is none. Enter that.")

    def _number(self, row: Row, name: str, unit: str) -> Decimal | None:
        if not self._columns.has(name):
            return None
        try:
            number = number_of(self._columns.cell(row, name), unit=unit)
        except Unreadable as error:
            raise _No(name, str(error)) from error
        if number is None:
            return None
        if number.said:
            self._say(number.said, row.number)
        return number.value

    def _must_agree(
        self, value: Decimal | None, numbers: dict[str, Decimal | None], measure: Measure
    ) -> None:
        """A share beside its two numbers must agree with them, and cannot stand alone."""
        if value is None:
            return
        numerator, denominator = numbers["numerator"], numbers["denominator"]
        if numerator is None or denominator is None:
            raise _No(
                "value",
                "The portal works this figure out of two numbers. Enter the numerator and the "
                "denominator, and leave the value empty.",
            )
        worked = worked_out(Entry(numerator=numerator, denominator=denominator), measure)
        exponent = value.as_tuple().exponent
        half = Decimal((0, (5,), (exponent if isinstance(exponent, int) else 0) - 1))
        if worked is None or abs(worked - value) > half:
            shown = "nothing" if worked is None else f"{worked.normalize():f}"
            raise _No(
                "value",
                f"{numerator:f} out of {denominator:f} gives {shown}, not {value:f}. "
                "Check all three, or leave the value empty.",
            )

    def _marker(self, row: Row) -> str:
        said = self._text(row, "marker")
        marker = MARKERS.get(said.strip("[]").casefold())
        if marker is None:
            raise _No(
                "marker",
                f"“{said[:40]}” is not among the answers. Write “not available” or "
                "“not applicable”, or leave the cell empty.",
            )
        return marker

    def _provisional(self, row: Row) -> bool:
        said = self._text(row, "provisional").casefold()
        if said not in YES | NO:
            raise _No("provisional", f"“{said[:40]}” is neither yes nor no. Write one of them.")
        return said in YES or "p" in self._text(row, "flags")

    def _words(self, row: Row, name: str) -> str:
        if not self._columns.has(name):
            return ""
        try:
            words = words_of(self._columns.cell(row, name))
        except Unreadable as error:
            raise _No(name, str(error)) from error
        if len(words) > LONGEST[name]:
            raise _No(name, f"The text has more than {LONGEST[name]} characters. Shorten it.")
        return words

    def _say(self, what: str, row: int) -> None:
        places = self._said.setdefault(what, [])
        if len(places) < 1000:
            places.append(str(row))
