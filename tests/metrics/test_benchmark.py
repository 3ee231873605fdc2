"""The benchmark of changes: that all three ways write the same rows for the same figures."""

from collections.abc import Callable
from random import Random

import pytest

from benchmarks.change_peers import merged, statement
from benchmarks.changes import ours
from benchmarks.figures import a_figure, a_return, fill, move
from metrics.models import Cell, Change

Rows = dict[tuple[int, str], tuple[int | bool | None, ...]]


def written(way: Callable[[], None]) -> Rows:
    """What each row compares, which amounts it has, and whether it says why there are none."""
    Change.objects.all().delete()
    way()
    return {
        (row.cell_id, row.against): (
            row.from_revision_id,
            row.to_revision_id,
            row.absolute is not None,
            row.percent is not None,
            row.points is not None,
            row.reason != "",
        )
        for row in Change.objects.all()
    }


@pytest.mark.django_db
def test_peers_write_a_row_for_each_of_ours_with_the_same_columns_filled() -> None:
    fill(1800)
    own = written(ours)
    assert len(own) > 3000
    assert written(statement) == own
    assert written(merged) == own


@pytest.mark.django_db
def test_return_is_a_figure_of_each_indicator_that_has_a_number() -> None:
    fill(6000)
    _, cells = a_return(Random(1))
    assert 150 < len(cells) <= 170
    assert len({cell.period_id for cell in cells}) == 1
    before = {cell.pk: cell.approved for cell in cells}
    move(cells)
    for cell in Cell.objects.filter(pk__in=before).select_related("approved"):
        old = before[cell.pk]
        assert old is not None
        assert cell.approved is not None
        assert (cell.approved.number, cell.approved.numerator == old.numerator) == (
            2,
            old.numerator is None,
        )
    chosen, (one,) = a_figure(Random(2))
    assert one.dataset.owner == chosen
