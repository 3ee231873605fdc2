"""The figures of an indicator by category: a table of each breakdown, periods by categories."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from metrics.addresses import WHOLE
from metrics.models import Cell, Dataset, Indicator
from metrics.queries import whole_cells
from partnerships.elements import Column, Table, table
from partnerships.models import Partnership
from partnerships.periods import Kind, Span
from reports.dashboards.indicators import linked

NONE = "–"

_Group = tuple[Dataset, tuple[str, ...], Kind]  # with the names of the breakdowns


def by_category(partnership: Partnership, indicator: Indicator) -> list[Table]:
    """The partnership's own figures by category, each with its own page; two queries.

    A table for each source, breakdown and kind of period. What there is more of, periods or
    categories, goes down the page.
    """
    cells = (
        whole_cells()
        .filter(
            indicator=indicator,
            approved__isnull=False,
            dataset__owner=partnership,
            area__partnership=partnership,
            mention=1,
        )
        .exclude(slice__key=WHOLE)
        .prefetch_related("slice__parts__category", "slice__parts__breakdown")
        .order_by("dataset__code", "slice__key", "-period__last", "-period__first")
    )
    groups: dict[_Group, list[Cell]] = defaultdict(list)
    for cell in cells:
        names = tuple(part.breakdown.name for part in cell.slice.parts.all())
        groups[cell.dataset, names, Kind(cell.period.kind)].append(cell)
    return [
        _table(f"categories-{number}", group, cells)
        for number, (group, cells) in enumerate(groups.items(), 1)
    ]


def _table(key: str, group: _Group, cells: Iterable[Cell]) -> Table:
    dataset, names, kind = group
    figures = {(_category(cell), cell.period.span): linked(cell) for cell in cells}
    categories = list(dict.fromkeys(category for category, _ in figures))
    spans = sorted({span for _, span in figures}, key=_newest_first)
    words = f"By {' and '.join(name.lower() for name in names)}: {kind.words.lower()}"
    if len(spans) >= len(categories):
        heads = [Column("Period", whole=True), *_columns(categories)]
        rows = [
            [span.label, *(figures.get((each, span), NONE) for each in categories)]
            for span in spans
        ]
    else:
        heads = [Column("Category"), *_columns(span.label for span in spans)]
        rows = [[each, *(figures.get((each, span), NONE) for span in spans)] for each in categories]
    return table(key, words, heads, rows, notes=[f"Source: {dataset.title}."])


def _columns(names: Iterable[str]) -> Iterator[Column]:
    return (Column(name, numeric=True) for name in names)


def _category(cell: Cell) -> str:
    return ", ".join(part.category.name for part in cell.slice.parts.all())


def _newest_first(span: Span) -> tuple[int, int]:
    return -span.last.toordinal(), -span.first.toordinal()
