"""Reads for a whole return."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import cast

from metrics.checks import Context, Kind
from metrics.models import (
    Area,
    Cell,
    Dataset,
    Return,
    Revision,
)
from metrics.owed import Owed
from metrics.queries import unbroken_since
from metrics.readings import measure_of
from partnerships.periods import Span

YEARS_BACK = 3


def return_of(dataset: Dataset, span: Span) -> Return | None:
    """The quarter's return with its dates; none where it was given none."""
    found = Return.objects.filter(
        dataset=dataset,
        period__kind=span.kind,
        period__first=span.first,
        period__last=span.last,
    )
    return found.select_related("dataset__owner__area", "period").first()


def contexts(dataset: Dataset, area: Area, span: Span, owed: Iterable[Owed]) -> dict[str, Context]:
    """What each figure of a quarter is held against, by its key; two queries.

    Nothing from before a break of its series: what was usual then may not be now.
    """
    wanted = list(owed)
    since = unbroken_since(dataset.owner_id, {each.indicator for each in wanted}, until=span.last)
    approved: dict[tuple[int, str], list[Revision]] = defaultdict(list)
    earlier = Cell.objects.filter(
        dataset=dataset,
        area=area,
        indicator__in={each.indicator.pk for each in wanted},
        slice__key__in={each.slice_key for each in wanted},
        mention=1,
        period__kind=span.kind,
        period__last__lt=span.first,
        period__first__year__gte=span.first.year - YEARS_BACK,
        approved__isnull=False,
    )
    kept = earlier.select_related("approved", "period", "slice").order_by("period__last")
    for cell in kept:
        if cell.approved is None or cell.period.first < since.get(cell.indicator_id, date.min):
            continue
        place = cell.indicator_id, cell.slice.key
        if "b" in cell.approved.flags:  # a break that was marked with the figure itself
            approved[place].clear()
        approved[place].append(cell.approved)
    kind = cast(Kind, dataset.kind)  # safe: a named constraint holds the words
    return {
        each.key: _context(each, kind, approved[each.indicator.pk, each.slice_key])
        for each in wanted
    }


def _context(owed: Owed, kind: Kind, earlier: Sequence[Revision]) -> Context:
    denominators = tuple(each.denominator for each in earlier if each.denominator)
    return Context(
        measure=measure_of(owed.indicator),
        kind=kind,
        earlier=tuple(each.value for each in earlier if each.value is not None),
        denominator_before=denominators[-1] if denominators else None,
        denominators=denominators,
    )
