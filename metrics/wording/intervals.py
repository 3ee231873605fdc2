"""The interval of a tested change in words."""

from decimal import Decimal
from typing import Protocol

from metrics.arithmetic.reading import Measure
from metrics.arithmetic.states import NOT_TESTED
from partnerships.amounts import half_up, number_words


class Tested(Protocol):
    """What words need of a tested change: `ChangeResult`, or the row that keeps it."""

    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def state(self) -> str: ...


def change_interval_words(change: Tested, measure: Measure) -> str:
    """Where the true change may lie, by the test that the state rests on; empty without one.

    Of shares the difference, "95% interval −1.2 to +5.4 percentage points"; of rates and counts
    how many times as high it is, "95% interval 0.94 to 1.21 times the figure before".
    """
    if change.low is None or change.high is None or change.state in {"", NOT_TESTED}:
        return ""
    shares = measure.kind_of_count == "proportion"
    none = 0 if shares else 1  # what no change is
    ends = [Decimal(change.low), Decimal(change.high)]
    decimals = 1 if shares else 2
    if any(half_up(end, decimals) == none for end in ends):
        decimals += 1  # on which side of no change an interval ends is what it is read for
    low, high = (number_words(end, decimals, signed=shares) for end in ends)
    return f"95% interval {low} to {high} " + (
        "percentage points" if shares else "times the figure before"
    )
