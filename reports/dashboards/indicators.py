"""What the page of one indicator at a partnership shows: series, comparators, what is related."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from metrics.addresses import WHOLE
from metrics.models import Area, Cell, Indicator, StatedChange
from metrics.official.comparators import official_beside
from metrics.queries import whole_cells, with_year_on_year
from metrics.readings import measure_of, reading_of
from metrics.register.queries import related_to
from metrics.wording import stated_change_words, unit_header, value_cell
from partnerships.elements import Cell as TableCell
from partnerships.elements import Column, Link, Table, Tag, table
from partnerships.models import Partnership
from partnerships.periods import Kind
from reports.dashboards.changed import COLUMNS, changed

SOURCE = Column("Source", long=True)


@dataclass(frozen=True, slots=True)
class Related:
    """An indicator that looks alike, and why the two must not be compared."""

    link: Link
    why: str


def series(partnership: Partnership, indicator: Indicator) -> list[Table]:
    """The partnership's own figures: a table for each kind of period, newest first."""
    by_kind: dict[Kind, list[Cell]] = {}
    for cell in _cells(indicator).filter(
        dataset__owner=partnership, area__partnership=partnership, slice__key=WHOLE
    ):
        by_kind.setdefault(Kind(cell.period.kind), []).append(cell)
    return [
        _series(
            f"series-{kind}",
            f"{indicator.name}, {partnership.short_name}: {kind.words.lower()}",
            indicator,
            cells,
        )
        for kind, cells in by_kind.items()
    ]


def official_series(partnership: Partnership, indicator: Indicator) -> tuple[list[Table], ...]:
    """Official figures with their changes: of the partnership's own area, and of wider ones.

    A table for each area and kind of period, newest first.
    """
    own: list[Table] = []
    wider: list[Table] = []
    found: dict[tuple[Area, Kind], list[Cell]] = {}
    for cell in _cells(indicator).filter(official_beside(partnership), slice__key=WHOLE, mention=1):
        found.setdefault((cell.area, Kind(cell.period.kind)), []).append(cell)
    for (area, kind), cells in found.items():
        (own if area.partnership_id == partnership.pk else wider).append(
            _series(
                f"official-{area.code}-{kind}",
                f"{indicator.name}, {area.name}: official statistics, {kind.words.lower()}",
                indicator,
                cells,
            )
        )
    return own, wider


def _series(key: str, caption: str, indicator: Indicator, cells: Sequence[Cell]) -> Table:
    """A figure's source stands beside it where there are several, else beneath the table."""
    sources = [_source(cell) for cell in cells]
    several = len(set(sources)) > 1
    columns: list[Column | str] = [
        Column("Period", whole=True),
        Column(f"Figure ({unit_header(measure_of(indicator))})", numeric=True),
        *COLUMNS,
        *([SOURCE] if several else []),
    ]
    rows = [
        [*_figure(cell), *([source] if several else [])]
        for cell, source in zip(cells, sources, strict=True)
    ]
    notes = [] if several else [f"Source: {source}." for source in sources[:1]]
    return table(key, caption, columns, rows, notes=notes, beneath=True)


def comparators(partnership: Partnership, indicator: Indicator) -> Table:
    """England, the region and neighbours as the partnership's own sources print them."""
    cells = _cells(indicator).filter(
        dataset__owner=partnership, area__partnership__isnull=True, slice__key=WHOLE
    )
    return table(
        "comparators",
        "Comparators as printed",
        ["Area", Column("Period", whole=True), Column("Figure", numeric=True), SOURCE],
        (
            [cell.area.name, cell.period.span.label, linked(cell), cell.dataset.title]
            for cell in cells.order_by("area__name", "-period__last", "mention")
        ),
        beneath=True,
    )


def stated(partnership: Partnership, indicator: Indicator) -> Table:
    """Changes that a source states without levels; shown as stated, never computed with."""
    rows = StatedChange.objects.filter(
        dataset__owner=partnership, indicator=indicator
    ).select_related("dataset", "period", "area", "slice")
    return table(
        "stated",
        "Changes as the source states them",
        ["Area", Column("Period", whole=True), "Breakdown", "As stated", "Source", "Note"],
        (
            [
                row.area.name,
                row.period.span.label,
                "All" if row.slice.key == WHOLE else row.slice.key.replace("=", ": "),
                stated_change_words(row.amount, row.unit, row.direction, row.printed_words),
                row.dataset.title,
                row.note,
            ]
            for row in rows
        ),
    )


def related(partnership: Partnership, indicator: Indicator) -> list[Related]:
    """Indicators that look alike and are not comparable, in both directions."""
    return [
        Related(Link(other.name, reverse("indicator", args=[partnership.slug, other.code])), why)
        for other, why in related_to(indicator)
    ]


def _cells(indicator: Indicator) -> QuerySet[Cell]:
    cells = with_year_on_year(whole_cells().filter(indicator=indicator, approved__isnull=False))
    return cells.order_by("-period__last", "dataset__code", "mention")


def _figure(cell: Cell) -> list[TableCell | Link | Tag | str]:
    change = next(iter(cell.year_on_year), None)  # type: ignore[attr-defined]  # prefetched
    return [cell.period.span.label, linked(cell), *changed(change, cell.indicator)]


def _source(cell: Cell) -> str:
    return cell.dataset.title + (f", mention {cell.mention}" if cell.mention > 1 else "")


def linked(cell: Cell) -> TableCell:
    """An approved figure, leading to its own page."""
    assert cell.approved is not None
    return TableCell(
        value_cell(reading_of(cell.approved)),
        numeric=True,
        url=reverse("figure", args=[cell.address]),
    )
