"""A period as people write one."""

import pytest
from django.core.exceptions import ValidationError

from partnerships.period_field import PeriodField
from partnerships.period_words import read_period
from partnerships.periods import parse


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2025-26", "2025-26"),
        (" 2025/26 ", "2025-26"),
        ("2025–2026", "2025-26"),
        ("2025", "2025"),
        ("June 2025", "2025-m06"),
        ("5 june 2025", "2025-06-05"),
        ("2025-06-05", "2025-06-05"),
        ("Q1 2025-26", "2025-26-q1"),
        ("2025-26-q3", "2025-26-q3"),
        ("1 July 2019 to 31 March 2020", "2019-07-01-to-2020-03-31"),
        ("July 2019 to March 2020", "2019-07-01-to-2020-03-31"),
        ("1 April 2025 to 31 March 2026", "2025-26"),
        ("April 2025 to June 2025", "2025-26-q1"),
        ("January 2025 to December 2025", "2025"),
        ("2019-07-01-to-2020-03-31", "2019-07-01-to-2020-03-31"),
    ],
)
def test_period_is_read_as_it_is_written(text: str, key: str) -> None:
    assert read_period(text) == parse(key)


@pytest.mark.parametrize("key", ["2025-26", "2025-26-q1", "2025-m06", "2025-06-05", "2025"])
def test_period_is_read_again_as_it_is_shown(key: str) -> None:
    field = PeriodField()
    assert field.clean(field.prepare_value(parse(key))) == parse(key)


@pytest.mark.parametrize(
    "text",
    ["soon", "2025-27", "32 June 2025", "June to July", "March 2026 to July 2025", "to 2025"],
)
def test_what_is_no_period_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(ValidationError, match=r"is not a period\. Write it like"):
        PeriodField().clean(text)


def test_period_that_is_asked_for_must_be_given() -> None:
    with pytest.raises(ValidationError, match="Enter the period"):
        PeriodField().clean(" ")
    assert PeriodField(required=False).clean("") is None
