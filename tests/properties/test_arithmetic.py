"""What holds of every value, change, interval and total, whatever the numbers."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.arithmetic.change import change_of
from metrics.arithmetic.comparison import median_of, rank_of
from metrics.arithmetic.false_discovery import adjusted, discoveries
from metrics.arithmetic.intervals import (
    difference_of_proportions,
    dispersion,
    proportion_interval,
    rate_interval,
    ratio_of_rates,
)
from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.rollup import roll_up
from metrics.arithmetic.rounding import level_of
from metrics.arithmetic.spc import xmr
from partnerships.amounts import half_up
from tests.properties.strategies import measures, readings

numbers = st.decimals(-(10**9), 10**9, places=6)
events = st.integers(0, 20_000)
exposures = st.integers(1, 500_000)
p_values = st.lists(st.none() | st.floats(0, 1), max_size=30)
OPPOSITE = {"clearly-higher": "clearly-lower", "clearly-lower": "clearly-higher"}


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    whole = draw(st.integers(1, 5000))
    return draw(st.integers(0, whole)), whole


# Rounding


@given(numbers, st.integers(0, 6))
def test_half_up_is_what_the_decimal_library_calls_half_up(value: Decimal, places: int) -> None:
    assert half_up(value, places) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@given(numbers, st.integers(0, 6))
def test_half_up_is_symmetric_and_never_off_by_more_than_half(value: Decimal, places: int) -> None:
    rounded = half_up(value, places)
    assert half_up(-value, places) == -rounded
    assert abs(rounded - value) * 2 <= Decimal(1).scaleb(-places)


@given(st.integers(0, 10**7), st.integers(0, 3), st.data())
def test_the_interval_of_a_printed_value_holds_all_that_would_print_so(
    printed: int, decimals: int, data: st.DataObject
) -> None:
    value = Decimal(printed).scaleb(-decimals)
    level = level_of(Reading(value, decimals=decimals), Measure("percent"))
    assert level is not None
    true = data.draw(st.fractions(level.low, level.high))
    assert abs(half_up(true, decimals) - value) in {0, Decimal(1).scaleb(-decimals)}
    inside = level.low <= true < level.high
    assert not inside or half_up(true, decimals) == value


# Change


@given(st.data())
def test_change_and_its_reverse_are_opposites(data: st.DataObject) -> None:
    measure = data.draw(measures())
    one, other = data.draw(readings(measure)), data.draw(readings(measure))
    factor = data.draw(st.none() | st.floats(1, 9))
    there = change_of(one, other, measure, dispersion=factor)
    back = change_of(other, one, measure, dispersion=factor)
    if there.absolute is None or back.absolute is None:
        return
    assert there.absolute == -back.absolute
    assert back.state == OPPOSITE.get(there.state, there.state)
    assert back.rule == there.rule
    if there.p is not None:
        assert back.p == pytest.approx(there.p, rel=1e-9, abs=1e-300)


@given(st.data())
def test_a_change_has_an_amount_or_a_reason(data: st.DataObject) -> None:
    measure = data.draw(measures())
    before = data.draw(st.none() | readings(measure))
    change = change_of(before, data.draw(readings(measure)), measure)
    assert (change.absolute is None) == (change.reason != "")
    assert (change.absolute is None) == (change.state == "")
    assert change.percent is None or change.points is None
    assert len(change.rule) <= 40
    assert (change.p is None) == (change.state in {"", "not-tested", "too-few"})


@given(st.data())
def test_rounding_bounds_hold_the_amount_and_any_true_values(data: st.DataObject) -> None:
    measure = data.draw(st.sampled_from([Measure("percent"), Measure("rate", 10_000)]))
    decimals = data.draw(st.integers(0, 2))
    printed = st.integers(1, 3000).map(lambda n: Decimal(n).scaleb(-decimals))
    before, after = (Reading(data.draw(printed), decimals=decimals) for _ in range(2))
    change = change_of(before, after, measure)
    low, high = change.rounding_low, change.rounding_high
    amount = change.points if measure.unit == "percent" else change.percent
    assert low is not None
    assert amount is not None
    assert high is not None
    assert low <= amount <= high
    old, new = level_of(before, measure), level_of(after, measure)
    assert old is not None
    assert new is not None
    was = data.draw(st.fractions(old.low, old.high))
    now = data.draw(st.fractions(new.low, new.high))
    true = now - was if measure.unit == "percent" else (now / was - 1) * 100
    slack = Fraction(1, 10**6)
    assert Fraction(low) - slack <= true <= Fraction(high) + slack


@given(st.data())
def test_a_state_is_clear_just_where_the_interval_leaves_no_change_out(data: st.DataObject) -> None:
    measure = data.draw(measures())
    before, after = (data.draw(readings(measure, plain=True)) for _ in range(2))
    change = change_of(before, after, measure, dispersion=data.draw(st.floats(1, 5)))
    if change.p is None:
        return
    assume(abs(change.p - 0.05) > 1e-9)
    no_change = 0.0 if change.rule.split(":")[1] == "newcombe" else 1.0
    above = change.low is not None and change.low > no_change
    below = change.high is not None and change.high < no_change
    expected = "clearly-higher" if above else "clearly-lower" if below else "no-clear-change"
    assert change.state == expected


# Intervals


@given(events, exposures)
def test_a_rate_lies_in_its_interval(count: int, exposure: int) -> None:
    found = rate_interval(count, exposure, 10_000)
    rate = count / exposure * 10_000
    assert 0 <= float(found.low) <= rate <= float(found.high)
    wider = rate_interval(count, exposure, 10_000, confidence=0.998)
    assert float(wider.low) <= float(found.low)
    assert float(found.high) <= float(wider.high)


@given(shares())
def test_a_proportion_lies_in_its_interval_and_mirrors_its_complement(
    share: tuple[int, int],
) -> None:
    part, whole = share
    found = proportion_interval(part, whole)
    assert 0 <= float(found.low) <= part / whole <= float(found.high) <= 1
    rest = proportion_interval(whole - part, whole)
    assert float(rest.low) == pytest.approx(1 - float(found.high), abs=1e-12)


@given(events, exposures, events, exposures)
def test_ratio_of_rates_inverts_when_turned_round(a: int, da: int, b: int, db: int) -> None:
    assume(a + b > 0)
    there, back = ratio_of_rates(a, da, b, db), ratio_of_rates(b, db, a, da)
    if a and b:
        assert float(there.low) == pytest.approx(1 / float(back.high), rel=1e-9)
        assert float(there.low) <= (b / db) / (a / da) <= float(there.high)
    assert float(there.p) == pytest.approx(float(back.p), rel=1e-9)


@given(events, exposures, events, exposures)
def test_p_of_a_ratio_is_small_just_where_the_interval_leaves_out_one(
    a: int, da: int, b: int, db: int
) -> None:
    found = ratio_of_rates(a, da, b, db)
    assume(abs(float(found.p) - 0.05) > 1e-9)
    assert (float(found.p) < 0.05) == (not float(found.low) <= 1 <= float(found.high))


@given(shares(), shares())
def test_difference_of_proportions_is_mirrored_and_agrees_with_its_p(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    there = difference_of_proportions(*one, *other)
    back = difference_of_proportions(*other, *one)
    assert float(there.low) == pytest.approx(-float(back.high), abs=1e-12)
    difference = other[0] / other[1] - one[0] / one[1]
    assert float(there.low) <= difference + 1e-12
    assert difference <= float(there.high) + 1e-12
    assume(abs(float(there.p) - 0.05) > 1e-9)
    assert (float(there.p) < 0.05) == (not float(there.low) <= 0 <= float(there.high))


@given(st.lists(st.tuples(events, exposures), min_size=8, max_size=20), st.randoms())
def test_dispersion_is_at_least_one_and_does_not_know_the_order(
    points: list[tuple[int, int]], random: Any
) -> None:
    factor = dispersion(*zip(*points, strict=True))
    shuffled = list(points)
    random.shuffle(shuffled)
    assert factor is not None
    assert factor >= 1
    assert dispersion(*zip(*shuffled, strict=True)) == pytest.approx(factor, rel=1e-9)


# False discovery


@given(p_values)
def test_what_is_kept_is_a_run_of_the_smallest(given_p: list[float | None]) -> None:
    kept = discoveries(given_p)
    inside = [p for p, keep in zip(given_p, kept, strict=True) if keep and p is not None]
    outside = [p for p, keep in zip(given_p, kept, strict=True) if not keep and p is not None]
    assert not inside or not outside or max(inside) < min(outside)
    assert all(p < 0.05 for p in inside)


@given(p_values)
def test_adjusted_grows_with_p_and_never_shrinks_it(given_p: list[float | None]) -> None:
    pairs = sorted(
        (p, q)
        for p, q in zip(given_p, adjusted(given_p), strict=True)
        if p is not None and q is not None
    )
    assert all(q >= p * (1 - 1e-12) for p, q in pairs)
    assert [q for _, q in pairs] == sorted(q for _, q in pairs)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.data())
def test_a_smaller_p_value_never_loses_another_its_place(values: list[float], data: Any) -> None:
    place = data.draw(st.integers(0, len(values) - 1))
    smaller = list(values)
    smaller[place] *= data.draw(st.floats(0, 1))
    before, after = discoveries(list(values)), discoveries(list(smaller))
    assert all(now or not then for then, now in zip(before, after, strict=True))


# Totals


@given(st.data())
def test_a_total_does_not_know_the_order_of_its_parts(data: st.DataObject) -> None:
    unit: Any = data.draw(st.sampled_from(["count", "percent"]))
    measure = Measure(unit, roll_up="sum" if unit == "count" else "ratio")
    parts = data.draw(st.lists(st.none() | readings(measure), min_size=1, max_size=4))
    order = data.draw(st.permutations(parts))
    assert roll_up(parts, measure) == roll_up(order, measure)


@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=4))
def test_a_year_of_events_is_the_sum_of_its_quarters(quarters: list[int]) -> None:
    found = roll_up([Reading(Decimal(n)) for n in quarters], Measure("count", roll_up="sum"))
    assert found == Reading(Decimal(sum(quarters)), parts=(4, 4))


@given(st.lists(shares(), min_size=4, max_size=4))
def test_a_ratio_of_sums_lies_between_its_least_and_greatest_part(
    parts: list[tuple[int, int]],
) -> None:
    values = [Fraction(part, whole) * 100 for part, whole in parts]
    quarters = [
        Reading(half_up(value, 6), numerator=Decimal(part), denominator=Decimal(whole), decimals=6)
        for value, (part, whole) in zip(values, parts, strict=True)
    ]
    found = roll_up(quarters, Measure("percent", roll_up="ratio"))
    assert found is not None
    assert found.value is not None
    slack = Fraction(1, 10**6)
    assert min(values) - slack <= Fraction(found.value) <= max(values) + slack


# Comparison and charts


@given(
    st.dictionaries(st.text(max_size=3), st.none() | st.integers(0, 50), min_size=1, max_size=11)
)
def test_median_and_ranks_count_everybody_once(members: dict[str, int | None]) -> None:
    measure = Measure("count")
    areas = {
        name: None if value is None else Reading(Decimal(value)) for name, value in members.items()
    }
    known = [value for value in members.values() if value is not None]
    found = median_of(areas, measure)
    assert len(found.used) + len(found.missing) == len(members)
    if known:
        assert found.value == Decimal(str(np.median(known)))
    for name, value in members.items():
        rank = rank_of(name, areas, measure)
        if value is None:
            assert rank is None
        else:
            assert rank is not None
            assert rank.position == 1 + sum(other > value for other in known)


@given(st.lists(st.none() | st.floats(0, 1000), max_size=30), st.floats(0, 1000))
def test_signals_do_not_move_when_all_points_do(points: list[float | None], by: float) -> None:
    rounded = [None if point is None else float(round(point)) for point in points]
    shifted = [None if point is None else point + round(by) for point in rounded]
    here, there = xmr(rounded, floor=None), xmr(shifted, floor=None)
    assert [segment.signals for segment in here] == [segment.signals for segment in there]
    for segment in here:
        assert len(segment.signals) == segment.stop - segment.start
        if segment.mean is not None:
            assert segment.lower is not None
            assert segment.upper is not None
            assert segment.lower <= segment.mean <= segment.upper
