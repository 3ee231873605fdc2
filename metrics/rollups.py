"""Years out of quarters: derived cells, worked out by rule and never typed.

A total has an address of its own like any figure, and says how many of its quarters it has.
Working it out again gives a further revision only where it comes out differently.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any

from django.db import transaction

from metrics.arithmetic.reading import Reading
from metrics.arithmetic.rollup import QUARTERS, roll_up
from metrics.models import Cell, Dataset, Indicator, Revision
from metrics.places import newest_of_cell
from metrics.readings import FIELDS, measure_of, reading, reading_of
from metrics.touched import SERIES, Reach, Series, around
from partnerships.calendar import store_period
from partnerships.models import Partnership, User
from partnerships.periods import Kind, financial_year, financial_year_of, quarter

BATCH = 500
# A series, and the year that its financial year begins in.
Year = tuple[Series, int]


def store_years(
    partnership: Partnership | None, reach: Reach | None = None, *, by: User, at: datetime
) -> int:
    """The years of the partnership's returns. Returns how many figures came out differently.

    All of them, or those that figures which moved can move. `by` is the system actor; what is
    worked out from approved quarters counts as approved. Official statistics have no returns,
    and so without a partnership there is nothing to add up.
    """
    if partnership is None:
        return 0
    with transaction.atomic():
        totals = _totals(partnership, reach)
        cells = _cells(totals)
        fresh = [
            _revision(cells[year], total, by=by, at=at)
            for year, total in totals.items()
            if _differs(cells[year], total)
        ]
        Revision.objects.bulk_create(fresh, batch_size=BATCH)
        _count([revision.cell_id for revision in fresh])
    return len(fresh)


def _count(cells: list[int]) -> None:
    """Makes the newest revision of each cell the one that counts."""
    for start in range(0, len(cells), BATCH):
        some = Cell.objects.filter(pk__in=cells[start : start + BATCH])
        some.update(latest=newest_of_cell(), approved=newest_of_cell())


def _totals(partnership: Partnership, reach: Reach | None) -> dict[Year, Reading]:
    """The total of each year that has an approved quarter."""
    measures = {row.pk: measure_of(row) for row in Indicator.objects.exclude(roll_up="none")}
    quarters = Cell.objects.filter(
        dataset__owner=partnership,
        dataset__kind=Dataset.Kind.RETURNS,
        derived=False,
        period__kind=Kind.QUARTER,
        approved__isnull=False,
        indicator__in=measures,
    )
    if reach is not None:
        quarters = reach.quarters_around(quarters)
    approved = [f"approved__{name}" for name in FIELDS]
    rows = quarters.order_by(*SERIES, "period__first").values_list(
        *SERIES, "period__first", *approved
    )
    found: dict[Year, Reading] = {}
    for year, of_year in groupby(rows.iterator(), _year_of):
        if reach is not None and year not in reach.years:
            continue
        readings = {row[len(SERIES)]: reading(*row[len(SERIES) + 1 :]) for row in of_year}
        parts = [readings.get(first) for first in _first_days(year[1])]
        total = roll_up(parts, measures[year[0][SERIES.index("indicator_id")]])
        if total is not None:
            found[year] = total
    return found


def _cells(years: Iterable[Year]) -> dict[Year, Cell]:
    """The cell of each year, made where it is missing."""
    wanted = list(years)
    if not wanted:
        return {}
    periods = {start: store_period(financial_year(start)) for start in {year[1] for year in wanted}}
    starts = {period.pk: start for start, period in periods.items()}
    stored = around(Cell.objects.filter(period__in=starts), {year[0] for year in wanted})
    found = {
        (tuple(getattr(cell, name) for name in SERIES), starts[cell.period_id]): cell
        for cell in stored.select_related("latest", "approved")
    }
    missing = {
        (series, start): Cell(
            **dict(zip(SERIES, series, strict=True)), period=periods[start], derived=True
        )
        for series, start in wanted
        if (series, start) not in found
    }
    Cell.objects.bulk_create(missing.values(), batch_size=BATCH)
    return found | missing


def _differs(cell: Cell, total: Reading) -> bool:
    """Whether a year is to be stored anew; one that somebody entered stands."""
    return cell.derived and (cell.approved is None or reading_of(cell.approved) != total)


def _revision(cell: Cell, total: Reading, *, by: User, at: datetime) -> Revision:
    number = cell.latest.number + 1 if cell.latest else 1
    return Revision(
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


def _year_of(row: tuple[Any, ...]) -> Year:
    """The year that a row of `_totals` is part of."""
    return row[: len(SERIES)], financial_year_of(row[len(SERIES)])


@cache
def _first_days(start: int) -> list[date]:
    return [quarter(start, number).first for number in range(1, QUARTERS + 1)]
