"""The indicators that a block of a report lists, as its plan names them."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.models import Indicator
from partnerships.periods import Kind, Span
from reports.blocks.data import IndicatorData
from reports.models import AnnualReport, BlockLine
from reports.queries.indicators import indicators_of, settled


@dataclass(frozen=True, slots=True)
class Listed:
    """Those with figures in the report's period, in order; `missing` names the others."""

    found: tuple[IndicatorData, ...]
    missing: tuple[str, ...]


def listed(report: AnnualReport, kind: str, subject: str) -> Listed:
    """What a block lists. Raises `NotSettled` while changes are being worked out."""
    lines = BlockLine.objects.filter(
        block__section__report=report, block__kind=kind, block__subject=subject
    )
    return figures_of(
        report, [line.indicator for line in lines.select_related("indicator").order_by("position")]
    )


def figures_of(report: AnnualReport, indicators: Sequence[Indicator]) -> Listed:
    """The figures of indicators in a report's period."""
    within = Span(Kind.SPAN, report.first, report.last)
    found = settled(indicators_of(report.partnership, indicators, within=within))
    codes = {data.code for data in found}
    return Listed(found, tuple(each.name for each in indicators if each.code not in codes))


def missing_words(missing: tuple[str, ...]) -> tuple[str, ...]:
    """The note on indicators that were to be listed and have no figure."""
    return (f"No figure of this year: {'; '.join(missing)}.",) if missing else ()
