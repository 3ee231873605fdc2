"""The file that plans the yearly reports: what its words become."""

from datetime import date
from pathlib import Path

import pytest

from partnerships.people.actions import system_actor
from reports.models import AnnualReport, SectionBlock
from safeguarding.demo.files import FileError
from safeguarding.demo.reports import plan_reports
from tests.factories import IndicatorFactory, PartnershipFactory

HEADER = "partnership,year,title,source,section,heading,introduction,blocks\n"


@pytest.fixture
def file(db: None, tmp_path: Path) -> Path:
    PartnershipFactory(slug="testshire")
    for code in ("contacts", "referrals", "plans"):
        IndicatorFactory(code=code, name=code.capitalize())
    return tmp_path / "report_sections.csv"


def planned(file: Path, *blocks: str) -> list[tuple[str, str, list[str]]]:
    """Kind, subject or indicator, and lines of each block of a report of such sections."""
    rows = [
        f"testshire,2019-20,Report,,part-{n},Part {n},,{each}\n" for n, each in enumerate(blocks)
    ]
    file.write_text(HEADER + "".join(rows), encoding="utf-8")
    plan_reports(file, by=system_actor(), today=date(2026, 11, 21))
    found = SectionBlock.objects.order_by("section__position", "position")
    return [
        (
            block.kind,
            block.indicator.code if block.indicator else block.subject,
            [line.indicator.code for line in block.lines.all()],
        )
        for block in found.select_related("indicator").prefetch_related("lines__indicator")
    ]


def test_marked_indicators_become_one_table_of_their_section(file: Path) -> None:
    assert planned(file, "contacts ~referrals ~plans", "~referrals") == [
        ("indicator", "contacts", []),
        ("table", "part-0", ["referrals", "plans"]),
        ("table", "part-1", ["referrals"]),
    ]


def test_marked_indicators_after_a_block_that_lists_some_are_its_own(file: Path) -> None:
    assert planned(file, "@year-in-figures ~plans ~contacts referrals") == [
        ("year-in-figures", "", ["plans", "contacts"]),
        ("indicator", "referrals", []),
    ]


def test_planning_again_replaces_the_lines(file: Path) -> None:
    planned(file, "@journey ~contacts ~referrals")
    assert planned(file, "@journey ~plans") == [("journey", "", ["plans"])]


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ("~gone", "there is no indicator 'gone'."),
        ("@journey", "A block of the kind 'journey' lists indicators, and this one has none."),
        ("@journey:x ~plans", "A block of the kind 'journey' names nothing more."),
        ("@journey ~plans ~plans", "A block lists an indicator more than once: plans."),
        ("~plans contacts ~referrals", "The report shows more than once: table-part-0."),
        ("@nothing", "There is no block of the kind 'nothing'. It is one of "),
    ],
)
def test_plan_that_makes_no_sense_is_refused_with_its_line(
    file: Path, blocks: str, sentence: str
) -> None:
    with pytest.raises(FileError) as error:
        planned(file, blocks)
    assert f"{file.as_posix()}, line 2: {sentence}" in str(error.value)
    assert SectionBlock.objects.count() == 0


def test_report_may_tell_of_other_days_than_those_of_its_year(file: Path) -> None:
    periods = file.with_name("report_periods.csv")
    periods.write_text(
        "partnership,year,first,last,note\ntestshire,2019-20,2019-04-01,2020-09-30,\n",
        encoding="utf-8",
    )
    planned(file, "contacts")
    report = AnnualReport.objects.get()
    assert report.year == "2019-20"
    assert report.covers.label == "1 April 2019 to 30 September 2020"
    periods.unlink()
    planned(file, "contacts")
    assert AnnualReport.objects.get().covers.label == "2019-20"


def test_report_that_ends_before_it_begins_is_named_by_its_row(file: Path) -> None:
    file.with_name("report_periods.csv").write_text(
        "partnership,year,first,last,note\ntestshire,2019-20,2020-09-30,2019-04-01,\n",
        encoding="utf-8",
    )
    with pytest.raises(FileError, match=r"report_periods\.csv, line 2: The period begins on"):
        planned(file, "contacts")
