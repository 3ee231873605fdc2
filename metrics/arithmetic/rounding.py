"""Rounding half up, and the interval that a printed number stands for.

A count or a sum of money is as exact as it is printed, unless its source rounds counts: 1,230 to
the nearest 10 is anything from 1,225 to 1,235. A rate, a percentage or an average that is printed
has been rounded: "86 per 10,000" is anything from 85.5 to 86.5. Where numerator and denominator are
known exactly the value is worked out from them and nothing is lost to rounding.
"""

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from metrics.arithmetic.reading import Measure, Reading

STORED_PLACES = 6


class Basis(IntEnum):
    """What a value rests on, from the surest to the least sure. A change has its worse one."""

    EXACT = 0  # a count or a sum of money, as stated
    UNROUNDED = 1  # worked out from numerator and denominator
    ROUNDED = 2  # as printed, known to lie within half a unit of its last digit
    ABOUT = 3  # the source itself says "about"

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Level:
    """A value with the interval it stands for, exact fractions in the indicator's unit.

    `disagrees` marks a printed value that its numerator and denominator do not give: they
    belong to something else, so the value stands as printed and is not tested.
    """

    value: Fraction
    low: Fraction
    high: Fraction
    basis: Basis
    disagrees: bool = False


def level_of(reading: Reading, measure: Measure) -> Level | None:
    """The value of a reading and its interval; None for a marker or words."""
    if reading.value is None:
        return None
    value = Fraction(reading.value)
    about = reading.qualifier == "about"
    off = Fraction(reading.rounded_to, 2) if reading.rounded_to > 1 else Fraction(0)
    if not measure.is_ratio and (about or not off):
        return Level(value, value, value, Basis.ABOUT if about else Basis.EXACT)
    half = Fraction(1, 2 * 10**reading.decimals) if measure.is_ratio else off
    low = max(Fraction(0), value - half) if value >= 0 else value - half
    derived = quotient(reading, measure)
    agrees = derived is not None and abs(derived - value) <= half + slack(reading, measure, off)
    if agrees and derived is not None and not off:
        return Level(derived, derived, derived, Basis.ABOUT if about else Basis.UNROUNDED)
    basis = Basis.ABOUT if about else Basis.ROUNDED
    disagrees = derived is not None and measure.is_ratio and not agrees
    return Level(value, low, value + half, basis, disagrees=disagrees)


def slack(reading: Reading, measure: Measure, off: Fraction) -> Fraction:
    """How far a quotient may be off because its counts are each off by up to `off`."""
    if reading.numerator is None or not reading.denominator:
        return Fraction(0)
    above, below = Fraction(reading.numerator), Fraction(reading.denominator)
    return off / below * measure.scale * (1 + above / below)


def quotient(reading: Reading, measure: Measure) -> Fraction | None:
    """Numerator over denominator in the indicator's unit, where both are known."""
    if reading.numerator is None or not reading.denominator:
        return None
    return Fraction(reading.numerator) / Fraction(reading.denominator) * measure.scale


def relative_interval(before: Level, after: Level) -> tuple[Fraction, Fraction | None]:
    """The least and the most that a percentage change can be; None has no upper bound.

    For values above 0: from 85.5–86.5 to 64.5–65.5 is between −25.4% and −23.4%.
    """
    low = (after.low / before.high - 1) * 100
    high = (after.high / before.low - 1) * 100 if before.low > 0 else None
    return low, high
