"""Figures to measure with: a database of its own, filled with as many cells as are wanted.

To be imported after `django.setup()`. Quarters are drawn with a fixed seed by
`benchmarks.arithmetic`; the portal itself makes their years.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from random import Random

import numpy as np
import pandas as pd
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import QuerySet

from benchmarks import arithmetic
from metrics.bulk import insert
from metrics.entries import Entry, worked_out
from metrics.models import Area, Cell, Dataset, Indicator, Revision, Slice
from metrics.readings import measure_of
from metrics.rollups import store_years
from metrics.storing import rows_of
from partnerships.calendar import store_period
from partnerships.models import Partnership, Period
from partnerships.people.actions import system_actor
from partnerships.periods import financial_year, quarter

AT = datetime(2020, 7, 1, 9, 0, tzinfo=UTC)
PARTNERSHIPS = 20
QUARTERS = len(arithmetic.YEARS) * 4
DATABASE = "benchmark_changes"  # on PostgreSQL; on SQLite the tests' file of VAR_DIR


@contextmanager
def own_database() -> Iterator[None]:
    """An empty database with the portal's tables, gone afterwards."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["NAME"] = DATABASE
    before = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(str(before), verbosity=0)


def fill(cells: int) -> None:
    """About so many cells: 170 indicators of 20 partnerships, in as many slices as it takes."""
    register = arithmetic.measures()
    frame = arithmetic.cells(cells, register)
    frame = frame[frame["period_id"] < QUARTERS].reset_index(drop=True)
    block = frame["area"].to_numpy()  # 170 indicators of one slice at one partnership
    with transaction.atomic():
        count = min(PARTNERSHIPS, int(block.max()) + 1)
        _cells(frame, block % count, block // count, _indicators(register))
    for partnership in Partnership.objects.all():
        store_years(partnership, by=system_actor(), at=AT)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _indicators(register: pd.DataFrame) -> list[int]:
    made = [
        Indicator(
            code=f"indicator-{row['indicator']}",
            name=f"Indicator {row['indicator']}",
            definition="Drawn by chance.",
            unit=row["unit"],
            base=row["base"],
            decimals=0 if row["unit"] == "count" else 1,
            polarity="neutral",
            kind_of_count=row["kind_of_count"],
            roll_up="sum" if row["unit"] == "count" else "ratio",
            theme="Benchmark",
        )
        for row in register.to_dict("records")
    ]
    return [row.pk for row in Indicator.objects.bulk_create(made)]


def _places(number: int) -> tuple[int, int]:
    """A partnership's returns and its area."""
    name = f"Place {number}"
    partnership = Partnership.objects.create(slug=f"place-{number}", name=name, short_name=name)
    dataset = Dataset.objects.create(
        code=f"returns-{number}", kind="returns", owner=partnership, title=f"Returns of {name}"
    )
    area = Area.objects.create(
        code=f"place-{number}", name=name, kind="partnership", partnership=partnership
    )
    return dataset.pk, area.pk


def _cells(
    frame: pd.DataFrame,
    partnership: np.ndarray,
    slices: np.ndarray,
    indicators: list[int],
) -> None:
    """Stores the cells, each with one approved revision."""
    places = np.array([_places(number) for number in range(int(partnership.max()) + 1)])
    keys = ["all", *(f"slice={number}" for number in range(1, int(slices.max(initial=0)) + 1))]
    made = Slice.objects.bulk_create(Slice(key=key) for key in keys)
    spans = [quarter(year, number) for year in arithmetic.YEARS for number in (1, 2, 3, 4)]
    periods = [store_period(span).pk for span in spans]
    for year in arithmetic.YEARS:
        store_period(financial_year(year))
    number = np.arange(1, len(frame) + 1)
    cells = pd.DataFrame(
        {
            "id": number,
            "dataset_id": places[partnership, 0],
            "area_id": places[partnership, 1],
            "indicator_id": np.array(indicators)[frame["indicator"]],
            "period_id": np.array(periods)[frame["period_id"]],
            "slice_id": np.array([row.pk for row in made])[slices],
            "latest_id": number,
            "approved_id": number,
        }
    )
    kept = ["value", "numerator", "denominator", "decimals", "qualifier", "marker", "flags"]
    revisions = frame[kept].assign(
        id=number, cell_id=number, number=1, by_id=system_actor().pk, at=AT.isoformat(" ")
    )
    for model, table in ((Cell, cells), (Revision, revisions)):
        insert(model, list(table.columns), rows_of(table))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Cell, Revision]):
            cursor.execute(statement)


def a_figure(chance: Random) -> tuple[Partnership, list[Cell]]:
    """Any one figure of a quarter, and whose it is."""
    partnership = chance.choice(list(Partnership.objects.all()))
    cells = _quarters(partnership)
    return partnership, [cells[chance.randrange(cells.count())]]


def a_return(chance: Random) -> tuple[Partnership, list[Cell]]:
    """A partnership's figures of one quarter, without the slices."""
    partnership = chance.choice(list(Partnership.objects.all()))
    period = chance.choice(list(Period.objects.filter(kind="quarter")))
    return partnership, list(_quarters(partnership).filter(period=period, slice__key="all"))


def _quarters(partnership: Partnership) -> QuerySet[Cell]:
    return Cell.objects.filter(
        dataset__owner=partnership, period__kind="quarter", approved__value__isnull=False
    ).select_related("approved", "indicator")


def move(cells: list[Cell]) -> None:
    """A further approved revision of each, one event more or less."""
    for cell in cells:
        old, measure = cell.approved, measure_of(cell.indicator)
        assert old is not None
        if old.numerator is None:
            entry = Entry(value=(old.value or Decimal(0)) + 1)
        else:
            fewer = old.numerator == old.denominator
            entry = Entry(
                numerator=old.numerator + (-1 if fewer else 1), denominator=old.denominator
            )
        cell.latest = cell.approved = Revision(
            cell=cell,
            number=old.number + 1,
            value=worked_out(entry, measure),
            numerator=entry.numerator,
            denominator=entry.denominator,
            decimals=old.decimals,
            reason="One was left out.",
            by=system_actor(),
            at=AT,
        )
    Revision.objects.bulk_create(cell.approved for cell in cells if cell.approved)
    Cell.objects.bulk_update(cells, ["latest", "approved"], batch_size=100)
