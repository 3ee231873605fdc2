"""The checks on one entry."""

from decimal import Decimal

import pytest

from metrics.arithmetic.reading import Measure
from metrics.entries import Entry, problems, worked_out

COUNT = Measure(unit="count")
PERCENT = Measure(unit="percent")
RATE = Measure(unit="rate", base=10_000)
D = Decimal


@pytest.mark.parametrize(
    ("entry", "measure", "expected"),
    [
        (Entry(value=D(12)), COUNT, []),
        (Entry(value=D(0)), COUNT, []),
        (Entry(marker="x", marker_reason="Not collated yet."), COUNT, []),
        (Entry(numerator=D(3), denominator=D(4)), PERCENT, []),
        (Entry(numerator=D(0), denominator=D(0)), PERCENT, []),
        (Entry(), COUNT, [("empty", "value")]),
        (Entry(), PERCENT, [("empty", "numerator")]),
        (Entry(numerator=D(3)), PERCENT, [("half-a-ratio", "denominator")]),
        (Entry(denominator=D(3)), RATE, [("half-a-ratio", "numerator")]),
        (
            Entry(value=D(3), marker="x", marker_reason="No."),
            COUNT,
            [("number-and-marker", "value")],
        ),
        (Entry(marker="x"), COUNT, [("marker-without-reason", "marker_reason")]),
        (Entry(value=D(-1)), COUNT, [("negative", "value")]),
        (Entry(value=D("1.5")), COUNT, [("not-whole", "value")]),
        (Entry(value=D("1.5")), Measure(unit="average"), []),
        (Entry(value=D(10) ** 12), COUNT, [("too-large", "value")]),
        (Entry(numerator=D(5), denominator=D(4)), PERCENT, [("part-above-whole", "numerator")]),
        (Entry(numerator=D(5), denominator=D(4)), RATE, []),
        (Entry(numerator=D(5), denominator=D(0)), RATE, [("no-population", "denominator")]),
    ],
)
def test_problems_of_an_entry(
    entry: Entry, measure: Measure, expected: list[tuple[str, str]]
) -> None:
    assert [(problem.code, problem.field) for problem in problems(entry, measure)] == expected


@pytest.mark.parametrize(
    ("entry", "measure", "expected"),
    [
        (Entry(value=D(7)), COUNT, D(7)),
        (Entry(numerator=D(2), denominator=D(3)), PERCENT, D("66.666667")),
        (Entry(numerator=D(5), denominator=D(60_000)), RATE, D("0.833333")),
        (Entry(numerator=D(0), denominator=D(0)), PERCENT, None),
        (Entry(marker="x", marker_reason="No."), COUNT, None),
    ],
)
def test_worked_out_value(entry: Entry, measure: Measure, expected: Decimal | None) -> None:
    assert worked_out(entry, measure) == expected
