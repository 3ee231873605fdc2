"""An edition that stands: a draft, then published, then read by everybody."""

from collections.abc import Callable

from django.test import Client

from partnerships.models import AuditEvent, User
from reports.editions.actions import publish
from reports.editions.queries import published_figures
from tests.reports.planned import NOW, Standing

ClientOf = Callable[[User], Client]
PUBLIC = "/reports/testshire/2019-20/"


def test_edition_is_public_only_once_it_is_published(
    with_draft: Standing, client_of: ClientOf
) -> None:
    planned, edition = with_draft
    assert Client().get(PUBLIC).status_code == 404
    assert Client().get(f"{PUBLIC}pdf").status_code == 404
    url = "/p/testshire/reports/2019-20/editions/1/"
    answer = client_of(planned.signatory).post(f"{url}publish", follow=True)
    assert "edition 1 is published" in answer.content.decode()
    page = Client().get(PUBLIC)
    assert page.status_code == 200
    assert bytes(edition.page).decode() in page.content.decode()
    assert list(AuditEvent.objects.values_list("verb", flat=True).order_by("pk"))[-1] == (
        "edition published"
    )


def test_draft_says_that_it_is_one(with_draft: Standing, client_of: ClientOf) -> None:
    planned, _ = with_draft
    page = client_of(planned.unit).get("/p/testshire/reports/2019-20/editions/1/")
    assert "This edition is a draft. It is not published." in page.content.decode()
    assert (
        client_of(planned.council).get("/p/testshire/reports/2019-20/editions/1/").status_code
        == 403
    )


def test_publishing_twice_is_one_publication(with_draft: Standing) -> None:
    planned, edition = with_draft
    assert publish(edition, by=planned.signatory, at=NOW) == publish(
        edition, by=planned.unit, at=NOW
    )


def test_council_scrutiny_sees_published_reports_and_no_drafts(
    with_published: Standing, client_of: ClientOf
) -> None:
    planned, _ = with_published
    page = client_of(planned.council).get("/p/testshire/reports/").content.decode()
    assert "Read the published report" in page
    assert "Editions of" not in page
    assert "Build an edition" not in page


def test_home_lists_what_is_published(with_draft: Standing) -> None:
    planned, edition = with_draft
    assert "No report is published here yet." in Client().get("/").content.decode()
    publish(edition, by=planned.signatory, at=NOW)
    page = Client().get("/").content.decode()
    assert PUBLIC in page
    assert "a reconstruction from published figures" in page
    assert 'href="/reports/"' in page
    assert "Testshire, Yearly report 2019-20" in page.split("What is new")[1].split("</ul>")[0]


def test_hidden_figure_of_a_published_report_is_told_as_hidden(with_draft: Standing) -> None:
    planned, edition = with_draft
    address = "testshire-report:missing:testshire:2019-20:all@1"
    assert Client().get(f"/figures/{address}/").status_code == 302
    publish(edition, by=planned.signatory, at=NOW)
    page = Client().get(f"/figures/{address}/").content.decode()
    assert "[c] (confidential)" in page
    assert "Annual Report 2019-20" in page
    assert PUBLIC in page
    assert "Entered by" not in page
    assert {figure.text for figure in published_figures(address)} == {"[c]", "confidential"}
    assert ">3<" not in page


def test_printed_figure_that_was_corrected_is_still_told_as_printed(
    with_published: Standing,
) -> None:
    planned, _ = with_published
    planned.load(4400)
    page = Client().get("/figures/testshire-report:referrals:testshire:2019-20:all@1/")
    assert page.status_code == 200
    assert "4,368" in page.content.decode()
    assert "4,400" not in page.content.decode()
