from decimal import Decimal

import pytest

from metrics.arithmetic.change import change_of
from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.rollup import RollUpError, roll_up, to_date

EVENTS = Measure("count", roll_up="sum")
STOCK = Measure("count", roll_up="last")
SHARE = Measure("percent", roll_up="ratio")


def count(number: int, **parts: object) -> Reading:
    return Reading(Decimal(number), **parts)  # type: ignore[arg-type]


def share(part: int, whole: int) -> Reading:
    return Reading(
        Decimal(part) / Decimal(whole) * 100,
        numerator=Decimal(part),
        denominator=Decimal(whole),
        decimals=1,
    )


def test_events_add_up() -> None:
    found = roll_up([count(12), count(9), count(3), count(14)], EVENTS)
    assert found == Reading(Decimal(38), parts=(4, 4))


def test_a_missing_quarter_makes_an_incomplete_total() -> None:
    found = roll_up([count(12), count(9), None, count(14)], EVENTS)
    assert found == Reading(Decimal(35), complete=False, parts=(3, 4))


def test_an_incomplete_total_takes_no_part_in_a_change() -> None:
    found = roll_up([count(12), None, Reading(marker="x"), count(14)], EVENTS)
    assert found is not None
    assert change_of(count(30), found, EVENTS).reason == "This total has 2 of 4 quarters."


def test_a_stock_takes_its_last_quarter() -> None:
    assert roll_up([count(600), None, None, count(671)], STOCK) == count(671)
    assert roll_up([count(600), count(610), count(620), None], STOCK) == Reading(marker="x")


def test_a_ratio_is_of_sums_and_no_average() -> None:
    found = roll_up([share(1, 2), share(10, 100), share(10, 100), share(10, 100)], SHARE)
    assert found is not None
    assert (found.numerator, found.denominator) == (Decimal(31), Decimal(302))
    assert found.value == Decimal("10.264901")  # the average of the four would be 20


def test_a_quarter_without_numerator_is_missing_from_a_ratio() -> None:
    found = roll_up([share(1, 2), Reading(Decimal(10)), share(1, 2), share(1, 2)], SHARE)
    assert found is not None
    assert (found.complete, found.parts) == (False, (3, 4))


def test_no_rule_makes_no_total() -> None:
    assert roll_up([count(1)] * 4, Measure("count")) is None


def test_rates_are_never_added_up() -> None:
    with pytest.raises(RollUpError, match="cannot be added up"):
        roll_up([count(1)], Measure("rate", 10_000, roll_up="sum"))
    with pytest.raises(RollUpError, match="Only percentages"):
        roll_up([count(1)], Measure("count", roll_up="ratio"))


def test_nothing_known_is_not_zero() -> None:
    assert roll_up([None] * 4, EVENTS) == Reading(marker="x")
    assert roll_up([Reading(marker="z")] * 4, EVENTS) == Reading(marker="z")
    assert roll_up([Reading(marker="z"), None, None, None], EVENTS) == Reading(marker="x")
    empty = Reading(Decimal(0), numerator=Decimal(0), denominator=Decimal(0))
    assert roll_up([empty] * 4, SHARE) == Reading(marker="x")


@pytest.mark.parametrize(
    ("qualifiers", "expected"),
    [
        (["exactly", "exactly"], "exactly"),
        (["exactly", "about"], "about"),
        (["at-least", "exactly"], "at-least"),
        (["at-least", "more-than"], "at-least"),
        (["at-most", "fewer-than"], "at-most"),
        (["at-least", "at-most"], "about"),
    ],
)
def test_the_total_says_the_weakest_that_still_holds(qualifiers: list[str], expected: str) -> None:
    found = roll_up([count(5, qualifier=word) for word in qualifiers], EVENTS)
    assert found is not None
    assert found.qualifier == expected


def test_between_adds_both_ends() -> None:
    between = Reading(Decimal(3), value_upper=Decimal(5), qualifier="between")
    found = roll_up([between, count(10)], EVENTS)
    assert found is not None
    assert (found.value, found.value_upper) == (Decimal(13), Decimal(15))


def test_flags_of_parts_stay_with_the_total_in_their_order() -> None:
    found = roll_up([count(1, flags="d"), count(2, flags="pe")], EVENTS)
    assert found is not None
    assert found.flags == "ped"


def test_year_to_date_compares_with_the_same_quarters() -> None:
    found = to_date(
        [count(10), count(12), None, None], [count(8), count(9), count(50), count(60)], EVENTS
    )
    assert found == (Reading(Decimal(22), parts=(2, 2)), Reading(Decimal(17), parts=(2, 2)))


def test_year_to_date_says_where_a_quarter_is_missing() -> None:
    found = to_date([count(10), None, count(12), None], [count(8)], EVENTS)
    assert found is not None
    now, then = found
    assert (now.parts, then.parts) == ((2, 3), (1, 3))
    assert not now.complete


def test_year_to_date_of_nothing_is_none() -> None:
    assert to_date([None] * 4, [count(1)] * 4, EVENTS) is None
