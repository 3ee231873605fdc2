"""The partners in a report: those of its year, and who took their place."""

from datetime import date

from reports.accounts.agencies import AGENCIES
from reports.models import AnnualReport
from tests.factories import AgencyFactory, OrganisationFactory
from tests.reports.accounts.told import block_of, told


def test_partners_of_the_year_are_told_by_standing_with_what_came_after(
    report: AnnualReport,
) -> None:
    place = report.partnership
    board = OrganisationFactory(name="Care board")
    group = OrganisationFactory(name="Care group", successor=board)
    AgencyFactory(
        partnership=place, organisation=group, standing="statutory-in-law", last=date(2022, 6, 30)
    )
    AgencyFactory(partnership=place, organisation__name="College", standing="relevant")
    AgencyFactory(
        partnership=place,
        organisation__name="Academy",
        standing="relevant",
        last=date(2019, 12, 31),
    )
    AgencyFactory(partnership=place, organisation=board, first=date(2022, 7, 1))
    AgencyFactory(partnership=place, organisation__name="Gone", last=date(2019, 3, 31))
    assert told(block_of(AGENCIES, report)) == [
        "# Statutory partners and relevant agencies",
        "Organisation | Standing | What came after",
        "Care group | Statutory partner in law | Followed by Care board",
        "Academy | Relevant agency | Until 31 December 2019",
        "College | Relevant agency | –",
    ]


def test_nobody_followed_has_no_column_for_it(report: AnnualReport) -> None:
    AgencyFactory(
        partnership=report.partnership, organisation__name="Council", standing="statutory-locally"
    )
    assert told(block_of(AGENCIES, report))[1:] == [
        "Organisation | Standing",
        "Council | Statutory partner by local agreement",
    ]


def test_partnership_without_partners_tells_nothing(report: AnnualReport) -> None:
    AgencyFactory()
    assert AGENCIES.read(report, "") is None
