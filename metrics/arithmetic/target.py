"""Whether a figure reaches its target, misses it, or has failed; or that nobody can tell. Pure.

A printed rate or percentage stands for an interval, as it does everywhere (`rounding`). Where the
interval reaches across a bound the figure says nothing about it, and neither does this.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Literal

from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.rounding import level_of

Direction = Literal["at-least", "at-most"]
Reason = Literal["", "no-number", "about", "incomplete", "doubted", "estimated", "crosses", "limit"]
Interval = tuple[Fraction | None, Fraction | None]  # None has no bound on that side


class Zone(IntEnum):
    """Where a figure can lie, from worst to best."""

    FAILED = 0
    MISSED = 1
    TOLERATED = 2
    MET = 3


@dataclass(frozen=True, slots=True)
class Bounds:
    """A target in the indicator's unit; `tolerance` and `failure` lie on its worse side."""

    direction: Direction
    value: Decimal
    tolerance: Decimal | None = None
    failure: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`zone` is None where nobody can tell, and `reason` then says why.

    `worst` and `best` are the zones between which a figure lies that has a number.
    """

    zone: Zone | None
    reason: Reason = ""
    worst: Zone | None = None
    best: Zone | None = None


def verdict_of(reading: Reading, measure: Measure, bounds: Bounds) -> Verdict:
    """Holds a figure to its target."""
    if reason := _why_not(reading):
        return Verdict(None, reason)
    low, high = _interval(reading, measure)
    if bounds.direction == "at-most":
        low, high = high, low
    worst = _worst(bounds) if low is None else _zone(low, bounds)
    best = Zone.MET if high is None else _zone(high, bounds)
    if worst is best:
        return Verdict(best, "", worst, best)
    return Verdict(None, "limit" if reading.is_limit else "crosses", worst, best)


def _why_not(reading: Reading) -> Reason:
    if reading.value is None:
        return "no-number"
    if reading.qualifier == "about":
        return "about"
    if not reading.complete:
        return "incomplete"
    if "d" in reading.flags:
        return "doubted"
    return "estimated" if set(reading.flags) & set("ef") else ""


def _interval(reading: Reading, measure: Measure) -> Interval:
    """The lowest and the highest that the figure can be, both included."""
    assert reading.value is not None
    value = Fraction(reading.value)
    match reading.qualifier:
        case "at-least" | "more-than":
            return value, None
        case "at-most" | "fewer-than":
            return None, value
        case "between" if reading.value_upper is not None:
            return value, Fraction(reading.value_upper)
    level = level_of(reading, measure)
    assert level is not None
    return level.low, level.high


def _worst(bounds: Bounds) -> Zone:
    return Zone.MISSED if bounds.failure is None else Zone.FAILED


def _zone(value: Fraction, bounds: Bounds) -> Zone:
    """Each bound still belongs to the better side of it."""
    sign = 1 if bounds.direction == "at-least" else -1
    reached = [
        limit is not None and sign * value >= sign * Fraction(limit)
        for limit in (bounds.value, bounds.tolerance, bounds.failure)
    ]
    met, tolerated, not_failed = reached
    if met:
        return Zone.MET
    if tolerated:
        return Zone.TOLERATED
    return Zone.MISSED if not_failed or bounds.failure is None else Zone.FAILED
