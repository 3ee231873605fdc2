"""Periods as people write them: the words in which the portal shows them, or their keys. Pure."""

import re
from datetime import date

from partnerships import known_dates
from partnerships.periods import Kind, PeriodError, Span, parse

HOW_TO_WRITE = (
    "Write it like 2019-20, Q4 2019-20, November 2019 or 5 October 2019; "
    "or like 1 June 2018 to 31 March 2020."
)

_WHOLE = (Kind.YEAR, Kind.CALENDAR_YEAR, Kind.HALF_YEAR, Kind.QUARTER, Kind.MONTH)
_QUARTER = re.compile(r"q([1-4]) (\d{4}-\d{2})")
_HALF = re.compile(r"(first|second) half of (\d{4}-\d{2})")
_ACADEMIC = re.compile(r"academic year (\d{4}-\d{2})")
_ROLLING = re.compile(r"year to (.+)")
_FROM_TO = re.compile(r"(.+?)(?: to | - )(.+)")


def read_period(text: str) -> Span:
    """The period that somebody wrote. Raises `PeriodError` with how to write it."""
    plain = " ".join(text.replace("–", "-").replace("/", "-").lower().split())
    try:
        return _in_words(plain) or _single(plain)
    except ValueError as error:  # a PeriodError is one
        raise PeriodError(f"“{text.strip()}” is not a period. {HOW_TO_WRITE}") from error


def _in_words(plain: str) -> Span | None:
    if found := _QUARTER.fullmatch(plain):
        return parse(f"{found[2]}-q{found[1]}")
    if found := _HALF.fullmatch(plain):
        return parse(f"{found[2]}-h{1 if found[1] == 'first' else 2}")
    if found := _ACADEMIC.fullmatch(plain):
        return parse(f"{found[1]}-academic")
    if found := _ROLLING.fullmatch(plain):
        return Span.containing(Kind.ROLLING_YEAR, _single(found[1]).last)
    if found := _FROM_TO.fullmatch(plain):
        return _from_to(_single(found[1]).first, _single(found[2]).last)
    return None


def _from_to(first: date, last: date) -> Span:
    """The span of two days; a whole year, quarter or month is one of its own kind."""
    for kind in _WHOLE:
        whole = Span.containing(kind, first)
        if (whole.first, whole.last) == (first, last):
            return whole
    return Span(Kind.SPAN, first, last)


def _single(plain: str) -> Span:
    """A day, month or year; else the key of any period."""
    try:
        span = known_dates.read(plain)
    except PeriodError:
        span = None
    return span or parse(plain)
