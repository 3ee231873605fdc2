"""Dates of events as far as they are told: a day, a month, a season, a year. Pure: no database.

A season is not among the dates of `partnerships.known_dates`, because no period is one; a
report may still plan something for a summer.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from partnerships.known_dates import KINDS, Precision, stored
from partnerships.known_dates import read as read_known
from partnerships.periods import Kind, PeriodError, Span

HOW_TO_WRITE = (
    "Write it like 5 October 2026, October 2026, summer 2026, 2026, "
    "or 2026-27 for a financial year."
)
# The month in which each begins; each has three.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


class WhenPrecision(StrEnum):
    """How much is told of a date."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    FINANCIAL_YEAR = "financial-year"


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is told, by a day in it."""

    first: date
    precision: WhenPrecision

    @property
    def span(self) -> Span:
        """The first and the last day that it can mean. Winter goes on into the next year."""
        if self.precision is not WhenPrecision.SEASON:
            return Span.containing(KINDS[Precision(self.precision)], self.first)
        begins = self.first.month // 3 * 3 or 12
        year = self.first.year - (begins == 12 and self.first.month < 3)
        first = date(year, begins, 1)
        middle = date(year + (begins == 12), 2 if begins == 12 else begins + 2, 1)
        return Span(Kind.SPAN, first, Span.containing(Kind.MONTH, middle).last)

    @property
    def words(self) -> str:
        """`1 September 2019`, `September 2019`, `summer 2019`."""
        span = self.span
        if self.precision is not WhenPrecision.SEASON:
            return span.label
        name = next(name for name, month in SEASONS.items() if month == span.first.month)
        return f"{name} {span.first.year}"


def read(text: str) -> When | None:
    """The date that somebody wrote; None for an empty text.

    Raises `PeriodError` with how to write it.
    """
    plain = " ".join(text.lower().split())
    if found := re.fullmatch(r"(spring|summer|autumn|winter) (\d{4})", plain):
        return _season(text, found[1], int(found[2]))
    try:
        first, precision = stored(read_known(text))
    except PeriodError:
        raise PeriodError(f"“{text.strip()}” is not a date. {HOW_TO_WRITE}") from None
    return When(first, WhenPrecision(precision)) if first else None


def _season(text: str, name: str, year: int) -> When:
    try:
        when = When(date(year, SEASONS[name], 1), WhenPrecision.SEASON)
        _ = when.span  # a winter at the end of the calendar has no end
    except ValueError:
        raise PeriodError(f"“{text.strip()}” is not a date. {HOW_TO_WRITE}") from None
    return when
