"""Where figures belong, and their cells, held for whoever writes until the transaction ends.

Whoever writes several figures at once holds all their cells in one order, and makes new ones in
one order after that, so that two of them wait for each other one way only.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError
from django.db.models import OuterRef, Q, QuerySet, Subquery

from metrics.models import Area, Cell, Dataset, Indicator, Revision, Slice
from partnerships.models import Period
from partnerships.transactions import Meanwhile


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure belongs; `cell` is the key of its cell where that was read already."""

    dataset: Dataset
    indicator: Indicator
    area: Area
    period: Period
    slice: Slice
    cell: int | None = None

    @property
    def key(self) -> tuple[int, ...]:
        """Tells it from every other place."""
        parts = (self.dataset, self.indicator, self.area, self.period, self.slice)
        return tuple(each.pk for each in parts)


def held(places: Sequence[Place]) -> list[Cell]:
    """The cell of each place, each with its newest revision as it stands behind the lock.

    Where nobody has entered a figure yet it is a new one, which `make` has still to store. On
    SQLite the whole transaction holds the one write lock (settings: IMMEDIATE).
    """
    standing = _standing(places)
    cells = [standing.get(each.key) or Cell() for each in places]
    # Joined to the row that is waited for, PostgreSQL gives none where another writer moved the
    # pointer meanwhile, and nobody would be overtaken.
    newest = Revision.objects.in_bulk([each.latest_id for each in cells if each.latest_id])
    for cell, place in zip(cells, places, strict=True):
        for name in ("dataset", "indicator", "area", "period", "slice"):
            setattr(cell, name, getattr(place, name))
        if cell.latest_id:
            cell.latest = newest[cell.latest_id]
    return cells


def make(cells: Iterable[Cell]) -> None:
    """Stores those that are new. Raises `Meanwhile` where somebody else has just made one."""
    new = [each for each in cells if each.pk is None]
    new.sort(key=lambda each: (each.indicator_id, each.slice_id, each.period_id, each.dataset_id))
    try:
        Cell.objects.bulk_create(new)
    except IntegrityError as error:
        raise Meanwhile from error


def locked(pk: int) -> Cell:
    """One cell that stands already, held until the transaction ends."""
    # Its newest revision is read when it is asked for, behind the lock: see `held`.
    return Cell.objects.select_for_update().get(pk=pk)


def newest_of_cell() -> Subquery:
    """In a query of cells, the revision of the highest number of each."""
    newest = Revision.objects.filter(cell=OuterRef("pk")).order_by("-number")
    return Subquery(newest.values("pk")[:1])


def point_to_newest(cells: QuerySet[Cell]) -> None:
    """Makes `latest` of each cell its revision of the highest number: one statement for all."""
    cells.update(latest=newest_of_cell())


def _standing(places: Sequence[Place]) -> dict[tuple[int, ...], Cell]:
    """The cells that there are by the key of their place, held in the order of their numbers.

    Of a return with new figures also some that were not asked for: naming each new one by itself
    made a condition that took 30 ms of the processor for 66 of them.
    """
    wanted = Q(pk__in=[each.cell for each in places if each.cell])
    new: dict[tuple[Dataset, Area, Period], list[Place]] = defaultdict(list)
    for each in places:
        if not each.cell:
            new[each.dataset, each.area, each.period].append(each)
    for (dataset, area, period), here in new.items():
        wanted |= Q(
            dataset=dataset,
            area=area,
            period=period,
            indicator__in={each.indicator for each in here},
            slice__in={each.slice for each in here},
            mention=1,
        )
    cells = Cell.objects.select_for_update().filter(wanted).order_by("pk")
    return {
        (each.dataset_id, each.indicator_id, each.area_id, each.period_id, each.slice_id): each
        for each in cells
    }
