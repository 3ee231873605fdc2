"""A value axis with round numbers on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

MOST_STEPS = 5
# A line may leave zero out only where all its figures lie in the upper part of the axis.
FAR_FROM_ZERO = Decimal("0.7")
# Of a step: what lies lower above the bottom line looks like nothing, with no room beneath it.
ROOM_BELOW = Decimal("0.4")


@dataclass(frozen=True, slots=True)
class Axis:
    """`ticks` run from the lowest to the highest value of the axis, evenly."""

    ticks: tuple[Decimal, ...]

    @property
    def lowest(self) -> Decimal:
        return self.ticks[0]

    @property
    def highest(self) -> Decimal:
        return self.ticks[-1]

    @property
    def starts_at_zero(self) -> bool:
        return self.lowest <= 0 <= self.highest

    def share(self, value: Decimal) -> float:
        """Where a value lies: 0 at the bottom of the axis, 1 at its top."""
        return float((value - self.lowest) / (self.highest - self.lowest))

    def text(self, tick: Decimal) -> str:
        """A tick as people read it: thousands separators, a true minus, no spare zeros."""
        step = (self.ticks[1] - self.ticks[0]).normalize()
        places = max(0, -int(step.as_tuple().exponent))
        return f"{tick:,.{places}f}".replace("-", "−") if tick else "0"


def axis_for(numbers: Sequence[Decimal], *, from_zero: bool, whole: bool = False) -> Axis:
    """An axis that holds all the numbers.

    With `from_zero` it holds zero as well, as bars need: their length is their value. Without
    it, it does so unless all numbers are far from zero. `whole` allows whole ticks only.
    """
    low, high = min(numbers), max(numbers)
    if from_zero or low == high or low < FAR_FROM_ZERO * high:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = Decimal(1)
    step = _step((high - low) / MOST_STEPS, whole=whole)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    if first > 0 and low - first * step < ROOM_BELOW * step:
        first -= 1
    return Axis(tuple((first + n) * step for n in range(int(last - first) + 1)))


def _step(least: Decimal, *, whole: bool) -> Decimal:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that is at least `least`."""
    power = Decimal(1).scaleb(least.adjusted())
    for factor in ("1", "2", "2.5", "5", "10"):
        step = Decimal(factor) * power
        if step >= least and (not whole or step == step.to_integral_value()):
            return step
    return Decimal(1)  # below 1, and only whole ticks are wanted
