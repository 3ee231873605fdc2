"""The commands that write reports: what they print, and how they fail."""

import csv
import io
import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdf
import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from partnerships.models import AuditEvent, Job
from reports.models import Edition
from reports.outputs.files import CannotWrite, write_all
from tests.reports.planned import Planned
from tests.reports.reading import Read
from tests.reports.sheets import opened, rows


def exported(*arguments: str) -> list[dict[str, str]]:
    out = io.StringIO()
    call_command("export_public", *arguments, stdout=out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_files_and_export_hold_the_same_figures_in_the_same_order(
    planned: Planned, tmp_path: Path
) -> None:
    kinds = ("html", "pdf", "csv", "xlsx")
    html, pdf, as_csv, xlsx = (tmp_path / f"report.{kind}" for kind in kinds)
    out = io.StringIO()
    files = {"html": html, "pdf": pdf, "csv": as_csv, "xlsx": xlsx}
    call_command("render_report", "testshire", "2019-20", **files, stdout=out)
    assert out.getvalue().splitlines() == [str(html), str(pdf), str(as_csv), str(xlsx)]
    every = exported("testshire", "2019-20")
    figures = [(row["address"], row["text"]) for row in every]
    assert figures == Read(html.read_text(encoding="utf-8")).figures
    with as_csv.open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == every
    listed = rows(opened(xlsx.read_bytes())["All figures"])[1:]
    assert figures == [(row[-1], row[1]) for row in listed]
    pages = [page.extract_text() for page in pypdf.PdfReader(pdf).pages]
    text = re.sub(r"\s+", " ", " ".join(pages))
    at = text.index("1. The front door", text.index("Where the figures come from"))
    for _, printed in figures:
        at = text.index(printed, at) + len(printed)


def test_export_has_a_row_for_each_printed_figure(planned: Planned) -> None:
    address = "testshire-report:referrals:testshire:2019-20:all@1"
    found = [row for row in exported("testshire", "2019-20") if row["address"] == address]
    assert [(row["section"], row["text"], row["value"], row["unit"]) for row in found] == [
        ("The front door", "4,368", "4368", "number"),
        ("The front door", "down 767", "-767", "number"),
        ("The front door", "14.9%", "-14.936709", "% change"),
        ("The front door", "4,368", "4368", "number"),
        ("The front door", "−767", "-767", "number"),
        ("The front door", "−14.9%", "-14.936709", "% change"),
    ]


def test_export_hides_what_may_not_leave(planned: Planned) -> None:
    hidden = [row for row in exported("testshire", "2019-20") if row["marker"] == "c"]
    assert [(row["text"], row["value"]) for row in hidden] == [("confidential", ""), ("[c]", "")]


def test_report_without_a_file_named_goes_to_the_reports_folder(
    planned: Planned, tmp_path: Path, settings: Settings
) -> None:
    settings.VAR_DIR = tmp_path
    call_command("render_report", "testshire", "2019-20", stdout=io.StringIO())
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == [
        "testshire-2019-20.csv",
        "testshire-2019-20.html",
        "testshire-2019-20.pdf",
        "testshire-2019-20.xlsx",
    ]


@pytest.mark.parametrize("command", ["render_report", "export_public"])
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nowhere", "2019-20"), "There is no partnership 'nowhere'. Known: testshire."),
        (
            ("testshire", "1999-00"),
            "Testshire Safeguarding Partnership has no report for '1999-00'. Known: 2019-20.",
        ),
    ],
)
def test_unknown_partnership_or_year_is_one_sentence(
    planned: Planned, command: str, arguments: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError) as error:
        call_command(command, *arguments, stdout=io.StringIO())
    assert str(error.value) == sentence


def test_commands_change_nothing(planned: Planned) -> None:
    before = (Edition.objects.count(), Job.objects.count(), AuditEvent.objects.count())
    exported("testshire", "2019-20")
    assert (Edition.objects.count(), Job.objects.count(), AuditEvent.objects.count()) == before


@pytest.mark.parametrize("kind", ["html", "pdf", "csv", "xlsx"])
def test_only_the_file_that_is_named_is_written(
    planned: Planned, kind: str, tmp_path: Path
) -> None:
    file = tmp_path / "report"
    call_command("render_report", "testshire", "2019-20", **{kind: file}, stdout=io.StringIO())
    begins = {"html": b"<!DOCTYPE html>", "pdf": b"%PDF-", "csv": b"address,", "xlsx": b"PK"}
    assert file.read_bytes().startswith(begins[kind])
    assert list(tmp_path.iterdir()) == [file]


def test_two_files_of_one_name_are_refused(planned: Planned, tmp_path: Path) -> None:
    file = tmp_path / "report"
    with pytest.raises(CommandError, match="Two files have the same name"):
        call_command("render_report", "testshire", "2019-20", csv=file, xlsx=file)
    assert list(tmp_path.iterdir()) == []


def test_place_that_cannot_be_written_is_one_sentence_and_no_file(
    planned: Planned, tmp_path: Path
) -> None:
    html, pdf = tmp_path / "report.html", tmp_path / "no-such-folder" / "report.pdf"
    with pytest.raises(CommandError) as error:
        call_command("render_report", "testshire", "2019-20", html=html, pdf=pdf)
    assert str(error.value) == (
        f"{pdf} cannot be written: no such file or directory. Nothing was written."
    )
    assert list(tmp_path.iterdir()) == []


@contextmanager
def disk_of(most: int) -> Iterator[None]:
    """No file may grow beyond so many bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_disk_that_is_full_leaves_what_stood_there(tmp_path: Path) -> None:
    small, large = tmp_path / "small.html", tmp_path / "large.pdf"
    large.write_bytes(b"the old one")
    with disk_of(1000), pytest.raises(CannotWrite, match="cannot be written: file too large"):
        write_all({small: b"x" * 10, large: b"x" * 5000})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "large.pdf": b"the old one"
    }


def test_disk_that_is_full_leaves_none_of_the_four_files(planned: Planned, tmp_path: Path) -> None:
    files = {kind: tmp_path / f"report.{kind}" for kind in ("csv", "html", "pdf", "xlsx")}
    with disk_of(5000), pytest.raises(CommandError) as error:  # the CSV would fit
        call_command("render_report", "testshire", "2019-20", **files)
    assert str(error.value) == (
        f"{tmp_path}/report.html cannot be written: file too large. Nothing was written."
    )
    assert list(tmp_path.iterdir()) == []


def test_folder_in_place_of_a_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite) as error:
        write_all({tmp_path: b"x"})
    assert str(error.value) == f"{tmp_path} is a folder. Give the name of a file."
