from decimal import Decimal
from fractions import Fraction

import pytest

from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.rounding import Basis, level_of, relative_interval
from partnerships.amounts import half_up

PERCENT = Measure("percent")
RATE = Measure("rate", 10_000)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.05", 1, "0.1"),
        ("2.4999", 0, "2"),
        ("-0.4", 0, "0"),
        ("14.936709", 1, "14.9"),
        ("1.0000005", 6, "1.000001"),
    ],
)
def test_half_up_takes_halves_away_from_zero(value: str, places: int, expected: str) -> None:
    assert half_up(Decimal(value), places) == Decimal(expected)


def test_half_up_of_a_fraction_loses_nothing_before_rounding() -> None:
    assert half_up(Fraction(1, 3), 6) == Decimal("0.333333")
    assert half_up(Fraction(-2, 3), 0) == Decimal("-1")


def test_level_of_a_count_is_exact() -> None:
    level = level_of(Reading(Decimal(240)), Measure("count"))
    assert level is not None
    assert {level.low, level.value, level.high} == {Fraction(240)}
    assert level.basis is Basis.EXACT


def test_level_of_a_printed_rate_is_anything_that_rounds_to_it() -> None:
    level = level_of(Reading(Decimal(86)), RATE)
    assert level is not None
    assert (level.low, level.high) == (Fraction("85.5"), Fraction("86.5"))
    assert level.basis is Basis.ROUNDED


def test_level_of_a_printed_zero_does_not_go_below_zero() -> None:
    level = level_of(Reading(Decimal("0.0"), decimals=1), PERCENT)
    assert level is not None
    assert (level.low, level.high) == (Fraction(0), Fraction("0.05"))


def test_level_with_numerator_and_denominator_is_unrounded() -> None:
    reading = Reading(
        Decimal("23.1"), numerator=Decimal(967), denominator=Decimal(4194), decimals=1
    )
    level = level_of(reading, PERCENT)
    assert level is not None
    assert level.value == level.low == level.high == Fraction(96700, 4194)
    assert level.basis is Basis.UNROUNDED


def test_level_that_its_numerator_does_not_give_stands_as_printed() -> None:
    """2 of 7 is 28.57%, which a source prints as 28%: cut off, not rounded."""
    reading = Reading(Decimal(28), numerator=Decimal(2), denominator=Decimal(7))
    level = level_of(reading, PERCENT)
    assert level is not None
    assert level.disagrees
    assert (level.value, level.basis) == (Fraction(28), Basis.ROUNDED)


def test_level_with_an_empty_denominator_stands_as_printed() -> None:
    reading = Reading(Decimal(0), numerator=Decimal(0), denominator=Decimal(0))
    level = level_of(reading, PERCENT)
    assert level is not None
    assert not level.disagrees
    assert level.basis is Basis.ROUNDED


@pytest.mark.parametrize("reading", [Reading(marker="x"), Reading(words="low")])
def test_level_of_what_is_no_number_is_none(reading: Reading) -> None:
    assert level_of(reading, PERCENT) is None


def test_level_of_about_is_about_even_for_a_count() -> None:
    level = level_of(Reading(Decimal(100), qualifier="about"), Measure("count"))
    assert level is not None
    assert level.basis is Basis.ABOUT


def test_relative_interval_of_86_to_65() -> None:
    old, new = level_of(Reading(Decimal(86)), RATE), level_of(Reading(Decimal(65)), RATE)
    assert old is not None
    assert new is not None
    low, high = relative_interval(old, new)
    assert high is not None
    assert (half_up(low, 1), half_up(high, 1)) == (Decimal("-25.4"), Decimal("-23.4"))


def test_relative_interval_from_what_may_be_zero_has_no_upper_bound() -> None:
    old = level_of(Reading(Decimal("0.5")), RATE)
    new = level_of(Reading(Decimal(3)), RATE)
    assert old is not None
    assert new is not None
    assert relative_interval(old, new)[1] is None
