"""What official statistics say of the area in the report's time, beside other places.

Each figure has its own period; beside it stand what the report itself prints, the neighbours'
median, the region and England, and the place among the neighbours and among all authorities.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from metrics.arithmetic.standing import Standing
from metrics.models import Area, Cell, Indicator
from metrics.models.register import Unit
from metrics.official.comparators import official_cells, standings_at
from metrics.official.layouts import POPULATION
from metrics.official.median import COMPARED, MedianMember
from metrics.official.medians import medians_of
from metrics.readings import measure_of
from metrics.wording import standing_words, unit_header, value_cell
from partnerships.periods import Span
from reports.accounts.account import Account
from reports.accounts.listed import figures_of
from reports.blocks.data import IndicatorData, Observation, Series
from reports.blocks.figures import AccountBlock, BlockTable, Column, F, Paragraph, Row, Words
from reports.blocks.listing import Notes, comparators, marks_of, nothing_beside
from reports.blocks.printing import about, value_figure
from reports.medians import with_median
from reports.models import AnnualReport
from reports.queries.choosing import COMPARATORS
from reports.queries.observations import observation_of, only_figure

NONE = "–"
LEAD = (
    "Published official statistics that fall into the time of this report, each with its own "
    "period. A place is counted from the end that is better, or from the highest where neither "
    "is better, among those that have a figure; of numbers, by their rate on the children who "
    "live there. Places close to each other may differ by chance."
)


@dataclass(frozen=True, slots=True)
class Line:
    """An official figure of the area with its comparators; `printed` is the report's own."""

    official: IndicatorData
    printed: IndicatorData | None
    among_neighbours: Standing | None
    among_authorities: Standing | None

    @property
    def span(self) -> Span:
        return self.official.newest.span

    @property
    def printed_then(self) -> Observation | None:
        """The report's own figure of the same period."""
        return self.printed.own.at(self.span) if self.printed else None


@dataclass(frozen=True, slots=True)
class OfficialData:
    """`neighbours` are those of the model of a year, most alike first; none without a model."""

    area: str
    lines: tuple[Line, ...]
    model: int
    neighbours: tuple[MedianMember, ...]


def read(report: AnnualReport, subject: str) -> OfficialData | None:
    """What the area has an official figure of in the report's time; numbers by their rate."""
    area = Area.objects.filter(partnership=report.partnership).first()
    cells = _newest(report, area) if area else {}
    if area is None or not cells:
        return None
    wider = _wider(area, cells)
    medians = medians_of(report.partnership, cells)
    printed = {each.code: each for each in figures_of(report, list(cells)).found}
    lines = []
    for indicator, cell in cells.items():
        data = with_median(_data(cell, wider), medians)
        standings = standings_at(report.partnership, indicator, cell.period.span)
        lines.append(
            Line(
                official=data,
                printed=printed.get(indicator.code),
                among_neighbours=standings.among_neighbours if standings else None,
                among_authorities=standings.among_authorities if standings else None,
            )
        )
    used = [medians[key] for each in lines if (key := (each.official.code, each.span)) in medians]
    return OfficialData(
        area.name,
        tuple(lines),
        used[0].model if used else 0,
        used[0].members if used else (),
    )


def _newest(report: AnnualReport, area: Area) -> dict[Indicator, Cell]:
    """By indicator, the newest figure with a number that ends in the report's time."""
    compared = Indicator.objects.filter(unit__in=COMPARED | {Unit.COUNT}).exclude(code=POPULATION)
    cells = official_cells(*compared.values_list("code", flat=True)).filter(
        area=area,
        approved__value__isnull=False,
        period__last__gte=report.first,
        period__last__lte=report.last,
    )
    found: dict[Indicator, Cell] = {}
    for cell in cells.order_by("indicator__theme", "indicator__name", "-period__last"):
        found.setdefault(cell.indicator, cell)
    return found


def _wider(area: Area, cells: Iterable[Indicator]) -> Sequence[Cell]:
    """The figures of the area's region and of the country."""
    return list(
        official_cells(*(each.code for each in cells)).filter(
            Q(area=area.region_id) | Q(area__kind=Area.Kind.COUNTRY)
        )
    )


def _data(cell: Cell, wider: Iterable[Cell]) -> IndicatorData:
    indicator = cell.indicator
    ratio = measure_of(indicator).is_ratio  # a county's number beside a country's says nothing
    same = [
        each
        for each in wider
        if ratio and each.indicator_id == indicator.pk and each.period_id == cell.period_id
    ]
    others = sorted(map(_series, same), key=lambda each: (each.place, each.area))
    return replace(only_figure(cell), others=tuple(others))


def _series(cell: Cell) -> Series:
    kind, area = Area.Kind(cell.area.kind), cell.area
    place = COMPARATORS.index(kind)
    return Series(area.name, (observation_of(cell),), area.code, place, kind)


def build(data: OfficialData, make: Callable[..., F]) -> AccountBlock[F]:
    every = [line.official for line in data.lines]
    areas = comparators(every)
    printed = any(line.printed_then for line in data.lines)
    notes: Notes[F] = Notes(every, make)
    columns = [
        Column("Indicator", numeric=False),
        Column("When", numeric=False),
        *([Column("This report prints")] if printed else []),
        *map(Column, (data.area, *areas)),
        Column("Place among neighbours", numeric=False),
        Column("Place among authorities", numeric=False),
    ]
    rows = tuple(
        Row(
            f"{line.official.name} ({unit_header(line.official.measure)}) "
            f"{notes.mark(line.official)}".strip(),
            tuple(_cells(line, areas, make, printed=printed)),
        )
        for line in data.lines
    )
    table = BlockTable(f"Official statistics of {data.area}", tuple(columns), rows, "beside")
    return AccountBlock(
        key=OFFICIAL.kind,
        title="Beside other places, in official statistics",
        parts=(Paragraph((LEAD,)), table),
        marks=marks_of(every),
        notes=(*notes.lines, *_about(data)),
    )


def _cells(
    line: Line, areas: Sequence[str], make: Callable[..., F], *, printed: bool
) -> Iterator[Words[F]]:
    yield (line.span.label,)
    if printed:
        seen = line.printed_then
        assert line.printed is not None or seen is None
        yield (value_figure(line.printed, seen, make),) if seen and line.printed else (NONE,)
    yield (value_figure(line.official, line.official.newest, make),)
    for area in areas:
        others = (each.at(line.span) for each in line.official.others if each.area == area)
        beside = next(others, None)
        nothing = value_cell(nothing_beside(line.official))
        yield (value_figure(line.official, beside, make),) if beside else (nothing,)
    for standing in (line.among_neighbours, line.among_authorities):
        if standing is None or standing.of == 1:  # nobody beside it
            yield (NONE,)
        else:
            yield (_place(line.official, standing, make),)


def _place(data: IndicatorData, standing: Standing, make: Callable[..., F]) -> F:
    """A place as a figure of its own kind, in words: it is worked out from the one it is of."""
    return make(
        text=standing_words(standing),
        address=data.newest.address,
        about=f"Place of {about(data, data.newest)}",
        unit="place",
    )


def _about(data: OfficialData) -> Iterator[str]:
    """Where the figures are from, and who the neighbours are."""
    names: dict[str, list[str]] = {}
    for line in data.lines:
        source = line.official.newest.source
        said = f"{source.title}, {source.publisher}" if source.publisher else source.title
        names.setdefault(said, []).append(line.official.name)
    for said, indicators in names.items():
        yield f"{'; '.join(indicators)}: {said}."
    if data.neighbours:
        members = "; ".join(each.name for each in data.neighbours)
        model = f"Neighbours of {data.area} in the model of {data.model}"
        yield f"{model}, most alike first: {members}."


OFFICIAL = Account(kind="official", title="", read=read, build=build)
