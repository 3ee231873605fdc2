"""Which figure of which return a row of a file gives. Of the store, only the register is read."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from metrics.addresses import WHOLE
from metrics.models import Indicator
from metrics.upload.cells import Cell, Row, is_empty, text_of
from metrics.upload.fields import Fields
from metrics.upload.headings import LONGEST_PERIOD, plain
from metrics.upload.refusals import LeftOut, RowRefused, Unreadable
from metrics.upload.scopes import Breakdowns, Scope
from partnerships.period_words import read_period
from partnerships.periods import Kind, PeriodError, Span

OTHER_PERIOD = "Rows of other periods"
OTHER_DATASET = "Rows of other sources than the returns"
OTHER_AREA = "Rows of other areas"
TOTALS = "Rows of totals, which the portal works out by itself"

_TOTAL_WORDS = frozenset(
    ("total", "totals", "grand total", "sum", "subtotal", "sub total", "overall", "overall total")
)
FIRST_DAY_OF_EXCEL = date(1899, 12, 30)
FIRST_AS_NUMBER, LAST_AS_NUMBER = 20_000, 80_000  # 1954 to 2119; smaller numbers are years, say
_DIGITS = re.compile("[0-9]{5}")
NUMBERS_AS_DAYS = "Numbers in the column of periods were read as the days of a spreadsheet."


class Places:
    """Finds the place of row after row; what many rows share is worked out once.

    All methods raise `LeftOut` for a row of something else, and `RowRefused`.
    """

    def __init__(self, fields: Fields, scopes: Sequence[Scope], span: Span) -> None:
        self._fields = fields
        self._scopes = scopes
        self._span = span
        self._breakdowns = Breakdowns()
        self._by_name = {name: scope for scope in reversed(scopes) for name in scope.names}
        self._periods: dict[tuple[str, Cell], bool] = {}
        self._has_period = any(map(fields.has, ("period", "period_end", "period_start")))

    def scope(self, row: Row) -> Scope:
        """The partnership that a row names, or that of the page."""
        text = self._fields.text
        named, area = text(row, "partnership"), text(row, "area")
        scope = self._named(named, area) if named or area else self._scopes[0]
        if named and area and plain(area) not in scope.names:
            raise LeftOut(OTHER_AREA)
        if (dataset := text(row, "dataset")) and dataset != scope.dataset.code:
            raise LeftOut(OTHER_DATASET)
        return scope

    def refuse_other_period(self, row: Row) -> None:
        """Goes on where the row is of the period of the return, or does not say of which."""
        if not self._has_period:
            return
        if (kind := self._fields.text(row, "period_kind")) and kind != Kind.QUARTER:
            raise LeftOut(OTHER_PERIOD)
        for name in ("period", "period_start", "period_end"):
            cell = self._fields.cell(row, name)
            if is_empty(cell):
                continue
            fits = self._periods.get((name, cell))
            if fits is None:
                fits = self._periods[name, cell] = self._fits(name, cell, row)
            if not fits:
                raise LeftOut(OTHER_PERIOD)

    def indicator(self, row: Row, scope: Scope) -> Indicator:
        """What is measured, by its code or its name; both together must agree."""
        code, name = self._fields.text(row, "code"), self._fields.text(row, "name")
        found = scope.indicators.get(plain(code or name))
        if found is None and plain(code or name) in _TOTAL_WORDS:
            raise LeftOut(TOTALS)
        if found is None:
            raise RowRefused("code" if code else "name", _unknown(code, name))
        other = scope.indicators.get(plain(name)) if code and name else None
        if other is not None and other.pk != found.pk:
            raise RowRefused(
                "name",
                f"The code is of “{found.name}”, the name of another figure. "
                "Check that the rows have not slipped.",
            )
        return found

    def slice(self, row: Row) -> str:
        """The breakdown, such as `age=5-11`; `all` for the whole."""
        key = self._fields.text(row, "slice") or WHOLE
        if key.casefold() in {WHOLE, "total"}:
            return WHOLE
        if not self._breakdowns.has(key):
            raise RowRefused(
                "slice",
                f"“{key[:80]}” is not a breakdown of the register. Leave the cell empty for the "
                "whole, or write it like age=5-11.",
            )
        return key

    def _named(self, named: str, area: str) -> Scope:
        found = self._by_name.get(plain(named or area))
        if found is None:
            raise RowRefused(
                "partnership" if named else "area",
                f"“{(named or area)[:80]}” is not a partnership for which you enter figures. "
                "Check its name, or leave the row out.",
            )
        return found

    def _fits(self, name: str, cell: Cell, row: Row) -> bool:
        """Whether a cell names the period of the return, or a day of its own kind."""
        if isinstance(cell, str) and _DIGITS.fullmatch(cell.strip()):
            cell = Decimal(cell.strip())  # as a text file has what a workbook has as a number
        if isinstance(cell, Decimal) and _is_a_day(cell):
            cell = FIRST_DAY_OF_EXCEL + timedelta(days=int(cell))
            self._fields.say(NUMBERS_AS_DAYS, row)
        if not isinstance(cell, date):
            try:
                read = read_period(text_of(cell)[:LONGEST_PERIOD])
            except (Unreadable, PeriodError) as error:
                raise RowRefused(name, str(error)) from error
            if name == "period" and read.kind is not Kind.SNAPSHOT:
                return read == self._span
            cell = read.last
        wanted = {"period_start": {self._span.first}, "period_end": {self._span.last}}
        return cell in wanted.get(name, {self._span.first, self._span.last})


def _unknown(code: str, name: str) -> str:
    if not code and not name:
        return (
            "The row does not say which figure it is. Enter its code, or delete what stands in it."
        )
    foreign = next((sign for sign in code if sign.isalpha() and not sign.isascii()), "")
    return (
        f"“{(code or name)[:80]}” is no figure of this return that you enter. "
        + (f"Its “{foreign}” is no letter from a to z, even if it looks so. " if foreign else "")
        + "Use the codes of the template, or delete the row."
    )


def _is_a_day(number: Decimal) -> bool:
    return FIRST_AS_NUMBER <= number <= LAST_AS_NUMBER and number == number.to_integral_value()
