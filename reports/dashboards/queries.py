"""Reads for the dashboard: a partnership's own figures of one year or quarter, with changes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from metrics.addresses import WHOLE
from metrics.models import Cell, Change
from metrics.queries import whole_cells
from partnerships.models import Partnership
from partnerships.periods import Kind, Span, financial_year, quarter


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the dashboard and its change against the year before."""

    cell: Cell
    change: Change | None


def choices(partnership: Partnership) -> list[Span]:
    """The years and quarters that have figures, newest first; years before their quarters.

    Figures of a day or of another year stand with the financial year in which they end.
    """
    found: set[Span] = set()
    periods = _own(partnership).values_list("period__kind", "period__last").distinct()
    for kind, last in periods:
        found.add(_group(Kind(kind), last))
    return sorted(found, key=lambda span: (span.last, span.kind is Kind.YEAR), reverse=True)


def chosen(partnership: Partnership, key: str) -> Span | None:
    """The year or quarter of a key; where none is asked for, the newest year with whole figures.

    A year of which only some quarters are in has none; then the newest of any kind is chosen.
    """
    every = choices(partnership)
    if key:
        return next((span for span in every if span.key == key), None)
    whole = _own(partnership).filter(
        Q(approved__parts__isnull=True) | Q(approved__parts=F("approved__parts_of")),
        approved__value__isnull=False,
    )
    years = {
        _group(Kind(kind), last)
        for kind, last in whole.values_list("period__kind", "period__last").distinct()
        if kind != Kind.QUARTER
    }
    newest = sorted(years, key=lambda span: span.last, reverse=True)
    return next(iter(newest or every), None)


def rows_of(partnership: Partnership, span: Span) -> list[Row]:
    """The partnership's own figures of a year or quarter; two queries."""
    cells = (
        _own(partnership)
        .filter(period__last__gte=span.first, period__last__lte=span.last)
        .prefetch_related(
            Prefetch(
                "changes",
                Change.objects.filter(against=Change.Against.YEAR_BEFORE).select_related(
                    "from_revision", "to_revision"
                ),
                to_attr="year_on_year",
            )
        )
        .order_by("indicator__theme", "indicator__name", "period__last", "dataset__code")
    )
    return [
        Row(cell, next(iter(cell.year_on_year), None))
        for cell in cells
        if _group(Kind(cell.period.kind), cell.period.last) == span
    ]


def _own(partnership: Partnership) -> QuerySet[Cell]:
    return whole_cells().filter(
        dataset__owner=partnership,
        area__partnership=partnership,
        slice__key=WHOLE,
        mention=1,
        approved__isnull=False,
    )


def _group(kind: Kind, last: date) -> Span:
    start = last.year if last.month >= 4 else last.year - 1
    if kind is Kind.QUARTER:
        return quarter(start, (last.month - 4) % 12 // 3 + 1)
    return financial_year(start)
