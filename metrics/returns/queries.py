"""Reads for a whole return."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import cast

from django.db.models import Max, Q

from metrics.checks import Context, Kind
from metrics.models import (
    Area,
    Cell,
    Dataset,
    Indicator,
    IndicatorVersion,
    Return,
    Revision,
)
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
    """What each indicator's figure of a quarter is held against, by its code; two queries.

    Nothing from before a break of its series: what was usual then may not be now.
    """
    wanted = list(indicators)
    since = _unbroken_since(dataset, span, wanted)
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
    for cell in earlier.select_related("approved", "period").order_by("period__last"):
        if cell.approved is None or cell.period.first < since.get(cell.indicator_id, date.min):
            continue
        if "b" in cell.approved.flags:  # a break that was marked with the figure itself
            approved[cell.indicator_id].clear()
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


def _unbroken_since(
    dataset: Dataset, span: Span, indicators: Iterable[Indicator]
) -> dict[int, date]:
    """The day of the newest break up to a quarter's end, everywhere or here, by indicator."""
    breaks = IndicatorVersion.objects.filter(
        Q(partnership__isnull=True) | Q(partnership=dataset.owner_id),
        indicator__in=list(indicators),
        effect=IndicatorVersion.Effect.BREAKS,
        first__lte=span.last,
    )
    newest = breaks.order_by().values("indicator").annotate(day=Max("first"))
    return dict(newest.values_list("indicator", "day"))
