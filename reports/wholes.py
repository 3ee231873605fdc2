"""Which printed figures add up to which others: totals, and the categories that divide them.

A report prints one kind of period for an indicator, so that no year stands beside its quarters.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from metrics.addresses import WHOLE, Address, AddressError
from metrics.models import Breakdown, Cell, SlicePart
from metrics.models.register import Unit
from partnerships.models import Partnership
from partnerships.periods import Kind, Span
from reports.secondary import Whole


def wholes_of(partnership: Partnership, printed: Collection[str], on: date) -> list[Whole]:
    """The totals of disclosive counts with their parts, of what is printed; two queries."""
    codes = {place.indicator for place in map(_parsed, printed) if place is not None}
    figures = list(_figures(partnership, codes, on))
    public = frozenset(each.text for each in figures if each.was_public)
    by_parent = _divided(figures)
    found: list[Whole] = []
    for each in figures:
        if each.text in printed:
            found += _categories(each, by_parent, public)
    return found


@dataclass(frozen=True, slots=True)
class _Figure:
    address: Address
    slice: int
    threshold: int
    was_public: bool

    @property
    def text(self) -> str:
        return self.address.text


# A figure but for its category, the breakdown, and the category that is divided; None for all.
_Parent = tuple[Address, int, str]


def _parsed(text: str) -> Address | None:
    try:
        return Address.parse(text)
    except AddressError:
        return None


def _figures(partnership: Partnership, codes: Collection[str], on: date) -> Iterator[_Figure]:
    rows = Cell.objects.filter(
        dataset__owner=partnership,
        indicator__code__in=codes,
        indicator__disclosive=True,
        indicator__unit=Unit.COUNT,
        approved__isnull=False,
        mention=1,
    ).values_list(
        "dataset__code", "indicator__code", "area__code", "period__kind", "period__first",
        "period__last", "slice__key", "slice_id", "indicator__threshold",
        "approved__public_since",
    )  # fmt: skip
    for dataset, code, area, kind, first, last, key, pk, threshold, since in rows:
        address = Address(dataset, code, area, Span(Kind(kind), first, last).key, key)
        public = since is not None and since <= on
        yield _Figure(address, pk, threshold, public)


def _categories(
    figure: _Figure, by_parent: dict[_Parent, list[str]], public: frozenset[str]
) -> Iterator[Whole]:
    for (address, _, parent), parts in by_parent.items():
        if (parent or WHOLE) == figure.address.slice and address == _whole(figure.address):
            yield Whole(figure.text, tuple(parts), figure.threshold, public)


def _divided(figures: Collection[_Figure]) -> dict[_Parent, list[str]]:
    """The categories that each figure is divided into, where each is counted in one of them."""
    rows = SlicePart.objects.filter(
        slice__in={each.slice for each in figures},
        breakdown__nature=Breakdown.Nature.PARTITION,
    ).values_list("slice_id", "breakdown_id", "breakdown__code", "category__parent__code")
    of_slice = {
        pk: (breakdown, f"{code}={parent}" if parent else "")
        for pk, breakdown, code, parent in rows
    }
    found: dict[_Parent, list[str]] = defaultdict(list)
    for each in figures:
        if each.slice in of_slice and ";" not in each.address.slice:
            found[_whole(each.address), *of_slice[each.slice]].append(each.text)
    return found


def _whole(address: Address) -> Address:
    return Address(address.dataset, address.indicator, address.area, address.period, WHOLE)
