"""Periods as people write them: the words in which the portal shows them, or their keys. Pure."""

import re
from datetime import date

from partnerships import known_dates
from partnerships.periods import Kind, PeriodError, Span, parse, quarter, snapshot

HOW_TO_WRITE = (
    "Write it like 2019-20, Q4 2019-20, November 2019 or 5 October 2019; "
    "or like 1 June 2018 to 31 March 2020."
)

_WHOLE = (Kind.YEAR, Kind.CALENDAR_YEAR, Kind.HALF_YEAR, Kind.QUARTER, Kind.MONTH)
# Q4 2019-20, 2019-20 Q4, Quarter 4 2019-2020, Q4 19-20. Not Q4 2019, which may be of either year.
_YEARS = r"(?:fy ?)?(?P<year>(?:\d\d)?\d\d ?- ?(?:\d\d)?\d\d)"
_NUMBER = r"(?:q|qtr|quarter) ?(?P<number>[1-4])"
_QUARTERS = (re.compile(rf"{_NUMBER}[ ,-]*{_YEARS}"), re.compile(rf"{_YEARS}[ ,-]*{_NUMBER}"))
_MONTHS = re.compile(r"([a-z]{3,9}) ?(?:-|to) ?([a-z]{3,9}) (\d{4}|\d\d)")
# Q2 2026-27 (Jul-Sep), Quarter 2 (July to September 2026) 2026-27: its months beside a quarter.
_WITH_MONTHS = re.compile(r"(.*)\(([a-z]{3,9} ?(?:-|to) ?[a-z]{3,9})(?: (\d{4}))?\)(.*)")
# 30-Sep-2026 and 30 Sep 26, as spreadsheets write days.
_DAY_OF_SHEET = re.compile(r"(\d{1,2})[- ]([a-z]{3,9})[- ](\d{4}|\d\d)")
_DAY = re.compile(r"(\d{1,2})[-.](\d{1,2})[-.](\d{4})")
_HALF = re.compile(r"(first|second) half of (\d{4}-\d{2})")
_ACADEMIC = re.compile(r"academic year (\d{4}-\d{2})")
_ROLLING = re.compile(r"year to (.+)")
_FROM_TO = re.compile(r"(.+?)(?: to | - )(.+)")


def read_period(text: str) -> Span:
    """The period that somebody wrote. Raises `PeriodError` with how to write it."""
    plain = " ".join(text.replace("–", "-").replace("/", "-").lower().split())
    try:
        return _with_months(plain) or _in_words(plain) or _single(plain)
    except ValueError as error:  # a PeriodError is one
        raise PeriodError(f"“{text.strip()}” is not a period. {HOW_TO_WRITE}") from error


def _with_months(plain: str) -> Span | None:
    """A quarter beside which its months stand. Raises `PeriodError` where they are others."""
    found = _WITH_MONTHS.fullmatch(plain)
    if found is None:
        return None
    span = _in_words(" ".join(f"{found[1]} {found[4]}".split()))
    if span is None or _in_words(f"{found[2]} {found[3] or span.first.year}") != span:
        raise PeriodError(HOW_TO_WRITE)
    return span


def _in_words(plain: str) -> Span | None:
    for pattern in _QUARTERS:
        if found := pattern.fullmatch(plain):
            return quarter(_first_year(found["year"]), int(found["number"]))
    if found := _MONTHS.fullmatch(plain):
        year = _whole_year(found[3])
        first, last = (_single(f"{name} {year}") for name in found.group(1, 2))
        return _from_to(first.first, last.last)
    if found := _HALF.fullmatch(plain):
        return parse(f"{found[2]}-h{1 if found[1] == 'first' else 2}")
    if found := _ACADEMIC.fullmatch(plain):
        return parse(f"{found[1]}-academic")
    if found := _ROLLING.fullmatch(plain):
        return Span.containing(Kind.ROLLING_YEAR, _single(found[1]).last)
    if found := _FROM_TO.fullmatch(plain):
        return _from_to(_single(found[1]).first, _single(found[2]).last)
    return None


def _first_year(years: str) -> int:
    """2019 of 2019-20, 2019-2020 and 19-20. Raises `PeriodError` for years that do not follow."""
    first, _, second = years.replace(" ", "").partition("-")
    start = int(first) if len(first) == 4 else 2000 + int(first)
    if int(second) % 100 != (start + 1) % 100 or (len(second) == 4 and int(second) != start + 1):
        raise PeriodError(HOW_TO_WRITE)
    return start


def _whole_year(year: str) -> str:
    """2026 of 26: what is written short is of this century."""
    return f"20{year}" if len(year) == 2 else year


def _from_to(first: date, last: date) -> Span:
    """The span of two days; a whole year, quarter or month is one of its own kind."""
    for kind in _WHOLE:
        whole = Span.containing(kind, first)
        if (whole.first, whole.last) == (first, last):
            return whole
    return Span(Kind.SPAN, first, last)


def _single(plain: str) -> Span:
    """A day, month or year; else the key of any period."""
    if found := _DAY.fullmatch(plain):
        return snapshot(date(int(found[3]), int(found[2]), int(found[1])))
    if found := _DAY_OF_SHEET.fullmatch(plain):
        plain = f"{found[1]} {found[2]} {_whole_year(found[3])}"
    try:
        span = known_dates.read(plain)
    except PeriodError:
        span = None
    return span or parse(plain)
