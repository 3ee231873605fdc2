"""A report's block on a page, with true values: drawn by the report's own template."""

from metrics.models import Indicator
from partnerships.models import Partnership
from reports.blocks.figures import Figure, IndicatorBlock
from reports.blocks.indicator import indicator_block
from reports.queries import indicators_of


def true_block(partnership: Partnership, indicator: Indicator) -> IndicatorBlock[Figure] | None:
    """The indicator's block for those who see true values; None where there is no figure."""
    for found in indicators_of(partnership, [indicator]):
        return indicator_block(found.data, Figure)
    return None
