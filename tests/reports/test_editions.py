"""Editions: built by a job, kept for good, published, read by everybody."""

import csv
import hashlib
import io
from collections.abc import Callable

import pytest
from django.test import Client

from partnerships.jobs import cancel, run_now
from partnerships.models import AuditEvent, Job, User
from reports.editions.actions import ask_for_edition, publish
from reports.editions.assemble import ReportError
from reports.editions.queries import published_figures
from reports.models import Edition, PrintedFigure, Publication
from tests.reports.planned import NOW, Planned
from tests.reports.reading import Read
from tests.reports.sheets import opened, rows

ClientOf = Callable[[User], Client]
PUBLIC = "/reports/testshire/2019-20/"


def built(planned: Planned, *, public: bool = False) -> Edition:
    job = run_now(ask_for_edition(planned.report, by=planned.unit, publish=public))
    assert (job.state, job.error) == (Job.State.DONE, "")
    return planned.report.editions.get(number=job.result["edition"])


def test_job_builds_an_edition_with_its_files_and_figures(planned: Planned) -> None:
    edition = built(planned)
    assert edition.number == 1
    assert edition.made_by == planned.unit
    assert bytes(edition.pdf).startswith(b"%PDF-1.7")
    for kind in ("html", "pdf", "csv", "xlsx"):
        kept = bytes(getattr(edition, kind))
        assert getattr(edition, f"{kind}_sha256") == hashlib.sha256(kept).hexdigest()
    named = edition.figures.values_list("address", "indicator")
    assert all(address.split(":")[1] == indicator for address, indicator in named)
    printed = list(edition.figures.values_list("address", "text"))
    assert printed == Read(bytes(edition.html).decode()).figures
    assert printed == Read(bytes(edition.page).decode()).figures
    in_csv = csv.DictReader(io.StringIO(bytes(edition.csv).decode()))
    assert printed == [(row["address"], row["text"]) for row in in_csv]
    in_workbook = rows(opened(bytes(edition.xlsx))["All figures"])[1:]
    assert printed == [(row[-1], row[1]) for row in in_workbook]
    assert "−14.9%" in [text for _, text in printed]
    assert set(edition.figures.filter(marker="c").values_list("value", flat=True)) == {None}


def test_asking_twice_is_one_job(planned: Planned) -> None:
    first = ask_for_edition(planned.report, by=planned.unit)
    assert ask_for_edition(planned.report, by=planned.signatory) == first
    run_now(first)
    assert Edition.objects.count() == 1


def test_building_the_same_again_is_the_same_edition(planned: Planned) -> None:
    assert built(planned) == built(planned)
    assert Edition.objects.count() == 1


def test_changed_figure_makes_a_further_edition_and_leaves_the_first(planned: Planned) -> None:
    first = built(planned)
    before = bytes(first.html)
    planned.load(4400)
    second = built(planned)
    first.refresh_from_db()
    assert (second.number, bytes(first.html)) == (2, before)
    assert second.inputs_sha256 != first.inputs_sha256


def test_progress_goes_by_section_and_file(planned: Planned) -> None:
    job = run_now(ask_for_edition(planned.report, by=planned.unit))
    assert (job.progress_done, job.progress_total, job.progress_words) == (
        5,
        6,
        "Making the spreadsheet",
    )


def test_cancelled_job_leaves_no_edition(planned: Planned) -> None:
    job = ask_for_edition(planned.report, by=planned.unit)
    cancel(job, by=planned.unit)
    assert run_now(job).state == Job.State.CANCELLED
    assert (Edition.objects.count(), PrintedFigure.objects.count()) == (0, 0)


def test_job_that_cannot_build_says_why_and_leaves_nothing(planned: Planned) -> None:
    planned.report.sections.get(key="plans").blocks.all().delete()
    planned.report.sections.get(key="front-door").blocks.all().delete()
    job = run_now(ask_for_edition(planned.report, by=planned.unit))
    assert job.state == Job.State.FAILED
    assert job.error == (
        "Testshire Safeguarding Partnership has no figures for 2019-20. "
        "Load or approve figures of that year, then build the report again."
    )
    assert Edition.objects.count() == 0


def test_edition_is_public_only_once_it_is_published(planned: Planned, client_of: ClientOf) -> None:
    edition = built(planned)
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


def test_draft_says_that_it_is_one(planned: Planned, client_of: ClientOf) -> None:
    built(planned)
    page = client_of(planned.unit).get("/p/testshire/reports/2019-20/editions/1/")
    assert "This edition is a draft. It is not published." in page.content.decode()
    assert (
        client_of(planned.council).get("/p/testshire/reports/2019-20/editions/1/").status_code
        == 403
    )


def test_pdf_comes_as_a_file_with_its_name_and_length(planned: Planned) -> None:
    edition = built(planned, public=True)
    answer = Client().get(f"{PUBLIC}pdf")
    assert answer.content == bytes(edition.pdf)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Length"] == str(len(bytes(edition.pdf)))
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="testshire-2019-20-edition-1.pdf"'
    )


def test_newest_published_edition_is_the_one_that_is_read(planned: Planned) -> None:
    built(planned, public=True)
    planned.load(4400)
    draft = built(planned)
    assert "4,400" not in Client().get(PUBLIC).content.decode()
    publish(draft, by=planned.signatory, at=NOW)
    assert "4,400" in Client().get(PUBLIC).content.decode()


def test_older_edition_is_not_published_over_a_newer_one(planned: Planned) -> None:
    first = built(planned)
    planned.load(4400)
    publish(built(planned), by=planned.signatory, at=NOW)
    with pytest.raises(ReportError, match="A later edition is published already"):
        publish(first, by=planned.signatory, at=NOW)
    assert Publication.objects.count() == 1


def test_publishing_twice_is_one_publication(planned: Planned) -> None:
    edition = built(planned)
    assert publish(edition, by=planned.signatory, at=NOW) == publish(
        edition, by=planned.unit, at=NOW
    )


def test_unit_builds_from_the_list_and_watches_the_job(
    planned: Planned, client_of: ClientOf
) -> None:
    unit = client_of(planned.unit)
    page = unit.get("/p/testshire/reports/").content.decode()
    assert "No edition is published yet." in page
    assert "Build an edition" in page
    answer = unit.post("/p/testshire/reports/2019-20/build")
    job = Job.objects.get(kind="reports.build_edition")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/jobs/{job.pk}/")
    assert unit.post("/p/testshire/reports/1999-00/build").status_code == 404


def test_council_scrutiny_sees_published_reports_and_no_drafts(
    planned: Planned, client_of: ClientOf
) -> None:
    built(planned, public=True)
    page = client_of(planned.council).get("/p/testshire/reports/").content.decode()
    assert "Read the published report" in page
    assert "Editions of" not in page
    assert "Build an edition" not in page


def test_home_lists_what_is_published(planned: Planned) -> None:
    assert "No report is published here yet." in Client().get("/").content.decode()
    built(planned, public=True)
    page = Client().get("/").content.decode()
    assert PUBLIC in page
    assert "a reconstruction from published figures" in page
    assert 'href="/reports/"' in page
    assert "Testshire, Yearly report 2019-20" in page.split("What is new")[1].split("</ul>")[0]


def test_list_asks_the_database_as_often_for_many_editions_as_for_one(
    planned: Planned, client_of: ClientOf, django_assert_num_queries: Callable[..., object]
) -> None:
    unit = client_of(planned.unit)
    built(planned)
    with django_assert_num_queries(9):  # type: ignore[attr-defined]
        unit.get("/p/testshire/reports/")
    for value in (4400, 4500):
        planned.load(value)
        built(planned)
    with django_assert_num_queries(9):  # type: ignore[attr-defined]
        unit.get("/p/testshire/reports/")


def test_hidden_figure_of_a_published_report_is_told_as_hidden(planned: Planned) -> None:
    address = "testshire-report:missing:testshire:2019-20:all@1"
    assert Client().get(f"/figures/{address}/").status_code == 302
    built(planned, public=True)
    page = Client().get(f"/figures/{address}/").content.decode()
    assert "[c] (confidential)" in page
    assert "Annual Report 2019-20" in page
    assert PUBLIC in page
    assert "Entered by" not in page
    assert {figure.text for figure in published_figures(address)} == {"[c]", "confidential"}
    assert ">3<" not in page


def test_printed_figure_that_was_corrected_is_still_told_as_printed(planned: Planned) -> None:
    built(planned, public=True)
    planned.load(4400)
    page = Client().get("/figures/testshire-report:referrals:testshire:2019-20:all@1/")
    assert page.status_code == 200
    assert "4,368" in page.content.decode()
    assert "4,400" not in page.content.decode()
