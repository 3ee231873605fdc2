"""Self-assessments in a report: the cycle's steps, what it left open, and grades later."""

from reports.accounts.self_assessments import SELF_ASSESSMENTS
from reports.models import AnnualReport
from tests.factories import PeriodFactory
from tests.reports.accounts.told import block_of, told
from tests.told_factories import (
    AssessmentMeasureFactory,
    AssessmentStepFactory,
    AssuranceAreaFactory,
    GradeMoveFactory,
    SelfAssessmentFactory,
)


def test_cycle_is_told_with_steps_areas_and_moves(report: AnnualReport) -> None:
    cycle = SelfAssessmentFactory(
        partnership=report.partnership, code="schools", name="Section 157 and 175 audit of 2019-20"
    )
    asked = AssessmentStepFactory(
        assessment=cycle,
        number=1,
        code="returns",
        name="returns of schools",
        period=PeriodFactory(key="2018-19"),
        note="Before the year.",
    )
    for measure, value in (("schools-asked", 131), ("returns-received", 118)):
        AssessmentMeasureFactory(step=asked, measure=measure, value=value)
    AssessmentMeasureFactory(step=asked, measure="late", value=None, note="Not counted.")
    AssessmentStepFactory(assessment=cycle, number=2, name="Challenge event")
    AssuranceAreaFactory(assessment=cycle, number=1, area="The voice of the child")
    AssuranceAreaFactory(assessment=cycle, number=2, area="Training", answered_by="visits")
    for became, number in (("all", 12), ("good", 8), ("inadequate", 3)):
        GradeMoveFactory(assessment=cycle, became=became, instances=number)
    GradeMoveFactory(assessment=cycle, was="requires-improvement", became="good", instances=5)
    block = block_of(SELF_ASSESSMENTS, report)
    assert told(block) == [
        "# Section 157 and 175 audit of 2019-20",
        "# Steps of the cycle, in their order",
        "Step | When | What was counted",
        "Returns of schools | 2018-19 | 131 schools asked, 118 returns received",
        "Challenge event | 2019-20 | –",
        "# What was still to be assured, and what answered it",
        "Area | Answered by",
        "The voice of the child | Not answered yet",
        "Training | Visits",
        "# Standards by the grade that agencies gave themselves, and gave when asked again in "
        "2019-20",
        "Grade at first | Standards | Later: good | Later: inadequate",
        "Inadequate | 12 | 8 | 3",
        "Requires improvement | – | 5 | –",
    ]
    assert block.notes == (
        "Returns of schools: Before the year.",
        "Returns of schools: Not counted.",
        "Inadequate, 2019-20: the moves do not make the printed total.",
    )
    start = f"self-assessment:{report.partnership.slug}:schools"
    assert [figure.address for figure in block.figures] == [
        f"{start}:returns:2018-19:schools-asked",
        f"{start}:returns:2018-19:returns-received",
        f"{start}:moves:2019-20:inadequate:all",
        f"{start}:moves:2019-20:inadequate:good",
        f"{start}:moves:2019-20:inadequate:inadequate",
        f"{start}:moves:2019-20:requires-improvement:good",
    ]


def test_cycle_of_other_years_is_not_told(report: AnnualReport) -> None:
    cycle = SelfAssessmentFactory(partnership=report.partnership)
    AssessmentStepFactory(assessment=cycle, period=PeriodFactory(key="2021-22"))
    assert SELF_ASSESSMENTS.read(report, "") is None
