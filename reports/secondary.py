"""Secondary suppression: what else is hidden, so that a total does not give a small part away.

A total is the sum of the categories that divide it. Whoever reads the total and all parts but one
knows that one. The rule: of the parts that are shown the smallest
above 0 is hidden too, again and again, until what is left over could be the sum of others than
small numbers; where no part is left to hide, the total goes. What was public before stays. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Whole:
    """A total and the places of all the parts that make it, by address without a revision.

    `threshold` is the indicator's. `public` are those of the places that were public before.
    """

    total: str
    parts: tuple[str, ...]
    threshold: int
    public: frozenset[str] = frozenset()


def further(wholes: Iterable[Whole], printed: Mapping[str, Decimal]) -> frozenset[str]:
    """The places to be hidden besides, of figures that are printed as numbers."""
    shown = dict(printed)
    order = sorted(wholes, key=lambda whole: whole.total)
    found: set[str] = set()
    while more := next(filter(None, (_next(whole, shown) for whole in order)), None):
        del shown[more]
        found.add(more)
    return frozenset(found)


def gives_away(hidden: int, rest: Decimal, threshold: int) -> bool:
    """Whether so many numbers that add up to `rest` are known to be small ones.

    One is what is left over. Of several each is at least 1, so that the largest one can be what is
    left when the others are 1: where that is below the threshold, all are known to be small.
    """
    return 0 < rest < threshold + hidden if hidden > 1 else 0 < rest <= threshold


def _next(whole: Whole, shown: Mapping[str, Decimal]) -> str | None:
    """The place that a whole wants hidden next."""
    total = shown.get(whole.total)
    parts = {place: shown[place] for place in whole.parts if place in shown}
    hidden = len(whole.parts) - len(parts)
    if total is None or not parts or not hidden:
        return None
    if not gives_away(hidden, total - sum(parts.values()), whole.threshold):
        return None
    open_to = [place for place in parts if parts[place] > 0 and place not in whole.public]
    if open_to:
        return min(open_to, key=lambda place: (parts[place], place))
    return whole.total if whole.total not in whole.public else None
