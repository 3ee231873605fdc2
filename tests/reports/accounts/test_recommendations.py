"""Recommendations in a report, and inspections with their judgements."""

from datetime import date

import pytest

from reports.accounts.account import AccountError
from reports.accounts.inspection import INSPECTION
from reports.accounts.inspections import INSPECTIONS
from reports.accounts.learning import LEARNING
from reports.accounts.recommendations import RECOMMENDATIONS
from reports.models import AnnualReport
from tests.factories import PeriodFactory
from tests.kept_factories import (
    AnswerFactory,
    InspectionFactory,
    RecommendationFactory,
    RecommendationSourceFactory,
    ThemeFactory,
    ThemeTotalFactory,
)
from tests.reports.accounts.told import block_of, told


def test_recommendations_are_told_with_the_newest_answer_and_how_it_stands(
    report: AnnualReport,
) -> None:
    source = RecommendationSourceFactory(
        partnership=report.partnership, code="scrutiny", name="Scrutiny board", note="Of a board."
    )
    first = RecommendationFactory(source=source, number=1, text="Report.", addressee="Director")
    RecommendationFactory(source=source, number=2, text="Write.")
    AnswerFactory(recommendation=first, told=date(2020, 1, 1), words="Not yet.")
    AnswerFactory(
        recommendation=first,
        told=date(2024, 3, 25),
        words="It comes.",
        note="It came.",
        promised=date(2024, 1, 1),
        promised_precision="month",
    )
    assert told(block_of(RECOMMENDATIONS, report, "scrutiny")) == [
        "Of a board. These answers were told after the year of this report.",
        "# Recommendations and answers",
        "Recommendation | To be answered by | Answer | How it stands",
        "Report. | Director | It comes. It came. | Out of date on 25 March 2024: it still "
        "promises what was due by January 2024.",
        "Write. | Not said | – | No answer is kept.",
    ]


def test_day_is_said_once_where_all_answers_are_of_one(report: AnnualReport) -> None:
    source = RecommendationSourceFactory(partnership=report.partnership, code="scrutiny", note="")
    for number, promised in ((1, None), (2, date(2024, 6, 1)), (3, date(2024, 1, 1))):
        asked = RecommendationFactory(
            source=source, number=number, text=f"{number}.", addressee="D"
        )
        AnswerFactory(
            recommendation=asked,
            told=date(2024, 3, 25),
            words="It comes.",
            promised=promised,
            promised_precision="month" if promised else "unknown",
        )
    lines = told(block_of(RECOMMENDATIONS, report, "scrutiny"))
    assert lines[0].endswith(
        "The answers are those of 25 March 2024. These answers were told after the year of this "
        "report."
    )
    assert [line.rpartition(" | ")[2] for line in lines[-3:]] == [
        "No date is given.",
        "Due June 2024.",
        "Out of date: it still promises what was due by January 2024.",
    ]


def test_recommendations_that_nobody_made_are_refused(report: AnnualReport) -> None:
    with pytest.raises(AccountError, match="has no recommendations 'scrutiny'"):
        RECOMMENDATIONS.read(report, "scrutiny")


def test_inspections_are_told_with_the_judgement_and_the_one_before(report: AnnualReport) -> None:
    place = report.partnership
    InspectionFactory(
        partnership=place,
        code="full",
        name="Full inspection",
        inspectorates="Ofsted; Care Quality Commission",
        first=date(2019, 5, 1),
        last=date(2019, 5, 31),
        precision="month",
        judgement="Good",
        previous_judgement="Inadequate",
        note="A step.",
    )
    InspectionFactory(
        partnership=place,
        name="Visit",
        first=date(2023, 7, 1),
        last=date(2023, 7, 31),
        precision="month",
    )
    assert told(block_of(INSPECTIONS, report)) == [
        "# Inspections and their judgements",
        "Inspection | By | When | Judgement | Judgement before",
        "Visit | Ofsted | July 2023, after the year of this report | Not known | Not known",
        "Full inspection | Ofsted, Care Quality Commission | May 2019 | Good | Inadequate",
    ]
    assert block_of(INSPECTIONS, report).notes == ("Full inspection: A step.",)
    assert (
        "Judgement: Good, before that inadequate." in told(block_of(INSPECTION, report, "full"))[0]
    )


def test_partnership_without_inspections_tells_nothing(report: AnnualReport) -> None:
    InspectionFactory()
    assert INSPECTIONS.read(report, "") is None


def test_themes_that_are_counted_stand_in_a_table_and_say_that_they_overlap(
    report: AnnualReport,
) -> None:
    place = report.partnership
    within, later = PeriodFactory(), PeriodFactory(key="2023-24")
    neglect = ThemeFactory(partnership=place, learning="Neglect")
    ThemeFactory(partnership=place, learning="Share early.")
    ThemeTotalFactory(theme=neglect, period=within, value=2, reviews=3)
    ThemeTotalFactory(theme=neglect, period=later, value=1, reviews=3)
    assert told(block_of(LEARNING, report)) == [
        "- Share early.",
        "# Reviews in which each theme came up, 2019-20",
        "Theme | Reviews",
        "Neglect | 2 of 3",
        "Several themes come up in one review, so these numbers do not add up to a whole.",
        "It is not recorded which review taught which of these.",
    ]
