"""Which figures' changes an approved figure may move, and which are waiting to be computed.

A change looks back along its own series (one dataset, indicator, area, slice and mention): to
the figure a year or a quarter before, to breaks that the source marks between the two, and,
where events are clustered, to every figure before, which show how much they vary. A year made
of quarters looks to its own quarters. So a figure can only move the changes of figures of its
series that end on its first day or later. Conflicts and preferred mentions choose what is
shown; no change is worked out across them, since each mention is a series of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from metrics.bulk import insert
from metrics.models import Cell, Touched
from partnerships.models import Partnership
from partnerships.periods import financial_year, financial_year_of

SERIES = ("dataset_id", "indicator_id", "area_id", "slice_id", "mention")
Series = tuple[int, ...]  # in the order of SERIES
BATCH = 500


@dataclass(frozen=True)
class Reach:
    """What figures that moved can move: each one's series with its first and last day."""

    moved: frozenset[tuple[Series, date, date]]

    @cached_property
    def since(self) -> dict[Series, date]:
        """The series, each with the day from which its figures may have other changes."""
        found: dict[Series, date] = {}
        for series, first, _ in self.moved:
            found[series] = min(first, found.get(series, first))
        return found

    @cached_property
    def years(self) -> frozenset[tuple[Series, int]]:
        """The financial years that may add up differently, each by the year it begins in."""
        return frozenset(
            (series, start)
            for series, first, last in self.moved
            for start in range(financial_year_of(first), financial_year_of(last) + 1)
        )

    def around(self, cells: QuerySet[Cell]) -> QuerySet[Cell]:
        """The cells of these series, and some others: those that share every part with one."""
        return around(cells, self.since)

    def quarters_around(self, cells: QuerySet[Cell]) -> QuerySet[Cell]:
        """Of those, the ones that lie between the first and the last of the years."""
        starts = {start for _, start in self.years}
        return self.around(cells).filter(
            period__first__gte=financial_year(min(starts)).first,
            period__last__lte=financial_year(max(starts)).last,
        )


def around(cells: QuerySet[Cell], series: Iterable[Series]) -> QuerySet[Cell]:
    """The cells of some series, and others, of which each part is a part of one of the series.

    A list for each part is quick to look up; the caller leaves out what it did not ask for.
    """
    parts = zip(SERIES, zip(*series, strict=True), strict=True)
    return cells.filter(**{f"{name}__in": set(values) for name, values in parts})


@dataclass(frozen=True)
class Waiting:
    """What was waiting to be computed when it was read. `reach` is None for everything."""

    rows: tuple[int, ...]
    reach: Reach | None


def touch(partnership: Partnership | None, cells: Iterable[int] | None) -> None:
    """Notes that approved figures moved, or with None that all changes are to be computed.

    Cells by their numbers; of a partnership, or without one of official statistics. To be
    called in the transaction that moves them.
    """
    noted: Iterable[int | None] = [None] if cells is None else cells
    owner = None if partnership is None else partnership.pk
    insert(Touched, ("partnership_id", "cell_id"), ((owner, cell) for cell in noted))


def waiting(partnership: Partnership | None) -> Waiting:
    """What the next job of the partnership, or without one that of official statistics, has to
    compute. To be read before any figure is.
    """
    parts = [f"cell__{name}" for name in (*SERIES, "period__first", "period__last")]
    rows = list(
        Touched.objects.filter(partnership=partnership).values_list("pk", "cell_id", *parts)
    )
    reach = None
    if all(cell is not None for _, cell, *_ in rows):
        reach = Reach(
            frozenset((tuple(series), first, last) for _, _, *series, first, last in rows)
        )
    return Waiting(tuple(row[0] for row in rows), reach)


def clear(done: Waiting) -> None:
    """Takes away what is done; to be called in the transaction that stores its changes."""
    for start in range(0, len(done.rows), BATCH):
        Touched.objects.filter(pk__in=done.rows[start : start + BATCH]).delete()
