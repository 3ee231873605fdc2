"""The place of a figure among others, and whether two sources agree on one."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from metrics.arithmetic.reading import Measure, Polarity, Reading
from metrics.arithmetic.rounding import level_of

End = Literal["highest", "lowest"]
Bounds = tuple[Fraction | None, Fraction | None]  # None has no bound on that side


@dataclass(frozen=True, slots=True)
class Standing:
    """`position` of `of`, counted from the end that is named; `level` others have the same.

    Where lower is better the lowest is first, else the highest.
    """

    position: int
    of: int
    level: int
    first: End


def standing_of(
    own: Reading, others: Sequence[Reading | None], measure: Measure
) -> Standing | None:
    """The place of a figure among itself and the others that have a number; None without one."""
    here = usable(own, measure)
    if here is None:
        return None
    there = [value for each in others if (value := usable(each, measure)) is not None]
    first: End = "lowest" if measure.polarity == "lower-is-better" else "highest"
    before = sum(value < here if first == "lowest" else value > here for value in there)
    return Standing(before + 1, len(there) + 1, sum(value == here for value in there), first)


def usable(reading: Reading | None, measure: Measure) -> Fraction | None:
    """The number that a figure is ranked by, unrounded where it can be worked out."""
    if reading is None or reading.is_limit or not reading.complete:
        return None
    level = level_of(reading, measure)
    return None if level is None else level.value


def agree(ours: Reading, theirs: Reading, measure: Measure, rounded_to: int = 1) -> bool:
    """Whether one thing may have both values, each within what it was rounded to.

    `rounded_to` is what a count of theirs is rounded to. A figure that is only about right, or
    that is no number, contradicts nothing.
    """
    if "about" in {ours.qualifier, theirs.qualifier} or ours.value is None or theirs.value is None:
        return True
    (low, high), (least, most) = _bounds(ours, measure, 1), _bounds(theirs, measure, rounded_to)
    return (high is None or least is None or least <= high) and (
        low is None or most is None or low <= most
    )


def _bounds(reading: Reading, measure: Measure, rounded_to: int) -> Bounds:
    assert reading.value is not None
    value = Fraction(reading.value)
    match reading.qualifier:
        case "at-least" | "more-than":
            return value, None
        case "at-most" | "fewer-than":
            return None, value
        case "between":
            return value, Fraction(reading.value_upper or reading.value)
    unit = Fraction(1, 10**reading.decimals) if measure.is_ratio else Fraction(rounded_to)
    half = unit / 2 if measure.is_ratio or rounded_to > 1 else Fraction(0)
    return value - half, value + half


def better_words(polarity: Polarity) -> str:
    """Which direction is better, as a part of a sentence."""
    return {
        "higher-is-better": "higher is better",
        "lower-is-better": "lower is better",
        "closer-to-comparator": "closer to others is better",
        "neutral": "neither higher nor lower is better",
    }[polarity]
