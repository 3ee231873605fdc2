"""Every figure in one place: which indicators, in which section, and how they are set."""

from datetime import date

from metrics.models import Indicator
from partnerships.people.actions import system_actor
from partnerships.periods import financial_year
from reports.accounts.appendix import AppendixData, SectionData, build
from reports.blocks.figures import AccountBlock, Figure
from reports.disclosure import PublicFigure
from reports.editions.actions import AccountPlan, SectionPlan, plan_report
from reports.editions.assemble import content_of
from reports.editions.content import ReportContent
from reports.models import AnnualReport
from tests.reports.data import (
    PERCENT,
    compared,
    indicator,
    observed,
    quotient,
    referrals,
    with_region,
)
from tests.reports.planned import Planned

TODAY = date(2026, 11, 21)


def plan(planned: Planned, *sections: SectionPlan) -> AnnualReport:
    return plan_report(
        partnership=planned.partnership,
        span=financial_year(2019),
        title="Report",
        sections=sections,
        by=system_actor(),
    )


def appendix(content: ReportContent) -> AccountBlock[PublicFigure]:
    [block] = content.sections[-1].blocks
    assert isinstance(block, AccountBlock)
    return block


def rows(block: AccountBlock[PublicFigure]) -> list[tuple[str, list[str]]]:
    return [(table.caption, [row.header for row in table.rows]) for table in block.tables]


def test_appendix_has_every_indicator_in_the_section_that_tells_of_it_first(
    planned: Planned,
) -> None:
    plans, missing, never = (
        Indicator.objects.get(code=code) for code in ("plans", "missing", "none")
    )
    headlines = AccountPlan("year-in-figures", "", (planned.referrals, missing))
    table = AccountPlan("table", "all", (planned.referrals, plans, never))
    report = plan(
        planned,
        SectionPlan("year", "The year", "", (headlines,)),
        SectionPlan("door", "The front door", "", (planned.referrals,)),
        SectionPlan("all", "All", "", (table,)),
        SectionPlan("appendix", "Every figure", "", (AccountPlan("appendix"),)),
    )
    assert rows(appendix(content_of(report, on=TODAY))) == [
        ("1. The year", ["Children missing (number)"]),
        ("2. The front door", ["Referrals (number)"]),
        ("3. All", ["Plans started (per 10,000)"]),
    ]


def test_figures_of_the_appendix_have_the_addresses_of_their_sections(planned: Planned) -> None:
    report = plan(
        planned,
        SectionPlan("door", "The front door", "", (planned.referrals,)),
        SectionPlan("appendix", "Every figure", "", (AccountPlan("appendix"),)),
    )
    content = content_of(report, on=TODAY)
    told = {figure.address for figure in content.sections[0].blocks[0].figures}
    assert {figure.address for figure in appendix(content).figures} == told
    assert len({origin.address for origin in content.origins}) == len(content.origins)


def test_report_without_indicators_has_no_appendix(planned: Planned) -> None:
    report = plan(
        planned,
        SectionPlan("text", "Text", "There were {{ referrals }}."),
        SectionPlan("appendix", "Every figure", "", (AccountPlan("appendix"),)),
    )
    section = content_of(report, on=TODAY).sections[-1]
    assert (section.blocks, section.not_kept) == ((), ("the indicators of the report",))


def test_table_of_the_appendix_has_the_columns_it_needs_and_lies_across_where_they_are_many() -> (
    None
):
    before, after = (
        observed(quotient(part, 400), year) for part, year in ((100, 2018), (180, 2019))
    )
    tested = indicator(PERCENT, before, after)
    sections = (
        SectionData("1. The front door", (referrals(),)),
        SectionData("2. Plans", (compared(),)),
        SectionData("3. All", (compared(), tested)),
        SectionData("4. More", (with_region(), tested)),
    )
    block = build(AppendixData("appendix", sections), Figure)
    common = ["Indicator", "2018-19", "2019-20", "Change"]
    assert [[column.text for column in table.columns] for table in block.tables] == [
        common,
        [*common, "England", "Neighbours"],
        [*common, "Can we say that it changed?", "England", "Neighbours"],
        [*common, "Can we say that it changed?", "England", "Neighbours", "Region"],
    ]
    assert [table.look for table in block.tables] == ["loose", "loose", "close", "wide"]
    assert block.marks == (("[x]", "not available"),)
