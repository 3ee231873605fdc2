"""How much an indicator usually varies, on its page."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest

from metrics.actions import approve
from metrics.entries import Entry
from metrics.models import IndicatorVersion
from metrics.saving import save_entry
from partnerships.periods import Span, quarter
from reports.dashboards.variation import Variation, variations
from tests.reports.test_lineage import signed_in
from tests.world import NOW, World

STEADY = (100, 104, 98, 102, 100, 97, 103, 101)  # mean 100.6; moving ranges 4, 6, 4, 2, 3, 6, 2


def quarters(count: int) -> list[Span]:
    return [quarter(2023 + number // 4, number % 4 + 1) for number in range(count)]


def entered(
    world: World, values: Iterable[int | None], *, flags: dict[int, str] | None = None
) -> None:
    """Approved referrals of consecutive quarters from Q1 2023-24; None for none."""
    figures = list(values)
    for number, (span, value) in enumerate(zip(quarters(len(figures)), figures, strict=True)):
        if value is None:
            continue
        entry = Entry(value=Decimal(value), flags=(flags or {}).get(number, ""))
        made = save_entry(place=world.place(span), entry=entry, by=world.unit, at=NOW, seen=0)
        approve(cell=made.cell, seen=1, by=world.approver, at=NOW)


def found(world: World) -> Variation:
    (one,) = variations(world.partnership, world.referrals)
    return one


def test_the_limits_are_those_of_the_moving_ranges(world: World) -> None:
    entered(world, STEADY)
    limits = found(world).chart.limits
    assert limits is not None
    mean, reach = sum(STEADY) / 8, 2.66 * (4 + 6 + 4 + 2 + 3 + 6 + 2) / 7
    assert float(limits.mean) == pytest.approx(mean)
    assert float(limits.upper) == pytest.approx(mean + reach)
    assert limits.lower is not None
    assert float(limits.lower) == pytest.approx(mean - reach)
    assert limits.trial


def test_a_steady_series_has_nothing_unusual_and_says_so(world: World) -> None:
    entered(world, STEADY)
    assert found(world).sentences == (
        "The mean is 101. Figures between 90 and 111 are ordinary variation: one that goes up or "
        "down between them need not mean that anything has changed.",
        "These are trial limits, since they rest on fewer than 12 figures.",
        "None of the figures is unusual.",
    )
    assert found(world).unusual.rows == ()


def test_a_figure_beyond_a_limit_is_named_and_leads_to_its_page(world: World) -> None:
    entered(world, (*STEADY, 100, 103, 99, 101, 140))
    page = signed_in(world.unit).get("/p/testshire/indicators/referrals/").content.decode()
    assert "Ordinary variation" in page
    assert "Above the upper limit" in page
    newest = found(world).unusual.rows[0]
    figure, why = newest.cells
    assert (newest.header.text, figure.text, why.text) == (
        "Q1 2026-27",
        "140",
        "Above the upper limit",
    )
    assert figure.url == "/figures/testshire-returns:referrals:testshire:2026-27-q1:all/"
    assert "trial" not in " ".join(found(world).sentences)


def test_a_run_is_one_line_and_ends_where_the_side_changes(world: World) -> None:
    entered(world, (*[100 + n % 2 for n in range(8)], *[120 + n % 2 for n in range(8)]))
    rows = [
        (row.header.text, *(each.text for each in row.cells)) for row in found(world).unusual.rows
    ]
    assert [row for row in rows if "side" in row[2]] == [
        ("Q1 2025-26 to Q4 2026-27", "8 figures", "8 in a row on the same side of the mean"),
        ("Q1 2023-24 to Q4 2024-25", "8 figures", "8 in a row on the same side of the mean"),
    ]


def test_seven_figures_are_needed(world: World) -> None:
    entered(world, STEADY[:6])
    assert variations(world.partnership, world.referrals) == []
    page = signed_in(world.unit).get("/p/testshire/indicators/referrals/").content.decode()
    assert "Ordinary variation" not in page


def test_a_missing_quarter_stays_a_gap(world: World) -> None:
    entered(world, (*STEADY[:4], None, *STEADY[4:]))
    points = found(world).chart.series[0].points
    assert [point.label for point in points] == [span.label for span in quarters(9)]
    assert [point.value is None for point in points].index(True) == 4


def test_figures_before_a_break_are_left_out_and_it_is_said(world: World) -> None:
    IndicatorVersion.objects.create(
        indicator=world.referrals, first=date(2023, 10, 1), effect="breaks", words="Another form."
    )
    entered(world, (500, 510, *STEADY))
    assert found(world).chart.labels[0] == "Q3 2023-24"
    assert found(world).sentences[-2] == (
        "Figures before Q3 2023-24 are left out: they were counted in another way."
    )


def test_a_break_that_was_marked_with_a_figure_begins_the_series(world: World) -> None:
    entered(world, (500, *STEADY), flags={1: "b"})
    assert found(world).chart.labels[0] == "Q2 2023-24"


def test_a_break_after_all_figures_leaves_nothing(world: World) -> None:
    entered(world, STEADY)
    IndicatorVersion.objects.create(
        indicator=world.referrals, first=date(2026, 10, 1), effect="breaks", words="Another form."
    )
    assert variations(world.partnership, world.referrals) == []
