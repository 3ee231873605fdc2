"""A ratio of two figures of one period, worked out here and nowhere else. Pure."""

from dataclasses import dataclass, replace
from fractions import Fraction

from metrics.wording import value_words
from partnerships.amounts import half_up
from partnerships.periods import Span
from partnerships.stated_figure import Stated
from reports.blocks.data import IndicatorData, Observation

KIND = "ratio"
PER = 100
UNIT = f"for every {PER}"
_PLACES = 6  # as figures are stored


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioFigure(Stated):
    """For every 100 of the denominator, how many of the numerator.

    Both hold the one figure that went in, so that whoever sees the ratio can follow them, and so
    that it is hidden where either of them is. `of_cohort`: the numerator is a part of the
    denominator, child by child.
    """

    numerator: IndicatorData
    denominator: IndicatorData
    of_cohort: bool = False


def ratio_of(
    name: str,
    numerator: IndicatorData,
    denominator: IndicatorData,
    span: Span,
    *,
    place: str,
    of_cohort: bool = False,
) -> RatioFigure | None:
    """The ratio of two indicators in a period; None where one has no number to divide by or with.

    Both figures are of one source. `place` is the partnership's in addresses. From rates, which
    are printed rounded, and from approximate figures it is "about" so much.
    """
    above, below = numerator.own.at(span), denominator.own.at(span)
    if above is None or below is None or above.source != below.source:
        return None
    quotient = _quotient(above, below)
    if quotient is None:
        return None
    value = half_up(quotient, _PLACES)
    codes = (above.source.code, numerator.code, denominator.code, span.key)
    return RatioFigure(
        address=":".join((KIND, place, *codes)),
        about=f"{name}, {span.label}",
        value=value,
        unit=UNIT,
        decimals=0 if value >= 10 else 1,
        qualifier="about" if _is_rounded(numerator, above, below) else "exactly",
        note=_note(numerator, above, denominator, below),
        of_children=True,
        numerator=_only(numerator, above),
        denominator=_only(denominator, below),
        of_cohort=of_cohort,
    )


def _quotient(above: Observation, below: Observation) -> Fraction | None:
    for seen in (above, below):
        if seen.reading.value is None or seen.reading.is_limit or not seen.reading.complete:
            return None
    assert above.reading.value is not None
    assert below.reading.value is not None
    if below.reading.value <= 0:
        return None
    return Fraction(above.reading.value) / Fraction(below.reading.value) * PER


def _is_rounded(numerator: IndicatorData, *seen: Observation) -> bool:
    doubtful = any(each.reading.qualifier == "about" for each in seen)
    return doubtful or numerator.measure.is_ratio


def _note(
    numerator: IndicatorData, above: Observation, denominator: IndicatorData, below: Observation
) -> str:
    """Both figures in words, so that the division can be done again."""
    over = value_words(above.reading, numerator.measure)
    under = value_words(below.reading, denominator.measure)
    doubted = " One of them is doubted." if "d" in above.reading.flags + below.reading.flags else ""
    return f"{numerator.name}: {over}. {denominator.name}: {under}.{doubted}"


def _only(data: IndicatorData, seen: Observation) -> IndicatorData:
    """The indicator with that one figure."""
    own = replace(data.own, observations=(replace(seen, notes=(), instead=()),))
    return replace(data, own=own, spans=(seen.span,), others=(), moved=(), versions=())
