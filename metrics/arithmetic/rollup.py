"""How quarters make a year, or a year to date.

Events add up, a stock takes its last quarter, a ratio is the sum of numerators over the sum of
denominators; percentages and rates are never averaged. A total that lacks a part says so and
takes no part in a change.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.rounding import STORED_PLACES
from partnerships.amounts import half_up

QUARTERS = 4
FLAG_ORDER = "prefbd"
Parts = Sequence[Reading | None]


class RollUpError(ValueError):
    """The indicator's rule does not fit its unit."""


def roll_up(parts: Parts, measure: Measure) -> Reading | None:
    """The total of consecutive parts (four quarters of a year), each None where missing.

    Returns None where the indicator has no roll-up. Raises `RollUpError` for percentages,
    rates or averages that are to be added up.
    """
    match measure.roll_up:
        case "none":
            return None
        case "last":
            return parts[-1] if parts and parts[-1] is not None else Reading(marker="x")
        case "sum":
            if measure.is_ratio:
                raise RollUpError("Percentages, rates and averages cannot be added up.")
            return _sum(parts)
        case "ratio":
            if not measure.is_ratio:
                raise RollUpError("Only percentages, rates and averages are ratios.")
            return _ratio(parts, measure)


def to_date(
    this_year: Parts, year_before: Parts, measure: Measure
) -> tuple[Reading, Reading] | None:
    """The year so far, and the same quarters a year before; None where there is nothing yet.

    `this_year` and `year_before` are the quarters from the first on; those after this year's
    last known one count in neither.
    """
    known = [place for place, part in enumerate(this_year) if _counts(part)]
    if not known:
        return None
    length = known[-1] + 1
    now = roll_up(this_year[:length], measure)
    then = roll_up([*year_before, *[None] * length][:length], measure)
    return None if now is None or then is None else (now, then)


def _counts(part: Reading | None) -> bool:
    return part is not None and part.value is not None and part.complete


def _known(parts: Parts) -> list[Reading]:
    return [part for part in parts if part is not None and _counts(part)]


def _sum(parts: Parts) -> Reading:
    known = _known(parts)
    if not known:
        return _nothing(parts)
    qualifier = _qualifier(known)
    upper = sum((part.value_upper or part.value or Decimal(0) for part in known), Decimal(0))
    return Reading(
        value=sum((part.value or Decimal(0) for part in known), Decimal(0)),
        value_upper=upper if qualifier == "between" else None,
        decimals=max(part.decimals for part in known),
        qualifier=qualifier,
        flags=_flags(known),
        complete=len(known) == len(parts),
        parts=(len(known), len(parts)),
    )


def _ratio(parts: Parts, measure: Measure) -> Reading:
    known = [
        part
        for part in _known(parts)
        if part.numerator is not None and part.denominator is not None
    ]
    numerator = sum((part.numerator or Decimal(0) for part in known), Decimal(0))
    denominator = sum((part.denominator or Decimal(0) for part in known), Decimal(0))
    if not known or not denominator:
        return _nothing(parts)
    return Reading(
        value=_quotient(numerator, denominator, measure),
        numerator=numerator,
        denominator=denominator,
        decimals=max(part.decimals for part in known),
        qualifier="about" if any(part.qualifier != "exactly" for part in known) else "exactly",
        flags=_flags(known),
        complete=len(known) == len(parts),
        parts=(len(known), len(parts)),
    )


def _quotient(numerator: Decimal, denominator: Decimal, measure: Measure) -> Decimal:
    # As fractions, so that nothing is lost before the one rounding.
    return half_up(Fraction(numerator) / Fraction(denominator) * measure.scale, STORED_PLACES)


def _nothing(parts: Parts) -> Reading:
    """The markers' own marker where all agree, else "not available"."""
    markers = {part.marker if part is not None else "" for part in parts}
    marker = markers.pop() if len(markers) == 1 else "x"
    return Reading(marker=marker or "x")


def _flags(known: Sequence[Reading]) -> str:
    found = {flag for part in known for flag in part.flags}
    return "".join(flag for flag in FLAG_ORDER if flag in found)


def _qualifier(known: Sequence[Reading]) -> str:
    """The weakest thing that still holds for the sum."""
    found = {part.qualifier for part in known} - {"exactly"}
    if len(found) <= 1:
        return found.pop() if found else "exactly"
    if found <= {"at-least", "more-than"}:
        return "at-least"
    if found <= {"at-most", "fewer-than"}:
        return "at-most"
    return "about"
