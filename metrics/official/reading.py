"""Reads a published file row by row, and refuses it with row, column and what to do.

Pure: no database. A file is read once from front to back and never held whole.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from metrics.official.layouts import (
    LAYOUTS,
    LEVELS,
    MARKS,
    TIME_IDENTIFIERS,
    Layout,
    Measured,
    When,
)
from metrics.official.opening import FileRefused, width_of
from partnerships.periods import Span, financial_year, snapshot

_NUMBER = re.compile(r"\d{1,12}(\.(\d{1,6}))?")

Number = tuple[Decimal | None, str, int]  # value, or a mark; decimals as written


class Stated(NamedTuple):
    """One figure of a file. `code` is the ONS code of the area, `level` what kind it is."""

    line: int
    measured: Measured
    level: str
    code: str
    span: Span
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    decimals: int
    marker: str
    population_of: Span | None


def layout_of(columns: list[str]) -> Layout:
    """The layout whose columns these are, in any order. Raises `FileRefused`."""
    found = set(columns)
    for layout in LAYOUTS:
        if layout.columns == found:
            return layout
    nearest = max(LAYOUTS, key=lambda layout: len(layout.columns & found))
    if len(nearest.columns & found) * 2 < len(nearest.columns):
        raise FileRefused(
            "the columns are those of no file that is known. What can be imported: "
            f"{', '.join(layout.name for layout in LAYOUTS)}, statistical neighbours.",
            line=1,
        )
    missing = sorted(nearest.columns - found)
    further = sorted(found - nearest.columns)
    words = [
        f"it lacks {', '.join(missing)}" if missing else "",
        f"it has {', '.join(further)}, which no layout knows" if further else "",
    ]
    raise FileRefused(
        f"the columns are those of no file that is known. The nearest is {nearest.name}: "
        f"{' and '.join(filter(None, words))}. Download that file anew, or add its layout.",
        line=1,
    )


def stated(rows: Iterator[list[str]], columns: list[str], layout: Layout) -> Iterator[Stated]:
    """Every figure of the rows beneath the header. Raises `FileRefused` at the first wrong row."""
    reading = _Reading(columns, layout)
    line = 1
    for line, row in enumerate(rows, 2):
        width_of(row, columns, line)
        yield from reading.figures(row, line)
    if line == 1:
        raise FileRefused("there is no row beneath the column names.")


def year_of(period: str, identifier: str, line: int) -> int:
    """The year in which a period of a file ends: 2020 for `2020` and for `201920`."""
    if identifier not in TIME_IDENTIFIERS:
        raise FileRefused(
            f"{identifier!r} is not known here. It is one of {', '.join(TIME_IDENTIFIERS)}.",
            line=line,
            column="time_identifier",
        )
    if re.fullmatch(r"(19|20)\d{2}", period):
        return int(period)
    if re.fullmatch(r"(19|20)\d{4}", period):
        end = int(period[:4]) + 1
        if end % 100 == int(period[4:]):
            return end
    raise FileRefused(
        f"{period!r} is not a year. Write four digits such as 2020, or six such as 201920.",
        line=line,
        column="time_period",
    )


def span_of(when: When, year: int) -> Span:
    """The period that a year of a file stands for."""
    match when:
        case When.ON_31_MARCH:
            return snapshot(date(year, 3, 31))
        case When.YEAR_TO_31_MARCH:
            return financial_year(year - 1)
        case When.ON_30_JUNE:
            return snapshot(date(year, 6, 30))


def number(text: str, line: int, column: str) -> Number:
    """A cell as a number with its decimals, or as one of the marks of official statistics."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) <= 12:
        return Decimal(text), "", 0
    if text in MARKS:
        return None, text, 0
    found = _NUMBER.fullmatch(text) if text.isascii() else None
    if found is None:
        raise FileRefused(
            f"{text!r} is neither a number such as 1265 or 24.5 nor one of the marks "
            f"{', '.join(sorted(MARKS))}.",
            line=line,
            column=column,
        )
    return Decimal(text), "", len(found[2] or "")


def _require_possible(
    measured: Measured,
    value: Decimal | None,
    above: Decimal | None,
    below: Decimal | None,
    line: int,
) -> None:
    """Raises `FileRefused` for a share of more than all."""
    if value is not None and value > measured.per:
        raise FileRefused(
            f"{value} is more than {measured.per:,}, which is all of them.",
            line=line,
            column=measured.value,
        )
    if above is not None and below is not None and above > below:
        raise FileRefused(
            f"{above} is more than the {below} of {measured.denominator} that it is part of.",
            line=line,
            column=measured.numerator,
        )


class _Reading:
    """A layout on the columns of one file. What many rows say alike is worked out once."""

    def __init__(self, columns: list[str], layout: Layout) -> None:
        self.at = {name: index for index, name in enumerate(columns)}
        self.measures = layout.measures
        self.filters = [
            (name, self.at[name], frozenset(allowed)) for name, allowed in layout.filters.items()
        ]
        self.years: dict[tuple[str, str], int] = {}
        self.spans: dict[tuple[When, int], Span] = {}

    def figures(self, row: list[str], line: int) -> Iterator[Stated]:
        for name, index, allowed in self.filters:
            if row[index] not in allowed:
                raise FileRefused(
                    f"{row[index]!r} is not a value that the layout knows: "
                    f"{'; '.join(sorted(allowed))}.",
                    line=line,
                    column=name,
                )
        level, code = self._area(row, line)
        year = self._year(row, line)
        for measured in self.measures:
            if measured.where is None or row[self.at[measured.where[0]]] == measured.where[1]:
                yield self._figure(measured, row, line, level, code, year)

    def _figure(
        self, measured: Measured, row: list[str], line: int, level: str, code: str, year: int
    ) -> Stated:
        value, marker, decimals = self._number(measured.value, row, line)
        above = below = None
        if measured.denominator:
            above, _, _ = self._number(measured.numerator, row, line)
            below, _, _ = self._number(measured.denominator, row, line)
            _require_possible(measured, value, above, below, line)
        if value is None:
            above = None  # where the figure is held back, so is what it would follow from
        of_population = measured.population and below is not None
        return Stated(
            line=line,
            measured=measured,
            level=level,
            code=code,
            span=self._span(measured.when, year),
            value=value,
            numerator=above,
            denominator=below,
            decimals=max(decimals, measured.decimals) if value is not None else 0,
            marker=marker,
            population_of=self._span(When.ON_30_JUNE, year - 1) if of_population else None,
        )

    def _number(self, column: str, row: list[str], line: int) -> Number:
        return number(row[self.at[column]], line, column)

    def _area(self, row: list[str], line: int) -> tuple[str, str]:
        level = row[self.at["geographic_level"]]
        column = LEVELS.get(level)
        if column is None:
            raise FileRefused(
                f"{level!r} is not a level that is known: {', '.join(LEVELS)}.",
                line=line,
                column="geographic_level",
            )
        code = row[self.at[column]]
        if not code:
            raise FileRefused("the code of the area is missing.", line=line, column=column)
        return level, code

    def _year(self, row: list[str], line: int) -> int:
        written = (row[self.at["time_period"]], row[self.at["time_identifier"]])
        if written not in self.years:
            self.years[written] = year_of(*written, line)
        return self.years[written]

    def _span(self, when: When, year: int) -> Span:
        if (when, year) not in self.spans:
            self.spans[when, year] = span_of(when, year)
        return self.spans[when, year]
