"""Figures of one indicator that somebody may read, place by place.

Of partnerships whose true values the person may read: what is approved. Of all others: what
the published reports print, and official statistics. Nothing else is ever read of them, so
that no choice of period or place can tell that there is more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import F, Q

from metrics.addresses import WHOLE, Address, AddressError
from metrics.arithmetic.reading import Reading
from metrics.models import Area, Cell, Change, Dataset, Indicator
from metrics.models.register import Unit
from metrics.official.comparators import newest_set, official_cells, population_day
from metrics.official.layouts import POPULATION
from metrics.queries import whole_cells, year_on_year
from metrics.readings import reading_of
from partnerships.models import Partnership
from partnerships.periods import PeriodError, Span, parse
from reports.compare.printed import best_of
from reports.editions.queries import current_by_partnership
from reports.models import PrintedFigure
from reports.telling import CHANGE


@dataclass(frozen=True, slots=True)
class Seen:
    """One figure that may be shown. `source` says where it is from, `address` leads there.

    `cell` is its place in the store, of which a change may be shown too; None for what is
    read back from print.
    """

    area: Area
    span: Span
    reading: Reading
    source: str
    address: str
    official: bool = False
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for, and what can be: `areas` are of partnerships, `spans` have a figure.

    `figures` are those of the period `span`, `people` the children of each area, `changes`
    those on the year before by `Seen.cell`. `unknown` says that a period was asked for of which
    there is no figure.
    """

    areas: tuple[Area, ...]
    area: Area | None = None
    spans: tuple[Span, ...] = ()
    span: Span | None = None
    unknown: bool = False
    figures: tuple[Seen, ...] = ()
    people: Mapping[int, Decimal] = field(default_factory=dict)
    changes: Mapping[int, Change] = field(default_factory=dict)

    @property
    def without(self) -> list[Area]:
        """Real partnerships, and the chosen one, of which there is no figure to show."""
        held = {each.area.pk for each in self.figures}
        return [each for each in self.areas if each.pk not in held and _takes_part(each, self.area)]


def chosen(indicator: Indicator, at: Collection[Partnership], slug: str, key: str) -> Choice | None:
    """The comparison of a partnership and a period; None where there is no such partnership.

    Without a choice it is the first partnership of `at`, else of all, that has a figure, and
    the newest period that it shares. An invented partnership takes part where it is chosen.
    """
    areas = tuple(partnership_areas())
    every = figures_of(indicator, areas, at)
    area = next((each for each in areas if _slug(each) == slug), None)
    if slug and area is None:
        return None
    area = area or _first(areas, every, at)
    if area is None:
        return Choice(areas)
    figures = [each for each in every if _takes_part(each.area, area)]
    spans = spans_of(figures)
    span = next((each for each in spans if each.key == key), None)
    unknown = bool(key) and span is None
    span = span or newest_shared(figures, area)
    if span is None:
        return Choice(areas, area, unknown=unknown)
    shown = [each for each in figures if each.span == span]
    shown += figures_beside(indicator, area, span)
    counted = indicator.unit == Unit.COUNT and indicator.code != POPULATION
    people = populations((each.area for each in shown), span) if counted else {}
    changes = changes_of(shown)
    return Choice(areas, area, tuple(spans), span, unknown, tuple(shown), people, changes)


def _first(
    areas: Iterable[Area], figures: Iterable[Seen], at: Collection[Partnership]
) -> Area | None:
    held = {each.area.pk for each in figures}
    having = [area for area in areas if area.pk in held]
    ours = {each.pk for each in at}
    return next((a for a in having if a.partnership_id in ours), next(iter(having), None))


def _slug(area: Area) -> str:
    return area.partnership.slug if area.partnership else ""


def _takes_part(area: Area, chosen: Area | None) -> bool:
    return area == chosen or not (area.partnership and area.partnership.synthetic)


def partnership_areas() -> list[Area]:
    """The areas of partnerships, invented ones last."""
    areas = Area.objects.filter(partnership__isnull=False).select_related("partnership", "region")
    return list(areas.order_by("partnership__synthetic", "name"))


def figures_of(
    indicator: Indicator, areas: Iterable[Area], at: Collection[Partnership]
) -> list[Seen]:
    """The figures of partnerships, of all periods; `at` are those of which true ones count."""
    by_id = {area.pk: area for area in areas}
    ours = {each.pk for each in at}
    hidden = {pk: area for pk, area in by_id.items() if area.partnership_id not in ours}
    official = official_cells(indicator.code).filter(area__in=by_id)
    return [
        *(_seen(cell, by_id[cell.area_id]) for cell in _own(indicator, ours)),
        *_printed(indicator, hidden),
        *(_seen(cell, by_id[cell.area_id]) for cell in official),
    ]


def figures_beside(indicator: Indicator, area: Area, span: Span) -> list[Seen]:
    """Official figures of an area's statistical neighbours, of its region and of the country.

    Neighbours that are themselves areas of partnerships are left to `figures_of`.
    """
    model = newest_set(area.partnership) if area.partnership else None
    near = {each.area_id for each in model.members.all()} if model else set()
    cells = official_cells(indicator.code).filter(
        Q(area__in=near | {area.region_id} - {None}) | Q(area__kind=Area.Kind.COUNTRY),
        area__partnership__isnull=True,
        period__kind=span.kind,
        period__first=span.first,
        period__last=span.last,
    )
    return [_seen(cell, cell.area) for cell in cells]


def changes_of(shown: Iterable[Seen]) -> dict[int, Change]:
    """Of figures whose true values are shown, the change on the year before."""
    cells = [each.cell for each in shown if each.cell is not None]
    return {change.cell_id: change for change in year_on_year().filter(cell__in=cells)}


def populations(areas: Iterable[Area], span: Span) -> dict[int, Decimal]:
    """Children in each area, by official statistics, on the June that a rate of `span` rests on."""
    june = population_day(span)
    if june is None:
        return {}
    cells = official_cells(POPULATION).filter(
        area__in={area.pk for area in areas}, period__kind=june.kind, period__last=june.last
    )
    return {
        cell.area_id: cell.approved.value
        for cell in cells
        if cell.approved is not None and cell.approved.value
    }


def spans_of(seen: Sequence[Seen]) -> list[Span]:
    """Every period that has a figure, newest first."""
    return sorted({each.span for each in seen}, key=_end, reverse=True)


def newest_shared(seen: Sequence[Seen], area: Area) -> Span | None:
    """The newest period in which an area and another place have a number, else its newest."""
    numbers = [each for each in seen if each.reading.value is not None]
    own = [each.span for each in numbers if each.area.pk == area.pk]
    others = {each.span for each in numbers if each.area.pk != area.pk}
    spans = [span for span in own if span in others] or own or [each.span for each in seen]
    return max(spans, key=_end, default=None)


def _own(indicator: Indicator, owners: Collection[int]) -> list[Cell]:
    """One figure for each partnership and period: not what gave way, returns before print."""
    cells = (
        whole_cells()
        .select_related("conflict")
        .filter(
            indicator=indicator,
            slice__key=WHOLE,
            approved__isnull=False,
            dataset__owner__in=owners,
            area__partnership=F("dataset__owner"),
        )
    )
    chosen: dict[tuple[int, Span], Cell] = {}
    for cell in sorted(cells, key=_precedence):
        chosen.setdefault((cell.area_id, cell.period.span), cell)
    return list(chosen.values())


def _precedence(cell: Cell) -> tuple[bool, bool, int, str]:
    gave_way = getattr(cell, "conflict", None) is not None
    from_print = cell.dataset.kind != Dataset.Kind.RETURNS
    return gave_way, from_print, cell.mention, cell.dataset.code


def _seen(cell: Cell, area: Area) -> Seen:
    assert cell.approved is not None
    return Seen(
        area,
        cell.period.span,
        reading_of(cell.approved),
        cell.dataset.title,
        cell.address,
        official=cell.dataset.kind == Dataset.Kind.OFFICIAL,
        cell=cell.pk,
    )


def _printed(indicator: Indicator, areas: dict[int, Area]) -> Iterator[Seen]:
    """What the newest published report that prints a figure says, in its public form."""
    by_code = {area.code: area for area in areas.values()}
    editions = {e.pk: e for each in current_by_partnership().values() for e in each}
    rows = PrintedFigure.objects.filter(
        edition__in=[pk for pk, e in editions.items() if e.report.partnership_id in _owners(areas)],
        indicator=indicator.code,
    ).exclude(about__startswith=CHANGE)
    found: dict[tuple[str, Span], dict[tuple[int, int], list[PrintedFigure]]]
    found = defaultdict(lambda: defaultdict(list))
    newest = {pk: number for number, pk in enumerate(editions)}
    for row in rows.order_by("pk"):
        place = _place(row, indicator)
        if place is None or place[0].area not in by_code:
            continue
        address, span = place
        area = by_code[address.area]
        if editions[row.edition_id].report.partnership_id == area.partnership_id:
            found[address.area, span][newest[row.edition_id], address.mention].append(row)
    for (code, span), by_edition in found.items():
        row, reading = best_of(by_edition[min(by_edition)])
        report = editions[row.edition_id].report
        yield Seen(by_code[code], span, reading, f"As printed in {report.title}", row.address)


def _place(row: PrintedFigure, indicator: Indicator) -> tuple[Address, Span] | None:
    """The figure that is printed, where it is one of the indicator as a whole."""
    try:
        address = Address.parse(row.address)
        span = parse(address.period)
    except (AddressError, PeriodError):
        return None
    if address.indicator != indicator.code or address.slice != WHOLE:
        return None
    return address, span


def _owners(areas: dict[int, Area]) -> set[int | None]:
    return {area.partnership_id for area in areas.values()}


def _end(span: Span) -> tuple[date, date, str]:
    return span.last, span.first, span.kind
