"""A figure beside a comparator, the median of neighbours, and rank.

A comparator is treated as fixed: the question is whether the interval of the local figure
leaves it out. Each comparator has its own period and source; that is for the caller to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from statistics import median as middle

from metrics.arithmetic.intervals import (
    difference_of_proportions,
    proportion_interval,
    rate_interval,
    ratio_of_rates,
)
from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.rounding import STORED_PLACES, Basis, Level, level_of
from metrics.arithmetic.states import HIGHER, LOWER, NOT_TESTED, SIGNIFICANT
from partnerships.amounts import half_up

NO_CLEAR_DIFFERENCE = "no-clear-difference"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Local less comparator, in the indicator's unit, and whether that is clear.

    `low` and `high` are the 95% interval of the local figure, None where it cannot be had.
    `rounded` says that the difference rests on printed, rounded numbers.
    """

    difference: Decimal
    state: str
    low: float | None = None
    high: float | None = None
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Median:
    """The median of a set of areas; `missing` names those without a usable figure.

    `decimals` is how exactly the figures are given that it is the middle of.
    """

    value: Decimal | None
    used: tuple[str, ...]
    missing: tuple[str, ...]
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Rank:
    """`position` of `of`, 1 is the highest; `joint` where others have the same value."""

    position: int
    of: int
    joint: bool


def interval_of(
    reading: Reading, measure: Measure, dispersion: float | None = None
) -> tuple[float, float] | None:
    """The 95% interval of one figure in its unit; None where it cannot be worked out.

    Needs a plain reading that its numerator and denominator give, or a count of events.
    `dispersion` is the overdispersion factor, without which clustered events have none.
    """
    level = level_of(reading, measure)
    if level is None or not reading.is_plain or measure.kind_of_count == "none":
        return None
    events, exposure, scale = level.value, Fraction(1), 1
    if measure.unit != "count":
        if level.basis is not Basis.UNROUNDED:
            return None
        events = Fraction(reading.numerator or 0)
        exposure, scale = Fraction(reading.denominator or 0), measure.scale
    if events < 0 or (measure.kind_of_count == "proportion" and events > exposure):
        return None
    if measure.kind_of_count == "proportion":
        found = proportion_interval(float(events), float(exposure), scale)
        return float(found.low), float(found.high)
    factor = dispersion if measure.kind_of_count == "clustered" else 1.0
    if factor is None:
        return None
    found = rate_interval(float(events) / factor, float(exposure), scale)
    return float(found.low) * factor, float(found.high) * factor


def compare(
    local: Reading, comparator: Reading, measure: Measure, dispersion: float | None = None
) -> Comparison | None:
    """Local beside comparator; None where either is no number or only a bound.

    Clearly higher or lower: the local interval leaves out the comparator, and all that a
    printed comparator may have been before it was rounded.
    """
    if local.is_limit or comparator.is_limit or not (local.complete and comparator.complete):
        return None
    ours, theirs = level_of(local, measure), level_of(comparator, measure)
    if ours is None or theirs is None:
        return None
    bounds = interval_of(local, measure, dispersion)
    low, high = bounds or (None, None)
    return Comparison(
        difference=half_up(ours.value - theirs.value, STORED_PLACES),
        state=NOT_TESTED if bounds is None else _state(bounds, theirs),
        low=low,
        high=high,
        rounded=max(ours.basis, theirs.basis) >= Basis.ROUNDED,
    )


def compare_places(local: Reading, other: Reading, measure: Measure) -> Comparison | None:
    """A rate or percentage beside that of another place, with chance at work in both.

    Clearly higher or lower where the test of the two says so; not tested where either has no
    interval. None where either is no number or only a bound.
    """
    found = compare(local, other, measure)
    if found is None or found.state == NOT_TESTED:
        return found
    if not measure.is_ratio or interval_of(other, measure) is None:
        return replace(found, state=NOT_TESTED)
    proportion = measure.kind_of_count == "proportion"
    test = difference_of_proportions if proportion else ratio_of_rates
    p = float(test(*_counted(other), *_counted(local)).p)
    if p >= SIGNIFICANT:
        return replace(found, state=NO_CLEAR_DIFFERENCE)
    return replace(found, state=HIGHER if found.difference > 0 else LOWER)


def _counted(reading: Reading) -> tuple[float, float]:
    return float(reading.numerator or 0), float(reading.denominator or 0)


def _state(bounds: tuple[float, float], theirs: Level) -> str:
    low, high = bounds
    if low > theirs.high:
        return HIGHER
    if high < theirs.low:
        return LOWER
    return NO_CLEAR_DIFFERENCE


def median_of(members: Mapping[str, Reading | None], measure: Measure) -> Median:
    """The median of the members that have a number, the middle two averaged."""
    levels = {name: _usable(reading, measure) for name, reading in members.items()}
    known = {name: level for name, level in levels.items() if level is not None}
    return Median(
        value=half_up(middle(known.values()), STORED_PLACES) if known else None,
        used=tuple(known),
        missing=tuple(name for name in members if name not in known),
        decimals=max(
            (each.decimals for n, each in members.items() if each and n in known), default=0
        ),
    )


def rank_of(name: str, members: Mapping[str, Reading | None], measure: Measure) -> Rank | None:
    """The place of one area among all that have a number for the same period, highest first.

    Areas with the same value share the better place. None if it has no number itself.
    """
    levels = {other: _usable(reading, measure) for other, reading in members.items()}
    known = [level for level in levels.values() if level is not None]
    own = levels.get(name)
    if own is None:
        return None
    above = sum(level > own for level in known)
    same = sum(level == own for level in known)
    return Rank(position=above + 1, of=len(known), joint=same > 1)


def _usable(reading: Reading | None, measure: Measure) -> Fraction | None:
    if reading is None or reading.is_limit or not reading.complete:
        return None
    level = level_of(reading, measure)
    return None if level is None else level.value
