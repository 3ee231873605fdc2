"""From rows to what arithmetic sees of them."""

from operator import attrgetter
from typing import Any, cast

from metrics.arithmetic.reading import KindOfCount, Measure, Polarity, Reading, RollUp, Unit
from metrics.models import Indicator, Revision


def measure_of(indicator: Indicator) -> Measure:
    """How an indicator is counted. The casts are safe: named constraints hold the words."""
    return Measure(
        unit=cast(Unit, indicator.unit),
        base=indicator.base,
        kind_of_count=cast(KindOfCount, indicator.kind_of_count),
        polarity=cast(Polarity, indicator.polarity),
        roll_up=cast(RollUp, indicator.roll_up),
        unit_words=indicator.unit_words,
    )


# What a reading is made of, as fields of a revision.
FIELDS = (
    "value",
    "value_upper",
    "numerator",
    "denominator",
    "decimals",
    "qualifier",
    "marker",
    "printed_words",
    "flags",
    "parts",
    "parts_of",
)
_values_of = attrgetter(*FIELDS)


def reading_of(revision: Revision) -> Reading:
    """One revision of a cell."""
    return reading(*_values_of(revision))


def reading(*values: Any) -> Reading:
    """A reading of the values of FIELDS, for where there are too many for rows of the ORM."""
    value, upper, numerator, denominator, decimals, qualifier, *others = values
    marker, words, flags, parts, parts_of = others
    return Reading(
        value=value,
        value_upper=upper,
        numerator=numerator,
        denominator=denominator,
        decimals=decimals,
        qualifier=qualifier,
        marker=marker,
        words=words,
        flags=flags,
        complete=parts == parts_of,
        parts=None if parts is None or parts_of is None else (parts, parts_of),
    )
