"""An inspection in a report: its findings with their numbers, and the statement that answers."""

from datetime import date
from decimal import Decimal

import pytest

from partnerships.stated import find
from reports.accounts import AccountError
from reports.accounts.inspection import INSPECTION
from reports.models import AnnualReport
from reviews.models import Inspection
from tests.factories import OrganisationFactory
from tests.kept_factories import FindingFactory, InspectionFactory, ProposedActionFactory
from tests.reports.accounts.told import block_of, told


@pytest.fixture
def visit(report: AnnualReport) -> Inspection:
    made: Inspection = InspectionFactory(
        partnership=report.partnership,
        code="visit",
        name="Joint inspection",
        inspectorates="Ofsted; Care Quality Commission; Police inspectorate",
        theme="front door",
        first=date(2019, 11, 4),
        last=date(2019, 11, 8),
        precision="day",
        reported=date(2020, 1, 6),
    )
    return made


def test_inspection_is_told_with_who_when_and_on_what(
    report: AnnualReport, visit: Inspection
) -> None:
    block = block_of(INSPECTION, report, "visit")
    assert (block.key, block.title) == ("inspection-visit", "Joint inspection, 2019")
    assert told(block) == [
        "Inspected by Ofsted, Care Quality Commission and Police inspectorate. Theme: front door. "
        "Fieldwork: 4 November 2019 to 8 November 2019. Letter or report of 6 January 2020."
    ]


def test_judgement_is_told_with_the_one_before(report: AnnualReport, visit: Inspection) -> None:
    visit.judgement, visit.previous_judgement = "Good", "Inadequate"
    visit.save(update_fields=["judgement", "previous_judgement"])
    FindingFactory(
        inspection=visit, words="The front door works.", judgement="Requires improvement"
    )
    lines = told(block_of(INSPECTION, report, "visit"))
    assert lines[0].endswith("6 January 2020. Judgement: Good, before that inadequate.")
    assert lines[-1] == "- The front door works. Judgement: Requires improvement."


def test_judgement_of_which_only_the_one_before_is_known_says_so(
    report: AnnualReport, visit: Inspection
) -> None:
    visit.previous_judgement = "Inadequate"
    visit.save(update_fields=["previous_judgement"])
    (lead,) = told(block_of(INSPECTION, report, "visit"))
    assert lead.endswith("Judgement: Not graded, before that inadequate.")


def test_findings_are_told_by_kind_the_gravest_first(
    report: AnnualReport, visit: Inspection
) -> None:
    for number, kind, words in (
        (1, "strength", "Schools tell what they know."),
        (2, "area-for-improvement", "Attend strategy meetings."),
        (3, "strength", "Staff feel supported."),
    ):
        FindingFactory(inspection=visit, number=number, kind=kind, words=words)
    FindingFactory(
        inspection=visit,
        number=4,
        kind="weakness",
        words="Children were not seen soon enough.",
        quantifier="some",
        organisation=OrganisationFactory(name="Police"),
        acted_on_during=True,
        note="Told twice.",
    )
    block = block_of(INSPECTION, report, "visit")
    assert told(block)[1:] == [
        "Told here in our own words: 1 area for improvement, 1 weakness and 2 strengths.",
        "# Areas for improvement",
        "- Attend strategy meetings.",
        "# Weaknesses that are not listed as areas for improvement",
        "- Children were not seen soon enough. Agency: Police. The inspectors said “some”. "
        "Acted on while the inspectors were there. Told twice.",
        "# Strengths",
        "- Schools tell what they know.",
        "- Staff feel supported.",
    ]
    slug = report.partnership.slug
    assert [figure.address for figure in block.figures] == [
        f"findings:{slug}:visit:area-for-improvement",
        f"findings:{slug}:visit:weakness",
        f"findings:{slug}:visit:strength",
    ]


def test_agency_is_not_said_again_where_the_inspection_was_of_it(
    report: AnnualReport, visit: Inspection
) -> None:
    visit.name = "Inspection of Testshire Police"
    visit.save(update_fields=["name"])
    police = OrganisationFactory(name="Testshire Police")
    FindingFactory(inspection=visit, words="Officers look closely.", organisation=police)
    assert told(block_of(INSPECTION, report, "visit"))[-1] == "- Officers look closely."


@pytest.mark.parametrize(
    ("words", "value", "line", "printed"),
    [
        ("Briefings take seven minutes.", 7, "- Briefings take seven minutes.", "seven"),
        ("The 24 hours before, since 2024.", 24, "- The 24 hours before, since 2024.", "24"),
        ("Attended in 2015.", 5, "- Attended in 2015. Number: 5.", "5"),
        ("A third.", Decimal("0.33"), "- A third. Number: 0.33.", "0.33"),
    ],
)
def test_number_in_a_finding_stands_where_its_words_name_it(
    report: AnnualReport,
    visit: Inspection,
    words: str,
    value: Decimal,
    line: str,
    printed: str,
) -> None:
    FindingFactory(inspection=visit, number=11, words=words, value=value)
    block = block_of(INSPECTION, report, "visit")
    assert told(block)[-1] == line
    figure = list(block.figures)[-1]
    assert (figure.text, figure.value) == (printed, value)
    found = find(figure.address)
    assert found is not None
    assert found[1].value == value


def test_statement_says_who_does_what_by_when_and_what_is_misprinted(
    report: AnnualReport, visit: Inspection
) -> None:
    ProposedActionFactory(
        inspection=visit, due=date(2023, 4, 18), due_as_printed="Friday 18 April 2023"
    )
    assert told(block_of(INSPECTION, report, "visit"))[1:] == [
        "# Written statement of proposed action",
        "- Prepared by: Council.",
        "- Overseen by: Partners.",
        "- Sent by: Partnership, to Ofsted.",
        "- Due: Tuesday 18 April 2023. Printed as “Friday 18 April 2023”. "
        "18 April 2023 is a Tuesday.",
        "- Whether it was sent: not known.",
    ]


def test_statement_that_was_sent_says_when(report: AnnualReport, visit: Inspection) -> None:
    ProposedActionFactory(inspection=visit, due=date(2020, 4, 1), sent=date(2020, 3, 30))
    assert told(block_of(INSPECTION, report, "visit"))[-1] == "- Sent on: 30 March 2020."


@pytest.mark.parametrize(
    ("year", "remark"),
    [
        (2022, "It took place after the year of this report"),
        (2017, "It took place before the year of this report"),
    ],
)
def test_inspection_of_another_year_says_so(report: AnnualReport, year: int, remark: str) -> None:
    InspectionFactory(
        partnership=report.partnership,
        code="other",
        first=date(year, 11, 7),
        last=date(year, 11, 7),
        precision="day",
    )
    assert remark in told(block_of(INSPECTION, report, "other"))[0]


def test_inspection_that_there_is_not_is_refused(report: AnnualReport) -> None:
    InspectionFactory(code="elsewhere")
    with pytest.raises(AccountError, match="has no inspection 'elsewhere'"):
        INSPECTION.read(report, "elsewhere")
