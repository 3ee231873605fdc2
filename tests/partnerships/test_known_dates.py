"""Dates as far as they are known: what is written is read back, and nothing is made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.known_date_field import KnownDateField
from partnerships.known_dates import (
    KINDS,
    Precision,
    certainly_after,
    known,
    read,
    stored,
    words,
)
from partnerships.periods import PeriodError, Span

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
whens = st.builds(Span.containing, st.sampled_from(sorted(KINDS.values())), days)


@pytest.mark.parametrize(
    ("text", "first", "precision"),
    [
        ("5 October 2019", date(2019, 10, 5), "day"),
        ("5 oct  2019", date(2019, 10, 5), "day"),
        ("2019-10-05", date(2019, 10, 5), "day"),
        ("October 2019", date(2019, 10, 1), "month"),
        ("2019", date(2019, 1, 1), "year"),
        ("2019-20", date(2019, 4, 1), "financial-year"),
        ("2019/20", date(2019, 4, 1), "financial-year"),
        ("2019–2020", date(2019, 4, 1), "financial-year"),
        ("  ", None, "unknown"),
    ],
)
def test_date_is_read_as_precisely_as_it_is_written(
    text: str, first: date | None, precision: str
) -> None:
    assert stored(read(text)) == (first, Precision(precision))


@pytest.mark.parametrize(
    "text", ["31 June 2019", "ma 2019", "Octember 2019", "2019-21", "2019-20-q3", "soon", "0000"]
)
def test_text_that_is_no_date_says_how_to_write_one(text: str) -> None:
    with pytest.raises(PeriodError, match=r"is not a date\. Write it like 5 October 2019"):
        read(text)


@given(whens)
def test_date_in_words_is_read_back(when: Span) -> None:
    assert read(words(when)) == when
    assert KnownDateField().clean(KnownDateField().prepare_value(when)) == when


@given(st.none() | whens)
def test_date_is_stored_and_known_again(when: Span | None) -> None:
    assert known(*stored(when)) == when


@given(whens, whens)
def test_dates_that_may_be_the_same_are_not_certainly_after(one: Span, other: Span) -> None:
    assert certainly_after(one, other) == (one.first > other.last)
    assert not (certainly_after(one, other) and certainly_after(other, one))
    assert not certainly_after(one, None)
    assert not certainly_after(None, one)
