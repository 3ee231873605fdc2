"""The files of an edition as they are downloaded: links, names, types, and asking twice."""

import io
from collections.abc import Callable
from dataclasses import asdict

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.models import User
from reports.editions.actions import sha256
from reports.editions.assemble import content_of
from reports.editions.downloads import size_words
from reports.outputs.build import build
from tests.report_factories import EditionFactory, PublicationFactory
from tests.reports.planned import Planned
from tests.reports.test_editions import built

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
    planned: Planned, place: str, kind: str, content_type: str
) -> None:
    edition = built(planned, public=True)
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
    planned: Planned, place: str, kind: str, content_type: str
) -> None:
    edition = built(planned, public=True)
    tag = Client().get(PUBLIC + place).headers["ETag"]
    assert tag == f'"{getattr(edition, f"{kind}_sha256")}"'
    again = Client().get(PUBLIC + place, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = Client().get(PUBLIC + place, headers={"if-none-match": '"another"'})
    assert other.status_code == 200


@pytest.mark.parametrize(("place", "kind", "content_type"), KINDS)
def test_asking_about_a_file_gets_its_size_without_it(
    planned: Planned, place: str, kind: str, content_type: str
) -> None:
    edition = built(planned, public=True)
    answer = Client().head(PUBLIC + place)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Content-Length"] == str(len(bytes(getattr(edition, kind))))


@pytest.mark.parametrize(("place", "kind", "content_type"), KINDS)
def test_draft_is_downloaded_by_those_who_may_read_it(
    planned: Planned, client_of: ClientOf, place: str, kind: str, content_type: str
) -> None:
    edition = built(planned)
    assert Client().get(PUBLIC + place).status_code == 404
    answer = client_of(planned.unit).get(DRAFT + place)
    assert answer.content == bytes(getattr(edition, kind))
    assert answer.headers["Content-Type"] == content_type
    assert client_of(planned.council).get(DRAFT + place).status_code == 403


def test_page_offers_each_file_with_its_format_and_size(
    planned: Planned, client_of: ClientOf
) -> None:
    edition = built(planned)
    pdf, csv, xlsx = (size_words(len(bytes(f))) for f in (edition.pdf, edition.csv, edition.xlsx))
    links = [
        (f"Download the report (PDF, {pdf})", "pdf"),
        (f"Download the figures (CSV, {csv})", "data.csv"),
        (f"Download the figures as a spreadsheet (XLSX, {xlsx})", "data.xlsx"),
    ]
    page = client_of(planned.unit).get(DRAFT).content.decode()
    for words, place in links:
        assert f'<a class="govuk-link" href="{DRAFT}{place}">{words}</a>' in page
    built(planned, public=True)
    page = Client().get(PUBLIC).content.decode()
    for words, place in links:
        assert f'<a class="govuk-link" href="{PUBLIC}{place}">{words}</a>' in page


def test_page_says_sizes_without_reading_the_files(planned: Planned) -> None:
    built(planned, public=True)
    with CaptureQueriesContext(connection) as asked:
        Client().get(PUBLIC)
    said = " ".join(query["sql"] for query in asked.captured_queries)
    assert 'LENGTH("reports_edition"."pdf")' in said
    for file in ("html", "pdf", "csv", "xlsx"):
        column = f'"reports_edition"."{file}"'
        assert said.count(column) == said.count(f"LENGTH({column})") == 1


def test_csv_is_what_the_command_exports(planned: Planned) -> None:
    out = io.StringIO()
    call_command("export_public", "testshire", "2019-20", stdout=out)
    assert bytes(built(planned).csv).decode() == out.getvalue()


def test_edition_from_before_has_its_pdf_and_no_figures(
    planned: Planned, client_of: ClientOf
) -> None:
    old = EditionFactory(
        report=planned.report, number=1, csv=b"", xlsx=b"", csv_sha256="", xlsx_sha256=""
    )
    PublicationFactory(edition=old)
    page = Client().get(PUBLIC).content.decode()
    assert "Download the report (PDF, 1 KB)" in page
    assert "Download the figures" not in page
    assert Client().get(f"{PUBLIC}pdf").status_code == 200
    for place in ("data.csv", "data.xlsx"):
        assert Client().get(PUBLIC + place).status_code == 404
    listed = client_of(planned.unit).get("/p/testshire/reports/").content.decode()
    assert f"{DRAFT}pdf" in listed
    assert f"{DRAFT}data.csv" not in listed


def test_building_again_gives_an_edition_from_before_its_figures(planned: Planned) -> None:
    content = content_of(planned.report, on=timezone.localdate())
    files = asdict(build(content))
    kept = {name: files[name] for name in ("html", "page", "pdf")}
    sums = {f"{name}_sha256": sha256(kept[name]) for name in ("html", "pdf")}
    none = {"csv": b"", "xlsx": b"", "csv_sha256": "", "xlsx_sha256": ""}
    same = {**sums, "inputs_sha256": content.inputs_sha256}
    EditionFactory(report=planned.report, number=1, **kept, **same, **none)
    further = built(planned)
    assert (further.number, further.has_data) == (2, True)
    assert {name: getattr(further, name) for name in same} == same


def test_list_offers_the_figures_of_each_edition(planned: Planned, client_of: ClientOf) -> None:
    built(planned)
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
