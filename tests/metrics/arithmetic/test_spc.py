import pytest

from metrics.arithmetic.spc import runs, xmr

STEADY = [10.0, 12, 11, 13, 10, 12, 11, 13, 10, 12, 11, 13]


def test_limits_are_the_mean_and_2_66_moving_ranges_either_way() -> None:
    [found] = xmr(STEADY)
    ranges = [2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2]
    assert found.mean == pytest.approx(11.5)
    assert found.upper == pytest.approx(11.5 + 2.66 * sum(ranges) / 11)
    assert found.lower == pytest.approx(11.5 - 2.66 * sum(ranges) / 11)
    assert not found.trial
    assert set(found.signals) == {()}


def test_a_moving_range_above_3_267_times_their_mean_is_left_out() -> None:
    points = [10.0, 11] * 6 + [40.0]
    [found] = xmr(points)
    # Twelve ranges of 1 but for the last of 29, which is more than 3.267 x 40 / 12.
    assert found.mean == pytest.approx(sum(points) / 13)
    assert found.upper is not None
    assert found.upper - (found.mean or 0) == pytest.approx(2.66)


def test_fewer_than_seven_points_have_no_limits() -> None:
    [found] = xmr([1.0, 2, 3, 4, 5, 6])
    assert (found.mean, found.lower, found.upper) == (None, None, None)
    assert set(found.signals) == {()}


def test_fewer_than_twelve_points_have_trial_limits() -> None:
    assert xmr(STEADY[:11])[0].trial
    assert not xmr(STEADY)[0].trial


def test_lower_limit_stops_at_the_floor() -> None:
    points = [1.0, 5, 0, 6, 1, 4, 0]
    assert xmr(points)[0].lower == 0.0
    below = xmr(points, floor=None)[0].lower
    assert below is not None
    assert below < 0


def test_point_outside_is_a_signal() -> None:
    [found] = xmr([*STEADY, 40.0])
    assert "above-limit" in found.signals[12]
    [found] = xmr([*[value + 50 for value in STEADY], 20.0])
    assert "below-limit" in found.signals[12]


def test_seven_on_one_side_are_a_shift() -> None:
    points = [8.0, 9, 8, 9, 8, 9, 8, 12, 11, 12, 11, 12, 11, 12]
    [found] = xmr(points)
    assert all("shift" in signals for signals in found.signals)


def test_six_on_one_side_are_no_shift() -> None:
    points = [8.0, 12, 8, 12, 12, 13, 12, 12, 13, 8, 12, 8, 9, 8]
    [found] = xmr(points)
    assert not any("shift" in signals for signals in found.signals)


def test_seven_rising_are_a_trend_and_six_are_not() -> None:
    rising = [5.0, 1, 2, 3, 4, 5, 6, 7, 1, 5, 2]
    [found] = xmr(rising)
    assert ["trend" in signals for signals in found.signals] == [False] + [True] * 7 + [False] * 3
    [found] = xmr([5.0, 1, 2, 3, 4, 5, 6, 1, 5, 2])
    assert not any("trend" in signals for signals in found.signals)


def test_two_of_three_far_out_on_one_side_are_a_signal() -> None:
    base = [10.0, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 11]
    [found] = xmr([*base, 13.4, 11.5, 13.4])
    marked = [place for place, signals in enumerate(found.signals) if "two-of-three" in signals]
    assert marked == [12, 14]
    [found] = xmr([*base, 13.4, 11.5, 8.0])
    assert not any("two-of-three" in signals for signals in found.signals)


def test_equal_points_are_no_signal_though_their_limits_have_no_width() -> None:
    [found] = xmr([0.1] * 7)
    assert found.upper == pytest.approx(0.1)
    assert set(found.signals) == {()}


def test_a_gap_ends_runs_and_has_no_moving_range() -> None:
    rising = [5.0, 1, 2, 3, None, 4, 5, 6, 7, 5]
    [found] = xmr(rising)
    assert not any("trend" in signals for signals in found.signals)
    steps = xmr([1.0, 2, 1, 2, None, 102, 101, 102, 101])[0]
    assert steps.upper is not None
    assert steps.upper - (steps.mean or 0) == pytest.approx(2.66)


def test_rebasing_begins_new_limits() -> None:
    points = [*STEADY, *[value + 100 for value in STEADY]]
    first, second = xmr(points, rebased_at=[12])
    assert (first.start, first.stop, second.start, second.stop) == (0, 12, 12, 24)
    assert [first.mean, second.mean] == pytest.approx([11.5, 111.5])
    assert set(first.signals) | set(second.signals) == {()}


def test_rebasing_outside_the_series_is_refused() -> None:
    with pytest.raises(ValueError, match="points 1 to 2 only"):
        xmr([1.0, 2, 3], rebased_at=[3])


def test_limits_stop_at_the_highest_value_that_is_possible() -> None:
    (segment,) = xmr([95, 99, 94, 98, 100, 93, 99], ceiling=100.0)
    assert segment.upper == 100.0
    assert segment.mean is not None
    assert segment.mean < 100.0


def test_a_rise_and_the_fall_after_it_are_two_runs() -> None:
    points = [1.0, 2, 3, 4, 5, 6, 7, 8, 7, 6, 5, 4, 3, 2, 1]
    (segment,) = xmr(points)
    trends = [places for signal, places in runs(points, segment) if signal == "trend"]
    assert trends == [range(8), range(8, 15)]


def test_figures_beyond_a_limit_stand_by_themselves() -> None:
    points = [10.0, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 30, 31]
    (segment,) = xmr(points)
    beyond = [places for signal, places in runs(points, segment) if signal == "above-limit"]
    assert beyond == [range(12, 13), range(13, 14)]
