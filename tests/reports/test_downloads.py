"""The files of an edition as they are downloaded: links, names, types, and asking twice."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.models import User
from reports.editions.actions import publish
from reports.editions.downloads import size_words
from tests.reports.planned import NOW, Standing

ClientOf = Callable[[User], Client]
PUBLIC = "/reports/testshire/2019-20/"
DRAFT = "/p/testshire/reports/2019-20/editions/1/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = [
    pytest.param("pdf", "pdf", "application/pdf", id="pdf"),
    pytest.param("data.csv", "csv", "text/csv; charset=utf-8", id="csv"),
    pytest.param("data.xlsx", "xlsx", XLSX, id="xlsx"),
]


@pytest.mark.parametrize(("place", "kind", "content_type"), KINDS)
def test_file_comes_with_its_name_type_and_length(
    with_published: Standing, place: str, kind: str, content_type: str
) -> None:
    _, edition = with_published
    answer = Client().get(PUBLIC + place)
    kept = bytes(getattr(edition, kind))
    assert answer.content == kept
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Content-Length"] == str(len(kept))
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="testshire-2019-20-edition-1.{kind}"'
    )


@pytest.mark.parametrize(("place", "kind", "content_type"), KINDS)
def test_file_that_is_there_already_is_not_sent_again(
    with_published: Standing, place: str, kind: str, content_type: str
) -> None:
    _, edition = with_published
    tag = Client().get(PUBLIC + place).headers["ETag"]
    assert tag == f'"{getattr(edition, f"{kind}_sha256")}"'
    again = Client().get(PUBLIC + place, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = Client().get(PUBLIC + place, headers={"if-none-match": '"another"'})
    assert other.status_code == 200


@pytest.mark.parametrize(("place", "kind", "content_type"), KINDS)
def test_asking_about_a_file_gets_its_size_without_it(
    with_published: Standing, place: str, kind: str, content_type: str
) -> None:
    _, edition = with_published
    answer = Client().head(PUBLIC + place)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Content-Length"] == str(len(bytes(getattr(edition, kind))))


@pytest.mark.parametrize(("place", "kind", "content_type"), KINDS)
def test_draft_is_downloaded_by_those_who_may_read_it(
    with_draft: Standing, client_of: ClientOf, place: str, kind: str, content_type: str
) -> None:
    planned, edition = with_draft
    assert Client().get(PUBLIC + place).status_code == 404
    answer = client_of(planned.unit).get(DRAFT + place)
    assert answer.content == bytes(getattr(edition, kind))
    assert answer.headers["Content-Type"] == content_type
    assert client_of(planned.council).get(DRAFT + place).status_code == 403


def test_page_offers_each_file_with_its_format_and_size(
    with_draft: Standing, client_of: ClientOf
) -> None:
    planned, edition = with_draft
    pdf, csv, xlsx = (size_words(len(bytes(f))) for f in (edition.pdf, edition.csv, edition.xlsx))
    links = [
        (f"Download the report (PDF, {pdf})", "pdf"),
        (f"Download the figures (CSV, {csv})", "data.csv"),
        (f"Download the figures as a spreadsheet (XLSX, {xlsx})", "data.xlsx"),
    ]
    page = client_of(planned.unit).get(DRAFT).content.decode()
    for words, place in links:
        assert f'<a class="govuk-link" href="{DRAFT}{place}">{words}</a>' in page
    publish(edition, by=planned.signatory, at=NOW)
    page = Client().get(PUBLIC).content.decode()
    for words, place in links:
        assert f'<a class="govuk-link" href="{PUBLIC}{place}">{words}</a>' in page


def test_page_leads_from_its_top_to_its_files(with_published: Standing) -> None:
    page = Client().get(PUBLIC).content.decode()
    jump = page.index('href="#about-edition">Download this report or its figures</a>')
    assert jump < page.index("<h1") < page.index('id="about-edition"')


def test_page_says_sizes_without_reading_the_files(with_published: Standing) -> None:
    with CaptureQueriesContext(connection) as asked:
        Client().get(PUBLIC)
    said = " ".join(query["sql"] for query in asked.captured_queries)
    assert 'LENGTH("reports_edition"."pdf")' in said
    for file in ("html", "pdf", "csv", "xlsx"):
        column = f'"reports_edition"."{file}"'
        assert said.count(column) == said.count(f"LENGTH({column})") == 1


def test_list_offers_the_figures_of_each_edition(with_draft: Standing, client_of: ClientOf) -> None:
    planned, _ = with_draft
    page = client_of(planned.unit).get("/p/testshire/reports/").content.decode()
    for place in ("pdf", "data.csv", "data.xlsx"):
        assert f'href="{DRAFT}{place}"' in page


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 KB"),
        (1024, "1 KB"),
        (1025, "2 KB"),
        (18 * 1024, "18 KB"),
        (1023 * 1024, "1023 KB"),
        (1024 * 1024, "1.0 MB"),
        (1024 * 1024 + 1, "1.1 MB"),
        (25 * 1024 * 1024, "25.0 MB"),
    ],
)
def test_size_is_worded_and_never_less_than_it_is(size: int, words: str) -> None:
    assert size_words(size) == words
