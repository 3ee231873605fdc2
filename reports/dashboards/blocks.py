"""A report's block on a page, with true values: drawn by the report's own template."""

from collections.abc import Sequence
from dataclasses import replace

from metrics.charts.spec import ChartSpec, Target
from metrics.models import Indicator
from metrics.readings import measure_of
from metrics.targets.queries import Held, bounds_of
from metrics.wording import level_words, target_words
from partnerships.models import Partnership
from partnerships.periods import day
from reports.blocks.figures import Figure, IndicatorBlock
from reports.blocks.indicator import indicator_block
from reports.queries.indicators import indicators_of


def true_block(
    partnership: Partnership, indicator: Indicator, targets: Sequence[Held] = ()
) -> IndicatorBlock[Figure] | None:
    """The indicator's block for those who see true values; None where there is no figure.

    Its chart has the line of the newest of the targets that one of its figures is held to.
    """
    for found in indicators_of(partnership, [indicator]):
        block = indicator_block(found.data, Figure)
        if block.chart is not None:
            block = replace(block, chart=_with_target(block.chart, targets))
        return block
    return None


def _with_target(chart: ChartSpec, targets: Sequence[Held]) -> ChartSpec:
    """The line runs over the whole chart, so it says from when it holds where that is later."""
    shown = {point.label for point in chart.series[0].points if point.value is not None}
    for held in targets:
        judged = shown & {each.cell.period.span.label for each in held.figures}
        if not judged:
            continue
        target = held.target
        since = f" from {day(target.first)}" if judged != shown else ""
        measure = measure_of(target.indicator)
        line = Target(target.value, f"Target{since}: {target_words(bounds_of(target), measure)}")
        if target.tolerance is not None:
            words = f"Tolerance {level_words(target.tolerance, measure)}"
            line = replace(line, tolerance=target.tolerance, tolerance_text=words)
        return replace(chart, target=line)
    return chart
