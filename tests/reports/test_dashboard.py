"""The dashboard and the page of an indicator."""

from decimal import Decimal

import pytest
from django.test import Client

from metrics.actions import approve
from metrics.entries import Entry
from metrics.models import IndicatorVersion, RelatedIndicator
from metrics.saving import save_entry
from partnerships.jobs import run_now
from partnerships.models import Job
from partnerships.periods import quarter
from reports.dashboards.page import highlights
from reports.dashboards.queries import choices, chosen, rows_of
from tests.reports.test_lineage import signed_in
from tests.world import NOW, World


def enter_timely(world: World, counts: dict[tuple[int, int], tuple[int, int]]) -> None:
    for (start, number), (part, whole) in counts.items():
        made = save_entry(
            place=world.place(quarter(start, number), world.timely),
            entry=Entry(numerator=Decimal(part), denominator=Decimal(whole)),
            by=world.unit,
            at=NOW,
            seen=0,
        )
        approve(cell=made.cell, seen=1, by=world.approver, at=NOW)
    run_now(Job.objects.get(state="waiting"))


@pytest.fixture
def unit(world: World) -> Client:
    return signed_in(world.unit)


def test_dashboard_without_figures_says_so(world: World, unit: Client) -> None:
    assert "There are no figures yet" in unit.get("/p/testshire/").content.decode()


def test_dashboard_names_the_clear_change_in_words(world: World, unit: Client) -> None:
    enter_timely(world, {(2024, 1): (120, 200), (2025, 1): (180, 200)})
    page = unit.get("/p/testshire/?period=2025-26-q1").content.decode()
    assert "rose from 60% to 90%." in page
    assert "Clearly higher" in page
    assert "about +30 percentage points" not in page  # the counts are known: nothing is rounded
    assert "+30 percentage points" in page


def test_dashboard_keeps_a_list_of_changes_to_one_rate_of_false_alarms(world: World) -> None:
    enter_timely(world, {(2024, 1): (100, 200), (2025, 1): (104, 200)})
    span = chosen(world.partnership, "2025-26-q1")
    assert span is not None
    found = highlights(world.partnership, rows_of(world.partnership, span))
    assert (found.clear, found.tested, found.compared) == ([], 1, 1)


def test_choices_are_the_years_and_quarters_with_figures(world: World) -> None:
    enter_timely(world, {(2024, 4): (1, 2), (2025, 1): (1, 2)})
    assert [span.key for span in choices(world.partnership)] == [
        "2025-26",
        "2025-26-q1",
        "2024-25",
        "2024-25-q4",
    ]


def test_dashboard_begins_with_the_newest_year_that_is_whole(world: World) -> None:
    enter_timely(world, {(2024, n): (1, 2) for n in (1, 2, 3, 4)})
    enter_timely(world, {(2025, 1): (1, 2)})
    newest = chosen(world.partnership, "")
    assert newest is not None
    assert newest.key == "2024-25"


def test_dashboard_of_a_period_without_figures_is_not_found(world: World, unit: Client) -> None:
    assert unit.get("/p/testshire/?period=1999-00").status_code == 404
    assert unit.get("/p/testshire/?period=nonsense").status_code == 404


def test_indicator_page_says_what_changed_and_draws_it(world: World, unit: Client) -> None:
    enter_timely(world, {(2024, 1): (120, 200), (2025, 1): (180, 200)})
    page = unit.get("/p/testshire/indicators/timely/").content.decode()
    assert "up 30 percentage points" in page
    assert '<figure class="chart"' in page
    assert 'id="chart-timely-data" type="application/json"' in page
    assert page.index("<svg") < page.index("<table")


def test_indicator_page_tells_definition_versions_and_what_is_not_comparable(
    world: World, unit: Client
) -> None:
    IndicatorVersion.objects.create(
        indicator=world.timely,
        first="2024-04-01",
        effect="affects",
        words="Counted from the strategy discussion.",
    )
    RelatedIndicator.objects.create(
        indicator=world.referrals, other=world.timely, why="Another thing is counted."
    )
    enter_timely(world, {(2024, 1): (120, 200), (2025, 1): (180, 200)})
    page = unit.get("/p/testshire/indicators/timely/").content.decode()
    assert "Conferences held in time, as counted for the tests." in page
    assert "Counted from the strategy discussion." in page
    assert "Another thing is counted." in page
    assert 'href="/figures/testshire-returns:timely:testshire:2025-26-q1:all/"' in page
    assert unit.get("/p/testshire/indicators/none/").status_code == 404
    empty = unit.get("/p/testshire/indicators/referrals/").content.decode()
    assert "Not collected here" in empty


@pytest.mark.parametrize("quarters", [1, 4])
def test_pages_ask_the_database_as_often_for_many_figures_as_for_one(
    world: World, unit: Client, quarters: int, django_assert_num_queries: object
) -> None:
    enter_timely(world, {(2024, n): (1, 2) for n in range(1, quarters + 1)})
    unit.get("/p/testshire/")
    for address, count in (("/p/testshire/", 17), ("/p/testshire/indicators/timely/", 23)):
        with django_assert_num_queries(count):  # type: ignore[operator]
            assert unit.get(address).status_code == 200
