"""Rows straight into a table: every value arrives as it was, on either database."""

from datetime import UTC, datetime
from decimal import Decimal

import pandas as pd
import pytest
from django.db import IntegrityError, transaction

from metrics.bulk import insert, reserve
from metrics.models import Cell, Revision
from metrics.storing import rows_of
from tests.factories import CellFactory
from tests.world import NOW, World

TEXTS = [
    "",
    "\\N",
    "\\.",
    "tab\there",
    "two\nlines",
    "a\rb",
    "C:\\new",
    '"quoted", and',
    "Ynys Môn ½",
]


def revisions(cell: Cell, *rows: tuple[int, object, str], at: datetime = NOW, by: int) -> None:
    same = {"cell_id": cell.pk, "by_id": by, "reason": "Again.", "at": at}
    insert(Revision, ("number", "value", "note"), rows, same=same)


def test_texts_and_empty_values_arrive_as_they_were(world: World) -> None:
    cell = CellFactory()
    rows = [(number, Decimal("1.5"), text) for number, text in enumerate(TEXTS, start=1)]
    revisions(cell, *rows, by=world.unit.pk)
    stored = list(Revision.objects.order_by("number"))
    assert [each.note for each in stored] == TEXTS
    assert {(each.value, each.numerator) for each in stored} == {(Decimal("1.5"), None)}


def test_column_that_is_not_named_gets_its_default(world: World) -> None:
    at = datetime(2026, 7, 1, 12, 30, 15, tzinfo=UTC)
    revisions(CellFactory(), (1, 3, ""), at=at, by=world.unit.pk)
    stored = Revision.objects.get()
    assert (stored.qualifier, stored.decimals, stored.warnings) == ("exactly", 0, "")
    assert (stored.at, stored.by) == (at, world.unit)
    assert Revision.objects.filter(at=at).exists()


def test_named_constraints_hold(world: World) -> None:
    cell = CellFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        revisions(cell, (1, 3, ""), (1, 4, ""), by=world.unit.pk)
    assert Revision.objects.count() == 0


def test_row_that_stands_is_passed_over_only_where_asked(world: World) -> None:
    place = world.place()
    same = {"dataset_id": place.dataset.pk, "area_id": place.area.pk, "period_id": place.period.pk}
    columns = ("indicator_id", "slice_id")
    rows = [(each.pk, place.slice.pk) for each in (world.referrals, world.timely)]
    insert(Cell, columns, rows[:1], same=same, over_existing=True)
    insert(Cell, columns, rows, same=same, over_existing=True)
    assert {each.indicator for each in Cell.objects.all()} == {world.referrals, world.timely}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Cell, columns, rows, same=same)


def test_reserved_numbers_are_free_and_not_given_again(world: World) -> None:
    taken = CellFactory().pk
    numbers = reserve(Cell, 3)
    assert len(set(numbers)) == 3
    assert min(numbers) > taken


def test_rows_of_a_table_are_plain_values() -> None:
    table = pd.DataFrame(
        {
            "a": pd.array([1, None], dtype="Int64"),
            "b": [0.5, float("nan")],
            "c": ["", None],
            "d": [Decimal("1.5"), Decimal(2)],
        }
    )
    rows = list(rows_of(table))
    assert rows == [(1, 0.5, "", Decimal("1.5")), (None, None, None, Decimal(2))]
    assert [type(each) for each in rows[0]] == [int, float, str, Decimal]
