"""Reads medians of statistical neighbours: four queries for any number of indicators and periods.

Only official figures go in, never one of a partnership's own, so that a median is as public as
they are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from metrics.addresses import Address
from metrics.arithmetic.comparison import median_of
from metrics.arithmetic.reading import Reading
from metrics.models import Cell, Indicator, Neighbour, NeighbourSet
from metrics.official.comparators import newest_set, official_cells
from metrics.official.median import COMPARED, KIND, NAME, MedianFigure, MedianMember
from metrics.readings import measure_of, reading_of
from metrics.wording import unit_header, value_cell, value_words
from partnerships.models import Partnership
from partnerships.periods import Span, day
from partnerships.stated import address_of

Medians = dict[tuple[str, Span], MedianFigure]


def medians_of(partnership: Partnership, indicators: Iterable[Indicator]) -> Medians:
    """By code and period, the medians that official statistics give: of rates and percentages.

    Each address names the newest model, so that it says the same when there is another.
    """
    wanted = {each.code: each for each in indicators if each.unit in COMPARED}
    model = newest_set(partnership) if wanted else None
    if model is None:
        return {}
    by_place: dict[tuple[str, Span], dict[int, Cell]] = defaultdict(dict)
    for cell in _cells(model, wanted):
        by_place[cell.indicator.code, cell.period.span].setdefault(cell.area_id, cell)
    found = {}
    for (code, span), cells in by_place.items():
        address = address_of_median(partnership, code, span, model.year)
        figure = _figure(address, wanted[code], span, model, cells)
        if figure is not None:
            found[code, span] = figure
    return found


def address_of_median(partnership: Partnership, code: str, span: Span, year: int) -> str:
    """By the model of a year, which stays what it is when there is a newer one."""
    return f"{address_of(KIND, partnership, code, span.key)}@{year}"


def median_at(
    partnership: Partnership, address: str, code: str, span: Span, year: int | None
) -> MedianFigure | None:
    """The median at an address, by the model of a year or else the newest; None without any."""
    indicator = Indicator.objects.filter(code=code, unit__in=COMPARED).first()
    model = newest_set(partnership, year) if indicator else None
    if indicator is None or model is None:
        return None
    cells: dict[int, Cell] = {}
    for cell in _cells(model, [code]):
        if cell.period.span == span:
            cells.setdefault(cell.area_id, cell)
    return _figure(address, indicator, span, model, cells) if cells else None


def _cells(model: NeighbourSet, codes: Collection[str]) -> Iterable[Cell]:
    areas = [each.area_id for each in model.members.all()]
    return official_cells(*codes).filter(area__in=areas)


def _figure(
    address: str,
    indicator: Indicator,
    span: Span,
    model: NeighbourSet,
    cells: Mapping[int, Cell],
) -> MedianFigure | None:
    measure = measure_of(indicator)
    members = model.members.all()
    readings = {each.area.name: _reading(cells.get(each.area_id)) for each in members}
    median = median_of(readings, measure)
    if median.value is None:
        return None
    reading = Reading(median.value, decimals=median.decimals)
    dataset = next(iter(cells.values())).dataset
    return MedianFigure(
        address=address,
        about=f"{indicator.name}, {NAME[0].lower()}{NAME[1:]}, {span.label}",
        value=median.value,
        unit=unit_header(measure),
        decimals=median.decimals,
        said=value_words(reading, measure),
        indicator=indicator.name,
        definition=indicator.definition,
        measure=measure,
        span=span,
        reading=reading,
        model=model.year,
        model_source=model.source,
        members=tuple(_member(each, cells.get(each.area_id)) for each in members),
        used=median.used,
        missing=median.missing,
        dataset=dataset.code,
        title=dataset.title,
        publisher=dataset.publisher,
        published=day(dataset.published) if dataset.published else dataset.published_words,
        url=dataset.url,
    )


def _reading(cell: Cell | None) -> Reading | None:
    return reading_of(cell.approved) if cell is not None and cell.approved is not None else None


def _member(each: Neighbour, cell: Cell | None) -> MedianMember:
    reading = _reading(cell)
    if cell is None or reading is None:
        return MedianMember(each.rank, each.area.name, each.closeness)
    address = Address.of(cell).text
    return MedianMember(each.rank, each.area.name, each.closeness, value_cell(reading), address)
