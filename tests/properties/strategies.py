"""Figures, measures and periods as hypothesis draws them."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from metrics.arithmetic.reading import Measure, Reading
from partnerships.periods import Kind, Span, financial_year, quarter, snapshot

UNITS = ["count", "percent", "rate", "average", "money"]
KINDS = ["independent", "clustered", "proportion", "none"]
POLARITIES = ["higher-is-better", "lower-is-better", "closer-to-comparator", "neutral"]


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    unit: Any = draw(st.sampled_from(UNITS))
    kind: Any = draw(st.sampled_from(KINDS))
    polarity: Any = draw(st.sampled_from(POLARITIES))
    base = draw(st.sampled_from([1000, 10_000, 100_000])) if unit == "rate" else 1
    return Measure(unit, base, kind, polarity)


def counts(least: int = 0, most: int = 5000) -> st.SearchStrategy[Decimal]:
    return st.integers(least, most).map(Decimal)


@st.composite
def numbers(draw: st.DrawFn, decimals: int) -> Decimal:
    return Decimal(draw(st.integers(0, 2_000))).scaleb(-decimals)


@st.composite
def readings(draw: st.DrawFn, measure: Measure, *, plain: bool = False) -> Reading:
    """Anything that a revision can hold; a number that can be tested if `plain`."""
    kind, flags = "number", ""
    if not plain:
        flags = draw(st.sampled_from(["", "", "", "", "p", "d", "re", "b"]))
        kind = draw(st.sampled_from(["number"] * 8 + ["marker", "words", "limit", "incomplete"]))
    if kind == "marker":
        return Reading(marker=draw(st.sampled_from(["x", "z", "c", "low", "k", "u"])), flags=flags)
    if kind == "words":
        return Reading(words="low", flags=flags)
    decimals = draw(st.integers(0, 3)) if measure.is_ratio else 0
    number = draw(numbers(decimals))
    numerator = denominator = None
    if measure.is_ratio and (plain or draw(st.booleans())):
        denominator = draw(counts(0, 3000))
        numerator = draw(counts(0, int(denominator) + 5))
        if denominator and (plain or draw(st.integers(0, 5))):
            exact = numerator / denominator * measure.scale
            number = round(exact, decimals)
    if kind == "limit":
        qualifier = draw(
            st.sampled_from(["about", "at-least", "at-most", "more-than", "fewer-than"])
        )
    else:
        qualifier = "exactly"
    return Reading(
        value=number,
        numerator=numerator,
        denominator=denominator,
        decimals=decimals,
        qualifier=qualifier,
        flags=flags,
        complete=kind != "incomplete",
        parts=(3, 4) if kind == "incomplete" else None,
        rounded_to=1 if plain else draw(st.sampled_from([1, 1, 1, 5, 10])),
    )


days = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A period of any kind."""
    kind = draw(st.sampled_from(list(Kind)))
    on = draw(days)
    match kind:
        case Kind.QUARTER:
            return quarter(on.year, draw(st.integers(1, 4)))
        case Kind.YEAR:
            return financial_year(on.year)
        case Kind.SNAPSHOT:
            return snapshot(on)
        case Kind.SPAN:
            other = draw(days)
            return Span(kind, min(on, other), max(on, other))
        case _:
            return Span.containing(kind, on)
