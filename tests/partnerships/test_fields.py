"""Dates in three parts and numbers as people write them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from partnerships.fields import (
    MONTHS,
    CheckboxesWithHints,
    DatePartsField,
    DecimalNumberField,
    RadiosWithHints,
    WholeNumberField,
)

FIELD = DatePartsField(noun="The date of the meeting")


@given(st.dates(min_value=date(1000, 1, 1)), st.booleans())
def test_date_is_read_back_from_its_parts(day: date, in_words: bool) -> None:
    month = MONTHS[day.month - 1] if in_words else str(day.month)
    assert FIELD.clean([str(day.day), month, str(day.year)]) == day


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", " MAR. "])
def test_month_is_taken_as_number_and_name(month: str) -> None:
    assert FIELD.clean(["31", month, "2020"]) == date(2020, 3, 31)


@pytest.mark.parametrize(
    ("parts", "message", "wrong"),
    [
        (["", "3", "2020"], "must include a day.", ["day"]),
        (["31", "", ""], "must include a month and a year.", ["month", "year"]),
        (["31", "3", "20"], "must have a year of 4 numbers, like 2020.", ["year"]),
        (["31", "3", "2o20"], "must have a year of 4 numbers, like 2020.", ["year"]),
        (["31", "3", "0000"], "must have a year of 4 numbers, like 2020.", ["year"]),
        (["31", "13", "2020"], "must have a month from 1 to 12.", ["month"]),
        (["31", "0", "2020"], "must have a month from 1 to 12.", ["month"]),
        (["31", "Ma", "2020"], "must have a month from 1 to 12.", ["month"]),
        (["30", "2", "2020"], "must have a day that is in that month.", ["day"]),
        (["0", "2", "2020"], "must have a day that is in that month.", ["day"]),
        (["²", "2", "2020"], "must have a day that is in that month.", ["day"]),
    ],
)
def test_wrong_date_names_its_parts(parts: list[str], message: str, wrong: list[str]) -> None:
    with pytest.raises(ValidationError) as caught:
        FIELD.clean(parts)
    error = caught.value.error_list[0]
    assert str(error.message) == f"The date of the meeting {message}"
    assert error.params == {"parts": wrong}


def test_missing_date_says_what_to_enter() -> None:
    with pytest.raises(ValidationError) as caught:
        FIELD.clean(["", " ", ""])
    assert caught.value.messages == ["Enter the date of the meeting."]


def test_optional_date_may_be_missing() -> None:
    assert DatePartsField(required=False).clean(["", "", ""]) is None


@pytest.mark.parametrize(
    ("data", "changed"),
    [
        (["31", "3", "2020"], False),
        (["31", "March", "2020"], False),
        (["30", "3", "2020"], True),
        (["31", "", "2020"], True),
    ],
)
def test_change_of_a_date_is_seen(data: list[str], changed: bool) -> None:
    assert FIELD.has_changed(date(2020, 3, 31), data) is changed


@pytest.mark.parametrize(
    ("written", "number"),
    [("4,368", 4368), (" 1 234 ", 1234), ("−12", -12), ("-12", -12), ("0", 0)],
)
def test_whole_number_is_read_as_written(written: str, number: int) -> None:
    assert WholeNumberField().clean(written) == number


@pytest.mark.parametrize("written", ["1.5", "1e3", "twelve", "5 135 children", "--1"])
def test_what_is_no_whole_number_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        WholeNumberField().clean(written)


@pytest.mark.parametrize(
    ("written", "number"), [("1,234.5", Decimal("1234.5")), ("−0.5", Decimal("-0.5"))]
)
def test_decimal_number_is_read_as_written(written: str, number: Decimal) -> None:
    assert DecimalNumberField().clean(written) == number


@pytest.mark.parametrize("written", ["NaN", "Infinity", "1.2.3"])
def test_what_is_no_decimal_number_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        DecimalNumberField().clean(written)


@pytest.mark.parametrize("kind", [RadiosWithHints, CheckboxesWithHints])
def test_hint_of_a_choice_goes_with_its_value(
    kind: type[RadiosWithHints | CheckboxesWithHints],
) -> None:
    widget = kind(hints={"1": "The first."}, choices=[(1, "One"), (2, "Two")])
    hints = [option["hint"] for option in widget.subwidgets("number", None)]
    assert hints == ["The first.", ""]
