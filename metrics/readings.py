"""From rows to what arithmetic sees of them."""

from typing import cast

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


def reading_of(revision: Revision) -> Reading:
    """One revision of a cell."""
    return Reading(
        value=revision.value,
        value_upper=revision.value_upper,
        numerator=revision.numerator,
        denominator=revision.denominator,
        decimals=revision.decimals,
        qualifier=revision.qualifier,
        marker=revision.marker,
        words=revision.printed_words,
        flags=revision.flags,
        complete=revision.parts == revision.parts_of,
        parts=(
            (revision.parts, revision.parts_of)
            if revision.parts is not None and revision.parts_of is not None
            else None
        ),
    )
