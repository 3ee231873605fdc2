"""Numbers as people read them. Pure: the one rule of rounding, signs and separators."""

from decimal import Decimal
from fractions import Fraction

MINUS = "−"
# Small whole numbers as people write them out, from 0.
WRITTEN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def half_up(value: Decimal | Fraction | int, places: int) -> Decimal:
    """`value` rounded to `places` decimals; halves go away from zero, so that −2.5 is −3."""
    scaled = Fraction(value) * 10**places
    size = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(size if scaled >= 0 else -size).scaleb(-places)


def number_words(value: Decimal, decimals: int, *, signed: bool = False) -> str:
    """1,234.5 with thousands separators and a true minus sign; `signed` also gives the plus.

    Halves are rounded up, away from 0. What rounds to 0 has no sign.
    """
    rounded = half_up(value, decimals)
    digits = f"{abs(rounded):,.{decimals}f}"
    if rounded < 0:
        return MINUS + digits
    return f"+{digits}" if signed and rounded > 0 else digits


def written_words(value: Decimal) -> str:
    """A small whole number written out; empty for any other."""
    whole = value == int(value) and 0 <= value < len(WRITTEN)
    return WRITTEN[int(value)] if whole else ""


def pounds_words(value: Decimal, decimals: int = 0) -> str:
    """£51,584, and −£51,584 with its sign before the pound."""
    digits = number_words(value, decimals)
    return f"{MINUS}£{digits.removeprefix(MINUS)}" if digits.startswith(MINUS) else f"£{digits}"
