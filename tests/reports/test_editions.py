"""Editions: built by a job, kept for good, published, read by everybody."""

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import asdict

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from partnerships.jobs import cancel, run_now
from partnerships.models import Job, User
from reports.editions.actions import ask_for_edition, publish, sha256
from reports.editions.assemble import content_of
from reports.models import Edition, PrintedFigure
from reports.outputs.build import build
from tests.report_factories import EditionFactory, PublicationFactory
from tests.reports.planned import NOW, Planned, built
from tests.reports.reading import Read
from tests.reports.sheets import opened, rows

ClientOf = Callable[[User], Client]
PUBLIC = "/reports/testshire/2019-20/"
DRAFT = "/p/testshire/reports/2019-20/editions/1/"


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


def test_newest_published_edition_is_the_one_that_is_read(planned: Planned) -> None:
    built(planned, public=True)
    planned.load(4400)
    draft = built(planned)
    assert "4,400" not in Client().get(PUBLIC).content.decode()
    publish(draft, by=planned.signatory, at=NOW)
    assert "4,400" in Client().get(PUBLIC).content.decode()


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
    link = f'href="/jobs/{job.pk}/">An edition is being built'
    assert link in unit.get("/p/testshire/reports/").content.decode()
    assert link not in client_of(planned.council).get("/p/testshire/reports/").content.decode()
    run_now(job)
    assert link not in unit.get("/p/testshire/reports/").content.decode()
    ended = unit.get(f"/jobs/{job.pk}/").content.decode()
    assert f'href="{DRAFT}">See the result</a>' in ended


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
