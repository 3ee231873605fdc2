"""Reads for a whole return."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import cast

from metrics.checks import Context, Kind
from metrics.models import Area, Cell, Dataset, Return, Revision
from metrics.owed import Owed
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
    """What each figure of a quarter is held against, by its key; one query."""
    wanted = list(owed)
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
    for cell in earlier.select_related("approved", "slice").order_by("period__last"):
        if cell.approved is not None:
            approved[cell.indicator_id, cell.slice.key].append(cell.approved)
    kind = cast(Kind, dataset.kind)  # safe: a named constraint holds the words
    return {
        each.key: _context(each, kind, approved[each.indicator.pk, each.slice_key])
        for each in wanted
    }


def _context(owed: Owed, kind: Kind, earlier: Sequence[Revision]) -> Context:
    return Context(
        measure=measure_of(owed.indicator),
        kind=kind,
        earlier=tuple(each.value for each in earlier if each.value is not None),
        denominator_before=next(
            (each.denominator for each in reversed(earlier) if each.denominator), None
        ),
    )
