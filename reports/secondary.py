"""Secondary suppression: what else is hidden, so that no sum gives a small number away. Pure.

Whoever reads a total and all parts but one knows that one, and sums overlap: by age and by sex, by
quarter, in an earlier edition. The rule: as long as a hidden number is given away
(`reports.attack`), the smallest part above 0 that protects it is hidden too; where no part does,
a total is. What was public before, or is printed in a published edition, stays: it is out.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from reports.attack import Whole, exposed


def further(
    wholes: Iterable[Whole],
    shown: Mapping[str, Decimal],
    *,
    marked: Collection[str] = frozenset(),
    out: Collection[str] = frozenset(),
) -> frozenset[str]:
    """The places to be hidden besides, of figures that are printed as numbers.

    `marked` are places that print says are hidden, `out` those that published editions print.
    """
    wholes, left, hidden = list(wholes), dict(shown), set(marked)
    found: set[str] = set()
    given_up: set[str] = set()
    while risks := sorted(set(exposed(wholes, left, hidden)) - given_up):
        more = _next(risks[0], wholes, left, hidden, out)
        if more is None:
            given_up.add(risks[0])
            continue
        del left[more]
        hidden.add(more)
        found.add(more)
    return frozenset(found)


def _next(
    risk: str,
    wholes: Sequence[Whole],
    shown: Mapping[str, Decimal],
    hidden: Collection[str],
    out: Collection[str],
) -> str | None:
    """The place to hide next for one that is given away; None where nothing can be done."""
    near = list(_around(risk, wholes))
    options = [place for place in _options(risk, near, shown) if place not in out]

    def protect(places: Collection[str]) -> bool:
        left = {place: value for place, value in shown.items() if place not in places}
        return risk not in exposed(near, left, {*hidden, *places})

    if not options or not protect(options):
        return None
    return next((place for place in options if protect({place})), options[0])


def _options(risk: str, near: Sequence[Whole], shown: Mapping[str, Decimal]) -> Iterator[str]:
    """What could be hidden, in order: parts of its own totals, these, then what lies further off.

    Of parts the smallest comes first.
    """
    own = [whole for whole in near if risk in whole.places]
    public = {place for whole in near for place in whole.public}
    found: dict[str, None] = {}
    for wholes in (own, near):
        parts = {part for whole in wholes for part in whole.parts}
        totals = {whole.total for whole in wholes}
        for places in (parts, totals):
            printed = [p for p in places if shown.get(p, 0) > 0 and p not in public]
            found |= dict.fromkeys(sorted(printed, key=lambda place: (shown[place], place)))
    yield from found


def _around(risk: str, wholes: Iterable[Whole]) -> Iterator[Whole]:
    """The sums that hang together with one place, over any number of others."""
    reached, waiting = {risk}, list(wholes)
    while near := [whole for whole in waiting if reached & set(whole.places)]:
        yield from near
        waiting = [whole for whole in waiting if whole not in near]
        reached |= {place for whole in near for place in whole.places}
