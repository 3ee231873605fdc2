"""Reads for a whole return."""

from collections import defaultdict
from collections.abc import Iterable
from typing import cast

from metrics.checks import Context, Kind
from metrics.models import Area, Cell, Dataset, Indicator, Return, Revision
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


def contexts(
    dataset: Dataset, area: Area, span: Span, indicators: Iterable[Indicator]
) -> dict[str, Context]:
    """What each indicator's figure of a quarter is held against, by its code; one query."""
    wanted = list(indicators)
    approved: dict[int, list[Revision]] = defaultdict(list)
    earlier = Cell.objects.filter(
        dataset=dataset,
        area=area,
        indicator__in=wanted,
        slice__key="all",
        mention=1,
        period__kind=span.kind,
        period__last__lt=span.first,
        period__first__year__gte=span.first.year - YEARS_BACK,
        approved__isnull=False,
    )
    for cell in earlier.select_related("approved").order_by("period__last"):
        if cell.approved is not None:
            approved[cell.indicator_id].append(cell.approved)
    return {
        indicator.code: Context(
            measure=measure_of(indicator),
            kind=cast(Kind, dataset.kind),  # safe: a named constraint holds the words
            earlier=tuple(each.value for each in approved[indicator.pk] if each.value is not None),
            denominator_before=next(
                (each.denominator for each in reversed(approved[indicator.pk]) if each.denominator),
                None,
            ),
        )
        for indicator in wanted
    }
