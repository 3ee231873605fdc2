"""The figures of an indicator by category, as its page shows them."""

from decimal import Decimal

import pytest

from metrics.intake.figures import load_figures
from metrics.intake.rows import FigureRow, PlaceRow
from metrics.models import Breakdown, Category
from partnerships.elements import Table
from reports.dashboards.categories import by_category
from tests.world import NOW, World


@pytest.fixture
def abuse(world: World) -> World:
    breakdown = Breakdown.objects.create(code="abuse", name="Abuse", nature="partition")
    for code in ("neglect", "other"):
        Category.objects.create(breakdown=breakdown, code=code, name=code.capitalize())
    return world


def load(world: World, *figures: tuple[str, str, int]) -> None:
    rows = [
        FigureRow(
            PlaceRow(line, "testshire-returns", "referrals", "testshire", period, key, 1),
            value=Decimal(value),
        )
        for line, (period, key, value) in enumerate(figures, 1)
    ]
    load_figures(rows, by=world.unit, at=NOW)


def shown(table: Table) -> list[list[str]]:
    heads = [column.text for column in table.columns]
    return [heads, *([row.header.text, *(cell.text for cell in row.cells)] for row in table.rows)]


def test_periods_go_down_where_there_are_more_of_them(abuse: World) -> None:
    load(
        abuse,
        ("2024-25-q3", "abuse=neglect", 11),
        ("2024-25-q4", "abuse=neglect", 12),
        ("2025-26-q1", "abuse=neglect", 13),
        ("2025-26-q1", "abuse=other", 21),
    )
    (table,) = by_category(abuse.partnership, abuse.referrals)
    assert table.caption == "By abuse: quarter"
    assert shown(table) == [
        ["Period", "Neglect", "Other"],
        ["Q1 2025-26", "13", "21"],
        ["Q4 2024-25", "12", "–"],
        ["Q3 2024-25", "11", "–"],
    ]
    assert (
        table.rows[0].cells[1].url
        == "/figures/testshire-returns:referrals:testshire:2025-26-q1:abuse=other/"
    )


def test_categories_go_down_where_there_are_more_of_them(abuse: World) -> None:
    load(abuse, ("2025-26-q1", "abuse=neglect", 13), ("2025-26-q1", "abuse=other", 21))
    (table,) = by_category(abuse.partnership, abuse.referrals)
    assert shown(table) == [["Category", "Q1 2025-26"], ["Neglect", "13"], ["Other", "21"]]
    assert table.notes == ("Source: Testshire's returns.",)


def test_each_kind_of_period_has_a_table_of_its_own(abuse: World) -> None:
    load(abuse, ("2025-26-q1", "abuse=other", 21), ("2024-25", "abuse=other", 80))
    captions = [each.caption for each in by_category(abuse.partnership, abuse.referrals)]
    assert captions == ["By abuse: quarter", "By abuse: year"]


def test_figures_of_the_whole_are_in_no_table(abuse: World) -> None:
    load(abuse, ("2025-26-q1", "all", 34))
    assert by_category(abuse.partnership, abuse.referrals) == []
