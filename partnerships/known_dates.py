"""Dates as far as they are known: a day, a month, a year, or nothing at all.

Pure: no database. Such a date is a `Span` of one of four kinds, or None where nothing is known,
and is stored as the span's first day and how precise it is.
"""

import re
from calendar import month_name
from datetime import date
from enum import StrEnum

from partnerships.periods import Kind, PeriodError, Span, financial_year, parse, snapshot


class Precision(StrEnum):
    """What is known of a date."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    FINANCIAL_YEAR = "financial-year"
    UNKNOWN = "unknown"


KINDS = {
    Precision.DAY: Kind.SNAPSHOT,
    Precision.MONTH: Kind.MONTH,
    Precision.YEAR: Kind.CALENDAR_YEAR,
    Precision.FINANCIAL_YEAR: Kind.YEAR,
}
_PRECISIONS = {kind: precision for precision, kind in KINDS.items()}
NOT_KNOWN = "Not known"
HOW_TO_WRITE = "Write it like 5 October 2019, October 2019, 2019, or 2019-20 for a financial year."

_DAY = re.compile(r"(\d{1,2}) ([a-z]+) (\d{4})")
_MONTH = re.compile(r"([a-z]+) (\d{4})")


def known(first: date | None, precision: str) -> Span | None:
    """The date that is stored; None where nothing is known."""
    kind = KINDS.get(Precision(precision))
    return Span.containing(kind, first) if kind and first else None


def stored(when: Span | None) -> tuple[date | None, Precision]:
    """The first day and the precision to store."""
    return (when.first, _PRECISIONS[when.kind]) if when else (None, Precision.UNKNOWN)


def words(when: Span | None) -> str:
    return when.label if when else NOT_KNOWN


def certainly_after(one: Span | None, other: Span | None) -> bool:
    """Whether every day that `one` can mean comes after every day that `other` can mean."""
    return one is not None and other is not None and other.last < one.first


def read(text: str) -> Span | None:
    """The date that somebody wrote; None for an empty text.

    Takes words (`5 October 2019`, `Oct 2019`) and keys (`2019-10-05`, `2019-20`, `2019`).
    Raises `PeriodError` with how to write it.
    """
    plain = " ".join(text.replace("–", "-").replace("/", "-").lower().split())
    if not plain:
        return None
    try:
        return _in_words(plain) or _as_key(plain)
    except ValueError as error:  # a PeriodError is one
        raise PeriodError(f"“{text.strip()}” is not a date. {HOW_TO_WRITE}") from error


def _in_words(plain: str) -> Span | None:
    if found := _DAY.fullmatch(plain):
        return snapshot(date(int(found[3]), _month(found[2]), int(found[1])))
    if found := _MONTH.fullmatch(plain):
        return Span.containing(Kind.MONTH, date(int(found[2]), _month(found[1]), 1))
    return None


def _as_key(plain: str) -> Span:
    # 2019-20 written as 2019-2020
    if (long := re.fullmatch(r"(\d{4})-(\d{4})", plain)) and int(long[2]) == int(long[1]) + 1:
        return financial_year(int(long[1]))
    span = parse(plain)
    if span.kind not in _PRECISIONS:
        raise PeriodError(HOW_TO_WRITE)
    return span


def _month(name: str) -> int:
    months = [month.lower() for month in month_name]
    numbers = [n for n, month in enumerate(months) if len(name) >= 3 and month.startswith(name)]
    if len(numbers) != 1:
        raise PeriodError(f"There is no month {name!r}.")
    return numbers[0]
