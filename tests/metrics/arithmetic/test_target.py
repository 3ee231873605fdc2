"""Figures against targets: each side of each bound, rounding, and what cannot be told."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.target import Bounds, Direction, Verdict, Zone, verdict_of
from metrics.wording import bounds_words, reason_words, target_words, zone_words

SHARE = Measure("percent", kind_of_count="proportion")
COUNT = Measure("count", unit_words="children")
AT_LEAST = Bounds("at-least", Decimal(90), Decimal(85), Decimal(80))
AT_MOST = Bounds("at-most", Decimal(20), Decimal(22), Decimal(25))


def counted(part: int, whole: int) -> Reading:
    """A percentage that is known exactly, because the counts behind it are."""
    value = (Decimal(part) * 100 / whole).quantize(Decimal("0.000001"))
    return Reading(value, numerator=Decimal(part), denominator=Decimal(whole), decimals=6)


def printed(value: str, decimals: int = 0, **more: object) -> Reading:
    return Reading(Decimal(value), decimals=decimals, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bounds", "part", "expected"),
    [
        (AT_LEAST, 100, Zone.MET),
        (AT_LEAST, 90, Zone.MET),
        (AT_LEAST, 89, Zone.TOLERATED),
        (AT_LEAST, 85, Zone.TOLERATED),
        (AT_LEAST, 84, Zone.MISSED),
        (AT_LEAST, 80, Zone.MISSED),
        (AT_LEAST, 79, Zone.FAILED),
        (AT_MOST, 0, Zone.MET),
        (AT_MOST, 20, Zone.MET),
        (AT_MOST, 22, Zone.TOLERATED),
        (AT_MOST, 25, Zone.MISSED),
        (AT_MOST, 26, Zone.FAILED),
    ],
)
def test_each_bound_belongs_to_its_better_side(bounds: Bounds, part: int, expected: Zone) -> None:
    assert verdict_of(counted(part, 100), SHARE, bounds).zone is expected


@pytest.mark.parametrize(
    ("bounds", "part", "expected"),
    [
        (Bounds("at-least", Decimal(90)), 89, Zone.MISSED),
        (Bounds("at-least", Decimal(90)), 1, Zone.MISSED),
        (Bounds("at-least", Decimal(90), failure=Decimal(90)), 89, Zone.FAILED),
        (Bounds("at-least", Decimal(90), Decimal(85)), 1, Zone.MISSED),
        (Bounds("at-least", Decimal(90), Decimal(85), Decimal(85)), 84, Zone.FAILED),
    ],
)
def test_what_is_not_set_is_not_judged(bounds: Bounds, part: int, expected: Zone) -> None:
    assert verdict_of(counted(part, 100), SHARE, bounds).zone is expected


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (printed("91"), Verdict(Zone.MET, "", Zone.MET, Zone.MET)),
        (printed("90"), Verdict(None, "crosses", Zone.TOLERATED, Zone.MET)),
        (printed("90.4", 1), Verdict(Zone.MET, "", Zone.MET, Zone.MET)),
        (printed("87"), Verdict(Zone.TOLERATED, "", Zone.TOLERATED, Zone.TOLERATED)),
        (printed("80"), Verdict(None, "crosses", Zone.FAILED, Zone.MISSED)),
        (printed("79.9", 1), Verdict(Zone.FAILED, "", Zone.FAILED, Zone.FAILED)),
    ],
)
def test_a_printed_percentage_is_judged_by_all_that_it_may_stand_for(
    reading: Reading, expected: Verdict
) -> None:
    assert verdict_of(reading, SHARE, AT_LEAST) == expected


@pytest.mark.parametrize(
    ("qualifier", "value", "expected"),
    [
        ("at-least", "18", None),
        ("at-least", "26", Zone.FAILED),
        ("more-than", "26", Zone.FAILED),
        ("fewer-than", "20", Zone.MET),
        ("at-most", "23", None),
    ],
)
def test_a_limit_is_judged_where_it_is_enough(
    qualifier: str, value: str, expected: Zone | None
) -> None:
    verdict = verdict_of(printed(value, qualifier=qualifier), COUNT, AT_MOST)
    assert verdict.zone is expected
    assert verdict.reason == ("" if expected is not None else "limit")


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (Reading(marker="c"), "There is no number."),
        (Reading(words="nearly all"), "There is no number."),
        (printed("99", qualifier="about"), "The figure is only given as “about”."),
        (printed("99", complete=False, parts=(3, 4)), "Parts of the total are missing."),
        (printed("99", flags="d"), "The figure is doubted."),
        (printed("99", flags="f"), "The figure is an estimate or a forecast."),
        (
            printed("85"),
            "The printed figure is rounded: it may be “target missed” or “missed, within "
            "tolerance”.",
        ),
        (
            Reading(Decimal(70), value_upper=Decimal(95), qualifier="between"),
            "The figure is only a limit: it may be anything from “in the failure zone” to "
            "“target met”.",
        ),
    ],
)
def test_what_cannot_be_told_says_why(reading: Reading, reason: str) -> None:
    verdict = verdict_of(reading, SHARE, AT_LEAST)
    assert zone_words(verdict) == "Cannot be told"
    assert reason_words(verdict) == reason


def test_a_provisional_figure_is_judged() -> None:
    assert verdict_of(printed("95", flags="p"), SHARE, AT_LEAST).zone is Zone.MET


def test_bounds_are_said_with_their_unit_and_only_the_decimals_they_need() -> None:
    assert bounds_words(AT_LEAST, SHARE) == "at least 90%, tolerated down to 85%, failed below 80%"
    assert target_words(Bounds("at-most", Decimal("65.500000")), Measure("rate", 10_000)) == (
        "at most 65.5 per 10,000"
    )
    assert bounds_words(Bounds("at-most", Decimal(1200), failure=Decimal(1300)), COUNT) == (
        "at most 1,200, failed above 1,300"
    )


PERCENT = st.decimals(0, 100, places=1)


@st.composite
def any_bounds(draw: st.DrawFn) -> Bounds:
    levels = sorted(draw(st.lists(PERCENT, min_size=3, max_size=3, unique=True)))
    direction: Direction = draw(st.sampled_from(["at-least", "at-most"]))
    failure, tolerance, value = levels if direction == "at-least" else reversed(levels)
    return Bounds(
        direction, value, draw(st.sampled_from([None, tolerance])),
        draw(st.sampled_from([None, failure])),
    )  # fmt: skip


@given(bounds=any_bounds(), value=PERCENT, decimals=st.integers(0, 2), step=st.integers(-8, 8))
def test_a_zone_that_is_told_holds_for_everything_the_figure_may_be(
    bounds: Bounds, value: Decimal, decimals: int, step: int
) -> None:
    verdict = verdict_of(Reading(value, decimals=decimals), SHARE, bounds)
    inside = Fraction(value) + Fraction(step, 16 * 10**decimals)
    exact = counted_at(inside)
    found = verdict_of(exact, SHARE, bounds).zone if exact else None
    if found is not None:
        assert verdict.worst is not None
        assert verdict.best is not None
        assert verdict.worst <= found <= verdict.best
        assert verdict.zone in {None, found}


def counted_at(value: Fraction) -> Reading | None:
    """A percentage known by its counts; None outside 0 to 100."""
    if not 0 <= value <= 100:
        return None
    share = value / 100
    return counted(share.numerator, share.denominator)
