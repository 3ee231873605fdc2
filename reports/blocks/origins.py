"""Where the figures of a block come from, read off the data that it was built from. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from metrics.official.median import MedianFigure
from metrics.wording import value_words
from partnerships.stated_figure import Stated
from reports.blocks.data import IndicatorData, Observation, Series, Source
from reports.blocks.figures import Origin
from reports.blocks.printing import about
from reports.ratios.ratio import RatioFigure

WORKED_OUT = Source("", "Worked out by the portal from other figures of the partnership")
OWN_RECORDS = Source("", "Records that the partnership keeps in this portal")


def origins_in(
    data: Any, addresses: Collection[str], sources: Mapping[str, Source]
) -> tuple[Origin, ...]:
    """An origin for each address, once, in the order of the data.

    `data` is made of dataclasses, tuples, `Stated` figures and `IndicatorData`; `sources` are
    the datasets by code.
    """
    found = {origin.address: origin for origin in _every(data, sources)}
    return tuple(origin for address, origin in found.items() if address in addresses)


def _every(data: Any, sources: Mapping[str, Source]) -> Iterator[Origin]:
    match data:
        case RatioFigure():
            stated = f"{data.words}. {data.note}" if data.note else data.words
            yield Origin(data.address, data.about, stated, WORKED_OUT)
        case MedianFigure():
            yield Origin(data.address, data.about, data.words, source_of_median(data))
        case Stated():
            source = sources[data.source] if data.source else OWN_RECORDS
            yield Origin(data.address, data.about, data.words, source)
        case IndicatorData():
            yield from indicator_origins(data)
        case tuple():
            for each in data:
                yield from _every(each, sources)
        case _ if is_dataclass(data):
            for each in fields(data):
                yield from _every(getattr(data, each.name), sources)


def source_of_median(figure: MedianFigure) -> Source:
    """The official statistics that a median of neighbours is worked out from."""
    return Source(
        code=figure.dataset,
        title=f"Worked out by the portal from: {figure.title}",
        publisher=figure.publisher,
        published=figure.published,
        url=figure.url,
        official=True,
    )


def indicator_origins(data: IndicatorData) -> Iterator[Origin]:
    """One for each figure of an indicator, its own first."""
    for series in (data.own, *data.others):
        for seen in _every_observation(series):
            stated = value_words(seen.reading, data.measure)
            yield Origin(seen.address, about(data, seen), stated, seen.source)


def _every_observation(series: Series) -> Iterator[Observation]:
    for seen in series.observations:
        yield seen
        yield from (each.seen for each in seen.instead)
