"""From a plan in the database to the content of a report."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics.intake.figures import load_figures
from metrics.models import Indicator, IndicatorVersion
from partnerships.people.actions import system_actor
from partnerships.periods import financial_year
from reports.blocks.figures import IndicatorBlock, text_of
from reports.disclosure import PublicFigure
from reports.editions.actions import AccountPlan, SectionPlan, plan_report
from reports.editions.assemble import ReportError, content_of
from reports.editions.content import ReportContent
from reports.models import Ratio
from reports.queries.indicators import indicators_of
from tests.reports.planned import NOW, Planned, row, work_out

TODAY = date(2026, 11, 21)


def content(planned: Planned) -> ReportContent:
    return content_of(planned.report, on=TODAY)


def indicators(made: ReportContent, section: int) -> list[IndicatorBlock[PublicFigure]]:
    return [each for each in made.sections[section].blocks if isinstance(each, IndicatorBlock)]


def said(made: ReportContent, section: int, block: int) -> list[str]:
    return [text_of(each) for each in indicators(made, section)[block].sentences]


def test_report_says_its_figures_with_their_changes(planned: Planned) -> None:
    made = content(planned)
    assert (
        said(made, 0, 0)[0] == "Referrals: 5,135 in 2018-19 to 4,368 in 2019-20, down 767 (14.9%)."
    )
    assert said(made, 1, 0)[0] == (
        "Plans started: 86 per 10,000 in 2018-19 to 65 in 2019-20, down about 24%."
    )
    assert said(made, 1, 0)[-1] == "Beside others in 2019-20: above England (56)."


def test_report_holds_public_form_only(planned: Planned) -> None:
    made = content(planned)
    assert said(made, 1, 1) == ["Children missing in 2019-20: confidential."]
    assert [figure.value for _, figure in made.figures if figure.marker == "c"] == [None, None]


def test_indicator_without_a_figure_is_named(planned: Planned) -> None:
    assert [section.missing for section in content(planned).sections] == [(), ("Never counted",)]


def test_reconstruction_says_so_on_cover_and_at_the_foot(planned: Planned) -> None:
    cover = content(planned).cover
    assert cover.period == "1 April 2019 to 31 March 2020"
    assert cover.notice == (
        "This is not a publication of Testshire Safeguarding Partnership. It is a reconstruction "
        "from figures published in “Annual Report 2019-20”. Its words are not the partnership's."
    )
    assert cover.running == (
        "Reconstruction from published figures, not a publication of "
        "Testshire Safeguarding Partnership"
    )


def test_synthetic_partnership_says_so_on_cover_and_at_the_foot(planned: Planned) -> None:
    planned.partnership.synthetic = True
    planned.report.partnership = planned.partnership
    planned.report.reconstructed_from = None
    cover = content(planned).cover
    assert cover.notice == "This partnership does not exist. Its figures and people are invented."
    assert cover.running.startswith("Synthetic: this partnership does not exist")


def test_figure_older_than_the_report_says_so(planned: Planned) -> None:
    report = plan_report(
        partnership=planned.partnership,
        span=financial_year(2021),
        title="Yearly report 2021-22",
        sections=[SectionPlan("all", "All", "", (planned.referrals,))],
        by=system_actor(),
    )
    assert "There is no figure of the report's own period: this is the newest before it." in said(
        content_of(report, on=TODAY), 0, 0
    )


def test_figures_after_the_report_are_left_out(planned: Planned) -> None:
    planned.load(9999, year="2020-21")
    assert said(content(planned), 0, 0)[0].startswith("Referrals: 5,135 in 2018-19 to 4,368")


def test_break_in_the_series_is_told(planned: Planned) -> None:
    IndicatorVersion.objects.create(
        indicator=planned.referrals, first=date(2019, 4, 1), effect="breaks", words="Counted anew."
    )
    planned.load(4400)
    block = indicators(content(planned), 0)[0]
    assert [text_of(sentence) for sentence in block.sentences] == [
        "Referrals: 4,400 in 2019-20.",
        "From 1 April 2019: Counted anew. Not comparable with what came before.",
    ]
    assert block.chart is not None
    assert [jump.label for jump in block.chart.breaks] == ["2019-20"]


def test_report_waits_for_changes_that_are_being_worked_out(planned: Planned) -> None:
    load_figures([row("referrals", "2019-20", 4400)], by=system_actor(), at=NOW)
    with pytest.raises(ReportError) as error:
        content(planned)
    assert str(error.value) == (
        "Changes are still being worked out: Referrals. "
        "Build the report again when that job has ended."
    )


def test_period_with_a_number_counts_before_one_with_words_only(planned: Planned) -> None:
    day, year = row("none", "2020-03-31", 51), row("none", "2019-20", 0)
    in_words = replace(year, value=None, printed_words="nearly half")
    load_figures([in_words, day], by=system_actor(), at=NOW)
    work_out(planned.partnership)
    never = Indicator.objects.filter(code="none")
    (found,) = indicators_of(planned.partnership, list(never), within=financial_year(2019))
    assert found.data.newest.span.key == "2020-03-31"


def test_report_without_any_figure_is_refused(planned: Planned) -> None:
    report = plan_report(
        partnership=planned.partnership,
        span=financial_year(2015),
        title="Yearly report 2015-16",
        sections=[SectionPlan("all", "All", "", (planned.referrals,))],
        by=system_actor(),
    )
    with pytest.raises(ReportError) as error:
        content_of(report, on=TODAY)
    assert str(error.value) == (
        "Testshire Safeguarding Partnership has no figures for 2015-16. "
        "Load or approve figures of that year, then build the report again."
    )


def test_plan_that_shows_an_indicator_twice_is_refused(planned: Planned) -> None:
    twice = [SectionPlan(key, key, "", (planned.referrals,)) for key in ("one", "two")]
    with pytest.raises(ReportError, match="The report shows more than once: Referrals"):
        plan_report(
            partnership=planned.partnership,
            span=financial_year(2019),
            title="Again",
            sections=twice,
            by=system_actor(),
        )
    assert planned.report.sections.count() == 2


def test_number_of_queries_does_not_depend_on_the_number_of_figures(planned: Planned) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        content(planned)
    for year in range(2008, 2018):
        planned.load(5000 + year, year=financial_year(year).key)
        planned.load(80, year=financial_year(year).key, code="plans")
    with CaptureQueriesContext(connection) as many:
        made = content(planned)
    assert len(indicators(made, 0)[0].table.rows) == 12
    assert len(many) == len(few)


def test_told_hears_of_each_section_and_may_stop(planned: Planned) -> None:
    heard: list[tuple[int, int, str]] = []
    content_of(planned.report, on=TODAY, told=lambda *step: heard.append(step))
    assert heard == [(0, 2, "The front door"), (1, 2, "Plans")]


def test_blocks_that_list_indicators_show_them_as_the_plan_names_them(planned: Planned) -> None:
    """The same figure in three places has one address, and stands once among the sources."""
    plans = Indicator.objects.get(code="plans")
    Ratio.objects.create(numerator=planned.referrals, denominator=plans, name="So many")
    both = (planned.referrals, plans)
    listing = [AccountPlan("year-in-figures", "", both), AccountPlan("journey", "", both)]
    report = plan_report(
        partnership=planned.partnership,
        span=financial_year(2019),
        title="Again",
        sections=[
            SectionPlan("front", "At a glance", "", tuple(listing)),
            SectionPlan("all", "All", "", (planned.referrals, AccountPlan("table", "all", both))),
        ],
        by=system_actor(),
    )
    made = content_of(report, on=TODAY)
    captions = [t.caption for s in made.sections for b in s.blocks for t in b.tables]
    assert captions == [
        "The year in figures, 2019-20",
        "The steps, 2019-20",
        "Between the steps",
        "Referrals (number)",
        "In 2019-20, beside the year before",
    ]
    address = "testshire-report:referrals:testshire:2019-20:all@1"
    printed = [f.text for _, f in made.figures if f.address == address and f.part == "value"]
    assert printed == ["4,368"] * 5
    assert [origin.address for origin in made.origins].count(address) == 1


def test_listed_indicator_without_a_figure_is_named(planned: Planned) -> None:
    never = Indicator.objects.get(code="none")
    report = plan_report(
        partnership=planned.partnership,
        span=financial_year(2019),
        title="Again",
        sections=[
            SectionPlan(
                "all", "All", "", (AccountPlan("table", "all", (planned.referrals, never)),)
            ),
            SectionPlan("none", "None", "", (AccountPlan("table", "none", (never,)),)),
        ],
        by=system_actor(),
    )
    first, second = content_of(report, on=TODAY).sections
    assert first.blocks[0].notes == ("No figure of this year: Never counted.",)
    assert (second.blocks, second.not_kept) == ((), ("the indicators of a table",))


def test_lists_wait_for_changes_that_are_being_worked_out(planned: Planned) -> None:
    report = plan_report(
        partnership=planned.partnership,
        span=financial_year(2019),
        title="Again",
        sections=[
            SectionPlan("all", "All", "", (AccountPlan("table", "all", (planned.referrals,)),))
        ],
        by=system_actor(),
    )
    load_figures([row("referrals", "2019-20", 4400)], by=system_actor(), at=NOW)
    with pytest.raises(ReportError, match="Changes are still being worked out: Referrals"):
        content_of(report, on=TODAY)
