"""Places among others, and whether two sources can be rounded forms of one figure."""

from decimal import Decimal

import pytest

from metrics.arithmetic.reading import Measure, Polarity, Reading
from metrics.arithmetic.standing import Standing, agree, better_words, standing_of

SHARE = Measure("percent", kind_of_count="proportion")
COUNT = Measure("count")


def share(value: str, decimals: int = 0, **more: object) -> Reading:
    return Reading(Decimal(value), decimals=decimals, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("polarity", "expected"),
    [
        ("lower-is-better", Standing(2, 4, 1, "lowest")),
        ("higher-is-better", Standing(2, 4, 1, "highest")),
        ("neutral", Standing(2, 4, 1, "highest")),
    ],
)
def test_the_first_place_is_where_the_direction_of_good_has_it(
    polarity: Polarity, expected: Standing
) -> None:
    others = [share("10"), share("20"), Reading(marker="c"), None, share("30")]
    measure = Measure("percent", polarity=polarity)
    assert standing_of(share("20"), others, measure) == expected


def test_unrounded_values_part_what_is_printed_alike() -> None:
    ours = share("33", numerator=Decimal(33), denominator=Decimal(100))
    theirs = share("33", numerator=Decimal(334), denominator=Decimal(1000))
    assert standing_of(ours, [theirs], SHARE) == Standing(2, 2, 0, "highest")


def test_without_a_number_there_is_no_place() -> None:
    assert standing_of(Reading(marker="c"), [share("10")], SHARE) is None
    assert standing_of(share("5", qualifier="fewer-than"), [share("10")], SHARE) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "rounded_to", "expected"),
    [
        (share("24"), share("24.4", 1), 1, True),
        (share("21"), share("21.9", 1), 1, False),
        (share("22"), share("21.5", 1), 1, True),
        (share("5", qualifier="at-least"), share("7"), 1, True),
        (share("5", qualifier="fewer-than"), share("7"), 1, False),
        (share("5", qualifier="between", value_upper=Decimal(8)), share("7"), 1, True),
        (share("5", qualifier="about"), share("70"), 1, True),
        (share("5"), Reading(marker="c"), 1, True),
    ],
)
def test_a_percentage_agrees_within_what_both_were_rounded_to(
    ours: Reading, theirs: Reading, rounded_to: int, expected: bool
) -> None:
    assert agree(ours, theirs, SHARE, rounded_to) is expected


@pytest.mark.parametrize(
    ("ours", "theirs", "rounded_to", "expected"),
    [("802", "796", 1, False), ("802", "802", 1, True), ("1004", "1000", 10, True),
     ("1006", "1000", 10, False)],
)  # fmt: skip
def test_a_count_agrees_only_where_it_is_the_same_or_rounded(
    ours: str, theirs: str, rounded_to: int, expected: bool
) -> None:
    assert agree(share(ours), share(theirs), COUNT, rounded_to) is expected


def test_every_polarity_has_words() -> None:
    assert better_words("closer-to-comparator") == "closer to others is better"
    assert better_words("lower-is-better") == "lower is better"
