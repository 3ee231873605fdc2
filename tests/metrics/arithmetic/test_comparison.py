from decimal import Decimal

import pytest

from metrics.arithmetic.comparison import (
    Comparison,
    Median,
    Rank,
    compare,
    compare_places,
    interval_of,
    median_of,
    rank_of,
)
from metrics.arithmetic.reading import Measure, Reading

RATE = Measure("rate", 10_000, "independent")
SHARE = Measure("percent", kind_of_count="proportion")


def rate(value: int, **parts: object) -> Reading:
    return Reading(Decimal(value), **parts)  # type: ignore[arg-type]


LOCAL = Reading(Decimal(50), numerator=Decimal(300), denominator=Decimal(60_000))


def test_compare_says_clearly_where_the_interval_leaves_the_comparator_out() -> None:
    found = compare(LOCAL, rate(40), RATE)
    assert found is not None
    assert (found.difference, found.state, found.rounded) == (
        Decimal(10),
        "clearly-higher",
        True,
    )
    assert found.low is not None
    assert found.high is not None
    assert 40.5 < found.low < 50 < found.high


def test_compare_allows_for_the_rounding_of_a_printed_comparator() -> None:
    """The lower bound is 44.3; a printed 44 may have been up to 44.5, a printed 44.0 not."""
    local = Reading(Decimal(50), numerator=Decimal(299), denominator=Decimal(60_000))
    bounds = interval_of(local, RATE)
    assert bounds is not None
    assert round(bounds[0], 1) == 44.3
    whole, tenth = rate(44), Reading(Decimal("44.0"), decimals=1)
    assert [getattr(compare(local, other, RATE), "state", "") for other in (whole, tenth)] == [
        "no-clear-difference",
        "clearly-higher",
    ]


def test_compare_without_numerator_gives_the_plain_difference() -> None:
    assert compare(rate(65), rate(56), RATE) == Comparison(Decimal(9), "not-tested", rounded=True)


@pytest.mark.parametrize(
    "other",
    [
        Reading(marker="x"),
        Reading(words="low"),
        rate(5, qualifier="at-least"),
        rate(5, complete=False),
    ],
)
def test_compare_with_what_is_no_one_number_is_none(other: Reading) -> None:
    assert compare(LOCAL, other, RATE) is None


def test_interval_of_a_proportion_is_wilsons() -> None:
    reading = Reading(Decimal("34.4"), numerator=Decimal(22), denominator=Decimal(64), decimals=1)
    found = interval_of(reading, SHARE)
    assert found is not None
    assert [round(end, 1) for end in found] == [23.9, 46.6]


def test_interval_of_clustered_events_needs_their_dispersion_and_is_wider() -> None:
    clustered = Measure("rate", 10_000, "clustered")
    assert interval_of(LOCAL, clustered) is None
    plain, wide = interval_of(LOCAL, RATE), interval_of(LOCAL, clustered, dispersion=4.0)
    assert plain is not None
    assert wide is not None
    assert wide[0] < plain[0] < plain[1] < wide[1]


def test_interval_of_a_doubted_figure_is_none() -> None:
    doubted = Reading(Decimal(50), numerator=Decimal(300), denominator=Decimal(60_000), flags="d")
    assert interval_of(doubted, RATE) is None


def test_median_names_who_is_missing() -> None:
    members = {"A": rate(10), "B": None, "C": rate(30), "D": Reading(marker="c"), "E": rate(20)}
    assert median_of(members, RATE) == Median(Decimal(20), ("A", "C", "E"), ("B", "D"))


def test_median_of_an_even_number_is_between_the_middle_two() -> None:
    assert median_of({"A": rate(10), "B": rate(15)}, RATE).value == Decimal("12.5")


def test_median_of_nothing_is_none() -> None:
    assert median_of({"A": None}, RATE) == Median(None, (), ("A",))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A", Rank(1, 4, joint=False)),
        ("B", Rank(2, 4, joint=True)),
        ("C", Rank(2, 4, joint=True)),
        ("D", Rank(4, 4, joint=False)),
        ("E", None),
        ("F", None),
    ],
)
def test_rank_counts_from_the_highest(name: str, expected: Rank | None) -> None:
    members = {"A": rate(40), "B": rate(30), "C": rate(30), "D": rate(5), "E": None}
    assert rank_of(name, members, RATE) == expected


def share(part: int, whole: int = 100) -> Reading:
    return Reading(Decimal(part), numerator=Decimal(part), denominator=Decimal(whole))


def test_two_places_are_clear_only_where_chance_in_both_allows_it() -> None:
    """20 of 100 has the interval 13.3 to 28.9: it leaves out 30, and a place's 30 of 100 not."""
    fixed, place = compare(share(20), share(30), SHARE), compare_places(share(20), share(30), SHARE)
    assert fixed is not None
    assert place is not None
    assert (fixed.state, place.state) == ("clearly-lower", "no-clear-difference")


@pytest.mark.parametrize(("other", "state"), [(60, "clearly-lower"), (4, "clearly-higher")])
def test_two_places_that_differ_clearly(other: int, state: str) -> None:
    found = compare_places(share(20), share(other), SHARE)
    assert found is not None
    assert found.state == state


def test_rates_of_two_places_are_tested_too() -> None:
    far = Reading(Decimal(40), numerator=Decimal(240), denominator=Decimal(60_000))
    near = Reading(Decimal(49), numerator=Decimal(294), denominator=Decimal(60_000))
    found = [compare_places(LOCAL, other, RATE) for other in (far, near)]
    assert [each.state for each in found if each] == ["clearly-higher", "no-clear-difference"]


def test_a_place_without_the_counts_behind_its_figure_is_not_tested() -> None:
    found = compare_places(share(20), rate(60), SHARE)
    assert found is not None
    assert found.state == "not-tested"
    assert compare_places(share(20), Reading(marker="c"), SHARE) is None
