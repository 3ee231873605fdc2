"""Audits in a report: what ran in the year, the grades of three years, and what may be said."""

from decimal import Decimal

import pytest

from metrics.charts.spec import ChartSpec
from reports.accounts.audits import AUDITS, CASES_UNKNOWN
from reports.blocks.figures import AccountBlock, Figure
from reports.disclosure import public_account
from reports.models import AnnualReport
from reviews.models import CaseAudit
from tests.factories import PeriodFactory
from tests.reports.accounts.told import block_of, told
from tests.reports.data import TODAY
from tests.told_factories import AuditGradeFactory, AuditResultFactory, CaseAuditFactory

GRADES = ("good", "requires-improvement", "inadequate")


@pytest.fixture
def audit(report: AnnualReport) -> CaseAudit:
    return CaseAuditFactory(
        partnership=report.partnership, code="cases", name="Audit of cases", theme="practice"
    )


def graded(audit: CaseAudit, year: str, *values: str, unit: str = "percent") -> None:
    result = AuditResultFactory(audit=audit, period=PeriodFactory(key=year), unit=unit)
    for grade, value in zip(GRADES, values, strict=True):
        places = len(value.partition(".")[2])
        AuditGradeFactory(result=result, grade=grade, value=Decimal(value), decimals=places)


def chart_of(block: AccountBlock[Figure]) -> ChartSpec:
    (chart,) = block.charts
    assert isinstance(chart, ChartSpec)
    return chart


def test_audit_is_told_with_its_grades_by_year_and_a_chart_of_them(
    report: AnnualReport, audit: CaseAudit
) -> None:
    graded(audit, "2017-18", "32", "45", "23")
    graded(audit, "2018-19", "37.5", "45", "17.5")
    graded(audit, "2019-20", "23", "62", "15")
    graded(audit, "2020-21", "90", "5", "5")  # after the year
    block = block_of(AUDITS, report)
    assert (block.key, block.title) == ("audits", "Audits of cases")
    assert told(block)[:9] == [
        "# Audits that ran in the year",
        "Audit | Theme | When | How it stands",
        "Audit of cases (multi-agency) | Practice | 2019-20 | Reported on",
        CASES_UNKNOWN,
        "# Audit of cases: share of the cases by grade",
        "Grade | 2017-18 | 2018-19 | 2019-20 | Change on 2018-19",
        "Good | 32% | 37.5% | 23% | about −15 percentage points",
        "Requires improvement | 45% | 45% | 62% | about +17 percentage points",
        "Inadequate | 23% | 17.5% | 15% | about −3 percentage points",
    ]
    assert "Neither better nor worse as a whole" in told(block)[9]
    start = f"audit:{report.partnership.slug}:cases"
    good = [each for each in block.figures if each.address.endswith(":good")]
    assert [(each.address, each.part, each.value) for each in good] == [
        (f"{start}:2017-18:good", "value", Decimal(32)),
        (f"{start}:2018-19:good", "value", Decimal("37.5")),
        (f"{start}:2019-20:good", "value", Decimal(23)),
        (f"{start}:2019-20:good", "change", Decimal("-14.5")),
    ]
    assert [series.name for series in chart_of(block).series] == [
        "Good",
        "Requires improvement",
        "Inadequate",
    ]


def test_kind_of_an_audit_is_not_said_again_after_a_name_that_has_it(
    report: AnnualReport, audit: CaseAudit
) -> None:
    audit.name = "Multi-agency audit of cases"
    audit.save(update_fields=["name"])
    assert told(block_of(AUDITS, report))[2].startswith("Multi-agency audit of cases | ")


def test_audit_that_counts_cases_has_their_number_and_small_ones_are_not_told(
    report: AnnualReport, audit: CaseAudit
) -> None:
    CaseAudit.objects.filter(pk=audit.pk).update(cases=30)
    graded(audit, "2018-19", "12", "13", "9", unit="count")
    graded(audit, "2019-20", "22", "7", "1", unit="count")
    data = AUDITS.read(report, "")
    true, public = (
        AUDITS.build(data, Figure),
        public_account(data, AUDITS.build, sources={}, on=TODAY),
    )
    assert told(true)[2].endswith("| 30")
    assert told(true)[-2] == "All cases | 34 | 30 | –"
    assert told(public)[2].endswith("| Not given")  # 30 without 22 and 7 would tell the hidden one
    assert told(public)[-1] == "All cases | 34 | –"
    assert told(public)[-2] == "Inadequate | 9 | [c]"
    addresses = {figure.address for figure in public.figures}
    assert {origin.address for origin in public.origins} == addresses
    assert public.marks == (("[c]", "confidential"),)


def test_few_cases_are_not_told(report: AnnualReport, audit: CaseAudit) -> None:
    CaseAudit.objects.filter(pk=audit.pk).update(cases=4)
    public = public_account(AUDITS.read(report, ""), AUDITS.build, sources={}, on=TODAY)
    assert told(public)[2].endswith("| [c]")


def test_shares_that_make_no_whole_are_noted_without_a_number(
    report: AnnualReport, audit: CaseAudit
) -> None:
    CaseAudit.objects.filter(pk=audit.pk).update(note="Of some teams.")
    graded(audit, "2019-20", "32", "45", "20")
    block = block_of(AUDITS, report)
    assert block.notes == (
        "Audit of cases: Of some teams.",
        "Audit of cases, 2019-20: The grades make less than a whole.",
    )
    assert block.charts == ()  # of one year there is nothing to compare
    assert told(block)[-1] == "Inadequate | 20%"


def test_grade_that_only_one_year_gives_is_said_so(report: AnnualReport, audit: CaseAudit) -> None:
    graded(audit, "2018-19", "32", "45", "23")
    result = AuditResultFactory(audit=audit, period=PeriodFactory(key="2019-20"))
    AuditGradeFactory(result=result, grade="good", value=40)
    lines = told(block_of(AUDITS, report))
    assert "Inadequate | 23% | Not given | –" in lines


def test_year_without_an_audit_tells_nothing(report: AnnualReport) -> None:
    CaseAuditFactory(partnership=report.partnership, period=PeriodFactory(key="2021-22"))
    assert AUDITS.read(report, "") is None
