"""Periods as people write them; every period reads back from the words that show it."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given

from partnerships.period_field import PeriodField
from partnerships.period_words import read_period
from partnerships.periods import PeriodError, Span
from tests.properties.strategies import spans


@given(spans())
def test_period_is_read_from_its_label_and_from_its_key(span: Span) -> None:
    assert read_period(span.label) == span
    assert read_period(span.key) == span


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2019/20", "2019-20"),
        ("2019–2020", "2019-20"),
        ("q4 2019/20", "2019-20-q4"),
        ("Nov 2019", "2019-m11"),
        ("  5  October 2019 ", "2019-10-05"),
        ("June 2018 to March 2020", "2018-06-01-to-2020-03-31"),
        ("June 2018 – March 2020", "2018-06-01-to-2020-03-31"),
        ("First half of 2019/20", "2019-20-h1"),
        ("2019-20 Q3", "2019-20-q3"),
        ("Q3 19/20", "2019-20-q3"),
        ("Q3 2019-2020", "2019-20-q3"),
        ("Quarter 3 2019/20", "2019-20-q3"),
        ("Qtr3, FY 2019-20", "2019-20-q3"),
        ("Q4 1999-2000", "1999-00-q4"),
        ("Oct-Dec 2019", "2019-20-q3"),
        ("October to December 2019", "2019-20-q3"),
        ("Jan – Mar 2020", "2019-20-q4"),
        ("31/12/2019", "2019-12-31"),
        ("31-Dec-2019", "2019-12-31"),
        ("31 Dec 19", "2019-12-31"),
        ("Oct-Dec 19", "2019-20-q3"),
        ("Q3 2019/20 (Oct-Dec)", "2019-20-q3"),
        ("Quarter 3 (October to December 2019) 2019-20", "2019-20-q3"),
        ("Q4 2019/20 (Jan – Mar 2020)", "2019-20-q4"),
        ("Q4 2019/20 (Jan-Mar)", "2019-20-q4"),
        ("01/10/2019 to 31/12/2019", "2019-20-q3"),
    ],
)
def test_period_is_read_as_people_write_it(text: str, key: str) -> None:
    assert read_period(text).key == key


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "",
        "2019-21",
        "Q5 2019-20",
        "March 2020 to June 2018",
        "year to soon",
        "Q3 2019",
        "Q3 2019-21",
        "2019 Q3",
        "Dec-Oct 2019",
        "Q3",
        "31/13/2019",
        "31-Foo-2019",
        "Q3 2019/20 (Jul-Sep)",
        "Q3 2019/20 (Oct-Dec 2020)",
        "soon (Oct-Dec 2019)",
        "Q3 2019-1920",
    ],
)
def test_what_is_no_period_is_told_how_to_write_one(text: str) -> None:
    with pytest.raises(PeriodError, match=r"is not a period\. Write it like 2019-20"):
        read_period(text)


def test_field_of_a_period_asks_for_one_and_shows_it_in_words() -> None:
    field = PeriodField()
    span = read_period("2019-20-q4")
    assert field.clean("Q4 2019-20") == span
    assert field.prepare_value(span) == "Q4 2019-20"
    for text, said in (("", "Enter the period."), ("soon", "“soon” is not a period.")):
        with pytest.raises(ValidationError, match=said):
            field.clean(text)
