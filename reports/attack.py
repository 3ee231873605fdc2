"""What anybody can reckon of numbers that are hidden, from numbers that are printed. Pure.

Printed totals and parts are equations in the hidden ones. How small and how large each hidden
number can be under all of them at once is a linear programme, so that no chain of subtractions
is overlooked, however many tables, periods and editions it runs through.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

_NEARLY = 1e-6  # what a solver's answer may miss a whole number by


@dataclass(frozen=True, slots=True)
class Whole:
    """A total and the places of all the parts that make it, by address.

    `threshold` is the indicator's. `public` are those of the places that were public before.
    """

    total: str
    parts: tuple[str, ...]
    threshold: int
    public: frozenset[str] = frozenset()

    @property
    def places(self) -> tuple[str, ...]:
        return (self.total, *self.parts)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a hidden number can be; `high` is infinite where nothing says."""

    low: float
    high: float

    def gives_away(self, threshold: int) -> bool:
        """Whether it is known to be small, or to lie in a narrow range that holds a small one."""
        low, high = math.ceil(self.low - _NEARLY), self.high + _NEARLY
        if high < 1:
            return False  # a zero, which is no secret
        return high < threshold + 1 or (low <= threshold and high - low < threshold - 1)


@dataclass(frozen=True, slots=True)
class _Row:
    """An equation in the hidden numbers: their sum, each with its sign, is `rest`."""

    signs: Mapping[str, int]
    rest: float
    takes_off: bool  # something that is printed is taken off a total


def exposed(
    wholes: Iterable[Whole], shown: Mapping[str, Decimal], marked: Collection[str] = frozenset()
) -> dict[str, Bounds]:
    """The hidden numbers that are given away, with what is known of each.

    `shown` are the printed numbers by place, `marked` the places of which print says that a
    number is hidden: it is no zero then.
    """
    wholes, marked = list(wholes), frozenset(marked)
    threshold: dict[str, int] = {}
    for whole in wholes:
        threshold.update(dict.fromkeys(whole.places, whole.threshold))
    beside = {p for w in wholes if any(q in shown for q in w.parts) for p in w.parts}
    nonzero = {place for place in threshold if place in marked or place in beside}
    found: dict[str, Bounds] = {}
    for rows in _together(filter(None, (_row(whole, shown) for whole in wholes))):
        if any(row.takes_off or not marked.isdisjoint(row.signs) for row in rows):
            found |= _bounds(rows, nonzero)
    return {p: known for p, known in found.items() if known.gives_away(threshold[p])}


def _row(whole: Whole, shown: Mapping[str, Decimal]) -> _Row | None:
    signs = {part: 1 for part in whole.parts if part not in shown}
    if whole.total not in shown:
        signs[whole.total] = -1
    printed = [shown[part] for part in whole.parts if part in shown]
    rest = shown.get(whole.total, Decimal(0)) - sum(printed)
    if not signs or (whole.total in shown and rest < 0):
        return None  # nothing is hidden, or the source contradicts itself
    return _Row(signs, float(rest), bool(printed) or bool(whole.parts and len(signs) == 1))


def _together(rows: Iterable[_Row]) -> list[list[_Row]]:
    """The equations in groups that share no hidden number."""
    group: dict[str, list[_Row]] = {}
    for row in dict.fromkeys(map(_hashable, rows)):
        joined = {id(group[place]): group[place] for place, _ in row[0] if place in group}
        merged = [each for rows in joined.values() for each in rows]
        merged.append(_Row(dict(row[0]), row[1], row[2]))
        for each in merged:
            group.update(dict.fromkeys(each.signs, merged))
    return list({id(rows): rows for rows in group.values()}.values())


def _hashable(row: _Row) -> tuple[tuple[tuple[str, int], ...], float, bool]:
    return tuple(sorted(row.signs.items())), row.rest, row.takes_off


def _bounds(rows: Sequence[_Row], nonzero: Collection[str]) -> dict[str, Bounds]:
    """Of one group: by all equations at once, else each by itself where they contradict."""
    places = sorted({place for row in rows for place in row.signs})
    for floors in ({place: place in nonzero for place in places}, dict.fromkeys(places, False)):
        known = _programme(rows, places, floors)
        if known is not None:
            return known
    found: dict[str, Bounds] = {}
    for row in rows:
        found |= _programme([row], sorted(row.signs), dict.fromkeys(row.signs, False)) or {}
    return found


def _programme(
    rows: Sequence[_Row], places: Sequence[str], floors: Mapping[str, bool]
) -> dict[str, Bounds] | None:
    """The bounds of each place; None where no numbers satisfy the equations."""
    # Takes a second to import, and only a report with something to protect needs it.
    from scipy.optimize import linprog

    if len(rows) == 1 and len(places) == 1:
        (row,), (place,) = rows, places
        value = row.rest * row.signs[place]
        return {place: Bounds(value, value)} if value >= floors[place] else None
    equations = [[row.signs.get(place, 0) for place in places] for row in rows]
    sums = [row.rest for row in rows]
    limits = [(1 if floors[place] else 0, None) for place in places]
    found: dict[str, Bounds] = {}
    for at, place in enumerate(places):
        ends: dict[int, float] = {}
        for sign in (1, -1):
            goal = [sign if other == at else 0 for other in range(len(places))]
            answer = linprog(goal, A_eq=equations, b_eq=sums, bounds=limits, method="highs")
            if answer.status == 2:
                return None
            if answer.status == 0 and answer.fun is not None:
                ends[sign] = sign * float(answer.fun)
        found[place] = Bounds(ends.get(1, 0.0), ends.get(-1, math.inf))
    return found
