"""Whether we can say that a figure changed: the four states, and "not tested" with its reason.

Works on whole arrays; `metrics.arithmetic.change` calls it with arrays of one.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from metrics.arithmetic.intervals import (
    SMALL,
    Floats,
    difference_of_proportions,
    ratio_of_rates,
)

Flags = NDArray[np.bool_]
Codes = NDArray[np.int8]

HIGHER: Final = "clearly-higher"
LOWER: Final = "clearly-lower"
NO_CLEAR_CHANGE: Final = "no-clear-change"
TOO_FEW: Final = "too-few"
NOT_TESTED: Final = "not-tested"
STATES: Final = (NOT_TESTED, TOO_FEW, NO_CLEAR_CHANGE, HIGHER, LOWER)  # by their number below

SIGNIFICANT = 0.05


class Outcome(IntEnum):
    """How a change was tested, or why it was not, in the order in which it is asked."""

    KIND_NONE = 0
    OVERLAPPING = 1
    NOT_PLAIN = 2
    NO_NUMERATORS = 3
    NOT_A_PART = 4
    TOO_FEW = 5
    FEW_POINTS = 6
    CONDITIONAL_BINOMIAL = 7
    OVERDISPERSED_BINOMIAL = 8
    NEWCOMBE = 9

    @property
    def word(self) -> str:
        return self.name.lower().replace("_", "-")


NOT_TESTED_BECAUSE: dict[str, str] = {
    "kind-none": "this measure is not a count of events, nor a part of a whole",
    "overlapping": "the two periods share days",
    "not-plain": "a figure is approximate, estimated, forecast or doubted",
    "no-numerators": "the counts behind it are not known",
    "not-a-part": "a numerator is larger than its denominator",
    "few-points": (
        "several can be of one family, and there are too few earlier figures to allow for that"
    ),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Pairs of counts to compare, before (1) and after (2); NaN where not known.

    `exposure` is the denominator, or 1 for a count of events in a period: the two periods of a
    change have the same length. `dispersion` is NaN while unknown.
    """

    events1: Floats
    exposure1: Floats
    events2: Floats
    exposure2: Floats
    dispersion: Floats
    independent: Flags
    clustered: Flags
    proportion: Flags
    overlapping: Flags
    plain: Flags  # neither figure approximate, estimated, forecast or doubted


@dataclass(frozen=True, slots=True)
class Judged:
    """`state` is the place in STATES, `outcome` an Outcome; bounds and p are NaN if not tested.

    Bounds are of the ratio of rates, or of the difference of proportions in percentage points.
    """

    state: Codes
    outcome: Codes
    low: Floats
    high: Floats
    p: Floats


def judge(pairs: Counted) -> Judged:
    """Tests each pair by its kind of count, and says why where it cannot."""
    outcome = _outcome(pairs)
    low, high, p = (np.full(outcome.shape, np.nan) for _ in range(3))
    for chosen, test in (
        ((outcome == Outcome.CONDITIONAL_BINOMIAL), ratio_of_rates),
        ((outcome == Outcome.OVERDISPERSED_BINOMIAL), ratio_of_rates),
        ((outcome == Outcome.NEWCOMBE), difference_of_proportions),
    ):
        if chosen.any():
            overdispersed = outcome[chosen] == Outcome.OVERDISPERSED_BINOMIAL
            factor = np.where(overdispersed, pairs.dispersion[chosen], 1.0)
            result = test(
                pairs.events1[chosen] / factor,
                pairs.exposure1[chosen],
                pairs.events2[chosen] / factor,
                pairs.exposure2[chosen],
            )
            scale = 100.0 if test is difference_of_proportions else 1.0
            low[chosen], high[chosen] = result.low * scale, result.high * scale
            p[chosen] = result.p
    return Judged(_state(pairs, outcome, p), outcome, low, high, p)


def _outcome(pairs: Counted) -> Codes:
    a, da, b, db = pairs.events1, pairs.exposure1, pairs.events2, pairs.exposure2
    with np.errstate(invalid="ignore"):
        known = (a >= 0) & (b >= 0) & (da > 0) & (db > 0)
        part = (a <= da) & (b <= db)
        few = (a < SMALL) & (b < SMALL)
    return np.select(
        [
            ~(pairs.independent | pairs.clustered | pairs.proportion),
            pairs.overlapping,
            ~pairs.plain,
            ~known,
            pairs.proportion & ~part,
            few,
            pairs.clustered & np.isnan(pairs.dispersion),
            pairs.independent,
            pairs.clustered,
        ],
        [
            Outcome.KIND_NONE,
            Outcome.OVERLAPPING,
            Outcome.NOT_PLAIN,
            Outcome.NO_NUMERATORS,
            Outcome.NOT_A_PART,
            Outcome.TOO_FEW,
            Outcome.FEW_POINTS,
            Outcome.CONDITIONAL_BINOMIAL,
            Outcome.OVERDISPERSED_BINOMIAL,
        ],
        Outcome.NEWCOMBE,
    ).astype(np.int8)


def _state(pairs: Counted, outcome: Codes, p: Floats) -> Codes:
    tested = outcome >= Outcome.CONDITIONAL_BINOMIAL
    with np.errstate(invalid="ignore"):
        clear = tested & (p < SIGNIFICANT)
        up = pairs.events2 * pairs.exposure1 > pairs.events1 * pairs.exposure2
    return np.select(
        [outcome == Outcome.TOO_FEW, clear & up, clear, tested],
        [STATES.index(TOO_FEW), STATES.index(HIGHER), STATES.index(LOWER), 2],
        STATES.index(NOT_TESTED),
    ).astype(np.int8)
