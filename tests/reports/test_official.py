"""Official statistics on the pages: beside an indicator, on a figure, and where they differ."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from metrics.actions import ask_for_changes
from metrics.models import Area, Cell, Indicator
from metrics.official.intake import import_file
from partnerships.jobs import run_now
from partnerships.models import Job
from partnerships.people.actions import system_actor
from partnerships.periods import parse
from reports.dashboards.official import Official, official
from reports.queries.indicators import indicators_of
from tests.metrics.official.files import (
    AUTHORITIES,
    ENGLAND,
    REGION,
    fill,
    population,
    repeat,
    write,
)
from tests.metrics.official.test_comparators import printed
from tests.reports.test_lineage import signed_in
from tests.world import NOW, World

HERE = AUTHORITIES[0]


@pytest.fixture
def filled(world: World, tmp_path: Path) -> World:
    fill(world, tmp_path)
    return world


def shown(world: World, code: str) -> Official:
    found = official(world.partnership, Indicator.objects.get(code=code))
    assert found is not None
    return found


def test_a_share_stands_beside_region_england_and_neighbours(filled: World) -> None:
    found = shown(filled, "cpp-repeat")
    assert [[row.header.text, *(cell.text for cell in row.cells)] for row in found.newest.rows] == [
        ["Testshire", "2019-20", "20.0", TITLE],
        ["Median of the statistical neighbours", "2019-20", "24.0", f"Worked out from {TITLE}"],
        ["The Region", "2019-20", "22.0", TITLE],
        ["Anyland", "2019-20", "23.0", TITLE],
    ]
    assert found.sentences == (
        "Testshire is the lowest of 4 among itself and its statistical neighbours and the lowest "
        "of 4 authorities that have a figure in 2019-20; lower is better. 1 more has none.",
        "The neighbours are those of the 2025 model, for every year: the median is the middle of "
        "their figures, each as exact as its counts give it.",
    )
    members = [(row.header.text, [cell.text for cell in row.cells]) for row in found.members.rows]
    assert members[0] == ("1. Council 1", ["Close", "22.0"])
    assert [cell.text for cell in found.series.rows[0].cells] == ["20.0", "22.0", "23.0", "24.0"]


def test_numbers_without_a_population_are_not_compared(filled: World, tmp_path: Path) -> None:
    found = shown(filled, "children-in-need")
    assert found.sentences == (
        "Numbers of areas that differ in size are not compared without their population.",
    )
    assert [column.text for column in found.series.columns] == [
        "Period",
        "Testshire",
        "Testshire, per 10,000",
    ]
    rows = [population(HERE, "67000"), population(AUTHORITIES[1], "5000")]
    import_file(write(tmp_path / "people.csv", rows), by=system_actor(), at=NOW)
    found = shown(filled, "children-in-need")
    assert [cell.text for cell in found.newest.rows[0].cells][1:3] == ["2,109", "314.8"]
    assert found.sentences[0].startswith("Testshire is the highest of 2 among itself")
    assert "Council 2 and Council 3 had no figure and are left out." in found.sentences[1]


def test_a_neighbour_without_a_figure_of_an_earlier_period_is_named(
    filled: World, tmp_path: Path
) -> None:
    earlier = [repeat(code, "30", "100", "30", "2019") for code in AUTHORITIES[:3]]
    earlier.append(repeat(AUTHORITIES[3], "c", "c", "c", "2019"))
    import_file(write(tmp_path / "earlier.csv", earlier), by=system_actor(), at=NOW)
    found = shown(filled, "cpp-repeat")
    assert found.series.notes == ("The median of 2018-19 is without Council 3.",)
    assert [row.header.text for row in found.series.rows] == ["2019-20", "2018-19"]


def test_the_page_of_an_indicator_names_the_neighbours(filled: World) -> None:
    page = signed_in(filled.unit).get("/p/testshire/indicators/cpp-repeat/").content.decode()
    assert "The statistical neighbours and their figures" in page
    assert "1. Council 1" in page
    assert "/figures/dfe-repeat-plans:cpp-repeat:testshire:2019-20:all/" in page
    assert "/figures/median:testshire:cpp-repeat:2019-20@2025/" in page


def test_the_page_of_an_indicator_without_official_figures_is_as_before(filled: World) -> None:
    page = signed_in(filled.unit).get("/p/testshire/indicators/referrals/").content.decode()
    assert "What to hold it against" not in page


def test_differences_are_listed_with_both_sources(filled: World) -> None:
    unit = signed_in(filled.unit)
    assert "Nothing to compare" in unit.get("/p/testshire/disagreements/").content.decode()
    printed(
        filled,
        ("children-in-care", "testshire", "2020-03-31", "802", 0),
        ("cpp-repeat", "anyland", "2019-20", "23.04", 2),
        ("cpp-repeat", "testshire", "2019-20", "24", 0),
    )
    page = " ".join(unit.get("/p/testshire/disagreements/").content.decode().split())
    assert "3 figures of the partnership's own sources can be held against" in page
    assert "2 of them differ by more than rounding explains." in page
    assert "+6" in page
    assert "+4.0 percentage points" in page
    assert "/figures/report:children-in-care:testshire:2020-03-31:all/" in page
    assert "anyland" not in page


def test_without_official_statistics_the_page_says_so(world: World) -> None:
    page = signed_in(world.unit).get("/p/testshire/disagreements/").content.decode()
    assert "No official statistics yet" in page


def test_the_page_of_a_figure_sets_printed_and_official_side_by_side(filled: World) -> None:
    figure = ("children-in-care", "testshire", "2020-03-31", "802", 0)
    printed(filled, figure, public_since=date(2021, 1, 1))
    for address in (
        "report:children-in-care:testshire:2020-03-31:all",
        "dfe-children-looked-after:children-in-care:testshire:2020-03-31:all",
    ):
        page = Client().get(f"/figures/{address}/").content.decode()
        assert "Printed and official" in page
        assert "Differs by +6" in page
        assert ">802<" in "".join(page.split())
        assert ">796<" in "".join(page.split())


def test_a_printed_figure_that_is_not_public_stays_off_the_official_page(filled: World) -> None:
    printed(filled, ("children-in-care", "testshire", "2020-03-31", "3", 0))
    address = "dfe-children-looked-after:children-in-care:testshire:2020-03-31:all"
    page = Client().get(f"/figures/{address}/").content.decode()
    assert "Printed and official" not in page
    assert "Yearly report" not in page


def test_reports_take_official_comparators_of_their_own_region_only(filled: World) -> None:
    Area.objects.create(code="elsewhere", name="Elsewhere", kind="region")
    cell = Cell.objects.get(area__code="the-region", indicator__code="cpp-repeat")
    revision = cell.approved
    assert revision is not None
    cell.pk = revision.pk = None
    cell.area, cell.latest, cell.approved = Area.objects.get(code="elsewhere"), None, None
    cell.save()
    revision.cell = cell
    revision.save()
    cell.latest = cell.approved = revision
    cell.save()
    printed(filled, ("cpp-repeat", "testshire", "2019-20", "24", 0))
    indicator = Indicator.objects.get(code="cpp-repeat")
    (found,) = indicators_of(filled.partnership, [indicator], within=parse("2019-20"))
    others = [(each.code, each.observations[0].reading.value) for each in found.data.others]
    assert others == [
        ("neighbours", Decimal(24)),
        ("the-region", Decimal(22)),
        ("anyland", Decimal(23)),
    ]


TITLE = "Child protection plans that are a second or subsequent one, official statistics"


def test_the_page_of_an_indicator_has_official_figures_with_their_changes(
    filled: World, tmp_path: Path
) -> None:
    rows = [repeat(code, "40", "100", "40", "2019") for code in (HERE, REGION, ENGLAND)]
    import_file(write(tmp_path / "earlier.csv", rows), by=system_actor(), at=NOW)
    unit = signed_in(filled.unit)
    address = "/p/testshire/indicators/cpp-repeat/"
    assert "Not worked out yet" in unit.get(address).content.decode()
    assert run_now(ask_for_changes(None, by=system_actor())).state == Job.State.DONE
    page = " ".join(unit.get(address).content.decode().split())
    assert "Not worked out yet" not in page
    assert "Testshire: official statistics, year" in page
    assert "Anyland: official statistics, year" in page
    assert "−20.0 percentage points" in page
    assert "Clearly lower (95% interval −31.9 to −7.3 percentage points)" in page


def test_the_public_page_of_an_official_figure_says_what_changed(
    filled: World, tmp_path: Path
) -> None:
    rows = [repeat(HERE, "40", "100", "40", "2019")]
    import_file(write(tmp_path / "earlier.csv", rows), by=system_actor(), at=NOW)
    run_now(ask_for_changes(None, by=system_actor()))
    address = "/figures/dfe-repeat-plans:cpp-repeat:testshire:2019-20:all/"
    page = Client().get(address).content.decode()
    assert "What changed" in page
    assert "Clearly lower" in page
