"""Which figures add up to which others: categories to what they divide, shorter periods to longer.

Of counts of children alone; a whole is there only where a figure of every part is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from metrics.addresses import WHOLE, Address, AddressError
from metrics.models import Breakdown, Cell, SlicePart
from metrics.models.register import RollUp, Unit
from partnerships.models import Partnership
from partnerships.periods import Kind, Span
from reports.attack import Whole

_SHORTER = (Kind.MONTH, Kind.QUARTER, Kind.HALF_YEAR)
_LONGER = (
    Kind.QUARTER, Kind.HALF_YEAR, Kind.YEAR, Kind.CALENDAR_YEAR, Kind.ACADEMIC_YEAR,
    Kind.ROLLING_YEAR, Kind.SPAN,
)  # fmt: skip


def wholes_of(partnership: Partnership, told: Collection[str], on: date) -> list[Whole]:
    """The sums that any of the told places stands in, by addresses without a revision.

    Two queries, for any number of them.
    """
    codes = {place.indicator for place in map(parsed, told) if place is not None}
    figures = list(_figures(partnership, codes, on))
    public = frozenset(each.text for each in figures if each.was_public)
    every = [*_divided(figures), *_in_periods(figures)]
    return [
        Whole(total, parts, threshold, public & {total, *parts})
        for total, parts, threshold in every
        if any(place in told for place in (total, *parts))
    ]


def parsed(text: str) -> Address | None:
    """The address of an indicator's figure; None for that of anything else."""
    try:
        return Address.parse(text)
    except AddressError:
        return None


@dataclass(frozen=True, slots=True)
class _Figure:
    address: Address
    span: Span
    slice: int
    threshold: int
    adds_up: bool
    was_public: bool

    @property
    def text(self) -> str:
        return self.address.text


_Sum = tuple[str, tuple[str, ...], int]  # total, parts, threshold


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
        "period__last", "slice__key", "slice_id", "indicator__threshold", "indicator__roll_up",
        "approved__public_since",
    )  # fmt: skip
    for dataset, code, area, kind, first, last, key, pk, threshold, roll_up, since in rows:
        span = Span(Kind(kind), first, last)
        address = Address(dataset, code, area, span.key, key)
        public = since is not None and since <= on
        yield _Figure(address, span, pk, threshold, roll_up == RollUp.SUM, public)


def _divided(figures: Collection[_Figure]) -> Iterator[_Sum]:
    """Each figure with its categories by each breakdown that counts everything once."""
    parts = _parts_of_slices({each.slice for each in figures})
    by_text = {each.text: each for each in figures}
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in figures:
        for breakdown, key in parts.get(each.slice, {}).items():
            total = replace(each.address, slice=key).text
            if total in by_text:
                found[total, breakdown].append(each.text)
    for (total, _), texts in found.items():
        yield total, tuple(texts), by_text[total].threshold


def _parts_of_slices(slices: Collection[int]) -> Mapping[int, Mapping[str, str]]:
    """By slice, for each of its breakdowns the slice of what its category is a part of.

    That is the same without the breakdown, or with the category that its own lies within.
    """
    rows = SlicePart.objects.filter(slice__in=slices).values_list(
        "slice_id", "breakdown__code", "breakdown__nature", "category__code",
        "category__parent__code",
    )  # fmt: skip
    held: dict[int, dict[str, str]] = defaultdict(dict)
    within: dict[int, dict[str, str | None]] = defaultdict(dict)
    for pk, breakdown, nature, category, parent in rows:
        held[pk][breakdown] = category
        if nature == Breakdown.Nature.PARTITION:
            within[pk][breakdown] = parent
    return {
        pk: {each: _key({**held[pk], each: parent}) for each, parent in parents.items()}
        for pk, parents in within.items()
    }


def _key(categories: Mapping[str, str | None]) -> str:
    """The key of a slice of categories by breakdown."""
    parts = (f"{breakdown}={code}" for breakdown, code in sorted(categories.items()) if code)
    return ";".join(parts) or WHOLE


def _in_periods(figures: Collection[_Figure]) -> Iterator[_Sum]:
    """Each figure of events with those of the shorter periods that it is the sum of."""
    texts = {each.text for each in figures}
    for each in figures:
        if not each.adds_up or each.span.kind not in _LONGER:
            continue
        for kind in _SHORTER:
            parts = [replace(each.address, period=s.key).text for s in _tiles(each.span, kind)]
            if len(parts) > 1 and texts.issuperset(parts):
                yield each.text, tuple(parts), each.threshold


def _tiles(span: Span, kind: Kind) -> list[Span]:
    """The periods of a kind that a period is made of; none where they do not fit it."""
    found = [Span.containing(kind, span.first)]
    while found[-1].last < span.last:
        found.append(Span.containing(kind, found[-1].last + timedelta(days=1)))
    fits = (found[0].first, found[-1].last) == (span.first, span.last)
    return found if fits else []
