"""The figures of a dashboard beside England, the region and neighbours, in words."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from metrics.addresses import WHOLE
from metrics.arithmetic.comparison import compare
from metrics.models import Area, Cell
from metrics.models.register import Unit
from metrics.official.comparators import official_beside
from metrics.queries import whole_cells
from metrics.readings import measure_of, reading_of
from metrics.wording import value_words, versus_words
from partnerships.elements import Link
from partnerships.models import Partnership
from reports.dashboards.page import Sentence
from reports.dashboards.queries import Row

ORDER = (Area.Kind.COUNTRY, Area.Kind.REGION, Area.Kind.SUB_REGION, Area.Kind.NEIGHBOURS)


def beside_others(partnership: Partnership, rows: Sequence[Row]) -> list[Sentence]:
    """A sentence for each figure that has a comparator of the same period. One query."""
    comparators: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    for cell in _comparators(partnership, rows):
        comparators[cell.indicator_id, cell.period_id].append(cell)
    return [
        _sentence(partnership, row, found)
        for row in rows
        if (found := comparators.get((row.cell.indicator_id, row.cell.period_id)))
    ]


def _comparators(partnership: Partnership, rows: Sequence[Row]) -> list[Cell]:
    cells = (
        whole_cells()
        # An official count of all England stands beside nobody's count.
        .filter(
            Q(dataset__owner=partnership)
            | (official_beside(partnership) & ~Q(indicator__unit=Unit.COUNT))
        )
        .filter(
            indicator__in={row.cell.indicator_id for row in rows},
            period__in={row.cell.period_id for row in rows},
            area__kind__in=ORDER,
            slice__key=WHOLE,
            mention=1,
            approved__isnull=False,
        )
    )
    return sorted(cells, key=lambda cell: (ORDER.index(Area.Kind(cell.area.kind)), cell.area.name))


def _sentence(partnership: Partnership, row: Row, others: Sequence[Cell]) -> Sentence:
    indicator = row.cell.indicator
    assert row.cell.approved is not None
    local, measure = reading_of(row.cell.approved), measure_of(indicator)
    words = []
    for other in others:
        assert other.approved is not None
        there = reading_of(other.approved)
        found = compare(local, there, measure)
        words.append(versus_words(found, local, there, measure, other.area.name))
    return Sentence(
        link=Link(indicator.name, reverse("indicator", args=[partnership.slug, indicator.code])),
        words=f"{row.cell.period.span.label}: {value_words(local, measure)}, {', '.join(words)}.",
        tag=None,
    )
