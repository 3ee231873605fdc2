"""Periods of reporting: kinds, keys, labels and the period a year before.

Pure: no database, no clock. A period is its kind with its first and last day. Kinds
never mix in one series or one change.

| kind | first and last day | key | label |
| --- | --- | --- | --- |
| month | a calendar month | 2019-m04 | April 2019 |
| quarter | three months of the financial year (April to March) | 2019-20-q3 | Q3 2019-20 |
| half-year | six months of the financial year | 2019-20-h1 | First half of 2019-20 |
| year | the financial year | 2019-20 | 2019-20 |
| academic-year | 1 September to 31 August | 2019-20-academic | academic year 2019/20 |
| calendar-year | 1 January to 31 December | 2019 | 2019 |
| rolling-year | twelve months to a date | year-to-2019-12-31 | year to 31 December 2019 |
| snapshot | one day | 2020-03-31 | 31 March 2020 |
| span | any other first and last day | 2018-10-01-to-2020-03-31 | 1 October 2018 to 31 March 2020 |
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class PeriodError(ValueError):
    """A sentence for the person who gave the period."""


class Kind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"
    ACADEMIC_YEAR = "academic-year"
    CALENDAR_YEAR = "calendar-year"
    ROLLING_YEAR = "rolling-year"
    SNAPSHOT = "snapshot"
    SPAN = "span"

    @property
    def words(self) -> str:
        return self.value.replace("-", " ").capitalize()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A period. Making one whose days do not fit its kind raises `PeriodError`."""

    kind: Kind
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise PeriodError(f"The period begins on {day(self.first)}, after its last day.")
        expected = _WHOLE.get(self.kind)
        if expected is not None and expected(self.last) != (self.first, self.last):
            article = "an" if self.kind is Kind.ACADEMIC_YEAR else "a"
            name = self.kind.replace("-", " ")
            raise PeriodError(f"{day(self.first)} to {day(self.last)} is not {article} {name}.")

    @classmethod
    def containing(cls, kind: Kind, on: date) -> "Span":
        """The period of a kind that a day lies in; a rolling year ends on it.

        Raises `PeriodError` for a span, which no day determines.
        """
        if kind is Kind.SPAN:
            raise PeriodError("A span has a first and a last day of its own. Give both.")
        return cls(kind, *_WHOLE[kind](on))

    @property
    def key(self) -> str:
        """The natural key: unique over all kinds, safe in web addresses."""
        first, last = self.first, self.last
        match self.kind:
            case Kind.MONTH:
                # Not 2009-10, which is the key of a financial year.
                return f"{first.year:04d}-m{first.month:02d}"
            case Kind.QUARTER:
                return f"{_financial_year(first)}-q{_month_of_year(first) // 3 + 1}"
            case Kind.HALF_YEAR:
                return f"{_financial_year(first)}-h{_month_of_year(first) // 6 + 1}"
            case Kind.YEAR:
                return _financial_year(first)
            case Kind.ACADEMIC_YEAR:
                return f"{_two_years(first.year)}-academic"
            case Kind.CALENDAR_YEAR:
                return f"{first.year:04d}"
            case Kind.ROLLING_YEAR:
                return f"year-to-{last.isoformat()}"
            case Kind.SNAPSHOT:
                return last.isoformat()
            case Kind.SPAN:
                return f"{first.isoformat()}-to-{last.isoformat()}"

    @property
    def label(self) -> str:
        """The period as people write it."""
        first, last = self.first, self.last
        match self.kind:
            case Kind.MONTH:
                return f"{first:%B %Y}"
            case Kind.QUARTER:
                return f"Q{_month_of_year(first) // 3 + 1} {_financial_year(first)}"
            case Kind.HALF_YEAR:
                half = "First" if _month_of_year(first) < 6 else "Second"
                return f"{half} half of {_financial_year(first)}"
            case Kind.YEAR:
                return _financial_year(first)
            case Kind.ACADEMIC_YEAR:
                return f"academic year {first.year}/{last.year % 100:02d}"
            case Kind.CALENDAR_YEAR:
                return f"{first.year}"
            case Kind.ROLLING_YEAR:
                return f"year to {day(last)}"
            case Kind.SNAPSHOT:
                return day(last)
            case Kind.SPAN:
                return f"{day(first)} to {day(last)}"

    @property
    def year_before(self) -> "Span":
        """The same kind of period exactly one year earlier; 29 February goes to the 28th.

        A rolling year goes to the one that ends the day before it begins, and a span of whole
        months to one of whole months, so that a leap day is neither lost nor counted twice.
        """
        if self.kind is Kind.ROLLING_YEAR:
            return Span.containing(self.kind, self.first - timedelta(days=1))
        return self._back(12)

    @property
    def quarter_before(self) -> "Span | None":
        """The quarter before a quarter; none for any other kind."""
        return self._back(3) if self.kind is Kind.QUARTER else None

    @property
    def overlaps_neighbours(self) -> bool:
        """Rolling years share months with each other, so neighbours cannot be tested."""
        return self.kind is Kind.ROLLING_YEAR

    def overlaps(self, other: "Span") -> bool:
        """Whether two periods share days."""
        return self.first <= other.last and other.first <= self.last

    def _back(self, months: int) -> "Span":
        last = _months_back(self.last, months)
        if self.kind is not Kind.SPAN:
            return Span.containing(self.kind, last)
        if self.first.day == 1 and _is_month_end(self.last):
            last = last.replace(day=monthrange(last.year, last.month)[1])
        return Span(self.kind, _months_back(self.first, months), last)


def day(value: date) -> str:
    """A date in words: 31 March 2020."""
    return f"{value.day} {value:%B} {value.year}"


def how_long(first: date, last: date, *, days: str = "") -> str:
    """How long it is from a day to a later one, as people say it: 12 days, more than a year.

    Nobody counts the days of what was due last summer: from two months on it is months, then
    years. `days` is how it is said below that, where the days are counted otherwise.
    """
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if months < 2:
        count = (last - first).days
        return days or ("1 day" if count == 1 else f"{count} days")
    if months < 12:
        said, whole = f"{months} months", months
    else:
        years = months // 12
        said, whole = "a year" if years == 1 else f"{years} years", years * 12
    is_more = last.day != first.day or months != whole
    return f"more than {said}" if is_more else said


def financial_year(start: int) -> Span:
    """The financial year that begins on 1 April of `start`."""
    return Span(Kind.YEAR, date(start, 4, 1), date(start + 1, 3, 31))


def financial_year_of(on: date) -> int:
    """The year in which the financial year of a day begins."""
    return on.year if on.month >= 4 else on.year - 1


def quarter(start: int, number: int) -> Span:
    """Quarter 1 to 4 of the financial year that begins on 1 April of `start`."""
    if number not in {1, 2, 3, 4}:
        raise PeriodError(f"There is no quarter {number}. Give a quarter from 1 to 4.")
    year, month = (start, 1 + 3 * number) if number < 4 else (start + 1, 1)
    last_month = month + 2
    last_day = monthrange(year, last_month)[1]
    return Span(Kind.QUARTER, date(year, month, 1), date(year, last_month, last_day))


def snapshot(on: date) -> Span:
    """One day, for counts of who is there on it."""
    return Span(Kind.SNAPSHOT, on, on)


def parse(key: str) -> Span:
    """The period of a key, for every kind. Raises `PeriodError` with what a key looks like."""
    for pattern, make in _READERS:
        found = re.fullmatch(pattern, key)
        if found:
            try:
                span = make(*found.groups())
            except PeriodError:
                raise
            except (ValueError, OverflowError) as error:
                raise PeriodError(f"{key!r} holds a day that does not exist.") from error
            if span.key == key:
                return span
    raise PeriodError(
        f"{key!r} is not a period. Write it like 2019-20, 2019-20-q3, 2020-03-31 or 2019."
    )


def _month_of_year(first: date) -> int:
    """0 for April to 11 for March."""
    return (first.month - 4) % 12


def _two_years(start: int) -> str:
    return f"{start:04d}-{(start + 1) % 100:02d}"


def _financial_year(value: date) -> str:
    return _two_years(financial_year_of(value))


def _months_back(value: date, months: int) -> date:
    """The same day `months` earlier, or the last of that month where it is too short."""
    index = value.year * 12 + value.month - 1 - months
    year, month = divmod(index, 12)
    days = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(value.day, days))


def _whole_months(count: int, begins: int) -> Callable[[date], tuple[date, date]]:
    """Spans of `count` whole months, the cycle beginning in month `begins`, around a day."""

    def around(value: date) -> tuple[date, date]:
        offset = (value.month - begins) % count
        index = value.year * 12 + value.month - 1 - offset
        end = index + count - 1
        first = date(index // 12, index % 12 + 1, 1)
        last_day = monthrange(end // 12, end % 12 + 1)[1]
        return first, date(end // 12, end % 12 + 1, last_day)

    return around


def _is_month_end(value: date) -> bool:
    return value.day == monthrange(value.year, value.month)[1]


def _rolling(last: date) -> tuple[date, date]:
    """Twelve months to a day. To 28 February of a leap year they begin on 1 March."""
    after = last + timedelta(days=1)
    if (after.month, after.day) == (2, 29):
        return date(after.year - 1, 3, 1), last
    return after.replace(year=after.year - 1), last


def _same_day(last: date) -> tuple[date, date]:
    return last, last


_WHOLE: dict[Kind, Callable[[date], tuple[date, date]]] = {
    Kind.MONTH: _whole_months(1, 1),
    Kind.QUARTER: _whole_months(3, 4),
    Kind.HALF_YEAR: _whole_months(6, 4),
    Kind.YEAR: _whole_months(12, 4),
    Kind.ACADEMIC_YEAR: _whole_months(12, 9),
    Kind.CALENDAR_YEAR: _whole_months(12, 1),
    Kind.ROLLING_YEAR: _rolling,
    Kind.SNAPSHOT: _same_day,
}


_DAY = r"(\d{4}-\d{2}-\d{2})"
_READERS: list[tuple[str, Callable[..., Span]]] = [
    (_DAY, lambda on: snapshot(date.fromisoformat(on))),
    (r"(\d{4})-m(\d{2})", lambda y, m: Span.containing(Kind.MONTH, date(int(y), int(m), 1))),
    (r"(\d{4})-\d{2}", lambda y: financial_year(int(y))),
    (r"(\d{4})-\d{2}-q([1-4])", lambda y, n: quarter(int(y), int(n))),
    (
        r"(\d{4})-\d{2}-h([12])",
        lambda y, n: Span.containing(Kind.HALF_YEAR, date(int(y), 4 if n == "1" else 10, 1)),
    ),
    (
        r"(\d{4})-\d{2}-academic",
        lambda y: Span.containing(Kind.ACADEMIC_YEAR, date(int(y), 9, 1)),
    ),
    (r"(\d{4})", lambda y: Span.containing(Kind.CALENDAR_YEAR, date(int(y), 1, 1))),
    (
        rf"year-to-{_DAY}",
        lambda on: Span.containing(Kind.ROLLING_YEAR, date.fromisoformat(on)),
    ),
    (
        rf"{_DAY}-to-{_DAY}",
        lambda a, b: Span(Kind.SPAN, date.fromisoformat(a), date.fromisoformat(b)),
    ),
]
