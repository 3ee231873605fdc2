"""What a partnership's figure is held against: its region, England, neighbours, authorities.

All of official statistics, and each with its own period and source. Counts of areas that differ
in size are compared for every 10,000 children, on the population of the June before.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q, QuerySet

from metrics.addresses import WHOLE
from metrics.arithmetic.comparison import Median, median_of
from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.rounding import STORED_PLACES
from metrics.arithmetic.standing import Standing, standing_of
from metrics.models import Area, Cell, Dataset, Indicator, NeighbourSet
from metrics.official.layouts import POPULATION
from metrics.queries import whole_cells
from metrics.readings import measure_of, reading_of
from partnerships.amounts import half_up
from partnerships.models import Partnership
from partnerships.periods import Kind, Span, snapshot

PER = 10_000
AUTHORITIES = (Area.Kind.AUTHORITY, Area.Kind.PARTNERSHIP)


def official_beside(partnership: Partnership) -> Q:
    """Official figures of a partnership's own area, of its region and of England."""
    return Q(dataset__kind=Dataset.Kind.OFFICIAL) & (
        Q(area__partnership=partnership)
        | Q(area__kind=Area.Kind.COUNTRY)
        | Q(area__in=Area.objects.filter(areas_within__partnership=partnership))
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """One official figure. `compared` is it, or for a count its rate where one can be had."""

    cell: Cell
    reading: Reading
    compared: Reading | None


@dataclass(frozen=True, slots=True)
class Member:
    """A statistical neighbour, with its figure of the period where there is one."""

    name: str
    rank: int
    closeness: str
    figure: Beside | None


@dataclass(frozen=True, slots=True)
class Standings:
    """One period: the median of the neighbours and the places among them and all authorities.

    `authorities` is how many there are in the source for the period, with a number or without.
    """

    span: Span
    members: tuple[Member, ...]
    median: Median
    among_neighbours: Standing | None
    among_authorities: Standing | None
    authorities: int


@dataclass(frozen=True, slots=True)
class Comparators:
    """Official figures of one indicator. `compared` is how `Beside.compared` is counted.

    `areas` are the series of the own area, its region and England, in that order, each newest
    first. `medians` are those of the neighbours, by period. `model` is the neighbours' set.
    """

    partnership: Partnership
    indicator: Indicator
    measure: Measure
    compared: Measure
    areas: tuple[tuple[Area, tuple[Beside, ...]], ...]
    model: NeighbourSet | None
    medians: dict[Span, Median]
    newest: Standings


def comparators_of(partnership: Partnership, indicator: Indicator) -> Comparators | None:
    """None where the official statistics have no number of the partnership's own area."""
    own = Area.objects.filter(partnership=partnership).select_related("region").first()
    if own is None:
        return None
    model = newest_set(partnership)
    neighbours = {each.area_id for each in model.members.all()} if model else set()
    wide = Q(area__kind=Area.Kind.COUNTRY) | Q(area__in={own.pk, own.region_id} - {None})
    found = _figures(indicator, wide | Q(area__in=neighbours))
    mine = found.get(own.pk, {})
    span = max(
        (each for each, beside in mine.items() if _has_number(beside)), default=None, key=_by
    )
    if span is None:
        return None
    measure = measure_of(indicator)
    compared = compared_as(measure)
    country = {cell.area for cell in _cells_in(found) if cell.area.kind == Area.Kind.COUNTRY}
    chosen = [own, *([own.region] if own.region else []), *sorted(country, key=lambda a: a.name)]
    spans = {each for area in neighbours for each in found.get(area, {})}
    return Comparators(
        partnership=partnership,
        indicator=indicator,
        measure=measure,
        compared=compared,
        areas=tuple(
            (area, tuple(sorted(found[area.pk].values(), key=_newest_first)))
            for area in chosen
            if area.pk in found
        ),
        model=model,
        medians={each: _median(model, found, each, compared) for each in spans},
        newest=_standings(indicator, span, model, found, mine[span], compared),
    )


_Found = dict[int, dict[Span, Beside]]  # by area and period


def _figures(indicator: Indicator, where: Q) -> _Found:
    cells = official_cells(indicator.code).filter(where)
    people: dict[tuple[int, Span], Decimal] = {}
    if indicator.unit == "count" and indicator.code != POPULATION:
        for cell in official_cells(POPULATION).filter(where):
            if cell.approved is not None and cell.approved.value:
                people[cell.area_id, cell.period.span] = cell.approved.value
    found: _Found = {}
    for cell in cells:
        assert cell.approved is not None
        reading, span = reading_of(cell.approved), cell.period.span
        june = population_day(span)
        rate = rate_for(reading, people.get((cell.area_id, june)) if june else None)
        compared = rate if indicator.unit == "count" else reading
        found.setdefault(cell.area_id, {}).setdefault(span, Beside(cell, reading, compared))
    return found


def official_cells(*codes: str) -> QuerySet[Cell]:
    """The official figures of indicators, of all areas and periods.

    Where two sources have one, that of the first by code comes first, and counts.
    """
    found = whole_cells().filter(
        indicator__code__in=codes,
        dataset__kind=Dataset.Kind.OFFICIAL,
        slice__key=WHOLE,
        mention=1,
        approved__isnull=False,
    )
    return found.order_by("dataset__code", "pk")


def population_day(span: Span) -> Span | None:
    """The 30 June before a year ends or a day: the newest estimate when its figure was made."""
    if span.kind not in {Kind.YEAR, Kind.SNAPSHOT}:
        return None
    june = date(span.last.year, 6, 30)
    return snapshot(june if june <= span.last else june.replace(year=june.year - 1))


def rate_for(count: Reading, people: Decimal | None) -> Reading | None:
    """A count for every 10,000 children; None without either number."""
    if count.value is None or not people:
        return None
    value = half_up(Fraction(count.value) / Fraction(people) * PER, STORED_PLACES)
    return replace(count, value=value, numerator=count.value, denominator=people, decimals=1)


def compared_as(measure: Measure) -> Measure:
    if measure.unit != "count":
        return measure
    return replace(measure, unit="rate", base=PER, unit_words="per 10,000 children")


def newest_set(partnership: Partnership, year: int | None = None) -> NeighbourSet | None:
    """The newest set of the neighbours of a partnership's area, or that of a year."""
    sets = NeighbourSet.objects.filter(authority__partnership=partnership)
    sets = sets.prefetch_related("members__area").order_by("-year")
    return (sets if year is None else sets.filter(year=year)).first()


def _members(model: NeighbourSet | None, found: _Found, span: Span) -> Iterator[Member]:
    for each in model.members.all() if model else ():
        figure = found.get(each.area_id, {}).get(span)
        yield Member(each.area.name, each.rank, each.closeness, figure)


def _median(model: NeighbourSet | None, found: _Found, span: Span, measure: Measure) -> Median:
    return median_of(
        {
            each.name: each.figure.compared if each.figure else None
            for each in _members(model, found, span)
        },
        measure,
    )


def standings_at(partnership: Partnership, indicator: Indicator, span: Span) -> Standings | None:
    """Where a partnership's area stands in one period; None without an official figure of it."""
    own = Area.objects.filter(partnership=partnership).first()
    if own is None:
        return None
    model = newest_set(partnership)
    neighbours = {each.area_id for each in model.members.all()} if model else set()
    found = _figures(indicator, Q(area__in=neighbours | {own.pk}))
    mine = found.get(own.pk, {}).get(span)
    if mine is None:
        return None
    return _standings(indicator, span, model, found, mine, compared_as(measure_of(indicator)))


def _standings(
    indicator: Indicator,
    span: Span,
    model: NeighbourSet | None,
    found: _Found,
    own: Beside,
    measure: Measure,
) -> Standings:
    members = tuple(_members(model, found, span))
    day = Q(period__kind=span.kind, period__first=span.first, period__last=span.last)
    june = population_day(span)
    if june is not None:
        day |= Q(period__kind=june.kind, period__first=june.first, period__last=june.last)
    everywhere = _figures(indicator, day & Q(area__kind__in=AUTHORITIES))
    others = [
        beside[span].compared
        for area, beside in everywhere.items()
        if area != own.cell.area_id and span in beside
    ]
    here = own.compared or Reading(marker="x")
    beside = [each.figure.compared for each in members if each.figure]
    return Standings(
        span=span,
        members=members,
        median=_median(model, found, span, measure),
        among_neighbours=standing_of(here, beside, measure) if members else None,
        among_authorities=standing_of(here, others, measure),
        authorities=len(others) + 1,
    )


def _has_number(beside: Beside) -> bool:
    return beside.reading.value is not None


def _cells_in(found: _Found) -> Iterator[Cell]:
    return (beside.cell for series in found.values() for beside in series.values())


def _by(span: Span) -> tuple[date, date]:
    return span.last, span.first


def _newest_first(beside: Beside) -> int:
    return -beside.cell.period.span.last.toordinal()
