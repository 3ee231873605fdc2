"""Dates of events: a day, a month, a season, a year, as written, stored and said again."""

from datetime import date

import pytest

from partnerships.event_dates import When, WhenPrecision, read
from partnerships.periods import PeriodError


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("1 September 2019", date(2019, 9, 1), date(2019, 9, 1), "1 September 2019"),
        ("Sept 2019", date(2019, 9, 1), date(2019, 9, 30), "September 2019"),
        ("spring 2020", date(2020, 3, 1), date(2020, 5, 31), "spring 2020"),
        (" Summer  2019 ", date(2019, 6, 1), date(2019, 8, 31), "summer 2019"),
        ("autumn 2019", date(2019, 9, 1), date(2019, 11, 30), "autumn 2019"),
        ("winter 2019", date(2019, 12, 1), date(2020, 2, 29), "winter 2019"),
        ("2019", date(2019, 1, 1), date(2019, 12, 31), "2019"),
        ("2019/20", date(2019, 4, 1), date(2020, 3, 31), "2019-20"),
    ],
)
def test_date_is_read_and_said_again(text: str, first: date, last: date, words: str) -> None:
    when = read(text)
    assert when is not None
    assert (when.span.first, when.span.last, when.words) == (first, last, words)
    assert read(when.words) == when


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2020, 1, 1), date(2020, 2, 29)])
def test_any_day_of_a_winter_means_the_same_winter(day: date) -> None:
    when = When(day, WhenPrecision.SEASON)
    assert when.words == "winter 2019"
    assert (when.span.first, when.span.last) == (date(2019, 12, 1), date(2020, 2, 29))


def test_empty_text_is_no_date() -> None:
    assert read("  ") is None


@pytest.mark.parametrize("text", ["soon", "monsoon 2019", "winter 9999", "summer 0000", "2019-q1"])
def test_what_is_no_date_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(PeriodError, match=r"is not a date\. Write it like 5 October 2026"):
        read(text)
