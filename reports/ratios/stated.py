"""The addresses of ratios: `ratio:partnership:dataset:numerator:denominator:period`."""

from collections.abc import Sequence

from partnerships.models import Partnership
from partnerships.stated import Stated, figures
from reports.ratios.queries import ratio_at
from reports.ratios.ratio import KIND


@figures(KIND)
def ratio(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    """A ratio that the register knows, of two figures of one source and period."""
    if len(parts) != 4:
        return None
    dataset, numerator, denominator, period = parts
    return ratio_at(partnership, dataset, numerator, denominator, period)
