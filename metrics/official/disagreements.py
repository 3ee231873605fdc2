"""Where a partnership's own figure and the official one of the same thing differ.

Both stand: what a report prints belongs to it, and the official figure to its source. Only what
rounding cannot explain is a disagreement.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from metrics.arithmetic.standing import agree
from metrics.models import Area, Cell, Dataset
from metrics.official.layouts import rounded_to
from metrics.queries import whole_cells
from metrics.readings import measure_of, reading_of
from partnerships.models import Partnership

WIDE = (Area.Kind.COUNTRY, Area.Kind.REGION, Area.Kind.SUB_REGION)


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure of a partnership's own sources and the official one; both have numbers."""

    own: Cell
    official: Cell

    @property
    def difference(self) -> Decimal:
        """Own less official, in the indicator's unit."""
        assert self.own.approved is not None
        assert self.own.approved.value is not None
        assert self.official.approved is not None
        assert self.official.approved.value is not None
        return self.own.approved.value - self.official.approved.value

    @property
    def agrees(self) -> bool:
        """Whether rounding explains the difference."""
        assert self.own.approved is not None
        assert self.official.approved is not None
        wide = self.official.area.kind in WIDE
        return agree(
            reading_of(self.own.approved),
            reading_of(self.official.approved),
            measure_of(self.own.indicator),
            rounded_to(self.official.dataset.code) if wide else 1,
        )


def pairs(partnership: Partnership) -> list[Pair]:
    """Every figure of the partnership that the official statistics have too; two queries."""
    with_number = whole_cells().filter(approved__value__isnull=False)
    own = list(
        with_number.filter(dataset__owner=partnership).order_by(
            "indicator__name", "-period__last", "area__name", "slice__key", "dataset", "mention"
        )
    )
    official: dict[tuple[int, ...], list[Cell]] = {}
    for cell in with_number.filter(
        Q(area__in={each.area_id for each in own}),
        dataset__kind=Dataset.Kind.OFFICIAL,
        indicator__in={each.indicator_id for each in own},
        period__in={each.period_id for each in own},
    ).order_by("dataset__code"):
        official.setdefault(_thing(cell), []).append(cell)
    return [Pair(each, there) for each in own for there in official.get(_thing(each), [])]


def _thing(cell: Cell) -> tuple[int, ...]:
    return cell.indicator_id, cell.area_id, cell.period_id, cell.slice_id
