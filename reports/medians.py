"""The median of the statistical neighbours among the comparators of an indicator. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from metrics.official.median import NAME, MedianFigure
from partnerships.periods import Span
from reports.blocks.data import MEDIAN, NEIGHBOURS, IndicatorData, Observation, Series
from reports.blocks.origins import source_of_median


def with_median(
    data: IndicatorData, medians: Mapping[tuple[str, Span], MedianFigure]
) -> IndicatorData:
    """The data with the medians of its periods, where no source prints a figure of neighbours."""
    shown = [medians[data.code, span] for span in data.spans if (data.code, span) in medians]
    if not shown or any(other.kind == NEIGHBOURS for other in data.others):
        return data
    seen = tuple(map(_observation, shown))
    return replace(data, others=(Series(NAME, seen, code=NEIGHBOURS, kind=MEDIAN), *data.others))


def _observation(figure: MedianFigure) -> Observation:
    return Observation(
        address=figure.address,
        span=figure.span,
        area=NAME,
        source=source_of_median(figure),
        reading=figure.reading,
        notes=(figure.how,),
    )
