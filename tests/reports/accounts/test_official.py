"""Official statistics in a report: the area's figures beside other places."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from metrics.models import Indicator
from metrics.official.intake import import_file
from partnerships.people.actions import system_actor
from partnerships.periods import financial_year
from reports.accounts.official import OFFICIAL
from reports.disclosure import public_account
from reports.editions.actions import AccountPlan, SectionPlan, plan_report
from reports.models import AnnualReport
from reports.queries.sources import sources_of
from tests.metrics.official.files import AUTHORITIES, fill, in_need, population, write
from tests.metrics.official.test_comparators import printed
from tests.reports.accounts.told import block_of, told
from tests.reports.data import TODAY
from tests.reports.planned import work_out
from tests.world import NOW, World

PUBLIC_SINCE = date(2020, 9, 1)
LEVEL = "highest of 4 (level with 3 others)"


@pytest.fixture
def report(world: World, tmp_path: Path) -> AnnualReport:
    """A printed share of which the official one differs, and a number with its population."""
    fill(world, tmp_path)
    for rows in (
        [population(code, "10000") for code in AUTHORITIES[:4]],
        [in_need(code, "100") for code in AUTHORITIES[:4]],
    ):
        import_file(write(tmp_path / "more.csv", rows), by=system_actor(), at=NOW)
    printed(
        world,
        ("cpp-repeat", "testshire", "2019-20", "25.2", 1),
        public_since=PUBLIC_SINCE,
    )
    work_out(world.partnership)
    return plan_report(
        partnership=world.partnership,
        span=financial_year(2019),
        title="Yearly report",
        sections=[
            SectionPlan(
                "plans",
                "Plans",
                "",
                (Indicator.objects.get(code="cpp-repeat"), AccountPlan(OFFICIAL.kind)),
            )
        ],
        by=system_actor(),
        reconstructed_from=None,
    )


def test_official_figures_stand_beside_what_is_printed_and_other_places(
    report: AnnualReport,
) -> None:
    block = block_of(OFFICIAL, report)
    assert told(block)[1:] == [
        "# Official statistics of Testshire",
        "Indicator | When | This report prints | Testshire | Median of the statistical neighbours"
        " | The Region | Anyland | Place among neighbours | Place among authorities",
        "Children in care (number) | 31 March 2020 | – | 796 | [z] | [z] | [z] | – | –",
        "Children in care rate (per 10,000) [note 1] | 31 March 2020 | – | 96 | [x] | [x] | [x]"
        " | – | –",
        f"Children in need (number) | 31 March 2020 | – | 100 [r] | [z] | [z] | [z]"
        f" | {LEVEL} | {LEVEL}",
        "Cpp repeat (%) [note 2] | 2019-20 | 25.2 | 20.0 | 24.0 | 22.0 | 23.0"
        " | lowest of 4 | lowest of 4",
        f"Cpp started (number) | 2019-20 | – | 100 | [z] | [z] | [z] | {LEVEL} | {LEVEL}",
    ]
    assert [mark for mark, _ in block.marks] == ["[x]", "[z]", "[r]"]
    assert block.notes[-1] == (
        "Neighbours of Testshire in the model of 2025, most alike first: "
        "Council 1; Council 2; Council 3."
    )


def test_every_figure_has_an_address_and_a_source(report: AnnualReport) -> None:
    data = OFFICIAL.read(report, "")
    sources = sources_of(report.partnership)
    block = public_account(data, OFFICIAL.build, sources=sources, on=TODAY)
    addresses = {figure.address for figure in block.figures}
    assert addresses == {origin.address for origin in block.origins}
    assert "median:testshire:cpp-repeat:2019-20@2025" in addresses


def test_what_is_not_public_yet_is_hidden_and_official_figures_stay(report: AnnualReport) -> None:
    data = OFFICIAL.read(report, "")
    before = PUBLIC_SINCE - timedelta(days=1)
    block = public_account(data, OFFICIAL.build, sources=sources_of(report.partnership), on=before)
    (line,) = (each for each in told(block) if each.startswith("Cpp repeat"))
    assert line.startswith("Cpp repeat (%) [note 2] | 2019-20 | [c] | 20.0 | 24.0 | 22.0 | 23.0 | ")


def test_without_official_figures_of_its_time_a_report_says_nothing_of_them(
    report: AnnualReport,
) -> None:
    span = financial_year(2017)
    AnnualReport.objects.filter(pk=report.pk).update(
        year=span.key, first=span.first, last=span.last
    )
    report.refresh_from_db()
    assert OFFICIAL.read(report, "") is None
