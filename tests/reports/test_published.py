"""Lists of reports stay short, and ask as often, however many reports there are."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from partnerships.models import Partnership, RoleName
from partnerships.periods import financial_year
from reports.models import AnnualReport
from tests.factories import MOMENT, PartnershipFactory, RoleFactory
from tests.report_factories import AnnualReportFactory, EditionFactory, PublicationFactory


def report_of(partnership: Partnership, year: int, *, editions: int = 1) -> AnnualReport:
    """A report with editions, of which the first is published."""
    span = financial_year(year)
    report = AnnualReportFactory(
        partnership=partnership,
        year=span.key,
        first=span.first,
        last=span.last,
        title=f"Yearly report {span.key}",
    )
    made = [EditionFactory(report=report, number=n + 1) for n in range(editions)]
    PublicationFactory(edition=made[0], at=MOMENT + timedelta(days=year))
    return report


@pytest.fixture
def here(db: None) -> Partnership:
    found: Partnership = PartnershipFactory(
        slug="testshire", name="Testshire Partnership", short_name="Testshire"
    )
    return found


@pytest.mark.parametrize("reports", [2, 30])
def test_home_names_one_report_of_each_partnership(
    reports: int, here: Partnership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(1990, 1990 + reports):
        report_of(here, year)
    with django_assert_num_queries(3):
        page = Client().get("/").content.decode()
    assert page.count("/reports/testshire/") == min(reports, 5) + 1
    newest = financial_year(1989 + reports).key
    assert f"Yearly report {newest}" in page.split("Partnerships</h2>")[1]
    assert f"All {reports} reports" in page
    assert 'href="/reports/?partnership=testshire"' in page


@pytest.mark.parametrize(("reports", "pages"), [(3, 1), (30, 2)])
def test_published_reports_stand_on_pages_newest_first(
    reports: int, pages: int, here: Partnership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(1990, 1990 + reports):
        report_of(here, year, editions=2)
    with django_assert_num_queries(2):
        first = Client().get("/reports/").content.decode()
    assert first.count('href="/reports/testshire/') == min(reports, 25)
    assert first.index(financial_year(1989 + reports).key) < first.index(
        financial_year(1988 + reports).key
    )
    last = Client().get(f"/reports/?page={pages}").content.decode()
    assert "Yearly report 1990-91" in last
    assert ("?page=2" in first) is (pages == 2)


def test_published_reports_of_one_partnership_are_only_its_own(here: Partnership) -> None:
    report_of(here, 2019)
    other = PartnershipFactory(slug="otherton", name="Otherton Partnership", short_name="Otherton")
    report_of(other, 2020)
    page = Client().get("/reports/?partnership=otherton").content.decode()
    assert "/reports/otherton/2020-21/" in page
    assert "/reports/testshire/" not in page
    assert Client().get("/reports/?partnership=nowhere").status_code == 404


def test_report_without_a_published_edition_is_not_listed(here: Partnership) -> None:
    EditionFactory(report=AnnualReportFactory(partnership=here))
    assert "No report is published yet" in Client().get("/reports/").content.decode()


@pytest.mark.parametrize(("reports", "editions"), [(1, 1), (8, 7)])
def test_list_of_a_partnership_stays_short(
    reports: int,
    editions: int,
    here: Partnership,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for year in range(2010, 2010 + reports):
        report_of(here, year, editions=editions)
    user = RoleFactory(partnership=here, name=RoleName.BUSINESS_UNIT).user
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_num_queries(11):
        page = client.get("/p/testshire/reports/").content.decode()
    assert page.count("Read the published report") == min(reports, 5)
    assert page.count('scope="row"') == min(reports, 5) * min(editions, 5)
    newest = financial_year(2009 + reports).key
    assert (f"?report={newest}" in page) is (editions > 5)
    one = client.get(f"/p/testshire/reports/?report={newest}").content.decode()
    assert one.count('scope="row"') == editions
    assert client.get("/p/testshire/reports/?report=1999-00").status_code == 404
