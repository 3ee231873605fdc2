"""XmR charts: which points of a series are more than its usual variation.

Limits are mean ± 2.66 x the mean moving range, moving ranges above 3.267 x their mean left out
of it. Source: Wheeler, Understanding Variation (1993), as NHS England's Making Data Count uses
it. Points must not overlap: rolling years cannot be charted so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

Signal = Literal["above-limit", "below-limit", "shift", "trend", "two-of-three"]

LEAST_POINTS = 7
FULL_POINTS = 12  # fewer make trial limits
RUN = 7
LIMIT_FACTOR = 2.66
SCREEN_FACTOR = 3.267


@dataclass(frozen=True, slots=True)
class Segment:
    """Limits over points `start` to `stop` (not included), and each point's signals.

    `mean`, `lower` and `upper` are None where there are fewer than 7 points. `trial` limits
    rest on fewer than 12. `signals` has one tuple per point, empty where nothing is unusual.
    """

    start: int
    stop: int
    mean: float | None
    lower: float | None
    upper: float | None
    trial: bool
    signals: tuple[tuple[Signal, ...], ...]


def xmr(
    points: Sequence[float | None],
    *,
    floor: float | None = 0.0,
    ceiling: float | None = None,
    rebased_at: Sequence[int] = (),
) -> list[Segment]:
    """The chart of a series in order of time; None is a point that is missing.

    `floor` is the least value possible: 0 for counts, rates and percentages, None for money;
    `ceiling` the highest: 100 for a percentage of a whole. Limits stop there. `rebased_at` are
    the places where new limits begin. Raises ValueError for one outside.
    """
    if any(not 0 < place < len(points) for place in rebased_at):
        raise ValueError(f"Limits can begin anew at points 1 to {len(points) - 1} only.")
    bounds = [0, *sorted(set(rebased_at)), len(points)]
    return [
        _segment(points[start:stop], start, floor, ceiling)
        for start, stop in pairwise(bounds)
        if stop > start
    ]


def _segment(
    points: Sequence[float | None], start: int, floor: float | None, ceiling: float | None
) -> Segment:
    known = [point for point in points if point is not None]
    stop, trial = start + len(points), len(known) < FULL_POINTS
    if len(known) < LEAST_POINTS:
        return Segment(start, stop, None, None, None, trial, tuple(() for _ in points))
    mean = sum(known) / len(known)
    reach = LIMIT_FACTOR * _mean_range(points)
    signals = _signals(points, mean, reach)
    lower = mean - reach if floor is None else max(floor, mean - reach)
    upper = mean + reach if ceiling is None else min(ceiling, mean + reach)
    return Segment(start, stop, mean, lower, upper, trial, signals)


def runs(points: Sequence[float | None], segment: Segment) -> list[tuple[Signal, range]]:
    """What is unusual in a segment, and where: a figure by itself, or the whole of a run.

    `points` are those of the segment; the places count from its first, in order of time.
    """
    found: list[tuple[Signal, range]] = []
    for signal in get_args(Signal):
        here: list[range] = []
        for place, signals in enumerate(segment.signals):
            if signal not in signals:
                continue
            if here and here[-1].stop == place and _goes_on(points, segment, signal, here[-1]):
                here[-1] = range(here[-1].start, place + 1)
            else:
                here.append(range(place, place + 1))
        found += [(signal, places) for places in here]
    return sorted(found, key=lambda each: (each[1].start, each[1].stop))


def _goes_on(points: Sequence[float | None], segment: Segment, signal: Signal, run: range) -> bool:
    """Whether the place after a run belongs to it: on its side, or in its direction."""
    assert segment.mean is not None
    known = [point for point in points[run.start : run.stop + 1] if point is not None]
    if signal == "shift":
        return (known[-1] > segment.mean) == (known[-2] > segment.mean)
    rises = {after > before for before, after in pairwise(known)}
    return signal == "trend" and len(rises) == 1


def _mean_range(points: Sequence[float | None]) -> float:
    """Between neighbours only: a gap has no moving range."""
    ranges = [abs(b - a) for a, b in pairwise(points) if a is not None and b is not None]
    if not ranges:
        return 0.0
    mean = sum(ranges) / len(ranges)
    kept = [size for size in ranges if size <= SCREEN_FACTOR * mean]
    return sum(kept) / len(kept)


def _signals(
    points: Sequence[float | None], mean: float, reach: float
) -> tuple[tuple[Signal, ...], ...]:
    """Signals by point. A missing point ends every run."""
    # So that seven equal points are not "outside" limits of no width by the last binary digit.
    slack = 1e-9 * max(1.0, abs(mean), reach)
    away = [None if point is None else point - mean for point in points]
    found: list[set[Signal]] = [set() for _ in points]
    for place, distance in enumerate(away):
        if distance is not None and distance > reach + slack:
            found[place].add("above-limit")
        if distance is not None and distance < -reach - slack:
            found[place].add("below-limit")
    sides = [None if x is None or abs(x) <= slack else (1 if x > 0 else -1) for x in away]
    _mark_runs(found, sides, "shift", RUN)
    steps = [
        None if a is None or b is None or abs(b - a) <= slack else (1 if b > a else -1)
        for a, b in pairwise(points)
    ]
    _mark_runs(found, steps, "trend", RUN - 1, and_next=True)
    far = 2 / 3 * reach + slack
    outer = [None if x is None or abs(x) <= far else (1 if x > 0 else -1) for x in away]
    for first in range(len(points) - 2):
        if None not in points[first : first + 3]:
            _mark_two_of_three(found, outer, first)
    return tuple(tuple(sorted(signals)) for signals in found)


def _mark_runs(
    found: list[set[Signal]],
    sides: Sequence[int | None],
    signal: Signal,
    least: int,
    *,
    and_next: bool = False,
) -> None:
    """Marks every point of a run of one sign, `least` long; a run of steps marks both ends."""
    begin = 0
    for place in range(1, len(sides) + 1):
        if place < len(sides) and sides[place] is not None and sides[place] == sides[begin]:
            continue
        if place - begin >= least and sides[begin] is not None:
            for marked in range(begin, place + and_next):
                found[marked].add(signal)
        begin = place


def _mark_two_of_three(found: list[set[Signal]], outer: Sequence[int | None], first: int) -> None:
    places = range(first, first + 3)
    for side in (1, -1):
        beyond = [place for place in places if outer[place] == side]
        if len(beyond) >= 2:
            for place in beyond:
                found[place].add("two-of-three")
