"""Reads of ratios: the register, and one ratio by the codes in its address."""

from django.db.models import QuerySet

from metrics.addresses import WHOLE
from metrics.models import Cell
from metrics.queries import whole_cells
from partnerships.models import Partnership
from partnerships.periods import PeriodError, parse
from reports.blocks.data import IndicatorData
from reports.models import Ratio
from reports.queries.choosing import one_each
from reports.queries.observations import only_figure
from reports.ratios.ratio import RatioFigure, ratio_of


def ratios() -> QuerySet[Ratio]:
    """The register, with the indicators of each."""
    return Ratio.objects.select_related("numerator", "denominator")


def ratio_at(
    partnership: Partnership, dataset: str, numerator: str, denominator: str, period: str
) -> RatioFigure | None:
    """The ratio at an address; None where it is not in the register or lacks a figure."""
    ratio = ratios().filter(numerator__code=numerator, denominator__code=denominator).first()
    figures = [_figure(partnership, dataset, code, period) for code in (numerator, denominator)]
    above, below = figures
    if ratio is None or above is None or below is None:
        return None
    return ratio_of(
        ratio.name,
        above,
        below,
        above.newest.span,
        place=partnership.slug,
        of_cohort=ratio.of_cohort,
    )


def _figure(partnership: Partnership, dataset: str, code: str, period: str) -> IndicatorData | None:
    try:
        span = parse(period)
    except PeriodError:
        return None
    cells: QuerySet[Cell] = whole_cells().filter(
        dataset__code=dataset,
        dataset__owner=partnership,
        area__partnership=partnership,
        indicator__code=code,
        slice__key=WHOLE,
        period__kind=span.kind,
        period__first=span.first,
        period__last=span.last,
        approved__isnull=False,
    )
    found = one_each(cells.select_related("conflict"))
    return only_figure(found[0]) if found else None
