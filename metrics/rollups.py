"""Years out of quarters: derived cells, worked out by rule and never typed.

A total has an address of its own like any figure, and says how many of its quarters it has.
Working it out again gives a further revision only where it comes out differently.
"""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from metrics.arithmetic.reading import Reading
from metrics.arithmetic.rollup import QUARTERS, roll_up
from metrics.models import Cell, Dataset, Revision
from metrics.readings import measure_of, reading_of
from partnerships.calendar import store_period
from partnerships.models import Partnership, User
from partnerships.periods import Kind, Span, financial_year, quarter

# The cells of one series, by quarter.
Quarters = dict[Span, Cell]


def store_years(partnership: Partnership, *, by: User, at: datetime) -> int:
    """The years of the partnership's returns. Returns how many figures came out differently.

    `by` is the system actor; what is worked out from approved quarters counts as approved.
    """
    different = 0
    with transaction.atomic():
        for quarters in _series(partnership):
            for start in sorted({_year_of(span) for span in quarters}):
                different += _store_year(quarters, start, by=by, at=at)
    return different


def _series(partnership: Partnership) -> list[Quarters]:
    found: dict[tuple[int, ...], Quarters] = defaultdict(dict)
    cells = (
        Cell.objects.filter(
            dataset__owner=partnership,
            dataset__kind=Dataset.Kind.RETURNS,
            derived=False,
            period__kind=Kind.QUARTER,
            approved__isnull=False,
        )
        .exclude(indicator__roll_up="none")
        .select_related("dataset", "indicator", "area", "slice", "period", "approved")
    )
    for cell in cells:
        key = (cell.dataset_id, cell.indicator_id, cell.area_id, cell.slice_id, cell.mention)
        found[key][cell.period.span] = cell
    return list(found.values())


def _store_year(quarters: Quarters, start: int, *, by: User, at: datetime) -> bool:
    """Stores one year's total; whether it came out differently from what is stored."""
    example = next(iter(quarters.values()))
    parts = [quarters.get(quarter(start, number)) for number in range(1, QUARTERS + 1)]
    total = roll_up(
        [reading_of(part.approved) if part and part.approved else None for part in parts],
        measure_of(example.indicator),
    )
    if total is None:
        return False
    cell, _ = Cell.objects.select_related("latest").get_or_create(
        dataset=example.dataset,
        indicator=example.indicator,
        area=example.area,
        slice=example.slice,
        mention=example.mention,
        period=store_period(financial_year(start)),
        defaults={"derived": True},
    )
    if not cell.derived or (cell.latest is not None and reading_of(cell.latest) == total):
        return False  # a year that somebody entered stands
    cell.latest = cell.approved = _revision(cell, total, by=by, at=at)
    cell.save(update_fields=["latest", "approved"])
    return True


def _revision(cell: Cell, total: Reading, *, by: User, at: datetime) -> Revision:
    number = cell.latest.number + 1 if cell.latest else 1
    return Revision.objects.create(
        cell=cell,
        number=number,
        value=total.value,
        value_upper=total.value_upper,
        numerator=total.numerator,
        denominator=total.denominator,
        decimals=total.decimals,
        qualifier=total.qualifier,
        marker=total.marker,
        marker_reason="None of its quarters has a number." if total.marker else "",
        flags=total.flags,
        parts=total.parts[0] if total.parts else None,
        parts_of=total.parts[1] if total.parts else None,
        reason="Its quarters changed." if number > 1 else "",
        by=by,
        at=at,
    )


def _year_of(span: Span) -> int:
    """The year in which the financial year of a quarter begins."""
    return span.first.year if span.first.month >= 4 else span.first.year - 1
